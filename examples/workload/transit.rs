//! Journeys by bus from 1,000 areas to 40 services, leaving at each minute of two hours, over a feed of 100,000 stop times: a town of 30 by 30 crossings with
//! a line along every street, from a fixed seed.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use gapmap::spatial::{Call, Day, Laying, Limits, NEVER, OnFoot, Stop, Timetable, Trip, arrivals};
use gapmap::units::Bng;
use rand::{Rng, SeedableRng};
use rayon::prelude::*;

const SIDE: u32 = 30;
const APART_M: f64 = 400.0;
const AREAS: usize = 1_000;
const SERVICES: usize = 40;
/// Trips of a line in a direction: 120 directions of 30 calls are 100,800 stop times.
const TRIPS: u32 = 28;

fn town(random: &mut rand_chacha::ChaCha8Rng) -> Result<Timetable, Box<dyn Error>> {
    let monday = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).ok_or("no date")?;
    let mut at = |i: u32| f64::from(i) * APART_M + random.random_range(-120.0..120.0);
    let stops = (0..SIDE * SIDE).map(|i| Bng { easting_m: at(i % SIDE), northing_m: at(i / SIDE) });
    let stops: Vec<Stop> = stops.map(|place| Stop { name: String::new(), place, step_free: None }).collect();
    let mut trips = Vec::new();
    for line in 0..2 * SIDE {
        let stop = |k: u32| if line < SIDE { line * SIDE + k } else { k * SIDE + line - SIDE };
        for backwards in [false, true] {
            let late = random.random_range(0..2_400);
            for trip in 0..TRIPS {
                let start = 5 * 3_600 + late + trip as i32 * 2_400;
                let call = |k: u32| {
                    let at = start + k as i32 * 75;
                    Call { stop: stop(if backwards { SIDE - 1 - k } else { k }), arrives_s: at, leaves_s: at, on: true, off: true }
                };
                trips.push(Trip { dates: 0, step_free: None, calls: (0..SIDE).map(call).collect() });
            }
        }
    }
    Ok(Timetable { stops, trips, dates: vec![[monday].into()] })
}

pub fn journeys(out: &Path) -> Result<(), Box<dyn Error>> {
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(5);
    let table = town(&mut random)?;
    let width = f64::from(SIDE) * APART_M;
    let mut place = || Bng { easting_m: random.random_range(0.0..width), northing_m: random.random_range(0.0..width) };
    let areas: Vec<Bng> = (0..AREAS).map(|_| place()).collect();
    let doors: Vec<Bng> = (0..SERVICES).map(|_| place()).collect();
    let monday = table.span().ok_or("no date")?.0;
    let started = Instant::now();
    let foot = |minutes: f64| OnFoot { streets: None, metres_s: 4.8 / 3.6, detour: 1.3, longest_s: minutes * 60.0, to_street_m: 1_000.0 };
    let homes = foot(15.0).to_stops(&areas, &table.stops);
    let near = foot(15.0).to_stops(&doors, &table.stops);
    let walks = foot(5.0).between(&table.stops);
    let day = Day::of(&table, monday, Laying { from_s: 0, to_s: 86_400, at_stop_s: 60, step_free: gapmap::spatial::StepFree::NotAsked });
    let back = day.reversed();
    let laid_s = started.elapsed().as_secs_f64();
    let limits = Limits { rides: 4, longest_s: 7_200 };
    // There by each minute from ten to two: with it the times of everybody who leaves from ten to twelve.
    let by: Vec<i32> = (600..=840).map(|m| -m * 60).collect();
    let there: Vec<Vec<Vec<i32>>> = near.par_iter().map(|door| arrivals(&back, &walks, door, &homes, &by, limits)).collect();
    let there_s = started.elapsed().as_secs_f64() - laid_s;
    let leave: Vec<i32> = (600..720).rev().map(|m| m * 60).collect();
    let home: Vec<Vec<Vec<i32>>> = near.par_iter().map(|door| arrivals(&day, &walks, door, &homes, &leave, limits)).collect();
    let home_s = started.elapsed().as_secs_f64() - laid_s - there_s;
    let ways = |all: &[Vec<Vec<i32>>]| all.iter().flatten().flatten().filter(|t| **t != NEVER).count();
    eprintln!(
        "transit: {} stop times, {} ways on foot, laid out in {laid_s:.2} s; there {there_s:.2} s ({} ways), home again {home_s:.2} s ({} ways)",
        table.calls(),
        walks.len(),
        ways(&there),
        ways(&home)
    );
    let mut text = String::from("service,area,latest_leave_for_12\n");
    for (service, rows) in there.iter().enumerate() {
        for (area, leave) in rows[120].iter().enumerate() {
            let leave = if *leave == NEVER { String::new() } else { (-leave).to_string() };
            writeln!(text, "{service},{area},{leave}")?;
        }
    }
    Ok(std::fs::write(out, text)?)
}

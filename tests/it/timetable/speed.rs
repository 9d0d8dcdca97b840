//! Many areas, services and minutes over a large timetable.

use std::collections::BTreeSet;
use std::time::Instant;

use chrono::NaiveDate;
use gapmap::spatial::{Call, Day, Laying, Limits, NEVER, OnFoot, StepFree, Stop, Timetable, Trip, arrivals};
use gapmap::units::Bng;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SIDE_M: f64 = 20_000.0;

/// Lines across a square of twenty kilometres, from six to midnight: 100,000 calls.
fn drawn(day: NaiveDate) -> Timetable {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut table = Timetable { dates: vec![BTreeSet::from([day])], ..Timetable::default() };
    let place = |rng: &mut ChaCha8Rng| Bng { easting_m: rng.random_range(0.0..SIDE_M), northing_m: rng.random_range(0.0..SIDE_M) };
    while table.calls() < 100_000 {
        let (from, to) = (place(&mut rng), place(&mut rng));
        let stops = 20;
        let first = table.stops.len() as u32;
        for i in 0..stops {
            let at = f64::from(i) / f64::from(stops - 1);
            let between = |a: f64, b: f64| a + (b - a) * at;
            let place = Bng { easting_m: between(from.easting_m, to.easting_m), northing_m: between(from.northing_m, to.northing_m) };
            table.stops.push(Stop { name: String::new(), place, step_free: None });
        }
        // A stop of a line every three minutes, a bus every quarter of an hour in both directions.
        for leaves in (6 * 3_600..24 * 3_600).step_by(900) {
            for back in [false, true] {
                let call = |i: i32| {
                    let (stop, at) = (if back { stops - 1 - i as u32 } else { i as u32 }, leaves + i * 180);
                    Call { stop: first + stop, arrives_s: at, leaves_s: at, on: true, off: true }
                };
                table.trips.push(Trip { dates: 0, step_free: None, calls: (0..stops as i32).map(call).collect() });
            }
        }
    }
    table
}

/// Seconds of the processor that this thread has taken.
fn processor_s() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}

#[test]
fn a_thousand_areas_and_forty_services_over_two_hours_take_seconds() {
    let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let table = drawn(monday);
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let mut places = |n: usize| -> Vec<Bng> {
        (0..n).map(|_| Bng { easting_m: rng.random_range(0.0..SIDE_M), northing_m: rng.random_range(0.0..SIDE_M) }).collect()
    };
    let (areas, services) = (places(1_000), places(40));
    let (started, began) = (processor_s(), Instant::now());
    let foot = |minutes: f64| OnFoot { streets: None, metres_s: 4.8 / 3.6, detour: 1.3, longest_s: minutes * 60.0, to_street_m: 0.0 };
    let walks = foot(5.0).between(&table.stops);
    let (homes, doors) = (foot(15.0).to_stops(&areas, &table.stops), foot(15.0).to_stops(&services, &table.stops));
    let day = Day::of(&table, monday, Laying { from_s: 0, to_s: 90_000, at_stop_s: 60, step_free: StepFree::NotAsked }).reversed();
    let limits = Limits { rides: 4, longest_s: 7_200 };
    // From each service backwards: every minute by which she may want to be there, of two hours and the longest way.
    let by: Vec<i32> = (10 * 60..14 * 60).map(|m| -(m * 60)).collect();
    let mut ways = 0;
    for door in &doors {
        let found = arrivals(&day, &walks, door, &homes, &by, limits);
        ways += found.iter().flatten().filter(|t| **t != NEVER).count();
    }
    let seconds = processor_s() - started;
    println!(
        "{} stops, {} calls, {} areas, {} services, {} minutes: {ways} ways, {seconds:.1} s of the processor, {:.1} s",
        table.stops.len(),
        table.calls(),
        areas.len(),
        services.len(),
        by.len(),
        began.elapsed().as_secs_f64()
    );
    assert!(table.calls() >= 100_000 && ways > 1_000_000, "{ways} ways");
    // Unoptimised it takes some times as long: what is asked is ten seconds, where it is optimised.
    assert!(seconds < if cfg!(debug_assertions) { 60.0 } else { 10.0 }, "{seconds} s");
}

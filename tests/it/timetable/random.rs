//! Small networks drawn at random: every time of the search is that of another search, forwards and backwards.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use gapmap::spatial::{Call, Day, Laying, Limits, NEVER, StepFree, Stop, Timetable, Trip, Walks, arrivals};
use gapmap::units::Bng;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::dijkstra::Events;

const STOPS: u32 = 9;
const AT_STOP_S: i32 = 60;

fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

struct Drawn {
    table: Timetable,
    walks: Vec<Vec<(u32, i32)>>,
    /// Places with the stops near them.
    places: Vec<Vec<(u32, i32)>>,
}

/// Lines with loops, trips that overtake, calls that let nobody on or off, runs past midnight and of the day before.
fn draw(seed: u64) -> Drawn {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let at = |x: u32| Bng { easting_m: f64::from(x) * 500.0, northing_m: 0.0 };
    let stops = (0..STOPS).map(|i| Stop { name: format!("stop {i}"), place: at(i), step_free: None }).collect();
    let days = [monday().pred_opt().unwrap(), monday(), monday().succ_opt().unwrap()];
    let dates: Vec<BTreeSet<NaiveDate>> = vec![days.into(), [days[0]].into(), [days[1]].into(), [days[2]].into(), [].into()];
    let mut trips = Vec::new();
    for _ in 0..rng.random_range(6..12) {
        let length = rng.random_range(2..7);
        // A stop may come twice: a loop.
        let line: Vec<u32> = (0..length).map(|_| rng.random_range(0..STOPS)).collect();
        let lets: Vec<(bool, bool)> = line.iter().map(|_| (rng.random_bool(0.9), rng.random_bool(0.9))).collect();
        for _ in 0..rng.random_range(6..24) {
            let mut now = rng.random_range(0..28 * 12) * 300;
            let calls = line.iter().zip(&lets).map(|(stop, (on, off))| {
                let arrives_s = now;
                let leaves_s = arrives_s + rng.random_range(0..3) * 60;
                now = leaves_s + rng.random_range(0..12) * 60;
                Call { stop: *stop, arrives_s, leaves_s, on: *on, off: *off }
            });
            let calls = calls.collect();
            let dates = if rng.random_bool(0.6) { 0 } else { rng.random_range(1..5) };
            trips.push(Trip { dates, step_free: None, calls });
        }
    }
    let mut walks = vec![vec![]; STOPS as usize];
    for a in 0..STOPS {
        for b in a + 1..STOPS {
            if rng.random_bool(0.2) {
                let seconds = rng.random_range(30..600);
                walks[a as usize].push((b, seconds));
                walks[b as usize].push((a, seconds));
            }
        }
    }
    let near = |rng: &mut ChaCha8Rng| (0..rng.random_range(1..4)).map(|_| (rng.random_range(0..STOPS), rng.random_range(0..900))).collect();
    let places = (0..6).map(|_| near(&mut rng)).collect();
    Drawn { table: Timetable { stops, trips, dates }, walks, places }
}

#[test]
fn all_times_of_fifty_random_networks_are_those_of_another_search_in_both_directions() {
    let (mut ways, mut none) = (0, 0);
    for seed in 0..50 {
        let Drawn { table, walks, places } = draw(seed);
        let by_stop: BTreeMap<u32, Vec<(u32, i32)>> = walks.iter().enumerate().map(|(i, w)| (i as u32, w.clone())).collect();
        let events = Events::of(&table, monday(), AT_STOP_S, by_stop);
        let day = Day::of(&table, monday(), Laying { from_s: -10_800, to_s: 111_600, at_stop_s: AT_STOP_S, step_free: StepFree::NotAsked });
        let walks = Walks::new(walks);
        let limits = Limits { rides: 1 + seed as usize % 4, longest_s: [1_800, 7_200, 10_800][seed as usize % 3] };
        let home = &places[0];
        // Forwards, for several departures at once and each on its own.
        let leave: Vec<i32> = (0..48).rev().map(|i| i * 1_800 + 17).collect();
        let found = arrivals(&day, &walks, home, &places, &leave, limits);
        for (at, row) in leave.iter().zip(&found) {
            for (end, arrival) in places.iter().zip(row) {
                let theirs = events.arrival(home, end, *at, limits.rides, limits.longest_s);
                assert_eq!((*arrival != NEVER).then_some(*arrival), theirs, "seed {seed}, leaving at {at}");
                if theirs.is_some() { ways += 1 } else { none += 1 }
            }
        }
        // Backwards: the latest time to leave each place and be at the first by a time. Every time at which it pays to leave is tried.
        let by: Vec<i32> = (0..12).map(|i| i * 7_200 + 1_234).collect();
        let mirrored: Vec<i32> = by.iter().map(|t| -t).collect();
        let back = arrivals(&day.reversed(), &walks, home, &places, &mirrored, limits);
        for (by, row) in by.iter().zip(&back) {
            for (start, latest) in places.iter().zip(row) {
                let mut tries: Vec<i32> =
                    start.iter().flat_map(|(stop, walk)| events.boardings(*stop).into_iter().map(move |t| t - walk)).collect();
                tries.sort_unstable_by(|a, b| b.cmp(a));
                tries.dedup();
                let there = |t: &i32| {
                    by - t <= limits.longest_s && events.arrival(start, home, *t, limits.rides, limits.longest_s).is_some_and(|a| a <= *by)
                };
                let theirs = tries.into_iter().filter(|t| t <= by).find(there);
                assert_eq!((*latest != NEVER).then(|| -latest), theirs, "seed {seed}, there by {by}");
                if theirs.is_some() { ways += 1 } else { none += 1 }
            }
        }
    }
    println!("{ways} ways and {none} pairs without one");
    assert!(ways > 2_000 && none > 2_000, "{ways} ways, {none} without");
}

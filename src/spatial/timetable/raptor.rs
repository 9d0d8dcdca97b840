//! The search, in rounds of one ride each: RAPTOR for a range of departures.
//!
//! Delling, Pajor and Werneck, Round-Based Public Transit Routing, Transportation Science 2015. Departures are looked at from the last to the first: what a
//! later one reached by some time, an earlier one must beat. Between two rides people walk once, from where they got off to where they get on.

use super::day::Day;
use super::places::Walks;

/// No arrival.
pub const NEVER: i32 = i32::MAX;

/// How far a search goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Rides in a row, at most.
    pub rides: usize,
    /// Seconds from departure to arrival, at most; whoever arrives later does not arrive.
    pub longest_s: i32,
}

/// Labels of one number of rides: the earliest arrival at each stop with so many rides or fewer.
struct Labels {
    /// As one gets off there: from here people may still walk.
    by_ride: Vec<i32>,
    /// In any way.
    any: Vec<i32>,
}

/// Arrivals at several places, in seconds after midnight, for each departure: `NEVER` where there is no way in time.
///
/// `start` are the stops that can be walked to from where people leave, with seconds; `ends` the stops from which each place is walked to. A way on foot all
/// along is not among them: it needs no timetable. `departures` go from the last to the first.
///
/// ```
/// use gapmap::spatial::{Call, Day, Laying, Limits, NEVER, StepFree, Stop, Timetable, Trip, Walks, arrivals};
/// use gapmap::units::Bng;
/// let stop = |x| Stop { name: String::new(), place: Bng { easting_m: x, northing_m: 0.0 }, step_free: None };
/// let call = |stop, at| Call { stop, arrives_s: at, leaves_s: at, on: true, off: true };
/// let monday = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
/// let table = Timetable {
///     stops: vec![stop(0.0), stop(5000.0)],
///     trips: vec![Trip { dates: 0, step_free: None, calls: vec![call(0, 64_800), call(1, 65_400)] }],
///     dates: vec![[monday].into()],
/// };
/// let day = Day::of(&table, monday, Laying { from_s: 0, to_s: 86_400, at_stop_s: 0, step_free: StepFree::NotAsked });
/// let limits = Limits { rides: 3, longest_s: 3600 };
/// // The bus leaves at 18:00 and takes ten minutes; who comes to the stop at 18:01 has missed it.
/// let found = arrivals(&day, &Walks::none(2), &[(0, 0)], &[vec![(1, 60)]], &[64_860, 64_500], limits);
/// assert_eq!(found, [vec![NEVER], vec![65_460]]);
/// ```
pub fn arrivals(
    day: &Day,
    walks: &Walks,
    start: &[(u32, i32)],
    ends: &[Vec<(u32, i32)>],
    departures: &[i32],
    limits: Limits,
) -> Vec<Vec<i32>> {
    debug_assert!(departures.windows(2).all(|w| w[0] >= w[1]));
    let mut search = Search::new(day, walks, limits);
    let arrive = |search: &Search, at: i32, end: &Vec<(u32, i32)>| {
        let last = &search.labels[limits.rides].by_ride;
        let earliest = end.iter().map(|(stop, walk)| last[*stop as usize].saturating_add(*walk)).min().unwrap_or(NEVER);
        if earliest.saturating_sub(at) <= limits.longest_s { earliest } else { NEVER }
    };
    departures
        .iter()
        .map(|at| {
            search.run(start, *at);
            ends.iter().map(|end| arrive(&search, *at, end)).collect()
        })
        .collect()
}

struct Search<'a> {
    day: &'a Day,
    walks: &'a Walks,
    limits: Limits,
    labels: Vec<Labels>,
    /// Stops that got better in the round before, and in this one.
    marked: Marks,
    /// Stops at which people get off earlier in this round.
    off: Marks,
    /// First call from which each line is looked at; `u32::MAX` for none.
    from: Vec<u32>,
    lines: Vec<u32>,
}

impl<'a> Search<'a> {
    fn new(day: &'a Day, walks: &'a Walks, limits: Limits) -> Self {
        let n = day.stops;
        let labels = (0..=limits.rides).map(|_| Labels { by_ride: vec![NEVER; n], any: vec![NEVER; n] }).collect();
        let from = vec![u32::MAX; day.lines.len()];
        Self { day, walks, limits, labels, marked: Marks::new(n), off: Marks::new(n), from, lines: vec![] }
    }

    /// One departure: every label becomes the best of this one and all later ones.
    fn run(&mut self, start: &[(u32, i32)], at: i32) {
        self.marked.clear();
        let latest = at.saturating_add(self.limits.longest_s);
        for (stop, walk) in start {
            let there = at.saturating_add(*walk);
            if there <= latest {
                self.reach(0, *stop, there);
            }
        }
        for round in 1..=self.limits.rides {
            if self.marked.list.is_empty() {
                break;
            }
            self.collect();
            self.marked.clear();
            self.off.clear();
            for line in std::mem::take(&mut self.lines) {
                let first = std::mem::replace(&mut self.from[line as usize], u32::MAX);
                self.ride(round, line, first, latest);
            }
            self.walk(round, latest);
        }
    }

    /// The lines that call at stops which got better, each from its first such call on.
    fn collect(&mut self) {
        self.lines.clear();
        for stop in &self.marked.list {
            for (line, position) in self.day.at(*stop) {
                let from = &mut self.from[*line as usize];
                if *from == u32::MAX {
                    self.lines.push(*line);
                }
                *from = (*from).min(*position);
            }
        }
    }

    /// Along a line: off wherever that is earlier than before, and onto an earlier trip wherever one can be caught.
    fn ride(&mut self, round: usize, number: u32, first: u32, latest: i32) {
        let line = &self.day.lines[number as usize];
        let (n, trips) = (line.calls as usize, line.trips as usize);
        let times = &self.day.times[line.first_time as usize..][..n * trips];
        // No trip yet: one behind the last.
        let mut trip = trips;
        for (position, call) in self.day.calls_of(line).iter().enumerate().skip(first as usize) {
            if trip < trips && call.off {
                let arrives = times[trip * n + position].0;
                if arrives > latest {
                    // Later calls are later still; an earlier trip may yet be caught there.
                } else if arrives < self.labels[round].by_ride[call.stop as usize] {
                    self.get_off(round, call.stop, arrives);
                }
            }
            let ready = self.labels[round - 1].any[call.stop as usize];
            if call.on && ready != NEVER && (trip == trips || ready <= times[trip * n + position].1) {
                // Trips of a line leave in order: those before `trip` that leave at or after `ready`.
                let (mut low, mut high) = (0, trip);
                while low < high {
                    let middle = usize::midpoint(low, high);
                    if times[middle * n + position].1 < ready { low = middle + 1 } else { high = middle }
                }
                trip = low;
            }
        }
    }

    fn get_off(&mut self, round: usize, stop: u32, at: i32) {
        for labels in &mut self.labels[round..] {
            let label = &mut labels.by_ride[stop as usize];
            if at >= *label {
                break;
            }
            *label = at;
        }
        self.off.add(stop);
        if at < self.labels[round].any[stop as usize] {
            self.reach(round, stop, at);
        }
    }

    fn reach(&mut self, round: usize, stop: u32, at: i32) {
        if at >= self.labels[round].any[stop as usize] {
            return;
        }
        for labels in &mut self.labels[round..] {
            let label = &mut labels.any[stop as usize];
            if at >= *label {
                break;
            }
            *label = at;
        }
        self.marked.add(stop);
    }

    /// On foot from where people got off.
    fn walk(&mut self, round: usize, latest: i32) {
        for stop in std::mem::take(&mut self.off.list) {
            self.off.is[stop as usize] = false;
            let at = self.labels[round].by_ride[stop as usize];
            for (to, seconds) in self.walks.from(stop) {
                let there = at.saturating_add(*seconds);
                if there <= latest {
                    self.reach(round, *to, there);
                }
            }
        }
    }
}

/// A set of stops that is emptied in as many steps as it has members.
struct Marks {
    is: Vec<bool>,
    list: Vec<u32>,
}

impl Marks {
    fn new(n: usize) -> Self {
        Self { is: vec![false; n], list: vec![] }
    }

    fn add(&mut self, stop: u32) {
        if !std::mem::replace(&mut self.is[stop as usize], true) {
            self.list.push(stop);
        }
    }

    fn clear(&mut self) {
        for stop in self.list.drain(..) {
            self.is[stop as usize] = false;
        }
    }
}

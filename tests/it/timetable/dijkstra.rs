//! Another way of finding the same: Dijkstra's search over every event of a timetable, one by one. Slow, and nothing like the search it checks.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use chrono::{Days, NaiveDate};
use gapmap::spatial::Timetable;

/// Stop, arrival, the latest time to be there, whether people get on and off.
type CallOfRun = (u32, i32, i32, bool, bool);

/// A timetable of one date as a list of runs: at each call the stop, arrival, the latest time to be there, and whether people get on and off.
pub struct Events {
    runs: Vec<Vec<CallOfRun>>,
    /// Runs and calls at each stop.
    at: BTreeMap<u32, Vec<(usize, usize)>>,
    /// Ways on foot between stops.
    pub walks: BTreeMap<u32, Vec<(u32, i32)>>,
}

/// Where somebody is: at a stop, having come by ride or on foot, or on a run at a call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Stop { stop: u32, rides: usize, on_foot: bool },
    Run { run: usize, call: usize, rides: usize },
}

impl Events {
    pub fn of(table: &Timetable, date: NaiveDate, at_stop_s: i32, walks: BTreeMap<u32, Vec<(u32, i32)>>) -> Self {
        let mut runs = Vec::new();
        for (shift, day) in [(-86_400, date - Days::new(1)), (0, date), (86_400, date + Days::new(1))] {
            for trip in table.trips.iter().filter(|t| table.dates[t.dates as usize].contains(&day)) {
                runs.push(
                    trip.calls
                        .iter()
                        .map(|c| (c.stop, c.arrives_s + shift, c.leaves_s + shift - at_stop_s, c.on, c.off))
                        .collect::<Vec<_>>(),
                );
            }
        }
        let mut at: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
        for (run, calls) in runs.iter().enumerate() {
            calls.iter().enumerate().for_each(|(call, c)| at.entry(c.0).or_default().push((run, call)));
        }
        Self { runs, at, walks }
    }

    /// Times at which somebody must be at any stop to get on.
    pub fn boardings(&self, stop: u32) -> Vec<i32> {
        self.at.get(&stop).into_iter().flatten().map(|(run, call)| self.runs[*run][*call].2).collect()
    }

    /// The earliest time of getting off at each stop, leaving at a time and walking to the first stops, within so many seconds.
    pub fn rides_from(&self, start: &[(u32, i32)], leave: i32, rides: usize, longest_s: i32) -> BTreeMap<u32, i32> {
        let latest = leave + longest_s;
        let mut queue = BinaryHeap::new();
        let mut seen = BTreeSet::new();
        let mut off: BTreeMap<u32, i32> = BTreeMap::new();
        for (stop, walk) in start {
            queue.push(Reverse((leave + walk, At::Stop { stop: *stop, rides: 0, on_foot: true })));
        }
        while let Some(Reverse((time, at))) = queue.pop() {
            if time > latest || !seen.insert(at) {
                continue;
            }
            match at {
                At::Stop { stop, rides: so_far, on_foot } => {
                    if !on_foot {
                        off.entry(stop).or_insert(time);
                        for (to, seconds) in self.walks.get(&stop).into_iter().flatten() {
                            queue.push(Reverse((time + seconds, At::Stop { stop: *to, rides: so_far, on_foot: true })));
                        }
                    }
                    if so_far == rides {
                        continue;
                    }
                    for (run, call) in self.at.get(&stop).into_iter().flatten() {
                        let (_, _, be_there, on, _) = self.runs[*run][*call];
                        if on && (time..=latest).contains(&be_there) && call + 1 < self.runs[*run].len() {
                            let next = self.runs[*run][call + 1].1;
                            queue.push(Reverse((next, At::Run { run: *run, call: call + 1, rides: so_far + 1 })));
                        }
                    }
                }
                At::Run { run, call, rides: so_far } => {
                    let (stop, arrives, _, _, lets_off) = self.runs[run][call];
                    if lets_off {
                        queue.push(Reverse((arrives, At::Stop { stop, rides: so_far, on_foot: false })));
                    }
                    if let Some(next) = self.runs[run].get(call + 1) {
                        queue.push(Reverse((next.1, At::Run { run, call: call + 1, rides: so_far })));
                    }
                }
            }
        }
        off
    }

    /// The earliest arrival at a place from which these stops are walked to.
    pub fn arrival(&self, start: &[(u32, i32)], end: &[(u32, i32)], leave: i32, rides: usize, longest_s: i32) -> Option<i32> {
        let off = self.rides_from(start, leave, rides, longest_s);
        end.iter().filter_map(|(stop, walk)| Some(off.get(stop)? + walk)).filter(|t| t - leave <= longest_s).min()
    }
}

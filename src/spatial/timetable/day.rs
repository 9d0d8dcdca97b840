//! The trips of one date, laid out for searches.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Timetable;

/// Seconds of a day.
const DAY_S: i32 = 86_400;

/// How a day is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Laying {
    /// The first second that matters, after the midnight of the date.
    pub from_s: i32,
    /// The last one: past midnight it is more than 86,400.
    pub to_s: i32,
    /// Whoever takes a bus is at the stop so many seconds before it leaves.
    pub at_stop_s: i32,
    /// Whether steps matter: of trips that take a wheelchair, and stops that can be used in one.
    pub step_free: StepFree,
}

/// Which trips and stops somebody may use for whom steps matter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum StepFree {
    /// All: steps do not matter.
    #[default]
    NotAsked,
    /// Those that the timetable says are step-free.
    Known,
    /// Those of which it does not say that they are not.
    Possible,
}

impl StepFree {
    /// Whether what the timetable says of a trip or stop lets her use it.
    pub fn takes(self, said: Option<bool>) -> bool {
        match self {
            Self::NotAsked => true,
            Self::Known => said == Some(true),
            Self::Possible => said != Some(false),
        }
    }
}

/// A line: trips that call at the same stops, none of which overtakes another.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    /// Where its stops begin in `Day::calls_at`.
    pub first_call: u32,
    /// Calls of each trip.
    pub calls: u32,
    /// Where its times begin in `Day::times`.
    pub first_time: u32,
    /// How many trips.
    pub trips: u32,
}

/// A call of every trip of a line.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct CallAt {
    pub stop: u32,
    pub on: bool,
    pub off: bool,
}

/// The trips of one date: lines, their times, and which lines call at each stop.
#[derive(Clone, PartialEq, Debug)]
pub struct Day {
    pub(super) stops: usize,
    pub(super) lines: Vec<Line>,
    pub(super) calls_at: Vec<CallAt>,
    /// When each trip arrives and when one must be there to take it, in seconds: trip after trip.
    pub(super) times: Vec<(i32, i32)>,
    /// Line and position of every call at a stop.
    stop_starts: Vec<u32>,
    stop_calls: Vec<(u32, u32)>,
}

/// Trips of one list of stops.
type Alike = BTreeMap<Vec<(u32, bool, bool)>, Vec<Vec<(i32, i32)>>>;

impl Day {
    /// Lays out what runs on a date between two times; what left on the day before, and what leaves on the next, counts as well.
    pub fn of(table: &Timetable, date: NaiveDate, laying: Laying) -> Self {
        let mut alike = Alike::new();
        for (shift, day) in [(-1, date.pred_opt()), (0, Some(date)), (1, date.succ_opt())] {
            let Some(day) = day else { continue };
            let runs: Vec<bool> = table.dates.iter().map(|d| d.contains(&day)).collect();
            for trip in table.trips.iter().filter(|t| runs[t.dates as usize] && laying.step_free.takes(t.step_free)) {
                let shift_s = shift * DAY_S;
                let (Some(first), Some(last)) = (trip.calls.first(), trip.calls.last()) else { continue };
                if first.leaves_s + shift_s > laying.to_s || last.arrives_s + shift_s < laying.from_s {
                    continue;
                }
                let usable = |stop: u32| laying.step_free.takes(table.stops[stop as usize].step_free);
                let key = trip.calls.iter().map(|c| (c.stop, c.on && usable(c.stop), c.off && usable(c.stop))).collect();
                let times = trip.calls.iter().map(|c| (c.arrives_s + shift_s, c.leaves_s + shift_s - laying.at_stop_s)).collect();
                alike.entry(key).or_default().push(times);
            }
        }
        Self::lay(table.stops.len(), alike)
    }

    fn lay(stops: usize, alike: Alike) -> Self {
        let mut day = Self { stops, lines: vec![], calls_at: vec![], times: vec![], stop_starts: vec![], stop_calls: vec![] };
        for (calls, mut trips) in alike {
            trips.sort_unstable();
            // A trip that overtakes another is on a line of its own: within a line the next trip is never the better one.
            let mut lines: Vec<Vec<Vec<(i32, i32)>>> = Vec::new();
            for trip in trips {
                let follows = |line: &Vec<Vec<(i32, i32)>>| {
                    line.last().is_some_and(|before| before.iter().zip(&trip).all(|(a, b)| a.0 <= b.0 && a.1 <= b.1))
                };
                match lines.iter_mut().find(|l| follows(l)) {
                    Some(line) => line.push(trip),
                    None => lines.push(vec![trip]),
                }
            }
            for line in lines {
                day.push(calls.iter().map(|(stop, on, off)| CallAt { stop: *stop, on: *on, off: *off }), line);
            }
        }
        day.index();
        day
    }

    fn push(&mut self, calls: impl Iterator<Item = CallAt>, trips: Vec<Vec<(i32, i32)>>) {
        let (first_call, first_time) = (self.calls_at.len() as u32, self.times.len() as u32);
        self.calls_at.extend(calls);
        let calls = self.calls_at.len() as u32 - first_call;
        let count = trips.len() as u32;
        self.times.extend(trips.into_iter().flatten());
        self.lines.push(Line { first_call, calls, first_time, trips: count });
    }

    fn index(&mut self) {
        let mut starts = vec![0_u32; self.stops + 1];
        self.calls_at.iter().for_each(|c| starts[c.stop as usize + 1] += 1);
        for i in 0..self.stops {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut calls = vec![(0, 0); self.calls_at.len()];
        for (number, line) in self.lines.iter().enumerate() {
            for position in 0..line.calls {
                let at = &mut next[self.calls_at[(line.first_call + position) as usize].stop as usize];
                calls[*at as usize] = (number as u32, position);
                *at += 1;
            }
        }
        (self.stop_starts, self.stop_calls) = (starts, calls);
    }

    /// The same day run backwards: time counts down, every trip goes from its end to its beginning, and who got off gets on.
    ///
    /// A search on it for *t* seconds before midnight finds, for every stop, the latest time at which one can leave it and be there *t* seconds after midnight.
    pub fn reversed(&self) -> Self {
        let mut day = Self { stops: self.stops, lines: vec![], calls_at: vec![], times: vec![], stop_starts: vec![], stop_calls: vec![] };
        for line in &self.lines {
            let (calls, n) = (self.calls_of(line), line.calls as usize);
            let back = calls.iter().rev().map(|c| CallAt { stop: c.stop, on: c.off, off: c.on });
            let times = &self.times[line.first_time as usize..][..n * line.trips as usize];
            let trips = times.chunks(n.max(1)).rev().map(|trip| trip.iter().rev().map(|(arrives, leaves)| (-leaves, -arrives)).collect());
            day.push(back, trips.collect());
        }
        day.index();
        day
    }

    /// How many trips it has, those of the days beside it that reach into it among them.
    pub fn trips(&self) -> usize {
        self.lines.iter().map(|l| l.trips as usize).sum()
    }

    /// How many stops the timetable has.
    pub fn stops(&self) -> usize {
        self.stops
    }

    pub(super) fn calls_of(&self, line: &Line) -> &[CallAt] {
        &self.calls_at[line.first_call as usize..][..line.calls as usize]
    }

    /// Lines that call at a stop, and at which of their calls.
    pub(super) fn at(&self, stop: u32) -> &[(u32, u32)] {
        &self.stop_calls[self.stop_starts[stop as usize] as usize..self.stop_starts[stop as usize + 1] as usize]
    }
}

//! Ways on foot: between stops, and between stops and doors.

use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::Stop;
use crate::spatial::Network;
use crate::units::Bng;

/// Ways on foot from stop to stop, in seconds.
#[derive(Clone, Debug)]
pub struct Walks {
    starts: Vec<u32>,
    to: Vec<(u32, i32)>,
}

impl Walks {
    /// From the ways of each stop.
    pub fn new(ways: Vec<Vec<(u32, i32)>>) -> Self {
        let mut starts = vec![0];
        let mut to = Vec::new();
        for from in ways {
            to.extend(from);
            starts.push(to.len() as u32);
        }
        Self { starts, to }
    }

    /// No ways at all between so many stops.
    pub fn none(stops: usize) -> Self {
        Self { starts: vec![0; stops + 1], to: vec![] }
    }

    /// Stops that can be walked to from a stop.
    pub fn from(&self, stop: u32) -> &[(u32, i32)] {
        &self.to[self.starts[stop as usize] as usize..self.starts[stop as usize + 1] as usize]
    }

    /// How many ways there are.
    pub fn len(&self) -> usize {
        self.to.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.to.is_empty()
    }
}

/// How people walk: along streets where there is a network, else along straight lines taken so many times as long.
pub struct OnFoot<'a> {
    /// The streets.
    pub streets: Option<&'a Network>,
    /// Metres a second.
    pub metres_s: f64,
    /// Straight lines are taken to be so many times as long, where there are no streets.
    pub detour: f64,
    /// Nobody walks longer to or from a stop, in seconds.
    pub longest_s: f64,
    /// A door or stop farther than this from any street is on none, in metres.
    pub to_street_m: f64,
}

/// Stops by place, and the node of the streets that each joins.
struct Joined {
    tree: RTree<GeomWithData<[f64; 2], u32>>,
    doors: Vec<Option<(u32, f64)>>,
}

impl OnFoot<'_> {
    /// Metres from a place to the nearest street; `None` where there are no streets, or none within reach.
    pub fn to_street(&self, place: Bng) -> Option<f64> {
        self.streets?.join(place, self.to_street_m).map(|j| j.metres)
    }

    /// From stop to stop, no longer than `longest_s`.
    pub fn between(&self, stops: &[Stop]) -> Walks {
        let places: Vec<Bng> = stops.iter().map(|s| s.place).collect();
        let mut ways = self.to_stops(&places, stops);
        ways.iter_mut().enumerate().for_each(|(from, to)| to.retain(|(stop, _)| *stop as usize != from));
        Walks::new(ways)
    }

    /// From each place to the stops that can be walked to, with seconds, by number of the stop. Ways on foot are as long in either direction.
    pub fn to_stops(&self, places: &[Bng], stops: &[Stop]) -> Vec<Vec<(u32, i32)>> {
        let joined = self.joined(stops);
        places.par_iter().map(|place| self.near(*place, stops, &joined)).collect()
    }

    /// Seconds on foot from a place to others, all the way; `None` where that takes longer than `longest_s`, or nobody knows the way.
    pub fn all_the_way(&self, from: Bng, to: &[Bng], longest_s: f64) -> Vec<Option<i32>> {
        let Some(streets) = self.streets else {
            return to.iter().map(|t| Some(self.straight(from, *t)).filter(|s| f64::from(*s) <= longest_s)).collect();
        };
        let Some(start) = streets.join(from, self.to_street_m) else { return vec![None; to.len()] };
        let seconds = streets.seconds_to(start.node, (start.metres / self.metres_s) as f32, longest_s as f32);
        let there = |t: &Bng| {
            let end = streets.join(*t, self.to_street_m)?;
            let all = f64::from(seconds[end.node as usize]?) + end.metres / self.metres_s;
            (all <= longest_s).then_some(all.ceil() as i32)
        };
        to.iter().map(there).collect()
    }

    fn straight(&self, a: Bng, b: Bng) -> i32 {
        (a.distance_m(b) * self.detour / self.metres_s).ceil() as i32
    }

    fn joined(&self, stops: &[Stop]) -> Joined {
        let points = stops.iter().enumerate().map(|(i, s)| GeomWithData::new([s.place.easting_m, s.place.northing_m], i as u32));
        let door = |s: &Stop| self.streets.and_then(|n| n.join(s.place, self.to_street_m)).map(|j| (j.node, j.metres));
        Joined { tree: RTree::bulk_load(points.collect()), doors: stops.iter().map(door).collect() }
    }

    fn near(&self, place: Bng, stops: &[Stop], joined: &Joined) -> Vec<(u32, i32)> {
        // No way along streets is shorter than the straight line.
        let within = self.longest_s * self.metres_s / if self.streets.is_some() { 1.0 } else { self.detour.max(1.0) };
        let near = joined.tree.locate_within_distance([place.easting_m, place.northing_m], within * within).map(|p| p.data);
        let mut near: Vec<u32> = near.collect();
        near.sort_unstable();
        if near.is_empty() {
            return vec![];
        }
        let found = |stop: u32, seconds: f64| (seconds <= self.longest_s).then_some((stop, seconds.ceil() as i32));
        let Some(streets) = self.streets else {
            return near.into_iter().filter_map(|s| found(s, f64::from(self.straight(place, stops[s as usize].place)))).collect();
        };
        let Some(start) = streets.join(place, self.to_street_m) else { return vec![] };
        let seconds = streets.seconds_to(start.node, (start.metres / self.metres_s) as f32, self.longest_s as f32);
        let way = |stop: u32| {
            let (node, metres) = joined.doors[stop as usize]?;
            found(stop, f64::from(seconds[node as usize]?) + metres / self.metres_s)
        };
        near.into_iter().filter_map(way).collect()
    }
}

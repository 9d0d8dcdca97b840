//! Every circle of a map once, and which of them do not overlap.

use std::collections::HashSet;

use super::Circles;

/// A circle: the first `size` areas about a centre.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Zone {
    /// The area in the middle.
    pub centre: usize,
    /// How many areas it holds.
    pub size: usize,
    /// Events in it.
    pub observed: f64,
    /// Events expected in it.
    pub expected: f64,
    /// Share of the people in it.
    pub share: f64,
}

/// All circles that count, each set of areas once: the first centre keeps it.
///
/// ```
/// use gapmap::stats::scan::{Circles, zones};
/// let circles = Circles::new(4, |i, j| i.abs_diff(j) as f64, &[1.0; 4], 0.5);
/// assert_eq!(zones(&circles, &[1.0; 4], &[1.0; 4], &[1.0; 4]).len(), 7);
/// ```
pub fn zones(circles: &Circles, events: &[f64], expected: &[f64], people: &[f64]) -> Vec<Zone> {
    let all: f64 = people.iter().sum();
    if [events.len(), expected.len(), people.len()] != [circles.len(); 3] {
        return Vec::new();
    }
    let mut seen: HashSet<(u64, u64, usize)> = HashSet::new();
    let mut found = Vec::new();
    for centre in 0..circles.len() {
        let mut zone = Zone { centre, size: 0, observed: 0.0, expected: 0.0, share: 0.0 };
        let mut inside = 0.0;
        let mut name = (0_u64, 0_u64);
        for member in circles.around(centre) {
            let i = *member as usize;
            zone.size += 1;
            zone.observed += events[i];
            zone.expected += expected[i];
            inside += people[i];
            zone.share = inside / all;
            // A set of areas has the same sums of scattered numbers whatever order it comes in.
            name = (name.0.wrapping_add(scattered(i as u64)), name.1.wrapping_add(scattered(!(i as u64))));
            if circles.counts(zone.size) && seen.insert((name.0, name.1, zone.size)) {
                found.push(zone);
            }
        }
    }
    found
}

/// A number that looks drawn at random for each area (splitmix64).
fn scattered(i: u64) -> u64 {
    let mut z = i.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Zone {
    /// Its areas, ascending.
    pub fn members(&self, circles: &Circles) -> Vec<usize> {
        let mut members: Vec<usize> = circles.around(self.centre)[..self.size].iter().map(|m| *m as usize).collect();
        members.sort_unstable();
        members
    }
}

/// Zones that share no area, strongest first, each with its strength: at most `most`, none of strength 0.
///
/// Of equally strong ones (to the last digits) that of fewer areas comes first, then that of lower ones.
pub fn apart(zones: &[(Zone, f64)], circles: &Circles, most: usize) -> Vec<(Zone, f64)> {
    let mut order: Vec<&(Zone, f64)> = zones.iter().filter(|z| z.1 > 0.0).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut taken = vec![false; circles.len()];
    let mut found: Vec<(Zone, f64)> = Vec::new();
    let mut from = 0;
    while from < order.len() && found.len() < most {
        let strongest = order[from].1;
        let alike = order[from..].iter().take_while(|z| strongest - z.1 <= 1e-12 * strongest).count();
        let mut equal: Vec<&(Zone, f64)> = order[from..from + alike].to_vec();
        if alike > 1 {
            equal.sort_by_key(|z| (z.0.size, z.0.members(circles)));
        }
        for zone in equal {
            let members = &circles.around(zone.0.centre)[..zone.0.size];
            if found.len() < most && members.iter().all(|m| !taken[*m as usize]) {
                members.iter().for_each(|m| taken[*m as usize] = true);
                found.push(*zone);
            }
        }
        from += alike;
    }
    found
}

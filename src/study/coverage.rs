//! What a source covers: month by month, and of each area.
//!
//! What a month covers belongs to a force, not to a source. Where one force stops and the files of its neighbour go on, the areas of the first
//! are missing and not quiet: a few rows of neighbours stand in every force's files.

use std::collections::BTreeMap;

use super::codes;
use super::placed::Placed;
use super::placing::Placing;
use crate::sources::Events;
use crate::units::{AreaCode, Geography, Month, Period};

/// A month with less than this share of the rows of the force's median month is a file that was begun and not finished.
const THIN_BELOW: f64 = 0.1;
/// Below this many rows in the median month, a month of few rows says nothing.
const THIN_FROM_ROWS: u64 = 20;
/// An authority with less than this share of the rows per area that the force has elsewhere is not its own: these are strays.
const STRAY_BELOW: f64 = 0.05;

/// A force of another name that has this share of the rows a month of an authority's own, in other months, is the same one before or after it was renamed.
const RENAMED_FROM: f64 = 0.3;

/// The areas of one authority, and the months that its force reported of.
#[derive(Clone, PartialEq, Debug)]
pub struct Covered {
    /// The authority.
    pub authority: AreaCode,
    /// The force whose area it is, where the source has its files.
    pub force: Option<String>,
    /// For each month of the study, whether the force reported.
    pub months: Vec<bool>,
}

/// What a source of several forces covers.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Coverage {
    /// Authority by authority.
    pub authorities: Vec<Covered>,
    /// For each area, its position in `authorities`.
    pub of_area: Vec<usize>,
}

impl Coverage {
    /// Whether the source covers an area in a month, by positions.
    pub fn holds(&self, area: usize, month: usize) -> bool {
        self.of_area.get(area).and_then(|a| self.authorities.get(*a)?.months.get(month)).copied().unwrap_or(false)
    }

    /// Whether one force records all areas; not so where the force of any is not known.
    pub fn is_of_one_force(&self) -> bool {
        let first = self.authorities.first().and_then(|a| a.force.as_ref());
        first.is_some() && self.authorities.iter().all(|a| a.force.as_ref() == first)
    }

    /// Whether it covers every area in a month.
    pub fn holds_all(&self, month: usize) -> bool {
        self.authorities.iter().all(|a| a.months.get(month).copied().unwrap_or(false))
    }
}

/// What a source covers, where it tells which force reports. `None` where it tells no force.
pub(super) fn of(events: &Events, placing: &Placing, placed: &Placed, period: Period) -> Option<Coverage> {
    if events.forces.is_empty() {
        return None;
    }
    let months = months_of(events);
    let areas = &placing.areas.list;
    let mut authorities: Vec<AreaCode> = areas.iter().map(|a| a.authority).collect();
    authorities.sort_unstable();
    authorities.dedup();
    let of_area: Vec<usize> = areas.iter().map(|a| authorities.binary_search(&a.authority).unwrap_or(0)).collect();
    let size = |authority: usize| of_area.iter().filter(|a| **a == authority).count().max(1) as f64;
    // Rows of each force by authority, and by code elsewhere.
    let mut here = vec![vec![0_u64; authorities.len()]; events.forces.len()];
    let mut elsewhere: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); events.forces.len()];
    placed.rows(events, |force, area, code| match area {
        Some(area) => here[force][of_area[area]] += 1,
        None => *elsewhere[force].entry(code).or_default() += 1,
    });
    let small = areas.first().and_then(|a| a.code.geography()) == Some(Geography::Lsoa);
    // Rows per small area where the force is at home: the mean over rows, which strays in many places do not thin out.
    let at_home = |force: usize, but: usize| {
        let in_study = (0..authorities.len()).filter(|a| *a != but).map(|a| here[force][a] as f64 / size(a)).fold(0.0, f64::max);
        let (sum, squares) = elsewhere[force].values().fold((0.0, 0.0), |(s, q), n| (s + *n as f64, q + (*n as f64).powi(2)));
        if small && sum > 0.0 { in_study.max(squares / sum) } else { in_study }
    };
    let all_known = events.forces.iter().all(|f| codes::is_force(f));
    let force_of = |a: usize| -> Option<usize> {
        if let Some(official) = codes::force_of(authorities[a]) {
            if let Some(found) = events.forces.iter().position(|f| codes::is_same_force(f, official)) {
                return Some(found);
            }
            if all_known {
                return None;
            }
        }
        let own = |f: &usize| !codes::is_network(&events.forces[*f]) && here[*f][a] > 0;
        let best = (0..events.forces.len()).filter(own).max_by_key(|f| (here[*f][a], std::cmp::Reverse(*f)))?;
        (here[best][a] as f64 / size(a) >= STRAY_BELOW * at_home(best, a)).then_some(best)
    };
    // Rows of an authority in a month that the force reported of.
    let usual = |force: usize, a: usize| here[force][a] as f64 / months[force].len().max(1) as f64;
    let renamed = |own: usize, a: usize| -> Vec<usize> {
        let apart = |f: &usize| *f != own && !months[*f].iter().any(|m| months[own].contains(m));
        let others = (0..events.forces.len()).filter(|f| !all_known && !codes::is_network(&events.forces[*f])).filter(apart);
        others.filter(|f| usual(*f, a) >= RENAMED_FROM * usual(own, a)).collect()
    };
    let covered = (0..authorities.len()).map(|a| {
        let force = force_of(a);
        let others = force.map_or(vec![], |own| renamed(own, a));
        let holds = |m: Month| force.iter().chain(&others).any(|f| months[*f].contains(&m));
        Covered { authority: authorities[a], force: force.map(|f| events.forces[f].clone()), months: period.months().map(holds).collect() }
    });
    Some(Coverage { authorities: covered.collect(), of_area })
}

/// Of each force, the months that it reported in earnest.
fn months_of(events: &Events) -> Vec<Vec<Month>> {
    let mut by_force: Vec<Vec<(Month, u64)>> = vec![vec![]; events.forces.len()];
    for (force, month, rows) in &events.reported {
        if let Some(list) = by_force.get_mut(usize::from(*force)) {
            list.push((*month, *rows));
        }
    }
    let earnest = |list: Vec<(Month, u64)>| {
        let mut rows: Vec<u64> = list.iter().map(|m| m.1).collect();
        rows.sort_unstable();
        let median = rows.get(rows.len() / 2).copied().unwrap_or(0);
        let thin = |n: u64| median >= THIN_FROM_ROWS && (n as f64) < THIN_BELOW * median as f64;
        list.into_iter().filter(|m| !thin(m.1)).map(|m| m.0).collect()
    };
    by_force.into_iter().map(earnest).collect()
}

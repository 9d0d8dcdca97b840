//! Areas of the study that are in no row of a table of counts, in which every other area counts many events: nothing says that nothing happened there.

use std::collections::BTreeMap;

use super::areas::Areas;
use super::placed::Placed;
use super::placing::CodeFate;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, NONE};

/// Where every other area has so many events, chance leaves an area without any less than once in a hundred million times.
const FEWEST_EVENTS: u64 = 20;

/// Refuses a table that leaves areas out of an authority most of whose areas it counts. One authority of several may have no table.
pub(super) fn check(events: &Events, placed: &Placed, areas: &Areas, name: &str, problems: &mut Problems) {
    let counts_codes = |b: &crate::sources::Block| !b.count.is_empty() && b.point.iter().all(|p| *p == NONE);
    if events.blocks.is_empty() || !events.blocks.iter().all(counts_codes) {
        return;
    }
    let mut sums: Vec<Option<u64>> = vec![None; areas.list.len()];
    let mut add = |code: u32, n: u64| {
        let within: &[u32] = match placed.fate_of(code) {
            Some(CodeFate::Area(area)) => std::slice::from_ref(area),
            Some(CodeFate::Split(parts)) => parts,
            _ => &[],
        };
        for area in within {
            if let Some(sum) = sums.get_mut(*area as usize) {
                *sum.get_or_insert(0) += n;
            }
        }
    };
    events.blocks.iter().flat_map(|b| b.code.iter().zip(&b.count)).for_each(|(code, n)| add(*code, u64::from(*n)));
    events.not_told.iter().for_each(|cell| add(cell.code, FEWEST_EVENTS));
    let mut of_authority: BTreeMap<_, Vec<Option<u64>>> = BTreeMap::new();
    areas.list.iter().zip(sums).for_each(|(area, sum)| of_authority.entry(area.authority).or_default().push(sum));
    let absent = |all: &&Vec<Option<u64>>| {
        let counted = all.iter().flatten().count();
        2 * counted > all.len() && all.iter().flatten().all(|n| *n >= FEWEST_EVENTS)
    };
    let absent: usize = of_authority.values().filter(absent).map(|all| all.iter().filter(|sum| sum.is_none()).count()).sum();
    if absent > 0 {
        problems.error_said(Code::D206, Place::file(format!("source `{name}`")), said::areas_in_no_row(absent as u64, FEWEST_EVENTS));
    }
}

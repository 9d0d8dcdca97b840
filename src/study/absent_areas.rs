//! Areas of the study that are in no row of a table of counts, in which every other area counts many events: nothing says that nothing happened there.

use std::collections::BTreeMap;

use super::areas::Areas;
use super::placed::Placed;
use super::placing::CodeFate;
use super::untold::Cell;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, NONE};

/// Where every other area has so many events, chance leaves an area without any less than once in a hundred million times.
const FEWEST_EVENTS: u64 = 20;

/// The cells of areas that a table leaves out of an authority most of whose areas it counts: they are not known, and that is told. One authority of several
/// may have no table.
pub(super) fn cells(events: &Events, placed: &Placed, areas: &Areas, months: usize, name: &str, problems: &mut Problems) -> Vec<Cell> {
    let counts_codes = |b: &crate::sources::Block| !b.count.is_empty() && b.point.iter().all(|p| *p == NONE);
    if events.blocks.is_empty() || !events.blocks.iter().all(counts_codes) {
        return vec![];
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
    let mut of_authority: BTreeMap<_, Vec<(u32, Option<u64>)>> = BTreeMap::new();
    for (at, (area, sum)) in areas.list.iter().zip(sums).enumerate() {
        of_authority.entry(area.authority).or_default().push((at as u32, sum));
    }
    let counts_most = |all: &&Vec<(u32, Option<u64>)>| {
        let counted = || all.iter().filter_map(|(_, sum)| *sum);
        2 * counted().count() > all.len() && counted().all(|n| n >= FEWEST_EVENTS)
    };
    let absent: Vec<u32> =
        of_authority.values().filter(counts_most).flatten().filter(|(_, sum)| sum.is_none()).map(|(area, _)| *area).collect();
    if !absent.is_empty() {
        let said = said::areas_in_no_row(absent.len() as u64, FEWEST_EVENTS);
        problems.warn_said(Code::D206, Place::file(format!("source `{name}`")), said);
    }
    let of_area = |area| {
        (0..months as u32).flat_map(move |month| (0..events.categories.len() as u32).map(move |kind| Cell::not_known(area, month, kind)))
    };
    absent.into_iter().flat_map(of_area).collect()
}

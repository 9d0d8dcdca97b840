//! Areas of the study that are in no row of a table of counts, in which many events would be expected of them: nothing says that nothing happened there.

use std::collections::BTreeMap;

use super::areas::Areas;
use super::placed::Placed;
use super::placing::CodeFate;
use super::untold::Cell;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, NONE};

/// So many events are expected of an area, from its residents: chance then leaves none once in half a thousand million times, and where counts vary three
/// times as much as chance once in sixty thousand.
const EXPECTED: f64 = 20.0;

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
        // Of a code that was split each part is counted, and its events once.
        for (part, area) in within.iter().enumerate() {
            if let Some(sum) = sums.get_mut(*area as usize) {
                *sum.get_or_insert(0) += if part == 0 { n } else { 0 };
            }
        }
    };
    events.blocks.iter().flat_map(|b| b.code.iter().zip(&b.count)).for_each(|(code, n)| add(*code, u64::from(*n)));
    // A cell that tells no number is a row.
    events.not_told.iter().for_each(|cell| add(cell.code, 0));
    let mut of_authority: BTreeMap<_, Vec<(usize, Option<u64>)>> = BTreeMap::new();
    for (at, (area, sum)) in areas.list.iter().zip(sums).enumerate() {
        of_authority.entry(area.authority).or_default().push((at, sum));
    }
    let absent: Vec<usize> = of_authority.values().flat_map(|all| expected_to_count(all, areas)).collect();
    if !absent.is_empty() {
        let said = said::areas_in_no_row(absent.len() as u64, EXPECTED as u64);
        problems.warn_said(Code::D206, Place::file(format!("source `{name}`")), said);
    }
    let kinds = events.categories.len() as u32;
    let of_area = |area| (0..months as u32).flat_map(move |month| (0..kinds).map(move |kind| Cell::not_known(area as u32, month, kind)));
    absent.into_iter().flat_map(of_area).collect()
}

/// The areas of an authority without any row in which so many events would lie if they were spread as the residents are; where residents are not known,
/// as evenly as over the areas that are counted. None where fewer than half of the areas are counted: the table is of something else.
fn expected_to_count(all: &[(usize, Option<u64>)], areas: &Areas) -> Vec<usize> {
    let counted: Vec<(usize, u64)> = all.iter().filter_map(|(at, sum)| Some((*at, (*sum)?))).collect();
    if 2 * counted.len() <= all.len() {
        return vec![];
    }
    let residents = |at: usize| areas.list[at].residents.get("all").copied();
    let people: Option<f64> = counted.iter().map(|(at, _)| residents(*at)).sum();
    let events = counted.iter().map(|c| c.1).sum::<u64>() as f64;
    let expected = |at: usize| match (people.filter(|n| *n > 0.0), residents(at)) {
        (Some(people), Some(here)) => events * here / people,
        _ => events / counted.len() as f64,
    };
    all.iter().filter(|(at, sum)| sum.is_none() && expected(*at) >= EXPECTED).map(|(at, _)| *at).collect()
}

//! An area under its code and under an older one in the same month of a table: the same events again, as in a table that two vintages were joined in.

use std::collections::{BTreeMap, BTreeSet};

use super::areas::Areas;
use super::placing::{CodeFate, Placing};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, NONE, Origin};

/// Fewer months and kinds than this may be alike by chance.
const FEWEST_ALIKE: usize = 3;

/// Where areas stand under both, their counts are refused if the two are the same in each month and kind; else it is told that they were added.
pub(super) fn tell(events: &Events, areas: &Areas, placing: &Placing, origin: Option<&Origin>, problems: &mut Problems) {
    let own_kind = areas.list.first().and_then(|a| a.code.geography());
    // Of each code of the areas' own kind, the areas that it leads to, and whether it is their own.
    let reaches: Vec<Option<(Vec<u32>, bool)>> = placing
        .codes(events)
        .into_iter()
        .zip(&events.codes)
        .map(|(fate, code)| match fate {
            _ if code.geography() != own_kind => None,
            CodeFate::Area(area) => Some((vec![area], areas.list[area as usize].code == *code)),
            CodeFate::Split(parts) => Some((parts, false)),
            _ => None,
        })
        .collect();
    let by =
        |is_own: bool| -> BTreeSet<u32> { reaches.iter().flatten().filter(|r| r.1 == is_own).flat_map(|r| r.0.iter().copied()).collect() };
    let both: BTreeSet<u32> = by(true).intersection(&by(false)).copied().collect();
    if both.is_empty() {
        return;
    }
    // Of each month and kind, the events under older codes and under their own.
    let mut cells: BTreeMap<(u16, u16), (u64, u64)> = BTreeMap::new();
    for block in events.blocks.iter().filter(|b| !b.count.is_empty()) {
        for row in (0..block.rows()).filter(|row| block.code[*row] != NONE) {
            let Some((areas, is_own)) = &reaches[block.code[row] as usize] else { continue };
            if areas.iter().any(|a| both.contains(a)) {
                let cell = cells.entry((block.month[row], block.category[row])).or_default();
                *(if *is_own { &mut cell.1 } else { &mut cell.0 }) += u64::from(block.count[row]);
            }
        }
    }
    cells.retain(|_, (older, own)| *older > 0 && *own > 0);
    if cells.is_empty() {
        return;
    }
    let place = Place::file(format!("source `{}`", origin.map_or("", |o| o.name.as_str())));
    let are_copies = cells.len() >= FEWEST_ALIKE && cells.values().all(|(older, own)| older == own);
    let said = said::areas_under_two_codes(both.len(), are_copies);
    if are_copies { problems.error_said(Code::D218, place, said) } else { problems.warn_said(Code::D218, place, said) }
}

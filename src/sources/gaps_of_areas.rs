//! Areas of a table of counts that have no row in some of its months, though many events would have been counted there: what is left out is not known, and
//! is no zero.

use std::collections::{BTreeMap, BTreeSet};

use super::Origin;
use super::events::{Block, NONE, NotTold};
use crate::diagnostics::{Code, Place, Problems, said};

/// In a table of fewer months an area may come and go.
const FEWEST_MONTHS: usize = 4;
/// So many events are expected where none is written, from the other months of the area: chance then leaves none once in half a thousand million times, and
/// where counts vary three times as much as chance once in sixty thousand.
const EXPECTED: f64 = 20.0;

/// Marks such cells as not known, and tells of them.
pub(super) fn tell(blocks: &[Block], not_told: &mut Vec<NotTold>, categories: usize, origin: &Origin, problems: &mut Problems) {
    let mut of_area: BTreeMap<u32, (u32, BTreeMap<u16, u64>)> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, b)| !b.count.is_empty()) {
        for row in (0..block.rows()).filter(|row| block.code[*row] != NONE && block.point[*row] == NONE) {
            let months = &mut of_area.entry(block.code[row]).or_insert((at as u32, BTreeMap::new())).1;
            *months.entry(block.month[row]).or_default() += u64::from(block.count[row]);
        }
    }
    for cell in not_told.iter().filter(|cell| cell.code != NONE) {
        of_area.entry(cell.code).or_insert((cell.block, BTreeMap::new())).1.entry(cell.month).or_default();
    }
    let all: BTreeSet<u16> = of_area.values().flat_map(|(_, months)| months.keys().copied()).collect();
    if all.len() < FEWEST_MONTHS {
        return;
    }
    let (mut areas, mut cells) = (0_u64, 0_u64);
    for (code, (block, months)) in &of_area {
        let absent: Vec<u16> = all.iter().copied().filter(|m| !months.contains_key(m)).collect();
        if EXPECTED > months.values().sum::<u64>() as f64 / months.len() as f64 * absent.len() as f64 {
            continue;
        }
        areas += 1;
        cells += absent.len() as u64;
        let cell = |(month, category)| NotTold {
            block: *block,
            code: *code,
            point: NONE,
            month,
            category,
            bounds: Default::default(),
            suppressed: false,
        };
        not_told.extend(absent.iter().flat_map(|month| (0..categories as u16).map(|category| (*month, category))).map(cell));
    }
    if areas > 0 {
        let said = said::areas_without_rows(areas, cells);
        problems.warn_said(Code::D206, Place::file(format!("source `{}`", origin.name)), said);
    }
}

//! Counts of nines alone, far beyond all others of their kind: 99,999 stalkings in one neighbourhood and month stand for a count that is not known.

use rustc_hash::FxHashMap;

use super::Origin;
use super::events::{Block, NO_COUNT, NotTold};
use super::gathered::Tally;
use super::read_value::{Nines, is_nines};
use super::same_rows::Remembered;
use crate::diagnostics::{Code, Place, Problems, quote};
use crate::units::{AreaCode, Bounds, Geography};

/// Counts of one level of areas, and of one category where it has enough of them: an authority has a hundred times the count of a neighbourhood.
type Kind = (Option<Geography>, Option<u16>);

/// Tells counts that stand for none, and makes them ones that are not told. `remembered` is of the same rows, where it is kept; `heading` is that of
/// the column of counts, where there is one.
pub(super) fn set_aside_nines(
    blocks: &mut [Block],
    remembered: &mut [Remembered],
    not_told: &mut Vec<NotTold>,
    codes: &[AreaCode],
    (origin, heading): (&Origin, Option<&str>),
    tally: &mut Tally,
    problems: &mut Problems,
) {
    let has_nines = |block: &Block| block.count.iter().any(|n| is_nines(f64::from(*n)));
    if !blocks.iter().any(has_nines) {
        return;
    }
    let level = |code: u32| codes.get(code as usize).and_then(AreaCode::geography);
    let mut kinds: FxHashMap<Kind, Nines> = FxHashMap::default();
    for block in blocks.iter() {
        for (row, count) in block.count.iter().enumerate() {
            let level = level(block.code[row]);
            for category in [None, Some(block.category[row])] {
                kinds.entry((level, category)).or_default().see(f64::from(*count));
            }
        }
    }
    let is_none = |kind: Kind, count: f64| kinds.get(&kind).is_some_and(|k| k.is_none(count));
    for (at, block) in blocks.iter_mut().enumerate() {
        let mut keep = vec![true; block.rows()];
        for (row, count) in block.count.iter().enumerate().filter(|(_, n)| is_nines(f64::from(**n))) {
            let (level, category, n) = (level(block.code[row]), block.category[row], f64::from(*count));
            keep[row] = !(is_none((level, None), n) || is_none((level, Some(category)), n));
            if keep[row] {
                continue;
            }
            let (code, point, month) = (block.code[row], block.point[row], block.month[row]);
            not_told.push(NotTold { block: at as u32, code, point, month, category, bounds: Bounds::default(), suppressed: false });
            tally.set_aside(NO_COUNT, 1);
            let place = Place::line(&block.file, u64::from(block.line.of(row)));
            let place = heading.map_or(place.clone(), |heading| place.at(format!("column {heading}")));
            let shown = quote(&count.to_string(), origin.shows());
            let what = format!("{shown} seems to stand for a count that is not known: it is far beyond all others of its kind");
            problems.error(Code::R104, place, what, "Leave the field empty where the count is not known, or write the count.");
        }
        if keep.iter().any(|k| !*k) {
            block.retain(&keep);
            if let Some(rows) = remembered.get_mut(at) {
                rows.retain(&keep);
            }
        }
    }
}

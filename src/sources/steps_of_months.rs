//! Counts that stand at every third or twelfth month alone: those of quarters and years, which with `covers` would be read as months among months of nothing.

use std::collections::BTreeSet;

use super::Origin;
use super::events::{Block, NotTold};
use crate::diagnostics::{Code, Place, Problems};

/// Fewer months than this may stand so by chance, unless they are years apart.
const FEWEST: usize = 4;
const FEWEST_YEARS: usize = 3;
const MONTHS_OF_A_YEAR: u16 = 12;

/// Tells of a table of counts in which nothing stands between months that lie evenly apart, though the plan says that it covers them.
pub(super) fn tell(blocks: &[Block], not_told: &[NotTold], origin: &Origin, problems: &mut Problems) {
    let counted = blocks.iter().flat_map(|b| b.month.iter().copied());
    let months: BTreeSet<u16> = counted.chain(not_told.iter().map(|n| n.month)).collect();
    let Some(step) = step(&months) else { return };
    let what = format!(
        "counts stand at every {} month and at none between, as those of longer times do, and `covers` makes the months between months of nothing",
        ordinal(step)
    );
    let next = "Take `covers` out, so that the months between are not known, or give the count of each month: what is counted over a quarter or a year cannot be shared out among its months. If each count is of its month alone, write the months between, too: with 0 where nothing happened, and with an empty count where it is not known.";
    problems.error(Code::R104, Place::file(format!("source `{}`", origin.name)), what, next);
}

/// How far apart the months lie, where all lie so and more than one.
fn step(months: &BTreeSet<u16>) -> Option<u16> {
    let all: Vec<u16> = months.iter().copied().collect();
    let step = all.windows(2).map(|two| two[1] - two[0]).next().filter(|step| *step > 1)?;
    let enough = all.len() >= if step == MONTHS_OF_A_YEAR { FEWEST_YEARS } else { FEWEST };
    (enough && MONTHS_OF_A_YEAR.is_multiple_of(step) && all.windows(2).all(|two| two[1] - two[0] == step)).then_some(step)
}

fn ordinal(step: u16) -> &'static str {
    match step {
        2 => "second",
        3 => "third",
        4 => "fourth",
        6 => "sixth",
        _ => "twelfth",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_years_are_told_from_months() {
        let of = |months: &[u16]| step(&months.iter().copied().collect());
        assert_eq!((of(&[3, 6, 9, 12]), of(&[1, 13, 25]), of(&[4, 10, 16, 22])), (Some(3), Some(12), Some(6)));
        assert_eq!((of(&[1, 2, 3, 4]), of(&[3, 6, 9]), of(&[3, 6, 9, 11]), of(&[1, 13])), (None, None, None, None));
        assert_eq!((of(&[]), of(&[5]), of(&[1, 6, 11, 16])), (None, None, None));
    }
}

//! The door. Nothing else turns a draft into a finding.

use super::document::{Door, Finding, ReleaseNote};
use super::policy::ReleasePolicy;
use crate::analyses::{CountTable, Draft, Released};
use crate::units::{Cell, Sensitivity};

/// Releases drafts by the policy: counts built only from open sources as they are, all others withheld and rounded.
///
/// What is told — rates, shares, classes, sentences — is computed by the draft from what comes out here, never from what went in.
pub fn release(drafts: &[Draft], policy: &ReleasePolicy) -> Vec<Finding> {
    drafts.iter().map(|draft| release_one(draft, policy)).collect()
}

fn release_one(draft: &Draft, policy: &ReleasePolicy) -> Finding {
    let head = &draft.head;
    let table = draft.counts();
    let restricted: Vec<&str> = head.sources.iter().filter(|s| s.sensitivity == Sensitivity::Restricted).map(|s| s.name.as_str()).collect();
    let (cells, note) = if restricted.is_empty() {
        let cells = table.counts().iter().map(|n| n.map_or(Cell::Missing, Cell::Known)).collect();
        (
            cells,
            ReleaseNote {
                door: Door::Open,
                because: "Every source is already published at this precision.".into(),
                withheld: 0,
                rounded_to: 1,
            },
        )
    } else {
        let cells = protect(table, policy);
        let withheld = cells.iter().filter(|c| **c == Cell::Withheld).count();
        let because = format!("Built from a restricted source: {}. {}", restricted.join(", "), policy.sentence());
        (cells, ReleaseNote { door: Door::Policy, because, withheld, rounded_to: policy.round_to.max(1) })
    };
    let telling = draft.tell(&Released::new(table.size().1, cells));
    Finding {
        id: head.id.clone(),
        analysis: head.analysis.into(),
        headline: telling.headline,
        subtitle: telling.subtitle,
        sentences: telling.sentences,
        caveats: head.caveats.clone(),
        status: head.status.clone(),
        polarity: head.polarity,
        period: head.period,
        sources: head.sources.iter().map(|s| s.name.clone()).collect(),
        release: note,
        body: telling.body,
    }
}

/// Withholds small counts and as many others as totals need, then rounds the rest, each cell on its own.
pub(super) fn protect(table: &CountTable, policy: &ReleasePolicy) -> Vec<Cell<u64>> {
    let counts = table.counts();
    // Step 1: primary suppression.
    let mut withheld: Vec<bool> = counts.iter().map(|n| n.is_some_and(|n| policy.is_small(n))).collect();
    // Step 2: complementary suppression, until no total gives a withheld cell away.
    let sums = table.sums();
    loop {
        let more: Vec<usize> = sums.iter().filter_map(|sum| one_more(sum, counts, &withheld, policy)).collect();
        if more.is_empty() {
            break;
        }
        more.into_iter().for_each(|cell| withheld[cell] = true);
    }
    // Step 3: rounding.
    let cell = |(n, hidden): (&Option<u64>, &bool)| match n {
        None => Cell::Missing,
        Some(_) if *hidden => Cell::Withheld,
        Some(n) => Cell::Known(policy.round(*n)),
    };
    counts.iter().zip(&withheld).map(cell).collect()
}

/// The cell that must be withheld next along one sum, where its withheld cells could be worked out from the others.
///
/// A single withheld cell is the difference of the others. Several whose sum is itself small are nearly as good as known:
/// 1 + 1 can be nothing else. The smallest shown part that is not zero goes first, and the total where no part is left.
fn one_more(sum: &[usize], counts: &[Option<u64>], withheld: &[bool], policy: &ReleasePolicy) -> Option<usize> {
    let hidden: Vec<usize> = sum.iter().copied().filter(|c| withheld[*c]).collect();
    let (total, parts) = sum.split_last()?;
    let hidden_sum: u64 = hidden.iter().filter_map(|c| counts[*c]).sum();
    let safe = hidden.is_empty() || (hidden.len() > 1 && (withheld[*total] || !policy.is_small(hidden_sum)));
    if safe {
        return None;
    }
    let shown = parts.iter().copied().filter(|c| !withheld[*c] && counts[*c].is_some_and(|n| n > 0));
    shown.min_by_key(|c| (counts[*c], *c)).or((!withheld[*total]).then_some(*total))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(cells: &[Cell<u64>]) -> Vec<Option<u64>> {
        cells.iter().map(|c| c.known()).collect()
    }

    #[test]
    fn a_small_count_takes_a_second_with_it_so_that_the_total_does_not_tell() {
        let table = CountTable::column([Some(3), Some(40), Some(22), Some(0)]).with_total_row();
        let cells = protect(&table, &ReleasePolicy::default());
        assert_eq!(known(&cells), [None, Some(40), None, Some(0), Some(65)]);
    }

    #[test]
    fn two_ones_are_not_protected_by_each_other() {
        let table = CountTable::column([Some(1), Some(1), Some(30), Some(50)]).with_total_row();
        let cells = protect(&table, &ReleasePolicy { withhold_up_to: 4, round_to: 1 });
        assert_eq!(known(&cells), [None, None, None, Some(50), Some(82)]);
    }

    #[test]
    fn where_no_other_part_is_left_the_total_is_withheld() {
        let table = CountTable::column([Some(2), Some(0), Some(0)]).with_total_row();
        let cells = protect(&table, &ReleasePolicy::default());
        assert_eq!(known(&cells), [None, Some(0), Some(0), None]);
    }

    #[test]
    fn rows_and_columns_are_protected_together() {
        let table = CountTable::new(vec![vec![Some(2), Some(20), Some(22)], vec![Some(30), Some(40), Some(70)]])
            .with_sum([(0, 0), (0, 1), (0, 2)])
            .with_sum([(1, 0), (1, 1), (1, 2)])
            .with_total_row();
        let cells = protect(&table, &ReleasePolicy { withhold_up_to: 4, round_to: 1 });
        // One small cell in a 2 × 2 table withholds the whole inside: each row and each column needs a second.
        assert_eq!(known(&cells), [None, None, Some(22), None, None, Some(70), Some(32), Some(60), Some(92)]);
    }
}

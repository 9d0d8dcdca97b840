//! Counts of people who are no events, such as users by group: told once for each span of months.
//!
//! Nobody knows how the people of two returns that overlap are the same people, so nothing could be proven of both together. What
//! was told of a span of months may be told again as it was; what overlaps with it, or differs from it, stays untold.

use crate::analyses::Draft;
use crate::ledger::{EarlierArea, EarlierCell};
use crate::model::ReleasePolicy;
use crate::study::Study;
use crate::units::Cell;

/// The counts of a draft as the ledger keeps them; none where the draft names none.
pub(super) fn cells(study: &Study, draft: &Draft, told: &[Cell<u64>], policy: &ReleasePolicy) -> Vec<EarlierCell> {
    let (head, Some(source)) = (&draft.head, draft.head.sources.first()) else { return vec![] };
    let months = |row: usize| draft.counts().span(row).unwrap_or(head.period);
    // How events ended is no category of theirs: what is kept of it must not be linked with counts of the source itself.
    let own = (0..draft.counts().size().0).any(|row| draft.counts().is_part_of(row).is_some());
    let kept_as = if own { format!("{}: {}", source.name, head.analysis) } else { source.name.clone() };
    let cell = |(row, name, cell): (usize, &str, &Cell<u64>)| EarlierCell {
        source: kept_as.clone(),
        area: EarlierArea::Whole(study.about.authorities.clone()),
        point: None,
        first: months(row).first,
        last: months(row).last,
        categories: vec![head.id.clone(), name.to_owned()],
        group: None,
        rule: Some(policy.rule()),
        tier: policy.tier,
        printed: cell.known(),
    };
    // A row that stands for several things has a line of its name for each.
    let rows = draft.counts().names().iter().zip(told).enumerate();
    rows.flat_map(|(row, (names, n))| names.lines().map(move |name| (row, name, n))).map(cell).collect()
}

/// Whether these counts, told beside what earlier packs told of the same return, could give more away than each by itself.
///
/// Counts of different spans of months, which do not overlap, are each held against what was told of their own months.
pub(super) fn clash(now: &[EarlierCell], earlier: &[EarlierCell]) -> bool {
    let mut spans: Vec<_> = now.iter().map(|c| (c.first, c.last)).collect();
    spans.sort_unstable();
    spans.dedup();
    spans.into_iter().any(|span| {
        let of_span: Vec<EarlierCell> = now.iter().filter(|c| (c.first, c.last) == span).cloned().collect();
        clash_of_span(&of_span, earlier)
    })
}

fn clash_of_span(now: &[EarlierCell], earlier: &[EarlierCell]) -> bool {
    let Some(one) = now.first() else { return false };
    let before: Vec<&EarlierCell> = earlier
        .iter()
        .filter(|e| e.source == one.source && e.categories.first() == one.categories.first() && e.first <= one.last && e.last >= one.first)
        .collect();
    let told_again = |e: &&EarlierCell| {
        let same = now.iter().find(|n| n.categories == e.categories && (n.first, n.last) == (e.first, e.last));
        same.is_some_and(|n| match (n.printed, e.printed) {
            (None, None) => true,
            // Rounded to another base it is the same count still; by more than that it is another one.
            (Some(a), Some(b)) => {
                let base = [n.rule, e.rule].into_iter().flatten().map(|r| r.round_to).max().unwrap_or(1);
                if n.rule == e.rule { a == b } else { a.abs_diff(b) < base.max(1) }
            }
            // Those who may read more see what the others do: what is withheld from them is to be withheld from everybody.
            (Some(_), None) => n.tier > e.tier,
            (None, Some(_)) => n.tier < e.tier,
        })
    };
    let all_again = now.iter().all(|n| before.is_empty() || before.iter().any(|e| e.categories == n.categories));
    !(before.iter().all(told_again) && all_again)
}

#[cfg(test)]
mod tests;

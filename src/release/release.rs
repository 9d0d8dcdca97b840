//! The door. Nothing else turns a draft into a finding.

use std::collections::{BTreeMap, BTreeSet};

use super::counted::counted_of;
use super::earlier::earlier_cell;
use super::limits::Limits;
use super::restricted::restricted_source;
use super::returns;
use super::together::together;
use crate::analyses::{CountTable, Draft, Released, Telling};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::disclosure::{Given, Loss, Rule, System, protect};
use crate::ledger::EarlierCell;
use crate::model::{Door, Figure, Finding, Message, ReleaseNote, ReleasePolicy, RestrictedSource, Told};
use crate::msg;
use crate::study::{Dataset, Slice, Study};
use crate::timings::timed;
use crate::units::{Cell, Sensitivity};

/// A pack as released: all tables protected together, and together with what was published before.
pub struct Pack {
    /// The answers, without words.
    pub findings: Vec<Told>,
    /// What the ledger of releases must remember of it.
    pub cells: Vec<EarlierCell>,
    /// Every count of the restricted sources of events, as it was decided.
    pub restricted: Vec<RestrictedSource>,
    /// Of each restricted source of events, by position, how many events it holds.
    pub(super) totals: BTreeMap<usize, Cell<u64>>,
}

/// Releases drafts by the policy: counts of open sources as they are, all others withheld and rounded.
///
/// Counts of one restricted source are linked over all drafts and over `earlier` packs by what they count. Counts that say
/// nothing about what they count are protected along the sums of their own table. For every withheld count there is a
/// [`crate::disclosure::Proof`], checked once more here; a pack in which one fails is refused. What is told — rates, shares,
/// classes, sentences — is computed by the draft from what comes out here, never from what went in.
///
/// `None` where the pack cannot be released; the problems then say why.
pub fn release(
    study: Option<&Study>,
    drafts: &[Draft],
    policy: &ReleasePolicy,
    earlier: &[EarlierCell],
    problems: &mut Problems,
) -> Option<Pack> {
    let mut decided: BTreeMap<Slice, Cell<u64>> = BTreeMap::new();
    let mut totals = BTreeMap::new();
    let mut cells = Vec::new();
    let mut all = Vec::new();
    if let Some(study) = study {
        let wanted: BTreeSet<&Slice> = drafts.iter().flat_map(|d| d.counts().slices()).flatten().collect();
        let restricted = |d: &&Dataset| study.sources[d.source].sensitivity == Sensitivity::Restricted;
        for dataset in study.datasets.iter().filter(restricted) {
            let whole = dataset.slice(&Default::default());
            let limits = Limits::new(study, dataset, policy.tier);
            let asked_for = wanted.iter().copied().filter(|s| s.source == dataset.source).chain([&whole]);
            let asked_for: BTreeSet<&Slice> = asked_for.collect();
            let (slices, refused): (Vec<Slice>, Vec<Slice>) = asked_for.into_iter().cloned().partition(|s| limits.allow(s));
            let told = timed("release, linked", || together(study, dataset, &slices, &refused, policy, earlier, problems))?;
            totals.insert(dataset.source, told.counts.get(&whole).copied().unwrap_or(Cell::Withheld));
            all.push(restricted_source(study, dataset, &limits, &told.counts, &refused));
            let kept = told.counts.iter().filter(|(slice, _)| !told.zeros.contains(slice));
            cells.extend(kept.map(|(slice, n)| earlier_cell(study, slice, n.known(), policy)));
            decided.extend(told.counts);
        }
    }
    let mut findings = Vec::new();
    for draft in drafts {
        let (answer, told) = release_one(study, draft, policy, &decided, problems)?;
        let kept =
            study.filter(|_| answer.finding.release.door == Door::Policy).map_or(vec![], |s| returns::cells(s, draft, &told, policy));
        if returns::clash(&kept, earlier) {
            let source = draft.head.sources.first().map_or(String::new(), |s| s.name.clone());
            problems.warn_said(
                Code::S315,
                Place::file(source),
                said::months_told_otherwise_before(&draft.head.id, &draft.head.period.label()),
            );
            continue;
        }
        cells.extend(kept);
        findings.push(answer);
    }
    Some(Pack { findings, cells, restricted: all, totals })
}

fn release_one(
    study: Option<&Study>,
    draft: &Draft,
    policy: &ReleasePolicy,
    decided: &BTreeMap<Slice, Cell<u64>>,
    problems: &mut Problems,
) -> Option<(Told, Vec<Cell<u64>>)> {
    let head = &draft.head;
    let table = draft.counts();
    let restricted: Vec<&str> = head.sources.iter().filter(|s| s.sensitivity == Sensitivity::Restricted).map(|s| s.name.as_str()).collect();
    let open = |slice: &Slice| study.is_some_and(|s| s.sources[slice.source].sensitivity == Sensitivity::Open);
    let rule = if table.is_alone() { policy.rule().coarse() } else { policy.rule() };
    let (cells, note, because) = if restricted.is_empty() {
        let cells = table.counts().iter().enumerate().map(|(i, n)| n.map_or_else(|| table.nothing_at(i), Cell::Known)).collect();
        let note = ReleaseNote { door: Door::Open, because: String::new(), withheld: 0, rounded_to: 1 };
        (cells, note, msg!("release-open"))
    } else {
        let Some(own) = protect_table(table, &rule) else {
            problems.error_said(Code::S311, Place::file(head.id.clone()), said::withheld_count_not_safe(said::Leak::Table));
            return None;
        };
        let decide = |((n, slice), own): ((&Option<u64>, &Option<Slice>), Cell<u64>)| match (n, slice) {
            (None, _) => Cell::Missing,
            // Open counts need no protection, but the figure says that its numbers obey the rule: so they do.
            (Some(n), Some(slice)) if open(slice) => {
                if rule.is_small(*n) {
                    Cell::Withheld
                } else {
                    Cell::Known(rule.round(*n))
                }
            }
            // A slice that nothing decided on is over a limit of the tier.
            (Some(_), Some(slice)) => decided.get(slice).copied().unwrap_or(Cell::Withheld),
            (Some(_), None) => own,
        };
        let refused = refused_rows(study, table, policy);
        let columns = table.size().1.max(1);
        let decided = table.counts().iter().zip(table.slices()).zip(own).map(decide).enumerate();
        let hidden = |cell: usize, n: Cell<u64>| if refused.contains(&(cell / columns)) && n != Cell::Missing { Cell::Withheld } else { n };
        let cells: Vec<Cell<u64>> = decided.map(|(cell, n)| hidden(cell, n)).collect();
        let withheld = cells.iter().filter(|c| **c == Cell::Withheld).count();
        let because = msg!("release-policy", sources = restricted.clone(), policy = policy.sentence());
        let note = ReleaseNote { door: Door::Policy, because: String::new(), withheld, rounded_to: rule.round_to.max(1) };
        (cells, note, because)
    };
    let telling = timed(&format!("tell {}", head.analysis), || draft.tell(&Released::new(table.size().1, cells.clone())));
    let finding = Finding {
        id: head.id.clone(),
        analysis: head.analysis.into(),
        headline: String::new(),
        subtitle: String::new(),
        sentences: vec![],
        kinds: vec![],
        caveats: vec![],
        status: head.status.clone(),
        polarity: head.polarity,
        period: head.period,
        sources: head.sources.iter().map(|s| s.name.clone()).collect(),
        release: note,
        counted: if restricted.is_empty() { vec![] } else { counted_of(table, |slice| !open(slice)) },
        figures: telling.figures,
        body: telling.body,
    };
    let Telling { headline, subtitle, sentences, .. } = telling;
    let told = Told { finding, headline, subtitle, sentences, caveats: head.caveats.clone(), because };
    Some((with_all_figures(told), cells))
}

/// Rows of parts of events that the tier does not let be told so far apart. Those of a source that nobody knows are among them.
fn refused_rows(study: Option<&Study>, table: &CountTable, policy: &ReleasePolicy) -> BTreeSet<usize> {
    let allowed = |slice: &Slice| {
        let dataset = study.and_then(|s| Some((s, s.datasets.iter().find(|d| d.source == slice.source)?)));
        dataset.is_some_and(|(study, dataset)| Limits::new(study, dataset, policy.tier).allow_parts_of(slice))
    };
    (0..table.size().0).filter(|row| table.is_part_of(*row).is_some_and(|slice| !allowed(slice))).collect()
}

/// A finding with every number that its messages say as data, so that one that was put into a sentence afterwards is told from those that were said.
///
/// The messages are chosen and filled from released counts alone, and so are these.
fn with_all_figures(mut told: Told) -> Told {
    let messages = [&told.headline, &told.subtitle].into_iter().chain(&told.sentences).chain(&told.caveats);
    let of_texts = told.finding.body.shape_mut().texts_mut();
    let said: Vec<Figure> = messages.chain(of_texts.iter().filter_map(|text| text.message())).flat_map(Message::figures).collect();
    for figure in said {
        if !told.finding.figures.contains(&figure) {
            told.finding.figures.push(figure);
        }
    }
    told
}

/// Counts without slices, protected along the sums of their own table. `None` where a proof fails.
fn protect_table(table: &CountTable, rule: &Rule) -> Option<Vec<Cell<u64>>> {
    if let Some(released) = protect_partitions(table, rule) {
        return Some(released);
    }
    let counts = table.counts();
    let columns = table.size().1.max(1);
    let alone: Vec<usize> = (0..counts.len()).filter(|c| counts[*c].is_some() && table.slices()[*c].is_none()).collect();
    let total_of: BTreeMap<usize, &[usize]> =
        table.sums().iter().filter_map(|s| s.split_last()).map(|(last, parts)| (*last, parts)).collect();
    let atom_of: BTreeMap<usize, u32> = alone.iter().copied().filter(|c| !total_of.contains_key(c)).zip(0..).collect();
    let atoms = atom_of.keys().map(|c| ([(c / columns) as u32, (c % columns) as u32, 0, 0, 0], counts[*c].unwrap_or(0))).collect();
    let cells = alone.iter().map(|c| (atoms_in(*c, &total_of, &atom_of, 0), Given::Free)).collect();
    let system = System::new(atoms, cells);
    let protection = protect(&system, rule, Loss::Events).ok().filter(|p| p.fault(&system, rule).is_none())?;
    let mut released = vec![Cell::Missing; counts.len()];
    for (i, cell) in alone.iter().enumerate() {
        // A total that is not the sum of its parts is nothing that was proven.
        let proven = !protection.hidden[i] && Some(system.cells()[i].value) == counts[*cell];
        released[*cell] = if proven { Cell::Known(rule.round(system.cells()[i].value)) } else { Cell::Withheld };
    }
    Some(released)
}

/// A table in which one total is told apart in several ways, such as users by age and by ethnic group; `None` for every other.
///
/// How the ways cross is not known to the reader, nor needed: as long as the total is shown, each way is protected for itself. Where it
/// may not be shown, or one way cannot be protected beside it, nothing of the table is.
fn protect_partitions(table: &CountTable, rule: &Rule) -> Option<Vec<Cell<u64>>> {
    let lasts: Vec<usize> = table.sums().iter().filter_map(|s| s.last().copied()).collect();
    let shared = lasts.iter().any(|t| lasts.iter().filter(|l| *l == t).count() > 1);
    let of_sums: std::collections::BTreeSet<usize> = table.sums().iter().flatten().copied().collect();
    let whole = of_sums.len() == table.counts().len() && table.slices().iter().all(Option::is_none);
    // Ways to tell a total apart have no part in common, and their parts are no totals: a table of rows and columns is another thing.
    let parts: Vec<usize> = table.sums().iter().flat_map(|s| s.split_last().map_or(&[][..], |(_, parts)| parts)).copied().collect();
    let plain = parts.iter().all(|p| !lasts.contains(p))
        && parts.len() + lasts.iter().collect::<std::collections::BTreeSet<_>>().len() == of_sums.len();
    if !shared || !whole || !plain {
        return None;
    }
    let count = |c: usize| table.counts()[c].unwrap_or(0);
    let mut released = vec![Cell::Missing; table.counts().len()];
    for sum in table.sums() {
        let (total, parts) = sum.split_last()?;
        let n: u64 = parts.iter().map(|p| count(*p)).sum();
        let atoms = parts.iter().zip(0..).map(|(p, i)| ([i, 0, 0, 0, 0], count(*p))).collect();
        let cells = (0..parts.len() as u32).map(|i| (vec![i], Given::Free));
        let whole = ((0..parts.len() as u32).collect(), Given::Printed(rule.round(n)));
        let system = System::new(atoms, cells.chain([whole]).collect());
        let protection = protect(&system, rule, Loss::Events).ok().filter(|p| p.fault(&system, rule).is_none());
        let Some(protection) = protection.filter(|_| !rule.is_small(n) && n == count(*total)) else {
            return Some(vec![Cell::Withheld; table.counts().len()]);
        };
        for (part, hidden) in parts.iter().zip(&protection.hidden) {
            released[*part] = if *hidden { Cell::Withheld } else { Cell::Known(rule.round(count(*part))) };
        }
        released[*total] = Cell::Known(rule.round(n));
    }
    Some(released)
}

/// The atoms that a cell sums, through totals of totals.
fn atoms_in(cell: usize, total_of: &BTreeMap<usize, &[usize]>, atom_of: &BTreeMap<usize, u32>, depth: usize) -> Vec<u32> {
    match total_of.get(&cell) {
        Some(parts) if depth < 8 => parts.iter().flat_map(|p| atoms_in(*p, total_of, atom_of, depth + 1)).collect(),
        _ => atom_of.get(&cell).copied().into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule { withhold_up_to: 4, round_to: 1 };

    fn known(table: &CountTable) -> Vec<Option<u64>> {
        protect_table(table, &RULE).unwrap().iter().map(|c| c.known()).collect()
    }

    #[test]
    fn a_small_count_takes_a_second_with_it_so_that_the_total_does_not_tell() {
        let table = CountTable::column([Some(3), Some(40), Some(22), Some(0)]).with_total_row();
        assert_eq!(known(&table), [None, Some(40), None, Some(0), Some(65)]);
    }

    #[test]
    fn two_ones_are_not_protected_by_each_other() {
        let table = CountTable::column([Some(1), Some(1), Some(30), Some(50)]).with_total_row();
        assert_eq!(known(&table), [None, None, None, Some(50), Some(82)]);
    }

    #[test]
    fn where_no_other_part_is_left_the_total_is_withheld() {
        let table = CountTable::column([Some(2), Some(0), Some(0)]).with_total_row();
        assert_eq!(known(&table), [None, Some(0), Some(0), None]);
    }

    #[test]
    fn a_total_told_apart_in_two_ways_is_shown_and_each_way_protected_beside_it() {
        let table = |age: [u64; 3], other: [u64; 2]| {
            let total = age.iter().sum();
            let rows = age.iter().chain(&other).chain([&total]).map(|n| vec![Some(*n)]).collect();
            CountTable::new(rows).with_sum([(0, 0), (1, 0), (2, 0), (5, 0)]).with_sum([(3, 0), (4, 0), (5, 0)])
        };
        // The small one by age takes a second with it; the other way is left alone.
        assert_eq!(known(&table([3, 40, 57], [30, 70])), [None, None, Some(57), Some(30), Some(70), Some(100)]);
        // Both parts of a way of two must go.
        assert_eq!(known(&table([20, 23, 57], [2, 98])), [Some(20), Some(23), Some(57), None, None, Some(100)]);
        // A total that is small itself, or that gives a way away, takes all with it.
        assert_eq!(known(&table([1, 1, 1], [3, 0])), [None; 6]);
        assert_eq!(known(&table([5, 0, 0], [1, 4])), [None; 6]);
    }

    #[test]
    fn rows_and_columns_are_protected_together() {
        let table = CountTable::new(vec![vec![Some(2), Some(20), Some(22)], vec![Some(30), Some(40), Some(70)]])
            .with_sum([(0, 0), (0, 1), (0, 2)])
            .with_sum([(1, 0), (1, 1), (1, 2)])
            .with_total_row();
        // One small cell in a 2 × 2 table withholds the whole inside: each row and each column needs a second.
        assert_eq!(known(&table), [None, None, Some(22), None, None, Some(70), Some(32), Some(60), Some(92)]);
    }
}

//! The door. Nothing else turns a draft into a finding.

use std::collections::{BTreeMap, BTreeSet};

use super::counted::counted_of;
use super::earlier::earlier_cell;
use super::limits::Limits;
use super::own_table::protect_table;
use super::restricted::restricted_source;
use super::returns;
use super::together::together;
use crate::analyses::{CountTable, Draft, Released, Telling};
use crate::diagnostics::{Code, Place, Problems, said};
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
    let (mut findings, mut told_now) = (Vec::new(), Vec::new());
    for draft in drafts {
        let (answer, told) = release_one(study, draft, policy, &decided, problems)?;
        let kept =
            study.filter(|_| answer.finding.release.door == Door::Policy).map_or(vec![], |s| returns::cells(s, draft, &told, policy));
        // What this pack has told of the same months another way is as bad as what an earlier one has.
        if returns::clash(&kept, earlier) || returns::clash(&kept, &told_now) {
            let source = draft.head.sources.first().map_or(String::new(), |s| s.name.clone());
            problems.warn_said(
                Code::S315,
                Place::file(source),
                said::months_told_otherwise_before(&draft.head.id, &draft.head.period.label()),
            );
            continue;
        }
        told_now.extend(kept.iter().cloned());
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
    let rule = if table.is_alone() { policy.coarse_rule() } else { policy.rule() };
    let (cells, note, because) = if restricted.is_empty() {
        let cells = table.counts().iter().enumerate().map(|(i, n)| n.map_or_else(|| table.nothing_at(i), Cell::Known)).collect();
        let note = ReleaseNote { door: Door::Open, because: String::new(), withheld: 0, rounded_to: 1 };
        (cells, note, msg!("release-open"))
    } else if table.is_in_quarters() {
        let cells = table.counts().iter().enumerate().map(|(i, n)| n.map_or_else(|| table.nothing_at(i), Cell::Known)).collect();
        let note = ReleaseNote { door: Door::Policy, because: String::new(), withheld: 0, rounded_to: 1 };
        (cells, note, msg!("release-quarters", sources = restricted.clone()))
    } else {
        let Some(own) = protect_table(table, &policy.rule()) else {
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
        let because = msg!("release-policy", sources = restricted.clone(), policy = policy.sentence_by(rule));
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

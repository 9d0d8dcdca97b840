//! All counts of one restricted source, protected together and together with earlier packs, for everybody who reads them.

use std::collections::{BTreeMap, BTreeSet};

use super::before::Before;
use super::limits::Limits;
use super::linked::Linked;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::disclosure::{Given, Loss, Rule, Unprotectable, protect};
use crate::ledger::EarlierCell;
use crate::model::{ReleasePolicy, Tier};
use crate::study::{Dataset, Slice, Study};
use crate::units::Cell;

/// The counts of one source over all tables, protected together.
///
/// Who reads this pack reads the earlier packs of its tier and of those below it. Partners read packs of their own beside a public
/// one, by another rule: for them it is protected once more, by theirs, and what that takes is withheld from everybody.
pub(super) fn together(
    study: &Study,
    dataset: &Dataset,
    slices: &[Slice],
    refused: &[Slice],
    policy: &ReleasePolicy,
    earlier: &[EarlierCell],
    problems: &mut Problems,
) -> Option<Told> {
    let rule = policy.rule();
    let name = &study.sources[dataset.source].name;
    let all: Vec<&EarlierCell> = earlier.iter().filter(|e| e.source == *name).collect();
    // By the same rule, too: a higher tier is told harms and breakdowns that this one is not.
    let above = |e: &EarlierCell| e.tier > policy.tier;
    let tiers: BTreeSet<Tier> = all.iter().filter(|e| above(e)).map(|e| e.tier).collect();
    // What was withheld from those who may read more stays withheld from those who may not; what was printed for them is not known here.
    let own: Vec<EarlierCell> = all
        .iter()
        .filter(|e| !above(e) || e.printed.is_none())
        .map(|e| EarlierCell { rule: if above(e) { Some(rule) } else { e.rule }, ..(*e).clone() })
        .collect();
    let own: Vec<&EarlierCell> = own.iter().collect();
    let limits = Limits::new(study, dataset, policy.tier);
    let mut told = protected(study, dataset, (slices, refused), &limits, &rule, &own, &BTreeSet::new(), Readers::OfThisPack, problems)?;
    // Earlier packs by another rule told some of what this one withholds. That cannot be taken back; but this pack must not say it once more: by
    // itself, too, it keeps its own rule.
    if own.iter().any(|e| e.printed.is_some() && e.rule.is_some_and(|then| then != rule)) {
        let withheld = told.withheld();
        told.add(protected(study, dataset, (slices, refused), &limits, &rule, &[], &withheld, Readers::OfMore, problems)?);
    }
    for tier in tiers {
        let seen: Vec<&EarlierCell> = all.iter().filter(|e| e.tier <= tier).copied().collect();
        let rules = seen.iter().filter(|e| e.tier == tier).filter_map(|e| e.rule);
        let Some(theirs) = rules.min_by_key(|r| (r.withhold_up_to, r.round_to)) else { continue };
        // They read this pack as it is rounded, where that is finer than theirs.
        let theirs = Rule { round_to: finest(rule.round_to, theirs.round_to), ..theirs };
        let withheld = told.withheld();
        let limits = Limits::new(study, dataset, tier);
        let refused: Vec<Slice> = refused.iter().filter(|s| !limits.allow(s)).cloned().collect();
        told.add(protected(study, dataset, (slices, &refused), &limits, &theirs, &seen, &withheld, Readers::OfMore, problems)?);
    }
    Some(told)
}

/// A base that both counts rounded to the one and counts rounded to the other are multiples of.
fn finest(a: u64, b: u64) -> u64 {
    let (low, high) = (a.min(b).max(1), a.max(b));
    if high % low == 0 { low } else { 1 }
}

/// For whom a pack is protected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Readers {
    /// Everybody whom it is for.
    OfThisPack,
    /// Those among them who read more than it.
    OfMore,
}

/// Protected for some readers, by a rule, beside what they have read before; `kept_back` is withheld already.
#[allow(clippy::too_many_arguments)] // each is another thing, and a struct of them would be named after this function
fn protected(
    study: &Study,
    dataset: &Dataset,
    (slices, refused): (&[Slice], &[Slice]),
    limits: &Limits,
    rule: &Rule,
    earlier: &[&EarlierCell],
    kept_back: &BTreeSet<Slice>,
    readers: Readers,
    problems: &mut Problems,
) -> Option<Told> {
    let name = &study.sources[dataset.source].name;
    let mut linked = Linked::new(study, dataset, (slices, refused), earlier, limits, rule);
    let back: Vec<usize> = kept_back.iter().filter_map(|s| linked.cell(s)).collect();
    linked.system.keep_back(&back, rule);
    let system = &linked.system;
    let print = |cell: usize| -> u64 {
        let n = system.cells()[cell].value;
        let now = rule.round(n);
        match linked.earlier.get(&cell) {
            // A revision too small to be told apart from a person is not told: what was printed stands.
            Some(Before { printed: Some(printed), same_rule: true, .. })
                if rule.is_small(n) || now.abs_diff(*printed) <= rule.withhold_up_to =>
            {
                *printed
            }
            _ => now,
        }
    };
    let told = |cell: usize, hidden: bool| if hidden { Cell::Withheld } else { Cell::Known(print(cell)) };
    let as_before = |cell: usize| match linked.earlier.get(&cell) {
        Some(Before { printed: None, .. }) => true,
        Some(Before { printed: Some(printed), same_rule, .. }) => *same_rule && print(cell) == *printed,
        None => false,
    };
    if linked.beyond > 0 && readers == Readers::OfThisPack {
        problems.warn_said(Code::S313, Place::file(name.clone()), said::releases_before_the_data());
    }
    if linked.printed_and_refused > 0 && readers == Readers::OfThisPack {
        problems.warn_said(Code::S333, Place::file(name.clone()), said::counts_printed_below_a_floor(linked.printed_and_refused));
    }
    let only_as_before =
        || (0..system.cells().len()).map(|c| !linked.earlier.get(&c).is_some_and(|b| b.printed.is_some() && b.same_rule)).collect();
    let other_rule = linked.earlier.values().any(|b| b.printed.is_some() && !b.same_rule);
    let stands_in_the_way = |problems: &mut Problems| {
        problems.warn_said(Code::S312, Place::file(name.clone()), said::new_counts_in_the_way(other_rule));
    };
    let hidden: Vec<bool> = if (0..linked.cells_here).all(as_before) {
        // Nothing is published that was not published before.
        (0..system.cells().len()).map(|c| linked.earlier.get(&c).is_some_and(|b| b.printed.is_none())).collect()
    } else if !linked.settled {
        stands_in_the_way(problems);
        only_as_before()
    } else {
        match protect(system, rule, Loss::Events) {
            Ok(protection) => {
                if protection.fault(system, rule).is_some() {
                    problems.error_said(Code::S311, Place::file(name.clone()), said::withheld_count_not_safe(said::Leak::Pack));
                    return None;
                }
                protection.hidden
            }
            Err(fault) => match without_zeros(&linked, rule, fault) {
                Some(hidden) => hidden,
                None if linked.earlier.contains_key(&fault.cell) || fault.cell >= linked.cells_here || readers == Readers::OfMore => {
                    stands_in_the_way(problems);
                    only_as_before()
                }
                None => {
                    problems.error_said(Code::S312, Place::file(name.clone()), said::given_away_by_earlier_releases());
                    return None;
                }
            },
        }
    };
    let cell = |s: &Slice| linked.cell(s).map_or(Cell::Withheld, |c| told(c, hidden[c]));
    let is_zero = |s: &&Slice| linked.cell(s).is_some_and(|c| hidden[c] && system.cells()[c].value == 0);
    Some(Told { counts: slices.iter().map(|s| (s.clone(), cell(s))).collect(), zeros: slices.iter().filter(is_zero).cloned().collect() })
}

/// What is told of one source.
pub(super) struct Told {
    pub counts: BTreeMap<Slice, Cell<u64>>,
    /// Zeros that are withheld. The ledger does not hold them: what is withheld there is no zero.
    pub zeros: BTreeSet<Slice>,
}

impl Told {
    /// What is withheld.
    fn withheld(&self) -> BTreeSet<Slice> {
        self.counts.iter().filter(|(_, n)| **n == Cell::Withheld).map(|(s, _)| s.clone()).collect()
    }

    /// Withholds what others of its readers must not be told, too.
    fn add(&mut self, more: Told) {
        for (slice, _) in more.counts.into_iter().filter(|(_, n)| *n == Cell::Withheld) {
            self.counts.insert(slice, Cell::Withheld);
        }
        self.zeros.extend(more.zeros);
    }
}

/// So many zeros may be withheld for the sake of what earlier packs hold.
const MOST_ZEROS: usize = 60;

/// What to withhold where zeros of this pack leave no other way: a count of one span of months, and none in another that overlaps it,
/// tell together when it was. The finest zero that counts some of the same is withheld, then the next, until every proof is found.
fn without_zeros(linked: &Linked, rule: &Rule, mut fault: Unprotectable) -> Option<Vec<bool>> {
    let mut system = linked.system.clone();
    for _ in 0..MOST_ZEROS {
        let about: BTreeSet<u32> = system.cells()[fault.cell].atoms.iter().copied().collect();
        let finest = (0..linked.cells_here)
            .filter(|c| !linked.earlier.contains_key(c))
            .filter(|c| system.cells()[*c].value == 0 && system.cells()[*c].given == Given::Free)
            .filter(|c| system.cells()[*c].atoms.iter().any(|a| about.contains(a)))
            .min_by_key(|c| (system.cells()[*c].atoms.len(), *c))?;
        system.withhold_zero(finest);
        match protect(&system, rule, Loss::Events) {
            Ok(protection) => return protection.fault(&system, rule).is_none().then_some(protection.hidden),
            Err(next) => fault = next,
        }
    }
    None
}

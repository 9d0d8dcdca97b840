//! Whoever has all packs of a tier, and what bounds on refused counts follow from them.

use std::collections::{BTreeMap, BTreeSet};

use gapmap::model::{CellArea, ReleasePolicy, RestrictedSource, Tier};
use gapmap::release::Pack;
use gapmap::study::Study;
use gapmap::units::{Cell, Month};
use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem};
use proptest::prelude::*;

use super::{AREAS, LABELS, TIMES, Truth, What, times};

/// What a pack shows, as its reader knows it: what each count counts, and what is said of it; `None` for what the tier refuses.
pub struct Shown {
    pub tier: Tier,
    rule: (u64, u64),
    pub cells: Vec<(What, Option<Cell<u64>>)>,
    zeros_told: bool,
}

impl Shown {
    pub fn new(study: &Study, truth: &Truth, pack: &Pack, zeros_told: bool, policy: &ReleasePolicy) -> Self {
        let (dataset, source): (_, &RestrictedSource) = (&study.datasets[0], &pack.restricted[0]);
        let at = |m: Month| (m.index() - source.first.index()) as usize;
        let cell = |c: &gapmap::model::RestrictedCell| {
            let areas: Vec<usize> = match c.area {
                CellArea::Whole => (0..=AREAS).collect(),
                CellArea::Area(a) => vec![source.areas[a as usize].as_str()[3..].parse::<usize>().unwrap() - 1],
                CellArea::Unlocated => vec![AREAS],
            };
            let group = c.group;
            let raw = dataset.raw_of(&c.categories);
            let what = What::new(areas, at(c.first)..=at(c.last), raw.iter().map(|c| *c as usize), times(group));
            (what, (!c.refused).then_some(c.value))
        };
        let cells: Vec<_> = source.cells.iter().map(cell).collect();
        let hidden_zero = cells.iter().any(|(what, c)| *c == Some(Cell::Withheld) && truth.count(what) == 0);
        Self { tier: policy.tier, rule: (policy.withhold_up_to, policy.round_to), cells, zeros_told: zeros_told && !hidden_zero }
    }
}

/// Whether a floor refuses a label in so many months of a neighbourhood, or of the whole partnership: the attacker's own table.
fn floor_refuses(label: &str, tier: Tier, neighbourhood: bool, months: usize) -> bool {
    let rare = if tier == Tier::Restricted { 12 } else { 36 };
    match label {
        "Advice" | "Lighting" => false,
        "Rapes" => neighbourhood && (tier == Tier::Public || months < if tier == Tier::Partnership { 3 } else { 1 }),
        _ => neighbourhood || months < rare,
    }
}

/// In how many ways a count is broken down: by area, by months within a year, by category, by time of day.
fn ways(w: &What, everything: &BTreeSet<usize>) -> usize {
    let neighbourhood = w.0[0].len() == 1 && !w.0[0].contains(&AREAS);
    [neighbourhood, w.0[1].len() < 12, w.0[2] != *everything, w.0[3].len() < TIMES].into_iter().filter(|way| *way).count()
}

/// In how many ways a tier lets a count be broken down: the attacker's own table.
fn most_ways(tier: Tier) -> usize {
    match tier {
        Tier::Public => 2,
        Tier::Partnership => 3,
        Tier::Restricted => 4,
    }
}

/// Everything that must not be found out, with why.
fn targets(packs: &[&Shown], truth: &Truth, tier: Tier, limit: u64) -> Vec<(What, &'static str)> {
    let shown: BTreeSet<&What> = packs.iter().flat_map(|p| &p.cells).filter(|(_, c)| c.is_some()).map(|(w, _)| w).collect();
    let known: BTreeSet<&What> =
        packs.iter().flat_map(|p| &p.cells).filter(|(_, c)| matches!(c, Some(Cell::Known(_)))).map(|(w, _)| w).collect();
    let everything: BTreeSet<usize> = (0..truth.labels.len()).collect();
    let small = |w: &What| (1..=limit).contains(&truth.count(w));
    let mut found: BTreeMap<What, &'static str> = BTreeMap::new();
    for w in shown.iter().filter(|w| !known.contains(**w) && small(w)) {
        found.insert((*w).clone(), "a small count");
    }
    let refuses = |w: &What, label: usize| {
        let neighbourhood = w.0[0].len() == 1 && !w.0[0].contains(&AREAS);
        floor_refuses(LABELS[truth.labels[label]].0, tier, neighbourhood, w.0[1].len())
    };
    for w in packs.iter().flat_map(|p| &p.cells).map(|(w, _)| w) {
        let refused: BTreeSet<usize> = everything.iter().copied().filter(|l| refuses(w, *l)).collect();
        for l in &refused {
            found.insert(w.with(2, BTreeSet::from([*l])), "refused by a floor");
        }
        if !refused.is_empty() {
            found.insert(w.with(2, refused), "all that floors refuse");
        }
        // What no category but the whole takes in.
        if w.0[2] == everything && shown.contains(w) {
            let parts: BTreeSet<usize> =
                shown.iter().filter(|p| p.0[2] != everything && p.with(2, everything.clone()) == *w).flat_map(|p| p.0[2].clone()).collect();
            let rest = w.with(2, everything.difference(&parts).copied().collect());
            if !parts.is_empty() && small(&rest) {
                found.insert(rest, "the rest of the categories");
            }
        }
    }
    // What lies between two spans with an end in common.
    for a in &shown {
        for b in shown.iter().filter(|b| a.with(1, b.0[1].clone()) == ***b && a.0[1] != b.0[1] && a.0[1].is_subset(&b.0[1])) {
            let ends = a.0[1].first() == b.0[1].first() || a.0[1].last() == b.0[1].last();
            let between = a.with(1, b.0[1].difference(&a.0[1]).copied().collect());
            if ends && small(&between) {
                found.insert(between, "months between");
            }
        }
    }
    // What each tier promises. A refusal is a promise to the readers of the tier that refuses: of what it refuses they learn nothing within the width of
    // the rule, however large it is. To readers of a higher tier who may be told that very slice it promises nothing: a pack of theirs may print the
    // number, and with it any range. For them three things stay true of a slice that only a lower tier refuses: where it is small it is hidden like any
    // small count; where their own floors refuse one of its categories, that category is hidden whatever its size, and so is the whole slice where
    // they refuse all of it or allow no count to be broken down in so many ways; and what their own packs refuse is theirs.
    for (p, w) in packs.iter().flat_map(|p| p.cells.iter().filter(|(_, c)| c.is_none()).map(move |(w, _)| (p, w))) {
        let own = p.tier == tier || w.0[2].iter().all(|l| refuses(w, *l)) || ways(w, &everything) > most_ways(tier);
        if own || small(w) {
            found.entry(w.clone()).or_insert("refused by the tier");
        }
    }
    found.retain(|w, _| !known.contains(w));
    found.into_iter().collect()
}

/// No refused or small count can be bounded within the width of the rule from all packs that readers of a tier have.
pub fn assert_safe(all: &[&Shown], truth: &Truth, tier: Tier, most: usize) -> Result<usize, TestCaseError> {
    let packs: Vec<&Shown> = all.iter().filter(|p| p.tier <= tier).copied().collect();
    // What a looser rule gave away to everybody, a stricter one of a higher tier cannot take back.
    let Some(limit) = packs.iter().map(|p| p.rule.0).min().filter(|_| packs.iter().any(|p| p.tier == tier)) else { return Ok(0) };
    let width = limit as f64;
    let mut targets = targets(&packs, truth, tier, limit);
    // Always the same ones, from all over the list.
    let step = (targets.len() / most.max(1)).max(1);
    targets = targets.into_iter().step_by(step).collect();
    let months = truth.n.keys().map(|k| k[1]).max().unwrap_or(0) + 1;
    let constraints: Vec<(&What, f64, f64)> = packs
        .iter()
        .flat_map(|p| p.cells.iter().map(move |(w, c)| (p, w, c)))
        .filter_map(|(p, w, c)| {
            let (limit, base) = (p.rule.0 as f64, p.rule.1);
            match c {
                Some(Cell::Known(0)) => Some((w, 0.0, 0.0)),
                Some(Cell::Known(n)) => {
                    let low = *n as f64 - (base / 2) as f64;
                    Some((w, low.max(limit + 1.0), low + (base - 1) as f64))
                }
                Some(Cell::Withheld) => Some((w, if p.zeros_told { 1.0 } else { 0.0 }, f64::INFINITY)),
                _ => None,
            }
        })
        .collect();
    for (w, low, high) in &constraints {
        let n = truth.count(w) as f64;
        prop_assert!((*low..=*high).contains(&n), "{w:?} is {n} and is told as {low} to {high}");
    }
    // Places that nothing tells apart are one.
    let mut atoms: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let sets: Vec<&What> = constraints.iter().map(|c| c.0).chain(targets.iter().map(|t| &t.0)).collect();
    let mut zero = BTreeSet::new();
    for at in
        (0..=AREAS).flat_map(|a| (0..months).flat_map(move |m| (0..LABELS.len()).flat_map(move |l| (0..TIMES).map(move |t| [a, m, l, t]))))
    {
        if at[2] < truth.labels.len() {
            let signature: Vec<usize> = (0..sets.len()).filter(|i| sets[*i].holds(&at)).collect();
            let next = atoms.len();
            let empty = signature.iter().any(|i| constraints.get(*i).is_some_and(|c| c.2 == 0.0));
            let atom = *atoms.entry(signature).or_insert(next);
            if empty {
                zero.insert(atom);
            }
        }
    }
    let mut members: Vec<Vec<usize>> = vec![vec![]; sets.len()];
    atoms.iter().for_each(|(signature, atom)| signature.iter().for_each(|i| members[*i].push(*atom)));
    let solve = |target: usize, direction| -> Option<f64> {
        let mut problem = Problem::new(direction);
        let goal = |a: &usize| if members[target].contains(a) { 1.0 } else { 0.0 };
        let unknowns: Vec<_> =
            (0..atoms.len()).map(|a| problem.add_var(goal(&a), (0.0, if zero.contains(&a) { 0.0 } else { 1e4 }))).collect();
        for (i, (_, low, high)) in constraints.iter().enumerate().filter(|(_, c)| c.2 > 0.0) {
            let sum = || {
                let mut e = LinearExpr::empty();
                members[i].iter().for_each(|a| e.add(unknowns[*a], 1.0));
                e
            };
            if *low > 0.0 {
                problem.add_constraint(sum(), ComparisonOp::Ge, *low);
            }
            if high.is_finite() {
                problem.add_constraint(sum(), ComparisonOp::Le, *high);
            }
        }
        Some(problem.solve().ok()?.into_solution().ok()?.objective())
    };
    for (i, (what, why)) in targets.iter().enumerate() {
        let target = constraints.len() + i;
        // What lies in zeros that are told is told to be zero.
        if members[target].iter().all(|a| zero.contains(a)) {
            continue;
        }
        let n = truth.count(what) as f64;
        let high = solve(target, OptimizationDirection::Maximize).unwrap_or(f64::INFINITY);
        if high - n >= width - 1e-6 {
            continue;
        }
        let low = solve(target, OptimizationDirection::Minimize).unwrap_or(0.0);
        prop_assert!(high - low >= width - 1e-6, "{tier:?}: {why}: {what:?} is {n} and lies between {low} and {high}");
    }
    Ok(targets.len())
}

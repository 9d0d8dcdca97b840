//! What follows from all counts of a restricted source together: over areas, months, categories and times, printed or not.
//!
//! Every count is a box: the areas, months, categories, days and hours that it takes in. Where boxes differ in one dimension only, the smaller
//! ones and what is left of the larger are a sum; what is left is a count too, though no table prints it. A box that the tier refuses to tell
//! must stay as wide open as one that is withheld.

use rustc_hash::FxHashMap;

use super::bounds::{Revisions, bounds_of};
use super::pack::Pack;
use super::set::Set;
use super::sums::Sums;
use crate::diagnostics::{Code, Place, Problems};
use crate::ledger::Anchor;
use crate::model::{CellArea, Days, Findings, Group, RestrictedCell, RestrictedSource};
use crate::outputs::release_path;
use crate::units::{Cell, Geography};

/// Values that were taken already.
struct Taken(Vec<bool>);

impl Taken {
    fn none(of: &Set) -> Self {
        Self(vec![false; of.0.last().map_or(0, |(_, to)| *to as usize)])
    }
    /// Takes a set where none of it was taken.
    fn take(&mut self, set: &Set) -> bool {
        let free = set.values().all(|v| self.0.get(v) == Some(&false));
        if free {
            set.values().for_each(|v| self.0[v] = true);
        }
        free
    }
    fn set(&self) -> Set {
        Set::of((0..self.0.len()).filter(|v| self.0[*v]))
    }
}

/// Areas, months, categories, days, hours.
type Box5 = [Set; 5];

/// Days: one for each day of the week and one for events whose day is not known. Hours: eight times three, and one where not known.
const DAYS: usize = 8;
const BANDS: usize = 9;
/// More boxes than this in one line are compared only with the whole: a table of that size has its sums along rows and columns.
const MOST_IN_A_LINE: usize = 400;

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    for source in &findings.restricted {
        let place = || Place::file(pack.findings_path.clone()).at(format!("restricted source {}", source.source));
        let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
        // What an earlier pack printed is printed again, even after a small revision: only what such revisions cannot explain contradicts itself.
        let told = match told(findings, source, Revisions::None) {
            Some(Told::Contradiction) if may_be_revised(pack, findings) => told(findings, source, Revisions::Perhaps),
            other => other,
        };
        match told {
            None => problems.error(Code::S321, place(), "a count is told of something that this version does not know", next),
            Some(Told::Something) => {
                problems.error(Code::S321, place(), "a withheld count can be worked out from the others, or nearly so", next)
            }
            Some(Told::Contradiction) => {
                problems.error(Code::S321, place(), "the counts contradict one another: not all of them are the released ones", next)
            }
            Some(Told::Nothing) => {}
        }
    }
}

/// Whether earlier packs may stand behind this one: a draft does not say.
fn may_be_revised(pack: &Pack, findings: &Findings) -> bool {
    let anchor = pack.files.get(&release_path(findings.policy.tier)).and_then(|bytes| Anchor::read(bytes));
    findings.frame.draft || anchor.is_some_and(|a| a.number > 1)
}

/// What the counts of a source tell together.
#[derive(PartialEq, Eq)]
enum Told {
    Nothing,
    /// A count that must not be told.
    Something,
    /// No counts at all fit them all.
    Contradiction,
}

/// What is told; `None` where a count cannot be read.
fn told(findings: &Findings, source: &RestrictedSource, revisions: Revisions) -> Option<Told> {
    let policy = &findings.policy;
    let limit = policy.withhold_up_to as f64;
    let frame = Frame::new(findings, source);
    let mut boxes: Vec<Box5> = Vec::new();
    let mut at: FxHashMap<Box5, usize> = FxHashMap::default();
    let mut sums = Sums::default();
    // Whether a count must not be told whatever its size, and whether it is withheld.
    let mut state: Vec<(bool, bool)> = Vec::new();
    let mut values: Vec<Cell<u64>> = Vec::new();
    for cell in &source.cells {
        let shape = frame.shape(cell)?;
        let (least, step) = (policy.withhold_up_to, policy.round_to.max(1));
        if cell.value.known().is_some_and(|n| n != 0 && (n <= least || n % step != 0)) || (cell.refused && cell.value != Cell::Withheld) {
            return Some(Told::Something);
        }
        // Zeros are shown, unless they are refused: what is withheld is at least one.
        let bounds = bounds_of(policy, cell.value, !cell.refused, revisions);
        let i = *at.entry(shape.clone()).or_insert(boxes.len());
        if i == boxes.len() {
            boxes.push(shape);
            sums.bounds.push(bounds);
            state.push((cell.refused, cell.value == Cell::Withheld));
            values.push(cell.value);
        } else if values[i] != cell.value {
            // The same events under two names: what one withholds, the other must not tell.
            return Some(Told::Something);
        } else {
            let now = &mut sums.bounds[i];
            *now = (now.0.max(bounds.0), now.1.min(bounds.1));
            state[i].0 |= cell.refused;
        }
    }
    let printed = boxes.len();
    for dimension in 0..5 {
        let mut lines: FxHashMap<Vec<&Set>, Vec<usize>> = FxHashMap::default();
        let known: Vec<Box5> = boxes[..printed].to_vec();
        for (i, shape) in known.iter().enumerate() {
            lines.entry((0..5).filter(|d| *d != dimension).map(|d| &shape[d]).collect()).or_default().push(i);
        }
        let mut lines: Vec<Vec<usize>> = lines.into_values().filter(|l| l.len() > 1).collect();
        lines.sort_unstable();
        for line in lines {
            for (total, parts, rest) in sums_of_line(&known, &line, dimension) {
                let mut sum = parts;
                if !rest.is_empty() {
                    let mut shape = known[total].clone();
                    shape[dimension] = rest;
                    let i = *at.entry(shape.clone()).or_insert(boxes.len());
                    if i == boxes.len() {
                        sums.bounds.push((0.0, f64::INFINITY));
                        state.push((frame.refuses(&shape), false));
                        boxes.push(shape);
                    }
                    sum.push(i);
                }
                sum.push(total);
                sums.sums.push(sum);
            }
        }
    }
    let asked: Vec<usize> = (0..boxes.len()).filter(|i| state[*i].0 || state[*i].1).collect();
    sums.tighten(&asked);
    if sums.contradict {
        return Some(Told::Contradiction);
    }
    let tells = (0..boxes.len()).any(|i| {
        let (low, high) = sums.bounds[i];
        let (refused, withheld) = state[i];
        // That there is nothing where nothing is shown is no secret.
        let narrow = high > 0.0 && high - low < limit - 1e-6;
        // What may be large may have been withheld for the sake of others, and could be shown: nothing but a count that turns out to be small is a leak.
        narrow && (refused || high <= limit && (withheld || low >= 1.0))
    });
    Some(if tells { Told::Something } else { Told::Nothing })
}

/// In one line of boxes that differ in one dimension: each with the others that lie in it, none of which meet, and what is left of it.
fn sums_of_line(boxes: &[Box5], line: &[usize], dimension: usize) -> Vec<(usize, Vec<usize>, Set)> {
    let mut by_size: Vec<usize> = line.to_vec();
    by_size.sort_by_key(|i| (boxes[*i][dimension].size(), *i));
    let mut found = Vec::new();
    let set = |i: usize| &boxes[i][dimension];
    let totals: Vec<usize> = if line.len() > MOST_IN_A_LINE { by_size.iter().rev().take(40).copied().collect() } else { by_size.clone() };
    for total in totals {
        let inside: Vec<usize> =
            by_size.iter().copied().filter(|i| *i != total && set(*i).within(set(total)) && set(*i) != set(total)).collect();
        if inside.is_empty() {
            continue;
        }
        // The smallest first, and the largest first: months and years are both sums of a longer span.
        for order in [inside.clone(), inside.iter().rev().copied().collect()] {
            let mut taken = Taken::none(set(total));
            let parts = order.into_iter().filter(|i| taken.take(set(*i))).collect();
            found.push((total, parts, set(total).without(&taken.set())));
        }
        // Each by itself: two spans with one end in common tell what lies between.
        if line.len() <= 120 {
            found.extend(inside.iter().map(|i| (total, vec![*i], set(total).without(set(*i)))));
        }
    }
    found
}

/// What the positions of a source stand for.
struct Frame<'a> {
    source: &'a RestrictedSource,
    /// Areas that cells name; after them events without a known place.
    areas: usize,
    /// How many places there are: those, and one for all other areas where there are any.
    places: usize,
    /// How many areas that one stands for.
    others: usize,
    months: usize,
    geography: Geography,
}

impl<'a> Frame<'a> {
    fn new(findings: &Findings, source: &'a RestrictedSource) -> Self {
        let months = (source.last.index() - source.first.index() + 1).max(0) as usize;
        let areas = source.areas.len();
        let others = findings.outlines.len().saturating_sub(areas);
        let places = areas + 1 + usize::from(others > 0);
        Self { source, areas, places, others, months, geography: findings.frame.geography }
    }

    fn shape(&self, cell: &RestrictedCell) -> Option<Box5> {
        let areas = match cell.area {
            CellArea::Whole => Set::range(0, self.places),
            CellArea::Unlocated => Set::of([self.areas]),
            CellArea::Area(a) => Set::of([usize::try_from(a).ok().filter(|a| *a < self.areas)?]),
        };
        let first = usize::try_from(cell.first.index() - self.source.first.index()).ok()?;
        let last = usize::try_from(cell.last.index() - self.source.first.index()).ok().filter(|l| *l < self.months && *l >= first)?;
        let all = self.source.categories.len().max(1);
        let categories = if cell.categories.is_empty() {
            Set::range(0, all)
        } else if cell.categories.iter().all(|c| (*c as usize) < all) {
            Set::of(cell.categories.iter().map(|c| *c as usize))
        } else {
            return None;
        };
        let (days, bands) = cell.group.map_or_else(|| Some((Set::range(0, DAYS), Set::range(0, BANDS))), times)?;
        Some([areas, Set::range(first, last + 1), categories, days, bands])
    }

    /// Whether places are a few of the areas. Events that are not known to be anywhere are of none, and what is left of the partnership without
    /// them, or without a few areas, is no small area.
    fn is_neighbourhood(&self, places: &Set) -> bool {
        let weight = |place: usize| if place > self.areas { self.others } else { 1 };
        let held: usize = places.values().map(weight).sum();
        let whole: usize = (0..self.places).map(weight).sum();
        2 * held <= whole && *places != Set::of([self.areas])
    }

    /// Whether the floors of the categories of a box refuse it: all of them do.
    fn refuses(&self, shape: &Box5) -> bool {
        let neighbourhood = self.is_neighbourhood(&shape[0]);
        let months = shape[1].size() as usize;
        let counted = (0..self.source.categories.len()).filter(|c| Set::of([*c]).within(&shape[2]));
        let mut none = true;
        let all = counted.map(|c| &self.source.categories[c]).all(|c| {
            none = false;
            let small = neighbourhood && self.geography < Geography::Authority;
            let far = small && self.geography < c.smallest;
            far || ((small || c.smallest == Geography::Authority) && months < c.months)
        });
        all && !none
    }
}

/// The days and hours of a group; `None` where there are no such hours.
fn times(group: Group) -> Option<(Set, Set)> {
    let any_day = || Set::range(0, DAYS);
    Some(match group {
        Group::Day => (any_day(), Set::range(2, 6)),
        Group::Night => (any_day(), Set::of([0, 1, 6, 7])),
        Group::TimeNotKnown => (any_day(), Set::of([8])),
        Group::When { days, band } => {
            let days = match days {
                None => any_day(),
                Some(Days::Working) => Set::range(0, 5),
                Some(Days::Weekend) => Set::of([5, 6]),
                Some(Days::NotKnown) => Set::of([7]),
                Some(Days::One(day)) => Set::of([(day < 7).then_some(usize::from(day))?]),
            };
            let bands = match band {
                None => Set::range(0, 8),
                Some(band) => Set::of([(band < 8).then_some(usize::from(band))?]),
            };
            (days, bands)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_sets() {
        let (odd, all) = (Set::of([1, 3, 5, 4]), Set::range(0, 10));
        assert_eq!((odd.clone(), odd.size()), (Set(vec![(1, 2), (3, 6)]), 4));
        assert!(odd.within(&all) && !all.within(&odd) && Set::of([]).within(&odd) && !Set::of([5, 6]).within(&odd));
        assert_eq!(all.without(&odd), Set::of([0, 2, 6, 7, 8, 9]));
        assert_eq!(odd.without(&Set::of([4])), Set::of([1, 3, 5]));
        assert!(odd.without(&all).is_empty());
        let mut taken = Taken::none(&all);
        assert!(taken.take(&odd) && !taken.take(&Set::of([9, 5])) && taken.take(&Set::of([9])) && !taken.take(&Set::of([12])));
        assert_eq!(taken.set(), Set::of([1, 3, 4, 5, 9]));
    }
}

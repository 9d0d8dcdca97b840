//! What follows from all counts of a restricted source together: over areas, months, categories and times, printed or not.
//!
//! Every count is a box: the areas, months, categories, days and hours that it takes in. Where boxes differ in one dimension only, the smaller
//! ones and what is left of the larger are a sum; what is left is a count too, though no table prints it. A box that the tier refuses to tell
//! must stay as wide open as one that is withheld.

use rustc_hash::FxHashMap;

use super::pack::Pack;
use super::sums::Sums;
use crate::diagnostics::{Code, Place, Problems};
use crate::findings::{CellArea, Findings, RestrictedCell, RestrictedSource};
use crate::units::{Cell, Geography};

/// The values of one dimension that a count takes in.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
struct Set(Vec<u64>);

impl Set {
    fn of(values: impl IntoIterator<Item = usize>) -> Self {
        let mut words = Vec::new();
        for v in values {
            if words.len() <= v / 64 {
                words.resize(v / 64 + 1, 0);
            }
            words[v / 64] |= 1 << (v % 64);
        }
        Self(words)
    }
    fn size(&self) -> u32 {
        self.0.iter().map(|w| w.count_ones()).sum()
    }
    fn within(&self, other: &Self) -> bool {
        self.0.iter().enumerate().all(|(i, w)| w & !other.0.get(i).copied().unwrap_or(0) == 0)
    }
    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
    fn without(&self, other: &Self) -> Self {
        let mut words: Vec<u64> = self.0.iter().enumerate().map(|(i, w)| w & !other.0.get(i).copied().unwrap_or(0)).collect();
        while words.last() == Some(&0) {
            words.pop();
        }
        Self(words)
    }
    fn with(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }
    fn is_empty(&self) -> bool {
        self.0.iter().all(|w| *w == 0)
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
        match told(findings, source) {
            None => problems.error(Code::S321, place(), "a count is told of something that this version does not know", next),
            Some(true) => problems.error(Code::S321, place(), "a withheld count can be worked out from the others, or nearly so", next),
            Some(false) => {}
        }
    }
}

/// Whether any count that must not be told is told by the others. `None` where a count cannot be read.
fn told(findings: &Findings, source: &RestrictedSource) -> Option<bool> {
    let (limit, base) = (findings.policy.withhold_up_to as f64, findings.policy.round_to.max(1) as f64);
    let frame = Frame::new(findings, source);
    let mut boxes: Vec<Box5> = Vec::new();
    let mut at: FxHashMap<Box5, usize> = FxHashMap::default();
    let mut sums = Sums::default();
    // Whether a count must not be told whatever its size, and whether it is withheld.
    let mut state: Vec<(bool, bool)> = Vec::new();
    for cell in &source.cells {
        let shape = frame.shape(cell)?;
        let (least, step) = (findings.policy.withhold_up_to, findings.policy.round_to.max(1));
        if cell.value.known().is_some_and(|n| n != 0 && (n <= least || n % step != 0)) || (cell.refused && cell.value != Cell::Withheld) {
            return Some(true);
        }
        let bounds = match cell.value {
            Cell::Known(0) => (0.0, 0.0),
            Cell::Known(n) if base == 1.0 => (n as f64, n as f64),
            // Half up: 18 to 22 are printed as 20.
            Cell::Known(n) => ((n as f64 - (base / 2.0).floor()).max(limit + 1.0), n as f64 + ((base - 1.0) / 2.0).floor()),
            // Zeros are shown, unless they are refused: what is withheld is at least one.
            Cell::Withheld if !cell.refused => (1.0, f64::INFINITY),
            _ => (0.0, f64::INFINITY),
        };
        let i = *at.entry(shape.clone()).or_insert(boxes.len());
        if i == boxes.len() {
            boxes.push(shape);
            sums.bounds.push(bounds);
            state.push((cell.refused, cell.value == Cell::Withheld));
        } else {
            let now = &mut sums.bounds[i];
            *now = (now.0.max(bounds.0), now.1.min(bounds.1));
            state[i].1 |= cell.value == Cell::Withheld;
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
    Some((0..boxes.len()).any(|i| {
        let (low, high) = sums.bounds[i];
        let (refused, withheld) = state[i];
        // Ends that cross come of a revision that was not told; that there is nothing where nothing is shown is no secret.
        let narrow = low <= high && high > 0.0 && high - low < limit - 1e-6;
        // What may be large may have been withheld for the sake of others, and could be shown: nothing but a count that turns out to be small is a leak.
        narrow && (refused || high <= limit && (withheld || low >= 1.0))
    }))
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
            let (mut parts, mut taken) = (Vec::new(), Set(vec![]));
            for i in order {
                if !set(i).meets(&taken) {
                    taken.with(set(i));
                    parts.push(i);
                }
            }
            found.push((total, parts, set(total).without(&taken)));
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
    months: usize,
    geography: Geography,
}

impl<'a> Frame<'a> {
    fn new(findings: &Findings, source: &'a RestrictedSource) -> Self {
        let months = (source.last.index() - source.first.index() + 1).max(0) as usize;
        let areas = source.areas.len();
        let places = areas + 1 + usize::from(findings.outlines.len() > areas);
        Self { source, areas, places, months, geography: findings.frame.geography }
    }

    fn shape(&self, cell: &RestrictedCell) -> Option<Box5> {
        let areas = match cell.area {
            CellArea::Whole => Set::of(0..self.places),
            CellArea::Unlocated => Set::of([self.areas]),
            CellArea::Area(a) => Set::of([usize::try_from(a).ok().filter(|a| *a < self.areas)?]),
        };
        let first = usize::try_from(cell.first.index() - self.source.first.index()).ok()?;
        let last = usize::try_from(cell.last.index() - self.source.first.index()).ok().filter(|l| *l < self.months && *l >= first)?;
        let all = self.source.categories.len().max(1);
        let categories = if cell.categories.is_empty() {
            Set::of(0..all)
        } else if cell.categories.iter().all(|c| (*c as usize) < all) {
            Set::of(cell.categories.iter().map(|c| *c as usize))
        } else {
            return None;
        };
        let (days, bands) = cell.group.as_deref().map_or_else(|| Some((Set::of(0..DAYS), Set::of(0..BANDS))), times)?;
        Some([areas, Set::of(first..=last), categories, days, bands])
    }

    /// Whether the floors of the categories of a box refuse it: all of them do.
    fn refuses(&self, shape: &Box5) -> bool {
        let everywhere = shape[0].size() as usize == self.places;
        let months = shape[1].size() as usize;
        let counted = (0..self.source.categories.len()).filter(|c| Set::of([*c]).within(&shape[2]));
        let mut none = true;
        let all = counted.map(|c| &self.source.categories[c]).all(|c| {
            none = false;
            let small = !everywhere && self.geography < Geography::Authority;
            let far = small && self.geography < c.smallest;
            far || ((small || c.smallest == Geography::Authority) && months < c.months)
        });
        all && !none
    }
}

/// The days and hours of a group by its name.
fn times(name: &str) -> Option<(Set, Set)> {
    let any_day = || Set::of(0..DAYS);
    match name {
        "day" => Some((any_day(), Set::of(2..6))),
        "night" => Some((any_day(), Set::of([0, 1, 6, 7]))),
        "time not known" => Some((any_day(), Set::of([8]))),
        of_week => times_of_week(of_week),
    }
}

/// `Saturday 21:00 to 24:00`, `any day 03:00 to 06:00`, `Monday to Friday`. `None` for anything else: what is not known is not audited.
fn times_of_week(name: &str) -> Option<(Set, Set)> {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let (days, hours) = match name.find(|c: char| c.is_ascii_digit()) {
        Some(at) => (name[..at].trim_end(), Some(&name[at..])),
        None => (name, None),
    };
    let days = match days {
        "any day" => Set::of(0..DAYS),
        "Monday to Friday" => Set::of(0..5),
        "Saturday and Sunday" => Set::of([5, 6]),
        "day not known" => Set::of([7]),
        one => Set::of([names.iter().position(|n| *n == one)?]),
    };
    let bands = match hours {
        None => Set::of(0..8),
        Some(hours) => {
            let from: usize = hours.split(':').next()?.parse().ok()?;
            Set::of([(from < 24 && from.is_multiple_of(3)).then_some(from / 3)?])
        }
    };
    Some((days, bands))
}

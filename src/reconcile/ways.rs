//! Every way of counting that is tried: how the sources are read, which categories, which months, and what lies beside a break.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::{Figure, Printed};
use super::weigh::{Weighed, weigh};
use super::{Cause, Part, Reconciled, Verdict};
use crate::model::SeriesBreak;
use crate::units::{Month, Period};

/// What a source counts in a place, by category and month.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Counts {
    /// The first month.
    pub first: Month,
    /// Which months the source holds.
    pub held: Vec<bool>,
    /// Categories, as the source writes them.
    pub categories: Vec<String>,
    /// Classes of its tables, each with the name of one category.
    pub classes: Vec<(String, String)>,
    /// By category and month, those with a place.
    pub placed: Vec<Vec<u64>>,
    /// The same without a place: in the partnership, and not known where.
    pub unlocated: Vec<Vec<u64>>,
    /// Category and month of which some count is not told.
    pub not_told: BTreeSet<(usize, usize)>,
}

impl Counts {
    /// How many of some categories in some months; `None` where the source does not hold or does not tell all of them.
    fn count(&self, categories: &[String], period: Period, with_unlocated: bool) -> Option<u64> {
        let months: Vec<usize> = period.months().map(|m| usize::try_from(m.index() - self.first.index()).ok()).collect::<Option<_>>()?;
        if !months.iter().all(|m| self.held.get(*m).copied().unwrap_or(false)) {
            return None;
        }
        let mut sum = 0;
        for c in (0..self.categories.len()).filter(|c| categories.contains(&self.categories[*c])) {
            for m in &months {
                if self.not_told.contains(&(c, *m)) {
                    return None;
                }
                sum += self.placed[c][*m] + if with_unlocated { self.unlocated[c][*m] } else { 0 };
            }
        }
        Some(sum)
    }

    /// The categories that some words mean: one of that name, a class of that name, or all that hold the words. Several may stand with `+` between.
    fn meant(&self, what: &str) -> Vec<String> {
        let mut meant: Vec<String> = what.split('+').flat_map(|part| self.meant_by(part.trim())).collect();
        meant.sort();
        meant.dedup();
        meant
    }

    fn meant_by(&self, words: &str) -> Vec<String> {
        if let Some(name) = self.categories.iter().find(|c| c.eq_ignore_ascii_case(words)) {
            return vec![name.clone()];
        }
        let of_class = |fits: &dyn Fn(&str) -> bool| -> Vec<String> {
            self.classes.iter().filter(|(class, _)| fits(class)).map(|(_, name)| name.clone()).collect()
        };
        let exact = of_class(&|class| class.eq_ignore_ascii_case(words));
        let near = if exact.is_empty() { of_class(&|class| holds(class, words)) } else { exact };
        if near.is_empty() { self.categories.iter().filter(|c| holds(c, words)).cloned().collect() } else { near }
    }
}

/// Whether a name holds all of some words, in any case and order.
fn holds(name: &str, words: &str) -> bool {
    let split =
        |t: &str| -> Vec<String> { t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect() };
    let (name, words) = (split(name), split(words));
    !words.is_empty() && words.iter().all(|w| name.contains(w))
}

/// The counts, read with some switches set.
pub(super) struct Reading {
    /// Causes of the switches, with how they are told.
    pub switched: Vec<(Cause, String)>,
    pub counts: Counts,
}

/// One way of counting, of what was read.
#[derive(Clone)]
struct Tally {
    categories: Vec<String>,
    period: Period,
    from: Option<Period>,
    with_unlocated: bool,
}

impl Tally {
    /// The number in the unit of the figure.
    fn value(&self, counts: &Counts) -> Option<f64> {
        let count = |period: Period| counts.count(&self.categories, period, self.with_unlocated).map(|n| n as f64);
        let now = count(self.period)?;
        match self.from {
            None => Some(now),
            Some(from) => count(from).filter(|n| *n > 0.0).map(|before| 100.0 * (now / before - 1.0)),
        }
    }
}

/// What may differ from today's way, apart from how the sources are read, and how likely it is beside other ways of its cause.
type Change = (Cause, String, Box<dyn Fn(&Tally) -> Option<Tally>>, f64);

/// Another year, the financial year, other categories of the class: what people do mean by the same words.
const USUAL: f64 = 1.0;
/// The last months not there yet.
const AT_TIMES: f64 = 0.5;
/// A year that begins in another month, one category of another class: a slip.
const SELDOM: f64 = 0.1;

/// Holds a figure against what a source counts. `None` where the source has no such category.
pub(super) fn reconcile(figure: &Figure, readings: &[Reading], breaks: &[SeriesBreak]) -> Option<Reconciled> {
    let today = &readings.first()?.counts;
    let categories = today.meant(&figure.what);
    if categories.is_empty() {
        return None;
    }
    let base = Tally { categories: categories.clone(), period: figure.period, from: figure.from, with_unlocated: true };
    let mut found = Reconciled {
        source: String::new(),
        what: categories,
        area: String::new(),
        period: figure.period,
        from: figure.from,
        printed: figure.printed.value,
        today: base.value(today),
        is_change: figure.printed.is_change,
        verdict: Verdict::NotKnown,
        ways: vec![],
        unexplained: None,
        tried: vec![],
        not_tried: vec![],
    };
    let Some(value) = found.today else { return Some(found) };
    let tried = tried(value, &base, readings, &changes(&base, today, &figure.what, breaks));
    (found.verdict, found.ways) = weigh(figure.printed, value, &tried);
    found.unexplained = (found.verdict == Verdict::Unexplained).then_some(figure.printed.value - value);
    if found.verdict != Verdict::Same {
        found.tried = single(&tried, figure.printed);
    }
    Some(found)
}

/// The causes that alone change the value, those that come nearest to the figure first.
fn single(tried: &[Weighed], printed: Printed) -> Vec<Part> {
    let mut alone: Vec<&Weighed> = tried.iter().filter(|t| t.parts.len() == 1).collect();
    alone.sort_by(|a, b| (a.value - printed.value).abs().total_cmp(&(b.value - printed.value).abs()));
    alone.iter().map(|t| t.parts[0].clone()).collect()
}

/// Today's value, every single cause that changes it, and every two of different causes that together change it otherwise than one of them.
fn tried(today: f64, base: &Tally, readings: &[Reading], changes: &[Change]) -> Vec<Weighed> {
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let part = |cause: &Cause, how: &str, amount: f64| Part { cause: *cause, how: how.to_owned(), amount };
    let mut all: Vec<Weighed> = vec![Weighed { parts: vec![], value: today, beforehand: 1.0 }];
    let mut add = |parts: Vec<Part>, value: f64| {
        let alone: Vec<f64> = all
            .iter()
            .filter(|w| w.parts.len() < parts.len() && w.parts.iter().all(|p| parts.iter().any(|q| q.how == p.how)))
            .map(|w| w.value)
            .collect();
        if !alone.iter().any(|v| close(*v, value)) {
            all.push(Weighed { parts, value, beforehand: 1.0 });
        }
    };
    let of_reading = |switched: &[(Cause, String)]| readings.iter().find(|r| r.switched == switched).and_then(|r| base.value(&r.counts));
    for reading in readings.iter().filter(|r| r.switched.len() == 1) {
        if let (Some(value), [(cause, how)]) = (base.value(&reading.counts), reading.switched.as_slice()) {
            add(vec![part(cause, how, value - today)], value);
        }
    }
    let counted = |change: &Change, tally: &Tally, reading: &Reading| change.2(tally).and_then(|t| Some((t.value(&reading.counts)?, t)));
    for change in changes {
        if let Some((value, _)) = counted(change, base, &readings[0]) {
            add(vec![part(&change.0, &change.1, value - today)], value);
        }
    }
    for reading in &readings[1..] {
        match reading.switched.as_slice() {
            [first, second] => {
                if let (Some(one), Some(value)) = (of_reading(std::slice::from_ref(first)), base.value(&reading.counts)) {
                    add(vec![part(&first.0, &first.1, one - today), part(&second.0, &second.1, value - one)], value);
                }
            }
            [(cause, how)] => {
                for change in changes.iter().filter(|c| c.0 != *cause) {
                    let Some((one, (value, _))) = base.value(&reading.counts).zip(counted(change, base, reading)) else { continue };
                    add(vec![part(cause, how, one - today), part(&change.0, &change.1, value - one)], value);
                }
            }
            _ => {}
        }
    }
    for (i, a) in changes.iter().enumerate() {
        let Some((one, tally)) = counted(a, base, &readings[0]) else { continue };
        for b in changes[i + 1..].iter().filter(|b| b.0 != a.0) {
            if let Some((value, _)) = counted(b, &tally, &readings[0]) {
                add(vec![part(&a.0, &a.1, one - today), part(&b.0, &b.1, value - one)], value);
            }
        }
    }
    // What is likely beforehand of a cause is shared between the ways of it that change anything.
    let likely = |p: &Part| changes.iter().find(|c| c.0 == p.cause && c.1 == p.how).map_or(USUAL, |c| c.3);
    let mut ways_of: BTreeMap<Cause, f64> = BTreeMap::new();
    all.iter().filter(|w| w.parts.len() == 1).for_each(|w| *ways_of.entry(w.parts[0].cause).or_default() += likely(&w.parts[0]));
    let share = |p: &Part| p.cause.beforehand() * likely(p) / ways_of.get(&p.cause).copied().unwrap_or(0.0).max(USUAL);
    for way in &mut all {
        way.beforehand = way.parts.iter().map(share).product();
    }
    all
}

/// Other categories, other months, without those that have no place, and one side of a break.
fn changes(base: &Tally, today: &Counts, what: &str, breaks: &[SeriesBreak]) -> Vec<Change> {
    let mut list: Vec<Change> = Vec::new();
    for (how, categories, likely) in definitions(base, today, what) {
        list.push((Cause::Definition, how, Box::new(move |t| Some(Tally { categories: categories.clone(), ..t.clone() })), likely));
    }
    for (how, shift, shorter, likely) in periods(base.period) {
        let moved = move |p: Period| Period::new(p.first.plus(shift), p.last.plus(shift - shorter));
        list.push((
            Cause::Period,
            how,
            Box::new(move |t| {
                let from = match t.from {
                    Some(from) => Some(moved(from)?),
                    None => None,
                };
                Some(Tally { period: moved(t.period)?, from, ..t.clone() })
            }),
            likely,
        ));
    }
    let without = |t: &Tally| Some(Tally { with_unlocated: false, ..t.clone() });
    list.push((Cause::Placing, "without those that have no place".into(), Box::new(without), USUAL));
    for one in breaks.iter().filter(|b| base.from.is_none() && b.first_month > base.period.first && b.first_month <= base.period.last) {
        let month = one.first_month;
        let side = move |before: bool, p: Period| {
            if month <= p.first || month > p.last {
                return None;
            }
            if before { Period::new(p.first, month.plus(-1)) } else { Period::new(month, p.last) }
        };
        for (before, word) in [(true, "before"), (false, "from")] {
            let how = format!("only the months {word} {}: {}", month.label(), one.title);
            list.push((Cause::Break, how, Box::new(move |t| Some(Tally { period: side(before, t.period)?, ..t.clone() })), USUAL));
        }
    }
    list
}

/// Other sets of categories than those that are meant, each once, with how they are told.
fn definitions(base: &Tally, today: &Counts, what: &str) -> Vec<(String, Vec<String>, f64)> {
    let meant = &base.categories;
    let mut sets: Vec<(String, Vec<String>, f64)> = Vec::new();
    let mut add = |how: String, mut set: Vec<String>, likely: f64| {
        set.sort();
        set.dedup();
        if !set.is_empty() && set != *meant && sets.iter().all(|(_, s, _)| *s != set) {
            sets.push((how, set, likely));
        }
    };
    let of = |class: &str| -> Vec<String> { today.classes.iter().filter(|(c, _)| c == class).map(|(_, name)| name.clone()).collect() };
    for (class, _) in today.classes.iter().filter(|(_, name)| meant.contains(name)) {
        add(format!("all of the class {class}"), of(class), USUAL);
    }
    add(format!("only categories whose name holds “{what}”"), today.categories.iter().filter(|c| holds(c, what)).cloned().collect(), USUAL);
    for name in meant {
        if meant.len() > 1 {
            add(format!("{name} alone"), vec![name.clone()], USUAL);
            add(format!("without {name}"), meant.iter().filter(|m| *m != name).cloned().collect(), USUAL);
        }
    }
    for name in today.categories.iter().filter(|c| !meant.contains(c)) {
        add(format!("with {name}"), meant.iter().chain([name]).cloned().collect(), SELDOM);
    }
    add("all categories".into(), today.categories.clone(), USUAL);
    sets
}

/// Other months: the financial year, a year or a few months earlier or later, and the last months not yet there. How it is told, by how many months it
/// is moved, how many months at the end are left out, and how likely it is beside the others.
fn periods(period: Period) -> Vec<(String, i32, i32, f64)> {
    const JANUARY_AND_APRIL: [u32; 2] = [1, 4];
    let mut shifts = vec![-12, 12, -1, 1, -2, 2, -3, 3];
    if period.len() == 12 {
        shifts.extend([-9, 9]);
    }
    let told = |shift: i32, shorter: i32, likely: f64| {
        let (first, last) = (period.first.plus(shift), period.last.plus(shift - shorter));
        Period::new(first, last).map(|p| (format!("of {}", p.label()), shift, shorter, likely))
    };
    // A calendar year for a financial one, or either for that before.
    let usual = |shift: i32| {
        let of_years = JANUARY_AND_APRIL.contains(&period.first.plus(shift).of_year()) && period.len() == 12;
        if of_years || shift.abs() == 12 { USUAL } else { SELDOM }
    };
    let shorter = (1..=3).filter(|k| period.len() as i32 > 3 * k).filter_map(|k| told(0, k, AT_TIMES));
    shifts.iter().filter_map(|s| told(*s, 0, usual(*s))).chain(shorter).collect()
}

//! A monthly series told: segments between breaks, process limits in each, and what may be said of change.

use super::Figure;
use super::change;
use super::draft::{CountTable, Released, Telling};
use crate::model::{Arg, Body, LimitRule, Message, Series, SeriesPoint};
use crate::msg;
use crate::stats::segmented::{FEWEST_A_MONTH, FEWEST_FOR_LIMITS, Found, usual_range};
use crate::stats::spc::Signal;
use crate::study::{SeriesBreak, Slice};
use crate::units::{Cell, Month, Period};

/// Fewer than this and the limits are called trial limits.
const FEWEST_FOR_FIRM_LIMITS: usize = 20;

/// What everyone may know of a series.
pub(super) struct SeriesFacts {
    pub area_name: String,
    pub label: Message,
    pub unit: String,
    pub period: Period,
    pub breaks: Vec<SeriesBreak>,
    /// What a rise may mean.
    pub meaning_of_rise: Message,
}

impl SeriesFacts {
    /// What a change may mean, by its sign.
    pub(super) fn meaning(&self, change: f64) -> Message {
        if change > 0.0 { self.meaning_of_rise.clone() } else { msg!("meaning-fall") }
    }

    /// Positions at which a new segment starts: 0 and each break.
    fn starts(&self) -> Vec<usize> {
        let breaks = self.breaks.iter().filter_map(|b| self.period.position(b.first_month));
        let mut starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}

/// The counts to release: each month, and beside it the twelve months to date where no break and no gap lies between.
///
/// The sums are released as counts of their own and not added up from released months, so that one period has one number.
pub(super) fn counts(facts: &SeriesFacts, months: &[Option<u64>], whole: &Slice) -> CountTable {
    let starts = facts.starts();
    let whole_year = |i: usize| i >= 11 && !starts.iter().any(|s| (i - 10..=i).contains(s));
    let rolling = |i: usize| -> Option<u64> { if whole_year(i) { months[i - 11..=i].iter().copied().sum() } else { None } };
    let mut table = CountTable::new(months.iter().enumerate().map(|(i, n)| vec![*n, rolling(i)]).collect());
    for i in (0..months.len()).filter(|i| rolling(*i).is_some()) {
        table = table.with_sum((i - 11..=i).map(|m| (m, 0)).chain([(i, 1)]));
    }
    let month = |i: usize| facts.period.first.plus(i as i32);
    let of = |first: usize, last: usize| Period::new(month(first), month(last)).map(|p| whole.in_months(p));
    let each = (0..months.len()).map(|i| months[i].and_then(|_| of(i, i)));
    table = table.counting(0, each);
    let to_date = (0..months.len()).map(|i| rolling(i).and_then(|_| of(i - 11, i)));
    table.counting(1, to_date)
}

/// The series with limits and its model, and sentences about it.
pub(super) fn tell(facts: &SeriesFacts, released: &Released) -> Telling {
    let blank = |(month, count): (Month, Cell<u64>)| SeriesPoint {
        month,
        count,
        rolling_12: Cell::NotApplicable,
        mean: None,
        lower: None,
        upper: None,
        rule: None,
        direction: 0,
    };
    let points: Vec<SeriesPoint> = facts.period.months().zip(released.column(0)).map(blank).collect();
    let mut body =
        Series { measure: facts.label.clone().into(), unit: facts.unit.clone(), points, breaks: facts.breaks.clone(), model: None };
    let starts = body.starts();
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(body.points.len());
        for (i, point) in body.points.iter_mut().enumerate().take(end).skip(start + 11) {
            point.rolling_12 = released.at(i, 1);
        }
    }
    let last_start = starts.last().copied().unwrap_or(0);
    // A withheld month of the latest stretch leaves the higher ones: then there is no model.
    let found = if hides(&body.points[last_start..]) { None } else { change::found(&body) };
    limit(&mut body, &starts, found.as_ref());
    body.model = found.map(|f| change::model(&body, &f));
    let segment = &body.points[last_start..];
    let (mut sentences, headline) = story(facts, &body, segment);
    sentences.extend(years(facts, &body.points, last_start));
    if let Some(model) = &body.model {
        sentences.extend(change::of_the_year(model));
        sentences.extend(change::ahead(&body, model));
    }
    // Without limits nobody knows what is out of the ordinary: that is no number, and least of all none.
    let limited = segment.iter().any(|p| p.mean.is_some());
    let marked = segment.iter().filter(|p| p.rule == Some(LimitRule::BeyondLimits)).count();
    let figures = if limited { vec![Figure::new("months outside range", marked as f64)] } else { vec![] };
    for b in &facts.breaks {
        let why = if b.detail.is_empty() { &b.title } else { &b.detail };
        sentences.push(msg!("trend-break", month = b.first_month, what = why.trim_end_matches('.')));
    }
    let missing: Vec<Month> = body.points.iter().filter(|p| p.count == Cell::Missing).map(|p| p.month).collect();
    sentences.extend((!missing.is_empty()).then(|| msg!("trend-missing", months = missing)));
    let subtitle = msg!("trend-subtitle", label = facts.label.clone(), unit = &facts.unit, area = &facts.area_name, period = facts.period);
    Telling { headline, subtitle, sentences, figures, body: Body::Series(body) }
}

/// Whether any month is withheld. Those are the months with few events: what the others alone would tell is too high.
fn hides(points: &[SeriesPoint]) -> bool {
    points.iter().any(|p| p.count == Cell::Withheld)
}

/// Process limits of each stretch, about what the model expects; none where a month is withheld, as the mean and the limits of the others would be too high.
fn limit(body: &mut Series, starts: &[usize], found: Option<&Found>) {
    let ranges = usual_range(&change::months_of(body), starts, found);
    for (point, range) in body.points.iter_mut().zip(ranges) {
        let Some(range) = range else { continue };
        point.mean = Some(range.mean);
        point.lower = Some(range.lower);
        point.upper = Some(range.upper);
        if let Some((signal, direction)) = range.signal.filter(|_| point.count.known().is_some()) {
            point.direction = direction;
            point.rule = Some(match signal {
                Signal::BeyondLimits => LimitRule::BeyondLimits,
                Signal::Trend => LimitRule::SevenRisingOrFalling,
                Signal::TwoOfThree => LimitRule::TwoOfThreeNearLimit,
                Signal::OneSide => LimitRule::SevenOnOneSide,
            });
        }
    }
}

/// What is said of the latest stretch, and the headline that goes with it: that of the model's shape; of a flat series that of its latest month, if it is out of the ordinary.
fn story(facts: &SeriesFacts, body: &Series, segment: &[SeriesPoint]) -> (Vec<Message>, Message) {
    let label = || facts.label.clone();
    let since = segment.first().map_or(facts.period.first, |p| p.month);
    let withheld = segment.iter().filter(|p| p.count == Cell::Withheld).count();
    if withheld > 0 {
        let sentence = msg!("trend-withheld", withheld = withheld, months = segment.len(), since = since);
        return (vec![sentence], msg!("trend-headline-withheld", label = label()));
    }
    if let Some((headline, sentence)) = body.model.as_ref().and_then(|m| change::story(facts, m)) {
        return ([Some(sentence), unusual(segment, since, None)].into_iter().flatten().collect(), headline);
    }
    let known: Vec<&SeriesPoint> = segment.iter().filter(|p| p.count.known().is_some()).collect();
    let limits = known.last().and_then(|p| Some((p, p.mean?, p.lower?, p.upper?)));
    let Some((last, mean, lower, upper)) = limits else {
        let counted: u64 = known.iter().filter_map(|p| p.count.known()).sum();
        if known.len() >= FEWEST_FOR_LIMITS && counted as f64 >= FEWEST_A_MONTH * known.len() as f64 {
            let missing = segment.len() - known.len();
            let sentence = msg!("trend-scattered", missing = missing, months = segment.len(), since = since);
            return (vec![sentence], msg!("trend-headline-too-few", label = label()));
        }
        if known.len() >= FEWEST_FOR_LIMITS {
            let least = Arg::Number(FEWEST_A_MONTH, 1);
            let sentence = msg!("trend-rare", least = least, unit = &facts.unit, months = known.len(), since = since);
            return (vec![sentence], msg!("trend-headline-rare", label = label()));
        }
        let sentence = msg!("trend-too-few", known = known.len(), since = since, needed = FEWEST_FOR_LIMITS);
        return (vec![sentence], msg!("trend-headline-too-few", label = label()));
    };
    let around = Arg::Number(body.model.as_ref().map_or(mean, |m| m.mean_month), 0);
    let (lower, upper) = (Arg::Number(lower, 0), Arg::Number(upper, 0));
    let usual = match body.model.as_ref().is_some_and(|m| m.season.is_some()) {
        true => msg!("trend-range-for-month", lower = lower, upper = upper, month = Arg::MonthOfYear(last.month.of_year())),
        false => msg!("trend-range", lower = lower, upper = upper),
    };
    let firm = |sentence: Message| match known.len() < FEWEST_FOR_FIRM_LIMITS {
        true => sentence.then(msg!("trend-provisional")),
        false => sentence,
    };
    let Some(rule) = last.rule else {
        let sentence = match known.iter().all(|p| p.rule.is_none()) {
            true => msg!("trend-flat-steady", since = since, around = around, usual = usual),
            false => msg!("trend-flat", since = since, around = around, usual = usual),
        };
        let sentences = [Some(firm(sentence)), unusual(segment, since, None)];
        let outside: Vec<i8> = segment.iter().filter(|p| p.rule == Some(LimitRule::BeyondLimits)).map(|p| p.direction.signum()).collect();
        let headline = match facts.starts().len() {
            // What the chart marks is no part of "no change".
            _ if !outside.is_empty() => {
                let all = |side: i8| outside.iter().all(|o| *o == side);
                let side = Arg::Key(if all(1) {
                    "up"
                } else if all(-1) {
                    "down"
                } else {
                    "both"
                });
                match facts.starts().len() {
                    1 => msg!("trend-headline-flat-outside", label = label(), months = outside.len(), side = side),
                    _ => msg!("trend-headline-flat-outside-since", label = label(), since = since, months = outside.len(), side = side),
                }
            }
            1 => msg!("trend-headline-flat", label = label()),
            // Before the break there may have been another level.
            _ => msg!("trend-headline-flat-since", label = label(), since = since),
        };
        return (sentences.into_iter().flatten().collect(), headline);
    };
    let change = Arg::Key(match (rule, last.direction > 0) {
        (LimitRule::SevenRisingOrFalling, true) => "rising",
        (LimitRule::SevenRisingOrFalling, false) => "falling",
        (LimitRule::SevenOnOneSide, true) => "above",
        (LimitRule::SevenOnOneSide, false) => "below",
        (LimitRule::TwoOfThreeNearLimit, true) => "near-top",
        (LimitRule::TwoOfThreeNearLimit, false) => "near-bottom",
        (LimitRule::BeyondLimits, true) => "higher",
        (LimitRule::BeyondLimits, false) => "lower",
    });
    let headline = msg!("trend-headline-unusual", label = label(), change = change.clone(), month = last.month);
    let sentence =
        msg!("trend-unusual", change = change, month = last.month, count = last.count, usual = usual, since = since, around = around);
    let meaning = facts.meaning(f64::from(last.direction));
    let sentence = firm(sentence.then(meaning));
    ([Some(sentence), unusual(segment, since, Some(last.month))].into_iter().flatten().collect(), headline)
}

/// More months than this are told by their number.
const MOST_NAMED: usize = 6;

/// Months of the stretch that were outside the usual range, which the chart marks, and how many others were in a run within it. `but` is told already.
fn unusual(segment: &[SeriesPoint], since: Month, but: Option<Month>) -> Option<Message> {
    let of = |p: &&SeriesPoint| p.rule == Some(LimitRule::BeyondLimits) && Some(p.month) != but;
    let told = |p: &SeriesPoint| msg!("trend-outside-month", direction = Arg::direction(f64::from(p.direction)), month = p.month);
    let marked: Vec<Message> = segment.iter().filter(of).map(told).collect();
    let beyond = match marked.len() {
        0 => None,
        n if n <= MOST_NAMED => Some(msg!("trend-outside", since = since, months = marked)),
        n => Some(msg!("trend-outside-many", months = n, since = since)),
    };
    let runs = segment.iter().filter(|p| p.rule.is_some_and(|r| r != LimitRule::BeyondLimits) && Some(p.month) != but).count();
    let runs = (runs > 0).then(|| msg!("trend-runs", months = runs, since = since));
    match (beyond, runs) {
        (Some(beyond), Some(runs)) => Some(beyond.then(runs)),
        (beyond, runs) => beyond.or(runs),
    }
}

/// Months of a year.
const YEAR: usize = 12;

/// The latest twelve months beside the twelve before, only where no break and no gap lies between.
fn years(facts: &SeriesFacts, points: &[SeriesPoint], last_start: usize) -> Option<Message> {
    let latest = points.last()?.rolling_12.known()?;
    let (area, unit, period) = (&facts.area_name, &facts.unit, facts.period.last_months(YEAR));
    let before_at = points.len().checked_sub(YEAR + 1)?;
    let before = points[before_at].rolling_12.known().filter(|_| before_at >= last_start && before_at >= YEAR - 1);
    Some(match before {
        Some(before) => msg!("trend-years", area = area, count = latest, unit = unit, months = YEAR, period = period, before = before),
        None => msg!("trend-year", area = area, count = latest, unit = unit, months = YEAR, period = period),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_run_within_the_range_is_not_told_as_outside_of_it() {
        let since = Month::parse("2023-01").unwrap();
        let point = |i: i32, rule: Option<LimitRule>| SeriesPoint {
            month: since.plus(i),
            count: Cell::Known(100),
            rolling_12: Cell::NotApplicable,
            mean: Some(95.0),
            lower: Some(80.0),
            upper: Some(110.0),
            rule,
            direction: i8::from(rule.is_some()),
        };
        let run: Vec<SeriesPoint> = (0..12).map(|i| point(i, (i > 3).then_some(LimitRule::SevenOnOneSide))).collect();
        assert_eq!(unusual(&run, since, None).unwrap().id, "trend-runs");
        let mut beyond = run.clone();
        beyond[0].rule = Some(LimitRule::BeyondLimits);
        let said = unusual(&beyond, since, None).unwrap();
        assert_eq!(said.id, "both");
        assert!(unusual(&beyond[..1], since, None).is_some_and(|m| m.id == "trend-outside"));
        assert!(unusual(&run[..3], since, None).is_none());
    }
}

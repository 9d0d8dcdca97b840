//! A monthly series told: segments between breaks, process limits in each, and what may be said of change.

use super::Figure;
use super::change;
use super::change::LevelChange;
use super::draft::{CountTable, Released};
use super::words::{counted, decimal, thousands};
use crate::model::{Body, LimitRule, Series, SeriesPoint};
use crate::stats::spc::{Signal, xmr};
use crate::study::{SeriesBreak, Slice};
use crate::units::{Cell, Month, Period};

/// Fewer points than this give no limits: they would be guesses.
pub(super) const FEWEST_FOR_LIMITS: usize = 12;
/// Fewer than this and the limits are called trial limits.
const FEWEST_FOR_FIRM_LIMITS: usize = 20;
/// A signal in this many latest months is spoken of as now.
const RECENT_MONTHS: usize = 3;

/// What everyone may know of a series.
pub(super) struct SeriesFacts {
    pub area_name: String,
    pub label: String,
    pub unit: String,
    pub period: Period,
    pub breaks: Vec<SeriesBreak>,
    /// What a rise may mean, in words: `more harm, or more people coming forward`.
    pub rise_may_mean: String,
}

impl SeriesFacts {
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

/// The series with limits, and sentences about it.
pub(super) fn tell(facts: &SeriesFacts, released: &Released) -> (Body, Vec<String>, String, Vec<Figure>) {
    let counts = released.column(0);
    let months: Vec<Month> = facts.period.months().collect();
    let mut points: Vec<SeriesPoint> = months
        .iter()
        .zip(&counts)
        .map(|(month, count)| SeriesPoint {
            month: *month,
            count: *count,
            rolling_12: Cell::NotApplicable,
            mean: None,
            lower: None,
            upper: None,
            rule: None,
            direction: 0,
        })
        .collect();
    let starts = facts.starts();
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(points.len());
        for (i, point) in points.iter_mut().enumerate().take(end).skip(start + 11) {
            point.rolling_12 = released.at(i, 1);
        }
        limit(&mut points[*start..end]);
    }
    let last_start = starts.last().copied().unwrap_or(0);
    let levels = change::of_level(&points, &starts);
    let yearly = change::over_the_years(&points[last_start..]);
    let (sentence, headline) =
        change(facts, &points[last_start..], levels.iter().rfind(|l| l.at >= last_start), yearly.as_ref().map_or(0, |y| y.1), &points);
    let mut sentences: Vec<String> = sentence.into_iter().collect();
    if let Some(text) = years(facts, &points, last_start) {
        sentences.push(text);
    }
    let mut figures = Vec::new();
    let mut say = |sentences: &mut Vec<String>, said: Vec<change::Said>| {
        for (text, numbers) in said {
            sentences.push(text);
            figures.extend(numbers);
        }
    };
    say(&mut sentences, yearly.into_iter().map(|y| y.0).collect());
    say(&mut sentences, change::of_the_year(&points, &starts).into_iter().collect());
    // What has just changed its level without a known reason is not carried on into the future.
    let settled = levels.is_empty();
    say(&mut sentences, levels.into_iter().map(|l| l.said).collect());
    say(&mut sentences, settled.then(|| change::ahead(&points[last_start..])).flatten().into_iter().collect());
    let known = points[last_start..].iter().filter(|p| p.count.known().is_some()).count();
    figures.extend([
        Figure::new("months known", known as f64),
        Figure::new("months needed", FEWEST_FOR_LIMITS as f64),
        Figure::new("calendar months", 12.0),
    ]);
    for b in &facts.breaks {
        let why = if b.detail.is_empty() { &b.title } else { &b.detail };
        sentences.push(format!(
            "The series is broken from {}. {}. No change is given across it.",
            b.first_month.label(),
            why.trim_end_matches('.')
        ));
    }
    let missing: Vec<String> = points.iter().filter(|p| p.count == Cell::Missing).map(|p| p.month.label()).collect();
    if !missing.is_empty() {
        sentences.push(format!("Missing and not zero: {}.", missing.join(", ")));
    }
    let body = Series { measure: facts.label.clone(), unit: facts.unit.clone(), points, breaks: facts.breaks.clone() };
    (Body::Series(body), sentences, headline, figures)
}

/// Process limits of one segment; none where a month is withheld, as the mean and the limits of the others would be too high.
fn limit(points: &mut [SeriesPoint]) {
    if change::hides(points) {
        return;
    }
    let values: Vec<Option<f64>> = points.iter().map(|p| p.count.known().map(|n| n as f64)).collect();
    if values.iter().flatten().count() < FEWEST_FOR_LIMITS {
        return;
    }
    let Some(chart) = xmr(&values, true) else { return };
    for (point, signal) in points.iter_mut().zip(&chart.signals) {
        point.mean = Some(chart.mean);
        point.lower = Some(chart.lower.max(0.0)); // counts are never negative
        point.upper = Some(chart.upper);
        if let Some((signal, direction)) = signal {
            point.direction = *direction;
            point.rule = Some(match signal {
                Signal::BeyondLimits => LimitRule::BeyondLimits,
                Signal::Trend => LimitRule::SevenRisingOrFalling,
                Signal::TwoOfThree => LimitRule::TwoOfThreeNearLimit,
                Signal::OneSide => LimitRule::SevenOnOneSide,
            });
        }
    }
}

/// What may be said of the latest segment, and the headline that goes with it: that of a new level, of what is lately unusual, or of the years.
fn change(
    facts: &SeriesFacts,
    segment: &[SeriesPoint],
    level: Option<&LevelChange>,
    yearly: i8,
    points: &[SeriesPoint],
) -> (Option<String>, String) {
    let label = &facts.label;
    if let Some(new) = level {
        // The mean of both levels together is that of neither, and the change is told by its own sentence.
        let since = points[new.at].month.label();
        let (before, after) = (decimal(new.before, 0), decimal(new.after, 0));
        return (None, format!("{label}: about {after} a month since {since}, {before} before"));
    }
    let known = segment.iter().filter(|p| p.count.known().is_some()).count();
    let from = segment.first().map_or(String::new(), |p| p.month.label());
    let withheld = segment.iter().filter(|p| p.count == Cell::Withheld).count();
    if withheld > 0 {
        let months = counted(withheld, "is withheld", "are withheld");
        let sentence = format!(
            "Of the {} since {from}, {months}. The mean and the usual range cannot be told from the others, which are the higher ones.",
            counted(segment.len(), "month", "months")
        );
        return (Some(sentence), format!("{label}: change cannot be told, as months are withheld"));
    }
    let Some(point) = segment.iter().rev().find(|p| p.mean.is_some()) else {
        let months = counted(known, "month is", "months are");
        let short = format!("Only {months} known since {from}: too few to tell a change from noise ({FEWEST_FOR_LIMITS} are needed).");
        return (Some(short), format!("{label}: too few months to say"));
    };
    let mean = decimal(point.mean.unwrap_or(0.0), 0);
    let range = format!("{} to {}", decimal(point.lower.unwrap_or(0.0), 0), decimal(point.upper.unwrap_or(0.0), 0));
    let firm = if known < FEWEST_FOR_FIRM_LIMITS { " These are trial limits, from few months." } else { "" };
    let recent = segment.iter().rev().take(RECENT_MONTHS).find(|p| p.rule.is_some());
    match recent {
        None if yearly != 0 => (
            Some(format!(
                "From month to month the count has varied around {mean} since {from}, within what is usual for this series ({range}).{firm}"
            )),
            format!("{label}: {} from year to year", if yearly > 0 { "rising" } else { "falling" }),
        ),
        None => (
            Some(format!(
                "No clear change: since {from} the monthly count has varied around {mean}, within what is usual for this series ({range}).{firm}"
            )),
            format!("{label}: no clear change"),
        ),
        Some(p) => {
            let (what, word) = match (p.rule, p.direction > 0) {
                (Some(LimitRule::SevenRisingOrFalling), true) => ("has risen for seven months or more", "rising"),
                (Some(LimitRule::SevenRisingOrFalling), false) => ("has fallen for seven months or more", "falling"),
                (_, true) => ("has lately been higher than usual", "higher than usual"),
                (_, false) => ("has lately been lower than usual", "lower than usual"),
            };
            let meaning = if p.direction > 0 {
                format!(" A rise may mean {}.", facts.rise_may_mean)
            } else {
                " A fall may mean less harm, or fewer people coming forward.".into()
            };
            (
                Some(format!("The monthly count {what}: around {mean} since {from}, with {range} as the usual range.{meaning}{firm}")),
                format!("{label}: {word}"),
            )
        }
    }
}

/// The latest twelve months beside the twelve before, only where no break and no gap lies between.
fn years(facts: &SeriesFacts, points: &[SeriesPoint], last_start: usize) -> Option<String> {
    let latest = points.last()?.rolling_12.known()?;
    let period = facts.period.last_months(12).label();
    let now = format!("In the twelve months {period}, {} {} were counted in {}", thousands(latest), facts.unit, facts.area_name);
    let before_at = points.len().checked_sub(13)?;
    if before_at < last_start || before_at < 11 {
        return Some(format!("{now}."));
    }
    Some(match points[before_at].rolling_12.known() {
        Some(before) => format!("{now}; in the twelve before, {}.", thousands(before)),
        None => format!("{now}."),
    })
}

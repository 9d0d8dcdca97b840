//! A monthly series told: segments between breaks, process limits in each, and what may be said of change.

use super::Figure;
use super::change;
use super::draft::{CountTable, Released};
use super::words::{counted, decimal, thousands};
use crate::model::{Body, LimitRule, Series, SeriesPoint};
use crate::stats::segmented::{FEWEST_FOR_LIMITS, Found, usual_range};
use crate::stats::spc::Signal;
use crate::study::{SeriesBreak, Slice};
use crate::units::{Cell, Month, Period};

/// Fewer than this and the limits are called trial limits.
const FEWEST_FOR_FIRM_LIMITS: usize = 20;

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

/// The series with limits and its model, and sentences about it.
pub(super) fn tell(facts: &SeriesFacts, released: &Released) -> (Body, Vec<String>, String, Vec<Figure>) {
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
    let mut body = Series { measure: facts.label.clone(), unit: facts.unit.clone(), points, breaks: facts.breaks.clone(), model: None };
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
        sentences.extend(change::ahead(model));
    }
    let known = segment.iter().filter(|p| p.count.known().is_some()).count();
    let mut figures = vec![
        Figure::new("months known", known as f64),
        Figure::new("months needed", FEWEST_FOR_LIMITS as f64),
        Figure::new("calendar months", 12.0),
    ];
    // Without limits nobody knows what is out of the ordinary: that is no number, and least of all none.
    if segment.iter().any(|p| p.mean.is_some()) {
        let marked = |points: &[SeriesPoint]| points.iter().filter(|p| p.rule.is_some()).count() as f64;
        figures.push(Figure::new("months out of the ordinary", marked(segment)));
        figures.push(Figure::new("earlier months out of the ordinary", marked(&segment[..segment.len().saturating_sub(1)])));
    }
    figures.extend(segment.last().and_then(|p| p.count.known()).map(|n| Figure::new("latest month", n as f64)));
    for b in &facts.breaks {
        let why = if b.detail.is_empty() { &b.title } else { &b.detail };
        sentences.push(format!(
            "The series is broken from {}. {}. No change is given across it.",
            b.first_month.label(),
            why.trim_end_matches('.')
        ));
    }
    let missing: Vec<String> = body.points.iter().filter(|p| p.count == Cell::Missing).map(|p| p.month.label()).collect();
    if !missing.is_empty() {
        sentences.push(format!("Missing and not zero: {}.", missing.join(", ")));
    }
    (Body::Series(body), sentences, headline, figures)
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
fn story(facts: &SeriesFacts, body: &Series, segment: &[SeriesPoint]) -> (Vec<String>, String) {
    let label = &facts.label;
    let from = segment.first().map_or(String::new(), |p| p.month.label());
    let withheld = segment.iter().filter(|p| p.count == Cell::Withheld).count();
    if withheld > 0 {
        let months = counted(withheld, "is withheld", "are withheld");
        let sentence = format!(
            "Of the {} since {from}, {months}. The mean and the usual range cannot be told from the others, which are the higher ones.",
            counted(segment.len(), "month", "months")
        );
        return (vec![sentence], format!("{label}: change cannot be told, as months are withheld"));
    }
    if let Some((headline, sentence)) = body.model.as_ref().and_then(|m| change::story(facts, m)) {
        return ([Some(sentence), unusual(segment, &from, None)].into_iter().flatten().collect(), headline);
    }
    let known: Vec<&SeriesPoint> = segment.iter().filter(|p| p.count.known().is_some()).collect();
    let limits = known.last().and_then(|p| Some((p, p.mean?, p.lower?, p.upper?)));
    let Some((last, mean, lower, upper)) = limits else {
        let months = counted(known.len(), "month is", "months are");
        let short = format!("Only {months} known since {from}: too few to tell a change from noise ({FEWEST_FOR_LIMITS} are needed).");
        return (vec![short], format!("{label}: too few months to say"));
    };
    let firm = if known.len() < FEWEST_FOR_FIRM_LIMITS { " These are trial limits, from few months." } else { "" };
    let range = format!("{} to {}", decimal(lower, 0), decimal(upper, 0));
    let around = body.model.as_ref().map_or(mean, |m| m.mean_month);
    let around = decimal(around, 0);
    let wavy = body.model.as_ref().is_some_and(|m| m.season.is_some());
    let usual = if wavy { format!("{range} for a {}", month_name(last.month)) } else { range };
    let Some(rule) = last.rule else {
        let steady = known.iter().all(|p| p.rule.is_none());
        let within = if steady { format!(", within what is usual for this series ({usual})") } else { format!(" ({usual} is usual)") };
        let sentence = format!("No clear change: since {from} the monthly count has varied around {around}{within}.{firm}");
        let headline = format!("{label}: no clear change");
        return ([Some(sentence), unusual(segment, &from, None)].into_iter().flatten().collect(), headline);
    };
    let word = match (rule, last.direction > 0) {
        (LimitRule::SevenRisingOrFalling, true) => "rising lately",
        (LimitRule::SevenRisingOrFalling, false) => "falling lately",
        (_, true) => "higher than usual",
        (_, false) => "lower than usual",
    };
    let meaning = if last.direction > 0 {
        format!("A rise may mean {}.", facts.rise_may_mean)
    } else {
        "A fall may mean less harm, or fewer people coming forward.".into()
    };
    let month = last.month.label();
    let now = last.count.known().map_or(String::new(), thousands);
    let sentence = format!(
        "In {month} the monthly count is {word}: {now}, where {usual} is usual; since {from} it has varied around {around}. The series as a whole shows no clear change. {meaning}{firm}"
    );
    ([Some(sentence), unusual(segment, &from, Some(last.month))].into_iter().flatten().collect(), format!("{label}: {word} in {month}"))
}

fn month_name(month: Month) -> String {
    let label = month.label();
    label.split(' ').next().unwrap_or_default().to_owned()
}

/// More months than this are told by their number.
const MOST_NAMED: usize = 6;

/// Months of the stretch that were out of the ordinary: an annotation of the chart, no message. `but` is told already.
fn unusual(segment: &[SeriesPoint], from: &str, but: Option<Month>) -> Option<String> {
    let of = |p: &&SeriesPoint| p.rule.is_some() && Some(p.month) != but;
    let told = |p: &SeriesPoint| format!("{} ({})", p.month.label(), if p.direction > 0 { "high" } else { "low" });
    let marked: Vec<String> = segment.iter().filter(of).map(told).collect();
    let which = match marked.len() {
        0 => return None,
        n if n <= MOST_NAMED => marked.join(", "),
        n => format!("{}, as the chart shows", counted(n, "month", "months")),
    };
    Some(format!("Out of the ordinary since {from}, against the usual range of the chart: {which}."))
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

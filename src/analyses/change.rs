//! What may be said of a monthly series beyond its control chart: season, yearly change, unexplained changes of level, what comes next.

use super::Figure;
use super::words::decimal;
use crate::model::SeriesPoint;
use crate::stats::forecast::tried;
use crate::stats::mann_kendall;
use crate::stats::monthly::{MonthCount, level_changes, season, yearly_ratio};
use crate::units::{Cell, Month};

/// Fewer months than three years say nothing about a change from year to year.
const FEWEST_FOR_YEARS: usize = 36;
/// A change, or a season, is told where its p-value is below this.
const CALLED_BELOW: f64 = 0.05;
/// Months ahead that a forecast is told for.
const AHEAD: usize = 3;
const NAMES: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A sentence and the numbers in it, as data.
pub(super) type Said = (String, Vec<Figure>);

fn counts(points: &[SeriesPoint]) -> Vec<MonthCount> {
    let of = |p: &SeriesPoint| MonthCount { events: p.count.known(), days: f64::from(p.month.days()), of_year: p.month.of_year() - 1 };
    points.iter().map(of).collect()
}

fn p_value(p: f64) -> String {
    if p < 0.001 { "p below 0.001".into() } else { format!("p {}", decimal(p, 3)) }
}

/// The time of year, over all segments: a break in recording changes the level, not the season.
pub(super) fn of_the_year(points: &[SeriesPoint], starts: &[usize]) -> Option<Said> {
    let found = season(&counts(points), starts).filter(|_| !hides(points))?;
    (found.p < CALLED_BELOW).then(|| {
        let text = format!(
            "It has a season: highest around {}, about {} % above its mean, and lowest around {} ({}).",
            NAMES[found.highest as usize % 12],
            decimal(100.0 * found.above_mean, 0),
            NAMES[found.lowest as usize % 12],
            p_value(found.p)
        );
        (
            text,
            vec![
                Figure::new("season: highest month above the mean, percent", 100.0 * found.above_mean),
                Figure::new("season: p", found.p.max(0.001)),
            ],
        )
    })
}

/// A change of level that no known break explains.
pub(super) struct LevelChange {
    /// Position of the first month of the new level.
    pub at: usize,
    /// Mean month before.
    pub before: f64,
    /// Mean month since.
    pub after: f64,
    /// What is said of it.
    pub said: Said,
}

/// Whether any month is withheld. Those are the months with few events: what the others alone would tell is too high.
pub(super) fn hides(points: &[SeriesPoint]) -> bool {
    points.iter().any(|p| p.count == Cell::Withheld)
}

/// Changes of level that no known break explains, segment by segment.
pub(super) fn of_level(points: &[SeriesPoint], starts: &[usize]) -> Vec<LevelChange> {
    let mut told = Vec::new();
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(points.len());
        let segment = &points[*start..end];
        let changes = level_changes(&counts(segment));
        let ends: Vec<usize> = [0].iter().chain(&changes).chain([&segment.len()]).copied().collect();
        let mean = |from: usize, to: usize| {
            let known: Vec<f64> = segment[from..to].iter().filter_map(|p| p.count.known()).map(|n| n as f64).collect();
            known.iter().sum::<f64>() / known.len().max(1) as f64
        };
        for (k, at) in changes.iter().enumerate() {
            let (before, after) = (mean(ends[k], *at), mean(*at, ends[k + 2]));
            let figures = vec![Figure::new("level after", after), Figure::new("level before", before)];
            let text = format!(
                "The level is another from about {} on: around {} a month, after around {} before. No known break in recording explains it; find out whether recording changed before reading it as a change in harm.",
                segment[*at].month.label(),
                decimal(after, 0),
                decimal(before, 0)
            );
            told.push(LevelChange { at: start + at, before, after, said: (text, figures) });
        }
    }
    told
}

/// Whether the count rises or falls from year to year, once the time of year and the length of months are taken out.
///
/// Beside it +1 for a rise that is called, −1 for a fall, 0 for neither. Counts per day, times the length of the mean month, so that February is no dip; then the seasonal Mann-Kendall test and slope, and the yearly ratio of a
/// quasi-Poisson regression beside it.
pub(super) fn over_the_years(points: &[SeriesPoint]) -> Option<(Said, i8)> {
    if hides(points) {
        return None;
    }
    let known = points.iter().filter(|p| p.count.known().is_some()).count();
    if points.len() < FEWEST_FOR_YEARS || known < FEWEST_FOR_YEARS * 5 / 6 {
        return None;
    }
    let per_mean_month = |p: &SeriesPoint| p.count.known().map_or(f64::NAN, |n| n as f64 / f64::from(p.month.days()) * 365.25 / 12.0);
    let values: Vec<f64> = points.iter().map(per_mean_month).collect();
    let (test, line) = (mann_kendall::seasonal(&values, 12)?, mann_kendall::seasonal_sen(&values, 12)?);
    let since = points.first()?.month.label();
    let without = "With the time of year and the length of months taken out";
    let percent = |ratio: f64| decimal(100.0 * (ratio - 1.0), 0);
    let fitted = yearly_ratio(&counts(points), 0.95);
    let ratio = fitted.map_or(String::new(), |r| {
        format!(
            "; a regression of the counts gives {} % a year, 95 % interval {} to {} %",
            percent(r.value),
            percent(r.lower),
            percent(r.upper)
        )
    });
    let mut figures = vec![Figure::new("yearly change: p", test.p.max(0.001)), Figure::new("yearly change: slope a year", line.slope)];
    figures.extend(fitted.iter().flat_map(|r| {
        [("", r.value), (", lower limit", r.lower), (", upper limit", r.upper)]
            .map(|(part, n)| Figure::new(format!("yearly change, percent{part}"), 100.0 * (n - 1.0)))
    }));
    figures.push(Figure::new("level of intervals", 0.95));
    let called = test.p < CALLED_BELOW && line.slope != 0.0;
    let direction = if called { line.slope.signum() as i8 } else { 0 };
    let text = if called {
        let word = if line.slope > 0.0 { "risen" } else { "fallen" };
        let by = decimal(line.slope.abs(), usize::from(line.slope.abs() < 10.0));
        format!(
            "{without}, the monthly count has {word} by about {by} each year since {since} (seasonal Mann-Kendall test, {}{ratio}).",
            p_value(test.p)
        )
    } else {
        format!(
            "{without}, no clear rise or fall from year to year since {since} (seasonal Mann-Kendall test, p {}{ratio}).",
            decimal(test.p, 2)
        )
    };
    Some(((text, figures), direction))
}

/// What the next months would bring were things to go on as they have; only where the method beats the repeat of last year on the last year.
pub(super) fn ahead(points: &[SeriesPoint]) -> Option<Said> {
    let known: Option<Vec<f64>> = points.iter().map(|p| p.count.known().map(|n| n as f64)).collect();
    let found = tried(&known?, 12, AHEAD, 0.95)?;
    let last: Month = points.last()?.month;
    if found.error >= found.error_of_last_year {
        let figures = vec![
            Figure::new("forecast: mean error", found.error),
            Figure::new("forecast: mean error of last year's figures", found.error_of_last_year),
        ];
        let text = format!(
            "No forecast is given: on the last twelve months smoothing did no better than the figures of the year before (mean error {} against {} a month).",
            decimal(found.error, 0),
            decimal(found.error_of_last_year, 0)
        );
        return Some((text, figures));
    }
    let each: Vec<String> = found
        .next
        .iter()
        .enumerate()
        .map(|(h, e)| {
            format!(
                "{} around {} ({} to {})",
                last.plus(h as i32 + 1).label(),
                decimal(e.value, 0),
                decimal(e.lower, 0),
                decimal(e.upper, 0)
            )
        })
        .collect();
    let mut figures: Vec<Figure> = found.next.iter().flat_map(|e| Figure::estimate("forecast", *e, 1.0)).collect();
    figures.push(Figure::new("level of intervals", 0.95));
    figures.extend((1..=AHEAD).flat_map(|h| Figure::in_text("month of the forecast", &last.plus(h as i32).label())));
    let text = format!(
        "Were things to go on as they have, one would expect {}; the ranges hold 95 in 100 months, and nothing in them knows of what will be done.",
        each.join(", ")
    );
    Some((text, figures))
}

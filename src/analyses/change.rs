//! What may be said of change in a monthly series: one model, one story. Headline, size, season and forecast come from it.

use super::series::SeriesFacts;
use super::words::decimal;
use crate::model::{ForecastMonth, SeasonOfYear, Series, SeriesModel, SeriesShape};
use crate::stats::monthly::MonthCount;
use crate::stats::segmented::{Found, Shape, chance_of_strength, latest};
use crate::units::{Estimate, Month};

/// Coverage of every interval that is told.
const LEVEL: f64 = 0.95;
/// A flat series is told another shape at this rate or less, with months that go together as far as 0.3; and a season is told where its p-value is below this.
const FALSE_ALARMS: f64 = 0.05;
/// Months ahead that a forecast is told for.
const AHEAD: i32 = 3;
/// A change younger than this is not carried on: a step and a bend can hardly be told apart so soon.
const SETTLED_MONTHS: usize = 18;
const NAMES: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The months of a series that the model may use.
pub(super) fn months_of(series: &Series) -> Vec<MonthCount> {
    let of = |(p, events): (&crate::model::SeriesPoint, Option<u64>)| MonthCount {
        events,
        days: f64::from(p.month.days()),
        of_year: p.month.of_year() - 1,
    };
    series.points.iter().zip(series.usable()).map(of).collect()
}

/// The model of a series; `None` where its months are too few, or withheld.
pub(super) fn found(series: &Series) -> Option<Found> {
    latest(&months_of(series), &series.starts(), LEVEL)
}

/// The model as data.
pub(super) fn model(series: &Series, found: &Found) -> SeriesModel {
    let month = |i: usize| series.points[i].month;
    let counts = series.usable();
    let mean = |from: usize, to: usize| {
        let known: Vec<f64> = counts[from..to].iter().flatten().map(|n| *n as f64).collect();
        known.iter().sum::<f64>() / known.len().max(1) as f64
    };
    let end = series.points.len();
    let change = &found.change;
    let yearly = |e: Estimate| {
        let of = |x: f64| 100.0 * ((1.0 + x / 100.0).powi(12) - 1.0);
        Estimate { value: of(e.value), lower: of(e.lower), upper: of(e.upper), level: e.level }
    };
    let sloped = matches!(found.shape, Shape::Line | Shape::LineStep);
    SeriesModel {
        method:
            "counts a day by quasi-Poisson regression: season, and a flat, straight, bent or stepped course by BIC with months correlated"
                .into(),
        shape: match found.shape {
            Shape::Flat => SeriesShape::Flat,
            Shape::Line => SeriesShape::Line,
            Shape::Bend => SeriesShape::Bend,
            Shape::Step => SeriesShape::Step,
            Shape::LineStep => SeriesShape::LineWithStep,
        },
        from: month(found.from),
        months: found.months as u64,
        all_months: found.all_months as u64,
        onset: found.onset.map(month),
        onset_range: found.onset_range.map(|(a, b)| [month(a), month(b)]),
        yearly_percent: change.monthly.filter(|_| sloped).map(yearly),
        monthly_percent: change.monthly,
        monthly_percent_since: change.monthly_after,
        step_percent: change.step,
        mean_month: mean(found.from, found.onset.unwrap_or(end)),
        mean_month_since: found.onset.map(|o| mean(o, end)),
        dispersion: found.dispersion,
        rho: found.rho,
        false_alarms: FALSE_ALARMS,
        p: Some(chance_of_strength(found.strength)),
        months_since_onset: found.onset.map(|o| counts[o..end].iter().flatten().count() as u64),
        season: season(found),
        forecast: forecast(series, found),
    }
}

fn season(found: &Found) -> Option<SeasonOfYear> {
    let wave = &found.wave;
    let by = |a: &usize, b: &usize| wave.factors[*a].total_cmp(&wave.factors[*b]);
    let (highest, lowest) = ((0..12).max_by(by)?, (0..12).min_by(by)?);
    let mean = wave.factors.iter().sum::<f64>() / 12.0;
    let above_mean_percent = 100.0 * (wave.factors[highest] / mean - 1.0);
    (wave.p < FALSE_ALARMS).then_some(SeasonOfYear {
        highest: highest as u32 + 1,
        lowest: lowest as u32 + 1,
        above_mean_percent,
        p: wave.p,
    })
}

fn forecast(series: &Series, found: &Found) -> Vec<ForecastMonth> {
    let Some(last) = series.points.last().map(|p| p.month) else { return vec![] };
    if found.onset.is_some_and(|o| series.points.len() - o < SETTLED_MONTHS) {
        return vec![];
    }
    let months: Vec<Month> = (1..=AHEAD).map(|h| last.plus(h)).collect();
    let next: Vec<(f64, u32)> = months.iter().map(|m| (f64::from(m.days()), m.of_year() - 1)).collect();
    months.into_iter().zip(found.forecast(&next, LEVEL)).map(|(month, count)| ForecastMonth { month, count }).collect()
}

/// Per cent with a decimal where it has one figure before it.
fn percent(x: f64) -> String {
    decimal(x.abs(), usize::from(x.abs() < 10.0))
}

/// The size of a change, of what (` a year`), and its limits, which keep their signs.
fn sized(e: &Estimate, per: &str) -> String {
    let signed = |x: f64| decimal(x, usize::from(x.abs() < 10.0));
    format!("about {} %{per} ({} % interval {} to {} %)", percent(e.value), decimal(100.0 * e.level, 0), signed(e.lower), signed(e.upper))
}

/// Whether all of an interval is on one side.
fn clear(e: &Estimate) -> bool {
    e.lower > 0.0 || e.upper < 0.0
}

fn grown(e: &Estimate) -> &'static str {
    if e.value > 0.0 { "risen" } else { "fallen" }
}

fn going(e: &Estimate) -> &'static str {
    if e.value > 0.0 { "rising" } else { "falling" }
}

/// From when on, with the months between which it lies.
fn from_about(model: &SeriesModel) -> Option<String> {
    let onset = model.onset?.label();
    Some(match model.onset_range {
        Some([first, last]) if first != last => format!("{onset} (between {} and {})", first.label(), last.label()),
        _ => onset,
    })
}

/// Headline and sentence of a series that is not flat; `None` for one that is.
pub(super) fn story(facts: &SeriesFacts, model: &SeriesModel) -> Option<(String, String)> {
    let label = &facts.label;
    let without = "with the time of year and the length of months taken out";
    let since = model.from.label();
    let line = |e: &Estimate| format!("the monthly count has {} by {} since {since}", grown(e), sized(e, " a year"));
    let step = |e: &Estimate, from: &str| {
        let side = if e.value > 0.0 { "higher" } else { "lower" };
        format!("the level is another from about {from} on: {side} by {}", sized(e, ""))
    };
    let levels = model.mean_month_since.map_or(String::new(), |after| {
        format!(" That is around {} a month since, after around {} before.", decimal(after, 0), decimal(model.mean_month, 0))
    });
    let reading = "No known break in recording explains it; find out whether recording changed before reading it as a change in harm.";
    let meaning = |e: &Estimate| match e.value > 0.0 {
        true => format!("A rise may mean {}.", facts.rise_may_mean),
        false => "A fall may mean less harm, or fewer people coming forward.".to_owned(),
    };
    match model.shape {
        SeriesShape::Flat => None,
        SeriesShape::Line => {
            let e = model.yearly_percent.as_ref()?;
            let headline = format!("{label}: {} by about {} % a year", going(e), percent(e.value));
            Some((headline, capital(&format!("{without}, {}. {}", line(e), meaning(e)))))
        }
        SeriesShape::Step => {
            let e = model.step_percent.as_ref()?;
            let side = if e.value > 0.0 { "higher" } else { "lower" };
            let headline = format!("{label}: about {} % {side} since {}", percent(e.value), model.onset?.label());
            Some((headline, capital(&format!("{without}, {}.{levels} {reading}", step(e, &from_about(model)?)))))
        }
        SeriesShape::Bend => {
            let (before, after, onset) = (model.monthly_percent.as_ref()?, model.monthly_percent_since.as_ref()?, model.onset?.label());
            let headline = match clear(after) {
                true => format!("{label}: {} by about {} % a month since {onset}", going(after), percent(after.value)),
                false => format!("{label}: no longer {} since {onset}", going(before)),
            };
            let text = format!(
                "{without}, the course is another from about {} on: since then {} by {}; before, {} by {}. {reading} {}",
                from_about(model)?,
                going(after),
                sized(after, " a month"),
                going(before),
                sized(before, " a month"),
                meaning(after)
            );
            Some((headline, capital(&text)))
        }
        SeriesShape::LineWithStep => {
            let (slope, jump) = (model.yearly_percent.as_ref()?, model.step_percent.as_ref()?);
            let side = if jump.value > 0.0 { "higher" } else { "lower" };
            let onset = model.onset?.label();
            let beside = if clear(slope) { format!(", {} besides", going(slope)) } else { String::new() };
            let headline = format!("{label}: about {} % {side} since {onset}{beside}", percent(jump.value));
            let text = format!("{without}, {}. Besides, {}. {reading}", step(jump, &from_about(model)?), line(slope));
            Some((headline, capital(&text)))
        }
    }
}

fn capital(text: &str) -> String {
    super::words::capital(text)
}

/// The time of year, where it is clear.
pub(super) fn of_the_year(model: &SeriesModel) -> Option<String> {
    let found = model.season.as_ref()?;
    let name = |m: u32| NAMES[(m as usize + 11) % 12];
    let p = if found.p < 0.001 { "p below 0.001".into() } else { format!("p {}", decimal(found.p, 3)) };
    Some(format!(
        "It has a season: highest around {}, about {} % above its mean, and lowest around {} ({p}).",
        name(found.highest),
        decimal(found.above_mean_percent, 0),
        name(found.lowest)
    ))
}

/// What the next months would bring, or why that is not told.
pub(super) fn ahead(model: &SeriesModel) -> Option<String> {
    let Some(first) = model.forecast.first() else {
        return model.onset.map(|o| format!("No forecast is given: what changed in {} is too young to be carried on.", o.label()));
    };
    let each: Vec<String> = model
        .forecast
        .iter()
        .map(|f| {
            let (low, high) = (decimal(f.count.lower, 0), decimal(f.count.upper, 0));
            format!("{} around {} ({low} to {high})", f.month.label(), decimal(f.count.value, 0))
        })
        .collect();
    Some(format!(
        "Were things to go on as they have, one would expect {}; the ranges hold {} in 100 months, and nothing in them knows of what will be done.",
        each.join(", "),
        decimal(100.0 * first.count.level, 0)
    ))
}

//! Whether what a series tells follows from the counts that it shows: its limits and its model are worked out again.

use crate::model::{Series, SeriesModel, SeriesShape};
use crate::stats::monthly::MonthCount;
use crate::stats::segmented::{Found, Shape, latest, usual_range};
use crate::units::{Cell, Estimate};

/// Whether means, limits and model of a series are those of its released counts, stretch by stretch.
pub(super) fn series_follows(series: &Series) -> bool {
    let starts = series.starts();
    let months: Vec<MonthCount> = series
        .points
        .iter()
        .zip(series.usable())
        .map(|(p, events)| MonthCount { events, days: f64::from(p.month.days()), of_year: p.month.of_year() - 1 })
        .collect();
    let hides = |from: usize| series.points[from..].iter().any(|p| p.count == Cell::Withheld);
    let level = series.model.as_ref().and_then(level_of).unwrap_or(0.95);
    let found = if starts.last().is_some_and(|s| hides(*s)) { None } else { latest(&months, &starts, level) };
    let model = match (&series.model, &found) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(told), Some(found)) => model_follows(series, told, found),
    };
    // Limits about a model that is not told would be those of another series.
    let ranges = usual_range(&months, &starts, found.as_ref().filter(|_| series.model.is_some()));
    model
        && series.points.iter().zip(ranges).all(|(p, again)| match (p.mean, again) {
            (None, _) => p.lower.is_none() && p.upper.is_none(),
            (Some(mean), Some(again)) => {
                near(mean, again.mean) && p.lower.is_some_and(|x| near(x, again.lower)) && p.upper.is_some_and(|x| near(x, again.upper))
            }
            (Some(_), None) => false,
        })
}

fn near(told: f64, again: f64) -> bool {
    (told - again).abs() <= 1e-6 * again.abs().max(1.0)
}

fn level_of(model: &SeriesModel) -> Option<f64> {
    let estimates = [model.monthly_percent, model.monthly_percent_since, model.step_percent];
    estimates.iter().flatten().map(|e| e.level).chain(model.forecast.iter().map(|f| f.count.level)).next()
}

fn model_follows(series: &Series, told: &SeriesModel, found: &Found) -> bool {
    let shape = match found.shape {
        Shape::Flat => SeriesShape::Flat,
        Shape::Line => SeriesShape::Line,
        Shape::Bend => SeriesShape::Bend,
        Shape::Step => SeriesShape::Step,
        Shape::LineStep => SeriesShape::LineWithStep,
    };
    let same = |told: Option<Estimate>, again: Option<Estimate>| match (told, again) {
        (Some(t), Some(a)) => near(t.value, a.value) && near(t.lower, a.lower) && near(t.upper, a.upper),
        (None, None) => true,
        _ => false,
    };
    let next: Vec<(f64, u32)> = told.forecast.iter().map(|f| (f64::from(f.month.days()), f.month.of_year() - 1)).collect();
    let level = told.forecast.first().map_or(0.95, |f| f.count.level);
    let forecast = found.forecast(&next, level);
    let counts = series.usable();
    let mean = |from: usize, to: usize| {
        let known: Vec<f64> = counts[from..to].iter().flatten().map(|n| *n as f64).collect();
        known.iter().sum::<f64>() / known.len().max(1) as f64
    };
    let end = series.points.len();
    told.shape == shape
        && told.onset == found.onset.map(|o| series.points[o].month)
        && same(told.monthly_percent, found.change.monthly)
        && same(told.monthly_percent_since, found.change.monthly_after)
        && same(told.step_percent, found.change.step)
        && near(told.mean_month, mean(found.from, found.onset.unwrap_or(end)))
        && told.mean_month_since.is_some() == found.onset.is_some()
        && told.mean_month_since.zip(found.onset).is_none_or(|(m, o)| near(m, mean(o, end)))
        && told.forecast.iter().zip(&forecast).all(|(t, a)| same(Some(t.count), Some(*a)))
}

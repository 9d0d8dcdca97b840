//! What may be said of change in a monthly series: one model, one story. Headline, size, season and forecast come from it.

use super::series::SeriesFacts;
use crate::model::{Arg, ForecastMonth, Message, SeasonOfYear, Series, SeriesModel, SeriesShape, interval_percent, p_value};
use crate::msg;
use crate::stats::monthly::MonthCount;
use crate::stats::segmented::{Found, Shape, chance_of_strength, latest};
use crate::units::{Estimate, Month};

/// Coverage of every interval that is told.
const LEVEL: f64 = 0.95;
/// A flat series is told another shape at this rate or less, with months that go together as far as 0.3; and a season is told where its p-value is below this.
const FALSE_ALARMS: f64 = 0.05;
/// Months ahead that a forecast is told for.
const AHEAD: i32 = 3;
/// A range of a month ahead that is so many times as wide as all months that there were tells nothing that they do not.
const WIDEST: f64 = 2.5;
/// A change younger than this is not carried on: a step and a bend can hardly be told apart so soon.
const SETTLED_MONTHS: usize = 18;

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
        method: msg!("trend-method").into(),
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
    let were: Vec<f64> = series.usable()[found.from..].iter().flatten().map(|n| *n as f64).collect();
    let (lowest, highest) = were.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), n| (low.min(*n), high.max(*n)));
    // Counts that hardly vary still have the range that chance gives them.
    let by_chance = 4.0 * (were.iter().sum::<f64>() / were.len().max(1) as f64).sqrt();
    let span = (highest - lowest).max(by_chance).max(1.0);
    let tells_nothing = |e: &Estimate| e.lower <= lowest && e.upper >= highest && e.upper - e.lower > WIDEST * span;
    let months: Vec<Month> = (1..=AHEAD).map(|h| last.plus(h)).collect();
    let next: Vec<(f64, u32)> = months.iter().map(|m| (f64::from(m.days()), m.of_year() - 1)).collect();
    let told = found.forecast(&next, LEVEL);
    if told.iter().any(tells_nothing) {
        return vec![];
    }
    months.into_iter().zip(told).map(|(month, count)| ForecastMonth { month, count }).collect()
}

/// Decimals of a percentage: one where it has one figure before it.
fn decimals(x: f64) -> usize {
    usize::from(x.abs() < 10.0)
}

/// The size of a change, without its sign.
fn size(e: &Estimate) -> Arg {
    Arg::Percent(e.value.abs(), decimals(e.value))
}

/// Its limits, which keep their signs.
fn limits(e: &Estimate) -> Message {
    interval_percent(e, decimals)
}

/// Whether all of an interval is on one side.
fn clear(e: &Estimate) -> bool {
    e.lower > 0.0 || e.upper < 0.0
}

/// From when on, with the months between which it lies.
fn from_about(model: &SeriesModel, onset: Month) -> Message {
    match model.onset_range {
        Some([first, last]) if first != last => msg!("trend-onset-between", month = onset, first = first, last = last),
        _ => msg!("trend-onset", month = onset),
    }
}

/// Headline and sentence of a series that is not flat; `None` for one that is.
pub(super) fn story(facts: &SeriesFacts, model: &SeriesModel) -> Option<(Message, Message)> {
    let label = || facts.label.clone();
    let direction = |e: &Estimate| Arg::direction(e.value);
    let meaning = |e: &Estimate| facts.meaning(e.value);
    let reading = msg!("trend-reading");
    let stepped = |e: &Estimate, onset: Month| {
        msg!("trend-step", onset = from_about(model, onset), size = size(e), direction = direction(e), interval = limits(e))
    };
    match model.shape {
        SeriesShape::Flat => None,
        SeriesShape::Line => {
            let e = model.yearly_percent.as_ref()?;
            let line = msg!("trend-line", direction = direction(e), size = size(e), interval = limits(e), since = model.from);
            Some((msg!("trend-headline-line", label = label(), direction = direction(e), size = size(e)), line.then(meaning(e))))
        }
        SeriesShape::Step => {
            let (e, onset) = (model.step_percent.as_ref()?, model.onset?);
            let headline = msg!("trend-headline-step", label = label(), size = size(e), direction = direction(e), month = onset);
            let levels = |after| msg!("trend-levels", after = Arg::Number(after, 0), before = Arg::Number(model.mean_month, 0));
            let step = stepped(e, onset);
            let step = match model.mean_month_since {
                Some(after) => step.then(levels(after)),
                None => step,
            };
            Some((headline, step.then(reading)))
        }
        SeriesShape::Bend => {
            let (before, after, onset) = (model.monthly_percent.as_ref()?, model.monthly_percent_since.as_ref()?, model.onset?);
            let headline = match clear(after) {
                true => msg!("trend-headline-bend", label = label(), direction = direction(after), size = size(after), month = onset),
                false => msg!("trend-headline-bend-over", label = label(), direction = direction(before), month = onset),
            };
            let since = msg!("trend-bend-after", direction = direction(after), size = size(after), interval = limits(after));
            let until = match clear(before) {
                true => msg!("trend-bend-before", direction = direction(before), size = size(before), interval = limits(before)),
                false => msg!("trend-bend-before-unclear", interval = limits(before)),
            };
            let text = msg!("trend-bend", onset = from_about(model, onset), after = since, before = until);
            Some((headline, text.then(reading).then(meaning(after))))
        }
        SeriesShape::LineWithStep => {
            let (slope, jump, onset) = (model.yearly_percent.as_ref()?, model.step_percent.as_ref()?, model.onset?);
            let (size_of, side) = (size(jump), direction(jump));
            let headline = match clear(slope) {
                true => msg!(
                    "trend-headline-step-and-line",
                    label = label(),
                    size = size_of,
                    direction = side,
                    month = onset,
                    course = direction(slope)
                ),
                false => msg!("trend-headline-step", label = label(), size = size_of, direction = side, month = onset),
            };
            let besides =
                msg!("trend-besides", direction = direction(slope), size = size(slope), interval = limits(slope), since = model.from);
            Some((headline, stepped(jump, onset).then(besides).then(reading)))
        }
    }
}

/// The time of year, where it is clear.
pub(super) fn of_the_year(model: &SeriesModel) -> Option<Message> {
    let found = model.season.as_ref()?;
    Some(msg!(
        "trend-season",
        highest = Arg::MonthOfYear(found.highest),
        size = Arg::Percent(found.above_mean_percent, 0),
        lowest = Arg::MonthOfYear(found.lowest),
        p = p_value(found.p, 3)
    ))
}

/// What the next months would bring, or why that is not told.
pub(super) fn ahead(series: &Series, model: &SeriesModel) -> Option<Message> {
    let Some(first) = model.forecast.first() else {
        let since = |onset: &Month| series.points.iter().filter(|p| p.month >= *onset).count();
        return Some(match model.onset.filter(|o| since(o) < SETTLED_MONTHS) {
            Some(onset) => msg!("trend-no-forecast", month = onset),
            None => msg!("trend-no-forecast-wide"),
        });
    };
    let number = |x: f64| Arg::Number(x, 0);
    let of = |f: &ForecastMonth| {
        let (value, lower, upper) = (number(f.count.value), number(f.count.lower), number(f.count.upper));
        msg!("trend-forecast-month", value = value, month = f.month, lower = lower, upper = upper)
    };
    let months: Vec<Message> = model.forecast.iter().map(of).collect();
    Some(msg!("trend-forecast", months = months, level = Arg::share(first.count.level, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SeriesPoint;
    use crate::units::Cell;

    fn series(counts: &[u64]) -> Series {
        let point = |(i, n): (usize, &u64)| SeriesPoint {
            month: Month::parse("2021-05").unwrap().plus(i as i32),
            count: Cell::Known(*n),
            rolling_12: Cell::NotApplicable,
            mean: None,
            lower: None,
            upper: None,
            rule: None,
            direction: 0,
        };
        let points = counts.iter().enumerate().map(point).collect();
        Series { measure: "Violence".into(), unit: "incidents".into(), points, breaks: vec![], model: None }
    }

    #[test]
    fn a_forecast_that_holds_every_count_there_was_and_far_more_is_not_given() {
        // Violence and public order in Bedfordshire: two low months of the first go together, and its range was 812 to 3,759.
        let violence = [
            1500, 1691, 1634, 1238, 1373, 1668, 1464, 1149, 1029, 1630, 1837, 1692, 1894, 1783, 1817, 1675, 1523, 1646, 1524, 1387, 1538,
            1455, 1587, 1543, 1697, 1671, 1658, 1570, 1779, 1735, 1666, 1586, 1689, 1588, 1724, 1666,
        ];
        let order = [
            480, 574, 513, 416, 407, 473, 405, 246, 269, 380, 479, 442, 481, 480, 547, 483, 454, 439, 412, 332, 327, 335, 385, 378, 443,
            394, 368, 347, 419, 417, 350, 349, 322, 311, 407, 394,
        ];
        let told = |counts: &[u64]| {
            let series = series(counts);
            let model = model(&series, &found(&series).unwrap());
            (model.forecast.len(), ahead(&series, &model).unwrap().id)
        };
        assert_eq!(told(&violence), (0, "trend-no-forecast-wide"));
        assert_eq!(told(&order), (3, "trend-forecast"));
    }
}

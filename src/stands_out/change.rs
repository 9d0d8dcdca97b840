//! More or less than before: the model of a series, and what an event has changed.

use super::{Claim, Kind, Sure, p_of_ratio};
use crate::model::{Interrupted, Series, SeriesModel, SeriesShape};
use crate::units::Estimate;

/// A year, in months: a line is told by what it makes of one.
const YEAR: f64 = 12.0;

/// The share of events now that would be more, or fewer, had nothing changed: `1 − 1/ratio` of a rise, `1 − ratio` of a fall.
///
/// A series without a model tests nothing; a flat one is a test that found nothing.
pub(super) fn of_series(series: &Series) -> Option<Claim> {
    let model = series.model.as_ref()?;
    Some(Claim { kind: Kind::Change, effect: apart(ratio(model)), sure: Sure::Tested(model.p.unwrap_or(1.0)) })
}

/// How many times the level before the level now is.
fn ratio(model: &SeriesModel) -> f64 {
    let of = |percent: Option<Estimate>| percent.map_or(1.0, |e| 1.0 + e.value / 100.0);
    match model.shape {
        SeriesShape::Flat => 1.0,
        SeriesShape::Line => of(model.yearly_percent),
        SeriesShape::Bend => {
            let since = |e: Estimate| (1.0 + e.value / 100.0).powf(YEAR.min(model.months_since_onset.unwrap_or(0) as f64));
            model.monthly_percent_since.map_or(1.0, since)
        }
        SeriesShape::Step | SeriesShape::LineWithStep => of(model.step_percent),
    }
}

/// The same of an event.
pub(super) fn of_event(body: &Interrupted) -> Option<Claim> {
    let ratio = body.ratio?;
    let p = body.p.or_else(|| p_of_ratio(ratio))?;
    Some(Claim { kind: Kind::Change, effect: apart(ratio.value), sure: Sure::Tested(p) })
}

fn apart(ratio: f64) -> f64 {
    if ratio > 1.0 {
        1.0 - 1.0 / ratio
    } else if ratio > 0.0 {
        1.0 - ratio
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubling_and_halving_are_the_same_share() {
        assert_eq!((apart(2.0), apart(0.5), apart(1.0), apart(f64::NAN)), (0.5, 0.5, 0.0, 0.0));
        assert!((apart(1.65) - 0.3939).abs() < 1e-4);
    }
}

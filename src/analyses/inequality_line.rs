//! The line along deprivation, and whether it may be told: from a handful of events, or held up by a single area, it is none.

use super::inequality::LEVEL;
use crate::stats::area_gradient::{Gradient, MostDeprived, Quantile, Settings, careful, hangs_on, ridits};

/// Fewer areas than this make no five groups.
pub(super) const FEWEST_AREAS: usize = 15;
/// Fewer events say where a few people were, and nothing of deprivation.
pub(super) const FEWEST_EVENTS: usize = 20;
/// The same of areas that have any.
pub(super) const FEWEST_AREAS_WITH_EVENTS: usize = 8;
/// Limits of which the upper is more than so many times the lower fit any answer: they are not printed.
const WIDEST: f64 = 100.0;

/// What is known of a line.
pub(super) enum Line {
    /// Too much is withheld, or too few areas are ranked.
    Hidden,
    /// Too few events, or too few areas with any.
    TooFew,
    /// The data fit almost any slope.
    TooWide,
    /// A line, and the position of the area that it hangs on, with the p-value without it.
    Told(Gradient, Option<(usize, f64)>),
}

/// The line through areas with known counts and residents.
pub(super) fn through(events: &[f64], people: &[f64], deprivation: &[f64], most: MostDeprived, per: f64) -> Line {
    if events.len() < FEWEST_AREAS {
        return Line::Hidden;
    }
    let with_events = events.iter().filter(|n| **n > 0.0).count();
    if events.iter().sum::<f64>() < FEWEST_EVENTS as f64 || with_events < FEWEST_AREAS_WITH_EVENTS {
        return Line::TooFew;
    }
    let settings = Settings { level: LEVEL, quantile: Quantile::StudentT, clamp: true, per };
    let Some(ridit) = ridits(deprivation, people, most) else { return Line::Hidden };
    let Some(found) = careful(events, people, &ridit, settings) else { return Line::Hidden };
    // Not above 0, or not a number, is as wide as can be.
    let told = found.relative.upper <= WIDEST * found.relative.lower;
    if !told {
        return Line::TooWide;
    }
    let on = hangs_on(&found, events, people, &ridit, settings);
    Line::Told(found, on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(events: &[f64]) -> Line {
        let n = events.len();
        let deprivation: Vec<f64> = (0..n).map(|i| i as f64).collect();
        through(events, &vec![1500.0; n], &deprivation, MostDeprived::High, 1000.0)
    }

    #[test]
    fn a_single_event_or_a_single_area_makes_no_gradient() {
        let at = |area: usize, n: f64| (0..30).map(|i| if i == area { n } else { 0.0 }).collect::<Vec<f64>>();
        assert!(matches!(of(&at(29, 1.0)), Line::TooFew), "a single event");
        assert!(matches!(of(&at(29, 500.0)), Line::TooFew), "a single area with any");
        // Even rates, and one area at the deprived end with thirty times as many.
        let held: Vec<f64> = (0..30).map(|i| if i == 29 { 150.0 } else { 5.0 + (i % 3) as f64 }).collect();
        match of(&held) {
            Line::Told(found, on) => assert!(found.p > 0.05 || on.is_some_and(|(k, p)| k == 29 && p > 0.1), "{on:?} {}", found.p),
            Line::TooWide => {}
            Line::Hidden | Line::TooFew => panic!("not too few"),
        }
        let steady: Vec<f64> = (0..30).map(|i| 10.0 + i as f64).collect();
        assert!(matches!(of(&steady), Line::Told(found, None) if found.p < 0.001));
    }
}

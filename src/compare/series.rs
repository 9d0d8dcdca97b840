//! Monthly series side by side: months that are new, and months that were restated.

use super::values::{plain, verdict, z_of};
use super::{Change, Restated, Said};
use crate::model::Series;
use crate::stats::counts::normal_tail;
use crate::stats::ratio::rate_ratio;
use crate::units::{Cell, Month, Period};

/// Months that both series count, and differently.
pub(super) fn restated(id: &str, old: &Series, new: &Series) -> Option<Restated> {
    let pairs = old.points.iter().filter_map(|a| {
        let b = new.points.iter().find(|b| b.month == a.month)?;
        Some((a.count.known()?, b.count.known()?)).filter(|(a, b)| a != b)
    });
    let pairs: Vec<(u64, u64)> = pairs.collect();
    (!pairs.is_empty()).then(|| Restated {
        id: id.into(),
        months: pairs.len(),
        before: pairs.iter().map(|p| p.0).sum(),
        after: pairs.iter().map(|p| p.1).sum(),
    })
}

/// The months that are new in the second pack beside the same months a year before: seasons fall out of it.
///
/// Chance is as wide as months lie about their own year's mean, and never less than that of counts.
pub(super) fn series(id: &str, old: &Series, new: &Series) -> Option<Change> {
    let last = old.points.last()?.month;
    let fresh: Vec<Month> = new.points.iter().map(|p| p.month).filter(|m| *m > last).collect();
    let (first, end) = (*fresh.first()?, *fresh.last()?);
    let count = |month: Month| new.points.iter().find(|p| p.month == month).map_or(Cell::Missing, |p| p.count);
    let sum = |months: &[Month]| Cell::sum(&months.iter().map(|m| count(*m)).collect::<Vec<_>>());
    let year_before: Vec<Month> = fresh.iter().map(|m| m.plus(-12)).collect();
    let (before, after) = (sum(&year_before), sum(&fresh));
    let row = Period { first, last: end }.label();
    let mut change = plain(id, &row, &new.unit, before.map(|n| n as f64), after.map(|n| n as f64));
    let broken = new.breaks.iter().any(|b| b.first_month > first.plus(-12) && b.first_month <= end);
    if broken {
        change.said = Said::Break;
        return Some(change);
    }
    let (Cell::Known(x), Cell::Known(y)) = (before, after) else { return Some(change) };
    let exposure = fresh.len() as f64;
    let z = z_of(Some((x, exposure)), Some((y, exposure)))?;
    let p = 2.0 * normal_tail((z / dispersion(new, first).sqrt()).abs());
    change.ratio = rate_ratio((y, exposure), (x, exposure), 0.95).filter(|r| r.upper.is_finite());
    (change.p, change.said) = (Some(p), verdict(z, p));
    Some(change)
}

/// Variance of monthly counts over their mean in the two years before, with the correlation of one month with the next; at least 1.
fn dispersion(series: &Series, until: Month) -> f64 {
    let counts: Option<Vec<f64>> =
        series.points.iter().filter(|p| p.month < until && p.month >= until.plus(-24)).map(|p| p.count.known().map(|n| n as f64)).collect();
    let Some(counts) = counts.filter(|c| c.len() >= 6) else { return 1.0 };
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<f64>() / n;
    let variance = counts.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / (n - 1.0);
    if mean <= 0.0 || variance <= 0.0 {
        return 1.0;
    }
    let lagged = counts.windows(2).map(|w| (w[0] - mean) * (w[1] - mean)).sum::<f64>() / ((n - 1.0) * variance);
    let rho = lagged.clamp(0.0, 0.8);
    (variance / mean * (1.0 + rho) / (1.0 - rho)).max(1.0)
}

//! The next months, were things to go on as the shape has them.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::{Found, season};
use crate::units::Estimate;

/// What a forecast needs of a fit.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Ahead {
    /// Of the chosen shape.
    pub coefficients: Vec<f64>,
    /// Variances of the coefficients, with the dispersion and the inflation in them.
    pub covariance: Vec<Vec<f64>>,
    /// Stretches before the latest: their levels, and slopes of those that are long.
    pub before: usize,
    /// Waves a year.
    pub harmonics: usize,
    /// Pearson residual of the last known month over √dispersion, and how many months ago that was.
    pub last: (f64, usize),
    /// Positions of the series.
    pub length: usize,
    /// Months less columns, over the inflation.
    pub degrees_of_freedom: f64,
}

impl Found {
    /// What the months after the last bring were things to go on as the shape has them: days and month of the year (0 to 11) of each.
    ///
    /// The mean of the model, drawn towards the last month's deviation by `ρ^h`; limits on the log scale from the errors of the coefficients and from what single months waver, by Student's distribution.
    pub fn forecast(&self, next: &[(f64, u32)], level: f64) -> Vec<Estimate> {
        let a = &self.ahead;
        let Ok(student) = StudentsT::new(0.0, 1.0, a.degrees_of_freedom) else { return vec![] };
        let quantile = student.inverse_cdf(1.0 - (1.0 - level) / 2.0);
        let one = |(h, (days, of_year)): (usize, &(f64, u32))| {
            let t = (a.length + h - self.from) as f64;
            let own = self.shape.row(t, self.onset.map_or(0.0, |o| o as f64 - self.from as f64));
            let before = std::iter::repeat_n(0.0, a.before);
            let row: Vec<f64> = std::iter::once(1.0).chain(before).chain(season(of_year + 1, a.harmonics)).chain(own).collect();
            let dot = row.iter().zip(&a.coefficients).map(|(x, b)| x * b).sum::<f64>();
            let variance: f64 = (0..row.len()).map(|i| (0..row.len()).map(|j| row[i] * a.covariance[i][j] * row[j]).sum::<f64>()).sum();
            let plain = (days.max(f64::MIN_POSITIVE).ln() + dot).exp();
            let kept = self.rho.powi((h + 1 + a.last.1) as i32);
            let value = (plain + kept * a.last.0 * (plain * self.dispersion).sqrt()).max(0.5 * plain);
            let reach = quantile * (variance.max(0.0) + self.dispersion * (1.0 - kept * kept) / value).sqrt();
            Estimate { value, lower: value * (-reach).exp(), upper: value * reach.exp(), level }
        };
        next.iter().enumerate().map(one).collect()
    }
}

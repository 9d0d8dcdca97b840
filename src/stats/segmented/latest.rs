//! The shape of the latest stretch of a series: what a reader is told of change, at a false-alarm rate that simulation has kept.

use statrs::distribution::{ContinuousCDF, FisherSnedecor, StudentsT};

use super::ahead::Ahead;
use super::base::Base;
use super::{Change, Convention, CountSeries, Family, Fitted, Shape, choose, season};
use crate::stats::correlated::waver;
use crate::stats::count_regression::poisson;
use crate::stats::counts::normal_quantile;
use crate::stats::linear::inverse;
use crate::stats::monthly::MonthCount;
use crate::units::Estimate;

/// Fewest known months of the latest stretch.
pub const SHORTEST_STRETCH: usize = 12;
/// Fewest known months of all stretches together: under two years season and change are one.
pub const FEWEST_MONTHS: usize = 24;
/// Fewest months on either side of an onset: what is shorter is a burst.
pub const SHORTEST_SEGMENT: usize = 6;
/// Standard errors from here on, on the log scale, are those of a term that has no size.
const WIDEST_ERROR: f64 = 2.0;
/// From so many known months on a line with a step may be found, and no more is asked of a shape than the criterion.
const LONG: usize = 36;
/// From so many known months on a second wave a year is fitted: in fewer it hides a season more often than it shows one.
pub(super) const TWO_WAVES_FROM: usize = 60;
/// Onsets whose deviance, over the dispersion, is within this of the likeliest widen the limits of a bend.
const NEAR: f64 = 1.0;
/// ρ is taken to be no less: so far did months of police records go with the month before in Bedfordshire, and three years of months underestimate it (0.1 for 0.3).
const LOWEST_RHO: f64 = 0.3;
/// What a shape of a stretch under [`LONG`] must be better by, beyond the criterion: so few months let ρ and dispersion come out too small.
const SHORT_MARGIN: f64 = 1.0;
/// ρ is cut here: beyond it a series of months tells nothing.
const HIGHEST_RHO: f64 = 0.9;

/// A yearly wave of the model.
#[derive(Clone, PartialEq, Debug)]
pub struct Wave {
    /// Factor of each month of the year, January first; their logarithms are 0 together.
    pub factors: [f64; 12],
    /// Chance of a wave as strong where there is none (F test of all its terms).
    pub p: f64,
}

/// One model of a series.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// Position of the first month that the shape is about: the start, or the last break in recording.
    pub from: usize,
    /// What the latest stretch does.
    pub shape: Shape,
    /// Position from which it differs.
    pub onset: Option<usize>,
    /// First and last onset that the months do not speak against: their deviance is higher by less than χ² allows at the level, times the dispersion.
    pub onset_range: Option<(usize, usize)>,
    /// Sizes in per cent. Intervals are given the onset, those of a bend are the widest over onsets that fit nearly as well.
    pub change: Change,
    /// By how much the criterion of the best shape that is not flat is better than that of a flat series; below 0 where it is worse.
    pub strength: f64,
    /// Variance over mean of the process.
    pub dispersion: f64,
    /// How far each month goes with the one before.
    pub rho: f64,
    /// Known months of the stretch.
    pub months: usize,
    /// Known months of the series.
    pub all_months: usize,
    /// Fitted mean of each month, missing ones too.
    pub fitted: Vec<f64>,
    /// What the shape makes of the level in each month, 1 where it does nothing: no season, no days.
    pub own: Vec<f64>,
    /// The time of year.
    pub wave: Wave,
    /// What a forecast needs.
    pub(super) ahead: Ahead,
}

/// The one model of a monthly series: its shape since the last of `starts` (0 and each break in recording), with the season and the length of months in it.
///
/// `log μ = log days + level of the stretch + waves of the year + shape of the latest stretch`, variance `φ μ`, neighbouring months correlated with ρ. Earlier
/// stretches have levels of their own (and slopes where they are long): they lend their season, and nothing is compared across a break. Every shape is fitted at
/// its likeliest onset. φ and ρ come from the best of the rich shapes by restricted maximum likelihood, ρ not below 0.3; a shape is told where the deviance over `φ (1 + ρ)/(1 − ρ)` falls by more than
/// `ln n` for each of its terms and its onset (BIC; by 1 more under 36 months): of the shapes the one with the lowest.
///
/// Simulated (flat series of 12 to 120 months, 12 to 800 events a month, negative binomial, season 8 %, months that waver by 8 % with ρ from 0 to 0.3): at most one in twenty is told a shape, one in ten at ρ 0.5. A part
/// of it stands in `tests/it/shapes_of_change.rs`.
///
/// `None` under 12 known months since the last break or 24 in all, under one event a month since, or where the counts cannot be fitted.
///
/// ```
/// use gapmap::stats::{monthly::MonthCount, segmented::{Shape, latest}};
/// let series: Vec<MonthCount> = (0..48)
///     .map(|m| MonthCount { events: Some(if m < 30 { 100 } else { 165 } + u64::from(m * 7 % 5)), days: 30.0, of_year: m % 12 })
///     .collect();
/// let found = latest(&series, &[0], 0.95).unwrap();
/// assert_eq!((found.shape, found.onset), (Shape::Step, Some(30)));
/// ```
pub fn latest(series: &[MonthCount], starts: &[usize], level: f64) -> Option<Found> {
    let from = starts.iter().copied().filter(|s| *s < series.len()).max().unwrap_or(0);
    let known: Vec<usize> = (0..series.len()).filter(|i| series[*i].events.is_some() && series[*i].days > 0.0).collect();
    let months = known.iter().filter(|i| **i >= from).count();
    if months < SHORTEST_STRETCH || known.len() < FEWEST_MONTHS {
        return None;
    }
    let events: u64 = known.iter().filter(|i| **i >= from).filter_map(|i| series[*i].events).fold(0, u64::saturating_add);
    if events < months as u64 {
        return None;
    }
    let base = Base::of(&known, starts, from);
    let row = |i: usize| base.row(i, series[i].of_year);
    let counts: Vec<f64> = known.iter().filter_map(|i| series[*i].events).map(|n| n as f64).collect();
    let offset: Vec<f64> = known.iter().map(|i| series[*i].days.ln()).collect();
    let rows: Vec<Vec<f64>> = known.iter().map(|i| row(*i)).collect();
    let of = CountSeries { counts: &counts, offset: &offset, at: &known, base: &rows, from };
    let shapes = [Shape::Flat, Shape::Line, Shape::Step, Shape::Bend, Shape::LineStep];
    let allowed = if months >= LONG {
        5
    } else if months >= 2 * SHORTEST_STRETCH {
        4
    } else {
        3
    };
    let how =
        Convention { shapes: shapes[..allowed].to_vec(), min_segment: SHORTEST_SEGMENT, onset_parameters: 1, phi_from: Shape::Bend, level };
    let choice = choose(&of, &how, Family::Poisson)?;
    let flat = choice.fits.iter().find(|f| f.shape == Shape::Flat)?;
    let rich = choice.fits.iter().min_by(|a, b| spread(a, months).total_cmp(&spread(b, months)))?;
    let (dispersion, rho) = wavering(&of, rich)?;
    let inflated = dispersion * (1.0 + rho) / (1.0 - rho);
    let gain = |f: &Fitted| {
        let terms = f.parameters_counted - flat.parameters_counted;
        (flat.deviance - f.deviance) / inflated - terms as f64 * (months as f64).ln()
    };
    // A term that runs away, as of months without events, has no size that could be told.
    let sized = |f: &&Fitted| f.standard_errors.iter().all(|e| e * inflated.sqrt() < WIDEST_ERROR);
    let best = choice.fits.iter().filter(|f| f.shape != Shape::Flat).filter(sized).max_by(|a, b| gain(a).total_cmp(&gain(b)));
    let strength = best.map_or(f64::NEG_INFINITY, gain);
    let margin = if months < LONG { SHORT_MARGIN } else { 0.0 };
    let chosen = best.filter(|_| strength > margin).unwrap_or(flat);
    finish(series, &of, &base, chosen, &Noise { dispersion, rho, strength }, level)
}

/// Chance that a flat series has a strength ([`Found::strength`]) of at least this, at most: `min(1, 0.05 exp(−s/2.5))` for `s` of 0 and more, and 1 below 0.
///
/// A bound drawn over simulated flat series (12 to 60 months since the last break, 15 to 600 events a month, ρ from 0 to 0.3, 400 of each); its parts are in
/// `tests/it/shapes_of_change.rs`. The deviance of a shape falls as χ² would let it, more slowly as its dispersion and ρ are estimates.
///
/// ```
/// use gapmap::stats::segmented::chance_of_strength;
/// assert_eq!(chance_of_strength(-1.0), 1.0);
/// assert!(chance_of_strength(0.0) <= 0.05 && chance_of_strength(20.0) < 1e-4);
/// ```
pub fn chance_of_strength(strength: f64) -> f64 {
    if strength >= 0.0 { (0.05 * (-strength / 2.5).exp()).min(1.0) } else { 1.0 }
}

/// Pearson's χ² over what is left of the months, an onset taken off too.
fn spread(fit: &Fitted, months: usize) -> f64 {
    fit.pearson / months.saturating_sub(fit.shape.columns() + usize::from(fit.shape.has_onset())).max(1) as f64
}

/// φ, not below 1, and ρ of Pearson residuals.
fn wavering(of: &CountSeries, rich: &Fitted) -> Option<(f64, f64)> {
    let rows = of.rows(rich.shape, rich.onset.unwrap_or(0));
    let scaled: Vec<Vec<f64>> = rows.iter().zip(&rich.means).map(|(row, m)| row.iter().map(|x| x * m.sqrt()).collect()).collect();
    let residuals: Vec<f64> = of.counts.iter().zip(&rich.means).map(|(y, m)| (y - m) / m.sqrt()).collect();
    let (variance, rho) = waver(&residuals, &scaled, LOWEST_RHO, HIGHEST_RHO)?;
    let left = (of.counts.len() - rows.first()?.len()) as f64;
    // The onset was searched for: it takes a degree of freedom like a term.
    let onset = if rich.onset.is_some() { left / (left - 1.0).max(1.0) } else { 1.0 };
    Some(((variance * onset).max(1.0), rho))
}

/// How single months waver, and how much better the best shape is than none.
struct Noise {
    dispersion: f64,
    rho: f64,
    strength: f64,
}

fn finish(series: &[MonthCount], of: &CountSeries, base: &Base, chosen: &Fitted, noise: &Noise, level: f64) -> Option<Found> {
    let Noise { dispersion, rho, strength } = *noise;
    let harmonics = base.harmonics;
    let inflation = (1.0 + rho) / (1.0 - rho);
    let scale = dispersion * inflation;
    let covariance: Vec<Vec<f64>> = chosen.covariance.iter().map(|row| row.iter().map(|v| v * scale).collect()).collect();
    let left = (of.counts.len() - chosen.coefficients.len()) as f64;
    let degrees_of_freedom = (left / inflation).max(3.0);
    let quantile = StudentsT::new(0.0, 1.0, degrees_of_freedom).ok()?.inverse_cdf(1.0 - (1.0 - level) / 2.0);
    let dot = |x: &[f64]| x.iter().zip(&chosen.coefficients).map(|(x, b)| x * b).sum::<f64>();
    let mean = |i: usize| {
        let own = own_columns(chosen, of.from, i);
        let row: Vec<f64> = base.row(i, series[i].of_year).into_iter().chain(own).collect();
        (series[i].days.max(f64::MIN_POSITIVE).ln() + dot(&row)).exp()
    };
    let own_factor = |i: usize| {
        let own = own_columns(chosen, of.from, i);
        let coefficients = &chosen.coefficients[chosen.coefficients.len() - own.len()..];
        own.iter().zip(coefficients).map(|(x, b)| x * b).sum::<f64>().exp()
    };
    let (onset_range, change) = over_onsets(of, chosen, &covariance, scale, quantile, level);
    let last = *of.at.last()?;
    let residual = (of.counts.last()? - chosen.means.last()?) / (chosen.means.last()? * dispersion).sqrt();
    Some(Found {
        from: of.from,
        shape: chosen.shape,
        onset: chosen.onset,
        onset_range,
        change,
        strength,
        dispersion,
        rho,
        months: of.at.iter().filter(|i| **i >= of.from).count(),
        all_months: of.at.len(),
        fitted: (0..series.len()).map(mean).collect(),
        own: (0..series.len()).map(own_factor).collect(),
        wave: wave(chosen, &covariance, base.columns(), harmonics, inflation, left)?,
        ahead: Ahead {
            coefficients: chosen.coefficients.clone(),
            covariance,
            before: base.columns() - 1,
            harmonics,
            last: (residual, series.len() - 1 - last),
            length: series.len(),
            degrees_of_freedom,
        },
    })
}

/// The onsets that fit nearly as well, and the sizes: of a bend with the widest limits over onsets within [`NEAR`].
///
/// A slope after a bend hangs on where the bend is put; limits given the likeliest onset alone held the true slope in 70 to 85 of 100.
fn over_onsets(
    of: &CountSeries,
    chosen: &Fitted,
    covariance: &[Vec<f64>],
    scale: f64,
    quantile: f64,
    level: f64,
) -> (Option<(usize, usize)>, Change) {
    let mut change = Change::of(chosen.shape, &chosen.coefficients, covariance, quantile, level);
    let behind = |l: &f64| 2.0 * (chosen.log_likelihood - l) / scale;
    let within = |most: f64| chosen.onsets.iter().zip(&chosen.profile).filter(move |(_, l)| behind(l) <= most).map(|(o, _)| *o);
    let allowed = normal_quantile(1.0 - (1.0 - level) / 2.0).powi(2);
    let range = within(allowed).next().zip(within(allowed).next_back());
    if chosen.shape == Shape::Bend {
        for onset in within(NEAR) {
            let Some(fit) = poisson(of.counts, &of.rows(chosen.shape, onset), of.offset) else { continue };
            let wide: Vec<Vec<f64>> = fit.covariance.iter().map(|row| row.iter().map(|v| v * scale).collect()).collect();
            let other = Change::of(chosen.shape, &fit.coefficients, &wide, quantile, level);
            change.monthly = change.monthly.zip(other.monthly).map(widest);
            change.monthly_after = change.monthly_after.zip(other.monthly_after).map(widest);
        }
    }
    (range, change)
}

fn widest((a, b): (Estimate, Estimate)) -> Estimate {
    Estimate { lower: a.lower.min(b.lower), upper: a.upper.max(b.upper), ..a }
}

fn own_columns(chosen: &Fitted, from: usize, i: usize) -> Vec<f64> {
    if i < from {
        return vec![0.0; chosen.shape.columns()];
    }
    chosen.shape.row((i - from) as f64, chosen.onset.map_or(0.0, |o| o as f64 - from as f64))
}

/// The waves of the chosen shape, and an F test of all of them. What goes with the month before is slower than a wave: the dispersion is not inflated here.
fn wave(chosen: &Fitted, covariance: &[Vec<f64>], first: usize, harmonics: usize, inflation: f64, left: f64) -> Option<Wave> {
    let terms = first..first + 2 * harmonics;
    let b = &chosen.coefficients[terms.clone()];
    let part: Vec<Vec<f64>> = terms.clone().map(|i| terms.clone().map(|j| covariance[i][j] / inflation).collect()).collect();
    let back = inverse(&part)?;
    let wald: f64 = (0..b.len()).map(|i| (0..b.len()).map(|j| b[i] * back[i][j] * b[j]).sum::<f64>()).sum();
    let p = FisherSnedecor::new(b.len() as f64, left.max(1.0)).ok()?.sf(wald / b.len() as f64);
    let mut factors = [1.0; 12];
    for (factor, month) in factors.iter_mut().zip(1..) {
        *factor = season(month, harmonics).iter().zip(b).map(|(x, b)| x * b).sum::<f64>().exp();
    }
    Some(Wave { factors, p })
}

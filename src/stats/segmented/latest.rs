//! The shape of the latest stretch of a series: what a reader is told of change, at a false-alarm rate that simulation has kept.

use statrs::distribution::{ContinuousCDF, FisherSnedecor, StudentsT};

use super::{Change, Convention, CountSeries, Family, Fitted, Shape, choose, season};
use crate::stats::interrupted_ar1::waver;
use crate::stats::linear::inverse;
use crate::stats::monthly::MonthCount;
use crate::units::Estimate;

/// Fewest known months of the latest stretch.
pub const SHORTEST_STRETCH: usize = 12;
/// Fewest known months of all stretches together: under two years season and change are one.
pub const FEWEST_MONTHS: usize = 24;
/// Fewest months on either side of an onset: what is shorter is a burst.
pub const SHORTEST_SEGMENT: usize = 6;
/// From so many known months on a second wave a year is fitted, and a line with a step may be found.
const LONG: usize = 36;
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
    /// Sizes in per cent, with intervals given the onset.
    pub change: Change,
    /// By how much the criterion of the best shape that is not flat is better than that of a flat series; below 0 where it is worse.
    pub strength: f64,
    /// What the strength must pass.
    pub needed: f64,
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
    /// The time of year.
    pub wave: Wave,
    /// What a forecast needs.
    ahead: Ahead,
}

#[derive(Clone, PartialEq, Debug)]
struct Ahead {
    coefficients: Vec<f64>,
    /// Variances of the coefficients, with the dispersion and the inflation in them.
    covariance: Vec<Vec<f64>>,
    /// Stretches before the latest: their levels, and slopes of those that are long.
    before: usize,
    harmonics: usize,
    /// Pearson residual of the last known month over √dispersion, and how many months ago that was.
    last: (f64, usize),
    /// Positions of the series.
    length: usize,
    degrees_of_freedom: f64,
}

/// What the criterion must be better by than that of a flat series, for a stretch of so many known months.
///
/// Simulated: flat series, negative binomial, season 8 %, months with ρ from 0 to 0.3 and a spread of 8 %; at this bound one in twenty or fewer is
/// told a shape (`tests/it/shapes_of_change.rs` holds a part of it).
fn needed(months: usize) -> f64 {
    let _ = months;
    0.0
}

/// The one model of a monthly series: its shape since the last of `starts` (0 and each break in recording), with the season and the length of months in it.
///
/// `log μ = log days + level of the stretch + waves of the year + shape of the latest stretch`, variance `φ μ`, neighbouring months correlated with ρ. Earlier
/// stretches have levels of their own (and slopes where they are long): they lend their season, and nothing is compared across a break. Every shape is fitted at
/// its likeliest onset. φ and ρ come from the best of the rich shapes by restricted maximum likelihood; a shape is told where the fall of the deviance over `φ (1 + ρ)/(1 − ρ)`, less
/// `ln n` for each of its terms and its onset, passes what simulation asks for.
///
/// `None` under 12 known months since the last break or 24 in all, or where the counts cannot be fitted (no events).
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
    let base = Base::of(&known, starts, from);
    let harmonics = if known.len() < LONG { 1 } else { 2 };
    let row = |i: usize| base.row(i, series[i].of_year, harmonics);
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
    let best = choice.fits.iter().filter(|f| f.shape != Shape::Flat).max_by(|a, b| gain(a).total_cmp(&gain(b)));
    let strength = best.map_or(f64::NEG_INFINITY, gain);
    let needed = needed(months);
    let chosen = best.filter(|_| strength > needed).unwrap_or(flat);
    finish(series, &of, &base, harmonics, chosen, (dispersion, rho), (strength, needed), level)
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
    let (variance, rho) = waver(&residuals, &scaled, HIGHEST_RHO)?;
    let left = (of.counts.len() - rows.first()?.len()) as f64;
    // The onset was searched for: it takes a degree of freedom like a term.
    let onset = if rich.onset.is_some() { left / (left - 1.0).max(1.0) } else { 1.0 };
    Some(((variance * onset).max(1.0), rho))
}

/// Columns that every shape has: a level for each stretch, a slope for each earlier one that is long, the waves.
struct Base {
    /// Start and end of each earlier stretch that is known, and whether it has a slope.
    before: Vec<(usize, usize, bool)>,
    from: usize,
}

impl Base {
    fn of(known: &[usize], starts: &[usize], from: usize) -> Base {
        let mut begins: Vec<usize> = starts.iter().copied().filter(|s| *s < from).chain((from > 0).then_some(0)).collect();
        begins.sort_unstable();
        begins.dedup();
        let ends = begins.iter().skip(1).copied().chain([from]);
        let stretch = |(start, end): (usize, usize)| {
            let months = known.iter().filter(|i| (start..end).contains(*i)).count();
            (months > 0).then_some((start, end, months >= FEWEST_MONTHS))
        };
        Base { before: begins.iter().copied().zip(ends).filter_map(stretch).collect(), from }
    }

    fn columns(&self) -> usize {
        1 + self.before.iter().map(|b| 1 + usize::from(b.2)).sum::<usize>()
    }

    fn row(&self, i: usize, of_year: u32, harmonics: usize) -> Vec<f64> {
        let mut row = vec![f64::from(u8::from(i >= self.from))];
        for (start, end, sloped) in &self.before {
            let inside = (*start..*end).contains(&i);
            row.push(f64::from(u8::from(inside)));
            if *sloped {
                row.push(if inside { (i - start) as f64 / 12.0 } else { 0.0 });
            }
        }
        row.extend(season(of_year + 1, harmonics));
        row
    }
}

#[allow(clippy::too_many_arguments)]
fn finish(
    series: &[MonthCount],
    of: &CountSeries,
    base: &Base,
    harmonics: usize,
    chosen: &Fitted,
    (dispersion, rho): (f64, f64),
    (strength, needed): (f64, f64),
    level: f64,
) -> Option<Found> {
    let inflation = (1.0 + rho) / (1.0 - rho);
    let scale = dispersion * inflation;
    let covariance: Vec<Vec<f64>> = chosen.covariance.iter().map(|row| row.iter().map(|v| v * scale).collect()).collect();
    let left = (of.counts.len() - chosen.coefficients.len()) as f64;
    let degrees_of_freedom = (left / inflation).max(3.0);
    let quantile = StudentsT::new(0.0, 1.0, degrees_of_freedom).ok()?.inverse_cdf(1.0 - (1.0 - level) / 2.0);
    let dot = |x: &[f64]| x.iter().zip(&chosen.coefficients).map(|(x, b)| x * b).sum::<f64>();
    let mean = |i: usize| {
        let own = own_columns(chosen, of.from, i);
        let row: Vec<f64> = base.row(i, series[i].of_year, harmonics).into_iter().chain(own).collect();
        (series[i].days.max(f64::MIN_POSITIVE).ln() + dot(&row)).exp()
    };
    let last = *of.at.last()?;
    let residual = (of.counts.last()? - chosen.means.last()?) / (chosen.means.last()? * dispersion).sqrt();
    Some(Found {
        from: of.from,
        shape: chosen.shape,
        onset: chosen.onset,
        change: Change::of(chosen.shape, &chosen.coefficients, &covariance, quantile, level),
        strength,
        needed,
        dispersion,
        rho,
        months: of.at.iter().filter(|i| **i >= of.from).count(),
        all_months: of.at.len(),
        fitted: (0..series.len()).map(mean).collect(),
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

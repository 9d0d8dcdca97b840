//! Regressions of counts, change points and forecasts against the packages that the field trusts.

use gapmap::stats::change_points::{Cost, best_with, change_points, objective};
use gapmap::stats::count_regression::{negative_binomial, poisson};
use gapmap::stats::forecast::{Smoothing, Start, fit, fit_level, seasonal_naive};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number, number_in, number_or};

fn all(found: &mut Cases, name: &str, ours: &[f64], theirs: &Value, relative: f64) {
    let theirs = floats(theirs);
    found.same(|| format!("{name}: how many"), ours.len(), theirs.len());
    for (i, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        found.close(|| format!("{name} {i}"), *ours, theirs, relative, 1e-12);
    }
}

fn one(found: &mut Cases, name: &str, ours: f64, theirs: &Value, relative: f64) {
    found.close(|| name.to_owned(), ours, number(theirs), relative, 0.0);
}

/// The columns of a series, as the file describes them: month dummies, or so many harmonics of the year.
fn design(months: usize, harmonics: &Value) -> Vec<Vec<f64>> {
    let row = |t: usize| {
        let year = t as f64 / 12.0;
        let season: Vec<f64> = match harmonics.as_u64() {
            Some(k) => (1..=k).map(|k| k as f64 * std::f64::consts::TAU * year).flat_map(|x| [x.sin(), x.cos()]).collect(),
            None if harmonics == "month dummies" => (1..12).map(|m| f64::from(u8::from(t % 12 == m))).collect(),
            None => panic!("a season that is not known: {harmonics}"),
        };
        [1.0, year].into_iter().chain(season).collect()
    };
    (0..months).map(row).collect()
}

/// Peer: statsmodels. Coefficients relative 1e-7, standard errors 1e-6, likelihood 1e-9, α 1e-5.
pub fn count_trend(file: &Value, found: &mut Cases) {
    found.each(&file["expected"], |found, name, expected| {
        let y = floats(&file["input"][name]["y"]);
        let rows = design(y.len(), &file["parameters"]["fourier_order"][name]);
        let offset = vec![0.0; y.len()];
        let ours = poisson(&y, &rows, &offset).ours();
        found.each(expected, |found, fit, theirs| match fit {
            "poisson" => {
                all(found, &format!("{name} coefficients"), &ours.coefficients, &theirs["params"], 1e-7);
                all(found, &format!("{name} errors"), &ours.standard_errors, &theirs["bse"], 1e-6);
                one(found, &format!("{name} likelihood"), ours.log_likelihood, &theirs["llf"], 1e-9);
                one(found, &format!("{name} deviance"), ours.deviance, &theirs["deviance"], 1e-9);
                one(found, &format!("{name} Pearson"), ours.pearson, &theirs["pearson_chi2"], 1e-9);
                found.same(|| format!("{name} degrees"), ours.degrees_of_freedom as u64, theirs["df_resid"].as_u64().unwrap());
            }
            "quasipoisson" => {
                one(found, &format!("{name} dispersion"), ours.dispersion, &theirs["scale"], 1e-8);
                all(found, &format!("{name} quasi errors"), &ours.quasi_standard_errors(), &theirs["bse"], 1e-6);
            }
            "negbin2_ml" => joint_fit(found, name, &y, &rows, theirs, &expected["poisson"]),
            robust if robust.starts_with("poisson_h") => {
                // `poisson_hc0` has no lag, `poisson_hac3` three.
                let lags = if robust.starts_with("poisson_hac") { number_in(robust).unwrap() as usize } else { 0 };
                all(found, &format!("{name} {robust}"), &ours.robust_standard_errors(&y, &rows, lags), &theirs["bse"], 1e-6);
            }
            other => found.lacking.push(format!("{name} {other}: a fit that is not known")),
        });
    });
}

/// Coefficients and α fitted together, with errors of both.
fn joint_fit(found: &mut Cases, name: &str, y: &[f64], rows: &[Vec<f64>], theirs: &Value, plain: &Value) {
    let ours = negative_binomial(y, rows, &vec![0.0; y.len()]).ours();
    if theirs["alpha"].is_null() || ours.alpha == 0.0 {
        // Counts that waver less than Poisson counts: the peer prints NaN or a trace of α and calls it converged, ours is the Poisson fit.
        found.record(ours.alpha == 0.0 && number_or(&theirs["alpha"], 0.0) < NO_MORE_THAN_POISSON, || format!("{name} α: {}", ours.alpha));
        return all(found, &format!("{name} at the edge"), &ours.coefficients, &plain["params"], 1e-7);
    }
    all(found, &format!("{name} negative binomial"), &ours.coefficients, &theirs["params"], 1e-7);
    one(found, &format!("{name} α"), ours.alpha, &theirs["alpha"], 1e-5);
    one(found, &format!("{name} likelihood"), ours.log_likelihood, &theirs["llf"], 1e-9);
    all(found, &format!("{name} errors of both"), &ours.standard_errors, &theirs["bse"], 1e-5);
}

/// A peer that is not told of the edge stops at such an α, or below.
const NO_MORE_THAN_POISSON: f64 = 1e-3;

/// Peers: R glm and MASS::glm.nb, whose errors of β hold the shape fixed.
///
/// R stops when the deviance moves by less than 10⁻⁸ and keeps the weights of the step before, so that its errors and its dispersion may be
/// off by more than its coefficients; and of counts that waver little more than Poisson counts it stops anywhere at a small α (DEVIATIONS).
pub fn count_trend_in_r(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let rows: Vec<Vec<f64>> = file["input"]["X"].as_array().unwrap().iter().map(floats).collect();
    let offset = file["input"].get("offset").map_or_else(|| vec![0.0; y.len()], floats);
    let expected = &file["expected"];
    let ours = poisson(&y, &rows, &offset).ours();
    // A step moves the deviance by the square of its length in standard errors: so far may the weights of R's last step be from ours.
    let widest = ours.standard_errors.iter().copied().fold(0.0, f64::max);
    let stopped = ((1e-8 * (ours.deviance + 0.1)).sqrt() * widest).max(1e-5);
    found.part("poisson", |found| {
        let theirs = &expected["poisson"];
        errors(found, "coefficients", &ours.coefficients, &ours.standard_errors, &theirs["coef"], 1e-6);
        all(found, "errors", &ours.standard_errors, &theirs["se"], stopped);
        one(found, "deviance", ours.deviance, &theirs["deviance"], 1e-8);
        one(found, "likelihood", ours.log_likelihood, &theirs["loglik"], 1e-9);
    });
    found.part("quasi", |found| {
        one(found, "dispersion", ours.dispersion, &expected["quasi"]["dispersion"], stopped);
        all(found, "quasi errors", &ours.quasi_standard_errors(), &expected["quasi"]["se"], stopped);
    });
    found.part("negbin", |found| {
        let theirs = &expected["negbin"];
        let (plain, ours) = (ours.log_likelihood, negative_binomial(&y, &rows, &offset).ours());
        let alpha = number(&theirs["alpha"]);
        // Near the edge the likelihood is flat: there ours must be as likely as theirs, and its coefficients theirs within a part of their error.
        let flat = ours.log_likelihood - plain < FLAT || alpha < NO_MORE_THAN_POISSON;
        if flat {
            let likely = number(&theirs["loglik"]);
            found.record(ours.log_likelihood >= likely - 1e-6 * likely.abs(), || format!("likelihood {} {likely}", ours.log_likelihood));
            found
                .record(alpha < NO_MORE_THAN_POISSON || (ours.alpha - alpha).abs() <= 1e-2 * alpha, || format!("α {} {alpha}", ours.alpha));
            for ((ours, se), theirs) in ours.coefficients.iter().zip(&ours.standard_errors_given_alpha).zip(floats(&theirs["coef"])) {
                found.close(|| "negative binomial near the edge".into(), *ours, theirs, 0.0, 1e-3 * se);
            }
            return;
        }
        errors(found, "negative binomial", &ours.coefficients, &ours.standard_errors_given_alpha, &theirs["coef"], 1e-5);
        all(found, "errors given the shape", &ours.standard_errors_given_alpha, &theirs["se"], 1e-5);
        one(found, "α", ours.alpha, &theirs["alpha"], 1e-5);
        one(found, "likelihood", ours.log_likelihood, &theirs["loglik"], 1e-9);
    });
}

/// Twice this is the likelihood ratio against Poisson below which α is not told from 0.
const FLAT: f64 = 0.1;

/// Coefficients to 10⁻⁶, or within such a part of their standard error: one that is near 0 has no digits of its own.
fn errors(found: &mut Cases, name: &str, ours: &[f64], se: &[f64], theirs: &Value, of_an_error: f64) {
    let theirs = floats(theirs);
    found.same(|| format!("{name}: how many"), ours.len(), theirs.len());
    for (i, ((ours, se), theirs)) in ours.iter().zip(se).zip(theirs).enumerate() {
        found.close(|| format!("{name} {i}"), *ours, theirs, 1e-6, of_an_error * se);
    }
}

/// Peers: ruptures, and an optimum found independently, which must be met.
pub fn changes(file: &Value, found: &mut Cases) {
    let least = number_or(&file["parameters"]["min_size"], 2.0) as usize;
    found.each(&file["expected"], |found, series, expected| {
        let y = floats(&file["input"][series]);
        let (n, ones) = (y.len(), vec![1.0; y.len()]);
        // The peer ends each segment before a position, and names the end of the series too.
        let positions = |v: &Value| -> Vec<usize> { floats(v).into_iter().map(|x| x as usize).filter(|x| *x < n).collect() };
        let best = |found: &mut Cases, name: &str, penalty: f64, at: &Value, cost: &Value| {
            let ours = change_points(&y, &ones, Cost::Squares, penalty, least);
            let reached = objective(&y, &ones, Cost::Squares, penalty, &ours);
            let theirs = number(cost);
            // Two optima may cost the same: then either is right.
            let tied = (reached - theirs).abs() <= 1e-12 * theirs.abs();
            found.record(ours == positions(at) || tied, || format!("{series} {name}: {ours:?} instead of {at}"));
            found.close(|| format!("{series} {name}: cost"), reached, theirs, 1e-10, 1e-12);
        };
        found.each(expected, |found, name, theirs| match name.split_once('=') {
            Some(("pen", penalty)) => {
                best(found, name, penalty.parse().unwrap(), &theirs["exact_bkps"], &theirs["exact_objective_pen_per_change"]);
            }
            _ if name == "dynp" => found.each(theirs, |found, changes, theirs| {
                let ours = best_with(&y, &ones, Cost::Squares, changes.parse().unwrap(), least);
                found.same(|| format!("{series}, {changes} changes"), ours, positions(theirs));
            }),
            // The series on which pruning too early goes wrong, at the penalty of its report.
            _ if name == "exact" => best(found, name, number_or(&file["parameters"]["penalty"], 0.1), &theirs[0], &theirs[1]),
            _ if ["pelt_peer_buggy", "binseg"].contains(&name) => {} // the peer's approximations
            _ => found.lacking.push(format!("{series} {name}: a search that is not known")),
        });
    });
}

/// Peer: statsmodels. Given rates relative 1e-9; fitted ones by squared error and likelihood, at least as good to one part in a thousand, and forecasts within 2 %.
pub fn forecasts(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let (expected, period) = (&file["expected"], number_or(&file["parameters"]["period"], 12.0) as usize);
    let values = |f: Vec<gapmap::units::Estimate>| f.iter().map(|e| e.value).collect::<Vec<f64>>();
    found.part("given rates", |found| {
        let theirs = &expected["fixed_params"];
        // `alpha=.3 beta=.05 gamma=.2; …`. The peer's β follows the level's own changes: α β of an error.
        let written = file["parameters"]["fixed"].as_str().unwrap();
        let rate = |name: &str| -> f64 {
            let from = written.find(name).unwrap() + name.len();
            written[from..].split([' ', ';']).next().unwrap().parse().unwrap()
        };
        let (alpha, beta, gamma) = (rate("alpha="), rate("beta="), rate("gamma="));
        let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
        let (first, second) = (mean(&y[..period]), mean(&y[period..2 * period]));
        let seasons = y[..period].iter().map(|v| v - first).collect();
        let start = Start { level: first, slope: (second - first) / period as f64, seasons };
        let given = Smoothing { level: alpha, slope: Some(alpha * beta), season: Some(gamma), damping: 1.0, period };
        let ours = given.run(&y, &start);
        one(found, "squared error", ours.squared_error, &theirs["sse"], 1e-9);
        all(found, "fitted", &ours.fitted, &theirs["fitted"], 1e-9);
        // The last step of the peer's year uses a season that has not been brought up to date (DEVIATIONS): it is not compared.
        let ahead = floats(&theirs["forecast"]);
        let steps = ahead.len().min(period - 1);
        all(found, "forecast", &values(ours.forecast(steps, 0.95)), &Value::from(ahead[..steps].to_vec()), 1e-9);
    });
    let mut estimated = |name: &str, ours: &gapmap::stats::forecast::Smoothed| {
        found.part(name, |found| {
            let theirs = &expected[name];
            let (sse, ahead) = (number(&theirs["sse"]), floats(&theirs["forecast"]).len());
            found.record(ours.squared_error <= sse * 1.001, || format!("{name}: squared error {} {sse}", ours.squared_error));
            // Where ours fits better its forecasts are its own.
            if ours.squared_error >= sse * 0.999 {
                all(found, name, &values(ours.forecast(ahead, 0.95)), &theirs["forecast"], 0.02);
            }
        });
    };
    estimated("holt_winters_add_estimated", &fit(&y, period, false).ours());
    estimated("ses", &fit_level(&y).ours());
    found.part("damped", |found| damped(&y, period, &expected["ets_AAdA"], found));
    found.part("last year again", |found| {
        let ahead = floats(&expected["seasonal_naive"]).len();
        all(found, "last year again", &seasonal_naive(&y, period, ahead), &expected["seasonal_naive"], 0.0);
    });
}

/// A damped slope with a season: as likely as the peer's, and the same with the peer's own rates and start.
fn damped(y: &[f64], period: usize, theirs: &Value, found: &mut Cases) {
    let (ours, likelihood) = (fit(y, period, true).ours(), number(&theirs["llf"]));
    found.record(ours.log_likelihood() >= likelihood - 1e-3 * likelihood.abs(), || {
        format!("likelihood {} {likelihood}", ours.log_likelihood())
    });
    println!("forecast_ets: log likelihood of the damped fit {:.3}, the peer's {likelihood:.3}", ours.log_likelihood());
    // The peer's first season is the last named.
    let at = |name: &str| number(&theirs["params"][name]);
    let seasons = (0..period).rev().map(|k| at(&format!("initial_seasonal.{k}"))).collect();
    let start = Start { level: at("initial_level"), slope: at("initial_trend"), seasons };
    let (level, slope, season) = (at("smoothing_level"), Some(at("smoothing_trend")), Some(at("smoothing_seasonal")));
    let given = Smoothing { level, slope, season, damping: at("damping_trend"), period }.run(y, &start);
    one(found, "likelihood of theirs", given.log_likelihood(), &theirs["llf"], 1e-9);
    let next = given.forecast(floats(&theirs["mean"]).len(), 0.95);
    all(found, "damped", &next.iter().map(|e| e.value).collect::<Vec<f64>>(), &theirs["mean"], 1e-9);
    all(found, "damped, lower", &next.iter().map(|e| e.lower).collect::<Vec<f64>>(), &theirs["pi_lower"], 1e-9);
    all(found, "damped, upper", &next.iter().map(|e| e.upper).collect::<Vec<f64>>(), &theirs["pi_upper"], 1e-9);
}

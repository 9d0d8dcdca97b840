//! Regressions of counts, change points and forecasts against the packages that the field trusts.

use gapmap::stats::change_points::{Cost, best_with, change_points, objective};
use gapmap::stats::count_regression::{negative_binomial, poisson};
use gapmap::stats::forecast::{Smoothing, Start, fit, fit_level, seasonal_naive};
use serde_json::Value;

use crate::reference::Cases;
use crate::reference_need::floats;

fn all(found: &mut Cases, name: &str, ours: &[f64], theirs: &Value, relative: f64) {
    let theirs = floats(theirs);
    found.same(|| format!("{name}: how many"), ours.len(), theirs.len());
    for (i, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        found.close(|| format!("{name} {i}"), *ours, theirs, relative, 1e-12);
    }
}

fn one(found: &mut Cases, name: &str, ours: f64, theirs: &Value, relative: f64) {
    found.close(|| name.to_owned(), ours, theirs.as_f64().unwrap(), relative, 0.0);
}

/// Peer: statsmodels. Coefficients relative 1e-7, standard errors 1e-6, likelihood 1e-9, α 1e-5.
pub fn count_trend(file: &Value, found: &mut Cases) {
    for name in ["air", "nb60"] {
        let y = floats(&file["input"][name]["y"]);
        let year = |t: usize| t as f64 / 12.0;
        let rows: Vec<Vec<f64>> = (0..y.len())
            .map(|t| match name {
                "air" => [1.0, year(t)].into_iter().chain((1..12).map(|m| f64::from(u8::from(t % 12 == m)))).collect(),
                _ => vec![1.0, year(t), (std::f64::consts::TAU * year(t)).sin(), (std::f64::consts::TAU * year(t)).cos()],
            })
            .collect();
        let offset = vec![0.0; y.len()];
        let expected = &file["expected"][name];
        let (ours, theirs) = (poisson(&y, &rows, &offset).unwrap(), &expected["poisson"]);
        all(found, &format!("{name} coefficients"), &ours.coefficients, &theirs["params"], 1e-7);
        all(found, &format!("{name} errors"), &ours.standard_errors, &theirs["bse"], 1e-6);
        one(found, &format!("{name} likelihood"), ours.log_likelihood, &theirs["llf"], 1e-9);
        one(found, &format!("{name} deviance"), ours.deviance, &theirs["deviance"], 1e-9);
        one(found, &format!("{name} Pearson"), ours.pearson, &theirs["pearson_chi2"], 1e-9);
        found.same(|| format!("{name} degrees"), ours.degrees_of_freedom as u64, theirs["df_resid"].as_u64().unwrap());
        one(found, &format!("{name} dispersion"), ours.dispersion, &expected["quasipoisson"]["scale"], 1e-8);
        all(found, &format!("{name} quasi errors"), &ours.quasi_standard_errors(), &expected["quasipoisson"]["bse"], 1e-6);
        all(found, &format!("{name} HAC"), &ours.robust_standard_errors(&y, &rows, 3), &expected["poisson_hac3"]["bse"], 1e-6);
        all(found, &format!("{name} HC0"), &ours.robust_standard_errors(&y, &rows, 0), &expected["poisson_hc0"]["bse"], 1e-6);
        let (ours, theirs) = (negative_binomial(&y, &rows, &offset).unwrap(), &expected["negbin2_ml"]);
        if theirs["alpha"].is_null() {
            // Counts that waver less than Poisson counts: the peer prints NaN and calls it converged, ours is the Poisson fit.
            found.same(|| format!("{name} α"), ours.alpha, 0.0);
            all(found, &format!("{name} at the edge"), &ours.coefficients, &expected["poisson"]["params"], 1e-7);
        } else {
            all(found, &format!("{name} negative binomial"), &ours.coefficients, &theirs["params"], 1e-7);
            one(found, &format!("{name} α"), ours.alpha, &theirs["alpha"], 1e-5);
            one(found, &format!("{name} likelihood"), ours.log_likelihood, &theirs["llf"], 1e-9);
            all(found, &format!("{name} errors of both"), &ours.standard_errors, &theirs["bse"], 1e-5);
        }
    }
}

/// Peers: R glm and MASS::glm.nb, whose errors of β hold the shape fixed.
pub fn count_trend_in_r(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let rows: Vec<Vec<f64>> = file["input"]["X"].as_array().unwrap().iter().map(floats).collect();
    let offset = vec![0.0; y.len()];
    let expected = &file["expected"];
    let ours = poisson(&y, &rows, &offset).unwrap();
    all(found, "coefficients", &ours.coefficients, &expected["poisson"]["coef"], 1e-6);
    all(found, "errors", &ours.standard_errors, &expected["poisson"]["se"], 1e-5);
    one(found, "deviance", ours.deviance, &expected["poisson"]["deviance"], 1e-9);
    one(found, "likelihood", ours.log_likelihood, &expected["poisson"]["loglik"], 1e-9);
    one(found, "dispersion", ours.dispersion, &expected["quasi"]["dispersion"], 1e-6);
    all(found, "quasi errors", &ours.quasi_standard_errors(), &expected["quasi"]["se"], 1e-5);
    let ours = negative_binomial(&y, &rows, &offset).unwrap();
    all(found, "negative binomial", &ours.coefficients, &expected["negbin"]["coef"], 1e-6);
    all(found, "errors given the shape", &ours.standard_errors_given_alpha, &expected["negbin"]["se"], 1e-5);
    one(found, "α", ours.alpha, &expected["negbin"]["alpha"], 1e-5);
    one(found, "likelihood", ours.log_likelihood, &expected["negbin"]["loglik"], 1e-9);
}

/// Peers: ruptures, and an optimum found independently, which must be met.
pub fn changes(file: &Value, found: &mut Cases) {
    let positions = |v: &Value, n: usize| -> Vec<usize> { floats(v).into_iter().map(|x| x as usize).filter(|x| *x < n).collect() };
    let nile = floats(&file["input"]["nile"]);
    let (n, ones) = (nile.len(), vec![1.0; nile.len()]);
    for (name, expected) in file["expected"]["nile"].as_object().unwrap() {
        if let Some(penalty) = name.strip_prefix("pen=") {
            let penalty: f64 = penalty.parse().unwrap();
            let ours = change_points(&nile, &ones, Cost::Squares, penalty, 2);
            found.same(|| name.clone(), ours.clone(), positions(&expected["exact_bkps"], n));
            let reached = objective(&nile, &ones, Cost::Squares, penalty, &ours);
            one(found, name, reached, &expected["exact_objective_pen_per_change"], 1e-10);
        } else if name == "dynp" {
            for (changes, expected) in expected.as_object().unwrap() {
                let ours = best_with(&nile, &ones, Cost::Squares, changes.parse().unwrap(), 2);
                found.same(|| format!("{changes} changes"), ours, positions(expected, n));
            }
        }
    }
    let short = floats(&file["input"]["pr383"]);
    let exact = &file["expected"]["pr383"]["exact"];
    let ours = change_points(&short, &vec![1.0; short.len()], Cost::Squares, 0.1, 2);
    found.same(|| "where PELT prunes too early".into(), ours.clone(), positions(&exact[0], short.len()));
    one(found, "its cost", objective(&short, &vec![1.0; short.len()], Cost::Squares, 0.1, &ours), &exact[1], 1e-10);
}

/// Peer: statsmodels. Given rates relative 1e-9; fitted ones by squared error and likelihood, at least as good to one part in a thousand, and forecasts within 2 %.
pub fn forecasts(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let expected = &file["expected"];
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (first, second) = (mean(&y[..12]), mean(&y[12..24]));
    let start = Start { level: first, slope: (second - first) / 12.0, seasons: y[..12].iter().map(|v| v - first).collect() };
    // The peer's β of 0.05 follows the level's own changes: 0.3 × 0.05 of an error.
    let given = Smoothing { level: 0.3, slope: Some(0.3 * 0.05), season: Some(0.2), damping: 1.0, period: 12 };
    let ours = given.run(&y, &start);
    one(found, "squared error", ours.squared_error, &expected["fixed_params"]["sse"], 1e-9);
    all(found, "fitted", &ours.fitted, &expected["fixed_params"]["fitted"], 1e-9);
    let values = |f: Vec<gapmap::units::Estimate>| f.iter().map(|e| e.value).collect::<Vec<f64>>();
    // The twelfth step of the peer uses a season that has not been brought up to date (DEVIATIONS): eleven are compared.
    let theirs = Value::from(floats(&expected["fixed_params"]["forecast"])[..11].to_vec());
    all(found, "forecast", &values(ours.forecast(11, 0.95)), &theirs, 1e-9);
    let ours = fit(&y, 12, false).unwrap();
    let theirs = expected["holt_winters_add_estimated"]["sse"].as_f64().unwrap();
    found.record(ours.squared_error <= theirs * 1.001, || format!("squared error {} {theirs}", ours.squared_error));
    all(found, "estimated", &values(ours.forecast(12, 0.95)), &expected["holt_winters_add_estimated"]["forecast"], 0.02);
    let ours = fit_level(&y).unwrap();
    let theirs = expected["ses"]["sse"].as_f64().unwrap();
    found.record(ours.squared_error <= theirs * 1.001, || format!("level alone {} {theirs}", ours.squared_error));
    all(found, "level alone", &values(ours.forecast(12, 0.95)), &expected["ses"]["forecast"], 0.02);
    let (ours, theirs) = (fit(&y, 12, true).unwrap(), &expected["ets_AAdA"]);
    let likelihood = theirs["llf"].as_f64().unwrap();
    found.record(ours.log_likelihood() >= likelihood - 1e-3 * likelihood.abs(), || {
        format!("likelihood {} {likelihood}", ours.log_likelihood())
    });
    println!("forecast_ets: log likelihood of the damped fit {:.3}, the peer's {likelihood:.3}", ours.log_likelihood());
    // With the peer's own rates and start, likelihood, forecasts and intervals are the same; its first season is the last named.
    let at = |name: &str| theirs["params"][name].as_f64().unwrap();
    let start = Start {
        level: at("initial_level"),
        slope: at("initial_trend"),
        seasons: (0..12).rev().map(|k| at(&format!("initial_seasonal.{k}"))).collect(),
    };
    let rates = Smoothing {
        level: at("smoothing_level"),
        slope: Some(at("smoothing_trend")),
        season: Some(at("smoothing_seasonal")),
        damping: at("damping_trend"),
        period: 12,
    };
    let given = rates.run(&y, &start);
    one(found, "likelihood of theirs", given.log_likelihood(), &theirs["llf"], 1e-9);
    let next = given.forecast(12, 0.95);
    all(found, "damped", &next.iter().map(|e| e.value).collect::<Vec<f64>>(), &theirs["mean"], 1e-9);
    all(found, "damped, lower", &next.iter().map(|e| e.lower).collect::<Vec<f64>>(), &theirs["pi_lower"], 1e-9);
    all(found, "damped, upper", &next.iter().map(|e| e.upper).collect::<Vec<f64>>(), &theirs["pi_upper"], 1e-9);
    all(found, "last year again", &seasonal_naive(&y, 12, 12), &expected["seasonal_naive"], 0.0);
}

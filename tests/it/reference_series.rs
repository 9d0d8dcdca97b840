//! The shape of a series, what an event did, and what would have been without it, against published ways.
//!
//! Every parameter comes from the file: families, shapes, levels, conventions, sizes.

use gapmap::stats::interrupted_ar1::{self, Effect, Fit, Interrupted, Model, RhoFrom};
use gapmap::stats::segmented::{Choice, Convention, CountSeries, Family, Fitted, Shape, choose, season};
use gapmap::stats::synthetic_control::{Mix, Scale, Setting, compare};
use gapmap::units::Estimate;
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number, number_or};

#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().expect("a word is missing")
}

#[track_caller]
pub fn flag(value: &Value) -> bool {
    value.as_bool().expect("yes or no is missing")
}

#[track_caller]
fn whole(value: &Value) -> usize {
    number(value) as usize
}

#[track_caller]
pub fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list is missing")
}

fn all(found: &mut Cases, name: &str, ours: &[f64], theirs: &Value, relative: f64, absolute: f64) {
    let theirs = floats(theirs);
    found.same(|| format!("{name}: how many"), ours.len(), theirs.len());
    for (i, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        found.close(|| format!("{name} {i}"), *ours, theirs, relative, absolute);
    }
}

/// `None` of ours stands where the file has no number.
pub fn perhaps(found: &mut Cases, name: &str, ours: Option<f64>, theirs: &Value, relative: f64, absolute: f64) {
    match (ours, theirs.as_f64()) {
        (Some(ours), Some(theirs)) => found.close(|| name.to_owned(), ours, theirs, relative, absolute),
        (ours, theirs) => found.same(|| name.to_owned(), ours.is_some(), theirs.is_some()),
    }
}

fn shape_of(name: &str) -> Shape {
    match name {
        "flat" => Shape::Flat,
        "line" => Shape::Line,
        "bend" => Shape::Bend,
        "step" => Shape::Step,
        "line_step" => Shape::LineStep,
        other => panic!("a shape that is not known: {other}"),
    }
}

/// Peer: statsmodels. Tolerances as the file states them.
pub fn segmented(file: &Value, found: &mut Cases) {
    let parameters = &file["parameters"];
    let how = Convention {
        shapes: list(&parameters["shapes"]).iter().map(|s| shape_of(text(s))).collect(),
        min_segment: whole(&parameters["min_segment"]),
        onset_parameters: whole(&parameters["onset_parameters"]),
        phi_from: parameters["phi_from"].as_str().map_or(Shape::Bend, shape_of),
        level: number(&parameters["level"]),
    };
    let (harmonics, start) = (whole(&parameters["harmonics"]), whole(&parameters["start_month"]));
    let days = floats(&file["input"]["days"]);
    found.each(&file["expected"], |found, name, series| {
        let family = match name {
            "poisson" => Family::Poisson,
            "negative_binomial" => Family::NegativeBinomial,
            "quasi_poisson" => Family::QuasiPoisson,
            "quasi_poisson_ar1" => Family::QuasiPoissonAr1,
            other => panic!("a family that is not known: {other}"),
        };
        found.each(series, |found, series, expected| {
            let counts = floats(&file["input"]["series"][series]);
            let offset: Vec<f64> = days[..counts.len()].iter().map(|d| d.ln()).collect();
            let month = |t: usize| ((t + start - 1) % 12 + 1) as u32;
            let base: Vec<Vec<f64>> = (0..counts.len()).map(|t| [vec![1.0], season(month(t), harmonics)].concat()).collect();
            let at: Vec<usize> = (0..counts.len()).collect();
            let ours = choose(&CountSeries { counts: &counts, offset: &offset, at: &at, base: &base, from: 0 }, &how, family).ours();
            shapes(found, &format!("{name} {series}"), &ours, expected);
        });
    });
}

/// A lead smaller than this is a draw.
const DRAW: f64 = 1e-4;

fn shapes(found: &mut Cases, name: &str, ours: &Choice, expected: &Value) {
    found.each(&expected["fits"], |found, shape, theirs| {
        let fit = ours.fits.iter().find(|f| f.shape == shape_of(shape)).ours();
        one_shape(found, &format!("{name} {shape}"), fit, theirs);
    });
    found.part(format!("{name} chosen"), |found| {
        let lead = number(&expected["bic_lead"]);
        found.close(|| format!("{name} lead"), ours.lead, lead, 0.0, 1e-4);
        let best = ours.fits[ours.chosen].shape;
        let named = shape_of(text(&expected["chosen"]));
        let second = shape_of(text(&expected["second"]));
        found.record(best == named || (lead < DRAW && best == second), || format!("{name}: {best:?} and not {named:?}"));
        if best == named {
            found.same(|| format!("{name} onset"), ours.fits[ours.chosen].onset.map(|t| t as u64), expected["onset"].as_u64());
            let behind = ours.second.map(|s| ours.fits[s].shape).ours();
            // Which of two is second is a draw, too, where they are as good.
            let gap = |s: Shape| ours.fits.iter().find(|f| f.shape == s).map_or(f64::INFINITY, |f| f.criterion);
            found.record((gap(behind) - gap(second)).abs() < DRAW, || format!("{name} second: {behind:?} and not {second:?}"));
        }
    });
    for (field, value) in [("phi", ours.phi), ("rho", ours.rho), ("inflation", ours.inflation)] {
        if let Some(theirs) = expected.get(field) {
            found.part(format!("{name} {field}"), |found| found.close(|| format!("{name} {field}"), value, number(theirs), 1e-4, 1e-4));
        }
    }
}

fn one_shape(found: &mut Cases, name: &str, ours: &Fitted, theirs: &Value) {
    let size = |ours: Option<Estimate>| {
        move |found: &mut Cases, what: &str, theirs: &Value| {
            let ours = ours.ours();
            found.close(|| what.to_owned(), ours.value, number(&theirs["pct"]), 1e-3, 1e-3);
            all(found, &format!("{what} limits"), &[ours.lower, ours.upper], &theirs["ci"], 1e-3, 1e-3);
        }
    };
    found.each(theirs, |found, field, theirs| {
        let what = format!("{name} {field}");
        let one = |found: &mut Cases, ours: f64, relative: f64, absolute: f64| {
            found.close(|| what.clone(), ours, number(theirs), relative, absolute);
        };
        match field {
            "onset" => found.same(|| what.clone(), ours.onset.map(|t| t as u64), theirs.as_u64()),
            "parameters_counted" => found.same(|| what.clone(), ours.parameters_counted as u64, theirs.as_u64().unwrap()),
            "bic" => one(found, ours.criterion, 0.0, 1e-5),
            "loglik" => one(found, ours.log_likelihood, 0.0, 1e-5),
            "deviance" => one(found, ours.deviance, 0.0, 1e-5),
            "pearson_chi2" => one(found, ours.pearson, 1e-6, 1e-5),
            "alpha" => one(found, ours.alpha, 1e-4, 1e-9),
            "pearson_residual_lag1" => one(found, ours.lag_one, 0.0, 1e-4),
            "coef" => all(found, &what, &ours.coefficients, theirs, 0.0, 1e-5),
            "se" => all(found, &what, &ours.standard_errors, theirs, 5e-4, 0.0),
            "se_alpha_fixed_expected" => all(found, &what, &ours.standard_errors_given_alpha, theirs, 5e-4, 0.0),
            "profile_loglik" | "profile_deviance" => all(found, &what, &ours.profile, theirs, 0.0, 1e-4),
            "monthly_change" | "monthly_change_before" => size(ours.change.monthly)(found, &what, theirs),
            "monthly_change_after" => size(ours.change.monthly_after)(found, &what, theirs),
            "step_change" => size(ours.change.step)(found, &what, theirs),
            other => found.lacking.push(format!("{name} {other}: a field that is not known")),
        }
    });
}

/// Peer: dense matrices. Prais and Winsten relative 1e-7, least squares 1e-9, REML 1e-4 and ρ absolute 1e-5.
pub fn interrupted_by_ar1(file: &Value, found: &mut Cases) {
    let p = &file["parameters"];
    let model = Model {
        log: flag(&p["log"]),
        trend: flag(&p["trend"]),
        slope_change: flag(&p["slope_change"]),
        harmonics: whole(&p["harmonics"]),
        rho_from: match text(&p["rho"]) {
            "regress" => RhoFrom::Regression,
            "tscorr" => RhoFrom::Autocorrelation,
            other => panic!("a way to ρ that is not known: {other}"),
        },
        level: number(&p["level"]),
        power: number(&p["power"]),
        normal_detectable: match text(&p["quantile"]) {
            "t" => false,
            "normal" => true,
            other => panic!("a quantile that is not known: {other}"),
        },
    };
    found.each(&file["expected"], |found, name, expected| {
        let input = &file["input"][name];
        let y = floats(&input["y"]);
        let (change_at, start_month) = (whole(&input["change_at"]), number_or(&input["start_month"], 1.0) as u32);
        let ours = interrupted_ar1::fit(&Interrupted { y: &y, change_at, start_month }, &model).ours();
        found.each(expected, |found, method, theirs| match method {
            "prais_winsten" => by_method(found, name, &ours.prais_winsten, theirs, 1e-7, 1e-9),
            "reml" => by_method(found, name, &ours.reml, theirs, 1e-4, 1e-5),
            "ols" => {
                all(found, &format!("{name} ols"), &ours.ols.coefficients, &theirs["coef"], 1e-9, 1e-12);
                all(found, &format!("{name} ols errors"), &ours.ols.standard_errors, &theirs["se"], 1e-9, 0.0);
                found.close(|| format!("{name} Durbin Watson"), ours.durbin_watson, number(&theirs["durbin_watson"]), 1e-9, 0.0);
            }
            "df" => found.same(|| format!("{name} degrees"), ours.degrees_of_freedom as u64, theirs.as_u64().unwrap()),
            other => found.lacking.push(format!("{name} {other}: a method that is not known")),
        });
    });
}

fn by_method(found: &mut Cases, name: &str, ours: &Fit, theirs: &Value, relative: f64, rho: f64) {
    found.each(theirs, |found, field, theirs| {
        let what = format!("{name} {field}");
        match field {
            "rho" => found.close(|| what.clone(), ours.rho, number(theirs), 0.0, rho),
            "coef" => {
                // A coefficient near 0 has the digits of its error, not its own.
                let widest = ours.standard_errors.iter().copied().fold(0.0, f64::max);
                all(found, &what, &ours.coefficients, theirs, relative, relative * widest);
            }
            "se" => all(found, &what, &ours.standard_errors, theirs, relative, 0.0),
            "sigma2" => found.close(|| what.clone(), ours.sigma2, number(theirs), relative, 0.0),
            "restricted_loglik" => {
                found.close(|| what.clone(), ours.restricted_log_likelihood.ours(), number(theirs), relative, 1e-6);
            }
            "level_change" => one_effect(found, &what, &ours.level_change, theirs, relative),
            "slope_change" => one_effect(found, &what, &ours.slope_change.ours(), theirs, relative),
            other => found.lacking.push(format!("{name} {other}: a field that is not known")),
        }
    });
}

fn one_effect(found: &mut Cases, name: &str, ours: &Effect, theirs: &Value, relative: f64) {
    // Numbers near 0 are as good as their standard error is.
    let error = ours.standard_error;
    found.each(theirs, |found, field, theirs| {
        let what = format!("{name} {field}");
        let one = |found: &mut Cases, ours: f64, absolute: f64| found.close(|| what.clone(), ours, number(theirs), relative, absolute);
        match field {
            "estimate" => one(found, ours.estimate.value, relative * error),
            "se" => one(found, error, 0.0),
            "ci" => all(found, &what, &[ours.estimate.lower, ours.estimate.upper], theirs, relative, relative * error),
            "t" => one(found, ours.t, relative),
            // Small ones follow t by some powers.
            "p" => found.close(|| what.clone(), ours.p, number(theirs), relative * (1.0 + 10.0 * ours.t.abs()), 1e-14),
            "detectable" => one(found, ours.detectable, 0.0),
            "pct" => one(found, ours.percent.ours().value, 100.0 * relative * error),
            "pct_ci" => {
                let percent = ours.percent.ours();
                all(found, &what, &[percent.lower, percent.upper], theirs, relative, 100.0 * relative * error);
            }
            "detectable_rise_pct" => one(found, ours.detectable_percent.ours().0, 0.0),
            "detectable_fall_pct" => one(found, ours.detectable_percent.ours().1, 0.0),
            other => found.lacking.push(format!("{name} {other}: a field that is not known")),
        }
    });
}

/// Peer: all supports of the simplex. Weights absolute 1e-6, other numbers relative 1e-6, p exact.
pub fn synthetic(file: &Value, found: &mut Cases) {
    let p = &file["parameters"];
    let setting = Setting {
        scale: match text(&p["scale"]) {
            "rate" => Scale::Rate,
            "log" => Scale::Log,
            other => panic!("a scale that is not known: {other}"),
        },
        demean: flag(&p["demean"]),
        ridge: number(&p["ridge"]),
        exclude: floats(&p["exclude"]).into_iter().map(|i| i as usize).collect(),
        treated: whole(&p["treated"]),
        change_at: whole(&p["change_at"]),
    };
    let y: Vec<Vec<f64>> = list(&file["input"]["y"]).iter().map(floats).collect();
    let ours = compare(&y, &setting).ours();
    found.each(&file["expected"], |found, field, theirs| match field {
        "pool" => found.same(|| "pool".into(), ours.treated.pool.iter().map(|i| *i as f64).collect::<Vec<f64>>(), floats(theirs)),
        "weights" => all(found, "weights", &ours.treated.weights, theirs, 0.0, 1e-6),
        "synthetic" => all(found, "synthetic", &ours.treated.synthetic, theirs, 1e-6, 1e-6),
        "gap" => all(found, "gap", &ours.treated.gap, theirs, 1e-6, 1e-6),
        "pre_rmspe" | "post_rmspe" | "ratio" => one_mix(found, "treated", &ours.treated, field, theirs),
        "mean_effect" => found.close(|| "mean effect".into(), ours.mean_effect, number(theirs), 1e-6, 1e-8),
        "mean_effect_pct" => perhaps(found, "mean effect in per cent", ours.mean_effect_percent, theirs, 1e-6, 1e-8),
        "p" => found.close(|| "p".into(), ours.p, number(theirs), 1e-12, 0.0),
        "placebos" => found.each(theirs, |found, place, theirs| {
            let mix = ours.placebos.iter().find(|(i, _)| i.to_string() == place).map(|(_, m)| m).ours();
            found.each(theirs, |found, field, theirs| one_mix(found, &format!("placebo {place}"), mix, field, theirs));
        }),
        other => found.lacking.push(format!("{other}: a field that is not known")),
    });
}

fn one_mix(found: &mut Cases, name: &str, mix: &Mix, field: &str, theirs: &Value) {
    let ours = match field {
        "pre_rmspe" => mix.before,
        "post_rmspe" => mix.since,
        "ratio" => mix.ratio(),
        "weights" => return all(found, name, &mix.weights, theirs, 0.0, 1e-6),
        other => return found.lacking.push(format!("{name} {other}: a field that is not known")),
    };
    found.close(|| format!("{name} {field}"), ours, number(theirs), 1e-6, 1e-8);
}

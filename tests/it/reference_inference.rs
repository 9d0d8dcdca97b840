//! Inference from areas: gradients, funnels, groups, ranks, scans and histories of hot spots, against the files made for them.
//! Every parameter comes from the file.

mod ranks;

use gapmap::stats::area_gradient::{self as gradient, Gradient, MostDeprived, Quantile, Variation};
use gapmap::stats::funnel_overdispersed::{self as funnel, Transform, Widened, Winsorise};
use gapmap::stats::group_and_rest::{self as groups, Way};
use gapmap::stats::multiple::benjamini_hochberg;
use gapmap::units::Estimate;
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number, number_or};
use ranks::{histories, rank_sets};

/// What is done with a file of results.
type Look = fn(&Value, &mut Cases);

/// The methods of this file.
pub const METHODS: &[(&str, Look)] = &[
    ("inequality_count_regression", gradients),
    ("funnel_overdispersed", funnels),
    ("rate_ratio_group_vs_rest", group_ratios),
    ("rank_confidence_sets", rank_sets),
    ("emerging_hot_spots", histories),
];

/// A setting that must be one of those known.
#[track_caller]
fn one_of<T: Copy>(value: &Value, known: &[(&str, T)]) -> T {
    let name = value.as_str().expect("a setting is missing");
    known.iter().find(|k| k.0 == name).unwrap_or_else(|| panic!("a setting that is not known: {name}")).1
}

#[track_caller]
fn indices(value: &Value) -> Vec<usize> {
    value.as_array().expect("a list is missing").iter().map(|v| v.as_u64().expect("a place is missing") as usize).collect()
}

/// Infinity is written as a word; a number that is not defined is null.
fn number_at(value: &Value) -> f64 {
    match value.as_str() {
        Some("Infinity") => f64::INFINITY,
        Some("-Infinity") => f64::NEG_INFINITY,
        _ => value.as_f64().unwrap_or(f64::NAN),
    }
}

/// Close, or both infinite or undefined.
fn alike(found: &mut Cases, what: impl Fn() -> String, ours: f64, theirs: &Value, relative: f64, absolute: f64) {
    let theirs = number_at(theirs);
    if theirs.is_finite() {
        found.close(what, ours, theirs, relative, absolute);
    } else {
        found.record(ours == theirs || (ours.is_nan() && theirs.is_nan()), || format!("{}: ours {ours}, theirs {theirs}", what()));
    }
}

/// Peer: statsmodels.
fn gradients(file: &Value, found: &mut Cases) {
    let given = &file["parameters"];
    let settings = gradient::Settings {
        level: number_or(&given["level"], 0.95),
        quantile: one_of(&given["quantile"], &[("normal", Quantile::Normal), ("t", Quantile::StudentT)]),
        clamp: given["clamp_phi"].as_bool().expect("whether phi is clamped"),
        per: number(&given["multiplier"]),
    };
    let most = one_of(&given["most_deprived"], &[("low", MostDeprived::Low), ("high", MostDeprived::High)]);
    found.each(&file["expected"], |found, name, expected| {
        let column = |field: &str| floats(&file["input"][name][field]);
        let (events, people) = (column("events"), column("population"));
        let ridit = gradient::ridits(&column("deprivation"), &people, most).ours();
        found.part("ridit", |found| {
            for (i, (ours, theirs)) in ridit.iter().zip(floats(&expected["ridit"])).enumerate() {
                found.close(|| format!("{name} ridit {i}"), *ours, theirs, 0.0, 1e-12);
            }
        });
        type Fit = fn(&[f64], &[f64], &[f64], gradient::Settings) -> Option<Gradient>;
        let families: [(&str, Fit); 2] =
            [("quasi_poisson", gradient::quasi_poisson), ("negative_binomial", gradient::negative_binomial_gradient)];
        for (family, fit) in families {
            let Some(theirs) = expected.get(family) else { continue };
            found.part(format!("{name} {family}"), |found| {
                let ours = fit(&events, &people, &ridit, settings).ours();
                one_gradient(found, &format!("{name} {family}"), &ours, theirs);
            });
        }
    });
}

/// Tolerances are those that the file states; a numerical Hessian stands behind standard errors of the negative binomial.
fn one_gradient(found: &mut Cases, name: &str, ours: &Gradient, theirs: &Value) {
    let (se, limit) = if matches!(ours.variation, Variation::Phi(_)) { (1e-6, 1e-4) } else { (5e-4, 1e-3) };
    let mut close = |field: &str, ours: f64, theirs: &Value, relative: f64, absolute: f64| {
        found.close(|| format!("{name} {field}"), ours, number(theirs), relative, absolute);
    };
    for i in 0..2 {
        close("coefficient", ours.coefficients[i], &theirs["coef"][i], 0.0, 1e-6);
        close("standard error", ours.covariance[i][i].sqrt(), &theirs["se"][i], se, 0.0);
        for j in 0..2 {
            close("covariance", ours.covariance[i][j], &theirs["cov"][i][j], 2.0 * se, 0.0);
        }
    }
    close("rii", ours.relative.value, &theirs["rii"], 1e-5, 0.0);
    close("rii lower", ours.relative.lower, &theirs["rii_ci"][0], limit, 0.0);
    close("rii upper", ours.relative.upper, &theirs["rii_ci"][1], limit, 0.0);
    // Near 0 a slope is a small difference: what it is a difference of decides.
    let small = 1e-5 * ours.least;
    close("sii", ours.slope.value, &theirs["sii"], 1e-5, small);
    close("sii se", ours.slope_error, &theirs["sii_se"], se, 0.0);
    let reach = limit * number(&theirs["sii_se"]);
    close("sii lower", ours.slope.lower, &theirs["sii_ci"][0], limit, reach);
    close("sii upper", ours.slope.upper, &theirs["sii_ci"][1], limit, reach);
    close("least", ours.least, &theirs["rate_least"], 1e-5, 0.0);
    close("most", ours.most, &theirs["rate_most"], 1e-5, 0.0);
    close("statistic", ours.statistic, &theirs["statistic"], 2.0 * se, 1e-5);
    close("p", ours.p, &theirs["p"], 1e-3, 1e-6);
    match ours.variation {
        Variation::Phi(phi) => {
            close("phi", phi, &theirs["phi"], 1e-6, 0.0);
            close("chi2", ours.fit, &theirs["pearson_chi2"], 1e-6, 0.0);
        }
        Variation::Alpha(alpha) => {
            close("alpha", alpha, &theirs["alpha"], 1e-4, 1e-8);
            close("log likelihood", ours.fit, &theirs["loglik"], 1e-6, 0.0);
        }
    }
}

/// Closed form. Relative 1e-9, flags exact.
fn funnels(file: &Value, found: &mut Cases) {
    let given = &file["parameters"];
    // So many events stand for none where logarithms are taken.
    let zero = number_or(&given["zero_as"], 0.5);
    let transform = one_of(&given["transform"], &[("none", Transform::None), ("sqrt", Transform::Root), ("log", Transform::Log(zero))]);
    let by = one_of(&given["winsorise_by"], &[("quantile_type7", Winsorise::Quantile), ("rank", Winsorise::Rank)]);
    let share = number(&given["winsorise"]);
    let target = if given["target"] == "pooled" { None } else { Some(number(&given["target"])) };
    let level = number(&given["overdispersion_level"]);
    found.each(&file["expected"], |found, name, expected| {
        let column = |field: &str| floats(&file["input"][name][field]);
        let (observed, wanted) = (column("observed"), column("expected"));
        let ours = funnel::overdispersion(&observed, &wanted, target, transform, share, by).ours();
        let ends = floats(&expected["winsor_limits"]);
        let numbers = [
            ("target", ours.target, number(&expected["target"])),
            ("lower end", ours.drawn_in.0, ends[0]),
            ("upper end", ours.drawn_in.1, ends[1]),
            ("phi", ours.phi, number(&expected["phi"])),
            ("tau2", ours.tau2, number(&expected["tau2"])),
            ("p", ours.p, number(&expected["p_overdispersion"])),
        ];
        for (field, ours, theirs) in numbers {
            found.close(|| format!("{name} {field}"), ours, theirs, 1e-9, 1e-14);
        }
        for (i, theirs) in floats(&expected["z"]).into_iter().enumerate() {
            found.close(|| format!("{name} z {i}"), ours.scores[i], theirs, 1e-9, 1e-12);
        }
        found.same(|| format!("{name} overdispersed"), ours.p < 1.0 - level, expected["overdispersed"] == true);
        found.each(&expected["limits"], |found, level, expected| {
            let coverage: f64 = level.parse().expect("a level");
            found.each(expected, |found, kind, expected| {
                let widened = match kind {
                    "poisson" => Widened::Poisson,
                    "multiplicative" => Widened::Multiplicative,
                    "additive" => Widened::Additive,
                    other => panic!("limits that are not known: {other}"),
                };
                let limits: Vec<(f64, f64)> = (0..observed.len()).map(|i| ours.limits(i, coverage, widened)).collect();
                let (lower, upper) = (floats(&expected["lower"]), floats(&expected["upper"]));
                for (i, limit) in limits.iter().enumerate() {
                    found.close(|| format!("{name} {level} {kind} lower {i}"), limit.0, lower[i], 1e-9, 1e-12);
                    found.close(|| format!("{name} {level} {kind} upper {i}"), limit.1, upper[i], 1e-9, 1e-12);
                }
                let ratio = |i: usize| observed[i] / wanted[i];
                let outside = |high: bool| -> Vec<usize> {
                    (0..limits.len()).filter(|i| if high { ratio(*i) > limits[*i].1 } else { ratio(*i) < limits[*i].0 }).collect()
                };
                found.same(|| format!("{name} {level} {kind} high"), outside(true), indices(&expected["high"]));
                found.same(|| format!("{name} {level} {kind} low"), outside(false), indices(&expected["low"]));
            });
        });
    });
}

/// Peers: scipy, statsmodels. Limits and p relative 1e-7.
fn group_ratios(file: &Value, found: &mut Cases) {
    let given = &file["parameters"];
    let (level, alpha) = (number_or(&given["level"], 0.95), number_or(&given["alpha"], 0.05));
    let way = |name: &str| match name {
        "exact" => Way::Exact,
        "midp" => Way::MidP,
        "lognormal" => Way::LogNormal,
        other => panic!("a way that is not known: {other}"),
    };
    let p = |name: &str, group: &groups::GroupAndRest| if name == "exact_minlike" { group.p_of_unlikelier() } else { group.p(way(name)) };
    found.each(&file["expected"], |found, name, expected| {
        let events: Vec<u64> = floats(&file["input"][name]["events"]).into_iter().map(|x| x as u64).collect();
        let ours = groups::each(&events, &floats(&file["input"][name]["exposure"]));
        for (i, group) in ours.iter().enumerate() {
            alike(found, || format!("{name} ratio {i}"), group.ratio(), &expected["rate_ratio"][i], 1e-12, 0.0);
            alike(found, || format!("{name} rest {i}"), group.rest_events as f64, &expected["rest_events"][i], 0.0, 0.0);
            alike(found, || format!("{name} exposure {i}"), group.rest_exposure, &expected["rest_exposure"][i], 1e-12, 0.0);
        }
        found.each(&expected["ci"], |found, kind, theirs| {
            for (i, group) in ours.iter().enumerate() {
                let none = Estimate { value: f64::NAN, lower: f64::NAN, upper: f64::NAN, level };
                let limits = group.limits(level, way(kind)).unwrap_or(none);
                alike(found, || format!("{name} {kind} lower {i}"), limits.lower, &theirs[i][0], 1e-7, 0.0);
                alike(found, || format!("{name} {kind} upper {i}"), limits.upper, &theirs[i][1], 1e-7, 0.0);
            }
        });
        found.each(&expected["p"], |found, kind, theirs| {
            for (i, group) in ours.iter().enumerate() {
                alike(found, || format!("{name} {kind} p {i}"), p(kind, group).unwrap_or(f64::NAN), &theirs[i], 1e-7, 1e-12);
            }
        });
        let by = given["bh_on"].as_str().expect("what is adjusted");
        let defined: Vec<(usize, f64)> = ours.iter().enumerate().filter_map(|(i, g)| Some((i, p(by, g)?))).collect();
        let mut adjusted = vec![f64::NAN; ours.len()];
        let values = benjamini_hochberg(&defined.iter().map(|d| d.1).collect::<Vec<_>>());
        defined.iter().zip(values).for_each(|((i, _), p)| adjusted[*i] = p);
        for (i, ours) in adjusted.iter().enumerate() {
            alike(found, || format!("{name} adjusted {i}"), *ours, &expected["p_bh"][i], 1e-7, 1e-12);
            if let Some(differs) = expected["differs"][i].as_bool() {
                found.same(|| format!("{name} differs {i}"), *ours <= alpha, differs);
            }
        }
    });
}

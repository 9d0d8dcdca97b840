//! Trends and seasons, against pymannkendall, statsmodels and R.

use gapmap::stats::mann_kendall;
use gapmap::stats::stl::{Smoother, Stl};
use serde_json::Value;

use super::same;
use crate::reference_cases::{Cases, Ours, floats, number, number_in, number_or};

/// The variants that are built. The correlated and partial tests are not (DEVIATIONS), and the file of each says how many of its cases were left.
fn trend_of(test: &str, x: &[f64], period: usize) -> Option<Option<mann_kendall::Trend>> {
    // `hamed_rao_modification_test_lag3` looks at three lags; without the end, at all.
    let (name, lags) = match test.rsplit_once("_lag") {
        Some((name, _)) => (name, number_in(test)? as usize),
        None => (test, usize::MAX),
    };
    Some(match name {
        "original_test" => mann_kendall::original(x),
        "hamed_rao" | "hamed_rao_modification_test" => mann_kendall::hamed_rao(x, lags, 0.05),
        "yue_wang_modification_test" => mann_kendall::yue_wang(x, lags),
        "seasonal_test" => mann_kendall::seasonal(x, period),
        "pre_whitening_modification_test" => mann_kendall::pre_whitened(x),
        "trend_free_pre_whitening_modification_test" => mann_kendall::trend_free_pre_whitened(x),
        _ => return None,
    })
}

fn line_of(test: &str, x: &[f64], period: usize) -> Option<mann_kendall::Line> {
    match test {
        "sens_slope" | "original_test" => mann_kendall::sen(x),
        "seasonal_sens_slope" | "seasonal_test" => mann_kendall::seasonal_sen(x, period),
        _ => None,
    }
}

fn trend_case(found: &mut Cases, name: &str, test: &str, (x, period): (&[f64], usize), expected: &Value) -> bool {
    let number = |key: &str| expected.get(key).map(|v| v.as_f64());
    let mut looked = false;
    if let Some(line) = line_of(test, x, period) {
        looked = true;
        for (what, ours) in [("slope", line.slope), ("intercept", line.intercept)] {
            if let Some(Some(theirs)) = number(what) {
                let fine = same(ours, theirs, 1e-12) || (ours - theirs).abs() < 1e-12;
                found.record(fine, || format!("{name} {test} {what}: {ours} instead of {theirs}"));
            }
        }
    }
    let Some(ours) = trend_of(test, x, period) else { return looked };
    // Where the peer gives no number, or fails, there is none to agree with: ours must then claim no trend.
    let Some(Some(z)) = number("z") else {
        found.record(ours.is_none_or(|t| t.p > 0.05), || format!("{name} {test}: {ours:?} where the peer has no answer"));
        return true;
    };
    let Some(ours) = ours else {
        found.record(number("h").is_none() && expected["h"] == false, || format!("{name} {test}: no answer instead of z = {z}"));
        return true;
    };
    found.record((ours.z - z).abs() <= 1e-9 * z.abs().max(1.0), || format!("{name} {test}: z {} instead of {z}", ours.z));
    for (what, ours, tolerance) in [("s", ours.score, 1e-12), ("Tau", ours.tau, 1e-12), ("var_s", ours.variance, 1e-9)] {
        if let Some(Some(theirs)) = number(what) {
            found.record(same(ours, theirs, tolerance), || format!("{name} {test} {what}: {ours} instead of {theirs}"));
        }
    }
    let p = number("p").flatten().expect("a p-value is missing");
    found.record((ours.p - p).abs() <= 1e-12, || format!("{name} {test}: p {} instead of {p}", ours.p));
    true
}

pub fn trends(file: &Value, found: &mut Cases) {
    let period = number_or(&file["parameters"]["period"], 12.0) as usize;
    let mut left = 0;
    found.each(&file["expected"], |found, name, tests| {
        let x = floats(&file["input"][name]);
        found.each(tests, |found, test, expected| {
            let degenerate = x.len() <= 3 || x.iter().all(|v| *v == x[0]);
            if test.contains("pre_whitening") && degenerate {
                // The peer reckons with NaN there, or with dust of rounding (DEVIATIONS): ours must claim no trend.
                let ours = trend_of(test, &x, period).flatten();
                found.record(ours.is_none_or(|t| t.p > 0.05), || format!("{name} {test}: {ours:?}"));
                return;
            }
            left += usize::from(!trend_case(found, name, test, (&x, period), expected));
        });
    });
    found.left.push(format!("{left} cases of variants that are not built"));
}

pub fn published_trends(file: &Value, found: &mut Cases) {
    let x = floats(&file["input"]["arbitrary_1d_data"]);
    let mut left = 0;
    found.each(&file["expected"], |found, name, calls| {
        let test = name.strip_prefix("test_").unwrap_or(name);
        found.each(calls, |found, call, expected| {
            if test == "regional_test" {
                let rows: Vec<Vec<f64>> = file["input"]["arbitrary_2d_data"].as_array().unwrap().iter().map(floats).collect();
                let stations: Vec<Vec<f64>> = (0..rows[0].len()).map(|c| rows.iter().map(|r| r[c]).collect()).collect();
                let ours = mann_kendall::regional(&stations).ours();
                for (what, ours) in [("z", ours.z), ("s", ours.score), ("var_s", ours.variance), ("Tau", ours.tau), ("p", ours.p)] {
                    if let Some(theirs) = expected.get(what).and_then(Value::as_f64) {
                        found.record(same(ours, theirs, 1e-9), || format!("{call} {what}: {ours} instead of {theirs}"));
                    }
                }
                return;
            }
            let looked = call.contains("arbitrary_1d_data") && trend_case(found, call, test, (&x, 12), expected);
            left += usize::from(!looked);
        });
    });
    found.left.push(format!("{left} cases of variants that are not built"));
}

/// The series of a result: of the name that the result begins with, or the only one there is.
fn series_of(input: &Value, result: &str) -> Vec<f64> {
    let all = input.as_object().unwrap();
    let word = result.split('_').next().unwrap_or(result);
    floats(all.iter().find(|(name, _)| name.starts_with(word)).or(all.iter().next()).map_or(&Value::Null, |(_, series)| series))
}

/// Decompositions of statsmodels: settings from the file where it gives them, and from the names of the results.
pub fn decompositions(file: &Value, found: &mut Cases) {
    let settings = &file["parameters"];
    let period = number_or(&settings["period"], 12.0) as usize;
    let window = |name: &str, word: &str| -> Option<usize> { name.split('_').find_map(|part| part.strip_prefix(word)?.parse().ok()) };
    found.each(&file["expected"], |found, name, expected| {
        let x = series_of(&file["input"], name);
        let seasonal = window(name, "seasonal").unwrap_or_else(|| number_or(&settings["seasonal"], 7.0) as usize);
        let mut fit = Stl::new(period, seasonal, name.starts_with("robust"));
        if let Some(window) = window(name, "trend") {
            fit.trend.window = window;
        }
        let smoother = |of: &Value| {
            let at = |field: &str| number(&of[field]) as usize;
            Smoother { window: at("window"), degree: at("degree") as u8, jump: at("jump") }
        };
        if settings["seasonal"].is_object() {
            let (inner, outer) = (number(&settings["inner"]) as usize, number(&settings["outer"]) as usize);
            let [seasonal, trend, low_pass] = ["seasonal", "trend", "low_pass"].map(|of| smoother(&settings[of]));
            fit = Stl { period, seasonal, trend, low_pass, inner, outer };
        }
        let ours = fit.fit(&x).ours();
        let parts = [("seasonal", &ours.seasonal), ("trend", &ours.trend), ("resid", &ours.remainder), ("weights", &ours.weights)];
        parts_of(found, name, &x, &parts, expected);
    });
}

/// Decompositions of R, whose settings stand beside the results.
pub fn decompositions_in_r(file: &Value, found: &mut Cases) {
    let period = number_or(&file["parameters"]["period"], 12.0) as usize;
    found.each(&file["expected"], |found, name, expected| {
        if name.contains("robust") {
            return found.left.push(format!("{name} (DEVIATIONS); stl_jumps holds such a fit by another peer"));
        }
        let x = series_of(&file["input"], name);
        let number = |part: &str, of: &str| number(&expected[part][of]) as usize;
        let smoother = |of: &str| Smoother { window: number("win", of), degree: number("deg", of) as u8, jump: number("jump", of) };
        let fit = Stl { period, seasonal: smoother("s"), trend: smoother("t"), low_pass: smoother("l"), inner: 2, outer: 0 };
        let mut ours = fit.fit(&x).ours();
        if name.contains("periodic") {
            // R then gives every cycle the same season: the mean of each month.
            for month in 0..period {
                let own: Vec<f64> = ours.seasonal.iter().skip(month).step_by(period).copied().collect();
                let mean = own.iter().sum::<f64>() / own.len() as f64;
                ours.seasonal.iter_mut().skip(month).step_by(period).for_each(|s| *s = mean);
            }
            ours.remainder = (0..x.len()).map(|i| x[i] - ours.seasonal[i] - ours.trend[i]).collect();
        }
        let parts = [("seasonal", &ours.seasonal), ("trend", &ours.trend), ("remainder", &ours.remainder), ("weights", &ours.weights)];
        parts_of(found, name, &x, &parts, expected);
    });
}

fn parts_of(found: &mut Cases, name: &str, x: &[f64], parts: &[(&str, &Vec<f64>)], expected: &Value) {
    let range = x.iter().copied().fold(f64::MIN, f64::max) - x.iter().copied().fold(f64::MAX, f64::min);
    for (part, ours) in parts {
        if expected.get(*part).is_none() {
            found.lacking.push(format!("{name}: {part}"));
            continue;
        }
        let theirs = floats(&expected[*part]);
        let worst = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        found.record(ours.len() == theirs.len() && worst <= 1e-8 * range, || format!("{name} {part}: {worst} apart at most"));
    }
}

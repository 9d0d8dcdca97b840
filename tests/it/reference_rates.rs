//! Rate tests, funnels, quantiles, slopes and control charts against the packages that the field trusts.

pub mod charts;

use gapmap::stats::counts::proportion;
use gapmap::stats::funnel::{self, Place};
use gapmap::stats::inequality::quantiles;
use gapmap::stats::ratio::{clopper_pearson, equal_rates, gamma_limits, jeffreys, log_limits, poisson_exact};
use gapmap::units::Estimate;
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number, number_in, number_or};
use crate::reference_need::words;

fn limits(found: &mut Cases, name: &str, ours: (f64, f64), theirs: &Value, relative: f64) {
    let theirs = floats(theirs);
    found.close(|| format!("{name} lower"), ours.0, theirs[0], relative, 1e-14);
    found.close(|| format!("{name} upper"), ours.1, theirs[1], relative, 0.0);
}

/// Peer: statsmodels. Relative 1e-9.
pub fn statsmodels(file: &Value, found: &mut Cases) {
    let expected = &file["expected"];
    let level = 1.0 - number_or(&file["parameters"]["alpha"], 0.05);
    let both = |e: Option<Estimate>| e.map(|e| (e.lower, e.upper)).ours();
    type Limits<'a> = &'a dyn Fn(u64, u64) -> (f64, f64);
    let poisson = |x, n: u64| {
        let (low, high) = poisson_exact(x, level);
        (low / n as f64, high / n as f64)
    };
    let all: [(&str, Limits); 4] = [
        ("wilson", &|x, n| both(proportion(x, n, level))),
        ("clopper_pearson", &|x, n| both(clopper_pearson(x, n, level))),
        ("jeffreys", &|x, n| both(jeffreys(x, n, level))),
        ("poisson_exact", &poisson),
    ];
    for (name, ours) in all {
        found.part(name, |found| {
            for (i, pair) in file["input"]["pairs"].as_array().unwrap().iter().enumerate() {
                let (x, n) = (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap());
                limits(found, name, ours(x, n), &expected[name][i], 1e-9);
            }
        });
    }
    found.part("two rates", |found| {
        for ((one, other), theirs) in pairs_of_rates(file).into_iter().zip(expected["rate_ratio_tests"].as_array().unwrap()) {
            let ours = equal_rates(one, other).ours();
            for (ours, name) in [(ours.score, "score"), (ours.exact, "exact-cond"), (ours.mid_p, "cond-midp")] {
                found.close(|| format!("{one:?} {other:?} {name}"), ours, number(&theirs[name]["p"]), 1e-9, 0.0);
            }
        }
    });
}

/// Counts and exposures of two rates, as the notes of the file list them: `(10,1000,25,1300),(0,500,6,520)`.
fn pairs_of_rates(file: &Value) -> Vec<((u64, f64), (u64, f64))> {
    let notes = file["notes"].as_str().expect("the rates that are compared are missing");
    let groups = notes.split('(').filter_map(|group| group.split_once(')')).map(|(group, _)| group);
    let numbers = groups.filter_map(|group| group.split(',').map(|n| n.trim().parse().ok()).collect::<Option<Vec<f64>>>());
    numbers.filter(|n| n.len() == 4).map(|n| ((n[0] as u64, n[1]), (n[2] as u64, n[3]))).collect()
}

/// Peer: esda.smoothing. Relative 1e-9.
pub fn pysal_standardised(file: &Value, found: &mut Cases) {
    let column = |name: &str| floats(&file["input"][name]);
    let (events, base, standard_events, standard_base) = (column("events"), column("base"), column("std_events"), column("std_base"));
    let level = 1.0 - number_or(&file["parameters"]["alpha"], 0.05);
    let bands = number(&file["parameters"]["strata_per_area"]) as usize;
    for area in 0..events.len() / bands {
        let rows = area * bands..(area + 1) * bands;
        let expected: f64 = rows.clone().map(|i| base[i] * standard_events[i] / standard_base[i]).sum();
        let observed: f64 = events[rows.clone()].iter().sum();
        found.part(format!("direct {area}"), |found| {
            let own: Vec<(f64, f64, f64)> = rows.clone().map(|i| (events[i], base[i], standard_base[i])).collect();
            let ours = gamma_limits(&own, level).ours();
            for (ours, theirs) in [ours.value, ours.lower, ours.upper].into_iter().zip(floats(&file["expected"]["direct"][area])) {
                found.close(|| format!("direct {area}"), ours, theirs, 1e-9, 0.0);
            }
        });
        found.part(format!("ratio {area}"), |found| {
            found.close(|| format!("ratio {area}"), observed / expected, number(&file["expected"]["smr"][area]), 1e-9, 0.0);
        });
        found.part(format!("indirect {area}"), |found| {
            let theirs = floats(&file["expected"]["indirect"][area]);
            let ours = log_limits(observed, expected, theirs[0] / (observed / expected), level).ours();
            found.close(|| format!("indirect lower {area}"), ours.lower, theirs[1], 1e-9, 0.0);
            found.close(|| format!("indirect upper {area}"), ours.upper, theirs[2], 1e-9, 0.0);
        });
    }
}

fn label(place: Place) -> &'static str {
    match place {
        Place::FarAbove => "High (0.001)",
        Place::Above => "High (0.025)",
        Place::Within => "Not significant",
        Place::Below => "Low (0.025)",
        Place::FarBelow => "Low (0.001)",
    }
}

/// Expected events at the limits, as populations, expected counts and ratios; relative 2e-6, to which the peer bisects.
fn events_at_limits(file: &Value, name: &str, baseline: f64, found: &mut Cases) {
    let table = &file["expected"][name];
    let columns = |start: &str| table.as_object().unwrap().iter().find(|(k, _)| k.starts_with(start)).map(|(_, v)| floats(v));
    let events = columns(if name.starts_with("rat") && table.get("Events").is_some() { "Events" } else { "Observed_events" }).unwrap();
    let what = if table.get("Events").is_some() { "population" } else { "exp_events" };
    for (i, x) in events.iter().enumerate() {
        let at = funnel::expected_at(*x as u64);
        for (ours, side) in [(at.lower, "lower_2s"), (at.upper, "upper_2s"), (at.lower_far, "lower_3s"), (at.upper_far, "upper_3s")] {
            let Some(theirs) = columns(&format!("{side}_{what}")) else { continue };
            // The last of these come from bisection to 1e-7 of a small number.
            found.close(|| format!("{name} {side} {x}"), ours / baseline, theirs[i], 2e-6, 1e-6 / baseline);
        }
    }
}

/// Peer: PHEindicatormethods.
pub fn funnels(file: &Value, found: &mut Cases) {
    let (num, den) = (floats(&file["input"]["num"]), floats(&file["input"]["den"]));
    let (expected, settings) = (&file["expected"], &file["parameters"]);
    let pooled = num.iter().sum::<f64>() / den.iter().sum::<f64>();
    found.part("prop_limits", |found| {
        let table = &expected["prop_limits"];
        let per = number_or(&settings["prop_multiplier"], 100.0);
        for (i, people) in floats(&table["Population"]).into_iter().enumerate() {
            let ours = funnel::of_proportion(pooled, people);
            let sides = [
                (ours.lower, "lower_2s_limit"),
                (ours.upper, "upper_2s_limit"),
                (ours.lower_far, "lower_3s_limit"),
                (ours.upper_far, "upper_3s_limit"),
            ];
            for (ours, side) in sides {
                found.close(|| format!("{side} {people}"), per * ours, floats(&table[side])[i], 1e-10, 1e-12);
            }
        }
    });
    found.part("rate_limits", |found| events_at_limits(file, "rate_limits", pooled, found));
    found.part("ratio_limits", |found| events_at_limits(file, "ratio_limits", 1.0, found));
    let labels = |found: &mut Cases, name: &str, ours: &dyn Fn(usize) -> Place| {
        found.part(name, |found| {
            let theirs = words(&expected[name]);
            (0..num.len()).for_each(|i| found.same(|| format!("{name} {i}"), label(ours(i)).to_owned(), theirs[i].clone()));
        });
    };
    labels(found, "prop_sig", &|i| funnel::place_of_proportion(num[i], den[i], pooled));
    labels(found, "rate_sig", &|i| funnel::place(num[i] as u64, den[i] * pooled));
    found.part("ratio_sig", |found| {
        // `denominator = den/80 as expected`
        let written = settings["ratio_sig"].as_str().unwrap();
        let divisor = written.split("den/").nth(1).and_then(|rest| number_in(rest.split(' ').next()?)).unwrap();
        labels(found, "ratio_sig", &|i| funnel::place(num[i] as u64, den[i] / divisor));
    });
}

/// The numbers of the package's own tests.
pub fn published_funnels(file: &Value, found: &mut Cases) {
    let table = &file["expected"]["prop"];
    let pooled = table["Baseline"][0].as_f64().unwrap() / 100.0;
    let sides = ["Lower2s0025limit", "Upper2s0025limit", "Lower3s0001limit", "Upper3s0001limit"];
    for (i, people) in floats(&table["Population"]).into_iter().enumerate() {
        let ours = funnel::of_proportion(pooled, people);
        for (ours, side) in [ours.lower, ours.upper, ours.lower_far, ours.upper_far].into_iter().zip(sides) {
            found.close(|| format!("{side} {people}"), 100.0 * ours, floats(&table[side])[i], 1e-6, 1e-6);
        }
    }
    events_at_limits(file, "ratio", 1.0, found);
    let ratios = &file["input"]["ratio"];
    for (i, (x, expected)) in floats(&ratios["obs"]).into_iter().zip(floats(&ratios["expected"])).enumerate() {
        found.same(|| format!("ratio {i}"), label(funnel::place(x as u64, expected)).to_owned(), words(&ratios["significance"])[i].clone());
    }
    let shares = &file["input"]["prop"];
    let (num, den) = (floats(&shares["numerator"]), floats(&shares["denominator"]));
    let pooled = num.iter().sum::<f64>() / den.iter().sum::<f64>();
    for i in 0..num.len() {
        let ours = label(funnel::place_of_proportion(num[i], den[i], pooled)).to_owned();
        found.same(|| format!("proportion {i}"), ours, words(&shares["significance"])[i].clone());
    }
}

/// Peer: PHEindicatormethods, exact.
pub fn quantile_groups(file: &Value, found: &mut Cases) {
    let values: Vec<Option<f64>> = file["input"]["v"].as_array().unwrap().iter().map(Value::as_f64).collect();
    let expected = |name: &str| -> Vec<Option<usize>> {
        file["expected"][name].as_array().unwrap().iter().map(|v| v.as_u64().map(|v| v as usize)).collect()
    };
    let upside_down: Vec<Option<f64>> = values.iter().map(|v| v.map(|v| -v)).collect();
    found.each(&file["expected"], |found, name, _| {
        let groups = name.trim_start_matches('n').split('_').next().and_then(|n| n.parse().ok()).unwrap();
        let from_the_highest = name.contains("invert");
        found.same(|| name.to_owned(), quantiles(if from_the_highest { &upside_down } else { &values }, groups), expected(name));
    });
}

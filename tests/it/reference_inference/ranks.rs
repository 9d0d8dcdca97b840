//! Sets of ranks and histories of hot spots.

use gapmap::stats::emerging::{self, Correction, Pattern, Side};
use gapmap::stats::rank_sets::{self as ranks, Scale, Sets};
use gapmap::stats::top_chance::{Known, top_chance, top_of};
use gapmap::stats::weights::Weights;
use serde_json::Value;

use super::{indices, one_of};
use crate::reference_cases::{Cases, Ours, floats, number, number_or};

/// Draws of the Gaussian sets here.
const DRAWS: usize = 40_000;

/// Closed forms, and Monte Carlo on both sides: a pair so near a critical value that draws decide may go either way.
pub fn rank_sets(file: &Value, found: &mut Cases) {
    let given = &file["parameters"];
    let level = number_or(&given["level"], 0.95);
    let scale = one_of(&given["scale"], &[("log_rate", Scale::LogRate), ("rate", Scale::Rate)]);
    let (phi, share, above) = (number_or(&given["overdispersion"], 1.0), number(&given["top_share"]), number(&given["name_above"]));
    found.each(&file["expected"], |found, name, expected| {
        let column = |field: &str| floats(&file["input"][name][field]);
        let (events, people) = (column("events"), column("population"));
        let (values, errors) = ranks::estimates(&events, &people, scale, phi).ours();
        for i in 0..values.len() {
            found.close(|| format!("{name} estimate {i}"), values[i], number(&expected["estimate"][i]), 1e-12, 0.0);
            found.close(|| format!("{name} se {i}"), errors[i], number(&expected["se"][i]), 1e-12, 0.0);
        }
        found.same(|| format!("{name} rank"), ranks::ranks(&values), indices(&expected["rank"]));
        let both = |sets: &Sets| (sets.lower.clone(), sets.upper.clone());
        let theirs = |kind: &str| (indices(&expected[kind]["lower"]), indices(&expected[kind]["upper"]));
        found.part("holm", |found| found.same(|| format!("{name} holm"), both(&ranks::holm_sets(&values, &errors, level)), theirs("holm")));
        for (kind, steps) in [("gaussian_max_single_step", 1), ("gaussian_max_stepdown", usize::MAX)] {
            found.part(kind, |found| {
                let ours = ranks::gaussian_sets(&values, &errors, level, DRAWS, 1, steps);
                let critical = floats(&expected[kind]["critical_values"]);
                near_sets(found, &format!("{name} {kind}"), &ours, &theirs(kind), (&values, &errors), |_| critical.clone(), level);
                // Once a pair that draws decide goes the other way, rounds differ; the first is the same for all.
                let error = floats(&expected[kind]["critical_value_mc_error"])[0] + mc_error(level, ours.density[0]);
                found.close(|| format!("{name} {kind} critical value"), ours.critical[0], critical[0], 0.0, error);
            });
        }
        found.part("marginal", |found| {
            let ours = ranks::marginal_sets(&values, &errors, level, DRAWS, 1);
            let last = floats(&expected["gaussian_max_marginal"]["last_critical_value"]);
            let kind = "gaussian_max_marginal";
            near_sets(
                found,
                &format!("{name} {kind}"),
                &ours,
                &theirs(kind),
                (&values, &errors),
                |i| vec![last[i], ours.critical[i]],
                level,
            );
        });
        let posterior = |i: usize| match given["posterior"].as_str() {
            Some("normal") => Known::Normal { mean: values[i], sd: errors[i] },
            Some("gamma") => {
                Known::Gamma { shape: number(&given["prior_shape"]) + events[i], rate: number(&given["prior_rate"]) + people[i] }
            }
            other => panic!("a posterior that is not known: {other:?}"),
        };
        let top = top_of(values.len(), share);
        found.same(|| format!("{name} top"), top, number(&expected["top_count"]) as usize);
        let chance = top_chance(&(0..values.len()).map(posterior).collect::<Vec<_>>(), top);
        for (i, theirs) in floats(&expected["p_top"]).into_iter().enumerate() {
            found.close(|| format!("{name} top {i}"), chance[i], theirs, 0.0, 1e-6);
        }
        let named: Vec<usize> = (0..chance.len()).filter(|i| chance[*i] > above).collect();
        found.same(|| format!("{name} named"), named, indices(&expected["named"]));
    });
}

/// Four standard errors of a quantile by so many draws.
fn mc_error(level: f64, density: f64) -> f64 {
    4.0 * (level * (1.0 - level) / DRAWS as f64).sqrt() / density
}

/// Sets agree, save for as many ranks as pairs of an area lie within the error of draws of a critical value.
fn near_sets(
    found: &mut Cases,
    name: &str,
    ours: &Sets,
    (lower, upper): &(Vec<usize>, Vec<usize>),
    (values, errors): (&[f64], &[f64]),
    critical: impl Fn(usize) -> Vec<f64>,
    level: f64,
) {
    let density = ours.density.iter().copied().fold(f64::INFINITY, f64::min);
    let error = 1.5 * mc_error(level, density);
    for i in 0..values.len() {
        let close = (0..values.len()).filter(|j| *j != i).filter(|j| {
            let apart = (values[i] - values[*j]).abs() / errors[i].hypot(errors[*j]);
            critical(i).iter().chain(critical(*j).iter()).any(|c| (apart - c).abs() <= error)
        });
        let open = close.count();
        let fine = ours.lower[i].abs_diff(lower[i]) + ours.upper[i].abs_diff(upper[i]) <= open;
        found.record(fine, || format!("{name} area {i}: ours {} to {}, theirs {} to {}", ours.lower[i], ours.upper[i], lower[i], upper[i]));
    }
}

/// Two codings of the definitions, pymannkendall, esda. Classes exact.
pub fn histories(file: &Value, found: &mut Cases) {
    let given = &file["parameters"];
    let corrections = [("none", Correction::None), ("bh_all_bins", Correction::AllBins), ("bh_each_step", Correction::EachStep)];
    let settings = emerging::Settings {
        alpha_bin: number(&given["alpha_bin"]),
        alpha_trend: number(&given["alpha_trend"]),
        correction: one_of(&given["correction"], &corrections),
        sporadic_needs_final_step: given["sporadic_needs_final_step"].as_bool().expect("what sporadic needs"),
    };
    found.part("from z", |found| {
        let rows = file["input"]["z"].as_object().expect("scores are missing");
        let scores: Vec<Vec<f64>> = rows.values().map(floats).collect();
        for (name, ours) in rows.keys().zip(emerging::places(&scores, settings)) {
            one_history(found, name, &ours, &file["expected"]["from_z"][name]);
        }
    });
    found.part("from counts", |found| {
        let lists = |value: &Value| value.as_array().expect("a list of lists is missing").clone();
        let counts: Vec<Vec<f64>> = lists(&file["input"]["counts"]).iter().map(floats).collect();
        let neighbours: Vec<Vec<u32>> =
            lists(&file["input"]["neighbours"]).iter().map(|l| indices(l).into_iter().map(|j| j as u32).collect()).collect();
        let back = number(&given["neighbour_time_steps"]) as usize;
        let scores = emerging::star(&counts, &Weights::new(&neighbours), back);
        let expected = &file["expected"]["from_counts"];
        for (i, row) in scores.iter().enumerate() {
            for (t, theirs) in floats(&expected["gstar_z"][i]).into_iter().enumerate() {
                found.close(|| format!("z of {i} at {t}"), row[t], theirs, 0.0, 1e-8);
            }
        }
        for (i, ours) in emerging::places(&scores, settings).iter().enumerate() {
            one_history(found, &i.to_string(), ours, &expected["locations"][i.to_string()]);
        }
    });
}

fn one_history(found: &mut Cases, name: &str, ours: &emerging::Place, theirs: &Value) {
    found.same(|| format!("{name} hot"), ours.hot.clone(), indices(&theirs["hot_steps"]));
    found.same(|| format!("{name} cold"), ours.cold.clone(), indices(&theirs["cold_steps"]));
    let trend = ours.trend.ours();
    let numbers = [("mk_s", trend.score), ("mk_var", trend.variance), ("mk_z", trend.z), ("mk_p", trend.p)];
    for (field, ours) in numbers {
        found.close(|| format!("{name} {field}"), ours, number(&theirs[field]), 1e-10, 1e-14);
    }
    let side = |side: Side| if side == Side::Hot { "hot" } else { "cold" };
    let pattern = |pattern: Pattern| match pattern {
        Pattern::New => "new",
        Pattern::Consecutive => "consecutive",
        Pattern::Intensifying => "intensifying",
        Pattern::Persistent => "persistent",
        Pattern::Diminishing => "diminishing",
        Pattern::Sporadic => "sporadic",
        Pattern::Oscillating => "oscillating",
        Pattern::Historical => "historical",
    };
    let class = ours.class.map_or("none".to_owned(), |(p, s)| format!("{} {}", pattern(p), side(s)));
    found.same(|| format!("{name} class"), class, theirs["class"].as_str().expect("a class").to_owned());
}

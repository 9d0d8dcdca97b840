//! Scans of areas that differ by more than chance, and maps of rates by a spatial model, against the files made for them.
//! Every parameter comes from the file.

use gapmap::stats::disease_map::{self, Model, Prior, Question, SigmaPrior};
use gapmap::stats::scan::{
    Circles, NegativeBinomialNull, Zone, apart, best_size, dispersion, dispersion_beside, p_value, poisson_null, poisson_strengths, zones,
};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number, number_or};

/// What is done with a file of results.
type Look = fn(&Value, &mut Cases);

/// The methods of this file.
pub const METHODS: &[(&str, Look)] = &[("scan_overdispersed", scans), ("disease_map_leroux_bym2", disease_maps)];

/// Maps by chance of the Poisson scan, and of the slower negative binomial one.
const DRAWS: usize = 9_999;
const SLOW_DRAWS: usize = 499;

#[track_caller]
fn areas(value: &Value) -> Vec<usize> {
    value.as_array().expect("areas are missing").iter().map(|v| v.as_u64().expect("an area") as usize).collect()
}

/// Two shares of draws may differ by what both rest on.
fn p_tolerance(p: f64, ours: usize, theirs: f64) -> f64 {
    4.0 * (p * (1.0 - p) * (1.0 / ours as f64 + 1.0 / theirs)).sqrt() + 2.0 / (ours as f64 + 1.0)
}

/// What a scan of one map is made with.
struct Map {
    circles: Circles,
    zones: Vec<Zone>,
    events: Vec<f64>,
    expected: Vec<f64>,
    total: f64,
}

fn map_of(input: &Value, share: f64) -> Map {
    let places: Vec<Vec<f64>> = input["xy"].as_array().expect("places are missing").iter().map(floats).collect();
    let (people, events) = (floats(&input["population"]), floats(&input["cases"]));
    let distance = |i: usize, j: usize| (places[i][0] - places[j][0]).hypot(places[i][1] - places[j][1]);
    let circles = Circles::new(people.len(), distance, &people, share * (1.0 + 1e-12));
    let (total, all) = (events.iter().sum::<f64>(), people.iter().sum::<f64>());
    let expected: Vec<f64> = people.iter().map(|n| n * total / all).collect();
    let zones = zones(&circles, &events, &expected, &people);
    Map { circles, zones, events, expected, total }
}

/// Closed forms after Zhang, Zhang and Lin 2012 and Han and others 2016.
fn scans(file: &Value, found: &mut Cases) {
    let given = &file["parameters"];
    let share = number(&given["max_population_share"]);
    let level = number_or(&given["level"], 0.05);
    found.each(&file["expected"], |found, name, theirs| {
        let map = map_of(&file["input"][name], share);
        found.same(|| format!("{name} zones"), map.zones.len(), number(&theirs["zones"]) as usize);
        let plain = poisson_strengths(&map.zones, map.total);
        let null = poisson_null(&map.events, &map.expected, &map.circles, DRAWS, 1).ours();
        let phi = dispersion(&map.events, &map.expected).ours();
        let divided: Vec<(Zone, f64)> = plain.iter().map(|z| (z.0, z.1 / phi)).collect();
        found.part("poisson", |found| clusters(found, &format!("{name} poisson"), &map, &plain, &null, &theirs["poisson"], 1e-8));
        found.part("quasi-Poisson", |found| {
            let theirs = &theirs["quasi_poisson"];
            found.close(|| format!("{name} phi"), phi, number(&theirs["phi"]), 1e-10, 0.0);
            clusters(found, &format!("{name} quasi"), &map, &divided, &null, theirs, 1e-8);
            let strongest = apart(&plain, &map.circles, 1);
            let beside = dispersion_beside(&map.events, &map.expected, &strongest[0].0.members(&map.circles)).ours();
            found.close(|| format!("{name} other phi"), beside, number(&theirs["phi_alternative"]), 1e-10, 0.0);
            found.close(|| format!("{name} other"), strongest[0].1 / beside, number(&theirs["llr_by_phi_alternative"]), 1e-8, 0.0);
        });
        found.part("negative binomial", |found| {
            negative_binomial(found, name, &map, given["alpha_by"].as_str().expect("how alpha is found"), &theirs["negative_binomial"]);
        });
        let gini = &theirs["gini"];
        let cut = number(&gini["cut"]);
        found.part("cut", |found| {
            let place = ((1.0 - level) * DRAWS as f64).ceil() as usize - 1;
            found.close(|| format!("{name} cut"), null[place], cut, 0.0, 0.15);
        });
        for (kind, strengths) in [("poisson", &plain), ("quasi_poisson", &divided)] {
            found.part(format!("gini {kind}"), |found| sizes(found, &format!("{name} {kind}"), &map, strengths, (given, cut), &gini[kind]));
        }
    });
}

/// Members exact, ratios of likelihoods to rounding, p within what draws allow.
fn clusters(found: &mut Cases, name: &str, map: &Map, strengths: &[(Zone, f64)], null: &[f64], theirs: &Value, relative: f64) {
    let expected = theirs["clusters"].as_array().expect("clusters are missing");
    let draws = number_or(&theirs["draws"], 9_999.0);
    let ours = apart(strengths, &map.circles, expected.len());
    found.same(|| format!("{name} clusters"), ours.len(), expected.len());
    for (k, ((zone, strength), theirs)) in ours.iter().zip(expected).enumerate() {
        found.same(|| format!("{name} members {k}"), zone.members(&map.circles), areas(&theirs["members"]));
        found.close(|| format!("{name} llr {k}"), *strength, number(&theirs["llr"]), relative, 1e-9);
        found.close(|| format!("{name} observed {k}"), zone.observed, number(&theirs["observed"]), 1e-12, 0.0);
        found.close(|| format!("{name} expected {k}"), zone.expected, number(&theirs["expected"]), 1e-10, 0.0);
        found.close(|| format!("{name} ratio {k}"), zone.observed / zone.expected, number(&theirs["ratio"]), 1e-10, 0.0);
        let p = number(&theirs["p"]);
        found.close(|| format!("{name} p {k}"), p_value(*strength, null), p, 0.0, p_tolerance(p, null.len(), draws));
    }
}

fn negative_binomial(found: &mut Cases, name: &str, map: &Map, by: &str, theirs: &Value) {
    let null = match by {
        "moment" => NegativeBinomialNull::by_moments(&map.events, &map.expected),
        "ml" => NegativeBinomialNull::by_likelihood(&map.events, &map.expected),
        other => panic!("a way to find alpha that is not known: {other}"),
    };
    let null = null.ours();
    found.close(|| format!("{name} alpha"), null.alpha, number(&theirs["alpha"]), 1e-5, 1e-8);
    found.close(|| format!("{name} theta"), null.theta, number(&theirs["theta"]), 1e-5, 0.0);
    let strengths = null.strengths(&map.zones, &map.circles, &map.events);
    let drawn = null.null(&map.zones, &map.circles, SLOW_DRAWS, 1);
    clusters(found, &format!("{name} negative binomial"), map, &strengths, &drawn, theirs, 1e-6);
    let expected = theirs["clusters"].as_array().expect("clusters are missing");
    for ((zone, _), theirs) in apart(&strengths, &map.circles, expected.len()).iter().zip(expected) {
        let (inside, outside) = null.rates_of(zone, &map.circles, &map.events).ours();
        found.close(|| format!("{name} theta in"), inside, number(&theirs["theta_in"]), 1e-5, 0.0);
        found.close(|| format!("{name} theta out"), outside, number(&theirs["theta_out"]), 1e-5, 0.0);
    }
}

/// The Gini coefficient of each largest size, to 1e-9 with the cut of the file, and which size is chosen.
fn sizes(found: &mut Cases, name: &str, map: &Map, strengths: &[(Zone, f64)], (given, cut): (&Value, f64), theirs: &Value) {
    let shares = floats(&given["max_shares"]);
    let (ours, chosen) = best_size(strengths, &map.circles, map.total, &shares, cut);
    let table = theirs["table"].as_array().expect("a table is missing");
    found.same(|| format!("{name} sizes"), ours.len(), table.len());
    for (ours, theirs) in ours.iter().zip(table) {
        found.close(|| format!("{name} size"), ours.largest, number(&theirs["max_share"]), 1e-12, 0.0);
        let members: Vec<Vec<usize>> = theirs["clusters"].as_array().expect("clusters").iter().map(areas).collect();
        found.same(|| format!("{name} {} clusters", ours.largest), ours.clusters.clone(), members);
        found.close(|| format!("{name} {} gini", ours.largest), ours.gini, number(&theirs["gini"]), 0.0, 1e-9);
    }
    found.same(|| format!("{name} chosen"), chosen.map(|c| ours[c].largest), theirs["chosen_max_share"].as_f64());
}

/// Peer: four long chains of Hamiltonian MCMC. The tolerance for a deterministic approximation: means 2 %, limits 5 % of ln(upper/lower).
fn disease_maps(file: &Value, found: &mut Cases) {
    let (given, input) = (&file["parameters"], &file["input"]);
    let column = |name: &str| floats(&input[name]);
    let (events, expected) = (column("events"), column("expected"));
    let mut neighbours: Vec<Vec<u32>> = vec![Vec::new(); events.len()];
    for edge in input["edges"].as_array().expect("edges are missing") {
        let edge = areas(edge);
        neighbours[edge[0]].push(edge[1] as u32);
        neighbours[edge[1]].push(edge[0] as u32);
    }
    neighbours.iter_mut().for_each(|l| l.sort_unstable());
    found.part("scaling factor", |found| {
        let ours = disease_map::typical_variance(&neighbours).ours();
        found.close(|| "scaling factor".into(), ours[0], number(&file["expected"]["bym2_scaling_factor"]), 1e-8, 0.0);
    });
    let question = Question { threshold: number(&given["threshold"]), level: 0.95 };
    for (model, kind) in [("leroux", Model::Leroux), ("bym2", Model::Bym2)] {
        for (name, covariates) in [("without", Vec::new()), ("with", vec![column("x")])] {
            let case = format!("{model}_{name}_covariate");
            let Some(theirs) = file["expected"].get(&case) else { continue };
            found.part(&case, |found| {
                let prior = prior_of(given, model);
                let ours = disease_map::smooth(&events, &expected, &neighbours, &covariates, kind, &prior, question).ours();
                one_map(found, &case, &ours, theirs);
            });
        }
    }
}

fn prior_of(given: &Value, model: &str) -> Prior {
    let prior = &given["priors"][model];
    let values = floats(&prior["sigma"]["values"]);
    let sigma = match prior["sigma"]["name"].as_str() {
        Some("half_normal") => SigmaPrior::HalfNormal(values[0]),
        Some("exponential") => SigmaPrior::Exponential(values[0]),
        Some("inverse_gamma_variance") => SigmaPrior::InverseGammaVariance(values[0], values[1]),
        other => panic!("a prior that is not known: {other:?}"),
    };
    let mixing = floats(&prior["mixing_beta"]);
    Prior { sigma, mixing: (mixing[0], mixing[1]), intercept_sd: number(&given["intercept_sd"]), coefficient_sd: number(&given["coef_sd"]) }
}

fn one_map(found: &mut Cases, name: &str, ours: &disease_map::SmoothedMap, theirs: &Value) {
    let column = |field: &str| floats(&theirs[field]);
    let (mean, lower, upper) = (column("rr_mean"), column("rr_lower"), column("rr_upper"));
    let (above, below) = (column("p_exceed"), column("p_below"));
    let classes = theirs["classes"].as_array().expect("classes are missing");
    let mut most = [0.0_f64; 4];
    for (i, area) in ours.areas.iter().enumerate() {
        let reach = 0.05 * (upper[i] / lower[i]).ln();
        found.close(|| format!("{name} mean {i}"), area.rate.value, mean[i], 0.02, 0.0);
        found.close(|| format!("{name} ln lower {i}"), area.rate.lower.ln(), lower[i].ln(), 0.0, reach);
        found.close(|| format!("{name} ln upper {i}"), area.rate.upper.ln(), upper[i].ln(), 0.0, reach);
        found.close(|| format!("{name} above {i}"), area.above, above[i], 0.0, 0.03);
        found.close(|| format!("{name} below {i}"), area.below, below[i], 0.0, 0.03);
        if (above[i] - 0.8).abs() > 0.03 && (below[i] - 0.8).abs() > 0.03 {
            let class = if area.above >= 0.8 {
                "above"
            } else if area.below >= 0.8 {
                "below"
            } else {
                "between"
            };
            found.same(|| format!("{name} class {i}"), class, classes[i].as_str().expect("a class"));
        }
        let off = |ours: f64, theirs: f64| (ours / theirs).ln().abs();
        let log_width = (upper[i] / lower[i]).ln();
        let here = [
            off(area.rate.value, mean[i]),
            off(area.rate.lower, lower[i]) / log_width,
            off(area.rate.upper, upper[i]) / log_width,
            (area.above - above[i]).abs(),
        ];
        most.iter_mut().zip(here).for_each(|(m, h)| *m = m.max(h));
    }
    println!(
        "{name}: {} places, off by at most: mean {:.4}, limits {:.4} and {:.4} of their width, chance {:.4}",
        ours.looked_at, most[0], most[1], most[2], most[3]
    );
    found.close(|| format!("{name} sigma"), ours.sigma.mean, number(&theirs["sigma"]["mean"]), 0.05, 0.0);
    found.close(|| format!("{name} mixing"), ours.mixing.mean, number(&theirs["mixing"]["mean"]), 0.0, 0.05);
    for (ours, theirs) in ours.coefficients.iter().zip(theirs["coef"].as_array().expect("coefficients")) {
        // No tolerance is stated: a tenth of its standard deviation.
        found.close(|| format!("{name} coefficient"), ours.mean, number(&theirs["mean"]), 0.0, 0.1 * number(&theirs["sd"]));
        found.close(|| format!("{name} coefficient sd"), ours.sd, number(&theirs["sd"]), 0.05, 0.0);
    }
}

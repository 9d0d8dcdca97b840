//! Access to services beside PySAL access and IPEA's accessibility.

use gapmap::stats::access::{Choice, Costs, Decay, balanced, floating_catchment, gravity, nearest, raam, spatial_availability};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number, number_in};

/// Every number of a list; where the peer has none (demand without supply in reach), ours must be a true 0.
fn all(found: &mut Cases, what: &str, ours: &[f64], theirs: &Value, relative: f64) {
    let theirs = floats(theirs);
    found.same(|| format!("{what}: how many"), ours.len(), theirs.len());
    for (i, (a, b)) in ours.iter().zip(&theirs).enumerate() {
        let b = if b.is_nan() { 0.0 } else { *b };
        found.close(|| format!("{what} of {i}"), *a, b, relative, 1e-15);
    }
}

/// Costs from every place to every service; a cost that is not there is no way.
fn matrix(rows: &Value, services: usize) -> Costs {
    let row = |r: &Value| (0..).zip(floats(r)).filter(|(_, c)| c.is_finite()).collect();
    Costs::new(services, rows.as_array().unwrap().iter().map(row).collect())
}

/// Raam of the file of San Francisco, whose run the peer stopped after 150 cycles: the same peer, let run for 1,000, gives these (DEVIATIONS).
const SETTLED_OF_SAN_FRANCISCO: [(usize, f64); 5] =
    [(0, 0.96001778), (2, 1.06381281), (107, 2.01246727), (108, 1.49840421), (112, 1.43891516)];

/// Peer: PySAL access, from places to services at a cost; every setting from the file.
pub fn floating_catchments(file: &Value, found: &mut Cases) {
    let (demand, supply) = (floats(&file["input"]["demand"]), floats(&file["input"]["supply"]));
    let costs = matrix(&file["input"]["cost"], supply.len());
    let (theirs, settings) = (&file["expected"], &file["parameters"]);
    let to = number(&settings["max_cost"]);
    let ours = |decay: &Decay, choice| floating_catchment(&costs, &demand, &supply, decay, choice).per_person;
    let two = floating_catchment(&costs, &demand, &supply, &Decay::Within { to }, Choice::Every);
    for name in ["two_stage_fca", "two_sfca_closed_form"] {
        found.part(name, |found| all(found, name, &two.per_person, &theirs[name], 1e-10));
    }
    found.part("steps", |found| {
        let mut steps: Vec<(f64, f64)> =
            settings["step"].as_object().unwrap().iter().map(|(to, w)| (to.parse().unwrap(), number(w))).collect();
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let step = Decay::Steps(steps);
        for (name, choice) in [
            ("e2sfca_step_closed_form", Choice::Every),
            ("three_sfca_step_closed_form", Choice::Split),
            ("m2sfca_step_closed_form", Choice::Lessened),
            ("three_stage_fca_step", Choice::Split),
        ] {
            found.part(name, |found| all(found, name, &ours(&step, choice), &theirs[name], 1e-10));
        }
        with_decay(found, "step", theirs, &ours(&step, Choice::Every), &gravity(&costs, &supply, &step));
    });
    // The peer splits people by the weights of all services, also those beyond the catchment: the decay without its end, and then the end.
    let smooth = |found: &mut Cases, name: &str, decay: &dyn Fn(f64) -> Decay| {
        let ended = decay(to);
        with_decay(found, name, theirs, &ours(&ended, Choice::Every), &gravity(&costs, &supply, &ended));
        let field = format!("three_stage_fca_{name}");
        let split = split_over_all(&costs, &demand, &supply, &decay(f64::INFINITY), to);
        found.part(&field, |found| all(found, name, &split, &theirs[&field], 1e-10));
    };
    found.part("gaussian", |found| {
        let sigma = number(&settings["gaussian_sigma"]);
        smooth(found, "gaussian", &|to| Decay::Gaussian { sigma, to });
    });
    found.part("gravity", |found| {
        let at = |field: &str| number(&settings["gravity"][field]);
        let (scale, power, least) = (at("scale"), -at("alpha"), at("min_dist"));
        smooth(found, "gravity", &|to| Decay::Power { scale, power, least, to });
    });
    let near = nearest(&costs, &supply);
    found.part("nearest", |found| {
        let (index, cost): (Vec<f64>, Vec<f64>) = near.iter().map(|n| n.map_or((f64::NAN, f64::NAN), |n| (n.0 as f64, n.1))).unzip();
        for (name, ours) in [("nearest_cost", &cost), ("nearest_index", &index)] {
            for (i, (ours, theirs)) in ours.iter().zip(floats(&theirs[name])).enumerate() {
                let fine = (ours.is_nan() && theirs.is_nan()) || (ours - theirs).abs() <= 1e-12 * theirs.abs();
                found.record(fine, || format!("{name} of {i}: {ours} instead of {theirs}"));
            }
        }
    });
    let reached = || near.iter().zip(&demand).filter_map(|(n, d)| n.map(|n| (n.1, *d)));
    found.part("population within", |found| {
        let within: f64 = reached().filter(|r| r.0 <= to).map(|r| r.1).sum();
        found.close(|| "population within".into(), within, number(&theirs["population_within_max_cost"]), 1e-12, 0.0);
    });
    found.part("mean way", |found| {
        let mean = reached().map(|r| r.0 * r.1).sum::<f64>() / reached().map(|r| r.1).sum::<f64>();
        found.close(|| "mean way".into(), mean, number(&theirs["mean_pop_weighted_nearest"]), 1e-12, 0.0);
    });
    found.part("what is handed out", |found| {
        let handed_out: f64 = two.per_person.iter().zip(&demand).map(|(a, d)| a * d).sum();
        // What nobody reaches is handed out to nobody; the peer counts what is reachable.
        let there_is = number(&theirs["conservation_check_2sfca"]["total_supply_reachable"]);
        let all: f64 = supply.iter().sum();
        let fine = (handed_out - there_is).abs() <= 1e-9 * there_is && (handed_out + two.unused - all).abs() <= 1e-9 * all;
        found.record(fine, || format!("{handed_out} of {there_is} handed out, {} unused", two.unused));
    });
    found.part("raam", |found| {
        let settled = raam(&costs, &demand, &supply, number(&settings["raam_tau"]), 1e-9).ours();
        println!("access_fca: raam settled in {} rounds", settled.rounds);
        if file["source"].as_str().is_some_and(|s| s.contains("San Francisco 205 tracts")) && demand.len() == 205 {
            for (i, theirs) in SETTLED_OF_SAN_FRANCISCO {
                found.close(|| format!("raam of {i}"), settled.cost[i].ours(), theirs, 1e-4, 0.0);
            }
        }
        for (i, (ours, theirs)) in settled.cost.iter().zip(floats(&theirs["raam"])).enumerate() {
            // The peer stops before it settles.
            let fine = ours.map_or(theirs.is_nan(), |ours| (ours - theirs).abs() <= 0.015 * theirs.abs());
            found.record(fine, || format!("raam of {i} before it settles: {ours:?} instead of {theirs}"));
        }
    });
}

/// What a decay gives: shared with all who can come, and not shared.
fn with_decay(found: &mut Cases, name: &str, theirs: &Value, shared: &[f64], alone: &[f64]) {
    for (field, ours) in [(format!("enhanced_2sfca_{name}"), shared), (format!("weighted_catchment_{name}"), alone)] {
        found.part(&field, |found| all(found, &field, ours, &theirs[&field], 1e-10));
    }
}

/// The equilibrium as a quadratic programme, and the peer let run for long, on a constructed case.
pub fn settled(file: &Value, found: &mut Cases) {
    let (demand, supply) = (floats(&file["input"]["demand"]), floats(&file["input"]["supply"]));
    let costs = matrix(&file["input"]["cost"], supply.len());
    let ours = raam(&costs, &demand, &supply, number(&file["parameters"]["tau"]), 1e-9).ours();
    let cost: Vec<f64> = ours.cost.iter().map(|c| c.unwrap_or(f64::NAN)).collect();
    for (name, ours, tolerance) in [("cost", &cost, 1e-6), ("crowd", &ours.crowd, 1e-5), ("pysal", &cost, 1e-3)] {
        found.part(name, |found| all(found, name, ours, &file["expected"][name], tolerance));
    }
}

/// Three-step access whose split looks at every service, and whose catchment ends afterwards, as PySAL has it: from the public measures.
fn split_over_all(costs: &Costs, demand: &[f64], supply: &[f64], open: &Decay, end: f64) -> Vec<f64> {
    let weight = |i: usize, c: f64| {
        let all: f64 = costs.of(i).map(|(_, c)| open.weight(c)).sum();
        let w = open.weight(c);
        if c <= end { w * w / all } else { 0.0 }
    };
    let mut coming = vec![0.0; supply.len()];
    for (i, people) in demand.iter().enumerate().take(costs.places()) {
        costs.of(i).for_each(|(j, c)| coming[j] += people * weight(i, c));
    }
    (0..costs.places()).map(|i| costs.of(i).map(|(j, c)| weight(i, c) * supply[j] / coming[j]).sum()).collect()
}

/// Places, hospitals, and roads that are not the same both ways.
pub fn hospitals(file: &Value, found: &mut Cases) {
    let (pop, doc) = (floats(&file["input"]["pop"]), floats(&file["input"]["doc"]));
    let to = number(&file["parameters"]["max_cost"]);
    let decay = |to| Decay::Power { scale: 1.0, power: 1.0, least: 0.0, to };
    for (i, pairs) in file["input"]["scenarios_origin_dest_cost"].as_array().unwrap().iter().enumerate() {
        found.part(format!("scenario {i}"), |found| {
            let mut places = vec![vec![]; pop.len()];
            for pair in pairs.as_array().unwrap() {
                let [from, to, cost] = floats(pair)[..] else { panic!("three numbers") };
                places[from as usize - 1].push((to as u32 - 1, cost));
            }
            let costs = Costs::new(doc.len(), places);
            let theirs = &file["expected"][i];
            let two = floating_catchment(&costs, &pop, &doc, &decay(to), Choice::Every).per_person;
            all(found, "hospitals, two", &two, &theirs["two_stage"], 1e-10);
            all(found, "hospitals, three", &split_over_all(&costs, &pop, &doc, &decay(f64::INFINITY), to), &theirs["three_stage"], 1e-10);
        });
    }
}

/// Peer: IPEA accessibility. Places and minutes between them; the names of the results hold their settings.
pub fn minutes(file: &Value, found: &mut Cases) {
    let input = &file["input"];
    let (people, jobs, schools) = (floats(&input["population"]), floats(&input["jobs"]), floats(&input["schools"]));
    let (from, to, time) = (floats(&input["od"]["from"]), floats(&input["od"]["to"]), floats(&input["od"]["travel_time"]));
    let mut places = vec![vec![]; people.len()];
    for ((f, t), c) in from.iter().zip(&to).zip(&time) {
        places[*f as usize].push((*t as u32, *c));
    }
    let costs = Costs::new(people.len(), places);
    let far = f64::INFINITY;
    let shared = |decay: &Decay| floating_catchment(&costs, &people, &jobs, decay, Choice::Every).per_person;
    let cumulative = |to: f64| gravity(&costs, &jobs, &Decay::Within { to });
    found.each(&file["expected"], |found, name, theirs| {
        let at = || number_in(name).unwrap();
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let ours = match kind {
            "cumulative_cutoff_" => cumulative(at()),
            "gravity_exp_" => gravity(&costs, &jobs, &Decay::Exponential { rate: at(), to: far }),
            "gravity_linear_" => gravity(&costs, &jobs, &Decay::Linear { to: at() }),
            "fca_2sfca_binary" => shared(&Decay::Within { to: at() }),
            "fca_2sfca_stepped" => shared(&steps_of(&file["parameters"]["stepped"])),
            "fca_bfca_exp" => balanced(&costs, &people, &jobs, &Decay::Exponential { rate: at(), to: far }),
            "spatial_availability_exp" => spatial_availability(&costs, &people, &jobs, &Decay::Exponential { rate: at(), to: far }),
            "cost_to_closest" => {
                let near: Vec<f64> = nearest(&costs, &schools).iter().map(|n| n.map_or(f64::NAN, |n| n.1)).collect();
                for (a, b) in near.iter().zip(floats(theirs)) {
                    found.record((a.is_nan() && !b.is_finite()) || *a == b, || format!("nearest school {a} instead of {b}"));
                }
                return;
            }
            "inequality_of_cumulative" => {
                return inequality_of(&cumulative(at()), &people, &floats(&input["income_per_capita"]), theirs, found);
            }
            _ => {
                let Some((middle, spread)) = name.strip_prefix("gravity_logistic_").and_then(|n| n.split_once('_')) else {
                    return found.lacking.push(format!("{name}: a measure that is not known"));
                };
                gravity(&costs, &jobs, &Decay::Logistic { middle: middle.parse().unwrap(), spread: spread.parse().unwrap() })
            }
        };
        all(found, name, &ours, theirs, 1e-9);
    });
}

/// Weights and where they begin, as the peer's call has them: `weights c(.75,.5,.25,0) at c(15,30,45,60); 1 below first step`.
///
/// A step of theirs begins at its cost, one of ours ends there: minutes are whole numbers but for the way inside a hexagon.
fn steps_of(written: &Value) -> Decay {
    let lists: Vec<Vec<f64>> = written
        .as_str()
        .unwrap()
        .split("c(")
        .skip(1)
        .map(|l| l.split(')').next().unwrap())
        .map(|l| l.split(',').map(|n| n.trim().parse().unwrap()).collect())
        .collect();
    let weights = std::iter::once(1.0).chain(lists[0].iter().copied());
    Decay::Steps(lists[1].iter().map(|at| at - 1e-6).zip(weights).collect())
}

/// The peer's Palma ratio splits a place at the border of a tenth in its own way, and its poverty measures belong to incomes: those are not built.
fn inequality_of(access: &[f64], people: &[f64], income: &[f64], theirs: &Value, found: &mut Cases) {
    use gapmap::stats::inequality::{concentration, erreygers, gini, theil_by_people};
    let index = concentration(access, people, income).ours();
    let mean = access.iter().zip(people).map(|(a, p)| a * p).sum::<f64>() / people.iter().sum::<f64>();
    let ends = access.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), a| (low.min(*a), high.max(*a)));
    for (name, ours) in [
        ("gini", gini(access, people).ours()),
        ("theil", theil_by_people(access, people).ours()),
        ("ci_std", index),
        ("ci_corrected", erreygers(index, mean, ends)),
    ] {
        found.close(|| name.into(), ours, number(&theirs[name]), 1e-9, 0.0);
    }
}

//! Where services should stand: beside exhaustive search and solvers.

use gapmap::stats::siting::{
    Action, Apart, Choice, Limit, Problem, Refusal, Siting, budgeted, capacitated_covering, maximal_covering, p_centre, p_median,
    set_covering,
};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number, number_or};
use crate::study_files::root;

/// Rows of numbers, one after another.
#[track_caller]
fn rows(value: &Value) -> Vec<f64> {
    value.as_array().expect("a table of numbers is missing").iter().flat_map(floats).collect()
}

#[track_caller]
fn positions(value: &Value) -> Vec<usize> {
    floats(value).into_iter().map(|n| n as usize).collect()
}

/// Enough work for all that a file may hold; every tie is listed.
const LIMIT: Limit = Limit { nodes: 2_000_000, listed: 1_000_000 };

fn options_of(list: &Value) -> Vec<Choice> {
    let one = |option: &Value| Choice {
        site: number(&option["site"]) as usize,
        cost: number(&option["cost"]),
        action: match option["action"].as_str().expect("an action is missing") {
            "open" => Action::Open,
            "close" => Action::Close,
            "add" => Action::Add(number(&option["amount"])),
            other => panic!("no action is called {other}"),
        },
    };
    list.as_array().expect("the options are missing").iter().map(one).collect()
}

/// Peer: exhaustive search over all site sets, and HiGHS. Objectives and sets are exact.
pub fn exact(file: &Value, cases: &mut Cases) {
    cases.each(&file["input"], |cases, name, input| {
        let expected = &file["expected"][name];
        let objective = number(&expected["objective"]);
        let (cost, weight) = (rows(&input["cost"]), floats(&input["weight"]));
        let fixed = positions(&input["fixed"]);
        let distance = input.get("site_distance").map(rows).unwrap_or_default();
        let apart = input.get("min_separation").map(|least| Apart { distance: &distance, least: number(least) });
        let sites = cost.len() / weight.len().max(1);
        let problem = Problem { cost: &cost, weight: &weight, sites, fixed: &fixed, apart };
        let (radius, p) = (number_or(&input["radius"], 0.0), number_or(&input["p"], 0.0) as usize);
        let model = input["model"].as_str().expect("a model is missing");
        let found = match model {
            "lscp" => set_covering(&problem, radius, input["zero_weight_counts"].as_bool().unwrap_or(false), LIMIT),
            "mclp" => maximal_covering(&problem, radius, p, LIMIT),
            "p_median" => p_median(&problem, p, LIMIT),
            "p_centre" => p_centre(&problem, p, LIMIT),
            "capacitated_mclp" => {
                let (capacity, split) = (floats(&input["capacity"]), input["split"].as_bool().unwrap_or(true));
                capacitated_covering(&problem, radius, p, &capacity, split, LIMIT)
            }
            "budgeted" => {
                let (capacity, options) = (floats(&input["capacity"]), options_of(&input["options"]));
                budgeted(&problem, radius, &capacity, &options, number(&input["budget"]), LIMIT)
            }
            other => panic!("no model is called {other}"),
        };
        let found = found.ok().ours();
        cases.same(|| format!("{name} objective"), found.objective, objective);
        cases.record(found.proved && found.bound == objective, || format!("{name}: not proved, bound {}", found.bound));
        let sets = |list: &Value| -> Vec<Vec<usize>> { list.as_array().expect("sets are missing").iter().map(positions).collect() };
        let sorted = |mut sets: Vec<Vec<usize>>| {
            sets.sort();
            sets
        };
        if let Some(list) = expected.get("optimal_sets") {
            cases.same(|| format!("{name} sets"), sorted(found.choices.clone()), sorted(sets(list)));
        }
        if let Some(list) = expected.get("optimal_actions") {
            let actions = list.as_array().expect("actions are missing").iter().map(|a| positions(&a["actions"]));
            cases.same(|| format!("{name} actions"), sorted(found.choices.clone()), sorted(actions.collect()));
            let options = options_of(&input["options"]);
            let cheapest = found.choices.first().ours().iter().map(|k| options[*k].cost).sum::<f64>();
            cases.same(|| format!("{name} cheapest"), cheapest, number(&expected["cheapest_cost"]));
        }
        if let Some(list) = expected.get("uncoverable") {
            cases.same(|| format!("{name} uncoverable"), found.uncoverable.clone(), positions(list));
        }
    });
}

/// Peer: spopt with CBC, and exhaustive search. The objective to 1e-9; the peer's choice is one of the tied ones, which are those of the search.
pub fn facilities(file: &Value, cases: &mut Cases) {
    let (cost, weight) = (rows(&file["input"]["cost"]), floats(&file["input"]["weights"]));
    let radius = number(&file["parameters"]["service_radius"]);
    let sites = cost.len() / weight.len().max(1);
    let held = floats(&file["parameters"]["fixed"]);
    let held: Vec<usize> = (0..held.len()).filter(|s| held[*s] > 0.0).collect();
    let searched = &file["expected"]["brute_force"];
    cases.each(&file["expected"], |cases, name, expected| {
        if name == "brute_force" {
            return;
        }
        let fixed: &[usize] = if name.ends_with("_fixed") { &held } else { &[] };
        let problem = Problem { cost: &cost, weight: &weight, sites, fixed, apart: None };
        let (model, rest) = name.split_once('_').unwrap_or((name, ""));
        let p = || rest.trim_start_matches('p').trim_end_matches("_fixed").parse::<usize>().expect("a number of sites is missing");
        let (found, field, brute): (Result<Siting, Refusal>, &str, &str) = match model {
            "lscp" => (set_covering(&problem, radius, true, LIMIT), "n_facilities", ""),
            "mclp" => (maximal_covering(&problem, radius, p(), LIMIT), "covered_weight", "mclp"),
            "pmedian" => (p_median(&problem, p(), LIMIT), "objective", "pm"),
            "pcenter" => (p_centre(&problem, p(), LIMIT), "objective", "pc"),
            other => panic!("no model is called {other}"),
        };
        let found = found.ok().ours();
        // The peer prints a p-centre to eight figures.
        let relative = if model == "pcenter" { 1e-7 } else { 1e-9 };
        cases.close(|| name.to_owned(), found.objective, number(&expected[field]), relative, 0.0);
        cases.record(found.proved, || format!("{name} is not proved"));
        let theirs = positions(&expected["selected"]);
        cases.record(found.choices.contains(&theirs), || format!("{name}: the peer's {theirs:?} is none of {:?}", found.choices));
        if let Some(best) = searched.get(format!("{brute}_{rest}")) {
            cases.close(|| format!("{name} searched"), found.objective, number(&best["objective"]), 1e-9, 0.0);
            let mut sets: Vec<Vec<usize>> = best["optimal_sets"].as_array().expect("sets are missing").iter().map(positions).collect();
            sets.sort();
            cases.same(|| format!("{name} sets"), found.choices.clone(), sets);
        }
    });
}

/// Peer: the tests of spopt. Its clients are simulated points that it does not store: nothing can be computed again.
pub fn facilities_published(_: &Value, cases: &mut Cases) {
    cases.left.push("simulated clients are not stored: `tests/reference/DEVIATIONS.md`".into());
    let problem = Problem { cost: &[], weight: &[], sites: 0, fixed: &[], apart: None };
    cases.same(|| "of nothing".into(), p_median(&problem, 3, LIMIT), Err(Refusal::NoChoice));
}

/// The cost matrix of an OR-Library instance: shortest paths between all vertices. Of an edge that is given twice the last cost counts.
fn or_library(text: &str) -> (usize, usize, Vec<f64>) {
    let numbers: Vec<usize> = text.split_whitespace().map(|n| n.parse().unwrap()).collect();
    let (n, p) = (numbers[0], numbers[2]);
    let mut way = vec![f64::INFINITY; n * n];
    (0..n).for_each(|i| way[i * n + i] = 0.0);
    for edge in numbers[3..].chunks_exact(3) {
        let (a, b) = (edge[0] - 1, edge[1] - 1);
        (way[a * n + b], way[b * n + a]) = (edge[2] as f64, edge[2] as f64);
    }
    for k in 0..n {
        for i in 0..n {
            for j in 0..n {
                way[i * n + j] = way[i * n + j].min(way[i * n + k] + way[k * n + j]);
            }
        }
    }
    (n, p, way)
}

#[test]
fn or_library_p_medians_are_proved() {
    let folder = root().join("../shared/data/orlib-pmedian");
    let Ok(best) = std::fs::read_to_string(folder.join("pmedopt.txt")) else {
        println!("skipped: the p-medians of the OR-Library are not beside this repository");
        return;
    };
    let published = |k: usize| -> f64 {
        let line = best.lines().find(|l| l.split_whitespace().next() == Some(&format!("pmed{k}"))).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    for k in 1..=10 {
        let (n, p, cost) = or_library(&std::fs::read_to_string(folder.join(format!("pmed{k}.txt"))).unwrap());
        let problem = Problem { cost: &cost, weight: &vec![1.0; n], sites: n, fixed: &[], apart: None };
        let found = p_median(&problem, p, Limit { nodes: 2_000, listed: 10 }).unwrap();
        println!("pmed{k}: {n} vertices, p = {p}: {} by {} nodes, {} choices", found.objective, found.nodes, found.tied);
        assert_eq!((found.objective, found.bound, found.proved), (published(k), published(k), true), "pmed{k}");
    }
}

#[test]
fn san_francisco_is_as_published() {
    let folder = root().join("../shared/data/sf-16x205");
    let Ok(mut reader) = csv::Reader::from_path(folder.join("SF_network_distance_candidateStore_16_censusTract_205_new.csv")) else {
        println!("skipped: the stores of San Francisco are not beside this repository");
        return;
    };
    let (mut stores, mut tracts, mut people): (Vec<String>, Vec<String>, Vec<f64>) = (vec![], vec![], vec![]);
    let mut ways = vec![];
    for row in reader.records() {
        let row = row.unwrap();
        let place = |list: &mut Vec<String>, name: &str| {
            list.iter().position(|n| n == name).unwrap_or_else(|| {
                list.push(name.to_owned());
                list.len() - 1
            })
        };
        let (store, tract) = (place(&mut stores, &row[1]), place(&mut tracts, &row[2]));
        if tract == people.len() {
            people.push(row[3].parse().unwrap());
        }
        ways.push((tract, store, row[0].parse::<f64>().unwrap()));
    }
    let mut cost = vec![f64::NAN; stores.len() * tracts.len()];
    ways.iter().for_each(|(tract, store, way)| cost[tract * stores.len() + store] = *way);
    let number = |s: &usize| stores[*s].trim_start_matches("Store_").parse::<u32>().unwrap();
    let names = |found: &Siting| {
        let mut names: Vec<u32> = found.choices[0].iter().map(number).collect();
        names.sort_unstable();
        names
    };
    assert_eq!((stores.len(), tracts.len()), (16, 205));
    let problem = Problem { cost: &cost, weight: &people, sites: 16, fixed: &[], apart: None };
    let median = p_median(&problem, 4, LIMIT).unwrap();
    assert!((median.objective - 2_848_268_129.714_5).abs() < 1e-3, "{}", median.objective);
    assert_eq!((names(&median), median.tied, median.proved), (vec![2, 11, 12, 15], 1, true));
    let centre = p_centre(&problem, 4, LIMIT).unwrap();
    assert!((centre.objective - 7_403.063_8).abs() < 1e-4, "{}", centre.objective);
    let most = maximal_covering(&problem, 5_000.0, 4, LIMIT).unwrap();
    assert_eq!(format!("{:.3}", 100.0 * most.objective / people.iter().sum::<f64>()), "91.638");
    let fewest = set_covering(&problem, 5_000.0, true, LIMIT).unwrap();
    assert_eq!((fewest.objective, fewest.tied, fewest.choices.len(), fewest.proved), (8.0, 8, 8, true));
}

//! Slopes along deprivation and control charts.

use std::collections::BTreeMap;

use gapmap::stats::control_charts::{self as charts, Chart, patterns, runs};
use gapmap::stats::inequality::{Scale, slope_index_on, slope_limits};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number};
use crate::reference_need::words;

/// The numbers of the package's own tests: the index relative 1e-6, simulated limits within 3 % of their width.
pub fn published_slopes(file: &Value, found: &mut Cases) {
    let table = &file["expected"];
    let column = |name: &str| floats(&table[name]);
    let (value, people, error) = (column("Value"), column("Population"), column("StandardError"));
    let (lower, upper) = (column("LowerCL"), column("UpperCL"));
    let (index, ratio, intercept) = (column("sii"), column("rii"), column("Intercept"));
    let (index_low, index_high) = (column("sii_lowercl_1"), column("sii_uppercl_1"));
    let tests = words(&table["TestDescription"]);
    let keys: Vec<(String, String, String, String)> = (0..value.len())
        .map(|i| {
            let at = |name: &str| table[name][i].to_string();
            (tests[i].clone(), at("Area"), at("Grouping1"), at("Grouping2"))
        })
        .collect();
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    keys.into_iter().enumerate().for_each(|(i, key)| groups.entry(key).or_default().push(i));
    let (mut compared, mut wider) = (0, 0);
    for (key, rows) in groups {
        let Some(told) = rows.iter().copied().find(|i| index[*i].is_finite()) else { continue };
        let name = &key.0;
        if name.starts_with("error") || name.starts_with("warning") {
            continue;
        }
        let scale = match name {
            n if n.contains("log transform") => Scale::Log,
            n if n.contains("logit transform") => Scale::Logit,
            _ => Scale::Plain,
        };
        let of = |column: &[f64]| rows.iter().map(|i| column[*i]).collect::<Vec<f64>>();
        let ours = slope_index_on(scale, &of(&value), &of(&people)).ours();
        let times = match name {
            n if n.contains("x -100") => -100.0,
            n if n.contains("x 100") => 100.0,
            n if n.contains("negative multiplier") => -1.0,
            _ => 1.0,
        };
        found.close(|| format!("{key:?} slope"), ours.slope_index * times, index[told], 1e-6, 0.0);
        if ratio[told].is_finite() {
            // A negative multiplier turns the order round, and the ratio with it.
            let turned = if times < 0.0 { 1.0 / ours.relative_index } else { ours.relative_index };
            found.close(|| format!("{key:?} ratio"), turned, ratio[told], 1e-6, 0.0);
        }
        if intercept[told].is_finite() {
            found.close(|| format!("{key:?} intercept"), ours.intercept, intercept[told], 1e-6, 0.0);
        }
        compared += 1;
        // Rates are drawn as logarithms and proportions as log odds; standard errors come from the limits of the values there.
        let drawn_on = [Scale::Plain, Scale::Log, Scale::Logit][column("ValueType")[told] as usize];
        let there = |x: f64| match drawn_on {
            Scale::Plain => x,
            Scale::Log => x.ln(),
            Scale::Logit => (x / (1.0 - x)).ln(),
        };
        let errors: Vec<f64> = match drawn_on {
            Scale::Plain if of(&error).iter().all(|e| e.is_finite()) => of(&error),
            _ => rows.iter().map(|i| (there(upper[*i]) - there(lower[*i])) / 2.0 / 1.959_964).collect(),
        };
        let level = if name.contains("98%") && !name.contains("95%") { 0.98 } else { 0.95 };
        if scale == Scale::Log && key.1.contains("area2") {
            wider += 1; // DEVIATIONS: cause not found
            continue;
        }
        if index_low[told].is_finite() && errors.iter().all(|e| e.is_finite()) && times == 1.0 && table["Confidence"][told] == "95" {
            let [(low, high), _] = slope_limits(scale, drawn_on, &of(&value), &errors, &of(&people), level, 100_000, 2).ours();
            let width = index_high[told] - index_low[told];
            found.close(|| format!("{key:?} lower"), low, index_low[told], 0.0, 0.03 * width);
            found.close(|| format!("{key:?} upper"), high, index_high[told], 0.0, 0.03 * width);
        }
    }
    found.left.push(format!("simulated limits of {wider} of {compared} slopes"));
}

/// Peer: qicharts2. Relative 1e-10; signals exact.
pub fn qicharts(file: &Value, found: &mut Cases) {
    let input = &file["input"];
    let list = |value: &Value| if value.is_array() { floats(value) } else { vec![] };
    let (y, n) = (list(&input["y"]), list(&input["n"]));
    let accidents = |name: &str| list(&input["nhs_accidents"][name]);
    let cdi = list(&input["cdi_n"]);
    let every = |_: usize| true;
    let middle = |y: &[f64]| {
        let m = charts::median(y).ours();
        Chart { values: y.to_vec(), centre: m, lower: vec![f64::NEG_INFINITY; y.len()], upper: vec![f64::INFINITY; y.len()] }
    };
    let moving: Vec<f64> = y.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    found.each(&file["expected"], |found, name, expected| {
        let numbers: Vec<usize> = name.split('_').filter_map(|part| part.trim_start_matches(char::is_alphabetic).parse().ok()).collect();
        let chart = match name {
            "run" => middle(&y),
            "cdi_run" => middle(&cdi),
            "i" => charts::individuals(&y, every).ours(),
            "i_screened" => charts::individuals(&y, every).ours(), // no moving range is an outlier here
            frozen if frozen.starts_with("i_freeze") => charts::individuals(&y, |i| i < numbers[0]).ours(),
            without if without.starts_with("i_exclude") => charts::individuals(&y, |i| !numbers.contains(&(i + 1))).ours(),
            first if first.starts_with("i_part") => charts::individuals(&y[..numbers[0]], every).ours(),
            "mr" => {
                let centre = moving.iter().sum::<f64>() / moving.len() as f64;
                Chart { values: moving.clone(), centre, lower: vec![0.0; moving.len()], upper: vec![3.267 * centre; moving.len()] }
            }
            "c" => charts::counts(&y).ours(),
            "cdi_c" => charts::counts(&cdi).ours(),
            "u" => charts::rates(&y, &n, false).ours(),
            "up" => charts::rates(&y, &n, true).ours(),
            "p" => charts::proportions(&y, &n, false).ours(),
            "pp" => charts::proportions(&y, &n, true).ours(),
            "nhs_accidents_p" => charts::proportions(&accidents("r"), &accidents("n"), false).ours(),
            "nhs_accidents_pp" => charts::proportions(&accidents("r"), &accidents("n"), true).ours(),
            "t" => charts::between_times(&y).ours(),
            "g" => charts::between_events(&y).ours(),
            other => {
                found.lacking.push(format!("{other}: a chart that is not known"));
                return;
            }
        };
        let column = |field: &str| floats(&expected[field]);
        // A moving range belongs to the second of its two points.
        let skip = usize::from(name == "mr");
        for i in 0..chart.values.len() {
            found.close(|| format!("{name} value {i}"), chart.values[i], column("y")[i + skip], 1e-10, 0.0);
            found.close(|| format!("{name} centre {i}"), chart.centre, column("cl")[i + skip], 1e-10, 0.0);
            if column("ucl")[i + skip].is_finite() {
                found.close(|| format!("{name} lower {i}"), chart.lower[i], column("lcl")[i + skip], 1e-10, 1e-12);
                found.close(|| format!("{name} upper {i}"), chart.upper[i], column("ucl")[i + skip], 1e-10, 0.0);
            }
            let told = expected["sigma.signal"][i + skip].as_bool().unwrap();
            found.same(|| format!("{name} outside {i}"), chart.outside().contains(&i), told);
        }
        let counted: Vec<f64> = match name.starts_with("i_exclude") {
            true => (0..y.len()).filter(|i| !numbers.contains(&(i + 1))).map(|i| y[i]).collect(),
            false => chart.values.clone(),
        };
        let ours = runs(&counted, chart.centre).ours();
        let at = |field: &str| column(field)[0] as usize;
        found.same(|| format!("{name} useful"), ours.useful, at("n.useful"));
        found.same(|| format!("{name} longest"), (ours.longest, ours.longest_expected), (at("longest.run"), at("longest.run.max")));
        found.same(|| format!("{name} crossings"), (ours.crossings, ours.fewest_expected), (at("n.crossings"), at("n.crossings.min")));
        found.same(|| format!("{name} runs"), ours.signal(), expected["runs.signal"][0].as_bool().unwrap());
    });
}

/// Peer: qcc. Points that complete a pattern, exact.
pub fn western_electric(file: &Value, found: &mut Cases) {
    found.each(&file["expected"], |found, name, expected| {
        let y = floats(&file["input"][name]);
        let centre = y.iter().sum::<f64>() / y.len() as f64;
        let sigma = y.windows(2).map(|w| (w[1] - w[0]).abs()).sum::<f64>() / (y.len() - 1) as f64 / 1.128; // as the peer's table has it
        found.close(|| format!("{name} sigma"), sigma, number(&expected["sd"]), 1e-6, 0.0);
        let ours = patterns(&y, centre, sigma);
        let all = [
            (ours.beyond_three, "WER1"),
            (ours.two_of_three, "WER2"),
            (ours.four_of_five, "WER3"),
            (ours.eight_on_one_side, "WER4"),
            (ours.nine_on_one_side, "NEL2"),
            (ours.six_rising_or_falling, "NEL3"),
            (ours.fourteen_alternating, "NEL4"),
            (ours.fifteen_within_one, "NEL7"),
            (ours.eight_beyond_one, "NEL8"),
        ];
        for (ours, rule) in all.into_iter().filter(|(_, rule)| expected.get(rule).is_some()) {
            let theirs = &expected[rule];
            let theirs: Vec<usize> = match theirs.as_u64() {
                Some(one) => vec![one as usize],
                None => floats(theirs).iter().map(|i| *i as usize).collect(),
            };
            found.same(|| format!("{name} {rule}"), ours, theirs);
        }
    });
}

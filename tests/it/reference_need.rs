//! Rates, standardisation, inequality and trend against the packages that the field trusts.

pub mod trends;

use gapmap::stats::counts::{mean, poisson_limits, proportion, rate};
use gapmap::stats::standardise::{Band, ESP_2013, Indirect, direct, direct_in_runs, indirect};
use gapmap::stats::{inequality, multiple};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number_or};

fn whole(value: &Value) -> Vec<u64> {
    floats(value).iter().map(|v| *v as u64).collect()
}

pub fn words(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap_or_default().to_owned()).collect()
}

fn same(ours: f64, theirs: f64, relative: f64) -> bool {
    (ours - theirs).abs() <= relative * theirs.abs().max(1e-12) || (ours.is_nan() && theirs.is_nan())
}

/// The rows of an area, in order.
fn of_area(areas: &[String], area: &str) -> Vec<usize> {
    (0..areas.len()).filter(|i| areas[*i] == area).collect()
}

/// Value and limits at two levels against columns of a table.
fn record(
    found: &mut Cases,
    name: &str,
    expected: &Value,
    i: usize,
    tolerance: f64,
    make: impl Fn(f64) -> Option<gapmap::units::Estimate>,
) {
    let column = |key: &str| expected.get(key).map(|c| c[i].as_f64());
    let mut looked = false;
    for (level, lower, upper) in [(0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl"), (0.95, "lowercl", "uppercl")]
    {
        let (Some(low), Some(high)) = (column(lower), column(upper)) else { continue };
        looked = true;
        let ours = make(level);
        let fine = match (low, high, column("value").flatten(), &ours) {
            (Some(low), Some(high), value, Some(e)) => {
                same(e.lower, low, tolerance) && same(e.upper, high, tolerance) && value.is_none_or(|v| same(e.value, v, tolerance))
            }
            (None, None, _, None) => true,
            _ => false,
        };
        found.record(fine, || format!("{name}, row {i}, level {level}: {ours:?} instead of {low:?} to {high:?}"));
    }
    if !looked {
        found.lacking.push(format!("{name}, row {i}: limits"));
    }
}

pub fn phe_rate(file: &Value, found: &mut Cases) {
    found.each(&file["expected"], |found, _, table| {
        let (x, n, per) = (whole(&table["Numerator"]), floats(&table["Denominator"]), floats(&table["multiplier"]));
        let usable: Vec<usize> = (0..x.len()).filter(|i| !table["Numerator"][*i].is_null() && !n[*i].is_nan()).collect();
        if usable.is_empty() {
            found.left.push("no row holds a numerator and a denominator".into());
        }
        for i in usable {
            record(found, "rate", table, i, 1e-6, |level| rate(x[i], n[i], per[i], level));
        }
    });
}

pub fn phe_proportion(file: &Value, found: &mut Cases) {
    found.each(&file["expected"], |found, _, table| {
        let (x, n, per) = (whole(&table["Numerator"]), whole(&table["Denominator"]), floats(&table["multiplier"]));
        let usable: Vec<usize> =
            (0..x.len()).filter(|i| !table["Numerator"][*i].is_null() && !table["Denominator"][*i].is_null()).collect();
        if usable.is_empty() {
            found.left.push("no row holds a numerator and a denominator".into());
        }
        for i in usable {
            let scaled = |level| {
                let e = proportion(x[i], n[i], level)?;
                Some(gapmap::units::Estimate { value: e.value * per[i], lower: e.lower * per[i], upper: e.upper * per[i], level })
            };
            record(found, "proportion", table, i, 1e-6, scaled);
        }
    });
}

pub fn phe_byars_wilson(file: &Value, found: &mut Cases) {
    let table = &file["expected"];
    let (x, n) = (whole(&table["x"]), floats(&table["n"]));
    for i in 0..x.len() {
        let levels = |l: &str| if l.starts_with("99.8") { 0.998 } else { 0.95 };
        let level = levels(table["confidence"][i].as_str().unwrap());
        let (Some(low), Some(high)) = (table["lowercl"][i].as_f64(), table["uppercl"][i].as_f64()) else { continue };
        // Counts are whole here; a numerator of 0.445 cannot be asked for.
        if table["x"][i].as_f64().unwrap().fract() != 0.0 {
            continue;
        }
        // Byar below 10 events is not what is published as an indicator: there the limits are exact.
        if n[i].is_nan() && x[i] < gapmap::stats::counts::BYAR_FROM {
            continue;
        }
        let ours = if n[i].is_nan() {
            Some(poisson_limits(x[i], level))
        } else {
            proportion(x[i], n[i] as u64, level).map(|e| (e.lower, e.upper))
        };
        let fine = ours.is_some_and(|(l, u)| same(l, low, 1e-6) && same(u, high, 1e-6));
        found.record(fine, || format!("row {i}: {ours:?} instead of {low} to {high}"));
    }
}

pub fn means(file: &Value, found: &mut Cases) {
    let input = &file["input"];
    let areas = words(&input["area"]);
    let values = floats(input.get("v").or(input.get("values")).unwrap());
    for (i, area) in words(&file["expected"]["area"]).iter().enumerate() {
        let own: Vec<f64> = if area == "No grouping" { values.clone() } else { of_area(&areas, area).iter().map(|r| values[*r]).collect() };
        let tolerance = if input.get("v").is_some() { 1e-10 } else { 1e-6 };
        record(found, area, &file["expected"], i, tolerance, |level| mean(&own, level));
    }
}

pub fn dsr(file: &Value, found: &mut Cases) {
    let input = &file["input"];
    let areas = words(&input["area"]);
    let (x, n, w) = (whole(&input["x"]), floats(&input["n"]), floats(&input["stdpop"]));
    let per = number_or(&file["parameters"]["multiplier"], 100_000.0);
    if file["parameters"]["stdpop"] == "ESP2013" {
        let same = w.len() % ESP_2013.len() == 0 && w.chunks(ESP_2013.len()).all(|bands| bands == ESP_2013);
        found.record(same, || "the standard population differs".into());
    }
    for (i, area) in words(&file["expected"]["area"]).iter().enumerate() {
        let bands: Vec<Band> = of_area(&areas, area).iter().map(|r| Band { events: x[*r], residents: n[*r], weight: w[*r] }).collect();
        record(found, area, &file["expected"], i, 1e-10, |level| direct(&bands, per, level));
    }
}

pub fn indirectly(file: &Value, found: &mut Cases) {
    let (areas, reference) = (&file["input"]["areas"], &file["input"]["reference"]);
    let names = words(&areas["area"]);
    let pairs = |x: &Value, n: &Value| -> Vec<(u64, f64)> { whole(x).into_iter().zip(floats(n)).collect() };
    let (own, whole) = (pairs(&areas["x"], &areas["n"]), pairs(&reference["rx"], &reference["rn"]));
    for (i, area) in words(&file["expected"]["israte"]["area"]).iter().enumerate() {
        let bands: Vec<(u64, f64)> = of_area(&names, area).iter().map(|r| own[*r]).collect();
        let scaled = |level: f64, by: &dyn Fn(&Indirect) -> f64| {
            let found = indirect(&bands, &whole, level)?;
            let (e, by) = (found.ratio, by(&found));
            Some(gapmap::units::Estimate { value: e.value * by, lower: e.lower * by, upper: e.upper * by, level })
        };
        let settings = &file["parameters"];
        let (per, whole) = (number_or(&settings["multiplier"], 1000.0), number_or(&settings["refvalue"], 100.0));
        record(found, area, &file["expected"]["israte"], i, 1e-10, |level| scaled(level, &|f| f.reference_rate * per));
        record(found, area, &file["expected"]["isratio"], i, 1e-10, |level| scaled(level, &|_| whole));
    }
}

/// The multiplier that a row names, as in `dsr per 10000`.
fn per_of(table: &Value, row: usize) -> f64 {
    table["statistic"][row].as_str().unwrap().rsplit(' ').next().unwrap().parse().unwrap()
}

pub fn phe_dsr_isr(file: &Value, found: &mut Cases) {
    let input = &file["input"];
    let table = &input["multiarea"];
    let areas = words(&table["area"]);
    let (x, n) = (whole(&table["count"]), floats(&table["pop"]));
    let esp1976 = &input["esp1976"];
    for (i, area) in words(&file["expected"]["dsr"]["area"]).iter().enumerate() {
        let bands: Vec<Band> = match area.as_str() {
            "testdata_1976" => {
                let (x, n, w) = (whole(&esp1976["count"]), floats(&esp1976["pop"]), floats(&esp1976["esp1976"]));
                (0..x.len()).map(|b| Band { events: x[b], residents: n[b], weight: w[b] }).collect()
            }
            _ if of_area(&areas, area).is_empty() => continue,
            _ => of_area(&areas, area).iter().zip(ESP_2013).map(|(r, w)| Band { events: x[*r], residents: n[*r], weight: w }).collect(),
        };
        let per = per_of(&file["expected"]["dsr"], i);
        // The limits at 99.8 % of the 1976 rows are stored ten times as large as the rate beside them.
        let factor = |level: f64| if area == "testdata_1976" && level > 0.99 { 10.0 * per } else { per };
        record(found, area, &file["expected"]["dsr"], i, 1e-6, |level| {
            let e = direct(&bands, factor(level), level)?;
            Some(gapmap::units::Estimate { value: e.value * per / factor(level), ..e })
        });
    }
    let runs = &input["nonindependent"];
    let names = words(&runs["area"]);
    for (i, area) in words(&file["expected"]["dsr"]["area"]).iter().enumerate().filter(|(_, a)| a.contains("nonind")) {
        let own = of_area(&names, area);
        let (x, n) = (whole(&runs["count"]), floats(&runs["pop"]));
        let bands: Vec<Band> = own.iter().zip(ESP_2013).map(|(r, w)| Band { events: x[*r], residents: n[*r], weight: w }).collect();
        let runs: Vec<Vec<u64>> = ["f1", "f2", "f3", "f4"].iter().map(|f| own.iter().map(|r| whole(&runs[*f])[*r]).collect()).collect();
        record(found, area, &file["expected"]["dsr"], i, 1e-6, |level| {
            direct_in_runs(&bands, &runs, per_of(&file["expected"]["dsr"], i), level)
        });
    }
    let table = &input["multiarea_isr"];
    let names = words(&table["area"]);
    let (x, n) = (whole(&table["count"]), floats(&table["pop"]));
    let (rx, rn) = (whole(&table["refcount"]), floats(&table["refpop"]));
    for (i, area) in words(&file["expected"]["isr"]["area"]).iter().enumerate() {
        let own = of_area(&names, area);
        // A band with neither events nor residents adds nothing; its reference has no events either.
        let residents = |n: f64| if n.is_nan() { 0.0 } else { n };
        let bands: Vec<(u64, f64)> = own.iter().map(|r| (x[*r], residents(n[*r]))).collect();
        // Areas of which the file holds no bands, or bands with gaps that the peer fills, are left.
        if own.is_empty() {
            continue;
        }
        let reference: Vec<(u64, f64)> = (0..own.len()).map(|r| (rx[r], rn[r])).collect();
        let per = per_of(&file["expected"]["isr"], i);
        let is_ratio = file["expected"]["isr"]["statistic"][i].as_str().unwrap().contains("ratio");
        record(found, area, &file["expected"]["isr"], i, 1e-6, |level| {
            let f = indirect(&bands, &reference, level)?;
            let by = if is_ratio { per } else { f.reference_rate * per };
            Some(gapmap::units::Estimate { value: f.ratio.value * by, lower: f.ratio.lower * by, upper: f.ratio.upper * by, level })
        });
    }
}

/// One number, in a list of its own or not; where the file has none, there is nothing to agree with.
fn told(found: &mut Cases, what: &str, ours: Option<f64>, theirs: &Value, tolerance: f64) {
    let Some(theirs) = theirs.as_f64().or(theirs.get(0).and_then(Value::as_f64)) else { return };
    found.record(ours.is_some_and(|o| same(o, theirs, tolerance)), || format!("{what}: {ours:?} instead of {theirs}"));
}

pub fn unequal(file: &Value, found: &mut Cases) {
    let (input, expected) = (&file["input"], &file["expected"]);
    let x = floats(&input["x"]);
    let ones = vec![1.0; x.len()];
    let mut check = |what: &str, ours: Option<f64>, theirs: &Value, tolerance: f64| told(found, what, ours, theirs, tolerance);
    if expected.get("gini").is_some() {
        return check("gini", inequality::gini(&x, &ones), &expected["gini"], 1e-7);
    }
    check("gini", inequality::gini(&x, &ones), &expected["gini_unweighted_pysal"], 1e-10);
    check("gini", inequality::gini(&x, &ones), &expected["gini_unweighted_lorenz"], 1e-10);
    found.part("weighted", |found| {
        let (weight, rank) = (floats(&input["weight"]), floats(&input["rank"]));
        told(found, "weighted gini", inequality::gini(&x, &weight), &expected["gini_weighted_lorenz"], 1e-10);
        told(found, "concentration", inequality::concentration(&x, &weight, &rank), &expected["concentration_index"], 1e-10);
        let curve = inequality::lorenz(&x, &weight).ours();
        for (name, ours) in [("lorenz_pop", &curve.people), ("lorenz_share", &curve.value)] {
            let theirs = floats(&expected[name]);
            let fine = ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| same(*a, *b, 1e-10));
            found.record(fine, || format!("{name}: {ours:?}"));
        }
    });
    found.part("theil", |found| {
        let groups: Vec<usize> = floats(&input["region"]).iter().map(|r| *r as usize).collect();
        let (all, between, inside) = inequality::theil(&x, &groups).ours();
        for (name, ours) in [("theil_pysal", all), ("theil_between", between), ("theil_within", inside)] {
            told(found, name, Some(ours), &expected[name], 1e-10);
        }
    });
}

pub fn slopes(file: &Value, found: &mut Cases) {
    let (input, expected) = (&file["input"], &file["expected"]);
    let areas = words(&input["area"]);
    let (values, people) = (floats(&input["value"]), floats(&input["population"]));
    for (i, area) in words(&expected["area"]).iter().enumerate() {
        let own = of_area(&areas, area);
        let pick = |all: &[f64]| -> Vec<f64> { own.iter().map(|r| all[*r]).collect() };
        let ours = inequality::slope_index(&pick(&values), &pick(&people)).ours();
        for (what, ours, theirs) in [
            ("sii", ours.slope_index, &expected["sii"][i]),
            ("rii", ours.relative_index, &expected["rii"][i]),
            ("intercept", ours.intercept, &expected["intercept"][i]),
        ] {
            found.record(same(ours, theirs.as_f64().unwrap(), 1e-10), || format!("{area} {what}: {ours} instead of {theirs}"));
        }
    }
}

pub fn discoveries(file: &Value, found: &mut Cases) {
    let (input, expected) = (&file["input"], &file["expected"]);
    let alpha = number_or(&file["parameters"]["alpha"], 0.05);
    let adjusted = |found: &mut Cases, what: &str, ours: Vec<f64>, theirs: &Value| {
        let theirs = floats(theirs);
        let fine = ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| same(*a, *b, 1e-12));
        found.record(fine, || format!("{what}: {ours:?} instead of {theirs:?}"));
    };
    type Adjust = fn(&[f64]) -> Vec<f64>;
    let all: [(&str, Adjust); 3] = [("bh", multiple::benjamini_hochberg), ("by", multiple::benjamini_yekutieli), ("holm", multiple::holm)];
    for (what, adjust) in all {
        found.part(what, |found| adjusted(found, what, adjust(&floats(&input["p"])), &expected[what]));
    }
    found.part("none", |found| {
        adjusted(found, "none", multiple::benjamini_hochberg(&floats(&input["p_none"])), &expected["none"]["bh"]);
    });
    for (name, reject) in [("p", &expected["bh_reject"]), ("p_boundary", &expected["boundary"]["bh_reject"])] {
        found.part(format!("{name}, rejected"), |found| {
            let ours: Vec<bool> = multiple::benjamini_hochberg(&floats(&input[name])).iter().map(|q| *q <= alpha).collect();
            assert!(reject.is_array(), "what is rejected is missing");
            found.record(serde_json::json!(ours) == *reject, || format!("rejects {ours:?} instead of {reject}"));
        });
    }
}

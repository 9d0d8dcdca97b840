//! W4: maximal covering and the p-median with five sites, proved: 150 areas and as many candidates, or 2,000 and 200.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use gapmap::stats::siting::{Limit, Problem, maximal_covering, p_median};

/// Five sites.
const P: usize = 5;

pub fn sites(data: &Path, areas: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let (demand, sites) = match areas {
        "150" => (150, 150),
        "5000" => (2_000, 200),
        _ => return Ok(()),
    };
    let started = Instant::now();
    let mut reader = csv::Reader::from_path(data.join(format!("geo_{areas}/lsoa.csv")))?;
    let headings = reader.headers()?.clone();
    let at = |name: &str| headings.iter().position(|h| h == name).ok_or(format!("no column {name}"));
    let (code, east, north, people, need) = (at("LSOA21CD")?, at("e")?, at("n")?, at("pop")?, at("need")?);
    let (mut codes, mut places, mut weight) = (vec![], vec![], vec![]);
    for row in reader.records().take(demand) {
        let row = row?;
        codes.push(row[code].to_owned());
        places.push((row[east].parse::<f64>()?, row[north].parse::<f64>()?));
        weight.push(row[people].parse::<f64>()? * row[need].parse::<f64>()?);
    }
    let last = codes.len().saturating_sub(1) as f64;
    let chosen: Vec<usize> = (0..sites).map(|k| (k as f64 * last / (sites - 1) as f64) as usize).collect();
    let way = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1);
    let cost: Vec<f64> = places.iter().flat_map(|a| chosen.iter().map(|s| way(*a, places[*s]))).collect();
    // Eight in a hundred pairs are in reach: the quantile as NumPy interpolates it.
    let mut sorted = cost.clone();
    sorted.sort_by(f64::total_cmp);
    let position = 0.08 * sorted.len().saturating_sub(1) as f64;
    let below = sorted.get(position as usize).copied().ok_or("no areas")?;
    let radius = below + position.fract() * (sorted.get(position as usize + 1).copied().unwrap_or(below) - below);
    let problem = Problem { cost: &cost, weight: &weight, sites, fixed: &[], apart: None };
    let read_s = started.elapsed().as_secs_f64();
    let covering = maximal_covering(&problem, radius, P, Limit::default()).map_err(|r| format!("{r:?}"))?;
    let covering_s = started.elapsed().as_secs_f64() - read_s;
    let median = p_median(&problem, P, Limit::default()).map_err(|r| format!("{r:?}"))?;
    let median_s = started.elapsed().as_secs_f64() - read_s - covering_s;
    let mut text = String::from("model,objective,sites\n");
    for (name, found) in [("mclp", &covering), ("pmedian", &median)] {
        if !found.proved {
            return Err(format!("{name} is not proved").into());
        }
        let names: Vec<&str> = found.choices[0].iter().map(|s| codes[chosen[*s]].as_str()).collect();
        writeln!(text, "{name},{:.6},{}", found.objective, names.join(" "))?;
    }
    std::fs::write(out, text)?;
    println!("PHASES {{\"read\": {read_s:.3}, \"mclp\": {covering_s:.3}, \"pmedian\": {median_s:.3}}}");
    Ok(())
}

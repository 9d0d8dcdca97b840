//! W3: floating catchments and congestion, from a file of ways between areas and services.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use gapmap::stats::access::{Choice, Costs, Decay, floating_catchment, nearest, raam};

/// Ids and a number each, from two columns.
fn numbers(path: &Path, id: &str, value: &str) -> Result<(Vec<String>, Vec<f64>), Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let headings = reader.headers()?.clone();
    let at = |name: &str| headings.iter().position(|h| h == name).ok_or(format!("no column {name}"));
    let (id, value) = (at(id)?, at(value)?);
    let (mut ids, mut values) = (vec![], vec![]);
    for row in reader.records() {
        let row = row?;
        ids.push(row[id].to_owned());
        values.push(row[value].parse()?);
    }
    Ok((ids, values))
}

pub fn catchments(data: &Path, areas: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let folder = data.join(format!("geo_{areas}"));
    let radius = match areas {
        "150" => 1_500.0,
        "35000" => 20_000.0,
        _ => 5_000.0,
    };
    let (codes, people) = numbers(&folder.join("lsoa.csv"), "LSOA21CD", "pop")?;
    let (ids, capacity) = numbers(&folder.join("services.csv"), "id", "capacity")?;
    let area_of: HashMap<&[u8], usize> = codes.iter().map(String::as_bytes).zip(0..).collect();
    let service_of: HashMap<&[u8], u32> = ids.iter().map(String::as_bytes).zip(0..).collect();
    let mut places: Vec<Vec<(u32, f64)>> = vec![vec![]; codes.len()];
    let mut reader = csv::Reader::from_path(folder.join("od.csv"))?;
    let headings = reader.headers()?.clone();
    let at = |name: &str| headings.iter().position(|h| h == name).ok_or(format!("no column {name}"));
    let (origin, dest, cost) = (at("origin")?, at("dest")?, at("cost")?);
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row)? {
        let (Some(a), Some(s)) = (area_of.get(&row[origin]), service_of.get(&row[dest])) else { return Err("an unknown id".into()) };
        places[*a].push((*s, std::str::from_utf8(&row[cost])?.parse()?));
    }
    let costs = Costs::new(ids.len(), places);
    let read_s = started.elapsed().as_secs_f64();
    let steps = Decay::Steps(vec![(radius * 0.25, 1.0), (radius * 0.5, 0.68), (radius, 0.22)]);
    let ours = |decay: &Decay, choice| floating_catchment(&costs, &people, &capacity, decay, choice).per_person;
    let two = ours(&Decay::Within { to: radius }, Choice::Every);
    let enhanced = ours(&steps, Choice::Every);
    let three = ours(&steps, Choice::Split);
    let catchments_s = started.elapsed().as_secs_f64() - read_s;
    let settled = raam(&costs, &people, &capacity, radius / 2.0, 1e-3).ok_or("no equilibrium")?;
    let near = nearest(&costs, &capacity);
    eprintln!(
        "w3: {} pairs, read {read_s:.2} s, catchments {catchments_s:.2} s, raam {:.2} s in {} rounds",
        costs.pairs(),
        started.elapsed().as_secs_f64() - read_s - catchments_s,
        settled.rounds
    );
    let mut text = String::from("LSOA21CD,nearest_m,s2_capacity,e2_capacity,s3_capacity,raam_capacity\n");
    for (i, code) in codes.iter().enumerate() {
        let way = near[i].map_or(String::new(), |n| n.1.to_string());
        let raam = settled.cost[i].map_or(String::new(), |c| c.to_string());
        writeln!(text, "{code},{way},{},{},{},{raam}", two[i], enhanced[i], three[i])?;
    }
    Ok(std::fs::write(out, text)?)
}

/// Travel times from 40 services over a network of 100,000 nodes: a town of 316 by 317 crossings, one street in twenty missing, from a fixed seed.
pub fn travel(out: &Path) -> Result<(), Box<dyn Error>> {
    use gapmap::spatial::{Network, Street};
    use rand::{Rng, SeedableRng};
    use rayon::prelude::*;
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(5);
    let (columns, rows) = (316_u32, 317_u32);
    let places: Vec<(f64, f64)> = (0..columns * rows)
        .map(|i| {
            (
                f64::from(i % columns) * 80.0 + random.random_range(-20.0..20.0),
                f64::from(i / columns) * 80.0 + random.random_range(-20.0..20.0),
            )
        })
        .collect();
    let mut streets = Vec::new();
    for i in 0..columns * rows {
        let beside = [(i % columns + 1 < columns).then_some(i + 1), (i / columns + 1 < rows).then_some(i + columns)];
        for j in beside.into_iter().flatten().filter(|_| random.random_range(0..20) > 0) {
            let (a, b) = (places[i as usize], places[j as usize]);
            streets.push(Street { from: i, to: j, seconds: ((a.0 - b.0).hypot(a.1 - b.1) / 1.33) as f32, one_way: false });
        }
    }
    let started = Instant::now();
    let net = Network::new(places, &streets).ok_or("no network")?;
    let built_s = started.elapsed().as_secs_f64();
    let doors: Vec<u32> = (0..40).map(|_| random.random_range(0..columns * rows)).collect();
    let times: Vec<Vec<Option<f32>>> = doors.par_iter().map(|d| net.seconds_to(*d, 0.0, f32::INFINITY)).collect();
    let found_s = started.elapsed().as_secs_f64() - built_s;
    let near = |i: usize| times.iter().filter_map(|t| t[i]).min_by(f32::total_cmp);
    let reached = (0..net.nodes()).filter_map(near).count();
    eprintln!(
        "travel: {} nodes, {} streets; built in {built_s:.2} s, 40 searches in {found_s:.2} s; {reached} nodes reach a service",
        net.nodes(),
        streets.len()
    );
    let mut text = String::from("node,seconds\n");
    for i in 0..net.nodes() {
        writeln!(text, "{i},{}", near(i).map_or(String::new(), |s| s.to_string()))?;
    }
    Ok(std::fs::write(out, text)?)
}

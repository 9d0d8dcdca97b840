//! The workloads that are measured beside other programs: `cargo run --release --example workload -- <work> <data dir> <areas> <rows> <out.csv>`.
//!
//! It goes through the library's own stages; nothing here is special to the measurement. A workload that is not built yet exits 0 without
//! writing anything. `workload release 2` and `workload release 3` protect a cube, see [`release`].

mod access;
mod place;
mod release;
mod report;
mod siting;
mod transit;
mod trends;

use std::fmt::Write;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gapmap::diagnostics::{Problems, render_text};
use gapmap::sources::{Gathered, Origin, find};
use gapmap::study::{Areas, Placing, tabulate};
use gapmap::units::{Month, Period, Sensitivity};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [work, dimensions] = arguments.as_slice()
        && work == "release"
    {
        return release::cube(dimensions.parse()?);
    }
    let [work, data, areas, rows, out] = arguments.as_slice() else {
        return Err("usage: workload <work> <data dir> <areas> <rows> <out.csv>".into());
    };
    match work.as_str() {
        "w1" => join(Path::new(data), areas, rows, Path::new(out)),
        "w2" => place::hot_spots(Path::new(data), areas, Path::new(out)),
        "w3" => access::catchments(Path::new(data), areas, Path::new(out)),
        "w4" => siting::sites(Path::new(data), areas, Path::new(out)),
        "transit" => transit::journeys(Path::new(out)),
        "travel" => access::travel(Path::new(out)),
        "w5" => place::space_time(Path::new(data), areas, Path::new(out)),
        "w6" | "w6-trend" | "w6-stl" => trends::trends(work, Path::new(data), areas, Path::new(out)),
        "w7" | "w7-svg" => report::report(work, Path::new(data), areas, Path::new(out)),
        _ => Ok(()),
    }
}

/// W1: street files joined to boundaries by their points, counted by area, month and crime type.
fn join(data: &Path, areas: &str, rows: &str, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut problems = Problems::default();
    let mut gathered = Gathered::default();
    let mut read = |kind: &str, path: PathBuf| -> Result<f64, Box<dyn std::error::Error>> {
        let started = Instant::now();
        let kind = find(kind).ok_or("no such kind of source")?;
        let source = (kind.parse)(toml::de::ValueDeserializer::parse("{}")?)?;
        let origin = Origin {
            id: 0,
            name: kind.name.into(),
            kind: kind.name,
            root: PathBuf::new(),
            paths: vec![path.to_string_lossy().into_owned()],
            sensitivity: Sensitivity::Open,
            attribution: None,
            confidential_locations: Default::default(),
            formerly: None,
            removed: Default::default(),
            labels: Default::default(),
            reading: Default::default(),
        };
        source.read(&origin, &mut gathered, &mut problems);
        Ok(started.elapsed().as_secs_f64())
    };
    let boundaries_s = read("boundaries", data.join(format!("geo_{areas}/lsoa.geojson")))?;
    let rows_s = read("police-uk-street", data.join(format!("crime_{rows}_{areas}")))?;
    if problems.any_error() {
        return Err(render_text(&problems).into());
    }
    let started = Instant::now();
    let areas = Areas::from_boundaries(std::mem::take(&mut gathered.boundaries)).ok_or("no boundaries")?;
    let events = &gathered.events[0];
    let months = || events.covered.iter().copied();
    let period = months().min().zip(months().max()).and_then(|(a, z)| Period::new(a, z)).ok_or("no months")?;
    let (cube, _) = tabulate(events, &Placing::by_point_alone(&areas), period);
    let join_s = started.elapsed().as_secs_f64();

    let started = Instant::now();
    let mut categories: Vec<usize> = (0..events.categories.len()).collect();
    categories.sort_by_key(|c| &events.categories[*c]);
    // Parts of a line that stand thousands of times are formatted once.
    let months: Vec<String> = period.months().map(|m: Month| format!(",{m},")).collect();
    let types: Vec<String> = events.categories.iter().map(|name| format!("{name},")).collect();
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    let mut text = String::from("area,month,crime_type,n\n");
    for (a, area) in areas.list.iter().enumerate() {
        for (m, month) in months.iter().enumerate() {
            for c in &categories {
                let n = cube.counts[cube.at(m, a, *c)];
                if n > 0 {
                    text.push_str(area.code.as_str());
                    text.push_str(month);
                    text.push_str(&types[*c]);
                    writeln!(text, "{n}")?;
                }
            }
        }
        file.write_all(text.as_bytes())?;
        text.clear();
    }
    file.flush()?;
    let write_s = started.elapsed().as_secs_f64();
    println!("PHASES {{\"boundaries\": {boundaries_s:.3}, \"rows\": {rows_s:.3}, \"join\": {join_s:.3}, \"write\": {write_s:.3}}}");
    Ok(())
}

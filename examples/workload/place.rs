//! W2 and W5: hot spots and a space-time scan, from files as the benchmark writes them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gapmap::diagnostics::{Problems, render_text};
use gapmap::sources::{Gathered, Origin, find};
use gapmap::spatial::{Contiguity, contiguity};
use gapmap::stats::local::{Quadrant, getis_ord, local_moran};
use gapmap::stats::permutation::around;
use gapmap::stats::scan::{Circles, Panel, Windows, scan};
use gapmap::stats::weights::Weights;
use gapmap::units::{Month, Sensitivity};
use geo::MultiPolygon;

const DRAWS: usize = 9_999;

/// Counts by area (sorted by code) and month, from `LSOA21CD,month,n,population`.
pub struct Monthly {
    pub codes: Vec<String>,
    pub months: Vec<String>,
    pub counts: Vec<u32>,
}

pub fn panel(path: &Path) -> Result<Monthly, Box<dyn Error>> {
    let mut reader = csv::ReaderBuilder::new().from_path(path)?;
    let (mut codes, mut months, mut counts) = (Vec::<String>::new(), Vec::<String>::new(), Vec::new());
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        let text = |i: usize| std::str::from_utf8(&record[i]);
        if codes.last().is_none_or(|c| c.as_bytes() != &record[0]) {
            codes.push(text(0)?.to_owned());
        }
        if codes.len() == 1 {
            months.push(text(1)?.to_owned());
        }
        counts.push(text(2)?.parse()?);
    }
    Ok(Monthly { codes, months, counts })
}

/// W2: G* and local Moran with permutations, on the total count of each area, queen neighbours.
pub fn hot_spots(data: &Path, areas: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let mut problems = Problems::default();
    let mut gathered = Gathered::default();
    let kind = find("boundaries").ok_or("no such kind of source")?;
    let source = (kind.parse)(toml::de::ValueDeserializer::parse("{}")?)?;
    let origin = Origin {
        id: 0,
        name: kind.name.into(),
        kind: kind.name,
        root: PathBuf::new(),
        paths: vec![data.join(format!("geo_{areas}/lsoa.geojson")).to_string_lossy().into_owned()],
        sensitivity: Sensitivity::Open,
        attribution: None,
        confidential_locations: Default::default(),
        formerly: None,
        removed: Default::default(),
        labels: Default::default(),
        reading: Default::default(),
    };
    source.read(&origin, &mut gathered, &mut problems);
    if problems.any_error() {
        return Err(render_text(&problems).into());
    }
    let counted = panel(&data.join(format!("geo_{areas}/panel.csv")))?;
    let totals: BTreeMap<&str, f64> = counted
        .codes
        .iter()
        .zip(counted.counts.chunks(counted.months.len()))
        .map(|(c, row)| (c.as_str(), row.iter().map(|n| f64::from(*n)).sum()))
        .collect();
    let read_s = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let mut list: Vec<_> = gathered.boundaries.iter().flat_map(|s| &s.areas).collect();
    list.sort_by_key(|a| a.0);
    let shapes: Vec<&MultiPolygon> = list.iter().map(|a| &a.3).collect();
    let weights = Weights::new(&contiguity(&shapes, Contiguity::Queen, 0.0));
    let values: Vec<f64> = list.iter().map(|a| totals.get(a.0.as_str()).copied().unwrap_or(0.0)).collect();
    let weights_s = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let (star, local, drawn) = (getis_ord(&values, &weights, true), local_moran(&values, &weights), around(&values, &weights, DRAWS, 1));
    let work_s = started.elapsed().as_secs_f64();
    let mut text = String::from("LSOA21CD,value,gi_z,gi_p_sim,moran_I,moran_p_sim,q\n");
    for (i, area) in list.iter().enumerate() {
        let (Some(g), Some(m), Some(p)) = (star[i], local[i], drawn[i]) else { continue };
        let q = match m.quadrant {
            Quadrant::HighHigh => 1,
            Quadrant::LowHigh => 2,
            Quadrant::LowLow => 3,
            Quadrant::HighLow => 4,
        };
        writeln!(text, "{},{},{},{},{},{},{q}", area.0, values[i], g.z, p.p, m.value, p.p)?;
    }
    std::fs::write(out, text)?;
    println!("PHASES {{\"read\": {read_s:.3}, \"weights\": {weights_s:.3}, \"statistics\": {work_s:.3}}}");
    Ok(())
}

/// W5: circles up to half of the residents over up to half of the months, 999 simulated maps.
pub fn space_time(data: &Path, areas: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let counted = panel(&data.join(format!("geo_{areas}/panel.csv")))?;
    let mut reader = csv::Reader::from_path(data.join(format!("geo_{areas}/lsoa.csv")))?;
    let (mut xy, mut people) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record?;
        let number = |i: usize| record[i].parse::<f64>();
        xy.push((number(3)?, number(4)?));
        people.push(number(7)?);
    }
    let times = counted.months.len();
    let days: Vec<f64> = counted.months.iter().filter_map(|m| Month::parse(m)).map(|m| f64::from(m.days())).collect();
    let expected: Vec<f64> = people.iter().flat_map(|p| days.iter().map(move |d| p * d)).collect();
    let far = |i: usize, j: usize| (xy[i].0 - xy[j].0).hypot(xy[i].1 - xy[j].1);
    let circles = Circles::new(people.len(), far, &people, 0.5);
    let read_s = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let panel = Panel::poisson(times, counted.counts, expected).ok_or("the panel is empty")?;
    let found = scan(&panel, &circles, Windows { fewest: 1, ..Windows::half_of(times) }, 999, 1);
    let work_s = started.elapsed().as_secs_f64();
    let best = found.clusters.first().ok_or("nothing stands out")?;
    let radius = best.members.iter().map(|m| far(best.centre, *m)).fold(0.0, f64::max);
    let (centre, first, last) = (&counted.codes[best.centre], &counted.months[best.first], &counted.months[best.last]);
    let mut text = String::from("rank,LLR,p,centre,radius_m,n_areas,from,to,observed,expected,RR\n");
    let (ratio, p, n) = (best.log_likelihood_ratio, best.p, best.members.len());
    writeln!(text, "1,{ratio},{p},{centre},{radius},{n},{first},{last},{},{},{}", best.observed, best.expected, best.relative_risk)?;
    std::fs::write(out, text)?;
    println!("PHASES {{\"read\": {read_s:.3}, \"scan\": {work_s:.3}, \"circles\": {}}}", circles.circles());
    Ok(())
}

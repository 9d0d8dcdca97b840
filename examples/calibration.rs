//! How often does a whole pack claim what is not there, and tell what is? Invented boroughs through the whole program.
//!
//! `cargo run --release --example calibration -- 200 60` runs 200 boroughs of 60 areas without anything planted, once with Poisson counts and once with
//! counts that vary as those of the police do, and 100 of the second kind with everything planted. A third word asks for one of the three alone:
//! `ideal`, `varying` or `planted`. Rates are printed with their upper 95 % bound.

use std::collections::BTreeMap;
use std::path::PathBuf;

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, RateClass, SeriesShape, SpotClass};
use gapmap::plan::Plan;
use gapmap::stands_out::{Kind, stands_out};
use gapmap::stats::counts::proportion;
use gapmap::synthetic::{Settings, borough};
use serde_json::Value;

fn run(settings: &Settings) -> Result<(Findings, Value), String> {
    let folder = std::env::temp_dir().join(format!("gapmap-calibration-{}", std::process::id()));
    let files = borough(settings);
    for (path, bytes) in &files {
        let to: PathBuf = folder.join(path);
        to.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&to, bytes)).map_err(|e| e.to_string())?;
    }
    let mut problems = Problems::default();
    let findings = Plan::load(&folder.join("study.toml"), &mut problems)
        .and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems))
        .map(|made| made.0);
    let _ = std::fs::remove_dir_all(&folder);
    let findings = findings.ok_or_else(|| format!("{:?}", problems.list()))?;
    let truth = files.get("truth.json").and_then(|t| serde_json::from_slice(t).ok()).unwrap_or(Value::Null);
    Ok((findings, truth))
}

/// Claims by what made them: how many answers claim something, of how many.
fn claims(findings: &Findings, counts: &mut BTreeMap<&'static str, (u64, u64)>) {
    let mut add = |what: &'static str, claimed: bool| {
        let entry = counts.entry(what).or_default();
        *entry = (entry.0 + u64::from(claimed), entry.1 + 1);
    };
    for finding in &findings.findings {
        match &finding.body {
            Body::Series(body) => {
                if let Some(model) = &body.model {
                    add("change: a shape is told (5 %)", model.shape != SeriesShape::Flat);
                }
            }
            Body::Gradient(body) => {
                if let Some(p) = body.p {
                    add("inequality: a slope is told (5 %)", p < 0.05);
                }
            }
            Body::Clusters(body) => {
                let what = if body.living { "clusters lately (5 %)" } else { "clusters of places (5 %)" };
                add(what, body.clusters.iter().any(|c| c.p <= body.called_at));
            }
            Body::HotSpots(body) => {
                add("hot spots: any at all (G*)", body.rows.iter().any(|r| matches!(r.class, SpotClass::High | SpotClass::HighSure)));
                add("modelled map: any clearly above", body.rows.iter().any(|r| r.level_class == RateClass::Above));
            }
            Body::Interrupted(body) => {
                if let Some(p) = body.p {
                    add("events: a difference is told (5 %)", p < 0.05);
                }
            }
            Body::Parity(body) => {
                let apart = |e: gapmap::units::Estimate| e.upper < 1.0 || e.lower > 1.0;
                let any = body.dimensions.iter().flat_map(|d| &d.groups).any(|g| g.ratio.known().is_some_and(apart));
                add("parity: any group apart (5 %)", any);
            }
            _ => {}
        }
    }
    let tested = stands_out(findings).iter().any(|i| i.q.is_some());
    add("PACK: anything tested stands out (5 %)", tested);
}

fn told(what: &str, (n, of): (u64, u64)) {
    let bound = proportion(n, of, 0.95).map_or(f64::NAN, |e| e.upper);
    println!("  {what}: {n} of {of} = {:.1} % (at most {:.1} %)", 100.0 * n as f64 / of.max(1) as f64, 100.0 * bound);
}

fn nothing_planted(packs: u64, areas: usize, varying: bool) -> Result<(), String> {
    println!("{packs} boroughs of {areas} areas, nothing planted, {}:", if varying { "varying" } else { "Poisson" });
    let mut counts = BTreeMap::new();
    for seed in 0..packs {
        let (findings, _) = run(&Settings { seed: 1000 + seed, areas, months: 36, planted: false, varying, busier: 1 })?;
        claims(&findings, &mut counts);
    }
    counts.into_iter().for_each(|(what, n)| told(what, n));
    Ok(())
}

fn planted(packs: u64, areas: usize) -> Result<(), String> {
    println!("{packs} boroughs of {areas} areas, planted, varying:");
    let (mut first, mut found, mut clusters, mut model, mut stars, mut hot_areas) = (0, 0, 0, (0, 0), (0, 0), 0);
    for seed in 0..packs {
        let (findings, truth) = run(&Settings { seed: 5000 + seed, areas, months: 36, planted: true, varying: true, busier: 1 })?;
        let rise = "trend/police/public-order-offences";
        let listed = stands_out(&findings);
        first += u64::from(listed.iter().take(2).any(|i| i.finding == rise));
        found += u64::from(listed.iter().any(|i| i.finding == rise && i.kind == Kind::Change));
        if !listed.iter().take(2).any(|i| i.finding == rise) {
            let all: Vec<String> = listed.iter().map(|i| format!("{} {:.2}", i.finding, i.score())).collect();
            println!("  seed {}: {}", 5000 + seed, all.join(", "));
        }
        let hot: Vec<&str> = truth["hot_spot"]["areas"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        hot_areas += hot.len() as u64;
        for finding in &findings.findings {
            match &finding.body {
                Body::HotSpots(body) if finding.id.contains("violence") => {
                    for row in &body.rows {
                        let inside = hot.contains(&row.code.as_str());
                        let above = u64::from(row.level_class == RateClass::Above);
                        let star = u64::from(matches!(row.class, SpotClass::High | SpotClass::HighSure));
                        model = if inside { (model.0 + above, model.1) } else { (model.0, model.1 + above) };
                        stars = if inside { (stars.0 + star, stars.1) } else { (stars.0, stars.1 + star) };
                    }
                }
                Body::Clusters(body) if finding.id.contains("violence") && !body.living => {
                    let called = body.clusters.iter().filter(|c| c.p <= body.called_at);
                    clusters += u64::from(called.flat_map(|c| &c.areas).any(|a| hot.contains(&a.as_str())));
                }
                _ => {}
            }
        }
    }
    told("the rise is first or second", (first, packs));
    told("the rise stands out", (found, packs));
    told("a called cluster holds a hot area", (clusters, packs));
    told("hot areas clearly above on the modelled map", (model.0, hot_areas));
    told("hot areas among G*'s", (stars.0, hot_areas));
    println!("  other areas: {} on the modelled map, {} of G*", model.1, stars.1);
    Ok(())
}

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1).filter_map(|a| a.parse::<u64>().ok());
    let (packs, areas) = (arguments.next().unwrap_or(20), arguments.next().unwrap_or(60) as usize);
    let only = std::env::args().skip(1).find(|a| a.parse::<u64>().is_err());
    let asked = |part: &str| only.as_deref().is_none_or(|only| only == part);
    if asked("ideal") {
        nothing_planted(packs, areas, false)?;
    }
    if asked("varying") {
        nothing_planted(packs, areas, true)?;
    }
    if asked("planted") { planted(packs.div_ceil(2), areas) } else { Ok(()) }
}

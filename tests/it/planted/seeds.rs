//! What chance does: found in eleven boroughs, and not called in a hundred even ones.

use std::collections::BTreeSet;

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, SeriesShape};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use serde_json::Value;

use super::{codes, model_of, run_files};
use crate::study_files::Study;

/// Clusters that a scan calls, as sets of codes.
fn called(findings: &Findings, id: &str) -> Vec<BTreeSet<String>> {
    let Body::Clusters(body) = &findings.find(id).unwrap().body else { panic!("a scan has clusters") };
    let called = body.clusters.iter().filter(|c| c.p <= body.called_at);
    called.map(|c| c.areas.iter().map(|a| a.to_string()).collect()).collect()
}

#[test]
fn the_hot_spot_is_a_cluster_of_its_own_in_eleven_boroughs() {
    let mut shares = Vec::new();
    for seed in 1..=11 {
        let mut files = borough(&Settings { seed, ..Settings::default() });
        files.get_mut("study.toml").unwrap().extend(b"\n[[analysis]]\nkind = \"clusters\"\nsimulations = 99\n");
        let (findings, truth) = run_files(&files);
        let hot = codes(&truth["hot_spot"]["areas"]);
        let clusters = called(&findings, "clusters/police/violence-and-sexual-offences/places");
        // The town centre is a cluster too; the planted one is another, and more than half of its areas are planted ones.
        let own = clusters.iter().find(|c| 2 * c.intersection(&hot).count() > c.len());
        let own = own.unwrap_or_else(|| panic!("seed {seed}: {clusters:?}"));
        shares.push(format!("{} of {}", own.intersection(&hot).count(), hot.len()));
        // It is nothing new.
        let new = called(&findings, "clusters/police/violence-and-sexual-offences/lately");
        assert!(new.iter().all(|c| c.is_disjoint(&hot)), "seed {seed}");
    }
    println!("planted areas inside the cluster found, by seed: {}", shares.join(", "));
}

#[test]
fn season_rise_and_break_are_found_in_eleven_boroughs() {
    for seed in 1..=11 {
        let mut files = borough(&Settings { seed, ..Settings::default() });
        // A break that nobody has entered in the register.
        let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
        let (before, rest) = plan.split_once("[[study.breaks]]").unwrap();
        let unknown = format!("{before}[release]{}", rest.split_once("[release]").unwrap().1);
        let truth: Value = serde_json::from_slice(&files["truth.json"]).unwrap();
        let told = |files: &std::collections::BTreeMap<String, Vec<u8>>, id: &str| {
            let study = Study::of(files);
            let plan = Plan::load(&study.folder.join("study.toml"), &mut Problems::default()).unwrap();
            let findings = gapmap::pipeline::findings(&plan, Some("trend"), &mut Problems::default()).unwrap().0;
            let finding = findings.find(id).unwrap();
            (model_of(finding).clone(), finding.headline.clone())
        };
        let violence = "trend/police/violence-and-sexual-offences";
        let (known, headline) = told(&files, violence);
        println!("seed {seed}: {headline}; season {:?}", known.season);
        // The wave is highest in July; where it rests on three years of Poisson counts it may lie a month beside.
        assert!(known.season.as_ref().is_some_and(|s| (6..=8).contains(&s.highest)), "seed {seed}: {known:?}");
        assert!(known.onset.is_none(), "seed {seed}: the break is in the register: {known:?}");
        let (order, headline) = told(&files, "trend/police/public-order-offences");
        println!("seed {seed}: {headline}");
        // It rises, as a step or as a line: with so few months the two are told apart in most boroughs, and not in all.
        let rises = order.mean_month_since.is_some_and(|after| after > 1.2 * order.mean_month)
            || order.yearly_percent.is_some_and(|change| change.lower > 0.0);
        assert!(rises, "seed {seed}: {order:?}");
        files.insert("study.toml".into(), unknown.into_bytes());
        let (found, headline) = told(&files, violence);
        println!("seed {seed}: {headline}");
        assert_eq!(truth["recording_break"]["first_month"], "2025-01");
        assert_eq!(
            (found.shape, found.onset.map(|m| m.to_string()).as_deref()),
            (SeriesShape::Step, Some("2025-01")),
            "seed {seed}: {found:?}"
        );
        // 60 of 100 are recorded since.
        let size = found.step_percent.unwrap();
        assert!((size.value + 40.0).abs() < 8.0 && size.upper < 0.0, "seed {seed}: {size:?}");
        assert!(found.forecast.is_empty(), "seed {seed}: no forecast across an unexplained change: {found:?}");
    }
}

/// One hundred boroughs in which every resident is at the same risk every day: whatever is called there is a false alarm.
#[test]
fn in_a_hundred_even_boroughs_calls_stay_at_their_rates() {
    let (mut hot, mut clusters, mut scans) = (0_u32, 0, 0);
    // Fewer draws than by default: enough for a twentieth over so many areas.
    let settings = "\n[[analysis]]\nkind = \"hotspots\"\ndraws = 4999\n\n[[analysis]]\nkind = \"clusters\"\nsimulations = 199\n\n[[analysis]]\nkind = \"trend\"\n";
    let (mut series, mut seasons, mut shapes) = (0, 0, 0);
    for seed in 100..200 {
        let mut files = borough(&Settings { seed, areas: 40, months: 36, planted: false, ..Settings::default() });
        files.get_mut("study.toml").unwrap().extend(settings.as_bytes());
        let study = Study::of(&files);
        let plan = Plan::load(&study.folder.join("study.toml"), &mut Problems::default()).unwrap();
        let findings = gapmap::pipeline::findings(&plan, None, &mut Problems::default()).unwrap().0;
        for finding in &findings.findings {
            match &finding.body {
                Body::HotSpots(body) => hot += u32::from(body.rows.iter().any(|r| r.q.known().is_some_and(|q| q <= 0.05))),
                Body::Clusters(_) => {
                    scans += 1;
                    clusters += called(&findings, &finding.id).len().min(1);
                }
                // All categories together are the others once more.
                Body::Series(_) if !finding.id.ends_with("all-categories") => {
                    let model = model_of(finding);
                    series += 1;
                    seasons += usize::from(model.season.is_some());
                    shapes += usize::from(model.shape != SeriesShape::Flat);
                }
                _ => {}
            }
        }
    }
    let maps = 200;
    println!("even boroughs: {hot} of {maps} hot-spot maps and {clusters} of {scans} scans call anything, at 0.05");
    // 0.05 of each, and three standard errors.
    let bound = |n: usize| 0.05 * n as f64 + 3.0 * (0.05 * 0.95 * n as f64).sqrt();
    println!("of {series} even series: {seasons} seasons and {shapes} shapes of change called, at 0.05");
    assert_eq!(series, 200);
    assert!([seasons, shapes].iter().all(|n| (*n as f64) <= bound(series)), "{seasons} {shapes}");
    assert_eq!(scans, 400);
    assert!(f64::from(hot) <= bound(maps) && (clusters as f64) <= bound(scans), "{hot} {clusters}");
}

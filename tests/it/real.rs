//! Real open data, where they lie beside the repository. Where they do not, the test says so and nothing else.

use gapmap::diagnostics::Problems;
use gapmap::findings::{Body, Findings};
use gapmap::plan::Plan;
use gapmap::units::Cell;

use crate::study_files::root;

/// The findings of a plan in `tests/real/`, or `None` where the data are not there.
fn run(plan: &str, data: &str) -> Option<Findings> {
    if !root().join("../shared/data").join(data).is_dir() {
        println!("skipped: {plan} needs the folder {data} of real open data, which is not beside this repository");
        return None;
    }
    let mut problems = Problems::default();
    let plan = Plan::load(&root().join("tests/real").join(plan), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, None, &mut problems);
    assert!(!problems.any_error(), "{:?}", problems.list());
    findings.map(|f| f.0)
}

#[test]
fn bedfordshire_reconciles_to_the_last_row() {
    let Some(findings) = run("bedfordshire.toml", "case-A-bedfordshire") else { return };
    let police = findings.ledger.iter().find(|l| l.source == "police").unwrap();
    let known = |cell: &Cell<u64>| cell.known().unwrap();
    assert_eq!(known(&police.read), 182_113);
    assert_eq!(known(&police.noted["without a place"]), 6_381);
    assert_eq!(known(&police.noted["without a crime id (never treated as duplicates)"]), 34_017);
    let repeated = |what: &str| police.set_aside.get(&format!("repeated crime id: {what}")).map_or(0, known);
    assert_eq!((repeated("the same row again"), repeated("an earlier outcome"), repeated("the same crime at another place")), (130, 53, 1));
    // 1,089 rows lie in other authorities; three of them are also repeats and are counted as those.
    assert_eq!(known(&police.set_aside["in another authority"]), 1_086);
    for line in &findings.ledger {
        assert_eq!(known(&line.read), known(&line.kept) + line.set_aside.values().map(known).sum::<u64>(), "{line:?}");
    }

    let Body::Series(series) = &findings.find("trend/police/all-categories").unwrap().body else { panic!("a trend is a series") };
    assert_eq!(series.points.len(), 36);
    assert!(series.points.iter().all(|p| p.count.known().is_some_and(|n| n > 0)), "every month is there");
    assert_eq!(series.points.iter().map(|p| p.count.known().unwrap()).sum::<u64>(), known(&police.kept));

    let finding = findings.find("burden/police/violence-and-sexual-offences/areas").unwrap();
    assert_eq!(finding.status, "proxy");
    let Body::AreaRates(body) = &finding.body else { panic!("a burden by area has rates") };
    assert_eq!(body.rows.len(), 417);
    assert!(body.rows.iter().all(|r| r.rate.known().is_some()), "every area has a census denominator and a rate");
    // Checked by hand against the census table: Luton 001A has 1,408 residents.
    let luton = body.rows.iter().find(|r| r.code.as_str() == "E01015706").unwrap();
    assert_eq!((luton.name.as_str(), luton.residents), ("Luton 001A", Cell::Known(1408.0)));
    let rate = luton.rate.known().unwrap();
    assert!((rate.value - luton.count.known().unwrap() as f64 / 1.408).abs() < 1e-9);

    let finding = findings.find("hotspots/police/violence-and-sexual-offences/areas").unwrap();
    assert_eq!(finding.status, "proxy");
    let Body::HotSpots(body) = &finding.body else { panic!("hot spots by area") };
    // The page by hand, by other hands: rates, index, sum and score of the area that stands out most, from counts and residents alone.
    let people: Vec<(f64, f64)> = body.rows.iter().map(|r| (known(&r.count) as f64, r.residents.known().unwrap())).collect();
    let (events, residents) = people.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
    let m = events / residents;
    let a = people.iter().map(|(o, p)| p * (o / p - m).powi(2)).sum::<f64>() / residents - m / (residents / 417.0);
    let index: Vec<f64> = people.iter().map(|(o, p)| (o / p - m) / (a + m / p).sqrt()).collect();
    let (mean, n) = (index.iter().sum::<f64>() / 417.0, 417.0);
    let s = (index.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    let top = body.rows.iter().max_by(|a, b| a.z.known().unwrap().total_cmp(&b.z.known().unwrap())).unwrap();
    let around: Vec<usize> = top.neighbours.iter().map(|j| *j as usize).chain(body.rows.iter().position(|r| r.code == top.code)).collect();
    let k = around.len() as f64;
    let z = (around.iter().map(|i| index[*i]).sum::<f64>() - k * mean) / (s * ((n * k - k * k) / (n - 1.0)).sqrt());
    assert!((z - top.z.known().unwrap()).abs() < 1e-9 && z > 5.0, "{z} {:?}", top.z);
    assert!(top.name.starts_with("Luton"), "the town centre of Luton stands out most: {}", top.name);

    let finding = findings.find("clusters/police/violence-and-sexual-offences/places").unwrap();
    assert_eq!(finding.status, "proxy");
    let Body::Clusters(body) = &finding.body else { panic!("a scan has clusters") };
    let best = &body.clusters[0];
    let inside = |what: &dyn Fn(&gapmap::findings::ScannedArea) -> bool| body.areas.iter().filter(|a| what(a)).count();
    assert!(best.p <= 0.001 && best.around.starts_with("Luton") && best.relative_risk > 3.0, "{best:?}");
    assert_eq!(inside(&|a| a.cluster == Some(1)), best.areas.len());
    assert_eq!(inside(&|a| a.took_part), 417);
}

#[test]
fn bexley_has_seventeen_wards_and_no_change_across_the_move_to_connect() {
    let Some(findings) = run("bexley.toml", "mps-ward-level") else { return };
    assert_eq!(findings.outlines.len(), 17);
    assert_eq!(findings.breaks.len(), 1);
    assert_eq!(findings.breaks[0].first_month.to_string(), "2024-03");
    let trends: Vec<_> = findings.findings.iter().filter(|f| f.analysis == "trend").collect();
    assert_eq!(trends.len(), 4, "three offences and all of them together");
    for finding in trends {
        let Body::Series(series) = &finding.body else { panic!("a trend is a series") };
        assert_eq!(series.points.len(), 24);
        assert!(series.points[..4].iter().all(|p| p.mean.is_none()), "four months before the break give no limits");
        assert!(series.points[..15].iter().all(|p| p.rolling_12 == Cell::NotApplicable), "no sum of twelve months crosses the break");
        assert!(finding.sentences.iter().any(|s| s.contains("No change is given across it")), "{:?}", finding.sentences);
    }
    let Body::AreaRates(rape) = &findings.find("burden/metropolitan-police-by-ward/rape/areas").unwrap().body else {
        panic!("a burden by area has rates")
    };
    assert_eq!(rape.rows.len(), 17);
    assert!(rape.rows.iter().all(|r| r.residents.known().is_some_and(|n| n > 3000.0)), "ward populations are summed from the census");
    // Barnehurst, the last twelve months of its row in the table: 1 2 0 0 ... as printed there from 202411 on.
    let barnehurst = rape.rows.iter().find(|r| r.code.as_str() == "E05011217").unwrap();
    let row = std::fs::read_to_string(root().join("../shared/data/mps-ward-level/MPSCrime.csv")).unwrap();
    let row = row.lines().find(|l| l.starts_with("SEXUAL OFFENCES,RAPE,Barnehurst,")).unwrap();
    let last: u64 = row.rsplit(',').take(12).map(|n| n.trim().parse::<u64>().unwrap()).sum();
    assert_eq!(barnehurst.count, Cell::Known(last));
}

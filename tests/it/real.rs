//! Real open data, where they lie beside the repository. Where they do not, the test says so and nothing else.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings};
use gapmap::msg;
use gapmap::plan::Plan;
use gapmap::units::Cell;

use crate::study_files::{read_source, root, said};

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
    let police = findings.ledger.iter().find(|l| l.source == "police" && l.unit == "street rows").unwrap();
    let known = |cell: &Cell<u64>| cell.known().unwrap();
    assert_eq!(known(&police.read), 182_113);
    assert_eq!(known(&police.noted["without a place"]), 6_381);
    assert_eq!(known(&police.noted["without a crime id (never treated as duplicates)"]), 34_017);
    let repeated = |what: &str| police.set_aside.get(&format!("repeated crime id: {what}")).map_or(0, known);
    assert_eq!((repeated("the same row again"), repeated("an earlier outcome"), repeated("the same crime at another place")), (130, 53, 1));
    // 1,089 rows carry codes of other authorities; three of them are also repeats and are counted as those. Two carry codes that no lookup here
    // knows, and points inside the study: they are placed by their points.
    assert_eq!(known(&police.set_aside["in another authority"]), 1_084);
    assert_eq!(known(&police.noted["placed by their points: nothing knows their codes"]), 2);
    for line in findings.ledger.iter().filter(|l| l.read != Cell::Withheld) {
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
    let inside = |what: &dyn Fn(&gapmap::model::ScannedArea) -> bool| body.areas.iter().filter(|a| what(a)).count();
    assert!(best.p <= 0.001 && best.around.starts_with("Luton") && best.relative_risk.is_some_and(|r| r > 3.0), "{best:?}");
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
        let b = &series.breaks[0];
        let what = if b.detail.is_empty() { &b.title } else { &b.detail };
        let words = said(msg!("trend-break", month = b.first_month, what = what.trim_end_matches('.')));
        assert!(finding.sentences.contains(&words), "{:?}", finding.sentences);
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

#[test]
fn every_example_of_open_referral_is_read_or_refused_with_its_place() {
    let data = root().join("../shared/data");
    if !data.join("services-oruk3").is_dir() {
        println!("skipped: needs the folder services-oruk3 of real open data, which is not beside this repository");
        return;
    }
    let read = |kind: &str, path: &std::path::Path| read_source(kind, &[&path.strip_prefix(&data).unwrap().to_string_lossy()], &data, "{}");
    let mut files = Vec::new();
    let mut folders = vec![data.join("services-oruk3"), data.join("services-hsds3-tabular"), data.join("services-oruk1")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    let (mut with_services, mut refused, mut services) = (0, 0, 0);
    for path in &files {
        let (gathered, problems) = read("services-open-referral", path);
        let tally = &gathered.tallies[0];
        assert_eq!(tally.kept() as usize, gathered.services.len(), "{path:?}");
        // Nothing is passed over in silence: a file gives services, or a problem that names it.
        let told = problems.list().iter().any(|p| path.ends_with(p.place.to_string().split([':', ',']).next().unwrap_or("?")));
        assert!(!gathered.services.is_empty() || told, "{path:?} gives neither services nor a problem: {:?}", problems.list());
        with_services += usize::from(!gathered.services.is_empty());
        refused += usize::from(gathered.services.is_empty());
        services += gathered.services.len();
    }
    println!(
        "Open Referral: {} JSON files, {with_services} with services ({services} in all), {refused} refused with their place",
        files.len()
    );
    assert!(with_services >= 8 && services > 100, "{with_services} files with {services} services");

    let mocks = data.join("services-oruk3/OpenReferralApi/Mocks");
    let problems_of = |set: &str, file: &str| {
        let (gathered, problems) = read("services-open-referral", &mocks.join(set).join(file));
        (gathered.services.len(), problems)
    };
    // The set that must fail: a service of its list has no name, which the standard requires. It is told with its place, and the rest is read.
    let (kept, problems) = problems_of("V3.0-UK-Fail", "service_list.json");
    let nameless: Vec<_> = problems.list().iter().filter(|p| p.code == "S307").collect();
    assert!(!nameless.is_empty() && nameless[0].place.to_string().contains("contents[0]"), "{:?}", problems.list());
    println!("Open Referral, the set that must fail: {} problems, {kept} services kept", problems.list().len());
    // The set that must warn, and the one that must pass.
    for (set, file) in
        [("V3.0-UK-Warn", "service_full.json"), ("V3.0-UK-Default", "service_full.json"), ("V3.0-UK-Test", "service_full.json")]
    {
        let (kept, problems) = problems_of(set, file);
        println!("Open Referral, {set}: {kept} services, {:?}", problems.list().iter().map(|p| p.code.name()).collect::<Vec<_>>());
        // Their example lies at latitude 100, which is told at its place; nothing else is wrong with it.
        let placed =
            |p: &&gapmap::diagnostics::Problem| p.code == "S303" && p.place.to_string().contains("service_at_locations[0].location");
        assert!(kept == 1 && problems.list().iter().all(|p| placed(&p)), "{set}: {:?}", problems.list());
    }
    // A full service: its schedules are hours, its ages are read.
    let (gathered, _) = read("services-open-referral", &mocks.join("V3.0-UK-Default/service_full.json"));
    let more = &gathered.services[0].more;
    println!("Open Referral, a full service: {:?}, {:?}", more.hours, more.eligibility);
    assert!(more.hours.is_some() || more.hours_in_words, "its schedules are seen");

    for folder in ["services-hsds3-tabular/examples/csv", "services-oruk3/examples/csv"] {
        let (gathered, problems) = read("services-hsds", &data.join(folder));
        println!("{folder}: {} services, {:?}", gathered.services.len(), problems.list().iter().map(|p| p.code.name()).collect::<Vec<_>>());
        assert!(!gathered.services.is_empty() || !problems.list().is_empty());
    }
}

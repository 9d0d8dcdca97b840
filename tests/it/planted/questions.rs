//! One question each: slope, expected need, denominators, what is withheld, a marked event.

use gapmap::diagnostics::Problems;
use gapmap::model::Body;
use gapmap::msg;
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;

use super::{only, run_files};
use crate::study_files::{Study, said};

/// Risk rises with deprivation in the planted borough, and not in the even one.
#[test]
fn the_slope_along_deprivation_is_told_where_it_is_planted() {
    let ratio = |planted: bool, seed: u64| {
        let findings = only(&borough(&Settings { seed, planted, ..Settings::default() }), "inequality");
        let Body::Gradient(body) = findings.find("inequality/police/violence-and-sexual-offences/areas").unwrap().body.clone() else {
            panic!("a slope has groups")
        };
        let all: u64 = body.groups.iter().filter_map(|g| g.count.known()).sum();
        assert!(body.groups.len() == 5 && all > 500, "{body:?}");
        body.ratio.unwrap()
    };
    let found = ratio(true, 1);
    assert!(found.value > 1.2 && found.lower > 1.0, "{found:?}");
    let even: Vec<_> = (1..=5).map(|seed| ratio(false, seed)).collect();
    assert!(even.iter().filter(|r| (r.lower..=r.upper).contains(&1.0)).count() >= 4, "{even:?}");
}

#[test]
fn expected_need_is_women_of_sixteen_and_over_times_the_survey() {
    let files = borough(&Settings::default());
    let findings = only(&files, "need");
    let Body::Table(body) = &findings.find("need/estimated").unwrap().body else { panic!("need is a table") };
    // The same, from the files: women by area times the share of that area's people who are sixteen and over.
    let number = |row: &csv::StringRecord, i: usize| row[i].parse::<f64>().unwrap();
    let rows = |name: &str| csv::Reader::from_reader(&files[name][..]).into_records().map(|r| r.unwrap()).collect::<Vec<_>>();
    let (sexes, ages) = (rows("population/sex.csv"), rows("population/age.csv"));
    let women: f64 = sexes
        .iter()
        .map(|sex| {
            let age = ages.iter().find(|a| a[2] == sex[2]).unwrap();
            let bands: Vec<f64> = (4..age.len()).map(|i| number(age, i)).collect();
            number(sex, 4) * (bands[3] * 0.8 + bands[4..].iter().sum::<f64>()) / bands.iter().sum::<f64>()
        })
        .sum();
    let abuse = &body.rows[0];
    let hundred = |x: f64| Cell::Known((x / 100.0).round() as u64 * 100);
    assert_eq!(abuse.cells, [hundred(women), hundred(women * 0.0945), hundred(women * 0.0955)]);
    let finding = findings.find("need/estimated").unwrap();
    assert!(finding.status == "estimate" && finding.sentences.iter().all(|s| s.contains("This is an estimate")));
    assert!(finding.caveats.iter().any(|c| c.contains("not read in the publisher")), "an unverified figure says so");
}

/// An area whose people by day are five times its residents: its rank depends on whom one counts, and it is named.
#[test]
fn a_rank_that_hangs_on_the_denominator_is_named() {
    let mut files = borough(&Settings { areas: 40, months: 12, ..Settings::default() });
    let sexes: Vec<csv::StringRecord> =
        csv::Reader::from_reader(&files["population/sex.csv"][..]).into_records().map(|r| r.unwrap()).collect();
    let plain = only(&files, "burden");
    let Body::AreaRates(body) = &plain.find("burden/police/violence-and-sexual-offences/areas").unwrap().body else { panic!("rates") };
    let highest = body.rows.iter().max_by(|a, b| a.rate.known().unwrap().value.total_cmp(&b.rate.known().unwrap().value)).unwrap();
    let mut table = String::from("code,daytime\n");
    for row in &sexes {
        let residents: u32 = row[3].parse().unwrap();
        let by_day = if row[2] == *highest.code.as_str() { residents * 20 } else { residents };
        table.push_str(&format!("{},{by_day}\n", &row[2]));
    }
    files.insert("population/day.csv".into(), table.into_bytes());
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    let plan = plan.replace("\"population/age.csv\"]", "\"population/age.csv\", \"population/day.csv\"]");
    let plan = plan + "\n[[analysis]]\nkind = \"burden\"\nsecond-denominator = \"daytime\"\n";
    files.insert("study.toml".into(), plan.into_bytes());
    let found = only(&files, "burden");
    let told = found.find("burden/police/violence-and-sexual-offences/areas").unwrap().sentences.join(" ");
    assert!(told.contains("daytime") && told.contains(&highest.name), "{told}");
}

/// Where most areas are withheld, those left are the ones with more events: no hot spot and no cluster is read out of that.
#[test]
fn nothing_is_looked_for_where_too_much_is_withheld() {
    let mut files = borough(&Settings::default());
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    let (before, police) = plan.split_once("name = \"police\"").unwrap();
    let restricted = format!("{before}name = \"police\"{}", police.replacen("sensitivity = \"open\"", "sensitivity = \"restricted\"", 1));
    files.insert("study.toml".into(), restricted.into_bytes());
    let label = "Public order offences";
    let none = [msg!("hotspots-headline-withheld", label = label), msg!("clusters-headline-not-known", label = label)];
    for (analysis, headline) in ["hotspots", "clusters"].into_iter().zip(none) {
        let findings = only(&files, analysis);
        let order = findings.findings.iter().find(|f| f.id.contains("public-order")).unwrap();
        assert_eq!(order.headline, said(headline));
        match &order.body {
            Body::HotSpots(body) => {
                assert!(body.draws == 0 && body.rows.iter().all(|r| r.z.known().is_none() && r.smoothed.known().is_none()))
            }
            Body::Clusters(body) => assert!(body.clusters.is_empty() && body.areas.iter().all(|a| a.cluster.is_none())),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_lighting_scheme_that_halved_incidents_is_measured_beside_the_rest_and_a_wrong_code_is_refused() {
    let mut files = borough(&Settings { planted: false, ..Settings::default() });
    let from = "2025-07";
    let lit: Vec<String> = (1..=30).map(|i| format!("E01990{i:03}")).collect();
    // Every second row in the lit areas is taken out from that month on.
    let mut dropped = 0;
    for (path, bytes) in files.iter_mut().filter(|(p, _)| p.starts_with("police/")) {
        let month = path.split('/').nth(1).unwrap();
        if month < from {
            continue;
        }
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut even = false;
        let keep = |line: &&str| {
            let in_lit = lit.iter().any(|c| line.contains(c.as_str()));
            even ^= in_lit;
            !(in_lit && even)
        };
        let kept: Vec<&str> = text.lines().filter(keep).collect();
        dropped += text.lines().count() - kept.len();
        *bytes = (kept.join("\n") + "\n").into_bytes();
    }
    assert!(dropped > 50, "only {dropped} rows taken out");
    let codes = lit.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
    let event = format!("[[study.event]]\nname = \"Lighting\"\nfirst-month = \"{from}\"\nareas = [{codes}]\n\n[release]");
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap().replace("[release]", &event);
    files.insert("study.toml".into(), plan.clone().into_bytes());
    let (findings, _) = run_files(&files);
    let told = findings.find("events/lighting/police/violence-and-sexual-offences").unwrap();
    let Body::Interrupted(body) = &told.body else { panic!("another shape") };
    let ratio = body.ratio.unwrap();
    println!("lighting: {ratio:?}");
    assert!(ratio.lower < 0.5 && 0.5 < ratio.upper && ratio.upper < 0.9, "{ratio:?}");
    assert!(told.headline.contains("fewer incidents"), "{}", told.headline);
    assert!(
        findings.find("events/lighting/safety-reports/reports-of-feeling-unsafe-in-public").is_none(),
        "restricted counts by area and month"
    );

    files.insert("study.toml".into(), plan.replace(&lit[0], "E01999999").into_bytes());
    let study = Study::of(&files);
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    assert!(gapmap::pipeline::findings(&plan, None, &mut problems).is_none());
    assert!(problems.list().iter().any(|p| p.code == "D214" && p.next_step.contains("nearest")), "{:?}", problems.list());
}

//! What is planted in an invented borough is found; nothing is found where nothing is planted.

mod gaps;
mod questions;
mod seeds;

use std::collections::BTreeSet;
use std::path::PathBuf;

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Reach, SeriesModel, SeriesShape};
use gapmap::msg;
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;
use serde_json::Value;

use crate::study_files::{Study, root, said};

fn run(settings: &Settings) -> (Findings, Value) {
    run_files(&borough(settings))
}

fn run_files(files: &std::collections::BTreeMap<String, Vec<u8>>) -> (Findings, Value) {
    let study = Study::of(files);
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0;
    assert!(!problems.any_error(), "{:?}", problems.list());
    (findings, serde_json::from_slice(&files["truth.json"]).unwrap())
}

fn codes(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_ledger_of_an_invented_borough_balances_and_counts_every_quirk() {
    let (findings, _) = run(&Settings::default());
    let known = |cell: &Cell<u64>| cell.known().unwrap();
    for line in findings.ledger.iter().filter(|l| l.read != Cell::Withheld) {
        assert_eq!(known(&line.read), known(&line.kept) + line.set_aside.values().map(known).sum::<u64>(), "{line:?}");
    }
    let police = findings.ledger.iter().find(|l| l.source == "police" && l.unit == "street rows").unwrap();
    let rows = borough(&Settings::default())
        .iter()
        .filter(|(p, _)| p.ends_with("-street.csv"))
        .map(|(_, b)| String::from_utf8_lossy(b).lines().count() as u64 - 1)
        .sum::<u64>();
    assert_eq!(police.read, Cell::Known(rows), "every row of every file is read, with and without a last line end");
    for reason in ["in another authority", "repeated crime id: the same row again", "repeated crime id: an earlier outcome"] {
        assert!(known(&police.set_aside[reason]) > 0, "{reason}");
    }
    let fact = |f: &str| police.noted.get(f).map_or(0, known);
    assert!(fact("without a place") > 0 && fact("without a crime id (never treated as duplicates)") > 0);
    assert!(fact("of those, code and point name different areas") > 0);
    assert!(fact("events shared out between the parts of a split area") > 0);
    // What the ledger keeps is what the findings count: the same total, whichever way it is added up.
    let by_area = findings.findings.iter().filter(|f| f.id.starts_with("burden/police/") && f.id.ends_with("/areas"));
    for finding in by_area {
        let Body::AreaRates(body) = &finding.body else { panic!("{} has another shape", finding.id) };
        let parts: u64 = body.rows.iter().map(|r| r.count.known().unwrap()).sum::<u64>() + body.unlocated.known().unwrap();
        assert_eq!(Cell::Known(parts), body.total.count, "{}", finding.id);
    }
    let trend = findings.find("trend/police/all-categories").unwrap();
    let Body::Series(series) = &trend.body else { panic!("a trend is a series") };
    assert_eq!(series.points.iter().map(|p| p.count.known().unwrap()).sum::<u64>(), known(&police.kept));
}

#[test]
fn the_hot_spot_stands_above_the_rest() {
    for seed in [1, 2, 3] {
        let (findings, truth) = run(&Settings { seed, ..Settings::default() });
        let hot = codes(&truth["hot_spot"]["areas"]);
        let Body::AreaRates(body) = &findings.find("burden/police/violence-and-sexual-offences/areas").unwrap().body else {
            panic!("a burden by area has rates")
        };
        let rates = |inside: bool| -> (u64, f64) {
            let rows = body.rows.iter().filter(|r| hot.contains(r.code.as_str()) == inside);
            rows.fold((0, 0.0), |s, r| (s.0 + r.count.known().unwrap(), s.1 + r.residents.known().unwrap()))
        };
        let ((n_in, r_in), (n_out, r_out)) = (rates(true), rates(false));
        let ratio = (n_in as f64 / r_in) / (n_out as f64 / r_out);
        // The hot spot lies away from the centre, where rates are lower: three times the local level is about twice the average.
        assert!((1.3..4.5).contains(&ratio), "seed {seed}: {ratio}");
    }
}

#[test]
fn no_change_is_told_across_a_break_and_the_rise_is_told() {
    let (findings, truth) = run(&Settings::default());
    let break_month = truth["recording_break"]["first_month"].as_str().unwrap();
    let finding = findings.find("trend/police/violence-and-sexual-offences").unwrap();
    let Body::Series(series) = &finding.body else { panic!("a trend is a series") };
    assert_eq!(series.breaks[0].first_month.to_string(), break_month);
    let at = series.points.iter().position(|p| p.month.to_string() == break_month).unwrap();
    assert!(series.points[at - 1].mean.unwrap() > series.points[at].mean.unwrap() * 1.3, "limits start anew at the break");
    assert!(series.points[at..at + 11].iter().all(|p| p.rolling_12 == Cell::NotApplicable), "no sum of twelve months crosses the break");
    let text = format!("{} {}", finding.headline, finding.sentences.join(" ")).to_lowercase();
    for word in ["fell", "fallen", "decrease", "lower than usual", "twelve before", "down "] {
        assert!(!text.contains(word), "a change is told across the break: {text}");
    }
    let rise = findings.find("trend/police/public-order-offences").unwrap();
    let model = model_of(rise);
    assert_ne!(model.shape, SeriesShape::Flat, "{}", rise.headline);
    let after = model.mean_month_since.unwrap_or(0.0);
    assert!(after > 1.2 * model.mean_month, "a new level that is higher: {model:?}");
    // The headline is the one of the body: it holds the size that the model has.
    let size = model.step_percent.or(model.monthly_percent_since).unwrap();
    assert!(
        rise.headline.contains(&format!("{:.0}", size.value)) || rise.headline.contains(&format!("{:.1}", size.value)),
        "{}",
        rise.headline
    );
    assert!(size.lower > 0.0 && size.level == 0.95, "{size:?}");
}

fn model_of(finding: &gapmap::model::Finding) -> &SeriesModel {
    let Body::Series(series) = &finding.body else { panic!("a trend is a series") };
    series.model.as_ref().unwrap()
}

#[test]
fn the_service_desert_is_found_and_sized() {
    for seed in [1, 4, 9] {
        let (findings, truth) = run(&Settings { seed, ..Settings::default() });
        let Body::AreaClasses(body) = &findings.find("coverage/one-stop-shop").unwrap().body else { panic!("coverage has classes") };
        let out: BTreeSet<String> = body.rows.iter().filter(|r| r.class == Reach::OutOfReach).map(|r| r.code.to_string()).collect();
        assert_eq!(out, codes(&truth["service_desert"]["areas"]), "seed {seed}");
        let residents = body.totals.iter().find(|t| t.class == Reach::OutOfReach).unwrap().residents;
        assert_eq!(residents, Cell::Known(truth["service_desert"]["residents"].as_u64().unwrap()), "seed {seed}");
    }
}

#[test]
fn where_nothing_is_planted_nothing_is_found() {
    let (findings, truth) = run(&Settings { planted: false, ..Settings::default() });
    assert_eq!(truth["service_desert"]["areas"], serde_json::json!([]));
    assert!(findings.breaks.is_empty());
    let Body::AreaClasses(body) = &findings.find("coverage/one-stop-shop").unwrap().body else { panic!("coverage has classes") };
    assert!(body.rows.iter().all(|r| r.class == Reach::Site), "every area has a drop-in near");
    let trend = findings.find("trend/police/violence-and-sexual-offences").unwrap();
    assert!(!trend.headline.contains("rising") && !trend.headline.contains("falling"), "{}", trend.headline);
}

#[test]
fn an_empty_catalogue_makes_everything_not_known_and_nothing_none() {
    let study = Study::of(&borough(&Settings { areas: 30, months: 12, ..Settings::default() }));
    let plan = study.text("study.toml");
    let without = plan.split("[[source]]").filter(|s| !s.contains("services/")).collect::<Vec<_>>().join("[[source]]");
    study.write("study.toml", without.replace("catalogue-complete", "# catalogue-complete").as_bytes());
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, Some("coverage"), &mut problems).unwrap().0;
    let mut classes = 0;
    for finding in &findings.findings {
        if let Body::AreaClasses(body) = &finding.body {
            classes += 1;
            assert!(body.rows.iter().all(|r| r.class == Reach::NotKnown), "{}", finding.id);
        }
    }
    assert!(classes > 3);
}

#[test]
fn the_example_in_the_repository_is_what_init_makes() {
    let folder = root().join("data/example");
    for (path, bytes) in borough(&Settings::default()) {
        let shipped = std::fs::read(PathBuf::from(&folder).join(&path)).unwrap_or_else(|_| panic!("data/example/{path} is not there"));
        assert!(shipped == bytes, "data/example/{path} is not what `gapmap init data/example --example` writes");
    }
}

#[test]
fn a_service_that_is_listed_is_never_called_unlisted() {
    let (findings, _) = run(&Settings::default());
    // The catalogue lists the MARAC without a place, and training that is online only.
    let marac = findings.find("coverage/marac").unwrap();
    let Body::AreaClasses(listed) = &marac.body else { panic!("coverage has classes") };
    let words = said(msg!("coverage-not-known-listed", label = &listed.measure, area = &findings.frame.area_name));
    assert_eq!(marac.sentences[0], words);
    let Body::AreaClasses(remote) = &findings.find("coverage/training").unwrap().body else { panic!("coverage has classes") };
    assert!(remote.rows.iter().all(|r| r.class == Reach::WithoutSite));
}

fn only(files: &std::collections::BTreeMap<String, Vec<u8>>, analysis: &str) -> Findings {
    let study = Study::of(files);
    let plan = Plan::load(&study.folder.join("study.toml"), &mut Problems::default()).unwrap();
    gapmap::pipeline::findings(&plan, Some(analysis), &mut Problems::default()).unwrap().0
}

//! Which hot spots are new, and which last: nothing is where nothing is, and what is missing is not known.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Emerging, EmergingClass, Findings};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;

use crate::study_files::Study;

const VIOLENCE: &str = "emerging/police/violence-and-sexual-offences/areas";

fn asked(settings: &Settings) -> Study {
    let mut files = borough(settings);
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap() + "\n[[analysis]]\nkind = \"emerging\"\n";
    files.insert("study.toml".into(), plan.into_bytes());
    Study::of(&files)
}

fn found(study: &Study) -> Findings {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0;
    assert!(!problems.any_error(), "{:?}", problems.list());
    findings
}

fn body<'f>(findings: &'f Findings, id: &str) -> &'f Emerging {
    let Body::Emerging(body) = &findings.find(id).unwrap().body else { panic!("{id} has another shape") };
    body
}

fn is_hot(class: EmergingClass) -> bool {
    EmergingClass::ALL[..8].contains(&class)
}

#[test]
fn only_months_since_the_break_are_looked_at() {
    let study = asked(&Settings { seed: 2, areas: 60, months: 36, planted: true, ..Settings::default() });
    let truth: serde_json::Value = serde_json::from_slice(&study.read("truth.json")).unwrap();
    let findings = found(&study);
    let violence = body(&findings, VIOLENCE);
    assert_eq!(violence.since_break.map(|m| m.to_string()).as_deref(), truth["recording_break"]["first_month"].as_str());
    assert_eq!((violence.months.len(), Some(violence.months.first)), (12, violence.since_break));
    // The break is one of violence alone.
    let other = body(&findings, "emerging/police/public-order-offences/areas");
    assert_eq!((other.months.len(), other.since_break), (36, None));
}

#[test]
fn where_everybody_is_at_the_same_risk_hardly_an_area_has_a_history() {
    let mut called = 0;
    for seed in 1..=6 {
        let study = asked(&Settings { seed, areas: 90, months: 24, planted: false, varying: false, ..Settings::default() });
        let findings = found(&study);
        let bodies = findings.findings.iter().filter_map(|f| if let Body::Emerging(b) = &f.body { Some(b) } else { None });
        called += bodies.flat_map(|b| &b.rows).filter(|r| r.hot_months.known().unwrap() + r.cold_months.known().unwrap() > 0).count();
    }
    // Twelve families of 2,160 areas and months, each with a false discovery at all in 1 of 20.
    assert!(called <= 6, "{called} areas were ever called");
}

#[test]
fn an_area_with_a_missing_month_is_not_known_and_no_neighbour_is_the_worse_for_it() {
    // A month that is not there is missing for every area: nothing is known of any.
    let study = asked(&Settings { seed: 1, areas: 40, months: 24, planted: false, varying: false, ..Settings::default() });
    std::fs::remove_file(study.folder.join("police/2025-03/2025-03-quillmere-street.csv")).unwrap();
    let findings = found(&study);
    let body = body(&findings, VIOLENCE);
    assert!(body.rows.iter().all(|r| r.class == EmergingClass::NotKnown && r.hot_months == Cell::Missing), "{:?}", body.rows[0]);
    assert!(!body.rows.iter().any(|r| is_hot(r.class)));
}

#[test]
fn fewer_than_twelve_months_since_a_break_have_no_history() {
    let study = asked(&Settings { seed: 1, areas: 40, months: 24, planted: false, varying: false, ..Settings::default() });
    let more = "\n[[study.breaks]]\nfirst-month = \"2025-02\"\ntitle = \"Another system\"\ndetail = \"\"\nsource = \"Invented\"\n";
    let plan = study.text("study.toml");
    study.write("study.toml", plan.replacen("\n[release]", &format!("{more}\n[release]"), 1).as_bytes());
    let findings = found(&study);
    assert!(findings.findings.iter().all(|f| f.analysis != "emerging"));
    assert!(findings.frame.unanswered.iter().any(|u| u.analysis == "emerging"));
}

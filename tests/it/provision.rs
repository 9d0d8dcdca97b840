//! One service is told in one way by every analysis, and what is not known is told as none by none of them.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Finding, Findings, Reach, ServiceState, Verdict};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;

use crate::study_files::Study;

fn run(change: impl Fn(String) -> String) -> Findings {
    let mut files = borough(&Settings { seed: 5, areas: 40, months: 24, planted: true, ..Settings::default() });
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    files.insert("study.toml".into(), change(plan).into_bytes());
    let study = Study::of(&files);
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
    let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems));
    found.unwrap_or_else(|| panic!("{:?}", problems.list())).0
}

/// The plan with further settings in `[study]`, and a table after it.
fn with(study: &str, reach: &str) -> impl Fn(String) -> String {
    let (study, reach) = (study.to_owned(), reach.to_owned());
    move |plan| {
        let plan = plan.replacen("[study]\n", &format!("[study]\n{study}\n"), 1);
        if reach.is_empty() { plan } else { format!("{plan}\n[study.reach]\n{reach}\n") }
    }
}

/// A plan without the sources that give services, and that vouches for no catalogue.
fn without_services(plan: String) -> String {
    let plan: String = plan.lines().filter(|l| !l.starts_with("catalogue-complete")).map(|l| format!("{l}\n")).collect();
    let (head, sources) = plan.split_once("[[source]]").unwrap();
    let kept = sources
        .split("[[source]]")
        .filter(|s| !s.contains("kind = \"services") && !s.contains("kind = \"open-referral") && !s.contains("kind = \"hsds"));
    std::iter::once(head.to_owned()).chain(kept.map(str::to_owned)).collect::<Vec<_>>().join("[[source]]")
}

/// How `coverage` tells each area, by type of service.
fn told(findings: &Findings, kind: &str) -> Vec<Reach> {
    let id = format!("coverage/{kind}");
    let Body::AreaClasses(body) = &findings.find(&id).unwrap().body else { panic!("{id} is of another shape") };
    body.rows.iter().map(|r| r.class).collect()
}

#[test]
fn every_analysis_tells_an_area_as_the_others_do() {
    for (study, reach) in [("", ""), ("", "reach-m = 900"), ("", "reach-m = 1500\ndetour = 1.4"), ("as-of = \"2024-06\"", "reach-m = 1200")]
    {
        let findings = run(with(study, reach));
        let mut compared = 0;
        for finding in &findings.findings {
            let kind = finding.id.rsplit('/').next().unwrap();
            let states: Vec<Reach> = match &finding.body {
                Body::AreaAccess(b) => b.rows.iter().map(|r| r.reach).collect(),
                Body::NeedAccess(b) => b.rows.iter().map(|r| r.reach).collect(),
                _ => continue,
            };
            assert_eq!(states, told(&findings, kind), "{}, {study} {reach}", finding.id);
            compared += 1;
        }
        assert!(compared > 3, "{study} {reach}");
        // What the classes hold is who lives in them.
        for finding in &findings.findings {
            let Body::AreaClasses(b) = &finding.body else { continue };
            for total in &b.totals {
                let areas = b.rows.iter().filter(|r| r.class == total.class);
                let people: f64 = areas.map(|r| r.residents.known().unwrap()).sum();
                assert_eq!(total.residents.known().unwrap_or(0), people.round() as u64, "{}", finding.id);
            }
        }
    }
}

#[test]
fn the_settings_of_the_study_reach_every_analysis() {
    let (far, near) = (run(with("", "")), run(with("", "reach-m = 900")));
    let sited = |f: &Findings, id: &str| -> usize {
        match &f.find(id).unwrap().body {
            Body::AreaClasses(b) => b.rows.iter().filter(|r| r.class == Reach::Site).count(),
            Body::AreaAccess(b) => b.rows.iter().filter(|r| r.reach == Reach::Site).count(),
            Body::NeedAccess(b) => b.rows.iter().filter(|r| r.reach == Reach::Site).count(),
            _ => panic!("{id} is of another shape"),
        }
    };
    for id in ["coverage/one-stop-shop", "access/one-stop-shop", "need-access/violence-and-sexual-offences/one-stop-shop"] {
        assert!(sited(&near, id) < sited(&far, id), "{id}");
    }
    let beyond = |f: &Findings| match &f.find("gaps/register").unwrap().body {
        Body::Gaps(b) => b.rows.iter().find(|r| r.id == "distance/one-stop-shop").unwrap().people,
        _ => panic!("another shape"),
    };
    assert_ne!(beyond(&near), beyond(&far));
}

#[test]
fn the_day_of_the_study_reaches_every_analysis() {
    // Contracts begin after this day; services without one run on any day.
    let (then, now) = (run(with("as-of = \"2017-02\"", "")), run(with("", "")));
    let open = |f: &Findings| match &f.find("hours/safety-reports/week").unwrap().body {
        Body::WeekClock(b) => b.kinds.iter().map(|k| k.services).sum::<usize>(),
        _ => panic!("another shape"),
    };
    assert!(open(&then) < open(&now), "hours");
    for finding in then.findings.iter().filter(|f| ["coverage", "travel", "access", "services", "gaps"].contains(&f.analysis.as_str())) {
        assert_eq!(finding.period.last.to_string(), "2017-02", "{}", finding.id);
        match &finding.body {
            Body::Services(b) => {
                assert_eq!(b.as_of, "2017-02-28");
                assert!(b.sites.iter().any(|s| s.service.state == ServiceState::Planned));
            }
            Body::Gaps(b) => assert_eq!(b.as_of, "2017-02-28"),
            _ => {}
        }
    }
}

/// Cells and states that say that there is none.
fn nones(finding: &Finding) -> usize {
    let zero = |cells: &mut dyn Iterator<Item = Cell<u64>>| cells.filter(|c| *c == Cell::Known(0)).count();
    let beyond = |states: &mut dyn Iterator<Item = Reach>| states.filter(|r| *r == Reach::OutOfReach).count();
    match (&finding.body, finding.analysis.as_str()) {
        (Body::AreaClasses(b), _) => zero(&mut b.totals.iter().map(|t| t.residents)) + beyond(&mut b.rows.iter().map(|r| r.class)),
        (Body::AreaAccess(b), _) => {
            zero(&mut b.totals.iter().map(|t| t.residents))
                + beyond(&mut b.rows.iter().map(|r| r.reach))
                + b.rows.iter().filter(|r| r.value == Cell::Known(0.0)).count()
        }
        (Body::NeedAccess(b), _) => {
            beyond(&mut b.rows.iter().map(|r| r.reach))
                + b.rows.iter().filter(|r| r.value == Cell::Known(0.0) || r.access_class == Some(0)).count()
        }
        (Body::Shares(b), _) => zero(&mut b.rows.iter().flat_map(|r| r.cells.iter().copied())),
        (Body::Waterfall(b), _) => zero(&mut b.losses.iter().map(|l| l.people).chain([b.left, b.caseload])),
        (Body::WeekClock(b), _) => b.kinds.len(),
        (Body::Gaps(b), _) => {
            // Whether or not anything was tested, no test of what is there may say gap or no gap.
            let of_services = b.rows.iter().filter(|r| r.dimension != "awareness");
            let untold = b.dimensions.iter().filter(|d| b.rows.iter().all(|r| r.dimension != d.0)).count();
            untold + of_services.filter(|r| r.verdict != Verdict::NotKnown || r.people == Cell::Known(0)).count()
        }
        (_, "access" | "coverage" | "travel" | "need-access" | "gaps" | "services") => 1,
        _ => 0,
    }
}

#[test]
fn without_a_catalogue_nothing_is_told_as_none() {
    let findings = run(without_services);
    assert!(findings.find("services/map").is_none() && findings.find("coverage/summary").is_some());
    let (mut looked_at, mut unknown) = (0, 0);
    for finding in &findings.findings {
        assert_eq!(nones(finding), 0, "{}: {:?}", finding.id, finding.body);
        looked_at += usize::from(["coverage", "gaps", "access", "need-access", "travel"].contains(&finding.analysis.as_str()));
        if let Body::AreaClasses(b) = &finding.body {
            let Some(Cell::Known(n)) = b.totals.iter().find(|t| t.class == Reach::NotKnown).map(|t| t.residents) else {
                panic!("not counted")
            };
            unknown += usize::from(n > 0);
        }
    }
    assert!(looked_at > 8 && unknown > 6, "{looked_at} {unknown}");
    // A catalogue that is said to list every service of a kind does tell that there is none.
    let complete = run(|plan| with("catalogue-complete = [\"sarc\"]", "")(without_services(plan)));
    assert!(told(&complete, "sarc").iter().all(|r| *r == Reach::OutOfReach));
}

/// What is told of a plan that measures by this mode.
fn problems_by(plan: &str) -> (bool, String) {
    let study = Study::small();
    let text = study.text("study.toml") + plan;
    let mut problems = Problems::default();
    let plan = Plan::parse(&text, "study.toml", study.folder.clone(), &mut problems);
    let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, Some("coverage"), &mut problems));
    (found.is_some(), gapmap::diagnostics::render_text(&problems))
}

#[test]
fn a_mode_that_the_plan_does_not_have_is_told_and_never_measured_as_a_straight_line() {
    let reach = |by: &str| problems_by(&format!("\n[study.reach]\nby = \"{by}\"\n"));
    for (by, wanted) in [
        ("walking", ["P104", "street-network", "walk"]),
        ("walk", ["P104", "street-network", "travel-times"]),
        ("drive", ["P104", "street-network", "drive"]),
        ("bus", ["P102", "Did you mean `public-transport`", "timetable"]),
        ("straight-lnie", ["P102", "Did you mean `straight-line`", "straight-line"]),
        ("bicycle", ["P102", "bicycle", "straight-line"]),
    ] {
        let (found, told) = reach(by);
        assert!(!found && wanted.iter().all(|w| told.contains(w)), "{by}: {told}");
    }
    assert!(reach("straight-line").0 && reach("straight line").0);
    // An analysis that names a mode of its own, and the defaults of all.
    for plan in ["\n[[analysis]]\nkind = \"coverage\"\nby = \"walkin\"\n", "\n[defaults]\nby = \"walkin\"\n"] {
        let (found, told) = problems_by(plan);
        assert!(!found && told.contains("P102") && told.contains("Did you mean `walk`") && told.contains("coverage"), "{told}");
    }
    // Without a timetable, buses are not known.
    let study = Study::small();
    let (before, after) = study.text("study.toml").split_once("# Buses by the clock").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let rest = after.split_once("[[source]]").unwrap().1.split_once("[[source]]").unwrap().1.to_owned();
    study.write("study.toml", format!("{before}[[source]]{rest}\n[study.reach]\nby = \"public-transport\"\n").as_bytes());
    let output = study.gapmap(&["check", "study.toml"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && told.contains("P104") && told.contains("timetable"), "{told}");
}

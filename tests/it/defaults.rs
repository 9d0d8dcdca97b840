//! `[defaults]`: written once, taken by every analysis that has the setting, and by none that sets it itself.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Reach};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};

use crate::study_files::Study;

fn run(lines: &str) -> Result<Findings, Vec<(&'static str, String)>> {
    let mut files = borough(&Settings::default());
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    files.insert("study.toml".into(), format!("{plan}\n{lines}\n").into_bytes());
    let study = Study::of(&files);
    let mut problems = Problems::default();
    let told = |problems: &Problems| problems.list().iter().map(|p| (p.code.name(), format!("{} {}", p.message, p.next_step))).collect();
    let Some(plan) = Plan::load(&study.folder.join("study.toml"), &mut problems) else { return Err(told(&problems)) };
    let found = gapmap::pipeline::findings(&plan, None, &mut problems);
    found.map(|f| f.0).ok_or_else(|| told(&problems))
}

/// Areas with a drop-in in reach, as `access` and as `need-access` see it.
fn in_reach(findings: &Findings) -> (Option<usize>, Option<usize>) {
    let access = findings.find("access/one-stop-shop").map(|f| match &f.body {
        Body::AreaAccess(b) => b.rows.iter().filter(|r| r.reach == Reach::Site).count(),
        _ => panic!("another shape"),
    });
    let both = findings.find("need-access/violence-and-sexual-offences/one-stop-shop").map(|f| match &f.body {
        Body::NeedAccess(b) => b.rows.iter().filter(|r| r.access_class > Some(0)).count(),
        _ => panic!("another shape"),
    });
    (access, both)
}

#[test]
fn every_analysis_that_has_the_setting_takes_it_unless_it_sets_it_itself() {
    let only = "[[analysis]]\nkind = \"access\"\n[[analysis]]\nkind = \"need-access\"\n";
    let (far, _) = in_reach(&run(only).unwrap());
    let (near, both) = in_reach(&run(&format!("[defaults]\nreach-m = 1500\nmonths = 12\n{only}")).unwrap());
    assert!(near < far && near == both && near > Some(0), "{near:?} {far:?} {both:?}");
    let (own, other) = in_reach(&run(&format!("[defaults]\nreach-m = 1500\n{only}reach-m = 3000\n")).unwrap());
    assert_eq!((own, other), (near, far));
}

#[test]
fn without_analyses_all_are_asked_with_the_defaults_and_what_nobody_has_is_said_once() {
    let all = run("[defaults]\nreach-m = 1500").unwrap();
    assert!(all.findings.iter().map(|f| f.analysis.as_str()).collect::<std::collections::BTreeSet<_>>().len() > 12);
    assert!(in_reach(&all).0 < in_reach(&run("").unwrap()).0);
    let [(code, told)] = &run("[defaults]\nraech-m = 1500").err().unwrap()[..] else { panic!("one problem") };
    assert!(*code == "P102" && told.contains("`reach-m`"), "{told}");
    let [(code, _)] = &run("[defaults]\nreach-m = \"far\"").err().unwrap()[..] else { panic!("one problem") };
    assert_eq!(*code, "P102");
}

//! Same inputs, same bytes: a second run, one thread or two, here or there.

use crate::study_files::Study;

#[test]
fn a_second_run_and_another_number_of_threads_give_the_same_bytes() {
    let study = Study::small();
    let run = |out: &str, threads: &str| {
        let output = study.gapmap(&["run", "study.toml", "--out", out, "--threads", threads]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        study.tree(out).into_iter().map(|(path, bytes)| (path.split_once('/').unwrap().1.to_owned(), bytes)).collect::<Vec<_>>()
    };
    // Two runs that differ in the number of threads, too: what either changes shows.
    let (one, two) = (run("one", "1"), run("two", "2"));
    assert!(one.len() > 30);
    for (a, b) in one.iter().zip(&two) {
        assert_eq!(a.0, b.0);
        assert!(a.1 == b.1, "{} differs between one thread and two", a.0);
    }
    assert_eq!(one.len(), two.len());
}

#[test]
fn which_thread_reads_which_month_first_does_not_show() {
    let study = Study::small();
    let mut problems = gapmap::diagnostics::Problems::default();
    let plan = gapmap::plan::Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let once = || gapmap::pipeline::findings(&plan, Some("trend"), &mut gapmap::diagnostics::Problems::default()).unwrap();
    let first = once();
    // Eight threads on two processors take the months in another order nearly every time.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(8).build().unwrap();
    for run in 0..40 {
        assert!(pool.install(once) == first, "run {run} differs");
    }
}

#[test]
fn report_draws_the_same_from_findings_alone() {
    let study = Study::small();
    assert!(study.gapmap(&["run", "study.toml", "--no-png"]).status.success());
    let first = study.tree("out");
    // No raw data: only the findings go along, and what they say of the ledger of releases.
    let along = ["findings.public.json", "release.public.json"].map(|name| (name.to_owned(), first[&format!("out/{name}")].clone()));
    let elsewhere = Study::of(&along.into_iter().collect());
    let output = elsewhere.gapmap(&["report", "findings.public.json", "--out", "out", "--no-png"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let second = elsewhere.tree("out");
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(second[path] == *bytes, "{path} differs");
    }
}

#[test]
fn no_output_holds_a_path_of_this_machine() {
    let study = Study::small();
    assert!(study.gapmap(&["run", "study.toml", "--no-png"]).status.success());
    let here = study.folder.to_string_lossy().into_owned();
    for (path, bytes) in study.tree("out") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&here) && !text.contains(env!("CARGO_MANIFEST_DIR")), "{path}");
    }
}

//! What happened after it was reported: the planted share is found, nothing young is compared, nothing missing is taken for none.

use std::collections::BTreeMap;
use std::fmt::Write;

use gapmap::diagnostics::{Code, Problems};
use gapmap::model::{Body, Findings, Followed, OutcomeClass, OutcomeCohorts, OutcomeTimes, Shape};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::{Cell, Month};

use crate::study_files::Study;

type Files = BTreeMap<String, Vec<u8>>;

const VIOLENCE: &str = "outcomes/police/violence-and-sexual-offences";

/// An invented borough of three years that asks this question alone.
fn invented(seed: u64, areas: usize) -> Files {
    let mut files = borough(&Settings { seed, areas, months: 36, planted: true, ..Settings::default() });
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap() + "\n[[analysis]]\nkind = \"outcomes\"\n";
    files.insert("study.toml".into(), plan.into_bytes());
    files
}

pub(crate) fn found(study: &Study) -> (Findings, Problems) {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let found = gapmap::pipeline::findings(&plan, None, &mut problems);
    assert!(!problems.any_error(), "{}", gapmap::diagnostics::render_text(&problems));
    let findings = found.unwrap().0;
    (findings, problems)
}

fn cohorts<'f>(findings: &'f Findings, id: &str) -> &'f OutcomeCohorts {
    let finding = findings.find(&format!("{id}/cohorts")).unwrap_or_else(|| panic!("{id} is not told"));
    let Body::OutcomeCohorts(body) = &finding.body else { panic!("{id} has another shape") };
    body
}

fn times(findings: &Findings) -> &OutcomeTimes {
    let Body::OutcomeTimes(body) = &findings.find(&format!("{VIOLENCE}/times")).unwrap().body else { panic!("another shape") };
    body
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

#[test]
fn the_planted_share_of_charges_lies_in_its_limits_and_no_young_cohort_is_added() {
    for seed in [1, 2, 3] {
        let files = invented(seed, 90);
        let truth: serde_json::Value = serde_json::from_slice(&files["truth.json"]).unwrap();
        let planted = truth["outcomes"]["charged_within"].as_f64().unwrap();
        let (findings, _) = found(&Study::of(&files));
        let body = cohorts(&findings, VIOLENCE);
        let together = body.together.as_ref().unwrap();
        let share = together.parts[body.place_of(OutcomeClass::Charged).unwrap()].share.known().unwrap();
        assert!((share.lower..=share.upper).contains(&planted), "seed {seed}: {planted} and {share:?}");
        assert!(share.upper - share.lower < 0.05, "{share:?}");
        // Recording changed in January 2025: only what was reported before has had its twelve months, and nothing since is added to it.
        assert_eq!((together.months.first, together.months.last), (month("2023-01"), month("2024-12")));
        for cohort in &body.cohorts {
            let old = cohort.months.last <= month("2024-12");
            assert_eq!((cohort.followed == Followed::Mature, cohort.added), (old, old), "{:?}", cohort.months);
            let parts: u64 = cohort.counts.iter().map(|n| n.known().unwrap()).sum();
            assert_eq!(cohort.reports, Cell::Known(parts), "every report ends somewhere");
        }
        // The curve: all that is open or came to a class is all there is, and it never rises.
        let times = times(&findings);
        for pair in times.steps.windows(2) {
            let open = |i: usize| pair[i].open.known().unwrap().value;
            assert!(open(1) <= open(0) + 1e-12);
            let ended: f64 = pair[1].by_then.iter().map(|x| x.known().unwrap()).sum();
            assert!((open(1) + ended - 1.0).abs() < 1e-9);
        }
        let charged = times.classes.iter().position(|k| k.class == OutcomeClass::Charged).unwrap();
        let by_a_year = times.steps[12].by_then[charged].known().unwrap();
        // Without those of which the force says nothing, which the share counts.
        assert!((by_a_year - share.value / (1.0 - 0.02)).abs() < 0.01, "{by_a_year} {share:?}");
    }
}

#[test]
fn a_month_without_an_outcome_file_is_missing_and_never_without_outcomes() {
    let mut files = invented(1, 40);
    files.remove("police/2024-08/2024-08-quillmere-outcomes.csv");
    let (findings, _) = found(&Study::of(&files));
    let body = cohorts(&findings, VIOLENCE);
    for cohort in &body.cohorts {
        let first = cohort.months.first;
        let expected = match first {
            m if m == month("2024-08") => Followed::Missing,
            // Followed up to July 2024, or to December 2025.
            m if m <= month("2023-07") || (m > month("2024-08") && m <= month("2024-12")) => Followed::Mature,
            _ => Followed::Immature,
        };
        assert_eq!(cohort.followed, expected, "{first}");
        if expected == Followed::Missing {
            assert!(cohort.counts.iter().all(|n| *n == Cell::Missing) && cohort.reports == Cell::Missing);
        }
    }
    // Reports of May 2024 are followed for two months: none of their outcomes is later.
    let young = body.cohorts.iter().find(|c| c.months.first == month("2024-05")).unwrap();
    let whole = {
        let (all, _) = found(&Study::of(&invented(1, 40)));
        cohorts(&all, VIOLENCE).cohorts.iter().find(|c| c.months.first == month("2024-05")).unwrap().clone()
    };
    let open = body.place_of(OutcomeClass::Open).unwrap();
    assert!(young.counts[open].known().unwrap() > whole.counts[open].known().unwrap());
    assert_eq!(young.reports, whole.reports);
}

#[test]
fn without_outcome_files_the_last_outcomes_are_told_without_a_time() {
    let mut files = invented(1, 40);
    files.retain(|path, _| !path.ends_with("-outcomes.csv"));
    // Of files by themselves nobody says when they were written: outcomes of last month may be years old, and none is compared.
    let (loose, _) = found(&Study::of(&files));
    let loose = cohorts(&loose, VIOLENCE);
    assert!(loose.together.is_none() && loose.cohorts.iter().all(|c| c.followed == Followed::AgeUnknown));
    // Those of an archive were all written when it was.
    let within = |path: String| if path.starts_with("police/") { path.replacen("police/", "police/2025-12/", 1) } else { path };
    let files: Files = files.into_iter().map(|(path, bytes)| (within(path), bytes)).collect();
    let (findings, _) = found(&Study::of(&files));
    let body = cohorts(&findings, VIOLENCE);
    assert!(!body.dated && findings.find(&format!("{VIOLENCE}/times")).is_none());
    let (dated, _) = found(&Study::of(&invented(1, 40)));
    let dated = cohorts(&dated, VIOLENCE);
    let charged =
        |b: &OutcomeCohorts| b.together.as_ref().unwrap().parts[b.place_of(OutcomeClass::Charged).unwrap()].count.known().unwrap();
    // Those that were charged later than a year after the report are among them.
    assert!(charged(body) > charged(dated), "{} {}", charged(body), charged(dated));
    assert_eq!(body.together.as_ref().unwrap().reports, dated.together.as_ref().unwrap().reports);
}

#[test]
fn words_that_are_not_mapped_are_counted_and_warned_of() {
    let mut files = invented(1, 30);
    let path = "police/2023-06/2023-06-quillmere-outcomes.csv";
    let text = String::from_utf8(files[path].clone()).unwrap();
    let strange = text.matches(",Unable to prosecute suspect\n").count() as u64;
    files.insert(path.into(), text.replace(",Unable to prosecute suspect\n", ",Filed for now\n").into_bytes());
    let (findings, problems) = found(&Study::of(&files));
    let told = problems.list().iter().find(|p| p.code == Code::R132).unwrap();
    assert!(strange > 10 && told.message.contains(&strange.to_string()), "{told:?}");
    let body = cohorts(&findings, VIOLENCE);
    let mapped = body.together.as_ref().unwrap().parts[body.place_of(OutcomeClass::NotMapped).unwrap()].count.known().unwrap();
    assert!(mapped > 0 && mapped <= strange);
}

#[test]
fn outcome_files_inside_an_archive_are_read_as_those_of_a_folder() {
    let files = invented(1, 30);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in files.iter().filter(|(p, _)| p.starts_with("police/")) {
        archive.start_file(path.trim_start_matches("police/"), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, bytes).unwrap();
    }
    let mut zipped: Files = files.iter().filter(|(p, _)| !p.starts_with("police/")).map(|(p, b)| (p.clone(), b.clone())).collect();
    zipped.insert("police/2025-12.zip".into(), archive.finish().unwrap().into_inner());
    let ((one, _), (other, _)) = (found(&Study::of(&files)), found(&Study::of(&zipped)));
    assert_eq!(cohorts(&one, VIOLENCE), cohorts(&other, VIOLENCE));
    assert_eq!(times(&one), times(&other));
}

#[test]
fn a_study_that_does_not_say_what_became_of_reports_is_told_as_not_answered() {
    let mut files = invented(1, 30);
    files.retain(|path, _| !path.ends_with("-outcomes.csv"));
    for (path, bytes) in files.iter_mut().filter(|(p, _)| p.starts_with("police/")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let blank = |line: &str| match line.trim_end_matches('\r').rsplitn(3, ',').collect::<Vec<_>>()[..] {
            [context, _, rest] if !rest.starts_with("Crime ID") => format!("{rest},,{context}"),
            _ => line.to_owned(),
        };
        assert!(path.ends_with("-street.csv"));
        *bytes = text.lines().map(blank).collect::<Vec<_>>().join("\n").into_bytes();
    }
    let (findings, problems) = found(&Study::of(&files));
    assert!(findings.findings.iter().all(|f| f.analysis != "outcomes"));
    let told = problems.list().iter().find(|p| p.code == Code::D221).unwrap();
    assert!(told.next_step.contains("outcome-date"), "{told:?}");
    assert!(findings.frame.unanswered.iter().any(|u| u.analysis == "outcomes"), "{:?}", findings.frame.unanswered);
}

/// A restricted extract of four offences over three years, with outcomes and their months.
fn extract(of_charged: u64) -> String {
    let mut out = String::from("Reported,LSOA,Offence,Outcome,Closed\n");
    for k in 0..36 * 30_u64 {
        let (at, i) = (k / 30, k % 30);
        let offence =
            ["Stalking and harassment", "Violence with injury", "Female genital mutilation"][usize::from(i > 11) + usize::from(i == 29)];
        let wait = (k * 7) % 9;
        let outcome = match (k * 13 + i) % 20 {
            n if n < of_charged => "1",
            3..=10 => "Outcome 16",
            11..=14 => "15",
            15 => "8",
            16..=18 => "Investigation complete; no suspect identified",
            _ => "",
        };
        let closed = at + wait;
        let date = |n: u64| format!("{}-{:02}-1{}", 2023 + n / 12, n % 12 + 1, k % 9);
        let there = !outcome.is_empty() && closed < 36;
        let _ = writeln!(
            out,
            "{},E0199{:04},{offence},{},{}",
            date(at),
            i % 30 + 1,
            if there { outcome } else { "" },
            if there { date(closed) } else { String::new() }
        );
    }
    out
}

fn with_extract(text: &str) -> Study {
    let study = Study::of(&invented(1, 30));
    study.write("extract.csv", text.as_bytes());
    let plan = study.text("study.toml");
    let source = "[[source]]\nkind = \"events-csv\"\nname = \"extract\"\npath = \"extract.csv\"\nsensitivity = \"restricted\"\ntopic = \"incidents\"\n\
        columns = { date = \"Reported\", area = \"LSOA\", category = \"Offence\", outcome = \"Outcome\", outcome-date = \"Closed\" }\n\n[[analysis]]\n";
    study.write("study.toml", plan.replacen("[[analysis]]\n", source, 1).as_bytes());
    study
}

#[test]
fn outcomes_of_a_restricted_extract_go_through_the_door() {
    let study = with_extract(&extract(3));
    let (findings, _) = found(&study);
    let (limit, base) = (findings.policy.withhold_up_to, findings.policy.round_to);
    let body = cohorts(&findings, "outcomes/extract/violence-with-injury");
    assert_eq!(body.cohorts.iter().map(|c| c.months.len()).collect::<Vec<_>>(), [12, 12, 12]);
    for id in ["violence-with-injury", "stalking-and-harassment"] {
        let body = cohorts(&findings, &format!("outcomes/extract/{id}"));
        let told: Vec<u64> = Shape::counts(body).all().filter_map(|n| n.known()).collect();
        assert!(told.iter().any(|n| *n > 0), "{id}");
        assert!(told.iter().all(|n| *n == 0 || (*n > limit && n % (2 * base) == 0)), "{id}: {told:?}");
        for cohort in &body.cohorts {
            let mature = cohort.followed == Followed::Mature;
            assert_eq!(mature, cohort.months.last <= month("2024-12"));
            assert!(mature || cohort.counts.iter().all(|n| *n == Cell::Missing), "a young cohort of restricted reports is not told");
        }
        assert!(findings.find(&format!("outcomes/extract/{id}/times")).is_none());
    }
    // So rare an offence is not told of a year, however it ended.
    let rare = cohorts(&findings, "outcomes/extract/female-genital-mutilation");
    assert!(rare.cohorts.iter().flat_map(|c| c.counts.iter().chain([&c.reports])).all(|n| n.known().is_none()));
    assert!(rare.together.as_ref().is_none_or(|t| t.parts.iter().all(|p| p.share.known().is_none())));
}

/// Counts by class of the whole of an extract of one category, read as open, and its dated cohorts.
fn told_openly(text: &str) -> OutcomeCohorts {
    let study = with_extract(text);
    study.replace("study.toml", "path = \"extract.csv\"\nsensitivity = \"restricted\"", "path = \"extract.csv\"\nsensitivity = \"open\"");
    cohorts(&found(&study).0, "outcomes/extract/violence-with-injury").clone()
}

#[test]
fn a_slip_in_one_date_makes_no_young_report_an_old_one() {
    let plain = told_openly(&extract(3));
    let text = extract(3);
    let row = text.lines().find(|l| l.contains("Violence with injury") && l.ends_with(char::is_numeric)).unwrap();
    let (start, _) = row.rsplit_once(',').unwrap();
    let slipped = told_openly(&text.replacen(row, &format!("{start},2035-03-01"), 1));
    let young = |b: &OutcomeCohorts| b.cohorts.iter().filter(|c| c.followed == Followed::Immature).count();
    assert!(young(&plain) > 0 && young(&slipped) == young(&plain), "{} {}", young(&slipped), young(&plain));
    // Of the report itself it is not known when it ended.
    let place = slipped.place_of(OutcomeClass::NotKnown).unwrap();
    assert_eq!(slipped.cohorts.iter().filter_map(|c| c.counts[place].known()).sum::<u64>(), 1);
}

#[test]
fn what_is_not_known_or_kept_back_is_not_called_open() {
    let text = extract(3).replace(",Outcome 16,", ",Not known,").replace(",15,", ",*,");
    let body = told_openly(&text);
    let (open, unknown) = (body.place_of(OutcomeClass::Open).unwrap(), body.place_of(OutcomeClass::NotKnown).unwrap());
    let sum = |b: &OutcomeCohorts, k: usize| b.cohorts.iter().filter_map(|c| c.counts[k].known()).sum::<u64>();
    let plain = told_openly(&extract(3));
    assert!(sum(&body, unknown) > 100);
    assert_eq!(sum(&body, open), sum(&plain, plain.place_of(OutcomeClass::Open).unwrap()), "no more are open than before");
    // And where some are not known nobody says that none was charged.
    let none_charged = |text: &str| {
        let study = with_extract(text);
        study.replace(
            "study.toml",
            "path = \"extract.csv\"\nsensitivity = \"restricted\"",
            "path = \"extract.csv\"\nsensitivity = \"open\"",
        );
        found(&study).0.find("outcomes/extract/violence-with-injury/cohorts").unwrap().headline.clone()
    };
    assert_ne!(none_charged(&extract(0)), none_charged(&extract(0).replace(",Outcome 16,", ",Detected,")));
}

#[test]
fn a_pack_with_restricted_outcomes_stands_its_audit_and_an_outcome_that_was_changed_is_not_told_again() {
    let study = with_extract(&extract(3));
    let run = || study.gapmap(&["run", "study.toml", "--no-png"]);
    assert!(run().status.success());
    let audited = study.gapmap(&["audit", "out"]);
    assert!(audited.status.success(), "{}", String::from_utf8_lossy(&audited.stderr));
    let told = |id: &str| study.text("out/findings.public.json").contains(&format!("\"outcomes/extract/{id}/cohorts\""));
    assert!(run().status.success() && told("violence-with-injury"), "the same again");
    // More were charged than the last pack said of the same months: the difference would tell of few people.
    study.write("extract.csv", extract(6).as_bytes());
    let again = run();
    let heard = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(again.status.success() && heard.contains("S315"), "{heard}");
    assert!(!told("violence-with-injury"));
}

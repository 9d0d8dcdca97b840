//! Documents that a run makes of its findings, and those by a text of the analyst's own.

use std::collections::BTreeSet;

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings};
use gapmap::outputs::{Files, NOTEBOOKS, ReportKind, everything};
use gapmap::pipeline;
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::AreaCode;

use crate::study_files::{Study, root};

fn findings(study: &Study) -> Findings {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    pipeline::pack(&plan, None, &[], &mut problems).unwrap_or_else(|| panic!("{}", gapmap::diagnostics::render_text(&problems))).0
}

fn pages(findings: &Findings) -> Files {
    everything(findings, &ReportKind::find("overview").unwrap(), false).unwrap()
}

/// What a reader of a page sees, without styles and drawings.
fn seen(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page.split_once("<body>").unwrap().1;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        out.push(' ');
        let tag = &rest[at..];
        let end = if tag.starts_with("<svg") { tag.find("</svg>").unwrap() + 6 } else { tag.find('>').unwrap() + 1 };
        rest = &tag[end..];
    }
    out + rest
}

/// The numbers of a text: digits with the commas between thousands taken out.
fn numbers(text: &str) -> BTreeSet<String> {
    let plain: String = text
        .char_indices()
        .filter(|(i, c)| !(*c == ',' && text[i + 1..].chars().take(3).filter(char::is_ascii_digit).count() == 3))
        .map(|(_, c)| c)
        .collect();
    let parts = plain.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|n| n.trim_matches('.'));
    parts.filter(|n| !n.is_empty()).map(|n| n.trim_start_matches('0').to_owned()).collect()
}

/// Holds every number of every document against the findings.
fn hold(findings: &Findings) {
    let files = pages(findings);
    let mut known = numbers(&String::from_utf8(findings.written()).unwrap());
    // Shares are fractions in the findings, and percent in words.
    let values = serde_json::to_value(findings).unwrap();
    let mut fractions = vec![&values];
    while let Some(value) = fractions.pop() {
        match value {
            serde_json::Value::Array(list) => fractions.extend(list),
            serde_json::Value::Object(map) => fractions.extend(map.values()),
            other => known.extend(other.as_f64().filter(|x| (0.0..=1.0).contains(x)).map(|x| format!("{:.0}", x * 100.0))),
        }
    }
    // Numbers of the texts themselves, of the law, of those who help, of funds and costs, with their sources.
    for path in [
        "reports/phrases.md",
        "data/frameworks/helplines.csv",
        "data/frameworks/legal_frame.csv",
        "data/funding/funders.csv",
        "data/funding/unit_costs.csv",
    ] {
        known.extend(numbers(&std::fs::read_to_string(root().join(path)).unwrap()));
    }
    NOTEBOOKS.iter().for_each(|(_, text)| known.extend(numbers(text)));
    let gaps = values["findings"].as_array().unwrap().iter().filter(|f| f["body"]["shape"] == "gaps");
    for rows in gaps.filter_map(|f| f["body"]["rows"].as_array()) {
        known.insert(rows.len().to_string());
        known.extend(["gap", "not-known"].map(|v| rows.iter().filter(|r| r["verdict"] == v).count().to_string()));
        known.extend(rows.iter().map(|r| r["areas"].as_array().unwrap().len().to_string()));
    }
    known.extend(of_sites(findings));
    // The officer reads how many counts are told, kept back and refused.
    let findings_of = values["findings"].as_array().unwrap();
    let behind: Vec<_> = findings_of.iter().filter(|f| f["release"]["door"] == "policy").collect();
    known.insert(behind.len().to_string());
    known.insert(behind.iter().filter_map(|f| f["release"]["withheld"].as_u64()).sum::<u64>().to_string());
    for cells in values["restricted"].as_array().into_iter().flatten().filter_map(|s| s["cells"].as_array()) {
        let withheld = cells.iter().filter(|c| c["value"] == "withheld").count();
        let refused = cells.iter().filter(|c| c["refused"] == true).count();
        let told = cells.iter().filter(|c| c["value"]["known"].is_u64()).count();
        known.extend([withheld, refused, told].map(|n| n.to_string()));
    }
    for (name, _) in NOTEBOOKS {
        let page = std::str::from_utf8(&files[&format!("{name}.public.html")]).unwrap();
        let strange: Vec<String> = numbers(&seen(page)).into_iter().filter(|n| !known.contains(n)).collect();
        assert!(strange.is_empty(), "{name}: {strange:?}");
    }
}

/// Areas of a gap of distance that each best site would reach and leave, and those of them with a surely high rate.
fn of_sites(findings: &Findings) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for f in &findings.findings {
        let Body::Siting(body) = &f.body else { continue };
        let kind = f.id.rsplit('/').next().unwrap();
        let gap = findings.findings.iter().find_map(|f| match &f.body {
            Body::Gaps(b) => b.rows.iter().find(|g| g.id == format!("distance/{kind}")),
            _ => None,
        });
        let Some(gap) = gap else { continue };
        let of_gap: BTreeSet<AreaCode> = gap.areas.iter().copied().collect();
        let high: BTreeSet<AreaCode> = findings
            .findings
            .iter()
            .filter(|f| f.analysis == "need-access" && f.id.rsplit('/').next() == Some(kind))
            .filter_map(|f| if let Body::NeedAccess(b) = &f.body { Some(b) } else { None })
            .flat_map(|b| b.rows.iter().filter(|r| r.need_third == Some(2) && r.surely_high()).map(|r| r.code))
            .filter(|code| of_gap.contains(code))
            .collect();
        all.insert(high.len().to_string());
        for choice in &body.choices {
            let reached = choice.areas.iter().flatten().filter(|a| of_gap.contains(a)).count();
            let high_reached = choice.areas.iter().flatten().filter(|a| high.contains(a)).count();
            all.extend([reached, of_gap.len() - reached, high_reached, high.len() - high_reached].map(|n| n.to_string()));
        }
    }
    all
}

#[test]
fn a_gap_that_users_speak_against_is_a_question_and_documents_hold_no_commands() {
    let study = Study::of(&borough(&Settings::default()));
    let made = pages(&findings(&study));
    let text = |name: &str| {
        let (_, bytes) = made.iter().find(|(path, _)| path.starts_with(name) && path.ends_with(".html")).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    let board = text("board-report");
    let decisions = board.split_once("class=\"asks\"").unwrap().1.split_once("</ol>").unwrap().0;
    // The records leave them out, and a return counts users who are of them.
    assert!(decisions.contains("within reach") && !decisions.contains("16 to 24"), "{decisions}");
    assert!(board.contains("users were aged 16 to 24"), "{}", seen(&board));
    for name in ["board-report", "needs-assessment", "funding-bid"] {
        let page = seen(&text(name));
        for command in ["gapmap explain", "topic =", "reach-m-by-type"] {
            assert!(!page.contains(command), "{name} holds `{command}`");
        }
    }
    assert!(text("release-check").contains("gapmap explain"));
}

#[test]
fn words_of_the_plan_are_never_read_as_marks() {
    let study = Study::small();
    let plan = study.text("study.toml");
    let line = plan.lines().find(|l| l.starts_with("area-name")).unwrap().to_owned();
    study.replace("study.toml", &line, r##"area-name = "<script>x</script> **B** [l](http://e.org) {{ 1 }} #panic()""##);
    let files = pages(&findings(&study));
    for (name, _) in NOTEBOOKS {
        let page = std::str::from_utf8(&files[&format!("{name}.public.html")]).unwrap();
        assert!(!page.contains("<script") && !page.contains("href=\"http://e.org"), "{name}");
        assert!(page.contains("&lt;script&gt;x&lt;/script&gt; **B** [l](http://e.org) {{ 1 }} #panic()"), "{name}");
    }
}

#[test]
fn every_number_of_a_document_is_one_of_the_findings() {
    hold(&findings(&Study::small()));
}

#[test]
fn without_a_catalogue_or_without_reports_documents_are_made_and_invent_nothing() {
    for left_out in [&["kind = \"services"][..], &["kind = \"events-csv\"", "kind = \"users-by-group\""]] {
        let study = Study::small();
        let plan = study.text("study.toml");
        let kept = plan.split("[[source]]").filter(|s| !left_out.iter().any(|kind| s.contains(kind)));
        study.write("study.toml", kept.collect::<Vec<_>>().join("[[source]]").as_bytes());
        hold(&findings(&study));
    }
}

#[test]
fn a_text_of_ones_own_is_filled_audited_and_its_faults_are_placed() {
    let study = Study::small();
    assert_eq!(study.gapmap(&["run", "study.toml", "--no-png"]).status.code(), Some(0));
    let own = study.folder.join("mine");
    study.write(
        "mine/report.md",
        b"+++\ntitle = \"Mine\"\noccasion = \"for us\"\n+++\n# {{ gaps | length }} gaps\n\n{{ table(\"gaps/register\", rows=3) }}\n",
    );
    let report = |out: &str| study.gapmap(&["report", "out", "--as", own.to_str().unwrap(), "--no-png", "--out", out]);
    assert_eq!(report("made").status.code(), Some(0));
    assert!(study.folder.join("made/mine.public.html").is_file());
    assert_eq!(study.gapmap(&["audit", "made"]).status.code(), Some(0));
    let page = study.text("made/mine.public.html");
    study.write("made/mine.public.html", page.replace("gaps</h1>", "gaps and 3 women</h1>").as_bytes());
    assert_eq!(study.gapmap(&["audit", "made"]).status.code(), Some(1));
    study.write("mine/report.md", b"+++\ntitle = \"Mine\"\noccasion = \"for us\"\n+++\n# One\n\n{{ tabel(\"gaps/register\") }}\n");
    let fault = report("made2");
    assert_eq!(fault.status.code(), Some(1));
    let told = String::from_utf8_lossy(&fault.stderr).into_owned();
    assert!(told.contains("line 7") && told.contains('^') && told.contains("tabel"), "{told}");
    assert!(!study.folder.join("made2").exists());
}

#[test]
fn what_the_analyst_writes_stands_in_its_section_and_survives_runs() {
    let study = Study::small();
    study.write("commentary/funding-bid.md", b"## voices\nOne said: *the bus* stops at six.\n");
    assert_eq!(study.gapmap(&["run", "study.toml", "--no-png"]).status.code(), Some(0));
    for _ in 0..2 {
        assert!(seen(&study.text("out/funding-bid.public.html")).contains("the bus"));
        assert_eq!(study.gapmap(&["audit", "out"]).status.code(), Some(0));
        assert_eq!(study.gapmap(&["run", "study.toml", "--no-png"]).status.code(), Some(0));
    }
    study.write("commentary/funding-bid.md", b"## voices\nThe refuge is at 12 Mill Lane.\n");
    assert_eq!(study.gapmap(&["run", "study.toml", "--no-png"]).status.code(), Some(1));
}

//! Text from data that a screen, a sheet or a browser would obey, or that nobody sees: in every kind of source, and in the plan.

use std::collections::BTreeMap;

use gapmap::model::Findings;
use gapmap::outputs::{ReportKind, everything};
use gapmap::sources::UNSHOWABLE;
use gapmap::units::is_showable;
use serde_json::Value;

use crate::pack_files::{assert_same, but_for_fingerprints, texts};
use crate::study_files::Study;

/// Characters that nobody sees, one of each kind.
const UNSEEN: [char; 20] = [
    '\0',
    '\u{1b}',
    '\u{7f}',
    '\u{9b}',
    '\u{ad}',
    '\u{34f}',
    '\u{61c}',
    '\u{200b}',
    '\u{200d}',
    '\u{200f}',
    '\u{202e}',
    '\u{2066}',
    '\u{feff}',
    '\u{fffe}',
    '\u{ffff}',
    '\u{fdd0}',
    '\u{e000}',
    '\u{fe0f}',
    '\u{e0041}',
    '\u{10fffd}',
];

/// Puts unseen characters into texts, each kind in turn, and counts them.
#[derive(Default)]
struct Planter {
    next: usize,
    planted: u64,
}

impl Planter {
    fn unseen(&mut self) -> char {
        (self.next, self.planted) = (self.next + 1, self.planted + 1);
        UNSEEN[self.next % UNSEEN.len()]
    }

    /// Behind the first letter of every field that begins with one.
    fn csv(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut before = '\n';
        for c in text.chars() {
            out.push(c);
            if matches!(before, ',' | '\n' | '"') && c.is_alphabetic() {
                out.push(self.unseen());
            }
            before = c;
        }
        out
    }

    /// Behind the first letter of every text and of every name of a member.
    fn json(&mut self, value: &mut Value) {
        let plant = |text: &str, planter: &mut Self| {
            let mut letters = text.chars();
            letters.next().map_or(String::new(), |first| format!("{first}{}{}", planter.unseen(), letters.as_str()))
        };
        match value {
            Value::String(text) => *text = plant(text, self),
            Value::Array(items) => items.iter_mut().for_each(|v| self.json(v)),
            Value::Object(members) => {
                let all = std::mem::take(members);
                for (key, mut value) in all {
                    self.json(&mut value);
                    members.insert(plant(&key, self), value);
                }
            }
            _ => {}
        }
    }
}

fn run(study: &Study) {
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
}

fn findings(study: &Study) -> Findings {
    serde_json::from_slice(&study.read("out/findings.public.json")).unwrap()
}

/// No character that cannot be shown, in any file, nor as what XML would turn into one.
fn assert_showable(all: &BTreeMap<String, String>) {
    for (path, text) in all {
        // Tables for programs begin with the mark by which Excel knows UTF-8.
        let text = if path.starts_with("out/data/") { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
        let odd = text.chars().find(|c| !is_showable(*c) && !matches!(c, '\n' | '\r' | '\t'));
        assert_eq!(odd, None, "{path}");
        // In the data of the page's map three signs of markup, which can be shown, stand as their codes.
        let text = ["\\u003c", "\\u003e", "\\u0026"].iter().fold(text.to_owned(), |text, code| text.replace(code, ""));
        let text = text.as_str();
        for coded in ["_x00", "&#x0", "&#x1", "\\u00", "\\u20", "\\ufe", "\\uff"] {
            assert!(!text.contains(coded) || path.contains("schema"), "{path} holds {coded}");
        }
        if path.ends_with(".svg") {
            assert!(resvg::usvg::Tree::from_str(text, &Default::default()).is_ok(), "{path} is no SVG");
        }
    }
}

#[test]
fn what_nobody_sees_changes_no_number_and_no_letter_and_is_counted() {
    let clean = Study::small();
    run(&clean);
    let planted = Study::small();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for path in planted.tree("").into_keys() {
        let mut planter = Planter::default();
        let source = match path.split('/').next().unwrap() {
            "police" => {
                // Codes and months of street files are read as bytes, and refused where they are odd; types are words.
                let text = planted.text(&path);
                let words = ["Violence and sexual offences", "Public order", "Other theft"];
                let text = words.into_iter().fold(text, |text, w| {
                    let odd = format!("{}{}{}", &w[..1], UNSEEN[w.len() % UNSEEN.len()], &w[1..]);
                    planter.planted += text.matches(w).count() as u64;
                    text.replace(w, &odd)
                });
                planted.write(&path, text.as_bytes());
                "police"
            }
            "boundaries" => {
                let text = planted.text(&path);
                let odd = text.replace("\"Quillmere 0", "\"Quill\\ufffe\u{202e}mere 0");
                planter.planted = 2 * text.matches("\"Quillmere 0").count() as u64;
                planted.write(&path, odd.as_bytes());
                "boundaries"
            }
            _ if path.ends_with(".csv") => {
                let text = planter.csv(&planted.text(&path));
                planted.write(&path, text.as_bytes());
                match path.as_str() {
                    // No source, and no line of the ledger: its texts are cleaned all the same.
                    p if p.starts_with("action-plan/") => continue,
                    "services/commissioned.csv" => "commissioned services",
                    "services/side-table.csv" => "side table",
                    "reports/street-safety.csv" => "safety reports",
                    "population/deprivation.csv" => "deprivation",
                    "population/centres.csv" => "population-centres",
                    p if p.starts_with("population/") => "population",
                    p if p.starts_with("lookups/") => "lookup",
                    "indicators/survey.csv" => "residents' survey",
                    "indicators/partners.csv" => "partner returns",
                    _ => "service users",
                }
            }
            _ if path == "services/open-referral.json" => {
                let mut feed: Value = serde_json::from_slice(&planted.read(&path)).unwrap();
                planter.json(&mut feed);
                planted.write(&path, feed.to_string().as_bytes());
                "directory"
            }
            _ => continue,
        };
        *counts.entry(source).or_default() += planter.planted;
    }
    assert!(counts.len() == 13 && counts.values().all(|n| *n > 20), "{counts:?}");
    run(&planted);
    assert_showable(&texts(&planted));
    assert_same(&but_for_fingerprints(&clean), &but_for_fingerprints(&planted), "unseen characters");

    // Of open sources the count is told, of restricted ones nothing is.
    let told: BTreeMap<String, u64> =
        findings(&planted).ledger.iter().filter_map(|l| Some((l.source.clone(), l.noted.get(UNSHOWABLE)?.known()?))).collect();
    let expected = counts.into_iter().filter(|(source, _)| !["safety reports", "service users", "partner returns"].contains(source));
    assert_eq!(told, expected.map(|(source, n)| (source.to_owned(), n)).collect());
}

/// What a spreadsheet would run, what a browser would, and what would close what it stands in.
const OBEYED: [&str; 10] = [
    "=HYPERLINK('http://x';'y')",
    "+44 1 formula",
    "-2+3 formula",
    "@SUM(1) formula",
    "＝1+1 formula",
    "  =1+1 formula",
    "<script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "]]></text><!-- & &#0; &#xFFFE;",
    "<svg><set attributeName=x>",
];

#[test]
fn what_would_be_run_stays_text_in_every_file() {
    let study = Study::small();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    for (path, _) in study.tree("").into_iter().filter(|(p, _)| p.starts_with("police/")) {
        let text = study.text(&path);
        let text = text.replace("Violence and sexual offences", &quoted(OBEYED[7])).replace("Public order", &quoted(OBEYED[0]));
        study.write(&path, text.replace("Other theft", &quoted(OBEYED[4])).as_bytes());
    }
    let reports = study.text("reports/street-safety.csv");
    study.write("reports/street-safety.csv", reports.replace("Verbal abuse or harassment", &quoted(OBEYED[2])).as_bytes());
    let users = study.text("users/idva.csv");
    study.write("users/idva.csv", users.replace(",Age,", &format!(",{},", quoted(OBEYED[3]))).replace("16 to 24", OBEYED[6]).as_bytes());
    let areas = study.text("boundaries/lsoa2021.geojson");
    let mut number = 0;
    let areas: String = areas
        .split_inclusive("\"LSOA21NM\":\"")
        .map(|part| {
            number += 1;
            part.replacen("Quillmere 0", &format!("{} 0", OBEYED[number % OBEYED.len()].replace('"', "\\\"")), usize::from(number > 1))
        })
        .collect();
    study.write("boundaries/lsoa2021.geojson", areas.as_bytes());
    let mut feed: Value = serde_json::from_slice(&study.read("services/open-referral.json")).unwrap();
    for (i, service) in feed["contents"].as_array_mut().unwrap().iter_mut().enumerate() {
        if service["name"] != "Quillmere Refuge" {
            service["name"] = format!("{} {i}", OBEYED[i % OBEYED.len()]).into();
            service["organization"]["name"] = OBEYED[(i + 3) % OBEYED.len()].into();
        }
    }
    study.write("services/open-referral.json", feed.to_string().as_bytes());
    let plan = study.text("study.toml");
    let plan = plan.replace("area-name = \"Quillmere\"", "area-name = \"=Quill<b>mere</b>\"");
    let plan = plan
        .replace("name = \"police\"", "name = \"=police<script>\"")
        .replace("attribution = \"Incidents", "attribution = \"@<i>Incidents");
    study.write("study.toml", plan.as_bytes());
    run(&study);

    let all = texts(&study);
    assert_showable(&all);
    let mut cells = 0;
    for (path, text) in &all {
        if path.ends_with(".csv") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            for field in reader.records().flat_map(|r| r.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                let first = field.chars().find(|c| !c.is_whitespace() && *c != '"');
                let runs = first.is_some_and(|c| "=+-@＝＋－＠".contains(c)) && field.parse::<f64>().is_err();
                assert!(!runs, "{path}: {field}");
                cells += usize::from(field.contains("formula") || field.contains("HYPERLINK"));
            }
        }
        if path.ends_with(".html") || path.ends_with(".svg") || [".xlsx!", ".ods!", ".docx!"].iter().any(|a| path.contains(a)) {
            let text = without_program(text);
            for tag in ["<script", "<img", "<b>mere", "<i>Inc", "<set", "]]>", "<!--", "<f>", "<f "] {
                assert!(!text.contains(tag), "{path} holds {tag}");
            }
        }
    }
    assert!(cells > 20, "{cells}: the texts are there, as texts");
    assert!(all["out/report.public.html"].contains("&lt;script&gt;"));
}

/// A page without the one program of the engine and the data that it reads, in which no name can end either.
fn without_program(page: &str) -> String {
    let mut text = page.to_owned();
    for opening in ["<script type=\"application/json\" id=\"map-data\">", "<script>// The map of all areas."] {
        if let Some(from) = text.find(opening) {
            let to = text[from..].find("</script>").map_or(text.len(), |at| from + at + "</script>".len());
            text.replace_range(from..to, "");
        }
    }
    text
}

#[test]
fn a_plan_that_holds_what_nobody_sees_is_refused_where_it_stands() {
    for (from, to, line) in [
        ("title = \"Quillmere:", "title = \"Quill\u{202e}mere:", 5),
        ("area-name = \"Quillmere\"", "area-name = \"Quill\\u001bmere\"", 6),
        ("name = \"police\"", "name = \"po\u{200b}lice\"", 0),
        ("attribution = \"Incidents: invented\"", "attribution = \"Incidents\\uFFFE\"", 0),
        ("name = \"16 Days", "name = \"16\u{2066} Days", 0),
        ("\nauthority-kind = ", "\n\"extra\u{e0041}\" = 1\nauthority-kind = ", 7),
    ] {
        let study = Study::small();
        let text = study.text("study.toml");
        if !text.contains(from) {
            panic!("the plan does not hold {from}");
        }
        study.write("study.toml", text.replacen(from, to, 1).as_bytes());
        let at = if line > 0 { line } else { 1 + text[..text.find(from).unwrap()].matches('\n').count() };
        let (code, told) = study.check();
        assert!(code == Some(1) && told.contains("P107") && told.contains(&format!("study.toml:{at}")), "{from}: {told}");
        assert!(told.chars().all(|c| is_showable(c) || c == '\n'), "{from}: {told:?}");
        assert!(!study.folder.join("out").exists());
    }
}

#[test]
fn ends_of_lines_within_a_text_of_the_plan_become_a_space() {
    let study = Study::small();
    study.replace("study.toml", "area-name = \"Quillmere\"", "area-name = \"\"\"Quill\n\tmere\"\"\"");
    run(&study);
    assert_eq!(findings(&study).frame.area_name, "Quill mere");
}

#[cfg(unix)]
#[test]
fn a_file_whose_name_cannot_be_shown_is_not_read() {
    let study = Study::small();
    let (path, _) = study.tree("").into_iter().find(|(p, _)| p.starts_with("police/")).unwrap();
    study.write(&path.replace("quillmere", "quill\u{1b}[31mmere"), &study.read(&path));
    let (code, told) = study.check();
    assert!(code == Some(1) && told.contains("R122") && !told.contains('\u{1b}'), "{told:?}");
}

#[test]
fn no_finding_takes_the_file_of_another() {
    let study = Study::small();
    run(&study);
    let mut pack = findings(&study);
    let before = everything(&pack, &ReportKind::find("overview").unwrap(), false).unwrap();
    let first = pack.findings[0].clone();
    for id in ["con", "CON", "a/b", "a_b", "A/b", &"x".repeat(300), &"x".repeat(301)] {
        pack.findings.push(gapmap::model::Finding { id: id.to_owned(), ..first.clone() });
    }
    let files = everything(&pack, &ReportKind::find("overview").unwrap(), false).unwrap();
    let tables = |files: &gapmap::outputs::Files| files.keys().filter(|p| p.starts_with("tables/")).count();
    assert_eq!(tables(&files), tables(&before) + 7);
    let folded: std::collections::BTreeSet<String> = files.keys().map(|p| p.to_lowercase()).collect();
    assert_eq!(folded.len(), files.len(), "two files of one name where capitals are not told apart");
    for path in files.keys() {
        let stem = path.rsplit('/').next().unwrap().split('.').next().unwrap().to_lowercase();
        assert!(stem.len() <= 160 && !["con", "nul", "aux", "prn"].contains(&stem.as_str()), "{path}");
    }
}

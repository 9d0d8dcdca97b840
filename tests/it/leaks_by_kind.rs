//! Leaks planted by code: every kind of file × every kind of leak, and faults in the findings from which all files are drawn again.
//!
//! Each is looked for twice: in the files alone, and beside the ledger of releases. What cannot be found without the ledger is listed, with
//! the reason, here and in `docs/how-we-protect-people.md`.

use std::collections::BTreeSet;

use gapmap::diagnostics::{Problems, Severity};
use gapmap::ledger::Releases;
use gapmap::model::{Body, Door, Findings, Tier};
use gapmap::outputs::{Files, with_manifest};
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;

use crate::leaks::{FINDINGS, OPEN_SHEETS, PAGE, SHEETS, audit, audit_folder, draw, edit, edit_archive, edit_sheets, find_errors, first};
use crate::study_files::Study;

/// What leaks, as it might be typed or written by a faulty program.
const LEAKS: [(&str, &str); 12] = [
    ("a small count", "3 reports"),
    ("a small count in words", "three reports"),
    ("a count that was not released", "1,237 reports"),
    ("a percent of a count that was not released", "13.7% of them"),
    ("a postcode", "near AB1 2XY"),
    ("coordinates", "53.04321, 0.41234"),
    ("an address of mail", "somebody@council.example.org"),
    ("a path of the machine", "/home/somebody/study"),
    ("a UPRN", "UPRN 100023336956"),
    ("a name and a deed", "Threatened by Wilfred Tarn"),
    ("a street and a number", "14 Osier Row"),
    ("a day and an hour", "on 3 May 2025 at 23:10"),
];

/// Puts a text into a file of a pack.
type Plant = fn(&mut Files, &str);

const PLACES: [(&str, Plant); 14] = [
    ("the page", |f, leak| edit(f, PAGE, "</main>", &format!("<p>{leak}</p></main>"))),
    ("an attribute of the page", |f, leak| edit(f, PAGE, "<table", &format!("<table title=\"{leak}\""))),
    ("the title of the page", |f, leak| edit(f, PAGE, "<title>", &format!("<title>{leak} "))),
    ("a chart", |f, leak| in_drawing(f, "charts/", &format!("<text x=\"9\" y=\"9\">{leak}</text>"))),
    ("the words read aloud of a chart", |f, leak| in_drawing(f, "charts/", &format!("<desc>{leak}</desc>"))),
    ("a map", |f, leak| in_drawing(f, "maps/", &format!("<text x=\"9\" y=\"9\">{leak}</text>"))),
    ("a tooltip of a map", |f, leak| in_drawing(f, "maps/", &format!("<g><title>{leak}</title></g>"))),
    ("a row of a table", |f, leak| {
        let path = first(f, "tables/places", ".csv");
        let mut bytes = f[&path].clone();
        bytes.extend(format!("\"{leak}\"\n").bytes());
        f.insert(path, bytes);
    }),
    ("a heading of a table", |f, leak| {
        let path = first(f, "tables/places", ".csv");
        let text = String::from_utf8(f[&path].clone()).unwrap();
        f.insert(path, text.replacen('\n', &format!(",\"{leak}\"\n"), 1).into_bytes());
    }),
    ("a cell of the workbook", |f, leak| edit_sheets(f, "sharedStrings.xml", |t| t.replacen("<t>", &format!("<t>{leak} "), 1))),
    ("a property of a layer", |f, leak| {
        let path = first(f, "layers/places", ".geojson");
        edit(f, &path, "\"properties\":{", &format!("\"properties\":{{\"note\":\"{leak}\","));
    }),
    ("a property of the sites", |f, leak| {
        let path = first(f, "layers/service-sites", ".geojson");
        edit(f, &path, "\"properties\":{", &format!("\"properties\":{{\"note\":\"{leak}\","));
    }),
    ("a member of the findings", |f, leak| edit(f, FINDINGS, "\"version\"", &format!("\"note\": \"{leak}\",\n  \"version\""))),
    ("a file beside the others", |f, leak| {
        f.insert("notes.public.txt".into(), leak.as_bytes().to_vec());
    }),
];

fn in_drawing(files: &mut Files, folder: &str, what: &str) {
    let path = first(files, folder, ".svg");
    edit(files, &path, "</svg>", &format!("{what}</svg>"));
}

/// What leaks by the form of a file: parts that few look at, marks that nobody sees, documents beside the tables.
/// What somebody does to a pack: what it is called, and how it is done.
type Planted = (&'static str, fn(&mut Files));

const BY_FORM: [Planted; 34] = [
    ("a count in the board report", |f| edit(f, BOARD, "</p>", " Of these 1,237 were at night.</p>")),
    ("a small count in words in the board report", |f| edit(f, BOARD, "</p>", " Of these three were in one street.</p>")),
    ("a count in the alternative text of a figure of the board report", |f| in_tag(f, BOARD, "aria-label=\"", "1,237 reports. ")),
    ("a count in the text that a phone reads first", |f| {
        edit(f, BOARD, "<head>", "<head><meta name=\"description\" content=\"1,237 reports\">")
    }),
    ("a count in the needs assessment", |f| edit(f, "needs-assessment.public.html", "</p>", " There were 1,237.</p>")),
    ("a name in the funding bid", |f| edit(f, "funding-bid.public.html", "</p>", " Wilfred Tarn threatened her.</p>")),
    ("a notebook of one's own that nobody declared", |f| {
        f.insert("notebooks/ours.public.md".into(), b"# Ours\n\nOf them 1,237 were at night.\n".to_vec());
    }),
    ("a cell of the open sheets", |f| edit_archive(f, OPEN_SHEETS, "content.xml", |t| t.replacen("<text:p>", "<text:p>1237 ", 1))),
    ("the name of an open sheet", |f| {
        edit_archive(f, OPEN_SHEETS, "content.xml", |t| t.replacen("table:name=\"", "table:name=\"AB1 2XY ", 1))
    }),
    ("the title of the open sheets", |f| {
        edit_archive(f, OPEN_SHEETS, "meta.xml", |t| t.replacen("<dc:title>", "<dc:title>Wilfred Tarn ", 1))
    }),
    ("a setting of the open sheets", |f| {
        edit_archive(f, OPEN_SHEETS, "settings.xml", |t| t.replacen("</office:settings>", "<!-- 3 --></office:settings>", 1))
    }),
    ("a style of the open sheets", |f| {
        edit_archive(f, OPEN_SHEETS, "styles.xml", |t| t.replacen("style:name=\"", "style:name=\"n1237", 1))
    }),
    ("the name of a sheet", |f| edit_sheets(f, "xl/workbook.xml", |t| t.replacen("<sheet name=\"", "<sheet name=\"Tarn ", 1))),
    ("a name that is defined in the workbook", |f| {
        edit_sheets(f, "xl/workbook.xml", |t| {
            t.replacen("</sheets>", "</sheets><definedNames><definedName name=\"n\">1237</definedName></definedNames>", 1)
        })
    }),
    ("a header of print of a sheet", |f| {
        edit_sheets(f, "worksheets/sheet2.xml", |t| {
            t.replacen("</worksheet>", "<headerFooter><oddHeader>1237</oddHeader></headerFooter></worksheet>", 1)
        })
    }),
    ("the company of the workbook", |f| {
        edit_sheets(f, "docProps/app.xml", |t| t.replacen("</Properties>", "<Manager>Wilfred Tarn</Manager></Properties>", 1))
    }),
    ("the category of the workbook", |f| {
        edit_sheets(f, "docProps/core.xml", |t| {
            t.replacen("</cp:coreProperties>", "<cp:category>1237</cp:category></cp:coreProperties>", 1)
        })
    }),
    ("a heading of a table of the workbook", |f| edit_sheets(f, "tables/table1.xml", |t| t.replacen("name=\"", "name=\"Tarn", 2))),
    ("a link of the workbook", |f| {
        edit_sheets(f, "_rels/workbook.xml.rels", |t| {
            t.replacen(
                "</Relationships>",
                "<Relationship Id=\"x\" Type=\"x\" Target=\"file:///home/somebody\" TargetMode=\"External\"/></Relationships>",
                1,
            )
        })
    }),
    ("a comment on the archive of the workbook", |f| repack(f, SHEETS, "1237", None)),
    ("one more file in the archive of the workbook", |f| repack(f, SHEETS, "", Some("xl/n.xml"))),
    ("one more file in the archive of the open sheets", |f| repack(f, OPEN_SHEETS, "", Some("n.txt"))),
    ("bytes after the archive of the workbook", |f| f.get_mut(SHEETS).unwrap().extend(b"1237")),
    ("bytes before the archive of the open sheets", |f| {
        f.get_mut(OPEN_SHEETS).unwrap().splice(0..0, *b"1237");
    }),
    ("a comment after the rows of a table", |f| {
        let path = first(f, "tables/places", ".csv");
        f.get_mut(&path).unwrap().extend(b"# 1237\n");
    }),
    ("blanks at the ends of lines that spell a number", |f| {
        let path = first(f, "tables/places", ".csv");
        let text = String::from_utf8(f[&path].clone()).unwrap();
        f.insert(path, text.replacen('\n', "   \n", 1).into_bytes());
    }),
    ("a text in white on a map", |f| in_drawing(f, "maps/", "<text x=\"9\" y=\"9\" fill=\"#fff\">1237</text>")),
    ("a text beside what a chart shows", |f| in_drawing(f, "charts/", "<text x=\"-999\" y=\"9\">1237</text>")),
    ("a style of a chart that holds a text", |f| in_drawing(f, "charts/", "<style>text::after{content:'1237'}</style>")),
    ("an id of a shape", |f| in_drawing(f, "maps/", "<g id=\"n1237\"/>")),
    ("a member of a layer beside its areas", |f| {
        let path = first(f, "layers/places", ".geojson");
        edit(f, &path, "\"features\":", "\"total\":1237,\"features\":");
    }),
    ("marks without width in the page", |f| edit(f, PAGE, "</main>", "<p>a\u{200b}\u{200c}\u{200b}b</p></main>")),
    ("an example in the schema", |f| edit(f, "findings.schema.public.json", "\"title\"", "\"examples\": [1237], \"title\"")),
    ("a count in the name of a file", |f| {
        f.insert("tables/1237-reports.public.csv".into(), b"area,count\n".to_vec());
    }),
];

const BOARD: &str = "board-report.public.html";

fn in_tag(files: &mut Files, path: &str, attribute: &str, what: &str) {
    edit(files, path, attribute, &format!("{attribute}{what}"));
}

/// An archive packed again, with a comment or one more member.
fn repack(files: &mut Files, path: &str, comment: &str, member: Option<&str>) {
    use std::io::Write;
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(files[path].clone())).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for i in 0..from.len() {
        to.raw_copy_file(from.by_index(i).unwrap()).unwrap();
    }
    if let Some(name) = member {
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(b"1237 reports").unwrap();
    }
    if !comment.is_empty() {
        to.set_comment(comment.to_owned().into_boxed_str()).unwrap();
    }
    files.insert(path.into(), to.finish().unwrap().into_inner());
}

/// A fault in the findings, from which all files are drawn again.
type Fault = fn(&mut Findings);

/// The first finding with a body that fits.
fn body(f: &mut Findings, fits: impl Fn(&Body) -> bool) -> &mut Body {
    let at = f.findings.iter().position(|f| fits(&f.body)).expect("a finding of this shape");
    &mut f.findings[at].body
}

fn bars(f: &mut Findings) -> &mut gapmap::model::Bars {
    match body(f, |b| matches!(b, Body::Bars(b) if b.bars.iter().any(|x| x.share.known().is_some()))) {
        Body::Bars(b) => b,
        _ => panic!("bars"),
    }
}

fn known_bar(f: &mut Findings) -> &mut gapmap::model::Bar {
    bars(f).bars.iter_mut().find(|b| b.count.known().is_some_and(|n| n > 0)).expect("a bar that is known")
}

fn series(f: &mut Findings) -> &mut gapmap::model::Series {
    match body(f, |b| matches!(b, Body::Series(s) if s.points.iter().any(|p| p.rolling_12.known().is_some()))) {
        Body::Series(s) => s,
        _ => panic!("a series"),
    }
}

const FAULTS: [(&str, Fault); 38] = [
    ("a name in the title", |f| f.frame.title = "Tarn, Wilfred".into()),
    ("a name as that of the area", |f| f.frame.area_name = "Home of Wilfred Tarn".into()),
    ("a postcode in the title", |f| f.frame.title.push_str(" near AB1 2XY")),
    ("a name among the caveats", |f| f.findings[0].caveats.push("Wilfred Tarn threatened her.".into())),
    ("a count among the caveats", |f| f.findings[0].caveats.push("Of them 1,237 were at night.".into())),
    ("a count in the headline", |f| f.findings[0].headline.push_str(" (1,237)")),
    ("a count in words in the headline", |f| f.findings[0].headline.push_str(": ninety-seven at night")),
    ("a count in the subtitle", |f| f.findings[0].subtitle.push_str(", 1237")),
    ("a count in the status", |f| f.findings[0].status.push_str(" 1237")),
    ("a count in the reason of the release", |f| f.findings[0].release.because.push_str(" 1237")),
    ("a count in a sentence", |f| f.findings[0].sentences.push("Of them, 1,237 reports were made at night.".into())),
    ("a postcode as the name of a source", |f| f.sources[0].name = "AB1 2XY".into()),
    ("coordinates in the attribution", |f| f.sources[0].attribution = Some("53.04321, 0.41234".into())),
    ("an address of mail among the methods", |f| f.findings[0].caveats.push("Ask somebody@council.example.org".into())),
    ("a label that somebody typed", |f| bars(f).bars[0].label = "Hit by J Bloggs".into()),
    ("a small count of a bar", |f| known_bar(f).count = Cell::Known(3)),
    ("a count of a bar that is not rounded", |f| known_bar(f).count = known_bar(f).count.map(|n| n + 1)),
    ("a total that is not rounded", |f| bars(f).total = bars(f).total.map(|n| n + 1)),
    ("a share of the real counts", |f| {
        bars(f).bars.iter_mut().for_each(|b| {
            b.share = b.share.map(|mut s| {
                s.value += 0.001;
                s
            })
        })
    }),
    ("a mean of the real counts", |f| series(f).points.iter_mut().for_each(|p| p.mean = Some(p.mean.unwrap_or(4.0) + 0.25))),
    ("a sum of the real counts", |f| series(f).points.iter_mut().for_each(|p| p.rolling_12 = p.rolling_12.map(|m| m + 2))),
    ("a restricted finding that is called open", |f| f.findings[0].release.door = Door::Open),
    ("a rule that withholds less", |f| f.policy.withhold_up_to = 0),
    ("another tier", |f| f.policy.tier = Tier::Restricted),
    ("no typed counts", |f| f.restricted.clear()),
    ("a withheld count, told among the typed ones", |f| {
        let cell = f.restricted.iter_mut().flat_map(|r| &mut r.cells).find(|c| c.value == Cell::Withheld);
        cell.expect("a withheld count").value = Cell::Known(3);
    }),
    ("a released count that is another, in body and typed counts alike", |f| another_count(f)),
    ("a count in words above a hundred in a sentence", |f| {
        f.findings[0].sentences.push("One hundred and thirty-seven were at night.".into())
    }),
    ("a dozen in a sentence", |f| f.findings[0].sentences.push("Of them two dozen were at night.".into())),
    ("a count among the figures of a finding, told in a sentence", |f| {
        f.findings[0].figures.push(gapmap::model::Figure::new("reports at night", 1_237.0));
        f.findings[0].sentences.push("Of them, 1,237 reports were made at night.".into());
    }),
    ("a postcode as what a row of a source is", |f| f.ledger[0].unit = "reports near AB1 2XY".into()),
    ("an area that bears a postcode as its name", |f| f.outlines[0].name = "AB1 2XY".into()),
    ("a count of rows of a restricted source in the ledger", |f| {
        let restricted: Vec<String> = f.restricted.iter().map(|r| r.source.clone()).collect();
        let line = f.ledger.iter_mut().find(|l| restricted.contains(&l.source)).expect("its line");
        line.read = Cell::Known(1_237);
    }),
    ("the digest of a restricted file", |f| {
        let text = serde_json::to_string(&f.sources).unwrap();
        let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let restricted = value.as_array_mut().unwrap().iter_mut().find(|s| s["sensitivity"] == "restricted").expect("a restricted source");
        restricted["files"] = serde_json::json!([{"path": "reports.csv", "bytes": 1237}]);
        f.sources = serde_json::from_value(value).unwrap();
    }),
    ("what a method does, with a count", |f| f.methods[0].card.push_str(" Of 1,237 reports.")),
    ("an id of a finding that is a count", |f| f.findings[0].id.push_str("-1237")),
    ("a count of a category, told in the name of another", |f| known_bar(f).label.push_str(" (3)")),
    ("a caveat that says who it was, without a name or number", |f| f.findings[0].caveats.push("The baker's wife.".into())),
];

/// Another count that obeys every rule: 5 more for one month, wherever it is told.
fn another_count(f: &mut Findings) {
    let told: Vec<u64> = f.restricted.iter().flat_map(|r| &r.cells).filter_map(|c| c.value.known()).collect();
    // One that no other cell has, so that nothing but itself changes.
    let n = told.iter().copied().filter(|n| *n > 20 && told.iter().filter(|m| *m == n).count() == 1).min().expect("a count of its own");
    let text = String::from_utf8(f.written()).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    replace(&mut value, n, n + 5);
    *f = serde_json::from_value(value).unwrap();
}

/// Replaces a whole number, wherever it stands as a count.
fn replace(value: &mut serde_json::Value, from: u64, to: u64) {
    match value {
        serde_json::Value::Number(n) if n.as_u64() == Some(from) => *value = to.into(),
        serde_json::Value::Array(items) => items.iter_mut().for_each(|v| replace(v, from, to)),
        serde_json::Value::Object(members) => members.iter_mut().for_each(|(_, v)| replace(v, from, to)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) | serde_json::Value::String(_) => {}
    }
}

/// What only the ledger shows: words and numbers that obey every rule, and from which every file was drawn again. Nobody who has nothing but the
/// files can know that they are not the ones that were released.
const ONLY_BY_LEDGER: [&str; 7] = [
    // A number that stands as data explains the same number in words: that is what makes it data.
    "a count among the figures of a finding, told in a sentence",
    // What a finding is called is its own.
    "an id of a finding that is a count",
    "a name in the title",
    "a name as that of the area",
    "a name among the caveats",
    "a caveat that says who it was, without a name or number",
    "a released count that is another, in body and typed counts alike",
];

#[test]
fn every_kind_of_leak_is_found_in_every_kind_of_file() {
    // A pack as it is made, with its ledger.
    let study = Study::of(&borough(&Settings { seed: 3, areas: 16, months: 24, planted: true, ..Settings::default() }));
    assert!(study.gapmap(&["run", "study.toml", "--no-png", "--only", "places"]).status.success());
    let clean: Files = study.tree("out").into_iter().map(|(path, bytes)| (path.trim_start_matches("out/").to_owned(), bytes)).collect();
    let findings: Findings = serde_json::from_slice(&clean[FINDINGS]).unwrap();
    let ledger = Releases::read(&study.folder.join("gapmap-releases"), &mut Problems::default());
    let beside = |files: &Files| {
        let mut problems = Problems::default();
        gapmap::audit::recorded(files, &ledger, &mut problems);
        problems.list().iter().any(|p| p.severity == Severity::Error)
    };
    // Most are found by what they say; drawing everything again takes longer.
    let alone = |files: &Files| !find_errors(files, audit).is_empty() || !find_errors(files, audit_folder).is_empty();
    assert!(!alone(&clean) && !beside(&clean), "nothing planted: {:?}", find_errors(&clean, audit_folder));

    let (mut planted, mut missed, mut by_ledger) = (0, Vec::new(), BTreeSet::new());
    let mut look = |what: String, files: &Files| {
        planted += 1;
        match (alone(files), beside(files)) {
            (true, _) => {}
            (false, true) => {
                by_ledger.insert(what);
            }
            (false, false) => missed.push(what),
        }
    };
    for (place, plant) in PLACES {
        for (leak, text) in LEAKS {
            let mut files = clean.clone();
            plant(&mut files, text);
            assert!(files != clean, "nothing was planted: {leak} in {place}");
            // Listed as it is now: a leak is to be found by what it says, and not by its digest.
            look(format!("{leak} in {place}"), &with_manifest(&findings, files));
        }
    }
    for (what, plant) in BY_FORM {
        let mut files = clean.clone();
        plant(&mut files);
        assert!(files != clean, "nothing was planted: {what}");
        look(what.to_owned(), &with_manifest(&findings, files));
    }
    for (what, fault) in FAULTS {
        let mut changed = findings.clone();
        fault(&mut changed);
        assert!(changed != findings, "nothing was changed: {what}");
        let mut files = draw(&changed, false);
        // What names the ledger goes with the pack.
        files.extend(clean.iter().filter(|(path, _)| path.starts_with("release.")).map(|(p, b)| (p.clone(), b.clone())));
        look(what.to_owned(), &with_manifest(&changed, files));
    }
    println!(
        "{planted} leaks planted, {} found in the files alone, {} by the ledger only: {by_ledger:?}",
        planted - missed.len() - by_ledger.len(),
        by_ledger.len()
    );
    assert!(missed.is_empty(), "found by nothing: {}; by the ledger only: {by_ledger:?}", missed.join("\n"));
    assert!(planted >= 230 && by_ledger.len() * 20 <= planted, "{planted} planted, {} by the ledger only", by_ledger.len());
    let known: BTreeSet<String> = ONLY_BY_LEDGER.iter().map(|w| (*w).to_owned()).collect();
    assert!(by_ledger.is_subset(&known), "found by the ledger only: {by_ledger:?}");
}

//! Leaks planted by code: every kind of file × every kind of leak, and faults in the findings from which all files are drawn again.
//!
//! Each is looked for twice: in the files alone, and beside the ledger of releases. What cannot be found without the ledger is listed, with
//! the reason, here and in `docs/how-we-protect-people.md`.

mod faults;

use std::collections::BTreeSet;

use gapmap::diagnostics::{Problems, Severity};
use gapmap::ledger::Releases;
use gapmap::model::Findings;
use gapmap::outputs::{Files, with_manifest};
use gapmap::synthetic::{Settings, borough};

use crate::leaks::{FINDINGS, OPEN_SHEETS, PAGE, SHEETS, audit, audit_folder, draw, edit, edit_archive, edit_sheets, find_errors, first};
use crate::study_files::Study;
use faults::{FAULTS, ONLY_BY_LEDGER};

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

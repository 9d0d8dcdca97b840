//! Leaks planted in a pack: `audit` must find each of them, and nothing in a pack that has none.

mod counts;
mod files;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use gapmap::analyses::cards;
use gapmap::diagnostics::{Problems, Severity};
use gapmap::model::{Body, Findings};
use gapmap::outputs::{Files, ReportKind, everything, with_manifest};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;

use crate::study_files::Study;
use files::packed;

/// The audit of files alone, by the cards of this version.
pub fn audit(files: &Files, problems: &mut Problems) {
    gapmap::audit::audit(files, &cards(), problems);
}

/// As [`audit`], for a pack from a disk.
pub fn audit_folder(files: &Files, problems: &mut Problems) {
    gapmap::audit::audit_folder(files, &cards(), problems);
}

pub const FINDINGS: &str = "findings.public.json";

pub const SHEETS: &str = "tables.public.xlsx";

pub const OPEN_SHEETS: &str = "tables.public.ods";

pub const PAGE: &str = "report.public.html";

/// A small borough with series long enough for limits.
pub fn two_years() -> Study {
    Study::of(&borough(&Settings { seed: 3, areas: 40, months: 24, planted: true, ..Settings::default() }))
}

/// The pack of a small borough, and its findings. Without `release`, the plan's own policy.
fn pack(release: Option<&str>, with_png: bool) -> (Findings, Files) {
    let study = two_years();
    if let Some(release) = release {
        let plan = study.text("study.toml").replace("tier = \"public\"\nrule = \"1-to-7-rounded-to-5\"", release);
        study.write("study.toml", plan.as_bytes());
    }
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let only = Some("places");
    let findings = gapmap::pipeline::findings(&plan, only, &mut problems).unwrap().0;
    let files = draw(&findings, with_png);
    (findings, files)
}

pub fn draw(findings: &Findings, with_png: bool) -> Files {
    with_manifest(findings, everything(findings, &ReportKind::find("overview").unwrap(), with_png).unwrap())
}

pub fn edit(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} does not hold {from}");
    files.insert(path.into(), text.replacen(from, to, 1).into_bytes());
}

/// Changes one part of the workbook.
pub fn edit_sheets(files: &mut Files, part: &str, change: impl Fn(String) -> String) {
    edit_archive(files, SHEETS, part, change);
}

/// Changes one part of an archive.
pub fn edit_archive(files: &mut Files, path: &str, part: &str, change: impl Fn(String) -> String) {
    let mut from = zip::ZipArchive::new(Cursor::new(files[path].clone())).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut changed = false;
    for i in 0..from.len() {
        let mut file = from.by_index(i).unwrap();
        let name = file.name().unwrap().to_string();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        if name.ends_with(part) {
            let new = change(text.clone());
            changed |= new != text;
            text = new;
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    assert!(changed, "nothing was changed in {part}");
    files.insert(path.into(), to.finish().unwrap().into_inner());
}

/// Changes the findings and draws everything from them anew, as a faulty release would.
fn faulty(findings: &Findings, change: impl Fn(&mut Findings)) -> Files {
    let mut changed = findings.clone();
    change(&mut changed);
    assert!(changed != *findings, "nothing was changed");
    draw(&changed, false)
}

pub fn first(files: &Files, start: &str, end: &str) -> String {
    files.keys().find(|p| p.starts_with(start) && p.ends_with(end)).unwrap_or_else(|| panic!("no file {start}…{end}")).clone()
}

pub fn find_errors(files: &Files, check: fn(&Files, &mut Problems)) -> Vec<&'static str> {
    let mut problems = Problems::default();
    check(files, &mut problems);
    problems.list().iter().filter(|p| p.severity == Severity::Error).map(|p| p.code.name()).collect()
}

fn pdf(keywords: &str, stream: &[u8]) -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(stream, 6);
    let mut bytes = format!(
        "%PDF-1.7\n1 0 obj << /Keywords ({keywords}) /Producer (x) >> endobj\n2 0 obj << /Filter /FlateDecode /Length {} >>\nstream\n",
        packed.len()
    )
    .into_bytes();
    bytes.extend(packed);
    bytes.extend(b"\nendstream endobj\n%%EOF\n");
    bytes
}

#[test]
fn every_planted_leak_is_found() {
    let (findings, clean) = pack(None, false);
    let mut problems = Problems::default();
    audit_folder(&clean, &mut problems);
    assert!(problems.list().is_empty(), "a clean pack: {:?}", problems.list());

    let svg = first(&clean, "charts/", ".svg");
    let map = first(&clean, "maps/", ".svg");
    let layer = first(&clean, "layers/places", ".geojson");
    let sites = first(&clean, "layers/service-sites", ".geojson");
    let table = first(&clean, "tables/places", ".csv");
    let with = |change: &dyn Fn(&mut Files)| {
        let mut files = clean.clone();
        change(&mut files);
        assert!(files != clean, "nothing was changed");
        // Listed as it is now: a leak is to be found by what it says, and not by its digest.
        with_manifest(&findings, files)
    };
    let bars = |f: &Findings| -> usize {
        f.findings.iter().position(|f| matches!(&f.body, Body::Bars(b) if b.bars.iter().any(|x| x.share.known().is_some()))).unwrap()
    };
    let series = |f: &Findings| -> usize { f.findings.iter().position(|f| matches!(f.body, Body::Series(_))).unwrap() };
    let summed = |f: &Findings| -> usize {
        let told =
            |f: &gapmap::model::Finding| matches!(&f.body, Body::Series(s) if s.points.iter().any(|p| p.rolling_12.known().is_some()));
        f.findings.iter().position(told).expect("a series with sums of twelve months")
    };
    let leaks: BTreeMap<&str, Files> = [
        ("a raw count in a tooltip of a map", with(&|f| edit(f, &map, "</svg>", "<title>3 reports</title></svg>"))),
        ("a raw count in the alt text of a chart", with(&|f| edit(f, &svg, "<desc", "<desc data-n=\"3\""))),
        ("a bar with its exact height", with(&|f| {
            let text = String::from_utf8(f[&svg].clone()).unwrap();
            let at = text.rfind("height=\"").unwrap() + 8;
            f.insert(svg.clone(), format!("{}1{}", &text[..at], &text[at..]).into_bytes());
        })),
        ("a comment in a drawing", with(&|f| edit(f, &svg, "</svg>", "<!-- 3 --></svg>"))),
        ("metadata of an editor in a drawing", with(&|f| edit(f, &svg, "</svg>", "<metadata>somebody</metadata></svg>"))),
        ("a hidden row of a sheet", with(&|f| edit_sheets(f, "worksheets/sheet4.xml", |t| t.replacen("</sheetData>", "<row r=\"999\" hidden=\"1\"><c r=\"A999\"><v>3</v></c></row></sheetData>", 1)))),
        ("a hidden column of a sheet", with(&|f| edit_sheets(f, "worksheets/sheet4.xml", |t| t.replacen("<col ", "<col hidden=\"1\" ", 1)))),
        ("a hidden sheet", with(&|f| edit_sheets(f, "workbook.xml", |t| t.replacen("<sheet ", "<sheet state=\"veryHidden\" ", 1)))),
        ("a formula that keeps its number", with(&|f| edit_sheets(f, "worksheets/sheet4.xml", |t| t.replacen("</sheetData>", "<row r=\"999\"><c r=\"A999\"><f>2+1</f><v>3</v></c></row></sheetData>", 1)))),
        ("the name of who made the workbook", with(&|f| edit_sheets(f, "docProps/core.xml", |t| t.replacen("<dc:creator>", "<dc:creator>A Person", 1).replacen("<dc:creator/>", "<dc:creator>A Person</dc:creator>", 1)))),
        ("a raw count in a sheet", with(&|f| edit_sheets(f, "worksheets/sheet5.xml", |t| t.replacen("<v>", "<v>1", 1)))),
        ("a hidden row of an open sheet", with(&|f| edit_archive(f, OPEN_SHEETS, "content.xml", |t| t.replacen("<table:table-row ", "<table:table-row table:visibility=\"collapse\" ", 1)))),
        ("a formula of an open sheet", with(&|f| edit_archive(f, OPEN_SHEETS, "content.xml", |t| t.replacen("office:value-type=\"float\"", "table:formula=\"of:=2+1\" office:value-type=\"float\"", 1)))),
        ("a comment of an open sheet", with(&|f| edit_archive(f, OPEN_SHEETS, "content.xml", |t| t.replacen("<text:p>", "<office:annotation><text:p>3</text:p></office:annotation><text:p>", 1)))),
        ("the name of who made the open sheets", with(&|f| edit_archive(f, OPEN_SHEETS, "meta.xml", |t| t.replacen("<dc:title>", "<meta:initial-creator>A Person</meta:initial-creator><dc:title>", 1)))),
        ("a raw count in an open sheet", with(&|f| edit_archive(f, OPEN_SHEETS, "content.xml", |t| t.replacen("office:value=\"", "office:value=\"1", 1)))),
        ("text that a document does not show", with(&|f| { f.insert("report.public.docx".into(), packed("word/document.xml", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>3</w:t></w:r>")); })),
        ("what a document said before it was changed", with(&|f| { f.insert("report.public.docx".into(), packed("word/document.xml", "<w:del w:id=\"1\"><w:r><w:delText>3</w:delText></w:r></w:del>")); })),
        ("a postcode in the metadata of a PDF", with(&|f| { f.insert("report.public.pdf".into(), pdf("near AB1 2XY", b"words")); })),
        ("a postcode in a packed stream of a PDF", with(&|f| { f.insert("report.public.pdf".into(), pdf("", b"BT (The house, AB12 3XY) Tj ET")); })),
        ("a postcode as the name of a file", with(&|f| { f.insert("maps/AB1 2XY.public.svg".into(), b"<svg/>".to_vec()); })),
        ("a file that does not say whom it is for", with(&|f| { f.insert("extra.csv".into(), b"a\n".to_vec()); })),
        ("a comment in the page", with(&|f| edit(f, PAGE, "</main>", "<!-- total 1,237 --></main>"))),
        ("a raw count in an attribute of the page", with(&|f| edit(f, PAGE, "<table", "<table title=\"3 reports\""))),
        ("text that the page does not show", with(&|f| edit(f, PAGE, "</main>", "<p style=\"display:none\">3</p></main>"))),
        ("a path of the machine in the page", with(&|f| edit(f, PAGE, "</main>", "<p>/home/somebody/study</p></main>"))),
        ("an e-mail address in the page", with(&|f| edit(f, PAGE, "</main>", "<p>somebody@council.example.org</p></main>"))),
        ("coordinates in the page", with(&|f| edit(f, PAGE, "</main>", "<p>53.04321, 0.41234</p></main>"))),
        ("a raw count in a layer", with(&|f| edit(f, &layer, "\"properties\":{", "\"properties\":{\"n\":3,"))),
        ("a place in a layer that is no public site", with(&|f| edit(f, &sites, "\"features\":[", "\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[0.41,53.04]}},"))),
        ("a raw count in a table", with(&|f| { let text = String::from_utf8(f[&table].clone()).unwrap(); f.insert(table.clone(), (text + "x,3\n").into_bytes()); })),
        ("a member of the findings that nobody knows", with(&|f| edit(f, FINDINGS, "\"version\"", "\"raw\": 3,\n  \"version\""))),
        ("a small count, released", faulty(&findings, |f| { let i = bars(f); let Body::Bars(b) = &mut f.findings[i].body else { return }; b.bars[0].count = Cell::Known(3); })),
        ("a count that is not rounded, released", faulty(&findings, |f| { let i = bars(f); let Body::Bars(b) = &mut f.findings[i].body else { return }; b.total = b.total.map(|n| n + 1); })),
        ("a percent that gives away its numerator", faulty(&findings, |f| { let i = bars(f); let Body::Bars(b) = &mut f.findings[i].body else { return }; for bar in &mut b.bars { bar.share = bar.share.map(|mut s| { s.value += 0.001; s }); } })),
        ("a mean of the real counts", faulty(&findings, |f| { let i = series(f); let Body::Series(s) = &mut f.findings[i].body else { return }; s.points.iter_mut().for_each(|p| p.mean = Some(p.mean.unwrap_or(4.0) + 0.25)); })),
        ("a sum of the real counts", faulty(&findings, |f| { let i = summed(f); let Body::Series(s) = &mut f.findings[i].body else { return }; s.points.iter_mut().for_each(|p| p.rolling_12 = p.rolling_12.map(|m| m + 2)); })),
        ("a count in a sentence", faulty(&findings, |f| f.findings[0].sentences.push("Of them, 1,237 reports were made at night.".into()))),
        ("a restricted finding released as open", faulty(&findings, |f| f.findings[0].release.door = gapmap::model::Door::Open)),
    ]
    .into_iter()
    .collect();
    let mut drawn_again = Vec::new();
    for (what, files) in &leaks {
        if find_errors(files, audit).is_empty() {
            assert!(!find_errors(files, audit_folder).is_empty(), "not found: {what}");
            drawn_again.push(*what);
        }
    }
    println!("{} leaks planted, {} found; by drawing again: {}", leaks.len(), leaks.len(), drawn_again.join("; "));
    assert!(leaks.len() > 20 && drawn_again.len() < leaks.len() / 3);
}

/// With counts as they are, one cell too many gives the withheld ones away.
#[test]
fn a_total_that_should_have_been_withheld_is_found() {
    let (findings, clean) = pack(Some("rule = \"fewer-than-5\""), false);
    assert_eq!(find_errors(&clean, audit_folder), Vec::<&str>::new());
    let exact: BTreeMap<String, Vec<u64>> = exact_counts();
    let mut tried = 0;
    for i in 0..findings.findings.len() {
        let Body::AreaCounts(body) = &findings.findings[i].body else { continue };
        let hidden: Vec<usize> = (0..body.rows.len()).filter(|r| body.rows[*r].count == Cell::Withheld).collect();
        if hidden.len() < 2 {
            continue;
        }
        // All but one of the withheld counts are shown after all.
        let files = faulty(&findings, |f| {
            let Body::AreaCounts(b) = &mut f.findings[i].body else { return };
            for row in &hidden[1..] {
                b.rows[*row].count = Cell::Known(exact[&findings.findings[i].id][*row]);
            }
        });
        tried += 1;
        assert!(!find_errors(&files, audit).is_empty(), "{}", findings.findings[i].id);
    }
    assert!(tried > 0, "no table by area withholds anything");
}

/// The real counts by area of the same borough, from a run that calls the source open.
fn exact_counts() -> BTreeMap<String, Vec<u64>> {
    let study = two_years();
    let plan = study.text("study.toml").replace("sensitivity = \"restricted\"", "sensitivity = \"open\"");
    study.write("study.toml", plan.as_bytes());
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, Some("places"), &mut problems).unwrap().0;
    let of = |f: &gapmap::model::Finding| match &f.body {
        Body::AreaCounts(b) => Some((f.id.clone(), b.rows.iter().map(|r| r.count.known().unwrap()).collect())),
        _ => None,
    };
    findings.findings.iter().filter_map(of).collect()
}

#[test]
fn words_in_a_picture_are_found() {
    let (findings, clean) = pack(None, true);
    assert_eq!(find_errors(&clean, audit_folder), Vec::<&str>::new());
    let path = first(&clean, "charts/", ".png");
    let mut files = clean.clone();
    let bytes = &clean[&path];
    let text = b"Author\0A Person";
    // Eight bytes of signature and 25 of the header come first.
    let mut changed = bytes[..33].to_vec();
    changed.extend((text.len() as u32).to_be_bytes());
    changed.extend(b"tEXt");
    changed.extend(text);
    changed.extend([0; 4]);
    changed.extend(&bytes[33..]);
    files.insert(path, changed);
    let files = with_manifest(&findings, files);
    assert!(find_errors(&files, audit).contains(&"S322"));
}

/// Whoever writes whole paths into the plan publishes none of them.
#[test]
fn paths_of_a_machine_stay_on_it() {
    let study = Study::small();
    let here = study.folder.to_string_lossy().into_owned();
    let plan = study.text("study.toml").replace("path = \"", &format!("path = \"{here}/"));
    let plan = plan.replace("path = [\"", &format!("path = [\"{here}/")).replace(", \"population/", &format!(", \"{here}/population/"));
    study.write("study.toml", plan.replace(", \"lookups/", &format!(", \"{here}/lookups/")).as_bytes());
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    for (path, bytes) in study.tree("out") {
        assert!(!String::from_utf8_lossy(&bytes).contains(&here), "{path}");
    }
}

//! The spreadsheets of a pack, read back as a reader's program reads them, against the rules of the Analysis Function
//! (Releasing statistics in spreadsheets, 2021), and against the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use calamine::{Data, Ods, Range, Reader, Xlsx};
use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings};
use gapmap::outputs::{Files, ReportKind, everything};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use resvg::usvg::roxmltree::Document;

use crate::study_files::Study;

const XLSX: &str = "tables.public.xlsx";
const ODS: &str = "tables.public.ods";

fn pack() -> (Findings, Files) {
    let study = Study::of(&borough(&Settings { seed: 5, areas: 30, months: 24, planted: true, ..Settings::default() }));
    let plan = Plan::load(&study.folder.join("study.toml"), &mut Problems::default()).unwrap();
    let findings = gapmap::pipeline::findings(&plan, None, &mut Problems::default()).unwrap().0;
    let files = everything(&findings, &ReportKind::find("overview").unwrap(), false).unwrap();
    (findings, files)
}

/// Sheets in order, as text and numbers.
fn sheets(files: &Files, path: &str) -> Vec<(String, Range<Data>)> {
    fn ranges<R: Reader<Cursor<Vec<u8>>>>(mut book: R) -> Vec<(String, Range<Data>)>
    where
        R::Error: std::fmt::Debug,
    {
        let names = book.sheet_names();
        names.into_iter().map(|name| (name.clone(), book.worksheet_range(&name).unwrap())).collect()
    }
    let bytes = Cursor::new(files[path].clone());
    if path == XLSX { ranges(Xlsx::new(bytes).unwrap()) } else { ranges(Ods::new(bytes).unwrap()) }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).unwrap();
        let (name, mut text) = (part.name().unwrap().to_string(), String::new());
        part.read_to_string(&mut text).unwrap();
        parts.insert(name, text);
    }
    parts
}

fn is_empty(cell: &Data) -> bool {
    matches!(cell, Data::Empty) || matches!(cell, Data::String(text) if text.trim().is_empty())
}

/// A sheet as lines above a table, headings and rows. Fails where a cell is empty that should not be, or stands outside.
fn table(name: &str, range: &Range<Data>) -> (Vec<String>, Vec<String>, Vec<Vec<Data>>) {
    assert_eq!(range.start(), Some((0, 0)), "{name} begins at A1");
    let rows: Vec<&[Data]> = range.rows().collect();
    let head = rows.iter().position(|row| row.len() > 1 && !is_empty(&row[1])).unwrap_or_else(|| panic!("{name} has no table"));
    let lines: Vec<String> = rows[..head].iter().map(|row| row[0].to_string()).collect();
    assert!(head >= 2 && lines.iter().all(|l| !l.trim().is_empty()), "{name}: {lines:?}");
    for (i, row) in rows.iter().enumerate() {
        let full = row.iter().filter(|c| !is_empty(c)).count();
        assert_eq!(full, if i < head { 1 } else { row.len() }, "{name}, row {}", i + 1);
    }
    let headings: Vec<String> = rows[head].iter().map(ToString::to_string).collect();
    let own: BTreeSet<String> = headings.iter().map(|h| h.to_lowercase()).collect();
    assert_eq!(own.len(), headings.len(), "{name}: {headings:?}");
    assert!(rows.len() > head + 1, "{name} has no rows");
    (lines, headings, rows[head + 1..].iter().map(|r| r.to_vec()).collect())
}

#[test]
fn sheets_follow_the_rules_for_accessible_spreadsheets() {
    let (_, files) = pack();
    for path in [XLSX, ODS] {
        let sheets = sheets(&files, path);
        let names: Vec<&str> = sheets.iter().map(|s| s.0.as_str()).collect();
        assert_eq!(names[..3], ["Cover", "Contents", "Notes"]);
        assert!((12..20).contains(&names.len()), "{names:?}");
        let own: BTreeSet<String> = names.iter().map(|n| n.to_lowercase()).collect();
        assert_eq!(own.len(), names.len());
        assert!(names.iter().all(|n| n.len() <= 31 && n.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ')), "{names:?}");
        // The cover is one column without a hole, and says what the marks mean.
        let cover: Vec<String> = sheets[0].1.rows().map(|r| r[0].to_string()).collect();
        assert!(sheets[0].1.width() == 1 && cover.iter().all(|l| !l.is_empty()));
        for told in ["[c]", "[x]", "[z]", "Period: ", "Publisher: ", "Next release: ", "Invented data"] {
            assert!(cover.iter().any(|l| l.starts_with(told)), "{path} does not tell {told}");
        }
        // The contents name every other sheet; every note that is referred to stands in the notes.
        let (_, _, listed) = table("Contents", &sheets[1].1);
        assert_eq!(listed.iter().map(|r| r[0].to_string()).collect::<Vec<_>>(), names[2..]);
        let (_, _, notes) = table("Notes", &sheets[2].1);
        let notes: BTreeSet<String> = notes.iter().map(|r| format!("[{}]", r[0])).collect();
        let mut referred = BTreeSet::new();
        for (name, range) in &sheets[3..] {
            let (lines, _, _) = table(name, range);
            let marks = lines[1].split_inclusive(']').filter_map(|t| t.find('[').map(|at| t[at..].to_owned()));
            referred.extend(marks);
        }
        assert_eq!(referred, notes, "{path}");
    }
}

#[test]
fn each_sheet_of_a_workbook_holds_one_marked_table_with_its_headings_in_view() {
    let (_, files) = pack();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(files[XLSX].clone())).unwrap();
    book.load_tables().unwrap();
    let ranges = sheets(&files, XLSX);
    let parts = parts(&files[XLSX]);
    for (i, (name, range)) in ranges.iter().enumerate() {
        let xml = &parts[&format!("xl/worksheets/sheet{}.xml", i + 1)];
        assert!(!xml.contains("mergeCell") && !xml.contains("hidden="), "{name}");
        let tables: Vec<String> = book.table_names_in_sheet(name).into_iter().cloned().collect();
        if i == 0 {
            assert!(tables.is_empty());
            continue;
        }
        assert_eq!(tables.len(), 1, "{name}");
        let (lines, headings, rows) = table(name, range);
        let marked = book.table_by_name(&tables[0]).unwrap();
        assert_eq!(marked.columns(), headings, "{name}");
        assert_eq!(marked.data().height(), rows.len(), "{name}");
        assert!(xml.contains(&format!("ySplit=\"{}\"", lines.len() + 1)) && xml.contains("state=\"frozen\""), "{name}");
    }
    assert!(parts["docProps/core.xml"].contains("<dc:language>en-GB</dc:language>"));
    assert!(parts["xl/styles.xml"].contains("wrapText=\"1\""));
}

#[test]
fn each_sheet_of_an_open_document_holds_one_marked_table() {
    let (_, files) = pack();
    let bytes = &files[ODS];
    // Who looks at the first bytes alone learns what the file is.
    assert_eq!(&bytes[30..84], b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    let parts = parts(bytes);
    let manifest = Document::parse(&parts["META-INF/manifest.xml"]).unwrap();
    for listed in manifest.root_element().children().filter_map(|e| e.attributes().find(|a| a.name() == "full-path")) {
        assert!(listed.value() == "/" || parts.contains_key(listed.value()));
    }
    for name in ["meta.xml", "styles.xml", "settings.xml"] {
        Document::parse(&parts[name]).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
    assert!(parts["meta.xml"].contains("<dc:language>en-GB</dc:language>"));
    let content = &parts["content.xml"];
    assert!(!content.contains("spanned") && !content.contains("covered-table-cell"));
    let content = Document::parse(content).unwrap();
    let of = |name: &'static str| content.descendants().filter(move |n| n.tag_name().name() == name);
    let mut ranges: BTreeSet<String> = of("database-range")
        .filter_map(|r| r.attributes().find(|a| a.name() == "target-range-address"))
        .map(|a| a.value().into())
        .collect();
    let names: BTreeSet<String> =
        of("table").filter_map(|t| t.attribute(("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "name"))).map(str::to_owned).collect();
    for (name, range) in &sheets(&files, ODS)[1..] {
        let (lines, headings, rows) = table(name, range);
        let last = headings.len() - 1;
        let letters: String = if last < 26 {
            char::from(b'A' + last as u8).into()
        } else {
            format!("{}{}", char::from(b'@' + (last / 26) as u8), char::from(b'A' + (last % 26) as u8))
        };
        let own = format!("'{name}'.A{}:'{name}'.{letters}{}", lines.len() + 1, lines.len() + 1 + rows.len());
        assert!(ranges.remove(&own), "{own} is not among {ranges:?}");
    }
    assert!(ranges.is_empty());
    // One heading row to a sheet that is marked as such, and links that lead somewhere.
    assert_eq!(of("table-header-rows").count(), names.len() - 1);
    for link in of("a").filter_map(|a| a.attribute(("http://www.w3.org/1999/xlink", "href"))) {
        let name = link.trim_start_matches("#'").trim_end_matches("'.A1");
        assert!(names.contains(name), "{link}");
    }
}

#[test]
fn both_books_hold_the_same_and_no_digit_that_is_not_shown() {
    let (findings, files) = pack();
    let (a, b) = (sheets(&files, XLSX), sheets(&files, ODS));
    assert_eq!(a.len(), b.len());
    let mut numbers = 0;
    for ((name, a), (other, b)) in a.iter().zip(&b) {
        assert_eq!((name, a.get_size()), (other, b.get_size()));
        for ((row, column, x), (_, _, y)) in a.cells().zip(b.cells()) {
            assert_eq!(x.to_string(), y.to_string(), "{name}, {row}, {column}");
            if let Data::Float(x) = x {
                numbers += 1;
                assert!(format!("{x}").split_once('.').is_none_or(|(_, d)| d.len() <= 3), "{name}: {x}");
            }
        }
    }
    assert!(numbers > 1000, "{numbers}");
    // Counts of areas are those of the findings; what is withheld is marked, and no zero.
    let (_, headings, rows) = table("Areas", &a.iter().find(|s| s.0 == "Areas").unwrap().1);
    let mut seen = (0, 0);
    for finding in &findings.findings {
        let (label, counts): (String, Vec<_>) = match &finding.body {
            Body::AreaRates(body) => (format!("{}: count", body.measure), body.rows.iter().map(|r| (r.code, r.count)).collect()),
            Body::AreaCounts(body) => (format!("Number of {}", body.unit), body.rows.iter().map(|r| (r.code, r.count)).collect()),
            _ => continue,
        };
        let column = headings.iter().position(|h| *h == label).unwrap();
        for (code, count) in counts {
            let row = rows.iter().find(|r| r[0] == code.as_str()).unwrap();
            match count.known() {
                Some(n) => assert_eq!(row[column], Data::Float(n as f64)),
                None => assert_eq!(row[column].to_string(), count.shorthand().unwrap()),
            }
            seen = (seen.0 + usize::from(count.known().is_some()), seen.1 + usize::from(count.known().is_none()));
        }
    }
    assert!(seen.0 > 40 && seen.1 > 3, "{seen:?}");
}

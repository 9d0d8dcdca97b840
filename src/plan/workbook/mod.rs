//! A plan in a workbook: the same settings as in `study.toml`, a cell each, for people who live in a spreadsheet.
//!
//! The sheets are turned into the text of a plan, line by line, and that is read as any other: there is one schema, and one list of what may be
//! wrong. A problem of a line is told with the sheet and the cell that the line came from.

mod cells;

use std::path::{Path, PathBuf};

use super::Plan;
use crate::diagnostics::{Code, Place, Problem, Problems};
use crate::sources::{self, Rows, workbook_sheets};
use cells::{Settings, one_line, value_of};

/// Endings of the names of workbooks.
const WORKBOOKS: [&str; 4] = [".xlsx", ".xlsm", ".xls", ".ods"];
/// What `path` says of a table on another sheet of the same workbook.
pub const THIS_WORKBOOK: &str = "this workbook";

/// Whether a plan of that name is a workbook.
pub(super) fn is_workbook(path: &Path) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    WORKBOOKS.iter().any(|end| name.ends_with(end))
}

/// The text of a plan and, of each of its lines, the sheet and the cell that it came from.
#[derive(Default)]
struct Written {
    text: String,
    cells: Vec<String>,
}

impl Written {
    fn line(&mut self, line: &str, sheet: &str, cell: Option<(usize, usize)>) {
        self.text.push_str(line);
        self.text.push('\n');
        self.cells.push(match cell {
            Some((row, column)) => format!("sheet {sheet}, cell {}{}", letters(column), row + 1),
            None => format!("sheet {sheet}"),
        });
    }
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}

/// Reads the plan of a workbook. `None` where it has errors, all of which are then in `problems`.
pub(super) fn load(bytes: Vec<u8>, file: &str, root: PathBuf, problems: &mut Problems) -> Option<Plan> {
    let Some(sheets) = workbook_sheets(bytes) else {
        let next = "Open it in a spreadsheet, save it again as .xlsx without a password, and give the path of that.";
        problems.error(Code::P101, Place::file(file), "the workbook cannot be read", next);
        return None;
    };
    let Some(written) = plan_text(&sheets, file) else {
        let names = sheets.iter().map(|s| s.0.as_str()).collect::<Vec<_>>().join(", ");
        let next = format!("Its sheets are: {names}. `gapmap init <folder> --workbook` makes a workbook with all that a plan needs.");
        problems.error(Code::P104, Place::file(file), "the workbook has no sheet `study` with the headings `setting` and `value`", next);
        return None;
    };
    let mut own = Problems::default();
    let plan = Plan::parse(&written.text, file, root, &mut own);
    for problem in own.list() {
        problems.push(at_its_cell(problem.clone(), file, &written));
    }
    plan
}

fn at_its_cell(mut problem: Problem, file: &str, written: &Written) -> Problem {
    if problem.place.file == file
        && let Some(cell) = problem.place.line.and_then(|line| written.cells.get((line as usize).checked_sub(1)?))
    {
        problem.place = Place::file(file).at(cell.clone());
        // The line of a plan that nobody wrote helps nobody, nor do its quotes.
        problem.excerpt = None;
        problem.next_step = in_a_cell(&problem.next_step);
    }
    problem
}

/// Advice about the text of a plan, for a cell.
fn in_a_cell(advice: &str) -> String {
    let text = advice.replace("Write the number without quotes.", "Write the number alone in the cell: no unit, no per cent sign.");
    let text = text.replace("Write it between double quotes.", "Write it as text.");
    let text = text.replace("Write true or false, without quotes.", "Write yes or no.");
    text.replace(
        "Write a list, in brackets even where it holds one: [\"…\"].",
        "Write everything that it holds in the one cell, with semicolons between.",
    )
}

fn plan_text(sheets: &[Rows], file: &str) -> Option<Written> {
    let mut written = Written::default();
    let (name, rows) = sheet(sheets, "study")?;
    let head = rows.iter().position(|row| cell(row, 0).eq_ignore_ascii_case("setting") && cell(row, 1).eq_ignore_ascii_case("value"))?;
    for part in ["study", "release", "defaults"] {
        let settings = Settings::of_part(part);
        let own = |row: &[String]| match cell(row, 0).split_once('.') {
            Some((p, key)) if ["release", "defaults"].contains(&p) => (p == part).then(|| key.to_owned()),
            _ => (part == "study").then(|| cell(row, 0).to_owned()),
        };
        let rows = rows.iter().enumerate().skip(head + 1).filter(|(_, row)| !cell(row, 0).is_empty() && !cell(row, 1).is_empty());
        let rows: Vec<_> = rows.filter_map(|(at, row)| Some((at, own(row)?, cell(row, 1)))).collect();
        if part != "study" && rows.is_empty() {
            continue;
        }
        written.line(&format!("[{part}]"), name, None);
        for (at, key, text) in rows {
            written.line(&format!("{} = {}", key_text(&key), value_of(text, settings.kind(&key))), name, Some((at, 1)));
        }
    }
    sources_text(sheets, file, &mut written);
    for (wanted, part) in [("action plan", "action"), ("training", "training"), ("engagement", "engagement")] {
        if let Some((name, rows)) = sheet(sheets, wanted) {
            let settings = Settings::of_part(part);
            each_row(name, rows, part, &mut written, |_, key, text| Some(value_of(text, settings.kind(key))));
        }
    }
    Some(written)
}

fn sources_text(sheets: &[Rows], file: &str, written: &mut Written) {
    let Some((name, rows)) = sheet(sheets, "sources") else { return };
    let head = heading_of(rows, "kind");
    let column = |heading: &str| head.and_then(|h| rows[h].iter().position(|c| c.trim().eq_ignore_ascii_case(heading)));
    let (kind, path, on) = (column("kind"), column("path"), column("sheet"));
    let text = |row: &[String], at: Option<usize>| at.map_or(String::new(), |at| cell(row, at).to_owned());
    let rows: Vec<Vec<String>> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            // A table of this workbook that nobody filled in is no source: an empty catalogue would say that there is no service.
            let own = text(row, path).eq_ignore_ascii_case(THIS_WORKBOOK) && head.is_some_and(|h| at > h);
            if own && !is_filled(sheets, &text(row, on)) { vec![] } else { row.clone() }
        })
        .collect();
    each_row(name, &rows, "source", written, |row, key, value| {
        let value = if key == "path" && value.eq_ignore_ascii_case(THIS_WORKBOOK) { file } else { value };
        Some(value_of(value, Settings::of_source(&text(row, kind)).kind(key)))
    });
}

/// Whether a sheet of the workbook has a row below its headings.
fn is_filled(sheets: &[Rows], name: &str) -> bool {
    let Some((_, rows)) = sheet(sheets, name) else { return true }; // it is missing: the source says so
    let head = rows.iter().rposition(|row| ["service_id", "indicator"].contains(&cell(row, 0)));
    rows.iter().skip(head.map_or(0, |h| h + 1)).any(|row| row.iter().any(|c| !c.trim().is_empty()))
}

/// A part for each row below the headings, with a line for each cell that is filled.
fn each_row(name: &str, rows: &[Vec<String>], part: &str, written: &mut Written, value: impl Fn(&[String], &str, &str) -> Option<String>) {
    let Some(head) = ["kind", "id", "name", "who"].iter().find_map(|first| heading_of(rows, first)) else { return };
    for (at, row) in rows.iter().enumerate().skip(head + 1).filter(|(_, row)| row.iter().any(|c| !c.trim().is_empty())) {
        written.line(&format!("[[{part}]]"), name, Some((at, 0)));
        for (column, key) in rows[head].iter().enumerate().filter(|(_, key)| !key.trim().is_empty()) {
            let text = cell(row, column);
            if let Some(value) = (!text.is_empty()).then(|| value(row, key.trim(), text)).flatten() {
                written.line(&format!("{} = {value}", key_text(key)), name, Some((at, column)));
            }
        }
    }
}

/// The row of headings: the last whose first cell is that word, as an explanation and an example stand above it.
fn heading_of(rows: &[Vec<String>], first: &str) -> Option<usize> {
    rows.iter().position(|row| cell(row, 0).eq_ignore_ascii_case(first) && row.iter().filter(|c| !c.is_empty()).count() > 1)
}

fn sheet<'s>(sheets: &'s [Rows], name: &str) -> Option<(&'s str, &'s [Vec<String>])> {
    sheets.iter().find(|s| s.0.trim().eq_ignore_ascii_case(name.trim())).map(|s| (s.0.as_str(), s.1.as_slice()))
}

fn cell(row: &[String], column: usize) -> &str {
    row.get(column).map_or("", |c| c.trim())
}

/// A setting as the text of a plan writes it: `reach.reach-m` as it is, and what is no such word between quotes.
fn key_text(key: &str) -> String {
    let part = |p: &str| match !p.is_empty() && p.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        true => p.to_owned(),
        false => one_line(p),
    };
    key.trim().split('.').map(|p| part(p.trim())).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<Vec<String>> {
        lines.iter().map(|l| l.split('|').map(|c| c.trim().to_owned()).collect()).collect()
    }

    fn book(study: &[&str], sources: &[&str]) -> Vec<Rows> {
        vec![
            ("Study".into(), rows(study)),
            ("sources".into(), rows(sources)),
            ("services".into(), rows(&["note", "example", "service_id|name"])),
        ]
    }

    #[test]
    fn cells_become_the_settings_that_the_schema_says_they_are() {
        let study = [
            "What the study is about",
            "setting|value",
            "title|Needs \"and\" services",
            "authorities|E09000004; E09000006",
            "seed|7",
            "reach.reach-m|2500",
            "period|2023-04 to 2026-03",
            "invented|yes",
            "as-of|2026-03-01",
            "release.tier|partnership",
            "geography|",
        ];
        let between = |period: &str| value_of(period, cells::Kind::Period);
        for period in ["2023-04..2026-03", "2023-04 - 2026-03", "2023-04 \u{2013} 2026-03", "2023-04\u{2013}2026-03"] {
            assert_eq!(between(period), between("2023-04 to 2026-03"), "{period}");
        }
        assert_eq!(value_of("2,500", cells::Kind::Number), "2500");
        let sources = [
            "Where everything is",
            "kind|path|sensitivity|sheet|heading-row|columns.date",
            "boundaries|a.geojson; b.geojson|open",
            "",
            "services-csv|this workbook|open|services|3",
            "events-csv|x.csv|restricted|||Day",
        ];
        let written = plan_text(&book(&study, &sources), "study.xlsx").unwrap();
        let expected = "[study]\ntitle = 'Needs \"and\" services'\nauthorities = [\"E09000004\", \"E09000006\"]\nseed = 7\nreach.reach-m = 2500\n\
            period = { first = \"2023-04\", last = \"2026-03\" }\ninvented = true\nas-of = \"2026-03\"\n[release]\ntier = \"partnership\"\n\
            [[source]]\nkind = \"boundaries\"\npath = [\"a.geojson\", \"b.geojson\"]\nsensitivity = \"open\"\n\
            [[source]]\nkind = \"events-csv\"\npath = \"x.csv\"\nsensitivity = \"restricted\"\ncolumns.date = \"Day\"\n";
        assert_eq!(written.text, expected);
        assert_eq!(written.cells[1], "sheet Study, cell B3");
        assert_eq!(written.cells[9], "sheet Study, cell B10");
        assert_eq!(written.cells.last().unwrap(), "sheet sources, cell F6");
    }

    #[test]
    fn a_sheet_that_is_filled_is_a_source_and_columns_beyond_z_have_two_letters() {
        let mut sheets =
            book(&["setting|value"], &["kind|path|sensitivity|sheet|heading-row", "services-csv|This workbook|open|services|3"]);
        assert!(!plan_text(&sheets, "s.xlsx").unwrap().text.contains("[[source]]"));
        sheets[2].1.push(vec!["A1".into(), "Helpline".into()]);
        assert!(
            plan_text(&sheets, "s.xlsx")
                .unwrap()
                .text
                .contains("path = \"s.xlsx\"\nsensitivity = \"open\"\nsheet = \"services\"\nheading-row = 3\n")
        );
        assert_eq!((letters(0), letters(25), letters(26), letters(701)), ("A".into(), "Z".into(), "AA".into(), "ZZ".into()));
    }

    #[test]
    fn whatever_stands_in_a_cell_stays_text() {
        for text in ["\"", "'", "a = 1\n[x]", "]]", "#", "\\", "'''", "\u{7}"] {
            let sheets = book(&["setting|value"], &[]);
            let mut sheets = sheets;
            sheets[0].1.push(vec!["title".into(), text.into()]);
            sheets[0].1.push(vec![format!("odd {text}"), "x".into()]);
            let written = plan_text(&sheets, "s.xlsx").unwrap();
            let table: toml::Table = written.text.parse().unwrap_or_else(|e| panic!("{text:?}: {e}\n{}", written.text));
            assert_eq!(table["study"]["title"].as_str(), Some(text.trim()));
            assert_eq!(written.text.lines().count(), written.cells.len(), "{text:?}");
        }
    }
}

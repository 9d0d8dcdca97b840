//! What goes into the book: which tables, their names, and the notes that they share.

use super::cover::cover;
use super::kinds::kinds;
use super::{Book, Line, Sheet};
use crate::model::{Finding, Findings};
use crate::outputs::tables::{TableView, Value};

/// Names of the sheets that every book has.
const CONTENTS: &str = "Contents";
const NOTES: &str = "Notes";

/// A table and the findings that it shows.
pub(super) struct Gathered<'a> {
    /// Measure, place and period.
    pub title: String,
    /// Whose numbers it holds.
    pub findings: Vec<&'a Finding>,
    /// The table.
    pub table: TableView,
    /// Columns at the left that stay in view.
    pub fixed: usize,
}

impl Book {
    /// The book of a pack.
    pub fn of(findings: &Findings) -> Self {
        let mut notes = Notes::default();
        let mut sheets: Vec<Sheet> = Vec::new();
        for kind in kinds(findings) {
            for (i, mut gathered) in (kind.gather)(findings, kind.name).into_iter().filter(|g| !g.table.rows.is_empty()).enumerate() {
                let name = if i == 0 { kind.name.to_owned() } else { format!("{} {}", kind.name, i + 1) };
                fill(&mut gathered.table, kind.empty);
                let lines = lines_above(findings, &gathered, &name, &mut notes);
                sheets.push(Sheet { id: id(&name), name, lines, table: gathered.table, fixed: gathered.fixed, leads: false });
            }
        }
        let mut all = vec![contents(findings, &sheets)];
        all.push(notes.sheet(findings));
        all.extend(sheets);
        Self { title: findings.frame.title.clone(), cover: cover(findings), sheets: all }
    }
}

/// Whom the pack is for, and that its data are invented, where they are.
pub(super) fn standing(findings: &Findings) -> String {
    let tier = if findings.frame.draft { "DRAFT, not for release".into() } else { findings.policy.tier.label() };
    match findings.frame.invented_mark() {
        Some(mark) => format!("{tier}. {}.", crate::units::capital(&mark)),
        None => format!("{tier}."),
    }
}

/// The months that findings cover: each span once.
pub(super) fn periods(findings: &[&Finding]) -> String {
    let mut labels: Vec<String> = Vec::new();
    for label in findings.iter().map(|f| f.period.label()) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.join("; ")
}

/// No cell is empty: where nothing is said, it says why.
fn fill(table: &mut TableView, empty: &'static str) {
    for value in table.rows.iter_mut().flatten() {
        if matches!(value, Value::Text(text) if text.trim().is_empty()) {
            *value = Value::Nothing(empty);
        }
    }
}

/// The name of a table as programs use it.
fn id(name: &str) -> String {
    name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// Title, what the sheet holds, source, and the way back.
fn lines_above(findings: &Findings, gathered: &Gathered, name: &str, notes: &mut Notes) -> Vec<Line> {
    let numbers = notes.of(gathered.findings.iter().copied(), name);
    let notes = if numbers.is_empty() { String::new() } else { format!(" {}", numbers.join(" ")) };
    let sources = findings.source_titles(gathered.findings.iter().flat_map(|f| &f.sources));
    vec![
        Line::Title(gathered.title.clone()),
        Line::Text(format!("This sheet holds one table.{notes}")),
        Line::Text(format!("{} Source: {}.", standing(findings), sources.join(", "))),
        Line::Link { text: "Back to the contents".into(), sheet: CONTENTS.into() },
    ]
}

fn contents(findings: &Findings, sheets: &[Sheet]) -> Sheet {
    let title = |sheet: &Sheet| match sheet.lines.first() {
        Some(Line::Title(title)) => title.clone(),
        _ => sheet.name.clone(),
    };
    let row = |name: &str, title: String| vec![Value::Text(name.into()), Value::Text(title)];
    let notes = std::iter::once(row(NOTES, "What the numbers are and are not".into()));
    Sheet {
        name: CONTENTS.into(),
        id: "contents".into(),
        lines: vec![
            Line::Title(CONTENTS.into()),
            Line::Text(format!("This sheet holds one table: the other sheets, each with a link. {}", standing(findings))),
        ],
        table: TableView {
            keys: vec![],
            headings: vec!["Sheet".into(), "What it shows".into()],
            rows: notes.chain(sheets.iter().map(|s| row(&s.name, title(s)))).collect(),
        },
        fixed: 0,
        leads: true,
    }
}

/// Notes, each once, with the sheets that they are about.
#[derive(Default)]
struct Notes {
    notes: Vec<(String, Vec<String>)>,
}

impl Notes {
    /// The marks of the notes of some findings, which stand on a sheet.
    fn of<'a>(&mut self, findings: impl Iterator<Item = &'a Finding>, sheet: &str) -> Vec<String> {
        let mut numbers = std::collections::BTreeSet::new();
        for caveat in findings.flat_map(|f| &f.caveats) {
            let at = self.notes.iter().position(|n| n.0 == *caveat).unwrap_or_else(|| {
                self.notes.push((caveat.clone(), vec![]));
                self.notes.len() - 1
            });
            if self.notes[at].1.last().is_none_or(|last| last != sheet) {
                self.notes[at].1.push(sheet.to_owned());
            }
            numbers.insert(at + 1);
        }
        numbers.into_iter().map(|n| format!("[note {n}]")).collect()
    }

    /// Their sheet.
    fn sheet(self, findings: &Findings) -> Sheet {
        let mut rows: Vec<Vec<Value>> = self
            .notes
            .into_iter()
            .enumerate()
            .map(|(i, (text, sheets))| vec![Value::Text(format!("note {}", i + 1)), Value::Text(text), Value::Text(sheets.join(", "))])
            .collect();
        if rows.is_empty() {
            rows.push(vec![Value::Nothing("[z]"), Value::Text("There are no notes.".into()), Value::Nothing("[z]")]);
        }
        Sheet {
            name: NOTES.into(),
            id: "notes".into(),
            lines: vec![
                Line::Title(NOTES.into()),
                Line::Text(format!("This sheet holds one table: what to mind, with the sheets that it is about. {}", standing(findings))),
                Line::Link { text: "Back to the contents".into(), sheet: CONTENTS.into() },
            ],
            table: TableView::new(vec!["Note".into(), "Text".into(), "Sheets".into()], rows),
            fixed: 0,
            leads: false,
        }
    }
}

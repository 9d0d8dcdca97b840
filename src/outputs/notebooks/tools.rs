//! What the text of a notebook can call. Each call that makes blocks leaves a mark in the text, where they are put when all is filled.

use std::collections::BTreeSet;
use std::sync::Arc;

use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Environment, Error, ErrorKind};

use super::notes::{Notes, marks};
use super::wording::days_in_words;
use super::{Made, Shelf};
use crate::model::{Finding, Findings};
use crate::outputs::document::marks::{is_marked, mark, unescape};
use crate::outputs::document::tree::{Block, Card, Cell, Column, Figure, Table, plain};
use crate::outputs::document::widths::widths;
use crate::outputs::tables::{self, Value as Shown};
use crate::outputs::{Picture, figures};

/// A chart of forty rows at its full width, under its heading: less, and its words would be too small to read.
const TALLEST_CHART_MM: f64 = 240.0;

/// Kinds of nothing in a table, and what they mean.
const SHORTHANDS: [(&str, &str); 3] = [
    ("[c]", "withheld to protect people, and no zero"),
    ("[x]", "not known"),
    ("[z]", "does not apply, such as a number on the map where there is no public site"),
];

/// All calls.
pub(super) fn functions(environment: &mut Environment, shelf: &Shelf, made: &Made, notes: &Notes) {
    let findings = Arc::clone(&shelf.findings);
    environment.add_function("finding", move |id: String| whole(&findings, &id));
    let findings = Arc::clone(&shelf.findings);
    environment.add_function("told", move |id: String, most: usize, options: Kwargs| {
        let ahead: Option<bool> = options.get("ahead")?;
        options.assert_all_used()?;
        let told = findings.find(&id).map_or(vec![], |f| f.told(most, ahead.unwrap_or(false)));
        Ok::<_, Error>(told.into_iter().map(Value::from).collect::<Value>())
    });
    let findings = Arc::clone(&shelf.findings);
    environment.add_function("of_analysis", move |analysis: String| of_analysis(&findings, &analysis));
    let (findings, pictures, shelf_made) = (Arc::clone(&shelf.findings), Arc::clone(&shelf.pictures), Arc::clone(made));
    let noted = Arc::clone(notes);
    environment.add_function("figure", move |id: String, options: Kwargs| {
        let figure = figure((&findings, &pictures, &noted), &id, &options)?;
        options.assert_all_used()?;
        Ok::<_, Error>(figure.map_or_else(nothing, |f| keep(&shelf_made, vec![Block::Figures { columns: 1, figures: vec![f] }])))
    });
    let (findings, pictures, shelf_made) = (Arc::clone(&shelf.findings), Arc::clone(&shelf.pictures), Arc::clone(made));
    let noted = Arc::clone(notes);
    environment.add_function("figures", move |ids: Vec<String>, columns: usize, options: Kwargs| {
        let all: Vec<Figure> =
            ids.iter().filter_map(|id| figure((&findings, &pictures, &noted), id, &options).transpose()).collect::<Result<_, _>>()?;
        options.assert_all_used()?;
        Ok::<_, Error>(if all.is_empty() {
            nothing()
        } else {
            keep(&shelf_made, vec![Block::Figures { columns: columns.clamp(1, 6), figures: all }])
        })
    });
    let (findings, shelf_made, noted) = (Arc::clone(&shelf.findings), Arc::clone(made), Arc::clone(notes));
    environment.add_function("table", move |id: String, options: Kwargs| {
        let table = table(&findings, &noted, &id, &options)?;
        options.assert_all_used()?;
        Ok::<_, Error>(table.map_or_else(nothing, |t| keep(&shelf_made, vec![Block::Table(t)])))
    });
    let shelf_made = Arc::clone(made);
    environment.add_function("card", move |number: Value, says: Value, sure: Option<Value>| {
        let card = Card { number: words(&number)?, says: words(&says)?, sure: sure.as_ref().map_or(Ok(String::new()), words)? };
        Ok::<_, Error>(keep(&shelf_made, vec![Block::Cards(vec![card])]))
    });
    let shelf_made = Arc::clone(made);
    environment.add_function("quiet", move |text: Value| Ok::<_, Error>(keep(&shelf_made, vec![Block::Quiet(plain(words(&text)?))])));
    let shelf_made = Arc::clone(made);
    environment.add_function("new_page", move || keep(&shelf_made, vec![Block::NewPage]));
}

/// Keeps blocks and gives the mark that stands for them.
pub(super) fn keep(made: &Made, blocks: Vec<Block>) -> Value {
    let Ok(mut all) = made.lock() else { return nothing() }; // a call that panicked has ended the run already
    all.push(blocks);
    Value::from_safe_string(mark(all.len() - 1))
}

/// A value as plain words: what a macro has put together holds signs before letters with a meaning, which are taken off again.
///
/// # Errors
/// Where another call has made a picture, a table or the like in it: that is no words, and would be lost.
fn words(value: &Value) -> Result<String, Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(String::new());
    }
    let text = if value.is_safe() { unescape(&value.to_string()) } else { value.to_string() };
    if value.is_safe() && is_marked(&text) {
        let why = "a picture, a table, a card or a quiet line cannot stand in the words of another; put it before or after";
        return Err(Error::new(ErrorKind::InvalidOperation, why));
    }
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The answer of a call that has nothing to show.
pub(super) fn nothing() -> Value {
    Value::from_safe_string(String::new())
}

/// A finding with its numbers.
fn whole(findings: &Findings, id: &str) -> Value {
    findings.find(id).map_or(Value::UNDEFINED, |f| Value::from(Serde(f)))
}

fn of_analysis(findings: &Findings, analysis: &str) -> Value {
    findings.findings.iter().filter(|f| f.analysis == analysis).map(|f| Value::from(Serde(f))).collect()
}

/// A picture of a finding: the first, or that of a kind.
fn figure((findings, pictures, notes): (&Findings, &[Picture], &Notes), id: &str, options: &Kwargs) -> Result<Option<Figure>, Error> {
    let kind: Option<String> = options.get("kind")?;
    let (title, subtitle): (Option<Value>, Option<Value>) = (options.get("title")?, options.get("subtitle")?);
    let Some(finding) = findings.find(id) else { return Ok(None) };
    let wanted = |p: &&Picture| p.finding == id && kind.as_ref().is_none_or(|k| p.path.ends_with(&format!("-{k}")));
    let Some(picture) = pictures.iter().find(wanted) else { return Ok(None) };
    Ok(Some(Figure {
        svg: figures::bare(&picture.svg),
        narrow: None,
        alt_text: picture.alt_text.clone(),
        title: title.as_ref().map_or_else(|| Ok(finding.headline.clone()), words)?,
        subtitle: subtitle.as_ref().map_or_else(|| Ok(days_in_words(&finding.subtitle)), words)?,
        source: source(findings, finding, notes),
        // A chart of many rows holds as many words: smaller than this nobody could read them.
        tallest_mm: Some(TALLEST_CHART_MM),
    }))
}

/// Publisher, what the data are not, and where to read what to mind, under a picture.
pub(super) fn source(findings: &Findings, finding: &Finding, notes: &Notes) -> String {
    // What has no publisher is named by what it is: the numbers come before the outlines that they are drawn on.
    let mark = if findings.frame.invented { " (invented data)" } else { "" };
    let unnamed = finding.sources.iter().filter(|n| findings.sources.iter().all(|s| s.name != **n || s.attribution.is_none()));
    let mut named: Vec<String> = findings
        .source_titles(unnamed)
        .into_iter()
        .map(|title| if title.contains("invented") { title } else { format!("{title}{mark}") })
        .collect();
    // An attribution often begins with the word itself.
    named.extend(findings.attributions(finding).into_iter().map(|a| a.trim_start_matches("Source: ").to_owned()));
    let mut text = if named.is_empty() { String::new() } else { format!("Source: {}.", named.join("; ").trim_end_matches('.')) };
    if finding.status == "proxy" {
        text.push_str(" A proxy, and not a count of violence against women and girls.");
    }
    let marks = marks(notes, finding);
    if marks.is_empty() { text } else { format!("{text} {marks}") }
}

/// The table of a finding: columns by heading, and so many rows.
fn table(findings: &Findings, notes: &Notes, id: &str, options: &Kwargs) -> Result<Option<Table>, Error> {
    let columns: Option<Vec<String>> = options.get("columns")?;
    let (most, caption): (Option<usize>, Option<Value>) = (options.get("rows")?, options.get("caption")?);
    let Some(finding) = findings.find(id) else { return Ok(None) };
    let view = tables::for_page(finding);
    let chosen: Vec<usize> = match &columns {
        // A column that holds nothing in any row says nothing.
        None => {
            (0..view.headings.len()).filter(|c| view.rows.is_empty() || !view.rows.iter().all(|r| r.get(*c).is_none_or(is_empty))).collect()
        }
        Some(names) => {
            let at = |name: &String| view.headings.iter().position(|h| h == name).ok_or_else(|| no_column(name, &view.headings));
            names.iter().map(at).collect::<Result<_, _>>()?
        }
    };
    let numeric = |c: usize| view.rows.iter().any(|r| matches!(r.get(c), Some(Shown::Count(_) | Shown::Number(..))));
    let left_out = most.map_or(0, |most| view.rows.len().saturating_sub(most));
    let mut told = Vec::new();
    if left_out > 0 {
        told.push(format!("The first {} of {} rows; all stand in the tables of the pack.", view.rows.len() - left_out, view.rows.len()));
    }
    let shown = view.rows.iter().take(most.unwrap_or(usize::MAX)).flat_map(|r| chosen.iter().filter_map(|c| r.get(*c)));
    let nothings: BTreeSet<&str> = shown.filter_map(|v| if let Shown::Nothing(mark) = v { Some(*mark) } else { None }).collect();
    told.extend(SHORTHANDS.iter().filter(|s| nothings.contains(s.0)).map(|(mark, words)| format!("{mark} {words}.")));
    told.push(marks(notes, finding));
    let note = told.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
    let row = |r: &Vec<Shown>| chosen.iter().map(|c| Cell::plain(r.get(*c).map(Shown::shown).unwrap_or_default())).collect();
    let rows: Vec<Vec<Cell>> = view.rows.iter().take(most.unwrap_or(usize::MAX)).map(row).collect();
    let headings: Vec<String> = chosen.iter().map(|c| view.headings[*c].clone()).collect();
    let widths = widths(&headings, &rows);
    let column = |(i, heading): (usize, String)| Column { width: widths[i], heading, numeric: numeric(chosen[i]) };
    let columns = headings.into_iter().enumerate().map(column).collect();
    let caption = caption.as_ref().map_or_else(|| Ok(days_in_words(&finding.subtitle)), words)?;
    Ok(Some(Table { caption, columns, rows, note }))
}

/// Whether a cell holds no word, and no kind of nothing either.
fn is_empty(value: &Shown) -> bool {
    !matches!(value, Shown::Nothing(_)) && value.shown().is_empty()
}

fn no_column(name: &str, headings: &[String]) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("the table has no column `{name}`; it has {}", headings.join(", ")))
}

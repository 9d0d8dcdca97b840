//! Reports as notebooks: `reports/<name>/report.md` holds the text that an analyst may edit, with calls that pull figures, tables, numbers and
//! sentences out of the findings. Filled, it is a document, and every writer draws it. No Rust is needed to change one or to add one.

mod contradicted;
mod drawn;
mod front;
mod funds;
mod notes;
mod other_tests;
mod plans;
mod protection;
mod sites;
mod tools;
mod values;
mod wording;

pub(super) use other_tests::asked;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use minijinja::{AutoEscape, Environment, Output, State, Value};
use rayon::prelude::*;

use super::Picture;
use super::document::tree::{Block, Document};
use super::document::{markdown, marks};
use crate::model::Findings;
use front::Front;

/// Names and texts of the notebooks that come with the engine. Each run makes them all.
pub const NOTEBOOKS: &[(&str, &str)] = &[
    ("board-report", include_str!("../../../reports/board-report/report.md")),
    ("needs-assessment", include_str!("../../../reports/needs-assessment/report.md")),
    ("funding-bid", include_str!("../../../reports/funding-bid/report.md")),
    ("release-check", include_str!("../../../reports/release-check/report.md")),
];

/// Short ways of saying things that several notebooks share.
const PHRASES: &str = include_str!("../../../reports/phrases.md");

/// What changed since the pack before, as every notebook tells it.
const SINCE: &str = include_str!("../../../reports/since.md");

/// Blocks that calls have made while a text is filled, by the number of their mark.
type Made = Arc<Mutex<Vec<Vec<Block>>>>;

/// What the notebooks of one pack share: the findings and their pictures, read once.
pub(super) struct Shelf {
    findings: Arc<Findings>,
    pictures: Arc<Vec<Picture>>,
    values: Value,
}

impl Shelf {
    pub(super) fn new(findings: &Findings, pictures: &[Picture]) -> Self {
        Self { findings: Arc::new(findings.clone()), pictures: Arc::new(pictures.to_vec()), values: values::of(findings) }
    }

    /// A notebook, filled.
    ///
    /// # Errors
    /// Where its text is faulty: the line, a caret, and what is wrong there.
    pub(super) fn document(&self, name: &str, text: &str) -> Result<Document, String> {
        let (front, body, lines) = Front::split(text).map_err(|e| format!("the report `{name}`: {e}"))?;
        let made = Made::default();
        let mut environment = Environment::new();
        environment.set_formatter(plain_words);
        // What macros and calls have made is marked as such, and is not made plain again.
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Chainable);
        values::filters(&mut environment);
        let notes = notes::Notes::default();
        tools::functions(&mut environment, self, &made, &notes);
        drawn::functions(&mut environment, self, &made, &notes);
        notes::functions(&mut environment, self, &made, &notes);
        other_tests::functions(&mut environment, self);
        funds::functions(&mut environment, self);
        sites::functions(&mut environment, self);
        // What the analyst writes for this report is text as the notebook is, with its marks.
        let own: HashMap<String, String> =
            self.findings.frame.commentary.iter().filter(|c| c.report == name).map(|c| (c.section.clone(), c.text.clone())).collect();
        environment.add_function("commentary", move |section: String| {
            own.get(&section).map_or(Value::UNDEFINED, |text| Value::from_safe_string(format!("\n\n{text}\n\n")))
        });
        let fault = |e: minijinja::Error| placed(name, body, lines, &e);
        environment.add_template("phrases", PHRASES).map_err(|e| placed("phrases", PHRASES, 0, &e))?;
        environment.add_template("since", SINCE).map_err(|e| placed("since", SINCE, 0, &e))?;
        environment.add_template("report", body).map_err(fault)?;
        let filled = environment.get_template("report").and_then(|t| t.render(self.values.clone())).map_err(fault)?;
        let occasion = environment.render_str(&front.occasion, self.values.clone()).map_err(fault)?;
        if marks::is_marked(&occasion) {
            return Err(format!("the report `{name}`: `occasion` is words alone; put pictures, tables and quiet lines in the text"));
        }
        drop(environment);
        // No call holds on to the blocks any more.
        let made = made.lock().map(|m| m.clone()).unwrap_or_default();
        let frame = &self.findings.frame;
        let tier = self.findings.policy.tier;
        let title = format!("{}: {}", frame.area_name, front.title);
        let marked = if frame.draft { Some("draft, not for release".to_owned()) } else { frame.invented_mark() };
        let foot = if frame.draft { "Draft, not for release".to_owned() } else { tier.label() };
        Ok(Document {
            occasion: marks::unescape(&occasion),
            foot: format!("{title} · {} · {foot}", frame.period.label()),
            mark: marked,
            blocks: markdown::blocks(&filled, &made),
            title,
        })
    }
}

/// All notebooks of the engine and one of the analyst's own, filled, by their names.
///
/// # Errors
/// Where a text is faulty: its line and what is wrong there.
pub(super) fn documents(
    findings: &Findings,
    pictures: &[Picture],
    own: Option<&(String, String)>,
) -> Result<Vec<(String, Document)>, String> {
    let shelf = Shelf::new(findings, pictures);
    let all: Vec<(&str, &str)> = NOTEBOOKS.iter().copied().chain(own.map(|(name, text)| (name.as_str(), text.as_str()))).collect();
    all.par_iter().map(|(name, text)| Ok(((*name).to_owned(), shelf.document(name, text)?))).collect()
}

/// Values are words and never marks, but for what a call of ours has made.
fn plain_words(out: &mut Output, _: &mut State, value: &Value) -> Result<(), minijinja::Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(());
    }
    let text = value.to_string();
    let text = if value.is_safe() { text } else { marks::escape(&text) };
    out.write_str(&text).map_err(|_| minijinja::Error::new(minijinja::ErrorKind::WriteFailure, "the text cannot be written"))
}

/// A fault with its line, the text of the line and a caret.
fn placed(name: &str, body: &str, lines_before: usize, e: &minijinja::Error) -> String {
    let line = e.line().unwrap_or(1);
    let text = body.lines().nth(line.saturating_sub(1)).unwrap_or("");
    let start = body.lines().take(line.saturating_sub(1)).map(|l| l.len() + 1).sum::<usize>();
    let column = e.range().map_or(0, |r| r.start.saturating_sub(start)).min(text.len());
    let caret = format!("{}^", " ".repeat(text.get(..column).map_or(0, |t| t.chars().count())));
    let what = e.detail().map_or_else(|| e.kind().to_string(), |d| format!("{}: {d}", e.kind()));
    format!("the report `{name}`, line {}: {what}\n  {text}\n  {caret}", line + lines_before)
}

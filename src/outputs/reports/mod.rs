//! Reports: templates in `reports/`, filled from released findings. An analyst edits the words; no Rust is needed.

mod html;
mod map_block;
mod program;
mod slim;

use std::collections::HashMap;

use minijinja::{Environment, Value as Template};
use serde_json::{Value, json};

use super::Picture;
use super::document::{fragment, markdown::blocks, tree::Block};
use super::notebooks::{NOTEBOOKS, asked};
use crate::model::{Door, Finding, Findings};
use crate::stands_out::stands_out;
pub(crate) use map_block::{MAP_DATA, map_block};
pub(crate) use program::MAP_PROGRAM;

/// The page of a pack, and a notebook of the analyst's own beside those that come with the engine.
#[derive(Clone, Debug)]
pub struct ReportKind {
    /// Its name: `--as <name>`.
    pub name: String,
    /// The template of the page.
    pub template: String,
    /// The text of a notebook of the analyst's own, by its name.
    pub own: Option<(String, String)>,
}

/// Names and templates of the reports that come with the engine.
pub const REPORTS: &[(&str, &str)] = &[("overview", include_str!("../../../reports/overview/report.html"))];

/// More than six messages are none.
const MOST_MESSAGES: usize = 6;

impl ReportKind {
    /// A report of the engine by its name, or that of a folder: its `report.md`, a notebook, or its `report.html`, a template of the page; `None`
    /// where there is neither.
    pub fn find(name: &str) -> Option<Self> {
        let overview = || REPORTS.first().map(|(n, template)| Self { name: (*n).into(), template: (*template).into(), own: None });
        if REPORTS.iter().any(|(n, _)| *n == name) || NOTEBOOKS.iter().any(|(n, _)| *n == name) {
            return overview();
        }
        let folder = std::path::Path::new(name);
        if let Ok(text) = std::fs::read_to_string(folder.join("report.md")) {
            let called = plain_name(&folder.file_name()?.to_string_lossy());
            return overview().map(|kind| Self { own: Some((called, text)), ..kind });
        }
        let template = std::fs::read_to_string(folder.join("report.html")).ok()?;
        Some(Self { name: name.into(), template, own: None })
    }
}

/// The name of a folder as the name of a file: letters, digits and hyphens. One that is taken by the engine is `own-…`.
fn plain_name(folder: &str) -> String {
    let name: String = folder.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).take(60).collect();
    let taken =
        NOTEBOOKS.iter().any(|(n, _)| *n == name) || ["report", "tables", "findings", "manifest", "release"].contains(&name.as_str());
    if taken || name.is_empty() { format!("own-{name}") } else { name }
}

/// The report as one HTML file that needs nothing else.
///
/// # Errors
/// Where the template is faulty: its line and what is wrong there.
pub(super) fn html(findings: &Findings, report: &ReportKind, pictures: &[Picture]) -> Result<String, String> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    // A template that says where the shapes of areas stand lets drawings share them; in any other each holds its own.
    let mut shared = report.template.contains("shapes()").then(|| html::Shared::new(findings));
    let figures: HashMap<String, String> = pictures
        .iter()
        .enumerate()
        .map(|(i, p)| (p.path.clone(), shared.as_mut().map_or_else(|| html::figure(p, i), |shared| shared.figure(p))))
        .collect();
    let styles = shared.as_ref().map_or(String::new(), |s| s.rules().to_owned());
    let shapes = shared.map_or(String::new(), |s| s.drawing());
    let file = |f: &Finding, stem: &str| super::file_name(findings, &super::rows_file(findings, f, stem));
    let tables: HashMap<String, String> =
        findings.findings.iter().zip(super::stems(findings)).map(|(f, stem)| (f.id.clone(), html::table(f, &file(f, &stem)))).collect();
    let ledger = html::ledger(&findings.ledger);
    let block = program::of(map_block(findings, pictures));
    let policy = if block.is_empty() { "'none'".to_owned() } else { program::policy() };
    environment.add_function("shapes", move || Template::from_safe_string(shapes.clone()));
    environment.add_function("styles", move || Template::from_safe_string(styles.clone()));
    environment.add_function("map", move || Template::from_safe_string(block.clone()));
    environment.add_function("map_policy", move || Template::from_safe_string(policy.clone()));
    environment.add_function("figure", move |path: String| Template::from_safe_string(figures.get(&path).cloned().unwrap_or_default()));
    environment.add_function("table", move |id: String| Template::from_safe_string(tables.get(&id).cloned().unwrap_or_default()));
    environment.add_function("ledger", move || Template::from_safe_string(ledger.clone()));
    let fault = |e: minijinja::Error| format!("the report template `{}`, line {}: {}", report.name, e.line().unwrap_or(0), e);
    environment.add_template("report", &report.template).map_err(fault)?;
    let told: Vec<Value> = findings.findings.iter().map(|f| finding(findings, f, pictures)).collect();
    let sections: Vec<Value> = findings
        .methods
        .iter()
        .map(|kind| {
            let own: Vec<&Value> =
                findings.findings.iter().zip(&told).filter(|(f, _)| f.analysis == kind.analysis).map(|(_, v)| v).collect();
            json!({"analysis": kind.analysis, "question": kind.question, "findings": own})
        })
        .collect();
    // What stands out, by the list that holds over the whole pack, and nothing else.
    let listed = stands_out(findings);
    let telling = |f: &crate::model::Finding| !f.sentences.is_empty();
    let place = |id: &str| findings.findings.iter().position(|f| f.id == id && telling(f));
    let mut seen = std::collections::BTreeSet::new();
    let places = listed.iter().filter_map(|i| place(&i.finding));
    let messages: Vec<&Value> = places.filter(|i| seen.insert(*i)).map(|i| &told[i]).take(MOST_MESSAGES).collect();
    let legal = row_where(include_str!("../../../data/frameworks/legal_frame.csv"), |r| {
        serde_json::to_value(findings.frame.authority_kind).is_ok_and(|k| k.as_str() == r.get("authority_kind").map(String::as_str))
    });
    let helplines = rows(include_str!("../../../data/frameworks/helplines.csv"));
    let breaks: Vec<Value> = findings
        .breaks
        .iter()
        .map(|b| json!({"first_month": b.first_month.label(), "title": b.title, "detail": b.detail, "source": b.source}))
        .collect();
    // A card is Markdown: a template shows it as text (`card`) or laid out (`html`).
    // Its title says what the summary above it says, and a page has one title.
    let laid_out = |card: &str| {
        let all = blocks(card, &[]);
        let from = all.iter().take_while(|b| matches!(b, Block::Heading { level: 1, .. })).count();
        fragment(&all[from..])
    };
    let methods: Vec<Value> = findings
        .methods
        .iter()
        .map(|m| json!({"analysis": m.analysis, "question": m.question, "card": m.card, "html": laid_out(&m.card)}))
        .collect();
    let template = environment.get_template("report").map_err(fault)?;
    let filled = json!({
        "frame": {"title": findings.frame.title, "area_name": findings.frame.area_name, "invented": findings.frame.invented, "invented_part": findings.frame.invented_part, "draft": findings.frame.draft, "ledger_begun_anew": findings.frame.ledger_begun_anew, "unanswered": findings.frame.unanswered},
        "engine": findings.engine, "period": findings.frame.period.label(), "policy": findings.protection(),
        "tier": {"label": findings.policy.tier.label(), "notice": findings.policy.tier.notice()},
        "messages": messages, "sections": sections, "breaks": breaks, "legal": legal, "helplines": helplines,
        "sources": findings.sources, "methods": methods,
        "public_places": findings.public_places,
        "harmless_columns": findings.harmless_columns,
    });
    template.render(Template::from(minijinja::value::Serde(filled))).map_err(fault)
}

fn finding(findings: &Findings, finding: &Finding, pictures: &[Picture]) -> Value {
    let own: Vec<&str> = pictures.iter().filter(|p| p.finding == finding.id).map(|p| p.path.as_str()).collect();
    let (annex, figures): (Vec<&Picture>, Vec<&Picture>) = pictures.iter().filter(|p| p.finding == finding.id).partition(|p| p.annex);
    let figures: Vec<&str> = figures.iter().map(|p| p.path.as_str()).collect();
    let annex: Vec<Value> =
        annex.iter().map(|p| json!({"file": super::file_name(findings, &format!("{}.svg", p.path)), "says": p.alt_text})).collect();
    json!({
        "id": finding.id, "anchor": finding.id.replace('/', "-"), "headline": asked(findings, finding), "subtitle": finding.subtitle,
        "sentences": finding.sentences, "caveats": finding.caveats, "status": finding.status, "pictures": own, "figures": figures, "annex": annex,
        "sources": findings.source_titles(&finding.sources), "attributions": findings.attributions(finding),
        "door": if finding.release.door == Door::Open { "open" } else { "policy" }, "because": finding.release.because,
    })
}

/// The rows of a data file, by heading.
fn rows(text: &str) -> Vec<HashMap<String, String>> {
    crate::units::records(text)
}

fn row_where(text: &str, wanted: impl Fn(&HashMap<String, String>) -> bool) -> HashMap<String, String> {
    rows(text).into_iter().find(wanted).unwrap_or_default()
}

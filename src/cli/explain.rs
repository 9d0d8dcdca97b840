use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use super::run::read_findings;
use super::{Exit, Printer};
use crate::analyses::{ANALYSES, GAP_TESTS};
use crate::diagnostics::{Code, Problems, nearest};
use crate::model::{Body, Finding, Findings, Gap, InputFile, Verdict, harm_floors};
use crate::outputs::{NOTEBOOKS, REPORTS, table};
use crate::sources::{SOURCES, measures, service_types};
use crate::units::Cell;
use crate::units::thousands;
use crate::vocabulary::{HarmId, words_of_harm};
use crate::words::Texts;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// An analysis, a source, a setting of the plan, a problem code, the id of a finding, `gap` and the id of a gap or of a test of gaps (`gap` alone lists them), or one of: analyses, gap-tests, sources, settings, service-types, indicator-list, action-plan, harms, reports, codes, findings.
    topic: String,
    /// An area code or any other row label: only that row of the finding.
    row: Option<String>,
    /// Where to look a figure up: the folder that a run wrote, or the findings in it.
    #[arg(long, value_name = "FOLDER", default_value = "out")]
    findings: PathBuf,
}

impl Explain {
    pub fn run(self, printer: &Printer) -> Exit {
        let topic = self.topic.as_str();
        match topic {
            "analyses" => ANALYSES.iter().for_each(|k| say!("{}: {}", k.name, Texts::english().say(&k.question()))),
            "sources" => SOURCES.iter().for_each(|k| say!("{}: {}", k.name, first_sentence(k.card))),
            "gap-tests" => GAP_TESTS.iter().for_each(|t| say!("{}: {}", t.id, t.label)),
            "service-types" => service_types().iter().for_each(|t| {
                let secret = if t.confidential { " (confidential: no place)" } else { "" };
                say!("{}: {}{secret}", t.id, t.label);
            }),
            "indicator-list" => measures().iter().for_each(|m| say!("{}: {} ({}; {})", m.id, m.name, m.unit, m.theme)),
            "action-plan" => say!("{}", crate::plan::ACTION_PLAN_CARD.trim_end()),
            "settings" => {
                let mut all = std::collections::BTreeMap::new();
                every_setting(&super::schema::plan(), &mut all);
                all.iter().for_each(|(name, about)| say!("{name}: {about}"));
            }
            "reports" => {
                NOTEBOOKS.iter().for_each(|(name, _)| say!("{name}: every run writes it, as a page, PDF and DOCX"));
                REPORTS.iter().for_each(|(name, _)| say!("{name}: the page of all answers, as `--as {name}`"));
                say!("A report of your own: `gapmap report new <name>` copies one to edit; `--as <folder>` draws it.");
            }
            "harms" => harms(),
            "codes" => Code::ALL.iter().for_each(|c| say!("{c}: {}", c.title())),
            _ => {
                let test = self.row.as_deref().filter(|_| topic == "gap").and_then(|row| GAP_TESTS.iter().find(|t| t.id == row));
                if let Some(test) = test {
                    say!("{}", test.card.trim_end());
                } else if let Some(kind) = crate::analyses::find(topic) {
                    say!("{}", kind.card.trim_end());
                } else if let Some(kind) = crate::sources::find(topic) {
                    say!("{}", kind.card.trim_end());
                } else if let Some(code) = Code::find(topic) {
                    say!("{code}: {}\n\n{}", code.title(), code.about());
                } else if ["findings", "gap"].contains(&topic) || topic.contains('/') {
                    return self.figure(printer);
                } else {
                    let mut settings = Vec::new();
                    setting(&super::schema::plan(), topic, &mut settings);
                    if settings.is_empty() {
                        return unknown(topic, printer);
                    }
                    settings.iter().for_each(|s| say!("{topic}: {s}"));
                }
            }
        }
        Exit::Fine
    }

    /// Where a figure came from: how it was counted, from which sources, and how it was released.
    fn figure(&self, printer: &Printer) -> Exit {
        let mut problems = Problems::default();
        let Some(findings) = read_findings(&self.findings, &mut problems) else {
            printer.problems(&problems);
            return Exit::Problems;
        };
        if self.topic == "findings" {
            findings.findings.iter().for_each(|f| say!("{}: {}", f.id, f.subtitle));
            return Exit::Fine;
        }
        if self.topic == "gap" {
            let Some(gap) = &self.row else {
                if gaps(&findings).is_empty() {
                    printer.note("these findings hold no register of gaps: run the analysis `gaps`");
                    return Exit::Usage;
                }
                gaps(&findings).iter().for_each(|g| say!("{}: {}, {}", g.id, g.verdict.label(), g.subject));
                return Exit::Fine;
            };
            return explain_gap(&findings, gap, printer);
        }
        match findings.find(&self.topic) {
            Some(finding) => explain_finding(&findings, finding, self.row.as_deref()),
            None => {
                let near = nearest(&self.topic, findings.findings.iter().map(|f| f.id.as_str()));
                let hint = near.map_or(String::new(), |n| format!(" Did you mean `{n}`?"));
                printer.note(&format!("there is no finding `{}`; `gapmap explain findings` lists them.{hint}", self.topic));
                return Exit::Usage;
            }
        }
        Exit::Fine
    }
}

/// Harms, from which area and how many months on each tier tells them, and the words that name them.
fn harms() {
    for [id, label, public, partnership, restricted, why] in harm_floors() {
        say!("{id}: {label}. {why}");
        say!("  told from: public {public}; partnership {partnership}; restricted {restricted}");
        if let Some(harm) = HarmId::all().iter().find(|h| h.as_str() == id) {
            say!("  words: {}", words_of_harm(harm).join(", "));
        }
    }
}

/// The rows of the register.
fn gaps(findings: &Findings) -> Vec<&Gap> {
    findings.findings.iter().filter_map(|f| if let Body::Gaps(body) = &f.body { Some(body.rows.iter()) } else { None }).flatten().collect()
}

/// One gap, so that a person can follow it by hand: what was found, by which formula, numbers, standard, records and files.
fn explain_gap(findings: &Findings, id: &str, printer: &Printer) -> Exit {
    let rows = gaps(findings);
    let Some(gap) = rows.iter().find(|g| g.id == id) else {
        let hint = nearest(id, rows.iter().map(|g| g.id.as_str())).map_or(String::new(), |n| format!(" Did you mean `{n}`?"));
        printer.note(&format!("there is no gap `{id}` in these findings; `gapmap explain gap` lists them.{hint}"));
        return Exit::Usage;
    };
    say!("{}: {}\n\n{}: {}.", gap.id, gap.verdict.label(), gap.who, gap.measured);
    say!("\nHow it is worked out: {}", gap.formula);
    let numbers = [
        (gap.unit.as_str(), gap.people),
        ("out of", gap.of),
        ("women expected to be harmed in a year, from", gap.need_lower),
        ("women expected to be harmed in a year, to", gap.need_upper),
        ("first count in the words", gap.counts[0]),
        ("second count in the words", gap.counts[1]),
    ];
    if numbers.iter().any(|n| n.1 != Cell::NotApplicable) {
        say!("Numbers, as released:");
        numbers.iter().filter(|n| n.1 != Cell::NotApplicable).for_each(|(name, n)| say!("  {name}: {}", shown(*n)));
    }
    if !gap.areas.is_empty() {
        let codes: Vec<String> = gap.areas.iter().map(ToString::to_string).collect();
        say!("  in {} areas: {}", codes.len(), codes.join(" "));
    }
    if !gap.standard.id.is_empty() {
        say!("\nStandard: {} ({}). {} {}", gap.standard.label, gap.standard.status, gap.standard.source, gap.standard.caveat);
    }
    say!("\nConfidence: {}, because {}.\nIt could also be: {}", gap.confidence.label(), gap.because, gap.otherwise);
    if !gap.close.is_empty() {
        say!("What would {} it: {}", if gap.verdict == Verdict::Gap { "close" } else { "settle" }, gap.close);
    }
    if let Some(rank) = gap.rank {
        say!("Rank: {}, between {} and {} were weights and inputs others.", rank.nominal, rank.low, rank.high);
    }
    say!("\nIt rests on:");
    gap.evidence.iter().for_each(|e| say!("  {} ({}): {}", e.place, e.source, e.says));
    for source in findings.sources.iter().filter(|s| gap.evidence.iter().any(|e| e.source == s.name)) {
        source.files.iter().for_each(|f| say!("  files of `{}`: {}", source.name, f.path));
    }
    say!("\nMethod: `gapmap explain gap {}`, and of all: `gapmap explain gaps`", gap.id.split('/').next().unwrap_or_default());
    Exit::Fine
}

fn explain_finding(findings: &Findings, finding: &Finding, row: Option<&str>) {
    say!("{}\n{}\n", finding.headline, finding.subtitle);
    finding.sentences.iter().for_each(|s| say!("{s}"));
    say!("\nReleased: {}", finding.release.because);
    if finding.release.withheld > 0 {
        say!("{} cells are withheld.", finding.release.withheld);
    }
    say!("\nSources:");
    for source in findings.sources.iter().filter(|s| finding.sources.contains(&s.name)) {
        say!("  {} ({})", source.name, source.kind);
        for InputFile { path, bytes, sha256 } in &source.files {
            let size = bytes.map_or(String::new(), |n| format!("{} bytes, ", thousands(n)));
            let print = sha256.as_ref().map_or("not fingerprinted".into(), |s| format!("SHA-256 {}…", s.get(..12).unwrap_or(s)));
            say!("    {path}: {size}{print}");
        }
        for line in findings.ledger.iter().filter(|l| l.source == source.name) {
            say!("    {} {} read, {} kept", shown(line.read), line.unit, shown(line.kept));
            line.set_aside.iter().for_each(|(reason, n)| say!("      set aside: {} {reason}", shown(*n)));
        }
    }
    say!("\nWhat these numbers are, and are not:");
    finding.caveats.iter().for_each(|c| say!("  {c}"));
    if let Some(wanted) = row {
        let view = table(finding);
        for values in view.rows.iter().filter(|r| r.iter().take(2).any(|v| v.shown().eq_ignore_ascii_case(wanted))) {
            say!();
            view.headings.iter().zip(values).for_each(|(h, v)| say!("  {h}: {}", v.shown()));
        }
    }
    say!("\nMethod: `gapmap explain {}`", finding.analysis);
}

/// A count, or the word for why there is none.
fn shown(count: Cell<u64>) -> String {
    count.known().map_or_else(|| count.shorthand().unwrap_or("").to_owned(), thousands)
}

/// What the schema of the plan says of a setting, wherever it stands.
fn setting(schema: &Value, name: &str, found: &mut Vec<String>) {
    if let Some(description) = schema.pointer(&format!("/properties/{name}/description")).and_then(Value::as_str)
        && !found.iter().any(|f| f == description)
    {
        found.push(description.to_owned());
    }
    match schema {
        Value::Object(members) => members.values().for_each(|v| setting(v, name, found)),
        Value::Array(items) => items.iter().for_each(|v| setting(v, name, found)),
        _ => {}
    }
}

/// Every setting that a schema describes, with the first sentence about it.
fn every_setting(schema: &Value, all: &mut std::collections::BTreeMap<String, String>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (name, about) in properties {
            if let Some(text) = about.get("description").and_then(Value::as_str) {
                let first = text.split(". ").next().unwrap_or(text).replace('\n', " ");
                all.entry(name.clone()).or_insert(first);
            }
        }
    }
    match schema {
        Value::Object(members) => members.values().for_each(|v| every_setting(v, all)),
        Value::Array(items) => items.iter().for_each(|v| every_setting(v, all)),
        _ => {}
    }
}

fn first_sentence(card: &str) -> &str {
    card.lines().find(|l| !l.is_empty() && !l.starts_with('#')).unwrap_or("")
}

fn unknown(topic: &str, printer: &Printer) -> Exit {
    let known = ANALYSES.iter().map(|k| k.name).chain(SOURCES.iter().map(|k| k.name)).chain(Code::ALL.iter().map(|c| c.name()));
    let hint = nearest(topic, known).map_or(String::new(), |n| format!(" Did you mean `{n}`?"));
    printer.note(&format!(
        "nothing here is called `{topic}`. Ask for: analyses, gap-tests, sources, settings, service-types, indicator-list, action-plan, harms, reports, codes, findings.{hint}"
    ));
    Exit::Usage
}

use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use super::run::read_findings;
use super::{Exit, Printer};
use crate::analyses::{ANALYSES, GAP_TESTS, thousands};
use crate::diagnostics::{Problems, catalogue, nearest};
use crate::findings::{Body, Finding, Findings, Gap, InputFile};
use crate::outputs::table;
use crate::sources::SOURCES;
use crate::units::Cell;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// An analysis, a source, a setting of the plan, a problem code, the id of a finding, `gap` and the id of a gap or of a test of gaps, or one of: analyses, gap-tests, sources, codes, findings.
    topic: String,
    /// An area code or any other row label: only that row of the finding.
    row: Option<String>,
    /// The findings to look a figure up in.
    #[arg(long, value_name = "FILE", default_value = "out/findings.public.json")]
    findings: PathBuf,
}

impl Explain {
    pub fn run(self, printer: &Printer) -> Exit {
        let topic = self.topic.as_str();
        match topic {
            "analyses" => ANALYSES.iter().for_each(|k| println!("{}: {}", k.name, k.question)),
            "sources" => SOURCES.iter().for_each(|k| println!("{}: {}", k.name, first_sentence(k.card))),
            "gap-tests" => GAP_TESTS.iter().for_each(|t| println!("{}: {}", t.id, t.label)),
            "codes" => catalogue::CATALOGUE.iter().for_each(|e| println!("{}: {}", e.code, e.title)),
            _ => {
                let test = self.row.as_deref().filter(|_| topic == "gap").and_then(|row| GAP_TESTS.iter().find(|t| t.id == row));
                if let Some(test) = test {
                    println!("{}", test.card.trim_end());
                } else if let Some(kind) = crate::analyses::find(topic) {
                    println!("{}", kind.card.trim_end());
                } else if let Some(kind) = crate::sources::find(topic) {
                    println!("{}", kind.card.trim_end());
                } else if let Some(entry) = catalogue::find(topic) {
                    println!("{}: {}\n\n{}", entry.code, entry.title, entry.about);
                } else if topic == "findings" || topic.contains('/') || (topic == "gap" && self.row.is_some()) {
                    return self.figure(printer);
                } else {
                    let mut settings = Vec::new();
                    setting(&super::schema::plan(), topic, &mut settings);
                    if settings.is_empty() {
                        return unknown(topic, printer);
                    }
                    settings.iter().for_each(|s| println!("{topic}: {s}"));
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
            findings.findings.iter().for_each(|f| println!("{}: {}", f.id, f.subtitle));
            return Exit::Fine;
        }
        if let Some(gap) = self.row.as_deref().filter(|_| self.topic == "gap") {
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

/// One gap, so that a person can follow it by hand: what was found, by which formula, numbers, standard, records and files.
fn explain_gap(findings: &Findings, id: &str, printer: &Printer) -> Exit {
    let rows: Vec<&Gap> = findings
        .findings
        .iter()
        .filter_map(|f| if let Body::Gaps(body) = &f.body { Some(body.rows.iter()) } else { None })
        .flatten()
        .collect();
    let Some(gap) = rows.iter().find(|g| g.id == id) else {
        let hint = nearest(id, rows.iter().map(|g| g.id.as_str())).map_or(String::new(), |n| format!(" Did you mean `{n}`?"));
        printer.note(&format!("there is no gap `{id}` in these findings.{hint}"));
        return Exit::Usage;
    };
    println!("{}: {}\n\n{}: {}.", gap.id, gap.verdict.label(), gap.who, gap.measured);
    println!("\nHow it is worked out: {}", gap.formula);
    let line = |name: &str, cell: Cell<u64>| {
        if cell != Cell::NotApplicable {
            println!("  {name}: {}", shown(cell));
        }
    };
    println!("Numbers, as released:");
    line(&gap.unit, gap.people);
    line("out of", gap.of);
    line("women expected to be harmed in a year, from", gap.need_lower);
    line("women expected to be harmed in a year, to", gap.need_upper);
    line("first count in the words", gap.counts[0]);
    line("second count in the words", gap.counts[1]);
    if !gap.areas.is_empty() {
        let codes: Vec<String> = gap.areas.iter().map(ToString::to_string).collect();
        println!("  in {} areas: {}", codes.len(), codes.join(" "));
    }
    if !gap.standard.id.is_empty() {
        println!("\nStandard: {} ({}). {} {}", gap.standard.label, gap.standard.status, gap.standard.source, gap.standard.caveat);
    }
    println!(
        "\nConfidence: {}, because {}.\nIt could also be: {}\nWhat would close it: {}",
        gap.confidence.label(),
        gap.because,
        gap.otherwise,
        gap.close
    );
    if let Some(rank) = gap.rank {
        println!("Rank: {}, between {} and {} were weights and inputs others.", rank.nominal, rank.low, rank.high);
    }
    println!("\nIt rests on:");
    gap.evidence.iter().for_each(|e| println!("  {} ({}): {}", e.place, e.source, e.says));
    for source in findings.sources.iter().filter(|s| gap.evidence.iter().any(|e| e.source == s.name)) {
        source.files.iter().for_each(|f| println!("  files of `{}`: {}", source.name, f.path));
    }
    println!("\nMethod: `gapmap explain gaps`");
    Exit::Fine
}

fn explain_finding(findings: &Findings, finding: &Finding, row: Option<&str>) {
    println!("{}\n{}\n", finding.headline, finding.subtitle);
    finding.sentences.iter().for_each(|s| println!("{s}"));
    println!("\nReleased: {}", finding.release.because);
    if finding.release.withheld > 0 {
        println!("{} cells are withheld.", finding.release.withheld);
    }
    println!("\nSources:");
    for source in findings.sources.iter().filter(|s| finding.sources.contains(&s.name)) {
        println!("  {} ({})", source.name, source.kind);
        for InputFile { path, bytes, sha256 } in &source.files {
            let size = bytes.map_or(String::new(), |n| format!("{} bytes, ", thousands(n)));
            let print = sha256.as_ref().map_or("not fingerprinted".into(), |s| format!("SHA-256 {}…", s.get(..12).unwrap_or(s)));
            println!("    {path}: {size}{print}");
        }
        for line in findings.ledger.iter().filter(|l| l.source == source.name) {
            println!("    {} {} read, {} kept", shown(line.read), line.unit, shown(line.kept));
            line.set_aside.iter().for_each(|(reason, n)| println!("      set aside: {} {reason}", shown(*n)));
        }
    }
    println!("\nWhat these numbers are, and are not:");
    finding.caveats.iter().for_each(|c| println!("  {c}"));
    if let Some(wanted) = row {
        let view = table(finding);
        for values in view.rows.iter().filter(|r| r.iter().take(2).any(|v| v.shown().eq_ignore_ascii_case(wanted))) {
            println!();
            view.headings.iter().zip(values).for_each(|(h, v)| println!("  {h}: {}", v.shown()));
        }
    }
    println!("\nMethod: `gapmap explain {}`", finding.analysis);
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

fn first_sentence(card: &str) -> &str {
    card.lines().find(|l| !l.is_empty() && !l.starts_with('#')).unwrap_or("")
}

fn unknown(topic: &str, printer: &Printer) -> Exit {
    let known = ANALYSES.iter().map(|k| k.name).chain(SOURCES.iter().map(|k| k.name)).chain(catalogue::CATALOGUE.iter().map(|e| e.code));
    let hint = nearest(topic, known).map_or(String::new(), |n| format!(" Did you mean `{n}`?"));
    printer.note(&format!("nothing here is called `{topic}`. Ask for: analyses, gap-tests, sources, codes, findings.{hint}"));
    Exit::Usage
}

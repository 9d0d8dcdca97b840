use std::fmt::Write;

use super::problem::{Problem, Problems, Severity};
use crate::units::{is_showable, showable};

/// How many of one kind are listed with their places before the rest is only counted.
const LISTED_OF_A_KIND: usize = 3;

/// The problems for a person: errors first, each with place and next step; those alike in code, file and field fold.
///
/// Meaning is never carried by colour: each line starts with the word *error* or *warning*.
pub fn render_text(problems: &Problems) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning] {
        for group in groups(problems, severity) {
            render_group(&mut out, &group);
        }
    }
    let count = |s| problems.list().iter().filter(|p| p.severity == s).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        let _ = writeln!(out, "{} and {}", plural(errors, "error"), plural(warnings, "warning"));
    }
    on_screen(&out)
}

/// A text that a terminal shows and does not obey, as many characters wide as it was, so that carets stay under what they mark.
fn on_screen(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => c,
        '\t' => ' ',
        c if is_showable(c) => c,
        _ => char::REPLACEMENT_CHARACTER,
    };
    text.chars().map(shown).collect()
}

fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// Problems of one severity, grouped by code, file and field, in the order in which each group was first met.
fn groups(problems: &Problems, severity: Severity) -> Vec<Vec<&Problem>> {
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    for problem in problems.list().iter().filter(|p| p.severity == severity) {
        let alike = |g: &&mut Vec<&Problem>| {
            let first = g[0];
            first.code == problem.code && first.place.file == problem.place.file && alike_fields(&first.place.field, &problem.place.field)
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    groups
}

/// Whether two fields differ at most in numbers: `contents[3].location` and `contents[17].location` are one kind of place.
fn alike_fields(a: &Option<String>, b: &Option<String>) -> bool {
    let letters = |f: &Option<String>| f.as_ref().map(|f| f.chars().filter(|c| !c.is_ascii_digit()).collect::<String>());
    letters(a) == letters(b)
}

fn render_group(out: &mut String, group: &[&Problem]) {
    let first = group[0];
    let word = if first.severity == Severity::Error { "error" } else { "warning" };
    let _ = writeln!(out, "{word}[{}]: {}", first.code, first.message);
    for (i, problem) in group.iter().take(LISTED_OF_A_KIND).enumerate() {
        let _ = write!(out, "  --> {}", problem.place);
        // The first message is already the headline; the others may differ in their values.
        let _ = if i > 0 && problem.message != first.message { writeln!(out, ": {}", problem.message) } else { writeln!(out) };
        if let Some(excerpt) = &problem.excerpt {
            let number = problem.place.line.map(|l| l.to_string()).unwrap_or_default();
            let margin = " ".repeat(number.len());
            let _ = writeln!(out, "   {margin} |\n   {number} | {}", excerpt.text);
            let _ = writeln!(out, "   {margin} | {}{}", " ".repeat(excerpt.from), "^".repeat(excerpt.length));
        }
    }
    if group.len() > LISTED_OF_A_KIND {
        let _ = writeln!(out, "  … and {} more like this", group.len() - LISTED_OF_A_KIND);
    }
    let _ = writeln!(out, "  next: {}\n", first.next_step);
}

/// The problems for a program: one JSON array, nothing folded.
pub fn render_json(problems: &Problems) -> String {
    let list: Vec<_> = problems
        .list()
        .iter()
        .map(|p| {
            serde_json::json!({
                "code": p.code.name(),
                "severity": if p.severity == Severity::Error { "error" } else { "warning" },
                "file": showable(&p.place.file).0, "line": p.place.line, "field": p.place.field.as_deref().map(|f| showable(f).0),
                "message": showable(&p.message).0, "next_step": showable(&p.next_step).0,
            })
        })
        .collect();
    serde_json::to_string_pretty(&list).unwrap_or_default() // strings and numbers always serialise
}

//! A study in words of its own, every one of them: no number changes, and what the audit finds it still finds.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use gapmap::diagnostics::Problems;
use gapmap::model::{Door, Findings};
use gapmap::outputs::{Files, ReportKind, everything, with_manifest};
use gapmap::plan::Plan;
use gapmap::words::ENGLISH;
use serde_json::Value;

use crate::leaks::{audit, find_errors, two_years};
use crate::study_files::Study;

/// The texts with each letter as another, and their holes as they are.
fn other_words(text: &str) -> String {
    let mut resource: Resource<String> = fluent_syntax::parser::parse(text.to_owned()).unwrap();
    for entry in &mut resource.body {
        if let Entry::Message(message) = entry {
            message.value.iter_mut().for_each(pattern);
        }
    }
    fluent_syntax::serializer::serialize(&resource)
}

fn pattern(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => *value = value.chars().map(|c| if c.is_alphabetic() { 'q' } else { c }).collect(),
            PatternElement::Placeable { expression } => inside(expression),
        }
    }
}

fn inside(expression: &mut Expression<String>) {
    match expression {
        Expression::Select { variants, .. } => variants.iter_mut().for_each(|v| pattern(&mut v.value)),
        Expression::Inline(InlineExpression::Placeable { expression }) => inside(expression),
        Expression::Inline(_) => {}
    }
}

fn findings(study: &Study) -> Findings {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let found = gapmap::pipeline::findings(&plan, None, &mut problems).map(|f| f.0);
    found.unwrap_or_else(|| panic!("{:?}", problems.list()))
}

/// All numbers of a value, and those of its texts as they stand there.
fn numbers(value: &Value, list: &mut Vec<String>) {
    match value {
        Value::Number(n) => list.push(n.to_string()),
        Value::String(text) => {
            let parts = text.split(|c: char| !(c.is_ascii_digit() || "., −".contains(c)) || c == ' ');
            list.extend(parts.map(|p| p.trim_matches(['.', ','])).filter(|p| p.chars().any(|c| c.is_ascii_digit())).map(str::to_owned));
        }
        Value::Array(items) => items.iter().for_each(|v| numbers(v, list)),
        Value::Object(members) => members.iter().for_each(|(_, v)| numbers(v, list)),
        Value::Null | Value::Bool(_) => {}
    }
}

fn numbers_of(value: &impl serde::Serialize) -> Vec<String> {
    let mut list = Vec::new();
    numbers(&serde_json::to_value(value).unwrap(), &mut list);
    list
}

fn drawn(findings: &Findings) -> Files {
    with_manifest(findings, everything(findings, &ReportKind::find("overview").unwrap(), false).unwrap())
}

#[test]
fn other_words_change_no_number_and_hide_no_leak() {
    let study = two_years();
    let plain = findings(&study);
    for (file, text) in ENGLISH {
        study.write(&format!("words/{file}.ftl"), other_words(text).as_bytes());
    }
    let other = findings(&study);
    assert_eq!(plain.findings.len(), other.findings.len());
    let mut reworded = 0;
    for (plain, other) in plain.findings.iter().zip(&other.findings) {
        assert_eq!((&plain.id, numbers_of(plain)), (&other.id, numbers_of(other)));
        reworded += usize::from(plain.headline != other.headline);
    }
    assert!(reworded > plain.findings.len() / 2, "{reworded} headlines are in other words");

    let clean = drawn(&other);
    assert_eq!(find_errors(&clean, audit), Vec::<&str>::new());
    // A count that nobody released, in a sentence of other words.
    let mut told = other.clone();
    let restricted = told.findings.iter_mut().find(|f| f.release.door == Door::Policy && f.analysis == "places").unwrap();
    restricted.sentences.push("Qqqq 1,237 qqqqqqq.".into());
    assert!(find_errors(&drawn(&told), audit).contains(&"S321"));
}

//! Numbers in sentences: each must be a number of its finding, as data.
//!
//! Nothing is accepted for the word that follows it: what cannot be led back to a number of the finding, to its period, to the policy or to
//! the card of its method was not released.

use std::collections::BTreeMap;

use serde_json::Value;

use super::pack::Pack;
use crate::diagnostics::{Code, Place, Problems};
use crate::findings::{Door, Finding, Findings};

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    for (id, _) in unexplained(findings) {
        let place = Place::file(pack.findings_path.clone()).at(id);
        let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
        problems.error(Code::S321, place, "a sentence tells a number that the finding does not hold", next);
    }
}

/// Sentences of restricted findings with a number that their finding does not hold: its id and the sentence.
pub fn unexplained(findings: &Findings) -> Vec<(String, String)> {
    let names = names(findings);
    let mut found = Vec::new();
    for finding in findings.findings.iter().filter(|f| f.release.door == Door::Policy) {
        let known = Known::of(findings, finding);
        let texts = [&finding.headline, &finding.subtitle].into_iter().chain(&finding.sentences).chain(&finding.caveats);
        for text in texts {
            if numbers(&without(text, &names)).iter().any(|n| !known.explains(n)) {
                found.push((finding.id.clone(), text.clone()));
            }
        }
    }
    found
}

/// Names with digits in them, longest first: of areas, sites, sources, breaks and events. What they are called is no number.
fn names(findings: &Findings) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    names.extend(findings.outlines.iter().map(|o| o.name.clone()));
    names.extend(findings.sites.iter().flat_map(|s| [s.name.clone(), s.service.clone()]));
    names.extend(findings.sources.iter().map(|s| s.name.clone()));
    names.extend(findings.breaks.iter().flat_map(|b| [b.title.clone(), b.detail.clone()]));
    names.extend([findings.frame.title.clone(), findings.frame.area_name.clone()]);
    names.retain(|n| n.chars().any(|c| c.is_ascii_digit()));
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    names.dedup();
    names
}

fn without(text: &str, names: &[String]) -> String {
    names.iter().fold(text.to_owned(), |text, name| if text.contains(name.as_str()) { text.replace(name.as_str(), " ") } else { text })
}

/// The numbers that a finding holds, sorted.
pub(super) struct Known(Vec<f64>);

impl Known {
    /// All numbers of a document, in whatever field or text.
    pub fn of_all(findings: &Findings) -> Self {
        let mut list = Vec::new();
        let all = serde_json::to_value(findings).unwrap_or_default();
        collect(&all, &mut list);
        lengths(&all, &mut list);
        list.sort_by(f64::total_cmp);
        Self(list)
    }

    fn of(findings: &Findings, finding: &Finding) -> Self {
        let mut list = Vec::new();
        let mut add = |value: Value| collect(&value, &mut list);
        add(serde_json::to_value(&finding.body).unwrap_or_default());
        add(serde_json::to_value(&finding.figures).unwrap_or_default());
        add(serde_json::json!([finding.period.label(), finding.period.len(), findings.frame.period.label(), findings.policy, finding.id]));
        // What a method does for every study: its level, its hours, its number of draws.
        add(findings.methods.iter().filter(|m| m.analysis == finding.analysis).map(|m| Value::from(m.card.as_str())).collect());
        add(findings.breaks.iter().map(|b| Value::from(b.first_month.label())).collect());
        // How long a list is that the finding shows is seen by whoever counts it.
        if let Ok(Value::Object(body)) = serde_json::to_value(&finding.body) {
            lengths(&Value::Object(body), &mut list);
        }
        list.sort_by(f64::total_cmp);
        Self(list)
    }

    /// Adds numbers.
    pub fn add(&mut self, more: impl Iterator<Item = f64>) {
        self.0.extend(more);
        self.0.sort_by(f64::total_cmp);
    }

    /// Whether a number as printed is one of these, itself or as a percentage, to the decimals that it has.
    pub fn explains(&self, (value, decimals): &(f64, usize)) -> bool {
        let half = 0.5 * 10_f64.powi(-(*decimals as i32)) + 1e-9;
        let near = |value: f64, half: f64| {
            let at = self.0.partition_point(|known| *known < value - half);
            self.0.get(at).is_some_and(|known| *known <= value + half)
        };
        let signs = |value: f64, half: f64| near(value, half) || near(-value, half);
        signs(*value, half) || signs(value / 100.0, half / 100.0)
    }
}

fn collect(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::Number(n) => list.extend(n.as_f64()),
        Value::String(text) => list.extend(numbers(text).iter().map(|n| n.0)),
        Value::Array(items) => items.iter().for_each(|v| collect(v, list)),
        Value::Object(members) => members.iter().for_each(|(key, v)| {
            list.extend(numbers(key).iter().map(|n| n.0));
            collect(v, list);
        }),
        // Neither holds a number.
        Value::Null | Value::Bool(_) => {}
    }
}

fn lengths(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::Array(items) => {
            list.push(items.len() as f64);
            list.extend(states(items).into_values().map(|n| n as f64));
            items.iter().take(1).for_each(|v| lengths(v, list));
        }
        Value::Object(members) => members.values().for_each(|v| lengths(v, list)),
        // Only lists have a length.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// How many members of a list are in each state: withheld, of a class, of a verdict. Whoever counts the rows sees it.
fn states(items: &[Value]) -> BTreeMap<(String, String), usize> {
    let mut counted = BTreeMap::new();
    for (key, value) in items.iter().filter_map(Value::as_object).flatten() {
        let state = match value {
            Value::String(word) => word.clone(),
            Value::Bool(yes) => yes.to_string(),
            Value::Null => "none".into(),
            Value::Object(cell) => cell.keys().next().cloned().unwrap_or_default(),
            Value::Number(n) => n.as_u64().filter(|n| *n < 10).map_or(String::new(), |n| n.to_string()),
            Value::Array(_) => continue,
        };
        *counted.entry((key.clone(), state)).or_insert(0) += 1;
    }
    counted
}

/// The numbers of a text as printed, each with its decimals. Digits that are part of a word, such as a code, are no number; commas part thousands.
pub(super) fn numbers(text: &str) -> Vec<(f64, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        while digit(at) || (matches!(bytes.get(at), Some(b',')) && (1..=3).all(|k| digit(at + k)) && !digit(at + 4)) {
            at += 1;
        }
        let whole_end = at;
        if bytes.get(at) == Some(&b'.') && digit(at + 1) {
            at += 1;
            while digit(at) {
                at += 1;
            }
        }
        let decimals = at.saturating_sub(whole_end + 1);
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        let in_a_word = before.is_some_and(|c| c.is_alphabetic() || c == '_') || after.is_some_and(|c| c.is_alphabetic() || c == '_');
        if let (false, Ok(value)) = (in_a_word, text[start..at].replace(',', "").parse()) {
            found.push((value, decimals));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_printed() {
        assert_eq!(
            numbers("Of 1,237 reports, 19 % (95% interval 16.5 to 21.0) in E01000001, 2025-01"),
            [(1237.0, 0), (19.0, 0), (95.0, 0), (16.5, 1), (21.0, 1), (2025.0, 0), (1.0, 0)]
        );
        assert_eq!(numbers("3, 4 and 5"), [(3.0, 0), (4.0, 0), (5.0, 0)]);
    }

    #[test]
    fn a_number_is_explained_as_itself_or_as_a_percentage() {
        let known = Known(vec![0.1949, 35.0]);
        assert!(known.explains(&(19.0, 0)) && known.explains(&(19.5, 1)) && known.explains(&(35.0, 0)));
        assert!(!known.explains(&(20.0, 0)) && !known.explains(&(19.4, 1)) && !known.explains(&(36.0, 0)));
    }
}

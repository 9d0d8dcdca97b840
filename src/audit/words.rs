//! Numbers in sentences: each must be a number of its finding, as data.
//!
//! Nothing is accepted for the word that follows it: what cannot be led back to a number of the finding, to its period, to the policy or to
//! the card of its method was not released.

use std::collections::BTreeSet;

use serde_json::Value;

use super::known::Known;
use super::pack::Pack;
use super::printed::numbers;
use super::spelled::spelled;
use crate::diagnostics::{Code, Place, Problems};
use crate::model::{Body, Cards, Door, Findings};

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    for (id, _) in unexplained(findings, pack.cards) {
        let place = Place::file(pack.findings_path.clone()).at(id);
        let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
        problems.error(Code::S321, place, "a sentence tells a number that the finding does not hold", next);
    }
}

/// Sentences of restricted findings with a number that their finding does not hold: its id and the sentence.
pub fn unexplained(findings: &Findings, cards: &Cards) -> Vec<(String, String)> {
    let names = names(findings);
    let codes = codes(findings, cards);
    let phrases: BTreeSet<String> = cards.all().flat_map(spelled).map(|n| n.1).collect();
    let policy = [findings.policy.sentence(), findings.policy.sentence_by(findings.policy.coarse_rule())];
    let mut found = Vec::new();
    for finding in findings.findings.iter().filter(|f| f.release.door == Door::Policy) {
        let known = Known::of(findings, finding, &codes, cards);
        // What stands for the policy is the policy's own sentence, whole.
        let because = &finding.release.because;
        let because = policy.iter().find_map(|p| because.strip_suffix(p)).unwrap_or(because).to_owned();
        let texts = [&finding.headline, &finding.subtitle, &finding.status, &because];
        for text in texts.into_iter().chain(&finding.sentences).chain(&finding.caveats) {
            let plain = without(text, &names);
            if numbers(&plain).iter().any(|n| !known.explains(n)) || spelled(&plain).iter().any(|n| !known.explains_spelled(n, &phrases)) {
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
    names.extend(
        findings.findings.iter().filter_map(|f| if let Body::Interrupted(b) = &f.body { Some(b.event.name.clone()) } else { None }),
    );
    names.extend([findings.frame.title.clone(), findings.frame.area_name.clone()]);
    // A name is more than a number: one that is called 3 would hide every 3.
    names.retain(|n| n.chars().any(|c| c.is_ascii_digit()) && n.chars().filter(|c| c.is_alphabetic()).count() > 2);
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    names.dedup();
    names
}

/// A text without names, where they stand as whole words.
fn without(text: &str, names: &[String]) -> String {
    let mut text = text.to_owned();
    for name in names {
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| rest.find(name.as_str())).map(|i| from + i) {
            let end = at + name.len();
            let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            if free(text[..at].chars().next_back()) && free(text[end..].chars().next()) {
                text.replace_range(at..end, " ");
                from = at + 1;
            } else {
                from = end;
            }
        }
    }
    text
}

/// Words of letters and digits that name something: codes, ids, files, and what the cards of methods write.
fn codes(findings: &Findings, cards: &Cards) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = ["km2", "m2"].map(str::to_owned).into();
    let mut open = vec![
        serde_json::to_value(&findings.sources).unwrap_or_default(),
        serde_json::to_value(findings.outlines.iter().map(|o| (o.code, &o.name)).collect::<Vec<_>>()).unwrap_or_default(),
        serde_json::to_value(&findings.sites).unwrap_or_default(),
        serde_json::to_value(&findings.breaks).unwrap_or_default(),
        serde_json::to_value(&findings.frame).unwrap_or_default(),
        Value::from(cards.all().collect::<Vec<_>>().join(" ")),
    ];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => found.extend(mixed_words(&text)),
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.into_iter().map(|m| m.1)),
            // None is a word.
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    found
}

fn mixed_words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|w| w.chars().any(|c| c.is_ascii_digit()) && w.chars().any(char::is_alphabetic)).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_words() {
        let names = ["Ward 3".to_owned()];
        assert_eq!(without("Ward 3, Ward 37", &names), " , Ward 37");
    }
}

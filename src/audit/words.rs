//! Numbers in sentences: each must be a number of its finding, as data.
//!
//! Nothing is accepted for the word that follows it: what cannot be led back to a number of the finding, to its period, to the policy or to
//! the card of its method was not released.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::pack::Pack;
use crate::diagnostics::{Code, Place, Problems};
use crate::model::{Body, Cards, Door, Finding, Findings};
use crate::vocabulary::{as_latin, is_invisible, tokens};

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
    let mut found = Vec::new();
    for finding in findings.findings.iter().filter(|f| f.release.door == Door::Policy) {
        let known = Known::of(findings, finding, &codes, cards);
        // What stands for the policy is the policy's own sentence, whole.
        let because = finding.release.because.strip_suffix(&findings.policy.sentence()).unwrap_or(&finding.release.because).to_owned();
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

/// The numbers that a finding holds.
#[derive(Clone)]
pub(super) struct Known {
    /// All of them, sorted.
    all: Vec<f64>,
    /// Those that a sentence may tell though they are as small as what is withheld, sorted: figures that it says, months, the policy. What is small in a
    /// body is no count, so a small count in a sentence must not be led back to it.
    small: Vec<f64>,
    /// Whole numbers up to this one are small.
    limit: f64,
    /// Words of letters and digits that are names; any where there are none.
    codes: Option<BTreeSet<String>>,
}

impl Known {
    /// All numbers of a document, in whatever field or text.
    pub fn of_all(findings: &Findings) -> Self {
        let mut all = Vec::new();
        let document = serde_json::to_value(findings).unwrap_or_default();
        collect(&document, &mut all);
        lengths(&document, &mut all);
        all.sort_by(f64::total_cmp);
        Self { all, small: vec![], limit: -1.0, codes: None }
    }

    fn of(findings: &Findings, finding: &Finding, codes: &BTreeSet<String>, cards: &Cards) -> Self {
        let (mut all, mut small) = (Vec::new(), Vec::new());
        collect(&serde_json::to_value(&finding.figures).unwrap_or_default(), &mut small);
        let about = serde_json::json!([finding.period.label(), finding.period.len(), findings.frame.period.label(), findings.policy]);
        collect(&about, &mut small);
        collect(&findings.breaks.iter().map(|b| Value::from(b.first_month.label())).collect(), &mut small);
        match &finding.body {
            // The level of a series and its limits are no counts.
            Body::Series(b) => small.extend(b.points.iter().flat_map(|p| [p.mean, p.lower, p.upper]).flatten()),
            // A register is words drawn from records: places, kilometres, hours.
            Body::Gaps(_) => collect_words(&serde_json::to_value(&finding.body).unwrap_or_default(), &mut small),
            _ => {}
        }
        collect(&serde_json::to_value(&finding.body).unwrap_or_default(), &mut all);
        collect(&Value::from(finding.id.as_str()), &mut all);
        // What a method does for every study: its level, its hours, its number of draws.
        collect(&Value::from(cards.of(&finding.analysis).unwrap_or_default()), &mut all);
        // How long a list is that the finding shows is seen by whoever counts it.
        if let Ok(Value::Object(body)) = serde_json::to_value(&finding.body) {
            lengths(&Value::Object(body), &mut all);
        }
        withheld(&serde_json::to_value(&finding.body).unwrap_or_default(), &mut small);
        all.extend(&small);
        all.sort_by(f64::total_cmp);
        small.sort_by(f64::total_cmp);
        Self { all, small, limit: findings.policy.withhold_up_to as f64, codes: Some(codes.clone()) }
    }

    /// Adds numbers.
    pub fn add(&mut self, more: impl Iterator<Item = f64>) {
        self.all.extend(more);
        self.all.sort_by(f64::total_cmp);
    }

    /// Whether a number as printed is one of these, itself or, where it is told as a percentage, as a share, to the decimals that it has.
    pub fn explains(&self, number: &Number) -> bool {
        if let (Some(word), Some(codes)) = (&number.word, &self.codes)
            && codes.contains(word)
        {
            return true;
        }
        // Where nobody knows the codes, digits in a word are taken for one.
        if number.word.is_some() && self.codes.is_none() {
            return true;
        }
        let Number { value, decimals, percent, of_time, .. } = *number;
        let half = 0.5 * 10_f64.powi(-(decimals as i32)) + 1e-9;
        let near = |list: &[f64], value: f64, half: f64| {
            let at = list.partition_point(|known| *known < value - half);
            list.get(at).is_some_and(|known| *known <= value + half)
        };
        let signs = |list: &[f64], value: f64, half: f64| near(list, value, half) || near(list, -value, half);
        let list = if decimals == 0 && value != 0.0 && value <= self.limit && !percent && !of_time { &self.small } else { &self.all };
        signs(list, value, half) || percent && signs(&self.all, value / 100.0, half / 100.0)
    }
}

impl Known {
    /// Whether a small number that is spelled out is told elsewhere as a number, or stands so in what a method does for every study.
    fn explains_spelled(&self, (value, phrase): &(f64, String), phrases: &BTreeSet<String>) -> bool {
        *value > self.limit || phrases.contains(phrase) || self.small.iter().any(|known| (known.abs() - value).abs() < 0.5)
    }
}

/// Numbers from two to nine that are spelled out, each with the word that follows.
fn spelled(text: &str) -> Vec<(f64, String)> {
    const NAMES: [&str; 8] = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let words: Vec<String> = tokens(text).into_iter().map(|t| t.word).collect();
    let number = |(i, word): (usize, &String)| {
        let value = NAMES.iter().position(|name| name == word)? + 2;
        Some((value as f64, format!("{word} {}", words.get(i + 1).map_or("", String::as_str))))
    };
    words.iter().enumerate().filter_map(number).collect()
}

/// The numbers of the texts of a value, and none that are data.
fn collect_words(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::String(text) => list.extend(numbers(text).iter().filter(|n| n.word.is_none()).map(|n| n.value)),
        Value::Array(items) => items.iter().for_each(|v| collect_words(v, list)),
        Value::Object(members) => members.values().for_each(|v| collect_words(v, list)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn collect(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::Number(n) => list.extend(n.as_f64()),
        Value::String(text) => list.extend(numbers(text).iter().filter(|n| n.word.is_none()).map(|n| n.value)),
        Value::Array(items) => items.iter().for_each(|v| collect(v, list)),
        Value::Object(members) => members.iter().for_each(|(key, v)| {
            list.extend(numbers(key).iter().filter(|n| n.word.is_none()).map(|n| n.value));
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

/// How many members of each list are withheld: whoever counts the rows sees it, and it is no count of people.
fn withheld(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::Array(items) => {
            let of_state = states(items).into_iter().filter(|((_, state), _)| state == "withheld");
            list.extend(of_state.map(|(_, n)| n as f64));
            items.iter().take(1).for_each(|v| withheld(v, list));
        }
        Value::Object(members) => members.values().for_each(|v| withheld(v, list)),
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

/// A number as printed.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Number {
    pub value: f64,
    /// Decimals that it has.
    pub decimals: usize,
    /// Whether it is told as a percentage, itself or as an end of an interval of one.
    pub percent: bool,
    /// Whether it is part of a time of day or of a date: `18:00`, `2026-03-31`.
    pub of_time: bool,
    /// The word that its digits are part of, in small letters.
    pub word: Option<String>,
}

/// The numbers of a text as printed; commas part thousands. Digits of any script are read, and those of a word are told with it.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    if text.is_ascii() {
        return plain_numbers(text);
    }
    // A fraction or a small raised digit is one, too; what nobody sees parts no number.
    let plain: String = text.nfkc().filter(|c| !is_invisible(*c)).collect();
    plain_numbers(&digits_as_latin(&plain))
}

/// Digits of other scripts as ours; letters stay.
fn digits_as_latin(text: &str) -> String {
    text.chars().map(|c| if c.is_numeric() && !c.is_ascii() { as_latin(&c.to_string()).chars().next().unwrap_or(c) } else { c }).collect()
}

fn plain_numbers(text: &str) -> Vec<Number> {
    let bytes = text.as_bytes();
    let mut found: Vec<Number> = Vec::new();
    // Where the last number ended.
    let mut last_end = 0;
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
        let of_word = |c: &char| c.is_alphanumeric() || *c == '_';
        let before: usize = text[..start].chars().rev().take(60).take_while(of_word).map(char::len_utf8).sum();
        let after: usize = text[at..].chars().take(60).take_while(of_word).map(char::len_utf8).sum();
        let word = text[start - before..at + after].to_lowercase();
        let word = word.chars().any(|c| c.is_alphabetic() || c == '_').then_some(word);
        let percent = text[at..].trim_start_matches([' ', '\u{a0}']).starts_with(['%']) || text[at..].trim_start().starts_with("percent");
        // `16.5 to 21.0 %`, and `(95 % interval 16.5 to 21.0)`.
        let between = &text[last_end..start];
        let joined = matches!(between.trim(), "to" | "and" | "–" | "-" | "or") && last_end > 0;
        let percent = percent || of_interval(between) || joined && found.last().is_some_and(|n| n.percent);
        if percent
            && joined
            && let Some(first) = found.last_mut()
        {
            first.percent = true;
        }
        let two_digits = |i: usize| digit(i) && digit(i + 1) && !digit(i + 2);
        let of_clock = bytes.get(at) == Some(&b':') && two_digits(at + 1) || between == ":" && last_end > 0 && at - start == 2;
        let of_date = between == "-" && at - start == 2 && found.last().is_some_and(|n| n.of_time || (1900.0..2100.0).contains(&n.value));
        let of_time = of_clock || of_date;
        if let Ok(value) = text[start..at].replace(',', "").parse() {
            found.push(Number { value, decimals, percent, of_time, word });
        }
        last_end = at;
    }
    found
}

/// Whether what stands before a number makes it the lower end of an interval.
fn of_interval(before: &str) -> bool {
    let before = before.trim_end();
    ["interval", "interval:", "interval of", "interval from"].iter().any(|word| before.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(f64, usize, bool)> {
        numbers(text).into_iter().filter(|n| n.word.is_none()).map(|n| (n.value, n.decimals, n.percent)).collect()
    }

    fn known(all: &[f64], small: &[f64]) -> Known {
        Known { all: all.to_vec(), small: small.to_vec(), limit: 7.0, codes: Some(["e01000001".to_owned()].into()) }
    }

    #[test]
    fn numbers_are_read_as_printed() {
        assert_eq!(
            read("Of 1,237 reports, 19 % (95% interval 16.5 to 21.0) in E01000001, 2025-01"),
            [(1237.0, 0, false), (19.0, 0, true), (95.0, 0, true), (16.5, 1, true), (21.0, 1, true), (2025.0, 0, false), (1.0, 0, false)]
        );
        assert_eq!(read("3, 4 and 5"), [(3.0, 0, false), (4.0, 0, false), (5.0, 0, false)]);
        assert_eq!(read("between 12 and 14 %"), [(12.0, 0, true), (14.0, 0, true)]);
        assert_eq!(read("\u{ff13}\u{ad}7, \u{661}\u{662}"), [(37.0, 0, false), (12.0, 0, false)]);
        assert_eq!(numbers("a3b").into_iter().map(|n| n.word).collect::<Vec<_>>(), [Some("a3b".to_owned())]);
    }

    #[test]
    fn a_number_is_explained_as_itself_or_as_a_percentage() {
        let known = known(&[0.03, 0.1949, 2.0, 35.0, 2025.0], &[2.0]);
        let explains = |text: &str| numbers(text).iter().all(|n| known.explains(n));
        assert!(explains("19 %") && explains("19.5 %") && explains("35") && explains("3 %") && explains("2 areas in E01000001"));
        // A share explains no count, and what a body holds no small one.
        assert!(
            !explains("20 %")
                && !explains("19")
                && !explains("36")
                && !explains("3 reports")
                && !explains("3reports")
                && !explains("E01000002")
        );
    }

    #[test]
    fn small_numbers_are_read_when_they_are_spelled_out() {
        let known = known(&[3.0, 4.0], &[3.0]);
        let phrases = ["two hour".to_owned()].into();
        let explains = |text: &str| spelled(text).iter().all(|n| known.explains_spelled(n, &phrases));
        assert!(explains("Three areas, two hours of the day, nine reports"));
        assert!(!explains("two reports") && !explains("FOUR of them"));
        assert!(
            numbers("18:00, 2026-03-31").iter().filter(|n| n.value < 100.0).all(|n| n.of_time) && !numbers("3-4").iter().any(|n| n.of_time)
        );
    }

    #[test]
    fn names_are_whole_words() {
        let names = ["Ward 3".to_owned()];
        assert_eq!(without("Ward 3, Ward 37", &names), " , Ward 37");
    }
}

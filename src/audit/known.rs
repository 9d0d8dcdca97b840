//! The numbers that a finding holds, which its sentences may tell.

use std::collections::BTreeSet;

use serde_json::Value;

use super::collected::{collect, collect_words, lengths, withheld};
use super::printed::Number;
use crate::model::shape::NoCounts;
use crate::model::{Cards, Finding, Findings};

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

    /// All numbers of one finding, in whatever field or text, and how many are in each state or class.
    pub fn of_finding(finding: &Finding) -> Self {
        let mut all = Vec::new();
        let whole = serde_json::to_value(finding).unwrap_or_default();
        collect(&whole, &mut all);
        lengths(&whole, &mut all);
        all.sort_by(f64::total_cmp);
        Self { all, small: vec![], limit: -1.0, codes: None }
    }

    pub fn of(findings: &Findings, finding: &Finding, codes: &BTreeSet<String>, cards: &Cards) -> Self {
        let (mut all, mut small) = (Vec::new(), Vec::new());
        collect(&serde_json::to_value(&finding.figures).unwrap_or_default(), &mut small);
        let about = serde_json::json!([finding.period.label(), finding.period.len(), findings.frame.period.label(), findings.policy]);
        collect(&about, &mut small);
        collect(&findings.breaks.iter().map(|b| Value::from(b.first_month.label())).collect(), &mut small);
        let NoCounts { numbers, parts, texts } = finding.body.shape().no_counts();
        small.extend(numbers);
        parts.iter().for_each(|part| collect(part, &mut small));
        texts.iter().for_each(|part| collect_words(part, &mut small));
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
    /// Whether a number that is spelled out is told elsewhere as a number, or stands so in what a method does for every study. A small one must be
    /// told as what it is; one that is large, anywhere in the finding.
    pub fn explains_spelled(&self, (value, phrase): &(f64, String), phrases: &BTreeSet<String>) -> bool {
        let told = if *value > self.limit { &self.all } else { &self.small };
        phrases.contains(phrase) || told.iter().any(|known| (known.abs() - value).abs() < 0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::super::printed::numbers;
    use super::super::spelled::spelled;
    use super::*;

    fn known(all: &[f64], small: &[f64]) -> Known {
        Known { all: all.to_vec(), small: small.to_vec(), limit: 7.0, codes: Some(["e01000001".to_owned()].into()) }
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
        assert!(explains("Three areas, two hours of the day"));
        assert!(!explains("two reports") && !explains("nine reports") && !explains("FOUR of them"));
        assert!(
            numbers("18:00, 2026-03-31").iter().filter(|n| n.value < 100.0).all(|n| n.of_time) && !numbers("3-4").iter().any(|n| n.of_time)
        );
    }
}

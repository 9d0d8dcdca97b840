//! Counts in sentences: a number before a word for what is counted must be a released count of its finding.

use std::collections::BTreeSet;

use super::numbers::counts;
use super::pack::Pack;
use crate::diagnostics::{Place, Problems};
use crate::findings::Door;

/// What counts are counts of.
const COUNTED: [&str; 22] = [
    "report",
    "reports",
    "incident",
    "incidents",
    "offence",
    "offences",
    "referral",
    "referrals",
    "victim",
    "victims",
    "survivor",
    "survivors",
    "person",
    "people",
    "woman",
    "women",
    "girl",
    "girls",
    "case",
    "cases",
    "were",
    "of",
];

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    for finding in findings.findings.iter().filter(|f| f.release.door == Door::Policy) {
        let released: BTreeSet<u64> = counts(finding).iter().filter_map(|c| c.known()).collect();
        // How many areas, months or rows there are is no secret.
        let rows = counts(finding).len() as u64;
        let texts = [&finding.headline, &finding.subtitle].into_iter().chain(&finding.sentences).chain(&finding.caveats);
        for text in texts {
            for (n, next) in numbers(text) {
                let counted = COUNTED.contains(&next.as_str());
                let harmless = released.contains(&n) || (next == "of" && n <= rows);
                if counted && !harmless {
                    let place = Place::file(pack.findings_path.clone()).at(finding.id.clone());
                    let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
                    problems.error("S321", place, "a sentence tells a count that was not released", next);
                }
            }
        }
    }
}

/// Whole numbers of a text, each with the word after it. Decimals, years and parts of words are left out, and so is what rates are for: `for each 10,000 women`.
fn numbers(text: &str) -> Vec<(u64, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let after = |i: usize| words.get(i + 1).map_or(String::new(), |w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let number = |w: &str| {
        let digits = w.trim_matches(|c: char| !c.is_ascii_digit());
        let plain = digits.chars().all(|c| c.is_ascii_digit() || c == ',');
        plain.then(|| digits.replace(',', "").parse::<u64>().ok()).flatten()
    };
    let unit = |i: usize, n: u64| i > 0 && ["each", "per"].contains(&words[i - 1]) && [100, 1_000, 10_000, 100_000].contains(&n);
    words.iter().enumerate().filter_map(|(i, w)| Some((number(w).filter(|n| !unit(i, *n))?, after(i)))).collect()
}

//! What is said of a stay and of units that can be counted: `sleeps 12`, `6 x 1 bed flats`, `maximum stay 6 months`, `no males over 14`.
//!
//! Only places that people live at have beds to count, a longest stay, and a rule for the age of sons.

use std::sync::LazyLock;

use regex::Regex;

use super::plain::{Token, tokens};

const NUMBER: &str =
    "(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|sixteen|eighteen|twenty)";

static SHAPES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let several = "(?:[2-9]|[1-9][0-9]|two|three|four|five|six|seven|eight|nine|ten|twelve)";
    let time = r"(?:nights?|weeks?|months?|years?|mths?|wks?)\b";
    let about =
        r"(?:usually|normally|typically|generally|on\s+average|up\s+to|about|around|between|limited\s+to|(?:a\s+)?max(?:imum)?(?:\s+of)?)";
    let all = [
        format!(r"\bsleeps\s+(?:up\s+to\s+)?{NUMBER}\b"),
        format!(r"\b{NUMBER}\s*[x×]\s*(?:{NUMBER}[\s-]*)?(?:bed|bedroom|bedded|family|double|single|twin|en[\s-]?suite)"),
        r"\bself[\s-]*contained\s+(?:\w+\s+)?(?:units?|flats?|apartments?|rooms?|accomm?odation|bedsits?|propert(?:y|ies)|houses?)\b"
            .to_owned(),
        format!(r"\b{several}\s+family\s+(?:rooms|suites|flats)\b"),
        format!(r"\b{NUMBER}[\s-]*bed(?:room|roomed|ded)?\s+(?:flats?|houses?|units?|apartments?|propert(?:y|ies)|refuges?)\b"),
        format!(
            r"\bstays?\s+(?:(?:is|are|can\s+be|may\s+be|of|lasts?|for)\s+)?(?:{about}\s+){{0,2}}{NUMBER}(?:\s*(?:-|to|or|and)\s*{NUMBER})?\s*{time}"
        ),
        format!(r"\b{NUMBER}[\s-]*(?:night|week|month)s?['’]?\s+(?:max(?:imum)?\s+)?stays?\b"),
        r"\b(?:max|maximum|average|usual|typical)\.?\s+(?:length\s+of\s+)?stay\b".to_owned(),
        format!(r"\b(?:live|lives|living|stay|stays|staying)\s+with\s+us\s+for\s+(?:{about}\s+)?{NUMBER}\s*{time}"),
        r"\brooms?\b[^.;]{0,40}\bstaffed\s+(?:day\s+and\s+night|24|round\s+the\s+clock|at\s+all\s+times)".to_owned(),
        format!(r"\bspaces?\s+for\s+(?:up\s+to\s+)?{NUMBER}\s+(?:families|households)\b"),
    ];
    let read = |pattern: &String| Regex::new(&format!("(?i){pattern}")).expect("a pattern of this file can be read");
    all.iter().map(read).collect()
});

/// What follows right behind, with nothing but small words between, where a visit is meant: `stay in the car park`, `family rooms for supervised contact`.
static VISIT_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    let small = r"(?:of|is|in|at|per|each|every|for|the|a|to|up|around|about|or|under|[0-9]+)";
    let visit = r"(?:minutes?|mins?|hours?|hrs?|sessions?|appointments?|clinics?|supervised|contact|car\s*park|hospital)";
    Regex::new(&format!(r"(?i)^(?:\W+{small})*\W+{visit}\b")).expect("a pattern of this file can be read")
});

/// Whether a clause counts units or speaks of how long, or with how old a son, somebody may stay.
pub(super) fn speaks_of_a_stay(clause: &str) -> bool {
    let is_stay = |found: regex::Match| {
        let before = clause[..found.start()].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        !VISIT_BEHIND.is_match(&clause[found.end()..]) && !["hospital", "parking"].contains(&before.as_str())
    };
    SHAPES.iter().any(|s| s.find_iter(clause).any(is_stay)) || has_a_rule_for_sons(&tokens(clause))
}

/// `No males over 14`; `boys over 12 cannot be accommodated`; `sons up to age 16 accepted`.
fn has_a_rule_for_sons(words: &[Token]) -> bool {
    let any = |list: &[&str]| words.iter().any(|w| list.contains(&w.word.as_str()));
    let old = words.iter().any(|w| w.word.parse::<u32>().is_ok_and(|n| (5..=17).contains(&n)));
    let refused = any(&["no", "not", "cannot", "cant", "unable"]);
    let let_in = any(&["permitted", "accommodated", "accepted", "allowed", "admitted", "taken", "accept", "admit", "take"]);
    let housed = any(&["accommodate", "accommodated", "house", "housed", "stay", "live", "reside"]);
    // `Accommodated in the crèche` is a place to play.
    let in_creche = words
        .iter()
        .enumerate()
        .any(|(at, w)| w.word == "creche" && words[at.saturating_sub(2)..at].iter().any(|b| ["in", "at"].contains(&b.word.as_str())));
    if !old || in_creche || any(&["girl", "daughter", "group", "session"]) {
        return false;
    }
    let over = any(&["over", "above", "older"]);
    any(&["son"]) && (let_in || housed) || any(&["boy", "male"]) && over && refused && (let_in || housed) || any(&["boy"]) && over && housed
}

#[cfg(test)]
mod tests;

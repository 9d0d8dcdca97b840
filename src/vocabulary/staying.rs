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
        format!(r"\bspaces?\s+for\s+(?:up\s+to\s+)?{NUMBER}\s+(?:families|households)\b"),
    ];
    let read = |pattern: &String| Regex::new(&format!("(?i){pattern}")).expect("a pattern of this file can be read");
    all.iter().map(read).collect()
});

/// Whether a clause counts units or speaks of how long, or with how old a son, somebody may stay.
pub(super) fn speaks_of_a_stay(clause: &str) -> bool {
    let small = clause.to_lowercase();
    // A stay of minutes, rooms for contact, double sessions.
    let of_a_visit = ["hour", "minute", "park", "hospital", "session", "clinic", "contact cent", "supervised contact", "crèche", "creche"];
    let of_a_visit = of_a_visit.iter().any(|w| small.contains(w));
    !of_a_visit && SHAPES.iter().any(|s| s.is_match(clause)) || has_a_rule_for_sons(&tokens(clause))
}

/// `No males over 14`; `boys over 12 cannot be accommodated`; `sons up to age 16 accepted`.
fn has_a_rule_for_sons(words: &[Token]) -> bool {
    let any = |list: &[&str]| words.iter().any(|w| list.contains(&w.word.as_str()));
    let old = words.iter().any(|w| w.word.parse::<u32>().is_ok_and(|n| (5..=17).contains(&n)));
    let refused = any(&["no", "not", "cannot", "cant", "unable"]);
    let let_in = any(&["permitted", "accommodated", "accepted", "allowed", "admitted", "taken", "accept", "admit", "take"]);
    let housed = any(&["accommodate", "accommodated", "house", "housed", "stay", "live", "reside"]);
    if !old || any(&["girl", "daughter", "group", "session", "creche"]) {
        return false;
    }
    let over = any(&["over", "above", "older"]);
    any(&["son"]) && (let_in || housed) || any(&["boy", "male"]) && over && refused && (let_in || housed) || any(&["boy"]) && over && housed
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::is_lived_in;

    #[test]
    fn units_stays_and_rules_for_sons_are_of_places_to_live() {
        for lived_in in [
            "6 x 1 bed flats",
            "5 family rooms",
            "Sleeps 12",
            "9 self contained units; housing benefit covers the rent",
            "Max stay 6 months",
            "Stay is usually 6-9 months",
            "Stays of up to twelve weeks",
            "No males over 14 permitted",
            "Boys over 12 cannot be accommodated",
            "Sons up to age 16 accepted",
            "Space for 5 families",
            "Eligible for enhanced HB (exempt accommodation)",
            "Pets are looked after while you stay",
        ] {
            assert!(is_lived_in(lived_in), "{lived_in}");
        }
        for other in [
            "Max stay in the car park 2 hours",
            "Stay and play, 6 weeks",
            "Stay in touch for 6 months",
            "Boys and girls aged 5 to 11 are accepted",
            "Men over 18 are accepted",
            "Boys over 12 have a group of their own",
            "A family room",
            "6 x double sessions",
            "2 family rooms for supervised contact",
            "Space for 5 families at each session",
            "Maximum stay of 6 sessions",
            "Sons over 11 cannot be accommodated in the crèche",
            "She sleeps 2 hours a night less",
            "Beds of flowers in the garden",
            "We work with women in hostels",
        ] {
            assert!(!is_lived_in(other), "{other}");
        }
    }
}

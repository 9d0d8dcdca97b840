//! Short remarks that keep a place back: `Redact before release`, `low-profile premises`, `you will not find us on Google`.
//!
//! Their words are those of ordinary clauses, too: circulation is of blood, people are displaced, nobody finds the door. So most of them count only where a
//! clause says nothing else.

use super::NO;

/// A clause of so many words says nothing else.
const SHORT: usize = 4;

/// Verbs by which an entry is to be kept back, at the beginning of a short clause.
const KEEP_BACK: [&str; 5] = ["redact", "suppress", "withhold", "anonymise", "embargo"];
/// Where an entry stands for everybody to find.
const LISTS: [&str; 5] = ["directory", "listing", "google", "finder", "register"];
/// What can be without a sign.
const BUILDINGS: [&str; 6] = ["premise", "building", "location", "entrance", "house", "property"];

/// Whether a clause is such a remark.
pub(super) fn is_a_short_remark(words: &[&str]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let pair = |first: &[&str], second: &[&str]| words.windows(2).any(|w| first.contains(&w[0]) && second.contains(&w[1]));
    let triple = |a: &[&str], b: &[&str], c: &[&str]| words.windows(3).any(|w| a.contains(&w[0]) && b.contains(&w[1]) && c.contains(&w[2]));
    let short = words.len() <= SHORT;
    let imperative = words.len() <= SHORT + 1 && words.first().is_some_and(|w| KEEP_BACK.contains(w)) && !has(&["your"]);
    let given_out = short && has(&["do", "dont", "never", "must"]) && pair(&["give"], &["out"]);
    let circulation = short && pair(&["restricted", "limited", "internal", "closed"], &["circulation", "distribution"]) && !has(&["blood"]);
    let hidden_from = short && pair(&["hidden"], &["from"]);
    let members = short && pair(&["member"], &["area"]) && has(&["entry"]);
    // `Not in the printed directory`: of the entry, and of nothing that a longer clause is about.
    let not_in = words.len() <= SHORT + 2 && pair(&["not"], &["in", "on"]) && has(&LISTS);
    let unfound = triple(&["will", "must", "to"], &["not"], &["find"]) && has(&["us", "it", "google"]) || has(&["unfindable"]);
    let on_google = has(&["google"]) && words.iter().any(|w| NO.contains(w)) && pair(&["on", "off"], &["google"]);
    let discreet = pair(&["low"], &["profile"]) && has(&BUILDINGS)
        || pair(&["discreet", "unmarked"], &BUILDINGS)
        || pair(&["door", "entrance", "building", "house"], &["unmarked"]);
    let blurred = has(&["blurred"]) && pair(&["street"], &["view"]);
    let exempt = pair(&["s38", "s40"], &["foi", "exempt"]) || words == ["offsen"];
    let moved = pair(&["snapped", "jittered"], &["to", "by"]) && has(&["centroid", "point", "pin", "location", "lsoa", "coordinate"]);
    imperative
        || given_out
        || circulation
        || hidden_from
        || members
        || not_in
        || unfound
        || on_google
        || discreet
        || blurred
        || exempt
        || moved
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::keeps_place_back;

    #[test]
    fn a_remark_is_heard_and_an_ordinary_clause_of_its_words_is_not() {
        for secret in [
            "Redact before release",
            "Do not give out",
            "Restricted circulation",
            "Hidden from exes",
            "Members' area entry only",
            "Not in the printed directory",
            "You will not find us on Google",
            "Perpetrators must not find it",
            "unfindable",
            "low-profile premises",
            "discreet premises",
            "House blurred on Street View",
            "Point has been snapped to LSOA centroid",
        ] {
            assert!(keeps_place_back(secret), "{secret}");
        }
        for plain in [
            "Foot care for people with restricted circulation in their legs and feet",
            "Better blood circulation",
            "Support for families displaced by war",
            "Costs are offset by grants",
            "If you can't find us, ring the bell",
            "If you cannot find it, ask a volunteer",
            "A garden hidden from the busy road",
            "Some paintings are not on view on Mondays",
            "Towels are not given out on Sundays",
            "Changing rooms are in the members' area only",
            "A high-profile venue in a listed building",
            "Not in school on Fridays",
            "We are on Google and Facebook",
            "Limited distribution of food parcels on bank holidays",
            "Do not give up, give us a ring",
        ] {
            assert!(!keeps_place_back(plain), "{plain}");
        }
    }
}

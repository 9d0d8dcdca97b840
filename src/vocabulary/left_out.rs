//! Clauses by which refuges are not in a list: `Refuges are left out`, `excluding safe houses`.

use super::plain::tokens;

/// Words of what is left out.
const LEFT: [&str; 20] = [
    "refuge",
    "safe",
    "house",
    "accommodation",
    "service",
    "woman",
    "domestic",
    "abuse",
    "address",
    "of",
    "and",
    "or",
    "their",
    "the",
    "all",
    "any",
    "other",
    "provision",
    "site",
    "for",
];
/// Words that say it after those, with a verb between.
const ARE: [&str; 7] = ["is", "are", "been", "have", "has", "was", "were"];
/// What became of them; `not listed` and `not in the directory` mark a secret, and say nothing of what is below.
const GONE: [&str; 3] = ["omitted", "excluded", "removed"];
/// Words for what is at hand.
const THIS: [&str; 8] = ["list", "file", "table", "sheet", "package", "workbook", "spreadsheet", "extract"];
/// Words that say it before.
const WITHOUT: [&str; 7] = ["exclude", "excluding", "without", "omit", "except", "minus", "no"];

/// A text without the clauses which say that confidential services are not in it. One that says anything more is kept.
///
/// ```
/// use gapmap::vocabulary::without_what_is_left_out;
/// for gone in ["Refuges are left out", "Excludes refuges.", "Refuges have been removed", "Safe houses are not in this list"] {
///     assert_eq!(without_what_is_left_out(gone).trim(), "", "{gone}");
/// }
/// assert_eq!(without_what_is_left_out("Services excluding refuges"), "service");
/// for kept in ["Not listed: refuges", "Refuges", "Refuges are listed without addresses", "Unlisted refuges", "Refuges - not in the directory", "Refuges are not listed",
///     "CONFIDENTIAL - not in this list", "Addresses of refuges were removed last"] {
///     assert_eq!(without_what_is_left_out(kept), kept);
/// }
/// ```
pub fn without_what_is_left_out(text: &str) -> String {
    text.split_inclusive(['.', ';', '!', '?', '\n', '|', '(', ')', ',']).map(kept).collect()
}

fn kept(clause: &str) -> String {
    let all = tokens(clause);
    let words: Vec<&str> = all.iter().map(|w| w.word.as_str()).collect();
    let names = |words: &[&str]| words.iter().any(|w| ["refuge", "house", "accommodation"].contains(w)) && !words.contains(&"address");
    let (subject, rest) = words.split_at(words.iter().take_while(|w| LEFT.contains(w)).count());
    let verb = rest.iter().take_while(|w| ARE.contains(w)).count();
    let is_gone = match &rest[verb..] {
        ["left", "out"] => true,
        [gone] => GONE.contains(gone),
        ["left", "out", of @ ..] | ["omitted" | "excluded" | "removed" | "not", of @ ..] => {
            matches!(of, ["from" | "in", "this", at] if THIS.contains(at))
        }
        _ => false,
    };
    if verb > 0 && names(subject) && is_gone {
        return String::new();
    }
    // From the word that says it to the end: what stands before is heard.
    let from = words.iter().position(|w| WITHOUT.contains(w));
    let is_gone = |from: &usize| names(&words[*from..]) && words[from + 1..].iter().all(|w| LEFT.contains(w));
    from.filter(is_gone).map_or_else(|| clause.to_owned(), |from| words[..from].join(" "))
}

//! Clauses by which confidential services are not in a list: `Refuges are left out`, `excluding safe houses`.

use super::plain::tokens;

/// Words of what is left out.
const LEFT: [&str; 22] = [
    "refuge",
    "safe",
    "house",
    "accommodation",
    "confidential",
    "secret",
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
/// Words that say it after those.
const ARE_NOT: [&str; 18] = [
    "is", "are", "been", "have", "has", "was", "were", "left", "out", "omitted", "excluded", "not", "listed", "included", "shown", "in",
    "here", "removed",
];
/// Words for the list.
const LIST: [&str; 9] = ["this", "list", "file", "table", "sheet", "directory", "package", "data", "the"];
/// Words that say it before.
const WITHOUT: [&str; 7] = ["exclude", "excluding", "without", "omit", "except", "minus", "no"];

/// A text without the clauses which say that confidential services are not in it. One that says anything more is kept.
///
/// ```
/// use gapmap::vocabulary::without_what_is_left_out;
/// for gone in ["Refuges are left out", "Excludes refuges.", "Refuges are not listed", "Safe houses are not in this list", "confidential services have been removed"] {
///     assert_eq!(without_what_is_left_out(gone).trim(), "", "{gone}");
/// }
/// assert_eq!(without_what_is_left_out("Services excluding refuges"), "service");
/// for kept in ["Not listed: refuges", "Refuges", "Refuges are listed without addresses", "Unlisted refuges", "Addresses of refuges were removed last"] {
///     assert_eq!(without_what_is_left_out(kept), kept);
/// }
/// ```
pub fn without_what_is_left_out(text: &str) -> String {
    text.split_inclusive(['.', ';', '!', '?', '\n', '|', '(', ')', ',']).map(kept).collect()
}

fn kept(clause: &str) -> String {
    let all = tokens(clause);
    let words: Vec<&str> = all.iter().map(|w| w.word.as_str()).collect();
    let (subject, rest) = words.split_at(words.iter().take_while(|w| LEFT.contains(w)).count());
    let says_not =
        rest.windows(2).any(|w| *w == ["left", "out"]) || rest.iter().any(|w| ["omitted", "excluded", "not", "removed"].contains(w));
    let names = |words: &[&str]| words.iter().any(|w| ["refuge", "house", "confidential", "accommodation", "secret"].contains(w));
    // An address that was removed is that of a service which is there.
    if names(subject) && !subject.contains(&"address") && says_not && rest.iter().all(|w| ARE_NOT.contains(w) || LIST.contains(w)) {
        return String::new();
    }
    // From the word that says it to the end: what stands before is heard.
    let from = words.iter().position(|w| WITHOUT.contains(w));
    let is_gone = |from: &usize| names(&words[*from..]) && words[from + 1..].iter().all(|w| LEFT.contains(w) && *w != "address");
    from.filter(is_gone).map_or_else(|| clause.to_owned(), |from| words[..from].join(" "))
}

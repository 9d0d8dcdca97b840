//! Words for all of something in one cell: a row of them holds the other rows once more.

/// What stands alone for everything.
const ALONE: [&str; 13] = [
    "all",
    "everyone",
    "everybody",
    "persons",
    "both",
    "both sexes",
    "total",
    "totals",
    "overall",
    "overall total",
    "sub total",
    "subtotal",
    "sum",
];
/// Words of which, after `all`, everything is made up: `all recorded crime`, `all women and girls`. Any other names one kind of several, as *other* does.
const OF_ALL: [&str; 62] = [
    "recorded",
    "notifiable",
    "reported",
    "police",
    "known",
    "usual",
    "of",
    "the",
    "and",
    "in",
    "by",
    "to",
    "kinds",
    "crime",
    "crimes",
    "offence",
    "offences",
    "incident",
    "incidents",
    "event",
    "events",
    "report",
    "reports",
    "record",
    "records",
    "call",
    "calls",
    "case",
    "cases",
    "category",
    "categories",
    "type",
    "types",
    "group",
    "groups",
    "person",
    "persons",
    "people",
    "resident",
    "residents",
    "client",
    "clients",
    "user",
    "users",
    "victim",
    "victims",
    "survivor",
    "survivors",
    "referral",
    "referrals",
    "women",
    "girls",
    "sexes",
    "genders",
    "ages",
    "aged",
    "age",
    "ethnic",
    "ethnicities",
    "areas",
    "wards",
    "months",
];

/// Whether a cell stands for all of something: `All persons`, `Total recorded crime (excluding fraud)`, `Sexual offences total`.
pub(crate) fn is_all_of_them(cell: &str) -> bool {
    // Most cells of a table are none: they are told by their first letters and their last.
    let cell = cell.trim().trim_end_matches(':');
    let starts = |head: &str| cell.get(..head.len()).is_some_and(|s| s.eq_ignore_ascii_case(head));
    let may_be = ["all", "total", "tot", "grand", "sub", "sum", "over", "every", "person", "both"].iter().any(|h| starts(h));
    let ends = cell.len().checked_sub(5).and_then(|at| cell.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case("total"));
    if !may_be && !ends {
        return false;
    }
    // What is left out of a total makes it none the less one.
    let lower = cell.to_lowercase();
    let plain = lower.split(['(', '[', ':', ',']).next().unwrap_or_default();
    let plain = [" excluding ", " excl ", " excl. ", " exc ", " exc. ", " including ", " incl ", " incl. "]
        .iter()
        .filter_map(|sign| plain.find(sign))
        .min()
        .map_or(plain, |at| &plain[..at]);
    let words: Vec<&str> =
        plain.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2013}' | '_' | '/')).filter(|w| !w.is_empty()).collect();
    let Some((first, rest)) = words.split_first() else { return false };
    let joined = words.join(" ");
    ALONE.contains(&joined.as_str())
        || matches!(*first, "total" | "totals")
        || (words.len() > 1 && ends && words.last() == Some(&"total"))
        || (matches!(*first, "grand" | "sub" | "overall") && matches!(rest.first(), Some(&"total" | &"totals")))
        || (*first == "all" && !rest.is_empty() && rest.iter().all(|w| OF_ALL.contains(w) || is_kind_of_all(w)))
}

/// Kinds that a heading of several names: `all sexual offences`, `all domestic abuse`. A column that holds them holds their parts beside them.
fn is_kind_of_all(word: &str) -> bool {
    matches!(
        word,
        "sexual" | "violent" | "violence" | "domestic" | "abuse" | "hate" | "vawg" | "children" | "adults" | "services" | "households"
    )
}

#[cfg(test)]
mod tests;

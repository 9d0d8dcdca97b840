//! What a text beside a table says of all that is in it, in words that say nothing of the kind of a single service: these are not for the public, women
//! live at these places, `TLP AMBER`.

use crate::vocabulary::tokens;

/// Words for the table, and for what of it tells a place.
const SUBJECTS: [&str; 27] = [
    "location",
    "address",
    "addresse",
    "whereabout",
    "postcode",
    "premise",
    "site",
    "list",
    "file",
    "sheet",
    "table",
    "data",
    "document",
    "spreadsheet",
    "workbook",
    "package",
    "entry",
    "record",
    "row",
    "detail",
    "these",
    "this",
    "below",
    "above",
    "cyfeiriad",
    "lleoliad",
    "place",
];

/// Whether a text says it of the table that it stands beside.
pub(super) fn says_so(text: &str) -> bool {
    text.split(['.', ';', '!', '?', '\n', '|']).any(|clause| {
        let words: Vec<String> = tokens(clause).into_iter().map(|t| t.word).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        is_marked_by_light(&words) || is_not_for_the_public(&words) || is_where_they_live(&words)
    })
}

/// `TLP AMBER`: by the traffic light protocol everything but white and clear stays with those who were given it.
fn is_marked_by_light(words: &[&str]) -> bool {
    words.windows(2).any(|two| two[0] == "tlp" && ["red", "amber", "green"].contains(&two[1]))
}

/// `The locations are not for the public`, `this sheet must not go on the web`. Open to the public is another thing.
fn is_not_for_the_public(words: &[&str]) -> bool {
    kept_from_the_public(words).any(|at| words[..at].iter().any(|w| SUBJECTS.contains(w)))
}

/// Where a no stands that is said of the web or of the public: `not for web`, `never online`, `non public`.
pub(super) fn kept_from_the_public(words: &[&str]) -> impl Iterator<Item = usize> {
    const NO: [&str; 6] = ["not", "never", "dont", "non", "nid", "ddim"];
    const BETWEEN: [&str; 19] = [
        "be", "to", "for", "on", "the", "our", "any", "general", "shown", "put", "go", "going", "made", "meant", "intended", "suitable",
        "released", "release", "given",
    ];
    const OUT: [&str; 8] = ["web", "website", "internet", "online", "public", "publication", "map", "facing"];
    // Public transport, a public house and a booking online are other things.
    const OTHER: [&str; 9] = ["transport", "sector", "holiday", "house", "toilet", "library", "booking", "health", "appointment"];
    (0..words.len()).filter(move |at| {
        let end = (at + 1..words.len()).find(|i| !BETWEEN.contains(&words[*i])).unwrap_or(words.len());
        NO.contains(&words[*at]) && words.get(end).is_some_and(|w| OUT.contains(w)) && words.get(end + 1).is_none_or(|w| !OTHER.contains(w))
    })
}

/// `The sites on the first sheet are where women live`, `families live at these addresses`.
fn is_where_they_live(words: &[&str]) -> bool {
    const THEY: [&str; 14] = [
        "woman",
        "family",
        "survivor",
        "victim",
        "mother",
        "girl",
        "resident",
        "people",
        "they",
        "client",
        "child",
        "household",
        "tenant",
        "person",
    ];
    const LIVE: [&str; 9] = ["live", "lives", "living", "stay", "staying", "sleep", "sleeping", "housed", "accommodated"];
    const IS: [&str; 3] = ["is", "are", "be"];
    let any = |part: &[&str], list: &[&str]| part.iter().any(|w| list.contains(w));
    let near = |from: usize, many: usize| &words[from.min(words.len())..(from + many).min(words.len())];
    let where_live = (1..words.len()).filter(|at| words[*at] == "where").any(|at| {
        // `Services near where people live` speaks of other places.
        let said = any(&words[at.saturating_sub(2)..at], &IS) && any(&words[..at], &SUBJECTS);
        said && any(near(at + 1, 3), &THEY) && any(near(at + 1, 5), &LIVE)
    });
    let live_at = (1..words.len()).filter(|at| LIVE.contains(&words[*at])).any(|at| {
        let here =
            any(near(at + 1, 2), &["at", "in"]) && any(near(at + 1, 3), &["these", "all", "those"]) && any(near(at + 1, 5), &SUBJECTS[..7]);
        here && any(&words[at.saturating_sub(2)..at], &THEY)
    });
    where_live || live_at
}

#[cfg(test)]
mod tests {
    use super::says_so;

    #[test]
    fn what_is_said_of_all_rows_is_heard_and_what_is_said_of_something_else_is_not() {
        for text in [
            "locations are not for the public",
            "These addresses must never be put on the web.",
            "This sheet is not for the public",
            "The sites on the first sheet are where women live",
            "Families live at these addresses",
            "TLP:AMBER",
            "TLP AMBER+STRICT",
        ] {
            assert!(says_so(text), "{text}");
        }
        for text in [
            "The sites are not open to the public on Sundays",
            "These places are not on public transport",
            "A list of services near where people live",
            "Services where women can stay for a coffee",
            "TLP:CLEAR",
            "All addresses are public",
            "Support for women who live in these areas",
            "The tables hold where each service is",
        ] {
            assert!(!says_so(text), "{text}");
        }
    }
}

//! What is to be taken out before others see a list, and who may hand it on: `Strip the geocode before release`, `OFFICIAL-SENSITIVE`, `pass it on to nobody`.

/// Verbs for taking something out.
const TAKE_OUT: [&str; 15] = [
    "strip", "remove", "removing", "delete", "drop", "omit", "blank", "cut", "take", "taken", "wipe", "clear", "leave", "removed",
    "stripped",
];
/// What happens to a list that others will see.
const GOES_OUT: [&str; 16] = [
    "release",
    "releasing",
    "export",
    "exporting",
    "publish",
    "publishing",
    "publication",
    "circulation",
    "circulating",
    "sharing",
    "sending",
    "uploading",
    "upload",
    "leave",
    "leaving",
    "send",
];
/// Where it is then.
const OUTSIDE: [&str; 7] = ["web", "website", "online", "public", "site", "live", "portal"];
/// Copies of a list that others see.
const COPIES: [&str; 8] = ["version", "list", "map", "directory", "copy", "register", "dataset", "site"];
/// Words for a point on a map and nothing else.
const POINTS: [&str; 9] = ["lat", "latitude", "longitude", "geocode", "coordinate", "coord", "easting", "northing", "pin"];
const NOBODY: [&str; 3] = ["nobody", "noone", "nobodies"];
const PLACES: [&str; 8] = ["street", "address", "place", "building", "location", "where", "premise", "house"];
/// Short clauses that say it, and nothing else.
const WHOLE: [&[&str]; 27] = [
    &["d", "n", "p"],
    &["n", "f", "p"],
    &["d", "n", "d"],
    &["d", "n", "m"],
    &["confid"],
    &["nomap"],
    &["no", "map"],
    &["map", "off"],
    &["sens"],
    &["o", "s"],
    &["no", "addr"],
    &["non", "public"],
    &["keep", "internal"],
    &["keep", "private"],
    &["not", "to", "be", "shared"],
    &["do", "not", "share"],
    &["do", "not", "circulate"],
    &["covert"],
    &["covert", "list"],
    &["witheld"],
    &["s38"],
    &["s40"],
    &["not", "for", "web"],
    &["not", "for", "website"],
    &["not", "for", "the", "web"],
    &["do", "not", "syndicate"],
    &["hush", "hush"],
];

/// Whether a clause says so.
pub(super) fn is_to_stay(words: &[&str]) -> bool {
    let at_of = |list: &'static [&'static str]| (0..words.len()).filter(move |at| list.contains(&words[*at]));
    let near = |from: usize, many: usize| &words[from.min(words.len())..(from + many).min(words.len())];
    let any = |part: &[&str], list: &[&str]| part.iter().any(|w| list.contains(w));
    let is_marked = words.windows(2).any(|two| two == ["official", "sensitive"]) || words.contains(&"unredacted");
    // `Remove before release`; a woman is helped before release from prison.
    let before = |at: usize| {
        near(at + 1, 9).iter().position(|w| *w == "before" || *w == "when").is_some_and(|i| {
            let rest = near(at + 2 + i, 9);
            let goes = rest.iter().position(|w| GOES_OUT.contains(w)).is_some_and(|g| rest.get(g + 1).is_none_or(|w| *w != "from"));
            goes || any(rest, &["go", "goe", "goes", "going"]) && any(rest, &OUTSIDE)
        })
    };
    let from_a_copy = |at: usize| {
        near(at + 1, 7)
            .windows(3)
            .any(|w| ["from", "in", "on"].contains(&w[0]) && ["public", "published", "open"].contains(&w[1]) && COPIES.contains(&w[2]))
            || near(at + 1, 7).windows(4).any(|w| ["from", "in", "on"].contains(&w[0]) && w[2] == "public" && COPIES.contains(&w[3]))
    };
    let of_a_point = |at: usize| any(near(at + 1, 4), &POINTS);
    let taken_out = at_of(&TAKE_OUT).any(|at| before(at) || from_a_copy(at) || of_a_point(at));
    let handed = at_of(&["pass", "passed", "hand", "give", "given", "tell", "told", "show"])
        .any(|at| any(near(at + 1, 5), &NOBODY) && words.len() < 12);
    let told_nobody = at_of(&NOBODY).any(|at| any(near(at + 1, 5), &["told", "tell", "given", "know"]) && any(near(at + 1, 9), &PLACES));
    let between_us = words
        .windows(3)
        .any(|w| ["stay", "stays", "keep", "remain"].contains(&w[0]) && w[1] == "between" && ["us", "ourselves"].contains(&w[2]));
    let instead = words.last() == Some(&"instead") && words.first().is_some_and(|w| ["show", "plot", "map", "pin"].contains(w));
    let no_premises =
        words.windows(2).any(|w| w == ["nothing", "about"]) && any(words, &PLACES) && any(words, &["published", "publish", "public"]);
    // `Not to go outside the team`; `none of the buildings may be mapped`; `our buildings are hush-hush`.
    let among = ["team", "group", "partnership", "organisation", "panel", "marac", "office", "forum"];
    let outside = at_of(&["not", "never"]).any(|at| {
        let near = near(at + 1, 9);
        any(near, &["go", "leave", "pass", "shared"]) && any(near, &["outside", "beyond"]) && any(near, &among)
    });
    let none_of = words.first() == Some(&"none")
        && any(words, &PLACES)
        && any(words, &["may", "must", "to", "can"])
        && any(words, &["mapped", "published", "disclosed", "shown"]);
    let hushed = any(words, &PLACES) && words.windows(2).any(|w| w == ["hush", "hush"]);
    is_marked
        || outside
        || none_of
        || hushed
        || taken_out
        || handed
        || told_nobody
        || between_us
        || instead
        || no_premises
        || WHOLE.contains(&words)
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::keeps_place_back;

    #[test]
    fn what_is_to_stay_is_heard_and_an_ordinary_clause_of_its_words_is_not() {
        for secret in [
            "Strip columns F and G before it leaves the building",
            "Strip the geocode before release",
            "remove lat/long when exporting",
            "omit lat long",
            "Blank out where it is before this goes on the open data site",
            "Remove from public version",
            "delete from the public list",
            "take out before sending",
            "OFFICIAL-SENSITIVE",
            "Counselling for women. OFFICIAL-SENSITIVE",
            "Pass it on to nobody",
            "Nobody is to be told the street",
            "New place must stay between us",
            "show at town hall instead",
            "Court order: nothing about the premises may be published",
            "D.N.P.",
            "confid.",
            "not to be shared",
            "Red = not to go outside the team",
            "None of the buildings of the Trust may be mapped",
            "not to be shared outside MARAC",
        ] {
            assert!(keeps_place_back(secret), "{secret}");
        }
        for plain in [
            "We visit women before release from prison",
            "Drop in before you go on holiday",
            "Drop-in on Mondays before the shops open",
            "Help to remove photos from the web",
            "Leave the station and turn left",
            "Take the bus to the public library",
            "Take part in our public events list",
            "Information is not to be shared with others without consent",
            "Official charity partner",
            "Leave a message and nobody else will hear it",
            "Come to our café instead",
            "No building work may be shown here",
            "Children must not leave the building outside school hours",
            "Show your card at the door instead of paying",
        ] {
            assert!(!keeps_place_back(plain), "{plain}");
        }
    }
}

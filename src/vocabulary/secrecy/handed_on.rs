//! Orders about an entry and about a list: what of it others are not to see, and who may hand it on. `Strip the geocode before release`, `Exclude from open
//! data`, `Not to be passed on`.
//!
//! Their words are those of every leaflet. So an order counts where a short clause holds no word that is not of such an order, or where it names what of a
//! table is to go.

/// Verbs by which an entry, or a part of it, is taken out.
const TAKE_OUT: [&str; 17] = [
    "strip", "stripped", "remove", "removed", "delete", "deleted", "drop", "dropped", "omit", "omitted", "blank", "hide", "exclude",
    "excluded", "redact", "keep", "leave",
];
/// What of a table is taken out.
const OF_A_TABLE: [&str; 10] = ["column", "row", "geocode", "coordinate", "coord", "easting", "northing", "latlong", "grid", "uprn"];
/// Where others see a list, and how it comes there.
const OUTSIDE: [&str; 18] = [
    "public",
    "publication",
    "publishing",
    "publish",
    "published",
    "release",
    "releasing",
    "export",
    "exporting",
    "version",
    "list",
    "map",
    "directory",
    "feed",
    "dataset",
    "data",
    "web",
    "website",
];
/// Verbs and nouns of handing on.
const HANDING_ON: [&str; 21] = [
    "pass",
    "passed",
    "forward",
    "forwarded",
    "distribute",
    "distributed",
    "distribution",
    "share",
    "shared",
    "sharing",
    "circulate",
    "circulated",
    "circulation",
    "display",
    "displayed",
    "syndicate",
    "syndicated",
    "publication",
    "published",
    "disclosure",
    "release",
];
const NO: [&str; 5] = ["not", "no", "never", "dont", "non"];
/// Words between them that say nothing else.
const BETWEEN: [&str; 38] = [
    "the", "this", "one", "it", "its", "to", "be", "for", "from", "in", "out", "off", "of", "on", "onward", "onwards", "open", "our",
    "please", "before", "prior", "any", "all", "do", "must", "should", "is", "with", "anyone", "outside", "marac", "entry", "record",
    "row", "and", "or", "when", "at",
];
/// So many words at most has an order that says nothing else.
const SHORT: usize = 8;
const PLACES: [&str; 8] = ["street", "address", "place", "building", "location", "where", "premise", "site"];
const WHOM: [&str; 9] = ["your", "you", "yours", "photo", "picture", "image", "client", "caller", "personal"];

/// Whole clauses that say it.
const WHOLE: [&[&str]; 34] = [
    &["no", "map", "pin"],
    &["no", "consent"],
    &["consent", "not", "given"],
    &["held", "back"],
    &["not", "advertised"],
    &["d", "n", "p"],
    &["n", "f", "p"],
    &["d", "n", "d"],
    &["d", "n", "m"],
    &["confid"],
    &["conf"],
    &["nomap"],
    &["no", "map"],
    &["map", "off"],
    &["off", "map"],
    &["sens"],
    &["o", "s"],
    &["no", "addr"],
    &["non", "public"],
    &["keep", "internal"],
    &["keep", "private"],
    &["covert"],
    &["covert", "list"],
    &["witheld"],
    &["s38"],
    &["s40"],
    &["section", "38"],
    &["section", "38", "exemption"],
    &["foi", "exempt"],
    &["foi", "exemption"],
    &["hush", "hush"],
    &["opt", "out"],
    &["under", "embargo"],
    &["need", "to", "know"],
];

/// Whether a clause says so.
pub(super) fn is_to_stay(words: &[&str]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    if has(&WHOM) {
        return false;
    }
    let all_of = |lists: [&[&str]; 3]| words.len() <= SHORT && words.iter().all(|w| lists.iter().any(|list| list.contains(w)));
    let begins = |list: &[&str]| words.first().is_some_and(|w| list.contains(w));
    // `Exclude from open data`, `remove before release`, `to be removed prior to publication`.
    let left_out = words.len() > 2
        && all_of([&TAKE_OUT, &OUTSIDE, &BETWEEN])
        && has(&TAKE_OUT)
        && has(&OUTSIDE)
        && has(&["from", "before", "prior", "in", "out", "off", "when"]);
    // `Not to be passed on`, `do not circulate`, `not for onward sharing`.
    let not_handed = words.len() > 2 && all_of([&HANDING_ON, &NO, &BETWEEN]) && has(&HANDING_ON) && has(&NO);
    let this_off = begins(&["leave"]) && words.len() <= 4 && has(&["this", "one", "it"]) && words.last() == Some(&"off");
    // `Strip columns F and G before it leaves the building`, `omit lat long`: what of a table is to go.
    let takes = words.iter().position(|w| TAKE_OUT[..13].contains(w));
    let a_part = takes.is_some_and(|at| {
        let near = &words[at + 1..(at + 5).min(words.len())];
        near.iter().any(|w| OF_A_TABLE.contains(w)) || near.windows(2).any(|w| w[0] == "lat" && w[1].starts_with("long"))
    });
    // `Blank out where it is before this goes on the open data site`.
    let where_it_is = takes.is_some_and(|at| {
        words[at..].windows(3).any(|w| w[0] == "where" && ["it", "they", "we"].contains(&w[1]) && ["is", "are"].contains(&w[2]))
    }) && has(&["before", "when"]);
    // `Pass it on to nobody`; `nobody is to be told the street`; `new place must stay between us`.
    let nobody = has(&["nobody", "noone"]) || words.windows(2).any(|w| w == ["no", "one"]);
    let handed = nobody && begins(&["pass", "hand", "forward"]) && words.len() <= SHORT;
    let told = nobody && words.windows(3).any(|w| w[0] == "to" && w[1] == "be" && w[2] == "told") && has(&PLACES);
    let between_us =
        has(&PLACES) && has(&["must", "to"]) && words.windows(2).any(|w| w == ["between", "us"]) && has(&["stay", "keep", "remain"]);
    // `Show at town hall instead`; `use ward centroid`.
    let instead = words.last() == Some(&"instead") && words.len() > 2 && begins(&["show", "plot", "map"]) && words[1] == "at";
    let centroid = begins(&["use", "snap", "show", "plot"]) && words.last().is_some_and(|w| *w == "centroid") && words.len() <= SHORT;
    // `They have opted out of the map`. `Opted out` alone is a heading, and what stands below it its answer.
    let opted = words.windows(2).any(|w| w == ["opted", "out"]) && has(&["map", "directory", "listing", "register"]);
    // `Only show the phone number`.
    let of_a_phone = ["publish", "show", "list", "only", "just", "the", "phone", "number", "name", "and", "please"];
    let phone_alone = words.iter().all(|w| of_a_phone.contains(w))
        && has(&["only", "just"])
        && has(&["phone", "number"])
        && has(&["publish", "show", "list"]);
    // `None of the buildings of the Trust may be mapped`; `nothing about the premises may be published`; `red = not to go outside the team`.
    let none_of = begins(&["none"]) && has(&PLACES) && has(&["may", "must", "to"]) && has(&["mapped", "published", "disclosed"]);
    let nothing = words.windows(2).any(|w| w == ["nothing", "about"])
        && has(&PLACES)
        && has(&["may", "must", "can"])
        && has(&["published", "publish", "public"]);
    let outside =
        words.windows(4).any(|w| w[..2] == ["not", "to"] && ["go", "leave"].contains(&w[2]) && ["outside", "beyond"].contains(&w[3]));
    left_out
        || not_handed
        || this_off
        || opted
        || phone_alone
        || a_part
        || where_it_is
        || handed
        || told
        || between_us
        || instead
        || centroid
        || none_of
        || nothing
        || outside
        || WHOLE.contains(&words)
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::keeps_place_back;

    #[test]
    fn orders_about_an_entry_are_heard() {
        for secret in [
            "Strip columns F and G before it leaves the building",
            "Strip the geocode before release",
            "remove lat/long when exporting",
            "omit lat long",
            "Blank out where it is before this goes on the open data site",
            "Remove from public version",
            "delete from the public list",
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
            "Exclude from open data",
            "Hide in the public version",
            "Not to be passed on",
            "Do not distribute",
            "Not for onward sharing",
            "To be removed prior to publication",
            "Leave this one off",
            "They have opted out of the map",
            "Publish phone number only",
            "Only show the phone number",
            "No map pin",
            "No consent",
            "Use ward centroid",
        ] {
            assert!(keeps_place_back(secret), "{secret}");
        }
    }

    #[test]
    fn ordinary_clauses_of_the_same_words_are_not() {
        let ordinary = [
            "We visit women before release from prison",
            "Drop in before you go on holiday",
            "Drop-in on Mondays before the shops open",
            "Leave the station and turn left",
            "Take the bus to the public library",
            "Take part in our public events list",
            "Information is not to be shared with others without consent",
            "Official charity partner",
            "Leave a message and nobody else will hear it",
            "Come to our café instead",
            "Show your card at the door instead of paying",
            "No building work may be shown here",
            "Children must not leave the building outside school hours",
            "Please clear up before leaving",
            "Take a leaflet when leaving",
            "Food parcels are taken out before sending",
            "Case studies are anonymised and names taken out before publication",
            "All identifying details are removed before sharing with researchers",
            "Drop in before you go online",
            "Drop in for tea before going to the library site",
            "Remove your car before the site goes into lockdown at 7pm",
            "Delete your call log before you leave the site",
            "Learn how to remove the latitude and longitude from photos before sharing them",
            "You can be removed from the public list at any time",
            "Take your PIN with you",
            "Leave a pin badge",
            "Tell nobody your PIN",
            "Nobody will know you came to the building",
            "Anything you tell us stays between us unless somebody is at risk",
            "Show a utility bill instead",
            "Pin this page or print it instead",
            "Please do not leave buggies outside the group room",
            "Group rule: what is said must not go outside the group",
            "None of the buildings can be shown as step-free yet",
            "Case papers are marked official sensitive and kept for two years",
            "Read the unredacted report on our website",
            "Clients who opted out of emails hear by post",
            "Only one phone number is needed",
            "Figures not for publication until April",
            "We take your consent before sharing anything",
        ];
        let heard: Vec<&str> = ordinary.into_iter().filter(|plain| keeps_place_back(plain)).collect();
        assert!(heard.is_empty(), "{heard:#?}");
    }
}

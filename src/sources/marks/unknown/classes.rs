//! Classes of secrecy and kinds of place of which only those that are known to be open are let through.

use super::super::heard::is_one_of;
use crate::vocabulary::{says_nothing_of_secrecy, tokens};

/// Words of a class by which everybody may know, or which say that there is none.
const OPEN_CLASSES: [&str; 41] = [
    "postal",
    "post",
    "email",
    "phone",
    "telephone",
    "public",
    "none",
    "no",
    "n",
    "low",
    "lowest",
    "open",
    "white",
    "clear",
    "everyone",
    "everybody",
    "anyone",
    "anybody",
    "all",
    "official",
    "unclassified",
    "unrestricted",
    "normal",
    "standard",
    "ordinary",
    "yes",
    "y",
    "visible",
    "true",
    "false",
    "shown",
    "general",
    "non",
    "tlp",
    "published",
    "listed",
    "nothing",
    "nil",
    "insensitive",
    "the",
    "to",
];

/// Whether a heading is one of a class of secrecy: of each value it is told whether it is an open one.
pub(super) fn is_of_a_class(heading: &str) -> bool {
    const CLASSES: [&str; 9] = ["sensitivity", "tlp", "visibility", "viewable", "circulation", "handling", "marking", "gpm", "clearance"];
    const BESIDE: [&str; 18] = [
        "level",
        "class",
        "rating",
        "label",
        "data",
        "information",
        "address",
        "location",
        "record",
        "entry",
        "status",
        "of",
        "the",
        "protective",
        "code",
        "site",
        "to",
        "instruction",
    ];
    let words = tokens(heading);
    let of_class =
        is_one_of(&words, &CLASSES) && words.iter().all(|w| CLASSES.contains(&w.word.as_str()) || BESIDE.contains(&w.word.as_str()));
    let of_access = words.len() == 2
        && is_one_of(&words, &["access", "sharing", "security", "privacy"])
        && is_one_of(&words, &["level", "tier", "class", "group"]);
    of_class || of_access
}

/// A class of secrecy that is not known to be an open one: `Sensitivity`: special category.
pub(super) fn is_unknown_class(heading: &str, value: &str) -> bool {
    let said = tokens(value);
    let is_open = said.iter().all(|w| OPEN_CLASSES.contains(&w.word.as_str()) || w.word == "0");
    let denied = said.len() == 2
        && said[0].word == "not"
        && ["sensitive", "classified", "restricted", "confidential", "marked"].contains(&said[1].word.as_str());
    // Of a door it is told how people come in: `Access level`: step-free.
    let of_a_door =
        is_one_of(&tokens(heading), &["access"]) && says_nothing_of_secrecy(value) && !value.contains(|c: char| c.is_ascii_digit());
    is_of_a_class(heading) && !of_a_door && !value.is_empty() && !is_open && !denied
}

/// What kind of place an address or a point is, where the kind is not known to be that of the service itself: `Location type`: proxy; `Address type`: care of.
pub(super) fn is_unknown_kind_of_place(heading: &str, value: &str) -> bool {
    const PLACES: [&str; 11] =
        ["address", "location", "coordinate", "coord", "point", "geocode", "pin", "position", "postcode", "premise", "marker"];
    const KINDS: [&str; 5] = ["type", "status", "class", "kind", "basis"];
    const OWN: [&str; 61] = [
        "physical",
        "postal",
        "virtual",
        "site",
        "office",
        "main",
        "branch",
        "venue",
        "community",
        "centre",
        "center",
        "delivery",
        "visiting",
        "visit",
        "public",
        "building",
        "premise",
        "hub",
        "online",
        "telephone",
        "phone",
        "exact",
        "current",
        "permanent",
        "primary",
        "secondary",
        "service",
        "clinic",
        "hospital",
        "school",
        "library",
        "hall",
        "church",
        "shop",
        "drop",
        "in",
        "and",
        "or",
        "work",
        "street",
        "rooftop",
        "verified",
        "active",
        "open",
        "full",
        "precise",
        "true",
        "one",
        "single",
        "outreach",
        "headquarter",
        "hq",
        "trading",
        "point",
        "gp",
        "surgery",
        "council",
        "address",
        "health",
        "college",
        "university",
    ];
    let words = tokens(heading);
    let said = tokens(value);
    // Beside a place of its own the heading holds no other thing: `Location of training type`.
    let of_place = is_one_of(&words, &PLACES) && is_one_of(&words, &KINDS) && words.len() <= 3;
    // How exact a point is: a town or some kilometres are not where it is.
    let geo = is_one_of(&words, &PLACES) || is_one_of(&words, &["geo", "gps"]);
    if geo && is_one_of(&words, &["precision", "accuracy", "quality", "resolution"]) && words.len() <= 3 {
        const EXACT: [&str; 14] = [
            "exact", "precise", "high", "rooftop", "building", "address", "unit", "parcel", "postcode", "full", "good", "m", "metre",
            "verified",
        ];
        return !said.iter().all(|w| EXACT.contains(&w.word.as_str()) || w.word.chars().all(|c| c.is_ascii_digit()));
    }
    of_place && !said.is_empty() && !said.iter().all(|w| OWN.contains(&w.word.as_str()) || w.word.chars().all(|c| c.is_ascii_digit()))
}

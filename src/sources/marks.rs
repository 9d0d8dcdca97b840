//! Marks of secrecy: a yes or a no under a heading that speaks of hiding or of publishing.
//!
//! A mark that cannot be read as the safe answer is taken for the other: `Confidential: see notes` hides, `Publish address: ask first` hides.

use super::record_fields::{Field, Role, WITHIN};
use crate::vocabulary::{Token, sounds_confidential, tokens};

/// Words of headings over which anything but a plain no makes a service confidential.
const SECRET: [&str; 33] = [
    "cudd",
    "preifat",
    "breifat",
    "anonymise",
    "exclude",
    "excluded",
    "protective",
    "unsafe",
    "gyfrinachol",
    "conf",
    "confidential",
    "secret",
    "private",
    "hidden",
    "hide",
    "withheld",
    "withhold",
    "sensitive",
    "undisclosed",
    "refuge",
    "restricted",
    "suppress",
    "suppressed",
    "redact",
    "redacted",
    "mask",
    "masked",
    "obscure",
    "obscured",
    "unlisted",
    "unpublished",
    "anonymised",
    "cyfrinachol",
];

/// Words of headings over which anything but a plain yes does.
const OPEN: [&str; 14] = [
    "publication",
    "publicly",
    "public",
    "publish",
    "published",
    "publishable",
    "visible",
    "visibility",
    "display",
    "displayed",
    "disclose",
    "disclosed",
    "show",
    "shown",
];

/// Words beside which those of [`OPEN`] speak of something else: public transport, the day of publishing, a name to display.
const OF_OTHER_THINGS: [&str; 20] = [
    "transport",
    "transit",
    "bus",
    "train",
    "parking",
    "toilet",
    "date",
    "day",
    "time",
    "year",
    "name",
    "title",
    "order",
    "sector",
    "liability",
    "insurance",
    "health",
    "holiday",
    "policy",
    "statement",
];

/// Words of headings over which a plain no does, and nothing else: links, days and names stand under them, too.
const ALSO_OPEN: [&str; 15] = [
    "map",
    "mapped",
    "mapping",
    "mappable",
    "share",
    "shared",
    "sharing",
    "consent",
    "consented",
    "allowed",
    "listed",
    "listing",
    "directory",
    "cyhoeddi",
    "gyhoeddi",
];
/// Plain refusals.
const REFUSALS: [&str; 15] =
    ["no", "n", "false", "0", "never", "none", "refused", "declined", "denied", "not given", "hide", "nac ydy", "na", "nage", "withdrawn"];

/// Last words of headings under which a day or a name stands: `visible from`, `published by`.
const OF_DAYS_AND_NAMES: [&str; 4] = ["on", "at", "from", "by"];

/// Plain answers of no, in English and Welsh; nothing at all is one where a heading speaks of secrecy.
const NO: [&str; 11] = ["", "-", "no", "n", "false", "0", "none", "never", "nac ydy", "na", "nage"];
/// Plain answers of yes.
const YES: [&str; 9] = ["yes", "y", "true", "1", "public", "open", "published", "ie", "ydy"];

/// Words that turn a heading round.
const NEGATIONS: [&str; 5] = ["not", "no", "non", "never", "dont"];

/// What people live in: a capacity in these is that of a place to stay.
const LODGING: [&str; 10] = ["bed", "bedroom", "bedspace", "room", "family", "flat", "household", "gwely", "gwelyau", "ystafell"];

impl Field {
    /// Whether a mark under this heading says that the service is confidential, or may say so: `address confidential`: `Y`; `publish address`: `no`.
    ///
    /// What cannot be read as the safe answer is taken for the other: `unknown`, `see notes`.
    pub fn marks_confidential(&self) -> bool {
        let value = self.value.trim().to_lowercase();
        if says_it_alone(&value) {
            return true;
        }
        let (within, last) = self.heading.rsplit_once(WITHIN).unwrap_or(("", &self.heading));
        match (self.role, last) {
            (_, "capacity_unit") => tokens(&value).iter().any(|w| LODGING.contains(&w.word.as_str())),
            (_, "confidential") => !NO.contains(&value.as_str()),
            // What is read holds words, which are read as words; but under a key of secrecy it may be the answer: `"confidential": {"value": true}`.
            (Role::Read | Role::Served, _) => hides(within, &value),
            _ => {
                hides(&self.heading, &value)
                    || does_not_publish(last, &value)
                    || refuses(&self.heading, &value)
                    || houses(last, &value)
                    || for_some_only(last, &value)
            }
        }
    }
}

/// Whether a heading speaks of secrecy, and the value under it is no plain no.
fn hides(heading: &str, value: &str) -> bool {
    let words = tokens(heading);
    let secret = says(&words, &SECRET) || sounds_confidential(heading).is_some();
    let of_secrecy = secret && !is_one_of(&words, &["policy", "statement", "agreement"]);
    of_secrecy && if is_one_of(&words, &NEGATIONS) && !says(&words, &OPEN) { !YES.contains(&value) } else { !NO.contains(&value) }
}

/// Whether a heading speaks of publishing, and the value under it is no plain yes.
fn does_not_publish(heading: &str, value: &str) -> bool {
    let words = tokens(heading);
    let of_others = is_one_of(&words, &OF_OTHER_THINGS) || words.last().is_some_and(|w| OF_DAYS_AND_NAMES.contains(&w.word.as_str()));
    let of_publishing = says(&words, &OPEN) && !of_others;
    // A day under `published` is that on which it was.
    of_publishing && !is_plain_date(value) && if is_one_of(&words, &NEGATIONS) { !NO.contains(&value) } else { !YES.contains(&value) }
}

/// Whether a plain no stands under a heading of mapping, sharing or consent.
fn refuses(heading: &str, value: &str) -> bool {
    let words = tokens(heading);
    let turned = is_one_of(&words, &NEGATIONS);
    is_one_of(&words, &ALSO_OPEN) && if turned { YES.contains(&value) } else { REFUSALS.contains(&value) }
}

/// Whether a heading speaks of people who live there, and the value under it is no plain no: `beds`: 8.
fn houses(heading: &str, value: &str) -> bool {
    let of_living = ["bed", "bedroom", "bedspace", "residential", "accommodation", "gwely", "gwelyau"];
    is_one_of(&tokens(heading), &of_living) && !NO.contains(&value)
}

/// Whether a plain yes stands under a heading such as `professionals only`.
fn for_some_only(heading: &str, value: &str) -> bool {
    is_one_of(&tokens(heading), &["only"])
        && YES.contains(&value)
        && !is_one_of(&tokens(heading), &["woman", "men", "girl", "adult", "child", "member", "female"])
}

fn is_one_of(words: &[Token], list: &[&str]) -> bool {
    words.iter().any(|w| list.contains(&w.word.as_str()))
}

/// As [`is_one_of`], and the beginning of a long word is enough: `suppression`, `publishing`.
fn says(words: &[Token], list: &[&str]) -> bool {
    let begins = |w: &Token| list.iter().any(|l| l.len() > 6 && w.word.starts_with(l) && w.word != "publisher");
    is_one_of(words, list) || words.iter().any(begins)
}

/// Whether a value is nothing but a word for secrecy.
fn says_it_alone(value: &str) -> bool {
    const WORDS: [&str; 17] = [
        "do not map",
        "do not disclose",
        "not disclosed",
        "official-sensitive",
        "confidential",
        "secret",
        "private",
        "hidden",
        "withheld",
        "undisclosed",
        "unlisted",
        "restricted",
        "not public",
        "not published",
        "not for publication",
        "do not publish",
        "cyfrinachol",
    ];
    WORDS.contains(&value)
}

/// `2026-03-31` or `31/03/2026`, and nothing else: what is taken for a date here is not looked at for a place.
fn is_plain_date(text: &str) -> bool {
    let text = text.split(['T', ' ']).next().unwrap_or("");
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [a, b, c] = parts.as_slice() else { return false };
    let (year, month, day) = if text.contains('/') { (c, b, a) } else { (a, b, c) };
    let month = year.parse().ok().zip(month.parse().ok()).and_then(|(y, m)| crate::units::Month::new(y, m));
    year.len() == 4 && month.zip(day.parse::<u32>().ok()).is_some_and(|(m, d)| (1..=m.days()).contains(&d))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Place;

    fn marks(heading: &str, value: &str) -> bool {
        let role = super::super::record_fields::role_of(heading);
        Field { place: Place::default(), role, heading: heading.into(), value: value.into() }.marks_confidential()
    }

    #[test]
    fn anything_but_the_safe_answer_is_a_mark() {
        for (heading, value) in [
            ("confidential", "unknown"),
            ("confidential › value", "true"),
            ("Do we publish it", "no"),
            ("Confidential?", "not known"),
            ("Address confidential", "see notes of 3 May 2025"),
            ("mask_exact_address", "true"),
            ("Private", "X"),
            ("Publish", "ask first"),
            ("Can we publish", "unknown"),
            ("On public map", "N"),
            ("Do not publish address", "maybe"),
            ("visible", "false"),
            ("Suppression", "full"),
            ("Any heading", "Not for publication"),
            ("not for publication", "yes"),
            ("can_be_mapped", "no"),
            ("provider consents to map", "No"),
            ("location consent", "refused"),
            ("visible_to", "professionals"),
            ("exclude_from_directory", "yes"),
            ("professionals only", "Y"),
            ("protective_marking", "OFFICIAL-SENSITIVE"),
            ("cudd", "ie"),
            ("cyhoeddi", "na"),
            ("beds", "8"),
            ("residential", "yes"),
        ] {
            assert!(marks(heading, value), "{heading}: {value}");
        }
        for (heading, value) in [
            ("confidential", "no"),
            ("organization › name", "A council"),
            ("Confidential?", ""),
            ("mask_exact_address", "false"),
            ("Publish", "Yes"),
            ("visible", "true"),
            ("visible_from", "2025-11-03"),
            ("public transport", "Bus 12"),
            ("publisher", "A council"),
            ("Date published", "2025-11-03"),
            ("display name", "Talking Room"),
            ("Confidentiality policy", "https://example.org/policy"),
            ("Do not publish address", "no"),
            ("Manager", "A person"),
            ("map", "https://example.org/"),
            ("women only", "yes"),
            ("beds", "0"),
            ("visible_to", "2027-03-31"),
            ("consent", "2025-03-31"),
        ] {
            assert!(!marks(heading, value), "{heading}: {value}");
        }
    }
}

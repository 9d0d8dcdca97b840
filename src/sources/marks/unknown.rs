//! Marks that nobody knows: an answer under a heading that may ask anything, a class that is not on the list, a sentence over two cells.
//!
//! What is not recognised may say that a place is secret: `Opted out of map`: yes; `Sensitivity`: special category; `Location type`: proxy. So it is not those that
//! say it which are listed, but those that are known to say nothing.

mod classes;
mod halves;

pub use halves::neighbours_may_say;

use classes::{is_of_a_class, is_unknown_class, is_unknown_kind_of_place};

use super::heard::is_one_of;
use super::pairs::{is_flag_label, plain_answer};
use super::words::{NEGATIONS, UNDER_A_LABEL};
use crate::diagnostics::Place;
use crate::sources::record_fields::{Field, Role, WITHIN};
use crate::vocabulary::{says_nothing_of_secrecy, tokens, types_named};

impl Field {
    /// Whether this field may say that a place is secret, for all that is known of its heading: a plain answer under words that are not
    /// known to say nothing of it; or a class that is not known.
    pub fn may_be_a_mark(&self) -> bool {
        self.is_of_an_unknown_kind() || self.is_under_an_unknown_heading()
    }

    /// Whether it is a status, a class of secrecy or a kind of place that is not known: what stands here says it, and not what it stands under.
    pub fn is_of_an_unknown_kind(&self) -> bool {
        let (named, value) = (self.named(), self.value.trim());
        is_unknown_class(named, value) || is_unknown_kind_of_place(named, value)
    }

    fn is_under_an_unknown_heading(&self) -> bool {
        let (named, value) = (self.named(), self.value.trim());
        // Of a heading that is known to speak of secrecy it is known which answer keeps back.
        let is_known = || self.says_nothing() || is_of_a_class(named) || Field::speaks_of_secrecy(named) && plain_answer(value).is_some();
        match self.role {
            Role::Read | Role::Served | Role::Phone => false,
            Role::Whereabouts if tells_where(named) => is_for_some(named, value),
            Role::Whereabouts | Role::Unread => {
                let of_signs = !named.is_empty() && tokens(named).is_empty() && is_short(value);
                (is_answer(value) || is_for_some(named, value) || speaks_of_secrecy(value) || of_signs) && !is_known()
                    || is_told_to_some(named, value)
                    || is_unknown_code(named, value)
                    || is_sign_of_living(named, value)
            }
        }
    }

    /// Whether all that it stands under is known to say nothing of secrecy: each key of those that it stands within.
    fn says_nothing(&self) -> bool {
        let named = self.named();
        let over = self.heading.strip_suffix(named).unwrap_or("").split(WITHIN).filter(|key| !key.is_empty());
        (says_nothing_of_secrecy(named) || is_a_table(named)) && over.into_iter().all(|key| is_a_table(key) || says_nothing_of_secrecy(key))
    }

    /// The last key of its heading that names anything: `"opted out": {"value": "yes"}` is said under the one before.
    pub fn named(&self) -> &str {
        let mut heading = self.heading.as_str();
        while let Some((before, key)) = heading.rsplit_once(WITHIN) {
            if !UNDER_A_LABEL.contains(&key.to_lowercase().as_str()) {
                return key;
            }
            heading = before;
        }
        heading
    }

    /// All that it stands under, as a plan names it: `opted_out/flag`.
    pub fn path(&self) -> String {
        self.heading.replace(WITHIN, "/")
    }

    /// Whether a heading speaks of secrecy, so that a yes or a no under it says that a place is secret.
    pub fn speaks_of_secrecy(heading: &str) -> bool {
        let under = |value: &str| {
            Field { place: Place::default(), role: Role::Unread, heading: heading.into(), value: value.into() }.marks_confidential()
        };
        // Of words about showing and hiding and nothing else: `Display poster` is about posters.
        is_flag_label(heading) && (under("yes") || under("no"))
    }
}

/// A heading as it is compared: its words, or its signs where it has no word.
pub fn heading_key(heading: &str) -> String {
    let words: Vec<String> = tokens(heading).into_iter().map(|t| t.word).collect();
    if words.is_empty() { heading.trim().to_owned() } else { words.join(" ") }
}

/// Tables of the standard of Open Referral: a key that is one says nothing of what stands in it.
fn is_a_table(key: &str) -> bool {
    const TABLES: [&str; 36] = [
        "service",
        "organization",
        "organisation",
        "location",
        "contact",
        "phone",
        "schedule",
        "regular schedule",
        "holiday schedule",
        "taxonomy",
        "taxonomy term",
        "attribute",
        "language",
        "address",
        "physical address",
        "postal address",
        "accessibility",
        "program",
        "cost option",
        "funding",
        "metadata",
        "unit",
        "capacity",
        "required document",
        "service area",
        "service at location",
        "url",
        "additional url",
        "additional website",
        "review",
        "eligibility",
        "link",
        "content",
        "accessibility for disability",
        "service taxonomy",
        "taxonomy detail",
    ];
    let words: Vec<String> = tokens(key).into_iter().map(|t| t.word).collect();
    TABLES.contains(&words.join(" ").as_str())
}

/// Whether a heading is one that addresses and points stand under: a place there is a place.
fn tells_where(heading: &str) -> bool {
    const PARTS: [&str; 44] = [
        "address",
        "addres",
        "addr",
        "street",
        "road",
        "postcode",
        "post",
        "postal",
        "code",
        "zip",
        "zipcode",
        "pcode",
        "town",
        "city",
        "locality",
        "village",
        "latitude",
        "lat",
        "longitude",
        "lon",
        "lng",
        "long",
        "latlong",
        "easting",
        "northing",
        "x",
        "y",
        "coordinate",
        "geometry",
        "geom",
        "wkt",
        "geojson",
        "uprn",
        "usrn",
        "lsoa",
        "msoa",
        "ward",
        "parish",
        "county",
        "region",
        "line",
        "country",
        "state",
        "province",
    ];
    let words = tokens(heading);
    !words.is_empty()
        && words.iter().all(|w| PARTS.contains(&w.word.as_str()) || w.word.chars().all(|c| c.is_ascii_digit()) || w.word.ends_with("cd"))
}

/// Whether a value is an answer that means something, with a remark or without: that a question does not apply says nothing.
fn is_answer(value: &str) -> bool {
    const NOTHING: [&str; 7] = ["n/a", "not applicable", "-", "not known", "unknown", "none", "nil"];
    const ELSEWHERE: [&str; 14] = ["oui", "non", "si", "sí", "ja", "nein", "nee", "nej", "nie", "tak", "ano", "da", "igen", "evet"];
    const FIRST: [&str; 21] = [
        "yes",
        "yep",
        "no",
        "nope",
        "not",
        "none",
        "true",
        "false",
        "agreed",
        "confirmed",
        "requested",
        "done",
        "always",
        "never",
        "ticked",
        "correct",
        "skip",
        "pulled",
        "removed",
        "off",
        "leave",
    ];
    let one_sign = || value.chars().count() == 1 && !value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '?' | '.'));
    let answer = plain_answer(value).filter(|answer| !NOTHING.contains(&answer.as_str()));
    let words = tokens(value);
    // `Yes (JS)`, `agreed in May`; `not known` is none.
    let begins = words.len() <= 5
        && words.first().is_some_and(|w| FIRST.contains(&w.word.as_str()))
        && !NOTHING.contains(&value.to_lowercase().as_str());
    answer.is_some() || one_sign() || begins || ELSEWHERE.contains(&value.to_lowercase().as_str())
}

/// Whether a value is of a word or two.
fn is_short(value: &str) -> bool {
    !value.is_empty() && tokens(value).len() <= 2
}

/// A few words of which one is of secrecy, and none of what is said there: `Colour`: red = confidential.
fn speaks_of_secrecy(value: &str) -> bool {
    const OF_TALK: [&str; 10] =
        ["advice", "support", "counselling", "help", "helpline", "session", "call", "conversation", "listening", "information"];
    let words = tokens(value);
    let secret =
        ["confidential", "secret", "restricted", "withheld", "hidden", "suppressed", "redact", "redacted", "sensitive", "embargoed"];
    words.len() <= 5 && is_one_of(&words, &secret) && !is_one_of(&words, &OF_TALK) && !is_one_of(&words, &NEGATIONS)
}

/// What only people who live somewhere have to do with, or a hall that is let: `Units`: 8; `Longest stay`: 26 weeks; `Void`: 2.
fn is_sign_of_living(heading: &str, value: &str) -> bool {
    const SIGNS: [&str; 12] =
        ["unit", "void", "stay", "rent", "tenancy", "household", "arrival", "departure", "occupancy", "vacancy", "resident", "curfew"];
    const NO: [&str; 8] = ["no", "n", "false", "none", "n/a", "-", "free", "0"];
    let words = tokens(heading);
    let cost = is_one_of(
        &words,
        &[
            "cost",
            "price",
            "business",
            "play",
            "job",
            "staff",
            "trustee",
            "volunteer",
            "delivered",
            "delivery",
            "activity",
            "reached",
            "premise",
            "office",
            "free",
        ],
    );
    let for_meetings =
        is_one_of(&tokens(value), &["meeting", "counselling", "therapy", "training", "consulting", "consultation", "interview"]);
    let rooms = !for_meetings
        && is_one_of(&words, &["room"])
        && words.iter().all(|w| ["room", "number", "of", "no", "total", "family"].contains(&w.word.as_str()));
    (is_one_of(&words, &SIGNS) && !cost || rooms) && !NO.contains(&value.to_lowercase().as_str())
}

/// Those of the trade, who may know what others may not.
const OF_THE_TRADE: [&str; 18] = [
    "staff",
    "professional",
    "practitioner",
    "agency",
    "agencies",
    "partner",
    "police",
    "marac",
    "idva",
    "isva",
    "referrer",
    "worker",
    "officer",
    "team",
    "council",
    "internal",
    "commissioner",
    "manager",
];

/// Words by which a heading says who knows.
const HOLDING: [&str; 18] = [
    "available",
    "accessible",
    "known",
    "held",
    "hold",
    "share",
    "shared",
    "seen",
    "released",
    "circulated",
    "given",
    "told",
    "disclosed",
    "issued",
    "visible",
    "shown",
    "limited",
    "viewed",
];

/// `Available to`: MARAC reps, under whatever words: those who are told are of the trade.
fn is_told_to_some(heading: &str, value: &str) -> bool {
    let words = tokens(heading);
    let told = words.len() == 2 && is_one_of(&words[..1], &HOLDING) && ["to", "by", "with"].contains(&words[1].word.as_str());
    told && tokens(value).len() <= 6 && is_one_of(&tokens(value), &OF_THE_TRADE)
}

/// `Held by`: MARAC only; `Address known to`: staff.
fn is_for_some(heading: &str, value: &str) -> bool {
    const READING: [&str; 5] = ["reader", "viewer", "recipient", "who", "audience"];
    let (words, said) = (tokens(heading), tokens(value));
    if said.len() > 6 {
        return false;
    }
    let of_the_trade = is_one_of(&said, &OF_THE_TRADE);
    let ends = words.last().is_some_and(|w| ["to", "by", "with", "for"].contains(&w.word.as_str()));
    is_one_of(&said, &["only"]) && of_the_trade
        || is_one_of(&words, &READING) && of_the_trade && said.len() <= 3
        || ends && is_one_of(&words, &HOLDING) && (of_the_trade || !is_everybody(value))
}

fn is_everybody(value: &str) -> bool {
    let said = tokens(value);
    is_one_of(&said, &["public", "everyone", "everybody", "anyone", "anybody", "all"]) && !is_one_of(&said, &NEGATIONS)
}

/// A code in capitals among flags that nobody knows: `Flag`: DNPA.
fn is_unknown_code(heading: &str, value: &str) -> bool {
    let words = tokens(heading);
    let of_flags = is_one_of(&words, &["tag", "flag", "marker", "alert", "warning", "marking"]);
    let is_code = |tag: &str| {
        let letters = tag.chars().filter(|c| c.is_alphabetic()).count();
        (1..=6).contains(&letters) && tag.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '_')) && !says_nothing_of_secrecy(tag)
            || !tag.is_empty() && letters == 0 && !tag.chars().any(|c| c.is_ascii_digit() || c == '-')
    };
    // A kind of service in so few letters is none that is known: `Category`: Acc.
    let of_kinds = words.iter().all(|w| {
        ["svc", "service", "category", "cat", "type", "kind", "code", "member", "wafe", "imkaan", "lot", "strand"]
            .contains(&w.word.as_str())
    });
    let is_kind = tokens(value).len() == 1 && (2..=4).contains(&value.chars().count()) && value.chars().all(char::is_alphabetic);
    if of_kinds
        && !words.is_empty()
        && is_kind
        && (!says_nothing_of_secrecy(value) || value.eq_ignore_ascii_case("ref"))
        && types_named(value, true).is_empty()
    {
        return true;
    }
    of_flags && value.split([';', ',', '|', '/', ' ']).map(str::trim).any(is_code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::record_fields::role_of;

    fn field(heading: &str, value: &str) -> Field {
        Field { place: Place::default(), role: role_of(heading), heading: heading.into(), value: value.into() }
    }

    #[test]
    fn what_nobody_knows_may_be_a_mark() {
        for (heading, value) in [
            ("Opted out of map", "yes"),
            ("Do not print", "Y"),
            ("Omit", "x"),
            ("Omit", "yes (JS)"),
            ("Web", "not yet"),
            ("omit › required", "true"),
            ("channels off › website", "false"),
            ("Curfew", "23:00"),
            ("Residents", "8"),
            ("Available to", "MARAC reps"),
            ("No web", "TRUE"),
            ("Export", "no"),
            ("DNPA", "✓"),
            ("🔒", "1"),
            ("", "yes"),
            ("Grid 7", "Y"),
            ("Sensitivity", "special category"),
            ("Handling", "officers"),
            ("Held by", "MARAC only"),
            ("Address known to", "staff"),
            ("Shared with", "IDVA team"),
            ("Flag", "DNPA"),
            ("Location type", "proxy"),
            ("location_type", "decoy"),
            ("Address type", "care of"),
            ("attributes › Opted out › value", "yes"),
            ("Access level", "tier 3"),
            ("Flag", "*"),
            ("*", "*"),
            ("R/S", "S"),
            ("Poufne", "tak"),
            ("Readers", "duty team"),
            ("Colour", "red = confidential"),
            ("Units", "8"),
            ("Max stay", "26 weeks"),
            ("Category", "Acc"),
            ("Geo precision", "2 km"),
            ("Sensitivity", "3"),
        ] {
            assert!(field(heading, value).may_be_a_mark(), "{heading}: {value}");
        }
    }

    #[test]
    fn what_is_known_to_say_nothing_is_none() {
        for (heading, value) in [
            ("Wheelchair accessible?", "Yes"),
            ("Crèche", "no"),
            ("Self-referral", "Y"),
            ("Evening sessions", "✓"),
            ("BSL", "1"),
            ("Women only", "yes"),
            ("Free", "TRUE"),
            ("Public transport", "yes"),
            ("Sensitivity", "low"),
            ("Sensitivity", "Not sensitive"),
            ("Visibility", "public"),
            ("Location type", "physical"),
            ("Address type", "Visiting address"),
            ("Rooms", "2 meeting rooms"),
            ("Funded by", "MOPAC"),
            ("Managed by", "Quillmere council"),
            ("Opted out", "n/a"),
            ("Remarks", "Ring the bell by the gate and wait in the hall"),
            ("organization › contacts › role", "Manager"),
            ("Address 1", "High Street"),
            ("Latitude", "53.04"),
            ("Contract manager", "A. Person"),
            ("Publish address", "yes"),
            ("Units delivered", "420"),
            ("Safe Lives member", "Yes"),
            ("Unit cost", "£80"),
            ("Meeting room", "Yes"),
            ("Stay and play", "Mondays"),
            ("Category", "Advice"),
            ("Service type", "IDVA"),
            ("Location accuracy", "10 m"),
            ("Access level", "public"),
            ("Offer", "Confidential advice"),
            ("Local code", "17"),
            ("Hearing loop fitted", "Y"),
            ("KPI 1 met", "yes"),
            ("Tags", "DV; BME; LGBT"),
            ("Trauma sensitivity training", "all staff"),
        ] {
            assert!(!field(heading, value).may_be_a_mark(), "{heading}: {value}");
        }
    }
}

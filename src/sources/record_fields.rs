//! Everything that a record of a catalogue says, field by field: what is kept of it, and what could tell where it is.
//!
//! Of a service whose place is secret only fields on a list are read. All others must be empty or known to be harmless, whatever their
//! heading: a list of headings that tell a place would always lack one.

use super::whereabouts::{is_harmless, place_in};
use crate::diagnostics::Place;
use crate::vocabulary::tokens;

/// One field of a record, as it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Where it stands: the heading or path is part of it, the value never.
    pub place: Place,
    /// What is done with it.
    pub role: Role,
    /// Its heading or key.
    pub heading: String,
    /// Its text.
    pub value: String,
}

/// What is done with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// It is read: it may hold anything but a place.
    Read,
    /// It names the areas served, which are looked at by themselves.
    Served,
    /// Its heading says that it tells a place.
    Whereabouts,
    /// It holds phone numbers.
    Phone,
    /// It is not read, so nobody knows what it holds.
    Unread,
}

/// Words of headings under which a place stands.
const WHEREABOUTS: [&str; 56] = [
    "address",
    "addres",
    "addr",
    "street",
    "road",
    "postcode",
    "post",
    "postal",
    "zip",
    "zipcode",
    "pcode",
    "pc",
    "town",
    "city",
    "locality",
    "village",
    "estate",
    "latitude",
    "lat",
    "longitude",
    "lon",
    "lng",
    "long",
    "latlong",
    "latlng",
    "x",
    "y",
    "easting",
    "northing",
    "geometry",
    "geom",
    "geo",
    "coordinate",
    "coord",
    "point",
    "wkt",
    "geojson",
    "location",
    "uprn",
    "usrn",
    "what3word",
    "w3w",
    "pluscode",
    "grid",
    "gridref",
    "lsoa",
    "msoa",
    "oa",
    "ward",
    "parish",
    "map",
    "direction",
    "transport",
    "transportation",
    "premise",
    "extent",
];

/// The role of a field that its reader has no use for, by its heading.
pub(super) fn role_of(heading: &str) -> Role {
    let words = tokens(heading);
    let says = |list: &[&str]| words.iter().any(|w| list.iter().any(|l| w.word == *l || (l.len() > 4 && w.word.starts_with(l))));
    if says(&["phone", "telephone", "tel", "mobile", "fax"]) {
        Role::Phone
    } else if says(&WHEREABOUTS) || words.iter().any(|w| w.word.ends_with("cd") && w.word.chars().any(|c| c.is_ascii_digit())) {
        Role::Whereabouts
    } else {
        Role::Unread
    }
}

/// Words of headings over which a mark makes a service confidential, unless it is a plain no.
const SECRET: [&str; 17] = [
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
    "cyfrinachol",
];
/// Words of headings over which anything but a plain yes does.
const OPEN: [&str; 9] = ["public", "publish", "published", "visible", "visibility", "display", "disclose", "disclosed", "show"];

/// Plain answers of no, in English and Welsh.
const NO: [&str; 12] = ["", "no", "n", "false", "0", "none", "never", "unknown", "not known", "nac ydy", "na", "nage"];

impl Field {
    /// Whether a mark under this heading says that the service is confidential, or may say so: `address confidential`: `Y`; `publish address`: `no`.
    ///
    /// What cannot be read as the safe answer is taken for the other.
    pub fn marks_confidential(&self) -> bool {
        let value = self.value.trim().to_lowercase();
        if matches!(self.role, Role::Read | Role::Served) && self.heading != "status" && self.heading != "capacity_unit" {
            let flag = self.heading == "confidential" && !NO.contains(&value.as_str());
            return flag || says_it_alone(&value);
        }
        let words = tokens(&self.heading);
        let has = |list: &[&str]| words.iter().any(|w| list.iter().any(|l| w.word == *l || (l.len() > 6 && w.word.starts_with(l))));
        let secret = has(&SECRET) || crate::vocabulary::sounds_confidential(&self.heading).is_some();
        let no = NO.contains(&value.as_str());
        let yes = ["yes", "y", "true", "1", "public", "open", "ie", "ydy"].contains(&value.as_str());
        // Beds, rooms and family places are what people live in.
        let lodging = self.heading == "capacity_unit"
            && tokens(&value).iter().any(|w| {
                ["bed", "bedroom", "bedspace", "room", "family", "flat", "household", "gwely", "gwelyau", "ystafell"]
                    .contains(&w.word.as_str())
            });
        let negated = words.iter().any(|w| ["not", "no", "non", "do"].contains(&w.word.as_str()));
        let is_flag = value.chars().count() <= 12 && (["0", "1"].contains(&value.as_str()) || !value.chars().any(|c| c.is_ascii_digit()));
        // `public transport` is no mark; `public`, `publish address` and `show on map` are.
        let of_place = words.len() == 1
            || has(&["address", "location", "place", "site", "map", "postcode", "profile", "listing", "record", "entry", "where", "it"]);
        (secret && !no && is_flag)
            || (has(&OPEN) && of_place && is_flag && if negated { !no } else { !yes })
            || lodging
            || says_it_alone(&value)
    }

    /// What this field tells of a place, where it tells or may tell any.
    pub fn tells(&self) -> Option<&'static str> {
        let value = self.value.trim();
        if value.is_empty() {
            return None;
        }
        match self.role {
            Role::Read | Role::Served => place_in(value),
            Role::Whereabouts if is_harmless(value) => None,
            Role::Whereabouts => Some(place_in(value).unwrap_or("something under a heading for places")),
            Role::Phone => (!is_national_number(value)).then_some("a local phone number"),
            Role::Unread if is_harmless(value) => None,
            Role::Unread => Some(place_in(value).unwrap_or("a field that is not read and may tell a place")),
        }
    }
}

/// Whether a value is nothing but a word for secrecy.
fn says_it_alone(value: &str) -> bool {
    [
        "confidential",
        "secret",
        "private",
        "hidden",
        "withheld",
        "undisclosed",
        "not public",
        "not for publication",
        "do not publish",
        "cyfrinachol",
    ]
    .contains(&value)
}

/// Whether all that a field holds is a number that is dialled alike everywhere, a mobile or a short one.
fn is_national_number(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("0044").or(digits.strip_prefix("44")).unwrap_or(&digits);
    let national = national.strip_prefix('0').unwrap_or(national);
    let shape = matches!(national.len(), 9 | 10) && national.starts_with(['3', '7', '8']);
    let words = text.chars().filter(|c| c.is_alphabetic()).count();
    words == 0 && (shape || ["999", "111", "101", "116123", "112"].contains(&digits.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_for_places_are_known_in_any_spelling_and_others_are_not_read() {
        for heading in [
            "Post Code",
            "POSTCODE",
            "Longitude",
            "lat_long",
            "what3words",
            "lsoa21cd",
            "physical_address",
            "Address1",
            "Site Address",
            "WD22CD",
            "geom",
            "X",
        ] {
            assert_eq!(role_of(heading), Role::Whereabouts, "{heading}");
        }
        assert_eq!(role_of("Telephone number"), Role::Phone);
        for heading in ["Notes", "x-vocabulary", "Manager"] {
            assert!(matches!(role_of(heading), Role::Unread | Role::Whereabouts), "{heading}");
        }
    }

    #[test]
    fn a_number_for_the_whole_country_tells_no_place() {
        assert!(is_national_number("0808 200 0247") && is_national_number("+44 7700 900123") && is_national_number("999"));
        assert!(!is_national_number("01234 567890") && !is_national_number("020 7946 0000") && !is_national_number("ask at Rowan House"));
    }
}

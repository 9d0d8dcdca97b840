//! Everything that a record of a catalogue says, field by field: what is kept of it, and what could tell where it is.
//!
//! Of a service whose place is secret only fields on a list are read. All others must be empty or known to be harmless, whatever their
//! heading: a list of headings that tell a place would always lack one.

use super::whereabouts::{is_harmless, place_in};
use crate::diagnostics::Place;
use crate::vocabulary::tokens;

/// Between the keys of a field within others: `organization › name`.
pub(super) const WITHIN: &str = " › ";
/// What a heading or a key stands under that holds a place itself, as a value does.
pub const A_HEADING: &str = "heading";

/// One field of a record, as it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Where it stands: the heading or path is part of it, the value never.
    pub place: Place,
    /// What is done with it.
    pub role: Role,
    /// Its heading or key, after those that it stands within.
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
const WHEREABOUTS: [&str; 57] = [
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
    "whatthreeword",
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

/// A heading of a table as it is looked up and read: in small letters, unless capitals part its words. `Is_Public` is `is_public`; `isPublic` stays.
pub(super) fn heading_as_read(heading: &str) -> String {
    let small = heading.to_lowercase();
    let plain = |text: &str| tokens(text).into_iter().map(|t| t.word).collect::<Vec<_>>();
    if plain(heading) == plain(&small) { small } else { heading.to_owned() }
}

/// The role of a field that its reader has no use for, by its heading.
pub(super) fn role_of(heading: &str) -> Role {
    let mut words = tokens(heading);
    // Capitals part words, and stand within them: `hideAddress`, `PostCode`.
    words.extend(tokens(&heading.to_lowercase()));
    let says = |list: &[&str]| words.iter().any(|w| list.iter().any(|l| w.word == *l || (l.len() > 4 && w.word.starts_with(l))));
    if says(&["phone", "telephone", "tel", "mobile", "fax"]) {
        Role::Phone
    } else if says(&WHEREABOUTS) || words.iter().any(|w| w.word.ends_with("cd") && w.word.chars().any(|c| c.is_ascii_digit())) {
        Role::Whereabouts
    } else {
        Role::Unread
    }
}

/// Whether a heading is of words for places and of nothing else: what stands under it is a place, `Address 1`, and no remark on it, `Address known to`.
pub(super) fn names_only_a_place(heading: &str) -> bool {
    const BESIDE: [&str; 7] = ["code", "line", "county", "region", "country", "state", "province"];
    let words = tokens(heading);
    let is_place = |word: &str| WHEREABOUTS.contains(&word) || BESIDE.contains(&word) || word.ends_with("cd");
    !words.is_empty() && words.iter().all(|w| is_place(&w.word) || w.word.chars().all(|c| c.is_ascii_digit()))
}

impl Field {
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

impl Field {
    /// Whether this field tells a place, and not only may: of one that is not read that is not known.
    pub fn tells_a_place(&self) -> bool {
        match self.role {
            Role::Whereabouts => self.tells().is_some(),
            Role::Read | Role::Served | Role::Unread => place_in(&self.value).is_some(),
            Role::Phone => false,
        }
    }
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
mod tests;

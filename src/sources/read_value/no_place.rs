//! The many ways in which tables say that the place of a row is not known: `No location recorded`, `Ward not stated`, `Unmatched postcode`.

use super::says_nothing;

/// Words that deny.
const DENYING: [&str; 18] = [
    "no",
    "not",
    "unknown",
    "missing",
    "without",
    "blank",
    "invalid",
    "unspecified",
    "unallocated",
    "unassigned",
    "unmapped",
    "unmatched",
    "unrecorded",
    "unstated",
    "unlocated",
    "undefined",
    "unavailable",
    "unidentified",
];
/// What they deny.
const DENIED: [&str; 38] = [
    "location",
    "locations",
    "place",
    "area",
    "ward",
    "lsoa",
    "msoa",
    "borough",
    "district",
    "postcode",
    "address",
    "geography",
    "geocode",
    "coordinates",
    "grid",
    "reference",
    "code",
    "name",
    "data",
    "information",
    "details",
    "value",
    "recorded",
    "stated",
    "given",
    "known",
    "provided",
    "supplied",
    "available",
    "found",
    "matched",
    "mapped",
    "geocoded",
    "located",
    "allocated",
    "assigned",
    "captured",
    "specified",
];
/// What may stand between them.
const BETWEEN: [&str; 9] = ["is", "was", "a", "the", "of", "or", "could", "be", "yet"];

/// Whether a text says that a place is not known, in whatever words: one that denies, and none that could be a name.
pub(in crate::sources) fn says_no_place(text: &str) -> bool {
    if says_nothing(text) {
        return true;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is = |list: &[&str], w: &&str| list.contains(w);
    words.iter().any(|w| is(&DENYING, w)) && words.iter().all(|w| is(&DENYING, w) || is(&DENIED, w) || is(&BETWEEN, w))
}

#[cfg(test)]
mod tests {
    use super::says_no_place;

    #[test]
    fn places_that_nobody_knows_and_names_of_places() {
        for text in [
            "No location recorded",
            "Location not recorded",
            "Ward not stated",
            "Unmatched postcode",
            "(blank)",
            "No LSOA",
            "not known",
            "-",
        ] {
            assert!(says_no_place(text), "{text}");
        }
        // No Man's Heath is a village; places outside the study are known.
        for text in ["No Man's Heath", "Place", "Outside the area", "Out of area", "Notting Hill", "All wards", "E01000001", "Missing Link"]
        {
            assert!(!says_no_place(text), "{text}");
        }
    }
}

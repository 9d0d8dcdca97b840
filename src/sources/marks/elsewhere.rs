//! Points that are shown where a service is not: a pin that is fuzzed, coordinates of a centroid.

use super::heard::is_one_of;
use crate::vocabulary::tokens;

/// Whether a heading speaks of a mark on a map or of how exact it is, and the value says that it is not shown where it is.
pub(super) fn shows_elsewhere(heading: &str, value: &str) -> bool {
    const ELSEWHERE: [&str; 29] = [
        "fuzzed",
        "fuzzy",
        "obfuscated",
        "deliberate",
        "dummy",
        "fake",
        "scrambled",
        "redacted",
        "anonymised",
        "altered",
        "secret",
        "confidential",
        "hidden",
        "suppressed",
        "moved",
        "removed",
        "off",
        "blurred",
        "offset",
        "obscured",
        "reduced",
        "deliberately",
        "masked",
        "jittered",
        "withheld",
        "centroid",
        "not",
        "randomised",
        "shifted",
    ];
    let words = tokens(heading);
    let of_map = is_one_of(&words, &["pin", "map", "marker", "geocode", "plot", "coordinate", "coord", "latitude", "longitude"])
        || is_one_of(&words, &["geoprecision", "geoaccuracy"])
        || is_one_of(&words, &["accuracy", "precision"]) && is_one_of(&words, &["location", "position", "point", "geo"]);
    of_map && is_one_of(&tokens(value), &ELSEWHERE)
}

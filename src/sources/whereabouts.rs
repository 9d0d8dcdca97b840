//! Whether a text could tell where something is: looked at as a text, whatever its heading says.
//!
//! Used on records whose place is secret. A false alarm costs a look at one record; a miss can cost a life. So the shapes are wide.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::vocabulary::{as_latin, is_invisible};

/// A shape of text that tells a place, and what to call it.
struct Shape {
    what: &'static str,
    pattern: Regex,
}

/// Kinds of street by which a name before them is that of a street.
const STREETS: &str = "street|road|rd|avenue|ave|lane|crescent|terrace|drive|mews|grove|close|gardens|court|square|stryd|heol|ffordd|lôn|rhodfa|boulevard|parade|cul-de-sac";
/// Words before a kind of street that make no name of it.
const NO_NAMES: [&str; 26] = [
    "the", "a", "an", "on", "in", "off", "to", "your", "our", "their", "my", "every", "this", "that", "by", "of", "and", "or", "for",
    "from", "long", "it", "we", "very", "too", "at",
];

/// A pattern of this file. One that cannot be read would look for nothing: it must not pass in silence, and the tests read each.
fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file can be read")
}

static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let shape = |what, pattern: &str| Shape { what, pattern: constant(pattern) };
    let all = [
        // In one or two parts, in any case, with any mark between.
        shape("a postcode", r"(?i)\b[a-z]{1,2}[0-9][a-z0-9]?[\s.,_\-–—/+]*[0-9][abd-hjlnp-uw-z]{2}\b"),
        // Letter by letter.
        shape(
            "a postcode",
            r"(?i)\b(?:[a-z][\s.\-]+){1,2}[0-9][\s.\-]+(?:[a-z0-9][\s.\-]+)?[0-9][\s.\-]+[abd-hjlnp-uw-z][\s.\-]+[abd-hjlnp-uw-z]\b",
        ),
        shape("a postcode", r"\bGIR\s*0AA\b"),
        shape(
            "a postcode district",
            r"\b(?:AB|AL|B[ABDHLNRST]|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]|F[KY]|G[LUY]|H[ADGPRSUX]|I[GPV]|K[ATWY]|L[ADELNSU]|M[EKL]|N[EGNPRW]|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]|T[ADFNQRSW]|UB|W[ACDFNRSV]|YO|ZE)[0-9]{1,2}[A-Z]?\b",
        ),
        shape("a grid reference", r"(?i)\b[hnost][a-hj-z]\s*[0-9]{2,5}[\s,]*[0-9]{2,5}\b"),
        shape("a grid reference", r"(?i)\b[0-9]{1,2}[c-x][a-hj-z]{2}\s*[0-9]{2,5}\s*[0-9]{2,5}\b"),
        // A number with three decimals or more is finer than any count.
        shape("coordinates", r"[0-9]\.[0-9]{3,}\b|[0-9],[0-9]{4,}\b"),
        shape("coordinates", r#"[0-9]\s*[°º˚]|[0-9]\s*['′’]\s*[0-9.]+\s*["″”]?\s*[nsewNSEW]\b"#),
        shape("coordinates", r"(?i)\b(?:lat|lon|lng|long|latitude|longitude|easting|northing|eastings|northings)\b\W{0,3}-?[0-9]"),
        shape("coordinates", r"\b[0-9]{5,7}(?:\.[0-9]+)?[\s,;/|]+[0-9]{5,7}(?:\.[0-9]+)?\b"),
        shape("a UPRN", r"(?i)\buprn\b|\b[1-9][0-9]{10,11}\b"),
        shape("a plus code", r"(?i)\b[23456789cfghjmpqrvwx]{4,8}\+[23456789cfghjmpqrvwx]{2,3}\b"),
        shape("a what3words address", r"///|(?i)\bw3w\b|what3words"),
        shape("a link to a map", r"(?i)\bmaps?\.|/maps?\b|goo\.gl|openstreetmap|\bosm\.org|streetmap|\bgeo:|/@-?[0-9]"),
        shape("a small-area code", r"(?i)\b[ewsn](?:00|01|02|04|05|13|14|30|33|34|35|36)[0-9]{6}\b"),
        shape("a house number", r"(?i)\b(?:flat|apartment|apt|unit|suite|room|house)\s*(?:no\.?|number|#)?\s*[0-9]+[a-z]?\b"),
        shape("a PO box", r"(?i)\bp\.?\s*o\.?\s*box\b"),
        shape("a local phone number", r"(?:\+\s*44|\b0044|\(?\b0)\s*\(?0?\)?\s*[12][0-9](?:[\s\-().]*[0-9]){7,8}\b"),
    ];
    all.into()
});

static STREET: LazyLock<Regex> = LazyLock::new(|| constant(&format!(r"(?i)\b([\p{{L}}0-9'’.\-]+)\s+(?:{STREETS})\b")));
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    constant(&format!(
        r"(?i)\b[0-9]+[a-z]?\s*,?\s+(?:[\p{{L}}'’.\-]+\s+){{1,3}}(?:{STREETS}|st|way|place|row|hill|walk|green|park|view|rise|yard|wharf|gate|house|lodge|cottage|buildings?)\b"
    ))
});
static THREE_WORDS: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?:^|[\s,;(])(\p{L}{3,})[.。·](\p{L}{3,})[.。·](\p{L}{3,})(?:$|[\s,;)!?]|\.(?:$|\s))"));

/// What a text tells of a place; `None` where it tells none.
///
/// A postcode in any spelling, a grid reference, coordinates, a UPRN, a plus code, three words of what3words, a street, a house number,
/// a link to a map, the code of a small area, a local phone number.
pub(super) fn place_in(text: &str) -> Option<&'static str> {
    // Full-width and styled letters are the plain ones; what nobody sees parts nothing.
    let plain: String = text.nfkc().filter(|c| !is_invisible(*c)).map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
    let found = place_in_plain(&plain);
    // Letters that only look Latin hide no postcode, digits of another script no number.
    found.or_else(|| (!plain.is_ascii()).then(|| place_in_plain(&as_latin(&plain))).flatten())
}

fn place_in_plain(text: &str) -> Option<&'static str> {
    let text = without_harmless(text);
    let shape = SHAPES.iter().find(|s| s.pattern.is_match(&text)).map(|s| s.what);
    shape.or_else(|| street(&text).then_some("a street")).or_else(|| three_words(&text).then_some("a what3words address"))
}

/// A text without what has the shape of a place and is none: days, times, ids in hexadecimal, codes of authorities.
fn without_harmless(text: &str) -> String {
    static HARMLESS: LazyLock<Regex> = LazyLock::new(|| {
        let uuid = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
        let day =
            r"\b(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:[T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?:Z|[+\-][0-9:]+)?)?\b";
        let wide = r"\b[EWSN](?:06|07|08|09|10|11|12|47|92)[0-9]{6}\b";
        constant(&format!("{uuid}|{day}|{wide}"))
    });
    HARMLESS.replace_all(text, " ").into_owned()
}

fn street(text: &str) -> bool {
    let named = STREET.captures_iter(text).any(|c| {
        let before = &c[1];
        let name = before.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        name && !NO_NAMES.contains(&before.to_lowercase().as_str())
    });
    named || NUMBERED.is_match(text)
}

/// Three words with dots between that are no name of a host: `filled.count.soap`.
fn three_words(text: &str) -> bool {
    const HOSTS: [&str; 18] = [
        "uk", "org", "com", "net", "gov", "info", "wales", "cymru", "london", "eco", "charity", "support", "help", "online", "www", "html",
        "php", "aspx",
    ];
    THREE_WORDS.captures_iter(text).any(|c| !HOSTS.contains(&&c[3]) && !HOSTS.contains(&&c[1]))
}

/// Whether a text is known to tell no place, whatever stands over it: nothing, yes or no, a day, an id in hexadecimal, a word for absence.
pub(super) fn is_harmless(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "",
        "-",
        "–",
        "yes",
        "no",
        "y",
        "n",
        "true",
        "false",
        "null",
        "none",
        "nil",
        "n/a",
        "na",
        "unknown",
        "not known",
        "not applicable",
        "not stated",
        "confidential",
        "withheld",
        "undisclosed",
        "active",
        "inactive",
        "online",
    ];
    let text = text.trim();
    WORDS.contains(&text.to_lowercase().as_str()) || (without_harmless(text).trim().is_empty() && place_in(text).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_any_spelling_are_seen() {
        for place in [
            "AB1 2XY",
            "ab12xy",
            "AB1-2XY",
            "A B 1 2 X Y",
            "in QM11AA",
            "ＡＢ１ ２ＸＹ",
            "AB1\u{200b}2XY",
            "TQ 3012 8034",
            "SE123456",
            "53.0432, 0.4183",
            "53,0432",
            "53°02'35\"N",
            "lat 53",
            "545231 351122",
            "100023336956",
            "9C4W2V5P+XR",
            "///filled.count.soap",
            "filled.count.soap",
            "12 Acacia Avenue",
            "Acacia Road",
            "Flat 3",
            "12a, the old mill house",
            "https://maps.example.org/x",
            "https://goo.gl/abc",
            "E01017540",
            "E05000123",
            "call 01234 567890",
            "+44 1234 567890",
            "PO Box 12",
            "\u{410}\u{412}1 2\u{425}Y",
            "\u{665}\u{663}.\u{660}\u{664}\u{663}\u{662}",
            "NR3",
        ] {
            assert!(place_in(place).is_some(), "{place}");
        }
    }

    #[test]
    fn what_a_catalogue_says_of_a_refuge_is_no_place() {
        for plain in [
            "Refuge for women and their children",
            "8 family places",
            "Women aged 16 to 25 by referral",
            "E06990001",
            "2027-03-31",
            "2025-11-03T10:00:00Z",
            "info@example.org",
            "https://www.northwold.example.org.uk/help",
            "Mo-Fr 09:00-17:00; PH off",
            "0808 200 0247",
            "0.5 FTE",
            "3.75",
            "1,250",
            "street outreach",
            "On the road to recovery",
            "24/7",
            "7f9c24e8-3b12-4fef-91e0-12a3b4c5d6e7",
            "16+",
            "Quillmere Council",
            "http://statistics.data.gov.uk/id/statistical-geography/E06990001",
            "Black and minoritised",
        ] {
            assert_eq!(place_in(plain), None, "{plain}");
        }
        assert!(is_harmless("N/A") && is_harmless("2027-03-31") && !is_harmless("Rowan House") && !is_harmless("53"));
    }
}

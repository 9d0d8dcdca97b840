//! Whether a text could tell where something is: looked at as a text, whatever its heading says.
//!
//! Used on records whose place is secret. A false alarm costs a look at one record; a miss can cost a life. So the shapes are wide.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::vocabulary::{as_latin, decoded, is_invisible};

/// A shape of text that tells a place, and what to call it.
struct Shape {
    what: &'static str,
    pattern: Regex,
}

/// Kinds of street by which a name before them is that of a street.
const STREETS: &str = "street|road|rd|avenue|ave|lane|crescent|terrace|drive|mews|grove|close|gardens|court|square|stryd|heol|ffordd|lôn|rhodfa|boulevard|parade|cul-de-sac";
/// Of these also a name in small letters is one; `family court` and `keep close` are none.
const SURE_STREETS: [&str; 9] = ["street", "road", "rd", "avenue", "lane", "crescent", "terrace", "mews", "boulevard"];
/// Squares of 100 km of the British National Grid.
const SQUARES: &str = "HP|HT|HU|HW|HX|HY|HZ|NA|NB|NC|ND|NF|NG|NH|NJ|NK|NL|NM|NN|NO|NR|NS|NT|NU|NW|NX|NY|NZ|OV|SC|SD|SE|SH|SJ|SK|SM|SN|SO|SP|SR|SS|ST|SU|SV|SW|SX|SY|SZ|TA|TF|TG|TL|TM|TQ|TR|TV";
/// An easting and a northing of as many digits.
const EASTING_NORTHING: &str = r"[0-9]{2}[\s,]*[0-9]{2}|[0-9]{3}[\s,]*[0-9]{3}|[0-9]{4}[\s,]*[0-9]{4}|[0-9]{5}[\s,]*[0-9]{5}";
/// Words before a kind of street that make no name of it.
const NO_NAMES: [&str; 36] = [
    "the", "a", "an", "on", "in", "off", "to", "your", "our", "their", "my", "every", "this", "that", "by", "of", "and", "or", "for",
    "from", "long", "it", "we", "very", "too", "at", "any", "one", "each", "home", "open", "wrong", "same", "whole", "with", "across",
];

/// A pattern of this file. One that cannot be read would look for nothing: it must not pass in silence, and the tests read each.
fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file can be read")
}

static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let shape = |what, pattern: &str| Shape { what, pattern: constant(pattern) };
    let all = [
        // Letter by letter.
        shape(
            "a postcode",
            r"(?i)\b(?:[a-z][\s.\-]+){1,2}[0-9][\s.\-]+(?:[a-z0-9][\s.\-]+)?[0-9][\s.\-]+[abd-hjlnp-uw-z][\s.\-]+[abd-hjlnp-uw-z]\b",
        ),
        shape("a postcode", r"\bGIR\s*0AA\b"),
        shape(
            "a postcode district",
            r"\b(?:AB|AL|B[ABDHLNRST]|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]|F[KY]|G[LUY]|H[ADGPRSUX]|I[GPV]|K[ATWY]|L[ADELNSU]|M[EKL]|N[EGNPRW]|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]|T[ADFNQRSW]|UB|W[ACDFNRSV]|YO|ZE)[0-9]{1,2}[A-Z]?\b|\b(?:[Ii]n|[Nn]ear|[Aa]round|[Aa]rea|[Oo]f|[Aa]t)\s+(?:[BEGLMN][0-9]{1,2}|W[0-9]{1,2}[A-Z]?|E1W|N1C)\b",
        ),
        shape("a grid reference", &format!(r"\b(?:{SQUARES})[\s:]*(?:{EASTING_NORTHING})\b")),
        // Small letters only where nothing parts them from the digits: `to 2027` is no place.
        shape(
            "a grid reference",
            &format!(r"(?i)\b(?:{SQUARES})(?:[0-9]{{3}}\s?[0-9]{{3}}|[0-9]{{4}}\s?[0-9]{{4}}|[0-9]{{5}}\s?[0-9]{{5}})\b"),
        ),
        shape("a grid reference", r"(?i)\b[0-9]{1,2}[c-x][a-hj-z]{2}\s*[0-9]{2,5}\s*[0-9]{2,5}\b"),
        // A number with three decimals or more is finer than any count.
        shape("coordinates", r"[0-9]\.[0-9]{3,}\b|[0-9],[0-9]{4,}\b"),
        shape("coordinates", r#"[0-9]\s*[°º˚]|[0-9]\s*['′’]\s*[0-9.]+\s*["″”]?\s*[nsewNSEW]\b"#),
        shape("coordinates", r"(?i)\b(?:lat|lon|lng|long|latitude|longitude|easting|northing|eastings|northings)\b\W{0,3}-?[0-9]"),
        shape("coordinates", r"\b[0-9]{5,7}(?:\.[0-9]+)?[\s,;/|]+[0-9]{5,7}(?:\.[0-9]+)?\b"),
        shape(
            "a UPRN",
            r"(?i)\b(?:[12][0-9]{2}(?:[\s\-][0-9]{3}){3}|10[01][0-9](?:[\s\-][0-9]{4}){2})\b|\buprn\b|\b(?:[1-35-9][0-9]{10,11}|4[0-9]{10}|4(?:[0-35-9][0-9]|4[0-24-69])[0-9]{9})\b",
        ),
        shape("a plus code", r"(?i)\b[23456789cfghjmpqrvwx]{4,8}\+[23456789cfghjmpqrvwx]{2,3}\b"),
        shape("a what3words address", r"///|(?i)\bw3w\b|what3words"),
        shape(
            "a link to a map",
            r"(?i)\bmaps?\.|/maps?\b|goo\.gl|\bg\.(?:page|co)/|plus\.codes|\bwaze\.com|citymapper|openstreetmap|\bosm\.org|streetmap|\bgeo:|/@-?[0-9]",
        ),
        shape("a small-area code", r"(?i)\b[ewsn](?:00|01|02|04|05|13|14|30|33|34|35|36)[0-9]{6}\b"),
        // As the census names them: `Luton 023C`, `Quillmere 002`.
        shape("the name of a small area", r"\b\p{Lu}\p{L}+\s+[0-9]{3}[A-Z]?\b"),
        // What a place stands beside tells it; `over the phone` and `above the age` are none.
        shape(
            "directions to a place",
            r"(?i)\b(?:opposite|opp\.|next\s+(?:door\s+)?to|adjacent\s+to|on\s+the\s+corner\s+of|[0-9]+\s*(?:m|metres?|yards?|yds|miles?|minutes?)\s+(?:\w+\s+)?(?:of|from))\s+(?:the|st|a|our)\b",
        ),
        shape(
            "directions to a place",
            r"\b(?:[Oo]n the corner of|[Nn]ext to|[Oo]pposite|[Ii]n)\s+(?:[A-Z]\w+\s+)+(?:ward|estate|village|quay|square|road)\b|\b[Oo]n the corner of\s+[A-Z]",
        ),
        shape("a number of a building or plot", r"(?i)\b(?:usrn|toid|osgb|mpan|title\s+(?:no|number))\b"),
        shape("a PO box", r"(?i)\bp\.?\s*o\.?\s*box\b"),
        shape("a local phone number", r"(?:\+\s*44|\b0044|\(?\b0)\s*\(?0?\)?\s*[12][0-9](?:[\s\-().]*[0-9]){7,8}\b"),
    ];
    all.into()
});

/// In one or two parts, in any case, with any mark between.
static POSTCODE: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?i)\b([a-z]{1,2})[0-9][a-z0-9]?[^a-z0-9]{0,3}([0-9][abd-hjlnp-uw-z]{2})\b"));
static HOUSE: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?i)\b(?:flat|apartment|apt|unit|suite|room|house)\s*(?:no\.?|number|#)?\s*[0-9]+[a-z]?\b"));
static STREET: LazyLock<Regex> = LazyLock::new(|| constant(&format!(r"(?i)\b([\p{{L}}0-9'’.\-]+)\s+({STREETS})\b")));
/// In Welsh the name comes after: `Heol y Bont`.
static HEOL: LazyLock<Regex> = LazyLock::new(|| constant(r"(?i)\b(?:stryd|heol|ffordd|lôn|rhodfa)\s+\p{L}"));
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    constant(&format!(
        r"(?i)\b[0-9]+[a-z]?\s*,?\s+(?:[\p{{L}}'’.\-]+\s+){{1,3}}(?:{STREETS}|st|way|place|row|hill|walk|green|park|view|rise|yard|wharf|gate|house|lodge|cottage|buildings?)\b"
    ))
});
static DOTTED: LazyLock<Regex> = LazyLock::new(|| constant(r"\p{L}+(?:[.。·]\p{L}+){2,}"));

/// What a text tells of a place; `None` where it tells none.
///
/// A postcode in any spelling, a grid reference, coordinates, a UPRN, a plus code, three words of what3words, a street, a house number,
/// a link to a map, the code of a small area, a local phone number.
pub(crate) fn place_in(text: &str) -> Option<&'static str> {
    // Full-width and styled letters are the plain ones; what nobody sees parts nothing.
    let plain = |text: &str| -> String {
        text.nfkc().filter(|c| !is_invisible(*c)).map(|c| if matches!(c, '\u{a0}' | '_') { ' ' } else { c }).collect()
    };
    let read = decoded(text).and_then(|text| place_in_plain(&plain(&text)));
    let plain = plain(text);
    let found = read.or_else(|| place_in_plain(&plain));
    // Letters that only look Latin hide no postcode, digits of another script no number.
    found.or_else(|| (!plain.is_ascii()).then(|| place_in_plain(&as_latin(&plain))).flatten())
}

/// Whether a text tells one exact place: a name of a plan may hold that of a street, a district or a host, and no postcode, house or point.
pub fn tells_an_exact_place(text: &str) -> bool {
    let plain = without_harmless(text);
    if postcode(&plain) || house(&plain) {
        return true;
    }
    match place_in(text) {
        None | Some("a postcode district" | "a what3words address" | "a link to a map") => false,
        Some("a street") => NUMBERED.is_match(&plain),
        // `SE 2025` is a year in the south-east.
        Some("a grid reference") => plain.chars().filter(char::is_ascii_digit).count() >= 6,
        Some(_) => true,
    }
}

fn place_in_plain(text: &str) -> Option<&'static str> {
    let text = without_harmless(text);
    let shape = SHAPES.iter().find(|s| s.pattern.is_match(&text)).map(|s| s.what);
    type Test = fn(&str) -> bool;
    let others: [(Test, &'static str); 4] =
        [(postcode, "a postcode"), (house, "a house number"), (street, "a street"), (three_words, "a what3words address")];
    shape.or_else(|| others.iter().find(|(is_in, _)| is_in(&text)).map(|o| o.1))
}

/// A postcode, but no `A1 1st floor`: what ends like an ordinal must begin with the letters of a real area.
fn postcode(text: &str) -> bool {
    const ONE_LETTER: [&str; 8] = ["b", "e", "g", "l", "m", "n", "s", "w"];
    POSTCODE.captures_iter(text).any(|c| {
        let (area, inward) = (c[1].to_lowercase(), c[2].to_lowercase());
        let ordinal = matches!((&inward[..1], &inward[1..]), ("1", "st") | ("2", "nd") | ("3", "rd") | (_, "th"));
        !ordinal || area.len() > 1 || ONE_LETTER.contains(&area.as_str())
    })
}

/// `Flat 3`, but no `house 2 days a week` and no `Unit 24/7`.
fn house(text: &str) -> bool {
    const COUNTED: [&str; 24] = [
        "day",
        "night",
        "week",
        "month",
        "year",
        "hour",
        "minute",
        "famil",
        "women",
        "woman",
        "people",
        "person",
        "child",
        "adult",
        "resident",
        "household",
        "bed",
        "survivor",
        "girl",
        "time",
        "to",
        "or",
        "unit",
        "room",
    ];
    HOUSE.find_iter(text).any(|m| {
        let rest = text[m.end()..].trim_start().to_lowercase();
        !rest.starts_with(['/', '%', '-', '–', ':']) && !COUNTED.iter().any(|w| rest.starts_with(w))
    })
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
        let (before, kind) = (&c[1], c[2].to_lowercase());
        let name = before.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        (name || SURE_STREETS.contains(&kind.as_str())) && !NO_NAMES.contains(&before.to_lowercase().as_str())
    });
    named || HEOL.is_match(text) || NUMBERED.is_match(text)
}

/// Three words with dots between that are no name of a host: `filled.count.soap`. More than three may hold them anywhere.
fn three_words(text: &str) -> bool {
    const HOSTS: [&str; 18] = [
        "uk", "org", "com", "net", "gov", "info", "wales", "cymru", "london", "eco", "charity", "support", "help", "online", "www", "html",
        "php", "aspx",
    ];
    // Addresses of the web and of mail hold dots, too.
    let words = text.split_whitespace().filter(|word| !word.contains("://") && !word.contains('@'));
    words.flat_map(|word| DOTTED.find_iter(word)).any(|found| {
        let parts: Vec<&str> = found.as_str().split(['.', '。', '·']).collect();
        let host = parts.iter().any(|part| HOSTS.contains(part));
        !host && parts.windows(3).any(|three| three.iter().all(|part| part.chars().count() > 2))
    })
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
    WORDS.contains(&text.to_lowercase().as_str())
        || (without_harmless(text).trim().is_empty() && place_in(text).is_none())
        || WHOLE_HARMLESS.is_match(text)
}

/// All of a text that is a day, hours of a day or an amount of money: `01/04/2024`, `09:00-17:00`, `£45,000`.
static WHOLE_HARMLESS: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"(?:0?[1-9]|[12][0-9]|3[01])[/.](?:0?[1-9]|1[0-2])[/.](?:20)?[0-9]{2}";
    let clock = "(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9]";
    let money = r"£ ?[0-9]{1,3}(?:,?[0-9]{3})*(?:\.[0-9]{2})?";
    constant(&format!("^(?:{day}|{clock} ?[-–] ?{clock}|{money})$"))
});

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
            "in B12",
            "AB1‐2XY",
            "AB1 \u{2022} 2XY",
            "AB1&nbsp;2XY",
            "AB1%202XY",
            "at_AB1_2XY",
            "see one.two filled.count.soap",
            "acacia road",
            "Heol y Bont",
            "tq301803",
            "opposite the fire station",
            "next to St Mary's church",
            "on the corner of Zinnia and Yarrow",
            "400 m north of the station",
            "in Abbeygate ward",
            "USRN 24501234",
            "100-023-336-956",
            "1000 2333 6956",
            "https://g.page/x",
            "https://g.co/kgs/x",
        ] {
            assert!(place_in(place).is_some(), "{place}");
        }
    }

    #[test]
    fn a_title_may_name_a_street_and_no_house() {
        for exact in ["Needs near AB1 2XY", "14 Osier Row", "Women at 53.04321, 0.41835", "TQ 3012 8034", "E01017540", "call 01234 567890"]
        {
            assert!(tells_an_exact_place(exact), "{exact}");
        }
        for name in ["Needs assessment 2025-26", "Station Road ward", "VAWG in SE 2025", "Quillmere", "North End, NR3", ""] {
            assert!(!tells_an_exact_place(name), "{name}");
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
            "Charity no 1123456",
            "from 2025 to 2027",
            "open house 2 days a week",
            "Unit 24/7",
            "Block A1 1st floor",
            "447700900123",
            "www.example.org.uk",
            "name.surname@example.org",
            "Section S17 and S47 assessments",
            "over the phone, above the age of 16, behind the scenes",
            "Help in Welsh and in British Sign Language",
        ] {
            assert_eq!(place_in(plain), None, "{plain}");
        }
        assert!(["01/04/2024", "09:00-17:00", "£45,000", "£120.50", "1.4.24"].into_iter().all(is_harmless));
        assert!(!["51.28", "£12 High Street", "53:04:10", "45,000", "09:00-17:00 Rowan House"].into_iter().any(is_harmless));
        assert!(is_harmless("N/A") && is_harmless("2027-03-31") && !is_harmless("Rowan House") && !is_harmless("53"));
    }
}

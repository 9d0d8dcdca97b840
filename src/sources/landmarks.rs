//! Whether words tell where something is without a postcode, a point or a street: a landmark, the name of a building or of a town.
//!
//! Looked for in records whose place is secret, and nowhere else. In such a record a false alarm costs a look; so whatever stands after `in` or
//! `near` with a capital letter, and is not known to be something else, may be a place.

mod ways;
mod words;

use std::sync::LazyLock;

use regex::Regex;

use crate::vocabulary::tokens;
use words::{BUILDINGS, LANDMARKS, NO_NAMES, NO_PLACES, NO_SLUGS};

/// A pattern of this file. One that cannot be read would look for nothing: it must not pass in silence, and the tests read each.
fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file can be read")
}

struct Shape {
    what: &'static str,
    pattern: Regex,
}

static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let shape = |what, pattern: &str| Shape { what, pattern: constant(pattern) };
    let near = "behind|opposite|above|below|beneath|beside|near(?:by)?(?:\\s+to)?|next\\s+(?:door\\s+)?to|adjacent\\s+to|alongside|facing|past|(?:a)?round\\s+the\\s+corner\\s+from|across\\s+(?:the\\s+(?:road|street)\\s+)?from|close\\s+to|yard\\s+of|top\\s+of|end\\s+of|hill\\s+from|doors?\\s+(?:down\\s+)?from|walk\\s+from|corner\\s+of";
    vec![
        // `Above the age of 18` and `behind the scenes` have none of these after them.
        shape(
            "directions to a place",
            &format!(r"(?i)\b(?:{near})\s+(?:(?:the|a|an|our|st\.?)\s+)?(?:[\p{{L}}'’\-]+\s+){{0,2}}(?:{LANDMARKS})\b"),
        ),
        shape("directions to a place", &format!(r"\b(?:{near}|[Bb]ehind|[Oo]pposite|[Nn]ear|[Bb]eside)\s+[A-Z]\p{{L}}+")),
        shape(
            "directions to a place",
            &format!(
                r"(?i)(?:^|[^\p{{L}}])(?:in|at|over|under|by|off|down by|inside|between|where|reach|with)\s+(?:the|a|an|our|st\.?)\s+(?:(?:old|former|same|disused|big|little|blue|local|town|[\p{{L}}]+['’]s)\s+){{0,2}}(?:{LANDMARKS}|building as)\b"
            ),
        ),
        shape(
            "directions to a place",
            &format!(
                r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Oo]ff|[Rr]each|[Tt]o|[Bb]y)\s+(?:the\s+)?(?:St\s+)?[A-Z]\p{{L}}+(?:['’]s)?\s+(?:{LANDMARKS})\b"
            ),
        ),
        shape(
            "directions to a place",
            r"(?i)\b(?:flat|flats|rooms?|office)\s+(?:(?:above|below|behind)\s+(?:a\s+|the\s+)?|over\s+(?:a|the)\s+)\p{L}+",
        ),
        shape(
            "directions to a place",
            r"(?i)\b(?:share\s+a\s+car\s+park|last\s+house|(?:first|second|third|ninth|[0-9]+(?:st|nd|rd|th))\s+house|blue\s+door|car\s+park\s+with)\b",
        ),
        shape(
            "directions to a place",
            r"(?i)\bparish\s+of\s+\p{L}+|\b(?:off|on|near|along|by|from)\s+(?:the\s+)?[abm][0-9]{1,4}\b|\bjunction\s+[0-9]+|\bbus(?:es)?\s+(?:no\.?\s*)?[0-9]+|\b(?:take|catch)\s+(?:the\s+)?(?:bus\s+|number\s+)?[0-9]+\s+to\b",
        ),
        shape(
            "directions to a place",
            r"(?i)(?:^|[^\p{L}])(?:wrth\s+ymyl|gyferbyn\s+â|y\s+tu\s+ôl\s+i|y\s+tu\s+cefn\s+i|uwchben|ger\s+(?:yr?|['’]r)|ar\s+bwys)",
        ),
        shape(
            "directions to a place",
            r"(?i)\b(?:bus\s+stop|map\s+ref(?:erence)?|postcode\s+(?:ends|begins|starts))\b|\b(?:minutes?|miles?)\s+by\s+\w+\s+from\b|\b(?:north|south|east|west)(?:\s+side)?\s+of\s+\p{Lu}",
        ),
        shape(
            "a house number",
            r"(?i)\b(?:number|no\.)\s*(?:[0-9]{1,3}[a-z]?\b(?:\s*[,.;]|\s*$|\s+\p{Lu})|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)\b\s*(?:[,.;]|$|[A-Z]))|\bplot\s+[0-9]+",
        ),
        shape("a local phone number", r"(?i)\b(?:ring|call|tel|telephone|phone)\b\W{0,3}[1-9][0-9]{5,7}\b"),
        shape("a geohash", r"\b(?:g[bcf]|u1[02])[0-9b-hjkmnp-z]*[0-9][0-9b-hjkmnp-z]*\b|(?i)\bgeohash\b"),
        shape(
            "coordinates",
            r"\b[0-9]{1,2}(?:\s+[0-9]{1,2}(?:\.[0-9]+)?){1,2}\s*[NSns]\b|\b[NS]\s?[0-9]{2}[\s.][0-9]|\b[0-9]{1,2}\.[0-9]+\s*[NS]\b",
        ),
        shape("a what3words address", r"(?i)\bwhat\s+(?:three|3)\s+words\b|\bthree\s+words\b.*:"),
        shape("a number of a building or plot", r"(?i)\bland\s+registry\b|\btitle\s+[A-Z]{2,3}[0-9]{4,}"),
        shape("a grid reference", r"\b(?i:os|grid|sheet|square)\s+(?:(?i:square|sheet|ref(?:erence)?)\s+)?[A-Z]{2}\s?[0-9]{2}\b"),
    ]
});

static BUILDING: LazyLock<Regex> = LazyLock::new(|| constant(&format!(r"\b([A-Z][\p{{L}}'’\-]+)\s+(?:{BUILDINGS})\b")));
static OLD_BUILDING: LazyLock<Regex> =
    LazyLock::new(|| constant(&format!(r"(?i)\b(?:old|former|disused)\s+(?:[\p{{L}}]+\s+)?(?:{BUILDINGS}|{LANDMARKS})\b")));
/// A capital after a word for being somewhere.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?:^|[^\p{L}])(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|[Oo]utside|[Bb]ased in|[Tt]owards|[Yy]n|[Yy]ng|[Yy]m)\s+((?:[A-Z]\p{L}+)(?:[\s\-]+[A-Z]\p{L}+)*)",
    )
});
/// A capital after where something moves from or to; `refer to` and `from` alone are of anybody.
static MOVED: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"\b(?:[Mm]ov|[Rr]elocat|[Tt]ransfer|[Rr]ehous)\p{L}*\s[^.;]*?\b(?:from|to|into)\s+(?:the\s+)?([A-Z]\p{L}+(?:[\s\-]+[A-Z]\p{L}+)*)",
    )
});
/// Part of a link or an address of mail by which a place is told: `/zinnia-cottage`.
static SLUG: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?i)\b\p{L}{2,}[\s]*(?:cottage|lodge|villa|manor|house|rectory|vicarage|grange|priory|street|road|avenue|lane|crescent|terrace|close)\b",
    )
});

/// What words of a secret record tell of a place. `own` are the words of its own name, its provider's and of the areas that it serves.
pub(crate) fn place_in_words(text: &str, own: &[String]) -> Option<&'static str> {
    if let Some(shape) = SHAPES.iter().find(|s| s.pattern.is_match(text)) {
        return Some(shape.what);
    }
    if let Some(what) = ways::tells(text) {
        return Some(what);
    }
    let is_own = |name: &str| tokens(name).iter().all(|w| own.contains(&w.word));
    let building = BUILDING
        .captures_iter(text)
        .any(|c| !NO_NAMES.contains(&c[1].trim_end_matches(['\'', '’', 's'])) && !NO_NAMES.contains(&&c[1]) && !is_own(&c[0]));
    if building || OLD_BUILDING.is_match(text) || ways::buildings(text).any(|name| !is_own(name)) {
        return Some("the name of a building");
    }
    let known = |word: &str| own.contains(&word.to_owned()) || NO_PLACES.contains(&word);
    // Abbreviations are bodies.
    let names_place = |name: &str| {
        let words = tokens(name);
        !words.iter().all(|w| w.upper && w.word.len() <= 6) && !words.iter().any(|w| known(&w.word))
    };
    if NAMED.captures_iter(text).chain(MOVED.captures_iter(text)).any(|c| names_place(&c[1])) {
        return Some("a name that may be of a place");
    }
    let addresses = text.split_whitespace().filter(|w| w.contains("://") || w.contains('@'));
    let tells = |address: &str| {
        let path = address.split_once("://").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |p| p.1));
        let words = path.split('@').next().unwrap_or_default().replace(['-', '_', '/', '.', '+'], " ").replace("%20", " ");
        SLUG.find_iter(&words).any(|m| {
            let plain = m.as_str().to_lowercase();
            !NO_SLUGS.iter().any(|no| plain.trim_start().starts_with(no)) && !is_own(m.as_str())
        })
    };
    addresses.into_iter().any(tells).then_some("a link that names a building or a street")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn landmarks_buildings_and_towns_are_seen() {
        let own: Vec<String> = ["brindle", "house", "aid", "quillmere"].map(str::to_owned).into();
        for place in [
            "It stands behind the Co-op.",
            "Two doors from the library",
            "You find it opposite Tesco",
            "Rowan House has eight rooms",
            "in the old vicarage",
            "Near Aldersea station",
            "In Aldersea",
            "At no. 14.",
            "Number twelve, Acacia",
            "u12zv7k3q",
            "53.04N 0.41E",
            "https://example.org/find-us/zinnia-cottage",
            "yarrowcottage@example.org",
            "Gyferbyn â'r ysgol",
            "Nearest bus stop: Thornby Green",
            "In the north of Thornby",
            "Behind the Tesco on High St",
            "above the chippy",
            "opp the Red Lion",
            "opp. Red Lion",
            "in the grounds of Elmsgate Hospital",
            "2 streets from library",
            "five minutes from the station",
            "nr Elmsgate",
            "adj. library",
            "51.5 -0.12",
            "@51.5,-0.12",
            "E: 530123 N: 180456",
            "530123E 180456N",
            "14 Mill Ln",
            "14, Larch Cl",
            "Larch Ct",
            "High St",
            "LARCH HOUSE",
            "larch house",
            "No 14",
            "Flat B",
            "A8I 2XY",
            "ABl 2XY",
            "AB!2XY",
            "QM1 lAA",
            "0114 496 OOO0",
            "Elmsgate ward",
            "same building as the advice centre",
        ] {
            assert!(place_in_words(place, &own).is_some(), "{place}");
        }
        for plain in [
            "Refuge for women and children in Quillmere",
            "Run by Brindle House",
            "Referral by the police, a hospital or a school",
            "For women above the age of 18",
            "Help at court: Family Court and Crown Court",
            "In English, Urdu and BSL",
            "A safe house. In partnership with Women's Aid",
            "at MARAC",
            "https://www.northwold.example.org.uk/help",
            "info@example.org",
            "Step 2 of 3",
            "8 family places",
            "SAFE HOUSE",
            "safe house",
            "Ask Dr Able or St Anne's Trust",
            "No 2 women are alike",
            "Flat rate of rent",
            "One in five women; 12 months of help",
            "UP TO 1ST APRIL",
            "We help with bus fares and Tesco vouchers",
            "Rooms over two floors",
            "Support before, during and after a move",
            "At 12 months we review",
            "Costs 54.50, 3.2 posts",
        ] {
            assert!(place_in_words(plain, &own).is_none(), "{plain}: {:?}", place_in_words(plain, &own));
        }
    }
}

//! Ways in which people write where something is, short and as they say it: `opp the Red Lion`, `14 Mill Ln`, `530123E 180456N`, `ABl 2XY`.

use std::sync::LazyLock;

use regex::Regex;

use super::constant;
use super::words::{BUILDINGS, LANDMARKS, NO_NAMES};

/// Shops that everybody finds.
const SHOPS: &str =
    "tesco|lidl|aldi|asda|sainsbury['’]?s|morrisons|waitrose|iceland|mcdonald['’]?s|greggs|bp|shell|esso|b&q|argos|wetherspoons?";
/// Other things that everybody finds, as people call them.
const SPOTS: &str = "chippy|chip\\s+shop|launderette|laundrette|takeaway|clock\\s+tower|war\\s+memorial|fire\\s+station|bowling|cinema|theatre|depot|barracks|retail\\s+park|leisure\\s+centre|marina|campus|hosp\\.?|stn\\.?|bingo";
const FEW: &str = "[0-9]+|an?|one|two|three|four|five|six|seven|eight|nine|ten|few|couple\\s+of";

static WAYS: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
    let near = "behind|opposite|opp\\.?|near|nr\\.?|beside|by|next\\s+(?:door\\s+)?to|adj\\.?(?:acent)?(?:\\s+to)?|above|over|below|past|facing|between|off|at";
    let directions = [
        format!(r"(?i)\b(?:{near})\s+(?:(?:the|a|an|our)\s+)?(?:[\p{{L}}'’\-]+\s+)?(?:{SHOPS}|{SPOTS})(?:\W|$)"),
        format!(r"(?i)\b(?:opp|nr|adj)\.?\s+(?:to\s+)?(?:(?:the|a|an|our|st\.?)\s+)?(?:[\p{{L}}'’\-]+\s+){{0,2}}(?:{LANDMARKS})\b"),
        r"(?i:\b(?:behind|opposite|opp\.?|nr\.?|adj\.?(?:\s+to)?|beside))\s+(?:the\s+)?\p{Lu}\p{L}+".to_owned(),
        format!(
            r"(?i)\b(?:{FEW})\s+(?:streets?|roads?|doors?|blocks?|stops?|min(?:ute)?s?|miles?)(?:['’]?\s+(?:walk|drive|bus))?\s+(?:away\s+)?(?:from|out\s+of|outside)\b"
        ),
        r"(?i)\bgrounds\s+of\b|\bhosp(?:ital|\.)?\s+grounds\b|\bjunction\s+of\b|\bcorner\s+(?:of\b|(?-i:\p{Lu}))|\b(?:get\s+off|alight)\s+at\b|\bsame\s+(?:building|address|place|site|premises|office)\s+as\b|\bc/o\b".to_owned(),
        format!(r"(?i)\b(?:{SHOPS})\s+(?:end|roundabout|car\s+park|side|superstore)\b"),
        r"(?i)\b(?:seafront|quayside|riverside|canal\s?side)\b|\b[0-9]{1,3}[a-z]?\s+bus\b|\b(?:jct|junc)\.?\s*[0-9]+|(?-i:\bJ[0-9]{1,2}\b|\b[AM][0-9]{1,4}\s+(?:corridor|road|side)\b)".to_owned(),
        r"\b[0-9]+\s*mi\b".to_owned(),
    ];
    let streets = [
        // `St` and `Dr` before a name are a saint and a doctor.
        r"\b\p{Lu}\p{L}+\s+(?:Ln|Cl|Ct|Gdns|Cres|Sq|Tce|Terr|Ave?|Rd|LN|CL|GDNS|CRES)\b".to_owned(),
        r"\b\p{Lu}\p{L}+\s+(?:St|Dr|Pl)\b\.?(?:\s*$|\s*[^\s\p{L}]|\s+\p{Ll})".to_owned(),
        r"(?i)\b[0-9]+[a-z]?\s*,?\s+[\p{L}'’\-]+\s+(?:ln|cl|ct|gdns|cres|sq|tce|dr|pl|hse)\b".to_owned(),
        r"(?i)\bul\.\s*\p{L}+".to_owned(),
    ];
    let numbers = [
        r"\b[Nn][Oo]\s?[0-9]{1,3}[a-z]?(?:\s*[,.;]|\s*$|\s+\p{Lu})".to_owned(),
        r"(?i:\b(?:flat|apartment|apt))\s+[A-HJ-Z][0-9]{0,2}\b|(?i)\bdoor\s+[0-9]+|\b(?:top|ground|first|second|third)\s+floor\s+flat\b|(?-i:\bfloor,\s+\p{Lu})".to_owned(),
    ];
    let points = [
        r"@\s*-?[0-9]{1,2}\.[0-9]+|\b(?:49|5[0-9]|60|61)[.,][0-9]+\s*[,;/\s]\s*-[0-8][.,][0-9]+\b|^\W*(?:49|5[0-9]|60)\.[0-9]+\s*[,;/\s]\s*[0-2]\.[0-9]+\W*$".to_owned(),
        r"(?i)\be(?:asting)?s?\s*[:=]\s*[0-9]{5,6}\b|\b[0-9]{5,6}\s*e\W{1,3}[0-9]{5,7}\s*n\b|\b[0-9]{3},[0-9]{3}\W{1,3}[0-9]{3},[0-9]{3}\b|\b[0-9]{2,3}(?:\.[0-9]+)?\s*km\W{1,3}[0-9]{2,4}(?:\.[0-9]+)?\s*km\b".to_owned(),
        r"(?i)\b(?:easting|northing|latitude|longitude)s?\s+(?:is\s+)?(?:[0-9]|one|two|three|four|five|six|seven|eight|nine)".to_owned(),
    ];
    let codes = [
        r"\b[A-Z]{1,2}[0-9]{1,2}[A-Z]?\s+(?:area|postcode)\b|\b[A-Z]{1,2}\s+postcode\b".to_owned(),
        r"\b(?:MSOA|LSOA|OA|DZ)\s*[0-9]|(?i)\bpolling\s+district\b|(?-i:\b\p{Lu}\p{L}+\s+(?:ward|parish)\b|\b(?:[Ww]ard|[Pp]arish)\s*:\s*\p{Lu})".to_owned(),
        r"(?i)\b(?:mapcode|mgrs|olc|maidenhead)\s+[a-z0-9]*[0-9]".to_owned(),
    ];
    let phones = [
        r"(?i)\b(?:ring|call|tel|telephone|phone)\b\W{0,3}[1-9][0-9]{2}[\s\-][0-9]{4}\b|\bdial\s+0[12][0-9]+|\b01[0-9]{2,3}\s+(?:area|numbers?)\b".to_owned(),
    ];
    let named = |what: &'static str, all: Vec<String>| all.into_iter().map(move |pattern| (what, constant(&pattern)));
    named("directions to a place", directions.into())
        .chain(named("a street", streets.into()))
        .chain(named("a house number", numbers.into()))
        .chain(named("coordinates", points.into()))
        .chain(named("the code or name of a small area", codes.into()))
        .chain(named("a local phone number", phones.into()))
        .collect()
});

/// Letters for digits that they look like, and marks: as a hand or a scanner leaves them.
static POSTCODE_WITH_A_SLIP: LazyLock<Regex> =
    LazyLock::new(|| constant(r"\b[A-Z]{1,2}[0-9OoIl!|][0-9A-Zl!]?[^A-Za-z0-9]{0,2}([0-9OoIl])([ABD-HJLNP-UW-Z]{2})\b"));
static PHONE_WITH_A_SLIP: LazyLock<Regex> =
    LazyLock::new(|| constant(r"\b[0Oo][1Il2][0-9OoIl]{2,3}[\s\-]?[0-9OoIl]{3}[\s\-]?[0-9OoIl]{3,4}\b"));
static BUILDING_IN_CAPITALS: LazyLock<Regex> =
    LazyLock::new(|| constant(&format!(r"\b(\p{{Lu}}[\p{{Lu}}'’\-]+)\s+(?:{})\b", BUILDINGS.to_uppercase())));
static BUILDING_ALONE: LazyLock<Regex> = LazyLock::new(|| constant(&format!(r"(?i)^\s*([\p{{L}}'’\-]+)\s+(?:{BUILDINGS}|villas)\W*$")));

/// What such words tell; `None` where they tell nothing.
pub(super) fn tells(text: &str) -> Option<&'static str> {
    if let Some((what, _)) = WAYS.iter().find(|(_, way)| way.is_match(text)) {
        return Some(what);
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let slip = |c: regex::Captures| digits(&c[0]) > 0 && !["ST", "ND", "RD", "TH"].contains(&&c[2]);
    if POSTCODE_WITH_A_SLIP.captures_iter(text).any(slip) {
        return Some("a postcode");
    }
    PHONE_WITH_A_SLIP.find_iter(text).any(|m| digits(m.as_str()) >= 6).then_some("a local phone number")
}

/// The names of buildings in a text of capitals, or in one that is nothing else, but for words that make no name.
pub(super) fn buildings(text: &str) -> impl Iterator<Item = &str> {
    let all = BUILDING_IN_CAPITALS.captures_iter(text).chain(BUILDING_ALONE.captures_iter(text));
    all.filter(|c| {
        let before = c[1].trim_end_matches(['\'', '’', 's', 'S']).to_lowercase();
        !NO_NAMES.iter().any(|no| no.to_lowercase() == before || no.to_lowercase() == c[1].to_lowercase())
    })
    .filter_map(|c| Some(c.get(0)?.as_str()))
}

//! Abbreviations of a refuge, which only those of the field write: `S/H`, `W.R.`, `DASA`.
//!
//! Elsewhere the same letters stand for other things — second-hand goods, a driving agency, sexual harassment. So they are looked for in
//! services of this field alone, in capitals, and the barest of them only where a service is named.

use std::sync::LazyLock;

use regex::Regex;

use super::confidential::people_who_flee;
use super::plain::tokens;

/// Initials of a safe house, a women's refuge and safe or emergency accommodation, with a mark between them.
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\p{L}./])(S\s?/\s?H|S\.\s?H\.?|W\s?/\s?R|W\.\s?R\.?)(?:$|[^\p{L}/])").expect("a pattern of this file can be read")
});
/// Those that need a unit, a bed or those who flee beside them: `S/A` may be a sexual assault.
static WITH_UNITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\p{L}./])(?:S\s?/\s?A|S\.\s?A\.?|E\s?/\s?A|E\.\s?A\.)(?:$|[^\p{L}/])").expect("a pattern of this file can be read")
});
/// Words that are initials of nothing else in this field.
const WHOLE: [&str; 4] = ["dasa", "dvsa", "dvsh", "wrefuge"];
/// Initials of why somebody flees; in a name a place beside them, however it is cut short, is one for those who do.
const WHY: [&str; 6] = ["dv", "da", "dva", "vawg", "ipv", "dvsa"];
/// Such places: `DA acc.`, `Female Supported Living (DV)`, `Mother & Child Unit (DA)`.
const PLACES: [&[&str]; 14] = [
    &["acc"],
    &["moveon"],
    &["move", "on"],
    &["ho"],
    &["haus"],
    &["supported", "living"],
    &["child", "unit"],
    &["baby", "unit"],
    &["family", "unit"],
    &["woman", "unit"],
    &["stage", "2"],
    &["dispersed"],
    &["respite"],
    &["placement"],
];
/// Initials that stand alone only in a name or a type.
const IN_NAMES: [&str; 2] = ["sh", "wr"];

/// Whether a text of a service of this field abbreviates a refuge; `names_it` where it is the name or a type of the service.
///
/// ```
/// use gapmap::vocabulary::abbreviates_refuge;
/// for secret in ["S/H for women", "S.H. (6 units)", "DVSA", "6 x S/A units"] {
///     assert!(abbreviates_refuge(secret, false), "{secret}");
/// }
/// assert!(abbreviates_refuge("Brindle DV SH", true) && abbreviates_refuge("Brindle DA move on", true));
/// for other in ["s/h furniture", "Victims of S/A", "stalking and SH", "BSH/HS"] {
///     assert!(!abbreviates_refuge(other, false), "{other}");
/// }
/// ```
pub fn abbreviates_refuge(text: &str, names_it: bool) -> bool {
    let found = |pattern: &LazyLock<Regex>| pattern.is_match(text);
    if found(&MARKED) {
        return true;
    }
    let words = tokens(text);
    let whole = words.iter().any(|w| w.upper && (WHOLE.contains(&w.word.as_str()) || names_it && IN_NAMES.contains(&w.word.as_str())));
    // `SH run by Brindle Aid`: the first word of what is said of a service is the service.
    let first = matches!(&words[..], [one, two, ..] if one.upper && IN_NAMES.contains(&one.word.as_str()) && ["run", "for", "with"].contains(&two.word.as_str()));
    let beside = |place: &[&str]| words.windows(place.len()).any(|w| w.iter().zip(place).all(|(a, b)| a.word == *b));
    let of_those_who_flee = words.iter().any(|w| w.upper && WHY.contains(&w.word.as_str()));
    if names_it && of_those_who_flee && PLACES.iter().any(|place| beside(place)) {
        return true;
    }
    let counted = words.iter().any(|w| ["unit", "bed", "place", "room", "flat"].contains(&w.word.as_str()));
    whole || first || found(&WITH_UNITS) && (counted || names_it && (words.len() <= 2 || people_who_flee(&words).contains(&true)))
}

/// What people live in where there are several of it: a domestic abuse unit is one of the police, and units are flats.
const HOMES: [&str; 6] = ["units", "properties", "placements", "bedspaces", "voids", "tenancies"];

/// Whether the name of a list abbreviates homes for those who flee, in capitals or not: `DA units`, `dv moveon`.
///
/// ```
/// use gapmap::vocabulary::abbreviates_homes;
/// assert!(abbreviates_homes("DA units") && abbreviates_homes("dv units") && abbreviates_homes("dv move on 2025"));
/// assert!(!abbreviates_homes("DA unit contacts") && !abbreviates_homes("units of policing") && !abbreviates_homes("dv services"));
/// ```
pub fn abbreviates_homes(name: &str) -> bool {
    let words = tokens(name);
    let several = || name.split(|c: char| !c.is_alphanumeric()).any(|w| HOMES.contains(&w.to_lowercase().as_str()));
    let beside = |place: &[&str]| words.windows(place.len()).any(|w| w.iter().zip(place).all(|(a, b)| a.word == *b));
    words.iter().any(|w| WHY.contains(&w.word.as_str())) && (several() || PLACES.iter().any(|place| beside(place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_beside_initials_of_abuse_is_a_refuge_in_a_name() {
        for name in
            ["Brindle DV moveon", "DA move on", "DA acc.", "Female Supported Living (DV)", "Mother & Child Unit (DA)", "VAWG Safe Ho."]
        {
            assert!(abbreviates_refuge(name, true), "{name}");
        }
        assert!(!abbreviates_refuge("DA Hub", true) && !abbreviates_refuge("Move on with English", true));
    }
}

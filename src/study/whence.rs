//! Where a journey begins or ends: an authority by its name or code, of today or older, or what tables write in its place.

use super::codes::{self, Known};
use super::partnership::{NotFound, partnership};
use super::settings::StudySettings;
use crate::diagnostics::said::{self, Said};
use crate::units::AreaCode;
use crate::vocabulary::is_no_group;

/// One end of a journey.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Whence {
    /// The study.
    Own,
    /// Any other place: another authority, another nation, abroad.
    Away,
    /// Nobody knows.
    NotKnown,
}

/// A nation of the United Kingdom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Nation {
    England,
    Wales,
    Scotland,
    NorthernIreland,
}

impl Nation {
    /// The nation of a code.
    fn of(code: AreaCode) -> Self {
        match code.as_str().as_bytes().first() {
            Some(b'W') => Self::Wales,
            Some(b'S') => Self::Scotland,
            Some(b'N') => Self::NorthernIreland,
            _ => Self::England,
        }
    }
}

/// What tables write for authorities that they do not name, beside those that they do.
const OTHERS: [&str; 6] = ["other", "others", "other authority", "other authorities", "other local authority", "other local authorities"];
/// What tables write for everybody who is not of the area, named or not.
const OUTSIDE: [&str; 6] = ["elsewhere", "out of area", "out of borough", "out of county", "other areas", "outside the area"];
/// What tables write for places outside the country.
const ABROAD: [&str; 6] = ["abroad", "overseas", "outside the uk", "outside uk", "non-uk", "international"];
/// What tables write where somebody lived nowhere, or nobody asked.
const NOBODY_KNOWS: [&str; 7] = ["no fixed abode", "nfa", "n/a", "na", "-", "\u{2013}", "blank"];
/// The other nations.
const NATIONS: [(&str, Nation); 3] =
    [("wales", Nation::Wales), ("scotland", Nation::Scotland), ("northern ireland", Nation::NorthernIreland)];

/// Where a table says that a journey begins or ends.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct End {
    /// The place.
    pub whence: Whence,
    /// What it takes in.
    pub extent: Extent,
}

/// What an end takes in, as far as it was told: two that differ may hold the same people.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Extent {
    /// An authority of today or an older one, or a county.
    Code(AreaCode),
    /// The study, and no one of its authorities in particular.
    Study,
    /// A nation.
    Nation(Nation),
    /// Everybody from outside the study, by the words of the table.
    Outside(String),
    /// Authorities that the table names nowhere else, by its words.
    Others(String),
    /// Abroad, by the words of the table.
    Abroad(String),
    /// Nobody knows, by the words of the table.
    NotKnown(String),
}

impl End {
    /// Whether the two, which are not the same, may hold the same people: a county and its district, *elsewhere* and an authority, an older authority and
    /// what it became, two words for one thing.
    pub fn may_share(&self, other: &Self) -> bool {
        use Extent::{Abroad, Code, Nation, Others, Outside, Study};
        let one_way = |a: &Self, b: &Self| match (&a.extent, &b.extent) {
            (Code(x), Code(y)) => holds(*x, *y),
            (Nation(nation), Code(code)) => self::Nation::of(*code) == *nation,
            (Outside(_), _) => b.whence == Whence::Away,
            (Study, Code(_)) => b.whence == Whence::Own,
            (Others(x), Others(y)) | (Abroad(x), Abroad(y)) => x != y,
            _ => false,
        };
        self != other && (one_way(self, other) || one_way(other, self))
    }
}

/// Whether one authority holds another: as its county, or as what it became.
fn holds(large: AreaCode, small: AreaCode) -> bool {
    let became = codes::successors(small);
    let inside = codes::inside(large);
    let is_county = |code: AreaCode| code.as_str().starts_with("E10");
    // A county that is no more held districts that became the same.
    let one_was_a_county = is_county(large) && codes::successors(large).iter().any(|c| became.contains(c));
    large != small
        && (became.contains(&large) || one_was_a_county || codes::came_to_be(small, large) || became.iter().any(|c| inside.contains(c)))
}

/// An end of a journey.
pub(super) fn whence(text: &str, settings: &StudySettings) -> Result<End, Said> {
    let lower = text.trim().to_lowercase();
    let ours = &settings.authorities;
    let among = |list: &[&str]| list.contains(&lower.as_str());
    let away = |extent: Extent| Ok(End { whence: Whence::Away, extent });
    if is_no_group(text) || NOBODY_KNOWS.contains(&lower.as_str()) {
        return Ok(End { whence: Whence::NotKnown, extent: Extent::NotKnown(lower) });
    }
    if among(&OUTSIDE) {
        return away(Extent::Outside(lower));
    }
    if among(&OTHERS) {
        return away(Extent::Others(lower));
    }
    if among(&ABROAD) {
        return away(Extent::Abroad(lower));
    }
    if let Some((_, nation)) = NATIONS.iter().find(|(name, _)| *name == lower) {
        return away(Extent::Nation(*nation));
    }
    if let Some(code) = AreaCode::parse(text) {
        return by_code(code, ours);
    }
    if lower == settings.area_name.trim().to_lowercase() {
        let extent = if let [one] = ours.as_slice() { Extent::Code(*one) } else { Extent::Study };
        return Ok(End { whence: Whence::Own, extent });
    }
    // `Bexley (E09000004)`, as tables of two columns in one write it.
    if let Some(code) = code_shown(text) {
        return by_code(code, ours);
    }
    match partnership(text) {
        Ok(found) => by_code(found.code, ours),
        Err(NotFound::Wales(name)) => {
            let code = codes::authorities().find(|a| a.1 == name).map(|a| a.0);
            code.map_or_else(|| Err(said::authority_not_found(&[])), |c| by_code(c, ours))
        }
        // Its own code tells it from what it became, and from others that became the same.
        Err(NotFound::Older(older, became)) => match code_shown(&older) {
            Some(code) => by_code(code, ours),
            None => Err(said::authority_became_several(&became)),
        },
        Err(NotFound::Unknown(near)) => Err(said::authority_not_found(&near)),
    }
}

/// The code in `Craven (E07000163)`.
fn code_shown(shown: &str) -> Option<AreaCode> {
    AreaCode::parse(shown.rsplit_once('(')?.1.trim_end_matches(')'))
}

fn by_code(code: AreaCode, ours: &[AreaCode]) -> Result<End, Said> {
    let told = |whence: Whence| Ok(End { whence, extent: Extent::Code(code) });
    if ours.contains(&code) {
        return told(Whence::Own);
    }
    match &code.as_str()[..3] {
        "S92" | "N92" | "W92" => {
            return Ok(End { whence: Whence::Away, extent: Extent::Nation(Nation::of(code)) });
        }
        "S12" | "N09" => return told(Whence::Away),
        "E10" => {
            let inside = codes::inside(code);
            let own = inside.iter().filter(|c| ours.contains(c)).count();
            match own {
                _ if inside.is_empty() => {}
                0 => return told(Whence::Away),
                n if n == inside.len() => return told(Whence::Own),
                _ => return larger(code),
            }
        }
        _ => {}
    }
    let shown = |c: &AreaCode| format!("{} ({c})", codes::name_of(*c).unwrap_or_default());
    match (codes::successors(code).as_slice(), codes::known(code)) {
        (_, Known::Larger { .. }) => larger(code),
        ([one], _) if ours.contains(one) => told(Whence::Own),
        ([one], _) if matches!(codes::known(*one), Known::Current(_)) => told(Whence::Away),
        (several @ [_, _, ..], _) => Err(said::authority_became_several(&several.iter().map(shown).collect::<Vec<_>>())),
        _ => unknown(code),
    }
}

fn unknown(code: AreaCode) -> Result<End, Said> {
    let near = if let Err(NotFound::Unknown(near)) = partnership(code.as_str()) { near } else { vec![] };
    Err(said::authority_not_found(&near))
}

fn larger(code: AreaCode) -> Result<End, Said> {
    let Known::Larger { what, name, authorities } = codes::known(code) else { return unknown(code) };
    let within: Vec<String> = authorities.iter().map(|(c, n)| format!("{c} {n}")).collect();
    Err(said::end_larger_than_an_authority(code, what, &name, &within.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(authorities: &[&str]) -> StudySettings {
        let list: Vec<String> = authorities.iter().map(|c| format!("\"{c}\"")).collect();
        let text =
            format!("title = \"t\"\narea-name = \"Hereabouts\"\nauthority-kind = \"unitary\"\nauthorities = [{}]\n", list.join(", "));
        toml::from_str(&text).unwrap()
    }

    #[test]
    fn an_end_is_told_by_code_name_older_name_or_words() {
        let bexley = settings(&["E09000004"]);
        let end = |text: &str| whence(text, &bexley).map(|w| w.whence);
        for own in ["E09000004", "e09000004", "Bexley", "London Borough of Bexley", "hereabouts"] {
            assert_eq!(end(own), Ok(Whence::Own), "{own}");
        }
        assert_eq!(end("Bromley"), Ok(Whence::Away));
        assert_eq!(end("Craven"), Ok(Whence::Away));
        assert_eq!(end("E07000163"), Ok(Whence::Away));
        assert_eq!(end("Cardiff"), Ok(Whence::Away));
        assert_eq!(end("Cambridgeshire"), Ok(Whence::Away));
        assert_eq!(end("Scotland"), Ok(Whence::Away));
        assert_eq!(end("S12000033"), Ok(Whence::Away));
        assert_eq!(end(" Other Authorities "), Ok(Whence::Away));
        assert_eq!([end("Bexley (E09000004)"), end("Leeds (E08000035)")], [Ok(Whence::Own), Ok(Whence::Away)]);
        assert_eq!([end("NFA"), end("N/A"), end("-")], [Ok(Whence::NotKnown), Ok(Whence::NotKnown), Ok(Whence::NotKnown)]);
        assert_eq!(end("not known"), Ok(Whence::NotKnown));
        let refused = |text: &str| end(text).err().map(|s| s.next.into_owned()).unwrap_or_default();
        assert!(refused("Bexly").contains("Bexley (E09000004)"));
        assert!(refused("E09000040").contains("Did you mean"), "{}", refused("E09000040"));
        assert!(!refused("E12000007").is_empty() && !refused("Leicestershire Police").is_empty());
    }

    #[test]
    fn a_county_is_the_study_only_where_all_of_it_is() {
        let inside = codes::inside(AreaCode::parse("E10000003").unwrap());
        let all: Vec<&str> = inside.iter().map(AreaCode::as_str).collect();
        assert!(matches!(whence("Cambridgeshire", &settings(&all)), Ok(End { whence: Whence::Own, .. })));
        assert!(whence("Cambridgeshire", &settings(&all[1..])).is_err());
    }

    #[test]
    fn ends_that_hold_one_another_are_known() {
        let two = settings(&["E09000004", "E09000006"]);
        let end = |text: &str| whence(text, &two).unwrap();
        for (a, b) in [
            ("Cambridgeshire", "Cambridge"),
            ("Craven", "North Yorkshire"),
            ("E10000023", "E07000163"),
            ("Wales", "Cardiff"),
            ("S92000003", "S12000033"),
            ("out of area", "Leeds"),
            ("elsewhere", "out of area"),
            ("elsewhere", "other authorities"),
            ("elsewhere", "abroad"),
            ("elsewhere", "Scotland"),
            ("other", "others"),
            ("abroad", "overseas"),
            ("Hereabouts", "Bexley"),
        ] {
            assert!(end(a).may_share(&end(b)) && end(b).may_share(&end(a)), "{a} and {b}");
        }
        for (a, b) in [
            ("Cambridgeshire", "Leeds"),
            ("Craven", "Harrogate"),
            ("Wales", "Leeds"),
            ("Wales", "Scotland"),
            ("other authorities", "Leeds"),
            ("other authorities", "Bexley"),
            ("out of area", "Bexley"),
            ("out of area", "not known"),
            ("Bexley", "Bromley"),
            ("Leeds", "E08000035"),
            ("not known", "no fixed abode"),
        ] {
            assert!(!end(a).may_share(&end(b)) && !end(b).may_share(&end(a)), "{a} and {b}");
        }
    }
}

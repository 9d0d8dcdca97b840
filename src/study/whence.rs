//! Where a journey begins or ends: an authority by its name or code, of today or older, or what tables write in its place.

use super::codes::{self, Known};
use super::partnership::{NotFound, partnership};
use super::settings::StudySettings;
use crate::diagnostics::said::{self, Said};
use crate::units::AreaCode;
use crate::vocabulary::is_no_group;

/// One end of a journey.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Whence {
    /// The study: one of its authorities, or no one of them in particular.
    Own(Option<AreaCode>),
    /// Another authority.
    Authority(AreaCode),
    /// Somewhere else, and no authority that the table names.
    Elsewhere(Elsewhere),
    /// Nobody knows.
    NotKnown,
}

/// How far away another authority is, as far as anybody may be told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Elsewhere {
    /// In the region of the study.
    SameRegion,
    /// In another region of England.
    England,
    /// In Wales, Scotland or Northern Ireland.
    OtherNation,
    /// Abroad.
    Abroad,
    /// The table does not say which.
    Unsaid,
}

impl Elsewhere {
    /// All of them, from near to far.
    pub const ALL: [Self; 5] = [Self::SameRegion, Self::England, Self::OtherNation, Self::Abroad, Self::Unsaid];
}

/// What tables write for authorities that they do not name.
const OTHERS: [&str; 10] = [
    "other",
    "others",
    "other authority",
    "other authorities",
    "other local authority",
    "other local authorities",
    "elsewhere",
    "out of area",
    "out of borough",
    "other areas",
];
/// What tables write for places outside the country.
const ABROAD: [&str; 5] = ["abroad", "overseas", "outside the uk", "outside uk", "international"];
/// The other nations.
const NATIONS: [&str; 3] = ["wales", "scotland", "northern ireland"];

/// An end of a journey, and the code or the words that it was told by: two rows that name one authority in two ways are told by it.
pub(super) fn whence(text: &str, settings: &StudySettings) -> Result<(Whence, String), Said> {
    let lower = text.trim().to_lowercase();
    let ours = &settings.authorities;
    let among = |list: &[&str]| list.contains(&lower.as_str());
    let words = |end: Whence| Ok((end, lower.clone()));
    if is_no_group(text) || lower == "no fixed abode" {
        return words(Whence::NotKnown);
    }
    if among(&OTHERS) {
        return words(Whence::Elsewhere(Elsewhere::Unsaid));
    }
    if among(&ABROAD) {
        return words(Whence::Elsewhere(Elsewhere::Abroad));
    }
    if among(&NATIONS) {
        return words(Whence::Elsewhere(Elsewhere::OtherNation));
    }
    if let Some(code) = AreaCode::parse(text) {
        return by_code(code, ours);
    }
    if lower == settings.area_name.trim().to_lowercase() {
        let one = if let [one] = ours.as_slice() { Some(*one) } else { None };
        return Ok((Whence::Own(one), one.map_or(lower, |c| c.to_string())));
    }
    match partnership(text) {
        Ok(found) => by_code(found.code, ours),
        Err(NotFound::Wales(name)) => {
            let code = codes::authorities().find(|a| a.1 == name).map(|a| a.0);
            code.map_or_else(|| words(Whence::Elsewhere(Elsewhere::OtherNation)), |c| by_code(c, ours))
        }
        Err(NotFound::Older(_, became)) => match became.as_slice() {
            [one] => {
                // The name is that of an authority that is no more: its own name tells it from what it became.
                let code = one.rsplit_once('(').and_then(|(_, code)| AreaCode::parse(code.trim_end_matches(')')));
                code.map_or_else(|| Err(said::authority_not_found(&[])), |c| Ok((by_code(c, ours)?.0, lower)))
            }
            several => Err(said::authority_became_several(several)),
        },
        Err(NotFound::Unknown(near)) => Err(said::authority_not_found(&near)),
    }
}

fn by_code(code: AreaCode, ours: &[AreaCode]) -> Result<(Whence, String), Said> {
    let told = |end: Whence| Ok((end, code.to_string()));
    if ours.contains(&code) {
        return told(Whence::Own(Some(code)));
    }
    match &code.as_str()[..3] {
        "S12" | "S92" | "N09" | "N92" | "W92" => return told(Whence::Elsewhere(Elsewhere::OtherNation)),
        "E10" => {
            let inside = codes::inside(code);
            let own = inside.iter().filter(|c| ours.contains(c)).count();
            return match own {
                _ if inside.is_empty() => unknown(code),
                0 => told(Whence::Authority(code)),
                n if n == inside.len() => told(Whence::Own(Some(code))),
                _ => larger(code),
            };
        }
        _ => {}
    }
    let shown = |c: &AreaCode| format!("{} ({c})", codes::name_of(*c).unwrap_or_default());
    match (codes::successors(code).as_slice(), codes::known(code)) {
        (_, Known::Larger { .. }) => larger(code),
        ([one], _) if ours.contains(one) => told(Whence::Own(Some(*one))),
        ([one], _) if matches!(codes::known(*one), Known::Current(_)) => told(Whence::Authority(*one)),
        (several @ [_, _, ..], _) => Err(said::authority_became_several(&several.iter().map(shown).collect::<Vec<_>>())),
        _ => unknown(code),
    }
}

fn unknown(code: AreaCode) -> Result<(Whence, String), Said> {
    let near = if let Err(NotFound::Unknown(near)) = partnership(code.as_str()) { near } else { vec![] };
    Err(said::authority_not_found(&near))
}

fn larger(code: AreaCode) -> Result<(Whence, String), Said> {
    let Known::Larger { what, name, authorities } = codes::known(code) else { return unknown(code) };
    let within: Vec<String> = authorities.iter().map(|(c, n)| format!("{c} {n}")).collect();
    Err(said::larger_than_an_authority(code, what, &name, &within.join(", ")))
}

/// How far away another authority is from those of the study.
pub(super) fn how_far(authority: AreaCode, ours: &[AreaCode]) -> Elsewhere {
    let region = codes::region_of(authority);
    if !authority.as_str().starts_with('E') {
        Elsewhere::OtherNation
    } else if region.is_some() && ours.iter().any(|own| codes::region_of(*own) == region) {
        Elsewhere::SameRegion
    } else {
        Elsewhere::England
    }
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
        let code = |text: &str| AreaCode::parse(text).unwrap();
        let end = |text: &str| whence(text, &bexley).map(|w| w.0);
        for own in ["E09000004", "e09000004", "Bexley", "London Borough of Bexley", "hereabouts"] {
            assert_eq!(end(own), Ok(Whence::Own(Some(code("E09000004")))), "{own}");
        }
        assert_eq!(end("Bromley"), Ok(Whence::Authority(code("E09000006"))));
        assert_eq!(end("Craven"), Ok(Whence::Authority(code("E06000065"))));
        assert_eq!(end("E07000163"), Ok(Whence::Authority(code("E06000065"))));
        assert_eq!(end("Cardiff"), Ok(Whence::Authority(code("W06000015"))));
        assert_eq!(end("Cambridgeshire"), Ok(Whence::Authority(code("E10000003"))));
        assert_eq!(end("Scotland"), Ok(Whence::Elsewhere(Elsewhere::OtherNation)));
        assert_eq!(end("S12000033"), Ok(Whence::Elsewhere(Elsewhere::OtherNation)));
        assert_eq!(end(" Other Authorities "), Ok(Whence::Elsewhere(Elsewhere::Unsaid)));
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
        assert!(matches!(whence("Cambridgeshire", &settings(&all)), Ok((Whence::Own(Some(_)), _))));
        assert!(whence("Cambridgeshire", &settings(&all[1..])).is_err());
    }

    #[test]
    fn regions_tell_how_far_an_authority_is() {
        let code = |text: &str| AreaCode::parse(text).unwrap();
        let ours = [code("E09000004")];
        let far = ["E09000006", "E07000110", "W06000015"].map(|c| how_far(code(c), &ours));
        assert_eq!(far, [Elsewhere::SameRegion, Elsewhere::England, Elsewhere::OtherNation]);
        assert_eq!(how_far(code("E09000006"), &[code("E06990001")]), Elsewhere::England);
    }
}

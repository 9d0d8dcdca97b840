//! The history of authority codes, the authorities of today, and the police forces whose areas they are (`data/codes`).
//!
//! A code that nobody knows is not another place: it may be an older code, a code of a larger kind, or a slip. This tells them apart.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::units::{AreaCode, rows};

/// What is known of a code without any source of the study.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Known {
    /// An authority of today.
    Current(String),
    /// An authority that is no more: its name, what it became, and from which day.
    Older { name: String, became: Vec<(AreaCode, String)>, date: String },
    /// A county, region, police area or country: what it is, and the authorities that lie in it, where they are known.
    Larger { what: &'static str, name: String, authorities: Vec<(AreaCode, String)> },
    /// Nothing.
    Unknown,
}

/// One authority of today.
struct Authority {
    name: String,
    kind: String,
    /// County, region, police area and combined authority.
    larger: [String; 4],
    force: String,
}

/// One code that ended.
struct Ended {
    name: String,
    became: Vec<(AreaCode, String)>,
    date: String,
}

static TODAY: LazyLock<BTreeMap<AreaCode, Authority>> = LazyLock::new(|| {
    let read = |r: &csv::StringRecord| {
        let larger = [&r[3], &r[4], &r[5], &r[6]].map(str::to_owned);
        Some((AreaCode::parse(&r[0])?, Authority { name: r[1].into(), kind: r[2].into(), larger, force: r[7].into() }))
    };
    rows(include_str!("../../data/codes/authorities.csv")).iter().filter_map(read).collect()
});

static ENDED: LazyLock<BTreeMap<AreaCode, Ended>> = LazyLock::new(|| {
    let mut ended: BTreeMap<AreaCode, Ended> = BTreeMap::new();
    for r in rows(include_str!("../../data/codes/authority_changes.csv")) {
        // A change that is planned has no new code yet.
        let (Some(old), Some(new)) = (AreaCode::parse(&r[0]), AreaCode::parse(&r[2])) else { continue };
        if old != new {
            let entry = ended.entry(old).or_insert_with(|| Ended { name: r[1].into(), became: vec![], date: r[4].into() });
            entry.became.push((new, r[3].into()));
        }
    }
    ended
});

/// Forces: name, file name on data.police.uk, kind.
static FORCES: LazyLock<Vec<(String, String)>> =
    LazyLock::new(|| rows(include_str!("../../data/codes/forces.csv")).iter().map(|r| (r[0].to_owned(), r[3].to_owned())).collect());

/// What an authority code became, down to the codes of today; itself where it is current or unknown.
pub(super) fn successors(code: AreaCode) -> Vec<AreaCode> {
    let (mut found, mut waiting, mut seen) = (Vec::new(), vec![code], Vec::new());
    while let Some(code) = waiting.pop() {
        if seen.contains(&code) {
            continue;
        }
        seen.push(code);
        match ENDED.get(&code) {
            Some(ended) => waiting.extend(ended.became.iter().map(|b| b.0)),
            None => found.push(code),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether an authority that is no more became another, at once or in the end.
pub(super) fn came_to_be(older: AreaCode, other: AreaCode) -> bool {
    let (mut waiting, mut seen) = (vec![older], Vec::new());
    while let Some(code) = waiting.pop() {
        if !seen.contains(&code) {
            seen.push(code);
            waiting.extend(ENDED.get(&code).into_iter().flat_map(|ended| ended.became.iter().map(|b| b.0)));
        }
    }
    older != other && seen.contains(&other)
}

/// What is known of a code.
pub(super) fn known(code: AreaCode) -> Known {
    if let Some(ended) = ENDED.get(&code) {
        return Known::Older { name: ended.name.clone(), became: ended.became.clone(), date: ended.date.clone() };
    }
    let kind = &code.as_str()[..3];
    let what = match kind {
        "E10" => "a county",
        "E11" => "a metropolitan county",
        "E12" => "a region",
        "E13" => "a part of London",
        "E23" | "W15" => "a police area",
        "E47" => "a combined authority",
        "E92" | "W92" | "S92" | "N92" => "a country",
        _ => "",
    };
    if what.is_empty() {
        return TODAY.get(&code).map_or(Known::Unknown, |a| Known::Current(a.name.clone()));
    }
    let inside = TODAY.iter().filter(|(_, a)| a.kind != "county" && a.larger.iter().any(|l| l == code.as_str()));
    let name = TODAY.get(&code).map_or(String::new(), |a| a.name.clone());
    Known::Larger { what, name, authorities: inside.map(|(c, a)| (*c, a.name.clone())).collect() }
}

/// The names that an authority goes by: its own of today, and those of the authorities that it was made of, which names of small areas keep.
pub(super) fn names(code: AreaCode) -> Vec<String> {
    let own = TODAY.get(&code).map(|a| a.name.clone());
    let older = ENDED.iter().filter(|(old, _)| successors(**old) == [code]).map(|(_, e)| e.name.clone());
    own.into_iter().chain(older).collect()
}

/// Every authority of today: code, name, kind, and the authorities inside a county.
pub(super) fn authorities() -> impl Iterator<Item = (AreaCode, String, &'static str, Vec<AreaCode>)> {
    TODAY.iter().map(|(code, a)| (*code, a.name.clone(), a.kind.as_str(), if a.kind == "county" { inside(*code) } else { vec![] }))
}

/// The authorities of today inside a county, a police area or a combined authority.
pub(super) fn inside(larger: AreaCode) -> Vec<AreaCode> {
    TODAY.iter().filter(|(_, a)| a.kind != "county" && a.larger.iter().any(|l| l == larger.as_str())).map(|(c, _)| *c).collect()
}

/// The name of an authority of today.
pub(super) fn name_of(code: AreaCode) -> Option<&'static str> {
    TODAY.get(&code).map(|a| a.name.as_str())
}

/// Every authority that is no more, with the name that it had.
pub(super) fn ended() -> impl Iterator<Item = (AreaCode, &'static str)> {
    ENDED.iter().map(|(code, e)| (*code, e.name.as_str()))
}

/// The territorial force whose area the authority is.
pub(super) fn force_of(authority: AreaCode) -> Option<&'static str> {
    let today = successors(authority);
    let [one] = today.as_slice() else { return None };
    TODAY.get(one).map(|a| a.force.as_str()).filter(|f| !f.is_empty())
}

/// Whether a force is one of a network, without an area of its own.
pub(super) fn is_network(force: &str) -> bool {
    FORCES.iter().any(|(name, kind)| kind == "network" && is_same_force(name, force))
}

/// Whether the name is that of a force of England, Wales or Northern Ireland.
pub(super) fn is_force(force: &str) -> bool {
    FORCES.iter().any(|(name, _)| is_same_force(name, force))
}

/// Whether two names are one, whatever their capitals, and with `&` or `and`.
pub(super) fn is_same_force(a: &str, b: &str) -> bool {
    let words = |name: &str| name.to_lowercase().replace('&', " and ").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> AreaCode {
        AreaCode::parse(text).unwrap()
    }

    #[test]
    fn abolished_authorities_lead_to_those_of_today() {
        assert_eq!(successors(code("E07000054")), [code("E06000047")]); // Chester-le-Street
        assert_eq!(successors(code("E09000004")), [code("E09000004")]); // Bexley never changed
        assert!(matches!(known(code("E07000054")), Known::Older { .. }));
        assert_eq!(known(code("E09000004")), Known::Current("Bexley".into()));
        assert_eq!(known(code("E07999999")), Known::Unknown);
    }

    #[test]
    fn every_successor_is_an_authority_of_today() {
        let loose: Vec<String> = ENDED
            .keys()
            .flat_map(|c| successors(*c))
            .filter(|c| !TODAY.contains_key(c) && c.geography().is_some())
            .map(|c| c.to_string())
            .collect();
        assert!(loose.is_empty(), "{loose:?}");
    }

    #[test]
    fn counties_and_police_areas_name_their_authorities() {
        let Known::Larger { what, authorities, .. } = known(code("E10000018")) else { panic!("Leicestershire is a county") };
        assert_eq!((what, authorities.len()), ("a county", 7));
        let Known::Larger { authorities, .. } = known(code("E23000026")) else { panic!("Bedfordshire has a police area") };
        assert_eq!(authorities.len(), 3);
        assert_eq!(force_of(code("E06000032")), Some("Bedfordshire Police"));
        assert!(is_network("British Transport Police") && !is_network("Kent Police"));
    }
}

//! Who a partnership is, from its name or code: its authorities, its force, its neighbours, the breaks that are known.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{breaks, codes};
use crate::diagnostics::nearest;
use crate::model::{AuthorityKind, SeriesBreak};
use crate::units::{AreaCode, rows};

/// What the tables that are compiled in know of a partnership.
#[derive(Clone, Debug)]
pub struct Partnership {
    /// Its name, as a sentence would say it.
    pub name: String,
    /// Its own code: of an authority, a county, a police area or a combined authority.
    pub code: AreaCode,
    /// What kind of authority leads.
    pub kind: AuthorityKind,
    /// Its local authorities, by code.
    pub authorities: Vec<(AreaCode, String)>,
    /// Authorities that share a border with one of them, by code.
    pub neighbours: Vec<(AreaCode, String)>,
    /// The police forces of its authorities, and the name that their files have on data.police.uk.
    pub forces: Vec<(String, String)>,
    /// Those of its neighbours, where they are others.
    pub neighbouring_forces: Vec<(String, String)>,
    /// Known breaks in recording, whenever they were.
    pub breaks: Vec<SeriesBreak>,
    /// Other places of that name, as `--area` would take them.
    pub also: Vec<String>,
}

/// Why no partnership goes by a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotFound {
    /// Nothing is called so; what is called nearly so, with its code.
    Unknown(Vec<String>),
    /// It is no more: since when, and what it became, with codes.
    Older(String, Vec<String>),
    /// It lies in Wales, whose law differs.
    Wales(String),
}

/// A place that a partnership may be called after.
struct Entry {
    code: AreaCode,
    name: String,
    kind: AuthorityKind,
    authorities: Vec<AreaCode>,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut list = Vec::new();
    for (code, name, kind, inside) in codes::authorities() {
        let kind = match kind {
            "county" => AuthorityKind::County,
            "district" => AuthorityKind::District,
            "metropolitan" => AuthorityKind::Metropolitan,
            "london-borough" | "city-corporation" => AuthorityKind::LondonBorough,
            _ => AuthorityKind::Unitary,
        };
        list.push(Entry { code, name, kind, authorities: if inside.is_empty() { vec![code] } else { inside } });
    }
    let combined = rows(include_str!("../../data/codes/combined_authorities.csv"));
    let forces = rows(include_str!("../../data/codes/forces.csv"));
    for row in forces.iter().map(|r| (&r[1], &r[0])).chain(combined.iter().map(|r| (&r[0], &r[1]))) {
        let Some(code) = AreaCode::parse(row.0) else { continue };
        let authorities = codes::inside(code);
        list.push(Entry { code, name: row.1.to_owned(), kind: AuthorityKind::PoliceArea, authorities });
    }
    list
});

static BORDERS: LazyLock<BTreeMap<AreaCode, Vec<AreaCode>>> = LazyLock::new(|| {
    let table = rows(include_str!("../../data/codes/neighbours.csv"));
    let row = |r: &csv::StringRecord| Some((AreaCode::parse(&r[0])?, r[1].split('|').filter_map(AreaCode::parse).collect()));
    table.iter().filter_map(row).collect()
});

/// Words of a name that people leave out or put in.
const LEFT_OUT: [&str; 16] = [
    "the",
    "of",
    "and",
    "city",
    "county",
    "council",
    "borough",
    "district",
    "london",
    "royal",
    "unitary",
    "authority",
    "combined",
    "police",
    "constabulary",
    "service",
];

/// A name as its plain words, and as those of them that tell it from others.
fn plain(name: &str) -> (String, String) {
    let letters: String = name.to_lowercase().replace('&', " and ").chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let told: Vec<&str> = words.iter().copied().filter(|w| !LEFT_OUT.contains(w)).collect();
    (words.join(" "), told.join(" "))
}

fn shown(code: AreaCode, name: &str) -> String {
    format!("{name} ({code})")
}

/// The partnership of a name, such as `Bexley`, `London Borough of Bexley`, `Leicestershire Police` or `Greater Manchester`, or of a code.
///
/// Where an authority, a police area and a combined authority go by one name, an authority comes first, and the others are told.
///
/// # Errors
/// Where nothing is called so, it is no more, or it lies in Wales.
pub fn partnership(asked: &str) -> Result<Partnership, NotFound> {
    let (words, told) = plain(asked);
    let by_code = AreaCode::parse(asked.trim().to_uppercase().as_str());
    let same_words = |e: &&Entry| plain(&e.name).0 == words;
    let same_name = |e: &&Entry| !told.is_empty() && plain(&e.name).1 == told;
    let found: Vec<&Entry> = match by_code {
        Some(code) => ENTRIES.iter().filter(|e| e.code == code).collect(),
        None => {
            let exact: Vec<&Entry> = ENTRIES.iter().filter(same_words).collect();
            let loose = ENTRIES.iter().filter(same_name).filter(|e| !exact.iter().any(|x| x.code == e.code));
            exact.iter().copied().chain(loose).collect()
        }
    };
    let Some(entry) = found.first() else { return Err(not_found(asked, by_code, &words, &told)) };
    if entry.code.as_str().starts_with('W') {
        return Err(NotFound::Wales(entry.name.clone()));
    }
    let also = found[1..].iter().map(|e| shown(e.code, &e.name)).collect();
    Ok(describe(entry, also))
}

fn describe(entry: &Entry, also: Vec<String>) -> Partnership {
    let named = |codes: &[AreaCode]| codes.iter().map(|c| (*c, codes::name_of(*c).unwrap_or_default().to_owned())).collect::<Vec<_>>();
    let mut around: Vec<AreaCode> = entry.authorities.iter().filter_map(|c| BORDERS.get(c)).flatten().copied().collect();
    around.sort_unstable();
    around.dedup();
    around.retain(|c| !entry.authorities.contains(c));
    let forces = forces_of(&entry.authorities);
    let mut neighbouring_forces = forces_of(&around);
    neighbouring_forces.retain(|f| !forces.contains(f));
    Partnership {
        name: sentence_name(entry),
        code: entry.code,
        kind: entry.kind,
        authorities: named(&entry.authorities),
        neighbours: named(&around),
        forces,
        neighbouring_forces,
        breaks: breaks::registered(&entry.authorities).collect(),
        also,
    }
}

/// A name as a sentence would say it: `Bristol` of `Bristol, City of`, `Leicestershire police area` of its force.
fn sentence_name(entry: &Entry) -> String {
    let name = entry.name.as_str();
    if matches!(&entry.code.as_str()[..3], "E23" | "W15") {
        let endings = [" Police Service", " Police", " Constabulary"];
        return format!("{} police area", endings.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name));
    }
    name.split_once(", City of").or_else(|| name.split_once(", County of")).map_or(name, |(name, _)| name).to_owned()
}

fn forces_of(authorities: &[AreaCode]) -> Vec<(String, String)> {
    let table = rows(include_str!("../../data/codes/forces.csv"));
    let mut names: Vec<&str> = authorities.iter().filter_map(|c| codes::force_of(*c)).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().filter_map(|name| table.iter().find(|r| &r[0] == name).map(|r| (name.to_owned(), r[2].to_owned()))).collect()
}

fn not_found(asked: &str, code: Option<AreaCode>, words: &str, told: &str) -> NotFound {
    let older = |(old, name): &(AreaCode, &str)| code == Some(*old) || (code.is_none() && plain(name).0 == words);
    if let Some((old, name)) = codes::ended().find(older) {
        let became = codes::successors(old);
        return NotFound::Older(shown(old, name), became.iter().map(|c| shown(*c, codes::name_of(*c).unwrap_or_default())).collect());
    }
    let mut near: Vec<&Entry> = Vec::new();
    if code.is_none() && told.len() >= 3 {
        near.extend(ENTRIES.iter().filter(|e| format!(" {}", plain(&e.name).1).contains(&format!(" {told}"))));
    }
    // Slips of the pen, one after another.
    let names: Vec<String> = ENTRIES.iter().map(|e| if code.is_some() { e.code.to_string() } else { plain(&e.name).1 }).collect();
    let written = if code.is_some() { asked.trim().to_uppercase() } else { told.to_owned() };
    if let Some(best) = nearest(&written, names.iter().map(String::as_str)).filter(|_| !written.is_empty()) {
        near.extend(ENTRIES.iter().zip(&names).filter(|(_, n)| *n == best).map(|(e, _)| e));
    }
    near.sort_by_key(|e| (e.kind == AuthorityKind::PoliceArea, e.code));
    near.dedup_by_key(|e| e.code);
    NotFound::Unknown(near.into_iter().take(6).map(|e| shown(e.code, &e.name)).collect())
}

impl Partnership {
    /// The kind of authority, as a plan writes it.
    pub fn kind_word(&self) -> &'static str {
        match self.kind {
            AuthorityKind::LondonBorough => "london-borough",
            AuthorityKind::Unitary => "unitary",
            AuthorityKind::County => "county",
            AuthorityKind::District => "district",
            AuthorityKind::Metropolitan => "metropolitan",
            AuthorityKind::PoliceArea => "police-area",
        }
    }

    /// Whose duty the assessment of need for safe accommodation is.
    pub fn law(&self) -> String {
        let frame = rows(include_str!("../../data/frameworks/legal_frame.csv"));
        frame.iter().find(|r| &r[0] == self.kind_word()).map_or(String::new(), |r| r[2].to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(p: &Partnership) -> Vec<&str> {
        p.authorities.iter().map(|(c, _)| c.as_str()).collect()
    }

    #[test]
    fn a_borough_by_name_full_name_or_code() {
        for asked in ["Bexley", "bexley ", "London Borough of Bexley", "Bexley Council", "E09000004", "e09000004"] {
            let found = partnership(asked).unwrap();
            assert_eq!((found.kind, codes_of(&found)), (AuthorityKind::LondonBorough, vec!["E09000004"]), "{asked}");
            let around: Vec<&str> = found.neighbours.iter().map(|(_, n)| n.as_str()).collect();
            assert_eq!(around, ["Dartford", "Sevenoaks", "Bromley", "Greenwich"]);
            assert_eq!(found.forces, [("Metropolitan Police Service".to_owned(), "metropolitan".to_owned())]);
            assert_eq!(found.neighbouring_forces, [("Kent Police".to_owned(), "kent".to_owned())]);
            assert!(found.breaks.iter().any(|b| b.first_month.to_string() == "2024-03"));
        }
    }

    #[test]
    fn counties_police_areas_and_combined_authorities_have_theirs() {
        let county = partnership("Leicestershire").unwrap();
        assert_eq!((county.kind, county.authorities.len()), (AuthorityKind::County, 7));
        assert_eq!(county.also, ["Leicestershire Police (E23000021)"]);
        let police = partnership("Leicestershire Police").unwrap();
        assert_eq!((police.kind, police.authorities.len()), (AuthorityKind::PoliceArea, 9));
        assert_eq!((police.name.as_str(), partnership("E06000023").unwrap().name.as_str()), ("Leicestershire police area", "Bristol"));
        assert_eq!(codes_of(&partnership("Bedfordshire").unwrap()), ["E06000032", "E06000055", "E06000056"]);
        assert_eq!(partnership("Metropolitan Police").unwrap().authorities.len(), 32);
        assert_eq!(codes_of(&partnership("City of London").unwrap()), ["E09000001"]);
        assert_eq!(partnership("Tees Valley").unwrap().authorities.len(), 5);
        assert_eq!(partnership("Hull").err(), Some(NotFound::Unknown(vec!["Kingston upon Hull, City of (E06000010)".into()])));
        assert_eq!(codes_of(&partnership("City of Bristol").unwrap()), ["E06000023"]);
        assert_eq!(codes_of(&partnership("St Helens").unwrap()), ["E08000013"]);
    }

    #[test]
    fn what_is_nearly_called_so_what_is_no_more_and_what_lies_in_wales_are_told_apart() {
        let unknown = |asked: &str| match partnership(asked) {
            Err(NotFound::Unknown(near)) => near.join("; "),
            other => panic!("{asked}: {other:?}"),
        };
        assert!(unknown("Bexly").contains("Bexley (E09000004)"));
        assert!(unknown("Lewisam").contains("Lewisham"));
        assert!(unknown("Xyzzyplugh").is_empty() && unknown("").is_empty());
        assert_eq!(
            partnership("Craven").err(),
            Some(NotFound::Older("Craven (E07000163)".into(), vec!["North Yorkshire (E06000065)".into()]))
        );
        assert_eq!(partnership("Cardiff").err(), Some(NotFound::Wales("Cardiff".into())));
    }

    #[test]
    fn every_place_of_england_gives_a_plan_and_borders_are_mutual() {
        for entry in ENTRIES.iter().filter(|e| e.code.as_str().starts_with('E')) {
            let found = partnership(entry.code.as_str()).unwrap();
            assert!(!found.law().is_empty());
            assert!(!found.authorities.is_empty() && found.authorities.iter().all(|(_, name)| !name.is_empty()), "{}", entry.name);
            assert!(!found.forces.is_empty() || entry.code.as_str() == "E06000053", "{} has no force", entry.name);
            assert!(partnership(&entry.name).is_ok(), "{}", entry.name);
        }
        for (code, around) in BORDERS.iter() {
            assert!(codes::name_of(*code).is_some(), "{code}");
            assert!(around.iter().all(|n| BORDERS[n].contains(code)), "{code}");
        }
    }
}

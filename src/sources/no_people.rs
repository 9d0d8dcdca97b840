//! Tables of residents that count no people, or more of a part than of its whole.

use std::collections::BTreeMap;

use super::csv_file::Sheet;
use super::gathered::PopulationRow;
use super::population::without_year;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::AreaCode;

/// Words of headings of tables of homes.
const HOMES: [&str; 24] = [
    "tenure",
    "owned",
    "owns",
    "rented",
    "rent",
    "rents",
    "mortgage",
    "landlord",
    "household",
    "households",
    "dwelling",
    "dwellings",
    "vehicle",
    "vehicles",
    "car",
    "cars",
    "van",
    "bedroom",
    "bedrooms",
    "heating",
    "detached",
    "terraced",
    "bungalow",
    "vacant",
];

/// The column of a bare total, where it is all that is read and stands beside columns of homes: a table of tenure has one, and so has one of cars.
pub(super) fn total_of_homes(sheet: &Sheet, groups: &[(usize, String)]) -> Option<usize> {
    let [(column, group)] = groups else { return None };
    let is_bare = without_year(&sheet.headings[*column].trim().to_lowercase()) == "total";
    // Households by their size: `1 person`, `2 people or more`.
    let counted = |heading: &str| heading.starts_with(|c: char| c.is_ascii_digit());
    let by_size = |heading: &str| counted(heading) && (heading.contains("person") || heading.contains("people"));
    let of_homes = |heading: &String| {
        let lower = heading.to_lowercase();
        by_size(lower.trim()) || lower.split(|c: char| !c.is_alphanumeric()).any(|word| HOMES.contains(&word))
    };
    (group == "all" && is_bare && sheet.headings.iter().any(of_homes)).then_some(*column)
}

/// Refuses tables of which most areas have more women, or more men, than people: columns are exchanged, or hold shares and other things.
pub(super) fn parts_beyond_their_whole(people: &[PopulationRow], sheet: &Sheet, problems: &mut Problems) {
    let of = |group: &str| -> BTreeMap<(AreaCode, Option<u16>), f64> {
        people.iter().filter(|r| r.group == group).map(|r| ((r.code, r.year), r.persons)).collect()
    };
    for (part, whole) in [("female", "all"), ("male", "all"), ("female 16+", "female"), ("male 16+", "male")] {
        let (parts, wholes) = (of(part), of(whole));
        let both: Vec<(f64, f64)> = parts.iter().filter_map(|(key, p)| Some((*p, *wholes.get(key)?))).collect();
        let beyond = both.iter().filter(|(p, w)| p > w).count();
        if 2 * beyond > both.len() {
            let what = format!("{beyond} of {} areas have more of `{part}` than of `{whole}`", both.len());
            let next = "Look whether the two columns are exchanged, or one holds shares or thousands.";
            problems.error(Code::D207, Place::line(&sheet.file, 1), what, next);
        }
    }
}

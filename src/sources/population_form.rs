//! Tables of residents in the forms in which people get them: a column for each group, or a row for each group with one column of numbers.

use std::collections::BTreeMap;

use super::all_of_them::is_all_of_them;
use super::csv_file::{Row, Sheet};
use super::gathered::PopulationRow;
use super::ons_heading::ons_heading;
use crate::units::AreaCode;

/// The column of area codes: of several the finest, as estimates name the authority before its LSOAs.
pub(super) fn code_column(sheet: &Sheet) -> Option<usize> {
    let usual = ["geography code", "area code", "area codes", "mnemonic", "code"].iter().find_map(|h| sheet.find(h));
    let of_portal = || sheet.headings.iter().position(|h| ons_heading(h).is_some_and(|k| k.code));
    let in_words = || (0..sheet.headings.len()).filter_map(|i| Some((fineness(&sheet.headings[i])?, i))).min().map(|f| f.1);
    usual.or_else(of_portal).or_else(in_words)
}

/// The column of areas by their names, or by names and codes, where no heading speaks of codes.
pub(super) fn name_column(sheet: &Sheet) -> Option<usize> {
    let named = ["area", "area name", "geography", "geography name", "ward", "ward name", "lsoa", "lsoa name", "msoa", "msoa name", "name"];
    let of_authorities = ["local authority", "local authority name", "authority", "borough", "district", "council", "locality", "place"];
    let of_portal = || sheet.headings.iter().position(|h| ons_heading(h).is_some_and(|k| !k.code));
    named.iter().chain(&of_authorities).find_map(|h| sheet.find(h)).or_else(of_portal)
}

/// How fine the areas are whose codes a heading in words heads: `LSOA 2021 Code`, `Lower layer Super Output Areas Code`.
fn fineness(heading: &str) -> Option<u8> {
    let lower = heading.to_lowercase();
    let kinds =
        [["lsoa", "lower layer"], ["msoa", "middle layer"], ["ward", "electoral"], ["lad", "local authorit"], ["ltla", "lower tier"]];
    if !lower.contains("code") {
        return None;
    }
    kinds.iter().position(|words| words.iter().any(|w| lower.starts_with(w))).map(|at| at as u8)
}

/// A table with a row for each group: a column of numbers, and perhaps columns of sexes and of measures.
pub(super) struct LongForm {
    /// The column of numbers.
    pub value: usize,
    sex: Option<usize>,
    /// Every column of sexes: their names, codes and order.
    sexes: Vec<usize>,
    measure: Option<usize>,
}

impl LongForm {
    /// As ONS (`Observation`) and Nomis (`OBS_VALUE`) give it, or a table with a column `sex`.
    pub fn find(sheet: &Sheet) -> Option<Self> {
        let lower: Vec<String> = sheet.headings.iter().map(|h| h.to_lowercase()).collect();
        let is_sex = |h: &String| {
            let named = h.starts_with("sex") || h.starts_with("gender") || h.contains("_sex");
            named
                && !h.contains(':')
                && !h.ends_with("code")
                && !h.ends_with("_cd")
                && !h.ends_with("sortorder")
                && !h.ends_with("typecode")
        };
        let named = lower.iter().position(|h| is_sex(h) && h.ends_with("name"));
        let sex = named.or_else(|| lower.iter().position(is_sex));
        let value = lower.iter().position(|h| ["observation", "obs_value", "obs value"].contains(&h.as_str()));
        let plain = || lower.iter().position(|h| ["population", "value", "count", "persons", "number", "residents"].contains(&h.as_str()));
        let value = value.or_else(|| sex.and_then(|_| plain()))?;
        let measure = lower.iter().position(|h| ["measures_name", "measures name", "measure"].contains(&h.as_str()));
        let of_sex = |h: &String| h.starts_with("sex") || h.starts_with("gender") || h.contains("_sex");
        let sexes = (0..lower.len()).filter(|i| sex.is_some() && of_sex(&lower[*i])).collect();
        Some(Self { value, sex, sexes, measure })
    }

    /// Whether a column is one of those that are read.
    pub fn reads(&self, column: usize) -> bool {
        column == self.value || Some(column) == self.measure || self.sexes.contains(&column)
    }

    /// The group that a row counts; `None` for percentages and groups that are none of women, men and all.
    pub fn group(&self, row: &Row) -> Option<String> {
        let measure = row.get_if(self.measure).to_lowercase();
        if !["", "value", "number", "count", "persons"].contains(&measure.as_str()) {
            return None;
        }
        let Some(sex) = self.sex else { return Some("all".into()) };
        let text = row.get(sex).to_lowercase();
        match text.as_str() {
            "female" | "females" | "f" | "women" => Some("female".into()),
            "male" | "males" | "m" | "men" => Some("male".into()),
            all if is_all_of_them(all) => Some("all".into()),
            _ => None,
        }
    }
}

/// Everybody, where a table gives women and men, each once, and no total.
pub(super) fn women_and_men(people: &[PopulationRow]) -> Vec<PopulationRow> {
    let mut areas: BTreeMap<(AreaCode, Option<u16>), [Vec<&PopulationRow>; 3]> = BTreeMap::new();
    for row in people {
        let at = match row.group.as_str() {
            "female" => 0,
            "male" => 1,
            "all" => 2,
            _ => continue,
        };
        areas.entry((row.code, row.year)).or_default()[at].push(row);
    }
    let both = areas.values().filter_map(|[women, men, all]| match (women.as_slice(), men.as_slice(), all.as_slice()) {
        ([women], [men], []) => Some(PopulationRow {
            source: women.source,
            code: women.code,
            group: "all".into(),
            year: women.year,
            persons: women.persons + men.persons,
        }),
        _ => None,
    });
    both.collect()
}

/// The sex of a heading of estimates by sex and age: `f0 to 15`, `m29`, `f90+`.
pub(super) fn sex_of_ages(lower: &str) -> Option<&'static str> {
    let (sex, ages) = match lower.as_bytes().first()? {
        b'f' => ("female", &lower[1..]),
        b'm' => ("male", &lower[1..]),
        _ => return None,
    };
    let ages = ages.trim_start_matches([' ', '_']);
    let is_ages = ages.starts_with(|c: char| c.is_ascii_digit()) && ages.chars().all(|c| c.is_ascii_digit() || " to+-".contains(c));
    is_ages.then_some(sex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_estimates_and_of_codes_in_words() {
        assert_eq!((sex_of_ages("f0 to 15"), sex_of_ages("m29"), sex_of_ages("f90+")), (Some("female"), Some("male"), Some("female")));
        assert_eq!((sex_of_ages("female"), sex_of_ages("mid-2022"), sex_of_ages("males 16+")), (None, None, None));
        assert!(fineness("LSOA 2021 Code") < fineness("LAD 2023 Code") && fineness("LAD 2023 Code").is_some());
        assert_eq!((fineness("Sex (2 categories) Code"), fineness("LSOA 2021 Name")), (None, None));
    }
}

//! Tables of residents in the forms in which people get them: a column for each group, or a row for each group with one column of numbers.

use std::collections::BTreeMap;

use super::all_of_them::is_all_of_them;
use super::csv_file::{Row, Sheet};
use super::gathered::PopulationRow;
use super::ons_heading::ons_heading;
use super::within_groups::range_of;
use crate::units::{AreaCode, Geography};

/// The column of area codes: of several the finest and of these the newest, as tables name the authority before its LSOAs, and an LSOA as it was before.
pub(super) fn code_column(sheet: &Sheet) -> Option<usize> {
    let usual = ["geography code", "area code", "area codes", "mnemonic", "code"].iter().find_map(|h| sheet.find(h));
    let of_portal = || finest_of_portal(sheet, true);
    let in_words = || (0..sheet.headings.len()).filter_map(|i| Some((fineness(&sheet.headings[i])?, i))).min().map(|f| f.1);
    usual.or_else(of_portal).or_else(in_words)
}

/// The column of areas by their names, or by names and codes, where no heading speaks of codes.
pub(super) fn name_column(sheet: &Sheet) -> Option<usize> {
    let named = ["area", "area name", "geography", "geography name", "ward", "ward name", "lsoa", "lsoa name", "msoa", "msoa name", "name"];
    let of_authorities = ["local authority", "local authority name", "authority", "borough", "district", "council", "locality", "place"];
    let of_portal = || finest_of_portal(sheet, false);
    named.iter().chain(&of_authorities).find_map(|h| sheet.find(h)).or_else(of_portal)
}

/// The column of codes, or of names, of the finest areas and their newest edition.
fn finest_of_portal(sheet: &Sheet, of_codes: bool) -> Option<usize> {
    let fineness = |g: Geography| [Geography::Lsoa, Geography::Msoa, Geography::Ward].iter().position(|f| *f == g).unwrap_or(9);
    let rank = |h: &String| ons_heading(h).filter(|k| k.code == of_codes).map(|k| (fineness(k.geography), std::cmp::Reverse(k.vintage)));
    (0..sheet.headings.len()).filter_map(|i| Some((rank(&sheet.headings[i])?, i))).min().map(|found| found.1)
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

/// The sex and the ages of a heading of estimates: `f0 to 15`, `m29`, `f65 and over`, `females 0-15`. `None` of the ages where nobody can read them.
pub(super) fn sex_and_ages(lower: &str) -> Option<(&'static str, Option<(u32, u32)>)> {
    let heads = [("female", ["females", "female", "women", "f"]), ("male", ["males", "male", "men", "m"])];
    let (sex, ages) = heads.into_iter().find_map(|(sex, words)| Some((sex, words.iter().find_map(|w| lower.strip_prefix(w))?)))?;
    let ages = ages.trim_start_matches([' ', '_', ',', ':', '-']);
    let ages = ["aged ", "age "].iter().find_map(|w| ages.strip_prefix(w)).unwrap_or(ages);
    if !ages.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let one = ages.trim_end_matches(" years").parse().ok().filter(|n| *n < 130).map(|n| (n, n));
    let written;
    let ages = match ages.strip_suffix("plus") {
        Some(from) => {
            written = format!("{}+", from.trim_end());
            written.as_str()
        }
        None => ages,
    };
    // `16 to 90+` has no end.
    let open = |(from, to)| if ages.ends_with('+') { (from, 130) } else { (from, to) };
    Some((sex, one.or_else(|| range_of(ages).map(open))))
}

/// The last of single years of age is an open band where it is one of these: ONS heads it `F90`. Ages that end elsewhere lack one.
const LAST_SINGLE_YEARS: [u32; 4] = [85, 90, 100, 105];

/// Whether ages lie beside one another from birth on, and leave nobody out.
pub(super) fn are_everybody(ages: &[(u32, u32)]) -> bool {
    let mut sorted = ages.to_vec();
    sorted.sort_unstable();
    let beside = sorted.windows(2).all(|w| w[1].0 == w[0].1 + 1);
    let single_years = sorted.iter().rev().skip(1).all(|(from, to)| from == to);
    let is_open = |&(from, to): &(u32, u32)| to == 130 || single_years && from == to && LAST_SINGLE_YEARS.contains(&from);
    beside && sorted.first().is_some_and(|a| a.0 == 0) && sorted.last().is_some_and(is_open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_estimates_and_of_codes_in_words() {
        let of = |sex, from, to| Some((sex, Some((from, to))));
        assert_eq!(sex_and_ages("f0 to 15"), of("female", 0, 15));
        assert_eq!((sex_and_ages("m29"), sex_and_ages("f90+")), (of("male", 29, 29), of("female", 90, 130)));
        assert_eq!((sex_and_ages("f65 and over"), sex_and_ages("females 16+")), (of("female", 65, 130), of("female", 16, 130)));
        assert_eq!((sex_and_ages("men aged 65 or more"), sex_and_ages("f16 onward")), (of("male", 65, 130), Some(("female", None))));
        assert_eq!((sex_and_ages("female"), sex_and_ages("mid-2022"), sex_and_ages("females 16+ %")), (None, None, of("female", 16, 130)));
        assert_eq!((sex_and_ages("f90plus"), sex_and_ages("f90 plus")), (of("female", 90, 130), of("female", 90, 130)));
        assert_eq!(sex_and_ages("f16 to 90+"), of("female", 16, 130));
        assert!(are_everybody(&[(16, 64), (0, 15), (65, 130)]));
        // Single years of ONS end with an open one that does not say so; bands do not.
        let single = |last: u32| (0..=last).map(|age| (age, age)).collect::<Vec<_>>();
        assert!(are_everybody(&single(90)) && !are_everybody(&single(64)) && !are_everybody(&single(89)) && !are_everybody(&[(0, 89)]));
        assert!(!are_everybody(&[(0, 15), (16, 64)]) && !are_everybody(&[(0, 15), (15, 130)]) && !are_everybody(&[]));
        assert!(fineness("LSOA 2021 Code") < fineness("LAD 2023 Code") && fineness("LAD 2023 Code").is_some());
        assert_eq!((fineness("Sex (2 categories) Code"), fineness("LSOA 2021 Name")), (None, None));
    }
}

//! Columns of residents by sex and age: ages beside one another that leave nobody out are everybody of that sex.

use std::collections::BTreeMap;

use super::csv_file::Sheet;
use super::population_form::{are_everybody, sex_and_ages};
use crate::diagnostics::{Code, Problems};

/// A column of ages: where it stands, whether its sex is one letter, and its years where they can be read.
struct OfAges {
    column: usize,
    by_letter: bool,
    years: Option<(u32, u32)>,
}

/// The columns of estimates by sex and age whose ages are added, each with its sex; `None`, with what is wrong reported, where some of them cannot be
/// read or leave somebody out. Ages beside one another that leave nobody out are added up whatever their words; others are groups of their own.
pub(super) fn columns_of_ages(sheet: &Sheet, groups: &[(usize, String)], problems: &mut Problems) -> Option<BTreeMap<usize, &'static str>> {
    let mut found = BTreeMap::new();
    // Beside a number of all of that sex its ages count nobody anew.
    let tells_all_of =
        |sex: &str| groups.iter().any(|(i, group)| group == sex && sex_and_ages(&sheet.headings[*i].to_lowercase()).is_none());
    for sex in ["female", "male"] {
        let of = |(i, _): &(usize, String)| {
            let lower = sheet.headings[*i].to_lowercase();
            let (_, years) = sex_and_ages(&lower).filter(|(own, _)| *own == sex)?;
            Some(OfAges { column: *i, by_letter: is_letter_of_sex(&lower), years })
        };
        let columns: Vec<OfAges> = groups.iter().filter_map(of).collect();
        let ages: Option<Vec<(u32, u32)>> = columns.iter().map(|c| c.years).collect();
        if ages.is_some_and(|ages| are_everybody(&ages)) {
            found.extend(columns.iter().map(|c| (c.column, sex)));
        } else if let Some(by_letter) = columns.iter().find(|c| c.by_letter && !tells_all_of(sex)) {
            let unread = columns.iter().find(|c| c.years.is_none()).unwrap_or(by_letter).column;
            let next = "Give every age once, from 0 to an open end, as “F0 to 15”, “F16 to 64” and “F65+”, or one column `female`.";
            let what = "the ages of these columns leave somebody out, count somebody twice or cannot be read";
            problems.error(Code::D207, sheet.place(1, unread), what, next);
            return None;
        }
    }
    Some(found)
}

/// Names ages after a letter that are not added up as groups of their own, beside all of their sex: `female 16+`.
pub(super) fn name_parts(sheet: &Sheet, groups: &mut [(usize, String)], of_ages: &BTreeMap<usize, &'static str>) {
    for (column, group) in groups.iter_mut().filter(|g| !of_ages.contains_key(&g.0)) {
        let heading = sheet.headings[*column].to_lowercase();
        if is_letter_of_sex(&heading) {
            *group = format!("{group} {}", heading[1..].trim_start_matches([' ', '_']));
        }
    }
}

/// Whether a heading gives the sex by one letter before the ages, and nothing else: `F16+`, `m0 to 15`; `M4 motorway` is none, and `F2023` a year.
pub(super) fn is_letter_of_sex(lower: &str) -> bool {
    let Some(rest) = lower.strip_prefix(['f', 'm']).map(|rest| rest.trim_start_matches([' ', '_'])) else { return false };
    let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '+').filter(|w| !w.is_empty());
    let is_age = |w: &str| w.trim_end_matches('+').trim_end_matches("plus").parse::<u32>().is_ok_and(|n| n < 130);
    let says_age =
        |w: &str| ["to", "and", "over", "or", "more", "older", "above", "under", "years", "year", "onward", "onwards", "plus"].contains(&w);
    words.next().is_some_and(is_age) && words.all(|w| is_age(w) || says_age(w))
}

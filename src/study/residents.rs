//! Residents by area and group, of one year and one level.

use std::collections::{BTreeMap, BTreeSet};

use super::bridge::Bridge;
use super::settings::StudySettings;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::PopulationRow;
use crate::units::{AreaCode, Period};

/// Two numbers of one area differ in earnest from this share on. Tables of one census differ by a person or two, because each is perturbed.
const DIFFERS_FROM: f64 = 0.02;

/// Where half of the areas have so many residents, none has none. Wards of the City of London have fewer, and some hardly any.
const MANY_PEOPLE: f64 = 500.0;

/// The level of a sum over older codes: no other level stands beside it.
const MERGED: u8 = 8;

/// Residents by area and group; smaller areas are summed where a lookup says which area they lie in.
///
/// A table may hold several years and several levels. One year counts: the latest that is not after the study, else the earliest; without months
/// to study the latest. One level counts for each area: its own row where there is one, else the sum of the smallest areas in it; totals are held against their parts and never
/// added to them.
pub(super) fn of(
    rows: &[PopulationRow],
    bridge: &Bridge,
    codes: &[AreaCode],
    settings: &StudySettings,
    months: Option<Period>,
    problems: &mut Problems,
) -> BTreeMap<AreaCode, BTreeMap<String, f64>> {
    let (years, several) = years(rows, months);
    if let Some(year) = several {
        problems.warn_said(Code::D207, Place::file("population"), said::residents_of_several_years(year));
    }
    let mut first: BTreeMap<(AreaCode, &str), &PopulationRow> = BTreeMap::new();
    let (mut contrary, mut undated): (BTreeSet<AreaCode>, BTreeSet<AreaCode>) = Default::default();
    for row in rows.iter().filter(|r| years.get(r.group.as_str()).is_none_or(|y| r.year.is_none() || r.year == Some(*y))) {
        let known = first.entry((row.code, row.group.as_str())).or_insert(row);
        // A table that says its year is better than one that says none.
        if known.year.is_none() != row.year.is_none() && differ(known.persons, row.persons) {
            undated.insert(row.code);
        }
        if known.year.is_none() && row.year.is_some() {
            *known = row;
        } else if differ(known.persons, row.persons) && known.year == row.year {
            contrary.insert(row.code);
        }
    }
    if let Some(code) = contrary.first() {
        let said = said::residents_given_twice(contrary.len(), code);
        problems.error_said(Code::D207, Place::file("population").at(code.to_string()), said);
    }
    if let Some(code) = undated.first() {
        problems.warn_said(Code::D207, Place::file("population"), said::residents_of_no_year(undated.len(), code));
    }
    // By area, group and level, where 0 is the area's own row.
    let mut sums: BTreeMap<(AreaCode, &str), BTreeMap<u8, f64>> = BTreeMap::new();
    for ((code, group), row) in &first {
        let own = codes.binary_search(code).is_ok();
        let target = if own {
            Some(*code)
        } else {
            bridge.all_up_to(*code, settings.geography).into_iter().find(|t| codes.binary_search(t).is_ok())
        };
        let Some(target) = target else { continue };
        let level = if own { 0 } else { code.geography().map_or(9, |g| 1 + g as u8) };
        *sums.entry((target, group)).or_default().entry(level).or_default() += row.persons;
    }
    // An area that was made of older ones has the residents of them all.
    let groups: BTreeSet<&str> = first.keys().map(|k| k.1).collect();
    let bare: Vec<AreaCode> = codes.iter().copied().filter(|c| sums.range((*c, "")..).next().is_none_or(|(k, _)| k.0 != *c)).collect();
    let merged = if bare.is_empty() { BTreeMap::new() } else { bridge.merged() };
    for (code, parts) in bare.into_iter().filter_map(|code| Some((code, merged.get(&code)?))) {
        for group in &groups {
            let whole: Option<f64> = parts.iter().map(|p| first.get(&(*p, *group)).map(|r| r.persons)).sum();
            if let Some(persons) = whole {
                sums.entry((code, *group)).or_default().insert(MERGED, persons);
            }
        }
    }
    let mut residents: BTreeMap<AreaCode, BTreeMap<String, f64>> = BTreeMap::new();
    let mut apart: Vec<AreaCode> = Vec::new();
    for ((code, group), levels) in &sums {
        let Some((level, persons)) = levels.first_key_value() else { continue };
        if *level == 0 && levels.iter().skip(1).any(|(_, n)| differ(*n, *persons)) {
            apart.push(*code);
        }
        residents.entry(*code).or_default().insert((*group).to_owned(), *persons);
    }
    apart.dedup();
    without_areas_of_nobody(&mut residents);
    for authority in &settings.authorities {
        let parts = codes.iter().filter(|c| bridge.one_of(**c, &[*authority]).is_some() && **c != *authority);
        let parts: Option<f64> = parts.map(|c| residents.get(c)?.get("all").copied()).sum();
        if let (Some(parts), Some(total)) = (parts.filter(|n| *n > 0.0), first.get(&(*authority, "all")))
            && differ(parts, total.persons)
        {
            apart.push(*authority);
        }
    }
    if let Some(code) = apart.first() {
        problems.warn_said(Code::D207, Place::file("population").at(code.to_string()), said::residents_unlike_their_parts(code));
    }
    residents
}

/// A `0` among areas of many people stands for a number that is not known: there is no such area without anybody, and its events are no one's.
fn without_areas_of_nobody(residents: &mut BTreeMap<AreaCode, BTreeMap<String, f64>>) {
    let all = |groups: &BTreeMap<String, f64>| groups.get("all").copied();
    let mut known: Vec<f64> = residents.values().filter_map(all).collect();
    known.sort_by(f64::total_cmp);
    if known.get(known.len() / 2).is_some_and(|median| *median >= MANY_PEOPLE) {
        residents.retain(|_, groups| all(groups).is_none_or(|n| n > 0.0));
    }
}

fn differ(a: f64, b: f64) -> bool {
    (a - b).abs() > 10.0 && (a - b).abs() > DIFFERS_FROM * a.max(b)
}

/// For each group that is given for several years, the one that counts.
///
/// With it, that of the first group that has several.
fn years(rows: &[PopulationRow], months: Option<Period>) -> (BTreeMap<&str, u16>, Option<u16>) {
    let mut years: BTreeMap<&str, BTreeSet<u16>> = BTreeMap::new();
    for row in rows {
        years.entry(row.group.as_str()).or_default().extend(row.year);
    }
    let last = months.and_then(|period| u16::try_from(period.last.year()).ok()).unwrap_or(u16::MAX);
    let pick = |years: BTreeSet<u16>| -> Option<u16> { years.range(..=last).next_back().or(years.first()).copied() };
    let several = years.values().find(|y| y.len() > 1).cloned().and_then(pick);
    (years.into_iter().filter_map(|(group, years)| Some((group, pick(years)?))).collect(), several)
}

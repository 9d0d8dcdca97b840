//! Deprivation of the areas of a study, also where the indices are of older codes or of smaller areas.
//!
//! An area with a row of its own has that rank. Parts of an area that was split take the rank of the whole; an area that was merged, and a ward
//! among whose LSOAs the ranks stand, has their mean, weighted by residents where these are known. What was not read as it stands is told.

use std::collections::{BTreeMap, BTreeSet};

use super::bridge::Bridge;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::Gathered;
use crate::units::{AreaCode, Geography};

/// So many areas of all may have no rank before a comparison of fifths is one of another place.
const MOST_WITHOUT: f64 = 0.05;

/// Tells of areas that have no rank, where others have one. Whether enough have one: fifths of what is left would not be fifths of the study.
fn enough(all: &BTreeMap<AreaCode, f64>, codes: &[AreaCode], unranked: &[AreaCode], problems: &mut Problems) -> bool {
    // One that the indices name without a rank has none; one that they do not name may be of other codes.
    let without: Vec<&AreaCode> = codes.iter().filter(|c| !all.contains_key(c) && !unranked.contains(c)).collect();
    let Some(code) = without.first().filter(|_| !all.is_empty()) else { return true };
    let many = without.len() as f64 > MOST_WITHOUT * codes.len() as f64;
    let said = said::areas_without_rank(without.len(), codes.len(), code, many);
    problems.warn_said(Code::D222, Place::file("deprivation").at(code.to_string()), said);
    !many
}

/// Ranks with the sign turned, or scores, by area: more is more deprived.
pub(super) fn of(
    gathered: &Gathered,
    bridge: &Bridge,
    codes: &[AreaCode],
    geography: Geography,
    problems: &mut Problems,
) -> BTreeMap<AreaCode, f64> {
    let mut rows: BTreeMap<AreaCode, f64> = BTreeMap::new();
    let mut contrary: BTreeSet<AreaCode> = BTreeSet::new();
    for (code, value, _) in &gathered.deprivation {
        if *rows.entry(*code).or_insert(*value) != *value {
            contrary.insert(*code);
        }
    }
    if let Some(code) = contrary.first() {
        let said = said::deprivation_given_twice(contrary.len(), code);
        problems.error_said(Code::D207, Place::file("deprivation").at(code.to_string()), said);
    }
    let people: BTreeMap<AreaCode, f64> =
        gathered.population.iter().filter(|r| r.group == "all" && r.persons > 0.0).map(|r| (r.code, r.persons)).collect();
    let is_ours = |code: &AreaCode| codes.binary_search(code).is_ok();
    // Of each area without a row, the ranks that lead to it and how many people each is of.
    let mut parts: BTreeMap<AreaCode, Vec<(f64, f64)>> = BTreeMap::new();
    for (code, value) in rows.iter().filter(|(code, _)| !is_ours(code)) {
        let newer = bridge.newer(*code);
        for one in &newer {
            let own = Some(*one).filter(is_ours);
            let Some(target) = own.or_else(|| bridge.all_up_to(*one, geography).into_iter().find(is_ours)) else { continue };
            let weight = people.get(code).or(people.get(one)).copied().unwrap_or(1.0);
            parts.entry(target).or_default().push((*value, weight));
        }
    }
    let mean = |parts: &Vec<(f64, f64)>| parts.iter().map(|p| p.0 * p.1).sum::<f64>() / parts.iter().map(|p| p.1).sum::<f64>();
    let mut all: BTreeMap<AreaCode, f64> = rows.into_iter().filter(|(code, _)| is_ours(code)).collect();
    parts.retain(|code, _| !all.contains_key(code));
    if let Some(code) = parts.keys().next() {
        let said = said::deprivation_of_other_codes(parts.len(), code);
        problems.warn_said(Code::D222, Place::file("deprivation").at(code.to_string()), said);
    }
    all.extend(parts.iter().map(|(code, parts)| (*code, mean(parts))));
    // Nothing is asked of deprivation then, and it is said why.
    if enough(&all, codes, &gathered.unranked, problems) { all } else { BTreeMap::new() }
}

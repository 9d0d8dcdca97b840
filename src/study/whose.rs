//! Whose an area is. What cannot be told is a problem: neither the study's own nor another place.

use std::collections::{BTreeMap, BTreeSet};

use geo::MultiPolygon;

use super::bridge::Bridge;
use super::codes::{self, Known};
use super::settings::StudySettings;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{BoundarySet, Gathered};
use crate::units::{AreaCode, Geography, stem_of_area as stem};

/// An area whose authority nothing tells: code, name, shape and file.
pub(super) type Untold<'g> = (AreaCode, String, &'g MultiPolygon<f64>, &'g str);
/// An area of the study: code, name, authority, shape and file.
pub(super) type Found<'g> = (AreaCode, String, AreaCode, &'g MultiPolygon<f64>, &'g str);

/// More wards than this are not of one authority: Birmingham has 69, County Durham 63, Cornwall 87.
const MOST_WARDS: usize = 130;

/// The authority of an area: by the newer of boundary file and lookup, and by what its code became since.
pub(super) fn authority(set: &BoundarySet, code: AreaCode, own: Option<AreaCode>, bridge: &Bridge, ours: &[AreaCode]) -> Option<AreaCode> {
    let looked_up = bridge.authority_and_year(code);
    let newest = match (own, looked_up) {
        (Some(own), _) if ours.contains(&own) => return Some(own),
        (Some(own), Some((year, other))) => {
            if year > set.authority_vintage && set.authority_vintage > 0 {
                other
            } else {
                own
            }
        }
        (Some(own), None) => own,
        (None, Some((_, other))) => other,
        (None, None) => return None,
    };
    match codes::successors(newest).as_slice() {
        [one] if !ours.contains(&newest) && ours.contains(one) => Some(*one),
        _ => Some(newest),
    }
}

/// Which of the areas that nothing places are the study's.
///
/// One authority and names that all speak of one place: they are its own. Otherwise the names decide where one of them is the authority's, and
/// where none is, nobody can say. `left_open` of them stand in files that say it of other areas: names that tell nothing settle nothing of those.
pub(super) fn claim<'g, 'f>(
    untold: Vec<Untold<'g>>,
    left_open: usize,
    settings: &StudySettings,
    told: impl Iterator<Item = &'f str>,
    problems: &mut Problems,
) -> Vec<Found<'g>> {
    let mut by_stem: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, name, _, _) in &untold {
        *by_stem.entry(stem(name).unwrap_or("")).or_default() += 1;
    }
    let told: BTreeSet<&str> = told.filter_map(stem).collect();
    let Some((_, _, _, file)) = untold.first() else { return vec![] };
    let file = *file;
    if left_open > 0 && (told.is_empty() || by_stem.contains_key("")) {
        problems.error_said(Code::D204, Place::file(file), said::authorities_of_some_areas(left_open));
        return vec![];
    }
    if !told.is_empty() {
        // Others tell their authority: these are elsewhere, unless their names say that they are of the same place.
        let alike: usize = by_stem.iter().filter(|(s, _)| told.contains(*s)).map(|(_, n)| n).sum();
        if alike > 0 {
            problems.error_said(Code::D204, Place::file(file), said::areas_named_like_the_study(alike));
        }
        return vec![];
    }
    let [authority] = settings.authorities.as_slice() else {
        problems.error_said(Code::D204, Place::file(file), said::areas_of_no_authority(untold.len()));
        return vec![];
    };
    let own = |(code, name, shape, file): Untold<'g>| (code, name, *authority, shape, file);
    if by_stem.len() == 1 && !by_stem.contains_key("") {
        return untold.into_iter().map(own).collect();
    }
    let names: Vec<String> = codes::names(*authority).into_iter().chain([settings.area_name.clone()]).collect();
    let named = |s: &str| names.iter().any(|n| n.eq_ignore_ascii_case(s));
    if by_stem.keys().any(|s| named(s)) {
        let n: usize = by_stem.iter().filter(|(s, _)| named(s)).map(|(_, n)| n).sum();
        problems.warn_said(Code::D204, Place::file(file), said::areas_by_their_names(n, untold.len(), *authority));
        return untold.into_iter().filter(|u| stem(&u.1).is_some_and(named)).map(own).collect();
    }
    let nameless = by_stem.keys().all(|s| s.is_empty());
    if nameless && (settings.geography != Geography::Ward || untold.len() <= MOST_WARDS) {
        problems.warn_said(Code::D204, Place::file(file), said::areas_taken_to_be_the_study(untold.len(), *authority));
        return untold.into_iter().map(own).collect();
    }
    let shown: Vec<&str> = by_stem.keys().copied().filter(|s| !s.is_empty()).take(3).collect();
    problems.error_said(Code::D204, Place::file(file), said::areas_named_otherwise(untold.len(), *authority, &shown.join(", ")));
    vec![]
}

/// Areas without a shape that lie in other authorities: nothing of the study is missed with them. One of the study, or of which nothing says whose it
/// is, is a problem.
pub(super) fn shapeless_elsewhere(
    settings: &StudySettings,
    gathered: &Gathered,
    vintage: u16,
    bridge: &Bridge,
    problems: &mut Problems,
) -> Vec<AreaCode> {
    let mut elsewhere = Vec::new();
    for one in gathered.shapeless.iter().filter(|s| s.geography == settings.geography) {
        // Boundaries of an older year are not used.
        let Some(set) = gathered.boundaries.iter().find(|b| b.file == one.file && b.vintage == vintage) else { continue };
        let own = authority(set, one.code, one.authority, bridge, &settings.authorities);
        match own {
            Some(other) if !settings.authorities.contains(&other) => elsewhere.push(one.code),
            _ => {
                let said = said::boundary_without_a_polygon(one.code, own.is_some());
                problems.error_said(Code::R109, Place::file(&one.file).at(one.at.clone()), said);
            }
        }
    }
    elsewhere
}

/// Each authority of the plan has areas: one without is an older code, a code of something larger, or a slip.
pub(super) fn every_authority_has_areas(authorities: &[AreaCode], owned: &[AreaCode], problems: &mut Problems) {
    for code in authorities.iter().filter(|a| !owned.contains(a)) {
        let listed = |list: &[(AreaCode, String)]| list.iter().map(|(c, n)| format!("{c} {n}")).collect::<Vec<_>>().join(", ");
        let said = match codes::known(*code) {
            Known::Older { name, became, date } => said::authority_that_ended(*code, &name, &listed(&became), &date),
            Known::Larger { what, name, authorities } => said::larger_than_an_authority(*code, what, &name, &listed(&authorities)),
            Known::Current(name) => said::authority_without_a_boundary(*code, &name),
            Known::Unknown => said::authority_that_nobody_knows(*code),
        };
        problems.error_said(Code::D204, Place::file("the plan").at("[study] authorities"), said);
    }
}

/// An area that a lookup of the same year puts in the study has a boundary: else its incidents would count and its residents not.
pub(super) fn every_listed_area_has_a_boundary(
    settings: &StudySettings,
    vintage: u16,
    have: &[AreaCode],
    bridge: &Bridge,
    file: &str,
    problems: &mut Problems,
) {
    if settings.geography == Geography::Authority {
        return;
    }
    let listed = bridge.listed_in(settings.geography, vintage, &settings.authorities);
    let missing: Vec<AreaCode> = listed.iter().copied().filter(|c| have.binary_search(c).is_err()).collect();
    if let Some(first) = missing.first() {
        let said = said::listed_areas_without_a_boundary(missing.len(), listed.len(), *first);
        problems.error_said(Code::D204, Place::file(file), said);
    }
}

/// Areas that a table of residents names like those of the study, and that no boundary shows: a file that was cut off leaves their people and their
/// events out. Only a table that holds every area of the study speaks of its areas of today.
pub(super) fn every_named_area_has_a_boundary(
    have: &BTreeMap<AreaCode, &str>,
    elsewhere: &[AreaCode],
    named: &[BTreeMap<AreaCode, String>],
    bridge: &Bridge,
    file: &str,
    problems: &mut Problems,
) {
    let kind = have.keys().next().and_then(|c| c.geography());
    let stems: BTreeSet<&str> = have.values().filter_map(|name| stem(name)).collect();
    for table in named.iter().filter(|table| have.keys().all(|c| table.contains_key(c))) {
        let is_missing = |code: &AreaCode, name: &str| {
            let known = have.contains_key(code) || elsewhere.binary_search(code).is_ok() || bridge.knows(*code);
            !known && code.geography() == kind && stem(name).is_some_and(|s| stems.contains(s))
        };
        let missing: Vec<AreaCode> = table.iter().filter(|(code, name)| is_missing(code, name)).map(|(code, _)| *code).collect();
        if let Some(first) = missing.first() {
            let said = said::named_areas_without_a_boundary(missing.len(), have.len(), *first);
            return problems.error_said(Code::D204, Place::file(file), said);
        }
    }
}

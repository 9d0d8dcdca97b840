//! Counts of a study as the ledger of releases writes them, and labels that it may not print as tokens.

use std::collections::BTreeMap;

use geo::InteriorPoint;

use crate::diagnostics::{Code, Place, Problems, said};
use crate::ledger::{EarlierArea, EarlierCell, KEY_FILE, LabelKey, MARK, NamedSource};
use crate::model::{Group, ReleasePolicy};
use crate::study::{Dataset, Slice, SliceArea, Study};

/// A slice of a study as the ledger writes it.
pub(super) fn earlier_cell(study: &Study, slice: &Slice, printed: Option<u64>, policy: &ReleasePolicy) -> EarlierCell {
    let dataset = study.datasets.iter().find(|d| d.source == slice.source);
    let name = |c: &u32| dataset.and_then(|d| d.raw.get(*c as usize)).map_or(String::new(), |c| c.name.clone());
    let raw = if slice.categories.is_empty() { vec![] } else { dataset.map_or(vec![], |d| d.raw_of(&slice.categories)) };
    let area = match slice.area {
        SliceArea::Whole => EarlierArea::Whole(study.about.authorities.clone()),
        SliceArea::Unlocated => EarlierArea::Unlocated,
        SliceArea::Area(area) => EarlierArea::Code(study.areas.list[area as usize].code),
    };
    let point = match slice.area {
        SliceArea::Area(area) => {
            study.areas.list[area as usize].shape.interior_point().map(|p| (p.x().round() as i32, p.y().round() as i32))
        }
        _ => None,
    };
    let mut categories: Vec<String> = raw.iter().map(name).collect();
    categories.sort();
    EarlierCell {
        source: study.sources[slice.source].name.clone(),
        area,
        point,
        first: slice.months.first,
        last: slice.months.last,
        categories,
        group: slice.group.map(Group::name),
        rule: Some(policy.rule()),
        tier: policy.tier,
        printed,
    }
}

/// Earlier cells with the labels of the study in place of their tokens. Tokens of labels that are gone stay.
///
/// `sources` are those in the order of the plan: a token was made under the name that the source had then.
pub fn with_labels(key: &LabelKey, mut cells: Vec<EarlierCell>, study: &Study, sources: &[NamedSource]) -> Vec<EarlierCell> {
    if !key.is_there() {
        return cells;
    }
    let names = |dataset: &Dataset| -> Vec<String> {
        let former = sources.get(dataset.source).and_then(|s| s.formerly.clone()).unwrap_or_default();
        former.into_iter().chain([study.sources[dataset.source].name.clone()]).collect()
    };
    for (dataset, source) in study.datasets.iter().flat_map(|d| names(d).into_iter().map(move |name| (d, name))) {
        let source = &source;
        let hidden = dataset.raw.iter().filter(|c| !c.is_printed || c.name.starts_with(MARK));
        let tokens: BTreeMap<String, &String> = hidden.map(|c| (key.token_of(source, &c.name).unwrap_or_default(), &c.name)).collect();
        // A label that was rare when it was recorded may be frequent by now.
        let printed = dataset.raw.iter().filter(|c| c.is_printed).map(|c| (key.token_of(source, &c.name).unwrap_or_default(), &c.name));
        let tokens: BTreeMap<String, &String> = tokens.into_iter().chain(printed).collect();
        for cell in cells.iter_mut().filter(|c| c.source == *source) {
            for category in &mut cell.categories {
                if let Some(label) = tokens.get(category) {
                    *category = (*label).clone();
                }
            }
            cell.categories.sort();
        }
    }
    cells
}

/// New cells with tokens in place of labels that may not be printed.
///
/// `None`, with the problem reported, where a key is needed and the machine gives no random numbers.
pub fn with_tokens(key: &mut LabelKey, mut cells: Vec<EarlierCell>, study: &Study, problems: &mut Problems) -> Option<Vec<EarlierCell>> {
    for dataset in &study.datasets {
        let source = &study.sources[dataset.source].name;
        let printed: std::collections::BTreeSet<&str> =
            dataset.raw.iter().filter(|c| c.is_printed && !c.name.starts_with(MARK)).map(|c| c.name.as_str()).collect();
        for cell in cells.iter_mut().filter(|c| c.source == *source) {
            for category in cell.categories.iter_mut().filter(|c| !printed.contains(c.as_str())) {
                let Some(token) = key.new_token(source, category) else {
                    problems.error_said(Code::S310, Place::file(KEY_FILE), said::no_key_for_the_ledger());
                    return None;
                };
                *category = token;
            }
            cell.categories.sort();
        }
    }
    Some(cells)
}

//! What to ask each provider: of open directories in the pack, of restricted ones for the analyst alone.

use std::collections::BTreeMap;

use super::AssuranceSettings;
use super::fix_items::items;
use super::looked::{Looked, is_told};
use crate::analyses::draft::{CountTable, Draft, DraftHead, Released, Telling};
use crate::analyses::gaps::day;
use crate::model::{Body, FixItem, FixList, FixLists};
use crate::msg;
use crate::study::{Service, Study};
use crate::units::Polarity;

/// The lists of records of open directories: what stands in them is public, so that nothing here is a count to be released.
pub(super) fn draft(looked: &Looked) -> Option<Draft> {
    let open = |s: &Service| is_told(looked.study, s);
    let lists = lists(looked, &open, &open);
    if lists.is_empty() {
        return None;
    }
    let mut sources: Vec<usize> = looked.listed.iter().filter(|s| open(s)).flat_map(|s| s.sources()).collect();
    sources.sort_unstable();
    sources.dedup();
    let sources = sources.into_iter().map(|s| looked.study.source_ref(s)).collect();
    let caveats = vec![msg!("assurance-caveat-lists"), msg!("services-caveat-confidential")];
    let head = DraftHead { sources, ..looked.head("fix-lists", Polarity::Ambiguous, caveats) };
    let facts = Facts {
        area_name: looked.study.about.area_name.clone(),
        lists: FixLists { as_of: looked.day().to_owned(), lists },
        named: lists_named(looked, &open),
    };
    Some(Draft::new(head, CountTable::column([None]), facts, tell))
}

/// The lists of all records that a pack must not name: those of directories that are, or to which something was added that is, not open.
///
/// They are for the analyst, from a study before its release, as of the month that the analysis names; their texts are still to be written.
pub fn unreleased_fix_lists(study: &Study, asked: &AssuranceSettings) -> FixLists {
    let looked = Looked::all(study, asked.as_of);
    let lists = lists(&looked, &|s| !is_told(study, s), &|_| true);
    FixLists { as_of: looked.day().to_owned(), lists }
}

/// A list for each provider of the records that are `wanted`; others with which one may be one are named where `may_name` holds.
fn lists(looked: &Looked, wanted: &dyn Fn(&Service) -> bool, may_name: &dyn Fn(&Service) -> bool) -> Vec<FixList> {
    let mut by_provider: BTreeMap<String, FixList> = BTreeMap::new();
    for service in looked.listed.iter().filter(|s| wanted(s)) {
        let found: Vec<FixItem> = items(looked, service, may_name);
        if found.is_empty() {
            continue;
        }
        let list =
            by_provider.entry(service.provider_key()).or_insert_with(|| FixList { provider: service.provider.clone(), items: vec![] });
        list.items.extend(found);
    }
    by_provider.into_values().collect()
}

/// How many providers of the records that are `wanted` there are.
fn lists_named(looked: &Looked, wanted: &dyn Fn(&Service) -> bool) -> usize {
    let named = looked.listed.iter().filter(|s| wanted(s)).map(|s| s.provider_key());
    named.collect::<std::collections::BTreeSet<_>>().len()
}

struct Facts {
    area_name: String,
    lists: FixLists,
    /// Providers of open records, with or without a list.
    named: usize,
}

fn tell(facts: &Facts, _: &Released) -> Telling {
    let things: usize = facts.lists.lists.iter().map(|l| l.items.len()).sum();
    let providers = facts.lists.lists.len();
    Telling {
        headline: msg!("assurance-fix-headline", things = things, providers = providers),
        subtitle: msg!("assurance-fix-subtitle", day = day(&facts.lists.as_of), area = &facts.area_name),
        sentences: vec![msg!("assurance-fix-providers", providers = providers, all = facts.named)],
        figures: vec![],
        body: Body::FixLists(facts.lists.clone()),
    }
}

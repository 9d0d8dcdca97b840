//! Records that the plan says are of one service: what is secret in one of them is so in all.

use std::collections::BTreeSet;

use super::Because;
use super::same::spread;
use super::unknown::Mark;
use super::why::{is_not_recognised, reason};
use crate::diagnostics::{Code, Problems, said};
use crate::sources::ServiceRecord;

/// Why each record is confidential: by itself, because one that it is joined with is, or because one that is alike is. `sets` are positions of records
/// that are one; `marks` are those that may say so under a heading that nobody knows.
pub(super) fn verdicts(
    records: &[ServiceRecord],
    sets: &[Vec<usize>],
    marks: &[Vec<Mark>],
    named: &BTreeSet<&str>,
    problems: &mut Problems,
) -> Vec<Option<Because>> {
    let is_public = |i: usize| named.contains(records[i].id.as_str());
    let mut own = own_of(records, sets);
    for (own, _) in own.iter_mut().zip(marks).filter(|(own, mark)| own.is_none() && !mark.is_empty()) {
        *own = Some(Because::UnknownMark);
    }
    share(&mut own, sets, &is_public);
    // What is like a record of a set makes the whole set secret, and with it what is like any other record of the set.
    let verdicts = loop {
        let mut told = Problems::default();
        let verdicts = spread(records, &own, named, &mut told);
        let mut whole = verdicts.clone();
        if !share(&mut whole, sets, &is_public) {
            problems.append(told);
            break verdicts;
        }
        for (own, (now, before)) in own.iter_mut().zip(whole.iter().zip(&verdicts)) {
            if now != before {
                *own = *now;
            }
        }
    };
    for set in sets {
        let Some(other) = set.iter().copied().find(|i| verdicts[*i].is_some()) else { continue };
        for i in set.iter().copied().filter(|i| is_public(*i)) {
            problems.error_said(Code::S317, records[i].place.clone(), said::public_place_confidential_elsewhere(&records[other].place));
        }
    }
    verdicts
}

/// Whether a record may be anything, and with it all that it is joined with: what the plan calls public is recognised.
pub(super) fn may_be_anything(records: &[ServiceRecord], sets: &[Vec<usize>], named: &BTreeSet<&str>, position: usize) -> bool {
    let unknown = |i: usize| !named.contains(records[i].id.as_str()) && is_not_recognised(&records[i]);
    unknown(position) && sets.iter().filter(|set| set.contains(&position)).flatten().all(|i| unknown(*i))
}

/// Why each is confidential by itself. What is so only because nobody knows its type is judged by the type that another record of it gives.
fn own_of(records: &[ServiceRecord], sets: &[Vec<usize>]) -> Vec<Option<Because>> {
    let mut own: Vec<Option<Because>> = records.iter().map(reason).collect();
    for set in sets {
        let Some(types) = set.iter().map(|i| &records[*i].types).find(|types| !types.is_empty()) else { continue };
        for i in set.iter().copied().filter(|i| records[*i].types.is_empty()) {
            if own[i].is_some_and(is_unsure) {
                own[i] = reason(&ServiceRecord { types: types.clone(), ..records[i].clone() });
            }
        }
    }
    own
}

/// Whether it is kept back only because nobody knows its type.
fn is_unsure(because: Because) -> bool {
    matches!(because, Because::UnknownType | Because::AboutAbuse)
}

/// Carries what is found of any record of a set over to the others; whether that changed anything.
fn share(verdicts: &mut [Option<Because>], sets: &[Vec<usize>], is_public: &dyn Fn(usize) -> bool) -> bool {
    let mut changed = false;
    for set in sets {
        let all: Vec<usize> = set.iter().copied().filter(|i| !is_public(*i)).collect();
        let found: Vec<Because> = all.iter().filter_map(|i| verdicts[*i]).collect();
        let Some(first) = found.iter().copied().min() else { continue };
        let shared = if found.iter().all(|b| is_unsure(*b)) { first } else { Because::Elsewhere };
        for i in all {
            if verdicts[i].is_none_or(|own| is_unsure(own) && own != shared) {
                verdicts[i] = Some(shared);
                changed = true;
            }
        }
    }
    changed
}

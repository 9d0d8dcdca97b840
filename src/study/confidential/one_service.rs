//! Which confidential records may be of one service: a refuge in three records is no three refuges, and a third of what they have is what it has.

use std::collections::{BTreeMap, BTreeSet};

use super::like::{Known, forget_general_contacts};
use super::same::{FILLER, name_key};
use crate::diagnostics::{Code, Problems, said};
use crate::sources::ServiceRecord;
use crate::study::StudySettings;

/// Services by a number, for each of the records at `secret`, by its id: records of one number may be one service.
///
/// They are so by the plan (`sets`, by positions), or by name, provider and contacts, unless the plan says of the two that they are `different-services`.
/// What may be one and is not said to be either is told.
pub(in crate::study) fn by_service(
    records: &[ServiceRecord],
    secret: &[usize],
    sets: &[Vec<usize>],
    settings: &StudySettings,
    problems: &mut Problems,
) -> BTreeMap<String, usize> {
    // Those that are one by the plan have the number of the first of them.
    let mut of: BTreeMap<usize, usize> = secret.iter().map(|i| (*i, *i)).collect();
    for set in sets {
        let Some(first) = set.first() else { continue };
        set.iter().for_each(|i| *of.entry(*i).or_insert(*first) = *first);
    }
    let by_plan = of.clone();
    let number = |id: &String| by_plan.iter().find(|(i, _)| records[**i].id == *id).map(|(_, n)| *n);
    let different: BTreeSet<(usize, usize)> =
        (settings.different_services.iter()).filter_map(|[a, b]| number(a).zip(number(b))).flat_map(|(a, b)| [(a, b), (b, a)]).collect();
    let mut known: Vec<Known> = secret.iter().map(|i| Known::of(&records[*i], name_key(&records[*i].name), &FILLER)).collect();
    forget_general_contacts(&mut known);
    for (at, a) in secret.iter().enumerate() {
        for (b, other) in secret.iter().zip(&known).take(at) {
            let (one, two) = (by_plan[a], by_plan[b]);
            if one == two || different.contains(&(one, two)) || !known[at].may_be(other) {
                continue;
            }
            // Only what is counted of one kind can be counted twice.
            if records[*a].types.iter().any(|t| records[*b].types.contains(t)) {
                problems.warn_said(Code::S335, records[*a].place.clone(), said::confidential_records_may_be_one(&records[*b].place));
            }
            let (from, to) = (of[a], of[b]);
            of.values_mut().filter(|n| **n == from).for_each(|n| *n = to);
        }
    }
    of.into_iter().map(|(i, n)| (records[i].id.clone(), n)).collect()
}

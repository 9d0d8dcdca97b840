//! Gaps before and after: the tests of the register, asked of the catalogue as it is and as it would be.

use std::collections::BTreeMap;

use super::WhatIfSettings;
use crate::analyses::gaps::{GapSettings, Tested, tested};
use crate::analyses::words::slug;
use crate::model::{Text, Verdict};
use crate::sources::ServiceType;
use crate::study::Study;

/// What a test says before and after, where that differs.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub id: String,
    pub dimension: String,
    pub subject: Text,
    pub who: Text,
    pub unit: String,
    pub before: (Verdict, Option<u64>),
    pub after: (Verdict, Option<u64>),
}

/// Every test of a catalogue, by id.
pub(super) type Register = BTreeMap<String, Tested>;

impl WhatIfSettings {
    /// The tests of the register on a study, measured as everything else of a scenario.
    pub(super) fn register(&self, study: &Study) -> Register {
        let asked = self.asked(study);
        let settings = GapSettings {
            reach_m: asked.reach_m,
            reach_m_by_type: asked.reach_m_by_type,
            by: asked.by,
            detour: asked.detour,
            reach_minutes: asked.reach_minutes,
            as_of: asked.as_of,
            ..GapSettings::default()
        };
        tested(&settings, study).into_iter().map(|t| (t.id.clone(), t)).collect()
    }
}

/// Tests whose verdict or number of people changes, sorted by id.
///
/// A test that is asked only after the change, as of a service that is the first of its kind, was not known before; one that is asked only before is
/// not known after.
pub(super) fn moved(before: &Register, after: &Register) -> Vec<Moved> {
    let mut ids: Vec<&String> = before.keys().chain(after.keys()).collect();
    ids.sort();
    ids.dedup();
    let one = |id: &String| {
        let (was, is) = (before.get(id), after.get(id));
        let is_gap = |t: &&Tested| t.verdict == Verdict::Gap;
        let told = is.filter(is_gap).or(was.filter(is_gap)).or(is).or(was)?;
        let state = |t: Option<&Tested>| t.map_or((Verdict::NotKnown, None), |t| (t.verdict, t.people));
        let (was, is) = (state(was), state(is));
        // People of whom a test says something else are no change of a gap where there is none.
        let same = was.0 == is.0 && (was.1 == is.1 || is.0 != Verdict::Gap);
        (!same).then(|| Moved {
            id: id.clone(),
            dimension: told.dimension.into(),
            subject: told.subject.clone(),
            who: told.who.clone(),
            unit: told.unit.clone(),
            before: was,
            after: is,
        })
    };
    ids.into_iter().filter_map(one).collect()
}

/// Whether a test is of a kind of service.
pub(super) fn is_of(moved: &Moved, kind: &ServiceType) -> bool {
    is_of_id(moved, &kind.id)
}

/// The same, of a kind by its id.
pub(super) fn is_of_id(moved: &Moved, kind: &str) -> bool {
    moved.id.split('/').nth(1) == Some(slug(kind).as_str())
}

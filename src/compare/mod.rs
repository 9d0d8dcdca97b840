//! What changed between two packs: tested, from released numbers only, and never across a break.
//!
//! Two documents are compared only where they are alike in what they count; what differs is told instead. As nothing but what both packs
//! print goes in, a comparison tells nobody more than the two packs do.

mod registers;
mod unlike;
mod values;

use serde::Serialize;

use crate::model::{Body, Finding, Findings};
use crate::units::{AreaCode, Cell, Estimate};

pub use registers::{GapChange, GapMove, ServiceChange, ServiceMove};
pub use unlike::Unlike;

/// At this share of false discoveries a change of areas is called, and at this level one of the whole.
pub const CALLED_AT: f64 = 0.05;

/// Two packs side by side.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// Why nothing is compared; empty where something is.
    pub refused: Vec<Differs>,
    /// Findings that are not compared, and why.
    pub not_compared: Vec<NotCompared>,
    /// Ids of findings that only the first pack has.
    pub only_before: Vec<String>,
    /// Ids of findings that only the second pack has.
    pub only_after: Vec<String>,
    /// Values side by side.
    pub changes: Vec<Change>,
    /// Gaps whose verdict or size changed.
    pub gaps: Vec<GapChange>,
    /// Services that started, ended or changed their state.
    pub services: Vec<ServiceChange>,
    /// Months that both packs count, and differently.
    pub restated: Vec<Restated>,
    /// The share of false discoveries among changes that are called.
    pub called_at: f64,
}

/// Something that differs, as each pack has it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Differs {
    /// What differs.
    pub what: Unlike,
    /// In the first pack.
    pub before: String,
    /// In the second.
    pub after: String,
}

/// A finding that is not compared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NotCompared {
    /// Its id.
    pub id: String,
    /// Why.
    pub because: Differs,
}

/// What may be said of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Higher, more than chance would make it.
    Higher,
    /// Lower, more than chance would make it.
    Lower,
    /// Within what chance makes.
    NoClearChange,
    /// Another value of something that is no sample: residents in reach, capacity.
    Changed,
    /// The same value.
    Same,
    /// A break in recording lies between.
    Break,
    /// The months of the two overlap: they are no two samples.
    Overlap,
    /// Withheld, missing or not applicable in one of them.
    NotKnown,
}

/// A value in both packs.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// The finding.
    pub id: String,
    /// The row: an area, a class, a group; empty for the whole.
    pub row: String,
    /// The area, where the row is one.
    pub area: Option<AreaCode>,
    /// What the value counts.
    pub unit: String,
    /// In the first pack.
    pub before: Cell<f64>,
    /// In the second.
    pub after: Cell<f64>,
    /// Limits in the first pack.
    pub before_limits: Option<Estimate>,
    /// Limits in the second.
    pub after_limits: Option<Estimate>,
    /// After over before, with limits.
    pub ratio: Option<Estimate>,
    /// p of no change; among areas adjusted for their number.
    pub p: Option<f64>,
    /// What may be said.
    pub said: Said,
}

/// A month that both packs count, and differently.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Restated {
    /// The finding.
    pub id: String,
    /// How many months differ.
    pub months: usize,
    /// Sum of those months in the first pack.
    pub before: u64,
    /// In the second.
    pub after: u64,
}

/// Compares two packs, the earlier first.
///
/// ```no_run
/// use gapmap::model::Findings;
///
/// let read = |path: &str| -> Result<Findings, Box<dyn std::error::Error>> { Ok(serde_json::from_slice(&std::fs::read(path)?)?) };
/// let what_changed = gapmap::compare::compare(&read("earlier/findings.public.json")?, &read("later/findings.public.json")?);
/// assert!(what_changed.refused.is_empty(), "the two are unlike");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(before: &Findings, after: &Findings) -> Comparison {
    let mut found = Comparison {
        refused: unlike::documents(before, after),
        not_compared: vec![],
        only_before: vec![],
        only_after: vec![],
        changes: vec![],
        gaps: vec![],
        services: vec![],
        restated: vec![],
        called_at: CALLED_AT,
    };
    if !found.refused.is_empty() {
        return found;
    }
    let only = |these: &Findings, those: &Findings| -> Vec<String> {
        these.findings.iter().filter(|f| those.find(&f.id).is_none()).map(|f| f.id.clone()).collect()
    };
    (found.only_before, found.only_after) = (only(before, after), only(after, before));
    for old in &before.findings {
        let Some(new) = after.find(&old.id) else { continue };
        if let Some(because) = unlike::findings(before, after, old, new) {
            found.not_compared.push(NotCompared { id: old.id.clone(), because });
            continue;
        }
        found.pair(before, after, old, new);
    }
    found.leave_out_analyses_of_other_settings(before);
    found
}

impl Comparison {
    /// Where one answer of an analysis was found by another setting, so were its others, whether or not they tell it.
    fn leave_out_analyses_of_other_settings(&mut self, before: &Findings) {
        let analysis = |id: &str| before.find(id).map(|f| f.analysis.clone());
        let set: Vec<(Option<String>, Differs)> =
            self.not_compared.iter().filter(|n| n.because.what == Unlike::Setting).map(|n| (analysis(&n.id), n.because.clone())).collect();
        for (name, because) in set {
            let of = |id: &str| name.is_some() && analysis(id) == name;
            let mut ids: Vec<String> = self.changes.iter().filter(|c| of(&c.id)).map(|c| c.id.clone()).collect();
            ids.dedup();
            self.changes.retain(|c| !of(&c.id));
            self.not_compared.extend(ids.into_iter().map(|id| NotCompared { id, because: because.clone() }));
        }
    }

    fn pair(&mut self, before: &Findings, after: &Findings, old: &Finding, new: &Finding) {
        match (&old.body, &new.body) {
            (Body::Gaps(a), Body::Gaps(b)) => self.gaps.extend(registers::gaps(a, b, after.policy.round_to)),
            (Body::Services(a), Body::Services(b)) => self.services.extend(registers::services(a, b)),
            (Body::Series(a), Body::Series(b)) => {
                self.restated.extend(values::restated(&old.id, a, b));
                self.changes.extend(values::series(&old.id, a, b));
            }
            _ => match values::changes(before, after, old, new) {
                Some(changes) => self.changes.extend(changes),
                None => self.not_compared.push(NotCompared {
                    id: old.id.clone(),
                    because: Differs { what: Unlike::NoMethod, before: String::new(), after: String::new() },
                }),
            },
        }
    }

    /// Changes that are called, those of the whole first.
    pub fn called(&self) -> impl Iterator<Item = &Change> {
        let called = |c: &&Change| matches!(c.said, Said::Higher | Said::Lower);
        self.changes
            .iter()
            .filter(called)
            .filter(|c| c.area.is_none())
            .chain(self.changes.iter().filter(called).filter(|c| c.area.is_some()))
    }
}

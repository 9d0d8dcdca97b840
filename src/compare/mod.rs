//! What changed between two packs: tested, from released numbers only, and never across a break.
//!
//! Two documents are compared only where they are alike in what they count; what differs is told instead. As nothing but what both packs
//! print goes in, a comparison tells nobody more than the two packs do.

mod indicators;
mod rates;
mod registers;
mod series;
mod shapes;
mod unlike;
mod values;

use crate::model::shape::Compared;
use crate::model::{Finding, Findings};

pub use crate::model::{
    Change, Comparison, Differs, GapChange, GapMove, NotCompared, Restated, Said, ServiceChange, ServiceMove, Since, Unlike,
};

/// At this share of false discoveries a change of areas is called, and at this level one of the whole.
pub const CALLED_AT: f64 = 0.05;

/// Compares two packs, the earlier first.
///
/// ```no_run
/// use gapmap::model::Findings;
///
/// let read = |path: &str| -> Result<Findings, Box<dyn std::error::Error>> { Ok(Findings::read(&std::fs::read(path)?)?) };
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
        if let (Compared::Rates(a), Compared::Rates(b)) = (old.body.shape().compared(), new.body.shape().compared())
            && let Some(because) = unlike::residents_of_rates(a, b)
        {
            // Rates of other people are not; what was counted is, in the same areas.
            self.not_compared.push(NotCompared { id: old.id.clone(), because });
        }
        match (old.body.shape().compared(), new.body.shape().compared()) {
            (Compared::Gaps(a), Compared::Gaps(b)) => self.gaps.extend(registers::gaps(a, b, after.policy.round_to)),
            (Compared::Services(a), Compared::Services(b)) => self.services.extend(registers::services(a, b)),
            (Compared::Series(a), Compared::Series(b)) => {
                self.restated.extend(series::restated(&old.id, a, b));
                self.changes.extend(series::series(&old.id, a, b));
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

/// What a report tells of two packs: the whole, and of areas those changes that are called.
///
/// It holds nothing that is not in one of the two packs.
pub fn since(before: &Findings, after: &Findings) -> Since {
    let mut comparison = compare(before, after);
    let tested = comparison.changes.iter().filter(|c| c.p.is_some()).count();
    let no_clear_change = comparison.changes.iter().filter(|c| c.said == Said::NoClearChange).count();
    // Every cell of a table side by side is for `gapmap compare`; a report has the tables themselves.
    let of_table = |id: &str| after.find(id).is_some_and(|f| matches!(f.body.shape().compared(), Compared::Cells(_)));
    comparison.changes.retain(|c| (c.area.is_none() && !of_table(&c.id)) || matches!(c.said, Said::Higher | Said::Lower));
    Since { period: before.frame.period, comparison, tested, no_clear_change }
}

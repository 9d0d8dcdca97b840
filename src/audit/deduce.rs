//! What follows from the released counts: every sum that a reader can see, used on every other, until nothing more follows.
//!
//! Here by the shapes of the findings, as a reader sees them; [`super::cells`] does the same over all counts of a source together.

use std::collections::{BTreeMap, BTreeSet};

use super::agree::{is_protected, refused};
use super::bounds::{Revisions, bounds_of};
use super::pack::Pack;
use super::sums::Sums as Bounds;
use crate::diagnostics::{Code, Place, Problems};
use crate::model::shape::{Counting, Events, Shown, SumOfPeople};
use crate::model::{Counted, Days, Finding, Findings, Group, ReleasePolicy};
use crate::units::Cell;

/// What a count counts: findings of one source share it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// Events of a source.
    Of(String, Events),
    /// People of a group of one finding, who are no events: its id, the dimension, and the place in it.
    People(String, usize, usize),
}

/// Sums over counts, each count known by what it counts.
#[derive(Default)]
struct Sums {
    index: BTreeMap<What, usize>,
    withheld: Vec<Option<String>>,
    all: Bounds,
    /// What the tier refuses whatever its size, by source.
    refused: BTreeMap<String, BTreeSet<Events>>,
}

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let refused = findings.restricted.iter().map(|source| (source.source.clone(), refused(source))).collect();
    let mut sums = Sums { refused, ..Sums::default() };
    findings.findings.iter().filter(|f| is_protected(findings, f)).for_each(|f| sums.add(findings, f));
    sums.day_and_night();
    let asked: Vec<usize> = (0..sums.withheld.len()).filter(|c| sums.withheld[*c].is_some()).collect();
    sums.all.tighten(&asked);
    let width = findings.policy.withhold_up_to as f64;
    let mut told = BTreeSet::new();
    for (count, finding) in sums.withheld.iter().enumerate() {
        let Some(finding) = finding else { continue };
        let (low, high) = sums.all.bounds[count];
        // One that may be large may have been withheld for the sake of others, and could be shown. Counts that contradict one another are told with the typed ones.
        if low <= high && high <= width && high - low < width - 1e-6 && told.insert(finding.clone()) {
            let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
            let place = Place::file(pack.findings_path.clone()).at(finding.clone());
            problems.error(Code::S321, place, "a withheld count can be worked out from the others, or nearly so", next);
        }
    }
}

impl Sums {
    fn count(&mut self, findings: &Findings, finding: &Finding, zeros: bool, what: What, cell: Cell<u64>) -> usize {
        // Zeros are shown, unless they are refused or all of a table is: where one is, what is withheld is at least one.
        let is_refused = matches!(&what, What::Of(source, events) if self.refused.get(source).is_some_and(|all| all.contains(events)));
        // Some tables are rounded more coarsely than the policy asks for, and say so.
        let policy = ReleasePolicy { round_to: finding.release.rounded_to, ..findings.policy.clone() };
        let bounds = bounds_of(&policy, cell, zeros && !is_refused, Revisions::None);
        let at = *self.index.entry(what).or_insert(self.all.bounds.len());
        if at == self.all.bounds.len() {
            self.all.bounds.push(bounds);
            self.withheld.push((cell == Cell::Withheld).then(|| finding.id.clone()));
        } else {
            // The same count in two places: both bounds hold. A count that is shown in one of them is not withheld.
            let now = &mut self.all.bounds[at];
            *now = (now.0.max(bounds.0), now.1.min(bounds.1));
            if cell == Cell::Withheld && self.withheld[at].is_none() {
                self.withheld[at] = Some(finding.id.clone());
            }
        }
        at
    }

    /// The counts of a finding and the sums that its shape shows.
    fn add(&mut self, all: &Findings, f: &Finding) {
        let shape = f.body.shape();
        let zeros = shape.counts().shows_zeros();
        for SumOfPeople { number, cells, adds_up } in shape.sums_of_people() {
            let sum: Vec<usize> =
                cells.into_iter().map(|(i, cell)| self.count(all, f, zeros, What::People(f.id.clone(), number, i), cell)).collect();
            self.all.sums.extend(adds_up.then_some(sum));
        }
        // What is unclear is told where counts are held against the released ones.
        let Ok(Shown { counts, sums, .. }) = shape.shown(&Counting { months: f.period, of: &f.counted }) else { return };
        let Some(source) = f.sources.first() else { return };
        // A count that is missing may be anything; the sums that it is part of still bound the rest.
        let at: Vec<usize> =
            counts.into_iter().map(|(events, cell)| self.count(all, f, zeros, What::Of(source.clone(), events), cell)).collect();
        let placed = |sum: Vec<usize>| sum.into_iter().map(|i| at.get(i).copied()).collect::<Option<Vec<usize>>>();
        self.all.sums.extend(sums.into_iter().filter_map(placed));
    }

    /// Day and night are sums of the three hours that make them up, wherever both are told.
    fn day_and_night(&mut self) {
        let halves: Vec<(What, usize)> = self.index.iter().map(|(w, i)| (w.clone(), *i)).collect();
        for (what, total) in halves {
            let What::Of(source, events) = what else { continue };
            let Some(group @ (Group::Day | Group::Night)) = events.of.group else { continue };
            let bands = (0..8).filter(|band| (2..6).contains(band) == (group == Group::Day));
            let part = |band: u8| {
                let of =
                    Counted { categories: events.of.categories.clone(), group: Some(Group::When { days: None::<Days>, band: Some(band) }) };
                self.index.get(&What::Of(source.clone(), Events { of, ..events.clone() })).copied()
            };
            if let Some(parts) = bands.map(part).collect::<Option<Vec<usize>>>() {
                self.all.sums.push(parts.into_iter().chain([total]).collect());
            }
        }
    }
}

//! What follows from the released counts: every sum that a reader can see, used on every other, until nothing more follows.
//!
//! Here by the shapes of the findings, as a reader sees them; [`super::cells`] does the same over all counts of a source together.

use std::collections::{BTreeMap, BTreeSet};

use super::agree::is_protected;
use super::pack::Pack;
use super::shown::{Events, Shown, shown};
use super::sums::{Revisions, Sums as Bounds, bounds_of};
use crate::diagnostics::{Code, Place, Problems};
use crate::model::{Body, Counted, Days, Finding, Findings, Followed, Group, ReleasePolicy};
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
}

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let mut sums = Sums::default();
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
    fn count(&mut self, findings: &Findings, finding: &Finding, what: What, cell: Cell<u64>) -> usize {
        // Zeros are shown, unless all of a table is refused: where one is, what is withheld is at least one.
        // Some tables are rounded more coarsely than the policy asks for, and say so.
        let policy = ReleasePolicy { round_to: finding.release.rounded_to, ..findings.policy.clone() };
        let bounds = bounds_of(&policy, cell, shows_zeros(finding), Revisions::None);
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
        if let Body::Parity(b) = &f.body {
            // Totals of two dimensions may be the same people, or not: only each for itself is a sum.
            for (dimension, d) in b.dimensions.iter().enumerate() {
                let counts = d.groups.iter().map(|g| g.users).chain([d.not_known, d.total]).enumerate();
                let shown = counts.filter(|(_, cell)| *cell != Cell::NotApplicable);
                let sum: Vec<usize> = shown.map(|(i, cell)| self.count(all, f, What::People(f.id.clone(), dimension, i), cell)).collect();
                self.all.sums.extend((sum.len() > 1).then_some(sum));
            }
            return;
        }
        if let Body::OutcomeCohorts(b) = &f.body {
            // The outcomes of a cohort and all of its reports. Cohorts together are sums of what is shown.
            for (row, cohort) in b.cohorts.iter().enumerate().filter(|(_, c)| c.followed == Followed::Mature) {
                let cells = cohort.counts.iter().copied().chain([cohort.reports]).enumerate();
                let sum: Vec<usize> = cells.map(|(i, cell)| self.count(all, f, What::People(f.id.clone(), row, i), cell)).collect();
                self.all.sums.push(sum);
            }
            return;
        }
        if let Body::Indicator(b) = &f.body {
            // Of each way the parts and the partnership's latest wave, of those who are counted and of the rest of a share.
            let Some(whole) = b.latest().filter(|_| !b.ways.is_empty()) else { return };
            for (way, w) in b.ways.iter().enumerate() {
                for (side, of) in [(0, (|v| v.numerator) as fn(&crate::model::IndicatorValue) -> Cell<u64>), (1, |v| v.rest)] {
                    let shown = w.rows.iter().chain([whole]).map(of).enumerate().filter(|(_, cell)| *cell != Cell::NotApplicable);
                    let sum: Vec<usize> =
                        shown.map(|(i, cell)| self.count(all, f, What::People(f.id.clone(), 2 * way + side, i), cell)).collect();
                    // Of what has no rest there is no sum.
                    self.all.sums.extend((sum.len() > 1).then_some(sum));
                }
            }
            return;
        }
        // What is unclear is told where counts are held against the released ones.
        let Ok(Shown { counts, sums }) = shown(f) else { return };
        let Some(source) = f.sources.first() else { return };
        // A count that is missing may be anything; the sums that it is part of still bound the rest.
        let at: Vec<usize> = counts.into_iter().map(|(events, cell)| self.count(all, f, What::Of(source.clone(), events), cell)).collect();
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

/// Whether a zero is shown anywhere in a finding, of the kind that is withheld: that none is without a place says nothing of areas.
fn shows_zeros(finding: &Finding) -> bool {
    let by_area = match &finding.body {
        Body::AreaRates(b) => Some(b.rows.iter().map(|row| row.count).collect::<Vec<_>>()),
        Body::AreaCounts(b) => Some(b.rows.iter().map(|row| row.count).collect()),
        Body::HotSpots(b) => Some(b.rows.iter().map(|row| row.count).collect()),
        Body::NeedAccess(b) => Some(b.rows.iter().map(|row| row.count).collect()),
        Body::NeedIndex(b) => Some(b.rows.iter().flat_map(|row| row.counts.iter().copied()).collect()),
        _ => None,
    };
    if let Some(counts) = by_area {
        return counts.contains(&Cell::Known(0));
    }
    super::numbers::counts(finding).contains(&Cell::Known(0))
}

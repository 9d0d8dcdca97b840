//! What a restricted catalogue gives, and how much of it an analysis may use.
//!
//! The release makes the catalogue fit for its readers before any analysis looks at it; until then numbers and places are exact.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{ConfidentialService, Service};
use super::served::Served;
use super::{Study, Travel};
use crate::sources::{ServiceType, service_types};
use crate::units::{AreaCode, Cell, Geography};

/// Fewer confidential services than this are not counted in any output.
pub const FEWEST_CONFIDENTIAL: usize = 3;

/// What may be told of capacities of confidential services added up, where any of them is of a restricted source.
///
/// Nothing, until the release has said so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CapacityRule {
    /// Sums from 1 up to this are withheld.
    pub withhold_up_to: u64,
    /// Others are rounded to the nearest multiple of this.
    pub round_to: u64,
}

impl Default for CapacityRule {
    fn default() -> Self {
        Self { withhold_up_to: u64::MAX, round_to: 1 }
    }
}

impl CapacityRule {
    /// A number of people, places or staff by this rule. Parts of one, such as 0.4 FTE, are as small as one.
    pub fn tell(&self, number: f64) -> Cell<f64> {
        let whole = number.round().max(0.0) as u64;
        let small = number > 0.0 && whole <= self.withhold_up_to;
        let base = self.round_to.max(1);
        let rounded = if base == 1 { number } else { (whole.saturating_add(base / 2) / base * base) as f64 };
        if small { Cell::Withheld } else { Cell::Known(rounded) }
    }
}

impl Service {
    /// Every source that its record is from: its catalogue, and the tables that add to it.
    pub fn sources(&self) -> BTreeSet<usize> {
        self.more.all_sources().chain([self.source]).collect()
    }

    /// Takes away where it is, and with it whatever would let somebody guess: its sites, and small areas or shapes that it serves.
    ///
    /// `serves` says whether it serves any area of the study: that stays true or false.
    fn hide_place(&mut self, serves: bool) -> bool {
        let small = |c: &AreaCode| matches!(c.geography(), Some(Geography::Lsoa | Geography::Msoa | Geography::Ward));
        let tells = !self.sites.is_empty() || self.area_served.has_shapes() || self.area_served.codes().iter().any(small);
        if tells {
            self.sites.clear();
            self.more.withheld.place = true;
            if serves {
                self.area_served = Served::default();
            }
        }
        tells
    }
}

impl Study {
    /// Whether a source may be shown as it is.
    pub fn is_open_source(&self, source: usize) -> bool {
        self.sources.get(source).is_some_and(|s| s.sensitivity.is_open())
    }

    /// Whether everything that is known of a service is from open sources.
    pub fn is_open(&self, service: &Service) -> bool {
        service.sources().into_iter().all(|s| self.is_open_source(s))
    }

    /// The capacity of the confidential services of a kind together, on the day of the study: of fewer than three of them, and wherever it would stand beside
    /// another sum from which it differs by one or two, it is withheld, as it is on every other day.
    pub fn confidential_capacity(&self, kind: &ServiceType, day: &str, counted: impl Fn(&Option<String>) -> bool) -> Cell<f64> {
        let own_day = self.about.as_of.unwrap_or(self.about.period.last).last_day();
        if day != own_day || !self.kinds_told_together(day).contains(&kind.id.as_str()) {
            return Cell::Withheld;
        }
        self.capacity_together(&self.confidential_on(kind, day), counted)
    }

    /// The kinds of confidential services whose sums may stand beside one another: whatever is added and taken away among them, what is left is of three
    /// services or more. The kind with the most services comes first.
    fn kinds_told_together(&self, day: &str) -> Vec<&'static str> {
        // One service may stand in several records, and counts once.
        let of = |kind: &ServiceType| -> BTreeSet<usize> { self.confidential_on(kind, day).into_iter().map(|s| s.service()).collect() };
        let mut kinds: Vec<(&'static str, BTreeSet<usize>)> =
            service_types().iter().filter(|t| t.confidential).map(|t| (t.id.as_str(), of(t))).collect();
        kinds.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
        let mut told: Vec<(&'static str, BTreeSet<_>)> = Vec::new();
        for (id, own) in kinds {
            let all: BTreeSet<_> = told.iter().map(|t| &t.1).chain([&own]).flatten().copied().collect();
            // Services that are of the same of these kinds cannot be told apart by their sums.
            let mut alike: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
            for service in all {
                let of_kinds = told.iter().map(|t| &t.1).chain([&own]).map(|kind| kind.contains(&service)).collect();
                *alike.entry(of_kinds).or_default() += 1;
            }
            if own.len() >= FEWEST_CONFIDENTIAL && alike.values().all(|n| *n >= FEWEST_CONFIDENTIAL) {
                told.push((id, own));
            }
        }
        told.into_iter().map(|t| t.0).collect()
    }

    /// The capacity of some confidential services together: missing where one gives none in the unit that `counted` accepts; by the
    /// rule of the release where one of them is of a restricted source. Of two that may be one service nobody knows what they have together.
    fn capacity_together(&self, services: &[&ConfidentialService], counted: impl Fn(&Option<String>) -> bool) -> Cell<f64> {
        if ConfidentialService::how_many(services) < services.len() {
            return Cell::Missing;
        }
        let sum: Option<f64> = services.iter().map(|s| s.capacity.filter(|_| counted(&s.capacity_unit))).sum();
        let open = services.iter().all(|s| s.sources.iter().all(|i| self.is_open_source(*i)));
        match sum {
            None => Cell::Missing,
            Some(sum) if open => Cell::Known(sum),
            Some(sum) => self.catalogue.capacity_rule.tell(sum),
        }
    }

    /// Takes the places of all services of restricted catalogues away, and the ways to them: for a pack that anyone may read.
    pub fn hide_restricted_places(&mut self) {
        let hidden: Vec<usize> = (0..self.catalogue.public.len())
            .filter(|i| {
                let serves = self.is_served_by(&self.catalogue.public[*i]);
                !self.is_open_source(self.catalogue.public[*i].source) && self.catalogue.public[*i].hide_place(serves)
            })
            .collect();
        for Travel { minutes, beyond, .. } in &mut self.travel {
            for row in minutes.iter_mut().chain(beyond) {
                hidden.iter().for_each(|i| row[*i] = None);
            }
        }
    }

    /// Whether the place of any service is withheld from the readers of this pack.
    pub fn hides_places(&self) -> bool {
        self.catalogue.public.iter().any(|s| s.more.withheld.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_are_small_and_nothing_is_told_before_the_release_has_spoken() {
        let rule = CapacityRule { withhold_up_to: 7, round_to: 5 };
        let told = [0.0, 0.4, 7.4, 7.6, 12.0, 13.0].map(|n| rule.tell(n).known());
        assert_eq!(told, [Some(0.0), None, None, Some(10.0), Some(10.0), Some(15.0)]);
        assert_eq!(CapacityRule::default().tell(1e6).known(), None);
    }
}

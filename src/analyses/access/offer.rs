//! What a kind of service offers: capacity of its sites shared between all who can come and whom it takes.

use std::collections::{BTreeMap, BTreeSet};

use super::AccessSettings;
use crate::analyses::gaps::{AGES, shares_by_age};
use crate::analyses::need::women_16_plus;
use crate::analyses::words::thousands;
use crate::sources::ServiceType;
use crate::stats::access::{Choice, Costs, Decay, floating_catchment};
use crate::study::{Provision, Service, Study, open_to, takes_women};
use crate::units::{Cell, People, Period, Reach};

/// What a kind of service offers by area.
pub(in crate::analyses) struct Offer {
    pub kind: &'static ServiceType,
    /// `places for each 10,000 women aged 16 and over`.
    pub unit: String,
    /// By area; missing where it is not known whether a site is in reach, or how much there is at one that is.
    pub values: Vec<Cell<f64>>,
    /// By area: how it is reached.
    pub reach: Vec<Reach>,
    /// The month at whose end services were looked at.
    pub period: Period,
    /// Positions of its sources.
    pub sources: BTreeSet<usize>,
    pub(super) within: String,
    pub(super) capacity_unit: String,
    pub(super) whom: &'static str,
    /// By area: those whom it is shared between.
    pub people: Vec<f64>,
    pub(super) steps: Vec<(f64, f64)>,
    pub(super) supply: f64,
    pub(super) unused: f64,
    /// Of it, what people beyond the boundary have.
    pub(super) beyond: f64,
    /// People with a site in reach and none that takes their age.
    pub(super) not_for_them: f64,
    /// Services left out because their hours are not known.
    pub(super) hours_unknown: usize,
    pub(super) for_everybody: f64,
    pub(super) sites: usize,
    pub(super) left_out: usize,
}

impl Offer {
    /// The offer of a type of service; `None` where no site of it has a known capacity, or its catalogue is restricted.
    pub(super) fn of(settings: &AccessSettings, study: &Study, provision: &Provision, kind: &'static ServiceType) -> Option<Self> {
        let all = provision.running(kind);
        let open = |s: &&Service| settings.open.met_by(s.more.hours.as_ref().map(|h| &h.week));
        let hours_unknown = all.iter().filter(|s| open(s).is_none()).count();
        let running: Vec<&Service> = all.into_iter().filter(|s| open(s) == Some(true)).collect();
        let unit = commonest_unit(&running)?;
        let (counted, other): (Vec<&Service>, Vec<&Service>) =
            running.iter().partition(|s| s.more.capacity.is_some() && s.more.capacity_unit.as_deref() == Some(unit.as_str()));
        let sited: Vec<&Service> = counted.iter().copied().filter(|s| !s.sites.is_empty()).collect();
        // Values by area tell where a site is: of a restricted catalogue none are given.
        let mut placed = running.iter().filter(|s| !s.sites.is_empty() || s.more.withheld.place);
        if sited.is_empty() || !placed.all(|s| study.is_open(s)) {
            return None;
        }
        let women: Option<Vec<f64>> = study.areas.list.iter().map(women_16_plus).collect();
        let of_women = women.is_some();
        let people: Vec<f64> = women.or_else(|| study.areas.residents("all").into_iter().collect())?;
        let supply: Vec<f64> = sited.iter().filter_map(|s| s.more.capacity).collect();
        let reach = provision.limit(kind);
        let steps: Vec<(f64, f64)> = settings.weights.iter().enumerate().map(|(i, w)| (reach * (i + 1) as f64 / 3.0, *w)).collect();

        // People of each age of each area are a place of their own: a site counts for those whom it takes.
        let mut ways: Vec<Vec<(u32, f64)>> = Vec::new();
        let mut demand: Vec<f64> = Vec::new();
        let mut add = |people: f64, shares: [f64; 3], way: &dyn Fn(&Service) -> Option<f64>| {
            for (ages, share) in AGES.into_iter().zip(shares) {
                let taking = sited.iter().zip(0..).filter(|(s, _)| takes_women(s, ages));
                ways.push(taking.filter_map(|(s, j)| Some((j, way(s)?))).collect());
                demand.push(people * share);
            }
        };
        for (i, area) in study.areas.list.iter().enumerate() {
            add(people[i], shares_by_age(area), &|s| provision.way(s, i));
        }
        for (i, area) in study.areas.beyond.iter().enumerate() {
            let there = if of_women { women_16_plus(area) } else { area.residents.get("all").copied() };
            add(there.unwrap_or(0.0), shares_by_age(area), &|s| provision.way_from_beyond(s, i));
        }
        let access = floating_catchment(&Costs::new(sited.len(), ways), &demand, &supply, &Decay::Steps(steps.clone()), Choice::Every);

        let per = settings.per.max(1.0);
        let own = people.len() * AGES.len();
        let of_area = |i: usize| i * AGES.len()..(i + 1) * AGES.len();
        let had = |range: std::ops::Range<usize>| range.fold(0.0, |sum, k| sum + access.per_person[k] * demand[k]);
        // The same states as everywhere; services that may be open then may reach somebody, and capacity has no part in it.
        let reached = provision.reach_where(kind, |s| open(&s));
        let value = |i: usize| match (of_area(i).any(|k| access.in_reach[k]), reached[i].site) {
            (true, _) => Cell::Known(if people[i] > 0.0 { had(of_area(i)) / people[i] * per } else { 0.0 }),
            (false, Some(false)) => Cell::Known(0.0),
            // A site is in reach whose capacity nobody gives, or one may be.
            (false, _) => Cell::Missing,
        };
        let here = |i: usize| -> Vec<&Service> { running.iter().copied().filter(|s| provision.in_reach(kind, s, i)).collect() };
        let not_taken = |i: usize, ages: (u32, u32)| open_to(&here(i), ages).is_empty();
        let own_ages =
            (0..people.len()).filter(|i| reached[*i].reach == Reach::Site).flat_map(|i| of_area(i).zip(AGES).map(move |(k, a)| (i, k, a)));
        let not_for_them = own_ages.filter(|(i, _, ages)| not_taken(*i, *ages)).map(|(_, k, _)| demand[k]).sum();
        let mut sources: BTreeSet<usize> = running.iter().flat_map(|s| s.sources()).collect();
        sources.extend(study.areas.population_source.into_iter().chain(study.areas.deprivation_source));
        let whom = if of_women { People::WomenFrom16 } else { People::Residents }.name();
        Some(Self {
            kind,
            unit: format!("{unit} for each {} {whom}", thousands(per as u64)),
            values: (0..people.len()).map(value).collect(),
            not_for_them,
            reach: reached.iter().map(|r| r.reach).collect(),
            period: provision.period(),
            sources,
            within: provision.within(kind),
            capacity_unit: unit,
            whom,
            people,
            steps,
            supply: supply.iter().sum(),
            unused: access.unused,
            beyond: had(own..demand.len()),
            hours_unknown,
            for_everybody: counted.iter().filter(|s| s.sites.is_empty()).filter_map(|s| s.more.capacity).sum(),
            sites: sited.len(),
            left_out: other.len(),
        })
    }
}

/// The unit that most services of a kind count their capacity in.
fn commonest_unit(services: &[&Service]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for s in services.iter().filter(|s| s.more.capacity.is_some()) {
        *counts.entry(s.more.capacity_unit.as_deref()?).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map(|(unit, _)| unit.to_owned())
}

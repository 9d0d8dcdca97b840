mod offer;
mod open;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::inequality::curve;
use super::travel::trips_lost;
use super::words::slug;
use crate::analyses::Figure;
use crate::model::fifths as class_bounds;
use crate::model::{ACCESS_DECIMALS, AccessRow, AreaAccess, Arg, Body, ClassTotal, Message, Reach, beside_not_known};
use crate::msg;
use crate::sources::ServiceType;
use crate::stats::inequality::{concentration, gini, quantiles, slope_index};
use crate::study::{Asked, Provision, Study, asked};
use crate::units::{AreaCode, Cell, Geography, Month, Polarity};
use offer::Offer;
pub use open::OpenWhen;

/// The settings of an `access` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AccessSettings {
    /// A catchment ends at this straight-line distance, in metres, where it is not that of `[study.reach]`.
    pub reach_m: Option<f64>,
    /// The same for single types of service, by id.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// How the way is measured, where it is not that of `[study.reach]`: `straight-line`, or a mode of the plan's travel times.
    pub by: Option<String>,
    /// Straight lines are taken to be so many times as long, where it is not that of `[study.reach]`.
    pub detour: Option<f64>,
    /// With travel times, a catchment ends at so many minutes, where it is not that of `[study.reach]`.
    pub reach_minutes: Option<f64>,
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
    /// Weights of the nearest third of the catchment, the middle and the farthest: how much a way puts off.
    pub weights: [f64; 3],
    /// Capacity is told for so many people.
    #[serde(deserialize_with = "crate::units::per_people")]
    pub per: f64,
    /// When services must be open to take part.
    pub open: OpenWhen,
    /// Types, by id; where the list is empty, those that people would expect near where they live.
    pub types: Vec<String>,
}

impl Default for AccessSettings {
    fn default() -> Self {
        Self {
            reach_m: None,
            reach_m_by_type: BTreeMap::new(),
            by: None,
            detour: None,
            reach_minutes: None,
            as_of: None,
            weights: [1.0, 0.68, 0.22],
            per: 10_000.0,
            open: OpenWhen::Any,
            types: vec![],
        }
    }
}

impl Analysis for AccessSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        self.offers(study).into_iter().map(|o| self.draft(study, o)).collect()
    }

    fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    fn measured(&self, study: &Study) -> Option<String> {
        let [near, middle, far] = self.weights;
        Some(format!("{}, weights {near} {middle} {far}", Provision::new(study, &self.asked()).measured()))
    }
}

impl AccessSettings {
    pub(super) fn asked(&self) -> Asked {
        asked!(self)
    }

    /// What each kind of service offers, of those asked for that have a site and a capacity.
    pub(super) fn offers(&self, study: &Study) -> Vec<Offer> {
        let provision = Provision::new(study, &self.asked());
        let asked = |t: &&'static ServiceType| {
            let near = t.near && t.is_direct() && !t.confidential;
            if self.types.is_empty() { near } else { self.types.contains(&t.id) && !t.confidential }
        };
        provision.types().into_iter().filter(asked).filter_map(|t| Offer::of(self, study, &provision, t)).collect()
    }

    /// What one kind of service offers by another provision than the study's own, as a scenario makes it.
    pub(super) fn offer(&self, study: &Study, provision: &Provision, kind: &'static ServiceType) -> Option<Offer> {
        Offer::of(self, study, provision, kind)
    }

    fn draft(&self, study: &Study, offer: Offer) -> Draft {
        let areas = study.areas.beyond.len();
        let mut caveats = vec![msg!("access-caveat-shared"), msg!("access-caveat-services")];
        caveats.extend(trips_lost(Provision::new(study, &self.asked()).by_timetable()));
        caveats.push(match areas {
            0 => msg!("access-caveat-no-neighbours"),
            _ => msg!("access-caveat-neighbours", areas = areas, km = Arg::Number(study.areas.buffer_m / 1000.0, 0)),
        });
        caveats.extend((offer.hours_unknown > 0).then(|| msg!("access-caveat-hours", services = offer.hours_unknown)));
        caveats.extend((offer.left_out > 0).then(|| msg!("access-caveat-left-out", services = offer.left_out)));
        let head = DraftHead {
            id: format!("access/{}{}", slug(&offer.kind.id), self.open.suffix()),
            analysis: "access",
            sources: offer.sources.iter().map(|s| study.source_ref(*s)).collect(),
            period: offer.period,
            polarity: Polarity::Better,
            status: "population".into(),
            caveats,
        };
        let of = |class: Reach| {
            let here = offer.people.iter().zip(&offer.reach).filter(|(_, r)| **r == class);
            here.map(|(p, _)| p).sum::<f64>().round() as u64
        };
        let total = offer.people.iter().sum::<f64>().round() as u64;
        let counts: Vec<u64> = [total].into_iter().chain(Reach::ALL.map(of)).chain([offer.not_for_them.round() as u64]).collect();
        let facts = Facts {
            open: self.open,
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            per: self.per.max(1.0),
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            deprivation: study.areas.list.iter().map(|a| a.deprivation).collect(),
            offer,
        };
        Draft::new(head, CountTable::column(counts.into_iter().map(Some)), facts, tell)
    }
}

/// Mean values of the fifths of areas by deprivation, weighted by people, and those people; the most deprived first.
fn by_fifth(values: &[f64], people: &[f64], deprivation: &[Option<f64>]) -> (Vec<f64>, Vec<f64>) {
    // Quantiles count from the lowest: the least deprived.
    let fifth = quantiles(deprivation, 5);
    let sums = |g: usize| {
        let own: Vec<usize> = (0..values.len()).filter(|i| fifth[*i] == Some(g)).collect();
        let n: f64 = own.iter().map(|i| people[*i]).sum();
        (own.iter().map(|i| people[*i] * values[*i]).sum::<f64>() / n, n)
    };
    (1..=5).rev().map(sums).filter(|(v, _)| v.is_finite()).unzip()
}

/// Where it is not known of more than this share of people what there is for them, nothing is told along deprivation.
const MOST_NOT_KNOWN: f64 = 0.1;

/// What everyone may know.
struct Facts {
    open: OpenWhen,
    area_name: String,
    geography: Geography,
    per: f64,
    areas: Vec<(AreaCode, String)>,
    deprivation: Vec<Option<f64>>,
    offer: Offer,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let offer = &facts.offer;
    let row = |i: usize| AccessRow {
        code: facts.areas[i].0,
        name: facts.areas[i].1.clone(),
        people: Cell::Known(offer.people[i]),
        value: offer.values[i],
        reach: offer.reach[i],
    };
    let rows: Vec<AccessRow> = (0..offer.values.len()).map(row).collect();
    // Along deprivation only where it is known for nearly everybody what there is for them.
    let known: Vec<usize> = (0..rows.len()).filter(|i| offer.values[*i].known().is_some()).collect();
    let all: f64 = offer.people.iter().sum();
    let settled = known.iter().map(|i| offer.people[*i]).sum::<f64>() >= (1.0 - MOST_NOT_KNOWN) * all;
    let known = if settled { known } else { vec![] };
    let values: Vec<f64> = known.iter().filter_map(|i| offer.values[*i].known()).collect();
    let people: Vec<f64> = known.iter().map(|i| offer.people[*i]).collect();
    let deprivation: Vec<Option<f64>> = known.iter().map(|i| facts.deprivation[*i]).collect();
    let ranked: Option<Vec<f64>> = deprivation.iter().map(|d| d.map(|d| -d)).collect();
    let concentrated = ranked.as_ref().and_then(|r| concentration(&values, &people, r));
    let (fifths, fifths_people) = by_fifth(&values, &people, &deprivation);
    let slope = slope_index(&fifths, &fifths_people).map(|s| s.slope_index);
    let total: f64 = offer.people.iter().sum();
    let mean = (offer.supply - offer.unused - offer.beyond) / total.max(1.0) * facts.per;
    let unit = offer.unit.clone();
    let totals: Vec<ClassTotal> = {
        let cells = beside_not_known((1..=Reach::ALL.len()).map(|i| released.at(i, 0)).collect());
        Reach::ALL.iter().zip(cells).map(|(class, residents)| ClassTotal { class: *class, residents }).collect()
    };
    let not_for_them = released.at(1 + Reach::ALL.len(), 0);
    let (headline, told) = reached(offer, &totals, released.at(0, 0));
    let mut sentences = vec![msg!(
        "access-capacity",
        label = &offer.kind.label,
        supply = amount(offer.supply),
        capacity_unit = &offer.capacity_unit,
        sites = offer.sites,
        mean = Arg::Number(mean, 1),
        unit = &unit
    )];
    sentences.extend(told);
    sentences.extend(shared(offer, released.at(0, 0), not_for_them));
    sentences.extend(concentrated.map(|c| {
        let index = Arg::Number(c, 2);
        match c {
            c if c < -0.05 => msg!("access-deprived-more", index = index),
            c if c > 0.05 => msg!("access-deprived-less", index = index),
            _ => msg!("access-deprived-even", index = index),
        }
    }));
    if let (Some(slope), Some(most), Some(least)) = (slope, fifths.first(), fifths.last()) {
        let number = |x: f64| Arg::Number(x, 1);
        sentences.push(msg!("access-fifths", most = number(*most), least = number(*least), slope = number(slope)));
    }
    let subtitle = msg!(
        "access-subtitle",
        unit = &unit,
        within = &offer.within,
        open = facts.open.key(),
        area = &facts.area_name,
        plural = facts.geography.plural()
    );
    let positive = offer.values.iter().filter_map(|v| v.known()).filter(|v| *v > 0.0);
    let classes = std::iter::once(0.0).chain(class_bounds(positive, ACCESS_DECIMALS).into_iter().skip(1)).collect();
    let body = AreaAccess {
        geography: facts.geography,
        measure: offer.kind.label.clone(),
        service_type: offer.kind.id.clone(),
        unit,
        per: facts.per,
        steps: offer.steps.clone(),
        shared_out: offer.supply - offer.unused,
        unused: offer.unused,
        beyond: offer.beyond,
        for_everybody: offer.for_everybody,
        classes,
        rows,
        people: released.at(0, 0),
        totals: totals.clone(),
        not_for_them,
        concentration: concentrated,
        curve: ranked.filter(|_| concentrated.is_some()).map_or(vec![], |r| curve(&values, &people, &r)),
        slope,
        fifths: if slope.is_some() { fifths } else { vec![] },
        gini: gini(&values, &people),
    };
    let figures = Figure::in_text("reach", &offer.within);
    Telling { headline, subtitle, sentences, figures, body: Body::AreaAccess(body) }
}

/// Places or staff, with a decimal where there is a part of one.
fn amount(capacity: f64) -> Arg {
    Arg::Number(capacity, usize::from(capacity.fract() > 0.0))
}

/// Who of those near cannot use it, and what of it goes to others.
fn shared(offer: &Offer, all: Cell<u64>, not_for_them: Cell<u64>) -> Vec<Message> {
    let mut told = Vec::new();
    if let (Cell::Known(all), Cell::Known(n)) = (all, not_for_them)
        && n > 0
        && all > 0
    {
        let share = Arg::share(n as f64 / all as f64, 0);
        told.push(msg!("access-not-for-them", people = n, all = all, whom = offer.whom, share = share));
    }
    let unit = &offer.capacity_unit;
    if offer.beyond > 0.0 {
        let (part, supply) = (Arg::Number(offer.beyond, 1), amount(offer.supply));
        told.push(msg!("access-taken-by-neighbours", part = part, supply = supply, capacity_unit = unit));
    }
    if offer.for_everybody > 0.0 {
        told.push(msg!("access-for-everybody", part = amount(offer.for_everybody), capacity_unit = unit));
    }
    told
}

/// How people are reached: the headline, and a sentence for each state.
fn reached(offer: &Offer, totals: &[ClassTotal], people: Cell<u64>) -> (Message, Vec<Message>) {
    let (label, whom) = (&offer.kind.label, offer.whom);
    let mut headline = msg!("access-headline", label = label);
    let Some(all) = people.known().filter(|n| *n > 0) else { return (headline, vec![]) };
    let of = |class: Reach| totals.iter().find(|t| t.class == class).and_then(|t| t.residents.known()).unwrap_or(0);
    let share = |n: u64| Arg::share(n as f64 / all as f64, 0);
    let (comes, beyond, unknown) = (of(Reach::WithoutSite), of(Reach::OutOfReach), of(Reach::NotKnown));
    let mut told = Vec::new();
    if comes > 0 {
        told.push(msg!("access-comes", people = comes, all = all, whom = whom, share = share(comes)));
        headline = msg!("access-headline-comes", label = label, share = share(comes));
    }
    if unknown > 0 {
        told.push(msg!("access-not-known", people = unknown, all = all, whom = whom, share = share(unknown)));
        headline = msg!("access-headline-not-known", label = label, share = share(unknown));
    }
    if beyond > 0 {
        told.push(msg!("access-far", people = beyond, all = all, whom = whom, share = share(beyond), within = &offer.within));
        headline = msg!("access-headline-far", label = label, share = share(beyond));
    }
    (headline, told)
}

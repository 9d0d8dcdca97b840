use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::body::{AccessRow, AreaAccess, Body};
use super::coverage::Coverage;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::gaps::{GapSettings, Ground};
use super::words::{capital, decimal, slug, thousands};
use crate::sources::ServiceType;
use crate::stats::access::{Choice, Costs, Decay, floating_catchment};
use crate::stats::inequality::{concentration, gini, quantiles, slope_index};
use crate::study::{Service, Study};
use crate::units::{AreaCode, Cell, Geography, Period, Polarity, Sensitivity};

/// The settings of an `access` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AccessSettings {
    /// A catchment ends at this straight-line distance, in metres.
    pub reach_m: f64,
    /// The same for single types of service, by id.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// How the way is measured: `straight-line`, or a mode of the plan's travel times.
    pub by: String,
    /// With travel times, a catchment ends at so many minutes.
    pub reach_minutes: f64,
    /// Weights of the nearest third of the catchment, the middle and the farthest: how much a way puts off.
    pub weights: [f64; 3],
    /// Capacity is told for so many people.
    pub per: f64,
    /// Types, by id; where the list is empty, those that people would expect near where they live.
    pub types: Vec<String>,
}

impl Default for AccessSettings {
    fn default() -> Self {
        let Coverage { reach_m, reach_m_by_type, by, reach_minutes, .. } = Coverage::default();
        Self { reach_m, reach_m_by_type, by, reach_minutes, weights: [1.0, 0.68, 0.22], per: 10_000.0, types: vec![] }
    }
}

/// What a kind of service offers by area.
pub(super) struct Offer {
    pub kind: &'static ServiceType,
    /// `places for each 10,000 women aged 16 and over`.
    pub unit: String,
    /// By area.
    pub values: Vec<f64>,
    /// By area: whether any site is in reach.
    pub in_reach: Vec<bool>,
    /// Positions of its sources.
    pub sources: BTreeSet<usize>,
    within: String,
    capacity_unit: String,
    whom: &'static str,
    people: Vec<f64>,
    steps: Vec<(f64, f64)>,
    supply: f64,
    unused: f64,
    for_everybody: f64,
    sites: usize,
    left_out: usize,
}

impl Analysis for AccessSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        self.offers(study).into_iter().map(|o| self.draft(study, o)).collect()
    }
}

impl AccessSettings {
    /// What each kind of service offers, of those asked for that have a site and a capacity.
    pub(super) fn offers(&self, study: &Study) -> Vec<Offer> {
        let settings = GapSettings {
            reach_m: self.reach_m,
            reach_m_by_type: self.reach_m_by_type.clone(),
            by: self.by.clone(),
            reach_minutes: self.reach_minutes,
            ..GapSettings::default()
        };
        let ground = Ground::new(study, &settings);
        let asked = |t: &&&'static ServiceType| {
            let near = t.near && ["crisis", "support", "recovery"].contains(&t.stage.as_str()) && !t.confidential;
            if self.types.is_empty() { near } else { self.types.contains(&t.id) && !t.confidential }
        };
        ground.types.iter().filter(asked).filter_map(|t| self.offer(&ground, t)).collect()
    }

    fn offer(&self, ground: &Ground, kind: &'static ServiceType) -> Option<Offer> {
        let study = ground.study;
        let running = ground.running(kind);
        let unit = commonest_unit(&running)?;
        let (counted, other): (Vec<&Service>, Vec<&Service>) =
            running.iter().partition(|s| s.more.capacity.is_some() && s.more.capacity_unit.as_deref() == Some(unit.as_str()));
        let sited: Vec<&Service> = counted.iter().copied().filter(|s| !s.sites.is_empty()).collect();
        // Values by area tell where a site is: of a restricted catalogue none are given.
        let open = |s: &&Service| [s.source, s.more.source].iter().all(|i| study.sources[*i].sensitivity == Sensitivity::Open);
        if sited.is_empty() || !sited.iter().all(open) {
            return None;
        }
        let people: Vec<f64> = ground.women.clone().or_else(|| ground.residents.iter().copied().collect())?;
        let supply: Vec<f64> = sited.iter().filter_map(|s| s.more.capacity).collect();
        let reach =
            if ground.has_travel() { self.reach_minutes } else { self.reach_m_by_type.get(&kind.id).copied().unwrap_or(self.reach_m) };
        let steps: Vec<(f64, f64)> = self.weights.iter().enumerate().map(|(i, w)| (reach * (i + 1) as f64 / 3.0, *w)).collect();
        let pairs = |area: usize| sited.iter().enumerate().filter_map(|(j, s)| Some((j as u32, ground.way(s, area)?))).collect();
        let costs = Costs::new(sited.len(), (0..people.len()).map(pairs).collect());
        let access = floating_catchment(&costs, &people, &supply, &Decay::Steps(steps.clone()), Choice::Every);
        let mut sources: BTreeSet<usize> = running.iter().flat_map(|s| [s.source, s.more.source]).collect();
        sources.extend(study.areas.population_source);
        let per = self.per.max(1.0);
        let whom = if ground.women.is_some() { "women aged 16 and over" } else { "residents" };
        Some(Offer {
            kind,
            unit: format!("{unit} for each {} {whom}", thousands(per as u64)),
            values: access.per_person.iter().map(|a| a * per).collect(),
            in_reach: access.in_reach,
            sources,
            within: ground.within(kind),
            capacity_unit: unit,
            whom,
            people,
            steps,
            supply: supply.iter().sum(),
            unused: access.unused,
            for_everybody: counted.iter().filter(|s| s.sites.is_empty()).filter_map(|s| s.more.capacity).sum(),
            sites: sited.len(),
            left_out: other.len(),
        })
    }

    fn draft(&self, study: &Study, offer: Offer) -> Draft {
        let mut caveats = vec![
            "Capacity is shared between all who can come, whether or not they need it: the value is what would be there for each, were need the same everywhere.".to_owned(),
            "Only services with a site and a known capacity in this unit take part. Need and services beyond the boundary count only where the plan's sources hold them.".to_owned(),
        ];
        if offer.left_out > 0 {
            caveats.push(format!("{} further services of the kind give no capacity in this unit, and are not in it.", offer.left_out));
        }
        let head = DraftHead {
            id: format!("access/{}", slug(&offer.kind.id)),
            analysis: "access",
            sources: offer.sources.iter().map(|s| study.source_ref(*s)).collect(),
            period: Period { first: study.about.period.last, last: study.about.period.last },
            polarity: Polarity::Better,
            status: "population".into(),
            caveats,
        };
        let total = offer.people.iter().sum::<f64>().round() as u64;
        let without = offer.people.iter().zip(&offer.in_reach).filter(|(_, r)| !**r).map(|(p, _)| p).sum::<f64>().round() as u64;
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            per: self.per.max(1.0),
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            deprivation: study.areas.list.iter().map(|a| a.deprivation).collect(),
            offer,
        };
        Draft::new(head, CountTable::column([Some(total), Some(without)]), facts, tell)
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

/// The unit that most services of a kind count their capacity in.
fn commonest_unit(services: &[&Service]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for s in services.iter().filter(|s| s.more.capacity.is_some()) {
        *counts.entry(s.more.capacity_unit.as_deref()?).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map(|(unit, _)| unit.to_owned())
}

/// What everyone may know.
struct Facts {
    area_name: String,
    geography: Geography,
    per: f64,
    areas: Vec<(AreaCode, String)>,
    deprivation: Vec<Option<f64>>,
    offer: Offer,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let offer = &facts.offer;
    let values = &offer.values;
    let row = |i: usize| AccessRow {
        code: facts.areas[i].0,
        name: facts.areas[i].1.clone(),
        people: Cell::Known(offer.people[i]),
        value: Cell::Known(values[i]),
        in_reach: offer.in_reach[i],
    };
    let rows: Vec<AccessRow> = (0..values.len()).map(row).collect();
    let ranked: Option<Vec<f64>> = facts.deprivation.iter().map(|d| d.map(|d| -d)).collect();
    let concentrated = ranked.and_then(|r| concentration(values, &offer.people, &r));
    let (fifths, fifths_people) = by_fifth(values, &offer.people, &facts.deprivation);
    let slope = slope_index(&fifths, &fifths_people).map(|s| s.slope_index);
    let total: f64 = offer.people.iter().sum();
    let mean = (offer.supply - offer.unused) / total.max(1.0) * facts.per;
    let unit = offer.unit.clone();
    let mut sentences = vec![format!(
        "{}: {} {} at {} {}, shared between all who can come; on average {} {unit}.",
        offer.kind.label,
        decimal(offer.supply, usize::from(offer.supply.fract() > 0.0)),
        offer.capacity_unit,
        offer.sites,
        if offer.sites == 1 { "site" } else { "sites" },
        decimal(mean, 1)
    )];
    let mut headline = format!("{}: how much there is for each, by area", offer.kind.label);
    if let (Cell::Known(all), Cell::Known(without)) = (released.at(0, 0), released.at(1, 0))
        && without > 0
        && all > 0
    {
        sentences.push(format!(
            "{} of {} {} ({} %) have no site {}: nothing of this is there for them.",
            thousands(without),
            thousands(all),
            offer.whom,
            decimal(100.0 * without as f64 / all as f64, 0),
            offer.within
        ));
        headline = format!("{}: nothing in reach for {} in a hundred", offer.kind.label, decimal(100.0 * without as f64 / all as f64, 0));
    }
    if offer.for_everybody > 0.0 {
        sentences.push(format!(
            "{} {} more have no site and are there for everybody alike; they are in no area's figure.",
            decimal(offer.for_everybody, usize::from(offer.for_everybody.fract() > 0.0)),
            offer.capacity_unit
        ));
    }
    if let Some(c) = concentrated {
        sentences.push(match c {
            c if c < -0.05 => format!("More of it is in reach where areas are more deprived (concentration index {}).", decimal(c, 2)),
            c if c > 0.05 => format!("More of it is in reach where areas are less deprived (concentration index {}).", decimal(c, 2)),
            c => format!("It is spread without a clear slope along deprivation (concentration index {}).", decimal(c, 2)),
        });
    }
    if let (Some(slope), Some(first), Some(last)) = (slope, fifths.first(), fifths.last()) {
        sentences.push(format!(
            "The most deprived fifth of areas has {}, the least deprived {} (slope index {}).",
            decimal(*first, 1),
            decimal(*last, 1),
            decimal(slope, 1)
        ));
    }
    let subtitle = format!(
        "{}, shared with all who can come, sites {}, {}, {}",
        capital(&unit),
        offer.within,
        facts.area_name,
        facts.geography.plural()
    );
    let mut positive: Vec<f64> = values.iter().copied().filter(|v| *v > 0.0).collect();
    positive.sort_by(f64::total_cmp);
    let mut classes = vec![0.0];
    for k in 1..5 {
        if let Some(v) = positive.get(positive.len() * k / 5) {
            let bound = (v * 10.0).round() / 10.0;
            if bound > classes[classes.len() - 1] {
                classes.push(bound);
            }
        }
    }
    let body = AreaAccess {
        geography: facts.geography,
        measure: offer.kind.label.clone(),
        service_type: offer.kind.id.clone(),
        unit,
        per: facts.per,
        steps: offer.steps.clone(),
        shared_out: offer.supply - offer.unused,
        unused: offer.unused,
        for_everybody: offer.for_everybody,
        classes,
        rows,
        people: released.at(0, 0),
        concentration: concentrated,
        slope,
        fifths: if slope.is_some() { fifths } else { vec![] },
        gini: gini(values, &offer.people),
    };
    Telling { headline, subtitle, sentences, body: Body::AreaAccess(body) }
}

mod offer;
mod open;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::inequality::curve;
use super::words::{capital, counted, decimal, slug, thousands};
use crate::analyses::Figure;
use crate::model::{AccessRow, AreaAccess, Body, ClassTotal, Reach, beside_not_known};
use crate::sources::ServiceType;
use crate::stats::inequality::{concentration, gini, quantiles, slope_index};
use crate::study::{Asked, Provision, Study};
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
}

impl AccessSettings {
    /// What each kind of service offers, of those asked for that have a site and a capacity.
    pub(super) fn offers(&self, study: &Study) -> Vec<Offer> {
        let provision = Provision::new(
            study,
            &Asked {
                reach_m: self.reach_m,
                reach_m_by_type: self.reach_m_by_type.clone(),
                by: self.by.clone(),
                detour: self.detour,
                reach_minutes: self.reach_minutes,
                as_of: self.as_of,
            },
        );
        let asked = |t: &&'static ServiceType| {
            let near = t.near && ["crisis", "support", "recovery"].contains(&t.stage.as_str()) && !t.confidential;
            if self.types.is_empty() { near } else { self.types.contains(&t.id) && !t.confidential }
        };
        provision.types().into_iter().filter(asked).filter_map(|t| Offer::of(self, study, &provision, t)).collect()
    }

    fn draft(&self, study: &Study, offer: Offer) -> Draft {
        let mut caveats = vec![
            "Capacity is shared between all who can come, whether or not they need it: the value is what would be there for each, were need the same everywhere.".to_owned(),
            "Only services with a site and a known capacity in this unit take part, each for the ages that it takes.".to_owned(),
        ];
        caveats.push(if study.areas.beyond.is_empty() {
            "Of what lies beyond the boundary no need is in it: no population of neighbouring areas is among the sources.".to_owned()
        } else {
            format!(
                "Of neighbours within {1} km {0} what is in reach.",
                counted(study.areas.beyond.len(), "area shares", "areas share"),
                decimal(study.areas.buffer_m / 1000.0, 0)
            )
        });
        if offer.hours_unknown > 0 {
            let services = counted(offer.hours_unknown, "service the hours are", "services the hours are");
            caveats.push(format!("Of {services} not known: their capacity is left out, and whom they alone could reach is not known."));
        }
        if offer.left_out > 0 {
            let services = counted(offer.left_out, "further service of the kind gives", "further services of the kind give");
            caveats.push(format!("{services} no capacity in this unit, and {} not in it.", if offer.left_out == 1 { "is" } else { "are" }));
        }
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
    let mut sentences = vec![format!(
        "{}: {} {} at {} {}, shared between all who can come; on average {} {unit}.",
        offer.kind.label,
        decimal(offer.supply, usize::from(offer.supply.fract() > 0.0)),
        offer.capacity_unit,
        offer.sites,
        if offer.sites == 1 { "site" } else { "sites" },
        decimal(mean, 1)
    )];
    let totals: Vec<ClassTotal> = {
        let cells = beside_not_known((1..=Reach::ALL.len()).map(|i| released.at(i, 0)).collect());
        Reach::ALL.iter().zip(cells).map(|(class, residents)| ClassTotal { class: *class, residents }).collect()
    };
    let not_for_them = released.at(1 + Reach::ALL.len(), 0);
    let (headline, told) = reached(offer, &totals, released.at(0, 0));
    sentences.extend(told);
    if let (Cell::Known(all), Cell::Known(n)) = (released.at(0, 0), not_for_them)
        && n > 0
        && all > 0
    {
        sentences.push(format!(
            "{} of {} {} ({} %) have a site in reach, and none that takes people of their age.",
            thousands(n),
            thousands(all),
            offer.whom,
            decimal(100.0 * n as f64 / all as f64, 0)
        ));
    }
    if offer.beyond > 0.0 {
        sentences.push(format!(
            "{} of the {} {} are taken up by people of neighbouring authorities who are as near.",
            decimal(offer.beyond, 1),
            decimal(offer.supply, usize::from(offer.supply.fract() > 0.0)),
            offer.capacity_unit
        ));
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
        "{}, shared with all who can come, sites {}{}, {}, {}",
        capital(&unit),
        offer.within,
        facts.open.words(),
        facts.area_name,
        facts.geography.plural()
    );
    let mut positive: Vec<f64> = offer.values.iter().filter_map(|v| v.known()).filter(|v| *v > 0.0).collect();
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
    let mut figures = Figure::in_text("reach", &offer.within);
    figures.extend(Figure::in_text("for whom", offer.whom));
    figures.extend(Figure::in_text("unit", &offer.unit));
    figures.extend([Figure::new("supply", offer.supply), Figure::new("mean", mean), Figure::new("sites", offer.sites as f64)]);
    if let Some(all) = released.at(0, 0).known().filter(|n| *n > 0) {
        let share = |cell: Cell<u64>| Some(Figure::new("share of people", cell.known()? as f64 / all as f64));
        figures.extend(totals.iter().map(|t| t.residents).chain([not_for_them]).filter_map(share));
    }
    Telling { headline, subtitle, sentences, figures, body: Body::AreaAccess(body) }
}

/// How people are reached: the headline, and a sentence for each state.
fn reached(offer: &Offer, totals: &[ClassTotal], people: Cell<u64>) -> (String, Vec<String>) {
    let label = &offer.kind.label;
    let mut headline = format!("{label}: how much there is for each, by area");
    let Some(all) = people.known().filter(|n| *n > 0) else { return (headline, vec![]) };
    let of = |class: Reach| totals.iter().find(|t| t.class == class).and_then(|t| t.residents.known()).unwrap_or(0);
    let percent = |n: u64| decimal(100.0 * n as f64 / all as f64, 0);
    let (comes, beyond, unknown) = (of(Reach::WithoutSite), of(Reach::OutOfReach), of(Reach::NotKnown));
    let mut told = Vec::new();
    let whom = offer.whom;
    if comes > 0 {
        told.push(format!(
            "To {} of {} {whom} ({} %) the service comes, or it helps them by phone or online: that has no share in these figures, which are of sites.",
            thousands(comes),
            thousands(all),
            percent(comes)
        ));
        headline = format!("{label}: comes to {} %, or helps by phone, without a site in reach", percent(comes));
    }
    if unknown > 0 {
        told.push(format!(
            "For {} of {} {whom} ({} %) it is not known whether they are reached.",
            thousands(unknown),
            thousands(all),
            percent(unknown)
        ));
        headline = format!("{label}: not known who is reached for {} %", percent(unknown));
    }
    if beyond > 0 {
        told.push(format!(
            "{} of {} {whom} ({} %) are beyond reach: no listed site is {}, and no listed service comes to them.",
            thousands(beyond),
            thousands(all),
            percent(beyond),
            offer.within
        ));
        headline = format!("{label}: beyond reach of a listed site for {} %", percent(beyond));
    }
    (headline, told)
}

mod offer;
mod open;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::coverage::Coverage;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::gaps::{GapSettings, Ground};
use super::inequality::curve;
use super::words::{capital, decimal, slug, thousands};
use crate::analyses::Figure;
use crate::model::{AccessRow, AreaAccess, Body};
use crate::sources::ServiceType;
use crate::stats::inequality::{concentration, gini, quantiles, slope_index};
use crate::study::Study;
use crate::units::{AreaCode, Cell, Geography, Period, Polarity};
use offer::Offer;
pub use open::OpenWhen;

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
    /// When services must be open to take part.
    pub open: OpenWhen,
    /// Types, by id; where the list is empty, those that people would expect near where they live.
    pub types: Vec<String>,
}

impl Default for AccessSettings {
    fn default() -> Self {
        let Coverage { reach_m, reach_m_by_type, by, reach_minutes, .. } = Coverage::default();
        Self { reach_m, reach_m_by_type, by, reach_minutes, weights: [1.0, 0.68, 0.22], per: 10_000.0, open: OpenWhen::Any, types: vec![] }
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
        ground.types.iter().filter(asked).filter_map(|t| Offer::of(self, &ground, t)).collect()
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
                "{} areas of neighbours within {} km share what is in their reach.",
                study.areas.beyond.len(),
                decimal(study.areas.buffer_m / 1000.0, 0)
            )
        });
        if offer.hours_unknown > 0 {
            caveats.push(format!("Of {} services the hours are not known: they are left out.", offer.hours_unknown));
        }
        if offer.left_out > 0 {
            caveats.push(format!("{} further services of the kind give no capacity in this unit, and are not in it.", offer.left_out));
        }
        let head = DraftHead {
            id: format!("access/{}{}", slug(&offer.kind.id), self.open.suffix()),
            analysis: "access",
            sources: offer.sources.iter().map(|s| study.source_ref(*s)).collect(),
            period: Period { first: study.about.period.last, last: study.about.period.last },
            polarity: Polarity::Better,
            status: "population".into(),
            caveats,
        };
        let total = offer.people.iter().sum::<f64>().round() as u64;
        let without = offer.people.iter().zip(&offer.in_reach).filter(|(_, r)| !**r).map(|(p, _)| p).sum::<f64>().round() as u64;
        let not_for_them = offer.not_for_them.round() as u64;
        let facts = Facts {
            open: self.open,
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            per: self.per.max(1.0),
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            deprivation: study.areas.list.iter().map(|a| a.deprivation).collect(),
            offer,
        };
        Draft::new(head, CountTable::column([Some(total), Some(without), Some(not_for_them)]), facts, tell)
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
    let concentrated = ranked.as_ref().and_then(|r| concentration(values, &offer.people, r));
    let (fifths, fifths_people) = by_fifth(values, &offer.people, &facts.deprivation);
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
    let mut headline = format!("{}: how much there is for each, by area", offer.kind.label);
    if let (Cell::Known(all), Cell::Known(without)) = (released.at(0, 0), released.at(1, 0))
        && without > 0
        && all > 0
    {
        sentences.push(format!(
            "{} of {} {} ({} %) have no listed site {}{}.",
            thousands(without),
            thousands(all),
            offer.whom,
            decimal(100.0 * without as f64 / all as f64, 0),
            offer.within,
            if offer.comes { "; what comes to them, or helps by phone or online, has no share in these figures" } else { "" }
        ));
        headline =
            format!("{}: no listed site in reach for {} in a hundred", offer.kind.label, decimal(100.0 * without as f64 / all as f64, 0));
    }
    if let (Cell::Known(all), Cell::Known(n)) = (released.at(0, 0), released.at(2, 0))
        && n > 0
        && all > 0
    {
        sentences.push(format!(
            "{} of {} {} ({} %) have a site within reach and none that takes people of their age.",
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
        beyond: offer.beyond,
        for_everybody: offer.for_everybody,
        classes,
        rows,
        people: released.at(0, 0),
        without: released.at(1, 0),
        not_for_them: released.at(2, 0),
        concentration: concentrated,
        curve: ranked.filter(|_| concentrated.is_some()).map_or(vec![], |r| curve(values, &offer.people, &r)),
        slope,
        fifths: if slope.is_some() { fifths } else { vec![] },
        gini: gini(values, &offer.people),
    };
    let mut figures = Figure::in_text("reach", &offer.within);
    figures.extend(Figure::in_text("for whom", offer.whom));
    figures.extend(Figure::in_text("unit", &offer.unit));
    figures.extend([Figure::new("supply", offer.supply), Figure::new("mean", mean), Figure::new("sites", offer.sites as f64)]);
    if let Some(all) = released.at(0, 0).known().filter(|n| *n > 0) {
        let share = |row: usize| Some(Figure::new("share of people", released.at(row, 0).known()? as f64 / all as f64));
        figures.extend([share(1), share(2)].into_iter().flatten());
    }
    Telling { headline, subtitle, sentences, figures, body: Body::AreaAccess(body) }
}

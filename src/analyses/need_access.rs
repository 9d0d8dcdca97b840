use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::access::{AccessSettings, OpenWhen};
use super::by_area::by_area;
use super::draft::{Draft, DraftHead, Released, Telling};
use super::hotspots::MOST_HIDDEN;
use super::indicator::headlines;
use super::words::{agreed, counted, decimal, mid_sentence, slug, thousands};
use super::{Analysis, Figure};
use crate::model::{Body, NeedAccess, NeedAccessRow, SURELY_HIGH_FROM};
use crate::sources::Topic;
use crate::stats::smoothing::posteriors;
use crate::stats::top_chance::{Known, top_chance, top_of};
use crate::study::Study;
use crate::units::{AreaCode, Cell, Geography, Month, Period, Polarity, Reach};

/// The settings of a `need-access` analysis: those of `access`, and what stands for need.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NeedAccessSettings {
    /// The category that stands for need, as the source writes it; the first headline category of the definitions without it.
    pub category: Option<String>,
    /// How many of the latest months are counted.
    pub months: usize,
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
    /// When services must be open to take part.
    pub open: OpenWhen,
    /// Types of service, by id; where the list is empty, those that people would expect near where they live.
    pub types: Vec<String>,
}

impl Default for NeedAccessSettings {
    fn default() -> Self {
        Self {
            category: None,
            months: 12,
            reach_m: None,
            reach_m_by_type: BTreeMap::new(),
            by: None,
            detour: None,
            reach_minutes: None,
            as_of: None,
            open: OpenWhen::Any,
            types: vec![],
        }
    }
}

/// Need is told for so many residents.
const PER: f64 = 1_000.0;
/// Fewer known areas than this are no map.
const FEWEST_AREAS: usize = 9;

impl Analysis for NeedAccessSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let Some(dataset) = study.datasets.iter().find(|d| d.topic == Topic::Incidents) else { return vec![] };
        let wanted: Vec<String> = self.category.iter().cloned().collect();
        let Some(indicator) = headlines(study, dataset, &wanted).into_iter().next() else { return vec![] };
        let settings = AccessSettings {
            reach_m: self.reach_m,
            reach_m_by_type: self.reach_m_by_type.clone(),
            by: self.by.clone(),
            detour: self.detour,
            reach_minutes: self.reach_minutes,
            as_of: self.as_of,
            open: self.open,
            types: self.types.clone(),
            ..AccessSettings::default()
        };
        let source = study.source_ref(dataset.source);
        let offers = settings.offers(study).into_iter().map(|offer| {
            let (period, table) = by_area(study, dataset, &indicator, self.months);
            let mut caveats = vec![
                "What is recorded stands for need, and is less than it: where people trust nobody enough to tell, both are low.".to_owned(),
                "Thirds are of the areas of this study: a high third here may be low elsewhere.".to_owned(),
            ];
            caveats.extend((!indicator.note.is_empty()).then(|| indicator.note.clone()));
            let mut sources = vec![source.clone()];
            sources.extend(offer.sources.iter().filter(|s| **s != dataset.source).map(|s| study.source_ref(*s)));
            let head = DraftHead {
                id: format!("need-access/{}/{}{}", slug(&indicator.label), slug(&offer.kind.id), self.open.suffix()),
                analysis: "need-access",
                sources,
                period,
                polarity: Polarity::Worse,
                status: indicator.status.clone(),
                caveats,
            };
            let facts = Facts {
                area_name: study.about.area_name.clone(),
                geography: study.about.geography,
                need: indicator.label.clone(),
                access: offer.kind.label.clone(),
                access_unit: offer.unit.clone(),
                values: offer.values.clone(),
                reach: offer.reach.clone(),
                areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
                residents: study.areas.residents("all"),
                period,
            };
            Draft::new(head, table, facts, tell)
        });
        offers.collect()
    }
}

/// What everyone may know.
struct Facts {
    area_name: String,
    geography: Geography,
    need: String,
    access: String,
    access_unit: String,
    values: Vec<Cell<f64>>,
    reach: Vec<Reach>,
    areas: Vec<(AreaCode, String)>,
    residents: Vec<Option<f64>>,
    period: Period,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let n = facts.areas.len();
    let need = |i: usize| -> Cell<f64> {
        let residents = facts.residents[i].filter(|r| *r > 0.0);
        released.at(i, 0).and_then(|c| residents.map_or(Cell::Missing, |r| Cell::Known(c as f64 / r * PER)))
    };
    let mut known: Vec<f64> = (0..n).filter_map(|i| need(i).known()).collect();
    known.sort_by(f64::total_cmp);
    let enough = known.len() >= FEWEST_AREAS && (n - known.len()) as f64 <= MOST_HIDDEN * n as f64;
    let at = |list: &[f64], part: f64| list.get(((list.len() as f64) * part) as usize).copied().unwrap_or(f64::INFINITY);
    let need_cuts = (at(&known, 1.0 / 3.0), at(&known, 2.0 / 3.0));
    let mut some: Vec<f64> = (0..n).filter(|i| facts.reach[*i] == Reach::Site).filter_map(|i| facts.values[i].known()).collect();
    some.sort_by(f64::total_cmp);
    let access_cut = at(&some, 0.5);
    let row = |i: usize| NeedAccessRow {
        code: facts.areas[i].0,
        name: facts.areas[i].1.clone(),
        count: released.at(i, 0),
        residents: facts.residents[i].map_or(Cell::Missing, Cell::Known),
        need: need(i),
        value: facts.values[i],
        need_third: need(i).known().filter(|_| enough).map(|x| u8::from(x >= need_cuts.0) + u8::from(x >= need_cuts.1)),
        reach: facts.reach[i],
        high_chance: None,
        access_class: match facts.reach[i] {
            Reach::Site => facts.values[i].known().map(|v| 1 + u8::from(v >= access_cut)),
            Reach::OutOfReach => Some(0),
            Reach::WithoutSite | Reach::NotKnown => None,
        },
    };
    let mut rows: Vec<NeedAccessRow> = (0..n).map(row).collect();
    if enough {
        let chances = chances(&rows);
        rows.iter_mut().zip(chances).for_each(|(row, chance)| row.high_chance = chance);
    }
    let high = High::of(&rows);
    let (headline, mut sentences) = if enough {
        high.words(facts)
    } else {
        let text = format!("{}: too much is withheld, or too few areas are known, to set need beside access.", facts.need);
        (format!("{}: need beside access cannot be told", facts.access), vec![text])
    };
    let High { worst, comes, untold, unsure, residents } = high;
    let level = facts.geography.plural();
    let access = mid_sentence(&facts.access);
    let unknown = rows.iter().filter(|r| r.need_third.is_none()).count();
    if unknown > 0 && enough {
        let areas = counted(unknown, facts.geography.singular(), level);
        sentences.push(format!("Of {areas} need is withheld or not known."));
    }
    let mut figures = vec![Figure::new("areas where need is not known", unknown as f64)];
    if enough {
        figures.extend(
            [
                ("areas with high need that the service comes to", comes),
                ("areas with high need and reach not known", untold),
                ("areas beyond reach whose need may be high by chance", unsure),
            ]
            .map(|(w, k)| Figure::new(w, k as f64)),
        );
    }
    if enough {
        figures.push(Figure::new("chance from which an area is named", SURELY_HIGH_FROM));
    }
    // None is told as none only where all is known.
    if enough && (untold == 0 || !worst.is_empty()) {
        figures.push(Figure::new("areas with high need beyond reach", worst.len() as f64));
        figures.push(Figure::new("residents of those", residents.round()));
    }
    let need_unit = format!("per {} residents", decimal(PER, 0));
    Telling {
        headline,
        subtitle: format!("{} {need_unit}, beside access to {}, {}, {}", facts.need, access, facts.area_name, facts.period.label()),
        sentences,
        figures,
        body: Body::NeedAccess(NeedAccess {
            geography: facts.geography,
            need: facts.need.clone(),
            need_unit,
            per: PER,
            need_cuts: if enough { need_cuts } else { (0.0, 0.0) },
            access: facts.access.clone(),
            access_unit: facts.access_unit.clone(),
            access_cut: if access_cut.is_finite() { access_cut } else { 0.0 },
            rows,
            unlocated: released.at(n, 0),
            total: released.at(n + 1, 0),
        }),
    }
}

/// Areas that are surely in the highest third, by how they are reached.
struct High<'a> {
    /// Beyond reach.
    worst: Vec<&'a NeedAccessRow>,
    /// The service comes to so many.
    comes: usize,
    /// Of so many it is not known.
    untold: usize,
    /// So many beyond reach are in the highest third as they stand, but which of them belong there cannot be told.
    unsure: usize,
    /// People of those beyond reach.
    residents: f64,
}

impl<'a> High<'a> {
    fn of(rows: &'a [NeedAccessRow]) -> Self {
        let surely = |r: &&NeedAccessRow| r.surely_high();
        let worst: Vec<&NeedAccessRow> = rows.iter().filter(surely).filter(|r| r.reach == Reach::OutOfReach).collect();
        let count = |reach: Reach| rows.iter().filter(surely).filter(|r| r.reach == reach).count();
        let perhaps = rows.iter().filter(|r| r.need_third == Some(2) && r.reach == Reach::OutOfReach && !surely(r));
        Self {
            comes: count(Reach::WithoutSite),
            untold: count(Reach::NotKnown),
            unsure: perhaps.count(),
            residents: worst.iter().filter_map(|r| r.residents.known()).sum(),
            worst,
        }
    }

    /// Headline and sentences.
    fn words(&self, facts: &Facts) -> (String, Vec<String>) {
        let (need, n, level) = (mid_sentence(&facts.need), facts.areas.len(), facts.geography.plural());
        let mut told = Vec::new();
        if self.worst.is_empty() && self.untold == 0 {
            told.push(format!("No area that is surely in the highest third of recorded {need} is beyond reach of “{}”.", facts.access));
        }
        if !self.worst.is_empty() {
            let mut names = self.worst.clone();
            names.sort_by(|a, b| b.need.known().unwrap_or(0.0).total_cmp(&a.need.known().unwrap_or(0.0)));
            let names: Vec<&str> = names.iter().take(5).map(|r| r.name.as_str()).collect();
            told.push(format!(
                "In {} of {n} {level} of {}, with {} residents, the rate of recorded {need} is in the highest third, each with a chance above {}, and “{}” is beyond reach{} {}.",
                self.worst.len(),
                facts.area_name,
                thousands(self.residents.round() as u64),
                decimal(SURELY_HIGH_FROM, 1),
                facts.access,
                if self.worst.len() > 5 { ", among them" } else { ":" },
                names.join(", ")
            ));
        }
        if self.comes > 0 {
            told.push(format!(
                "Of those in the highest third, {} no site in reach, and the service comes to them or helps by phone or online.",
                counted(self.comes, "area has", "areas have")
            ));
        }
        if self.untold > 0 {
            told.push(format!(
                "Of those in the highest third, for {} it is not known whether they are reached.",
                counted(self.untold, "area", "areas")
            ));
        }
        if self.unsure > 0 {
            told.push(format!(
                "Of {} beyond reach the rate is in the highest third as it stands, and may be there by chance: {} not named.",
                counted(self.unsure, "area", "areas"),
                agreed(self.unsure, "it is", "they are")
            ));
        }
        let areas = |k: usize| counted(k, "area with high need", "areas with high need");
        let headline = match (self.worst.len(), self.untold) {
            (0, 0) if self.unsure > 0 => format!("{}: no area of surely high need is beyond reach", facts.access),
            (0, 0) => format!("{}: nowhere is need high and the service beyond reach", facts.access),
            (0, k) => format!("{}: not known who is reached in {}", facts.access, areas(k)),
            (k, _) => format!("{}: {} and beyond reach", facts.access, areas(k)),
        };
        (headline, told)
    }
}

/// The chance of each area to be among the highest third, from its count, its residents and how much areas differ; `None` where they are not known.
fn chances(rows: &[NeedAccessRow]) -> Vec<Option<f64>> {
    let one = |i: usize| Some((i, rows[i].count.known()? as f64, rows[i].residents.known().filter(|p| *p > 0.0)?));
    let known: Vec<(usize, f64, f64)> = (0..rows.len()).filter_map(one).collect();
    let (events, people): (Vec<f64>, Vec<f64>) = known.iter().map(|k| (k.1, k.2)).unzip();
    let Some(areas) = posteriors(&events, &people).into_iter().collect::<Option<Vec<Known>>>() else { return vec![None; rows.len()] };
    let mut chances = vec![None; rows.len()];
    let found = top_chance(&areas, top_of(areas.len(), 1.0 / 3.0));
    known.iter().zip(found).for_each(|(k, p)| chances[k.0] = Some(p).filter(|p| p.is_finite()));
    chances
}

impl NeedAccess {
    /// Whether rates, thirds and chances to be high are those of the released counts.
    pub(crate) fn follows(&self) -> bool {
        let again = chances(&self.rows);
        let sure = self.rows.iter().zip(again).all(|(r, again)| match (r.high_chance, again) {
            (Some(told), Some(again)) => (told - again).abs() < 1e-9,
            (told, _) => told.is_none(),
        });
        sure && self.rows.iter().all(|r| {
            let again = r.count.known().zip(r.residents.known().filter(|x| *x > 0.0)).map(|(n, residents)| n as f64 / residents * self.per);
            let rate = match (r.need.known(), again) {
                (Some(told), Some(again)) => (told - again).abs() <= 1e-9 * again.max(1.0),
                (None, _) => true,
                (Some(_), None) => false,
            };
            let third = r
                .need_third
                .is_none_or(|t| r.need.known().is_some_and(|x| t == u8::from(x >= self.need_cuts.0) + u8::from(x >= self.need_cuts.1)));
            rate && third
        })
    }
}

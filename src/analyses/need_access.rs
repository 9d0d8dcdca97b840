use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::access::{AccessSettings, OpenWhen};
use super::by_area::by_area;
use super::draft::{Draft, DraftHead, Released, Telling};
use super::hotspots::MOST_HIDDEN;
use super::indicator::headlines;
use super::travel::trips_lost;
use super::words::{decimal, slug};
use crate::model::{Arg, Body, Message, NeedAccess, NeedAccessRow, SURELY_HIGH_FROM};
use crate::msg;
use crate::sources::Topic;
use crate::stats::smoothing::chances_of_the_highest;
use crate::study::{Provision, Study};
use crate::units::{AreaCode, Cell, Geography, Month, Period, Polarity, Reach};

/// The settings of a `need-access` analysis: those of `access`, and what stands for need.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NeedAccessSettings {
    /// The category that stands for need, as the source writes it. Without it, for each kind of service the first headline category of the definitions that records the harm that the service is for, and nothing where none does.
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

impl NeedAccessSettings {
    fn access(&self) -> AccessSettings {
        AccessSettings {
            reach_m: self.reach_m,
            reach_m_by_type: self.reach_m_by_type.clone(),
            by: self.by.clone(),
            detour: self.detour,
            reach_minutes: self.reach_minutes,
            as_of: self.as_of,
            open: self.open,
            types: self.types.clone(),
            ..AccessSettings::default()
        }
    }
}

impl Analysis for NeedAccessSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let Some(dataset) = study.datasets.iter().find(|d| d.topic == Topic::Incidents) else { return vec![] };
        let wanted: Vec<String> = self.category.iter().cloned().collect();
        let followed = headlines(study, dataset, &wanted);
        // A category that the plan names stands for need as the plan says; without one, rates of another harm than that of the service stand for nothing.
        let of_harm = |form: &str| followed.iter().find(|i| !wanted.is_empty() || i.stands_for(form));
        let settings = self.access();
        let source = study.source_ref(dataset.source);
        let lost = trips_lost(Provision::new(study, &settings.asked()).by_timetable());
        let offers = settings.offers(study).into_iter().filter_map(|offer| {
            let indicator = of_harm(&offer.kind.form)?;
            let (period, table) = by_area(study, dataset, indicator, self.months);
            let mut caveats = vec![msg!("need-access-caveat-recorded"), msg!("need-access-caveat-thirds")];
            caveats.extend(lost.clone());
            caveats.extend((!indicator.note.is_empty()).then(|| Message::as_written(&indicator.note)));
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
            Some(Draft::new(head, table, facts, tell))
        });
        offers.collect()
    }

    fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    fn measured(&self, study: &Study) -> Option<String> {
        self.access().measured(study).map(|measured| format!("{measured}, {} months", self.months))
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
        let areas: Vec<_> = rows.iter().map(NeedAccessRow::events_and_people).collect();
        let chances = chances_of_the_highest(&areas, 1.0 / 3.0);
        rows.iter_mut().zip(chances).for_each(|(row, chance)| row.high_chance = chance);
    }
    let high = High::of(&rows);
    let (headline, mut sentences) = if enough {
        high.words(facts)
    } else {
        (msg!("need-access-headline-not-known", access = &facts.access), vec![msg!("need-access-not-known", need = &facts.need)])
    };
    let (singular, plural) = (facts.geography.singular(), facts.geography.plural());
    let unknown = rows.iter().filter(|r| r.need_third.is_none()).count();
    sentences
        .extend((unknown > 0 && enough).then(|| msg!("need-access-need-unknown", areas = unknown, singular = singular, plural = plural)));
    let need_unit = format!("per {} residents", decimal(PER, 0));
    Telling {
        headline,
        subtitle: msg!(
            "need-access-subtitle",
            need = &facts.need,
            per = Arg::Number(PER, 0),
            access = &facts.access,
            area = &facts.area_name,
            period = facts.period
        ),
        sentences,
        figures: vec![],
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
    fn words(&self, facts: &Facts) -> (Message, Vec<Message>) {
        let (need, access) = (&facts.need, &facts.access);
        let mut told = Vec::new();
        // None is told as none only where all is known.
        told.extend((self.worst.is_empty() && self.untold == 0).then(|| match self.comes {
            0 => msg!("need-access-none", need = need, access = access),
            _ => msg!("need-access-none-comes", need = need, access = access),
        }));
        told.extend((!self.worst.is_empty()).then(|| self.far(facts)));
        told.extend((self.comes > 0).then(|| msg!("need-access-comes", areas = self.comes)));
        told.extend((self.untold > 0).then(|| msg!("need-access-unknown", areas = self.untold)));
        told.extend((self.unsure > 0).then(|| msg!("need-access-unsure", areas = self.unsure)));
        let headline = match (self.worst.len(), self.untold) {
            (0, 0) if self.comes > 0 => msg!("need-access-headline-comes", access = access, areas = self.comes),
            (0, 0) if self.unsure > 0 => msg!("need-access-headline-none-surely", access = access),
            (0, 0) => msg!("need-access-headline-none", access = access),
            (0, k) => msg!("need-access-headline-unknown", access = access, areas = k),
            (k, _) => msg!("need-access-headline", access = access, areas = k),
        };
        (headline, told)
    }

    /// The areas of high need beyond reach, by name.
    fn far(&self, facts: &Facts) -> Message {
        let mut rows = self.worst.clone();
        rows.sort_by(|a, b| b.need.known().unwrap_or(0.0).total_cmp(&a.need.known().unwrap_or(0.0)));
        let names: Vec<&str> = rows.iter().take(MOST_NAMED).map(|r| r.name.as_str()).collect();
        let (far, areas, plural, area) = (rows.len(), facts.areas.len(), facts.geography.plural(), &facts.area_name);
        let (residents, chance) = (Arg::Number(self.residents, 0), Arg::share(SURELY_HIGH_FROM, 0));
        let (need, access) = (&facts.need, &facts.access);
        match far > MOST_NAMED {
            true => msg!(
                "need-access-far-among",
                far = far,
                areas = areas,
                plural = plural,
                area = area,
                residents = residents,
                need = need,
                chance = chance,
                access = access,
                names = names
            ),
            false => msg!(
                "need-access-far",
                far = far,
                areas = areas,
                plural = plural,
                area = area,
                residents = residents,
                need = need,
                chance = chance,
                access = access,
                names = names
            ),
        }
    }
}

/// So many areas are named in a sentence.
const MOST_NAMED: usize = 5;

mod ground;
mod solve;
mod tell;
mod why;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::coverage::places_withheld;
use super::draft::{CountTable, Draft, DraftHead};
use super::travel::trips_lost;
use super::words::{decimal, slug};
use crate::model::{Arg, Message, SiteObjective};
use crate::msg;
use crate::sources::ServiceType;
use crate::stats::siting::Limit;
use crate::study::{Asked, Provision, STRAIGHT_LINE, Study};
use crate::units::{Month, Polarity};
use ground::{Ground, Places};
use solve::Step;
use std::collections::BTreeMap;

/// The settings of a `site` analysis.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct SiteSettings {
    /// What is asked of new sites: `coverage` (most people within reach), `distance` (shortest way on average) or `farthest` (shortest for those farthest).
    pub objective: SiteObjective,
    /// How many sites are new.
    pub new_sites: usize,
    /// Whose reach counts.
    pub demand: Demand,
    /// Places where a site could be; the centres of the study's areas where the list is empty.
    pub candidates: Vec<Candidate>,
    /// A new site stands at least so far from others, in metres.
    pub minimum_distance_m: f64,
    /// A site is within reach up to this straight-line distance, in metres, where it is not that of `[study.reach]`.
    pub reach_m: Option<f64>,
    /// The same for single types of service, by id.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// How the way is measured, where it is not that of `[study.reach]`: `straight-line`, streets (`walk`, `drive`), or a timetable (`public-transport`).
    pub by: Option<String>,
    /// Straight lines are taken to be so many times as long, where it is not that of `[study.reach]`.
    pub detour: Option<f64>,
    /// With travel times, a site is within reach up to so many minutes, where it is not that of `[study.reach]`.
    pub reach_minutes: Option<f64>,
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
    /// How often reach and need are drawn anew.
    pub draws: usize,
    /// Reach varies by up to this share to either side.
    pub reach_varies: f64,
    /// The people of an area vary by up to this share to either side.
    pub need_varies: f64,
    /// What opening one site costs, in pounds.
    pub open_cost: Option<f64>,
    /// What moving one costs, in pounds.
    pub move_cost: Option<f64>,
    /// What closing one saves, in pounds, by id of the service.
    pub close_saves: BTreeMap<String, f64>,
    /// Pounds that opening sites may cost together: no more sites are new than it pays for.
    pub budget: Option<f64>,
    /// Nodes that a proof may take; where it stops there, the bound is told.
    pub most_nodes: u64,
    /// Types of service, by id; where the list is empty, those that people would expect near where they live.
    pub types: Vec<String>,
}

/// More sites than this are not chosen at once.
const MOST_NEW: usize = 50;

/// Whose reach counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// Everybody.
    #[default]
    Residents,
    /// Women aged 16 and over, whom expected need is in proportion to.
    #[serde(rename = "women-16-and-over")]
    Women16AndOver,
}

/// A place where a site could be.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
}

impl Default for SiteSettings {
    fn default() -> Self {
        Self {
            objective: SiteObjective::Coverage,
            new_sites: 1,
            demand: Demand::Residents,
            candidates: vec![],
            minimum_distance_m: 0.0,
            reach_m: None,
            reach_m_by_type: BTreeMap::new(),
            by: None,
            detour: None,
            reach_minutes: None,
            as_of: None,
            draws: 200,
            reach_varies: 0.2,
            need_varies: 0.2,
            open_cost: None,
            move_cost: None,
            close_saves: BTreeMap::new(),
            budget: None,
            most_nodes: Limit::default().nodes,
            types: vec![],
        }
    }
}

impl Analysis for SiteSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        if self.untimed(study).is_some() {
            return vec![];
        }
        let asked = self.asked(study);
        let provision = Provision::new(study, &asked);
        let places = Places::of(self, study, &provision);
        self.kinds(&provision).into_iter().filter_map(|kind| self.draft(study, &provision, kind, &places)).collect()
    }

    fn unanswered(&self, study: &Study) -> Option<(Message, Message)> {
        self.why(study)
    }

    fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    fn measured(&self, study: &Study) -> Option<String> {
        Some(Provision::new(study, &self.asked(study)).measured())
    }
}

impl SiteSettings {
    /// As coverage is asked, to sites of today and to new ones alike. Where the study goes by a table of times, which has none to places where nothing is yet,
    /// by straight lines; where the analysis itself names such a mode it has no answer.
    fn asked(&self, study: &Study) -> Asked {
        let wanted = Asked {
            reach_m: self.reach_m,
            reach_m_by_type: self.reach_m_by_type.clone(),
            by: self.by.clone(),
            detour: self.detour,
            as_of: self.as_of,
            reach_minutes: self.reach_minutes,
        };
        study.asked_of_new_places(wanted)
    }

    /// The mode that it names itself, where ways to places where nothing is yet cannot be timed by it.
    fn untimed(&self, study: &Study) -> Option<String> {
        let asked = Asked { by: Some(self.by.clone()?), ..Asked::default() };
        let mode = Provision::new(study, &asked).by().to_owned();
        (mode != STRAIGHT_LINE && !study.times_new_places(&mode)).then_some(mode)
    }

    /// The kinds of service that are asked about.
    fn kinds(&self, provision: &Provision) -> Vec<&'static ServiceType> {
        let wanted = |t: &&'static ServiceType| {
            let near = t.near && t.is_direct();
            !t.confidential && if self.types.is_empty() { near } else { self.types.contains(&t.id) }
        };
        provision.types().into_iter().filter(wanted).collect()
    }

    /// How many sites may be new: the budget may pay for fewer.
    fn affordable(&self) -> usize {
        let paid = self.budget.zip(self.open_cost.filter(|c| *c > 0.0)).map(|(budget, cost)| (budget / cost).floor().max(0.0) as usize);
        self.new_sites.min(MOST_NEW).min(paid.unwrap_or(usize::MAX))
    }

    fn draft(&self, study: &Study, provision: &Provision, kind: &'static ServiceType, places: &Places) -> Option<Draft> {
        let ground = Ground::of(self, study, provision, kind, places).ok()?;
        let facts = solve::facts(self, study, provision, kind, &ground)?;
        let mut counts: Vec<u64> = facts.today.to_vec();
        counts.extend([facts.most, facts.uncoverable]);
        counts.extend(facts.choices.iter().map(|c| c.gained));
        counts.extend(facts.steps.iter().flat_map(Step::counts));
        let table = CountTable::column(counts.into_iter().map(Some)).with_sum((0..4).map(|row| (row, 0)));
        let measured = match provision.travel() {
            Some(_) => msg!("site-caveat-times", minutes = Arg::Number(ground.longest, 0)),
            None if study.travel.is_empty() => msg!("site-caveat-straight"),
            None => msg!("site-caveat-other-ways"),
        };
        let mut caveats = vec![measured, msg!("site-caveat-place"), msg!("site-caveat-not-known")];
        caveats.extend(trips_lost(provision.by_timetable()));
        caveats.extend(places_withheld(study));
        let mut sources: Vec<usize> = provision.running(kind).iter().flat_map(|s| s.sources()).collect();
        sources.extend(study.areas.population_source);
        sources.extend(provision.travel().map(|t| t.source));
        sources.sort_unstable();
        sources.dedup();
        let suffix = match self.objective {
            SiteObjective::Coverage => "",
            SiteObjective::Distance => "/distance",
            SiteObjective::Farthest => "/farthest",
        };
        let women = if self.demand == Demand::Women16AndOver { "/women-16-and-over" } else { "" };
        let sites = if facts.new_sites == 1 { String::new() } else { format!("/{}-sites", decimal(facts.new_sites as f64, 0)) };
        // What a plan asks by a mode of its own stands beside what it asks by that of the study.
        let by = self.by.as_ref().map(|_| format!("/{}", slug(provision.by()))).unwrap_or_default();
        let head = DraftHead {
            id: format!("site/{}{suffix}{women}{sites}{by}", slug(&kind.id)),
            analysis: "site",
            sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
            period: provision.period(),
            polarity: Polarity::Better,
            status: "population".into(),
            caveats,
        };
        Some(Draft::new(head, table, facts, tell::tell))
    }
}

//! What a choice of sites starts from: who is reached today and how far it is, and where a site could be.

use super::{Demand, SiteSettings};
use crate::analyses::need::women_16_plus;
use crate::model::SitePlace;
use crate::sources::ServiceType;
use crate::spatial::to_bng;
use crate::study::{Provision, Service, Study};
use crate::units::{Bng, LonLat, Reach};

/// More candidates than this are not looked at: those with most people around them are.
const MOST_CANDIDATES: usize = 2_000;
/// The same where the way to each is looked for along streets or by a timetable.
const MOST_TIMED: usize = 500;
/// A way that takes longer than this, in minutes, or that nobody finds, is taken to be as long.
const LONGEST: f64 = 120.0;
/// More pairs of areas and candidates than this are not held at once.
const MOST_PAIRS: usize = 20_000_000;

/// Why a choice of sites has no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Why {
    /// The people who count are not known.
    People,
    /// A site is of a restricted catalogue.
    Restricted,
    /// No public site is on record, and nobody says that there is none.
    NoSite,
    /// No place to look at lies on the National Grid.
    NoPlace,
    /// No place, or not as many as asked for, lie so far from others.
    Apart,
}

/// People, ways and places.
pub(super) struct Ground<'a> {
    /// People of each area.
    pub people: Vec<f64>,
    /// How each area is reached.
    pub reach: Vec<Reach>,
    /// The way from each area to the nearest running site, in metres or minutes; infinite where there is none.
    pub nearest: Vec<f64>,
    /// Running services with a public site, each with its ways from the areas.
    pub sited: Vec<(&'a Service, Vec<f64>)>,
    /// How each area would be reached were one of these no more.
    pub without: Vec<Vec<Reach>>,
    /// Places where a site could be.
    pub candidates: Vec<(SitePlace, Bng)>,
    /// Ways from each area to each candidate, a row an area.
    pub ways: Vec<f64>,
    /// How far a site reaches, in metres or minutes.
    pub limit: f64,
    /// A way by travel times is taken to be no longer than this; infinite for straight lines.
    pub longest: f64,
    /// The mode, where ways are travel times.
    pub mode: Option<String>,
}

/// Places where a site could be, each with the minutes from each area where ways are travel times.
pub(super) struct Places {
    all: Vec<(SitePlace, Bng)>,
    times: Option<Vec<Vec<Option<f32>>>>,
}

impl Places {
    pub fn of(settings: &SiteSettings, study: &Study, provision: &Provision) -> Self {
        let timed = provision.travel().map(|t| t.mode.as_str());
        let all = candidates(settings, study, if timed.is_some() { MOST_TIMED } else { MOST_CANDIDATES });
        let at: Vec<Bng> = all.iter().map(|(_, place)| *place).collect();
        Self { times: timed.and_then(|mode| study.times_to(mode, &at)), all }
    }
}

impl<'a> Ground<'a> {
    /// Why there is none, where residents are not known, no site is public, a restricted catalogue has any, or no place is left.
    pub fn of(settings: &SiteSettings, study: &Study, provision: &Provision<'a>, kind: &ServiceType, places: &Places) -> Result<Self, Why> {
        let people: Option<Vec<f64>> = match settings.demand {
            Demand::Residents => study.areas.residents("all").into_iter().collect(),
            Demand::Women16AndOver => study.areas.list.iter().map(women_16_plus).collect(),
        };
        let people = people.filter(|p| p.iter().sum::<f64>() > 0.0).ok_or(Why::People)?;
        let running = provision.running(kind);
        // Who would gain from a place tells where the others are: of a restricted catalogue nothing is given.
        if running.iter().any(|s| (!s.sites.is_empty() || s.more.withheld.place) && !study.is_open(s)) {
            return Err(Why::Restricted);
        }
        let areas = people.len();
        let limit = provision.limit(kind);
        // Beyond every reach that is drawn: on average a way that nobody finds is a long one.
        let longest = if provision.travel().is_some() { LONGEST.max(2.0 * limit + 1.0) } else { f64::INFINITY };
        let ways_of = |s: &Service| (0..areas).map(|a| provision.way(s, a).unwrap_or(f64::INFINITY).min(longest)).collect::<Vec<f64>>();
        let sited: Vec<(&Service, Vec<f64>)> = running.into_iter().filter(|s| !s.sites.is_empty()).map(|s| (s, ways_of(s))).collect();
        if sited.is_empty() && !provision.complete(kind) {
            return Err(Why::NoSite);
        }
        let reach: Vec<Reach> = provision.reach(kind).iter().map(|r| r.reach).collect();
        let without = sited.iter().map(|(s, _)| provision.reach_without(kind, s).iter().map(|r| r.reach).collect()).collect();
        let nearest = (0..areas).map(|a| sited.iter().map(|s| s.1[a]).fold(f64::INFINITY, f64::min)).collect();
        if places.all.is_empty() {
            return Err(Why::NoPlace);
        }
        let apart = |place: &Bng| sited.iter().flat_map(|s| &s.0.sites).all(|s| s.bng.distance_m(*place) >= settings.minimum_distance_m);
        let mut kept: Vec<usize> = (0..places.all.len()).filter(|c| apart(&places.all[*c].1)).collect();
        kept.truncate(MOST_CANDIDATES.min(MOST_PAIRS / areas.max(1)));
        if kept.is_empty() {
            return Err(Why::Apart);
        }
        let way = |area: usize, c: usize| match &places.times {
            Some(times) => times[c].get(area).copied().flatten().map_or(longest, |m| f64::from(m).min(longest)),
            None => provision.way_to(places.all[c].1, area),
        };
        let ways = (0..areas).flat_map(|a| kept.iter().map(move |c| (a, *c))).map(|(a, c)| way(a, c)).collect();
        let candidates = kept.iter().map(|c| places.all[*c].clone()).collect();
        let mode = provision.travel().map(|t| t.mode.clone());
        Ok(Self { people, reach, nearest, sited, without, candidates, ways, limit, longest, mode })
    }

    /// The way from an area to a candidate.
    pub fn way(&self, area: usize, candidate: usize) -> f64 {
        self.ways[area * self.candidates.len() + candidate]
    }

    /// People in areas of a state.
    pub fn people_in(&self, class: impl Fn(Reach) -> bool) -> f64 {
        self.people.iter().zip(&self.reach).filter(|(_, r)| class(**r)).map(|(p, _)| p).sum()
    }

    /// Ways from an area to all candidates.
    pub fn ways_from(&self, area: usize) -> &[f64] {
        let candidates = self.candidates.len();
        &self.ways[area * candidates..(area + 1) * candidates]
    }

    /// People known to be beyond reach today whom some candidates would reach.
    pub fn gained(&self, chosen: &[usize]) -> f64 {
        self.areas_gained(chosen).map(|a| self.people[a]).sum()
    }

    /// Areas known to be beyond reach today that some candidates would reach.
    pub fn areas_gained<'s>(&'s self, chosen: &'s [usize]) -> impl Iterator<Item = usize> + 's {
        let comes = |a: &usize| self.reach[*a] == Reach::OutOfReach && chosen.iter().any(|c| self.way(*a, *c) <= self.limit);
        (0..self.people.len()).filter(comes)
    }

    /// The same of each candidate by itself, in one pass over the ways.
    pub fn gained_by_each(&self) -> Vec<f64> {
        let beyond = (0..self.people.len()).filter(|a| self.reach[*a] == Reach::OutOfReach);
        self.people_by_candidate(beyond, |way| way <= self.limit)
    }

    /// Of these areas the people for whom the way to a candidate is as asked, candidate by candidate.
    pub fn people_by_candidate(&self, areas: impl Iterator<Item = usize>, is_asked: impl Fn(f64) -> bool) -> Vec<f64> {
        let mut people = vec![0.0; self.candidates.len()];
        for area in areas {
            for (sum, way) in people.iter_mut().zip(self.ways_from(area)) {
                if is_asked(*way) {
                    *sum += self.people[area];
                }
            }
        }
        people
    }

    /// For each area the candidates within a radius, with their ways.
    pub fn near(&self, radius_m: f64) -> Vec<Vec<(u32, f64)>> {
        let near =
            |area: usize| self.ways_from(area).iter().enumerate().filter(|(_, w)| **w <= radius_m).map(|(c, w)| (c as u32, *w)).collect();
        (0..self.people.len()).map(near).collect()
    }
}

/// Those of the plan, or the centres of the areas, the most populous first where they are too many.
fn candidates(settings: &SiteSettings, study: &Study, most: usize) -> Vec<(SitePlace, Bng)> {
    if !settings.candidates.is_empty() {
        let named = settings.candidates.iter().take(most).filter_map(|c| {
            let place = to_bng(LonLat { lon: c.longitude, lat: c.latitude })?;
            Some((SitePlace { code: None, name: c.name.clone() }, place))
        });
        return named.collect();
    }
    let mut areas: Vec<usize> = (0..study.areas.list.len()).collect();
    if areas.len() > most {
        let people = |a: usize| study.areas.list[a].residents.get("all").copied().unwrap_or(0.0);
        areas.sort_by(|a, b| people(*b).total_cmp(&people(*a)).then(a.cmp(b)));
        areas.truncate(most);
        areas.sort_unstable();
    }
    let place = |a: usize| {
        let area = &study.areas.list[a];
        (SitePlace { code: Some(area.code), name: area.name.clone() }, area.centre)
    };
    areas.into_iter().map(place).collect()
}

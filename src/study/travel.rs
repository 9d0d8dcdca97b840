//! How long it takes from each area to each service with a public site: along streets, or by a table of times.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Study;
use super::areas::Areas;
use super::catalogue::Catalogue;
use super::transit::centres;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Mode, Origin, StreetNetwork, TravelTable};
use crate::spatial::Joined as Door;
use crate::units::Bng;

/// Times of one mode.
#[derive(Clone, Debug)]
pub struct Travel {
    /// By which analyses name it: `walk`, `drive`, or as the table of times says.
    pub mode: String,
    /// Position of its source in the plan.
    pub source: usize,
    /// Minutes by area and public service; `None` where there is no way in time, or no site.
    pub minutes: Vec<Vec<Option<f32>>>,
    /// The same for the areas beyond the boundary.
    pub beyond: Vec<Vec<Option<f32>>>,
    /// For each area, whether it takes part: its centre is on the network, or the table names it.
    pub known: Vec<bool>,
}

/// Nobody looks for a way longer than this, in seconds.
const LIMIT_S: f32 = 2.0 * 3600.0;
/// A centre or a site farther than this from any street is on none.
const TO_STREET_M: f64 = 1_000.0;

/// Travel times of every network and table. A table that times the way to a confidential service is refused: times from three places tell where it is.
pub(super) fn build(
    networks: &[StreetNetwork],
    tables: &[TravelTable],
    ids: &BTreeMap<String, usize>,
    (areas, catalogue): (&Areas, &Catalogue),
    origins: &[Origin],
    problems: &mut Problems,
) -> Vec<Travel> {
    let mut all: Vec<Travel> = networks.iter().map(|n| along(n, areas, catalogue)).collect();
    let position: BTreeMap<&str, usize> = catalogue.public.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect();
    let in_small: BTreeMap<String, usize> = position.iter().map(|(id, i)| (id.to_lowercase(), *i)).collect();
    // In other letters an id names a service where no other service, secret or not, has it.
    let alone = |id: &str| Some(id.to_lowercase()).filter(|id| ids.get(id) == Some(&1)).and_then(|id| in_small.get(&id));
    for table in tables {
        let place = || Place::file(format!("source `{}`", origins.get(table.source).map_or("", |o| o.name.as_str())));
        let own = areas.list.len();
        let mut minutes = vec![vec![None; catalogue.public.len()]; own + areas.beyond.len()];
        let mut known = vec![false; areas.list.len()];
        let (mut secret, mut strangers) = (0, BTreeSet::new());
        for (code, id, time) in &table.rows {
            let neighbour = || areas.beyond.iter().position(|a| a.code == *code).map(|i| own + i);
            let Some(area) = areas.position(*code).or_else(neighbour) else { continue };
            known.iter_mut().skip(area).take(1).for_each(|k| *k = true);
            match position.get(id.as_str()).or_else(|| alone(id)) {
                // The pair was looked at, and there is no way.
                Some(_) if !time.is_finite() => {}
                Some(service) => {
                    let cell: &mut Option<f32> = &mut minutes[area][*service];
                    *cell = Some(cell.map_or(*time as f32, |t| t.min(*time as f32)));
                }
                None if ids.contains_key(&id.to_lowercase()) => secret += 1,
                None => {
                    strangers.insert(id.clone());
                }
            }
        }
        if secret > 0 {
            problems.error_said(Code::S301, place(), said::travel_times_to_a_confidential_service(secret));
        }
        if !strangers.is_empty() {
            problems.warn_said(Code::S305, place(), said::travel_times_to_no_service(strangers.len()));
        }
        let beyond = minutes.split_off(own);
        all.push(Travel { mode: table.mode.clone(), source: table.source, minutes, beyond, known });
    }
    all
}

/// One search for each site, side by side; then every area reads its own node.
fn along(streets: &StreetNetwork, areas: &Areas, catalogue: &Catalogue) -> Travel {
    let joined = Joined::of(streets, &centres(areas));
    let by_service: Vec<Vec<Option<f32>>> = catalogue
        .public
        .par_iter()
        .map(|service| {
            let mut best: Vec<Option<f32>> = vec![None; joined.starts.len()];
            for site in &service.sites {
                nearer(&mut best, joined.minutes_to(site.bng));
            }
            best
        })
        .collect();
    let mut minutes: Vec<Vec<Option<f32>>> = (0..joined.starts.len()).map(|i| by_service.iter().map(|s| s[i]).collect()).collect();
    let beyond = minutes.split_off(areas.list.len());
    let known = joined.starts.iter().take(areas.list.len()).map(Option::is_some).collect();
    Travel { mode: mode_of(streets).into(), source: streets.source, minutes, beyond, known }
}

fn mode_of(streets: &StreetNetwork) -> &'static str {
    match streets.mode {
        Mode::Walk => "walk",
        Mode::Drive => "drive",
    }
}

/// Of two times the shorter, place by place.
fn nearer(best: &mut [Option<f32>], times: Vec<Option<f32>>) {
    best.iter_mut().zip(times).for_each(|(best, time)| *best = [*best, time].into_iter().flatten().min_by(f32::total_cmp));
}

/// Streets, and where areas join them.
struct Joined<'a> {
    streets: &'a StreetNetwork,
    starts: Vec<Option<Door>>,
}

impl<'a> Joined<'a> {
    fn of(streets: &'a StreetNetwork, centres: &[Bng]) -> Self {
        Self { streets, starts: centres.iter().map(|c| streets.network.join(*c, TO_STREET_M)).collect() }
    }

    /// Minutes from each area to a place.
    fn minutes_to(&self, place: Bng) -> Vec<Option<f32>> {
        let net = &self.streets.network;
        let on_foot = |metres: f64| (metres / self.streets.walking_m_s) as f32;
        let Some(door) = net.join(place, TO_STREET_M) else { return vec![None; self.starts.len()] };
        let seconds = net.seconds_to(door.node, on_foot(door.metres), LIMIT_S);
        self.starts.iter().map(|s| s.and_then(|s| Some((seconds[s.node as usize]? + on_foot(s.metres)) / 60.0))).collect()
    }
}

impl Study {
    /// Whether ways to places where nothing is yet can be timed by a mode: along streets and by timetables, and not by a table of times.
    pub fn times_new_places(&self, mode: &str) -> bool {
        self.streets.iter().any(|s| mode_of(s) == mode) || self.transit.as_ref().is_some_and(|t| t.window(mode).is_some())
    }

    /// Minutes to each of some places from each area, those beyond the boundary after them. `None` where the study cannot time ways to new places by the mode.
    pub fn times_to(&self, mode: &str, places: &[Bng]) -> Option<Vec<Vec<Option<f32>>>> {
        let centres = centres(&self.areas);
        if let Some((transit, window)) = self.transit.as_ref().and_then(|t| Some((t, t.window(mode)?))) {
            let places: Vec<(usize, Bng)> = places.iter().copied().enumerate().collect();
            return Some(transit.times(&transit.doors_at(&places, &centres, &self.streets), window));
        }
        let joined = Joined::of(self.streets.iter().find(|s| mode_of(s) == mode)?, &centres);
        Some(places.par_iter().map(|p| joined.minutes_to(*p)).collect())
    }

    /// The travel times of another catalogue: a service that stays where it is keeps its own, of others the ways are looked for. What a table of times does not
    /// hold stays unknown.
    pub(super) fn travel_of(&self, catalogue: &Catalogue) -> Vec<Travel> {
        let before: BTreeMap<&str, usize> = self.catalogue.public.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect();
        let stays = |i: usize| {
            before.get(catalogue.public[i].id.as_str()).copied().filter(|b| self.catalogue.public[*b].sites == catalogue.public[i].sites)
        };
        let own = self.areas.list.len();
        let one = |travel: &Travel| {
            let rows = || travel.minutes.iter().chain(&travel.beyond);
            let column = |i: usize| match stays(i) {
                Some(before) => rows().map(|row| row.get(before).copied().flatten()).collect(),
                None => {
                    let places: Vec<Bng> = catalogue.public[i].sites.iter().map(|s| s.bng).collect();
                    let mut best = vec![None; own + travel.beyond.len()];
                    self.times_to(&travel.mode, &places).unwrap_or_default().into_iter().for_each(|times| nearer(&mut best, times));
                    best
                }
            };
            let columns: Vec<Vec<Option<f32>>> = (0..catalogue.public.len()).map(column).collect();
            let mut minutes: Vec<Vec<Option<f32>>> = (0..rows().count()).map(|area| columns.iter().map(|c| c[area]).collect()).collect();
            let beyond = minutes.split_off(own);
            Travel { minutes, beyond, ..travel.clone() }
        };
        self.travel.iter().map(one).collect()
    }
}

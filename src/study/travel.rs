//! How long it takes from each area to each service with a public site: along streets, or by a table of times.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::areas::Areas;
use super::catalogue::Catalogue;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Gathered, Mode, Origin, StreetNetwork};

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
    gathered: &Gathered,
    ids: &BTreeMap<String, usize>,
    areas: &Areas,
    catalogue: &Catalogue,
    origins: &[Origin],
    problems: &mut Problems,
) -> Vec<Travel> {
    let mut all: Vec<Travel> = gathered.networks.iter().map(|n| along(n, areas, catalogue)).collect();
    let position: BTreeMap<&str, usize> = catalogue.public.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect();
    let in_small: BTreeMap<String, usize> = position.iter().map(|(id, i)| (id.to_lowercase(), *i)).collect();
    // In other letters an id names a service where no other service, secret or not, has it.
    let alone = |id: &str| Some(id.to_lowercase()).filter(|id| ids.get(id) == Some(&1)).and_then(|id| in_small.get(&id));
    for table in &gathered.travel_times {
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
    let net = &streets.network;
    let on_foot = |metres: f64| (metres / streets.walking_m_s) as f32;
    let joined: Vec<_> = areas.list.iter().chain(&areas.beyond).map(|a| net.join(a.centre, TO_STREET_M)).collect();
    let by_service: Vec<Vec<Option<f32>>> = catalogue
        .public
        .par_iter()
        .map(|service| {
            let mut best: Vec<Option<f32>> = vec![None; joined.len()];
            for door in service.sites.iter().filter_map(|s| net.join(s.bng, TO_STREET_M)) {
                let seconds = net.seconds_to(door.node, on_foot(door.metres), LIMIT_S);
                for (best, start) in best.iter_mut().zip(&joined) {
                    let time = start.and_then(|s| Some((seconds[s.node as usize]? + on_foot(s.metres)) / 60.0));
                    *best = [*best, time].into_iter().flatten().min_by(f32::total_cmp);
                }
            }
            best
        })
        .collect();
    let mut minutes: Vec<Vec<Option<f32>>> = (0..joined.len()).map(|i| by_service.iter().map(|s| s[i]).collect()).collect();
    let beyond = minutes.split_off(areas.list.len());
    let known = joined.iter().take(areas.list.len()).map(Option::is_some).collect();
    let mode = match streets.mode {
        Mode::Walk => "walk",
        Mode::Drive => "drive",
    };
    Travel { mode: mode.into(), source: streets.source, minutes, beyond, known }
}

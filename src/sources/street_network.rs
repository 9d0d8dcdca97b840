use std::collections::HashMap;

use osmpbf::{Element, ElementReader};
use schemars::JsonSchema;
use serde::Deserialize;

use super::gathered::{Gathered, StreetNetwork, Tally};
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems};
use crate::spatial::{Network, Street, to_bng};
use crate::units::LonLat;

/// How people get about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// On foot.
    #[default]
    Walk,
    /// By car.
    Drive,
}

/// The settings of a `street-network` source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct StreetNetworkSettings {
    /// On foot or by car.
    pub mode: Mode,
    /// Walking speed in kilometres an hour.
    pub walking_km_h: f64,
    /// Cars go at this share of the speed limit, for junctions and traffic.
    pub share_of_limit: f64,
}

impl Default for StreetNetworkSettings {
    fn default() -> Self {
        Self { mode: Mode::Walk, walking_km_h: 4.8, share_of_limit: 0.6 }
    }
}

/// Streets that nobody may walk on, or that are not there yet.
const NOT_ON_FOOT: [&str; 7] = ["motorway", "motorway_link", "trunk_link", "construction", "proposed", "raceway", "bus_guideway"];
/// Speeds in miles an hour where no limit is tagged.
const BY_CAR: [(&str, f64); 13] = [
    ("motorway", 70.0),
    ("motorway_link", 50.0),
    ("trunk", 50.0),
    ("trunk_link", 40.0),
    ("primary", 40.0),
    ("primary_link", 30.0),
    ("secondary", 40.0),
    ("secondary_link", 30.0),
    ("tertiary", 30.0),
    ("tertiary_link", 30.0),
    ("unclassified", 30.0),
    ("residential", 25.0),
    ("living_street", 10.0),
];
const KM_H_OF_MPH: f64 = 1.609_344;

impl Source for StreetNetworkSettings {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "ways");
        for path in origin.files(|n| n.ends_with(".pbf"), "OpenStreetMap extracts (.osm.pbf)", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(bytes) = origin.bytes(&path, problems) else { continue };
            let Some((nodes, ways)) = elements(&path, &bytes, problems) else { continue };
            tally.read += ways.len() as u64;
            let kept: Vec<&Way> = ways.iter().filter(|w| self.km_h(w).is_some()).collect();
            tally.set_aside("ways that are no streets of this mode", (ways.len() - kept.len()) as u64);
            match self.network(&nodes, &kept) {
                Some(network) => {
                    tally.note("nodes of the network", network.nodes() as u64);
                    tally.note("nodes on islands that nothing joins", network.on_islands() as u64);
                    gathered.networks.push(StreetNetwork {
                        source: origin.id,
                        mode: self.mode,
                        walking_m_s: self.walking_km_h / 3.6,
                        network,
                    });
                }
                None => problems.error(
                    Code::R120,
                    Place::file(&path),
                    "the extract holds no streets of this mode in Great Britain or near it",
                    "Take an extract of your area, for instance from an OpenStreetMap mirror, with its roads and paths.",
                ),
            }
        }
        gathered.tallies.push(tally);
    }
}

/// A way: its nodes and the tags that matter.
struct Way {
    nodes: Vec<i64>,
    tags: HashMap<String, String>,
}

type Nodes = HashMap<i64, LonLat>;

fn elements(path: &str, bytes: &[u8], problems: &mut Problems) -> Option<(Nodes, Vec<Way>)> {
    const TAGS: [&str; 8] = ["highway", "foot", "access", "oneway", "maxspeed", "motor_vehicle", "junction", "area"];
    let (mut nodes, mut ways) = (Nodes::new(), Vec::new());
    let read = ElementReader::new(bytes).for_each(|element| match element {
        Element::Node(n) => {
            nodes.insert(n.id(), LonLat { lon: n.lon(), lat: n.lat() });
        }
        Element::DenseNode(n) => {
            nodes.insert(n.id(), LonLat { lon: n.lon(), lat: n.lat() });
        }
        Element::Way(w) => {
            let tags: HashMap<String, String> =
                w.tags().filter(|(k, _)| TAGS.contains(k)).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
            if tags.contains_key("highway") {
                ways.push(Way { nodes: w.refs().collect(), tags });
            }
        }
        Element::Relation(_) => {}
    });
    if read.is_err() {
        let next = "Fetch the extract again: a download that broke off is the usual reason.";
        problems.error(Code::R120, Place::file(path), "the file is no OpenStreetMap extract, or it is damaged", next);
        return None;
    }
    Some((nodes, ways))
}

impl StreetNetworkSettings {
    /// Speed on a way; `None` where the mode may not use it.
    fn km_h(&self, way: &Way) -> Option<f64> {
        let tag = |k: &str| way.tags.get(k).map(String::as_str).unwrap_or_default();
        let highway = tag("highway");
        let closed = ["no", "private"];
        if tag("area") == "yes" {
            return None;
        }
        match self.mode {
            Mode::Walk => {
                let allowed = ["yes", "designated", "permissive"].contains(&tag("foot"));
                let barred = closed.contains(&tag("foot")) || (closed.contains(&tag("access")) && !allowed);
                (!barred && (allowed || !NOT_ON_FOOT.contains(&highway))).then_some(self.walking_km_h).filter(|v| *v > 0.0)
            }
            Mode::Drive => {
                let class = BY_CAR.iter().find(|c| c.0 == highway)?.1;
                if closed.contains(&tag("access")) || closed.contains(&tag("motor_vehicle")) {
                    return None;
                }
                let limit = match tag("maxspeed").split_once(' ') {
                    Some((mph, "mph")) => mph.parse::<f64>().ok().map(|v| v * KM_H_OF_MPH),
                    _ => tag("maxspeed").parse::<f64>().ok(),
                };
                Some(limit.filter(|v| *v > 0.0).unwrap_or(class * KM_H_OF_MPH) * self.share_of_limit.clamp(0.1, 1.0))
            }
        }
    }

    fn network(&self, nodes: &Nodes, ways: &[&Way]) -> Option<Network> {
        let mut position: HashMap<i64, u32> = HashMap::new();
        let (mut places, mut streets) = (Vec::new(), Vec::new());
        for way in ways {
            let km_h = self.km_h(way)?;
            let tag = |k: &str| way.tags.get(k).map(String::as_str).unwrap_or_default();
            let by_car = self.mode == Mode::Drive;
            let backwards = by_car && tag("oneway") == "-1";
            let one_way = by_car && (["yes", "true", "1", "-1"].contains(&tag("oneway")) || tag("junction") == "roundabout");
            let mut last: Option<(u32, LonLat)> = None;
            for id in &way.nodes {
                // At the edge of an extract ways go on beyond their nodes: the street ends there.
                let Some(at) = nodes.get(id) else {
                    last = None;
                    continue;
                };
                let node = match position.get(id) {
                    Some(node) => *node,
                    None => {
                        let Some(place) = on_the_plane(*at) else { continue };
                        places.push(place);
                        position.insert(*id, places.len() as u32 - 1);
                        places.len() as u32 - 1
                    }
                };
                if let Some((before, from)) = last.filter(|(b, _)| *b != node) {
                    let seconds = (metres(from, *at) / (km_h / 3.6)) as f32;
                    let (from, to) = if backwards { (node, before) } else { (before, node) };
                    streets.push(Street { from, to, seconds, one_way });
                }
                last = Some((node, *at));
            }
        }
        Network::new(places, &streets)
    }
}

/// Metres between two points on a sphere of the mean radius of the earth.
fn metres(a: LonLat, b: LonLat) -> f64 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let h = ((lat_b - lat_a) / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * ((b.lon - a.lon).to_radians() / 2.0).sin().powi(2);
    2.0 * 6_371_008.8 * h.sqrt().min(1.0).asin()
}

/// Metres on the National Grid, and on a plane of its own abroad.
pub(super) fn on_the_plane(at: LonLat) -> Option<(f64, f64)> {
    to_bng(at).map(|b| (b.easting_m, b.northing_m)).or_else(|| abroad(at))
}

/// A place outside the National Grid, on a plane of metres of its own: enough to join and to test with extracts of other countries.
fn abroad(at: LonLat) -> Option<(f64, f64)> {
    let fits = at.lon.abs() <= 180.0 && at.lat.abs() < 85.0;
    fits.then(|| (at.lon * 111_320.0 * at.lat.to_radians().cos(), at.lat * 111_132.0))
}

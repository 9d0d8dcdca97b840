//! Maps: one file each, named once in [`MAPS`].

mod access;
mod apart;
mod canvas;
mod circles;
mod classes;
mod clusters;
mod hot_spots;
mod need_access;
mod need_index;
mod rates;
mod services;
mod smoothed;
mod together;

use crate::model::{Finding, Findings};
pub use canvas::Drawn;

/// A kind of map.
pub struct MapKind {
    /// Its name, part of the file name.
    pub name: &'static str,
    /// Whether a finding has the shape that it draws.
    pub fits: fn(&Finding) -> bool,
    /// Draws it.
    pub draw: fn(&Findings, &Finding) -> Drawn,
}

/// Every kind of map.
pub const MAPS: &[MapKind] = &[
    MapKind { name: "rate-map", fits: rates::fits, draw: rates::draw },
    MapKind { name: "count-map", fits: circles::fits, draw: circles::draw },
    MapKind { name: "hot-spot-map", fits: hot_spots::fits, draw: hot_spots::draw },
    MapKind { name: "smoothed-map", fits: smoothed::fits, draw: smoothed::draw },
    MapKind { name: "cluster-map", fits: clusters::fits, draw: clusters::draw },
    MapKind { name: "service-map", fits: services::fits, draw: services::draw },
    MapKind { name: "need-index-map", fits: need_index::fits, draw: need_index::draw },
    MapKind { name: "need-access-map", fits: need_access::fits, draw: need_access::draw },
    MapKind { name: "access-map", fits: access::fits, draw: access::draw },
    MapKind { name: "reach-map", fits: classes::fits, draw: classes::draw },
];

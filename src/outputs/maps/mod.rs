//! Maps: one file each, named once in [`MAPS`].

mod access;
mod apart;
mod canvas;
mod circles;
mod classes;
mod clusters;
mod emerging;
mod hot_spots;
mod need_access;
mod need_index;
mod rates;
mod services;
mod shapes;
mod smoothed;
mod together;

use crate::model::{AreaMeasure, Finding, Findings};
pub use canvas::Drawn;
pub(in crate::outputs) use shapes::{Extent, shapes};

/// A kind of map.
pub struct MapKind {
    /// Its name, part of the file name.
    pub name: &'static str,
    /// Which number of an area it shows; absent of a map of places.
    pub tells: Option<AreaMeasure>,
    /// Whether a finding has the shape that it draws.
    pub fits: fn(&Finding) -> bool,
    /// Draws it.
    pub draw: fn(&Findings, &Finding) -> Drawn,
}

/// Every kind of map.
pub const MAPS: &[MapKind] = &[
    MapKind { name: "rate-map", tells: Some(AreaMeasure::Rate), fits: rates::fits, draw: rates::draw },
    MapKind { name: "count-map", tells: Some(AreaMeasure::Count), fits: circles::fits, draw: circles::draw },
    MapKind { name: "hot-spot-map", tells: Some(AreaMeasure::Score), fits: hot_spots::fits, draw: hot_spots::draw },
    MapKind { name: "smoothed-map", tells: Some(AreaMeasure::Smoothed), fits: smoothed::fits, draw: smoothed::draw },
    MapKind { name: "emerging-map", tells: Some(AreaMeasure::Class), fits: emerging::fits, draw: emerging::draw },
    MapKind { name: "cluster-map", tells: Some(AreaMeasure::Class), fits: clusters::fits, draw: clusters::draw },
    MapKind { name: "service-map", tells: None, fits: services::fits, draw: services::draw },
    MapKind { name: "need-index-map", tells: Some(AreaMeasure::Rank), fits: need_index::fits, draw: need_index::draw },
    MapKind { name: "need-access-map", tells: Some(AreaMeasure::Need), fits: need_access::fits, draw: need_access::draw },
    MapKind { name: "access-map", tells: Some(AreaMeasure::Access), fits: access::fits, draw: access::draw },
    MapKind { name: "reach-map", tells: Some(AreaMeasure::Class), fits: classes::fits, draw: classes::draw },
];

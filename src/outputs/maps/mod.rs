//! Maps: one file each, named once in a list.

mod apart;
mod canvas;
mod shapes;
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

/// The maps of a list: of each the module, which it declares and whose `fits` and `draw` are the map, the name, and the number of an area that it shows.
macro_rules! maps {
    ($($file:ident = $name:literal, $tells:expr;)*) => {
        $(mod $file;)*

        /// Every kind of map.
        pub const MAPS: &[MapKind] = &[$(MapKind { name: $name, tells: $tells, fits: $file::fits, draw: $file::draw },)*];
    };
}

maps! {
    rates = "rate-map", Some(AreaMeasure::Rate);
    circles = "count-map", Some(AreaMeasure::Count);
    hot_spots = "hot-spot-map", Some(AreaMeasure::Score);
    smoothed = "smoothed-map", Some(AreaMeasure::Smoothed);
    emerging = "emerging-map", Some(AreaMeasure::Class);
    clusters = "cluster-map", Some(AreaMeasure::Class);
    services = "service-map", None;
    need_index = "need-index-map", Some(AreaMeasure::Rank);
    need_access = "need-access-map", Some(AreaMeasure::Need);
    access = "access-map", Some(AreaMeasure::Access);
    classes = "reach-map", Some(AreaMeasure::Class);
}

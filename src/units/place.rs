use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A position on the WGS84 ellipsoid, in degrees.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LonLat {
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// Degrees north of the equator.
    pub lat: f64,
}

/// A position on the British National Grid (EPSG:27700), in metres.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bng {
    /// Metres east of the false origin.
    pub easting_m: f64,
    /// Metres north of the false origin.
    pub northing_m: f64,
}

impl Bng {
    /// Straight-line grid distance to `other` in metres; at most 40 cm per km from the ground distance (grid scale factor).
    ///
    /// ```
    /// use gapmap::units::Bng;
    /// let here = Bng { easting_m: 530_000.0, northing_m: 180_000.0 };
    /// let there = Bng { easting_m: 533_000.0, northing_m: 184_000.0 };
    /// assert_eq!(here.distance_m(there), 5_000.0);
    /// ```
    pub fn distance_m(self, other: Bng) -> f64 {
        (self.easting_m - other.easting_m).hypot(self.northing_m - other.northing_m)
    }
}

/// The coordinate systems that the engine reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Crs {
    /// Longitude and latitude on WGS84 (EPSG:4326 in lon, lat order; OGC CRS84).
    Wgs84,
    /// Eastings and northings in metres (EPSG:27700).
    BritishNationalGrid,
}

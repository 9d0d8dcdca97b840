//! Where a service is offered, as its record says it: by code, by name, or by a shape.

use geo::MultiPolygon;
use geojson::GeoJson;

use super::polygons::polygons;
use crate::units::{AreaCode, Geography};

/// Where a service is offered. Empty where the record says nothing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ServedArea {
    /// Codes of areas.
    pub codes: Vec<AreaCode>,
    /// Names of areas that come without a code or a shape: `England`, `Leeds`, or words that only people understand.
    pub names: Vec<String>,
    /// Shapes in degrees, as `extent` of Open Referral gives them in GeoJSON.
    pub shapes: Vec<MultiPolygon<f64>>,
}

impl ServedArea {
    /// Adds one area: the texts about it, in which codes are looked for, and its extent.
    ///
    /// Of an area with a code the texts are no more than its name.
    pub(super) fn add(&mut self, texts: &[String], extent: &str) {
        let codes = codes_in(texts);
        let shapes = shapes_in(extent);
        if codes.is_empty() && shapes.is_empty() {
            // The first is the name; a description is read only where there is none.
            self.names.extend(texts.iter().find(|t| !t.trim().is_empty()).map(|t| t.trim().to_owned()));
        }
        self.codes.extend(codes);
        self.shapes.extend(shapes);
        self.codes.sort_unstable();
        self.codes.dedup();
    }

    /// Whether it would say where a confidential service is: a small area, or a shape, which may be as small.
    pub fn tells_the_place(&self) -> bool {
        !self.shapes.is_empty() || self.codes.iter().any(is_small)
    }

    /// Keeps only what does not tell the place.
    pub fn blur(&mut self) {
        self.codes.retain(|c| !is_small(c));
        self.shapes.clear();
        self.names.clear();
    }
}

/// Whether a code is of an area so small that it says where a service is.
fn is_small(code: &AreaCode) -> bool {
    matches!(code.geography(), Some(Geography::Lsoa | Geography::Msoa | Geography::Ward))
}

/// Area codes anywhere in the texts, such as the end of an ONS address.
fn codes_in(texts: &[String]) -> Vec<AreaCode> {
    let words = texts.iter().flat_map(|t| t.split(|c: char| !c.is_ascii_alphanumeric()));
    words.filter_map(AreaCode::parse).collect()
}

/// Polygons of an extent: a geometry, a feature or a collection of GeoJSON. Other forms are no shape.
fn shapes_in(extent: &str) -> Vec<MultiPolygon<f64>> {
    let features: Vec<geojson::Geometry> = match extent.parse::<GeoJson>() {
        Ok(GeoJson::Geometry(g)) => vec![g],
        Ok(GeoJson::Feature(f)) => f.geometry.into_iter().collect(),
        Ok(GeoJson::FeatureCollection(c)) => c.features.into_iter().filter_map(|f| f.geometry).collect(),
        Err(_) => vec![],
    };
    features.iter().filter_map(|g| polygons(&g.value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_come_as_codes_names_or_shapes() {
        let texts = |t: &[&str]| t.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let mut served = ServedArea::default();
        served.add(&texts(&["Quillmere", "", "http://statistics.data.gov.uk/id/statistical-geography/E06990001"]), "");
        served.add(&texts(&["", "everyone in town"]), "extent");
        assert_eq!((served.codes.len(), served.names.as_slice(), served.shapes.len()), (1, &["everyone in town".to_owned()][..], 0));
        served.add(&texts(&["the north"]), r#"{"type":"Polygon","coordinates":[[[0.1,53.0],[0.3,53.0],[0.3,53.2],[0.1,53.0]]]}"#);
        assert_eq!((served.names.len(), served.shapes.len()), (1, 1));
        assert!(served.tells_the_place());
        served.blur();
        assert!(!served.tells_the_place() && served.codes.len() == 1);
    }
}

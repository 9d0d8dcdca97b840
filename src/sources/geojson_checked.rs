//! Shapes of others, looked at before the library takes them apart: it does not ask how long a position is.

use geojson::{GeometryValue, Position};

/// Whether every position of a shape has two numbers or more. A cut or edited file has some of one.
pub(super) fn is_whole(value: &GeometryValue) -> bool {
    let line = |line: &Vec<Position>| line.iter().all(|p| p.len() >= 2 && p.as_slice().iter().all(|n| n.is_finite()));
    let polygon = |rings: &Vec<Vec<Position>>| rings.iter().all(line);
    match value {
        GeometryValue::Point { coordinates } => coordinates.len() >= 2,
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => line(coordinates),
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => polygon(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().all(polygon),
        GeometryValue::GeometryCollection { geometries } => geometries.iter().all(|g| is_whole(&g.value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_that_is_too_short_is_found_wherever_it_lies() {
        let whole = |text: &str| text.parse::<geojson::Geometry>().map(|g| is_whole(&g.value)).unwrap_or(false);
        for bad in [
            r#"{"type":"Polygon","coordinates":[[[0.1,53.0],[0.3],[0.3,53.2],[0.1,53.0]]]}"#,
            r#"{"type":"Point","coordinates":[]}"#,
            r#"{"type":"GeometryCollection","geometries":[{"type":"MultiPolygon","coordinates":[[[[1,2],[],[1,2]]]]}]}"#,
            r#"{"type":"MultiLineString","coordinates":[[[1,2],[3]]]}"#,
        ] {
            assert!(!whole(bad), "{bad}");
        }
        assert!(whole(r#"{"type":"Polygon","coordinates":[[[0.1,53.0,7],[0.3,53.0],[0.3,53.2],[0.1,53.0]]]}"#));
    }
}

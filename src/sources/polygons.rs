//! Shapes of GeoJSON as polygons, and nothing else of them.

use geo::MultiPolygon;

pub(super) fn polygons(value: &geojson::GeometryValue) -> Option<MultiPolygon<f64>> {
    let mut parts = Vec::new();
    collect(value, &mut parts)?;
    // An empty ring has no middle, and would lie at the origin.
    parts.retain(|part| part.exterior().0.len() >= 4);
    (!parts.is_empty()).then_some(MultiPolygon(parts))
}

/// The polygons of a shape. A collection of a polygon and a stray line is what mending a shape in a GIS leaves.
///
/// `None` where a position has fewer than two numbers, on which the conversion of the `geojson` crate panics.
fn collect(value: &geojson::GeometryValue, parts: &mut Vec<geo::Polygon<f64>>) -> Option<()> {
    use geojson::GeometryValue;
    match value {
        GeometryValue::Polygon { coordinates } => parts.push(polygon(coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for part in coordinates {
                parts.push(polygon(part)?);
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for one in geometries {
                collect(&one.value, parts)?;
            }
        }
        _ => {}
    }
    Some(())
}

fn polygon(rings: &[Vec<geojson::Position>]) -> Option<geo::Polygon<f64>> {
    let coordinate = |position: &geojson::Position| match position.as_slice() {
        [x, y, ..] if x.is_finite() && y.is_finite() => Some(geo::Coord { x: *x, y: *y }),
        _ => None,
    };
    let ring = |ring: &Vec<geojson::Position>| Some(geo::LineString(ring.iter().map(coordinate).collect::<Option<Vec<_>>>()?));
    let mut rings = rings.iter().map(ring).collect::<Option<Vec<_>>>()?.into_iter();
    let exterior = rings.next().unwrap_or(geo::LineString(vec![]));
    Some(geo::Polygon::new(exterior, rings.collect()))
}

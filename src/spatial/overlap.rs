//! Numbers carried from one set of areas to another by how much they overlap.

use geo::{Area, BooleanOps, BoundingRect, Intersects, MultiPolygon};

/// Square metres of overlap of each source (rows) with each target (columns). Shapes must be in metres.
///
/// Checked: `areal_interpolation` (tobler).
///
/// ```
/// use geo::{MultiPolygon, polygon};
/// let square = |x: f64| MultiPolygon(vec![polygon![(x: x, y: 0.), (x: x + 2., y: 0.), (x: x + 2., y: 2.), (x: x, y: 2.)]]);
/// let found = gapmap::spatial::overlaps(&[square(0.0)], &[square(1.0)]);
/// assert!((found[0][0] - 2.0).abs() < 1e-9);
/// ```
pub fn overlaps(sources: &[MultiPolygon<f64>], targets: &[MultiPolygon<f64>]) -> Vec<Vec<f64>> {
    let boxes: Vec<_> = targets.iter().map(BoundingRect::bounding_rect).collect();
    let row = |source: &MultiPolygon<f64>| {
        let own = source.bounding_rect();
        let cell = |(target, other): (&MultiPolygon<f64>, &Option<geo::Rect<f64>>)| match (own, other) {
            (Some(a), Some(b)) if a.intersects(b) => source.intersection(target).unsigned_area(),
            _ => 0.0,
        };
        targets.iter().zip(&boxes).map(cell).collect()
    };
    sources.iter().map(row).collect()
}

/// Counts of sources shared out to targets by overlap. With `all`, a source that lies partly outside gives everything to the targets that
/// it does meet; without, only the share of its area that they cover, and the rest goes to nobody. `None` for a target that meets no source.
///
/// Checked: `areal_interpolation`.
pub fn share_out(overlap: &[Vec<f64>], counts: &[f64], source_areas: &[f64], all: bool) -> Vec<Option<f64>> {
    let targets = overlap.first().map_or(0, Vec::len);
    let whole: Vec<f64> = overlap.iter().zip(source_areas).map(|(row, area)| if all { row.iter().sum() } else { *area }).collect();
    let of = |t: usize| {
        let met = (0..overlap.len()).filter(|s| overlap[*s][t] > 0.0 && whole[*s] > 0.0);
        let parts: Vec<f64> = met.map(|s| counts[s] * overlap[s][t] / whole[s]).collect();
        (!parts.is_empty()).then(|| parts.iter().sum())
    };
    (0..targets).map(of).collect()
}

/// Rates of sources as means over targets, weighted by overlap; `None` for a target that meets no source. Checked: `areal_interpolation`.
pub fn mean_over(overlap: &[Vec<f64>], rates: &[f64]) -> Vec<Option<f64>> {
    let targets = overlap.first().map_or(0, Vec::len);
    let of = |t: usize| {
        let all: f64 = overlap.iter().map(|row| row[t]).sum();
        (all > 0.0).then(|| overlap.iter().zip(rates).map(|(row, r)| r * row[t]).sum::<f64>() / all)
    };
    (0..targets).map(of).collect()
}

//! Areas among their neighbours, worked out again from the released counts.

use crate::model::HotSpots;
use crate::stats::disease_map::{Question, of_rates};
use crate::stats::hot_spots::hot_spots;
use crate::stats::weights::Weights;
use crate::units::Cell;

/// Whether modelled rates and chances are those of the released counts.
fn model_follows(body: &HotSpots, events: &[Option<u64>], residents: &[Option<f64>], weights: &Weights) -> bool {
    let Some(model) = body.modelled else { return body.rows.iter().all(|r| r.modelled.known().is_none() && r.above.is_none()) };
    let Some(map) = of_rates(events, residents, weights, Question { threshold: model.threshold, level: 0.95 }) else { return false };
    let close = |told: f64, again: f64| (told - again).abs() <= 1e-9 * again.abs().max(1.0);
    close(model.sigma, map.sigma.mean)
        && body.rows.iter().zip(&map.areas).all(|(row, area)| match (row.modelled.known(), row.above, area) {
            (Some(told), Some(above), Some(area)) => close(told.value, area.rate.value * map.whole * body.per) && close(above, area.above),
            (None, None, None) => true,
            _ => false,
        })
}

/// Whether indices, scores and smoothed rates are those of the released counts.
pub(super) fn hot_spots_follow(body: &HotSpots) -> bool {
    if body.draws == 0 {
        // Nothing was looked for, so nothing is told.
        return body.modelled.is_none()
            && body.rows.iter().all(|r| [r.index, r.z, r.p, r.q].iter().all(|c| c.known().is_none()) && r.smoothed.known().is_none());
    }
    let events: Vec<Option<u64>> = body.rows.iter().map(|r| r.count.known()).collect();
    let residents: Vec<Option<f64>> = body.rows.iter().map(|r| r.residents.known()).collect();
    let weights = Weights::new(&body.rows.iter().map(|r| r.neighbours.clone()).collect::<Vec<_>>());
    let found = hot_spots(&events, &residents, &weights, body.draws, body.seed, 0.95);
    if !model_follows(body, &events, &residents, &weights) {
        return false;
    }
    let close = |told: Cell<f64>, again: Option<f64>| match (told.known(), again) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        (None, None) => true,
        _ => false,
    };
    body.rows.iter().zip(&found.areas).all(|(row, area)| {
        let around = area.and_then(|a| a.around);
        close(row.index, area.map(|a| a.index))
            && close(row.smoothed.map(|e| e.value), area.map(|a| a.smoothed.value * body.per))
            && close(row.z, around.map(|a| a.z))
            && close(row.q, around.map(|a| a.q))
    })
}

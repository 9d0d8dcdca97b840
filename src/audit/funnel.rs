//! A funnel worked out again from the released rates.

use crate::model::{AreaRate, AreaRates, Beyond};
use crate::stats::funnel::curve;
use crate::stats::funnel_overdispersed::{Widened, about_the_whole};

/// What areas are compared with: events with a known area over all residents, or the released rate of the whole where either is not told.
fn centre(body: &AreaRates, per: f64) -> Option<f64> {
    let people: Option<f64> = body.rows.iter().map(|r| r.residents.known()).sum();
    match (body.total.count.known(), body.unlocated.known(), people) {
        (Some(total), Some(none), Some(people)) if people > 0.0 => Some(total.saturating_sub(none) as f64 / people * per),
        _ => body.total.rate.known().map(|r| r.value),
    }
}

/// Whether the limits of a funnel are those about the released rate of the whole, widened by how much the released rates vary, and areas are
/// called outside of them where they are.
pub(super) fn funnel_follows(body: &AreaRates) -> bool {
    let per = body.per;
    let (Some(first), Some(last)) = (body.funnel.first(), body.funnel.last()) else { return true };
    let Some(centre) = centre(body, per) else { return false };
    let known = |r: &AreaRate| Some((r.count.known()? as f64, r.residents.known().filter(|p| *p > 0.0)? * centre / per));
    let (observed, expected): (Vec<f64>, Vec<f64>) = body.rows.iter().filter_map(known).unzip();
    let varied = about_the_whole(&observed, &expected);
    let again = varied.as_ref().map_or_else(
        || curve(centre / per, per, first.residents, last.residents),
        |v| v.curve(centre / per, per, first.residents, last.residents),
    );
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0);
    let pair = |a: (f64, f64), b: (f64, f64)| close(a.0, b.0) && close(a.1, b.1);
    let variation = match (&varied, body.variation) {
        (Some(v), Some(told)) => close(v.phi, told.phi) && close(v.tau2, told.between),
        (varied, told) => varied.is_none() && told.is_none(),
    };
    let shown = body.rows.iter().filter(|r| known(r).is_some());
    let outside = shown.enumerate().all(|(k, row)| {
        let (Some(varied), Some(rate)) = (&varied, row.rate.known()) else { return row.beyond.is_none() };
        let (low, high) = varied.limits(k, rate.level, Widened::Additive);
        let ratio = observed[k] / expected[k];
        // A rate that lies on a limit, to the last digits, may be called either way.
        let near = close(ratio, low) || close(ratio, high);
        let again = if ratio > high { Some(Beyond::Above) } else { (ratio < low).then_some(Beyond::Below) };
        near || again == row.beyond
    });
    variation
        && outside
        && again.len() == body.funnel.len()
        && again.iter().zip(&body.funnel).all(|(a, f)| pair(a.1, f.near) && pair(a.2, f.far))
}

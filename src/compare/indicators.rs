//! Indicators of the partnership's own side by side.

use super::values::plain;
use super::{Change, Said};
use crate::model::{Indicator, IndicatorKind, counted_since_break};
use crate::stats::counts::normal_tail;
use crate::stats::waves::{Waves, difference, waver, widened};

/// How many times as much its waves vary as their counts would make them: the pack's own change is tested by the same.
fn wavering(of: &Indicator) -> f64 {
    let kind = match of.kind {
        IndicatorKind::Share => Waves::Shares,
        IndicatorKind::Rate => Waves::Rates,
        IndicatorKind::Count | IndicatorKind::Value => Waves::Values,
    };
    counted_since_break(&of.waves, &of.breaks).map_or(1.0, |(parts, wholes)| waver(kind, &parts, &wholes))
}

/// The latest wave of each, tested by the limits of their difference where the two are samples of different months.
pub(super) fn indicator(id: &str, old: &Indicator, new: &Indicator) -> Vec<Change> {
    let (Some(a), Some(b)) = (old.latest(), new.latest()) else { return vec![] };
    let mut change = plain(id, "", &new.unit, a.value, b.value);
    (change.before_limits, change.after_limits) = (a.limits, b.limits);
    if change.said == Said::NotKnown || a.period == b.period {
        return vec![change];
    }
    let broken = new.breaks.iter().any(|x| x.first_month > a.period.first && x.first_month <= b.period.last);
    let tested = a.limits.zip(b.limits).filter(|_| a.period.len() == b.period.len());
    change.said = match tested {
        _ if broken => Said::Break,
        _ if a.period.last >= b.period.first => Said::Overlap,
        // Without limits nobody knows what chance would do.
        None => Said::NotKnown,
        Some((before, after)) => {
            let d = widened(difference(after, before), wavering(old).max(wavering(new)));
            let error = (d.upper - d.lower) / (2.0 * 1.959_964);
            let p = if error > 0.0 { 2.0 * normal_tail((d.value / error).abs()) } else { 1.0 };
            change.p = Some(p);
            match d {
                d if d.lower > 0.0 => Said::Higher,
                d if d.upper < 0.0 => Said::Lower,
                _ => Said::NoClearChange,
            }
        }
    };
    vec![change]
}

//! Values with their limits, differences, and what is usual: from released counts.

use super::{Entry, Facts, cell};
use crate::analyses::Released;
use crate::model::{IndicatorSaid, IndicatorValue, counted_since_break};
use crate::sources::MeasureKind;
use crate::stats::counts::{normal_quantile, proportion, rate, share_of};
use crate::stats::segmented::FEWEST_A_MONTH;
use crate::stats::waves::{Waves, difference, usual_range, waver, widened};
use crate::study::Whom;
use crate::units::{Cell, Estimate};

/// The value of an entry, with limits at the level of the facts.
pub(super) fn value(facts: &Facts, entry: &Entry, released: &Released) -> IndicatorValue {
    let (numerator, second) = (cell(released, entry.part), cell(released, entry.second));
    let share = facts.measure.kind == MeasureKind::Share;
    let denominator = match facts.measure.kind {
        MeasureKind::Share => Cell::sum(&[numerator, second]).map(|n| n as f64),
        // Of an open source the whole may be no whole number.
        MeasureKind::Rate if !facts.restricted => entry.reading.whole.map_or(Cell::Missing, Cell::Known),
        MeasureKind::Rate => second.map(|n| n as f64),
        MeasureKind::Count | MeasureKind::Value => Cell::NotApplicable,
    };
    let denominator = if share && entry.second.is_none() { Cell::Missing } else { denominator };
    let name = match &entry.whom {
        Whom::All => facts.area_name.clone(),
        Whom::Area(_, name) | Whom::Group(_, name) | Whom::Beside(name) => name.clone(),
    };
    let code = if let Whom::Area(code, _) = &entry.whom { Some(*code) } else { None };
    let mut told = IndicatorValue {
        name,
        code,
        period: entry.reading.period,
        numerator,
        rest: if share { second } else { Cell::NotApplicable },
        denominator,
        value: Cell::Missing,
        limits: None,
        state: entry.reading.state,
        usual: None,
        signal: None,
        said: IndicatorSaid::NotCompared,
    };
    let found = worked_out(facts, &told, facts.level);
    told.value = match (found, entry.reading.value) {
        (Some(e), _) => Cell::Known(e.value),
        (None, Some(v)) => Cell::Known(v),
        // Kept back by the door, or by whoever made the table.
        (None, None) if [numerator, second].contains(&Cell::Withheld) || entry.reading.nothing == Cell::Withheld => Cell::Withheld,
        (None, None) => Cell::Missing,
    };
    let published = || {
        let (lower, upper) = entry.reading.limits?;
        entry.reading.value.map(|value| Estimate { value, lower, upper, level: 0.95 })
    };
    // A share of so many who were asked, and weighed, so that it is no count of them.
    let of_asked = || {
        let (value, n, per) = (entry.reading.value?, entry.reading.asked?, facts.measure.per);
        let e = share_of(value / per, n as f64, 0.95)?;
        Some(Estimate { value, lower: e.lower * per, upper: e.upper * per, level: 0.95 })
    };
    told.limits = found.or_else(published).or_else(of_asked);
    told
}

/// A value with its limits at a level, from its counts; `None` where they are not known.
fn worked_out(facts: &Facts, of: &IndicatorValue, level: f64) -> Option<Estimate> {
    let (n, per) = (of.numerator.known()?, facts.measure.per);
    let times = |e: Estimate| Estimate { value: e.value * per, lower: e.lower * per, upper: e.upper * per, level };
    match facts.measure.kind {
        MeasureKind::Share => proportion(n, of.denominator.known()? as u64, level).map(times),
        MeasureKind::Rate => rate(n, of.denominator.known()?, per, level),
        MeasureKind::Count => rate(n, 1.0, 1.0, level),
        MeasureKind::Value => None,
    }
}

/// The same at another level: worked out anew from counts, or published limits made wider.
fn at_level(facts: &Facts, of: &IndicatorValue, level: f64) -> Option<Estimate> {
    worked_out(facts, of, level).or_else(|| {
        let given = of.limits?;
        let wider = normal_quantile(0.5 + level / 2.0) / normal_quantile(0.5 + given.level / 2.0);
        let (lower, upper) = (given.value - (given.value - given.lower) * wider, given.value + (given.upper - given.value) * wider);
        Some(Estimate { value: given.value, lower, upper, level })
    })
}

/// One value less another, where both are of one length and have limits.
pub(super) fn between(facts: &Facts, a: &IndicatorValue, b: &IndicatorValue, level: f64) -> Option<Estimate> {
    let comparable = a.period.len() == b.period.len();
    let (a, b) = (at_level(facts, a, level)?, at_level(facts, b, level)?);
    comparable.then(|| difference(a, b))
}

/// The latest wave less the one before: as much wider as waves vary beyond their counts.
pub(super) fn since(facts: &Facts, waves: &[IndicatorValue], level: f64) -> Option<Estimate> {
    let [.., before, latest] = waves else { return None };
    let found = between(facts, latest, before, level)?;
    let of = match facts.measure.kind {
        MeasureKind::Share => Waves::Shares,
        MeasureKind::Rate => Waves::Rates,
        MeasureKind::Count | MeasureKind::Value => Waves::Values,
    };
    let times = counted_since_break(waves, &facts.breaks).map_or(1.0, |(parts, wholes)| waver(of, &parts, &wholes));
    Some(widened(found, times))
}

/// A part less the rest of its whole, of which it is no part; the whole itself where there are no counts.
pub(super) fn beside_rest(facts: &Facts, part: &IndicatorValue, whole: &IndicatorValue, level: f64) -> Option<Estimate> {
    let rest = |a: Cell<u64>, b: Cell<u64>| Some(Cell::Known(a.known()?.checked_sub(b.known()?)?));
    let others = IndicatorValue {
        numerator: rest(whole.numerator, part.numerator)?,
        denominator: Cell::Known(whole.denominator.known()? - part.denominator.known()?).map(|d: f64| d.max(0.0)),
        limits: None,
        ..whole.clone()
    };
    let (a, b) = (worked_out(facts, part, level)?, worked_out(facts, &others, level)?);
    Some(difference(a, b))
}

/// Whether waves have so few events that a run without any is what chance makes; of values without counts, whether most of them are 0.
fn rare(waves: &[IndicatorValue], values: &[f64]) -> bool {
    let counts: Option<Vec<f64>> = waves.iter().map(|w| w.numerator.known().map(|n| n as f64)).collect();
    match counts {
        Some(counts) => counts.iter().sum::<f64>() < FEWEST_A_MONTH * counts.len() as f64,
        None => 2 * values.iter().filter(|v| **v == 0.0).count() > values.len(),
    }
}

/// Puts what is usual beside the waves since the latest break, where they are enough, all known, of one length and without a gap.
pub(super) fn usual(facts: &Facts, waves: &mut [IndicatorValue]) {
    let Some(last) = waves.last().map(|w| w.period) else { return };
    let from_break = facts.breaks.iter().map(|b| b.first_month).filter(|m| *m <= last.last).max();
    let start = waves.iter().position(|w| from_break.is_none_or(|b| w.period.first >= b)).unwrap_or(waves.len());
    let stretch = &mut waves[start..];
    let even = stretch.windows(2).all(|w| w[0].period.len() == w[1].period.len() && w[0].period.last.plus(1) == w[1].period.first);
    let known: Option<Vec<f64>> = stretch.iter().map(|w| w.value.known()).collect();
    let Some(values) = known.filter(|values| even && !rare(stretch, values)) else { return };
    let counts: Option<(Vec<f64>, Vec<f64>)> = stretch
        .iter()
        .map(|w| Some((w.numerator.known()? as f64, w.denominator.known()?)))
        .collect::<Option<Vec<_>>>()
        .map(|p| p.into_iter().unzip());
    let found = match (facts.measure.kind, counts) {
        (MeasureKind::Share, Some((parts, wholes))) => usual_range(Waves::Shares, &parts, &wholes).map(|f| (f, facts.measure.per)),
        (MeasureKind::Rate, Some((parts, wholes))) => usual_range(Waves::Rates, &parts, &wholes).map(|f| (f, facts.measure.per)),
        _ => usual_range(Waves::Values, &values, &[]).map(|f| (f, 1.0)),
    };
    let Some(((chart, signals), per)) = found else { return };
    for (i, wave) in stretch.iter_mut().enumerate() {
        let level = 0.9973; // three standard deviations
        wave.usual = Some(Estimate { value: chart.centre * per, lower: chart.lower[i] * per, upper: chart.upper[i] * per, level });
        wave.signal = Some(signals[i]);
    }
}

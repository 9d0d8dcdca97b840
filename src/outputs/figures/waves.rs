//! Waves of an indicator: in a row of a table, and as a chart with limits and what is usual.

use std::fmt::Write;

use super::axes::round_step;
use super::dots::{Against, Dot};
use super::kit::{CONTEXT, FAINT, FULL, INK, NAVY, PALE, QUIET, Sheet};
use crate::model::{Indicator, IndicatorSaid, IndicatorValue};
use crate::outputs::svg::{Anchor, number};
use crate::units::{Cell, Estimate, counted, decimal};

/// Where waves lie: left, right, top and bottom of the plot.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    low: f64,
    high: f64,
    waves: usize,
}

impl Plot {
    fn x(&self, i: usize) -> f64 {
        if self.waves < 2 {
            (self.left + self.right) / 2.0
        } else {
            self.left + (self.right - self.left) * i as f64 / (self.waves - 1) as f64
        }
    }

    fn y(&self, v: f64) -> f64 {
        self.bottom - ((v - self.low) / (self.high - self.low)).clamp(0.0, 1.0) * (self.bottom - self.top)
    }
}

/// Values that can be drawn.
fn sound(v: &IndicatorValue) -> Option<f64> {
    v.value.known().filter(|x| x.is_finite())
}

/// Lowest and highest of all that is drawn.
fn span(waves: &[IndicatorValue], with_limits: bool) -> Option<(f64, f64)> {
    let limits = |v: &IndicatorValue| {
        let own = v.limits.filter(|_| with_limits && sound(v).is_some());
        [own, v.usual].into_iter().flatten().flat_map(|e| [e.lower, e.upper]).filter(|x| x.is_finite()).collect::<Vec<_>>()
    };
    let all: Vec<f64> = waves.iter().flat_map(|v| sound(v).into_iter().chain(limits(v))).collect();
    let low = all.iter().copied().fold(f64::INFINITY, f64::min);
    let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (!all.is_empty()).then_some(if high - low < 1e-9 { (low - 1.0, high + 1.0) } else { (low, high) })
}

/// The band of what is usual, and the line through waves that are known; nothing is bridged where one is not.
fn draw(sheet: &mut Sheet, plot: &Plot, waves: &[IndicatorValue], width: f64) {
    let half = if plot.waves > 1 { (plot.x(1) - plot.x(0)) / 2.0 } else { 10.0 };
    for (i, usual) in waves.iter().enumerate().filter_map(|(i, v)| Some((i, v.usual?))) {
        let (left, right) = ((plot.x(i) - half).max(plot.left - 3.0), (plot.x(i) + half).min(plot.right + 3.0));
        sheet.svg.rect(left, plot.y(usual.upper), right - left, (plot.y(usual.lower) - plot.y(usual.upper)).max(0.6), PALE, "none");
    }
    let mut d = String::new();
    let mut open = false;
    for (i, v) in waves.iter().enumerate() {
        match sound(v) {
            Some(value) => {
                let _ = write!(d, "{}{} {}", if open { 'L' } else { 'M' }, number(plot.x(i)), number(plot.y(value)));
                open = true;
            }
            None => open = false,
        }
    }
    if d.contains('L') {
        sheet.path(&d, &format!("fill=\"none\" stroke=\"{NAVY}\" stroke-width=\"{}\" stroke-linejoin=\"round\"", number(width)));
    }
}

/// Waves as a line of 128 × 22 px, with what is usual as a band and a gap at each wave that is not told. Nothing with fewer than two known waves.
pub(in crate::outputs) fn wave_sparkline(body: &Indicator) -> Option<(String, String)> {
    let waves = &body.waves;
    let (low, high) = span(waves, false)?;
    let last = waves.iter().rposition(|v| sound(v).is_some())?;
    if waves.iter().filter(|v| sound(v).is_some()).count() < 2 {
        return None;
    }
    let plot = Plot { left: 4.0, right: 124.0, top: 3.0, bottom: 19.0, low, high, waves: waves.len() };
    let mut sheet = Sheet::default();
    draw(&mut sheet, &plot, waves, 1.4);
    for (i, v) in waves.iter().enumerate().take(last) {
        if let Some(value) = sound(v) {
            sheet.svg.circle(plot.x(i), plot.y(value), 1.2, NAVY, "none", "");
        }
    }
    let fill = if last + 1 == waves.len() { NAVY } else { "#FFFFFF" };
    sheet.svg.circle(plot.x(last), plot.y(sound(&waves[last])?), 2.6, fill, NAVY, " stroke-width=\"1\"");
    Some(sheet.finish(128.0, 22.0, alt_text(body)))
}

/// Waves with their limits, 688 px wide: dots with whiskers, the band of what is usual, breaks as lines. Nothing with fewer than two known waves.
pub(in crate::outputs) fn waves(body: &Indicator) -> Option<(String, String)> {
    let waves = &body.waves;
    if waves.iter().filter(|v| sound(v).is_some()).count() < 2 {
        return None;
    }
    let (lowest, high) = span(waves, true)?;
    let tick = round_step((high - lowest) / 4.0);
    let low = if lowest >= 0.0 && lowest < 0.6 * high { 0.0 } else { (lowest / tick).floor() * tick };
    let tick = round_step((high - low) / 4.0);
    let plot = Plot { left: 58.0, right: 600.0, top: 14.0, bottom: 150.0, low, high: high + (high - low) * 0.04, waves: waves.len() };
    let places = usize::from(tick < 1.0) + usize::from(tick < 0.1);
    let mut sheet = Sheet::default();
    for at in (0..9).map(|k| low + f64::from(k) * tick).filter(|at| *at <= plot.high) {
        sheet.svg.line((plot.left - 8.0, plot.y(at)), (plot.right + 8.0, plot.y(at)), CONTEXT, 1.0, "");
        sheet.text((plot.left - 14.0, plot.y(at) + 4.0), &decimal(at, places), QUIET, Anchor::End);
    }
    draw(&mut sheet, &plot, waves, 1.6);
    for b in &body.breaks {
        if let Some(i) = waves.iter().position(|v| v.period.first >= b.first_month).filter(|i| *i > 0) {
            let x = (plot.x(i) + plot.x(i - 1)) / 2.0;
            sheet.svg.line((x, plot.top), (x, plot.bottom), FAINT, 1.4, "4 3");
        }
    }
    for (i, v) in waves.iter().enumerate() {
        let Some(value) = sound(v) else { continue };
        if let Some(e) = v.limits.filter(|e| e.lower.is_finite() && e.upper.is_finite()) {
            sheet.svg.line((plot.x(i), plot.y(e.lower)), (plot.x(i), plot.y(e.upper)), NAVY, 1.4, "");
        }
        let out = v.signal.is_some_and(|s| s != 0);
        sheet.svg.circle(
            plot.x(i),
            plot.y(value),
            if out { 5.0 } else { 3.6 },
            if out { NAVY } else { "#FFFFFF" },
            NAVY,
            " stroke-width=\"1.8\"",
        );
    }
    // The first and the last month, and in the middle where there is room.
    let shown = |i: usize| waves[i].period.last.label();
    let last = waves.len() - 1;
    for i in [0, last / 2, last] {
        let anchor = if i == 0 {
            Anchor::Start
        } else if i == last {
            Anchor::End
        } else {
            Anchor::Middle
        };
        let x = if i == 0 {
            plot.left - 8.0
        } else if i == last {
            plot.right + 8.0
        } else {
            plot.x(i)
        };
        if i == 0 || i == last || waves.len() > 4 {
            sheet.text((x, plot.bottom + 18.0), &shown(i), QUIET, anchor);
        }
    }
    if let Some(value) = sound(&waves[last]) {
        let words =
            if body.unit == "%" { format!("{}%", decimal(value, 0)) } else { decimal(value, places.max(usize::from(value < 100.0))) };
        sheet.bold((plot.right + 14.0, plot.y(value) + 4.0), &words, INK, Anchor::Start);
    }
    Some(sheet.finish(FULL, plot.bottom + 26.0, alt_text(body)))
}

fn alt_text(body: &Indicator) -> String {
    let known: Vec<(&IndicatorValue, f64)> = body.waves.iter().filter_map(|v| Some((v, sound(v)?))).collect();
    let of = |(v, x): &(&IndicatorValue, f64)| format!("{} in {}", decimal(*x, 1), v.period.label());
    let ends = known.first().into_iter().chain(known.last().filter(|_| known.len() > 1)).map(of).collect::<Vec<_>>().join("; ");
    let hidden = body.waves.iter().filter(|v| v.value == Cell::Withheld).count();
    let hidden = if hidden > 0 { format!(" {} withheld.", counted(hidden, "wave is", "waves are")) } else { String::new() };
    format!("{} ({}), {}: {ends}.{hidden}", body.measure, body.unit, counted(body.waves.len(), "wave", "waves"))
}

/// The parts of a way, or what an indicator is compared with, as dots beside the partnership.
pub(in crate::outputs) fn dots_of_indicator(body: &Indicator) -> (Vec<Dot>, Option<Against>) {
    let dot = |v: &IndicatorValue, marked: bool| Dot {
        name: v.name.clone(),
        value: match (v.value, v.limits) {
            (Cell::Known(value), Some(l)) => Cell::Known(Estimate { value, ..l }),
            (Cell::Known(value), None) => Cell::Known(Estimate { value, lower: value, upper: value, level: 0.95 }),
            (Cell::Withheld, _) => Cell::Withheld,
            (Cell::Missing, _) => Cell::Missing,
            (Cell::NotApplicable, _) => Cell::NotApplicable,
        },
        marked,
        apart: matches!(v.said, IndicatorSaid::Higher | IndicatorSaid::Lower),
    };
    let whole = body.latest();
    let against = whole.and_then(|v| Some(Against { name: v.name.clone(), value: sound(v)? }));
    let parts: Vec<Dot> = body.ways.iter().flat_map(|w| &w.rows).map(|v| dot(v, false)).collect();
    if parts.is_empty() {
        let here = whole.map(|v| dot(v, true));
        return (body.beside.iter().map(|v| dot(v, false)).chain(here).collect(), None);
    }
    (parts, against)
}

//! An indicator told: its latest value, what changed, what it is beside others and in its parts.

use super::numbers::{beside_rest, between, since, usual, value};
use super::{Facts, way};
use crate::analyses::Released;
use crate::analyses::draft::Telling;
use crate::model::{Arg, Body, Indicator, IndicatorKind, IndicatorSaid, IndicatorValue, IndicatorWay, Message};
use crate::msg;
use crate::sources::MeasureKind;
use crate::study::Whom;
use crate::units::{Cell, Polarity, Standing};

/// What the parts of a way leave over.
pub(super) const NOT_TOLD_APART: &str = "Not told apart";
/// So many areas or groups are named in a sentence.
const MOST_NAMED: usize = 5;

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let m = &facts.measure;
    let of = |e: &super::Entry| value(facts, e, released);
    let mut waves: Vec<IndicatorValue> = facts.entries.iter().filter(|e| e.whom == Whom::All).map(of).collect();
    let latest = waves.last().cloned();
    let mut beside: Vec<IndicatorValue> = facts
        .entries
        .iter()
        .filter(|e| matches!(e.whom, Whom::Beside(_)) && latest.as_ref().is_some_and(|l| l.period == e.reading.period))
        .map(of)
        .collect();
    let mut ways: Vec<IndicatorWay> = Vec::new();
    for entry in &facts.entries {
        let Some(name) = way(&entry.whom) else { continue };
        let row = of(entry);
        match ways.iter_mut().find(|w| w.name == name) {
            Some(way) => way.rows.push(row),
            None => ways.push(IndicatorWay { name, rows: vec![row] }),
        }
    }
    compare(facts, latest.as_ref(), &mut beside, &mut ways);
    usual(facts, &mut waves);
    let (change, changed) = change(facts, &waves);
    let body = Indicator {
        measure_id: m.id.clone(),
        measure: m.name.clone(),
        theme: m.theme.clone(),
        kind: match m.kind {
            MeasureKind::Share => IndicatorKind::Share,
            MeasureKind::Rate => IndicatorKind::Rate,
            MeasureKind::Count => IndicatorKind::Count,
            MeasureKind::Value => IndicatorKind::Value,
        },
        numerator: m.numerator.clone(),
        denominator: m.denominator.clone(),
        per: m.per,
        unit: m.unit.clone(),
        question: m.question.clone(),
        level: facts.level,
        waves,
        beside,
        ways,
        change,
        changed,
        breaks: facts.breaks.clone(),
    };
    let (headline, sentences) = if body.ways.is_empty() { of_waves(facts, &body) } else { of_parts(facts, &body) };
    let period = body.values().map(|v| v.period).max_by_key(|p| p.last);
    let subtitle = match period {
        Some(period) => msg!("indicators-subtitle", measure = &m.name, unit = unit_of(facts), area = &facts.area_name, period = period),
        None => msg!("indicators-subtitle-without-months", measure = &m.name, unit = unit_of(facts), area = &facts.area_name),
    };
    Telling { headline, subtitle, sentences, figures: vec![], body: Body::Indicator(body) }
}

/// Compares others and parts with the partnership, all of them together at the level of the facts.
fn compare(facts: &Facts, latest: Option<&IndicatorValue>, beside: &mut [IndicatorValue], ways: &mut [IndicatorWay]) {
    let Some(latest) = latest else { return };
    let many = beside.len() + ways.iter().map(|w| w.rows.len()).sum::<usize>();
    let level = 1.0 - (1.0 - facts.level) / many.max(1) as f64;
    for other in beside.iter_mut() {
        // Said of the other, as its row reads: England is higher than here.
        other.said = between(facts, other, latest, level).map_or(IndicatorSaid::NotCompared, |d| IndicatorSaid::of(&d));
    }
    for part in ways.iter_mut().flat_map(|w| &mut w.rows).filter(|p| p.name != NOT_TOLD_APART) {
        part.said = beside_rest(facts, part, latest, level).map_or(IndicatorSaid::NotCompared, |d| IndicatorSaid::of(&d));
    }
}

/// The latest wave less the one before.
fn change(facts: &Facts, waves: &[IndicatorValue]) -> (Option<crate::units::Estimate>, IndicatorSaid) {
    let [.., before, latest] = waves else { return (None, IndicatorSaid::NotCompared) };
    if before.period.last >= latest.period.first {
        return (None, IndicatorSaid::NotCompared);
    }
    if facts.breaks.iter().any(|b| b.first_month > before.period.first && b.first_month <= latest.period.last) {
        return (None, IndicatorSaid::Break);
    }
    // Each indicator of the pack has a change in its headline: their false alarms are counted for all of them together (Bonferroni).
    let level = 1.0 - (1.0 - facts.level) / facts.indicators.max(1) as f64;
    match since(facts, waves, level) {
        Some(d) => (Some(d), IndicatorSaid::of(&d)),
        None => (None, IndicatorSaid::NotCompared),
    }
}

/// `% of people who answered`, `offences per 1,000 residents`.
fn unit_of(facts: &Facts) -> Message {
    let m = &facts.measure;
    match m.kind {
        MeasureKind::Share => msg!("indicators-unit-share", unit = &m.unit, of = &m.denominator),
        MeasureKind::Rate => msg!("indicators-unit-rate", unit = &m.unit, per = m.per as u64, of = &m.denominator),
        MeasureKind::Count | MeasureKind::Value => Message::as_written(&m.unit),
    }
}

/// A value of the indicator: `47%`, `4.6`.
fn number(facts: &Facts, x: f64) -> Arg {
    let whole = x.abs() >= 100.0 || x.fract() == 0.0;
    match facts.measure.unit.as_str() {
        "%" => Arg::Percent(x, usize::from(facts.measure.kind != MeasureKind::Share && !whole)),
        _ => Arg::Number(x, usize::from(!whole)),
    }
}

/// The same with its unit: `4.6 per 1,000`, `18 median days`.
fn with_unit(facts: &Facts, x: f64) -> Message {
    let m = &facts.measure;
    match m.kind {
        MeasureKind::Rate => msg!("indicators-value-rate", value = number(facts, x), per = m.per as u64),
        MeasureKind::Count | MeasureKind::Value if m.unit != "%" => msg!("indicators-value-unit", value = number(facts, x), unit = &m.unit),
        MeasureKind::Share | MeasureKind::Count | MeasureKind::Value => msg!("indicators-value", value = number(facts, x)),
    }
}

/// What a difference of two values is in: of percentages percentage points, and no per cent.
fn apart_in(facts: &Facts) -> Message {
    let m = &facts.measure;
    match m.kind {
        _ if m.unit == "%" => msg!("indicators-apart-points"),
        MeasureKind::Rate => msg!("indicators-apart-rate", per = m.per as u64),
        MeasureKind::Share | MeasureKind::Count | MeasureKind::Value => msg!("indicators-apart-unit", unit = &m.unit),
    }
}

/// A value with its unit and its range, where it has one.
fn with_range(facts: &Facts, x: f64, v: &IndicatorValue) -> Message {
    match v.limits {
        Some(l) => msg!("indicators-range", value = with_unit(facts, x), lower = number(facts, l.lower), upper = number(facts, l.upper)),
        None => with_unit(facts, x),
    }
}

fn of_waves(facts: &Facts, body: &Indicator) -> (Message, Vec<Message>) {
    let m = &facts.measure;
    let Some(latest) = body.latest() else { return (msg!("indicators-headline-not-known", measure = &m.name), vec![]) };
    let Cell::Known(now) = latest.value else {
        return match latest.value {
            Cell::Withheld => {
                let sentence = msg!("indicators-withheld", measure = &m.name, period = latest.period);
                (msg!("indicators-headline-withheld", measure = &m.name), vec![sentence])
            }
            _ => (
                msg!("indicators-headline-not-known", measure = &m.name),
                vec![msg!("indicators-not-known", measure = &m.name, period = latest.period)],
            ),
        };
    };
    let value = with_range(facts, now, latest);
    let mut all = vec![match (latest.numerator, latest.denominator) {
        (Cell::Known(n), Cell::Known(d)) => {
            let whole = Arg::Number(d, usize::from(d.fract() != 0.0));
            msg!(
                "indicators-latest-of",
                measure = &m.name,
                value = value,
                period = latest.period,
                part = n,
                whole = whole,
                of = &m.denominator
            )
        }
        _ => msg!("indicators-latest", measure = &m.name, value = value, period = latest.period),
    }];
    let (key, sentence) = changed(facts, body);
    all.extend(sentence);
    all.extend(outside(facts, body));
    for other in &body.beside {
        let Cell::Known(there) = other.value else { continue };
        let value = with_range(facts, there, other);
        all.push(msg!("indicators-beside", name = &other.name, value = value, area = &facts.area_name, said = said_key(other.said)));
    }
    if latest.state == Standing::Provisional {
        all.push(msg!("indicators-provisional", period = latest.period));
    }
    (msg!("indicators-headline", measure = &m.name, value = with_unit(facts, now), moved = key), all)
}

/// What may be said, as texts select on it.
fn said_key(said: IndicatorSaid) -> Arg {
    Arg::Key(match said {
        IndicatorSaid::Higher => "higher",
        IndicatorSaid::Lower => "lower",
        IndicatorSaid::NoClearDifference => "same",
        IndicatorSaid::Break | IndicatorSaid::NotCompared => "none",
    })
}

/// What the headline says of the change, and a sentence about it.
fn changed(facts: &Facts, body: &Indicator) -> (Arg, Option<Message>) {
    let key = said_key(body.changed);
    let Some((before, value)) = body.waves.iter().rev().nth(1).and_then(|b| Some((b, b.value.known()?))) else {
        return (Arg::Key("none"), None);
    };
    let was = with_unit(facts, value);
    if let (IndicatorSaid::Break, Some(b)) = (body.changed, body.breaks.last()) {
        return (key, Some(msg!("indicators-broken", month = b.first_month, was = was, period = before.period)));
    }
    let hoped = match (facts.measure.up_is, body.changed) {
        (Polarity::Better, IndicatorSaid::Higher) | (Polarity::Worse, IndicatorSaid::Lower) => "hoped",
        (Polarity::Ambiguous, IndicatorSaid::Higher) => "more",
        (Polarity::Ambiguous, _) => "less",
        (Polarity::Better | Polarity::Worse, _) => "not-hoped",
    };
    let sentence = body.change.map(|d| {
        let (lower, upper) = (Arg::Number(d.lower, 1), Arg::Number(d.upper, 1));
        let unit = apart_in(facts);
        msg!(
            "indicators-change",
            said = said_key(body.changed),
            was = was,
            period = before.period,
            lower = lower,
            upper = upper,
            unit = unit,
            direction = msg!("indicators-direction", hoped = Arg::Key(hoped))
        )
    });
    (key, sentence)
}

/// Whether the latest wave is out of the range that is usual.
fn outside(facts: &Facts, body: &Indicator) -> Option<Message> {
    let latest = body.latest()?;
    let usual = latest.usual?;
    // A run of waves on one side is a signal too, and none of its values need lie outside of the range.
    let beyond = latest.value.known().is_some_and(|v| v > usual.upper || v < usual.lower);
    let key = match (latest.signal?, beyond) {
        (0, _) => "within",
        (s, true) if s > 0 => "high",
        (_, true) => "low",
        (s, false) if s > 0 => "run-high",
        (_, false) => "run-low",
    };
    let end = |x: f64| if facts.measure.unit == "%" { Arg::Percent(x, 1) } else { Arg::Number(x, 1) };
    Some(msg!("indicators-usual", place = Arg::Key(key), lower = end(usual.lower), upper = end(usual.upper)))
}

fn of_parts(facts: &Facts, body: &Indicator) -> (Message, Vec<Message>) {
    let m = &facts.measure;
    let rows = || body.ways.iter().flat_map(|w| &w.rows).filter(|r| r.name != NOT_TOLD_APART);
    let named = |said: IndicatorSaid| rows().filter(|r| r.said == said).collect::<Vec<_>>();
    let (higher, lower) = (named(IndicatorSaid::Higher), named(IndicatorSaid::Lower));
    let list = |rows: &[&IndicatorValue]| -> Vec<Message> {
        let told = |r: &&IndicatorValue| match r.value.known() {
            Some(v) => msg!("indicators-part", name = &r.name, value = number(facts, v)),
            None => Message::as_written(&r.name),
        };
        rows.iter().take(MOST_NAMED).map(told).collect()
    };
    let mut all = Vec::new();
    for (key, rows) in [("higher", &higher), ("lower", &lower)] {
        if !rows.is_empty() {
            let more = rows.len().saturating_sub(MOST_NAMED);
            all.push(msg!("indicators-apart", said = Arg::Key(key), names = list(rows), more = more));
        }
    }
    let tested = rows().filter(|r| !matches!(r.said, IndicatorSaid::NotCompared | IndicatorSaid::Break)).count();
    if higher.is_empty() && lower.is_empty() && tested > 0 {
        all.push(msg!("indicators-none-apart"));
    }
    let hidden = rows().filter(|r| r.value == Cell::Withheld).count();
    if hidden > 0 {
        all.push(msg!("indicators-hidden", values = hidden));
    }
    let headline = match (higher.len() + lower.len(), tested) {
        (0, 0) => msg!("indicators-headline-not-compared", measure = &m.name),
        (0, _) => msg!("indicators-headline-none-apart", measure = &m.name),
        (n, _) => msg!("indicators-headline-apart", measure = &m.name, apart = n),
    };
    (headline, all)
}

//! An indicator of one's own: its values wave by wave, beside others, and by area and group.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::SeriesBreak;
use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Estimate, Period, Standing, thousands};

/// What kind of number an indicator is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorKind {
    /// A part of a whole that is counted: Wilson limits.
    Share,
    /// Events for so many people or units: Byar limits.
    Rate,
    /// A number of events: Poisson limits.
    Count,
    /// A value as somebody else worked it out, with the limits that they gave.
    Value,
}

/// An indicator.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Indicator {
    /// Its id in the definitions: `q-safe-dark`.
    pub measure_id: String,
    /// Its name.
    pub measure: String,
    /// Theme: `prevent`, `support`, `perpetrators` or `trust`.
    pub theme: String,
    /// What kind of number it is.
    pub kind: IndicatorKind,
    /// What is counted.
    pub numerator: String,
    /// Out of whom or what.
    pub denominator: String,
    /// For so many.
    pub per: f64,
    /// `%`, `offences`, `median days`.
    pub unit: String,
    /// The question as it was asked, of a survey.
    pub question: String,
    /// Coverage of the limits of each value.
    pub level: f64,
    /// The partnership, oldest first.
    pub waves: Vec<IndicatorValue>,
    /// What it is compared with, of the latest wave: England, a neighbour.
    pub beside: Vec<IndicatorValue>,
    /// The latest wave told apart: by area, by age.
    pub ways: Vec<IndicatorWay>,
    /// The latest wave less the one before, where both are of one length and no break lies between.
    pub change: Option<Estimate>,
    /// What may be said of that change.
    pub changed: IndicatorSaid,
    /// Breaks in recording among its waves.
    pub breaks: Vec<SeriesBreak>,
}

/// Counts and wholes of the waves since the latest break, where all are known: what tells how waves vary beyond their counts.
pub fn counted_since_break(waves: &[IndicatorValue], breaks: &[SeriesBreak]) -> Option<(Vec<f64>, Vec<f64>)> {
    let last = waves.last()?.period;
    let from_break = breaks.iter().map(|b| b.first_month).filter(|m| *m <= last.last).max();
    let since = waves.iter().filter(|w| from_break.is_none_or(|b| w.period.first >= b));
    let pairs: Option<Vec<(f64, f64)>> = since.map(|w| Some((w.numerator.known()? as f64, w.denominator.known()?))).collect();
    Some(pairs?.into_iter().unzip())
}

/// A way in which the latest wave is told apart.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorWay {
    /// `Area`, `Age`.
    pub name: String,
    /// Its parts.
    pub rows: Vec<IndicatorValue>,
}

/// A value.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct IndicatorValue {
    /// The area or group.
    pub name: String,
    /// The code of an area.
    pub code: Option<AreaCode>,
    /// The months.
    pub period: Period,
    /// How many.
    pub numerator: Cell<u64>,
    /// Of a share, those of the whole who are not among them.
    pub rest: Cell<u64>,
    /// Out of how many.
    pub denominator: Cell<f64>,
    /// The value, in the unit of the indicator.
    pub value: Cell<f64>,
    /// Its limits.
    pub limits: Option<Estimate>,
    /// Whether it may still change.
    pub state: Standing,
    /// The range that is usual for it, where there are enough waves: its middle and its limits.
    pub usual: Option<Estimate>,
    /// +1 above what is usual, −1 below, 0 within; nothing where no range is known.
    pub signal: Option<i8>,
    /// What may be said of it beside the partnership, or beside the rest of it.
    pub said: IndicatorSaid,
}

/// What may be said of two values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorSaid {
    /// Higher, beyond chance.
    Higher,
    /// Lower, beyond chance.
    Lower,
    /// Within what chance makes.
    NoClearDifference,
    /// A break in recording lies between.
    Break,
    /// Not compared: one is not known, has no limits, or is of another length.
    #[default]
    NotCompared,
}

impl IndicatorSaid {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            IndicatorSaid::Higher => "clearly higher",
            IndicatorSaid::Lower => "clearly lower",
            IndicatorSaid::NoClearDifference => "no clear difference",
            IndicatorSaid::Break => "recording changed between",
            IndicatorSaid::NotCompared => "not compared",
        }
    }

    /// Of a difference with limits.
    pub fn of(difference: &Estimate) -> Self {
        match difference {
            d if d.lower > 0.0 => IndicatorSaid::Higher,
            d if d.upper < 0.0 => IndicatorSaid::Lower,
            _ => IndicatorSaid::NoClearDifference,
        }
    }
}

impl Indicator {
    /// Its latest wave.
    pub fn latest(&self) -> Option<&IndicatorValue> {
        self.waves.last()
    }

    /// All its values: waves, what it is compared with, and parts.
    pub fn values(&self) -> impl Iterator<Item = &IndicatorValue> {
        self.waves.iter().chain(&self.beside).chain(self.ways.iter().flat_map(|w| &w.rows))
    }

    /// The counts that a value is of.
    fn basis(&self, v: &IndicatorValue) -> Basis {
        match self.kind {
            IndicatorKind::Share => Basis::Proportion { count: v.numerator, of: Cell::sum(&[v.numerator, v.rest]), scale: self.per },
            IndicatorKind::Rate => Basis::Rate { count: v.numerator, people: v.denominator, per: self.per },
            IndicatorKind::Count => Basis::Rate { count: v.numerator, people: Cell::Known(1.0), per: 1.0 },
            // Worked out by somebody else.
            IndicatorKind::Value => Basis::Nothing,
        }
    }
}

fn signal(signal: i8) -> &'static str {
    match signal {
        0 => "none",
        s if s > 0 => "high",
        _ => "low",
    }
}

fn state(state: Standing) -> &'static str {
    match state {
        Standing::Final => "final",
        Standing::Provisional => "provisional",
        Standing::Revised => "revised",
    }
}

impl Shape for Indicator {
    has_no! { texts_mut by_area }

    fn counts(&self) -> Counts {
        // Of a restricted rate the whole came through the door as well; of a share it is the sum of two counts.
        let whole =
            |v: &IndicatorValue| if self.kind == IndicatorKind::Rate { v.denominator.map(|d| d as u64) } else { Cell::NotApplicable };
        Counts::alike(self.values().flat_map(|v| [v.numerator, v.rest, whole(v)]))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // People who are no events: their sums are tried by themselves.
        Ok(Shown::none())
    }

    fn sums_of_people(&self) -> Vec<SumOfPeople> {
        // Of each way the parts and the partnership's latest wave, of those who are counted and of the rest of a share: of what has no rest there is no sum.
        let Some(whole) = self.latest().filter(|_| !self.ways.is_empty()) else { return vec![] };
        let sides = |(way, w): (usize, &IndicatorWay)| {
            let values = || w.rows.iter().chain([whole]);
            [SumOfPeople::of(2 * way, values().map(|v| v.numerator)), SumOfPeople::of(2 * way + 1, values().map(|v| v.rest))]
        };
        self.ways.iter().enumerate().flat_map(sides).collect()
    }

    fn no_counts(&self) -> NoCounts {
        // Values and limits are no counts of people, and what is not among them is told by none of these.
        let values = self.values().filter(|v| v.numerator.known() != v.value.known().map(|x| x as u64)).filter_map(|v| v.value.known());
        let limits = self.values().flat_map(|v| [v.limits, v.usual]).flatten().chain(self.change).flat_map(|e| [e.lower, e.upper]);
        NoCounts::numbers(values.chain(limits))
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let each = |v: &IndicatorValue| {
            // The whole of a share is its two parts. One that is not told says nothing that could be false.
            let whole = Cell::sum(&[v.numerator, v.rest]).known().map(|n| n as f64);
            let told = v.denominator.known().filter(|_| self.kind == IndicatorKind::Share);
            let within = 1e-9 * told.unwrap_or(0.0).abs().max(whole.unwrap_or(0.0)).max(1.0);
            let value = Claim::Value { value: v.value, limits: v.limits, usual: v.usual, basis: self.basis(v), level: self.level };
            [Claim::Number { told, again: whole, within }, value]
        };
        let change = self.change.map(|told| match self.waves.as_slice() {
            [.., before, latest] => Claim::Difference {
                told,
                of: [self.basis(latest), self.basis(before)],
                level: self.level,
                waves: counted_since_break(&self.waves, &self.breaks),
            },
            _ => Claim::Holds(false),
        });
        self.values().flat_map(each).chain(change).collect()
    }

    fn table(&self) -> TableView {
        let waves = self.waves.iter().map(|v| ("All", v));
        let beside = self.beside.iter().map(|v| ("To compare with", v));
        let ways = self.ways.iter().flat_map(|w| w.rows.iter().map(|v| (w.name.as_str(), v)));
        let rows: Vec<(&str, &IndicatorValue)> = waves.chain(beside).chain(ways).collect();
        let places = if self.kind == IndicatorKind::Count { 0 } else { 1 };
        let limit = |x: Option<f64>| x.map_or(NOT_APPLICABLE, |x| Value::Number(x, 1));
        let unit = match self.kind {
            IndicatorKind::Rate => format!("{} per {}", self.unit, thousands(self.per as u64)),
            IndicatorKind::Share | IndicatorKind::Count | IndicatorKind::Value => self.unit.clone(),
        };
        Columns::default()
            .column("what_it_is_of", "What it is of", |(of, _): &(&str, &IndicatorValue)| text(of))
            .column("area_or_group", "Area or group", |(_, v)| text(&v.name))
            .column("area_code", "Code", |(_, v)| v.code.map_or(NOT_APPLICABLE, |c| text(c.as_str())))
            .column("from", "From", |(_, v)| text(&v.period.first.to_string()))
            .column("to", "To", |(_, v)| text(&v.period.last.to_string()))
            .column("numerator", "Numerator", |(_, v)| count(v.numerator))
            .column("denominator", "Denominator", |(_, v)| {
                number(v.denominator, v.denominator.known().map_or(0, |d| usize::from(d.fract() != 0.0)))
            })
            .column("value", "Value", move |(_, v)| number(v.value, places))
            .column("unit", "Unit", move |_| text(&unit))
            .column("lower_limit", "Lower limit", move |(_, v)| limit(v.limits.map(|l| l.lower)))
            .column("upper_limit", "Upper limit", move |(_, v)| limit(v.limits.map(|l| l.upper)))
            .column("usual_from", "Usual from", move |(_, v)| limit(v.usual.map(|l| l.lower)))
            .column("usual_to", "Usual to", move |(_, v)| limit(v.usual.map(|l| l.upper)))
            .column("signal", "Signal", |(_, v)| v.signal.map_or(NOT_APPLICABLE, |s| text(signal(s))))
            .column("compared", "Compared", |(_, v)| {
                let untold = v.said == IndicatorSaid::NotCompared || v.value == Cell::Withheld;
                if untold { NOT_APPLICABLE } else { text(v.said.label()) }
            })
            .column("state", "State", |(_, v)| text(state(v.state)))
            .of(&rows)
    }

    fn sheet(&self) -> Sheet {
        Sheet::Together { name: "Indicators", heading: "Indicator", which: self.measure.clone(), title: "Indicators of the partnership" }
    }

    fn described(&self) -> Described {
        Described::new(self.measure_id.clone(), format!("{} {}", self.per, self.unit))
    }

    fn concludes(&self) -> bool {
        // A value that somebody else worked out rests on no count of ours.
        let from_counts = |v: &IndicatorValue| v.numerator != Cell::NotApplicable && v.value.known().is_some();
        (self.change.is_some() && self.kind != IndicatorKind::Value) || self.values().any(from_counts)
    }

    fn compared(&self) -> Compared<'_> {
        Compared::Indicator(self)
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // What is not clear among all indicators of the pack is not told, and takes part as a test that found nothing. One that is not compared tests nothing.
        let Some(change) = self.change else { return vec![] };
        let told = matches!(self.changed, IndicatorSaid::Higher | IndicatorSaid::Lower);
        let before = self.waves.iter().rev().nth(1).and_then(|w| w.value.known());
        let effect = before.map_or(0.0, |was| apart((was + change.value) / was));
        vec![StandsOut {
            kind: Kind::Change,
            says: Says::Tested { effect, test: if told { Test::Difference(change) } else { Test::P(1.0) } },
        }]
    }
}

//! An indicator of one's own: its values wave by wave, beside others, and by area and group.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::SeriesBreak;
use crate::units::{AreaCode, Cell, Estimate, Period, Standing};

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
}

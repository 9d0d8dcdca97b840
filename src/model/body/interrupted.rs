//! A marked event in a monthly series.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::model::{MarkedEvent, SeriesBreak};
use crate::units::{Cell, Estimate, Month, Period};

/// A monthly series around a marked event, beside a comparator where there is one.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Interrupted {
    /// What is counted.
    pub measure: String,
    /// `incidents`, `reports`.
    pub unit: String,
    /// What was done, when and where.
    pub event: MarkedEvent,
    /// One for each month of the stretch without a break that holds the start of the event.
    pub points: Vec<InterruptedPoint>,
    /// How many times as many as without it; absent where it cannot be told.
    pub ratio: Option<Estimate>,
    /// Two-sided p-value of no difference.
    pub p: Option<f64>,
    /// The least rise and the least fall in per cent that would have been found in 80 of 100 such series; absent where it cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detectable_percent: Option<[f64; 2]>,
    /// What a mix of untreated places says of it; absent where it was done everywhere, or too few places or months are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mix: Option<UntreatedMix>,
    /// Breaks that bound the stretch.
    pub breaks: Vec<SeriesBreak>,
}

/// An event held against a mix of untreated places that went the same way before it (synthetic control).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct UntreatedMix {
    /// How many places there are to mix.
    pub places: usize,
    /// What they are: `wards`.
    pub level: String,
    /// How many the mix is made of.
    pub used: usize,
    /// How many per cent more or fewer there were than the mix gives.
    pub change_percent: f64,
    /// Share of all places that differ as much from a mix of their own.
    pub p: f64,
}

/// One month of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct InterruptedPoint {
    /// The month.
    pub month: Month,
    /// Events where it was done.
    pub here: Cell<u64>,
    /// Events elsewhere in the partnership, known places only; not applicable where it was done everywhere.
    pub elsewhere: Cell<u64>,
    /// Events that the months without it, and the comparator, would lead one to expect, to one decimal.
    pub expected: Option<f64>,
}

impl Shape for Interrupted {
    has_no! { texts_mut sums_of_people no_counts by_area sheet }

    fn counts(&self) -> Counts {
        Counts::alike(self.points.iter().flat_map(|p| [p.here, p.elsewhere]))
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        let mut shown = Shown::default();
        // Of restricted sources only the whole partnership is told: the same counts as in the series.
        if self.event.areas.is_empty() {
            for p in &self.points {
                shown.push(At::Anywhere, Period { first: p.month, last: p.month }, counting.at(0, 1)?, p.here);
            }
        }
        Ok(shown)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // A mix of untreated places only where it was done in some areas, which no restricted source tells.
        vec![Claim::Holds(self.mix.is_none() || !self.event.areas.is_empty()), Claim::Event(self)]
    }

    fn table(&self) -> TableView {
        Columns::default()
            .column("month", "Month", |p: &InterruptedPoint| text(&p.month.label()))
            .column("during", "During", |p| text(if self.event.during(p.month) { "yes" } else { "no" }))
            .column("count", "Count", |p| count(p.here))
            .column("count_elsewhere", "Count elsewhere", |p| count(p.elsewhere))
            .column("expected_without_it", "Expected without it", |p| p.expected.map_or(MISSING, |e| Value::Number(e, 1)))
            .of(&self.points)
    }

    fn described(&self) -> Described {
        Described::new(format!("{}, {}", self.measure, self.event.name), self.unit.clone())
    }

    fn concludes(&self) -> bool {
        self.ratio.is_some() || self.p.is_some() || self.points.iter().any(|p| p.expected.is_some())
    }

    fn compared(&self) -> Compared<'_> {
        // Looked at again with more months: the same event, and no second sample.
        Compared::Ratio { row: &self.event.name, value: self.ratio.map_or(Cell::Missing, Cell::Known), same_sample: true }
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        let tested = |ratio: Estimate| Says::Tested { effect: apart(ratio.value), test: self.p.map_or(Test::Ratio(ratio), Test::P) };
        self.ratio.map(|ratio| StandsOut { kind: Kind::Change, says: tested(ratio) }).into_iter().collect()
    }
}

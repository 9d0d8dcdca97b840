//! How long reports took to come to an outcome.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OutcomeKind;
use crate::model::shape::*;
use crate::units::{Cell, Estimate, Period};

/// How long reports took to come to an outcome.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OutcomeTimes {
    /// What is counted.
    pub measure: String,
    /// `incidents`.
    pub unit: String,
    /// When the reports were made.
    pub months: Period,
    /// Coverage of limits.
    pub level: f64,
    /// The classes of outcome, in order.
    pub classes: Vec<OutcomeKind>,
    /// All reports whose time is known.
    pub reports: Cell<u64>,
    /// By whole months since the report.
    pub steps: Vec<OutcomeStep>,
    /// Months after which half of the reports had an outcome; absent where more stayed open for as long as is known.
    pub median_months: Option<u16>,
}

/// What happened so many months after the report.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OutcomeStep {
    /// Months since the report.
    pub months: u16,
    /// Reports that came to each class of outcome then.
    pub counts: Vec<Cell<u64>>,
    /// Reports that were open and are followed no longer than this.
    pub left: Cell<u64>,
    /// Share of reports still open after it, and its limits.
    pub open: Cell<Estimate>,
    /// For each class, the share of reports that came to it by then.
    pub by_then: Vec<Cell<f64>>,
}

impl Shape for OutcomeTimes {
    has_no! { sums_of_people no_counts by_area }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        self.classes.iter_mut().map(|k| &mut k.label).collect()
    }

    fn counts(&self) -> Counts {
        Counts::alike(self.steps.iter().flat_map(|s| s.counts.iter().copied().chain([s.left])).chain([self.reports]))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // Told of open sources alone.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Never told of a restricted source.
        vec![Claim::Holds(false)]
    }

    fn table(&self) -> TableView {
        let open = ["Still open, %", "Still open, lower limit, %", "Still open, upper limit, %"].map(|heading| ("", heading.to_owned()));
        let mut columns = Columns::default()
            .column("", "Months since the report", |s: &OutcomeStep| Value::Count(u64::from(s.months)))
            .estimate(open, (100.0, 1), |s| s.open)
            .column("", "Open and followed no longer", |s| count(s.left));
        for (k, kind) in self.classes.iter().enumerate() {
            columns = columns.column("", format!("Then: {}", kind.label), move |s| s.counts.get(k).map_or(MISSING, |n| count(*n))).column(
                "",
                format!("By then: {}, %", kind.label),
                move |s| s.by_then.get(k).map_or(MISSING, |share| number(share.map(|x| 100.0 * x), 1)),
            );
        }
        columns.of(&self.steps)
    }

    fn sheet(&self) -> Sheet {
        Sheet::Together { name: "Time to outcome", heading: "Measure", which: self.measure.clone(), title: "Months from report to outcome" }
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), self.unit.clone())
    }

    fn concludes(&self) -> bool {
        self.median_months.is_some() || self.steps.iter().any(|s| s.open.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        let median = self.median_months.map_or(Cell::Missing, |m| Cell::Known(f64::from(m)));
        Compared::numbers(vec![Quantity::new("until half had an outcome", "months", median)])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}

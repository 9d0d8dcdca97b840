//! What became of reports: by month of report, and over the time since.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{OutcomeClass, Text};
use crate::units::{AreaCode, Cell, Estimate, Month, Period};

/// What became of reports, by when they were made. Of each cohort a count is of reports that came to that outcome within the same number of months.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OutcomeCohorts {
    /// What is counted.
    pub measure: String,
    /// `incidents`.
    pub unit: String,
    /// Months that each report is given to come to an outcome: younger cohorts are compared with none.
    pub follow_up_months: u16,
    /// Whether outcomes have dates. Without, each is the latest that the source knew when it was written, however long after the report.
    pub dated: bool,
    /// Coverage of limits.
    pub level: f64,
    /// The classes of outcome, in order.
    pub classes: Vec<OutcomeKind>,
    /// Reports by when they were made.
    pub cohorts: Vec<OutcomeCohort>,
    /// The cohorts that are added together; absent where there are none.
    pub together: Option<OutcomesOf>,
    /// The same by authority, where the partnership has several and the source is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<OutcomesOf>,
    /// First months of breaks in recording: cohorts on two sides of one are not added and not compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<Month>,
}

/// A class of outcome.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeKind {
    /// The class.
    pub class: OutcomeClass,
    /// How a reader knows it.
    pub label: Text,
}

/// Whether a cohort may be compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Followed {
    /// It has had its time.
    Mature,
    /// It has not: more of its reports will come to an outcome.
    Immature,
    /// Months of it, or of what came after it, are missing: what became of its reports is not known.
    Missing,
    /// Nobody says when its outcomes were written: for how long they were followed is not known, and they are compared with none.
    AgeUnknown,
}

/// Reports of some months.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeCohort {
    /// When they were made.
    pub months: Period,
    /// Whether they may be compared.
    pub followed: Followed,
    /// Whether they are among those that are added together.
    pub added: bool,
    /// How many came to each class of outcome.
    pub counts: Vec<Cell<u64>>,
    /// All of them.
    pub reports: Cell<u64>,
}

/// Outcomes of cohorts added together.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OutcomesOf {
    /// The authority; absent where it is the whole partnership, or where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<AreaCode>,
    /// Its name.
    pub label: String,
    /// When the reports were made.
    pub months: Period,
    /// How many.
    pub reports: Cell<u64>,
    /// For each class, how many came to it, and their share of all reports.
    pub parts: Vec<OutcomePart>,
}

/// A part of the reports.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OutcomePart {
    /// Reports.
    pub count: Cell<u64>,
    /// Of all reports, open ones too.
    pub share: Cell<Estimate>,
}

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

impl OutcomeCohorts {
    /// The class and its place.
    pub fn place_of(&self, class: OutcomeClass) -> Option<usize> {
        self.classes.iter().position(|k| k.class == class)
    }

    /// Its texts that are found by [`crate::words`].
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        self.classes.iter_mut().map(|k| &mut k.label)
    }

    /// All its counts.
    pub fn counts(&self) -> impl Iterator<Item = Cell<u64>> + '_ {
        let of_cohorts = self.cohorts.iter().flat_map(|c| c.counts.iter().copied().chain([c.reports]));
        let added = self.together.iter().chain(&self.authorities);
        of_cohorts.chain(added.flat_map(|o| o.parts.iter().map(|p| p.count).chain([o.reports])))
    }
}

impl OutcomeTimes {
    /// Its texts that are found by [`crate::words`].
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        self.classes.iter_mut().map(|k| &mut k.label)
    }
}

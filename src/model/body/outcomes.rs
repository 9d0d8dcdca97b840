//! What became of reports, by month of report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::OutcomeClass;
use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Estimate, Month, Period, capital};

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

impl OutcomeCohorts {
    /// The class and its place.
    pub fn place_of(&self, class: OutcomeClass) -> Option<usize> {
        self.classes.iter().position(|k| k.class == class)
    }
}

impl Shape for OutcomeCohorts {
    has_no! { no_counts by_area }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        self.classes.iter_mut().map(|k| &mut k.label).collect()
    }

    fn counts(&self) -> Counts {
        let of_cohorts = self.cohorts.iter().flat_map(|c| c.counts.iter().copied().chain([c.reports]));
        let added = self.together.iter().chain(&self.authorities);
        Counts::alike(of_cohorts.chain(added.flat_map(|o| o.parts.iter().map(|p| p.count).chain([o.reports]))))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // How events ended is no slice of them: those sums are tried by themselves.
        Ok(Shown::none())
    }

    fn sums_of_people(&self) -> Vec<SumOfPeople> {
        // The outcomes of a cohort and all of its reports. Cohorts together are sums of what is shown.
        let sum = |(row, c): (usize, &OutcomeCohort)| SumOfPeople {
            number: row,
            cells: c.counts.iter().copied().chain([c.reports]).enumerate().collect(),
            adds_up: true,
        };
        self.cohorts.iter().enumerate().filter(|(_, c)| c.followed == Followed::Mature).map(sum).collect()
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // By authority nothing is told of a restricted source.
        let mut claims = vec![Claim::Holds(self.authorities.is_empty())];
        let Some(together) = &self.together else { return claims };
        let added = || self.cohorts.iter().filter(|c| c.added);
        claims.push(Claim::Holds(added().all(|c| c.followed == Followed::Mature)));
        claims.push(Claim::Sum(together.reports, added().map(|c| c.reports).collect()));
        for (k, part) in together.parts.iter().enumerate() {
            let counts = added().map(|c| c.counts.get(k).copied().unwrap_or(Cell::Missing));
            claims.push(Claim::Sum(part.count, counts.collect()));
            claims.push(Claim::Estimate(part.share, Basis::Proportion { count: part.count, of: together.reports, scale: 1.0 }));
        }
        claims
    }

    fn table(&self) -> TableView {
        let unit = capital(&self.unit);
        let mut headings = vec!["Of".into(), "Reported in".into(), "May be compared".into(), unit.clone()];
        for kind in &self.classes {
            headings.extend([format!("{unit}: {}", kind.label), format!("{}, % of reports", kind.label)]);
            headings.extend(["lower", "upper"].map(|limit| format!("{}, {limit} limit, %", kind.label)));
        }
        let cohort = |c: &OutcomeCohort| {
            let state = match (c.followed, c.added) {
                (Followed::Mature, true) => "yes",
                (Followed::Mature, false) => "yes, on the other side of a change in recording",
                (Followed::Immature, _) => "not yet",
                (Followed::Missing, _) => "not known",
                (Followed::AgeUnknown, _) => "no: how old its outcomes are is not known",
            };
            let row = vec![text("one cohort"), text(&c.months.label()), text(state), count(c.reports)];
            let part = |n: &Cell<u64>| [count(*n), NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE];
            row.into_iter().chain(c.counts.iter().flat_map(part)).collect()
        };
        // The months may have holes: how many of them are added stands beside the first and the last.
        let months: usize = self.cohorts.iter().filter(|c| c.added).map(|c| c.months.len()).sum();
        let added = |of: &OutcomesOf| {
            let all = of.months.len();
            let reported = if all == months { of.months.label() } else { format!("{}, {months} of {all} months", of.months.label()) };
            let row = vec![text(&of.label), text(&reported), text("yes, together"), count(of.reports)];
            let part = |p: &OutcomePart| [count(p.count)].into_iter().chain(estimate(p.share, 100.0, 1));
            row.into_iter().chain(of.parts.iter().flat_map(part)).collect()
        };
        TableView::new(headings, self.cohorts.iter().map(cohort).collect())
            .and_rows(self.together.iter().chain(&self.authorities).map(added))
    }

    fn sheet(&self) -> Sheet {
        Sheet::Together { name: "Outcomes", heading: "Measure", which: self.measure.clone(), title: "What became of reports" }
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), format!("within {} months, dated: {}", self.follow_up_months, self.dated))
    }

    fn concludes(&self) -> bool {
        let of = |o: &OutcomesOf| o.reports.known().is_some() || o.parts.iter().any(|p| p.share.known().is_some());
        self.together.iter().chain(&self.authorities).any(of)
    }

    fn compared(&self) -> Compared<'_> {
        Compared::Outcomes(self)
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // Shares of cohorts are told as they are: whether they changed is tested by nobody.
        vec![]
    }
}

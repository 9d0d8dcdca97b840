//! A rate beside those of other areas: never in the order of the rates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{BesideRole, Cell, Estimate, Period};

/// The rate of the partnership beside those of others.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Beside {
    /// What is counted.
    pub measure: String,
    /// `per 1,000 residents`.
    pub unit: String,
    /// Rates are per this many.
    pub per: f64,
    /// Coverage of the limits.
    pub level: f64,
    /// The months of the partnership's rate.
    pub months: Period,
    /// The partnership.
    pub own: BesideRow,
    /// The others: by what they are to it, then by name.
    pub others: Vec<BesideRow>,
}

/// One area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct BesideRow {
    /// Its name.
    pub name: String,
    /// What it is to the partnership.
    pub role: BesideRole,
    /// The months of its count.
    pub months: Period,
    /// Events.
    pub count: Cell<u64>,
    /// People.
    pub people: Cell<f64>,
    /// The rate with its limits.
    pub rate: Cell<Estimate>,
    /// What may be said of it beside the partnership's.
    pub said: BesideSaid,
}

/// What may be said of a rate beside that of the partnership.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BesideSaid {
    /// The partnership's is higher: their limits do not meet.
    OwnHigher,
    /// The partnership's is lower: their limits do not meet.
    OwnLower,
    /// Their limits meet.
    NoClearDifference,
    /// It is of other months.
    OtherMonths,
    /// It is counted from another source, or nobody says from which.
    OtherDefinition,
    /// It is per other people.
    OtherPeople,
    /// It is standardised, and the partnership's is not.
    Standardised,
    /// One of the two, or its limits, are not known.
    #[default]
    NotKnown,
}

impl BesideSaid {
    /// In words, of the other beside the partnership's.
    pub fn label(self) -> &'static str {
        match self {
            BesideSaid::OwnHigher => "lower than ours",
            BesideSaid::OwnLower => "higher than ours",
            BesideSaid::NoClearDifference => "no clear difference",
            BesideSaid::OtherMonths => "not compared: other months",
            BesideSaid::OtherDefinition => "not compared: counted otherwise",
            BesideSaid::OtherPeople => "not compared: per other people",
            BesideSaid::Standardised => "not compared: standardised",
            BesideSaid::NotKnown => "not compared: not known",
        }
    }

    /// Whether the two were compared.
    pub fn is_compared(self) -> bool {
        matches!(self, BesideSaid::OwnHigher | BesideSaid::OwnLower | BesideSaid::NoClearDifference)
    }
}

impl Beside {
    /// The partnership, then the others.
    pub fn rows(&self) -> impl Iterator<Item = &BesideRow> {
        std::iter::once(&self.own).chain(&self.others)
    }
}

impl Shape for Beside {
    has_no! { texts_mut sums_of_people by_area }

    fn counts(&self) -> Counts {
        // Those of others are published by whoever counts them.
        Counts::alike([self.own.count])
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        let mut shown = Shown::none();
        shown.push(At::Anywhere, self.months, counting.at(0, 1)?, self.own.count);
        Ok(shown)
    }

    fn no_counts(&self) -> NoCounts {
        NoCounts::none().and_part(&self.others)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let basis = Basis::Rate { count: self.own.count, people: self.own.people, per: self.per };
        let said = self.others.iter().map(|o| {
            let is_told = o.said.is_compared();
            // What is said of the two follows from their limits.
            let pair = self.own.rate.known().zip(o.rate.known());
            Claim::Holds(
                !is_told || pair.is_some_and(|(own, other)| own.is_apart_from(&other) == (o.said != BesideSaid::NoClearDifference)),
            )
        });
        std::iter::once(Claim::EstimateAt(self.own.rate, basis, self.level)).chain(said).collect()
    }

    fn table(&self) -> TableView {
        let rows: Vec<&BesideRow> = self.rows().collect();
        let heading = format!("Rate {}", self.unit);
        let said = |r: &BesideRow| if r.role == BesideRole::Own { NOT_APPLICABLE } else { text(r.said.label()) };
        Columns::default()
            .column("area_name", "Area", |r: &&BesideRow| text(&r.name))
            .column("what_it_is", "What it is", |r| text(r.role.label()))
            .column("from", "From", |r| text(&r.months.first.to_string()))
            .column("to", "To", |r| text(&r.months.last.to_string()))
            .column("count", "Count", |r| count(r.count))
            .column("population", "Population", |r| number(r.people, 0))
            .estimate([("rate", heading), ("lower", "Lower 95% limit".into()), ("upper", "Upper 95% limit".into())], (1.0, 2), |r| r.rate)
            .column("compared", "Beside ours", move |r| said(r))
            .of(&rows)
    }

    fn sheet(&self) -> Sheet {
        Sheet::Together { name: "Other areas", heading: "Measure", which: self.measure.clone(), title: "Rates beside other areas" }
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), self.unit.clone())
    }

    fn concludes(&self) -> bool {
        self.own.rate.known().is_some() || self.others.iter().any(|o| o.said.is_compared())
    }

    fn compared(&self) -> Compared<'_> {
        // The partnership's rate is that of its areas together, which is held against another pack there.
        let compared = self.others.iter().filter(|o| o.said.is_compared()).count();
        Compared::numbers(vec![Quantity::number("areas to compare with", "areas", compared)])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // Areas differ for many reasons: that two rates are apart is no finding by itself.
        vec![]
    }
}

//! Whether months with more than usual go on into the next month, in areas and next door.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{Cell, Geography, Month, Period};

/// Whether months with more than usual go on into the next month.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NearRepeat {
    /// The level of the areas.
    pub geography: Geography,
    /// What is counted.
    pub measure: String,
    /// The months looked at.
    pub months: Period,
    /// How many months are held against each other at a time.
    pub window: usize,
    /// How many such stretches took part.
    pub windows: usize,
    /// How many areas took part.
    pub areas: usize,
    /// Events in them.
    pub events: Cell<u64>,
    /// A row is called where its p-value is at most this: two rows share 5 %.
    pub called_at: f64,
    /// The first month after the latest break in recording, where one is known.
    pub since_break: Option<Month>,
    /// In the same area, then in areas next to one another.
    pub rows: Vec<NearRepeatRow>,
}

/// Pairs of events in months that follow one another.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NearRepeatRow {
    /// Where.
    pub near: NearRepeatWhere,
    /// Pairs over those of months in any order.
    pub ratio: f64,
    /// 95 % of what chance gives lies above 2.5 % here…
    pub lower: f64,
    /// … and below here.
    pub upper: f64,
    /// Chance of as many pairs or more.
    pub p: f64,
}

/// Where two events are near.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NearRepeatWhere {
    /// In one area.
    SameArea,
    /// In two areas that are neighbours.
    NextDoor,
}

impl NearRepeatWhere {
    /// How a table names it.
    pub fn label(self) -> &'static str {
        match self {
            NearRepeatWhere::SameArea => "same area, next month",
            NearRepeatWhere::NextDoor => "neighbouring area, next month",
        }
    }
}

impl NearRepeat {
    /// Whether a row is beyond chance.
    pub fn calls(&self, row: &NearRepeatRow) -> bool {
        row.p <= self.called_at
    }
}

impl Shape for NearRepeat {
    has_no! { texts_mut sums_of_people no_counts by_area }

    fn counts(&self) -> Counts {
        Counts::alike([self.events])
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
        let called = |r: &NearRepeatRow| if self.calls(r) { "more than chance" } else { "no clear sign" };
        Columns::default()
            .column("where", "Pairs of events", |r: &NearRepeatRow| text(r.near.label()))
            .column("ratio", "Observed over expected", |r| Value::Number(r.ratio, 3))
            .column("lower", "Chance: lower 95% limit", |r| Value::Number(r.lower, 3))
            .column("upper", "Chance: upper 95% limit", |r| Value::Number(r.upper, 3))
            .column("p", "p of as many by chance", |r| Value::Number(r.p, 4))
            .column("said", "Said of it", move |r| text(called(r)))
            .of(&self.rows)
    }

    fn sheet(&self) -> Sheet {
        // Two numbers a measure: a workbook is for tables.
        Sheet::ByTheBook
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), format!("{} months", self.window))
    }

    fn concludes(&self) -> bool {
        !self.rows.is_empty()
    }

    fn compared(&self) -> Compared<'_> {
        let ratio = |near: NearRepeatWhere| self.rows.iter().find(|r| r.near == near).map_or(Cell::Missing, |r| Cell::Known(r.ratio));
        let each = |near: NearRepeatWhere| Quantity::new(near.label(), "times what is expected", ratio(near));
        Compared::events([NearRepeatWhere::SameArea, NearRepeatWhere::NextDoor].map(each).to_vec())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // A picture of how months hang together, which calls for no action by itself.
        vec![]
    }
}

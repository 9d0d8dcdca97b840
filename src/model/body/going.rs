//! Whether people of each area can come to a kind of service while it is open, at three times of the week.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography};

/// Whether people can come while a service of a kind is open, and be home again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Going {
    /// In most hours in which one is open.
    Come,
    /// In half of the hours in which one is open, or more, there is no way there and back in time.
    NoWay,
    /// None is open.
    Closed,
    /// The records, the timetable or the streets do not tell.
    NotKnown,
}

impl Going {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 4] = [Self::Come, Self::NoWay, Self::Closed, Self::NotKnown];

    /// As a legend or a table names it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Come => "can come and be home again",
            Self::NoWay => "open, but no way there and back",
            Self::Closed => "none is open",
            Self::NotKnown => "not known",
        }
    }
}

/// Classes of areas at three times of the week.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct GoingByArea {
    /// The level of the areas.
    pub geography: Geography,
    /// The kind of service.
    pub measure: String,
    /// Its id in the typology.
    pub service_type: String,
    /// Who is counted.
    pub unit: Text,
    /// One for each area, sorted by code.
    pub rows: Vec<AreaGoing>,
    /// People by time and class, in the order of [`GoingByArea::TIMES`] and [`Going::ALL`].
    pub people: Vec<Vec<Cell<u64>>>,
}

/// The classes of one area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AreaGoing {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// On weekdays from 12 to 13.
    pub weekday_noon: Going,
    /// On weekdays from 17 to 22.
    pub weekday_evening: Going,
    /// On Sundays from 9 to 22.
    pub sunday: Going,
}

impl AreaGoing {
    /// In the order of [`GoingByArea::TIMES`].
    pub fn classes(&self) -> [Going; 3] {
        [self.weekday_noon, self.weekday_evening, self.sunday]
    }
}

impl GoingByArea {
    /// The times, as a map or a table names them.
    pub const TIMES: [&'static str; 3] = ["Weekday noon", "Weekday evening", "Sunday"];

    /// People of a class at a time.
    pub fn people_of(&self, time: usize, class: Going) -> Cell<u64> {
        self.people.get(time).and_then(|row| row.get(class as usize)).copied().unwrap_or(Cell::Missing)
    }
}

impl Shape for GoingByArea {
    has_no! { sums_of_people no_counts sheet by_area }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        vec![&mut self.unit]
    }

    fn counts(&self) -> Counts {
        Counts::alike(self.people.iter().flatten().copied())
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Counts and states alone.
        vec![]
    }

    fn table(&self) -> TableView {
        let [noon, evening, sunday] = Self::TIMES;
        let total = |class: Going| {
            let cells = (0..Self::TIMES.len()).map(|time| count(self.people_of(time, class)));
            [text(""), text(&format!("{}: {}", self.unit, class.label()))].into_iter().chain(cells).collect()
        };
        Columns::default()
            .column("area_code", "Code", |r: &AreaGoing| text(r.code.as_str()))
            .column("area_name", "Area", |r| text(&r.name))
            .column("weekday_noon", noon, |r| text(r.weekday_noon.label()))
            .column("weekday_evening", evening, |r| text(r.weekday_evening.label()))
            .column("sunday", sunday, |r| text(r.sunday.label()))
            .of(&self.rows)
            .and_rows(Going::ALL.into_iter().map(total))
    }

    fn described(&self) -> Described {
        Described::new(self.service_type.clone(), self.measure.clone())
    }

    fn concludes(&self) -> bool {
        self.people.iter().flatten().any(|n| n.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        let of = |(time, row): (usize, &Vec<Cell<u64>>)| -> Vec<Quantity> {
            let name = |class: Going| format!("{}, {}", Self::TIMES.get(time).copied().unwrap_or_default(), class.label());
            Going::ALL.into_iter().zip(row).map(|(class, n)| Quantity::count(&name(class), self.unit.as_str(), *n)).collect()
        };
        Compared::numbers(self.people.iter().enumerate().flat_map(of).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing: the register of gaps does.
        vec![]
    }
}

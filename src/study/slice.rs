//! Which events a count counts: the release links counts of the same events by it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::dataset::Select;
use crate::sources::{BAND_HOURS, BANDS, Facets, TimeBand};
use crate::units::Period;

/// The events of one source in an area, some months, some categories and a group.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Slice {
    /// Position of the source in the plan.
    pub source: usize,
    /// Where.
    pub area: SliceArea,
    /// When.
    pub months: Period,
    /// Positions of the categories, ascending; all where empty.
    pub categories: Vec<u32>,
    /// Which of them; all without it.
    pub group: Option<Group>,
}

/// Where the events of a slice are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum SliceArea {
    /// Anywhere in the partnership, known or not.
    Whole,
    /// In the area of this position.
    Area(u32),
    /// In the partnership, and not known where.
    Unlocated,
}

/// Events of a time of day or of the week.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// From 06:00 up to 18:00.
    Day,
    /// From 18:00 up to 06:00.
    Night,
    /// Whose hour is not known.
    TimeNotKnown,
    /// On some days of the week, in three hours of the clock; each is any without it.
    When {
        /// Which days.
        days: Option<Days>,
        /// 0 for 00:00 to 03:00.
        band: Option<u8>,
    },
}

/// Days of the week.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Days {
    /// One of them, 0 for Monday.
    One(u8),
    /// Monday to Friday.
    Working,
    /// Saturday and Sunday.
    Weekend,
    /// Of events whose day is not known.
    NotKnown,
}

impl Days {
    /// All of them: single days first.
    pub fn all() -> impl Iterator<Item = Days> {
        (0..7).map(Days::One).chain([Days::Working, Days::Weekend, Days::NotKnown])
    }

    /// The days, 0 for Monday; none where they are not known.
    pub fn weekdays(self) -> Vec<u8> {
        match self {
            Days::One(day) => vec![day],
            Days::Working => (0..5).collect(),
            Days::Weekend => vec![5, 6],
            Days::NotKnown => vec![],
        }
    }

    /// `Saturday`, `Monday to Friday`.
    pub fn label(self) -> &'static str {
        const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        match self {
            Days::One(day) => NAMES[usize::from(day.min(6))],
            Days::Working => "Monday to Friday",
            Days::Weekend => "Saturday and Sunday",
            Days::NotKnown => "day not known",
        }
    }
}

impl Group {
    /// Whether it takes in events of these facets.
    pub fn takes(&self, facets: Facets) -> bool {
        match self {
            Group::Day => facets.time() == TimeBand::Day,
            Group::Night => facets.time() == TimeBand::Night,
            Group::TimeNotKnown => facets.time() == TimeBand::Unknown,
            Group::When { days, band } => facets.when().is_some_and(|w| {
                let day = days.is_none_or(|d| w.weekday.map_or(d == Days::NotKnown, |day| d.weekdays().contains(&day)));
                day && band.is_none_or(|b| w.band == b)
            }),
        }
    }

    /// Its name, the same from release to release: the ledger of releases keeps it.
    ///
    /// ```
    /// use gapmap::study::{Days, Group};
    /// let group = Group::When { days: Some(Days::One(5)), band: Some(7) };
    /// assert_eq!(group.name(), "Saturday 21:00 to 24:00");
    /// assert_eq!(Group::named("Saturday 21:00 to 24:00"), Some(group));
    /// ```
    pub fn name(self) -> String {
        match self {
            Group::Day => "day".into(),
            Group::Night => "night".into(),
            Group::TimeNotKnown => "time not known".into(),
            Group::When { days, band } => {
                let days = days.map_or("any day", Days::label);
                band.map_or(days.to_owned(), |b| format!("{days} {}", band_label(b)))
            }
        }
    }

    /// The group of a name.
    pub fn named(name: &str) -> Option<Self> {
        let whens = Days::all()
            .map(Some)
            .chain([None])
            .flat_map(|days| (0..BANDS).map(Some).chain([None]).map(move |band| Group::When { days, band }));
        [Group::Day, Group::Night, Group::TimeNotKnown].into_iter().chain(whens).find(|g| g.name() == name)
    }
}

/// `21:00 to 24:00`.
pub fn band_label(band: u8) -> String {
    format!("{:02}:00 to {:02}:00", band * BAND_HOURS, (band + 1) * BAND_HOURS)
}

impl Slice {
    /// The events that a selection counts in an area.
    pub fn of(source: usize, select: &Select, whole: Period, area: SliceArea) -> Self {
        let mut categories = select.categories.clone();
        categories.sort_unstable();
        Self { source, area, months: select.period.unwrap_or(whole), categories, group: select.group }
    }

    /// The same events of one category.
    pub fn of_category(&self, category: u32) -> Self {
        Self { categories: vec![category], ..self.clone() }
    }

    /// The same in another area.
    pub fn in_area(&self, area: SliceArea) -> Self {
        Self { area, ..self.clone() }
    }

    /// The same in other months.
    pub fn in_months(&self, months: Period) -> Self {
        Self { months, ..self.clone() }
    }
}

//! Times of day and of the week that events are told apart by.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{BAND_HOURS, BANDS};

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
    /// Its name, the same from release to release: the ledger of releases keeps it.
    ///
    /// ```
    /// use gapmap::model::{Days, Group};
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

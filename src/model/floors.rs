//! Floors: below which areas and spans of months a harm is not told.

use crate::units::{Geography, rows};
use crate::vocabulary::Harms;

/// From which area and for how many months on a harm may be told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Floor {
    pub smallest: Geography,
    pub months: usize,
}

/// The floors of a tier: of harms so rare or so close to home that they are never told below some area, or for fewer than so many months.
#[derive(Clone, Debug)]
pub(crate) struct Floors {
    pub(super) list: Vec<(String, Floor)>,
}

impl Floors {
    /// The floor of harms that stand together: the strictest of them; of what is not mapped, the strictest of all.
    pub fn of(&self, harms: &Harms) -> Floor {
        let among = |wanted: &dyn Fn(&str) -> bool| {
            let found = self.list.iter().filter(|(id, _)| wanted(id)).map(|(_, floor)| *floor);
            found.fold(Floor::NONE, Floor::and)
        };
        match harms {
            // A harm that the table lacks is told like the rarest.
            Harms::Known(ids) if ids.iter().all(|h| self.list.iter().any(|(id, _)| id == h.as_str())) => {
                among(&|id| ids.iter().any(|h| h.as_str() == id))
            }
            _ => among(&|_| true),
        }
    }
}

impl Floor {
    /// Any area and any month.
    pub const NONE: Self = Self { smallest: Geography::Lsoa, months: 1 };

    pub(super) fn and(self, other: Self) -> Self {
        Self { smallest: self.smallest.max(other.smallest), months: self.months.max(other.months) }
    }

    /// Whether events of so many months may be told: of areas of a level, or of all the partnership where none is given.
    pub fn allows(self, level: Option<Geography>, months: usize) -> bool {
        // What is never shown below the authority is rare: there a short period tells as much as a small place.
        let everywhere = self.smallest == Geography::Authority;
        let small = level.filter(|l| *l < Geography::Authority);
        small.is_none_or(|level| level >= self.smallest) && (!(small.is_some() || everywhere) || months >= self.months)
    }
}

/// A harm with its floors in words, for whoever asks which there are: id, name, the floor of each tier, and why.
pub fn harm_floors() -> Vec<[String; 6]> {
    let floor = |r: &csv::StringRecord, at: usize| format!("{}, {} months", &r[at], &r[at + 1]);
    let row = |r: &csv::StringRecord| [r[0].to_owned(), r[1].to_owned(), floor(r, 2), floor(r, 4), floor(r, 6), r[8].to_owned()];
    rows(include_str!("../../data/release/floors.csv")).iter().map(row).collect()
}

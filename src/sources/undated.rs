//! Rows that say a place and no month: left out in silence, they would make their area a quiet one.

use std::collections::BTreeMap;

use super::events::Names;

/// Rows without a month, of one place and category.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Undated {
    /// Position of their area code in [`super::Events::codes`], or [`super::NONE`].
    pub code: u32,
    /// Position of their point in [`super::Events::points`], or [`super::NONE`].
    pub point: u32,
    /// Position of their category in [`super::Events::categories`]; `None` where no row with a month has it.
    pub category: Option<u16>,
    /// For how many events they stand.
    pub events: u64,
}

/// Such rows while a source is read: by code, point and category.
#[derive(Default)]
pub(super) struct UndatedRows(BTreeMap<(u32, u32, String), u64>);

impl UndatedRows {
    /// Adds a row that stands for some events.
    pub fn add(&mut self, code: u32, point: u32, category: &str, events: u64) {
        *self.0.entry((code, point, category.to_owned())).or_default() += events;
    }

    /// What was seen. A category that none of the other rows has is no category of the source: it may be anything.
    pub fn settle(self, names: &Names) -> Vec<Undated> {
        let (known, mut names) = (names.0.len(), names.clone());
        let mut category = |name: &str| names.id_in_any_case(name).filter(|id| usize::from(*id) < known);
        let rows = self.0.into_iter();
        rows.map(|((code, point, name), events)| Undated { code, point, category: category(&name), events }).collect()
    }
}

//! Rows that say a place and no month: left out in silence, they would make their area a quiet one.

use std::collections::BTreeMap;

use super::events::{Events, NONE, Names};
use super::gathered::Tally;
use super::incident_row::WITHOUT_A_DATE;

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

    /// Puts what was seen with the events, among it rows whose day stands for none; but for totals of the rows that have a month. A category that none of
    /// the other rows has is no category of the source: it may be anything.
    pub fn settle(mut self, names: &Names, events: &mut Events, tally: &mut Tally) {
        while let Some(month) = stand_in(events) {
            self.take(month, names, events, tally);
        }
        let (known, mut names) = (names.0.len(), names.clone());
        let mut category = |name: &str| names.id_in_any_case(name).filter(|id| usize::from(*id) < known);
        let rows = self.0.into_iter();
        let rows: Vec<Undated> =
            rows.map(|((code, point, name), events)| Undated { code, point, category: category(&name), events }).collect();
        let sums = if rows.is_empty() { BTreeMap::new() } else { sums(events) };
        let is_total = |row: &Undated| sums.get(&(row.code, row.point, row.category)) == Some(&row.events);
        events.undated = rows.into_iter().filter(|row| !is_total(row)).collect();
    }

    /// Takes the rows of a month out of the events: they have none.
    fn take(&mut self, month: u16, names: &Names, events: &mut Events, tally: &mut Tally) {
        events.days.remove(&month);
        for block in &mut events.blocks {
            let keep: Vec<bool> = block.month.iter().map(|m| *m != month).collect();
            let gone = || (0..block.rows()).filter(|row| !keep[*row]);
            let is_placeless = |row: &usize| block.code[*row] == NONE && block.point[*row] == NONE;
            tally.set_aside(WITHOUT_A_DATE, gone().count() as u64);
            tally.forget_note("without a place", gone().filter(is_placeless).count() as u64);
            for row in gone().filter(|row| !is_placeless(row)) {
                let n = block.count.get(row).map_or(1, |n| u64::from(*n));
                let name = names.0.get(usize::from(block.category[row])).map_or("", String::as_str);
                self.add(block.code[row], block.point[row], name, n);
            }
            block.retain(&keep);
        }
    }
}

/// So many months lie at least between a day that stands for none and the first that is one.
const FAR: u16 = 24;

/// So few rows may be slips in a year: they are told as such.
const SLIPS: usize = 3;

/// The first month with rows, where all of them lie on the first day of a year and years before all others: `2000-01-01` is then written for no day, as
/// 1900-01-01 is. What the plan covers is meant.
fn stand_in(events: &Events) -> Option<u16> {
    let months = || events.blocks.iter().flat_map(|b| b.month.iter().copied());
    let first = months().min().filter(|m| m % 12 == 0)?;
    let next = months().filter(|m| *m != first).min()?;
    let first_of_january = events.days.get(&first) == Some(&(1 << 1));
    let is_covered = events.covered.iter().any(|m| m.index() == i32::from(first));
    let rows = months().filter(|m| *m == first).count();
    (first_of_january && !is_covered && rows > SLIPS && next - first > FAR).then_some(first)
}

/// What tables of counts hold of each place and category over all months, and of each place as a whole. A row without a month that says the same is a total.
fn sums(events: &Events) -> BTreeMap<(u32, u32, Option<u16>), u64> {
    let mut sums = BTreeMap::new();
    for block in events.blocks.iter().filter(|b| !b.count.is_empty()) {
        for row in 0..block.rows() {
            for category in [Some(block.category[row]), None] {
                *sums.entry((block.code[row], block.point[row], category)).or_default() += u64::from(block.count[row]);
            }
        }
    }
    sums
}

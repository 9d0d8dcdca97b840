//! The first and the last month of a source, where its days say that an extract began or ended in the middle of it.
//!
//! An extract that was run on 5 January holds four days of a month. Counted as a month it would end the study, and be a fall that never happened.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, Origin, Tally};
use crate::units::Month;

/// Of fewer months between the ends nobody knows what is usual.
const FEWEST_MONTHS: usize = 5;
/// A table with fewer different days in it tells months, and no days.
const FEWEST_DAYS: u32 = 10;
/// So many days at the end of a month, or at its beginning, have no event.
const DAYS_WITHOUT: u32 = 8;
/// So many events would usually fall into these days: that none does by chance happens once in a thousand times.
const EXPECTED: f64 = 7.0;
/// The month has less than this share of a usual one: one that is quiet in its last days is not.
const SHORT_BELOW: f64 = 0.7;

/// Takes the rows of a month that is covered in part out of each source, and tells of it. For studies whose plan names no months.
pub(super) fn set_aside(events: &mut [Events], origins: &[Origin], problems: &mut Problems) -> Vec<Tally> {
    let mut tallies = Vec::new();
    for one in events.iter_mut().filter(|e| e.covered.is_empty() && (e.named.is_empty() || e.forces.is_empty())) {
        let short: Vec<u16> = partial(one);
        if short.is_empty() {
            continue;
        }
        let mut tally = Tally::new(one.source, "");
        for block in &mut one.blocks {
            let keep: Vec<bool> = block.month.iter().map(|m| !short.contains(m)).collect();
            tally.set_aside(said::MONTH_IN_PART, keep.iter().filter(|k| !**k).count() as u64);
            block.retain(&keep);
        }
        one.not_told.retain(|cell| !short.contains(&cell.month));
        let labels: Vec<String> = short.iter().filter_map(|m| Month::from_index(i32::from(*m))).map(Month::label).collect();
        let name = origins.get(one.source).map_or("", |o| o.name.as_str());
        problems.warn_said(Code::D206, Place::file(format!("source `{name}`")), said::months_covered_in_part(&labels));
        tallies.push(tally);
    }
    tallies
}

/// Months at the ends of a source that are covered in part.
fn partial(events: &Events) -> Vec<u16> {
    let mut rows: BTreeMap<u16, u64> = BTreeMap::new();
    for month in events.blocks.iter().flat_map(|b| &b.month) {
        *rows.entry(*month).or_default() += 1;
    }
    let all_days = events.days.values().fold(0, |all, days| all | days);
    let (Some((first, _)), Some((last, _))) = (rows.first_key_value(), rows.last_key_value()) else { return vec![] };
    let mut between: Vec<u64> = rows.iter().filter(|(m, _)| *m != first && *m != last).map(|(_, n)| *n).collect();
    if between.len() < FEWEST_MONTHS || all_days.count_ones() < FEWEST_DAYS {
        return vec![];
    }
    between.sort_unstable();
    let usual = between[between.len() / 2] as f64;
    let is_short = |month: u16, at_its_end: bool| {
        let Some((days, of_month)) = events.days.get(&month).copied().zip(Month::from_index(i32::from(month))) else { return false };
        let length = of_month.days();
        let without = if at_its_end { length.saturating_sub(31 - days.leading_zeros()) } else { days.trailing_zeros().saturating_sub(1) };
        let expected = usual * f64::from(without) / f64::from(length);
        days != 0 && without >= DAYS_WITHOUT && expected >= EXPECTED && (rows[&month] as f64) < SHORT_BELOW * usual
    };
    [(*first, false), (*last, true)].into_iter().filter(|(month, end)| is_short(*month, *end)).map(|(month, _)| month).collect()
}

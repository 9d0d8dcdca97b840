//! Levels in one table: boroughs beside their wards, wards beside their small areas. A total is recognised, held against its parts, and never added.

use std::collections::{BTreeMap, BTreeSet};

use super::placing::{CodeFate, Placing};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, NONE, Origin, Tally};
use crate::units::{AreaCode, Geography};

/// From this share of the other level's sum on, a smaller level counts the same events again. Less is what the other level does not know of. Counts of
/// areas that are larger than those of the study are totals, whatever they add up to: they would be events without a place.
const AGAIN_FROM: f64 = 0.9;
/// A total that differs from the sum of its parts by more than this is told.
const DIFFERS_FROM: f64 = 0.02;

/// Takes counts out that another level of the same table holds too, month by month and category by category.
///
/// The level of the study is kept where the table has it, else the smallest: it can be added up.
pub(super) fn set_totals_aside(
    events: &mut Events,
    placing: &Placing,
    geography: Geography,
    origin: Option<&Origin>,
    problems: &mut Problems,
) -> Tally {
    let mut tally = Tally::new(events.source, "");
    let fates = placing.codes(events);
    let level = |code: u32| -> Option<Geography> {
        if code == NONE || matches!(fates[code as usize], CodeFate::Elsewhere | CodeFate::Unknown) {
            return None;
        }
        events.codes[code as usize].geography()
    };
    let levels: Vec<Option<Geography>> = (0..events.codes.len() as u32).map(level).collect();
    let of = |code: u32| levels.get(code as usize).copied().flatten();
    let mut sums: BTreeMap<(u16, u16), BTreeMap<Geography, u64>> = BTreeMap::new();
    for block in events.blocks.iter().filter(|b| !b.count.is_empty()) {
        for row in 0..block.rows() {
            if let Some(level) = of(block.code[row]) {
                *sums.entry((block.month[row], block.category[row])).or_default().entry(level).or_default() += u64::from(block.count[row]);
            }
        }
    }
    add_totals_alone(&mut sums, geography);
    sums.retain(|_, by| by.len() > 1);
    if sums.is_empty() {
        return tally;
    }
    let related = related(events, placing, &levels);
    let kept = |by: &BTreeMap<Geography, u64>| by.get_key_value(&geography).or(by.first_key_value()).map(|(g, n)| (*g, *n));
    let is_again = |own: Geography, n: u64, (level, sum): (Geography, u64)| {
        own != level && (own > geography && own > level || n as f64 >= AGAIN_FROM * sum as f64)
    };
    let (mut total, mut parts) = (0_u64, 0_u64);
    for block in events.blocks.iter_mut().filter(|b| !b.count.is_empty()) {
        let again = |row: usize, block: &crate::sources::Block| -> bool {
            let (Some(own), Some(by)) = (of(block.code[row]), sums.get(&(block.month[row], block.category[row]))) else { return false };
            let Some(best) = kept(by) else { return false };
            related.holds(block.code[row], best.0) && is_again(own, by[&own], best)
        };
        let keep: Vec<bool> = (0..block.rows()).map(|row| !again(row, block)).collect();
        let gone = keep.iter().filter(|k| !**k).count() as u64;
        if gone > 0 {
            tally.set_aside(said::ANOTHER_LEVEL, gone);
            block.retain(&keep);
        }
    }
    for by in sums.values() {
        let Some(best) = kept(by) else { continue };
        for (_, n) in by.iter().filter(|(g, n)| is_again(**g, **n, best)) {
            (total, parts) = (total + n, parts + best.1);
        }
    }
    let apart = total.abs_diff(parts) as f64 > DIFFERS_FROM * total.max(parts) as f64;
    let place = Place::file(format!("source `{}`", origin.map_or("", |o| o.name.as_str())));
    if tally.set_aside.values().sum::<u64>() > 0 {
        problems.warn_said(Code::D218, place, said::several_levels(geography, apart.then_some((parts, total))));
    }
    tally
}

/// A month and category that only larger areas than those of the study tell are totals too, of parts that are none, where the table tells smaller areas of
/// that month and of that category elsewhere: a table may leave out what is 0.
fn add_totals_alone(sums: &mut BTreeMap<(u16, u16), BTreeMap<Geography, u64>>, geography: Geography) {
    let (mut of_month, mut of_category): (BTreeMap<u16, Geography>, BTreeMap<u16, Geography>) = Default::default();
    for ((month, category), by) in sums.iter() {
        let Some(smallest) = by.keys().next().filter(|g| **g <= geography) else { continue };
        of_month.entry(*month).and_modify(|g| *g = (*g).min(*smallest)).or_insert(*smallest);
        of_category.entry(*category).and_modify(|g| *g = (*g).min(*smallest)).or_insert(*smallest);
    }
    for ((month, category), by) in sums.iter_mut().filter(|(_, by)| by.keys().all(|g| *g > geography)) {
        if let (Some(a), Some(b)) = (of_month.get(month), of_category.get(category)) {
            by.insert(*a.max(b), 0);
        }
    }
}

/// Which codes lie in, or hold, others of the same table.
struct Related(BTreeMap<(u32, Geography), bool>);

impl Related {
    /// Whether the events of a code can be those of codes of a level once more.
    fn holds(&self, code: u32, level: Geography) -> bool {
        self.0.get(&(code, level)).copied().unwrap_or(true)
    }
}

/// By lookups and boundaries: a middle layer whose own small areas are not in the table holds no event of them, whatever the others add up to. Where no lookup
/// knows how two kinds of areas lie in one another, their sums alone tell.
fn related(events: &Events, placing: &Placing, levels: &[Option<Geography>]) -> Related {
    let codes: Vec<(u32, Geography)> = levels.iter().enumerate().filter_map(|(i, g)| Some((i as u32, (*g)?))).collect();
    let kinds: BTreeSet<Geography> = codes.iter().map(|c| c.1).collect();
    let mut related = BTreeMap::new();
    for (small, large) in kinds.iter().flat_map(|a| kinds.iter().filter(move |b| a < *b).map(move |b| (*a, *b))) {
        let at = |level: Geography| codes.iter().filter(move |c| c.1 == level).map(|c| (c.0, events.codes[c.0 as usize]));
        let ups: Vec<(u32, Vec<AreaCode>)> = at(small).map(|(i, code)| (i, larger(placing, code, large))).collect();
        if ups.iter().all(|(_, up)| up.is_empty()) {
            continue;
        }
        let seen: BTreeSet<AreaCode> = at(large).map(|c| c.1).collect();
        let held: BTreeSet<AreaCode> = ups.iter().flat_map(|(_, up)| up.iter().copied()).collect();
        for (i, up) in ups.iter().filter(|(_, up)| !up.is_empty()) {
            related.insert((*i, large), up.iter().any(|c| seen.contains(c)));
        }
        related.extend(at(large).map(|(i, code)| ((i, small), held.contains(&code))));
    }
    Related(related)
}

/// The areas of a kind that a code lies in, by the lookups, or by the boundaries, which know the authority of each area.
fn larger(placing: &Placing, code: AreaCode, kind: Geography) -> Vec<AreaCode> {
    let by_lookups = placing.larger(code, kind);
    if !by_lookups.is_empty() || kind != Geography::Authority {
        return by_lookups;
    }
    placing.areas.position(code).map(|i| placing.areas.list[i].authority).into_iter().collect()
}

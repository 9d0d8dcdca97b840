//! Areas of a table of counts that have no row in some of its months, though many events would have been counted there: what is left out is not known, and
//! is no zero.

use std::collections::{BTreeMap, BTreeSet};

use super::Origin;
use super::events::{Block, NONE, NotTold};
use crate::diagnostics::{Code, Place, Problems, said};

/// In a table of fewer months an area may come and go, and so many months beside a gap say how its counts vary.
const FEWEST_MONTHS: usize = 4;
/// So many events are expected where none is written, from the other months.
const EXPECTED: f64 = 20.0;
/// A gap is as likely as this at most where its months were months of nothing.
const CHANCE: f64 = 1e-6;
/// Counts of months vary by this beside chance at least: the square of their coefficient of variation, which few months understate.
const LEAST_VARIANCE: f64 = 0.1;

/// Where each of the months that are counted, of so many at least, has so many events and half of the usual number, no month is one of nothing.
const STEADY_MONTHS: usize = 3;
const STEADY: u64 = 20;

/// The months of an area and category in a table: what is counted in each.
type Series = BTreeMap<u16, u64>;

/// Marks such cells as not known, and tells of them.
pub(super) fn tell(blocks: &[Block], not_told: &mut Vec<NotTold>, categories: usize, origin: &Origin, problems: &mut Problems) {
    let mut of_area: BTreeMap<u32, (u32, BTreeMap<u16, Series>)> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, b)| !b.count.is_empty()) {
        for row in (0..block.rows()).filter(|row| block.code[*row] != NONE && block.point[*row] == NONE) {
            let kinds = &mut of_area.entry(block.code[row]).or_insert((at as u32, BTreeMap::new())).1;
            *kinds.entry(block.category[row]).or_default().entry(block.month[row]).or_default() += u64::from(block.count[row]);
        }
    }
    // Cells that say no number are rows, and say nothing of how many there are.
    let mut rows_alone: BTreeMap<u32, BTreeSet<(u16, u16)>> = BTreeMap::new();
    for cell in not_told.iter().filter(|cell| cell.code != NONE) {
        of_area.entry(cell.code).or_insert((cell.block, BTreeMap::new()));
        rows_alone.entry(cell.code).or_default().insert((cell.month, cell.category));
    }
    let counted = of_area.values().flat_map(|(_, kinds)| kinds.values().flat_map(|s| s.keys().copied()));
    let all: BTreeSet<u16> = counted.chain(rows_alone.values().flatten().map(|c| c.0)).collect();
    let all: Vec<u16> = all.into_iter().collect();
    if all.len() < FEWEST_MONTHS {
        return;
    }
    // A category that most areas lack in a month began, ended or has another name then.
    let mut having: BTreeMap<(u16, u16), usize> = BTreeMap::new();
    let kinds_of = || of_area.values().flat_map(|(_, kinds)| kinds);
    kinds_of().flat_map(|(kind, series)| series.keys().map(|month| (*month, *kind))).for_each(|cell| *having.entry(cell).or_default() += 1);
    let mut ever: BTreeMap<u16, usize> = BTreeMap::new();
    kinds_of().for_each(|(kind, _)| *ever.entry(*kind).or_default() += 1);
    let is_usual = |month: u16, kind: u16| 2 * having.get(&(month, kind)).copied().unwrap_or(0) > ever.get(&kind).copied().unwrap_or(0);
    let (mut areas, mut cells) = (0_u64, 0_u64);
    for (code, (block, kinds)) in &of_area {
        let alone = rows_alone.remove(code).unwrap_or_default();
        let told: BTreeSet<u16> = alone.iter().map(|c| c.0).collect();
        let mut whole = Series::new();
        kinds.values().flatten().for_each(|(month, n)| *whole.entry(*month).or_default() += n);
        // Months in which the area has no row at all, and those in which one of its categories has none.
        let mut left_out: BTreeSet<(u16, u16)> = BTreeSet::new();
        let of_all: BTreeSet<u16> = gaps_of_area(&whole, &told, &all).into_iter().collect();
        left_out.extend(of_all.iter().flat_map(|month| (0..categories as u16).map(move |kind| (*month, kind))));
        for (kind, series) in kinds {
            let told: BTreeSet<u16> = alone.iter().filter(|c| c.1 == *kind).map(|c| c.0).chain(of_all.iter().copied()).collect();
            left_out.extend(gaps(series, &told, &all).into_iter().filter(|m| is_usual(*m, *kind)).map(|month| (month, *kind)));
        }
        if left_out.is_empty() {
            continue;
        }
        areas += 1;
        cells += left_out.iter().map(|c| c.0).collect::<BTreeSet<_>>().len() as u64;
        let cell = |(month, category)| NotTold {
            block: *block,
            code: *code,
            point: NONE,
            month,
            category,
            bounds: Default::default(),
            suppressed: false,
        };
        not_told.extend(left_out.into_iter().map(cell));
    }
    if areas > 0 {
        let said = said::areas_without_rows(areas, cells);
        problems.warn_said(Code::D206, Place::file(format!("source `{}`", origin.name)), said);
    }
}

/// The months of the runs without a row that are no months of nothing: so many events are expected in one, and months of nothing so rare beside it, that
/// chance would hardly make it. `told` are months that say no number. Where counts come and go, by season or by burst, months without a row are zeros.
fn gaps(series: &Series, told: &BTreeSet<u16>, all: &[u16]) -> Vec<u16> {
    let is_absent = |month: &u16| !series.contains_key(month) && !told.contains(month);
    let mut found = Vec::new();
    for run in all.chunk_by(|a, b| is_absent(a) == is_absent(b)).filter(|run| is_absent(&run[0])) {
        let beside: Vec<u16> = all.iter().copied().filter(|m| !run.contains(m) && !told.contains(m)).collect();
        let n = beside.len() as f64;
        let counts = || beside.iter().map(|m| series.get(m).copied().unwrap_or(0) as f64);
        let mean = counts().sum::<f64>() / n;
        if beside.len() < FEWEST_MONTHS || mean * (run.len() as f64) < EXPECTED {
            continue;
        }
        let variance = counts().map(|c| (c - mean).powi(2)).sum::<f64>() / (n - 1.0);
        // Of a negative binomial with these moments.
        let dispersion = ((variance - mean) / (mean * mean)).max(LEAST_VARIANCE);
        let of_nothing = (1.0 + dispersion * mean).powf(-1.0 / dispersion);
        let absent = (beside.iter().filter(|m| is_absent(m)).count() as f64) / n;
        if of_nothing.max(absent).powi(run.len() as i32) <= CHANCE {
            found.extend(run);
        }
    }
    found
}

/// The same of all categories of an area together, which may be steady: each of these has months of nothing of its own.
fn gaps_of_area(series: &Series, told: &BTreeSet<u16>, all: &[u16]) -> Vec<u16> {
    let is_absent = |month: &u16| !series.contains_key(month) && !told.contains(month);
    if is_steady(series) { all.iter().copied().filter(is_absent).collect() } else { gaps(series, told, all) }
}

/// Whether every month that is counted is one of many: then two gaps are two gaps, and none says that the other is of nothing.
fn is_steady(series: &Series) -> bool {
    let least = series.values().min().copied().unwrap_or(0);
    let mean = series.values().sum::<u64>() as f64 / series.len().max(1) as f64;
    series.len() >= STEADY_MONTHS && least >= STEADY && 2.0 * least as f64 >= mean
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The months without a row that are no months of nothing, of a table of as many months; a dot has no row.
    fn of(counts: &[i64]) -> Vec<u16> {
        let all: Vec<u16> = (0..counts.len() as u16).collect();
        let series = all.iter().zip(counts).filter(|(_, n)| **n >= 0).map(|(m, n)| (*m, *n as u64)).collect();
        gaps_of_area(&series, &BTreeSet::new(), &all)
    }

    const NO: i64 = -1;

    #[test]
    fn a_run_without_rows_among_months_of_many_is_not_known() {
        assert_eq!(of(&[30, 28, 33, 25, 31, 29, NO, NO, NO, NO, NO, NO]), [6, 7, 8, 9, 10, 11]);
        assert_eq!(of(&[55, 48, 61, NO, 52, 60]), [3]);
        // Two gaps do not speak for each other, and three steady months say what is usual.
        assert_eq!(of(&[100, 96, NO, 104, 99, 102, 97, 100, NO, 101, 95, 98]), [2, 8]);
        assert_eq!(of(&[100, NO, 97, NO, NO, 103]), [1, 3, 4]);
        assert_eq!(of(&[NO, NO, NO, 20, 25, 18, 22, 30]), [0, 1, 2]);
    }

    #[test]
    fn rare_seasonal_and_bursting_counts_have_months_of_nothing() {
        assert!(of(&[1, NO, 2, 1, NO, 3, 1, 1, NO, 2, 1, 1]).is_empty());
        // Two summers, and a festival.
        let summer = [NO, NO, NO, NO, 5, 20, 40, 45, 15, NO, NO, NO];
        assert!(of(&[summer, summer].concat()).is_empty());
        assert!(of(&[NO, NO, NO, NO, NO, 500, NO, NO, NO, NO, NO, NO]).is_empty());
        assert!(of(&[40, NO, 3, NO, 60, 1, NO, NO, 25, 2, NO, 30]).is_empty());
        assert!(of(&[NO; 12]).is_empty() && of(&[30, NO, NO]).is_empty());
    }
}

//! Counts since the beginning of a year: each month holds the months before it once more, and added up most events count many times.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, NONE};
use crate::units::AreaCode;

/// So many areas must grow, each over so many months, before anything is said.
const FEWEST_AREAS: usize = 6;
const FEWEST_MONTHS: usize = 6;
/// A series grows whose last month has so many times the count of its first.
const GROWS_FROM: u64 = 3;
/// So many rises from one month to the next there must be, and one fall at most for so many of them: counts of chance fall as often as they rise.
const FEWEST_RISES: u64 = 30;
const RISES_FOR_A_FALL: u64 = 20;
/// From this share of the series that begin again in one month on, a year begins there.
const BEGIN_AGAIN_FROM: f64 = 0.8;
/// Sums of months on a straight line from nothing on differ from it by no more than this share.
const OFF_THE_LINE: f64 = 0.5;

/// The counts of one area and category, by month.
type Series = BTreeMap<u16, u64>;

/// Refuses a table of counts that grow from month to month in nearly all areas and begin again each year, or lie on a straight line from nothing on; other
/// growth without a fall is told.
pub(super) fn check(events: &Events, name: &str, problems: &mut Problems) {
    let series = series(events);
    let place = || Place::file(format!("source `{name}`"));
    let years = (0..12_u16).find_map(|start| Some((start, grown(&series, Some(start))?)));
    if let Some((start, n)) = years {
        return problems.error_said(Code::D218, place(), said::counts_since_the_beginning_of_a_year(n, u32::from(start) + 1, true));
    }
    let Some(n) = grown(&series, None) else { return };
    let first = series.iter().filter_map(|s| s.1.keys().next()).min().copied().unwrap_or(0);
    let said = said::counts_since_the_beginning_of_a_year(n, u32::from(first % 12) + 1, false);
    if is_a_line_from_nothing(&series, first) {
        problems.error_said(Code::D218, place(), said);
    } else {
        problems.warn_said(Code::D218, place(), said);
    }
}

/// Counts of the rows that name an area, by area and category.
fn series(events: &Events) -> Vec<(AreaCode, Series)> {
    let mut all: BTreeMap<(u32, u16), Series> = BTreeMap::new();
    for block in events.blocks.iter().filter(|b| !b.count.is_empty()) {
        for row in (0..block.rows()).filter(|row| block.code[*row] != NONE) {
            let months = all.entry((block.code[row], block.category[row])).or_default();
            *months.entry(block.month[row]).or_default() += u64::from(block.count[row]);
        }
    }
    all.into_iter().filter_map(|((code, _), months)| Some((*events.codes.get(code as usize)?, months))).collect()
}

/// How many series grow without falling, where nearly all do. With a month in which a year begins, from January as 0, they do so within each year, and
/// nearly all begin again there; without one, over all months.
fn grown(series: &[(AreaCode, Series)], start: Option<u16>) -> Option<usize> {
    let begins = |month: u16| start == Some(month % 12);
    let (mut rises, mut falls, mut turns, mut again) = (0_u64, 0_u64, 0_usize, 0_usize);
    let (mut areas, mut n): (BTreeSet<AreaCode>, usize) = Default::default();
    for (area, months) in series {
        let steps = months.iter().zip(months.iter().skip(1)).filter(|((a, _), (b, _))| **b == **a + 1);
        for ((_, before), (month, now)) in steps {
            if begins(*month) {
                turns += usize::from(*before > 0);
                again += usize::from(now < before);
            } else {
                rises += u64::from(now > before);
                falls += u64::from(now < before);
            }
        }
        if grows(months, &begins) {
            n += 1;
            areas.insert(*area);
        }
    }
    let grow = areas.len() >= FEWEST_AREAS && rises >= FEWEST_RISES && falls * RISES_FOR_A_FALL <= rises;
    let turn = start.is_none() || turns >= FEWEST_AREAS && again as f64 >= BEGIN_AGAIN_FROM * turns as f64;
    (grow && turn).then_some(n)
}

/// Whether a run of months of a series, up to the beginning of another year, is long and ends far above where it began.
fn grows(months: &Series, begins: &impl Fn(u16) -> bool) -> bool {
    let mut run: Vec<(u16, u64)> = Vec::new();
    for (month, n) in months {
        if begins(*month) || run.last().is_some_and(|last| last.0 + 1 != *month) {
            run.clear();
        }
        run.push((*month, *n));
        if run.len() >= FEWEST_MONTHS && *n > 1 && *n >= GROWS_FROM * run[0].1 {
            return true;
        }
    }
    false
}

/// Whether the sums of all months are as many times one month's as months have gone by, since the first or since the January or April before it.
fn is_a_line_from_nothing(series: &[(AreaCode, Series)], first: u16) -> bool {
    let mut sums: Series = BTreeMap::new();
    for (month, n) in series.iter().flat_map(|s| &s.1) {
        *sums.entry(*month).or_default() += n;
    }
    let Some((last, most)) = sums.last_key_value().map(|(m, n)| (*m, *n as f64)) else { return false };
    [0, first % 12, (first + 9) % 12].into_iter().any(|before| {
        let gone = |month: u16| f64::from(month - first + before + 1);
        let line = |month: u16| most * gone(month) / gone(last);
        sums.iter().all(|(month, n)| (*n as f64 - line(*month)).abs() <= OFF_THE_LINE * line(*month))
    })
}

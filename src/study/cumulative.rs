//! Counts since the beginning of a year: each month holds the months before it once more, and added up most events count many times.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, NONE};
use crate::units::AreaCode;

/// So many areas must grow, or this share of a table of fewer, each over so many months, before anything is said.
const FEWEST_AREAS: usize = 6;
const FEWEST_OF_ALL: f64 = 0.75;
const FEWEST_MONTHS: u16 = 6;
/// Counts of one series are compared with those before them by months, or by quarters where it has no others.
const LONGEST_STEP: u16 = 3;
/// A series grows whose last month has so many times the count of its first.
const GROWS_FROM: u64 = 3;
/// So many rises from one count to the next there must be, and one fall at most for so many of them: counts of chance fall as often as they rise.
const FEWEST_RISES: u64 = 20;
const RISES_FOR_A_FALL: u64 = 20;
/// From this share of the series that begin again in one month on, a year begins there.
const BEGIN_AGAIN_FROM: f64 = 0.8;
/// Sums of months on a straight line from nothing on differ from it by no more than this share.
const OFF_THE_LINE: f64 = 0.5;

/// The counts of one area and category, by month.
type Series = BTreeMap<u16, u64>;

/// Refuses a table of counts that grow from month to month, or from quarter to quarter, in nearly all areas and begin again each year, or lie on a straight
/// line from nothing on; other growth without a fall is told. Where the plan says that each counts its own month, nothing is.
pub(super) fn check(events: &Events, name: &str, problems: &mut Problems) {
    if events.not_cumulative {
        return;
    }
    let series = series(events);
    let place = || Place::file(format!("source `{name}`"));
    // Quarters do not tell in which month between two of them the year begins: it mostly does in January or April.
    let years = [0, 3].into_iter().chain(0..12_u16).find_map(|start| Some((start, grown(&series, Some(start))?)));
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
    let (mut rises, mut falls, mut turns, mut again) = (0_u64, 0_u64, 0_usize, 0_usize);
    let (mut areas, mut n): (BTreeSet<AreaCode>, usize) = Default::default();
    for (area, months) in series {
        let steps = months.iter().zip(months.iter().skip(1)).filter(|((a, _), (b, _))| **b - **a <= LONGEST_STEP);
        for ((month, before), (next, now)) in steps {
            if begins_between(start, *month, *next) {
                turns += usize::from(*before > 0);
                again += usize::from(now < before);
            } else {
                rises += u64::from(now > before);
                falls += u64::from(now < before);
            }
        }
        if grows(months, start) {
            n += 1;
            areas.insert(*area);
        }
    }
    let all: BTreeSet<AreaCode> = series.iter().map(|s| s.0).collect();
    let enough = FEWEST_AREAS.min((FEWEST_OF_ALL * all.len() as f64).ceil() as usize).max(1);
    let grow = areas.len() >= enough && rises >= FEWEST_RISES && falls * RISES_FOR_A_FALL <= rises;
    let turn = start.is_none() || turns >= enough && again as f64 >= BEGIN_AGAIN_FROM * turns as f64;
    (grow && turn).then_some(n)
}

/// Whether a year begins after the one month and not after the other.
fn begins_between(start: Option<u16>, month: u16, next: u16) -> bool {
    start.is_some_and(|start| (month + 1..=next).any(|m| m % 12 == start))
}

/// Whether a run of counts of a series, up to the beginning of another year, is long and ends far above where it began.
fn grows(months: &Series, start: Option<u16>) -> bool {
    let mut run: Vec<(u16, u64)> = Vec::new();
    for (month, n) in months {
        if run.last().is_some_and(|(last, _)| month - last > LONGEST_STEP || begins_between(start, *last, *month)) {
            run.clear();
        }
        run.push((*month, *n));
        let (first, least) = run[0];
        if run.len() > 2 && month + 1 - first >= FEWEST_MONTHS && *n > 1 && *n >= GROWS_FROM * least {
            return true;
        }
    }
    false
}

/// Whether the sums of all months are as many times one month's as months have gone by, since the first or since the January or April before it. A quarter is
/// told by its first month or by its last.
fn is_a_line_from_nothing(series: &[(AreaCode, Series)], first: u16) -> bool {
    let mut sums: Series = BTreeMap::new();
    for (month, n) in series.iter().flat_map(|s| &s.1) {
        *sums.entry(*month).or_default() += n;
    }
    let Some((last, most)) = sums.last_key_value().map(|(m, n)| (*m, *n as f64)) else { return false };
    let step = sums.keys().zip(sums.keys().skip(1)).map(|(month, next)| next - month).min().unwrap_or(1);
    let since = [0, first % 12, (first + 9) % 12];
    since.into_iter().flat_map(|before| [before, before + step - 1]).any(|before| {
        let gone = |month: u16| f64::from(month - first + before + 1);
        let line = |month: u16| most * gone(month) / gone(last);
        sums.iter().all(|(month, n)| (*n as f64 - line(*month)).abs() <= OFF_THE_LINE * line(*month))
    })
}

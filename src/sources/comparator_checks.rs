//! Rates of other areas that cannot be: more events than people, nines, two answers in one row, totals among areas.

use super::all_of_them::is_all_of_them;
use super::csv_file::{Row, Sheet};
use super::gathered::ComparatorRow;
use super::read_value::{is_nines, says_nothing};
use crate::diagnostics::{Code, Place, Problems};

/// A rate from the count and the rate that the row gives may differ so much where the count was rounded.
const APART: f64 = 0.1;
/// Fewer people than this are nobody's denominator: 25 per 1 is a rate whose base was mistaken.
const LEAST_BASE: f64 = 100.0;

/// Whether a row can be. Where not, it is told at the column of its area.
pub(super) fn can_be(
    sheet: &Sheet,
    row: &Row,
    (area, standard): (usize, Option<usize>),
    read: &ComparatorRow,
    problems: &mut Problems,
) -> bool {
    let rate = |(n, people): (u64, f64), per: f64| n as f64 / people * per;
    let stands_in = |n: f64| n >= 999.0 && is_nines(n);
    let wrong = if is_all_of_them(&read.area) {
        Some(("a total stands among the areas", "Take it out, or name what it is, such as England, with the role `country`."))
    } else if read.count.is_some_and(|(n, people)| n as f64 > people) {
        Some(("more events than people", "Write the events of the months that are named, and the people who live there."))
    } else if read.count.is_some_and(|(n, people)| stands_in(n as f64) && rate((n, people), 1.0) > 0.5 || stands_in(people)) {
        Some(("a number of nines alone seems to stand for one that is not known", "Leave the field empty, or write the number."))
    } else if read.rate.is_some_and(|(_, per)| per < LEAST_BASE) {
        Some(("a rate per so few people is none that others are told by", "Write the rate per 1,000 people, and 1000 under `per`."))
    } else if read.count.zip(read.rate).is_some_and(|(n, (told, per))| (rate(n, per) - told.value).abs() > APART * told.value) {
        Some(("count and rate of a row do not agree", "Keep the one that holds, and leave the other empty."))
    } else if !says_if_crude(read, row.get_if(standard)) {
        let next = "Write `crude` in the column `standardised`, or what the rate is standardised by, such as `age and sex`.";
        Some(("a rate without its count does not say whether it is standardised", next))
    } else {
        None
    };
    if let Some((what, next)) = wrong {
        problems.error(Code::R104, sheet.place(row.line, area), what, next);
    }
    wrong.is_none()
}

/// Publishers round to this.
const ROUNDED_TO: u64 = 5;

/// Tells of a longer row whose months stand beside it and do not add up to it.
pub(super) fn years_are_their_months(file: &str, rows: &[ComparatorRow], problems: &mut Problems) {
    let of = |row: &ComparatorRow| row.count.map(|(n, _)| n);
    for year in rows.iter().filter(|row| row.period.len() > 1 && row.count.is_some()) {
        let is_within =
            |m: &&ComparatorRow| m.period.len() == 1 && m.key().2 == year.key().2 && year.period.position(m.period.first).is_some();
        let months: Vec<u64> = rows.iter().filter(is_within).filter_map(of).collect();
        let Some(whole) = of(year).filter(|_| months.len() == year.period.len()) else { continue };
        // Numbers that are all rounded to five are each up to 2.5 from what was counted.
        let are_rounded = months.iter().chain([&whole]).all(|n| n % ROUNDED_TO == 0);
        let apart_at_most = if are_rounded { (months.len() as u64 + 1) * ROUNDED_TO / 2 } else { 0 };
        if whole.abs_diff(months.iter().sum()) > apart_at_most {
            let next = "Keep the rows that hold: either the months or the sum of them.";
            problems.error(Code::D215, Place::file(file), "the months of an area do not add up to the count of their year", next);
            return;
        }
    }
}

/// Whether a rate with its limits can be; limits that do not hold it are told, and leave it not known.
pub(super) fn rate_can_be(
    sheet: &Sheet,
    row: &Row,
    area: usize,
    ([value, lower, upper], per): ([Option<f64>; 3], Option<f64>),
    problems: &mut Problems,
) -> bool {
    let place = || sheet.place(row.line, area);
    let next = "Leave the rate empty where it is not known, or write it with its limits and what it is per.";
    let above = |n: Option<f64>| n.zip(per).is_some_and(|(n, per)| n > per);
    if value.is_some_and(|v| v >= 999.0 && is_nines(v)) || above(value) {
        problems.error(Code::R104, place(), "a rate that no number of people has", next);
        return false;
    }
    let holds = |v: f64| lower.is_none_or(|l| l <= v) && upper.is_none_or(|u| v <= u);
    if value.is_some_and(|v| !holds(v)) || lower.zip(upper).is_some_and(|(l, u)| l > u) || above(lower) {
        problems.warn(Code::R104, place(), "a rate lies outside of its limits, and is taken as not known", next);
    }
    true
}

/// How a table says that a rate is standardised by nothing.
const CRUDE: [&str; 5] = ["crude", "none", "no", "not standardised", "unstandardised"];

fn is_crude(written: &str) -> bool {
    CRUDE.iter().any(|crude| written.trim().eq_ignore_ascii_case(crude))
}

/// Whether a row says what its rate is standardised by, or that it is crude: of a rate without its count nothing else tells.
fn says_if_crude(read: &ComparatorRow, written: &str) -> bool {
    read.count.is_some() || read.rate.is_none() || is_crude(written) || !says_nothing(written)
}

/// What a table is standardised by; empty where it says that it is by nothing.
pub(super) fn standardised(written: &str) -> String {
    if is_crude(written) || says_nothing(written) { String::new() } else { written.to_owned() }
}

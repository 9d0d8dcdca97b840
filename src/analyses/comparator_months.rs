//! Other areas whose table has a row for each month: the latest of them, added up as the partnership's own are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::sources::ComparatorRow;
use crate::units::Period;

/// So many months make a rate at most.
const MOST: usize = 12;

/// The rows of other areas, of which those of single months that follow one another are joined: counts added, people as their mean. Months that the
/// partnership does not have are left out where it has others, and so are those before a month that is not told. Longer spans stay as they are.
pub(super) fn joined<'a>(rows: &[(usize, &'a ComparatorRow)], own: &Period) -> Vec<(usize, Cow<'a, ComparatorRow>)> {
    let mut all = Vec::new();
    let mut by_area: BTreeMap<(usize, [String; 5]), Vec<&'a ComparatorRow>> = BTreeMap::new();
    for (source, row) in rows {
        if row.period.len() == 1 && row.count.is_some() {
            by_area.entry((*source, row.key().2)).or_default().push(row);
        } else {
            all.push((*source, Cow::Borrowed(*row)));
        }
    }
    for ((source, _), months) in by_area {
        // A year that the table gives beside its months says it by itself.
        let within = |row: &ComparatorRow| {
            all.iter().any(|(at, longer): &(usize, Cow<ComparatorRow>)| {
                *at == source && longer.key().2 == row.key().2 && longer.period.position(row.period.first).is_some()
            })
        };
        let months: Vec<&ComparatorRow> = months.into_iter().filter(|row| !within(row)).collect();
        let shared: Vec<&ComparatorRow> = months.iter().copied().filter(|row| own.position(row.period.first).is_some()).collect();
        all.extend(sum_of_latest(if shared.is_empty() { months } else { shared }).map(|row| (source, row)));
    }
    all
}

fn sum_of_latest(mut months: Vec<&ComparatorRow>) -> Option<Cow<'_, ComparatorRow>> {
    months.sort_by_key(|row| std::cmp::Reverse(row.period.first));
    let unbroken = 1 + months.windows(2).take_while(|two| two[1].period.first.plus(1) == two[0].period.first).count();
    let latest = &months[..unbroken.min(MOST).min(months.len())];
    let [last, ..] = latest else { return None };
    let [.., first] = latest else { return None };
    if latest.len() == 1 {
        return Some(Cow::Borrowed(last));
    }
    let counts = || latest.iter().filter_map(|row| row.count);
    let people = counts().map(|(_, people)| people).sum::<f64>() / latest.len() as f64;
    let period = Period::new(first.period.first, last.period.last)?;
    Some(Cow::Owned(ComparatorRow { period, count: Some((counts().map(|(n, _)| n).sum(), people)), rate: None, ..(*last).clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{BesideRole, Month};

    fn row(month: &str, months: i32, count: u64) -> ComparatorRow {
        let first = Month::parse(month).unwrap();
        ComparatorRow {
            area: "Otherton".into(),
            role: BesideRole::Similar,
            category: "Stalking".into(),
            period: Period::new(first, first.plus(months - 1)).unwrap(),
            count: Some((count, 1000.0)),
            rate: None,
            definition: String::new(),
            people: String::new(),
            standardised: String::new(),
        }
    }

    fn told(rows: &[ComparatorRow]) -> Vec<(String, Option<u64>)> {
        let own = Period::new(Month::parse("2023-01").unwrap(), Month::parse("2024-12").unwrap()).unwrap();
        let rows: Vec<(usize, &ComparatorRow)> = rows.iter().map(|r| (0, r)).collect();
        let of = |(_, r): &(usize, Cow<ComparatorRow>)| (format!("{} {}", r.period.first, r.period.last), r.count.map(|c| c.0));
        joined(&rows, &own).iter().map(of).collect()
    }

    #[test]
    fn months_that_follow_one_another_are_added_up_to_twelve_of_them() {
        let months = |from: i32, to: i32| (from..=to).map(|m| row(&Month::parse("2023-01").unwrap().plus(m).to_string(), 1, 10 + m as u64));
        let one = |span: &str, n: u64| (span.to_owned(), Some(n));
        assert_eq!(told(&months(0, 23).collect::<Vec<_>>()), [one("2024-01 2024-12", (12..24).map(|m| 10 + m).sum())]);
        // Beyond the partnership's months, and with a month that is not told.
        assert_eq!(told(&months(20, 26).collect::<Vec<_>>()), [one("2024-09 2024-12", 30 + 31 + 32 + 33)]);
        assert_eq!(told(&months(0, 4).chain(months(6, 7)).collect::<Vec<_>>()), [one("2023-07 2023-08", 16 + 17)]);
        // A year beside its months is told once.
        let year_and_months: Vec<ComparatorRow> = months(0, 11).chain([row("2023-01", 12, 186)]).collect();
        assert_eq!(told(&year_and_months), [one("2023-01 2023-12", 186)]);
        // A year is a year, and a single month one.
        assert_eq!(told(&[row("2023-01", 12, 240), row("2024-03", 1, 7)]), [one("2023-01 2023-12", 240), one("2024-03 2024-03", 7)]);
    }
}

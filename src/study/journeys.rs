//! Where people came from, and where they were helped, as far as either end lies in the study.

use std::collections::{BTreeMap, BTreeSet};

use super::helped::HelpedOfKind;
use super::settings::StudySettings;
use super::whence::{End, Whence, whence};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{JourneyRow, JourneyTable, Origin, Tally, told_by_one_source};
use crate::units::{Cell, Period};

/// The journeys of one source in the latest year that it tells of.
#[derive(Clone, Debug)]
pub struct Journeys {
    /// Position of the source in the plan.
    pub source: usize,
    /// The months.
    pub period: Period,
    /// By kind of service, in the order of their ids.
    pub kinds: Vec<HelpedOfKind>,
}

/// Which way a journey goes; the last two with one end in the study.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Heading {
    /// From the study to the study.
    Within,
    /// Out of it.
    Out,
    /// Into it.
    In,
    /// Into it, nobody knows from where.
    FromNobodyKnows,
    /// From it, nobody knows where to.
    ToNobodyKnows,
}

/// People of one kind of service, month by month and way by way.
pub(super) type Flows = BTreeMap<(Period, Heading), Vec<Cell<u64>>>;

/// The journeys of each table, and what became of rows that neither begin nor end in the study.
pub(super) fn build(
    tables: &[JourneyTable],
    origins: &[Origin],
    settings: &StudySettings,
    whole: Period,
    problems: &mut Problems,
) -> (Vec<Journeys>, Vec<Tally>) {
    told_by_one_source(origins, problems);
    tell_two_returns(tables, whole, problems);
    let (mut all, mut notes) = (Vec::new(), Vec::new());
    for table in tables {
        let mut note = Tally::new(table.source, "journeys");
        let period_of = |row: &JourneyRow| row.period.or(table.covers).unwrap_or(whole);
        tell_overlaps(table, period_of, problems);
        let mut refused: BTreeSet<&str> = BTreeSet::new();
        let mut seen: BTreeSet<(Period, &str, Pair, String)> = BTreeSet::new();
        let mut pairs: BTreeMap<(Period, &str), BTreeMap<Pair, &JourneyRow>> = BTreeMap::new();
        let mut kinds: BTreeMap<&str, Flows> = BTreeMap::new();
        for row in &table.rows {
            let mut end = |text: &'_ str, column: &str| match whence(text, settings) {
                Ok(end) => Some(end),
                Err(said) => {
                    if refused.iter().all(|r| *r != text) {
                        problems.error_said(Code::D219, Place::line(&row.file, row.line).at(column), said);
                    }
                    None
                }
            };
            let (from, to) = (end(&row.origin, "origin"), end(&row.destination, "destination"));
            [(&from, &row.origin), (&to, &row.destination)]
                .into_iter()
                .filter(|(end, _)| end.is_none())
                .for_each(|(_, text)| _ = refused.insert(text));
            let (Some(from), Some(to)) = (from, to) else { continue };
            let months = period_of(row);
            if months.first > whole.last {
                note.set_aside(said::JOURNEY_LATER, 1);
                continue;
            }
            let heading = heading(from.whence, to.whence);
            let pair: Pair = (from, to);
            if !seen.insert((months, &row.service, pair.clone(), row.group.to_lowercase())) {
                problems.error_said(Code::D215, Place::line(&row.file, row.line), said::journey_stands_twice());
            }
            let Some(heading) = heading else {
                note.set_aside(said::JOURNEY_ELSEWHERE, 1);
                continue;
            };
            pairs.entry((months, row.service.as_str())).or_default().entry(pair).or_insert(row);
            kinds.entry(row.service.as_str()).or_default().entry((months, heading)).or_default().push(row.people);
        }
        tell_counted_twice(&pairs, problems);
        let all_spans: BTreeSet<Period> = kinds.values().flat_map(|flows| flows.keys().map(|k| k.0)).collect();
        if let Some((period, spans)) = latest_year(&all_spans, table.complete) {
            let helped = |(service, flows): (&str, Flows)| HelpedOfKind::new(service, &flows, &spans, table.complete);
            all.push(Journeys { source: table.source, period, kinds: kinds.into_iter().filter_map(helped).collect() });
        }
        notes.push(note);
    }
    (all, notes)
}

/// Which way; `None` between other places.
fn heading(from: Whence, to: Whence) -> Option<Heading> {
    match (from, to) {
        (Whence::Own, Whence::Own) => Some(Heading::Within),
        (Whence::Own, Whence::Away) => Some(Heading::Out),
        (Whence::Away, Whence::Own) => Some(Heading::In),
        (Whence::NotKnown, Whence::Own) => Some(Heading::FromNobodyKnows),
        (Whence::Own, Whence::NotKnown) => Some(Heading::ToNobodyKnows),
        _ => None,
    }
}

/// Months that are told together.
const YEAR: i32 = 12;

/// The months that are told, and the spans of rows in them: the latest whole year, counted from the first month of the return, so that no later return takes
/// a quarter out of it; or the latest span of rows, where that is longer than a year by itself.
///
/// Without rows for all of a year it is none, unless a pair without a row is nobody.
fn latest_year(all: &BTreeSet<Period>, complete: bool) -> Option<(Period, Vec<Period>)> {
    let months = |p: &Period| p.last.index() - p.first.index() + 1;
    let start = all.iter().map(|p| p.first).min()?;
    let end = all.iter().map(|p| p.last).max()?;
    if let Some(long) = all.iter().filter(|p| months(p) > YEAR).max_by_key(|p| p.last) {
        return (long.last == end).then(|| (*long, vec![*long]));
    }
    let years = (end.index() - start.index() + 1) / YEAR;
    (0..years).rev().find_map(|year| {
        let first = start.plus(year * YEAR);
        let whole = Period::new(first, first.plus(YEAR - 1))?;
        let inside: Vec<Period> = all.iter().filter(|p| whole.first <= p.first && p.last <= whole.last).copied().collect();
        // No span of them lies in another year, too; kinds may have months or quarters of their own.
        let across = all.iter().any(|p| p.first < whole.first && whole.first <= p.last || p.first <= whole.last && whole.last < p.last);
        let told = |month: i32| inside.iter().any(|p| p.first.index() <= month && month <= p.last.index());
        let full = complete || (first.index()..first.index() + YEAR).all(told);
        (full && !across && !inside.is_empty()).then_some((whole, inside))
    })
}

/// The two ends of a journey, as they were told.
type Pair = (End, End);

/// Rows of which one may hold people of the other: of the same months and kind of service, and each end of the one is, or may hold, that of the other.
fn tell_counted_twice(pairs: &BTreeMap<(Period, &str), BTreeMap<Pair, &JourneyRow>>, problems: &mut Problems) {
    let ends: BTreeSet<&End> = pairs.values().flat_map(|of| of.keys()).flat_map(|(from, to)| [from, to]).collect();
    // Few ends hold others: each is looked up once, however many rows name it.
    let shares: BTreeSet<(&End, &End)> = ends.iter().flat_map(|a| ends.iter().filter(|b| a.may_share(b)).map(|b| (*a, *b))).collect();
    if shares.is_empty() {
        return;
    }
    for of in pairs.values() {
        let rows: Vec<(&Pair, &&JourneyRow)> = of.iter().collect();
        let meet = |a: &End, b: &End| a == b || shares.contains(&(a, b));
        let mut twice = rows.iter().enumerate().flat_map(|(i, a)| rows[..i].iter().map(move |b| (a, b)));
        if let Some((a, b)) = twice.find(|((a, _), (b, _))| meet(&a.0, &b.0) && meet(&a.1, &b.1)) {
            let (first, second) = if a.1.line < b.1.line { (a.1, b.1) } else { (b.1, a.1) };
            problems.error_said(Code::D215, Place::line(&second.file, second.line), said::ends_that_hold_one_another(first.line));
        }
    }
}

/// Two returns of the same months are one source with two files: nobody could say of two which people stand in both, and what each tells could be taken from
/// the other.
fn tell_two_returns(tables: &[JourneyTable], whole: Period, problems: &mut Problems) {
    let months = |table: &JourneyTable| -> Vec<Period> { table.rows.iter().map(|r| r.period.or(table.covers).unwrap_or(whole)).collect() };
    for (i, table) in tables.iter().enumerate() {
        let before: Vec<Period> = tables[..i].iter().flat_map(months).collect();
        let meets = |p: &Period| before.iter().any(|b| b.first <= p.last && p.first <= b.last);
        let row = table.rows.iter().find(|r| meets(&r.period.or(table.covers).unwrap_or(whole)));
        if let Some(row) = row {
            problems.error_said(Code::D215, Place::line(&row.file, row.line), said::two_returns_of_journeys());
        }
    }
}

/// Rows of months that other rows of the same kind hold in part: a year beside its quarters counts people twice.
fn tell_overlaps(table: &JourneyTable, period_of: impl Fn(&JourneyRow) -> Period, problems: &mut Problems) {
    let mut spans: Vec<(Period, &str)> = Vec::new();
    for row in &table.rows {
        let (span, kind) = (period_of(row), row.service.as_str());
        if spans.contains(&(span, kind)) {
            continue;
        }
        if let Some((other, _)) = spans.iter().find(|(known, of)| *of == kind && known.first <= span.last && span.first <= known.last) {
            let told = said::journeys_of_months_that_overlap(span, *other);
            problems.error_said(Code::D215, Place::line(&row.file, row.line), told);
            return;
        }
        spans.push((span, kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Month;

    fn span(first: &str, months: i32) -> Period {
        let first = Month::parse(first).unwrap();
        Period::new(first, first.plus(months - 1)).unwrap()
    }

    #[test]
    fn the_latest_whole_year_of_the_return_is_told() {
        let of = |spans: &[Period], complete: bool| latest_year(&spans.iter().copied().collect(), complete);
        let quarters = |firsts: &[&str]| firsts.iter().map(|q| span(q, 3)).collect::<Vec<_>>();
        let year = quarters(&["2022-04", "2022-07", "2022-10", "2023-01"]);
        assert_eq!(of(&year, false), Some((span("2022-04", 12), year.clone())));
        // Two quarters more change nothing, and a third year is told when it is whole.
        let more = [year.clone(), quarters(&["2023-04", "2023-07"])].concat();
        assert_eq!(of(&more, false).map(|t| t.0), Some(span("2022-04", 12)));
        let whole = [more, quarters(&["2023-10", "2024-01"])].concat();
        assert_eq!(of(&whole, false).map(|t| t.0), Some(span("2023-04", 12)));
        // A quarter without a row is nobody only where the return says so.
        let gap = quarters(&["2022-04", "2022-10", "2023-01"]);
        assert_eq!([of(&gap, false), of(&gap, true).map(|t| (t.0, vec![]))], [None, Some((span("2022-04", 12), vec![]))]);
        assert_eq!(of(&quarters(&["2022-04", "2022-07"]), true), None);
        // One kind by year and another by quarter.
        let both = [year, vec![span("2022-04", 12)]].concat();
        assert_eq!(of(&both, false).map(|t| (t.0, t.1.len())), Some((span("2022-04", 12), 5)));
        assert_eq!(of(&[span("2021-04", 12), span("2022-04", 12)], false).map(|t| t.0), Some(span("2022-04", 12)));
        assert_eq!(of(&[span("2021-01", 24)], false).map(|t| t.0), Some(span("2021-01", 24)));
        assert_eq!(of(&[], false), None);
    }
}

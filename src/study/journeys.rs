//! Where people came from, and where they were helped, as far as either end lies in the study.

use std::collections::{BTreeMap, BTreeSet};

use super::helped::HelpedOfKind;
use super::settings::StudySettings;
use super::whence::{End, Whence, whence};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{JourneyRow, JourneyTable, Origin, Tally, told_by_one_source};
use crate::units::{Cell, Period};

/// The journeys of one source, in the latest months that it tells of: a year, or as much of one as there is.
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
        let spans = latest_year(kinds.values().flat_map(|flows| flows.keys().map(|k| k.0)).collect());
        if let Some(period) = spans.first().zip(spans.last()).and_then(|(first, last)| Period::new(first.first, last.last)) {
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

/// So many months are told together.
const MONTHS_TOGETHER: i32 = 12;

/// The latest spans without a gap that are no more than a year together, the first of them first; one that is longer by itself.
fn latest_year(all: BTreeSet<Period>) -> Vec<Period> {
    let mut spans: Vec<Period> = all.into_iter().collect();
    spans.sort_by_key(|p| (p.last, p.first));
    let mut year: Vec<Period> = Vec::new();
    let Some(end) = spans.last().map(|p| p.last) else { return year };
    for span in spans.into_iter().rev() {
        let fits = year.last().is_none_or(|later| span.last.plus(1) == later.first && end.index() - span.first.index() < MONTHS_TOGETHER);
        if !fits {
            break;
        }
        year.push(span);
    }
    year.reverse();
    year
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

/// Rows of months that other rows hold in part: a year beside its quarters counts people twice.
fn tell_overlaps(table: &JourneyTable, period_of: impl Fn(&JourneyRow) -> Period, problems: &mut Problems) {
    let mut spans: Vec<(Period, &JourneyRow)> = Vec::new();
    for row in &table.rows {
        let span = period_of(row);
        if spans.iter().any(|(known, _)| *known == span) {
            continue;
        }
        if let Some((other, _)) = spans.iter().find(|(known, _)| known.first <= span.last && span.first <= known.last) {
            let told = said::journeys_of_months_that_overlap(span, *other);
            problems.error_said(Code::D215, Place::line(&row.file, row.line), told);
            return;
        }
        spans.push((span, row));
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
    fn the_latest_spans_without_a_gap_are_told_up_to_a_year() {
        let quarters = |firsts: &[&str]| latest_year(firsts.iter().map(|q| span(q, 3)).collect());
        assert_eq!(quarters(&["2022-10", "2023-01", "2023-04", "2023-07", "2023-10"])[0], span("2023-01", 3));
        assert_eq!(quarters(&["2023-01", "2023-07", "2023-10"]), [span("2023-07", 3), span("2023-10", 3)]);
        assert_eq!(latest_year([span("2021-04", 12), span("2022-04", 12)].into()), [span("2022-04", 12)]);
        // Two years in one row are told as they are.
        assert_eq!(latest_year([span("2021-01", 24)].into()), [span("2021-01", 24)]);
        assert!(latest_year(BTreeSet::new()).is_empty());
    }
}

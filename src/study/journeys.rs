//! Where people came from, and where they were helped, as far as either end lies in the study.

use std::collections::{BTreeMap, BTreeSet};

use super::settings::StudySettings;
use super::whence::{Elsewhere, End, Whence, how_far, whence};
use super::{Study, codes};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{JourneyRow, JourneyTable, Origin, Tally, told_by_one_source};
use crate::units::{AreaCode, Cell, Period};

/// The journeys of one source.
#[derive(Clone, Debug)]
pub struct Journeys {
    /// Position of the source in the plan.
    pub source: usize,
    /// Whether pairs of authorities without a row are nobody.
    pub complete: bool,
    /// Each once: months, kind of service and both ends.
    pub flows: Vec<Flow>,
}

/// People who came from one place to a service in another, or in the same.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The months.
    pub period: Period,
    /// Id of the type of service; empty for all together.
    pub service: String,
    /// Where they lived.
    pub from: Whence,
    /// Where the service is.
    pub to: Whence,
    /// How many, over all groups: withheld where the table keeps a part of them back.
    pub people: Cell<u64>,
}

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
        let mut sums: BTreeMap<(Period, String, Whence, Whence), Vec<Cell<u64>>> = BTreeMap::new();
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
            let (a, b) = (from.whence, to.whence);
            let pair: Pair = (from, to);
            if !seen.insert((months, &row.service, pair.clone(), row.group.to_lowercase())) {
                problems.error_said(Code::D215, Place::line(&row.file, row.line), said::journey_stands_twice());
            }
            if !matches!(a, Whence::Own(_)) && !matches!(b, Whence::Own(_)) {
                note.set_aside(said::JOURNEY_ELSEWHERE, 1);
                continue;
            }
            pairs.entry((months, row.service.as_str())).or_default().entry(pair).or_insert(row);
            sums.entry((months, row.service.clone(), a, b)).or_default().push(row.people);
        }
        tell_counted_twice(&pairs, problems);
        let flow = |((period, service, from, to), people): ((Period, String, Whence, Whence), Vec<Cell<u64>>)| Flow {
            period,
            service,
            from,
            to,
            people: Cell::sum(&people),
        };
        all.push(Journeys { source: table.source, complete: table.complete, flows: sums.into_iter().map(flow).collect() });
        notes.push(note);
    }
    (all, notes)
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

/// Which way a journey goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Heading {
    /// From the study to the study.
    Within,
    /// Out of it.
    Out,
    /// Into it.
    In,
}

impl Flow {
    /// Which way it goes; `None` where one end is not known.
    pub fn heading(&self) -> Option<Heading> {
        match (self.from, self.to) {
            (Whence::NotKnown, _) | (_, Whence::NotKnown) => None,
            (Whence::Own(_), Whence::Own(_)) => Some(Heading::Within),
            (Whence::Own(_), _) => Some(Heading::Out),
            _ => Some(Heading::In),
        }
    }
}

impl Journeys {
    /// Its spans of months, the latest last.
    pub fn spans(&self) -> Vec<Period> {
        let mut spans: Vec<Period> = self.flows.iter().map(|f| f.period).collect();
        spans.sort_by_key(|p| (p.last, p.first));
        spans.dedup();
        spans
    }
}

/// Fewer authorities than this are not told as a region: what is said of it would be said of one of them.
const FEWEST_OF_A_REGION: usize = 3;

impl Study {
    /// How far away another authority is.
    pub fn how_far(&self, authority: AreaCode) -> Elsewhere {
        how_far(authority)
    }

    /// Whether regions of England may be told apart: not where so much of one of them lies in the study, or is `named` by itself, that one or two other
    /// authorities are left of it.
    pub fn tells_regions(&self, named: &BTreeSet<AreaCode>) -> bool {
        let regions: BTreeSet<&str> = self.about.authorities.iter().chain(named).filter_map(|c| codes::region_of(*c)).collect();
        let named_inside: BTreeSet<AreaCode> = named.iter().flat_map(|c| codes::inside(*c).into_iter().chain([*c])).collect();
        regions.into_iter().filter_map(AreaCode::parse).all(|region| {
            let left =
                codes::inside(region).into_iter().filter(|c| !self.about.authorities.contains(c) && !named_inside.contains(c)).count();
            left == 0 || left >= FEWEST_OF_A_REGION
        })
    }
}

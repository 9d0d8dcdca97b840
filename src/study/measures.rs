//! Indicators of a study: whose each value is, and which values may be told at all.

use std::collections::BTreeMap;

use super::areas::Areas;
use super::settings::StudySettings;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Measure, MeasureKind, MeasureRow, MeasureTable, Origin, Tally, is_all_of_them};
use crate::units::{AreaCode, Cell, Geography, Period, Sensitivity, Standing};
use crate::vocabulary::{is_dimension, is_group};

/// An indicator of one table.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Position of the source in the plan.
    pub source: usize,
    /// What it is.
    pub measure: Measure,
    /// Its values, in time order; of one span, in the order of the table.
    pub readings: Vec<Reading>,
}

/// A value of an indicator.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Whose it is.
    pub whom: Whom,
    /// The months.
    pub period: Period,
    /// How many.
    pub part: Option<u64>,
    /// Out of how many.
    pub whole: Option<f64>,
    /// The value, where there are no counts. Of open sources only.
    pub value: Option<f64>,
    /// Its limits at 95 %, as published.
    pub limits: Option<(f64, f64)>,
    /// How many were asked, of a share that is no count of them. Of open sources only.
    pub asked: Option<u64>,
    /// Whether it may still change.
    pub state: Standing,
    /// Why there is no number; not applicable where there is one.
    pub nothing: Cell<f64>,
}

/// Whose a value is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whom {
    /// The partnership's.
    All,
    /// An area's, by code and name.
    Area(AreaCode, String),
    /// A group's, by what groups are told apart by and its name.
    Group(String, String),
    /// Something to compare with, by its name.
    Beside(String),
}

/// Places outside of a study that a restricted table may name.
const KNOWN_BESIDE: [&str; 8] =
    ["England", "England and Wales", "Wales", "London", "Inner London", "Outer London", "Great Britain", "United Kingdom"];

/// The indicators of all tables, and what is set aside.
pub(super) fn build(tables: &[MeasureTable], origins: &[Origin], areas: &Areas, settings: &StudySettings) -> (Vec<Measured>, Vec<Tally>) {
    let (mut all, mut notes): (Vec<(bool, Measured)>, Vec<Tally>) = (vec![], vec![]);
    for table in tables {
        let mut note = Tally::new(table.source, "values");
        let restricted = origins.get(table.source).is_none_or(|o| o.sensitivity == Sensitivity::Restricted);
        let mut own: Vec<Measured> = Vec::new();
        for row in &table.rows {
            match reading(row, restricted, areas, settings) {
                Err(why) => *note.set_aside.entry(why).or_default() += 1,
                Ok(reading) => match own.iter_mut().find(|m| m.measure.id == row.measure.id) {
                    Some(known) => {
                        if let Some(why) = known.take_in(reading) {
                            *note.set_aside.entry(why).or_default() += 1;
                        }
                    }
                    None => own.push(Measured { source: table.source, measure: row.measure.clone(), readings: vec![reading] }),
                },
            }
        }
        if restricted {
            // Nobody knows how the people of two tables are the same: what one tells of some months, the other could take apart.
            let told = |m: &Measured| all.iter().any(|known: &(bool, Measured)| known.0 && known.1.measure.id == m.measure.id);
            let twice: u64 = own.iter().filter(|m| told(m)).map(|m| m.readings.len() as u64).sum();
            *note.set_aside.entry(said::TOLD_ELSEWHERE).or_default() += twice;
            own.retain(|m| !told(m));
        }
        for measured in &mut own {
            measured.readings.sort_by_key(|r| (r.period.last, r.period.first));
            *note.set_aside.entry(said::NO_NUMBER).or_default() += without_blank_end(measured);
            if restricted {
                *note.set_aside.entry(said::MONTHS_HELD_LATER).or_default() += apart(measured);
            }
        }
        note.set_aside.retain(|_, n| *n > 0);
        own.retain(|m| !m.readings.is_empty());
        all.extend(own.into_iter().map(|m| (restricted, m)));
        notes.push(note);
    }
    (all.into_iter().map(|m| m.1).collect(), notes)
}

impl Measured {
    /// Adds a value. One place may be written in several ways (no area, its name, its code): the same value again is set aside; two that differ leave
    /// a wave of which nobody knows the value. Why it was set aside.
    fn take_in(&mut self, new: Reading) -> Option<&'static str> {
        let same = |r: &Reading| r.whom == new.whom && r.period == new.period;
        let Some(known) = self.readings.iter_mut().find(|r| same(r)) else {
            self.readings.push(new);
            return None;
        };
        let told = |r: &Reading| (r.part, r.whole.map(f64::to_bits), r.value.map(f64::to_bits), r.nothing);
        if told(known) == told(&new) {
            return Some(said::TOLD_TWICE);
        }
        // The wave is there, and its value is not known: without it an earlier one would be the latest.
        (known.part, known.whole, known.value, known.limits, known.nothing) = (None, None, None, None, Cell::NotApplicable);
        Some(said::TOLD_TWICE_UNLIKE)
    }
}

/// Warns of each table of which no value is left: the question would be answered by nothing, and nobody would know why.
pub(super) fn tell_empty(all: &[Measured], left_out: &[Tally], origins: &[Origin], problems: &mut Problems) {
    for note in left_out {
        let Some(n) = note.set_aside.get(said::TOLD_TWICE_UNLIKE) else { continue };
        let name = origins.get(note.source).map_or("", |o| o.name.as_str());
        problems.warn_said(Code::D211, Place::file(format!("source `{name}`")), said::values_told_unlike(*n));
    }
    for note in left_out.iter().filter(|n| all.iter().all(|m| m.source != n.source)) {
        let Some((why, n)) = note.set_aside.iter().max_by_key(|(_, n)| **n) else { continue };
        let name = origins.get(note.source).map_or("", |o| o.name.as_str());
        let said = said::no_value_of_a_table(note.set_aside.values().sum(), why, *n);
        problems.warn(Code::D211, Place::file(format!("source `{name}`")), said.what, said.next);
    }
}

/// A row as a value, or why it cannot be told.
fn reading(row: &MeasureRow, restricted: bool, areas: &Areas, settings: &StudySettings) -> Result<Reading, &'static str> {
    let whom = whom(row, restricted, areas, settings)?;
    if settings.period.is_some_and(|p| row.period.first > p.last) {
        return Err(said::AFTER_THE_STUDY);
    }
    if restricted && row.period.len() < row.measure.fewest_months {
        return Err(said::TOO_FINE);
    }
    let share = row.measure.kind == MeasureKind::Share;
    // A share of so many asked is a count of them.
    let of_asked = || {
        let asked = row.value.zip(row.n).filter(|(v, _)| share && (0.0..=row.measure.per).contains(v));
        // Where those who were asked were weighed, the value is no count of them; and limits that are published allow for it.
        asked.filter(|(v, n)| restricted || row.limits.is_none() && is_a_count(*v, *n, row.measure.per))
    };
    let (part, whole) = match (row.numerator, row.denominator, of_asked()) {
        (Some(n), whole, _) if !share || whole.or(row.n.map(|n| n as f64)).is_some() => (Some(n), whole.or(row.n.map(|n| n as f64))),
        (_, _, Some((value, n))) => (Some((value / row.measure.per * n as f64).round() as u64), Some(n as f64)),
        _ => (None, None),
    };
    if row.nothing != Cell::NotApplicable {
        let (part, whole, value, limits) = (None, None, None, None);
        return Ok(Reading { whom, period: row.period, part, whole, value, limits, asked: None, state: row.state, nothing: row.nothing });
    }
    let rate_of_nothing = row.measure.kind == MeasureKind::Rate && whole.is_none();
    let part = part.filter(|_| !rate_of_nothing && row.measure.kind != MeasureKind::Value);
    // Counted out of nobody, or of nobody knows how many: the wave is there, and its value is not known. Without it an earlier one would be the latest.
    let needs_whole = matches!(row.measure.kind, MeasureKind::Share | MeasureKind::Rate);
    if needs_whole && part.is_none() && row.numerator.is_some() && row.value.is_none() {
        let (part, whole, value, limits) = (None, None, None, None);
        return Ok(Reading {
            whom,
            period: row.period,
            part,
            whole,
            value,
            limits,
            asked: None,
            state: row.state,
            nothing: Cell::NotApplicable,
        });
    }
    if part.is_none() && restricted {
        return Err(said::NO_COUNTS);
    }
    let value = row.value.filter(|_| part.is_none());
    if part.is_none() && value.is_none() {
        return Err(said::NO_NUMBER_TO_WORK_OUT);
    }
    let limits = row.limits.filter(|_| value.is_some());
    let asked = row.n.filter(|n| value.is_some() && share && *n > 0);
    Ok(Reading { whom, period: row.period, part, whole, value, limits, asked, state: row.state, nothing: Cell::NotApplicable })
}

/// Whether a share, as it is written, is one of so many people: 44 of 640 is 281 or 282 of them; 38 of 22 is none.
fn is_a_count(value: f64, n: u64, per: f64) -> bool {
    let digits = format!("{value}").split_once('.').map_or(0, |(_, behind)| behind.len() as i32);
    let whole = (value / per * n as f64).round() / n as f64 * per;
    (whole - value).abs() <= 0.5 * 10_f64.powi(-digits) * (1.0 + 1e-9)
}

fn whom(row: &MeasureRow, restricted: bool, areas: &Areas, settings: &StudySettings) -> Result<Whom, &'static str> {
    let written = row.area.trim();
    let code = AreaCode::parse(written);
    let one = settings.authorities.len() == 1;
    let all = written.is_empty()
        || is_all_of_them(written)
        || written.eq_ignore_ascii_case(&settings.area_name)
        || code.is_some_and(|c| one && settings.authorities.contains(&c));
    if !row.group.is_empty() {
        let fit = |label: &str, known: fn(&str) -> bool| !restricted || known(label);
        let dimension = if row.dimension.is_empty() { "Group" } else { row.dimension.as_str() };
        return match (all, fit(&row.group, is_group) && (dimension == "Group" || fit(dimension, is_dimension))) {
            (false, _) => Err(said::GROUP_OF_AN_AREA),
            (true, false) => Err(said::NAME_NOT_PRINTED),
            (true, true) => Ok(Whom::Group(dimension.to_owned(), row.group.clone())),
        };
    }
    if all {
        return Ok(Whom::All);
    }
    let named = || areas.list.iter().find(|a| a.name.eq_ignore_ascii_case(written));
    let inside = code.and_then(|c| areas.position(c)).map(|i| &areas.list[i]).or_else(named);
    let level = |c: AreaCode| c.geography().unwrap_or(Geography::Lsoa);
    if let Some(area) = inside {
        return if restricted && level(area.code) < row.measure.smallest_area {
            Err(said::TOO_FINE)
        } else {
            Ok(Whom::Area(area.code, area.name.clone()))
        };
    }
    // A ward of a study by neighbourhoods: its neighbourhoods know it.
    if let Some(code) = code.filter(|c| areas.list.iter().any(|a| a.larger.contains(c) || a.authority == *c)) {
        return if restricted && level(code) < row.measure.smallest_area {
            Err(said::TOO_FINE)
        } else {
            Ok(Whom::Area(code, code.to_string()))
        };
    }
    let larger = code.is_some_and(|c| !matches!(c.geography(), Some(Geography::Lsoa | Geography::Msoa | Geography::Ward)));
    let known = KNOWN_BESIDE.iter().find(|k| k.eq_ignore_ascii_case(written));
    match known {
        Some(name) => Ok(Whom::Beside((*name).to_owned())),
        None if restricted && !larger => Err(said::NAME_NOT_PRINTED),
        None => Ok(Whom::Beside(written.to_owned())),
    }
}

/// Takes out rows without a number after the last that tells one, or that one is kept back: a form for the months to come. How many.
fn without_blank_end(measured: &mut Measured) -> u64 {
    let before = measured.readings.len();
    let last = measured.readings.iter().filter(|r| r.nothing != Cell::Missing).map(|r| r.period.last).max();
    measured.readings.retain(|r| r.nothing != Cell::Missing || last.is_some_and(|l| r.period.last <= l));
    (before - measured.readings.len()) as u64
}

/// Takes out values whose months a later one of the same people holds too; how many.
///
/// Two spans that overlap give away what lies in one of them alone.
fn apart(measured: &mut Measured) -> u64 {
    let before = measured.readings.len();
    let mut spans: Vec<Period> = measured.readings.iter().map(|r| r.period).collect();
    // Of those that end together the longer one, which holds more people and can be told apart further.
    spans.sort_by_key(|p| (p.last, p.len()));
    spans.dedup();
    let mut kept: BTreeMap<Period, ()> = BTreeMap::new();
    for span in spans.into_iter().rev() {
        if kept.keys().all(|k| k.first > span.last || k.last < span.first) {
            kept.insert(span, ());
        }
    }
    measured.readings.retain(|r| kept.contains_key(&r.period));
    (before - measured.readings.len()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::measure;
    use crate::units::Month;

    fn span(first: &str, last: &str) -> Period {
        Period::new(Month::parse(first).unwrap(), Month::parse(last).unwrap()).unwrap()
    }

    #[test]
    fn a_share_of_people_who_were_weighed_is_no_count() {
        assert!(is_a_count(44.0, 640, 100.0) && is_a_count(58.8, 640, 100.0) && is_a_count(50.0, 22, 100.0));
        assert!(!is_a_count(38.0, 22, 100.0) && !is_a_count(44.5, 30, 100.0) && !is_a_count(55.2, 338, 100.0));
    }

    #[test]
    fn one_place_under_two_names_is_one_wave_and_two_values_are_none() {
        let reading = |month: &str, part| Reading {
            whom: Whom::All,
            period: span(month, month),
            part: Some(part),
            whole: Some(640.0),
            value: None,
            limits: None,
            asked: None,
            state: Standing::Final,
            nothing: Cell::NotApplicable,
        };
        let mut measured =
            Measured { source: 0, measure: measure("q-safe-dark").unwrap().clone(), readings: vec![reading("2024-06", 300)] };
        assert_eq!(measured.take_in(reading("2025-06", 389)), None);
        assert_eq!(measured.take_in(reading("2025-06", 389)), Some(said::TOLD_TWICE));
        assert_eq!(measured.readings[1].part, Some(389));
        assert_eq!(measured.take_in(reading("2025-06", 289)), Some(said::TOLD_TWICE_UNLIKE));
        // Not the first, nor the last: nobody knows. The wave stays the latest.
        assert_eq!((measured.readings.len(), measured.readings[0].part, measured.readings[1].part), (2, Some(300), None));
        assert_eq!((without_blank_end(&mut measured), measured.readings.len()), (0, 2));
    }

    #[test]
    fn of_spans_that_overlap_the_latest_is_kept_and_those_clear_of_it() {
        let reading = |p| Reading {
            whom: Whom::All,
            period: p,
            part: Some(9),
            whole: None,
            value: None,
            limits: None,
            asked: None,
            state: Standing::Final,
            nothing: Cell::NotApplicable,
        };
        let spans = [span("2024-01", "2024-12"), span("2024-04", "2025-03"), span("2025-01", "2025-03"), span("2023-01", "2023-12")];
        let mut measured =
            Measured { source: 0, measure: measure("rape").unwrap().clone(), readings: spans.iter().map(|p| reading(*p)).collect() };
        // What ends with the longest that ends last, and what reaches into it.
        assert_eq!(apart(&mut measured), 2);
        let kept: Vec<String> = measured.readings.iter().map(|r| r.period.label()).collect();
        assert!(!kept.contains(&"Apr 2024 to Mar 2025".to_owned()) || !kept.contains(&"Jan 2025 to Mar 2025".to_owned()), "{kept:?}");
        for (i, a) in measured.readings.iter().enumerate() {
            for b in &measured.readings[..i] {
                assert!(a.period.first > b.period.last || a.period.last < b.period.first, "{kept:?}");
            }
        }
    }
}

//! The hour-by-weekday picture: how many people can come to a kind of service and be home again, hour by hour.

use super::state::{KindHours, State};
use super::{People, tell};
use crate::analyses::draft::{CountTable, Draft, DraftHead, Released, Telling};
use crate::analyses::words::slug;
use crate::model::{Arg, Body, Message, Row, Table};
use crate::msg;
use crate::sources::ServiceType;
use crate::study::{Hour, Study};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const HOURS: usize = 24;

struct Facts {
    area_name: String,
    kind: String,
    whom: &'static str,
    /// Hours of the week in which nothing is known of anybody.
    unknown: Vec<bool>,
    everybody: u64,
}

/// One for each kind of service that is open at some hour in which some area has no way there and back.
pub(super) fn drafts(study: &Study, kinds: &[(&'static ServiceType, KindHours)], head: impl Fn(String) -> DraftHead) -> Vec<Draft> {
    let Some(people) = People::of(study).into_iter().next() else { return vec![] };
    let draft = |(kind, hours): &(&'static ServiceType, KindHours)| {
        let states = |hour: Hour, wanted: State| -> f64 {
            let areas = people.weights.iter().enumerate();
            areas.filter(|(area, _)| hours.state(hour, *area) == wanted).map(|(_, n)| n).sum()
        };
        let cells: Vec<u64> = Hour::all().map(|hour| states(hour, State::Come).round() as u64).collect();
        // Who may come, if what is not known is good, is not known to stay at home.
        let may = |hour: Hour| {
            (0..people.weights.len())
                .any(|a| people.weights[a] > 0.0 && hours.state(hour, a) == State::NotKnown && hours.may_be_open(hour, a))
        };
        let unknown = Hour::all().map(may);
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            kind: kind.label.clone(),
            whom: people.whom,
            unknown: unknown.collect(),
            everybody: people.weights.iter().sum::<f64>().round() as u64,
        };
        let counts = cells.iter().zip(&facts.unknown).map(|(n, unknown)| (!unknown).then_some(*n));
        let counts: Vec<Option<u64>> = counts.collect();
        let table = CountTable::new(counts.chunks(HOURS).map(<[Option<u64>]>::to_vec).collect());
        Draft::new(head(format!("last-bus/week/{}", slug(&kind.id))), table, facts, tell)
    };
    // Where nobody is ever cut off, the hours of the picture are those of the doors.
    let cut_off = |(_, hours): &&(&'static ServiceType, KindHours)| {
        Hour::all().any(|hour| (0..people.weights.len()).any(|area| hours.state(hour, area) == State::NoWay))
    };
    kinds.iter().filter(cut_off).map(draft).collect()
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let rows: Vec<Row> =
        WEEKDAYS.iter().enumerate().map(|(day, label)| Row { code: None, label: (*label).to_owned(), cells: released.row(day) }).collect();
    let unit = || tell::unit(facts.whom);
    // The last hour in which anybody can come, on working days: what people call the last bus.
    let last = |day: usize| (0..HOURS).rev().find(|h| rows[day].cells[*h].known().is_some_and(|n| n > 0));
    let said = |day: usize, key: &'static str| -> Option<Message> {
        let hour = last(day)?;
        // Who can come in an hour that is not known may come later still.
        if facts.unknown[day * HOURS + hour..(day + 1) * HOURS].contains(&true) {
            return None;
        }
        let n = rows[day].cells[hour].known()?;
        let share = Arg::share(n as f64 / facts.everybody.max(1) as f64, 0);
        Some(msg!("last-bus-week-last", day = Arg::Key(key), hour = Arg::Hour(hour as u8), people = n, unit = unit(), share = share))
    };
    let mut sentences: Vec<Message> = [(2, "wednesday"), (6, "sunday")].into_iter().filter_map(|(day, key)| said(day, key)).collect();
    let unknown = facts.unknown.iter().filter(|u| **u).count();
    sentences.extend((unknown > 0).then(|| msg!("last-bus-week-not-known", hours = unknown)));
    Telling {
        headline: msg!("last-bus-week-headline", kind = &facts.kind),
        subtitle: msg!("last-bus-week-subtitle", unit = unit(), area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Table(Table {
            row_heading: "Day".into(),
            columns: (0..HOURS).map(|h| format!("{h:02}:00")).collect(),
            months: vec![],
            breaks: vec![],
            rows,
        }),
    }
}

//! One part of the week: for each kind of service, who can come and go home again, and what stops the others.

use super::state::State;
use crate::analyses::draft::{Released, Telling};
use crate::model::{Arg, Body, Message, Row, Shares, Text};
use crate::msg;

pub(super) struct Facts {
    pub area_name: String,
    pub whom: &'static str,
    pub moment: &'static str,
    pub labels: Vec<String>,
}

/// Youngest age of the women who are counted.
const ADULT: usize = 16;

/// Whom a finding counts: `women aged 16 and over`.
pub(super) fn unit(whom: &'static str) -> Message {
    match whom {
        "no-car" => msg!("last-bus-unit-no-car"),
        "disabled" => msg!("last-bus-unit-disabled"),
        whom => msg!("gaps-people-unit", whom = Arg::Key(whom), age = ADULT),
    }
}

/// The parts, as texts select on them.
const PARTS: [&str; 5] = ["come", "closed", "no-way", "neither", "not-known"];

pub(super) fn parts() -> Vec<Text> {
    PARTS.map(|part| Text::from(msg!("last-bus-part", part = Arg::Key(part)))).to_vec()
}

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let rows = released.parts_under(&facts.labels);
    let moment = || Arg::Key(facts.moment);
    let worst = |state: State| {
        let people = |r: &Row| r.cells.get(state as usize)?.known().filter(|n| *n > 0);
        let row = rows.iter().filter_map(|r| Some((people(r)?, r.whole().known()?, &r.label)));
        row.max_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)).then(b.2.cmp(a.2)))
    };
    let share = |n: u64, all: u64| Arg::share(n as f64 / all.max(1) as f64, 0);
    let mut headline = msg!("last-bus-headline", moment = moment());
    let mut sentences = Vec::new();
    if let Some((n, all, kind)) = worst(State::NoWay) {
        // What prints as 0% leads no page.
        if 200 * n >= all {
            headline = msg!("last-bus-headline-no-way", kind = kind, share = share(n, all), whom = Arg::Key(facts.whom), moment = moment());
        }
        sentences.push(msg!("last-bus-no-way", kind = kind, people = n, unit = unit(facts.whom), share = share(n, all), moment = moment()));
    }
    if let Some((n, all, kind)) = worst(State::Closed) {
        sentences.push(msg!("last-bus-closed", kind = kind, people = n, unit = unit(facts.whom), share = share(n, all), moment = moment()));
    }
    let unknown = rows.iter().filter(|r| r.cells.get(State::NotKnown as usize).is_some_and(|c| c.known().is_some_and(|n| n > 0))).count();
    sentences.extend((unknown > 0).then(|| msg!("last-bus-not-known", kinds = unknown)));
    Telling {
        headline,
        subtitle: msg!("last-bus-subtitle", unit = unit(facts.whom), moment = moment(), area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Shares(Shares {
            row_heading: "Type of service".into(),
            unit: unit(facts.whom).into(),
            parts: parts(),
            rows,
            in_steps: false,
        }),
    }
}

//! Who can come by stops, buses and trains that the timetable says are step-free, beside everybody's ways.

use super::state::State;
use super::tell::{parts, unit};
use super::{KindHours, Moment, People};
use crate::analyses::draft::{CountTable, Draft, DraftHead, Released, Telling};
use crate::model::{Arg, Body, Message, Row, Shares};
use crate::msg;
use crate::sources::ServiceType;
use crate::study::Study;

/// A kind of service, with everybody's hours and those of people who need ways without steps.
pub(super) type Kind<'a> = (&'static ServiceType, &'a KindHours<'a>, KindHours<'a>);

struct Facts {
    area_name: String,
    whom: &'static str,
    moment: &'static str,
    labels: Vec<String>,
}

/// Disabled people; all residents where the tables of residents do not tell of them.
fn people(study: &Study) -> Option<People> {
    let of = |group: &str| -> Option<Vec<f64>> {
        study.areas.residents(group).into_iter().collect::<Option<Vec<f64>>>().filter(|w| !w.is_empty())
    };
    let disabled = of("disabled").map(|weights| People { whom: "disabled", weights });
    disabled.or_else(|| of("all").map(|weights| People { whom: "residents", weights }))
}

/// One for each part of the week: two rows for each kind, step-free ways and all.
pub(super) fn drafts(study: &Study, kinds: &[Kind], moments: &[Moment], head: impl Fn(String) -> DraftHead) -> Vec<Draft> {
    let Some(people) = people(study) else { return vec![] };
    let draft = |moment: &Moment| {
        let rows = kinds.iter().flat_map(|(_, all, without)| [without, *all].map(|k| moment.row(k, &people.weights)));
        let labels = kinds.iter().flat_map(|(t, ..)| [format!("{}: step-free", t.label), format!("{}: all ways", t.label)]);
        let facts = Facts { area_name: study.about.area_name.clone(), whom: people.whom, moment: moment.id, labels: labels.collect() };
        let mut head = head(format!("last-bus/{}/step-free", moment.id));
        head.caveats.push(msg!("last-bus-caveat-steps"));
        Draft::new(head, CountTable::new(rows.collect()), facts, tell)
    };
    if kinds.is_empty() { vec![] } else { moments.iter().map(draft).collect() }
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let rows = released.parts_under(&facts.labels);
    let (moment, unit) = (|| Arg::Key(facts.moment), || unit(facts.whom));
    let people = |row: &Row, state: State| row.cells.get(state as usize).and_then(|c| c.known());
    let share = |n: u64, all: u64| Arg::share(n as f64 / all.max(1) as f64, 0);
    let mut sentences: Vec<Message> = Vec::new();
    // Where most are left behind who could come if steps did not matter.
    let left = rows.chunks_exact(2).filter_map(|pair| {
        let (come, no_way, whole) = (people(&pair[0], State::Come)?, people(&pair[0], State::NoWay)?, people(&pair[1], State::Come)?);
        (come < whole && no_way > 0).then_some((whole - come, come, whole, &pair[0]))
    });
    if let Some((_, come, whole, row)) = left.max_by(|a, b| a.0.cmp(&b.0).then(b.3.label.cmp(&a.3.label)))
        && let Some(all) = row.whole().known()
    {
        sentences.push(msg!(
            "last-bus-steps-fewer",
            kind = &row.label,
            moment = moment(),
            people = come,
            unit = unit(),
            share = share(come, all),
            whole = whole,
            whole_share = share(whole, all)
        ));
    }
    let unknown = rows
        .chunks_exact(2)
        .filter_map(|pair| Some((people(&pair[0], State::NotKnown).filter(|n| *n > 0)?, pair[0].whole().known()?, &pair[0].label)));
    if let Some((n, all, label)) = unknown.max_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(a.2))) {
        sentences.push(msg!("last-bus-steps-not-known", kind = label, moment = moment(), people = n, unit = unit(), share = share(n, all)));
    }
    Telling {
        headline: msg!("last-bus-steps-headline", moment = moment()),
        subtitle: msg!("last-bus-steps-subtitle", unit = unit(), moment = moment(), area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Shares(Shares { row_heading: "Type of service".into(), unit: unit().into(), parts: parts(), rows, in_steps: false }),
    }
}

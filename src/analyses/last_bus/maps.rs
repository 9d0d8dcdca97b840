//! Where people can come from, on small maps side by side: at noon and in the evening of weekdays, and on Sundays.

use super::state::{KindHours, OpenHours, State};
use super::{Moment, People, tell};
use crate::analyses::draft::{CountTable, Draft, DraftHead, Released, Telling};
use crate::analyses::words::slug;
use crate::model::{AreaGoing, Arg, Body, Going, GoingByArea};
use crate::msg;
use crate::sources::ServiceType;
use crate::study::{Hour, Study};
use crate::units::Geography;

/// What the maps show, in their order.
const SHOWN: [Moment; 3] = [
    Moment { id: "weekday-noon", days: 0..5, hours: 12..13 },
    Moment { id: "weekday-evening", days: 0..5, hours: 17..22 },
    Moment { id: "sunday", days: 6..7, hours: 9..22 },
];

struct Facts {
    area_name: String,
    geography: Geography,
    kind: String,
    service_type: String,
    whom: &'static str,
    rows: Vec<AreaGoing>,
}

/// One for each kind that is asked for by name; else for each that is open in some hour in which some area has no way there and back.
pub(super) fn drafts(
    study: &Study,
    kinds: &[(&'static ServiceType, KindHours)],
    named: bool,
    head: impl Fn(String) -> DraftHead,
) -> Vec<Draft> {
    let Some(people) = People::of(study).into_iter().next() else { return vec![] };
    let areas = &study.areas.list;
    let cut_off = |hours: &KindHours| Hour::all().any(|hour| (0..areas.len()).any(|area| hours.state(hour, area) == State::NoWay));
    let draft = |(kind, hours): &(&'static ServiceType, KindHours)| {
        let classes: Vec<[Going; 3]> = (0..areas.len()).map(|area| SHOWN.each_ref().map(|moment| going(moment, hours, area))).collect();
        let sum = |moment: usize, class: Going| -> f64 {
            classes.iter().zip(&people.weights).filter(|(c, _)| c[moment] == class).map(|(_, n)| n).sum()
        };
        let counts = (0..SHOWN.len()).map(|m| Going::ALL.map(|class| Some(sum(m, class).round() as u64)).to_vec());
        let rows = areas.iter().zip(&classes).map(|(area, [noon, evening, sunday])| AreaGoing {
            code: area.code,
            name: area.name.clone(),
            weekday_noon: *noon,
            weekday_evening: *evening,
            sunday: *sunday,
        });
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            kind: kind.label.clone(),
            service_type: kind.id.clone(),
            whom: people.whom,
            rows: rows.collect(),
        };
        Draft::new(head(format!("last-bus/map/{}", slug(&kind.id))), CountTable::new(counts.collect()), facts, tell)
    };
    kinds.iter().filter(|(_, hours)| named || cut_off(hours)).map(draft).collect()
}

/// What most of the hours are in which a service is open, or may be.
fn going(moment: &Moment, hours: &KindHours, area: usize) -> Going {
    let OpenHours { come, no_way, unknown } = hours.open_hours(moment.hours(), area);
    match () {
        () if come + no_way + unknown == 0 => Going::Closed,
        () if come > no_way + unknown => Going::Come,
        () if no_way > 0 && no_way >= come + unknown => Going::NoWay,
        () => Going::NotKnown,
    }
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let unit = || tell::unit(facts.whom);
    let count = |moment: usize, class: Going| released.at(moment, class as usize);
    let cut_off = (0..SHOWN.len()).filter_map(|m| Some((count(m, Going::NoWay).known().filter(|n| *n > 0)?, m)));
    let worst = cut_off.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    let said = |(n, m): (u64, usize)| {
        let all: Option<u64> = Going::ALL.iter().map(|class| count(m, *class).known()).sum();
        let share = Arg::share(n as f64 / all?.max(1) as f64, 0);
        Some(msg!("last-bus-map-no-way", kind = &facts.kind, moment = Arg::Key(SHOWN[m].id), people = n, unit = unit(), share = share))
    };
    Telling {
        headline: msg!("last-bus-map-headline", kind = &facts.kind),
        subtitle: msg!("last-bus-map-subtitle", kind = &facts.kind, area = &facts.area_name),
        sentences: worst.and_then(said).into_iter().collect(),
        figures: vec![],
        body: Body::Going(GoingByArea {
            geography: facts.geography,
            measure: facts.kind.clone(),
            service_type: facts.service_type.clone(),
            unit: unit().into(),
            rows: facts.rows.clone(),
            people: (0..SHOWN.len()).map(|m| Going::ALL.map(|class| count(m, class)).to_vec()).collect(),
        }),
    }
}

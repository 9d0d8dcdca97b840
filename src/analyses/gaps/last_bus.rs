use std::collections::BTreeMap;

use super::found::Found;
use super::ground::Ground;
use crate::analyses::last_bus::{KindHours, MOMENTS, Moment, State};
use crate::model::{Arg, Confidence, Message, Verdict};
use crate::msg;
use crate::sources::ServiceType;
use crate::study::Transit;

/// In which areas can nobody come to an open service by bus and be home again?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let asked = |t: &&&'static ServiceType| !t.confidential && t.is_direct();
    let kinds = ground.types.iter().filter(asked);
    let Some(transit) = &ground.study.transit else {
        // Without a timetable nobody knows of any service: a row for each theme, so that no cell of the matrix reads as none.
        let themes: BTreeMap<&str, &ServiceType> = kinds.map(|t| (t.theme.as_str(), *t)).collect();
        return themes.into_values().map(|kind| without_timetable(ground, kind)).collect();
    };
    kinds.filter_map(|kind| of_kind(ground, transit, kind)).collect()
}

fn of_kind(ground: &Ground, transit: &Transit, kind: &ServiceType) -> Option<Found> {
    let hours = KindHours::of(&ground.provision, transit, kind)?;
    let areas = ground.study.areas.list.len();
    let told: Vec<Vec<Option<bool>>> =
        MOMENTS.iter().map(|moment| (0..areas).map(|area| stays_away(moment, &hours, area)).collect()).collect();
    let gap = |area: usize| told.iter().any(|m| m[area] == Some(true));
    let unknown = |area: usize| told.iter().any(|m| m[area].is_none());
    let when: Vec<Message> = MOMENTS
        .iter()
        .zip(&told)
        .filter(|(_, m)| m.contains(&Some(true)))
        .map(|(m, _)| msg!("last-bus-when", moment = Arg::Key(m.id)))
        .collect();
    let verdict = match () {
        () if !when.is_empty() => Verdict::Gap,
        () if (0..areas).any(unknown) => Verdict::NotKnown,
        () => Verdict::NoGap,
    };
    let [each_way, visit] = [transit.settings.each_way_minutes, transit.settings.visit_minutes].map(|m| Arg::Number(m, 0));
    let found = Found::of_type(ground, "last-bus", kind, verdict)
        .measured(match verdict {
            Verdict::Gap => msg!("gaps-last-bus-no-way", when = when, each_way = each_way, visit = visit),
            Verdict::NotKnown => msg!("gaps-last-bus-records"),
            Verdict::NoGap => msg!("gaps-last-bus-way", each_way = each_way, visit = visit),
        })
        .by("last_bus")
        .sure(
            if verdict == Verdict::NotKnown { Confidence::Low } else { Confidence::Medium },
            match verdict {
                Verdict::NotKnown => msg!("gaps-last-bus-because-records"),
                Verdict::Gap | Verdict::NoGap => msg!("gaps-last-bus-because"),
            },
        )
        .otherwise(msg!("gaps-last-bus-otherwise"))
        .close(match verdict {
            Verdict::NotKnown => msg!("gaps-last-bus-ask"),
            Verdict::Gap | Verdict::NoGap => msg!("gaps-last-bus-close"),
        })
        .formula(msg!("gaps-last-bus-formula"))
        .resting_on(hours.services().map(|s| ground.record(s, msg!("gaps-rests-sites", sites = s.sites.len()))))
        .resting_on([ground.source(transit.source, msg!("gaps-rests-timetable"))]);
    Some(match verdict {
        Verdict::Gap => found.in_areas(ground, gap),
        Verdict::NotKnown => found.in_areas(ground, unknown),
        Verdict::NoGap => found,
    })
}

/// Whether there is no way to an open service in at least half of the open hours of a part of the week; `None` where it is not known.
fn stays_away(moment: &Moment, hours: &KindHours, area: usize) -> Option<bool> {
    let (mut come, mut no_way, mut unknown) = (0, 0, 0);
    for hour in moment.hours() {
        match hours.state(hour, area) {
            State::Come => come += 1,
            State::NoWay => no_way += 1,
            State::NotKnown => unknown += 1,
            State::Closed | State::Neither => {}
        }
    }
    match () {
        () if no_way > 0 && no_way >= come + unknown => Some(true),
        () if unknown > 0 && no_way + unknown >= come => None,
        () => Some(false),
    }
}

fn without_timetable(ground: &Ground, kind: &ServiceType) -> Found {
    let id = format!("no-timetable-{}", kind.theme);
    let mut row = Found::about(ground, "last-bus", &id, msg!("gaps-last-bus-subject"), Verdict::NotKnown)
        .measured(msg!("gaps-last-bus-no-timetable"))
        .by("last_bus")
        .sure(Confidence::Low, msg!("gaps-last-bus-because-no-timetable"))
        .otherwise(msg!("gaps-last-bus-otherwise"))
        .close(msg!("gaps-last-bus-add"))
        .formula(msg!("gaps-last-bus-formula"));
    row.theme.clone_from(&kind.theme);
    row.stage.clone_from(&kind.stage);
    row
}

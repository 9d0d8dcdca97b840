use std::collections::BTreeMap;

use super::found::Found;
use super::ground::Ground;
use super::pieces::Unit;
use crate::analyses::last_bus::{BANK_HOLIDAY, KindHours, Moment, OpenHours, moments};
use crate::analyses::words::slug;
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
    kinds.flat_map(|kind| [of_kind(ground, transit, kind), steps_of_kind(ground, transit, kind)]).flatten().collect()
}

/// For each part of the week and area whether people stay away. Of bank holidays hardly any record speaks: what is not known of them makes nothing not known.
fn told(ground: &Ground, moments: &[Moment], hours: &KindHours) -> Vec<Vec<Option<bool>>> {
    let one = |moment: &Moment, area: usize| stays_away(moment, hours, area).or((moment.id == BANK_HOLIDAY).then_some(false));
    moments.iter().map(|moment| (0..ground.study.areas.list.len()).map(|area| one(moment, area)).collect()).collect()
}

/// The parts of the week in which anybody stays away.
fn when(moments: &[Moment], told: &[Vec<Option<bool>>]) -> Vec<Message> {
    let gaps = moments.iter().zip(told).filter(|(_, m)| m.contains(&Some(true)));
    gaps.map(|(m, _)| msg!("last-bus-when", moment = Arg::Key(m.id))).collect()
}

fn of_kind(ground: &Ground, transit: &Transit, kind: &ServiceType) -> Option<Found> {
    let hours = KindHours::of(&ground.provision, transit, kind)?;
    let areas = ground.study.areas.list.len();
    let moments = moments(transit);
    let told = told(ground, &moments, &hours);
    let gap = |area: usize| told.iter().any(|m| m[area] == Some(true));
    let unknown = |area: usize| told.iter().any(|m| m[area].is_none());
    let when = when(&moments, &told);
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

/// Where people who need step-free ways stay away, and others can come. Nothing where the timetable tells of no step at all.
fn steps_of_kind(ground: &Ground, transit: &Transit, kind: &ServiceType) -> Option<Found> {
    if !transit.tells_steps {
        return None;
    }
    let (all, without) = (KindHours::of(&ground.provision, transit, kind)?, KindHours::without_steps(&ground.provision, transit, kind)?);
    let moments = moments(transit);
    let (everybody, mut told) = (told(ground, &moments, &all), told(ground, &moments, &without));
    // What keeps everybody away, or is known of nobody, is the other test's.
    for (others, own) in everybody.iter().flatten().zip(told.iter_mut().flatten()) {
        if *others != Some(false) {
            *own = Some(false);
        }
    }
    let gap = |area: usize| told.iter().any(|m| m[area] == Some(true));
    let unknown = |area: usize| told.iter().any(|m| m[area].is_none());
    let when = when(&moments, &told);
    let verdict = match () {
        () if !when.is_empty() => Verdict::Gap,
        () if (0..ground.study.areas.list.len()).any(unknown) => Verdict::NotKnown,
        () => Verdict::NoGap,
    };
    let id = format!("step-free-{}", slug(&kind.id));
    let subject = msg!("gaps-last-bus-steps-subject", kind = &kind.label);
    let row = Found::about(ground, "last-bus", &id, subject, verdict)
        .measured(match verdict {
            Verdict::Gap => msg!("gaps-last-bus-steps-no-way", when = when),
            Verdict::NotKnown => msg!("gaps-last-bus-steps-not-told"),
            Verdict::NoGap => msg!("gaps-last-bus-steps-way"),
        })
        .by("last_bus")
        .sure(if verdict == Verdict::NotKnown { Confidence::Low } else { Confidence::Medium }, msg!("gaps-last-bus-steps-because"))
        .otherwise(msg!("gaps-last-bus-steps-otherwise"))
        .close(match verdict {
            Verdict::NotKnown => msg!("gaps-last-bus-steps-ask"),
            Verdict::Gap | Verdict::NoGap => msg!("gaps-last-bus-steps-close"),
        })
        .formula(msg!("gaps-last-bus-steps-formula"))
        .resting_on(without.services().map(|s| ground.record(s, msg!("gaps-rests-sites", sites = s.sites.len()))))
        .resting_on([ground.source(transit.source, msg!("gaps-rests-timetable"))]);
    let mut row = match verdict {
        Verdict::Gap => of_disabled_people(row, ground, gap),
        Verdict::NotKnown => of_disabled_people(row, ground, unknown),
        Verdict::NoGap => row,
    };
    (row.theme, row.stage, row.form) = (kind.theme.clone(), kind.stage.clone(), kind.form.clone());
    Some(row)
}

/// The disabled people of some areas, where the tables of residents tell of them.
fn of_disabled_people(row: Found, ground: &Ground, wanted: impl Fn(usize) -> bool + Copy) -> Found {
    let mut row = row.in_areas(ground, wanted);
    let disabled = ground.study.areas.residents("disabled");
    let sum = |here: &dyn Fn(usize) -> bool| -> Option<u64> {
        let sum: Option<f64> = (0..disabled.len()).filter(|a| here(*a)).map(|a| disabled[a]).sum();
        sum.map(|n| n.round() as u64)
    };
    (row.people, row.of, row.unit, row.need) = (sum(&wanted), sum(&|_| true), Unit::Disabled, None);
    let about = &ground.study.about;
    row.who = match row.areas.len() {
        0 => msg!("gaps-last-bus-steps-who-all", area = &about.area_name),
        n => msg!(
            "gaps-last-bus-steps-who",
            areas = n,
            singular = about.geography.singular(),
            plural = about.geography.plural(),
            area = &about.area_name
        ),
    };
    row
}

/// Whether there is no way to an open service in at least half of the open hours of a part of the week; `None` where it is not known.
fn stays_away(moment: &Moment, hours: &KindHours, area: usize) -> Option<bool> {
    let OpenHours { come, no_way, unknown } = hours.open_hours(moment.hours(), area);
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

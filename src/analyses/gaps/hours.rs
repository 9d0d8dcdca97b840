use super::found::{Found, Measured};
use super::ground::Ground;
use crate::model::{Arg, Confidence, Message, Verdict};
use crate::msg;
use crate::study::{Dataset, Group, Select, Slice};
use crate::units::{MINUTES_OF_WEEK, OpenDates, OpenShares};

/// The night, as the Safety of Women at Night fund defines it: from which hour, to which.
const NIGHT: (u8, u8) = (18, 6);
/// Hours of the nights of a week.
const NIGHT_HOURS: u64 = 7 * 12;
/// How a catalogue writes hours.
const WRITTEN: &str = "Mo-Fr 09:00-17:00";
/// Months of reports: those of the other tables, so that no further count is released.
const MONTHS: usize = 12;

/// Is anything for a crisis open at night, when so much of what is reported happens?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let timed = ground.study.datasets.iter().find(|d| d.has_facets && night_and_day(d).iter().any(|c| c.0 > 0));
    let mut all = Vec::new();
    for kind in ground.types.iter().filter(|t| t.stage == "crisis" && !t.confidential) {
        let running = ground.running(kind);
        if running.is_empty() {
            continue;
        }
        // Over real dates: what is open every other week is open, though in no week that could stand for all.
        let known: Vec<&OpenDates> = running.iter().filter_map(|s| s.more.hours.as_ref()).map(|h| &h.dates).collect();
        let night_hours = at_night(&known.iter().fold(OpenDates::default(), |sum, h| sum.or(h)).shares());
        let verdict = match (night_hours > 0, known.len() == running.len(), timed) {
            (true, _, _) => Verdict::NoGap,
            (false, true, Some(_)) => Verdict::Gap,
            _ => Verdict::NotKnown,
        };
        let silent = known.len() < running.len();
        let no_bank_holidays = running.iter().all(|s| s.more.hours.as_ref().is_some_and(|h| h.on_bank_holidays == Some(false)));
        let mut found = Found::of_type(ground, "hours", kind, verdict)
            .counting(match verdict {
                Verdict::Gap => Measured::ClosedAt { services: running.len(), hours: NIGHT, on_bank_holidays_too: no_bank_holidays },
                Verdict::NoGap => Measured::Said(msg!("gaps-hours-open", open = night_hours, nights = NIGHT_HOURS)),
                Verdict::NotKnown if silent => Measured::Said(msg!("gaps-hours-not-given")),
                Verdict::NotKnown => Measured::Said(msg!("gaps-hours-closed-no-source")),
            })
            .by("night_hours")
            .sure(
                if verdict == Verdict::NotKnown { Confidence::Low } else { Confidence::Medium },
                match verdict {
                    Verdict::NotKnown if silent => msg!("gaps-hours-because-records"),
                    Verdict::NotKnown => msg!("gaps-hours-because-sources"),
                    Verdict::NoGap => msg!("gaps-hours-because-open"),
                    Verdict::Gap => msg!("gaps-hours-because"),
                },
            )
            .otherwise(msg!("gaps-hours-otherwise"))
            .close(match verdict {
                Verdict::NotKnown if silent => msg!("gaps-hours-ask", example = WRITTEN),
                Verdict::NotKnown => msg!("gaps-hours-add"),
                Verdict::Gap | Verdict::NoGap => msg!("gaps-hours-close"),
            })
            .formula(msg!("gaps-hours-formula", from = Arg::Hour(NIGHT.0), to = Arg::Hour(NIGHT.1)))
            .resting_on(running.iter().map(|s| ground.record(s, hours_said(s.more.hours.as_ref().map(|h| h.dates.shares())))));
        if let (Verdict::Gap, Some(dataset)) = (verdict, timed) {
            let [night, day] = night_and_day(dataset);
            found.counts = [Some((night.0, Some(night.1))), Some((day.0, Some(day.1)))];
            found.who = msg!("gaps-hours-who", area = &ground.study.about.area_name);
            found = found.resting_on([ground.source(dataset.source, msg!("gaps-rests-reports", months = MONTHS))]);
        }
        all.push(found);
    }
    all
}

fn night_and_day(dataset: &Dataset) -> [(u64, Slice); 2] {
    let period = dataset.period.last_months(MONTHS);
    [Group::Night, Group::Day].map(|group| {
        let select = Select { period: Some(period), group: Some(group), ..Select::default() };
        (dataset.total(&select), dataset.slice(&select))
    })
}

/// Hours open at night in a week, on average: whole ones, and one where it is any.
fn at_night(hours: &OpenShares) -> u64 {
    whole_hours(hours.minutes_of_day(NIGHT.0.into(), NIGHT.1.into()))
}

fn whole_hours(minutes: f64) -> u64 {
    if minutes > 0.0 { (minutes / 60.0).round().max(1.0) as u64 } else { 0 }
}

fn hours_said(hours: Option<OpenShares>) -> Message {
    hours.map_or_else(
        || msg!("gaps-rests-hours-not-given"),
        |h| {
            let (week, night) = (whole_hours(h.minutes_between(0, MINUTES_OF_WEEK)), at_night(&h));
            msg!("gaps-rests-hours", hours = week, night = night, from = Arg::Hour(NIGHT.0), to = Arg::Hour(NIGHT.1))
        },
    )
}

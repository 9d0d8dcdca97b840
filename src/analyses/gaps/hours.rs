use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
use crate::study::{Dataset, Group, Select, Slice};
use crate::units::WeekHours;

/// The night, as the Safety of Women at Night fund defines it.
const NIGHT: (u16, u16) = (18, 6);
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
        let known: Vec<&WeekHours> = running.iter().filter_map(|s| s.more.hours.as_ref()).map(|h| &h.week).collect();
        let together = known.iter().fold(WeekHours::default(), |sum, h| sum.or(h));
        let night_hours = together.minutes_between(NIGHT.0, NIGHT.1) / 60;
        let verdict = match (night_hours > 0, known.len() == running.len(), timed) {
            (true, _, _) => Verdict::NoGap,
            (false, true, Some(_)) => Verdict::Gap,
            _ => Verdict::NotKnown,
        };
        let no_bank_holidays = running.iter().all(|s| s.more.hours.as_ref().is_some_and(|h| h.on_bank_holidays == Some(false)));
        let mut found = Found::of_type(ground, "hours", kind, verdict)
            .measured(match verdict {
                Verdict::Gap => format!(
                    "none of the {} listed services is open between 18:00 and 06:00, when {{share}} % of timed reports ({{a}}, against {{b}} by day) say that people feel unsafe{}",
                    running.len(),
                    if no_bank_holidays { "; all are closed on bank holidays" } else { "" }
                ),
                Verdict::NoGap => format!("open for {night_hours} of the 84 hours of the week's nights, all listed services together"),
                Verdict::NotKnown if known.len() < running.len() => "the catalogue does not give the hours of every service".to_owned(),
                Verdict::NotKnown => "closed at night; no source says at what hours people are in need".to_owned(),
            })
            .by("night_hours")
            .sure(
                if verdict == Verdict::NotKnown { Confidence::Low } else { Confidence::Medium },
                match verdict {
                    Verdict::NotKnown => "records or sources are silent",
                    Verdict::NoGap => "hours as the records give them, and none of them was rung",
                    Verdict::Gap => "reports are of feeling unsafe in public: who needs this service at night is known from it only in part",
                },
            )
            .otherwise("A helpline or the police may take calls at night; need by day may be as great for those who cannot report.")
            .close(match verdict {
                Verdict::NotKnown => "Ask providers for their hours, written as `Mo-Fr 09:00-17:00`.",
                _ => "Evening or weekend hours at one site, or a night line that hands over in the morning.",
            })
            .formula("minutes open from 18:00 to 06:00 in an ordinary week, all running services together = 0")
            .resting_on(running.iter().map(|s| ground.record(s, hours_said(s.more.hours.as_ref().map(|h| &h.week)))));
        if let (Verdict::Gap, Some(dataset)) = (verdict, timed) {
            let [night, day] = night_and_day(dataset);
            found.counts = [Some((night.0, Some(night.1))), Some((day.0, Some(day.1)))];
            found.who = format!("People in {} who need it at night", ground.study.about.area_name);
            found = found.resting_on([ground.source(dataset.source, "reports by day and by night, the latest twelve months")]);
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

fn hours_said(hours: Option<&WeekHours>) -> String {
    hours.map_or("hours not known".into(), |h| {
        format!("open {} hours a week, {} of them between 18:00 and 06:00", h.minutes() / 60, h.minutes_between(NIGHT.0, NIGHT.1) / 60)
    })
}

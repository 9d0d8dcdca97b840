use super::found::Found;
use super::ground::Ground;
use crate::analyses::words::{agreed, counted};
use crate::model::{Confidence, Verdict};
use crate::study::{Service, ServiceState as State};

/// Can the catalogue itself be believed? Records that nobody has checked for a year, or that leave out what the other tests need.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let year_ago = ground.as_of().get(..4).and_then(|y| y.parse::<i32>().ok()).map(|y| format!("{}{}", y - 1, &ground.as_of()[4..]));
    let Some(year_ago) = year_ago else { return vec![] };
    let services: Vec<&Service> = ground.here().filter(|s| ground.state(s) != State::Ended).collect();
    let stale: Vec<&&Service> = services.iter().filter(|s| s.more.last_verified.as_deref().is_none_or(|d| d < year_ago.as_str())).collect();
    let verdict = match () {
        () if services.is_empty() => Verdict::NotKnown,
        () if stale.is_empty() => Verdict::NoGap,
        () => Verdict::Gap,
    };
    let mut found =
        Found::about(ground, "evidence", "stale", "Records checked within a year", verdict)
            .measured(match verdict {
                Verdict::NotKnown => "the plan has no catalogue of services".to_owned(),
                Verdict::NoGap => format!("every record ({}) was checked within a year", services.len()),
                Verdict::Gap => {
                    format!(
                        "{} of {} {} last checked over a year ago, or nobody knows when",
                        stale.len(),
                        counted(services.len(), "record", "records"),
                        agreed(stale.len(), "was", "were")
                    )
                }
            })
            .by("fresh_record")
            .sure(Confidence::High, "the dates of the records")
            .otherwise("A record may be right without having been checked.")
            .close("Ring these providers, and write the day into the catalogue.")
            .formula("records whose last check is missing or over twelve months before the day looked at")
            .resting_on(stale.iter().map(|s| {
                ground.record(s, format!("last checked {}", s.more.last_verified.as_deref().unwrap_or("never, as far as known")))
            }));
    found.who = "Everybody who relies on this catalogue".into();
    found.theme = "trust".into();
    vec![found]
}

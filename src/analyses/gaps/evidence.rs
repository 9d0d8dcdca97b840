use super::found::Found;
use super::ground::Ground;
use super::pieces::day;
use crate::model::{Confidence, Verdict};
use crate::msg;
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
    let records = services.len();
    let mut found = Found::about(ground, "evidence", "stale", msg!("gaps-evidence-subject"), verdict)
        .who(msg!("gaps-evidence-who"))
        .measured(match verdict {
            Verdict::NotKnown => msg!("gaps-evidence-no-catalogue"),
            Verdict::NoGap => msg!("gaps-evidence-fresh", records = records),
            Verdict::Gap => msg!("gaps-evidence-stale", stale = stale.len(), records = records),
        })
        .by("fresh_record")
        .sure(Confidence::High, msg!("gaps-because-dates"))
        .otherwise(msg!("gaps-evidence-otherwise"))
        .close(msg!("gaps-evidence-close"))
        .formula(msg!("gaps-evidence-formula", months = 12_usize))
        .resting_on(stale.iter().map(|s| {
            let said = match s.more.last_verified.as_deref() {
                Some(checked) => msg!("gaps-rests-checked", day = day(checked)),
                None => msg!("gaps-rests-never-checked"),
            };
            ground.record(s, said)
        }));
    found.theme = "trust".into();
    vec![found]
}

use super::found::Found;
use super::ground::Ground;
use super::pieces::by_the_list;
use crate::model::{Arg, Confidence, Verdict};
use crate::msg;
use crate::sources::ServiceStatus;
use crate::study::ServiceState as State;

/// Is there any service of the kind? None listed is a gap only where the plan says that the catalogue lists every one.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let each = ground.types.iter().map(|kind| {
        let running = ground.running(kind);
        let (verdict, measured) = match (ground.listed(kind), ground.complete(kind)) {
            (true, _) => (Verdict::NoGap, msg!("gaps-existence-runs")),
            (false, true) => (Verdict::Gap, msg!("gaps-existence-gap")),
            (false, false) => (Verdict::NotKnown, msg!("gaps-existence-not-listed")),
        };
        let planned = ground.of_type(kind, State::Planned);
        let mut found = Found::of_type(ground, "existence", kind, verdict)
            .measured(measured)
            .by("map_of_gaps")
            .otherwise(msg!("gaps-existence-otherwise"))
            .close(if planned.is_empty() { msg!("gaps-existence-close") } else { msg!("gaps-existence-planned") })
            .formula(msg!("gaps-existence-formula"))
            .resting_on(running.iter().chain(&planned).map(|s| ground.record(s, msg!("gaps-rests-status", status = status(s.status)))));
        found = match verdict {
            Verdict::NoGap => found.sure(Confidence::High, msg!("gaps-existence-because")),
            // That nothing is missing from the catalogue is what its author says, and nobody has checked.
            Verdict::Gap => found.sure(Confidence::Medium, by_the_list(true)).in_areas(ground, |_| true),
            Verdict::NotKnown => found.sure(Confidence::Low, by_the_list(false)).in_areas(ground, |_| true),
        };
        found
    });
    each.collect()
}

/// What a record says of whether a service runs, as texts select on it.
fn status(status: ServiceStatus) -> Arg {
    Arg::Key(match status {
        ServiceStatus::Active => "active",
        ServiceStatus::Inactive => "inactive",
        ServiceStatus::Defunct => "defunct",
        ServiceStatus::TemporarilyClosed => "temporarily-closed",
        ServiceStatus::Unknown => "unknown",
    })
}

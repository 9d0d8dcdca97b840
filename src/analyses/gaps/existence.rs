use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
use crate::study::ServiceState as State;

/// Is there any service of the kind? None listed is a gap only where the plan says that the catalogue lists every one.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let each = ground.types.iter().map(|kind| {
        let running = ground.running(kind);
        let (verdict, measured) = match (ground.listed(kind), ground.complete(kind)) {
            (true, _) => (Verdict::NoGap, "at least one service is listed and running".to_owned()),
            (false, true) => (Verdict::Gap, "no service is running, and the catalogue is said to list every one".to_owned()),
            (false, false) => (Verdict::NotKnown, "the catalogue lists none; that is no proof that there is none".to_owned()),
        };
        let planned = ground.of_type(kind, State::Planned);
        let mut found = Found::of_type(ground, "existence", kind, verdict)
            .measured(measured)
            .by("map_of_gaps")
            .otherwise("A service may be there under another name, or be commissioned by a neighbour, the region or the NHS.")
            .close(if planned.is_empty() {
                "Ask neighbours and health partners who provides it here; commission it, or a share of one, if nobody does.".to_owned()
            } else {
                "One is planned: see that it starts.".to_owned()
            })
            .formula("running services of the type = 0")
            .resting_on(running.iter().chain(&planned).map(|s| ground.record(s, format!("status {:?}", s.status).to_lowercase())));
        found = match verdict {
            Verdict::NoGap => found.sure(Confidence::High, "a record says so"),
            // That nothing is missing from the catalogue is what its author says, and nobody has checked.
            Verdict::Gap => found.sure(Confidence::Medium, "the plan vouches for the catalogue").in_areas(ground, |_| true),
            Verdict::NotKnown => found.sure(Confidence::Low, "the plan does not vouch for the catalogue").in_areas(ground, |_| true),
        };
        found
    });
    each.collect()
}

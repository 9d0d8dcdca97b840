use super::found::Found;
use super::ground::Ground;
use crate::analyses::words::decimal;
use crate::model::{Confidence, Verdict};
use crate::sources::service_type;
use crate::study::{Service, is_full};

/// Is there room where people are helped directly? A service is full where its list is closed, or where as many people use it as it has places for and somebody waits.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let mut all = Vec::new();
    for service in super::direct(ground) {
        let Some(kind) = service.types.iter().find_map(|t| service_type(t)) else { continue };
        let more = &service.more;
        let verdict = match is_full(service) {
            Some(true) => Verdict::Gap,
            Some(false) => Verdict::NoGap,
            None => Verdict::NotKnown,
        };
        let closed = more.list_open == Some(false);
        let waited_for = more.waiting.is_some_and(|n| n > 0);
        let withheld = more.withheld.capacity || more.withheld.caseload || more.withheld.waiting;
        // No standard says how long is too long: it is told, and not judged.
        let days = more
            .wait_days
            .filter(|_| ground.may_quote(service))
            .map_or(String::new(), |n| format!(", {} days as the record says", decimal(n, 0)));
        let others: Vec<&Service> = ground.running(kind).into_iter().filter(|s| s.id != service.id && is_full(s) == Some(false)).collect();
        let mut found = Found::of_type(ground, "waiting", kind, verdict)
            .measured(match verdict {
                Verdict::Gap if closed => format!("{} takes nobody new: its list is closed", ground.name(service)),
                Verdict::Gap => format!("{} is full, and people wait for it{days}", ground.name(service)),
                Verdict::NoGap => format!("{} has room{days}", ground.name(service)),
                Verdict::NotKnown if waited_for => {
                    format!("people wait for {}{days}; whether it has room all the same, its record does not say", ground.name(service))
                }
                Verdict::NotKnown if withheld => {
                    format!(
                        "whether {} has room is not told: its numbers are of a restricted catalogue, and withheld",
                        ground.name(service)
                    )
                }
                Verdict::NotKnown => format!("the record of {} does not say whether it has room{days}", ground.name(service)),
            })
            .by("contract")
            .sure(
                match verdict {
                    Verdict::NotKnown => Confidence::Low,
                    _ if more.last_verified.is_some() => Confidence::High,
                    _ => Confidence::Medium,
                },
                if verdict == Verdict::NotKnown { "the record does not settle it" } else { "the provider's own figures" },
            )
            .otherwise(if others.is_empty() {
                "People may wait at several services at once, and be counted at each."
            } else {
                "Another service of the kind has room: people may not know of it, or it may not be for them."
            })
            .close(match verdict {
                Verdict::NotKnown => "Ask the provider for capacity, cases and people waiting.",
                _ => "More places, shorter waits for those at risk, or a way on to another service.",
            })
            .formula("list closed, or cases ≥ capacity in places and people waiting > 0")
            .resting_on([ground.record(service, format!("capacity, caseload and waiting{}", if closed { "; list closed" } else { "" }))])
            .resting_on(others.iter().map(|s| ground.record(s, "has room")));
        found.id = format!("waiting/{}", ground.key(service));
        found.subject = format!("{} ({})", kind.label, ground.name(service));
        if verdict == Verdict::Gap || (verdict == Verdict::NotKnown && (waited_for || more.withheld.waiting)) {
            found.people_withheld = more.withheld.waiting;
            found.who = format!("People waiting for {}", ground.name(service));
            found.people = more.waiting.map(u64::from);
            found.unit = "people waiting";
        }
        all.push(found);
    }
    all
}

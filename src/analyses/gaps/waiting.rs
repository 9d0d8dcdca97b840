use super::found::Found;
use super::ground::Ground;
use super::pieces::Unit;
use crate::model::{Arg, Confidence, Message, Verdict};
use crate::msg;
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
        let gives_all = !withheld && more.capacity.is_some() && more.caseload.is_some() && more.waiting.is_some();
        // No standard says how long is too long: it is told, and not judged.
        let days = more.wait_days.filter(|_| ground.may_quote(service));
        let for_days = |said: Message| match days {
            Some(days) => msg!("gaps-waiting-days", what = said, days = Arg::Number(days, 0)),
            None => said,
        };
        let name = || ground.name(service);
        let others: Vec<&Service> = ground.running(kind).into_iter().filter(|s| s.id != service.id && is_full(s) == Some(false)).collect();
        let mut found = Found::of_type(ground, "waiting", kind, verdict)
            .measured(match verdict {
                Verdict::Gap if closed => msg!("gaps-waiting-closed", service = name()),
                Verdict::Gap => for_days(msg!("gaps-waiting-full", service = name())),
                Verdict::NoGap => for_days(msg!("gaps-waiting-room", service = name())),
                Verdict::NotKnown if waited_for => for_days(msg!("gaps-waiting-waited-for", service = name())),
                Verdict::NotKnown if withheld => msg!("gaps-waiting-withheld", service = name()),
                Verdict::NotKnown => for_days(msg!("gaps-waiting-not-given", service = name())),
            })
            .by("contract")
            .sure(
                match verdict {
                    Verdict::NotKnown => Confidence::Low,
                    _ if more.last_verified.is_some() => Confidence::High,
                    _ => Confidence::Medium,
                },
                match verdict {
                    Verdict::NotKnown if gives_all => msg!("gaps-waiting-because-unsettled"),
                    Verdict::NotKnown => msg!("gaps-waiting-because-silent"),
                    Verdict::Gap | Verdict::NoGap => msg!("gaps-waiting-because"),
                },
            )
            .otherwise(if others.is_empty() { msg!("gaps-waiting-otherwise") } else { msg!("gaps-waiting-otherwise-room") })
            .close(match verdict {
                Verdict::NotKnown if gives_all => msg!("gaps-waiting-ask-room"),
                Verdict::NotKnown => msg!("gaps-waiting-ask"),
                Verdict::Gap | Verdict::NoGap => msg!("gaps-waiting-close"),
            })
            .formula(msg!("gaps-waiting-formula"))
            .resting_on([ground.record(service, if closed { msg!("gaps-rests-waiting-closed") } else { msg!("gaps-rests-waiting") })])
            .resting_on(others.iter().map(|s| ground.record(s, msg!("gaps-rests-room"))));
        found.id = format!("waiting/{}", ground.key(service));
        found.subject = msg!("gaps-waiting-subject", kind = &kind.label, service = name()).into();
        if verdict == Verdict::Gap || (verdict == Verdict::NotKnown && (waited_for || more.withheld.waiting)) {
            found.people_withheld = more.withheld.waiting;
            found.who = msg!("gaps-waiting-who", service = name());
            found.people = more.waiting.map(u64::from);
            found.unit = Unit::Waiting;
        }
        all.push(found);
    }
    all
}

use super::found::Found;
use super::ground::Ground;
use super::pieces::{Unit, day};
use crate::model::{Confidence, Message, Verdict};
use crate::msg;
use crate::study::Service;
use crate::units::Month;

/// Will it still be there? A gap where every running service of a kind ends within the months ahead.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let horizon = Month::parse(&ground.as_of()[..7]).map(|m| m.plus(i32::from(ground.settings.months_ahead)));
    let Some(horizon) = horizon.map(Month::last_day) else { return vec![] };
    let mut all = Vec::new();
    for kind in &ground.types {
        let running = ground.running(kind);
        if running.is_empty() {
            continue;
        }
        let ends = |s: &&Service| s.more.contract_end.as_deref().map(|d| d <= horizon.as_str());
        let soon: Vec<&Service> = running.iter().copied().filter(|s| ends(s) == Some(true)).collect();
        let unknown = running.iter().filter(|s| ends(s).is_none()).count();
        let verdict = match () {
            () if soon.len() == running.len() => Verdict::Gap,
            () if soon.len() + unknown == running.len() => Verdict::NotKnown,
            () => Verdict::NoGap,
        };
        let quoted = soon.iter().all(|s| ground.may_quote(s));
        let last = soon.iter().filter_map(|s| s.more.contract_end.as_deref()).max().filter(|_| quoted);
        let one_funder = running.iter().all(|s| s.more.payers().is_some_and(|p| p.len() == 1));
        let cases: Option<u64> = soon.iter().map(|s| s.more.caseload.map(u64::from)).sum();
        let mut found = Found::of_type(ground, "sustainability", kind, verdict)
            .measured(match verdict {
                Verdict::Gap => ends_by(last, usize::from(ground.settings.months_ahead), one_funder),
                Verdict::NotKnown => msg!("gaps-sustainability-not-known", silent = unknown, records = running.len()),
                Verdict::NoGap => msg!("gaps-sustainability-longer"),
            })
            .by("contract")
            .sure(
                if verdict == Verdict::NotKnown { Confidence::Low } else { Confidence::High },
                if verdict == Verdict::NotKnown { msg!("gaps-sustainability-because-silent") } else { msg!("gaps-because-dates") },
            )
            .otherwise(msg!("gaps-sustainability-otherwise"))
            .close(match verdict {
                Verdict::NotKnown => msg!("gaps-sustainability-ask"),
                Verdict::Gap | Verdict::NoGap => msg!("gaps-sustainability-close"),
            })
            .formula(msg!("gaps-sustainability-formula"))
            .resting_on(running.iter().map(|s| {
                let said = match s.more.contract_end.as_deref() {
                    Some(end) => msg!("gaps-rests-contract", day = day(end)),
                    None => msg!("gaps-rests-contract-not-given"),
                };
                ground.record(s, said)
            }));
        if verdict == Verdict::Gap {
            found.who = msg!("gaps-sustainability-who");
            found.people = cases;
            found.people_withheld = soon.iter().any(|s| s.more.withheld.caseload);
            found.unit = Unit::Cases;
        }
        all.push(found);
    }
    all
}

/// When every contract ends, and whether one funder stands behind each.
fn ends_by(last: Option<&str>, months: usize, one_funder: bool) -> Message {
    let said = match last {
        Some(last) => msg!("gaps-sustainability-ends-by", day = day(last), months = months),
        None => msg!("gaps-sustainability-ends", months = months),
    };
    if one_funder { msg!("gaps-sustainability-one-funder", what = said) } else { said }
}

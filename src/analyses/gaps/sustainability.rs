use super::found::Found;
use super::ground::Ground;
use crate::analyses::words::{agreed, counted};
use crate::model::{Confidence, Verdict};
use crate::study::Service;
use crate::units::Month;

/// Will it still be there? A gap where every running service of a kind ends within the months ahead.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let horizon = Month::parse(&ground.as_of()[..7]).map(|m| m.plus(ground.settings.months_ahead as i32));
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
        let one_funder = running.iter().all(|s| s.more.funders.len() == 1);
        let cases: Option<u64> = soon.iter().map(|s| s.more.caseload.map(u64::from)).sum();
        let mut found = Found::of_type(ground, "sustainability", kind, verdict)
            .measured(match verdict {
                Verdict::Gap => format!(
                    "every contract ends {}within {} months{}",
                    last.map_or(String::new(), |d| format!("by {d}, ")),
                    ground.settings.months_ahead,
                    if one_funder { ", and each has one funder" } else { "" }
                ),
                Verdict::NotKnown => {
                    format!(
                        "{unknown} of {} {} no end of the contract, and no other goes on for longer",
                        counted(running.len(), "record", "records"),
                        agreed(unknown, "gives", "give")
                    )
                }
                Verdict::NoGap => "at least one contract goes on for longer".to_owned(),
            })
            .by("contract")
            .sure(
                if verdict == Verdict::NotKnown { Confidence::Low } else { Confidence::High },
                if verdict == Verdict::NotKnown { "the records give no dates" } else { "dates of the records" },
            )
            .otherwise("An extension may be agreed and not yet be in the catalogue.")
            .close(match verdict {
                Verdict::NotKnown => "Ask commissioners for the last day of each contract.",
                _ => "Decide before the notice period; tell staff and people who use it.",
            })
            .formula("last day of the contract of every running service ≤ the day looked at + the months ahead")
            .resting_on(
                running
                    .iter()
                    .map(|s| ground.record(s, format!("contract ends {}", s.more.contract_end.as_deref().unwrap_or("not given")))),
            );
        if verdict == Verdict::Gap {
            found.who = "People who use it now".into();
            found.people = cases;
            found.people_withheld = soon.iter().any(|s| s.more.withheld.caseload);
            found.unit = "open cases";
        }
        all.push(found);
    }
    all
}

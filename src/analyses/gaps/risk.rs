use super::found::Found;
use super::ground::Ground;
use crate::model::{Arg, Confidence, Verdict};
use crate::msg;

/// Types that are for high risk by their nature: what is offered to the others is looked for beside them.
const FOR_HIGH_RISK: [&str; 4] = ["idva", "marac", "refuge", "perpetrator_high_harm"];

/// Is there anything for those who are not at high risk yet?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let direct = super::direct(ground);
    let each = ["high", "standard-and-medium"].map(|id| {
        let serves: Vec<_> = direct
            .iter()
            .filter(|s| {
                let risk = &s.more.eligibility.risk;
                let by_type = s.types.iter().any(|t| FOR_HIGH_RISK.contains(&t.as_str()));
                match (risk.is_empty(), id) {
                    (true, "high") => by_type,
                    (true, _) => !by_type,
                    (false, "high") => risk.iter().any(|r| r.contains("high")),
                    (false, _) => risk.iter().any(|r| r.contains("standard") || r.contains("medium")),
                }
            })
            .collect();
        let vouched = ground.types.iter().filter(|t| t.core).all(|t| ground.complete(t));
        let verdict = match (serves.is_empty(), vouched) {
            (false, _) => Verdict::NoGap,
            (true, true) => Verdict::Gap,
            (true, false) => Verdict::NotKnown,
        };
        Found::about(ground, "risk", id, msg!("gaps-risk-subject", risk = Arg::Key(id)), verdict)
            .who(msg!("gaps-risk-who", area = &ground.study.about.area_name, risk = Arg::Key(id)))
            .measured(match verdict {
                Verdict::NoGap => msg!("gaps-risk-there", services = serves.len()),
                Verdict::Gap => msg!("gaps-risk-gap"),
                Verdict::NotKnown => msg!("gaps-risk-not-listed"),
            })
            .sure(Confidence::Low, msg!("gaps-risk-because"))
            .otherwise(msg!("gaps-risk-otherwise"))
            .close(msg!("gaps-risk-close"))
            .formula(msg!("gaps-risk-formula"))
            .resting_on(serves.iter().map(|s| ground.record(s, msg!("gaps-rests-risk"))))
    });
    each.into()
}

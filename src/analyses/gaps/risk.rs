use super::found::Found;
use super::ground::Ground;
use crate::analyses::words::counted;
use crate::model::{Confidence, Verdict};

/// Types that are for high risk by their nature: what is offered to the others is looked for beside them.
const FOR_HIGH_RISK: [&str; 4] = ["idva", "marac", "refuge", "perpetrator_high_harm"];

/// Is there anything for those who are not at high risk yet?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let direct = super::direct(ground);
    let each = [("high", "High risk"), ("standard-and-medium", "Standard and medium risk")].map(|(id, label)| {
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
        let mut found = Found::about(ground, "risk", id, label, verdict)
            .measured(match verdict {
                Verdict::NoGap => format!("{} for them, by record or by nature", counted(serves.len(), "service is", "services are")),
                _ => "no listed service is for them".to_owned(),
            })
            .sure(Confidence::Low, "few records name a risk tier; the rest is taken from the kind of service")
            .otherwise("A service for all may not name tiers.")
            .close("Ask each provider from which tier on it takes people, and what it offers the others.")
            .formula("running services of direct help that name the tier, or by their kind are for it, = 0")
            .resting_on(serves.iter().map(|s| ground.record(s, "takes this tier")));
        found.who = format!("People in {} at {} risk", ground.study.about.area_name, id.replace('-', " "));
        found
    });
    each.into()
}

use super::found::Found;
use super::ground::Ground;
use super::pieces::by_the_list;
use crate::model::{Arg, Confidence, Verdict};
use crate::msg;
use crate::sources::service_types;

/// Stages, each with its theme of the strategy.
const STAGES: [(&str, &str); 7] = [
    ("prevent", "prevent"),
    ("identify", "trust"),
    ("report", "trust"),
    ("crisis", "support"),
    ("support", "support"),
    ("recovery", "support"),
    ("perpetrator", "perpetrators"),
];

/// Is there a stage of the way, from prevention to recovery, at which nothing is there?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let each = STAGES.iter().map(|(stage, theme)| {
        let kinds: Vec<_> = service_types().iter().filter(|t| t.stage == *stage).collect();
        let there: Vec<_> = kinds.iter().filter(|t| ground.listed(t)).collect();
        let vouched = kinds.iter().all(|t| ground.complete(t));
        let verdict = match (there.is_empty(), vouched) {
            (false, _) => Verdict::NoGap,
            (true, true) => Verdict::Gap,
            (true, false) => Verdict::NotKnown,
        };
        let names: Vec<&str> = there.iter().map(|t| t.label.as_str()).collect();
        let mut found = Found::about(ground, "pathway", stage, msg!("gaps-pathway-stage", stage = Arg::Key(stage)), verdict)
            .measured(match verdict {
                Verdict::NoGap => msg!("gaps-pathway-there", kinds = names),
                Verdict::Gap => msg!("gaps-pathway-gap"),
                Verdict::NotKnown => msg!("gaps-pathway-not-listed"),
            })
            .by("map_of_gaps")
            .sure(
                match (vouched, verdict) {
                    (false, _) => Confidence::Low,
                    // That nothing is missing from the catalogue is what its author says, and nobody has checked.
                    (true, Verdict::Gap) => Confidence::Medium,
                    (true, _) => Confidence::High,
                },
                by_the_list(vouched),
            )
            .otherwise(msg!("gaps-pathway-otherwise"))
            .close(msg!("gaps-pathway-close"))
            .formula(msg!("gaps-pathway-formula"))
            .resting_on(there.iter().flat_map(|t| ground.running(t)).map(|s| ground.record(s, msg!("gaps-rests-running"))));
        found.theme = (*theme).to_owned();
        found.stage = (*stage).to_owned();
        found
    });
    each.collect()
}

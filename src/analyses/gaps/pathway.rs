use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
use crate::sources::service_types;

const STAGES: [(&str, &str, &str); 7] = [
    ("prevent", "Prevention", "prevent"),
    ("identify", "Identifying and training", "trust"),
    ("report", "Reporting outside the police", "trust"),
    ("crisis", "Help in a crisis", "support"),
    ("support", "Support afterwards", "support"),
    ("recovery", "Recovery", "support"),
    ("perpetrator", "Work with those who harm", "perpetrators"),
];

/// Is there a stage of the way, from prevention to recovery, at which nothing is there?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let each = STAGES.iter().map(|(stage, label, theme)| {
        let kinds: Vec<_> = service_types().iter().filter(|t| t.stage == *stage).collect();
        let there: Vec<_> = kinds.iter().filter(|t| ground.listed(t)).collect();
        let vouched = kinds.iter().all(|t| ground.complete(t));
        let verdict = match (there.is_empty(), vouched) {
            (false, _) => Verdict::NoGap,
            (true, true) => Verdict::Gap,
            (true, false) => Verdict::NotKnown,
        };
        let names: Vec<&str> = there.iter().map(|t| t.label.as_str()).collect();
        let mut found = Found::about(ground, "pathway", stage, label, verdict)
            .measured(match verdict {
                Verdict::NoGap => format!("there: {}", names.join(", ")),
                Verdict::Gap => "no service of this stage is running, and the catalogue is said to list every one".to_owned(),
                Verdict::NotKnown => "the catalogue lists nothing of this stage".to_owned(),
            })
            .by("map_of_gaps")
            .sure(
                if vouched { Confidence::High } else { Confidence::Low },
                if vouched { "the plan vouches for the catalogue" } else { "the plan does not vouch for the catalogue" },
            )
            .otherwise("Schools, the police and the NHS do some of this without a contract.")
            .close("Find out who does it here; what nobody does is a hole in the pathway that fills the next stage.")
            .formula("types of the stage with a running service = 0")
            .resting_on(there.iter().flat_map(|t| ground.running(t)).map(|s| ground.record(s, "running")));
        found.theme = (*theme).to_owned();
        found.stage = (*stage).to_owned();
        found
    });
    each.collect()
}

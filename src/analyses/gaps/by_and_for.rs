use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
use crate::sources::service_type;

/// Groups for whom a service of their own makes the difference, and words that tell one in a record.
const GROUPS: [(&str, &str, &[&str]); 7] = [
    ("black-and-minoritised", "Black and minoritised women", &["black", "minoritised", "asian", "bme", "bame"]),
    ("lgbt", "LGBT+ people", &["lgbt", "lesbian", "gay", "trans"]),
    ("deaf", "Deaf people", &["deaf"]),
    ("disabled", "disabled people", &["disabled", "disability"]),
    ("older", "older people", &["older"]),
    ("faith", "people of a faith", &["faith", "muslim", "jewish", "sikh", "hindu"]),
    ("migrant", "migrant women", &["migrant", "refugee", "asylum"]),
];

/// Is there a service run by and for each of these groups?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let running = ground.all_running();
    let vouched = service_type("by_and_for").is_some_and(|t| ground.complete(t));
    let each = GROUPS.iter().map(|(id, label, words)| {
        let named = |text: &str| words.iter().any(|w| text.to_lowercase().contains(w));
        let of_them: Vec<_> = running
            .iter()
            .filter(|s| {
                let own = s.more.by_and_for.iter().any(|g| named(g));
                let told = s.types.iter().any(|t| t == "by_and_for")
                    && (named(&s.name) || s.more.eligibility.condition.as_deref().is_some_and(named));
                own || told
            })
            .collect();
        let verdict = match (of_them.is_empty(), vouched) {
            (false, _) => Verdict::NoGap,
            (true, true) => Verdict::Gap,
            (true, false) => Verdict::NotKnown,
        };
        let mut found = Found::about(ground, "by-and-for", id, label, verdict)
            .measured(match verdict {
                Verdict::NoGap => "a service of their own is listed".to_owned(),
                Verdict::Gap => format!("no service run by and for {label} is running, and the catalogue is said to list every one"),
                Verdict::NotKnown => format!("no service run by and for {label} is listed"),
            })
            .by("equality_duty")
            .sure(
                if vouched { Confidence::Medium } else { Confidence::Low },
                "how many people this is, is not known from any source of the plan",
            )
            .otherwise("One may work across a region, or not be commissioned and so not be listed: many are not funded by councils.")
            .close(match verdict {
                Verdict::Gap => "Ask regional by-and-for organisations what reaches people here; fund a share of one.",
                _ => "Ask regional by-and-for organisations what reaches people here, and list it.",
            })
            .formula("running services marked by and for the group = 0")
            .resting_on(of_them.iter().map(|s| ground.record(s, "by and for them")));
        found.who = format!("{}{}", label[..1].to_uppercase(), &label[1..]);
        found
    });
    each.collect()
}

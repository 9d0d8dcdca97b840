use super::found::Found;
use super::ground::Ground;
use crate::model::{Arg, Confidence, Verdict};
use crate::msg;
use crate::sources::service_type;

/// Groups for whom a service of their own makes the difference, and words that tell one in a record.
const GROUPS: [(&str, &[&str]); 7] = [
    ("black-and-minoritised", &["black", "minoritised", "asian", "bme", "bame"]),
    ("lgbt", &["lgbt", "lesbian", "gay", "trans"]),
    ("deaf", &["deaf"]),
    ("disabled", &["disabled", "disability"]),
    ("older", &["older"]),
    ("faith", &["faith", "muslim", "jewish", "sikh", "hindu"]),
    ("migrant", &["migrant", "refugee", "asylum"]),
];

/// Is there a service run by and for each of these groups?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let running = ground.all_running();
    let vouched = service_type("by_and_for").is_some_and(|t| ground.complete(t));
    let each = GROUPS.iter().map(|(id, words)| {
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
        let group = || msg!("gaps-by-and-for-group", group = Arg::Key(id));
        Found::about(ground, "by-and-for", id, group(), verdict)
            .who(msg!("gaps-who", group = group()))
            .measured(match verdict {
                Verdict::NoGap => msg!("gaps-by-and-for-none"),
                Verdict::Gap => msg!("gaps-by-and-for-gap", group = group()),
                Verdict::NotKnown => msg!("gaps-by-and-for-not-known", group = group()),
            })
            .by("equality_duty")
            .sure(if vouched { Confidence::Medium } else { Confidence::Low }, msg!("gaps-because-people-not-known"))
            .otherwise(msg!("gaps-by-and-for-otherwise"))
            .close(match verdict {
                Verdict::Gap => msg!("gaps-by-and-for-close"),
                Verdict::NotKnown | Verdict::NoGap => msg!("gaps-by-and-for-ask"),
            })
            .formula(msg!("gaps-by-and-for-formula"))
            .resting_on(of_them.iter().map(|s| ground.record(s, msg!("gaps-rests-by-and-for"))))
    });
    each.collect()
}

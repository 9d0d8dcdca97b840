use super::found::Found;
use super::ground::{AGES, Ground};
use crate::model::{Arg, Confidence, Message, Verdict};
use crate::msg;
use crate::sources::{Eligibility, ServiceType};
use crate::study::Service;
use crate::units::Sex;

/// What a record says of a group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Yes,
    No,
    /// Under a condition that most of them will not meet.
    Some,
    NotKnown,
}

impl Takes {
    /// As a record that the verdict rests on says it.
    fn said(self) -> Message {
        match self {
            Takes::Yes => msg!("gaps-rests-takes"),
            Takes::No => msg!("gaps-rests-takes-not"),
            Takes::Some => msg!("gaps-rests-takes-some"),
            Takes::NotKnown => msg!("gaps-rests-takes-not-given"),
        }
    }
}

/// A group that services often leave out.
struct Group {
    id: &'static str,
    /// As texts select on it.
    key: &'static str,
    ages: Option<(u32, u32)>,
    takes: fn(&Eligibility) -> Option<bool>,
}

impl Group {
    /// Its name, with its ages where it is one of ages.
    fn message(&self) -> Message {
        let key = Arg::Key(self.key);
        match self.ages {
            Some((from, to)) => msg!("gaps-eligibility-aged", group = key, from = u64::from(from), to = u64::from(to)),
            None => msg!("gaps-eligibility-group", group = key),
        }
    }
}

const GROUPS: [Group; 7] = [
    Group { id: "aged-16-to-24", key: "aged-between", ages: Some(AGES[0]), takes: |e| e.is_known().then(|| e.takes_age(18, 24)) },
    Group {
        id: "aged-65-and-over",
        key: "aged-from",
        ages: Some(AGES[2]),
        takes: |e| e.is_known().then(|| e.age_to.is_none_or(|a| a >= 90)),
    },
    Group { id: "no-recourse", key: "no-recourse", ages: None, takes: |e| e.no_recourse },
    Group { id: "substance-use", key: "substance-use", ages: None, takes: |e| e.substance_use },
    Group { id: "mental-health", key: "mental-health", ages: None, takes: |e| e.mental_health },
    Group { id: "trans", key: "trans", ages: None, takes: |e| e.trans },
    Group { id: "men", key: "men", ages: None, takes: |e| e.sex.map(|s| s != Sex::Female) },
];

/// Types that are for one group by their nature.
const FOR_ONE_GROUP: [&str; 5] = ["men", "by_and_for", "chidva", "cyp_support", "child_to_parent"];

/// Does every service of a kind leave a group out? One that leaves it out is no gap where another takes it.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let asked = ground.types.iter().filter(|t| !t.confidential && ["crisis", "support", "recovery"].contains(&t.stage.as_str()));
    let mut all = Vec::new();
    for kind in asked.filter(|t| !FOR_ONE_GROUP.contains(&t.id.as_str())) {
        let running = ground.running(kind);
        if running.is_empty() {
            continue;
        }
        if running.iter().all(|s| !s.more.eligibility.is_known()) {
            all.push(
                Found::of_type(ground, "eligibility", kind, Verdict::NotKnown)
                    .measured(msg!("gaps-eligibility-not-given"))
                    .by("equality_duty")
                    .sure(Confidence::Low, msg!("gaps-because-silent"))
                    .close(msg!("gaps-eligibility-ask-all"))
                    .resting_on(running.iter().map(|s| ground.record(s, msg!("gaps-rests-eligibility-not-given")))),
            );
            continue;
        }
        let rows: Vec<Found> = GROUPS.iter().filter_map(|g| one(ground, kind, &running, g)).collect();
        if rows.iter().all(|r| r.verdict == Verdict::NoGap) {
            all.push(
                Found::of_type(ground, "eligibility", kind, Verdict::NoGap)
                    .measured(msg!("gaps-eligibility-none"))
                    .by("equality_duty")
                    .sure(Confidence::Medium, msg!("gaps-eligibility-because-none")),
            );
        }
        all.extend(rows.into_iter().filter(|r| r.verdict != Verdict::NoGap));
    }
    all
}

fn takes(service: &Service, group: &Group) -> Takes {
    let eligibility = &service.more.eligibility;
    match (group.takes)(eligibility) {
        Some(false) => Takes::No,
        _ if eligibility.condition.is_some() => Takes::Some,
        Some(true) => Takes::Yes,
        None => Takes::NotKnown,
    }
}

/// Who leaves them out, who takes them under a condition, and who does not say. Conditional is not closed, and silence is neither.
fn measured(verdict: Verdict, [closed, conditional, silent]: [Vec<Message>; 3]) -> Message {
    let said = match verdict {
        Verdict::Gap if conditional.is_empty() => msg!("gaps-eligibility-closed", closed = closed),
        Verdict::Gap => msg!("gaps-eligibility-conditional", closed = closed, conditional = conditional.clone()),
        Verdict::NotKnown | Verdict::NoGap => msg!("gaps-eligibility-left-out", closed = closed, silent = silent),
    };
    if verdict == Verdict::NotKnown && !conditional.is_empty() {
        msg!("gaps-eligibility-and-condition", what = said, conditional = conditional)
    } else {
        said
    }
}

/// A row where some record leaves the group out.
fn one(ground: &Ground, kind: &'static ServiceType, running: &[&Service], group: &Group) -> Option<Found> {
    let each: Vec<(&Service, Takes)> = running.iter().map(|s| (*s, takes(s, group))).collect();
    let is = |t: Takes| each.iter().any(|e| e.1 == t);
    // A service for men stands beside those for women: the two are one offer.
    let elsewhere = group.id == "men" && ground.all_running().iter().any(|s| s.types.iter().any(|t| t == "men"));
    let verdict = match () {
        () if !is(Takes::No) || is(Takes::Yes) || elsewhere => Verdict::NoGap,
        () if is(Takes::NotKnown) => Verdict::NotKnown,
        () => Verdict::Gap,
    };
    let names = |t: Takes| ground.names(each.iter().filter(|e| e.1 == t).map(|e| e.0));
    let whom = || group.message();
    let from_words = running.iter().any(|s| s.more.eligibility.from_words);
    let mut found = Found::of_type(ground, "eligibility", kind, verdict)
        .who(msg!("gaps-who", group = whom()))
        .measured(measured(verdict, [Takes::No, Takes::Some, Takes::NotKnown].map(names)))
        .by("equality_duty")
        .sure(
            if from_words { Confidence::Medium } else { Confidence::High },
            if from_words { msg!("gaps-eligibility-because-words") } else { msg!("gaps-eligibility-because-fields") },
        )
        .otherwise(msg!("gaps-eligibility-otherwise"))
        .close(match verdict {
            Verdict::NotKnown => msg!("gaps-eligibility-ask", services = names(Takes::NotKnown), group = whom()),
            _ if is(Takes::Some) => {
                msg!("gaps-eligibility-close-condition", conditional = names(Takes::Some), group = whom())
            }
            Verdict::Gap | Verdict::NoGap => msg!("gaps-eligibility-close", group = whom()),
        })
        .formula(msg!("gaps-eligibility-formula"))
        .resting_on(each.iter().map(|(s, t)| ground.record(s, t.said())));
    found.id = format!("eligibility/{}-{}", super::slug(&kind.id), group.id);
    if let Some((from, to)) = group.ages {
        found.people = ground.people_aged(from, to);
        found.of = ground.everyone();
        found.evidence.extend(ground.population(msg!("gaps-rests-residents-by-age")));
    } else if group.id != "men" {
        found.because.push(msg!("gaps-because-people-not-known"));
    }
    Some(found)
}

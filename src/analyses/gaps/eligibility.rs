use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
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

/// A group that services often leave out.
struct Group {
    id: &'static str,
    /// What it is measured by: the equality duty speaks of protected characteristics only.
    standard: &'static str,
    label: &'static str,
    ages: Option<(u32, u32)>,
    takes: fn(&Eligibility) -> Option<bool>,
}

const GROUPS: [Group; 7] = [
    Group {
        id: "aged-16-to-24",
        standard: "equality_duty",
        label: "people aged 16 to 24",
        ages: Some((16, 24)),
        takes: |e| e.is_known().then(|| e.takes_age(18, 24)),
    },
    Group {
        id: "aged-65-and-over",
        standard: "equality_duty",
        label: "people aged 65 and over",
        ages: Some((65, 120)),
        takes: |e| e.is_known().then(|| e.age_to.is_none_or(|a| a >= 90)),
    },
    Group {
        id: "no-recourse",
        standard: "open_to_all",
        label: "people without recourse to public funds",
        ages: None,
        takes: |e| e.no_recourse,
    },
    Group {
        id: "substance-use",
        standard: "open_to_all",
        label: "people who use drugs or alcohol",
        ages: None,
        takes: |e| e.substance_use,
    },
    Group {
        id: "mental-health",
        standard: "open_to_all",
        label: "people with mental health needs",
        ages: None,
        takes: |e| e.mental_health,
    },
    Group { id: "trans", standard: "equality_duty", label: "trans people", ages: None, takes: |e| e.trans },
    Group { id: "men", standard: "equality_duty", label: "men", ages: None, takes: |e| e.sex.map(|s| s != Sex::Female) },
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
                    .measured("no record says for whom it is")
                    .by("open_to_all")
                    .sure(Confidence::Low, "the catalogue is silent")
                    .close("Ask providers for ages, sex, recourse to public funds and any other condition.")
                    .resting_on(running.iter().map(|s| ground.record(s, "eligibility not given"))),
            );
            continue;
        }
        let rows: Vec<Found> = GROUPS.iter().filter_map(|g| one(ground, kind, &running, g)).collect();
        if rows.iter().all(|r| r.verdict == Verdict::NoGap) {
            all.push(
                Found::of_type(ground, "eligibility", kind, Verdict::NoGap)
                    .measured("no group that was looked for is left out by every service, as far as records say")
                    .by("open_to_all")
                    .sure(Confidence::Medium, "records may be silent on what is asked at the door"),
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

/// A row where some record leaves the group out.
fn one(ground: &Ground, kind: &'static ServiceType, running: &[&Service], group: &Group) -> Option<Found> {
    let each: Vec<(&Service, Takes)> = running.iter().map(|s| (*s, takes(s, group))).collect();
    let is = |t: Takes| each.iter().any(|e| e.1 == t);
    // A service for men stands beside those for women: the two are one offer.
    let elsewhere = group.id == "men" && ground.all_running().iter().any(|s| s.types.iter().any(|t| t == "men"));
    let verdict = match () {
        () if !is(Takes::No) || is(Takes::Yes) || elsewhere => Verdict::NoGap,
        // Who may be taken under a condition is not shut out: whether they are is a question to the provider.
        () if is(Takes::NotKnown) || is(Takes::Some) => Verdict::NotKnown,
        () => Verdict::Gap,
    };
    let names = |t: Takes| each.iter().filter(|e| e.1 == t).map(|e| ground.name(e.0)).collect::<Vec<_>>().join(", ");
    let names_of = |all: &[Takes]| each.iter().filter(|e| all.contains(&e.1)).map(|e| ground.name(e.0)).collect::<Vec<_>>().join(", ");
    let only = if is(Takes::Some) { format!("; {} may, under a condition of its own", names(Takes::Some)) } else { String::new() };
    let from_words = running.iter().any(|s| s.more.eligibility.from_words);
    let mut found = Found::of_type(ground, "eligibility", kind, verdict)
        .measured(format!(
            "{} does not take {}, and no other listed service of the kind takes them as a matter of course{only}",
            names(Takes::No),
            group.label
        ))
        .by(group.standard)
        .sure(
            if from_words { Confidence::Medium } else { Confidence::High },
            if from_words { "read from the words of the record: ask the provider" } else { "stated in fields of the record" },
        )
        .otherwise("A service for one group may be lawful and needed; those left out may be served under another kind of service.")
        .close(match verdict {
            Verdict::NotKnown => format!("Ask {} whether {} are taken.", names_of(&[Takes::NotKnown, Takes::Some]), group.label),
            _ => format!("Open one service to {}, or commission one for them.", group.label),
        })
        .formula("at least one running service leaves the group out, and none takes it without a further condition")
        .resting_on(each.iter().map(|(s, t)| {
            let says = match t {
                Takes::Yes => "takes them",
                Takes::No => "does not take them",
                Takes::Some => "has a condition of its own",
                Takes::NotKnown => "does not say",
            };
            ground.record(s, says)
        }));
    found.id = format!("eligibility/{}-{}", super::slug(&kind.id), group.id);
    found.who = format!("{}{}", group.label[..1].to_uppercase(), &group.label[1..]);
    if let Some((from, to)) = group.ages {
        // Where no service of the kind takes men, they are not among those who miss it.
        if running.iter().all(|s| s.more.eligibility.sex == Some(Sex::Female)) {
            (found.people, found.of, found.unit) = (ground.women_aged(from, to), ground.women_aged(0, 120), "women");
        } else {
            (found.people, found.of) = (ground.people_aged(from, to), ground.everyone());
        }
        found.evidence.extend(ground.population("residents by age"));
    } else if group.id != "men" {
        found.because.push("how many people this is, is not known from any source of the plan".into());
    }
    Some(found)
}

use super::found::Found;
use super::ground::{AGES, Ground};
use super::pieces::Unit;
use crate::model::{Arg, Confidence, Message, Offer, TakesGroup, Text, Verdict};
use crate::msg;
use crate::sources::{Eligibility, ServiceType};
use crate::study::{Service, Users};
use crate::units::{AgeBand, Sex};

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
    /// What it is measured by: the equality duty speaks of protected characteristics only.
    standard: &'static str,
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
    Group {
        id: "aged-16-to-24",
        key: "aged-between",
        standard: "equality_duty",
        ages: Some(AGES[0]),
        takes: |e| e.is_known().then(|| e.takes_age(18, 24)),
    },
    Group {
        id: "aged-65-and-over",
        key: "aged-from",
        standard: "equality_duty",
        ages: Some(AGES[2]),
        takes: |e| e.is_known().then(|| e.age_to.is_none_or(|a| a >= 90)),
    },
    Group { id: "no-recourse", key: "no-recourse", standard: "open_to_all", ages: None, takes: |e| e.no_recourse },
    Group { id: "substance-use", key: "substance-use", standard: "open_to_all", ages: None, takes: |e| e.substance_use },
    Group { id: "mental-health", key: "mental-health", standard: "open_to_all", ages: None, takes: |e| e.mental_health },
    Group { id: "trans", key: "trans", standard: "equality_duty", ages: None, takes: |e| e.trans },
    Group { id: "men", key: "men", standard: "equality_duty", ages: None, takes: |e| e.sex.map(|s| s != Sex::Female) },
];

/// Types that are for one group by their nature.
const FOR_ONE_GROUP: [&str; 5] = ["men", "by_and_for", "chidva", "cyp_support", "child_to_parent"];

/// Does every service of a kind leave a group out? One that leaves it out is no gap where another takes it.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let asked = ground.types.iter().filter(|t| !t.confidential && t.is_direct());
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
                    .by("open_to_all")
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
                    .by("open_to_all")
                    .sure(Confidence::Medium, msg!("gaps-eligibility-because-none")),
            );
        }
        all.extend(rows.into_iter().filter(|r| r.verdict != Verdict::NoGap));
    }
    all
}

/// Whom each kind of service takes, where some record of the kind says for whom it is.
pub(super) fn offers(ground: &Ground) -> Vec<Offer> {
    let asked = ground.types.iter().filter(|t| !t.confidential && t.is_direct());
    let of = |kind: &&'static ServiceType| {
        let running = ground.running(kind);
        let told = running.iter().any(|s| s.more.eligibility.is_known());
        let group = |g: &Group| {
            let any = |t: Takes| running.iter().any(|s| takes(s, g) == t);
            let state = match () {
                () if any(Takes::Yes) => TakesGroup::Yes,
                () if any(Takes::Some) => TakesGroup::OnConditions,
                () if any(Takes::NotKnown) => TakesGroup::NotKnown,
                () if one(ground, kind, &running, g).is_some_and(|found| found.verdict == Verdict::Gap) => TakesGroup::Gap,
                () => TakesGroup::No,
            };
            (Text::from(g.message()), state)
        };
        told.then(|| Offer { kind: kind.label.clone(), groups: GROUPS.iter().map(group).collect() })
    };
    asked.filter(|t| !FOR_ONE_GROUP.contains(&t.id.as_str())).filter_map(of).collect()
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
    match (verdict, conditional.is_empty(), silent.is_empty()) {
        (Verdict::Gap, _, _) => msg!("gaps-eligibility-closed", closed = closed),
        (_, false, true) => msg!("gaps-eligibility-conditional", closed = closed, conditional = conditional),
        (_, true, _) => msg!("gaps-eligibility-left-out", closed = closed, silent = silent),
        (_, false, false) => {
            let said = msg!("gaps-eligibility-left-out", closed = closed, silent = silent);
            msg!("gaps-eligibility-and-condition", what = said, conditional = conditional)
        }
    }
}

/// Women of some ages as a return of who uses the kind of service counts them beside its users.
fn women_of_return(ground: &Ground, kind: &ServiceType, ages: AgeBand) -> Option<u64> {
    let of_women = |u: &&Users| u.service == kind.id && u.reference.to_lowercase().starts_with("women");
    let groups = ground.study.users.iter().filter(of_women).flat_map(|u| &u.dimensions).flat_map(|d| &d.groups);
    groups.filter(|g| AgeBand::parse(&g.name) == Some(ages)).find_map(|g| g.population).map(|n| n.round() as u64)
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
    let names = |t: Takes| ground.names(each.iter().filter(|e| e.1 == t).map(|e| e.0));
    let whom = || group.message();
    let from_words = running.iter().any(|s| s.more.eligibility.from_words);
    let mut found = Found::of_type(ground, "eligibility", kind, verdict)
        .who(msg!("gaps-who", group = whom()))
        .measured(measured(verdict, [Takes::No, Takes::Some, Takes::NotKnown].map(names)))
        .by(group.standard)
        .sure(
            if from_words { Confidence::Medium } else { Confidence::High },
            if from_words { msg!("gaps-eligibility-because-words") } else { msg!("gaps-eligibility-because-fields") },
        )
        .otherwise(msg!("gaps-eligibility-otherwise"))
        .close(match verdict {
            Verdict::NotKnown => {
                let asked = each.iter().filter(|e| [Takes::NotKnown, Takes::Some].contains(&e.1)).map(|e| e.0);
                msg!("gaps-eligibility-ask", services = ground.names(asked), group = whom())
            }
            Verdict::Gap | Verdict::NoGap => msg!("gaps-eligibility-close", group = whom()),
        })
        .formula(msg!("gaps-eligibility-formula"))
        .resting_on(each.iter().map(|(s, t)| ground.record(s, t.said())));
    found.id = format!("eligibility/{}-{}", super::slug(&kind.id), group.id);
    if let Some((from, to)) = group.ages {
        // Where no service of the kind takes men, they are not among those who miss it.
        if running.iter().all(|s| s.more.eligibility.sex == Some(Sex::Female)) {
            // Where a return tells how many women are of these ages, that is the number, and not a share of all residents.
            let returned = women_of_return(ground, kind, AgeBand::new(from, to));
            (found.people, found.of, found.unit) = (returned.or(ground.women_aged(from, to)), ground.women_aged(0, 120), Unit::Women);
        } else {
            (found.people, found.of) = (ground.people_aged(from, to), ground.everyone());
        }
        found.evidence.extend(ground.population(msg!("gaps-rests-residents-by-age")));
    } else if group.id != "men" {
        found.because.push(msg!("gaps-because-people-not-known"));
    }
    Some(found)
}

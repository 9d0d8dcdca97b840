use super::found::Found;
use super::ground::Ground;
use crate::analyses::words::{agreed, counted};
use crate::model::{Confidence, Verdict};
use crate::sources::Delivery;
use crate::study::Service;

/// Can everybody get in, and be understood there?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    const ASKED: [(&str, &str, &[&str], bool); 2] = [
        ("step-free", "Step-free sites", &["step-free", "step free", "wheelchair", "lift"], true),
        ("bsl", "British Sign Language", &["bsl", "sign language"], false),
    ];
    let has_site = |s: &Service| !s.sites.is_empty() || (s.more.withheld.place && s.delivery.contains(&Delivery::Site));
    let each = ASKED.iter().map(|(id, label, words, at_site)| {
        let asked: Vec<&Service> = super::direct(ground).into_iter().filter(|s| !at_site || has_site(s)).collect();
        let has = |s: &Service| s.more.access_needs.iter().any(|a| words.iter().any(|w| a.to_lowercase().contains(w)));
        let with = asked.iter().filter(|s| has(s)).count();
        let told = asked.iter().filter(|s| !s.more.access_needs.is_empty()).count();
        let verdict = match () {
            () if with > 0 => Verdict::NoGap,
            () if !asked.is_empty() && told == asked.len() => Verdict::Gap,
            () => Verdict::NotKnown,
        };
        let mut found = Found::about(ground, "physical-access", id, label, verdict)
            .measured(match verdict {
                Verdict::NoGap => format!(
                    "{with} of {} {} have it",
                    counted(asked.len(), "service", "services"),
                    agreed(with, "is said to", "are said to")
                ),
                Verdict::Gap => format!("none of {} has it, as the records say", counted(asked.len(), "service", "services")),
                Verdict::NotKnown => format!(
                    "{} of {} {} nothing about access",
                    asked.len() - told,
                    counted(asked.len(), "record", "records"),
                    agreed(asked.len() - told, "says", "say")
                ),
            })
            .by("equality_duty")
            .sure(Confidence::Medium, "what providers say of themselves")
            .otherwise("A site may be step-free without saying so.")
            .close("Ask each provider, and see one site in ten for yourself.")
            .formula("running services whose record names it = 0")
            .resting_on(asked.iter().filter(|s| has(s)).map(|s| ground.record(s, s.more.access_needs.join(", "))));
        found.who = format!("Disabled and Deaf people in {}", ground.study.about.area_name);
        found
    });
    each.collect()
}

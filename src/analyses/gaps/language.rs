use super::found::Found;
use super::ground::Ground;
use crate::analyses::words::{agreed, counted};
use crate::model::{Confidence, Verdict};
use crate::study::Service;

/// Does anything that helps a person directly offer a language other than English, or an interpreter?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let running: Vec<&Service> = super::direct(ground);
    let offers = |s: &Service| {
        let other = s.more.languages.iter().any(|l| !l.trim().is_empty() && !l.trim().eq_ignore_ascii_case("english"));
        other || s.more.access_needs.iter().any(|a| a.to_lowercase().contains("interpret"))
    };
    let with: Vec<&&Service> = running.iter().filter(|s| offers(s)).collect();
    let told: Vec<&&Service> = running.iter().filter(|s| !s.more.languages.is_empty()).collect();
    let verdict = match () {
        () if !with.is_empty() => Verdict::NoGap,
        () if !running.is_empty() && told.len() == running.len() => Verdict::Gap,
        () => Verdict::NotKnown,
    };
    let mut found = Found::about(ground, "language", "any", "Languages other than English", verdict)
        .measured(match verdict {
            Verdict::NoGap => format!(
                "{} of {} {} another language or an interpreter",
                with.len(),
                counted(running.len(), "service", "services"),
                agreed(with.len(), "offers", "offer")
            ),
            Verdict::Gap => format!("{} English only, and none names an interpreter", counted(running.len(), "service offers", "services offer")),
            Verdict::NotKnown => format!("no record names another language or an interpreter, and {} of {} name no language at all", running.len() - told.len(), running.len()),
        })
        .by("equality_duty")
        .sure(Confidence::Low, "records seldom tell which interpreters are at hand")
        .otherwise("Most services can book an interpreter by phone without saying so in a directory.")
        .close("Ask each provider for languages and interpreters, and hold the answer in the catalogue; then compare with the languages spoken here.")
        .formula("running services with a language other than English or an interpreter = 0")
        .resting_on(with.iter().chain(&told).map(|s| ground.record(s, format!("languages: {}", s.more.languages.join(", ")))));
    found.who = format!("People in {} who do not speak English well", ground.study.about.area_name);
    vec![found]
}

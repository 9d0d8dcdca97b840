use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
use crate::sources::{service_type, service_types};

const FORMS: [&str; 10] = [
    "domestic abuse",
    "sexual violence",
    "stalking",
    "harassment in public",
    "forced marriage and honour-based abuse",
    "female genital mutilation",
    "trafficking and exploitation",
    "economic abuse",
    "child-to-parent abuse",
    "technology-facilitated abuse",
];

/// Is there a form of violence for which nothing is there by name?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let running = ground.all_running();
    let each = FORMS.iter().map(|form| {
        let words: Vec<&str> = form.split([' ', '-']).filter(|w| w.len() > 5).collect();
        let for_it: Vec<_> = running
            .iter()
            .filter(|s| {
                let named = s.forms.iter().any(|f| f.eq_ignore_ascii_case(form) || words.iter().all(|w| f.to_lowercase().contains(w)));
                named || s.types.iter().filter_map(|t| service_type(t)).any(|t| t.form == *form)
            })
            .collect();
        let secret = service_types().iter().any(|t| t.form == *form && !ground.confidential(t).is_empty());
        let kinds: Vec<_> = service_types().iter().filter(|t| t.form == *form).collect();
        let vouched = !kinds.is_empty() && kinds.iter().all(|t| ground.complete(t));
        let verdict = match (for_it.is_empty() && !secret, vouched) {
            (false, _) => Verdict::NoGap,
            (true, true) => Verdict::Gap,
            (true, false) => Verdict::NotKnown,
        };
        let id = super::slug(form);
        let subject = format!("{}{}", form[..1].to_uppercase(), &form[1..]);
        let mut found = Found::about(ground, "form", &id, &subject, verdict)
            .measured(match verdict {
                Verdict::NoGap => "a service names it, or is for it by its nature".to_owned(),
                Verdict::Gap => "no service for it is running, and the catalogue is said to list every one".to_owned(),
                Verdict::NotKnown => "no listed service names it".to_owned(),
            })
            .by("map_of_gaps")
            .sure(Confidence::Low, "records seldom name every form that a service takes on")
            .otherwise("A general service may take it on without naming it; a national service may be the right one.")
            .close("Ask each provider which forms it takes on, and where people are sent for the rest.")
            .formula("running services that name the form, or whose kind is for it, = 0")
            .resting_on(for_it.iter().map(|s| ground.record(s, "takes it on")));
        found.form = (*form).to_owned();
        found.who = format!("Survivors of {form}");
        found
    });
    each.collect()
}

use std::sync::LazyLock;

use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
use crate::msg;
use crate::sources::{service_type, service_types};
use crate::units::rows;

/// Forms of violence that a study asks about (`data/definitions/forms.csv`).
static FORMS: LazyLock<Vec<String>> =
    LazyLock::new(|| rows(include_str!("../../../data/definitions/forms.csv")).iter().map(|row| row[0].to_owned()).collect());

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
        let mut found = Found::about(ground, "form", &id, msg!("gaps-who", group = form), verdict)
            .who(msg!("gaps-form-who", form = form))
            .measured(match verdict {
                Verdict::NoGap => msg!("gaps-form-named"),
                Verdict::Gap => msg!("gaps-form-gap"),
                Verdict::NotKnown => msg!("gaps-form-not-named"),
            })
            .by("map_of_gaps")
            .sure(Confidence::Low, msg!("gaps-form-because"))
            .otherwise(msg!("gaps-form-otherwise"))
            .close(msg!("gaps-form-close"))
            .formula(msg!("gaps-form-formula"))
            .resting_on(for_it.iter().map(|s| ground.record(s, msg!("gaps-rests-form"))));
        found.form = form.clone();
        found
    });
    each.collect()
}

use super::found::Found;
use super::ground::Ground;
use crate::model::{Arg, Confidence, Verdict};
use crate::msg;
use crate::sources::Delivery;
use crate::study::Service;

/// One site of so many is worth a visit, as what is said of access is often hoped for.
const ONE_SITE_OF: usize = 10;

/// Can everybody get in, and be understood there?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    const ASKED: [(&str, &[&str], bool); 2] =
        [("step-free", &["step-free", "step free", "wheelchair", "lift"], true), ("bsl", &["bsl", "sign language"], false)];
    let has_site = |s: &Service| !s.sites.is_empty() || (s.more.withheld.place && s.delivery.contains(&Delivery::Site));
    let each = ASKED.iter().map(|(id, words, at_site)| {
        let asked: Vec<&Service> = super::direct(ground).into_iter().filter(|s| !at_site || has_site(s)).collect();
        let has = |s: &Service| s.more.access_needs.iter().any(|a| words.iter().any(|w| a.to_lowercase().contains(w)));
        let with = asked.iter().filter(|s| has(s)).count();
        let told = asked.iter().filter(|s| !s.more.access_needs.is_empty()).count();
        let verdict = match () {
            () if with > 0 => Verdict::NoGap,
            () if !asked.is_empty() && told == asked.len() => Verdict::Gap,
            () => Verdict::NotKnown,
        };
        let feature = Arg::Key(id);
        Found::about(ground, "physical-access", id, msg!("gaps-physical-access-subject", feature = feature), verdict)
            .who(msg!("gaps-physical-access-who", area = &ground.study.about.area_name))
            .measured(match verdict {
                Verdict::NoGap => msg!("gaps-physical-access-there", with = with, services = asked.len()),
                Verdict::Gap => msg!("gaps-physical-access-gap", services = asked.len()),
                Verdict::NotKnown if asked.is_empty() => msg!("gaps-no-record"),
                Verdict::NotKnown => msg!("gaps-physical-access-not-known", silent = asked.len() - told, services = asked.len()),
            })
            .by("equality_duty")
            .sure(Confidence::Medium, msg!("gaps-physical-access-because"))
            .otherwise(msg!("gaps-physical-access-otherwise"))
            .close(msg!("gaps-physical-access-close", of = ONE_SITE_OF))
            .formula(msg!("gaps-physical-access-formula"))
            .resting_on(asked.iter().filter(|s| has(s)).map(|s| {
                let needs = Arg::Series(s.more.access_needs.iter().map(Arg::from).collect());
                ground.record(s, msg!("gaps-rests-access", needs = needs))
            }))
    });
    each.collect()
}

use super::found::Found;
use super::ground::Ground;
use crate::model::{Arg, Confidence, Verdict};
use crate::msg;
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
    let services = running.len();
    let found = Found::about(ground, "language", "any", msg!("gaps-language-subject"), verdict)
        .who(msg!("gaps-language-who", area = &ground.study.about.area_name))
        .measured(match verdict {
            Verdict::NoGap => msg!("gaps-language-offered", offering = with.len(), services = services),
            Verdict::Gap => msg!("gaps-language-gap", services = services),
            Verdict::NotKnown if services == 0 => msg!("gaps-no-record"),
            Verdict::NotKnown => msg!("gaps-language-not-known", silent = services - told.len(), services = services),
        })
        .by("equality_duty")
        .sure(Confidence::Low, msg!("gaps-language-because"))
        .otherwise(msg!("gaps-language-otherwise"))
        .close(msg!("gaps-language-close"))
        .formula(msg!("gaps-language-formula"))
        .resting_on(with.iter().chain(&told).map(|s| {
            let languages = Arg::Series(s.more.languages.iter().map(Arg::from).collect());
            ground.record(s, msg!("gaps-rests-languages", languages = languages))
        }));
    vec![found]
}

use super::found::Found;
use super::ground::Ground;
use crate::analyses::words::{agreed, counted};
use crate::model::{Confidence, Verdict};

/// Are quality marks held, and not lapsed?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let direct = super::direct(ground);
    let lapsed = |s: &&&crate::study::Service| s.more.quality_until.as_deref().is_some_and(|d| d < ground.as_of());
    let mut all: Vec<Found> = direct
        .iter()
        .filter(lapsed)
        .map(|s| {
            let mark = s.more.quality_mark.as_deref().filter(|_| ground.may_quote(s)).unwrap_or("the quality mark");
            let mut found = Found::about(ground, "quality", &ground.key(s), ground.name(s), Verdict::Gap)
                .measured(format!(
                    "{mark} of {} ran out{}",
                    ground.name(s),
                    s.more.quality_until.as_deref().filter(|_| ground.may_quote(s)).map_or(String::new(), |d| format!(" on {d}"))
                ))
                .sure(Confidence::High, "the date of the record")
                .otherwise("A renewal may be under way.")
                .close("Ask for the date of the next assessment.")
                .formula("last day of the quality mark < the day looked at")
                .resting_on([ground.record(s, "quality mark lapsed")]);
            found.who = "People who use it".into();
            found
        })
        .collect();
    let with = direct.iter().filter(|s| s.more.quality_mark.is_some()).count();
    let verdict = if direct.is_empty() || with < direct.len() { Verdict::NotKnown } else { Verdict::NoGap };
    all.push(
        Found::about(ground, "quality", "marks", "Quality marks", verdict)
            .measured(format!(
                "{with} of {} {} a quality mark",
                counted(direct.len(), "record", "records"),
                agreed(with, "names", "name")
            ))
            .sure(Confidence::Low, "a mark that is not recorded may still be held")
            .otherwise("Small by-and-for services often cannot pay for an assessment.")
            .close("Ask each provider for its marks (Leading Lights, the Women's Aid, Imkaan, Rape Crisis, Respect and DAHA standards) and their dates.")
            .formula("records of direct help with a quality mark / all of them"),
    );
    all
}

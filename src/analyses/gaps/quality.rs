use super::found::Found;
use super::ground::Ground;
use super::pieces::day;
use crate::model::{Confidence, Message, Verdict};
use crate::msg;
use crate::study::Service;

/// Are quality marks held, and not lapsed?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let direct = super::direct(ground);
    let lapsed = |s: &&&Service| s.more.quality_until.as_deref().is_some_and(|d| d < ground.as_of());
    let mut all: Vec<Found> = direct
        .iter()
        .filter(lapsed)
        .map(|s| {
            Found::about(ground, "quality", &ground.key(s), ground.name(s), Verdict::Gap)
                .who(msg!("gaps-quality-who"))
                .measured(lapsed_mark(ground, s))
                .sure(Confidence::High, msg!("gaps-because-dates"))
                .otherwise(msg!("gaps-quality-otherwise-lapsed"))
                .close(msg!("gaps-quality-close"))
                .formula(msg!("gaps-quality-formula-lapsed"))
                .resting_on([ground.record(s, msg!("gaps-rests-quality"))])
        })
        .collect();
    let with = direct.iter().filter(|s| s.more.quality_mark.is_some()).count();
    let verdict = if direct.is_empty() || with < direct.len() { Verdict::NotKnown } else { Verdict::NoGap };
    let measured = match direct.len() {
        0 => msg!("gaps-no-record"),
        records => msg!("gaps-quality-marks", marked = with, records = records),
    };
    all.push(
        Found::about(ground, "quality", "marks", msg!("gaps-quality-subject"), verdict)
            .measured(measured)
            .sure(Confidence::Low, msg!("gaps-quality-because"))
            .otherwise(msg!("gaps-quality-otherwise"))
            .close(msg!("gaps-quality-ask"))
            .formula(msg!("gaps-quality-formula")),
    );
    all
}

/// Which mark ran out and when, as far as the record may be quoted.
fn lapsed_mark(ground: &Ground, service: &Service) -> Message {
    let name = ground.name(service);
    let quoted = |text: &Option<String>| text.clone().filter(|_| ground.may_quote(service));
    let mark = quoted(&service.more.quality_mark).map_or_else(|| msg!("gaps-quality-mark"), Message::as_written);
    match quoted(&service.more.quality_until) {
        Some(until) => msg!("gaps-quality-lapsed", mark = mark, service = name, day = day(&until)),
        None => msg!("gaps-quality-lapsed-some-day", mark = mark, service = name),
    }
}

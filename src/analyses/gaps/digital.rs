use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
use crate::msg;
use crate::sources::{Delivery, ServiceType};

/// Is there a way in without travel, and one without a screen?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let direct = super::direct(ground);
    let remote: Vec<_> = direct.iter().filter(|s| s.delivery.iter().any(|d| matches!(d, Delivery::Phone | Delivery::Online))).collect();
    let verdict = if remote.is_empty() { Verdict::NotKnown } else { Verdict::NoGap };
    let mut all = vec![
        Found::about(ground, "digital", "remote", msg!("gaps-digital-subject"), verdict)
            .measured(match verdict {
                Verdict::NotKnown => msg!("gaps-digital-not-known"),
                Verdict::NoGap | Verdict::Gap => msg!("gaps-digital-remote", services = remote.len()),
            })
            .sure(Confidence::Medium, msg!("gaps-digital-because"))
            .close(msg!("gaps-digital-list"))
            .formula(msg!("gaps-digital-formula"))
            .resting_on(remote.iter().map(|s| ground.record(s, msg!("gaps-rests-remote")))),
    ];
    for kind in ground.types.iter().filter(|t| !t.confidential && t.is_direct() && t.id != "web_chat") {
        let kind: &'static ServiceType = kind;
        let running = ground.running(kind);
        let screen_only = !running.is_empty() && running.iter().all(|s| s.delivery == [Delivery::Online]);
        if screen_only {
            let found = Found::of_type(ground, "digital", kind, Verdict::Gap)
                .who(msg!("gaps-digital-who"))
                .measured(msg!("gaps-digital-gap"))
                .by("open_to_all")
                .sure(Confidence::Medium, msg!("gaps-digital-because-record"))
                .otherwise(msg!("gaps-digital-otherwise"))
                .close(msg!("gaps-digital-close"))
                .formula(msg!("gaps-digital-formula-screen"))
                .resting_on(running.iter().map(|s| ground.record(s, msg!("gaps-rests-online"))));
            all.push(found);
        }
    }
    all
}

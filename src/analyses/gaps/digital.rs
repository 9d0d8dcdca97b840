use super::found::Found;
use super::ground::Ground;
use crate::analyses::words::counted;
use crate::model::{Confidence, Verdict};
use crate::sources::{Delivery, ServiceType};

/// Is there a way in without travel, and one without a screen?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let direct = super::direct(ground);
    let remote: Vec<_> = direct.iter().filter(|s| s.delivery.iter().any(|d| matches!(d, Delivery::Phone | Delivery::Online))).collect();
    let verdict = if remote.is_empty() { Verdict::NotKnown } else { Verdict::NoGap };
    let mut all = vec![
        Found::about(ground, "digital", "remote", "Help by phone or online", verdict)
            .measured(match verdict {
                Verdict::NotKnown => "no record says that help is given by phone or online".to_owned(),
                _ => format!("{} by phone or online", counted(remote.len(), "service helps", "services help")),
            })
            .sure(Confidence::Medium, "national helplines are there for everybody, whether or not the catalogue lists them")
            .close("List the national helplines and what is local beside them.")
            .formula("running services delivered by phone or online = 0")
            .resting_on(remote.iter().map(|s| ground.record(s, "by phone or online"))),
    ];
    for kind in ground
        .types
        .iter()
        .filter(|t| !t.confidential && ["crisis", "support", "recovery"].contains(&t.stage.as_str()) && t.id != "web_chat")
    {
        let kind: &'static ServiceType = kind;
        let running = ground.running(kind);
        let screen_only = !running.is_empty() && running.iter().all(|s| s.delivery == [Delivery::Online]);
        if screen_only {
            let mut found = Found::of_type(ground, "digital", kind, Verdict::Gap)
                .measured("is offered online only")
                .by("open_to_all")
                .sure(Confidence::Medium, "delivery as the record gives it")
                .otherwise("Staff may ring people back who ask for it.")
                .close("A phone number beside the screen.")
                .formula("every running service of the type is delivered online and in no other way")
                .resting_on(running.iter().map(|s| ground.record(s, "online only")));
            found.who = "People without a safe device or connection".into();
            all.push(found);
        }
    }
    all
}

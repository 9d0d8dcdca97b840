use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Reach, Verdict};
use crate::msg;
use crate::sources::Delivery;

/// Who lives farther than the plan's distance from every site, of the types that people come to?
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let mut all = Vec::new();
    for kind in ground.types.iter().filter(|t| !t.confidential) {
        let running = ground.running(kind);
        let reach = ground.reach(kind);
        let sited = running.iter().any(|s| s.delivery.contains(&Delivery::Site));
        if !sited {
            continue;
        }
        let count = |class: Reach| reach.iter().filter(|r| **r == class).count();
        let (far, unknown) = (count(Reach::OutOfReach), count(Reach::NotKnown));
        let judged = ground.judges_distance(kind);
        let hidden = running.iter().any(|s| s.more.withheld.place);
        let verdict = if far > 0 && judged {
            Verdict::Gap
        } else if far > 0 || unknown > 0 {
            Verdict::NotKnown
        } else {
            Verdict::NoGap
        };
        let within = ground.within(kind);
        let complete = ground.complete(kind);
        let found = Found::of_type(ground, "distance", kind, verdict)
            .measured(match verdict {
                Verdict::Gap => msg!("gaps-distance-far", within = within),
                Verdict::NotKnown if far > 0 => msg!("gaps-distance-wide", within = within),
                Verdict::NotKnown if hidden => msg!("gaps-distance-hidden", within = within),
                Verdict::NotKnown => msg!("gaps-distance-no-place"),
                Verdict::NoGap => msg!("gaps-distance-near", within = within),
            })
            .by("reach")
            .sure(
                match (judged, complete) {
                    (false, _) => Confidence::Low,
                    // How far is too far is the plan's own word, whoever vouches for the catalogue: no standard exists.
                    (true, true) => Confidence::Medium,
                    (true, false) => Confidence::Medium,
                },
                match (judged, complete) {
                    (false, _) => msg!("gaps-distance-because-wide"),
                    (true, true) => msg!("gaps-distance-because-complete"),
                    (true, false) => msg!("gaps-distance-because-incomplete"),
                },
            )
            .otherwise(if ground.by() == "straight-line" {
                msg!("gaps-distance-otherwise-line")
            } else {
                msg!("gaps-distance-otherwise-time")
            })
            .close(match verdict {
                Verdict::NotKnown if far == 0 && !hidden => msg!("gaps-distance-find"),
                _ if judged => msg!("gaps-distance-close"),
                _ => msg!("gaps-distance-agree"),
            })
            .formula(msg!("gaps-distance-formula"))
            .resting_on(running.iter().map(|s| ground.record(s, msg!("gaps-rests-sites", sites = s.sites.len()))));
        all.push(match verdict {
            Verdict::Gap => found.in_areas(ground, |i| reach[i] == Reach::OutOfReach),
            Verdict::NotKnown if far > 0 => found.in_areas(ground, |i| reach[i] == Reach::OutOfReach),
            Verdict::NotKnown => found.in_areas(ground, |i| reach[i] == Reach::NotKnown),
            Verdict::NoGap => found,
        });
    }
    all
}

use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Reach, Verdict};
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
                Verdict::Gap => format!("have no listed site {within}, and no listed service of the kind comes to them"),
                Verdict::NotKnown if far > 0 => {
                    format!("have no listed site {within}; a service of this kind often serves a wide area from one place, and the plan does not say how far is too far")
                }
                Verdict::NotKnown if hidden => format!("have no site of an open catalogue {within}; sites of restricted catalogues are not told to the public"),
                Verdict::NotKnown => "some service has a site whose place the catalogue does not give".to_owned(),
                Verdict::NoGap => format!("everybody has a site {within}, or a service that comes to them"),
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
                    (false, _) => "there is no distance of its own for this kind of service",
                    (true, true) => "the plan vouches for the catalogue",
                    (true, false) => "a service that is not listed may be nearer",
                },
            )
            .otherwise(if ground.by() == "straight-line" {
                "People may reach a site across the boundary, or be better served by phone; a straight line is shorter than any road."
            } else {
                "People may reach a site across the boundary that is not listed, or be better served by phone; a time is that of one day and one pace."
            })
            .close(if judged {
                "A further site, outreach to these areas, or paid travel; look at two or three distances before deciding."
            } else {
                "Agree how far is too far for it, and write that into the plan (reach-m-by-type)."
            })
            .formula("the way from the population-weighted centre of the area to the nearest site > the plan's distance, or minutes")
            .resting_on(running.iter().map(|s| ground.record(s, format!("{} sites", s.sites.len()))));
        all.push(match verdict {
            Verdict::Gap => found.in_areas(ground, |i| reach[i] == Reach::OutOfReach),
            Verdict::NotKnown if far > 0 => found.in_areas(ground, |i| reach[i] == Reach::OutOfReach),
            Verdict::NotKnown => found.in_areas(ground, |i| reach[i] == Reach::NotKnown),
            Verdict::NoGap => found,
        });
    }
    all
}

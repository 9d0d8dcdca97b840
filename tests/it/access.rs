//! What must hold of access, whatever the places and services.

use gapmap::stats::access::{Choice, Costs, Decay, balanced, floating_catchment, gravity, nearest, raam, spatial_availability};
use proptest::prelude::*;

/// Places with people, services with supply, and costs between them; some pairs are out of reach.
fn cases() -> impl Strategy<Value = (Vec<f64>, Vec<f64>, Vec<Vec<Option<f64>>>)> {
    (1..12_usize, 1..6_usize).prop_flat_map(|(places, services)| {
        let people = prop::collection::vec(prop_oneof![Just(0.0), 1.0..5_000.0_f64], places);
        let supply = prop::collection::vec(prop_oneof![Just(0.0), 0.5..50.0_f64], services);
        let cost = prop_oneof![3 => (0.0..9_000.0_f64).prop_map(Some), 1 => Just(None)];
        (people, supply, prop::collection::vec(prop::collection::vec(cost, services), places))
    })
}

fn costs(matrix: &[Vec<Option<f64>>], services: usize) -> Costs {
    let row = |r: &Vec<Option<f64>>| r.iter().enumerate().filter_map(|(j, c)| Some((j as u32, (*c)?))).collect();
    Costs::new(services, matrix.iter().map(row).collect())
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn decays() -> [Decay; 4] {
    [
        Decay::Within { to: 4_000.0 },
        Decay::Steps(vec![(1_000.0, 1.0), (2_500.0, 0.68), (5_000.0, 0.22)]),
        Decay::Gaussian { sigma: 2_000.0, to: 6_000.0 },
        Decay::Exponential { rate: 0.0005, to: f64::INFINITY },
    ]
}

proptest! {
    #![proptest_config(crate::study_files::cases(300))]

    #[test]
    fn what_is_handed_out_is_what_there_is((people, supply, matrix) in cases()) {
        let costs = costs(&matrix, supply.len());
        for decay in decays() {
            for choice in [Choice::Every, Choice::Split] {
                let access = floating_catchment(&costs, &people, &supply, &decay, choice);
                let handed_out: f64 = access.per_person.iter().zip(&people).map(|(a, p)| a * p).sum();
                prop_assert!(close(handed_out + access.unused, supply.iter().sum()), "{decay:?} {choice:?}: {handed_out} and {} unused", access.unused);
                for (i, a) in access.per_person.iter().enumerate() {
                    prop_assert!(a.is_finite() && (*a == 0.0 || access.in_reach[i]), "nobody in reach is a true zero, with its flag");
                }
            }
            let lessened = floating_catchment(&costs, &people, &supply, &decay, Choice::Lessened);
            let handed_out: f64 = lessened.per_person.iter().zip(&people).map(|(a, p)| a * p).sum();
            prop_assert!(handed_out <= supply.iter().sum::<f64>() * (1.0 + 1e-9), "the way takes some of it, and adds none");
            let available: f64 = spatial_availability(&costs, &people, &supply, &decay).iter().sum();
            let shared: f64 = balanced(&costs, &people, &supply, &decay).iter().sum();
            prop_assert!(available <= supply.iter().sum::<f64>() * (1.0 + 1e-9) && shared.is_finite());
        }
    }

    #[test]
    fn a_catchment_larger_than_the_map_gives_supply_over_demand((people, supply, matrix) in cases()) {
        let all: f64 = people.iter().sum();
        prop_assume!(all > 0.0);
        let everywhere: Vec<Vec<Option<f64>>> = matrix.iter().map(|r| r.iter().map(|c| Some(c.unwrap_or(8_999.0))).collect()).collect();
        let access = floating_catchment(&costs(&everywhere, supply.len()), &people, &supply, &Decay::Within { to: 1e9 }, Choice::Every);
        for a in access.per_person {
            prop_assert!(close(a, supply.iter().sum::<f64>() / all), "{a}");
        }
    }

    #[test]
    fn a_further_service_never_lowers_what_anyone_can_reach((people, supply, matrix) in cases(), further in prop::collection::vec(0.0..9_000.0_f64, 12), more in 0.5..50.0_f64) {
        let wider: Vec<Vec<Option<f64>>> = matrix.iter().zip(&further).map(|(r, c)| r.iter().copied().chain([Some(*c)]).collect()).collect();
        let with: Vec<f64> = supply.iter().copied().chain([more]).collect();
        let (before, after) = (costs(&matrix, supply.len()), costs(&wider, with.len()));
        for decay in decays() {
            let pairs = [
                (gravity(&before, &supply, &decay), gravity(&after, &with, &decay)),
                (floating_catchment(&before, &people, &supply, &decay, Choice::Every).per_person, floating_catchment(&after, &people, &with, &decay, Choice::Every).per_person),
            ];
            for (old, new) in pairs {
                for (a, b) in old.iter().zip(&new) {
                    prop_assert!(*b >= a - 1e-12 * a.abs(), "{decay:?}: {a} before, {b} after");
                }
            }
        }
        for (a, b) in nearest(&before, &supply).iter().zip(nearest(&after, &with)) {
            let way = |n: Option<(usize, f64)>| n.map_or(f64::INFINITY, |n| n.1);
            prop_assert!(way(b) <= way(*a));
        }
    }

    #[test]
    fn in_the_equilibrium_all_people_are_somewhere_and_nobody_would_move((people, supply, matrix) in cases()) {
        let costs = costs(&matrix, supply.len());
        let Some(found) = raam(&costs, &people, &supply, 3_000.0, 1e-8) else { return Ok(()) };
        let (all, of_supply): (f64, f64) = (people.iter().sum(), supply.iter().sum());
        let rho = all / of_supply;
        let there: f64 = found.crowd.iter().zip(&supply).map(|(c, s)| c * rho * s).sum();
        let can: f64 = people.iter().zip(&found.cost).filter(|(_, c)| c.is_some()).map(|(p, _)| p).sum();
        prop_assert!((there - can).abs() <= 1e-6 * can.max(1.0), "{there} of {can} people are at a service");
    }
}

//! Groups of users and gradients between two packs.

use gapmap::compare::{Said, compare};
use gapmap::model::{Body, Findings, ParityGroup};
use gapmap::stats::group_and_rest::{GroupAndRest, Way};
use gapmap::units::{Cell, Estimate};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

use super::{WHOLE, a_year_later};

const PARITY: &str = "parity/service-users/idva";

/// Users of each group drawn anew, a thousand or so in each dimension; `times` of the first group of every dimension.
fn users_drawn(base: &Findings, random: &mut ChaCha8Rng, times: f64) -> Findings {
    let mut findings = base.clone();
    let step = findings.policy.round_to.max(1);
    let finding = findings.findings.iter_mut().find(|f| f.id == PARITY).unwrap();
    let Body::Parity(body) = &mut finding.body else { panic!() };
    let level = body.level;
    for d in &mut body.dimensions {
        let all: f64 = d.groups.iter().filter_map(|g| g.population.known()).sum();
        for (i, g) in d.groups.iter_mut().enumerate() {
            let Some(population) = g.population.known() else { continue };
            let mean = 1000.0 * population / all * if i == 0 { times } else { 1.0 };
            let n = Poisson::new(mean.max(0.1)).unwrap().sample(random) as u64;
            g.users = Cell::Known((n as f64 / step as f64).round() as u64 * step);
        }
        let ratio = |g: &ParityGroup| {
            let (rest_events, rest_exposure) = d.rest_beside(g)?;
            let sides = GroupAndRest { events: g.users.known()?, exposure: g.population.known()?, rest_events, rest_exposure };
            sides.limits(level, Way::MidP)
        };
        let ratios: Vec<_> = d.groups.iter().map(|g| ratio(g).map_or(Cell::Missing, Cell::Known)).collect();
        d.groups.iter_mut().zip(ratios).for_each(|(g, r)| g.ratio = r);
    }
    findings
}

#[test]
fn a_group_that_is_reached_less_than_a_year_before_is_found_and_none_is_invented() {
    let mut random = ChaCha8Rng::seed_from_u64(29);
    let (mut invented, mut found, mut planted) = (0, 0, 0);
    for _ in 0..50 {
        let before = users_drawn(&WHOLE, &mut random, 1.0);
        let same = a_year_later(users_drawn(&WHOLE, &mut random, 1.0));
        invented += usize::from(compare(&before, &same).called().any(|c| c.id == PARITY));
        let later = a_year_later(users_drawn(&WHOLE, &mut random, 0.3));
        let Body::Parity(body) = &later.find(PARITY).unwrap().body else { panic!() };
        let called = compare(&before, &later);
        for d in &body.dimensions {
            let first = format!("{}: {}", d.name, d.groups[0].name);
            let large = d.share_of_population(&d.groups[0]).is_some_and(|s| s > 0.08);
            planted += usize::from(large);
            found += usize::from(large && called.called().any(|c| c.id == PARITY && c.row == first && c.said == Said::Lower));
        }
    }
    println!("parity: {invented} of 50 pairs without change have a call; {found} of {planted} planted are found");
    assert!(invented <= 6, "{invented} of 50 at a stated rate of one in twenty");
    assert!(planted > 50 && found * 10 >= planted * 9, "{found} of {planted}");
}

#[test]
fn gradients_are_tested_by_their_limits_and_never_across_a_break() {
    let id = WHOLE.findings.iter().find(|f| matches!(f.body, Body::Gradient(_))).unwrap().id.clone();
    let with = |value: f64| {
        let mut findings = WHOLE.clone();
        let finding = findings.findings.iter_mut().find(|f| f.id == id).unwrap();
        let Body::Gradient(body) = &mut finding.body else { panic!() };
        body.ratio = Some(Estimate { value, lower: value / 1.2, upper: value * 1.2, ..body.ratio.unwrap() });
        findings
    };
    let said = |after: &Findings| compare(&with(1.3), after).changes.into_iter().find(|c| c.id == id).unwrap().said;
    assert_eq!(said(&a_year_later(with(2.6))), Said::Higher);
    assert_eq!(said(&a_year_later(with(0.6))), Said::Lower);
    assert_eq!(said(&a_year_later(with(1.4))), Said::NoClearChange);
    assert_eq!(said(&with(2.6)), Said::Changed);
    let mut broken = a_year_later(with(2.6));
    broken.breaks.push(gapmap::model::SeriesBreak {
        first_month: broken.find(&id).unwrap().period.first.plus(-2),
        title: "A new system".into(),
        detail: String::new(),
        source: String::new(),
        sources: vec![],
        categories: vec![],
    });
    assert_eq!(said(&broken), Said::Break);
}

//! The strongest cluster of simulated maps beside a plain search of the same maps, circle by circle and window by window.

use super::sampler::Sampler;
use super::{Circles, Null, Panel, Windows, poisson, simulate};

const MAPS: usize = 70;

/// The log likelihood ratio of the strongest cluster of each map, ascending.
fn plainly(panel: &Panel, circles: &Circles, windows: Windows, seed: u64) -> Vec<f64> {
    let sampler = Sampler::new(panel, windows);
    let panel = panel.looked_at(windows);
    let (times, total) = (panel.times, panel.total as f64);
    let strongest = |map: usize| {
        let events = sampler.draw(seed, map);
        let mut best = 0.0_f64;
        for centre in 0..circles.len() {
            for k in (1..=circles.around(centre).len()).filter(|k| circles.counts(*k)) {
                for (start, end) in windows.all(times) {
                    let cells = || circles.around(centre)[..k].iter().flat_map(|m| *m as usize * times + start..*m as usize * times + end);
                    let observed: u32 = cells().map(|c| events[c]).sum();
                    let expected: f64 = cells().map(|c| panel.expected[c]).sum();
                    if observed >= windows.fewest {
                        best = best.max(poisson(f64::from(observed), expected, total));
                    }
                }
            }
        }
        best
    };
    let mut all: Vec<f64> = (0..MAPS).map(strongest).collect();
    all.sort_by(f64::total_cmp);
    all
}

fn same(panel: &Panel, circles: &Circles, windows: Windows, what: &str) {
    let (fast, plain) = (simulate::maxima(panel, circles, windows, MAPS, 5), plainly(panel, circles, windows, 5));
    for (a, b) in fast.iter().zip(&plain) {
        assert!((a - b).abs() <= 1e-7 * b.max(1.0), "{what}: {a} {b}");
    }
    assert_eq!(fast.len(), plain.len());
}

const PLACES: Windows = Windows { longest: 1, living: false, fewest: 2 };

#[test]
fn the_strongest_circles_of_few_and_of_many_events_are_those_of_a_plain_search() {
    let circles = Circles::new(20, |i, j| i.abs_diff(j) as f64, &[1.0; 20], 0.5);
    // The last holds more in a circle than 16 bits can count, and areas that vary may hold it alone.
    for each in [2, 40, 1_500, 12_000, 45_000, 60_000] {
        let panel = Panel::poisson(1, vec![each; 20], vec![1.0; 20]).expect("a panel");
        same(&panel, &circles, PLACES, &format!("Poisson, {each}"));
        same(&panel.varied(0.7), &circles, PLACES, &format!("varied, {each}"));
    }
}

#[test]
fn circles_that_are_left_out_are_left_out_of_the_maps_of_chance() {
    let all = Circles::new(40, |i, j| i.abs_diff(j) as f64, &[1.0; 40], 0.6);
    let some = all.clone().growing_by(4, 0.3);
    let events: Vec<u32> = (0..240).map(|i| 1 + i * 7 % 11).collect();
    let places = Panel::poisson(1, events[..40].to_vec(), vec![1.0; 40]).expect("a panel").varied(0.3);
    let times = Panel::permutation(6, events).expect("a panel");
    for windows in [Windows { longest: 2, living: true, fewest: 2 }, Windows::half_of(6)] {
        same(&times, &some, windows, "times");
    }
    same(&places, &some, PLACES, "places");
    assert!(matches!(places.null, Null::Varied(_)));
    let of = |circles: &Circles| simulate::maxima(&places, circles, PLACES, MAPS, 5);
    assert!(of(&all).iter().zip(of(&some)).all(|(a, b)| *a >= b - 1e-9) && of(&all) != of(&some));
}

//! Circles that do not cover one another: each stays as near to its own place as the others let it.

/// What is left between two circles, in pixels.
const GAP: f64 = 0.8;
/// In these rounds circles are also drawn back towards their places; in as many more they are only set apart.
const ROUNDS: usize = 120;

/// A circle: where it belongs and its radius, in pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Circle {
    pub home: (f64, f64),
    pub radius: f64,
}

/// Where each circle stands once none covers another. The same circles in the same order always give the same places.
///
/// Dorling's way of drawing places as circles (Area Cartograms, 1996), without his pull between neighbours: here the map lies below.
pub(super) fn set_apart(circles: &[Circle]) -> Vec<(f64, f64)> {
    let mut at: Vec<(f64, f64)> = circles.iter().map(|c| c.home).collect();
    let widest = circles.iter().fold(0.0_f64, |w, c| w.max(c.radius));
    let mut order: Vec<usize> = (0..circles.len()).collect();
    for round in 0..2 * ROUNDS {
        if round < ROUNDS {
            for (place, circle) in at.iter_mut().zip(circles) {
                *place = (place.0 + 0.1 * (circle.home.0 - place.0), place.1 + 0.1 * (circle.home.1 - place.1));
            }
        }
        // From west to east, so that only circles near one another are compared.
        order.sort_by(|a, b| at[*a].0.total_cmp(&at[*b].0).then(a.cmp(b)));
        let mut moved = false;
        for (k, &i) in order.iter().enumerate() {
            for &j in &order[k + 1..] {
                if at[j].0 - at[i].0 > 2.0 * widest + GAP {
                    break;
                }
                moved |= part(&mut at, circles, i, j);
            }
        }
        if !moved {
            break;
        }
    }
    at
}

/// Moves two circles off one another, the smaller one farther. Whether they had to be.
fn part(at: &mut [(f64, f64)], circles: &[Circle], i: usize, j: usize) -> bool {
    let needed = circles[i].radius + circles[j].radius + GAP;
    let (dx, dy) = (at[j].0 - at[i].0, at[j].1 - at[i].1);
    let apart = dx.hypot(dy);
    if apart >= needed - 1e-3 {
        return false;
    }
    // Two on one spot part in a direction of their own, so that a heap does not leave in one line.
    let turn = (i + j) as f64;
    let (ux, uy) = if apart > 1e-6 { (dx / apart, dy / apart) } else { (turn.cos(), turn.sin()) };
    let push = needed - apart;
    let of_i = push * circles[j].radius / (circles[i].radius + circles[j].radius);
    at[i] = (at[i].0 - ux * of_i, at[i].1 - uy * of_i);
    at[j] = (at[j].0 + ux * (push - of_i), at[j].1 + uy * (push - of_i));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_covers_another_and_those_alone_stay() {
        // A town centre of sixty areas within forty pixels, three of them on one spot, and one far away.
        let mut circles: Vec<Circle> = (0..60)
            .map(|i| Circle { home: (100.0 + f64::from(i * 7 % 40), 100.0 + f64::from(i * 11 % 40)), radius: 3.0 + f64::from(i % 5) })
            .collect();
        (0..3).for_each(|i| circles[i].home = (120.0, 120.0));
        circles.push(Circle { home: (400.0, 100.0), radius: 8.0 });
        let at = set_apart(&circles);
        for i in 0..circles.len() {
            for j in 0..i {
                let apart = (at[i].0 - at[j].0).hypot(at[i].1 - at[j].1);
                assert!(apart > circles[i].radius + circles[j].radius, "{i} and {j} are {apart} apart");
            }
        }
        assert_eq!(at[60], (400.0, 100.0));
        assert_eq!(at, set_apart(&circles));
    }
}

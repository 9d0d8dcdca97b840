//! Areas as paths: corners on a fine grid, all areas of a class in one path, or only the border around them.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::ground::Ground;
use crate::model::Outline;
use crate::outputs::svg::number;

/// A corner in steps of the grid.
type Corner = (i64, i64);

impl Ground {
    /// One path of many areas. An area too small to be seen is a dot of two pixels, so that none is lost.
    pub(in crate::outputs) fn path<'o>(&self, outlines: impl Iterator<Item = &'o Outline>) -> String {
        let mut d = String::new();
        for outline in outlines {
            let before = d.len();
            for ring in outline.polygons.iter().flatten() {
                self.write(&mut d, self.snapped(ring));
            }
            let corner = outline.polygons.iter().flatten().flatten().next();
            if let (true, Some(c)) = (d.len() == before, corner) {
                let (x, y) = self.at(f64::from(c.0), f64::from(c.1));
                let _ = write!(d, "M{} {}h2v2h-2z", number(x - 1.0), number(y - 1.0));
            }
        }
        d
    }

    /// The outer border of many areas together: what two of them share is left out, so that a small map stays small.
    pub(super) fn union<'o>(&self, outlines: impl Iterator<Item = &'o Outline>) -> String {
        let mut edges: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
        for ring in outlines.flat_map(|o| o.polygons.iter()).flat_map(|p| p.iter().enumerate()) {
            let mut corners = self.snapped(ring.1);
            // Outer rings turn one way and holes the other, so that a shared side is run along in both directions and cancels.
            if (twice_area(&corners) > 0) != (ring.0 == 0) {
                corners.reverse();
            }
            for (i, from) in corners.iter().enumerate() {
                let to = corners[(i + 1) % corners.len()];
                let back = edges.get_mut(&to).and_then(|ends| Some((ends.iter().position(|e| e == from)?, ends)));
                if let Some((at, ends)) = back {
                    ends.swap_remove(at);
                } else {
                    edges.entry(*from).or_default().push(to);
                }
            }
        }
        let mut d = String::new();
        while let Some((start, _)) = edges.iter().find(|(_, ends)| !ends.is_empty()).map(|(c, e)| (*c, e.len())) {
            let mut ring = vec![start];
            let mut here = start;
            // At every corner as many sides end as begin, so a walk comes back to where it began.
            while let Some(next) = edges.get_mut(&here).and_then(Vec::pop).filter(|next| *next != start) {
                ring.push(next);
                here = next;
            }
            edges.retain(|_, ends| !ends.is_empty());
            self.write(&mut d, ring);
        }
        d
    }

    /// The corners of a ring on the grid, none twice in a row.
    fn snapped(&self, ring: &[(i32, i32)]) -> Vec<Corner> {
        let snap = |c: &(i32, i32)| {
            let (x, y) = self.at(f64::from(c.0), f64::from(c.1));
            ((x / self.grid).round() as i64, (y / self.grid).round() as i64)
        };
        let mut corners: Vec<Corner> = ring.iter().map(snap).collect();
        corners.dedup();
        while corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        corners
    }

    /// A ring in steps from corner to corner; nothing where fewer than three corners are left.
    fn write(&self, d: &mut String, ring: Vec<Corner>) {
        // Corners on a straight line are none.
        let mut corners: Vec<Corner> = Vec::with_capacity(ring.len());
        for corner in ring {
            if let [.., a, b] = corners[..] {
                let (first, second) = ((b.0 - a.0, b.1 - a.1), (corner.0 - b.0, corner.1 - b.1));
                if first.0 * second.1 == first.1 * second.0 && first.0 * second.0 + first.1 * second.1 > 0 {
                    corners.pop();
                }
            }
            corners.push(corner);
        }
        if corners.len() < 3 {
            return;
        }
        let (x, y) = (corners[0].0 as f64 * self.grid, corners[0].1 as f64 * self.grid);
        let _ = write!(d, "M{} {}l", number(x), number(y));
        for (k, pair) in corners.windows(2).enumerate() {
            let step = |n: i64| short(n as f64 * self.grid);
            let (dx, dy) = (step(pair[1].0 - pair[0].0), step(pair[1].1 - pair[0].1));
            let (before, between) = (if k == 0 || dx.starts_with('-') { "" } else { " " }, if dy.starts_with('-') { "" } else { " " });
            let _ = write!(d, "{before}{dx}{between}{dy}");
        }
        d.push('z');
    }
}

/// Twice the area that corners enclose, signed by the way they turn.
pub(super) fn twice_area(corners: &[Corner]) -> i64 {
    (0..corners.len()).map(|i| (corners[i], corners[(i + 1) % corners.len()])).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

/// A number as short as it can be: `.4`, `-1.2`.
fn short(x: f64) -> String {
    let text = number(x);
    match text.strip_prefix("0.") {
        Some(rest) => format!(".{rest}"),
        None => text.strip_prefix("-0.").map_or(text.clone(), |rest| format!("-.{rest}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::ground::tests::squares;
    use crate::outputs::figures::kit::Room;

    #[test]
    fn every_area_is_in_the_path_once_and_neighbours_share_their_corners() {
        let room = Room { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 };
        let mut outlines = squares(4, 2);
        // One of a metre: too small to be seen, and not lost.
        outlines.push(Outline { polygons: vec![vec![vec![(500, 500), (501, 500), (501, 501)]]], ..outlines[0].clone() });
        let ground = Ground::fit(&outlines, room, 0.2).unwrap();
        let d = ground.path(outlines.iter());
        assert_eq!((d.matches('M').count(), d.matches('z').count()), (5, 5));
        assert!(d.starts_with("M0 100l50 0 0-50-50 0z"), "{d}");
        assert!(d.ends_with("h2v2h-2z"));
    }

    #[test]
    fn the_border_of_areas_together_holds_no_side_that_two_share() {
        let room = Room { left: 0.0, top: 0.0, right: 90.0, bottom: 90.0 };
        let mut outlines = squares(9, 3);
        outlines[4].polygons[0][0].reverse();
        let ground = Ground::fit(&outlines, room, 0.5).unwrap();
        let around = ground.union(outlines.iter());
        assert_eq!(around.matches('M').count(), 1, "{around}");
        assert!(around.contains("90") && !around.contains("30"), "no corner in the middle of a side: {around}");
        // Without the one in the middle there is a hole.
        let ring = ground.union(outlines.iter().filter(|o| o.name != "Area 4"));
        assert_eq!(ring.matches('M').count(), 2, "{ring}");
        assert_eq!(ground.union(outlines[..0].iter()), "");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([0.4, -0.4, -1.25, 12.0, 0.0].map(short), [".4", "-.4", "-1.2", "12", "0"]);
    }
}

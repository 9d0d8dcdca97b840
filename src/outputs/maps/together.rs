//! Many areas on a map: those of one fill are one path, on a grid that is as fine as can be seen.
//!
//! A path for each of 5,000 areas, with its own look and tooltip, makes a map of three megabytes. Corners are set to whole steps of a grid, the same for both
//! areas that share one: borders stay shared, and no gap opens between neighbours.

use std::fmt::Write;

use crate::model::Outline;
use crate::outputs::places::grid_px;
use crate::outputs::svg::number;

/// Areas so far, by fill in the order in which fills came first.
pub(super) struct Together {
    grid: f64,
    fills: Vec<(String, String)>,
}

impl Together {
    /// Nothing for so few areas that each is drawn by itself.
    pub(super) fn of(areas: usize) -> Option<Self> {
        Some(Self { grid: grid_px(areas)?, fills: vec![] })
    }

    /// Adds an area; `at` gives the pixels of a place in metres.
    pub(super) fn add(&mut self, outline: &Outline, fill: &str, at: impl Fn(f64, f64) -> (f64, f64)) {
        let place = self.fills.iter().position(|(f, _)| f == fill).unwrap_or_else(|| {
            self.fills.push((fill.to_owned(), String::new()));
            self.fills.len() - 1
        });
        let path = &mut self.fills[place].1;
        for ring in outline.polygons.iter().flatten() {
            let snapped = ring.iter().map(|c| {
                let (x, y) = at(f64::from(c.0), f64::from(c.1));
                ((x / self.grid).round() as i64, (y / self.grid).round() as i64)
            });
            write(path, snapped.collect(), self.grid);
        }
    }

    /// All of them, a path for each fill.
    pub(super) fn drawn(&self) -> String {
        let mut all = String::from("<g fill-rule=\"evenodd\" stroke=\"#6F6F6F\" stroke-width=\"0.3\" stroke-linejoin=\"round\">");
        for (fill, path) in &self.fills {
            let _ = write!(all, "\n<path d=\"{path}\" fill=\"{fill}\"/>");
        }
        all + "\n</g>"
    }
}

/// A ring in steps from corner to corner. One that is too small to be seen is a dot of a step, so that none is lost.
fn write(path: &mut String, ring: Vec<(i64, i64)>, grid: f64) {
    let mut corners: Vec<(i64, i64)> = Vec::with_capacity(ring.len());
    for corner in ring {
        if corners.last() == Some(&corner) {
            continue;
        }
        // Corners on a straight line are none.
        if let [.., a, b] = corners[..] {
            let (first, second) = ((b.0 - a.0, b.1 - a.1), (corner.0 - b.0, corner.1 - b.1));
            if first.0 * second.1 == first.1 * second.0 && first.0 * second.0 + first.1 * second.1 > 0 {
                corners.pop();
            }
        }
        corners.push(corner);
    }
    while corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    let step = |n: i64| number(n as f64 * grid);
    let Some(first) = corners.first() else { return };
    let _ = write!(path, "M{} {}", step(first.0), step(first.1));
    if corners.len() < 3 {
        let one = number(grid);
        let _ = write!(path, "h{one}v{one}h-{one}z");
        return;
    }
    for pair in corners.windows(2) {
        let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let _ = match (dx, dy) {
            (0, dy) => write!(path, "v{}", step(dy)),
            (dx, 0) => write!(path, "h{}", step(dx)),
            (dx, dy) if dy < 0 => write!(path, "l{}{}", step(dx), step(dy)),
            (dx, dy) => write!(path, "l{} {}", step(dx), step(dy)),
        };
    }
    path.push('z');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::AreaCode;

    #[test]
    fn neighbours_keep_their_border_and_what_is_too_small_is_a_dot() {
        let area = |code: &str, ring: Vec<(i32, i32)>| Outline {
            code: AreaCode::parse(code).expect("a code"),
            name: String::new(),
            within: vec![],
            polygons: vec![vec![ring]],
        };
        let west = area("E01000001", vec![(0, 0), (40, 0), (41, 33), (40, 60), (0, 60)]);
        let east = area("E01000002", vec![(40, 0), (80, 0), (80, 60), (40, 60), (41, 33)]);
        let speck = area("E01000003", vec![(90, 0), (90, 1), (91, 1)]);
        let mut together = Together::of(2_000).expect("many areas");
        let at = |east: f64, north: f64| (east / 10.0, 6.0 - north / 10.0);
        together.add(&west, "red", at);
        together.add(&speck, "red", at);
        together.add(&east, "blue", at);
        let drawn = together.drawn();
        assert_eq!(drawn.matches("<path").count(), 2);
        assert!(drawn.contains("M0 6h4v-6h-4z") && drawn.contains("M4 6h4v-6h-4v2.5z"), "{drawn}");
        assert!(drawn.contains("M9 6h0.5v0.5h-0.5z"), "{drawn}");
        assert!(Together::of(150).is_none());
    }
}

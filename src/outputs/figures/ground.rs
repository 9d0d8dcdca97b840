//! Areas as paths: metres to pixels, corners on a fine grid, all areas of a class in one path.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::kit::{NAVY, Room, Sheet};
use crate::model::Outline;
use crate::outputs::places::bounds;
use crate::outputs::svg::number;

/// A corner in steps of the grid.
type Corner = (i64, i64);

/// Where metres of the National Grid lie on the sheet.
#[derive(Clone)]
pub(super) struct Ground {
    west_m: f64,
    north_m: f64,
    pub per_m: f64,
    left: f64,
    top: f64,
    /// What the areas fill.
    pub room: Room,
    /// Corners are set to whole steps of this many pixels: the same for both areas that share one.
    grid: f64,
}

impl Ground {
    /// Fits the outlines into a room, in its middle. Nothing where there are none.
    pub(super) fn fit(outlines: &[Outline], room: Room, grid: f64) -> Option<Self> {
        let (west, south, east, north) = bounds(outlines);
        let (wide, high) = ((east - west).max(1.0), (north - south).max(1.0));
        if ![west, south, wide, high].iter().all(|m| m.is_finite()) {
            return None;
        }
        let per_m = ((room.right - room.left) / wide).min((room.bottom - room.top) / high);
        let left = (room.left + room.right - wide * per_m) / 2.0;
        let top = (room.top + room.bottom - high * per_m) / 2.0;
        let filled = Room { left, top, right: left + wide * per_m, bottom: top + high * per_m };
        Some(Self { west_m: west, north_m: north, per_m, left, top, room: filled, grid })
    }

    /// Pixels of a position.
    pub(super) fn at(&self, east_m: f64, north_m: f64) -> (f64, f64) {
        (self.left + (east_m - self.west_m) * self.per_m, self.top + (self.north_m - north_m) * self.per_m)
    }

    /// The same, moved to a left edge.
    pub(super) fn to_the_left(mut self, left: f64) -> Self {
        self.room.right -= self.room.left - left;
        (self.left, self.room.left) = (left, left);
        self
    }

    /// The ground of a window of this one, drawn as large as a room.
    pub(super) fn zoomed(&self, window: Room, into: Room) -> Self {
        let zoom = (into.right - into.left) / (window.right - window.left);
        let left = into.left - (window.left - self.left) * zoom;
        let top = into.top - (window.top - self.top) * zoom;
        Self { per_m: self.per_m * zoom, left, top, room: into, ..*self }
    }

    /// Where a point of another ground lies on this one.
    pub(super) fn from(&self, other: &Self, (x, y): (f64, f64)) -> (f64, f64) {
        let zoom = self.per_m / other.per_m;
        (self.left + (x - other.left) * zoom, self.top + (y - other.top) * zoom)
    }

    /// Upper edge of what the areas fill.
    pub(super) fn top(&self) -> f64 {
        self.room.top
    }

    /// The box around an area.
    pub(super) fn extent(&self, outline: &Outline) -> Option<Room> {
        let (west, south, east, north) = bounds(std::slice::from_ref(outline));
        let ((left, top), (right, bottom)) = (self.at(west, north), self.at(east, south));
        [left, top, right, bottom].iter().all(|v| v.is_finite()).then_some(Room { left, top, right, bottom })
    }

    /// Side of a square as large as an area, in pixels.
    pub(super) fn side(&self, outline: &Outline) -> f64 {
        let ring =
            |ring: &Vec<(i32, i32)>| twice_area(&ring.iter().map(|c| (i64::from(c.0), i64::from(c.1))).collect::<Vec<_>>()).abs() as f64;
        let square_m: f64 = outline.polygons.iter().filter_map(|p| p.first()).map(ring).sum::<f64>() / 2.0;
        square_m.sqrt() * self.per_m
    }

    /// One path of many areas. An area too small to be seen is a dot of two pixels, so that none is lost.
    pub(super) fn path<'o>(&self, outlines: impl Iterator<Item = &'o Outline>) -> String {
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

    /// Draws classes of areas, each one path with its fill: white lines `between` areas, and the border of them all around, in pixels.
    /// `name` begins the ids of its paths.
    pub(super) fn draw(&self, sheet: &mut Sheet, name: &str, classes: &[(&str, String)], border: f64, between: f64) {
        let mut defs = String::from("<defs>");
        for (k, (_, d)) in classes.iter().enumerate() {
            let _ = write!(defs, "<path id=\"{name}{k}\" d=\"{d}\"/>");
        }
        sheet.svg.raw(&format!("{defs}</defs>"));
        // The border is what stands out from under the areas: half of a line that is as wide as both.
        sheet
            .svg
            .raw(&format!("<g fill=\"none\" stroke=\"{NAVY}\" stroke-width=\"{:.1}\" stroke-linejoin=\"round\">", 2.0 * border + between));
        for k in 0..classes.len() {
            sheet.svg.raw(&format!("<use href=\"#{name}{k}\"/>"));
        }
        sheet.svg.raw(&format!("</g>\n<g stroke=\"#FFFFFF\" stroke-width=\"{between}\" stroke-linejoin=\"round\" fill-rule=\"evenodd\">"));
        for (k, (fill, _)) in classes.iter().enumerate() {
            sheet.svg.raw(&format!("<use href=\"#{name}{k}\" fill=\"{fill}\"/>"));
        }
        sheet.svg.raw("</g>");
    }
}

/// Twice the area that corners enclose, signed by the way they turn.
fn twice_area(corners: &[Corner]) -> i64 {
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
pub(super) mod tests {
    use super::*;
    use crate::units::AreaCode;

    /// Squares of 1 km in rows of `wide`, from the south-west.
    pub(in crate::outputs::figures) fn squares(n: usize, wide: usize) -> Vec<Outline> {
        let square = |i: usize| {
            let (x, y) = ((i % wide * 1000) as i32, (i / wide * 1000) as i32);
            Outline {
                code: AreaCode::parse(&format!("E0100{i:04}")).unwrap(),
                name: format!("Area {i}"),
                polygons: vec![vec![vec![(x, y), (x + 1000, y), (x + 1000, y + 1000), (x, y + 1000)]]],
            }
        };
        (0..n).map(square).collect()
    }

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
        assert!(Ground::fit(&[], room, 0.2).is_none());
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

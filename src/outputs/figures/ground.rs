//! The ground of a map: metres to pixels, a window of it drawn larger, and classes of areas with the border around them.

use std::fmt::Write;

use super::kit::{NAVY, Room, Sheet};
use super::paths::twice_area;
use crate::model::Outline;
use crate::outputs::places::{bounds, grid_px};

/// Where metres of the National Grid lie on the sheet.
#[derive(Clone)]
pub(in crate::outputs) struct Ground {
    west_m: f64,
    north_m: f64,
    pub(super) per_m: f64,
    left: f64,
    top: f64,
    /// What the areas fill.
    pub(in crate::outputs) room: Room,
    /// Corners are set to whole steps of this many pixels: the same for both areas that share one.
    pub(super) grid: f64,
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
        let grid = grid_px(outlines.len()).map_or(grid, |coarse| grid.max(coarse));
        Some(Self { west_m: west, north_m: north, per_m, left, top, room: filled, grid })
    }

    /// Areas with their left top corner at the origin, at a scale that is given.
    pub(in crate::outputs) fn of(extent: crate::outputs::maps::Extent, grid: f64) -> Self {
        let crate::outputs::maps::Extent { west_m, north_m, wide_m, high_m, per_m } = extent;
        let room = Room { left: 0.0, top: 0.0, right: wide_m * per_m, bottom: high_m * per_m };
        Self { west_m, north_m, per_m, left: 0.0, top: 0.0, room, grid }
    }

    /// The same with its left top corner elsewhere.
    pub(in crate::outputs) fn moved_to(mut self, left: f64, top: f64) -> Self {
        self.room.bottom -= self.room.top - top;
        (self.top, self.room.top) = (top, top);
        self.moved_left(left)
    }

    /// Pixels of a position.
    pub(in crate::outputs) fn at(&self, east_m: f64, north_m: f64) -> (f64, f64) {
        (self.left + (east_m - self.west_m) * self.per_m, self.top + (self.north_m - north_m) * self.per_m)
    }

    /// The same, moved to a left edge.
    pub(in crate::outputs) fn moved_left(mut self, left: f64) -> Self {
        self.room.right -= self.room.left - left;
        (self.left, self.room.left) = (left, left);
        self
    }

    /// The ground of a window of this one, drawn as large as a room.
    pub(in crate::outputs) fn zoomed(&self, window: Room, into: Room) -> Self {
        let zoom = (into.right - into.left) / (window.right - window.left);
        let left = into.left - (window.left - self.left) * zoom;
        let top = into.top - (window.top - self.top) * zoom;
        Self { per_m: self.per_m * zoom, left, top, room: into, ..*self }
    }

    /// Where a point of another ground lies on this one.
    pub(super) fn point_of(&self, other: &Self, (x, y): (f64, f64)) -> (f64, f64) {
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
                within: vec![],
                polygons: vec![vec![vec![(x, y), (x + 1000, y), (x + 1000, y + 1000), (x, y + 1000)]]],
            }
        };
        (0..n).map(square).collect()
    }

    #[test]
    fn a_window_drawn_larger_holds_what_lies_in_it() {
        let room = Room { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 };
        let ground = Ground::fit(&squares(4, 2), room, 0.2).unwrap().moved_left(10.0);
        let window = Room { left: 20.0, top: 20.0, right: 40.0, bottom: 40.0 };
        let into = Room { left: 200.0, top: 0.0, right: 300.0, bottom: 100.0 };
        let zoomed = ground.zoomed(window, into);
        let (east, north) = (500.0, 1500.0);
        assert_eq!(ground.at(east, north), (35.0, 25.0));
        assert_eq!(zoomed.at(east, north), (275.0, 25.0));
        assert_eq!(zoomed.point_of(&ground, ground.at(east, north)), zoomed.at(east, north));
        assert_eq!((ground.side(&squares(1, 1)[0]), zoomed.side(&squares(1, 1)[0])), (50.0, 250.0));
        assert!(Ground::fit(&[], room, 0.2).is_none());
    }
}

//! Towns drawn again larger beside the map, where their areas would be too small to see, or where so many sites stand that their names would not fit.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::kit::{INK, Room, Sheet};
use super::labels::place;
use super::reach::Shade;
use crate::model::Outline;
use crate::outputs::places::middle;
use crate::outputs::svg::{Anchor, Svg, TextStyle, number};

/// An area with a side below this is hard to see, in pixels: 2.5 mm on paper.
const SMALL: f64 = 10.0;
/// So many of them in one window make a town of its own inset.
const CROWD: usize = 12;
/// Side of the window on the map, and of the inset, in pixels.
const WINDOW: f64 = 52.0;
pub(super) const SIDE: f64 = 146.0;
/// The same of a window around sites that stand close together, and how many make one.
const SITES_WINDOW: f64 = 84.0;
const SITES: usize = 3;
/// Space around an inset, and for its name above it.
pub(in crate::outputs) const GAP: f64 = 14.0;
pub(in crate::outputs) const NAME: f64 = 18.0;

/// A square of the map that is drawn again.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::outputs) struct Inset {
    /// `A`.
    letter: char,
    /// What the names of its areas begin with; empty where they share nothing.
    name: String,
    /// On the map.
    pub(in crate::outputs) window: Room,
    /// Beside it.
    pub(in crate::outputs) into: Room,
}

/// The two most crowded squares of a map, where there is room for them, each `side` pixels wide, between the map and `right`.
pub(in crate::outputs) fn insets(outlines: &[Outline], ground: &Ground, right: f64, side: f64) -> Vec<Inset> {
    let small: Vec<(f64, f64)> = outlines.iter().filter(|o| ground.side(o) < SMALL).map(|o| centre(ground, o)).collect();
    crowded(&small, (WINDOW, CROWD), outlines, ground, right, side)
}

/// The same where sites stand so close together that the marks or names of three of them would meet: `near` pixels apart or less.
pub(in crate::outputs) fn insets_of_sites(
    sites: &[(f64, f64)],
    near: f64,
    outlines: &[Outline],
    ground: &Ground,
    right: f64,
    side: f64,
) -> Vec<Inset> {
    let close = |(i, a): &(usize, &(f64, f64))| sites.iter().enumerate().any(|(j, b)| *i != j && (a.0 - b.0).hypot(a.1 - b.1) < near);
    let sites: Vec<(f64, f64)> = sites.iter().enumerate().filter(close).map(|s| *s.1).collect();
    crowded(&sites, (SITES_WINDOW, SITES), outlines, ground, right, side)
}

fn centre(ground: &Ground, outline: &Outline) -> (f64, f64) {
    let (east, north) = middle(outline);
    ground.at(east, north)
}

/// The two windows that hold most of some points, and so many at least.
fn crowded(points: &[(f64, f64)], (wide, least): (f64, usize), outlines: &[Outline], ground: &Ground, right: f64, side: f64) -> Vec<Inset> {
    let left = ground.room.right + GAP;
    if right - left < side {
        return vec![];
    }
    let half = wide / 2.0;
    let window = |(x, y): (f64, f64)| Room { left: x - half, top: y - half, right: x + half, bottom: y + half };
    let inside = |w: &Room, (x, y): (f64, f64)| x > w.left && x < w.right && y > w.top && y < w.bottom;
    let mut found: Vec<Inset> = Vec::new();
    for letter in ['A', 'B'] {
        let free = points.iter().map(|at| window(*at)).filter(|w| !found.iter().any(|f| f.window.meets(w)));
        let crowd = |w: &Room| points.iter().filter(|at| inside(w, **at)).count();
        let Some((n, best)) = free.map(|w| (crowd(&w), w)).max_by(|a, b| a.0.cmp(&b.0).then(b.1.left.total_cmp(&a.1.left))) else { break };
        let top = ground.top() + NAME + found.len() as f64 * (side + NAME + 4.0);
        if n < least || !found.is_empty() && top + side > ground.room.bottom + NAME {
            break;
        }
        let there = outlines.iter().filter(|o| inside(&best, centre(ground, o)));
        let name = shared_name(there.map(|o| o.name.as_str()));
        found.push(Inset { letter, name, window: best, into: Room { left, top, right: left + side, bottom: top + side } });
    }
    found
}

/// What most of the names begin with, without a code at their end: `Luton` of `Luton 007A`.
fn shared_name<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut stems: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        let stem = name.rsplit_once(' ').filter(|(_, code)| code.chars().any(|c| c.is_ascii_digit())).map(|s| s.0);
        *stems.entry(stem.unwrap_or("")).or_insert(0) += 1;
    }
    stems.into_iter().max_by_key(|s| s.1).map_or(String::new(), |s| s.0.to_owned())
}

impl Inset {
    /// `A: Luton`, or the letter alone.
    fn title(&self) -> String {
        if self.name.is_empty() { self.letter.to_string() } else { format!("{}: {}", self.letter, self.name) }
    }

    /// A part of a drawing that stands there under an id, once more in this inset: with its name, its frame, and the frame of its window on the map.
    pub(in crate::outputs) fn again(&self, id: &str, letters: f64) -> String {
        let (w, r) = (self.window, self.into);
        let (wide, side) = (w.right - w.left, r.right - r.left);
        let mut svg = Svg::default();
        svg.raw(&format!(
            "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" viewBox=\"{} {} {} {}\"><use href=\"#{id}\"/></svg>",
            number(r.left),
            number(r.top),
            number(side),
            number(side),
            number(w.left),
            number(w.top),
            number(wide),
            number(wide)
        ));
        svg.rect(r.left, r.top, side, side, "none", INK);
        svg.rect(w.left, w.top, wide, wide, "none", INK);
        let bold = TextStyle { size: letters, bold: true, fill: INK, anchor: Anchor::Start };
        svg.text(r.left, r.top - 5.0, &self.title(), bold);
        svg.text(w.left - 11.0, w.top + 10.0, &self.letter.to_string(), bold);
        svg.body().to_owned()
    }

    /// Where a point of the map stands in the inset; nothing where it lies outside of its window, by so much or less of its edge.
    pub(in crate::outputs) fn point(&self, (x, y): (f64, f64)) -> Option<(f64, f64)> {
        let (w, r) = (self.window, self.into);
        let zoom = (r.right - r.left) / (w.right - w.left);
        let inside = x > w.left && x < w.right && y > w.top && y < w.bottom;
        inside.then_some((r.left + (x - w.left) * zoom, r.top + (y - w.top) * zoom))
    }

    /// Draws it with the frame of its window on the map, and the sites that lie in it. Which of all sites it names.
    pub(super) fn draw(
        &self,
        sheet: &mut Sheet,
        ground: &Ground,
        by_shade: &BTreeMap<Shade, Vec<&Outline>>,
        sites: &[((f64, f64), &str)],
    ) -> Vec<bool> {
        let zoomed = ground.zoomed(self.window, self.into);
        let r = self.into;
        let (x, y, side) = (number(r.left), number(r.top), number(r.right - r.left));
        let seen = |o: &&&Outline| ground.extent(o).is_some_and(|e| e.meets(&self.window));
        let classes: Vec<(&str, String)> = by_shade
            .iter()
            .map(|(shade, areas)| (shade.fill(), zoomed.path(areas.iter().filter(seen).copied())))
            .filter(|(_, d)| !d.is_empty())
            .collect();
        sheet.svg.raw(&format!("<svg x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\" viewBox=\"{x} {y} {side} {side}\">"));
        zoomed.draw(sheet, &self.letter.to_string(), &classes, 1.2, 0.6);
        sheet.svg.raw("</svg>");
        let frame = Room { left: r.left + 2.0, top: r.top + 2.0, right: r.right - 2.0, bottom: r.bottom - 2.0 };
        // A site elsewhere keeps its place in the list, without a name: so that the answer is in the order of the sites.
        let inside = |(x, y): (f64, f64)| frame.holds(&Room { left: x, top: y, right: x, bottom: y });
        let dots: Vec<((f64, f64), &str)> = sites.iter().map(|(at, name)| (zoomed.point_of(ground, *at), *name)).collect();
        let dots: Vec<((f64, f64), &str)> = dots.into_iter().map(|(at, name)| (at, if inside(at) { name } else { "" })).collect();
        dots.iter().filter(|(at, _)| inside(*at)).for_each(|(at, _)| sheet.site(*at));
        let placed = place(&dots, &[], frame);
        placed.iter().flatten().for_each(|p| p.draw(sheet));
        sheet.bold((r.left, r.top - 5.0), &self.title(), INK, Anchor::Start);
        for room in [r, self.window] {
            sheet.svg.rect(room.left, room.top, room.right - room.left, room.bottom - room.top, "none", INK);
        }
        sheet.bold((self.window.left + 3.0, self.window.top + 12.0), &self.letter.to_string(), INK, Anchor::Start);
        placed.iter().map(Option::is_some).collect()
    }

    /// Its letter on the map, and itself with its name: what names of sites keep clear of.
    pub(super) fn taken(&self) -> [Room; 2] {
        let letter = Room { right: self.window.left + 14.0, bottom: self.window.top + 16.0, ..self.window };
        [letter, Room { top: self.into.top - NAME, ..self.into }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::ground::tests::squares;

    #[test]
    fn a_town_of_small_areas_gets_an_inset_and_even_land_does_not() {
        let room = Room { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 };
        // Four by eight large areas, and a town of 25 small ones in one of them.
        let mut outlines = squares(32, 4);
        let even = Ground::fit(&outlines, room, 0.2).unwrap();
        assert!(insets(&outlines, &even.moved_left(0.0), 400.0, SIDE).is_empty());
        for mut o in squares(25, 5) {
            o.name = format!("Luton 00{}", o.code);
            o.polygons.iter_mut().flatten().flatten().for_each(|c| *c = (1000 + c.0 / 6, 2000 + c.1 / 6));
            outlines.push(o);
        }
        let ground = Ground::fit(&outlines, room, 0.2).unwrap().moved_left(0.0);
        let found = insets(&outlines, &ground, 400.0, SIDE);
        assert_eq!(found.iter().map(|i| (i.letter, i.name.as_str())).collect::<Vec<_>>(), [('A', "Luton")]);
        let (x, y) = ground.at(1400.0, 2400.0);
        let w = found[0].window;
        assert!(w.left < x && x < w.right && w.top < y && y < w.bottom, "the middle of the town is in it");
        assert!(found[0].into.left > ground.room.right);
        assert!(insets(&outlines, &ground, 200.0, SIDE).is_empty(), "where there is no room there is none");
    }

    #[test]
    fn sites_on_one_spot_get_an_inset_and_those_apart_do_not() {
        let room = Room { left: 0.0, top: 0.0, right: 300.0, bottom: 300.0 };
        let outlines = squares(9, 3);
        let ground = Ground::fit(&outlines, room, 0.2).unwrap().moved_left(0.0);
        let apart = [(20.0, 20.0), (150.0, 150.0), (280.0, 280.0)];
        assert!(insets_of_sites(&apart, 28.0, &outlines, &ground, 500.0, SIDE).is_empty());
        let crowd = [(140.0, 150.0), (150.0, 150.0), (150.0, 165.0), (280.0, 280.0)];
        let found = insets_of_sites(&crowd, 28.0, &outlines, &ground, 500.0, SIDE);
        assert_eq!(found.len(), 1);
        assert!(crowd[..3].iter().all(|at| found[0].point(*at).is_some()) && found[0].point(crowd[3]).is_none());
        let drawn = found[0].again("areas", 13.5);
        assert!(drawn.contains("href=\"#areas\"") && drawn.contains(">A<"), "{drawn}");
    }
}

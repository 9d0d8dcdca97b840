//! Towns drawn again larger beside the map, where their areas would be too small to see.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::kit::{INK, Room, Sheet};
use super::labels::place;
use super::reach::Shade;
use crate::model::Outline;
use crate::outputs::places::middle;
use crate::outputs::svg::{Anchor, number};

/// An area with a side below this is hard to see, in pixels: 2.5 mm on paper.
const SMALL: f64 = 10.0;
/// So many of them in one window make a town of its own inset.
const CROWD: usize = 12;
/// Side of the window on the map, and of the inset, in pixels.
const WINDOW: f64 = 52.0;
const SIDE: f64 = 146.0;
/// Space around an inset, and for its name above it.
const GAP: f64 = 14.0;
const NAME: f64 = 18.0;

/// A square of the map that is drawn again.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Inset {
    /// `A`.
    letter: char,
    /// What the names of its areas begin with; empty where they share nothing.
    name: String,
    /// On the map.
    window: Room,
    /// Beside it.
    into: Room,
}

/// The two most crowded squares of a map, where there is room for them between the map and `right`.
pub(super) fn insets(outlines: &[Outline], ground: &Ground, right: f64) -> Vec<Inset> {
    let left = ground.room.right + GAP;
    if right - left < SIDE {
        return vec![];
    }
    let centre = |o: &Outline| {
        let (east, north) = middle(o);
        ground.at(east, north)
    };
    let small: Vec<((f64, f64), &str)> = outlines.iter().filter(|o| ground.side(o) < SMALL).map(|o| (centre(o), o.name.as_str())).collect();
    let half = WINDOW / 2.0;
    let window = |(x, y): (f64, f64)| Room { left: x - half, top: y - half, right: x + half, bottom: y + half };
    let inside = |w: &Room, (x, y): (f64, f64)| x > w.left && x < w.right && y > w.top && y < w.bottom;
    let mut found: Vec<Inset> = Vec::new();
    for letter in ['A', 'B'] {
        let free = small.iter().map(|(at, _)| window(*at)).filter(|w| !found.iter().any(|f| f.window.meets(w)));
        let crowd = |w: &Room| small.iter().filter(|(at, _)| inside(w, *at)).count();
        let Some((n, best)) = free.map(|w| (crowd(&w), w)).max_by(|a, b| a.0.cmp(&b.0).then(b.1.left.total_cmp(&a.1.left))) else { break };
        if n < CROWD {
            break;
        }
        let name = shared_name(small.iter().filter(|(at, _)| inside(&best, *at)).map(|s| s.1));
        let top = ground.top() + NAME + found.len() as f64 * (SIDE + NAME + 4.0);
        found.push(Inset { letter, name, window: best, into: Room { left, top, right: left + SIDE, bottom: top + SIDE } });
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
        let (x, y, side) = (number(r.left), number(r.top), number(SIDE));
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
        let name = if self.name.is_empty() { self.letter.to_string() } else { format!("{}: {}", self.letter, self.name) };
        sheet.bold((r.left, r.top - 5.0), &name, INK, Anchor::Start);
        for (room, side) in [(r, SIDE), (self.window, WINDOW)] {
            sheet.svg.rect(room.left, room.top, side, side, "none", INK);
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
        assert!(insets(&outlines, &even.moved_left(0.0), 400.0).is_empty());
        for mut o in squares(25, 5) {
            o.name = format!("Luton 00{}", o.code);
            o.polygons.iter_mut().flatten().flatten().for_each(|c| *c = (1000 + c.0 / 6, 2000 + c.1 / 6));
            outlines.push(o);
        }
        let ground = Ground::fit(&outlines, room, 0.2).unwrap().moved_left(0.0);
        let found = insets(&outlines, &ground, 400.0);
        assert_eq!(found.iter().map(|i| (i.letter, i.name.as_str())).collect::<Vec<_>>(), [('A', "Luton")]);
        let (x, y) = ground.at(1400.0, 2400.0);
        let w = found[0].window;
        assert!(w.left < x && x < w.right && w.top < y && y < w.bottom, "the middle of the town is in it");
        assert!(found[0].into.left > ground.room.right);
        assert!(insets(&outlines, &ground, 200.0).is_empty(), "where there is no room there is none");
    }
}

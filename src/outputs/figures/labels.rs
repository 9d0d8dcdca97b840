//! Names beside dots: each in one line or two where it covers no other name and no dot, or left out.

use super::kit::{NAVY, Room, SITE, SIZE, Sheet};
use crate::outputs::svg::{Anchor, TextStyle};
use crate::outputs::theme::{text_width, wrap};

/// Distance of a name from the middle of its dot, in pixels.
const AWAY: f64 = 9.0;
/// From line to line.
const LINE: f64 = 14.0;

/// Where a name stands: its lines from the first base line on, its anchor and the box that it fills.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Placed {
    lines: Vec<String>,
    at: (f64, f64),
    anchor: Anchor,
    room: Room,
}

impl Placed {
    fn new(lines: &[String], at: (f64, f64), anchor: Anchor) -> Self {
        let mut room = Room::of_text(at, "", SIZE, true, anchor);
        for (i, line) in lines.iter().enumerate() {
            let of_line = Room::of_text((at.0, at.1 + LINE * i as f64), line, SIZE, true, anchor);
            room = Room { left: room.left.min(of_line.left), right: room.right.max(of_line.right), bottom: of_line.bottom, ..room };
        }
        Self { lines: lines.to_vec(), at, anchor, room }
    }

    /// Writes it with a white rim.
    pub(super) fn draw(&self, sheet: &mut Sheet) {
        for (i, line) in self.lines.iter().enumerate() {
            let style = TextStyle { size: SIZE, bold: true, fill: NAVY, anchor: self.anchor };
            sheet.haloed((self.at.0, self.at.1 + LINE * i as f64), line, style);
        }
    }
}

/// A place for each name in turn, or none where every place beside its dot is taken, is to be kept clear or leaves the sheet. A dot without
/// a name only keeps its own place.
pub(super) fn place(dots: &[((f64, f64), &str)], kept_clear: &[Room], sheet: Room) -> Vec<Option<Placed>> {
    let around = |(x, y): (f64, f64)| Room { left: x - SITE, top: y - SITE, right: x + SITE, bottom: y + SITE };
    let mut taken: Vec<Room> = dots.iter().map(|(at, _)| around(*at)).chain(kept_clear.iter().copied()).collect();
    let mut all = Vec::with_capacity(dots.len());
    for ((x, y), name) in dots {
        let half = wrap(name, SIZE, true, text_width(name, SIZE, true) * 0.62);
        let ways = [vec![(*name).to_owned()], half].into_iter().filter(|lines| !name.is_empty() && lines.len() <= 2);
        let spots = |lines: Vec<String>| {
            let more = LINE * (lines.len() - 1) as f64;
            let (above, level, below) = (y - AWAY - more, y + 4.0 - more / 2.0, y + AWAY + 9.0);
            let spots = [
                (Anchor::Start, x + AWAY, level),
                (Anchor::End, x - AWAY, level),
                (Anchor::Middle, *x, above),
                (Anchor::Middle, *x, below),
                (Anchor::Start, x + 6.0, above),
                (Anchor::Start, x + 6.0, below),
                (Anchor::End, x - 6.0, above),
                (Anchor::End, x - 6.0, below),
            ];
            spots.map(|(anchor, x, y)| Placed::new(&lines, (x, y), anchor))
        };
        let placed = ways.flat_map(spots).find(|p| sheet.holds(&p.room) && !taken.iter().any(|t| t.meets(&p.room)));
        taken.extend(placed.iter().map(|p| p.room));
        all.push(placed);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_covers_another_or_a_dot_and_those_without_room_are_left_out() {
        let sheet = Room { left: 0.0, top: 0.0, right: 300.0, bottom: 200.0 };
        let dots: Vec<((f64, f64), &str)> = (0..40).map(|i| ((f64::from(i * 53 % 290), f64::from(i * 31 % 190)), "A drop-in")).collect();
        let placed = place(&dots, &[], sheet);
        let rooms: Vec<Room> = placed.iter().flatten().map(|p| p.room).collect();
        assert!(rooms.len() > 5 && rooms.len() < 40, "{} named", rooms.len());
        for (i, a) in rooms.iter().enumerate() {
            assert!(sheet.holds(a) && !rooms[..i].iter().any(|b| a.meets(b)));
            assert!(!dots.iter().any(|((x, y), _)| *x > a.left && *x < a.right && *y > a.top && *y < a.bottom));
        }
    }
}

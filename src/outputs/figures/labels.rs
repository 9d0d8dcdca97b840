//! Names beside dots: each where it covers no other name and no dot, or left out.

use super::kit::{Room, SIZE};
use crate::outputs::svg::Anchor;

/// Distance of a name from the middle of its dot, in pixels.
const AWAY: f64 = 9.0;

/// Where a name stands: its point, its anchor and the box that it fills.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub at: (f64, f64),
    pub anchor: Anchor,
    pub room: Room,
}

/// A place for each name in turn, or none where every place beside its dot is taken or leaves the sheet.
pub(super) fn place(dots: &[((f64, f64), &str)], dot_radius: f64, sheet: Room) -> Vec<Option<Placed>> {
    let around = |(x, y): (f64, f64)| Room { left: x - dot_radius, top: y - dot_radius, right: x + dot_radius, bottom: y + dot_radius };
    let mut taken: Vec<Room> = dots.iter().map(|(at, _)| around(*at)).collect();
    let mut all = Vec::with_capacity(dots.len());
    for ((x, y), name) in dots {
        let spots = [
            (Anchor::Start, x + AWAY, y + 4.0),
            (Anchor::End, x - AWAY, y + 4.0),
            (Anchor::Middle, *x, y - AWAY),
            (Anchor::Middle, *x, y + AWAY + 9.0),
            (Anchor::Start, x + 6.0, y - AWAY),
            (Anchor::Start, x + 6.0, y + AWAY + 9.0),
            (Anchor::End, x - 6.0, y - AWAY),
            (Anchor::End, x - 6.0, y + AWAY + 9.0),
        ];
        let placed = spots
            .into_iter()
            .map(|(anchor, x, y)| Placed { at: (x, y), anchor, room: Room::of_text((x, y), name, SIZE, true, anchor) })
            .find(|p| !name.is_empty() && sheet.holds(&p.room) && !taken.iter().any(|t| t.meets(&p.room)));
        taken.extend(placed.map(|p| p.room));
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
        let placed = place(&dots, 5.0, sheet);
        let rooms: Vec<Room> = placed.iter().flatten().map(|p| p.room).collect();
        assert!(rooms.len() > 5 && rooms.len() < 40, "{} named", rooms.len());
        for (i, a) in rooms.iter().enumerate() {
            assert!(sheet.holds(a) && !rooms[..i].iter().any(|b| a.meets(b)));
            assert!(!dots.iter().any(|((x, y), _)| *x > a.left && *x < a.right && *y > a.top && *y < a.bottom));
        }
    }
}

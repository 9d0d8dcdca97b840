//! What splits a monthly series: breaks in recording and a step of the level, each an upright line with its words.

use super::axes::{self, Axes};
use super::change::HEIGHT;
use super::kit::{NAVY, QUIET, Room, SIZE, Sheet};
use super::months::{Step, break_places};
use crate::model::Series;
use crate::outputs::svg::Anchor;

/// Upright lines at breaks and at the step, each with its words above the plot on the side that has room for them.
pub(super) fn splits(sheet: &mut Sheet, axes: &Axes, series: &Series, step: Option<Step>) -> Vec<Room> {
    let label = |i: usize| series.points[i].month.label();
    let mut lines: Vec<(usize, String, &str, bool)> = break_places(series)
        .into_iter()
        .map(|i| (i, format!("Recording changed in {}", label(i)), "do not compare across it", false))
        .collect();
    let at = step.and_then(|s| series.points.iter().position(|p| p.month == s.first_month));
    lines.extend(at.map(|i| (i, format!("Level shifts in {}", label(i)), "check whether recording changed", true)));
    let page = Room { left: 0.0, top: 0.0, right: axes.full, bottom: HEIGHT };
    let mut taken: Vec<Room> = Vec::new();
    let places: Vec<f64> = lines.iter().map(|l| axes.columns(l.0, l.0 + 1).0).collect();
    for ((_, first, second, is_step), x) in lines.iter().zip(&places) {
        let (colour, dash) = if *is_step { (NAVY, "") } else { (QUIET, "4 3") };
        sheet.svg.line((*x, 4.0), (*x, axes::BOTTOM), colour, 1.4, dash);
        taken.push(Room { left: x - 2.0, top: 0.0, right: x + 2.0, bottom: axes::BOTTOM });
        let fits = [(Anchor::End, x - 6.0), (Anchor::Start, x + 6.0)].into_iter().find(|(anchor, x)| {
            let rooms = [(12.0, first.as_str(), true), (27.0, *second, false)].map(|(y, t, b)| Room::of_text((*x, y), t, SIZE, b, *anchor));
            let lines = places.iter().map(|x| Room { left: x - 2.0, top: 0.0, right: x + 2.0, bottom: axes::BOTTOM });
            rooms.iter().all(|r| page.holds(r)) && !lines.chain(taken.iter().copied()).any(|t| rooms.iter().any(|r| r.meets(&t)))
        });
        // Where two stand too close, the line alone is drawn: the words for who cannot see it, and the text, name every break.
        let Some((anchor, x)) = fits else { continue };
        sheet.bold((x, 12.0), first, colour, anchor);
        sheet.text((x, 27.0), second, QUIET, anchor);
        taken.push(Room::of_text((x, 12.0), first, SIZE, true, anchor));
        taken.push(Room::of_text((x, 27.0), second, SIZE, false, anchor));
    }
    taken
}

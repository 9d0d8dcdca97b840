//! Axes of a chart of months: counts upwards from zero, months to the right, labelled at each January.

use super::kit::{FULL, QUIET, Room, SIZE, Sheet};
use crate::model::Series;
use crate::outputs::svg::Anchor;
use crate::outputs::theme::text_width;
use crate::units::thousands;

/// Two lines of words above the plot.
const WORDS_ABOVE: f64 = 28.0;
/// The base line, at zero.
pub(super) const BOTTOM: f64 = 172.0;
/// Width beyond the right edge of the plot, for the words of the last month.
const BESIDE: f64 = 140.0;
/// The same on a phone.
const BESIDE_NARROW: f64 = 112.0;

/// Where months and counts lie on the sheet.
pub(super) struct Axes {
    pub left: f64,
    pub top: f64,
    /// The right edge of the plot; beyond it stand the words of the last month.
    pub right: f64,
    /// The right edge of the sheet.
    pub full: f64,
    step: f64,
    highest: f64,
    tick: f64,
}

impl Axes {
    /// On a sheet of a width, for so many months, and counts up to `highest`; with room for words above the plot, where there are any.
    pub(super) fn new(full: f64, months: usize, highest: f64, words_above: bool) -> Self {
        let highest = if highest.is_finite() { highest.max(1.0) } else { 1.0 };
        let tick = round_step(highest / 5.0).max(1.0);
        let widest = text_width(&thousands((highest / tick).floor() as u64 * tick as u64), SIZE, false);
        let left = (widest + 12.0).max(40.0);
        let top = if words_above { 10.0 + WORDS_ABOVE } else { 10.0 };
        let right = full - if full < FULL { BESIDE_NARROW } else { BESIDE };
        Self { left, top, right, full, step: (right - left) / months.max(1) as f64, highest: highest * 1.03, tick }
    }

    /// The middle of a month.
    pub(super) fn x(&self, month: usize) -> f64 {
        self.left + (month as f64 + 0.5) * self.step
    }

    /// The height of a count.
    pub(super) fn y(&self, count: f64) -> f64 {
        BOTTOM - (count / self.highest).clamp(0.0, 1.0) * (BOTTOM - self.top)
    }

    /// Left and right edge of the months from one up to another, which is not part of them.
    pub(super) fn columns(&self, from: usize, to: usize) -> (f64, f64) {
        (self.left + from as f64 * self.step, self.left + to as f64 * self.step)
    }

    /// Grid, numbers and months.
    pub(super) fn draw(&self, sheet: &mut Sheet, series: &Series) {
        let mut value = 0.0;
        while value <= self.highest {
            let y = self.y(value);
            sheet.svg.line((self.left, y), (self.right, y), if value == 0.0 { QUIET } else { "#D5DADD" }, 1.0, "");
            sheet.text((self.left - 7.0, y + 4.0), &thousands(value as u64), QUIET, Anchor::End);
            value += self.tick;
        }
        let points = &series.points;
        let Some(last) = points.len().checked_sub(1) else { return };
        let january = |i: &usize| points[*i].month.of_year() == 1;
        // The last month always; then the Januaries from the latest back; then the first month, each where there is room.
        let order = [last].into_iter().chain((0..last).rev().filter(january)).chain([0]);
        let mut placed: Vec<Room> = Vec::new();
        for i in order {
            let words = points[i].month.label();
            let half = text_width(&words, SIZE, false) / 2.0;
            let x = if i == last { self.x(i).min(self.right + 2.0 - half) } else { self.x(i).max(half) };
            let room = Room::of_text((x, BOTTOM + 19.0), &words, SIZE, false, Anchor::Middle);
            let wide = Room { left: room.left - 12.0, right: room.right + 12.0, ..room };
            if january(&i) || i == last {
                sheet.svg.line((self.x(i), BOTTOM), (self.x(i), BOTTOM + 4.0), QUIET, 1.0, "");
            }
            if !placed.iter().any(|p| p.meets(&wide)) {
                sheet.text((x, BOTTOM + 19.0), &words, QUIET, Anchor::Middle);
                placed.push(room);
            }
        }
    }
}

/// The next of 1, 2, 5 times a power of ten that is no smaller.
pub(super) fn round_step(least: f64) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 1.0;
    }
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|k| k * power).find(|s| *s >= least * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_no_number_breaks_the_axes() {
        assert_eq!([0.9, 12.0, 38.0, 501.0].map(round_step), [1.0, 20.0, 50.0, 1000.0]);
        assert_eq!([0.0, -3.0, f64::NAN, f64::INFINITY].map(round_step), [1.0; 4]);
        for highest in [0.0, f64::NAN, f64::INFINITY, 3.0, 1e7] {
            let axes = Axes::new(FULL, 0, highest, true);
            assert!(axes.y(2.0).is_finite() && axes.x(0).is_finite() && axes.y(0.0) == BOTTOM);
        }
    }
}

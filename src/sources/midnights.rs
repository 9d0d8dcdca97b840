//! Times of 00:00 that stand for no time: what systems write where only the day is known.

use super::events::Block;
use super::gathered::Tally;
use crate::diagnostics::{Code, Place, Problems};

/// Fewer times than this tell nothing.
const FEWEST_TIMES: u64 = 20;
/// From this share of all times on, midnight to the minute is no time: nowhere does so much happen then.
const STAND_IN_FROM: f64 = 0.25;

/// Times to the minute in one file.
#[derive(Default)]
pub(super) struct Midnights {
    timed: u64,
    /// Positions in the block of the rows at midnight.
    rows: Vec<usize>,
}

impl Midnights {
    /// The time of a row at a position of the block.
    pub fn see(&mut self, time: &str, row: usize) {
        let time = time.rsplit(['T', ' ']).next().unwrap_or_default();
        if time.contains(':') {
            self.timed += 1;
            if time.bytes().filter(u8::is_ascii_digit).all(|b| b == b'0') {
                self.rows.push(row);
            }
        }
    }

    /// Takes the times out that are none, and says so.
    pub fn settle(&self, block: &mut Block, tally: &mut Tally, problems: &mut Problems) {
        let n = self.rows.len();
        if self.timed < FEWEST_TIMES || (n as f64) < STAND_IN_FROM * self.timed as f64 {
            return;
        }
        for row in &self.rows {
            if let Some(facets) = block.facets.get_mut(*row) {
                *facets = facets.without_time();
            }
        }
        tally.note("at 00:00, which stands for a time that is not known", n as u64);
        let what = format!("{n} of {} times are 00:00: they are taken for times that are not known", self.timed);
        let next = "Nothing has to be done. Where the system knows the times, export them again.";
        problems.warn(Code::R104, Place::file(&block.file), what, next);
    }
}

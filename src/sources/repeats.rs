//! Crime ids that stand more than once in a month: the last row is kept, for it carries the latest outcome.
//!
//! Nearly all ids are unique, so a bitmap of hashes first finds the few rows that may be repeats, and only those are compared.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::units::Month;

/// Bits in the bitmap: 2 MiB, at which half a million ids a month give about 3 % false candidates.
const BITS: usize = 1 << 24;

/// What is remembered of each row of a month, file after file.
#[derive(Default)]
pub(super) struct Repeats {
    /// A hash of crime id and month; 0 for a row without an id.
    key: Vec<u64>,
    outcome: Vec<u16>,
    point: Vec<u32>,
    seen: Vec<u64>,
    candidates: FxHashSet<u64>,
}

/// Which rows stay, and why the others go.
pub(super) struct Found {
    /// One for each row pushed.
    pub keep: Vec<bool>,
    /// Rows that repeat another in outcome and place.
    pub identical: u64,
    /// Rows whose outcome a later row replaces.
    pub earlier_outcome: u64,
    /// Rows whose place a later row replaces.
    pub moved: u64,
}

impl Repeats {
    /// Adds a row; an empty id is never a repeat.
    pub fn push(&mut self, id: &[u8], month: Month, outcome: u16, point: u32) {
        let key = if id.is_empty() { 0 } else { hash(id, month) };
        self.key.push(key);
        self.outcome.push(outcome);
        self.point.push(point);
        if key != 0 {
            if self.seen.is_empty() {
                self.seen = vec![0; BITS / 64];
            }
            let bit = key as usize % BITS;
            let word = &mut self.seen[bit / 64];
            if *word & 1 << (bit % 64) != 0 {
                self.candidates.insert(key);
            }
            *word |= 1 << (bit % 64);
        }
    }

    /// The repeats, or `None` where there are none.
    pub fn find(self) -> Option<Found> {
        if self.candidates.is_empty() {
            return None;
        }
        let mut rows_of: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (row, key) in self.key.iter().enumerate() {
            if *key != 0 && self.candidates.contains(key) {
                rows_of.entry(*key).or_default().push(row);
            }
        }
        let mut found = Found { keep: vec![true; self.key.len()], identical: 0, earlier_outcome: 0, moved: 0 };
        for rows in rows_of.values() {
            let Some((last, earlier)) = rows.split_last() else { continue };
            for row in earlier {
                found.keep[*row] = false;
                if self.point[*row] != self.point[*last] {
                    found.moved += 1;
                } else if self.outcome[*row] != self.outcome[*last] {
                    found.earlier_outcome += 1;
                } else {
                    found.identical += 1;
                }
            }
        }
        (found.keep.contains(&false)).then_some(found)
    }
}

/// A 64-bit hash of id and month, never 0. Ids are themselves SHA-256, so their first 16 hex digits are as good as random; any
/// other id is hashed whole (FNV-1a). Two different ids of a month of half a million share a hash once in 10⁸ months.
fn hash(id: &[u8], month: Month) -> u64 {
    let mut key = 0xcbf2_9ce4_8422_2325_u64 ^ month.index() as u64;
    if id.len() == 64 {
        for b in &id[..16] {
            key = key << 4 | key >> 60;
            key ^= u64::from((b & 0x0f) + (b >> 6) * 9);
        }
    } else {
        for b in id {
            key = (key ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3);
        }
        key ^= key >> 29;
    }
    key.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_row_of_an_id_stays_and_rows_without_an_id_all_stay() {
        let march = Month::parse("2024-03").unwrap();
        let id = |c: char| c.to_string().repeat(64);
        let mut repeats = Repeats::default();
        repeats.push(b"", march, 0, 7);
        repeats.push(id('a').as_bytes(), march, 1, 7);
        repeats.push(b"", march, 0, 7);
        repeats.push(id('b').as_bytes(), march, 1, 7);
        repeats.push(id('a').as_bytes(), march, 2, 7); // a later outcome
        repeats.push(id('b').as_bytes(), march, 1, 9); // moved
        repeats.push(id('c').as_bytes(), march, 1, 7);
        repeats.push(id('c').as_bytes(), march, 1, 7); // the same again
        repeats.push(id('c').as_bytes(), march.plus(1), 1, 7); // another month: not a repeat
        let found = repeats.find().unwrap();
        assert_eq!(found.keep, [true, false, true, false, true, true, false, true, true]);
        assert_eq!((found.identical, found.earlier_outcome, found.moved), (1, 1, 1));
    }
}

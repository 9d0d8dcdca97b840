//! Crime ids that stand more than once in a month: the last row is kept, for it carries the latest outcome.
//!
//! Nearly all ids are unique. Hashes of a month are first put into buckets small enough for a bitmap in the nearest cache; only hashes
//! that meet another there are compared.

use rustc_hash::{FxHashMap, FxHashSet};

use super::events::{Block, NONE};
use super::police_cells::is_no_id;
use crate::units::Month;

/// Buckets, by the top byte of a hash.
const BUCKETS: usize = 256;
/// Bits of the bitmap of a bucket: 8 KiB, at which two thousand hashes give about 3 % false candidates.
const BITS: usize = 1 << 16;

/// An id at so many places in one month is a stand-in, such as what a spreadsheet shows of a column that is too narrow.
const MANY_PLACES: usize = 5;

/// What is remembered of each row of a month, file after file.
#[derive(Default)]
pub(super) struct Repeats {
    /// A hash of crime id and month; 0 for a row without an id.
    key: Vec<u64>,
    outcome: Vec<u16>,
}

/// Which rows stay, and why the others go.
#[derive(Default)]
pub(super) struct Found {
    /// One for each row pushed.
    pub keep: Vec<bool>,
    /// Rows that repeat another in outcome and place.
    pub identical: u64,
    /// Rows whose outcome a later row replaces.
    pub earlier_outcome: u64,
    /// Rows whose place a later row replaces.
    pub moved: u64,
    /// Rows whose id stands at so many places that it is none. All of them stay.
    pub no_id: u64,
}

impl Repeats {
    /// Adds a row; an empty id is never a repeat.
    pub fn push(&mut self, id: &[u8], month: Month, outcome: u16) {
        self.key.push(if id.is_empty() { 0 } else { hash(id, month) });
        self.outcome.push(outcome);
    }

    /// The keys of the rows, in the order in which they were pushed; 0 for a row without an id.
    pub fn keys(&self) -> &[u64] {
        &self.key
    }

    /// Forgets the rows for which `keep` is false.
    pub fn retain(&mut self, keep: &[bool]) {
        let mut at = keep.iter();
        self.key.retain(|_| at.next().copied().unwrap_or(true));
        let mut at = keep.iter();
        self.outcome.retain(|_| at.next().copied().unwrap_or(true));
    }

    /// Forgets all rows and keeps the memory.
    pub fn clear(&mut self) {
        self.key.clear();
        self.outcome.clear();
    }

    /// The repeats among the rows, which stand in these blocks in the order in which they were pushed; `None` where there are none.
    pub fn find<'b>(&self, blocks: impl Iterator<Item = &'b Block>) -> Option<Found> {
        let twice = twice(&self.key);
        if twice.is_empty() {
            return None;
        }
        let points: Vec<u32> = blocks.flat_map(|b| b.point.iter().copied()).collect();
        let mut rows_of: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (row, key) in self.key.iter().enumerate().filter(|(_, key)| twice.contains(key)) {
            rows_of.entry(*key).or_default().push(row);
        }
        let mut found = Found { keep: vec![true; self.key.len()], ..Found::default() };
        for rows in rows_of.values() {
            let Some((last, earlier)) = rows.split_last() else { continue };
            // A crime is recorded again, and may move; it does not lie all over a town.
            let places: FxHashSet<u32> = rows.iter().map(|row| points[*row]).filter(|p| *p != NONE).collect();
            if places.len() >= MANY_PLACES {
                found.no_id += rows.len() as u64;
                continue;
            }
            for row in earlier {
                found.keep[*row] = false;
                if points[*row] != points[*last] {
                    found.moved += 1;
                } else if self.outcome[*row] != self.outcome[*last] {
                    found.earlier_outcome += 1;
                } else {
                    found.identical += 1;
                }
            }
        }
        Some(found)
    }
}

/// The hashes, but 0, that stand more than once.
fn twice(keys: &[u64]) -> FxHashSet<u64> {
    let bucket = |key: &u64| (*key >> 56) as usize;
    let mut starts = [0_usize; BUCKETS + 1];
    keys.iter().for_each(|key| starts[bucket(key) + 1] += 1);
    for b in 0..BUCKETS {
        starts[b + 1] += starts[b];
    }
    let mut sorted = vec![0; keys.len()];
    let mut next = starts;
    for key in keys {
        let at = &mut next[bucket(key)];
        sorted[*at] = *key;
        *at += 1;
    }
    let mut twice = FxHashSet::default();
    let mut seen = vec![0_u64; BITS / 64];
    for pair in starts.windows(2) {
        let inside = &sorted[pair[0]..pair[1]];
        seen.fill(0);
        let mut candidates: FxHashMap<u64, u32> = FxHashMap::default();
        for key in inside.iter().filter(|key| **key != 0) {
            let bit = *key as usize % BITS;
            if seen[bit / 64] >> (bit % 64) & 1 == 1 {
                candidates.insert(*key, 0);
            }
            seen[bit / 64] |= 1 << (bit % 64);
        }
        if candidates.is_empty() {
            continue;
        }
        for key in inside {
            candidates.entry(*key).and_modify(|n| *n += 1);
        }
        twice.extend(candidates.into_iter().filter(|(_, n)| *n > 1).map(|(key, _)| key));
    }
    twice
}

/// A key of a crime id alone, whatever the month; `None` where it is none.
pub(super) fn id_key(id: &[u8]) -> Option<u64> {
    (!id.is_empty() && !is_no_id(id)).then(|| hash_from(id, 0))
}

fn hash(id: &[u8], month: Month) -> u64 {
    hash_from(id, month.index() as u64)
}

/// A 64-bit hash of id and month, never 0. Ids are themselves SHA-256, so their first 16 hex digits are as good as random; any
/// other id is hashed whole (FNV-1a). Two different ids of a month of half a million share a hash once in 10⁸ months.
fn hash_from(id: &[u8], month: u64) -> u64 {
    let mut key = 0xcbf2_9ce4_8422_2325_u64 ^ month;
    if id.len() == 64 {
        for b in &id[..16] {
            key = key.rotate_left(4);
            key ^= u64::from((b & 0x0f) + (b >> 6) * 9);
        }
    } else {
        for b in id {
            key = (key ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3);
        }
        key ^= key >> 29;
        key = key.wrapping_mul(0x9E37_79B9_7F4A_7C15); // FNV's top byte alone would fill few buckets
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
        let mut block = Block::default();
        let mut push = |id: &[u8], month: Month, outcome: u16, point: u32| {
            repeats.push(id, month, outcome);
            block.push(1, point, 0, month, 0);
        };
        push(b"", march, 0, 7);
        push(id('a').as_bytes(), march, 1, 7);
        push(b"", march, 0, 7);
        push(id('b').as_bytes(), march, 1, 7);
        push(id('a').as_bytes(), march, 2, 7); // a later outcome
        push(id('b').as_bytes(), march, 1, 9); // moved
        push(id('c').as_bytes(), march, 1, 7);
        push(id('c').as_bytes(), march, 1, 7); // the same again
        push(id('c').as_bytes(), march.plus(1), 1, 7); // another month: not a repeat
        let found = repeats.find([&block].into_iter()).unwrap();
        assert_eq!(found.keep, [true, false, true, false, true, true, false, true, true]);
        assert_eq!((found.identical, found.earlier_outcome, found.moved), (1, 1, 1));
    }

    #[test]
    fn an_id_all_over_a_town_is_none() {
        let march = Month::parse("2024-03").unwrap();
        let (mut repeats, mut block) = (Repeats::default(), Block::default());
        for point in 0..8 {
            repeats.push(b"Unallocated", march, 0);
            block.push(1, point, 0, march, 0);
        }
        let found = repeats.find([&block].into_iter()).unwrap();
        assert!(found.keep.iter().all(|k| *k) && found.no_id == 8 && found.moved == 0);
    }

    #[test]
    fn short_ids_are_told_apart_and_found_again() {
        let march = Month::parse("2024-03").unwrap();
        let mut repeats = Repeats::default();
        let mut block = Block::default();
        for i in (0..5000).chain([17, 4999]) {
            repeats.push(format!("CR/{i}").as_bytes(), march, 0);
            block.push(1, 0, 0, march, 0);
        }
        let found = repeats.find([&block].into_iter()).unwrap();
        let gone: Vec<usize> = found.keep.iter().enumerate().filter(|(_, k)| !**k).map(|(i, _)| i).collect();
        assert_eq!(gone, [17, 4999]);
        assert_eq!(found.identical, 2);
    }
}

//! One force and month in two files: archives that overlap, an archive beside its unpacked files, one file of all months beside the monthly ones.
//!
//! They are recognised by what the rows say, not by names alone: by force, month and the crime ids that both hold. Of several copies one is
//! counted: that of the newest archive. Copies that differ, of which nobody can say which is newer, are a problem. Two files that share no
//! crime are parts of one month, and both count.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::events::{Block, NONE};
use super::gathered::{Copies, Tally};
use super::police_rows::WITHOUT_AN_ID;
use super::repeats::Repeats;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Month;

/// From this share of the smaller file's rows in the larger one, the two are copies. Parts of one month share next to none.
const COPY_FROM: f64 = 0.1;
/// The same for files without a single crime id, whose rows are alike without being copies.
const COPY_FROM_WITHOUT_IDS: f64 = 0.9;

/// A file as this looks at it.
pub(super) struct NamedFile<'f> {
    /// How problems name it.
    pub shown: &'f str,
    /// The month of its archive, where its path tells one.
    pub archive: Option<Month>,
}

/// The month of the archive that a path tells: `2023-12` of `police/2023-12.zip` or of `2023-12/2023-05/2023-05-kent-street.csv`.
///
/// The folder that is called after the month of the file itself stands in every archive and tells nothing.
pub(super) fn archive_month(path: &str, own: Option<Month>) -> Option<Month> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let of_zip = name.to_lowercase().ends_with(".zip").then_some(name);
    folders.split('/').filter(|f| Month::parse(f).is_none_or(|m| Some(m) != own)).chain(of_zip).filter_map(month_inside).max()
}

/// The last `YYYY-MM` inside a name.
fn month_inside(name: &str) -> Option<Month> {
    let bytes = name.as_bytes();
    let alone = |i: usize| {
        let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        !digit(i.checked_sub(1)) && !digit(Some(i + 7))
    };
    (0..bytes.len().saturating_sub(6)).rev().filter(|i| alone(*i)).find_map(|i| Month::from_bytes(&bytes[i..i + 7]))
}

/// The rows of one force and month in one file.
struct Held {
    file: usize,
    /// Positions among all rows of these blocks.
    rows: Vec<usize>,
    /// How often each row stands here: by crime id, or by what is known of it where nothing here has an id.
    keys: FxHashMap<u64, u32>,
    has_ids: bool,
}

/// Takes out the rows of copies, file by file, and says which were left out and why.
pub(super) fn set_copies_aside(
    files: &[NamedFile],
    forces: &[String],
    blocks: &mut [(usize, Block, Problems)],
    repeats: &mut Repeats,
    copies: Copies,
    tally: &mut Tally,
) {
    if files.len() < 2 || copies.all_count {
        return;
    }
    // Which files hold which force and month: nearly always one each, and then nothing more is looked at.
    let mut holders: BTreeMap<(u8, u16), Vec<usize>> = BTreeMap::new();
    for (file, (_, block, _)) in blocks.iter().enumerate() {
        let mut before = None;
        for cell in block.force.iter().copied().zip(block.month.iter().copied()) {
            if before == Some(cell) {
                continue;
            }
            before = Some(cell);
            let held = holders.entry(cell).or_default();
            if held.last() != Some(&file) {
                held.push(file);
            }
        }
    }
    holders.retain(|_, files| files.len() > 1);
    if holders.is_empty() {
        return;
    }
    let starts: Vec<usize> = blocks
        .iter()
        .scan(0, |at, (_, block, _)| {
            let start = *at;
            *at += block.rows();
            Some(start)
        })
        .collect();
    let mut keep = vec![true; repeats.keys().len()];
    for ((force, month), in_files) in holders {
        let mut held: Vec<Held> = in_files.iter().map(|f| hold(*f, &blocks[*f].1, starts[*f], (force, month), repeats.keys())).collect();
        // The newest archive first, or the oldest where that is asked, then the fuller file.
        let age = |archive: Option<Month>| {
            let month = archive.map_or(i32::MIN, Month::index);
            if copies.oldest && archive.is_some() { month } else { -month.max(-i32::MAX) }
        };
        held.sort_by_key(|h| (age(files[h.file].archive), std::cmp::Reverse(h.rows.len()), h.file));
        let mut kept: Vec<&Held> = Vec::new();
        for one in &held {
            let Some(other) = kept.iter().find(|k| same_name(&files[k.file], &files[one.file]) || is_copy(k, one)) else {
                kept.push(one);
                continue;
            };
            one.rows.iter().for_each(|row| keep[*row] = false);
            let block = &blocks[one.file].1;
            let placeless = one.rows.iter().map(|row| row - starts[one.file]).filter(|r| block.point[*r] == NONE && block.code[*r] == NONE);
            tally.forget_note("without a place", placeless.count() as u64);
            let without_id = one.rows.iter().filter(|row| repeats.keys()[**row] == 0).count();
            tally.forget_note(WITHOUT_AN_ID, without_id as u64);
            tally.set_aside("the same force and month again, in another file", one.rows.len() as u64);
            let (counted, dropped) = (&files[other.file], &files[one.file]);
            let month = Month::from_index(i32::from(month)).map_or(String::new(), Month::label);
            let what = format!("{month} of {} stands in {} too", forces.get(usize::from(force)).map_or("", String::as_str), counted.shown);
            let both = counted.archive.is_some() && dropped.archive.is_some();
            let newer_is_known = both && (counted.archive > dropped.archive || copies.oldest);
            let found = &mut blocks[one.file].2;
            if newer_is_known || other.keys == one.keys && other.rows.len() == one.rows.len() {
                let next = "Of several copies the one of the newest archive is counted. Take the others away to be rid of this message.";
                found.warn(Code::R114, Place::file(dropped.shown), what, next);
            } else {
                let (n, m) = (one.rows.len(), other.rows.len());
                let next = "Nothing tells which of the two is newer. Keep one of them, or put each into a folder named after the month of its archive, such as 2023-12.";
                found.error(Code::R114, Place::file(dropped.shown), format!("{what}, with other rows: {n} here and {m} there"), next);
            }
        }
    }
    let mut rest = keep.as_slice();
    for (_, block, _) in blocks.iter_mut() {
        let (here, after) = rest.split_at(block.rows());
        rest = after;
        if !here.iter().all(|k| *k) {
            block.retain(here);
        }
    }
    repeats.retain(&keep);
}

fn hold(file: usize, block: &Block, start: usize, cell: (u8, u16), keys: &[u64]) -> Held {
    let rows: Vec<usize> = (0..block.rows()).filter(|r| (block.force[*r], block.month[*r]) == cell).collect();
    let has_ids = rows.iter().any(|r| keys[start + r] != 0);
    let mut counted: FxHashMap<u64, u32> = FxHashMap::default();
    for row in &rows {
        let known = (u64::from(block.point[*row]) << 32) ^ (u64::from(block.code[*row]) << 16) ^ u64::from(block.category[*row]);
        let key = if has_ids { keys[start + row] } else { known };
        if !has_ids || key != 0 {
            *counted.entry(key).or_default() += 1;
        }
    }
    Held { file, rows: rows.into_iter().map(|r| start + r).collect(), keys: counted, has_ids }
}

/// Whether the files are called the same: the file of one force and month in two archives.
fn same_name(a: &NamedFile, b: &NamedFile) -> bool {
    let name = |c: &NamedFile| c.shown.rsplit('/').next().unwrap_or(c.shown).to_lowercase();
    name(a) == name(b)
}

fn is_copy(a: &Held, b: &Held) -> bool {
    if a.has_ids != b.has_ids {
        return false;
    }
    let shared: u64 = a.keys.iter().map(|(key, n)| u64::from(*b.keys.get(key).unwrap_or(&0).min(n))).sum();
    let all = |h: &Held| h.keys.values().map(|n| u64::from(*n)).sum::<u64>();
    let smaller = all(a).min(all(b));
    let from = if a.has_ids { COPY_FROM } else { COPY_FROM_WITHOUT_IDS };
    smaller > 0 && shared as f64 >= from * smaller as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_of_an_archive_is_told_by_its_name_and_not_by_the_month_of_the_file() {
        let month = |text: &str| Month::parse(text);
        assert_eq!(archive_month("police/2023-12.zip", month("2023-05")), month("2023-12"));
        assert_eq!(archive_month("police/2023-12 (1).zip", month("2023-12")), month("2023-12"));
        assert_eq!(archive_month("2023-12/2023-05/2023-05-kent-street.csv", month("2023-05")), month("2023-12"));
        assert_eq!(archive_month("police/2023-05/2023-05-kent-street.csv", month("2023-05")), None);
        assert_eq!(archive_month("police/2023-05-kent-street.csv", month("2023-05")), None);
    }
}

//! Outcome files: what became of crimes that street files hold, month by month of the outcome.
//!
//! A crime may have several rows: its endings up to its first charge are kept, and its last, so that whoever asks what it had come to after some months is
//! told what stood then, and not what came later.
//! A month of which a force sent no outcome row is missing: of the crimes that were open then nobody knows what became of them.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::csv_file::not_utf8;
use super::events::{Course, plain_words};
use super::gathered::{Copies, Tally};
use super::police_cells::{heading_of, heading_text};
use super::police_files::{PoliceFile, load, text_of};
use super::repeats::id_key;
use super::table_rows::{delimiter, separator_line};
use super::{Origin, empty};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Month;
use crate::vocabulary::OutcomeClass;

/// The last heading of an outcome file, in which it differs from a street file.
const OUTCOME_TYPE: &str = "Outcome type";
/// A month with less than this share of the outcomes of the force's median month is a file that was begun and not finished.
const THIN_BELOW: f64 = 0.05;
/// Below this many in the median month, a month of few outcomes says nothing.
const THIN_FROM_ROWS: usize = 20;

/// One row.
struct Row {
    id: u64,
    month: u16,
    class: OutcomeClass,
}

/// The rows of one file, and how many of each force and month.
#[derive(Default)]
struct FileRead {
    rows: Vec<Row>,
    months: BTreeMap<(String, u16), usize>,
    without_id: u64,
    unreadable: u64,
    unmapped: u64,
    /// One word that is not mapped, to name it.
    example: Option<String>,
}

/// The endings of one crime, each with the index of its month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Ends {
    first: (u16, OutcomeClass),
    /// Those between, each another class than the one before it; none after a charge.
    between: Box<[(u16, OutcomeClass)]>,
    last: (u16, OutcomeClass),
    charged: Option<u16>,
}

impl Ends {
    /// The course of a report of a month that was followed for so many months after it: what came later was not seen. `None` where it ended before it was
    /// reported.
    pub fn course(&self, month: Month, followed: u16) -> Option<Course> {
        let after = |at: u16| i32::from(at) - month.index();
        if after(self.first.0) < 0 {
            return None;
        }
        let seen = |at: u16| u16::try_from(after(at)).ok().filter(|n| *n <= followed);
        let end = |(at, class): &(u16, OutcomeClass)| seen(*at).map(|n| (*class, n));
        let between = self.between.iter().filter_map(end).collect();
        Some(Course { first: end(&self.first), between, last: end(&self.last), charged: self.charged.and_then(seen), followed })
    }
}

/// What the outcome files of a source say.
#[derive(Default)]
pub(super) struct PoliceOutcomes {
    by_id: FxHashMap<u64, Ends>,
    months: BTreeMap<String, BTreeSet<u16>>,
}

impl PoliceOutcomes {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.months.is_empty()
    }

    /// The endings of a crime by the key of its id.
    pub fn of(&self, id: u64) -> Option<&Ends> {
        self.by_id.get(&id)
    }

    /// For how many months after a month of reports the outcomes of a force are there without a gap: 0 for that month alone, `None` where it is missing.
    pub fn followed(&self, force: &str, month: Month) -> Option<u16> {
        let held = self.months.get(&plain_words(force))?;
        let first = month.index() as u16;
        (held.contains(&first)).then(|| (1..).take_while(|k| first.checked_add(*k).is_some_and(|m| held.contains(&m))).count() as u16)
    }
}

/// Reads all outcome files of a source.
pub(super) fn read(origin: &Origin, files: &[PoliceFile], copies: Copies, problems: &mut Problems) -> (PoliceOutcomes, Option<Tally>) {
    if files.is_empty() {
        return (PoliceOutcomes::default(), None);
    }
    let counted = newest_of_each(files, copies);
    let read: Vec<(FileRead, Problems)> = counted
        .par_iter()
        .map(|file| {
            let mut problems = Problems::default();
            (read_file(origin, file, &mut problems), problems)
        })
        .collect();
    let mut tally = Tally::new(origin.id, "outcome rows");
    let mut rows_of: BTreeMap<String, BTreeMap<u16, usize>> = BTreeMap::new();
    let (mut rows, mut unmapped, mut example) = (Vec::new(), 0, None);
    for (file, found) in read {
        problems.append(found);
        tally.read += file.rows.len() as u64 + file.without_id + file.unreadable;
        tally.set_aside("an outcome without a crime id", file.without_id);
        tally.set_aside("a row that cannot be read", file.unreadable);
        for ((force, month), n) in file.months {
            *rows_of.entry(plain_words(&force)).or_default().entry(month).or_default() += n;
        }
        rows.extend(file.rows);
        unmapped += file.unmapped;
        example = example.or(file.example);
    }
    if let (true, Some(word)) = (unmapped > 0, example) {
        tell_unmapped(origin, unmapped, &word, problems);
    }
    let (by_id, open, between) = decide(rows);
    tally.set_aside("an outcome that is no ending yet", open);
    tally.set_aside("between other outcomes of the same crime", between);
    (PoliceOutcomes { by_id, months: in_earnest(rows_of) }, Some(tally))
}

/// Warns of words that the vocabulary of outcomes does not know.
pub(super) fn tell_unmapped(origin: &Origin, rows: u64, word: &str, problems: &mut Problems) {
    let shown = crate::diagnostics::quote(word, origin.shows());
    let next = "They are told as another ending, not mapped. Add the words with their class to data/vocabulary/outcome_words.csv, or write them as the police do.";
    let place = Place::file(format!("source `{}`", origin.name));
    problems.warn(Code::R132, place, format!("the outcomes of {rows} rows are in words that are not mapped, such as {shown}"), next);
}

/// Of files that are called alike in several archives, that of the newest archive, or of the oldest where that is asked.
fn newest_of_each(files: &[PoliceFile], copies: Copies) -> Vec<&PoliceFile> {
    let name = |f: &PoliceFile| f.shown.rsplit('/').next().unwrap_or(&f.shown).to_lowercase();
    let age = |f: &PoliceFile| f.archive.map_or(i32::MIN, Month::index);
    let mut best: BTreeMap<String, &PoliceFile> = BTreeMap::new();
    for file in files {
        let kept = best.entry(name(file)).or_insert(file);
        if (age(file) > age(kept)) != copies.oldest && age(file) != age(kept) {
            *kept = file;
        }
    }
    best.into_values().collect()
}

fn read_file(origin: &Origin, file: &PoliceFile, problems: &mut Problems) -> FileRead {
    let mut read = FileRead::default();
    let mut bytes = Vec::new();
    if !load(origin, file, &mut bytes, problems) {
        return read;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let Some(text) = text_of(origin, &file.shown, bytes, problems) else { return read };
    let bytes = text.as_ref();
    let (separator, above) = separator_line(bytes);
    let separator = separator.unwrap_or_else(|| delimiter(&bytes[..bytes.len().min(1 << 16)]));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(&bytes[above..]);
    let mut record = csv::ByteRecord::new();
    if !reader.read_byte_record(&mut record).unwrap_or(false) {
        return read;
    }
    let headings: Vec<String> = record.iter().map(|h| heading_text(&origin.clean(&heading_of(h)))).collect();
    let of = |h: &str| headings.iter().position(|x| x.eq_ignore_ascii_case(h));
    let (Some(id), Some(month), Some(outcome)) = (of("Crime ID"), of("Month"), of(OUTCOME_TYPE)) else {
        let next = "An outcome file has the headings Crime ID, Month and Outcome type, among others. Download it again from data.police.uk, or give a street file its own name back.";
        problems.warn(
            Code::R103,
            Place::line(&file.shown, 1),
            "it is called an outcome file and has not its columns: it is not used",
            next,
        );
        return read;
    };
    let (by, within) = (of("Reported by"), of("Falls within"));
    let mut named = (Vec::new(), String::new());
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let get = |i: usize| record.get(i).unwrap_or_default().trim_ascii();
        // Months put together with `cat` repeat their headings.
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) || get(month) == b"Month" {
            continue;
        }
        let (Some(at), Ok(words)) = (Month::from_bytes(get(month)), std::str::from_utf8(get(outcome))) else {
            read.unreadable += 1;
            if std::str::from_utf8(get(outcome)).is_err() {
                not_utf8(Place::file(&file.shown), problems);
            }
            continue;
        };
        let force = by.map(get).filter(|f| !f.is_empty()).or(within.map(get)).unwrap_or_default();
        if named.0 != force {
            named = (force.to_vec(), origin.clean(&String::from_utf8_lossy(force)).replace("&amp;", "&").trim().to_owned());
        }
        let at = at.index() as u16;
        *read.months.entry((named.1.clone(), at)).or_default() += 1;
        let Some(key) = id_key(get(id)) else {
            read.without_id += 1;
            continue;
        };
        let class = OutcomeClass::of(words);
        if class == OutcomeClass::NotMapped {
            read.unmapped += 1;
            read.example.get_or_insert_with(|| origin.clean(words).into_owned());
        }
        read.rows.push(Row { id: key, month: at, class });
    }
    if read.rows.is_empty() && read.without_id + read.unreadable == 0 {
        empty(&file.shown, problems);
    }
    read
}

/// The endings of each crime; how many rows were none; and how many stand between others and change nothing.
fn decide(mut rows: Vec<Row>) -> (FxHashMap<u64, Ends>, u64, u64) {
    // Stable: rows of one month stay in the order of their file.
    rows.sort_by_key(|r| (r.id, r.month));
    let (mut by_id, mut open, mut set_aside) = (FxHashMap::default(), 0, 0);
    for of_one in rows.chunk_by(|a, b| a.id == b.id) {
        let ends: Vec<&Row> = of_one.iter().filter(|r| r.class.is_an_end()).collect();
        open += (of_one.len() - ends.len()) as u64;
        let (Some(first), Some(last)) = (ends.first(), ends.last()) else { continue };
        let charged = ends.iter().position(|r| r.class == OutcomeClass::Charged);
        let kept: BTreeSet<usize> = [0, ends.len() - 1].into_iter().chain(charged).collect();
        let of = |row: &Row| (row.month, row.class);
        // What comes after a charge is asked for by nobody, and the same ending once more changes nothing.
        let middle = 1..charged.unwrap_or(ends.len()).min(ends.len() - 1).max(1);
        let between: Box<[_]> = middle.filter(|k| ends[*k].class != ends[k - 1].class).map(|k| of(ends[k])).collect();
        set_aside += (ends.len() - kept.len() - between.len()) as u64;
        by_id.insert(first.id, Ends { first: of(first), between, last: of(last), charged: charged.map(|k| ends[k].month) });
    }
    (by_id, open, set_aside)
}

/// Of each force, the months of which it sent outcomes in earnest.
fn in_earnest(rows_of: BTreeMap<String, BTreeMap<u16, usize>>) -> BTreeMap<String, BTreeSet<u16>> {
    let earnest = |months: BTreeMap<u16, usize>| -> BTreeSet<u16> {
        let mut rows: Vec<usize> = months.values().copied().collect();
        rows.sort_unstable();
        let median = rows.get(rows.len() / 2).copied().unwrap_or(0);
        let thin = |n: usize| median >= THIN_FROM_ROWS && (n as f64) < THIN_BELOW * median as f64;
        months.into_iter().filter(|(_, n)| !thin(*n)).map(|(m, _)| m).collect()
    };
    rows_of.into_iter().map(|(force, months)| (force, earnest(months))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endings_up_to_the_first_charge_and_the_last_are_kept() {
        let row = |id, month, class| Row { id, month, class };
        let (by_id, open, between) = decide(vec![
            row(1, 7, OutcomeClass::NoSuspect),
            row(1, 9, OutcomeClass::Charged),
            row(1, 10, OutcomeClass::OutOfCourt),
            row(1, 12, OutcomeClass::Charged),
            row(2, 8, OutcomeClass::EvidentialUnsaid),
            row(2, 5, OutcomeClass::NoSuspect),
            row(3, 5, OutcomeClass::Open),
            row(4, 3, OutcomeClass::NoSuspect),
            row(4, 9, OutcomeClass::OutOfCourt),
            row(4, 10, OutcomeClass::OutOfCourt),
            row(4, 21, OutcomeClass::Other),
        ]);
        let (no_suspect, charged) = (OutcomeClass::NoSuspect, OutcomeClass::Charged);
        assert_eq!(by_id[&1], Ends { first: (7, no_suspect), between: [].into(), last: (12, charged), charged: Some(9) });
        assert_eq!(
            by_id[&2],
            Ends { first: (5, no_suspect), between: [].into(), last: (8, OutcomeClass::EvidentialUnsaid), charged: None }
        );
        assert_eq!(*by_id[&4].between, [(9, OutcomeClass::OutOfCourt)]);
        assert_eq!((by_id.get(&3), open, between), (None, 1, 2), "what is still open has no ending");
    }

    #[test]
    fn what_comes_after_the_time_of_a_report_changes_nothing_of_it() {
        let month = |text: &str| Month::parse(text).unwrap();
        let at = |text: &str| month(text).index() as u16;
        let between = [(at("2023-09"), OutcomeClass::OutOfCourt)].into();
        let ends =
            Ends { first: (at("2023-03"), OutcomeClass::NoSuspect), between, last: (at("2024-06"), OutcomeClass::Other), charged: None };
        let course = ends.course(month("2023-01"), 20).unwrap();
        let by_then = [1, 7, 12, 17].map(|n| course.within(n));
        assert_eq!(by_then, [OutcomeClass::Open, OutcomeClass::NoSuspect, OutcomeClass::OutOfCourt, OutcomeClass::Other]);
        assert_eq!(ends.course(month("2023-01"), 12).unwrap().within(20), OutcomeClass::OutOfCourt, "what was not seen");
        assert_eq!(ends.course(month("2023-04"), 12), None, "before the report");
    }

    #[test]
    fn crimes_are_followed_up_to_the_first_month_without_a_file() {
        let month = |text: &str| Month::parse(text).unwrap();
        let held = ["2024-01", "2024-02", "2024-03", "2024-05"].map(|m| month(m).index() as u16);
        let outcomes = PoliceOutcomes { months: [(plain_words("A"), held.into())].into(), ..PoliceOutcomes::default() };
        let followed = |m: &str| outcomes.followed("A", month(m));
        assert_eq!([followed("2024-01"), followed("2024-03"), followed("2024-04"), followed("2024-05")], [Some(2), Some(0), None, Some(0)]);
        assert_eq!(outcomes.followed("B", month("2024-01")), None);
    }
}

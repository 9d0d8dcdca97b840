use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use schemars::JsonSchema;
use serde::Deserialize;

use super::csv_file::{LONGEST_LINE_BYTES, line_too_long};
use super::day_order::DayOrder;
use super::events::{Block, Dictionary, Events, Fate, Followed, NONE, Names, PointKey, Topic, plain_words};
use super::gathered::{Copies, Gathered, Tally};
use super::police_copies::{NamedFile, set_copies_aside};
use super::police_files::{PoliceFile, PoliceFiles, load, month_in, police_files, text_of};
use super::police_outcomes::{self, PoliceOutcomes};
use super::police_rows::Rows;
use super::repeats::Repeats;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{AreaCode, Crs, Month};
use crate::vocabulary::OutcomeClass;

/// The settings of a `police-uk-street` source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PoliceUk {
    /// Crime types to keep, as police.uk writes them; all where the list is empty. The others are counted as set aside.
    #[serde(default)]
    pub crime_types: Vec<String>,
}

/// The headings of a street file, unchanged since December 2010.
pub(super) const HEADINGS: [&str; 12] = [
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
];
pub(super) const CRIME_ID: usize = 0;
pub(super) const MONTH: usize = 1;
pub(super) const REPORTED_BY: usize = 2;
pub(super) const FALLS_WITHIN: usize = 3;
pub(super) const LONGITUDE: usize = 4;
pub(super) const LATITUDE: usize = 5;
pub(super) const LSOA_CODE: usize = 7;
pub(super) const CRIME_TYPE: usize = 9;
pub(super) const OUTCOME: usize = 10;

impl Source for PoliceUk {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let PoliceFiles { street, outcomes } = police_files(origin, problems);
        gathered.files.extend(origin.paths.iter().map(|p| (origin.id, p.clone())));
        let (outcomes, of_outcomes) = police_outcomes::read(origin, &outcomes, gathered.copies, problems);
        let (events, tally) = self.read_files(origin, street, &outcomes, gathered.copies, problems);
        let mut events = events;
        if !outcomes.is_empty() {
            let name = |force: u8| events.forces.get(usize::from(force)).map_or("", String::as_str);
            let followed = events.reported.iter().map(|(force, month, _)| Followed {
                force: Some(*force),
                month: *month,
                months: outcomes.followed(name(*force), *month),
            });
            events.followed = followed.collect();
        }
        // What the study sets aside later is of the last line: of crimes.
        gathered.tallies.extend(of_outcomes);
        gathered.events.push(events);
        gathered.tallies.push(tally);
    }

    fn keeps(&self) -> Vec<String> {
        self.crime_types.clone()
    }
}

impl PoliceUk {
    /// Reads the files in parallel, one month at a time on each thread, and puts the blocks back in the order of the files.
    fn read_files(
        &self,
        origin: &Origin,
        files: Vec<PoliceFile>,
        outcomes: &PoliceOutcomes,
        copies: Copies,
        problems: &mut Problems,
    ) -> (Events, Tally) {
        // A crime id stands once in a month, so a month is the unit in which repeats are looked for.
        // One file of many months may repeat any of the others: all are then looked through together.
        let together = files.iter().any(|f| f.month.is_none());
        let mut months: Vec<Vec<(usize, PoliceFile)>> = Vec::new();
        for (i, file) in files.into_iter().enumerate() {
            match months.iter_mut().find(|m| together || m[0].1.month == file.month) {
                Some(month) => month.push((i, file)),
                None => months.push(vec![(i, file)]),
            }
        }
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::new());
        rayon::scope(|scope| {
            for _ in 0..rayon::current_num_threads().min(months.len().max(1)) {
                scope.spawn(|_| {
                    let mut worker = Worker::new(self, origin, outcomes, copies);
                    while let Some(month) = months.get(next.fetch_add(1, Ordering::Relaxed)) {
                        worker.read_month(month);
                    }
                    done.lock().unwrap_or_else(|e| e.into_inner()).push(worker.finish());
                });
            }
        });
        let done = done.into_inner().unwrap_or_else(|e| e.into_inner());
        merge(origin, done, problems)
    }
}

/// What one thread has read: blocks with the position of their file, in the thread's own dictionaries.
struct ThreadRead {
    events: Events,
    blocks: Vec<(usize, Block, Problems)>,
    tally: Tally,
    unmapped: BTreeMap<String, u64>,
}

/// Puts the threads' results together. Which thread met a value first differs between runs: categories are therefore sorted by
/// name, because reports list them in order; positions of points and codes are never seen.
fn merge(origin: &Origin, done: Vec<ThreadRead>, problems: &mut Problems) -> (Events, Tally) {
    let mut tally = Tally::new(origin.id, "street rows");
    let mut events = Events::new(origin.id, Topic::Incidents, Crs::Wgs84);
    let (mut points, mut codes, mut fates) = (Dictionary::new(), Dictionary::new(), Dictionary::new());
    let mut names: Vec<String> = done.iter().flat_map(|read| read.events.categories.iter().cloned()).collect();
    names.sort_unstable();
    names.dedup();
    // A name that does not fit 255 forces is told with the last: no archive holds sixty.
    let mut forces: Vec<String> = done.iter().flat_map(|read| read.events.forces.iter().cloned()).collect();
    forces.sort_unstable();
    // `&` and `and`, capitals and spaces come and go between editions: one force, whichever way of writing stands last in the alphabet.
    let mut plain: Vec<String> = Vec::new();
    forces.reverse();
    forces.retain(|name| {
        let words = plain_words(name);
        let is_new = !plain.contains(&words);
        plain.extend(is_new.then_some(words));
        is_new
    });
    forces.truncate(256);
    forces.sort_unstable();
    let plain: Vec<String> = forces.iter().map(|name| plain_words(name)).collect();
    let mut reported: BTreeMap<(u8, Month), u64> = BTreeMap::new();
    let mut blocks = Vec::new();
    let mut unmapped: BTreeMap<String, u64> = BTreeMap::new();
    let single = done.len() == 1;
    for read in done {
        tally.add(&read.tally);
        read.unmapped.into_iter().for_each(|(words, n)| *unmapped.entry(words).or_default() += n);
        let point_ids: Vec<u32> = if single { vec![] } else { read.events.points.iter().map(|p| points.id(*p)).collect() };
        let code_ids: Vec<u32> = read.events.codes.iter().map(|c| codes.id(*c)).collect();
        let fate_ids: Vec<u32> = read.events.fates.iter().map(|f| fates.id(f.clone())).collect();
        let place = |name: &String| names.binary_search(name).unwrap_or(0) as u16; // every name is in the list
        let name_ids: Vec<u16> = read.events.categories.iter().map(place).collect();
        events.named.extend(read.events.named);
        let force_ids: Vec<u8> =
            read.events.forces.iter().map(|f| plain.iter().position(|p| *p == plain_words(f)).unwrap_or(0) as u8).collect();
        let force = |id: u8| force_ids.get(usize::from(id)).copied().unwrap_or(0);
        for (id, month, rows) in read.events.reported {
            *reported.entry((force(id), month)).or_default() += rows;
        }
        if single {
            points.list = read.events.points;
        }
        for (order, mut block, found) in read.blocks {
            let renumber = |ids: &[u32], column: &mut Vec<u32>| {
                column.iter_mut().filter(|id| **id != NONE).for_each(|id| *id = ids[*id as usize]);
            };
            if !single {
                renumber(&point_ids, &mut block.point);
            }
            renumber(&code_ids, &mut block.code);
            renumber(&fate_ids, &mut block.fate);
            block.force.iter_mut().for_each(|id| *id = force(*id));
            block.category.iter_mut().for_each(|id| *id = name_ids[usize::from(*id)]);
            blocks.push((order, block, found));
        }
    }
    blocks.sort_by_key(|b| b.0);
    misplaced(&mut blocks, &forces);
    for (_, block, found) in blocks {
        events.blocks.push(block);
        problems.append(found);
    }
    if let Some((words, _)) = unmapped.first_key_value() {
        police_outcomes::tell_unmapped(origin, unmapped.values().sum(), words, problems);
    }
    events.covered = reported.keys().map(|(_, month)| *month).collect();
    events.covered.sort_unstable();
    events.covered.dedup();
    events.named.sort_unstable();
    events.named.dedup();
    events.forces = forces;
    events.reported = reported.into_iter().map(|((force, month), rows)| (force, month, rows)).collect();
    (events.points, events.codes, events.categories) = (points.list, codes.list, names);
    events.fates = fates.list;
    (events, tally)
}

/// Reports rows of another month than their file is named after, where a second file holds that month of the force too: which of them counts
/// nobody can say, and added up they are twice as many.
fn misplaced(blocks: &mut [(usize, Block, Problems)], forces: &[String]) {
    let cells = |block: &Block| -> std::collections::BTreeSet<(u8, u16)> {
        let mut before = None;
        block.force.iter().copied().zip(block.month.iter().copied()).filter(|cell| before.replace(*cell) != Some(*cell)).collect()
    };
    let held: Vec<_> = blocks.iter().map(|(_, block, _)| cells(block)).collect();
    for at in 0..blocks.len() {
        let Some(named) = month_in(&blocks[at].1.file).map(|m| m.index() as u16) else { continue };
        for cell in held[at].iter().filter(|cell| cell.1 != named) {
            let Some(other) = (0..blocks.len()).find(|i| *i != at && held[*i].contains(cell)) else { continue };
            let month = Month::from_index(i32::from(cell.1)).map_or(String::new(), Month::label);
            let force = forces.get(usize::from(cell.0)).map_or("", String::as_str);
            let what =
                format!("it holds {month} of {force}, another month than its name says, and {} holds that too", blocks[other].1.file);
            let next = "Look into both files, and keep the one that is right: the rows of a month count once.";
            let place = Place::file(&blocks[at].1.file);
            blocks[at].2.error(Code::R114, place, what, next);
        }
    }
}

/// Reads files on one thread.
pub(super) struct Worker<'a> {
    pub settings: &'a PoliceUk,
    pub origin: &'a Origin,
    copies: Copies,
    pub points: Dictionary<PointKey>,
    pub codes: Dictionary<AreaCode>,
    pub types: Names,
    pub outcomes: Names,
    /// The class of each of `outcomes`.
    pub classes: Vec<OutcomeClass>,
    /// What the outcome files say.
    pub endings: &'a PoliceOutcomes,
    pub fates: Dictionary<Fate>,
    /// Words of outcomes that no class is known of, and rows with them.
    pub unmapped: BTreeMap<String, u64>,
    pub forces: Names,
    pub reported: rustc_hash::FxHashMap<(u8, Month), u64>,
    named: Vec<Month>,
    blocks: Vec<(usize, Block, Problems)>,
    pub tally: Tally,
    buffer: Vec<u8>,
    repeats: Repeats,
    /// Points of the file being read, looked up in the dictionary together.
    pub waiting: Vec<Option<PointKey>>,
}

impl<'a> Worker<'a> {
    fn new(settings: &'a PoliceUk, origin: &'a Origin, endings: &'a PoliceOutcomes, copies: Copies) -> Self {
        Self {
            copies,
            classes: vec![],
            endings,
            fates: Dictionary::new(),
            unmapped: BTreeMap::new(),
            settings,
            origin,
            points: Dictionary::new(),
            codes: Dictionary::new(),
            types: Names::default(),
            outcomes: Names::default(),
            forces: Names::default(),
            reported: Default::default(),
            named: vec![],
            blocks: vec![],
            tally: Tally::new(origin.id, "street rows"),
            buffer: vec![],
            repeats: Repeats::default(),
            waiting: vec![],
        }
    }

    fn finish(self) -> ThreadRead {
        let mut events = Events::new(self.origin.id, Topic::Incidents, Crs::Wgs84);
        (events.points, events.codes, events.categories) = (self.points.list, self.codes.list, self.types.0);
        events.fates = self.fates.list;
        events.named = self.named;
        events.forces = self.forces.0;
        events.reported = self.reported.into_iter().map(|((force, month), rows)| (force, month, rows)).collect();
        ThreadRead { events, blocks: self.blocks, tally: self.tally, unmapped: self.unmapped }
    }

    fn read_month(&mut self, files: &[(usize, PoliceFile)]) {
        let mut repeats = std::mem::take(&mut self.repeats);
        repeats.clear();
        let first = self.blocks.len();
        for (order, file) in files {
            let mut problems = Problems::default();
            let mut block = Block { file: file.shown.clone(), ..Block::default() };
            if load(self.origin, file, &mut self.buffer, &mut problems) {
                let buffer = std::mem::take(&mut self.buffer);
                self.read_file(&buffer, file, &mut block, &mut repeats, &mut problems);
                self.buffer = buffer;
            }
            self.blocks.push((*order, block, problems));
        }
        let shown: Vec<NamedFile> = files.iter().map(|(_, f)| NamedFile { shown: &f.shown, archive: f.archive }).collect();
        set_copies_aside(&shown, &self.forces.0, &mut self.blocks[first..], &mut repeats, self.copies, &mut self.tally);
        let repeated = || repeats.find(self.blocks[first..].iter().map(|(_, block, _)| block));
        let found = if self.copies.repeats_count || self.copies.all_count { None } else { repeated() };
        self.repeats = repeats;
        let Some(found) = found else { return };
        self.tally.set_aside("repeated crime id: the same row again", found.identical);
        self.tally.set_aside("repeated crime id: an earlier outcome", found.earlier_outcome);
        self.tally.set_aside("repeated crime id: the same crime at another place", found.moved);
        self.tally.note("with a crime id that stands at many places of one month: no id", found.no_id);
        let mut keep = found.keep.as_slice();
        for (_, block, _) in &mut self.blocks[first..] {
            let (here, rest) = keep.split_at(block.rows());
            block.retain(here);
            keep = rest;
        }
    }

    fn read_file(&mut self, bytes: &[u8], file: &PoliceFile, block: &mut Block, repeats: &mut Repeats, problems: &mut Problems) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let Some(bytes) = text_of(self.origin, &file.shown, bytes, problems) else { return };
        let bytes = bytes.as_ref();
        let heading_end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
        if heading_end > LONGEST_LINE_BYTES {
            return line_too_long(Place::line(&file.shown, 1), problems);
        }
        let standard = trim_cr(&bytes[..heading_end]) == HEADINGS.join(",").as_bytes();
        let before = self.tally.read;
        let lines = memchr::memchr_iter(b'\n', bytes).count();
        block.reserve(lines);
        self.waiting.reserve(lines);
        let mut rows = Rows {
            worker: self,
            file,
            block,
            repeats,
            problems,
            month: None,
            force: (Vec::new(), 0),
            followed: None,
            mismatched: 0,
            order: DayOrder::default(),
        };
        if standard && memchr::memchr(b'"', bytes).is_none() {
            rows.plain(bytes, heading_end);
        } else {
            rows.quoted(bytes);
        }
        rows.look_points_up();
        let (mismatched, order) = (rows.mismatched, rows.order);
        order.tell(Place::file(&file.shown), rows.problems);
        if let (true, Some(month)) = (mismatched > 0, file.month) {
            let next = "The rows' own months are used. Check that the file is where it belongs, and that no month is read twice.";
            problems.warn(
                Code::R112,
                Place::file(&file.shown),
                format!("{mismatched} rows are not of {month}, the month in the file's name"),
                next,
            );
        }
        self.named.extend(file.month);
        if self.tally.read == before && !problems.any_error() {
            let next = "Download it again. A file of headings alone is not a month without crime: the month is missing.";
            problems.warn(Code::R102, Place::file(&file.shown), "the file holds its headings and no row", next);
        }
    }
}

pub(super) fn trim_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

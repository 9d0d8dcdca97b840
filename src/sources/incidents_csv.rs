use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::area_names::AreaNames;
use super::count_headings::{LONGER_TIMES, RATES, may_count};
use super::count_stand_ins::set_aside_nines;
use super::count_table::MEASURES;
use super::csv_file::Sheet;
use super::day_order::DayOrder;
use super::events::{Block, Dictionary, Events, KEPT_BACK, NO_COUNT, NONE, Names, Topic};
use super::gathered::{Copies, Gathered, Tally};
use super::headings_alone::HeadingsAlone;
pub use super::incident_columns::Columns;
use super::incident_file::Looked;
use super::incident_row::{Dictionaries, Found, WITHOUT_A_DATE, read_row};
use super::measure_words::several_measures;
use super::months_across::EventsFile;
use super::running_totals::running_total;
use super::same_rows::{Remembered, count_once};
use super::table_form::is_table;
use super::{Origin, Source, gaps_of_areas, steps_of_months};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{Crs, Period};

/// The settings of an `events-csv` source: a table of events, or of counts of events, through a mapping of its columns.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IncidentsCsv {
    /// Recorded incidents, or reports of feeling unsafe in a public place.
    pub topic: Topic,
    /// Which column holds what. Columns that are not named here are never read.
    pub columns: Columns,
    /// The months that the table covers, so that a month without rows is a zero and not a gap. Without it, the months of its rows.
    pub covers: Option<Period>,
    /// Which rows to keep, by the values of a column: `keep = { Measure = "Offences" }`. The others are counted as set aside.
    #[serde(default)]
    pub keep: BTreeMap<String, OneOrMore>,
    /// Whether each row is an event of its own, however alike another is: for extracts without days or ids.
    #[serde(default)]
    pub each_row_counts: bool,
    /// Whether each count is of its own month alone, however much the counts grow.
    #[serde(default)]
    pub not_cumulative: bool,
    /// Whether the months stand side by side as headings, each above its counts: no column of months or counts is mapped then.
    #[serde(default)]
    pub months_across: bool,
}

/// One value, or several.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl OneOrMore {
    fn values(&self) -> Vec<&str> {
        match self {
            Self::One(one) => vec![one],
            Self::More(list) => list.iter().map(String::as_str).collect(),
        }
    }

    fn holds(&self, text: &str) -> bool {
        match self {
            Self::One(one) => one.trim().eq_ignore_ascii_case(text),
            Self::More(list) => list.iter().any(|one| one.trim().eq_ignore_ascii_case(text)),
        }
    }
}

impl Source for IncidentsCsv {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let metres = self.columns.easting.is_some() || (self.columns.postcode.is_some() && self.columns.longitude.is_none());
        let mut events = Events::new(origin.id, self.topic, if metres { Crs::BritishNationalGrid } else { Crs::Wgs84 });
        let mut tally = Tally::new(origin.id, "rows");
        let mut dictionaries = Dictionaries {
            points: Dictionary::new(),
            codes: Dictionary::new(),
            names: Names::default(),
            not_told: vec![],
            undated: Default::default(),
            days: Default::default(),
            areas: AreaNames::of(gathered),
            by_name: 0,
            block: 0,
            postcodes: std::mem::take(&mut gathered.postcodes),
            unplaced: Default::default(),
            endings: Default::default(),
        };
        let (mut remembered, mut order, mut alone): (Vec<Remembered>, DayOrder, HeadingsAlone) = Default::default();
        let (mapped, mut headed) = (self.columns.with_months(self.months_across), BTreeSet::new());
        let across = self.months_across.then(|| self.columns.headings().chain(self.keep.keys().map(String::as_str)).collect::<Vec<_>>());
        if self.columns.are_safe(origin, &dictionaries.postcodes, problems) && self.says_months_once(origin, problems) {
            let paths = origin.files(is_table, "CSV files or workbooks", problems);
            let several = paths.len() > 1;
            for path in paths {
                gathered.files.push((origin.id, path.clone()));
                let Some(mut file) = EventsFile::open(origin, &path, across.as_deref(), problems) else { continue };
                let Some(columns) = mapped.find(file.sheet(), problems) else { continue };
                let Some(choice) = self.choice(file.sheet(), &columns, problems) else { continue };
                if !may_count(file.sheet(), columns.count, &[RATES, LONGER_TIMES], problems) {
                    continue;
                }
                if !self.not_cumulative {
                    running_total(file.sheet(), columns.count, problems);
                }
                headed.extend(file.months());
                let mut block = Block { file: path.clone(), ..Block::default() };
                dictionaries.block = events.blocks.len() as u32;
                let mut rows = Remembered::default();
                let mut looked = Looked::new(file.sheet(), &columns, self.columns.date.is_none(), &choice.passed_over(&columns));
                let mut measures: Vec<BTreeSet<String>> = vec![BTreeSet::new(); choice.measures.len()];
                let read_before = tally.read;
                let unread = file.for_each(problems, |sheet, row, problems| {
                    tally.read += 1;
                    if choice.keep.iter().any(|(column, wanted)| !wanted.holds(row.get(*column))) {
                        return tally.set_aside("a row that the plan leaves out by `keep`", 1);
                    }
                    for (column, seen) in choice.measures.iter().zip(&mut measures) {
                        if seen.len() < 4 {
                            seen.insert(row.get(*column).to_owned());
                        }
                    }
                    let before = block.rows();
                    let read = read_row(&columns, sheet, row, &mut dictionaries, &mut block, problems);
                    if matches!(read, Ok(()) | Err(WITHOUT_A_DATE | KEPT_BACK | NO_COUNT)) {
                        looked.see(row, &columns, read != Err(WITHOUT_A_DATE), (block.rows() > before).then_some(&block));
                    }
                    if let Err(reason) = read {
                        tally.set_aside(reason, 1);
                    }
                    if block.rows() > before {
                        looked.midnights.see(row.get_if(columns.hour), before);
                        rows.push(row, &columns, &block, several);
                    }
                });
                several_measures(file.sheet(), &choice.measures, &measures, problems);
                looked.tell(file.sheet(), &mut block, &mut order, &mut tally, problems);
                remembered.push(rows);
                tally.read += unread;
                alone.see(tally.read == read_before, &path, problems);
                tally.set_aside("bytes that are not UTF-8", unread);
                let placeless = block.point.iter().zip(&block.code).filter(|(p, c)| **p == NONE && **c == NONE).count();
                tally.note("without a place", placeless as u64);
                events.blocks.push(block);
            }
        }
        // Of files of one month each no file alone tells.
        order.tell(Place::file(format!("source `{}`", origin.name)), problems);
        dictionaries.tell_unplaced(origin, &mut tally, problems);
        (events.fates, events.followed) =
            std::mem::take(&mut dictionaries.endings).settle(origin, &mut events.blocks, self.covers, &mut tally, problems);
        gathered.postcodes = std::mem::take(&mut dictionaries.postcodes);
        let (blocks, not_told, heading) = (&mut events.blocks, &mut dictionaries.not_told, self.columns.count.as_deref());
        set_aside_nines(blocks, &mut remembered, not_told, &dictionaries.codes.list, (origin, heading), &mut tally, problems);
        let copies = Copies { repeats_count: gathered.copies.repeats_count || self.each_row_counts, ..gathered.copies };
        count_once(&mut events.blocks, &mut dictionaries.not_told, &mut remembered, copies, &mut tally, problems);
        if mapped.count.is_some() {
            gaps_of_areas::tell(&events.blocks, &mut dictionaries.not_told, dictionaries.names.0.len(), origin, problems);
        }
        // Without `covers` the months between are not known, and never none.
        if mapped.count.is_some() && self.covers.is_some() {
            steps_of_months::tell(&events.blocks, &dictionaries.not_told, origin, problems);
        }
        events.covered = self.covers.map(|p| p.months().collect()).unwrap_or_else(|| headed.into_iter().collect());
        alone.settle(&mut events);
        events.not_cumulative = self.not_cumulative;
        let is_chosen = |heading: &str| self.keep.keys().any(|kept| kept.trim().eq_ignore_ascii_case(heading.trim()));
        events.categories_chosen = self.columns.category.as_deref().is_some_and(is_chosen);
        (events.not_told, events.days) = (dictionaries.not_told, dictionaries.days);
        dictionaries.undated.settle(&dictionaries.names, &mut events, &mut tally);
        (events.points, events.codes, events.categories) = (dictionaries.points.list, dictionaries.codes.list, dictionaries.names.0);
        gathered.events.push(events);
        gathered.tallies.push(tally);
    }

    fn keeps(&self) -> Vec<String> {
        self.keep.values().flat_map(OneOrMore::values).map(str::to_owned).collect()
    }
}

impl IncidentsCsv {
    /// Whether months are said in one way: those of headings need no column and no span of them.
    fn says_months_once(&self, origin: &Origin, problems: &mut Problems) -> bool {
        let c = &self.columns;
        let twice = self.months_across && (c.month.is_some() || c.date.is_some() || c.count.is_some() || self.covers.is_some());
        if twice {
            let what = "`months-across` says that the months are headings above their counts, and the plan says months or counts in another way, too";
            let next = "Take `month`, `date` and `count` out of `columns`, and `covers` out of the source; or take out `months-across`.";
            problems.error(Code::P104, Place::file("the plan").at(format!("source `{}`", origin.name)), what, next);
        }
        !twice
    }

    /// The columns by which rows are kept, and those that tell measures apart and that the plan says nothing of.
    fn choice(&self, sheet: &Sheet, found: &Found, problems: &mut Problems) -> Option<Choice<'_>> {
        let mut keep = Vec::new();
        let mut complete = true;
        for (heading, wanted) in &self.keep {
            match sheet.find(heading) {
                Some(column) => keep.push((column, wanted)),
                None => {
                    complete = false;
                    sheet.missing(heading, problems);
                }
            }
        }
        let told = |i: &usize| {
            keep.iter().any(|k| k.0 == *i)
                || found.area == Some(*i)
                || found.postcode == Some(*i)
                || found.category == Some(*i)
                || found.count == Some(*i)
        };
        let is_measure = |i: &usize| MEASURES.iter().any(|m| sheet.headings[*i].replace('_', " ").eq_ignore_ascii_case(m));
        let measures = (0..sheet.headings.len()).filter(|i| found.count.is_some() && is_measure(i) && !told(i)).collect();
        complete.then_some(Choice { keep, measures })
    }
}

/// Which rows of one file count.
struct Choice<'a> {
    keep: Vec<(usize, &'a OneOrMore)>,
    measures: Vec<usize>,
}

impl Choice<'_> {
    /// Columns in which no word is a total: months, places, hours, and those by which the plan chooses.
    fn passed_over(&self, found: &Found) -> Vec<usize> {
        let (x, y) = found.point.unzip();
        let known = [Some(found.month), x, y, found.area, found.postcode, found.hour];
        known.into_iter().flatten().chain(self.keep.iter().map(|k| k.0)).chain(self.measures.iter().copied()).collect()
    }
}

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::area_names::AreaNames;
use super::cells_again::CellsAgain;
use super::count_stand_ins::set_aside_nines;
use super::count_table::{CountTable, MEASURES};
use super::csv_file::{CsvFile, Row, Sheet};
use super::day_order::DayOrder;
use super::events::{Block, Dictionary, Events, KEPT_BACK, NO_COUNT, NONE, Names, Topic};
use super::gathered::{Copies, Gathered, Tally};
use super::headings_alone::HeadingsAlone;
use super::incident_row::{Dictionaries, Found, WITHOUT_A_DATE, read_row};
use super::measure_words::{MeasureWords, several_measures};
use super::merged_cells::MergedCells;
use super::midnights::Midnights;
use super::personal::personal;
use super::postcodes::Postcodes;
use super::same_rows::{Remembered, count_once};
use super::table_form::is_table;
use super::{Origin, Source};
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

/// The headings to read. A date or a month is needed; everything else is optional.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Columns {
    /// A date, `2024-02-17` or `17/02/2024`; only its month is kept, and the day of the week.
    pub date: Option<String>,
    /// A month, `2024-02` or `202402`.
    pub month: Option<String>,
    /// Degrees east.
    pub longitude: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
    /// Metres east on the British National Grid.
    pub easting: Option<String>,
    /// Metres north on the British National Grid.
    pub northing: Option<String>,
    /// An area code, or the name of one area as the boundaries have it.
    pub area: Option<String>,
    /// A postcode, where a `postcode-directory` source says where it is. It becomes an area while the row is read, and is not kept.
    pub postcode: Option<String>,
    /// The category: an offence, a reason, a referral route.
    pub category: Option<String>,
    /// The hour, 0 to 23, or a time such as `23:10`; only its three hours are kept: 21 to 24.
    pub hour: Option<String>,
    /// Sex of the victim.
    pub victim_sex: Option<String>,
    /// Whether flagged as domestic abuse.
    pub domestic_abuse: Option<String>,
    /// The kind of place; only public, private or online is kept.
    pub place_type: Option<String>,
    /// How many events the row stands for, where rows are counts.
    pub count: Option<String>,
    /// What became of the report: its outcome, in words or as the number of the Home Office's outcome type. Only its class is kept.
    pub outcome: Option<String>,
    /// The day or month of the outcome; only its month is kept.
    pub outcome_date: Option<String>,
    /// What names each event, such as a crime reference. Rows of one id are one event, in one file or in two; no id is kept or printed.
    pub id: Option<String>,
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
        if self.mapping_is_safe(origin, &dictionaries.postcodes, problems) {
            let paths = origin.files(is_table, "CSV files or workbooks", problems);
            let several = paths.len() > 1;
            for path in paths {
                gathered.files.push((origin.id, path.clone()));
                let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
                let Some(columns) = self.find(&file.sheet, problems) else { continue };
                let Some(choice) = self.choice(&file.sheet, &columns, problems) else { continue };
                let mut block = Block { file: path.clone(), ..Block::default() };
                dictionaries.block = events.blocks.len() as u32;
                let mut rows = Remembered::default();
                let mut looked = Looked::new(&file.sheet, &columns, self.columns.date.is_none(), &choice.passed_over(&columns));
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
                        looked.see(row, &columns, read != Err(WITHOUT_A_DATE));
                    }
                    if let Err(reason) = read {
                        tally.set_aside(reason, 1);
                    }
                    if block.rows() > before {
                        looked.midnights.see(row.get_if(columns.hour), before);
                        rows.push(row, &columns, &block, several);
                    }
                });
                several_measures(&file.sheet, &choice.measures, &measures, problems);
                looked.tell(&file.sheet, &mut block, &mut order, &mut tally, problems);
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
        events.covered = self.covers.map(|p| p.months().collect()).unwrap_or_default();
        alone.settle(&mut events);
        events.undated = dictionaries.undated.settle(&dictionaries.names);
        (events.not_told, events.days) = (dictionaries.not_told, dictionaries.days);
        (events.points, events.codes, events.categories) = (dictionaries.points.list, dictionaries.codes.list, dictionaries.names.0);
        gathered.events.push(events);
        gathered.tallies.push(tally);
    }

    fn keeps(&self) -> Vec<String> {
        self.keep.values().flat_map(OneOrMore::values).map(str::to_owned).collect()
    }
}

impl IncidentsCsv {
    /// Refuses mapped columns whose headings suggest that they identify a person, before any file is opened.
    fn mapping_is_safe(&self, origin: &Origin, postcodes: &Postcodes, problems: &mut Problems) -> bool {
        let c = &self.columns;
        let mut safe = true;
        if c.postcode.is_some() && postcodes.is_empty() && !problems.any_error() {
            safe = false;
            problems.error(
                Code::P104,
                Place::file("the plan").at(format!("source `{}`, columns", origin.name)),
                "the mapping names a postcode, and no source says where postcodes are",
                "Add a source of kind `postcode-directory` with ONSPD, NSPL or Code-Point Open: `gapmap explain postcode-directory`.",
            );
        }
        let all = [
            &c.date,
            &c.month,
            &c.longitude,
            &c.latitude,
            &c.easting,
            &c.northing,
            &c.area,
            &c.category,
            &c.hour,
            &c.victim_sex,
            &c.domestic_abuse,
            &c.place_type,
            &c.count,
            &c.outcome,
            &c.outcome_date,
            &c.id,
        ];
        // The column of postcodes may be called so, and nothing else of an address.
        let other = |heading: &&String| !["postcode", "post code", "postal code", "pcd", "pcds"].contains(&plain(heading).as_str());
        for heading in all.into_iter().flatten().chain(c.postcode.iter().filter(other)) {
            if let Some(what) = personal(heading) {
                safe = false;
                problems.error(
                    Code::P106,
                    Place::file("the plan").at(format!("source `{}`, columns", origin.name)),
                    format!("the column “{heading}” looks like {what} and is not read"),
                    "Take it out of the mapping. If it holds something harmless, give it a plainer heading in the extract.",
                );
            }
        }
        safe
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

    fn find(&self, sheet: &Sheet, problems: &mut Problems) -> Option<Found> {
        let c = &self.columns;
        let before = problems.list().len();
        let mut find = |heading: &Option<String>| {
            let heading = heading.as_ref()?;
            let column = sheet.find(heading);
            match column {
                Some(_) => sheet.stands_once(heading, problems),
                None => sheet.missing(heading, problems),
            }
            column
        };
        let month = find(&c.month).or(find(&c.date));
        let degrees = find(&c.longitude).zip(find(&c.latitude));
        let metres = find(&c.easting).zip(find(&c.northing));
        let found = Found {
            month: month.unwrap_or(0),
            point: degrees.or(metres),
            metres: metres.is_some(),
            area: find(&c.area),
            postcode: find(&c.postcode),
            grid: metres.is_some() || degrees.is_none(),
            category: find(&c.category),
            hour: find(&c.hour),
            victim_sex: find(&c.victim_sex),
            domestic_abuse: find(&c.domestic_abuse),
            place_type: find(&c.place_type),
            count: find(&c.count),
            outcome: find(&c.outcome),
            outcome_date: find(&c.outcome_date),
            id: find(&c.id),
        };
        if found.id.is_some() && found.count.is_some() {
            problems.error(
                Code::P104,
                Place::file("the plan").at(format!("source `{}`, columns", sheet.origin.name)),
                "the mapping names an id of events and a count of them",
                "Take one of the two out: a row that counts several events has no id of one.",
            );
        }
        if c.month.is_none() && c.date.is_none() {
            problems.error(
                Code::P104,
                Place::file("the plan").at(format!("source `{}`, columns", sheet.origin.name)),
                "the mapping names neither a date nor a month",
                "Add `month = \"…\"` or `date = \"…\"` with the heading of that column.",
            );
        }
        (problems.list().len() == before && month.is_some()).then_some(found)
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

/// A heading in small letters, with spaces for marks.
fn plain(heading: &str) -> String {
    heading.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What is looked at of one file as a whole.
struct Looked {
    whole: CountTable,
    measures: MeasureWords,
    again: Option<CellsAgain>,
    merged: MergedCells,
    midnights: Midnights,
    order: DayOrder,
}

impl Looked {
    fn new(sheet: &Sheet, columns: &Found, by_month: bool, passed_over: &[usize]) -> Self {
        Self {
            whole: CountTable::new(sheet, columns.count, by_month, passed_over),
            measures: MeasureWords::new(sheet, columns.count, &columns.read(), passed_over),
            again: columns.count.filter(|_| by_month).map(|count| CellsAgain::new(sheet, count, columns.read(), passed_over)),
            merged: MergedCells::new([columns.area, columns.category].into_iter().flatten()),
            midnights: Midnights::default(),
            order: DayOrder::default(),
        }
    }

    fn see(&mut self, row: &Row, columns: &Found, has_month: bool) {
        self.whole.see(row, has_month);
        self.measures.see(row);
        self.again.iter_mut().filter(|_| has_month).for_each(|again| again.see(row));
        self.merged.see(row);
        self.order.see(row.get(columns.month));
    }

    fn tell(&self, sheet: &Sheet, block: &mut Block, order: &mut DayOrder, tally: &mut Tally, problems: &mut Problems) {
        let merged = self.merged.tell(sheet, " Where nobody knows what belongs there, write `not known`.", problems);
        self.whole.tell(sheet, merged, problems);
        let several = self.measures.tell(sheet, problems);
        self.again.iter().filter(|_| !merged && !several).for_each(|again| again.tell(sheet, problems));
        self.midnights.settle(block, tally, problems);
        if !self.order.tell(Place::file(&block.file), problems) {
            order.add(&self.order);
        }
    }
}

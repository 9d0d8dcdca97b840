use std::collections::HashMap;
use std::collections::hash_map::Entry;

use schemars::JsonSchema;
use serde::Deserialize;

use super::all_of_them::is_all_of_them;
use super::count_stand_ins::set_aside_nines;
use super::csv_file::{CsvFile, Sheet};
use super::events::{Block, Dictionary, Events, KEPT_BACK, MOST_IN_A_ROW, NO_COUNT, NONE, Names, NotTold, Topic};
use super::gathered::{Copies, Gathered, Tally};
use super::headings_alone;
use super::months_across::month_columns;
use super::read_value::{Said, count, says_nothing};
use super::same_cells::keep_newest_counts;
use super::table_form::is_table;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems, quote};
use crate::units::{AreaCode, Crs, Month, capital};

/// The settings of an `mps-wide` source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MpsWide {
    /// The borough to keep, as the file writes it: `Bexley`. Rows of others are counted as set aside.
    pub borough: String,
    /// Code of that borough, used where the file holds boroughs and not wards.
    pub borough_code: Option<AreaCode>,
    /// Offences to keep, as `MinorText` writes them, in any case; all where the list is empty.
    #[serde(default)]
    pub offences: Vec<String>,
}

impl Source for MpsWide {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "table cells");
        let mut events = Events::new(origin.id, Topic::Incidents, Crs::Wgs84);
        let (mut codes, mut names) = (Dictionary::new(), Names::default());
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            if let Some(mut file) = CsvFile::open(origin, &path, problems) {
                let read_before = tally.read;
                let (block, not_told) = (events.blocks.len() as u32, &mut events.not_told);
                let (copies, classes) = (gathered.copies, &mut events.classes);
                let read =
                    Read { settings: self, codes: &mut codes, names: &mut names, tally: &mut tally, block, not_told, copies, classes };
                if let Some((block, months)) = read.file(&mut file, problems) {
                    events.blocks.push(block);
                    // Months that stand over no row are named, and not covered.
                    if tally.read == read_before {
                        headings_alone::tell(&path, problems);
                        events.named.extend(months);
                    } else {
                        events.covered.extend(months);
                    }
                }
            }
        }
        let (blocks, not_told) = (&mut events.blocks, &mut events.not_told);
        set_aside_nines(blocks, &mut [], not_told, &codes.list, (origin, None), &mut tally, problems);
        keep_newest_counts(&mut events.blocks, &mut events.not_told, gathered.copies, &mut tally, problems);
        events.all_within = self.borough_code.is_some();
        (events.codes, events.categories) = (codes.list, names.0);
        events.covered.sort_unstable();
        events.covered.dedup();
        gathered.events.push(events);
        gathered.tallies.push(tally);
    }

    fn keeps(&self) -> Vec<String> {
        self.offences.clone()
    }
}

struct Read<'a> {
    settings: &'a MpsWide,
    codes: &'a mut Dictionary<AreaCode>,
    names: &'a mut Names,
    tally: &'a mut Tally,
    /// Position of the table among those of the source.
    block: u32,
    not_told: &'a mut Vec<NotTold>,
    copies: Copies,
    classes: &'a mut Vec<(String, u16)>,
}

impl Read<'_> {
    fn file(self, file: &mut CsvFile, problems: &mut Problems) -> Option<(Block, Vec<Month>)> {
        let sheet = &file.sheet;
        // Ward and borough files say MajorText and BoroughName, LSOA files Major Category and Borough.
        let any = |headings: &[&str]| headings.iter().find_map(|h| sheet.find(h));
        let minor = any(&["MinorText", "Minor Text", "Minor Category"]);
        let borough = any(&["LookUp_BoroughName", "BoroughName", "Borough"]);
        let (Some(minor), Some(borough)) = (minor, borough) else {
            sheet.missing(if minor.is_none() { "MinorText" } else { "LookUp_BoroughName" }, problems);
            return None;
        };
        let area = any(&["WardCode", "LSOA Code"]);
        let months = months_of(sheet, problems)?;
        let mut block = Block { file: sheet.file.clone(), ..Block::default() };
        let major = any(&["MajorText", "Major Category"]);
        // Where each offence and place stands, and its numbers.
        let mut stands: HashMap<(String, u16, u32), (u64, String)> = HashMap::new();
        let settings = self.settings;
        // A row that stands for all offences, where the plan does not choose.
        let mut total: Option<u64> = None;
        let (codes, names, tally, at, not_told) = (self.codes, self.names, self.tally, self.block, self.not_told);
        let (repeats_count, classes) = (self.copies.repeats_count, self.classes);
        let unread = file.for_each(problems, |sheet, row, problems| {
            // A row is a cell for each month: the months of the study may be fewer than those of the table.
            let cells = months.len() as u64;
            tally.read += cells;
            let here = row.get(borough);
            let ours =
                here.eq_ignore_ascii_case(&settings.borough) || settings.borough_code.is_some_and(|c| AreaCode::parse(here) == Some(c));
            if !ours {
                return tally.set_aside("another borough", cells);
            }
            let offence = row.get(minor);
            if !settings.offences.is_empty() && !settings.offences.iter().any(|o| o.eq_ignore_ascii_case(offence)) {
                return tally.set_aside("an offence that the plan leaves out", cells);
            }
            if settings.offences.is_empty() && is_all_of_them(offence) {
                total.get_or_insert(row.line);
            }
            let code = match area {
                // Rows of which the ward is not known count in the borough and lie nowhere.
                Some(column) if says_nothing(row.get(column)) => Some(NONE),
                Some(column) => AreaCode::parse(row.get(column)).map(|c| codes.id(c)),
                None => settings.borough_code.map(|c| codes.id(c)),
            };
            let (Some(code), Some(category)) = (code, names.id(&sentence_case(offence))) else {
                tally.set_aside("an area code that cannot be read", cells);
                return sheet.bad_value(row, area.unwrap_or(borough), "an area code such as E05011217", problems);
            };
            let class = (sentence_case(major.map_or("", |c| row.get(c)).trim()), category);
            if !class.0.is_empty() && !classes.contains(&class) {
                classes.push(class);
            }
            let numbers: Vec<&str> = months.iter().map(|m| row.get(m.1)).collect();
            let shown = (major.map_or("", |c| row.get(c)).to_lowercase(), category, code);
            match stands.entry(shown) {
                Entry::Vacant(first) => drop(first.insert((row.line, numbers.join(",")))),
                Entry::Occupied(first) if first.get().1 == numbers.join(",") && repeats_count => {}
                Entry::Occupied(first) if first.get().1 == numbers.join(",") => return tally.set_aside("the same row again", cells),
                Entry::Occupied(first) => {
                    tally.set_aside("a row that contradicts another", cells);
                    let next = "Keep the row that is right: one offence and place has one row.";
                    let what = format!("line {} has the same offence and place, with other numbers", first.get().0);
                    return problems.error(Code::D218, Place::line(&sheet.file, row.line), what, next);
                }
            }
            for (month, column) in &months {
                let text = row.get(*column);
                match count(text) {
                    Said::Value(n) if (0..=MOST_IN_A_ROW).contains(&n) => {
                        block.push(row.line as u32, NONE, code, *month, category);
                        block.count.push(n as u32);
                    }
                    Said::Value(_) => {
                        tally.set_aside("a count that cannot be read", 1);
                        let shown = quote(text, sheet.origin.sensitivity);
                        let next = "Counts are whole numbers of 0 or more. Get the file again.";
                        problems.error(
                            Code::D205,
                            sheet.place(row.line, *column),
                            format!("{shown} is a negative or impossible count"),
                            next,
                        );
                    }
                    Said::Unreadable => {
                        tally.set_aside("a count that cannot be read", 1);
                        sheet.bad_value(row, *column, "a whole number of offences", problems);
                    }
                    said => {
                        let suppressed = matches!(said, Said::Suppressed(_));
                        tally.set_aside(if suppressed { KEPT_BACK } else { NO_COUNT }, 1);
                        let bounds = if let Said::Suppressed(bounds) = said { bounds } else { Default::default() };
                        not_told.push(NotTold { block: at, code, point: NONE, month: month.index() as u16, category, bounds, suppressed });
                    }
                }
            }
        });
        if let Some(line) = total.filter(|_| names.0.len() > 1) {
            let next = "Name the offences that count, under the source: `offences = [\"…\", \"…\"]`, either the totals or their parts.";
            let what = "an offence of this row is a total of others in the table: added to them, each would count twice";
            problems.error(Code::D218, Place::line(&file.sheet.file, line), what, next);
        }
        let unread = unread * months.len() as u64;
        tally.read += unread;
        tally.set_aside("bytes that are not UTF-8", unread);
        Some((block, months.into_iter().map(|m| m.0).collect()))
    }
}

/// The columns whose heading is a month, `202402`. A bare number that is none means a copy that lost its months.
fn months_of(sheet: &Sheet, problems: &mut Problems) -> Option<Vec<(Month, usize)>> {
    let is_number = |h: &str| !h.is_empty() && h.bytes().all(|b| b.is_ascii_digit());
    if let Some((i, heading)) = sheet.headings.iter().enumerate().find(|(_, h)| is_number(h) && Month::parse(h).is_none()) {
        let next = "Headings should be months such as 202402, each once. A copy that went through a spreadsheet has lost them: download the original.";
        let place = Place::line(&sheet.file, 1).at(format!("column {}", i + 1));
        problems.error(Code::R113, place, format!("the heading “{heading}” is not a month"), next);
        return None;
    }
    month_columns(sheet, "Check that this is a Metropolitan Police table with one column for each month.", problems)
}

/// `STALKING AND HARASSMENT` → `Stalking and harassment`: vintages differ in case, and capitals shout.
fn sentence_case(text: &str) -> String {
    capital(&text.to_lowercase())
}

//! A row of a table of events: its month, count and category, with its place and coarse facts, or why it is set aside.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::area_names::AreaNames;
use super::csv_file::{Row, Sheet};
use super::event_outcomes::Endings;
use super::events::{Block, Dictionary, KEPT_BACK, MOST_IN_A_ROW, NO_COUNT, NONE, Names, NotTold, PointKey};
use super::incident_facts::facets;
use super::incident_place::{Unplaced, by_postcode, code, point};
use super::postcodes::Postcodes;
use super::read_value::{self, Said};
use super::services_side::iso_date;
use super::table_rows::is_all_of_them;
use super::undated::UndatedRows;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{AreaCode, Bounds, Month};

/// What the rows of all files of a source share.
pub(super) struct Dictionaries {
    pub points: Dictionary<PointKey>,
    pub codes: Dictionary<AreaCode>,
    pub names: Names,
    pub not_told: Vec<NotTold>,
    /// Rows that say a place and no month.
    pub undated: UndatedRows,
    /// Of each month, the days that have an event.
    pub days: BTreeMap<u16, u32>,
    /// Areas by their names, and rows that name one in place of its code.
    pub areas: AreaNames,
    pub by_name: u64,
    /// Position of the table that is being read.
    pub block: u32,
    /// Where postcodes are.
    pub postcodes: Postcodes,
    /// Rows whose postcode gives no place.
    pub unplaced: Unplaced,
    /// What became of the rows.
    pub endings: Endings,
}

/// Positions of the mapped columns in one file.
pub(super) struct Found {
    pub month: usize,
    pub point: Option<(usize, usize)>,
    pub metres: bool,
    pub area: Option<usize>,
    pub postcode: Option<usize>,
    /// Whether the points of the source are metres.
    pub grid: bool,
    pub category: Option<usize>,
    pub hour: Option<usize>,
    pub victim_sex: Option<usize>,
    pub domestic_abuse: Option<usize>,
    pub place_type: Option<usize>,
    pub count: Option<usize>,
    pub outcome: Option<usize>,
    pub outcome_date: Option<usize>,
    /// What names each event.
    pub id: Option<usize>,
}

impl Found {
    /// The columns that are read, but for counts.
    pub fn read(&self) -> Vec<usize> {
        let (x, y) = self.point.unzip();
        let of_outcome = [self.outcome, self.outcome_date, self.id];
        let others = [x, y, self.area, self.postcode, self.category, self.hour, self.victim_sex, self.domestic_abuse, self.place_type];
        others.into_iter().chain(of_outcome).flatten().chain([self.month]).collect()
    }

    /// Those of them that name its month, place and kind.
    pub fn named(&self) -> Vec<usize> {
        let (x, y) = self.point.unzip();
        [Some(self.month), x, y, self.area, self.postcode, self.category].into_iter().flatten().collect()
    }

    /// How many columns a row must have to hold all that is asked for.
    pub fn columns(&self) -> usize {
        self.read().into_iter().chain(self.count).max().unwrap_or(0) + 1
    }
}

/// A row that no month can be given to.
pub(super) const WITHOUT_A_DATE: &str = "without a date";

/// Why a row is set aside.
pub(super) type Aside = &'static str;

/// Puts a row into the block. An `Err` is a row that is no event of the block, and says why it is set aside, in the words of the ledger: it cannot be read,
/// which is reported, or it is whole and says no month or no count, which the study still hears of through `to`.
pub(super) fn read_row(
    c: &Found,
    sheet: &Sheet,
    row: &Row,
    to: &mut Dictionaries,
    block: &mut Block,
    problems: &mut Problems,
) -> Result<(), Aside> {
    is_whole(c, sheet, row, problems)?;
    let date = iso_date(row.get(c.month));
    let month = match month(c, sheet, row, problems) {
        Ok(month) => month,
        Err(reason) => {
            if reason == WITHOUT_A_DATE {
                remember_undated(c, sheet, row, to);
            }
            return Err(reason);
        }
    };
    let count = count(c, sheet, row, problems)?;
    let point = point(c, sheet, row, to, problems)?;
    let code = code(c, sheet, row, to, problems)?;
    let (point, code) = by_postcode(c, row, to, point, code);
    let Some(category) = to.names.id_in_any_case(category(c, row)) else { return Err("more than 65,535 categories") };
    if let Some(Count::NotTold { bounds, suppressed }) = count {
        to.not_told.push(NotTold { block: to.block, code, point, month: month.index() as u16, category, bounds, suppressed });
        return Err(if suppressed { KEPT_BACK } else { NO_COUNT });
    }
    let facets = facets(c, sheet, row, date.as_deref(), problems);
    let fate = to.endings.read(c, sheet, row, month, problems)?;
    if let Some(day) = date.as_deref().and_then(|d| d.get(8..)?.parse::<u32>().ok()).filter(|d| *d < 32) {
        *to.days.entry(month.index() as u16).or_default() |= 1 << day;
    }
    block.push(row.line as u32, point, code, month, category);
    block.fate.extend(fate);
    if let Some(Count::Of(n)) = count {
        block.count.push(n);
    }
    if c.hour.is_some() || c.victim_sex.is_some() || c.domestic_abuse.is_some() || c.place_type.is_some() {
        block.facets.push(facets);
    }
    Ok(())
}

fn category<'r>(c: &Found, row: &'r Row) -> &'r str {
    match row.get_if(c.category) {
        "" if c.category.is_some() => "Not stated",
        "" => "All",
        name => name,
    }
}

/// Remembers where a row lies that no month can be given to. It is set aside: what else may be wrong with it is told of no one.
fn remember_undated(c: &Found, sheet: &Sheet, row: &Row, to: &mut Dictionaries) {
    let mut unheard = Problems::default();
    let events = match count(c, sheet, row, &mut unheard) {
        Ok(None) => 1,
        Ok(Some(Count::Of(n))) => u64::from(n),
        _ => 0,
    };
    let (by_name, unplaced) = (to.by_name, std::mem::take(&mut to.unplaced));
    if let (Ok(point), Ok(code)) = (point(c, sheet, row, to, &mut unheard), code(c, sheet, row, to, &mut unheard)) {
        let (point, code) = by_postcode(c, row, to, point, code);
        if events > 0 && (point != NONE || code != NONE) {
            to.undated.add(code, point, category(c, row), events);
        }
    }
    (to.by_name, to.unplaced) = (by_name, unplaced);
}

fn is_whole(c: &Found, sheet: &Sheet, row: &Row, problems: &mut Problems) -> Result<(), Aside> {
    // Spreadsheets leave out the separators of empty cells at the end: a row is whole where every column that is asked for is there.
    if row.len() < sheet.headings.len() && row.len() < c.columns() {
        let next = "Export the file again: a row may have been cut off, or a comma may stand outside quotes.";
        problems.error(
            Code::R105,
            Place::line(&sheet.file, row.line),
            format!("the row has {} fields where {} belong", row.len(), sheet.headings.len()),
            next,
        );
        return Err("a row with too few or too many fields");
    }
    Ok(())
}

fn month(c: &Found, sheet: &Sheet, row: &Row, problems: &mut Problems) -> Result<Month, Aside> {
    let said = read_value::month(row.get(c.month));
    if said.is_unreadable() && is_all_of_them(row.get(c.month)) {
        return Err("a total of several months");
    }
    let month = match said.value() {
        Some(first) => Month::new(first.year(), first.month()),
        None if said.is_unreadable() => None,
        None => return Err(WITHOUT_A_DATE),
    };
    month.ok_or_else(|| {
        sheet.bad_day(row, c.month, "a date or month such as 2024-02-17 or 2024-02", problems);
        "a month that cannot be read"
    })
}

/// What a row says of how many events it stands for.
enum Count {
    Of(u32),
    /// Whoever published it keeps it back, or nobody says.
    NotTold {
        bounds: Bounds,
        suppressed: bool,
    },
}

/// How many events a row stands for; `None` where each row is an event. An `Err` is a count that cannot be read or cannot be, which is reported; one
/// that the source keeps back or leaves empty is none, but a [`Count::NotTold`].
fn count(c: &Found, sheet: &Sheet, row: &Row, problems: &mut Problems) -> Result<Option<Count>, Aside> {
    let Some(column) = c.count else { return Ok(None) };
    match read_value::count(row.get(column)) {
        Said::Value(n) if (0..=MOST_IN_A_ROW).contains(&n) => Ok(Some(Count::Of(n as u32))),
        Said::Missing | Said::NotApplicable => Ok(Some(Count::NotTold { bounds: Bounds::default(), suppressed: false })),
        Said::Suppressed(bounds) => Ok(Some(Count::NotTold { bounds, suppressed: true })),
        Said::Value(_) => {
            problems.error(
                Code::D205,
                sheet.place(row.line, column),
                "a count is negative or impossibly large",
                "Counts are whole numbers of 0 or more.",
            );
            Err("a negative or impossible count")
        }
        Said::Unreadable => {
            sheet.bad_value(row, column, "a whole number of events", problems);
            Err("a count that cannot be read")
        }
    }
}

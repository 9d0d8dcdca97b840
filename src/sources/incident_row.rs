//! A row of a table of events: its month, place, category and coarse facts, or why it is set aside.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use chrono::Datelike;

use super::Origin;
use super::area_names::AreaNames;
use super::codes_elsewhere::{is_code_of_many, northern_irish};
use super::csv_file::{Row, Sheet};
use super::event_outcomes::Endings;
use super::events::{Block, Dictionary, KEPT_BACK, MOST_IN_A_ROW, NO_COUNT, NONE, Names, NotTold, PointKey};
use super::facets::{Facets, Setting, VictimSex, WeekBand, YesNo};
use super::gathered::Tally;
use super::postcodes::Postcodes;
use super::read_value::{self, Said};
use super::services_side::iso_date;
use super::table_rows::is_all_of_them;
use super::undated::UndatedRows;
use crate::diagnostics::{Code, Place, Problems};
use crate::spatial::to_lon_lat;
use crate::units::{AreaCode, Bng, Bounds, Month, Postcode};

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

    /// How many columns a row must have to hold all that is asked for.
    pub fn columns(&self) -> usize {
        self.read().into_iter().chain(self.count).max().unwrap_or(0) + 1
    }
}

/// A row that no month can be given to.
pub(super) const WITHOUT_A_DATE: &str = "without a date";

/// Why a row is set aside.
type Aside = &'static str;

/// Puts a row into the block, or says why it is set aside; what cannot be read is reported.
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

/// `None` where each row is an event.
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

fn point(c: &Found, sheet: &Sheet, row: &Row, to: &mut Dictionaries, problems: &mut Problems) -> Result<u32, Aside> {
    Ok(match c.point.map(|(x, y)| (x, row.get(x), row.get(y))) {
        None | Some((_, "", "")) => NONE,
        // Stand-ins for a place that is not known: the row counts, and lies nowhere.
        Some((_, x, y)) if read_value::is_no_point(x, y) => NONE,
        Some((column, x, y)) => {
            let (Some(x), Some(y)) = (read_value::number(x).value(), read_value::number(y).value()) else {
                sheet.bad_value(row, column, "a coordinate", problems);
                return Err("coordinates that cannot be read");
            };
            if !c.metres && (49.0..61.5).contains(&x) && (-9.5..2.5).contains(&y) {
                let next = "Exchange the two headings in the mapping. Nothing is swapped back silently.";
                problems.error(Code::D202, sheet.place(row.line, column), "latitude and longitude are swapped", next);
                return Err("latitude and longitude swapped");
            }
            if c.metres && !on_the_grid(x, y) && (x.abs() > 180.0 || y.abs() > 90.0) {
                let next = "Export eastings and northings of the British National Grid (EPSG:27700), or longitude and latitude.";
                problems.error(
                    Code::D201,
                    sheet.place(row.line, column),
                    "the metres are no eastings and northings of Great Britain",
                    next,
                );
                return Err("coordinates in another system");
            }
            if c.metres == (x.abs() <= 180.0 && y.abs() <= 90.0) {
                let next = "Map longitude and latitude for degrees, easting and northing for metres of the British National Grid.";
                problems.error(
                    Code::D201,
                    sheet.place(row.line, column),
                    "the coordinates are not in the system that the mapping says",
                    next,
                );
                return Err("coordinates in another system");
            }
            to.points.id(PointKey::new(x, y))
        }
    })
}

fn code(c: &Found, sheet: &Sheet, row: &Row, to: &mut Dictionaries, problems: &mut Problems) -> Result<u32, Aside> {
    Ok(match c.area.map(|column| (column, row.get(column))) {
        None | Some((_, "")) => NONE,
        Some((_, text)) if read_value::says_nothing(text) => NONE,
        // The rows that it holds once more are there too.
        Some((_, text)) if c.count.is_some() && (is_all_of_them(text) || is_code_of_many(text)) => return Err("a total of several areas"),
        Some((column, text)) => match AreaCode::parse(text) {
            Some(code) => to.codes.id(code),
            None => match to.areas.find(text).map(|code| (code, true)).or(northern_irish(text).map(|code| (code, false))) {
                Some((code, by_name)) => {
                    to.by_name += u64::from(by_name);
                    to.codes.id(code)
                }
                None => {
                    sheet.bad_area(row, column, problems);
                    return Err("an area code that cannot be read");
                }
            },
        },
    })
}

/// Rows whose postcode gives no place, by reason.
#[derive(Default)]
pub(super) struct Unplaced {
    /// It is no whole postcode.
    unreadable: u64,
    /// No directory holds it.
    unknown: u64,
    /// The directory says of it neither a point nor an area.
    nowhere: u64,
}

/// A row that says neither an area nor a point lies where its postcode is. The small area of the directory decides, and the point where nothing knows it.
fn by_postcode(c: &Found, row: &Row, to: &mut Dictionaries, point: u32, code: u32) -> (u32, u32) {
    let text = row.get_if(c.postcode);
    if point != NONE || code != NONE || read_value::says_nothing(text) {
        return (point, code);
    }
    let Some(postcode) = Postcode::parse(text) else {
        to.unplaced.unreadable += 1;
        return (NONE, NONE);
    };
    let Some(place) = to.postcodes.find(postcode) else {
        to.unplaced.unknown += 1;
        return (NONE, NONE);
    };
    let metres = place.easting_northing_m.map(|(e, n)| (f64::from(e), f64::from(n)));
    let key = metres.and_then(|(easting_m, northing_m)| {
        if c.grid {
            return Some(PointKey::new(easting_m, northing_m));
        }
        to_lon_lat(Bng { easting_m, northing_m }).map(|l| PointKey::new(l.lon, l.lat))
    });
    if key.is_none() && place.area.is_none() {
        to.unplaced.nowhere += 1;
    }
    (key.map_or(NONE, |key| to.points.id(key)), place.area.map_or(NONE, |area| to.codes.id(area)))
}

impl Dictionaries {
    /// Tells how many rows name an area, and how many have no place although they have a postcode.
    pub fn tell_unplaced(&self, origin: &Origin, tally: &mut Tally, problems: &mut Problems) {
        let Unplaced { unreadable, unknown, nowhere } = self.unplaced;
        tally.note("with the name of an area in place of its code", self.by_name);
        tally.note("with a postcode that cannot be read", unreadable);
        tally.note("with a postcode that no directory holds", unknown);
        tally.note("with a postcode that has no place", nowhere);
        if unreadable + unknown > 0 {
            let what = format!("the postcodes of {} rows cannot be read or stand in no directory", unreadable + unknown);
            let next = "These rows count in totals and in no area. A district such as MK40 is no place; a postcode that was made lately is in the newest directory only.";
            problems.warn(Code::R129, Place::file(format!("source `{}`", origin.name)), what, next);
        }
    }
}

/// Whether metres may be eastings and northings: Great Britain with its seas.
fn on_the_grid(x: f64, y: f64) -> bool {
    (-100_000.0..900_000.0).contains(&x) && (-100_000.0..1_400_000.0).contains(&y)
}

fn facets(c: &Found, sheet: &Sheet, row: &Row, date: Option<&str>, problems: &mut Problems) -> Facets {
    let hour = row.get_if(c.hour);
    let when = hour_of(hour).and_then(|hour| WeekBand::of(hour, date));
    if let (None, false, Some(column)) = (when, hour.is_empty(), c.hour) {
        sheet.bad_value(row, column, "an hour such as 23 or 23:10", problems);
    }
    let sex = match row.get_if(c.victim_sex).to_lowercase().as_str() {
        "f" | "female" | "woman" | "girl" => VictimSex::Female,
        "m" | "male" | "man" | "boy" => VictimSex::Male,
        "" | "unknown" | "not known" | "not stated" | "u" => VictimSex::Unknown,
        _ => VictimSex::Other,
    };
    let domestic_abuse = match row.get_if(c.domestic_abuse).to_lowercase().as_str() {
        "y" | "yes" | "true" | "1" | "da" => YesNo::Yes,
        "n" | "no" | "false" | "0" => YesNo::No,
        _ => YesNo::Unknown,
    };
    Facets::new(when, sex, domestic_abuse, setting_of(row.get_if(c.place_type)))
}

/// `23`, `23:10`, `23:10:00`, `2310`, `23.10`, `11pm`, or a date with a time.
pub(super) fn hour_of(text: &str) -> Option<u8> {
    let lower = text.trim().to_lowercase();
    let half =
        [("pm", 12), ("p.m.", 12), ("am", 0), ("a.m.", 0)].into_iter().find_map(|(word, add)| Some((lower.strip_suffix(word)?, add)));
    let time = half.map_or(lower.as_str(), |h| h.0.trim()).rsplit(['t', ' ']).next()?;
    let is_minutes = |m: &str| m.len() == 2 && m.parse::<u8>().is_ok_and(|m| m < 60);
    let hour = match (time.split_once(':'), time.split_once('.')) {
        (Some((hour, _)), _) => hour,
        (None, Some((hour, minutes))) if is_minutes(minutes) => hour,
        (None, None) if time.len() == 4 && time == lower && is_minutes(time.get(2..)?) => time.get(..2)?,
        (None, None) if lower.len() <= 2 || half.is_some() => time,
        _ => return None,
    };
    let hour: u8 = hour.parse().ok()?;
    match half {
        Some((_, add)) => (1..=12).contains(&hour).then_some(hour % 12 + add),
        None => (hour < 24).then_some(hour),
    }
}

/// The coarse setting of a kind of place, by `data/definitions/place_types.csv`.
fn setting_of(text: &str) -> Setting {
    static SETTINGS: LazyLock<HashMap<String, Setting>> = LazyLock::new(|| {
        let text = include_str!("../../data/definitions/place_types.csv");
        let rows = crate::units::rows(text);
        let setting = |word: &str| match word {
            "public" => Setting::Public,
            "private" => Setting::Private,
            _ => Setting::Online,
        };
        rows.iter().map(|row| (row[0].to_owned(), setting(&row[1]))).collect()
    });
    SETTINGS.get(&text.trim().to_lowercase()).copied().unwrap_or(Setting::Unknown)
}

#[cfg(test)]
mod tests {
    use super::hour_of;

    #[test]
    fn hours_are_read_from_times_and_not_from_dates() {
        assert_eq!(hour_of("23"), Some(23));
        assert_eq!(hour_of("5"), Some(5));
        assert_eq!(hour_of("05:59"), Some(5));
        assert_eq!(hour_of("2024-02-17T18:00:00"), Some(18));
        assert_eq!(hour_of("17/02/2024 00:30"), Some(0));
        for (text, hour) in
            [("0915", 9), ("1530", 15), ("9.15", 9), ("11pm", 23), ("12 am", 0), ("9:15 PM", 21), ("17/02/2024 12:30 pm", 12)]
        {
            assert_eq!(hour_of(text), Some(hour), "{text}");
        }
        for none in ["", "13pm", "0961", "0.385", "915", "24", "24:10", "2024-02-17", "evening"] {
            assert_eq!(hour_of(none), None, "{none}");
        }
    }
}

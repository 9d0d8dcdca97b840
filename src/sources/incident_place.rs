//! Where a row of a table of events lies: its point, its area, or its postcode.

use super::Origin;
use super::codes_elsewhere::{is_code_of_many, northern_irish};
use super::csv_file::{Row, Sheet};
use super::events::{NONE, PointKey};
use super::gathered::Tally;
use super::incident_row::{Aside, Dictionaries, Found};
use super::read_value;
use super::table_rows::is_all_of_them;
use crate::diagnostics::{Code, Place, Problems};
use crate::spatial::to_lon_lat;
use crate::units::{AreaCode, Bng, Postcode};

/// The number of the point that a row says, in the dictionary of points; [`NONE`] where it says none or a stand-in for one.
pub(super) fn point(c: &Found, sheet: &Sheet, row: &Row, to: &mut Dictionaries, problems: &mut Problems) -> Result<u32, Aside> {
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

/// The number of the area that a row says, in the dictionary of codes; [`NONE`] where it says none. A total of several areas is set aside.
pub(super) fn code(c: &Found, sheet: &Sheet, row: &Row, to: &mut Dictionaries, problems: &mut Problems) -> Result<u32, Aside> {
    Ok(match c.area.map(|column| (column, row.get(column))) {
        None | Some((_, "")) => NONE,
        Some((_, text)) if read_value::says_no_place(text) => NONE,
        // The rows that it holds once more are there too.
        Some((_, text)) if c.count.is_some() && (is_all_of_them(text) || is_code_of_many(text)) => return Err("a total of several areas"),
        Some((column, text)) => match AreaCode::parse(text) {
            Some(code) => to.codes.id(code),
            None => match to.areas.find(text).map(|code| (code, true)).or(northern_irish(text).map(|code| (code, false))) {
                Some((code, by_name)) => {
                    to.by_name += u64::from(by_name);
                    to.codes.id(code)
                }
                None if to.areas.is_of_several(text) => {
                    sheet.several_areas(row, column, problems);
                    return Err("a name that several areas have");
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
pub(super) fn by_postcode(c: &Found, row: &Row, to: &mut Dictionaries, point: u32, code: u32) -> (u32, u32) {
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

use schemars::JsonSchema;
use serde::Deserialize;

use super::csv_file::CsvFile;
use super::gathered::{Gathered, Tally, TravelTable};
use super::parquet_file::{self, Value};
use super::read_value::{Said, quantity};
use super::table_form::is_table;
use super::travel_units::Times as Units;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems, quote};
use crate::units::AreaCode;

/// The settings of a `travel-times` source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TravelTimes {
    /// By which analyses name it: `public-transport`, `evening-bus`.
    pub mode: String,
    /// Names of the columns.
    #[serde(default)]
    pub columns: TravelColumns,
    /// Whether the times are in seconds; minutes otherwise.
    #[serde(default)]
    pub seconds: bool,
}

impl Default for TravelTimes {
    fn default() -> Self {
        Self { mode: "public-transport".into(), columns: TravelColumns::default(), seconds: false }
    }
}

/// Names of the columns of a table of travel times.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TravelColumns {
    /// Code of the area.
    pub from: String,
    /// Id of the service.
    pub to: String,
    /// The time.
    pub minutes: String,
}

impl Default for TravelColumns {
    fn default() -> Self {
        Self { from: "from".into(), to: "to".into(), minutes: "minutes".into() }
    }
}

impl TravelColumns {
    fn is_default(&self) -> bool {
        let usual = Self::default();
        (&self.from, &self.to, &self.minutes) == (&usual.from, &usual.to, &usual.minutes)
    }
}

/// The headings that r5r and r5py write, with the median.
const OF_ROUTERS: [&str; 3] = ["from_id", "to_id", "travel_time_p50"];

/// `>120`: a search that ended there found no way.
fn is_beyond(text: &str) -> bool {
    let longer = text.trim().strip_prefix('>').map(|rest| rest.trim_start_matches('=').trim());
    longer.and_then(|rest| quantity(rest).value()).is_some_and(|n| n > 0.0)
}

impl Source for TravelTimes {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "travel times");
        let mut rows = Vec::new();
        let wanted = |n: &str| is_table(n) || n.ends_with(".parquet");
        for path in origin.files(wanted, "CSV or Parquet files", problems) {
            gathered.files.push((origin.id, path.clone()));
            if path.to_lowercase().ends_with(".parquet") {
                self.read_parquet(origin, &path, &mut rows, &mut tally, problems);
            } else {
                self.read_csv(origin, &path, &mut rows, &mut tally, problems);
            }
        }
        gathered.travel_times.push(TravelTable { source: origin.id, mode: self.mode.clone(), rows });
        gathered.tallies.push(tally);
    }
}

/// Area, id of the service, and minutes: infinite where there is no way, so that the area is known to have none.
type Times = Vec<(AreaCode, String, f64)>;

impl TravelTimes {
    fn names(&self) -> [&str; 3] {
        [&self.columns.from, &self.columns.to, &self.columns.minutes]
    }

    fn read_csv(&self, origin: &Origin, path: &str, rows: &mut Times, tally: &mut Tally, problems: &mut Problems) {
        let Some(mut file) = CsvFile::open(origin, path, problems) else { return };
        let of_routers = self.columns.is_default() && OF_ROUTERS.iter().all(|h| file.sheet.find(h).is_some());
        let names = if of_routers { OF_ROUTERS } else { self.names() };
        let Some([from, to, time]) = file.sheet.require(names, problems) else { return };
        let heading = file.sheet.headings[time].clone();
        let Some(mut times) = Units::of(&heading, self.seconds, path, origin.shows(), problems) else { return };
        let begin = rows.len();
        let unread = file.for_each(problems, |sheet, row, problems| {
            tally.read += 1;
            let Some(code) = AreaCode::parse(row.get(from)) else {
                tally.set_aside(NO_AREA, 1);
                return sheet.bad_value(row, from, "the code of an area", problems);
            };
            match times.text(row.get(time)) {
                Said::Value(minutes) => {
                    tally.set_aside(NO_WAY, u64::from(minutes.is_infinite()));
                    rows.push((code, row.get(to).to_owned(), minutes));
                }
                // Routers leave pairs without a way empty, or write NA, Inf, -1 or the largest number of its type.
                Said::Missing | Said::NotApplicable => {
                    tally.set_aside(NO_WAY, 1);
                    rows.push((code, row.get(to).to_owned(), f64::INFINITY));
                }
                _ if is_beyond(row.get(time)) => {
                    tally.set_aside(NO_WAY, 1);
                    rows.push((code, row.get(to).to_owned(), f64::INFINITY));
                }
                _ => {
                    tally.set_aside(NO_TIME, 1);
                    sheet.bad_value(row, time, "a time such as 12 (minutes) or 0:12:00", problems);
                }
            }
        });
        tally.read += unread;
        tally.set_aside("bytes that are not UTF-8", unread);
        if !times.tell(path, problems) {
            rows.truncate(begin);
        }
    }

    fn read_parquet(&self, origin: &Origin, path: &str, rows: &mut Times, tally: &mut Tally, problems: &mut Problems) {
        let names = self.names();
        let Some(mut times) = Units::of(names[2], self.seconds, path, origin.shows(), problems) else { return };
        let begin = rows.len();
        parquet_file::for_each(origin, path, names, problems, |number, [from, to, time], problems| {
            tally.read += 1;
            let bad = |column: &str, expected: &str, value: &Value, problems: &mut Problems| {
                let told = format!("{} is not {expected}", quote(&value.text(), origin.sensitivity));
                let next = format!("Write {expected}, or leave it empty where there is no way.");
                problems.error(Code::R104, Place::file(path).at(format!("row {number}, column {column}")), told, next);
            };
            let Some(code) = AreaCode::parse(&from.text()) else {
                tally.set_aside(NO_AREA, 1);
                return bad(names[0], "the code of an area", &from, problems);
            };
            match time {
                Value::Number(t) if t >= 0.0 && t.is_finite() && quantity(&t.to_string()) != Said::Missing => {
                    let minutes = times.number(t);
                    tally.set_aside(NO_WAY, u64::from(minutes.is_infinite()));
                    rows.push((code, to.text(), minutes));
                }
                Value::Number(t) if t >= 0.0 || t.is_nan() || quantity(&t.to_string()) == Said::Missing => {
                    tally.set_aside(NO_WAY, 1);
                    rows.push((code, to.text(), f64::INFINITY));
                }
                Value::Nothing => {
                    tally.set_aside(NO_WAY, 1);
                    rows.push((code, to.text(), f64::INFINITY));
                }
                other => {
                    tally.set_aside(NO_TIME, 1);
                    bad(names[2], "a time of 0 or more", &other, problems);
                }
            }
        });
        if !times.tell(path, problems) {
            rows.truncate(begin);
        }
    }
}

const NO_AREA: &str = "without an area code";
const NO_WAY: &str = "no way there";
const NO_TIME: &str = "a time that is none";

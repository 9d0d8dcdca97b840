use schemars::JsonSchema;
use serde::Deserialize;

use super::csv_file::CsvFile;
use super::gathered::{Centre, Gathered, Tally};
use super::ons_heading::ons_heading;
use super::read_value::number;
use super::table_form::is_table;
use super::{Origin, Source};
use crate::diagnostics::Problems;
use crate::spatial::to_bng;
use crate::units::{AreaCode, Bng, LonLat};

/// The settings of a `population-centres` source: none.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Centres {}

impl Source for Centres {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "centres");
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let sheet = &file.sheet;
            let code = sheet.headings.iter().position(|h| ons_heading(h).is_some_and(|k| k.code)).or(sheet.find("code"));
            let pair = |a: &str, b: &str| Some((sheet.find(a)?, sheet.find(b)?));
            let columns = pair("x", "y").or(pair("easting", "northing")).or(pair("BNG_E", "BNG_N")).or(pair("longitude", "latitude"));
            let (Some(code), Some((x, y))) = (code, columns) else {
                sheet.missing(if code.is_none() { "LSOA21CD" } else { "x" }, problems);
                continue;
            };
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                let place = number(row.get(x)).value().zip(number(row.get(y)).value()).and_then(|(x, y)| on_grid(x, y));
                match (AreaCode::parse(row.get(code)), place) {
                    (Some(code), Some(place)) => gathered.centres.push(Centre { code, place }),
                    (None, _) => {
                        tally.set_aside("an area code that cannot be read", 1);
                        sheet.bad_value(row, code, "an area code such as E01017540", problems);
                    }
                    (_, None) => {
                        tally.set_aside("coordinates that cannot be read", 1);
                        sheet.bad_value(row, x, "a coordinate in Great Britain", problems);
                    }
                }
            });
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
        }
        gathered.tallies.push(tally);
    }
}

/// Metres are kept, degrees are projected; `None` outside Great Britain.
fn on_grid(x: f64, y: f64) -> Option<Bng> {
    if x.abs() <= 180.0 && y.abs() <= 90.0 {
        return to_bng(LonLat { lon: x, lat: y });
    }
    let inside = (0.0..700_000.0).contains(&x) && (0.0..1_250_000.0).contains(&y);
    inside.then_some(Bng { easting_m: x, northing_m: y })
}

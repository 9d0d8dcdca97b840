use schemars::JsonSchema;
use serde::Deserialize;

use super::csv_file::CsvFile;
use super::gathered::{Gathered, Tally, TravelTable};
use super::{Origin, Source};
use crate::diagnostics::Problems;
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

impl Source for TravelTimes {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "travel times");
        let mut rows = Vec::new();
        for path in origin.files(|n| n.ends_with(".csv"), "CSV files", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let names = [self.columns.from.as_str(), self.columns.to.as_str(), self.columns.minutes.as_str()];
            let Some([from, to, time]) = file.sheet.require(names, problems) else { continue };
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                let Some(code) = AreaCode::parse(row.get(from)) else {
                    tally.set_aside("without an area code", 1);
                    return sheet.bad_value(row, from, "the code of an area", problems);
                };
                let value = row.get(time);
                match value.parse::<f64>() {
                    Ok(t) if t >= 0.0 && t.is_finite() => {
                        rows.push((code, row.get(to).to_owned(), if self.seconds { t / 60.0 } else { t }))
                    }
                    // Routers leave pairs without a way empty.
                    _ if value.is_empty() || value.eq_ignore_ascii_case("na") => tally.set_aside("no way there", 1),
                    _ => {
                        tally.set_aside("a time that is none", 1);
                        sheet.bad_value(row, time, "a time of 0 or more", problems);
                    }
                }
            });
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
        }
        gathered.travel_times.push(TravelTable { source: origin.id, mode: self.mode.clone(), rows });
        gathered.tallies.push(tally);
    }
}

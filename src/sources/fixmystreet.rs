use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::Deserialize;

use super::csv_file::CsvFile;
use super::day_order::DayOrder;
use super::events::{Block, Dictionary, Events, NONE, Names, PointKey, Topic};
use super::facets::{Facets, Setting, VictimSex, WeekBand, YesNo};
use super::gathered::{Gathered, Tally};
use super::headings_alone::HeadingsAlone;
use super::incident_facts::hour_of;
use super::incident_row::WITHOUT_A_DATE;
use super::read_value::{is_no_point, number};
use super::repeats::id_key;
use super::services_side::iso_date;
use super::table_form::is_table;
use super::undated::UndatedRows;
use super::{Origin, Source};
use crate::diagnostics::{Place, Problems};
use crate::units::{Crs, Month};

/// The settings of a `fixmystreet` source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FixMyStreet {
    /// Categories to keep, as the site writes them, such as `Street lighting`; all where the list is empty.
    #[serde(default)]
    pub categories: Vec<String>,
}

impl Source for FixMyStreet {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut events = Events::new(origin.id, Topic::PlaceReports, Crs::Wgs84);
        let mut tally = Tally::new(origin.id, "reports");
        let (mut points, mut names, mut alone) = (Dictionary::new(), Names::default(), HeadingsAlone::default());
        let mut undated = UndatedRows::default();
        // Exports overlap: of one report, by its number, the first row counts.
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            // Title, Detail and User Name are never asked for, so they are never read.
            let Some([category, created, lat, lon]) = file.sheet.require(["Category", "Created", "Latitude", "Longitude"], problems) else {
                continue;
            };
            let report_number = ["Report ID", "ID", "Report", "Report number", "fixmystreet_id"].iter().find_map(|h| file.sheet.find(h));
            let mut block = Block { file: path.clone(), ..Block::default() };
            let (mut order, read_before) = (DayOrder::default(), tally.read);
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                let name = row.get(category);
                if !self.categories.is_empty() && !self.categories.iter().any(|c| c.eq_ignore_ascii_case(name)) {
                    return tally.set_aside("a category that the plan leaves out", 1);
                }
                let key = id_key(row.get_if(report_number).to_lowercase().as_bytes());
                if key.is_some_and(|key| !seen.insert(key)) {
                    return tally.set_aside("the same report again, by its number", 1);
                }
                let name = if name.is_empty() { "Not stated" } else { name };
                let when = row.get(created);
                let month = iso_date(when).and_then(|d| Month::parse(d.get(..7)?));
                let point = match (row.get(lon), row.get(lat)) {
                    ("", "") => NONE,
                    (x, y) if is_no_point(x, y) => NONE,
                    (x, y) => match (number(x).value(), number(y).value()) {
                        (Some(x), Some(y)) if x.abs() <= 180.0 && y.abs() <= 90.0 => points.id(PointKey::new(x, y)),
                        _ => {
                            tally.set_aside("coordinates that cannot be read", 1);
                            return sheet.bad_value(row, lat, "a latitude in degrees", problems);
                        }
                    },
                };
                let Some(month) = month else {
                    tally.set_aside(WITHOUT_A_DATE, 1);
                    if point != NONE {
                        undated.add(NONE, point, name, 1);
                    }
                    return sheet.bad_day(row, created, "a date such as 2024-02-17T09:30:00", problems);
                };
                order.see(when);
                let Some(id) = names.id(name) else {
                    return tally.set_aside("a category beyond the 65,535 that a source may have", 1);
                };
                let time = hour_of(when).and_then(|hour| WeekBand::of(hour, iso_date(when).as_deref()));
                if let Some(day) = iso_date(when).and_then(|d| d.get(8..)?.parse::<u32>().ok()).filter(|d| *d < 32) {
                    *events.days.entry(month.index() as u16).or_default() |= 1 << day;
                }
                block.push(row.line as u32, point, NONE, month, id);
                block.facets.push(Facets::new(time, VictimSex::Unknown, YesNo::Unknown, Setting::Public));
            });
            order.tell(Place::file(&path), problems);
            tally.read += unread;
            alone.see(tally.read == read_before, &path, problems);
            tally.set_aside("bytes that are not UTF-8", unread);
            events.blocks.push(block);
        }
        alone.settle(&mut events);
        undated.settle(&names, &mut events, &mut tally);
        (events.points, events.categories) = (points.list, names.0);
        gathered.events.push(events);
        gathered.tallies.push(tally);
    }

    fn keeps(&self) -> Vec<String> {
        self.categories.clone()
    }
}

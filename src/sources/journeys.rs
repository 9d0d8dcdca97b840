use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::all_of_them::is_all_of_them;
use super::csv_file::{CsvFile, Row, Sheet};
use super::events::MOST_IN_A_ROW;
use super::gathered::{Gathered, JourneyRow, JourneyTable, Tally};
use super::journey_totals::totals;
use super::merged_cells::MergedCells;
use super::read_value::{Said, count};
use super::span_of_months::{Span, span_of};
use super::table_form::is_table;
use super::typology::service_type;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems, nearest, quote};
use crate::units::{Cell, Period};

/// The settings of a `journeys-by-authority` source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct JourneysByAuthority {
    /// The months that it covers, where no row says them; those of the study without it.
    pub covers: Option<Period>,
    /// Whether pairs of authorities without a row are nobody.
    pub complete: bool,
    /// Headings, where they are others.
    pub columns: JourneyColumns,
}

/// Headings of a table of journeys.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct JourneyColumns {
    /// The months.
    pub period: String,
    /// The authority in which people lived before.
    pub origin: String,
    /// The authority of the service.
    pub destination: String,
    /// Id of the type of service.
    pub service: String,
    /// A group of people; groups are added up.
    pub group: String,
    /// How many.
    pub people: String,
}

impl Default for JourneyColumns {
    fn default() -> Self {
        let [period, origin, destination, service, group, people] =
            ["period", "origin", "destination", "service", "group", "people"].map(str::to_owned);
        Self { period, origin, destination, service, group, people }
    }
}

/// Where the columns of a file stand.
struct Columns {
    period: Option<usize>,
    origin: usize,
    destination: usize,
    service: Option<usize>,
    group: Option<usize>,
    people: usize,
}

impl Source for JourneysByAuthority {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "journeys");
        let mut rows: Vec<JourneyRow> = Vec::new();
        let mut seen = BTreeSet::new();
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let Some(columns) = self.columns(&file.sheet, problems) else { continue };
            let mut merged = MergedCells::new(
                [columns.period, columns.service, columns.group].into_iter().flatten().chain([columns.origin, columns.destination]),
            );
            let mut unnamed = None;
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                merged.see(row);
                if let Some(empty) = [columns.origin, columns.destination].into_iter().find(|c| row.get(*c).is_empty()) {
                    unnamed = unnamed.or(Some((row.line, empty)));
                    return tally.set_aside("without an authority", 1);
                }
                match self.row(sheet, row, &columns, &mut tally, problems) {
                    Ok(one) if seen.insert(key(&one)) => rows.push(one),
                    Ok(_) => {
                        let next = "Where both count the same people, as two halves of a return may, take one out; where they count others, add the two up, or tell them apart in a column `group`.";
                        let told = "a journey stands twice: the same months, authorities, service and group";
                        problems.error(Code::D215, Place::line(&sheet.file, row.line), told, next);
                        tally.set_aside("a journey that stands twice", 1);
                    }
                    Err(why) => tally.set_aside(why, 1),
                }
            });
            let is_told = merged.tell(&file.sheet, "", problems);
            if let Some((line, column)) = unnamed.filter(|_| !is_told) {
                let next = "Name the authority, or write `not known` or `other authorities`.";
                problems.error(Code::R104, file.sheet.place(line, column), "a row names no authority", next);
            }
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
        }
        // Without months beside months is a cell that was merged, or forgotten: its people are of no year.
        if let Some(row) =
            rows.iter().find(|r| r.period.is_none() && self.covers.is_none()).filter(|_| rows.iter().any(|r| r.period.is_some()))
        {
            let next = "Write the months in every row, or say of which months the rows without them are: `covers` under the source.";
            problems.error(Code::R104, Place::line(&row.file, row.line), "a row says no months, and others do", next);
        }
        totals(&mut rows, &mut tally, problems);
        gathered.journeys.push(JourneyTable { source: origin.id, covers: self.covers, complete: self.complete, rows });
        gathered.tallies.push(tally);
    }
}

/// What tells rows apart.
fn key(row: &JourneyRow) -> (Option<(i32, i32)>, [String; 4]) {
    let lower = |text: &str| text.to_lowercase();
    let texts = [lower(&row.origin), lower(&row.destination), row.service.clone(), lower(&row.group)];
    (row.period.map(|p| (p.first.index(), p.last.index())), texts)
}

impl JourneysByAuthority {
    fn columns(&self, sheet: &Sheet, problems: &mut Problems) -> Option<Columns> {
        let c = &self.columns;
        let [origin, destination, people] = sheet.require([c.origin.as_str(), &c.destination, &c.people], problems)?;
        for heading in [&c.period, &c.service, &c.group] {
            sheet.stands_once(heading, problems);
        }
        let [period, service, group] = [&c.period, &c.service, &c.group].map(|heading| sheet.find(heading));
        Some(Columns { period, origin, destination, service, group, people })
    }

    /// One row, or why it is set aside.
    fn row(
        &self,
        sheet: &Sheet,
        row: &Row,
        columns: &Columns,
        tally: &mut Tally,
        problems: &mut Problems,
    ) -> Result<JourneyRow, &'static str> {
        let kind = row.get_if(columns.service);
        let all_kinds = is_all_of_them(kind);
        // By its id, however it is written: two spellings are one kind.
        let id = service_type(kind).map_or(String::new(), |t| t.id.clone());
        if !kind.is_empty() && !all_kinds && id.is_empty() {
            let near = nearest(kind, super::service_types().iter().map(|t| t.id.as_str()));
            let near = near.map_or(String::new(), |n| format!("The nearest is `{n}`. "));
            let next = format!("{near}`gapmap explain service-types` lists them; leave the field empty for all services together.");
            let told = format!("{} is no type of service", quote(kind, sheet.origin.sensitivity));
            problems.error(Code::R104, sheet.place(row.line, columns.service.unwrap_or(0)), told, next);
            return Err("a type of service that does not exist");
        }
        let period = match (row.get_if(columns.period), columns.period) {
            ("", _) | (_, None) => None,
            (text, Some(at)) => match span_of(text) {
                Span::Months(span) => Some(span),
                Span::Unreadable => {
                    sheet.bad_day(row, at, "months such as 2025-04, 2025-04 to 2026-03, 2025 Q2 or 2025/26", problems);
                    return Err("without months that can be read");
                }
            },
        };
        // People of whom nobody tells stay in the table: without them the others would look like all.
        let people = match count(row.get(columns.people)) {
            Said::Suppressed(_) => Cell::Withheld,
            Said::Missing | Said::NotApplicable => Cell::Missing,
            Said::Value(n) if (0..=MOST_IN_A_ROW).contains(&n) => Cell::Known(n as u64),
            Said::Value(_) | Said::Unreadable => {
                sheet.bad_value(row, columns.people, "a whole number of people", problems);
                return Err("a number of people that cannot be read");
            }
        };
        if people == Cell::Withheld {
            tally.note("with a number of people that the source keeps back", 1);
        } else if people == Cell::Missing {
            tally.note("without a number of people", 1);
        }
        Ok(JourneyRow {
            file: sheet.file.clone(),
            line: row.line,
            period,
            origin: row.get(columns.origin).to_owned(),
            destination: row.get(columns.destination).to_owned(),
            service: if all_kinds { String::new() } else { id },
            group: row.get_if(columns.group).to_owned(),
            people,
        })
    }
}

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use schemars::JsonSchema;
use serde::Deserialize;

use super::csv_file::{CsvFile, Row, Sheet};
use super::eligibility::Eligibility;
use super::gathered::{Gathered, Tally};
use super::lacks::Lack;
use super::opening::OpeningTimes;
use super::read_value::{Said, date, days_of, month, number_of, with_unit, yearly_amount};
use super::said_around::{told_by_path, told_by_row};
use super::service_record::{Delivery, SideRecord};
use super::services_csv::Columns;
use super::table_form::is_table;
use super::typology::service_type;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems};
use crate::vocabulary::{says_no_type, types_named};

/// Years of contracts and checks that are no slip.
const FIRST_YEAR: i32 = 1960;
const LAST_YEAR: i32 = 2200;

/// The settings of a `services-side-table` source: none.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SideTable {}

impl Source for SideTable {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "side-table rows");
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            if told_by_path(origin, &path, problems) {
                continue;
            }
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let Some([id]) = file.sheet.require(["service_id"], problems) else { continue };
            let columns = Columns::of(&file.sheet);
            // Two columns of remarks are heard each by itself.
            columns.that_are_read(&file.sheet).collect::<BTreeSet<_>>().into_iter().for_each(|h| file.sheet.stands_once(h, problems));
            let mut lines: BTreeMap<String, u64> = BTreeMap::new();
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                if row.get(id).is_empty() {
                    tally.set_aside("a row without a service id", 1);
                    told_by_row(sheet, row, problems);
                    let next = "Write the id of the service as it stands in the catalogue.";
                    return problems.error(Code::S307, sheet.place(row.line, id), "the row names no service", next);
                }
                if let Some(first) = lines.insert(row.get(id).to_owned(), row.line) {
                    let next = "Put all that is known of a service into one row: of two that differ nobody knows which holds.";
                    let what = format!("the service of line {first} stands here again");
                    problems.error(Code::S302, sheet.place(row.line, id), what, next);
                }
                let mut record = side_record(sheet, row, row.get(id), problems);
                record.said = columns.said(sheet, row);
                gathered.side.push(record);
            });
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
        }
        gathered.tallies.push(tally);
    }
}

/// Values separated by `;` or `|` within one field.
pub(super) fn list(field: &str) -> Vec<String> {
    field.split([';', '|']).map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned).collect()
}

/// What keeps a service from being available; what is written for nothing says nothing.
fn lacks(field: &str) -> Vec<Lack> {
    let said = list(field).into_iter().filter(|w| !super::read_value::says_nothing(w));
    let all: BTreeSet<Lack> = said.map(|w| Lack::of_words(&w)).collect();
    all.into_iter().collect()
}

/// What a row of the flat file or the side table says beyond the standard.
pub(super) fn side_record(sheet: &Sheet, row: &Row, id: &str, problems: &mut Problems) -> SideRecord {
    let get = |heading: &str| row.get_if(sheet.find(heading));
    let text = |heading: &str| (!get(heading).is_empty()).then(|| get(heading).to_owned());
    let mut read = Fields { sheet, row, problems };
    let (types, unknown_type) = read.types("types");
    SideRecord {
        id: id.into(),
        source: sheet.origin.id,
        place: Place::line(&sheet.file, row.line),
        said: vec![],
        types,
        unknown_type,
        forms: list(get("forms")),
        delivery: read.delivery("delivery"),
        confidential: read.yes_no("confidential"),
        capacity: read.number("capacity"),
        capacity_unit: text("capacity_unit"),
        caseload: read.number("caseload").map(|n| n as u32),
        waiting: read.number("waiting").map(|n| n as u32),
        eligibility: read.eligibility(get("eligibility")),
        by_and_for: list(get("by_and_for")),
        list_open: read.yes_no_or_unknown("list_open"),
        wait_days: read.number("wait_days"),
        hours_in_words: !get("hours").is_empty(),
        hours: read.hours("hours"),
        languages: list(get("languages")),
        access_needs: list(get("access_needs")),
        referral_routes: list(get("referral_routes")),
        funders: list(get("funders")),
        cost_per_year: read.number("cost_per_year"),
        quality_mark: text("quality_mark"),
        quality_until: read.date("quality_until"),
        contract_start: read.date("contract_start"),
        contract_end: read.date("contract_end"),
        last_verified: read.date("last_verified"),
        unavailable: lacks(get("unavailable_because")),
        ..SideRecord::default()
    }
}

/// Reads single fields of a row, reporting what cannot be read.
struct Fields<'a, 'r> {
    sheet: &'a Sheet<'a>,
    row: &'a Row<'r>,
    problems: &'a mut Problems,
}

impl Fields<'_, '_> {
    fn field(&self, heading: &str) -> Option<(usize, String)> {
        let column = self.sheet.find(heading)?;
        let value = self.row.get(column);
        (!value.is_empty()).then(|| (column, value.to_owned()))
    }

    /// The types that a field names, by id, label or words of the field, and whether it names one that is none of these.
    fn types(&mut self, heading: &str) -> (Vec<String>, bool) {
        let Some((column, value)) = self.field(heading) else { return (vec![], false) };
        let (mut types, mut unknown): (Vec<String>, bool) = (vec![], false);
        for name in list(&value) {
            let (known, rest) = types_of(&name);
            if rest {
                unknown = true;
                let next = "Use an id that `gapmap explain service-types` lists, such as idva, isva, counselling or refuge.";
                let what = "the typology of services does not know this type (not shown)";
                self.problems.warn(Code::S306, self.sheet.place(self.row.line, column), what, next);
            }
            types.extend(known);
        }
        let mut seen = std::collections::BTreeSet::new();
        types.retain(|t| seen.insert(t.clone()));
        (types, unknown)
    }

    fn delivery(&mut self, heading: &str) -> Vec<Delivery> {
        let Some((column, value)) = self.field(heading) else { return vec![] };
        let mut ways: Vec<Delivery> = Vec::new();
        for word in list(&value) {
            match Delivery::parse(&word) {
                Some(found) => ways.extend(found),
                None => self.sheet.bad_value(self.row, column, "site, outreach, phone, online or hybrid", self.problems),
            }
        }
        ways.sort_unstable();
        ways.dedup();
        ways
    }

    fn yes_no(&mut self, heading: &str) -> Option<bool> {
        let (column, value) = self.field(heading)?;
        match value.to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => Some(true),
            "no" | "n" | "false" | "0" => Some(false),
            _ => {
                self.sheet.bad_value(self.row, column, "yes or no", self.problems);
                // A flag that cannot be read protects: it is taken as set.
                Some(true)
            }
        }
    }

    /// A flag that protects nobody: what cannot be read is not known.
    fn yes_no_or_unknown(&mut self, heading: &str) -> Option<bool> {
        let (_, value) = self.field(heading)?;
        let unread = !["yes", "y", "true", "1", "no", "n", "false", "0"].contains(&value.to_lowercase().as_str());
        self.yes_no(heading).filter(|_| !unread)
    }

    /// Fields where there are any, else the words.
    fn eligibility(&mut self, words: &str) -> Eligibility {
        let fields = Eligibility {
            age_from: self.number("age_min").map(|n| n as u32),
            age_to: self.number("age_max").map(|n| n as u32),
            sex: self.field("sex").and_then(|(_, v)| Eligibility::of_words(&v).sex),
            no_recourse: self.yes_no_or_unknown("takes_no_recourse"),
            substance_use: self.yes_no_or_unknown("takes_substance_use"),
            mental_health: self.yes_no_or_unknown("takes_mental_health"),
            trans: self.yes_no_or_unknown("takes_trans"),
            risk: self.field("risk").map(|(_, v)| list(&v.to_lowercase())).unwrap_or_default(),
            condition: None,
            from_words: false,
        };
        fields.or(Eligibility::of_words(words))
    }

    fn hours(&mut self, heading: &str) -> Option<OpeningTimes> {
        let (column, value) = self.field(heading)?;
        let read = OpeningTimes::of_text(&value);
        if read.is_none() {
            let next = "Write hours as OpenStreetMap does, such as `Mo-Fr 09:00-17:00; PH off`. As they are, they count as not known.";
            self.problems.warn(
                Code::S309,
                self.sheet.place(self.row.line, column),
                "the opening hours are words that no program can read",
                next,
            );
        }
        read
    }

    fn number(&mut self, heading: &str) -> Option<f64> {
        let (column, value) = self.field(heading)?;
        // Waits are in days: `3 weeks` are 21.
        let days = |(n, unit): (f64, String)| days_of(&unit).map_or(Said::Unreadable, |days| Said::Value(n * days));
        let (said, what) = match heading {
            "wait_days" => (with_unit(&value).and_then(days), "a number of days, or such as 3 weeks"),
            "cost_per_year" => (yearly_amount(&value), "pounds for a year, such as 120000, £120,000, 1.2m or 10,000 per month"),
            _ => (number_of(&value), "a number of 0 or more, written out"),
        };
        match said {
            Said::Value(n) if n >= 0.0 => return Some(n),
            Said::Missing | Said::Suppressed(_) | Said::NotApplicable => {}
            Said::Value(_) | Said::Unreadable => self.sheet.bad_value(self.row, column, what, self.problems),
        }
        None
    }

    fn date(&mut self, heading: &str) -> Option<String> {
        let (column, value) = self.field(heading)?;
        if ENDLESS.contains(&value.trim().to_lowercase().as_str()) {
            return None;
        }
        // Of a month a contract runs to the last day.
        let of_month = || month(&value).and_then(|first| Said::Value(if heading.ends_with("_end") { last_of(first) } else { first }));
        let said = Some(date(&value)).filter(|said| !said.is_unreadable()).unwrap_or_else(of_month);
        // A contract of a hundred years ago is a slip in its year, and would take a running service out.
        let is_near = |d: chrono::NaiveDate| (FIRST_YEAR..=LAST_YEAR).contains(&d.year());
        if said.is_unreadable() || said.value().is_some_and(|d| !is_near(d)) {
            self.sheet.bad_day(self.row, column, "a date of our time such as 2026-03-31 or 31/03/2026", self.problems);
            return None;
        }
        said.value().map(|d| d.to_string())
    }
}

/// What is written where a contract has no end.
const ENDLESS: [&str; 9] =
    ["ongoing", "rolling", "open ended", "open-ended", "permanent", "no end date", "until further notice", "annual rolling", "continuing"];

fn last_of(first: chrono::NaiveDate) -> chrono::NaiveDate {
    first.checked_add_months(chrono::Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first)
}

/// The types that an entry names, by id, label or words; and whether a part of it names none: one known word silences no other.
fn types_of(entry: &str) -> (Vec<String>, bool) {
    if let Some(one) = service_type(entry) {
        return (vec![one.id.clone()], false);
    }
    let types = types_named(entry, true);
    let part_is_known = |part: &str| service_type(part).is_some() || !types_named(part, true).is_empty() || says_no_type(part);
    let parts = entry.split([',', '/', '+', '&', '(', ')', ':']).flat_map(|part| part.split(" and ")).map(str::trim);
    let unknown = types.is_empty() || !parts.filter(|part| !part.is_empty()).all(part_is_known);
    (types, unknown)
}

/// A day as ISO 8601; `None` for anything that is no day, or a stand-in for none.
pub(super) fn iso_date(text: &str) -> Option<String> {
    date(text).value().map(|d| d.to_string())
}

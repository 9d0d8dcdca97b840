use schemars::JsonSchema;
use serde::Deserialize;

use super::csv_file::CsvFile;
use super::events::MOST_IN_A_ROW;
use super::gathered::{Gathered, Tally, UserRow, UserTable};
use super::read_value::{Said, count, quantity};
use super::table_form::is_table;
use super::typology::service_type;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems, nearest, quote};
use crate::units::Period;

/// The settings of a `users-by-group` source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct UsersByGroup {
    /// The months that it covers; those of the study without it.
    pub covers: Option<Period>,
    /// What `population` counts, for people: `women aged 16 and over`.
    pub reference: String,
    /// Headings, where they are others.
    pub columns: UserColumns,
}

impl Default for UsersByGroup {
    fn default() -> Self {
        Self { covers: None, reference: "residents".into(), columns: UserColumns::default() }
    }
}

/// Headings of a table of users by group.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct UserColumns {
    /// Id of the type of service.
    pub service: String,
    /// What is told apart: age, ethnic group, disability.
    pub dimension: String,
    /// The group.
    pub group: String,
    /// How many used it.
    pub users: String,
    /// How many there are among those whom it is for.
    pub population: String,
}

impl Default for UserColumns {
    fn default() -> Self {
        let [service, dimension, group, users, population] = ["service", "dimension", "group", "users", "population"].map(str::to_owned);
        Self { service, dimension, group, users, population }
    }
}

impl Source for UsersByGroup {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "groups");
        let mut rows: Vec<UserRow> = Vec::new();
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let c = &self.columns;
            let Some([dimension, group, users]) = file.sheet.require([c.dimension.as_str(), &c.group, &c.users], problems) else {
                continue;
            };
            let (service, population) = (file.sheet.find(&c.service), file.sheet.find(&c.population));
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                let kind = row.get_if(service);
                if !kind.is_empty() && service_type(kind).is_none() {
                    let near = nearest(kind, super::service_types().iter().map(|t| t.id.as_str()));
                    let near = near.map_or(String::new(), |n| format!("The nearest is `{n}`. "));
                    let next = format!("{near}`gapmap explain service-types` lists them; leave the field empty for all services together.");
                    let told = format!("{} is no type of service", quote(kind, origin.sensitivity));
                    problems.error(Code::R104, sheet.place(row.line, service.unwrap_or(0)), told, next);
                    return tally.set_aside("a type of service that does not exist", 1);
                }
                let said = count(row.get(users));
                if matches!(said, Said::Suppressed(_)) {
                    return tally.set_aside("a number of users that the source keeps back", 1);
                }
                if matches!(said, Said::Missing | Said::NotApplicable) {
                    return tally.set_aside("without a number of users", 1);
                }
                let Some(n) = said.value().filter(|n| (0..=MOST_IN_A_ROW).contains(n)) else {
                    tally.set_aside("a number of users that cannot be read", 1);
                    return sheet.bad_value(row, users, "a whole number of people", problems);
                };
                let people = row.get_if(population);
                let said = quantity(people);
                let known = said.value().filter(|p| *p >= 0.0);
                if let (None, true, Some(column)) = (known, said.is_unreadable() || said.value().is_some(), population) {
                    sheet.bad_value(row, column, "a number of people", problems);
                }
                let (dimension, group) = (row.get(dimension).to_owned(), row.get(group).to_owned());
                if rows.iter().any(|r| (r.service.as_str(), &r.dimension, &r.group) == (kind, &dimension, &group)) {
                    let next = "Add the two up, or give them different names. Of people in two groups count each person in one.";
                    problems.error(Code::D215, Place::line(&sheet.file, row.line), "a group stands twice in one dimension", next);
                    return tally.set_aside("a group that stands twice", 1);
                }
                rows.push(UserRow { service: kind.to_owned(), dimension, group, users: n as u64, population: known });
            });
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
        }
        gathered.users.push(UserTable { source: origin.id, covers: self.covers, reference: self.reference.clone(), rows });
        gathered.tallies.push(tally);
    }
}

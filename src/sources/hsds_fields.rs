//! Every field that the tables of a data package hold of each service: in whichever table, known or not, as far as rows lead back to it.

use std::collections::{BTreeMap, BTreeSet};

use super::Origin;
use super::csv_file::CsvFile;
use super::json_fields;
use super::record_fields::Field;
use crate::diagnostics::Problems;

/// A row of any table.
struct Line {
    /// The table, in the singular: `location`.
    table: String,
    /// The headings and values of its fields, and where each stands.
    fields: Vec<(String, Field)>,
}

/// From a phone to its contact, to the service: so many steps lead back at most.
const STEPS: usize = 4;

/// For each service, by id, what all tables of the folder say of it.
///
/// A row belongs to a service that it names, or whose location, place, contact or organisation it names. A row that leads back to none belongs to
/// all: nobody knows whose it is. What is said of an organisation belongs to all its services, but for its places where other services are.
pub(super) fn said(origin: &Origin, folder: &str, services: &[&str]) -> Vec<Vec<Field>> {
    let lines = lines(origin, folder);
    let everybody: BTreeSet<usize> = (0..services.len()).collect();
    let mut owners: BTreeMap<(String, String), BTreeSet<usize>> = BTreeMap::new();
    for (i, id) in services.iter().enumerate() {
        owners.entry(("service".into(), id.to_lowercase())).or_default().insert(i);
    }
    // The link table and the services lead on: to locations and to organisations.
    for line in lines.iter().filter(|l| l.table == "service_at_location") {
        let Some(of) = line.value("service_id").and_then(|id| owners.get(&("service".into(), id))).cloned() else { continue };
        for (table, column) in [("service_at_location", "id"), ("location", "location_id")] {
            if let Some(id) = line.value(column) {
                owners.entry((table.into(), id)).or_default().extend(&of);
            }
        }
    }
    for line in lines.iter().filter(|l| l.table == "service") {
        let Some(of) = line.value("id").and_then(|id| owners.get(&("service".into(), id))).cloned() else { continue };
        for (table, column) in [("organization", "organization_id"), ("location", "location_id"), ("program", "program_id")] {
            if let Some(id) = line.value(column) {
                owners.entry((table.into(), id)).or_default().extend(&of);
            }
        }
    }
    let mut owner_of: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); lines.len()];
    for _ in 0..STEPS {
        for (line, of) in lines.iter().zip(&mut owner_of) {
            of.extend(line.owners(&owners));
            if let Some(id) = line.value("id").filter(|_| line.table != "service") {
                owners.entry((line.table.clone(), id)).or_default().extend(of.iter());
            }
            // What a term or a parent says is said of all that carry it.
            for (column, table) in
                [("taxonomy_term_id", "taxonomy_term"), ("parent_id", line.table.as_str()), ("parent_organization_id", "organization")]
            {
                if let Some(id) = line.value(column) {
                    owners.entry((table.into(), id)).or_default().extend(of.iter());
                }
            }
        }
    }
    let mut all: Vec<Vec<Field>> = vec![Vec::new(); services.len()];
    for (line, of) in lines.into_iter().zip(owner_of) {
        let of = if of.is_empty() && line.is_about_something() { &everybody } else { &of };
        for i in of {
            all[*i].extend(line.fields.iter().map(|f| f.1.clone()));
        }
    }
    all
}

impl Line {
    fn value(&self, heading: &str) -> Option<String> {
        self.fields.iter().find(|f| f.0 == heading).map(|f| f.1.value.to_lowercase())
    }

    /// The services that it leads back to: by its own id, by a service or place that it names, or else by an organisation or anything else.
    fn owners(&self, owners: &BTreeMap<(String, String), BTreeSet<usize>>) -> BTreeSet<usize> {
        let find =
            |table: &str, id: &str| owners.get(&(table.to_owned(), id.to_owned())).into_iter().flatten().copied().collect::<Vec<_>>();
        let mut near = BTreeSet::new();
        let mut far = BTreeSet::new();
        for (heading, field) in &self.fields {
            let id = &field.value.to_lowercase();
            match heading.as_str() {
                "id" => near.extend(find(&self.table, id)),
                "link_id" => {
                    ["service", "service_at_location", "location", "contact", "phone"].iter().for_each(|t| near.extend(find(t, id)))
                }
                "organization_id" => far.extend(find("organization", id)),
                other => {
                    if let Some(table) = other.strip_suffix("_id") {
                        near.extend(find(table, id));
                    }
                }
            }
        }
        if near.is_empty() { far } else { near }
    }

    /// Words for whom everything is, such as terms of a taxonomy and the description of tables, are about no service.
    fn is_about_something(&self) -> bool {
        ![
            "taxonomy",
            "taxonomy_term",
            "meta_table_description",
            "metadata",
            "attribute",
            "organization",
            "organization_identifier",
            "program",
            "service",
        ]
        .contains(&self.table.as_str())
    }
}

/// All rows of all tables of the folder.
fn lines(origin: &Origin, folder: &str) -> Vec<Line> {
    let mut names: Vec<String> = std::fs::read_dir(origin.resolve(folder)).map_or(vec![], |d| {
        d.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).filter(|n| n.to_lowercase().ends_with(".csv")).collect()
    });
    names.sort();
    let mut lines = Vec::new();
    for name in names {
        let path = format!("{folder}/{name}");
        // What is wrong with a table that is read is told by its reader.
        let mut unheard = Problems::default();
        let Some(mut file) = CsvFile::open(origin, &path, &mut unheard) else { continue };
        let table = singular(name.trim_end_matches(".csv"));
        file.for_each(&mut unheard, |sheet, row, _| {
            let field = |column: usize| {
                let heading = sheet.headings.get(column).map_or("", String::as_str).to_lowercase();
                let value = row.get(column).to_owned();
                let role = json_fields::role_in_table(&table, &heading, &value);
                (heading.clone(), Field { place: sheet.place(row.line, column), role, heading, value })
            };
            let fields = (0..row.len()).map(field).filter(|f| !f.1.value.is_empty()).collect();
            lines.push(Line { table: table.clone(), fields });
        });
    }
    lines
}

/// `addresses` is `address`, `taxonomies` is `taxonomy`, `service_at_locations` is `service_at_location`.
fn singular(table: &str) -> String {
    let table = table.to_lowercase();
    match table.as_str() {
        t if t.ends_with("ies") => format!("{}y", &t[..t.len() - 3]),
        t if t.ends_with("sses") => t[..t.len() - 2].to_owned(),
        t if t.ends_with("address") => table,
        t => t.trim_end_matches('s').to_owned(),
    }
}

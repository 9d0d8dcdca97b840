//! Every field that the tables of a data package hold of each service: in whichever table, known or not, as far as rows lead back to it.

use std::sync::Arc;

use super::csv_file::{Row, Sheet};
use super::hsds_owners::{Owners, Thing};
use super::hsds_package::{Package, singular};
use super::json_fields::Roles;
use super::label_value::paired_marks;
use super::record_fields::{Field, Role, heading_as_read};
use super::services_csv::telling_headings;
use super::shared_fields::SharedFields;
use crate::diagnostics::Place;

/// What the tables say of one service.
#[derive(Clone, Default)]
pub(super) struct Said {
    /// Of it alone.
    pub own: Vec<Field>,
    /// Of it and of others.
    pub shared: Vec<Arc<SharedFields>>,
}

/// Tables that `link_id` may lead to where `link_entity` does not say which.
const LINKED: [&str; 6] = ["service", "service_at_location", "location", "organization", "contact", "phone"];
/// Other tables that `link_entity` may name: then the row is about nothing else.
const ENTITIES: [&str; 14] = [
    "accessibility",
    "address",
    "attribute",
    "cost_option",
    "funding",
    "language",
    "metadata",
    "organization_identifier",
    "program",
    "required_document",
    "schedule",
    "service_area",
    "taxonomy_term",
    "url",
];
/// Columns that name a term: a term belongs to all that carry it, and what carries one belongs to no other that does.
const TERMS: [&str; 2] = ["taxonomy_term_id", "taxonomy_id"];
/// Tables whose rows, where they lead back to no service, are about none: words for whom everything is, and parts of other packages.
const ABOUT_NOTHING: [&str; 9] = [
    "taxonomy",
    "taxonomy_term",
    "meta_table_description",
    "metadata",
    "attribute",
    "organization",
    "organization_identifier",
    "program",
    "service",
];

/// For each service, by id, what all tables of the package say of it.
///
/// A row belongs to a service that it names, or whose location, place, contact or organisation it names. A row that leads back to none belongs to
/// all: nobody knows whose it is. What is said of an organisation belongs to all its services, but for its places where other services are.
/// What belongs to several is kept once.
pub(super) fn said(package: &Package, services: &[&str]) -> Vec<Said> {
    let mut owners = Owners::new(services);
    let mut rows: Vec<(bool, Vec<Field>)> = Vec::new();
    let mut roles = Roles::default();
    for (table, read) in &package.tables {
        let about_something = !ABOUT_NOTHING.contains(&table.as_str());
        for row in read.rows() {
            let fields = fields(table, &read.sheet, &row, &mut roles);
            link(table, &fields, &mut owners);
            rows.push((about_something, fields));
        }
    }
    let (groups, mut of_row) = owners.settle();
    let everybody = groups.everybody();
    for ((about_something, _), group) in rows.iter().zip(&mut of_row) {
        if *about_something && groups.members(*group).is_empty() {
            *group = everybody;
        }
    }
    let mut of_group: Vec<Vec<Field>> = vec![Vec::new(); groups.len()];
    for ((_, fields), group) in rows.into_iter().zip(of_row) {
        of_group[group].extend(fields);
    }
    let mut all = vec![Said::default(); services.len()];
    for (group, fields) in of_group.into_iter().enumerate() {
        match groups.members(group) {
            [] => {}
            [one] => all[*one as usize].own.extend(fields),
            several => {
                if let Some(shared) = SharedFields::of(fields) {
                    several.iter().for_each(|i| all[*i as usize].shared.push(Arc::clone(&shared)));
                }
            }
        }
    }
    all
}

/// The fields of a row that hold anything, and headings that hold a place.
fn fields(table: &str, sheet: &Sheet, row: &Row, roles: &mut Roles) -> Vec<Field> {
    let mut fields = Vec::new();
    for column in (0..row.len()).filter(|c| !row.get(*c).is_empty()) {
        let heading = heading_as_read(sheet.headings.get(column).map_or("", String::as_str));
        let value = row.get(column).to_owned();
        let role = roles.in_table(table, &heading, &value);
        fields.push(Field { place: sheet.place(row.line, column), role, heading, value });
    }
    let pair = |field: &Field| (field.heading.clone(), field.value.clone());
    let of_a_service = ["service", "organization", "location", "program"].contains(&table);
    let marks = paired_marks(fields.iter().map(pair), of_a_service, &Place::line(&sheet.file, row.line));
    fields.extend(marks);
    fields.extend(telling_headings(sheet, row.line));
    // To stand in a table of confidential services says as much as a mark does.
    if !LINKED.contains(&table) && !ENTITIES.contains(&table) && !ABOUT_NOTHING.contains(&table) {
        let place = Place::line(&sheet.file, row.line);
        fields.push(Field { place, role: Role::Unread, heading: table.to_owned(), value: "yes".to_owned() });
    }
    fields
}

/// Adds a row to the owners: what it belongs to, and what belongs to the same services as it.
fn link(table: &str, fields: &[Field], owners: &mut Owners) {
    let value = |heading: &str| fields.iter().find(|f| f.heading == heading).map(|f| f.value.as_str());
    let mut thing = |table: &str, id: Option<&str>| id.map(|id| owners.thing(table, id));
    let own = thing(table, value("id"));
    let (mut near, mut far, mut gives): (Vec<Thing>, Vec<Thing>, Vec<Thing>) = (vec![], vec![], vec![]);
    match table {
        // A service is itself, wherever it is and whoever runs it.
        "service" => {
            near.extend(own);
            gives.extend(thing("organization", value("organization_id")));
            gives.extend(thing("location", value("location_id")));
            gives.extend(thing("program", value("program_id")));
        }
        "service_at_location" => {
            near.extend(thing("service", value("service_id")));
            let place = thing("location", value("location_id"));
            far.extend(place);
            gives.extend(place);
        }
        _ => {
            // Changes to a record are told of a resource: `metadata` calls so what other tables call an entity.
            let entity = value("link_entity").or_else(|| value("resource_type")).map(singular);
            let entity = entity.as_deref().filter(|e| LINKED.contains(e) || ENTITIES.contains(e));
            let linked: Vec<&str> = entity.map_or_else(|| LINKED.to_vec(), |e| vec![e]);
            near.extend(linked.into_iter().filter_map(|t| thing(t, value("link_id").or_else(|| value("resource_id")))));
            for field in fields {
                match field.heading.strip_suffix("_id") {
                    Some("link" | "parent" | "resource") | None => {}
                    Some("organization") => far.extend(thing("organization", Some(&field.value))),
                    Some(_) if TERMS.contains(&field.heading.as_str()) => {}
                    Some(other) => near.extend(thing(other, Some(&field.value))),
                }
            }
        }
    }
    // What a term or a parent says is said of all that carry it.
    gives.extend(thing("taxonomy_term", value("taxonomy_term_id")));
    gives.extend(thing("taxonomy", value("taxonomy_id").filter(|_| table != "taxonomy_term")));
    gives.extend(thing(table, value("parent_id")));
    gives.extend(thing("organization", value("parent_organization_id")));
    owners.row(own, near, far, gives);
}

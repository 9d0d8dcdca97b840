//! What `datapackage.json` says of the files of a data package: where each table stands, and what it is called there.

use serde_json::Value;

use super::hsds_package::singular;
use super::json_text::Whole;
use super::record_fields::{Field, Role};
use super::{Origin, is_hidden, said_around};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::is_showable;

/// The tables of the standard, of all its versions, in the singular.
const TABLES: [&str; 33] = [
    "accessibility",
    "accessibility_for_disabilities",
    "address",
    "attribute",
    "contact",
    "cost_option",
    "eligibility",
    "funding",
    "holiday_schedule",
    "language",
    "link_taxonomy",
    "location",
    "meta_table_description",
    "metadata",
    "organization",
    "organization_identifier",
    "other_attribute",
    "payment_accepted",
    "phone",
    "physical_address",
    "postal_address",
    "program",
    "required_document",
    "schedule",
    "service",
    "service_area",
    "service_at_location",
    "service_capacity",
    "service_taxonomy",
    "taxonomy",
    "taxonomy_term",
    "unit",
    "url",
];

/// A file that a description names.
struct Named {
    /// From the folder of the package, in small letters: `data/svc.csv`.
    path: String,
    /// The table that it is by the name of its resource, in the singular.
    table: String,
    /// Position of the resource: the rows of a table may stand in several files.
    resource: usize,
}

/// What a description says of files.
#[derive(Default)]
pub(super) struct Described(Vec<Named>);

impl Described {
    /// By the `datapackage.json` of a folder, where there is one. A path that leads out of the folder is reported: its rows are not read, and what they
    /// say nobody would hear. So is a name that sounds as if the services of a table were confidential.
    pub fn of(origin: &Origin, folder: &str, problems: &mut Problems) -> Self {
        let file = format!("{folder}/datapackage.json");
        let described = std::fs::read(origin.resolve(&file)).ok();
        // One that is no JSON is told where the folder is looked through.
        let Some(Whole(described)) = described.and_then(|bytes| serde_json::from_slice(&bytes).ok()) else { return Self::default() };
        let mut all = Self::default();
        let resources = described.get("resources").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (resource, about) in resources.iter().enumerate() {
            let name = about.get("name").and_then(Value::as_str).unwrap_or("");
            let table = singular(name);
            if !is_of_the_standard(&table) && sounds_confidential(name) {
                said_around::tell(
                    Place::file(&file).at(format!("resources[{resource}].name")),
                    "the name of a table of the package",
                    problems,
                );
            }
            let paths: &[Value] = match about.get("path") {
                Some(Value::Array(several)) => several,
                Some(one) if !one.is_null() => std::slice::from_ref(one),
                _ => &[],
            };
            for path in paths {
                match path.as_str().and_then(within_the_folder) {
                    Some(path) => all.0.push(Named { path, table: table.clone(), resource }),
                    None => {
                        let place = Place::file(&file).at(format!("resources[{resource}].path"));
                        let what = "this leads out of the folder of the package, or to no file that is read: what the table says of a service nobody would hear";
                        let next = "Put the file into the folder of the package, and write its path from there, as in `data/services.csv`. Or take the resource out of the description.";
                        problems.error(Code::R126, place, what, next);
                    }
                }
            }
        }
        all
    }

    /// Whether a folder within that of the package holds files that are named.
    pub fn names_files_in(&self, folder: &str) -> bool {
        let folder = format!("{}/", folder.to_lowercase());
        self.0.iter().any(|named| named.path.starts_with(&folder))
    }

    /// The table that a file is: by its own name where that is one of the standard, else by the name of its resource, where that is one.
    pub fn table_of(&self, path: &str, own: String) -> String {
        let named = self.named(path).map(|named| named.table.as_str()).filter(|table| is_of_the_standard(table));
        named.filter(|_| !is_of_the_standard(&own)).map_or(own, str::to_owned)
    }

    /// Whether two files are parts of one table: one resource names both.
    pub fn are_of_one(&self, a: &str, b: &str) -> bool {
        self.named(a).zip(self.named(b)).is_some_and(|(a, b)| a.resource == b.resource)
    }

    /// How many files it names that are not among these.
    pub fn missing(&self, there: &[String]) -> usize {
        self.0.iter().filter(|named| !there.iter().any(|path| path.to_lowercase() == named.path)).count()
    }

    fn named(&self, path: &str) -> Option<&Named> {
        let path = path.to_lowercase();
        self.0.iter().find(|named| named.path == path)
    }
}

fn is_of_the_standard(table: &str) -> bool {
    TABLES.contains(&table)
}

/// Whether the name of a table that the standard does not have says of its rows that they are confidential.
pub(super) fn sounds_confidential(name: &str) -> bool {
    let heading = name.trim().to_lowercase();
    let mark = Field { place: Place::default(), role: Role::Unread, heading: heading.clone(), value: "yes".to_owned() };
    !heading.is_empty() && (said_around::sounds_so(&heading.replace(['_', '-', '.'], " ")) || mark.marks_confidential())
}

/// A path from the folder of the package, as it is compared; `None` for one that leads out of it, and for one of a hidden file.
fn within_the_folder(path: &str) -> Option<String> {
    let path = path.trim().replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let fits = |part: &str| !part.is_empty() && !is_hidden(part) && !part.contains(':') && part.chars().all(is_showable);
    path.split('/').all(fits).then(|| path.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_folder_are_none() {
        for (path, as_compared) in [("data/Svc.csv", "data/svc.csv"), ("./svc.csv", "svc.csv"), ("a\\b\\c.csv", "a/b/c.csv")] {
            assert_eq!(within_the_folder(path).as_deref(), Some(as_compared));
        }
        for out in [
            "../svc.csv",
            "data/../../svc.csv",
            "/etc/svc.csv",
            "C:\\svc.csv",
            "https://example.org/svc.csv",
            "",
            "data//svc.csv",
            ".x/svc.csv",
        ] {
            assert_eq!(within_the_folder(out), None, "{out}");
        }
    }

    #[test]
    fn a_file_is_the_table_of_its_own_name_before_that_of_its_resource() {
        let named = |path: &str, table: &str, resource| Named { path: path.into(), table: table.into(), resource };
        let described =
            Described(vec![named("data/svc.csv", "service", 0), named("data/more.csv", "service", 0), named("x.csv", "flag", 1)]);
        assert_eq!(described.table_of("data/Svc.csv", "svc".into()), "service");
        assert_eq!(described.table_of("data/svc.csv", "location".into()), "location");
        assert_eq!((described.table_of("x.csv", "x".into()), described.table_of("y.csv", "y".into())), ("x".into(), "y".into()));
        assert!(described.are_of_one("data/svc.csv", "data/more.csv") && !described.are_of_one("data/svc.csv", "x.csv"));
        assert!(described.names_files_in("data") && !described.names_files_in("dat"));
        assert_eq!(described.missing(&["data/svc.csv".into(), "x.csv".into()]), 1);
    }
}

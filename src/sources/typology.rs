//! The typology of services, as data (`data/definitions/service_types.csv`).

use std::sync::LazyLock;

/// One type of service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceType {
    /// Its id: `idva`.
    pub id: String,
    /// Its name, for people.
    pub label: String,
    /// Whether a service of this type keeps its address secret unless a record says otherwise.
    pub confidential: bool,
    /// Whether a partnership would expect to find it in any catalogue, so that its absence is worth a line.
    pub core: bool,
    /// Theme of the Mayor of London's strategy of 2022 that it serves: `prevent`, `support`, `perpetrators` or `trust`.
    pub theme: String,
    /// Where in the pathway it stands: `prevent`, `identify`, `report`, `crisis`, `support`, `recovery` or `perpetrator`.
    pub stage: String,
    /// The form of violence that it is for, where it is for one.
    pub form: String,
    /// Whether people would expect it near where they live; others serve a wider area from one place.
    pub near: bool,
    /// Words that tell it in names of taxonomy terms and services.
    words: Vec<String>,
}

static TYPES: LazyLock<Vec<ServiceType>> = LazyLock::new(|| {
    let text = include_str!("../../data/definitions/service_types.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().flatten().map(|row| ServiceType {
        id: row[0].to_owned(),
        label: row[1].to_owned(),
        confidential: &row[2] == "yes",
        core: &row[3] == "yes",
        theme: row[5].to_owned(),
        stage: row[6].to_owned(),
        form: row[7].to_owned(),
        near: &row[8] == "yes",
        words: row[4].split('|').map(str::to_owned).collect(),
    });
    rows.collect()
});

/// All types, in the order of the file.
pub fn service_types() -> &'static [ServiceType] {
    &TYPES
}

/// The type of an id or a label, in any case.
///
/// ```
/// assert_eq!(gapmap::sources::service_type("IDVA").unwrap().id, "idva");
/// assert!(gapmap::sources::service_type("refuge").unwrap().confidential);
/// assert!(gapmap::sources::service_type("swimming pool").is_none());
/// ```
pub fn service_type(name: &str) -> Option<&'static ServiceType> {
    let name = name.trim();
    let id = name.to_lowercase().replace([' ', '-'], "_");
    TYPES.iter().find(|t| t.id == id || t.label.eq_ignore_ascii_case(name))
}

/// The types that a text names by any of their words.
pub(super) fn types_in(text: &str) -> Vec<String> {
    let text = format!(" {} ", text.to_lowercase().replace(['-', '/', '(', ')', ',', '.', ':'], " "));
    let names = |t: &&ServiceType| t.words.iter().any(|w| text.contains(&format!(" {}", w.replace('-', " "))));
    TYPES.iter().filter(names).map(|t| t.id.clone()).collect()
}

/// Words that give away accommodation whose address is secret, used where no type is known.
pub(super) fn sounds_confidential(text: &str) -> bool {
    let text = text.to_lowercase();
    ["refuge", "safe house", "safehouse", "safe accommodation", "dispersed accommodation", "women's shelter", "womens shelter"]
        .iter()
        .any(|w| text.contains(w))
}

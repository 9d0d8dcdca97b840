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
}

/// Types whose names councils use for services that have nothing to do with violence: a one-stop shop for council tax, legal advice on wills.
const OF_ANY_FIELD: [&str; 15] = [
    "helpline_national",
    "helpline_local",
    "web_chat",
    "one_stop_shop",
    "outreach",
    "counselling",
    "group_programme",
    "cyp_support",
    "sanctuary",
    "housing_options",
    "legal_advice",
    "immigration_nrpf",
    "training",
    "men",
    "by_and_for",
];

impl ServiceType {
    /// Whether a term names the type wherever it stands: by words that only those write who mean it. Others name it in a record about violence.
    ///
    /// ```
    /// let names = |id: &str, term: &str| gapmap::sources::service_type(id).unwrap().is_meant_by(term);
    /// assert!(names("one_stop_shop", "one_stop_shop") && names("one_stop_shop", "One-stop shop or drop-in") && names("refuge", "Refuge"));
    /// assert!(!names("one_stop_shop", "One stop shop") && !names("legal_advice", "Legal advice") && !names("training", "Training"));
    /// assert!(names("training", "training"), "the id as it is written");
    /// ```
    pub fn is_meant_by(&self, term: &str) -> bool {
        let term = term.trim();
        let by_id = term == self.id;
        let by_label = term.eq_ignore_ascii_case(&self.label) && term.split_whitespace().count() > 2;
        by_id || by_label || self.confidential || !OF_ANY_FIELD.contains(&self.id.as_str())
    }

    /// Whether people who were harmed come to it for help: in a crisis, for support, or to recover.
    pub fn is_direct(&self) -> bool {
        ["crisis", "support", "recovery"].contains(&self.stage.as_str())
    }
}

static TYPES: LazyLock<Vec<ServiceType>> = LazyLock::new(|| {
    let text = include_str!("../../data/definitions/service_types.csv");
    let rows = crate::units::rows(text).into_iter().map(|row| ServiceType {
        id: row[0].to_owned(),
        label: row[1].to_owned(),
        confidential: &row[2] == "yes",
        core: &row[3] == "yes",
        theme: row[4].to_owned(),
        stage: row[5].to_owned(),
        form: row[6].to_owned(),
        near: &row[7] == "yes",
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

//! The sources of a document, as it names them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Sensitivity, capital};

/// A question that was asked and has no answer: it is told, and not left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Unanswered {
    /// The analysis.
    pub analysis: String,
    /// Its question.
    pub question: String,
    /// Why there is no answer.
    pub because: String,
    /// What would give one.
    pub next_step: String,
}

/// A source.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SourceLine {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// How it may be released.
    pub sensitivity: Sensitivity,
    /// The sentence that its licence asks for.
    pub attribution: Option<String>,
    /// The labels that the plan keeps of an open source, where it leaves all others out: its rows are then other rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keeps: Vec<String>,
    /// Its files.
    pub files: Vec<InputFile>,
}

/// What a reader calls a source of a kind, where the plan has no name in words for it.
const TITLES: [(&str, &str); 20] = [
    ("boundaries", "Boundaries of areas"),
    ("lookup", "Lookup of areas"),
    ("postcode-directory", "Postcode directory"),
    ("population", "Population"),
    ("population-centres", "Centres of population"),
    ("deprivation", "Indices of deprivation"),
    ("police-uk-street", "Police records (police.uk)"),
    ("mps-wide", "Police records (Metropolitan Police)"),
    ("events-csv", "Records of events"),
    ("fixmystreet", "Reports of problems in streets"),
    ("services-open-referral", "Directory of services"),
    ("services-hsds", "Directory of services"),
    ("services-csv", "Directory of services"),
    ("services-side-table", "Details of services"),
    ("street-network", "Streets"),
    ("travel-times", "Travel times"),
    ("timetable", "Timetable of buses and trains"),
    ("users-by-group", "Users of services"),
    ("indicator-table", "Indicators"),
    ("comparator-table", "Other places"),
];

impl SourceLine {
    /// What a reader calls it: its name, where the plan gives one in words; else what its kind is. A key of a plan or of a file is for those who keep it.
    ///
    /// ```
    /// use gapmap::{model::SourceLine, units::Sensitivity};
    /// let line = |name: &str| SourceLine {
    ///     name: name.into(),
    ///     kind: "timetable".into(),
    ///     sensitivity: Sensitivity::Open,
    ///     attribution: None,
    ///     keeps: vec![],
    ///     files: vec![],
    /// };
    /// assert_eq!(line("gtfs_2025").title(), "Timetable of buses and trains");
    /// assert_eq!(line("the buses of last winter").title(), "The buses of last winter");
    /// ```
    pub fn title(&self) -> String {
        let of_kind = TITLES.iter().find(|t| t.0 == self.kind).map(|t| t.1);
        if self.name.contains(' ') { capital(&self.name) } else { of_kind.map_or_else(|| capital(&self.name), str::to_owned) }
    }
}

/// A file that was read. Of a published one anyone can tell whether it was this one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InputFile {
    /// Its path as the plan writes it.
    pub path: String,
    /// Its size. Given of open data only that are no catalogue and no return: it would tell how many rows there are.
    pub bytes: Option<u64>,
    /// SHA-256, in hexadecimal. Given of the same files only: whoever guesses what stands in a file can tell from it when the guess is right.
    pub sha256: Option<String>,
}

//! The sources of a document, as it names them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Sensitivity;

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
    /// What a reader calls it: a key of a plan is for those who keep it.
    #[serde(default)]
    pub title: String,
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

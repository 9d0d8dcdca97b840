//! What becomes of the location of a confidential service. Whether a service is one is settled in the study, where all catalogues are known.

use schemars::JsonSchema;
use serde::Deserialize;

/// What becomes of the location of a confidential service.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConfidentialLocations {
    /// The run stops: the location must leave the file.
    #[default]
    Refuse,
    /// The location is dropped before anything is made of the record, and counted. For feeds that the analyst cannot change.
    Discard,
}

/// The fact that is noted of a source for every record whose location was discarded. It stays on the analyst's screen: in an output it
/// would tell whether a location was there.
pub const DISCARDED: &str = "confidential services whose location was discarded while reading";

/// The fact that is noted of a source for every public service whose texts speak of a confidential one that is somebody else's.
pub const MENTIONS: &str = "public services whose texts speak of a refuge or another confidential service of others";

//! The address of a refuge must never be in our hands.
//!
//! Every catalogue reader asks here before it keeps anything of a record that says where it is.

use schemars::JsonSchema;
use serde::Deserialize;

use super::typology::{service_type, sounds_confidential};
use crate::diagnostics::{Place, Problems};

/// Whether a service keeps its address secret: its own flag first, then its types, then, where no type is known, its words.
pub(super) fn is_confidential(flag: Option<bool>, types: &[String], name_and_description: &str) -> bool {
    if let Some(flag) = flag {
        return flag;
    }
    let known: Vec<_> = types.iter().filter_map(|t| service_type(t)).collect();
    if known.is_empty() { sounds_confidential(name_and_description) } else { known.iter().any(|t| t.confidential) }
}

/// What becomes of the location of a confidential service.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConfidentialLocations {
    /// The run stops: the location must leave the file.
    #[default]
    Refuse,
    /// The location is dropped while reading, before anything is kept, and counted. For feeds that the analyst cannot change.
    Discard,
}

/// The fact that is noted of a source for every record whose location was discarded. It stays on the analyst's screen: in an output it
/// would tell whether a location was there.
pub const DISCARDED: &str = "confidential services whose location was discarded while reading";

/// Reports that a confidential record carries something that says where it is. What it carries is named, never shown.
///
/// Whether the record may be kept, without its location.
pub(crate) fn settle(place: Place, carries: &[&str], rule: ConfidentialLocations, problems: &mut Problems) -> bool {
    let what = format!("a confidential service carries {} (not shown)", carries.join(" and "));
    match rule {
        ConfidentialLocations::Refuse => {
            let next = "Remove it from the record, at its source if you can, and delete the copy you hold. Keep the authority that it serves. \
                If the service is not confidential, say so: `confidential` = no in the flat file or the side table. \
                If you cannot change the feed: `confidential-locations = \"discard\"` in its `[[source]]`.";
            problems.error("S301", place, what, next);
            false
        }
        ConfidentialLocations::Discard => {
            let next = "Nothing of it was kept, as the plan asks. Ask the publisher to take it out of the feed, and delete copies that you do not need.";
            problems.warn("S308", place, format!("{what}: discarded"), next);
            true
        }
    }
}

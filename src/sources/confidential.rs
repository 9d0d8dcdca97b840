//! The address of a refuge must never be in our hands.
//!
//! Every catalogue reader asks here before it keeps anything of a record that says where it is.

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

/// Reports that a confidential record carries something that says where it is. What it carries is named, never shown.
pub(super) fn refuse(place: Place, carries: &[&str], problems: &mut Problems) {
    let next = "Remove it from the record, at its source if you can, and delete the copy you hold. Keep the authority that it serves. \
        If the service is not confidential, say so: `confidential` = no in the flat file or the side table.";
    problems.error("S301", place, format!("a confidential service carries {} (not shown)", carries.join(" and ")), next);
}

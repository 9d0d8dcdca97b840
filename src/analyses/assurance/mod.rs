//! Can the directory be relied on? How old, how complete and how consistent its records are, and whom to ask about what.
//!
//! Counts are of records of public services, and go through the release. A confidential record takes no part, and neither does one that is of the same
//! service as a confidential one.

mod ages;
mod directories;
mod fields;
mod fix_items;
mod fix_lists;
mod looked;
mod pairs;
mod reasons;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::Draft;
use crate::study::Study;
use crate::units::Month;
pub use fix_lists::unreleased_fix_lists;
use looked::Looked;

/// The settings of an `assurance` analysis.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AssuranceSettings {
    /// The month at whose end the directories are looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
}

impl Analysis for AssuranceSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let looked = Looked::told(study, self.as_of);
        if looked.listed.is_empty() {
            return vec![];
        }
        let drafts = [
            directories::draft(&looked),
            pairs::draft(&looked),
            fields::draft(&looked),
            reasons::draft(&looked),
            fix_lists::draft(&looked),
        ];
        drafts.into_iter().flatten().collect()
    }
}

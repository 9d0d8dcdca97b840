//! How far is too far, and on which day: `[study.reach]` and `[study] as-of`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::units::Month;

/// `[study.reach]`: how far is too far, for every analysis alike.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ReachSettings {
    /// A site is within reach up to this straight-line distance, in metres. There is no national standard: look at several.
    pub reach_m: f64,
    /// The same for single types of service, by id.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// How the way is measured: `straight-line`, or a mode of the plan's travel times such as `walk`, `drive` or `public-transport`.
    pub by: String,
    /// Straight lines are taken to be so many times as long: 1.3 is usual in towns. 1 leaves them as they are.
    pub detour: f64,
    /// With travel times, a site is within reach up to so many minutes.
    pub reach_minutes: f64,
}

impl Default for ReachSettings {
    fn default() -> Self {
        Self { reach_m: 3000.0, reach_m_by_type: BTreeMap::new(), by: "straight-line".into(), detour: 1.0, reach_minutes: 30.0 }
    }
}

/// What an analysis sets of its own, of a struct with the fields of [`Asked`]: serde refuses unknown settings only where they stand in one struct.
macro_rules! asked {
    ($settings:ident) => {
        $crate::study::Asked {
            reach_m: $settings.reach_m,
            reach_m_by_type: $settings.reach_m_by_type.clone(),
            by: $settings.by.clone(),
            detour: $settings.detour,
            reach_minutes: $settings.reach_minutes,
            as_of: $settings.as_of,
        }
    };
}
pub(crate) use asked;

/// What one analysis sets otherwise than the study.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Asked {
    /// In place of the study's distance.
    pub reach_m: Option<f64>,
    /// Distances of single types, before those of the study.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// In place of the study's way to measure.
    pub by: Option<String>,
    /// In place of the study's detour.
    pub detour: Option<f64>,
    /// In place of the study's minutes.
    pub reach_minutes: Option<f64>,
    /// In place of the study's month, at whose end the catalogue is looked at.
    pub as_of: Option<Month>,
}

impl Asked {
    /// The settings of the study with these over them.
    pub(super) fn over(&self, study: &ReachSettings) -> ReachSettings {
        let mut by_type = study.reach_m_by_type.clone();
        by_type.extend(self.reach_m_by_type.clone());
        ReachSettings {
            reach_m: self.reach_m.unwrap_or(study.reach_m),
            reach_m_by_type: by_type,
            by: self.by.clone().unwrap_or_else(|| study.by.clone()),
            detour: self.detour.unwrap_or(study.detour),
            reach_minutes: self.reach_minutes.unwrap_or(study.reach_minutes),
        }
    }
}

//! What a plan says of the labels that a source writes: what harm each is about, and which may be printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::vocabulary::HarmId;

/// What the plan says of the labels of a source. Without a word of it, no label of a restricted source is printed.
#[derive(Clone, Debug, Default)]
pub struct LabelSettings {
    /// The harm that all of the source is about.
    pub harm: Option<HarmId>,
    /// The harm that a category is about, by the category as the source writes it.
    pub harms: BTreeMap<String, HarmId>,
    /// Labels that may be printed, as the source writes them.
    pub labels: Vec<String>,
    /// Labels that the plan names for this source, or for any, in small letters: they are known to whoever reads the plan.
    pub named: BTreeSet<String>,
    /// A label that stands for more events than this may be printed; none where it is not given.
    pub print_above: Option<u64>,
    /// Counts of so many last months are told, besides those of all months: a label must be that frequent in each.
    pub windows: Vec<usize>,
}

impl LabelSettings {
    /// Whether the plan names a label.
    pub fn names(&self, label: &str) -> bool {
        self.named.contains(&label.to_lowercase())
    }

    /// The harm that the plan gives a category.
    pub fn harm_of(&self, label: &str) -> Option<&HarmId> {
        self.harms.iter().find(|(name, _)| name.to_lowercase() == label.to_lowercase()).map(|(_, harm)| harm)
    }
}

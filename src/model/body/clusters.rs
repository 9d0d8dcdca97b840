//! Clusters that a scan finds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography, Month};

/// Clusters that a scan found.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Clusters {
    /// The level of the areas.
    pub geography: Geography,
    /// What is counted.
    pub measure: String,
    /// What is expected: by residents, or by what is usual for each area and month.
    pub expected_from: Expectation,
    /// Whether only clusters that reach to the last month were looked for.
    pub living: bool,
    /// Simulated maps that the strongest cluster is compared with.
    pub simulations: usize,
    /// Their seed.
    pub seed: u64,
    /// A cluster is called where its p-value is at most this.
    pub called_at: f64,
    /// By how much counts vary beyond Poisson ones on the maps made by chance: α of a variance `μ + α μ²` of areas, beside what neighbours share, where residents are expected; where the
    /// usual for area and month is, φ, by which ratios of likelihoods are divided.
    #[serde(default)]
    pub variation: Option<f64>,
    /// Share of the residents that the largest cluster may hold, chosen as the one that tells places apart best (Gini); absent where no cluster is called.
    #[serde(default)]
    pub largest_share: Option<f64>,
    /// Clusters, strongest first; those that are not called are told as such.
    pub clusters: Vec<FoundCluster>,
    /// Every area that was looked at, sorted by code.
    pub areas: Vec<ScannedArea>,
}

/// What the events of a scan are compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// As many for each resident and day.
    Residents,
    /// What is usual for the area and for the month.
    UsualForAreaAndMonth,
}

/// A circle of areas over some months.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FoundCluster {
    /// Codes of its areas, nearest to the middle first.
    pub areas: Vec<AreaCode>,
    /// Name of the area in the middle.
    pub around: String,
    /// First month.
    pub first_month: Month,
    /// Last month.
    pub last_month: Month,
    /// Events in it, of those shown.
    pub observed: Cell<u64>,
    /// Events expected in it.
    pub expected: f64,
    /// Risk inside over risk outside; none where all events lie inside, so that there is nothing to set it against.
    pub relative_risk: Option<f64>,
    /// How much likelier the events are with it than without, as a logarithm.
    pub log_likelihood_ratio: f64,
    /// Share of maps made by chance with a cluster as strong.
    pub p: f64,
}

/// An area of a scan.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ScannedArea {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Whether its counts and residents are known, so that it took part.
    pub took_part: bool,
    /// Number of the called cluster that it lies in, from 1.
    pub cluster: Option<u32>,
}

impl Shape for Clusters {
    fn texts_mut(&mut self) -> Vec<&mut Text> {
        vec![]
    }

    fn counts(&self) -> Counts {
        // Sums of released counts, so multiples of their base; how they come about is checked with the counts.
        Counts::alike(self.clusters.iter().map(|c| c.observed))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // Of areas together.
        Ok(Shown::none())
    }

    fn sums_of_people(&self) -> Vec<SumOfPeople> {
        vec![]
    }

    fn no_counts(&self) -> NoCounts {
        NoCounts::none()
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // What was expected and how strong a cluster is rest on counts by area that are told elsewhere, if at all; its own count is checked as a count.
        let each = |c: &FoundCluster| [Claim::Between(c.expected, [0.0, f64::MAX]), Claim::Between(c.p, [0.0, 1.0])];
        self.clusters.iter().flat_map(each).collect()
    }
}

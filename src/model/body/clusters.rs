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

impl Clusters {
    /// The share of all events that the called clusters have beyond what is expected of them, and the p-value of the strongest cluster, which holds for the
    /// whole map: it is compared with the strongest of each map made by chance.
    fn beyond_chance(&self) -> Option<(f64, f64)> {
        let strongest = self.clusters.iter().map(|c| c.p).min_by(f64::total_cmp)?;
        let all: f64 = self.clusters.iter().find_map(|c| all_events(c.observed.known()? as f64, c.expected, c.relative_risk?))?;
        let called = self.clusters.iter().filter(|c| c.p <= self.called_at);
        let beyond: f64 = called.filter_map(|c| Some((c.observed.known()? as f64 - c.expected).max(0.0))).sum();
        Some(((beyond / all).clamp(0.0, 1.0), strongest))
    }
}

/// All events, as the risk inside over that outside, `(n/e) / ((N − n)/(N − e))`, tells.
fn all_events(inside: f64, expected: f64, relative_risk: f64) -> Option<f64> {
    let all = inside * expected * (relative_risk - 1.0) / (relative_risk * expected - inside);
    (all.is_finite() && all > 0.0).then_some(all)
}

impl Shape for Clusters {
    has_no! { texts_mut sums_of_people no_counts sheet }

    fn counts(&self) -> Counts {
        // Sums of released counts, so multiples of their base; how they come about is checked with the counts.
        Counts::alike(self.clusters.iter().map(|c| c.observed))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // Of areas together.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // What was expected and how strong a cluster is rest on counts by area that are told elsewhere, if at all; its own count is checked as a count.
        let each = |c: &FoundCluster| [Claim::Between(c.expected, [0.0, f64::MAX]), Claim::Between(c.p, [0.0, 1.0])];
        self.clusters.iter().flat_map(each).collect()
    }

    fn table(&self) -> TableView {
        let numbered: Vec<(u64, &FoundCluster)> = (1..).zip(&self.clusters).collect();
        let codes = |c: &FoundCluster| c.areas.iter().map(|a| a.as_str()).collect::<Vec<_>>().join(" ");
        Columns::default()
            .column("cluster", "Cluster", |(k, _): &(u64, &FoundCluster)| Value::Count(*k))
            .column("around", "Around", |(_, c)| text(&c.around))
            .column("areas", "Areas", |(_, c)| Value::Count(c.areas.len() as u64))
            .column("from", "From", |(_, c)| text(&c.first_month.to_string()))
            .column("to", "To", |(_, c)| text(&c.last_month.to_string()))
            .column("observed", "Observed", |(_, c)| count(c.observed))
            .column("expected", "Expected", |(_, c)| Value::Number(c.expected, 1))
            .column("relative_risk", "Relative risk", |(_, c)| c.relative_risk.map_or(NOT_APPLICABLE, |r| Value::Number(r, 2)))
            .column("log_likelihood_ratio", "Log likelihood ratio", |(_, c)| Value::Number(c.log_likelihood_ratio, 3))
            .column("p", "p", |(_, c)| Value::Number(c.p, 3))
            .column("called", "Called", |(_, c)| text(if c.p <= self.called_at { "yes" } else { "no, chance would do" }))
            .column("codes", "Codes", move |(_, c)| Value::Text(codes(c)))
            .of(&numbered)
    }

    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let rows = || self.areas.iter().map(|r| AreaFigure::class(r.code)).collect();
        (measure == AreaMeasure::Class).then(|| AreaFigures { decimals: 0, rows: rows() })
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), format!("{:?}, {}, {}", self.expected_from, self.living, self.called_at))
    }

    fn concludes(&self) -> bool {
        !self.clusters.is_empty() || self.areas.iter().any(|a| a.took_part)
    }

    fn compared(&self) -> Compared<'_> {
        let called = self.clusters.iter().filter(|f| f.p <= self.called_at).count();
        let inside = self.areas.iter().filter(|a| a.cluster.is_some()).count();
        Compared::events(vec![
            Quantity::number("clusters beyond chance", "clusters", called),
            Quantity::number("areas in them", "areas", inside),
        ])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        self.beyond_chance()
            .map(|(effect, p)| StandsOut { kind: Kind::Place, says: Says::Tested { effect, test: Test::P(p) } })
            .into_iter()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::all_events;

    #[test]
    fn all_events_come_back_from_the_relative_risk() {
        let (n, e, all) = (30.0_f64, 10.0_f64, 400.0_f64);
        let risk = (n / e) / ((all - n) / (all - e));
        assert!((all_events(n, e, risk).unwrap() - all).abs() < 1e-9);
        assert_eq!(all_events(10.0, 10.0, 1.0), None);
    }
}

//! Parity: the share of a group among users beside its share among those whom a service is for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::counts::proportion;
use crate::units::{Cell, Estimate};

/// Parity ratios of one kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Parity {
    /// The kind of service; empty for all together.
    pub service: String,
    /// What the populations count.
    pub reference: String,
    /// Coverage of each interval: so high that all of them together hold at `together`.
    pub level: f64,
    /// Coverage of all intervals together.
    pub together: f64,
    /// What is told apart.
    pub dimensions: Vec<ParityDimension>,
}

/// One dimension.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ParityDimension {
    /// Its name.
    pub name: String,
    /// Its groups.
    pub groups: Vec<ParityGroup>,
    /// Users of whom the group is not known.
    pub not_known: Cell<u64>,
    /// All users.
    pub total: Cell<u64>,
}

/// One group.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ParityGroup {
    /// Its name.
    pub name: String,
    /// Its users.
    pub users: Cell<u64>,
    /// Its people among those whom the service is for.
    pub population: Cell<f64>,
    /// Share of users over share of population: 1 where it is used as its number suggests.
    pub ratio: Cell<Estimate>,
}

impl ParityDimension {
    /// Users of whom the group is known, as far as the released counts tell.
    fn told_apart(&self) -> Option<u64> {
        let rest = if self.not_known == Cell::NotApplicable { 0 } else { self.not_known.known()? };
        self.total.known().map(|n| n.saturating_sub(rest)).filter(|n| *n > 0)
    }

    /// Share of a group's people among those of all groups.
    pub fn share_of_population(&self, group: &ParityGroup) -> Option<f64> {
        let all: Option<f64> = self.groups.iter().map(|g| g.population.known()).sum();
        Some(group.population.known()? / all.filter(|p| *p > 0.0)?)
    }

    /// Share of a group's users among those of whom the group is known.
    pub fn share_of_users(&self, group: &ParityGroup) -> Option<f64> {
        Some(group.users.known()? as f64 / self.told_apart()? as f64)
    }

    /// `(u / U) / (p / P)` with the limits of Wilson's interval of `u / U`: population counts are taken as they are.
    pub(crate) fn ratio(&self, group: &ParityGroup, level: f64) -> Cell<Estimate> {
        if group.users == Cell::Withheld {
            return Cell::Withheld;
        }
        let Some(share) = self.share_of_population(group).filter(|s| *s > 0.0) else { return Cell::NotApplicable };
        let (Some(users), Some(all)) = (group.users.known(), self.told_apart()) else { return Cell::Missing };
        let wilson = proportion(users, all.max(users), level);
        Cell::applicable(wilson.map(|w| Estimate { value: w.value / share, lower: w.lower / share, upper: w.upper / share, level }))
    }
}

impl Parity {
    /// Whether every ratio is that of the released counts.
    pub(crate) fn follows(&self) -> bool {
        self.dimensions.iter().all(|d| {
            d.groups.iter().all(|g| match (g.ratio.known(), d.ratio(g, self.level).known()) {
                (None, _) => true,
                (Some(told), Some(again)) => [(told.value, again.value), (told.lower, again.lower), (told.upper, again.upper)]
                    .iter()
                    .all(|(a, b)| (a - b).abs() < 1e-9),
                (Some(_), None) => false,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_used_as_its_number_suggests_has_a_ratio_of_one() {
        let group = |name: &str, users, population| ParityGroup {
            name: name.into(),
            users: Cell::Known(users),
            population: Cell::Known(population),
            ratio: Cell::Missing,
        };
        let d = ParityDimension {
            name: "Age".into(),
            groups: vec![group("young", 50, 1000.0), group("old", 10, 1000.0), group("middle", 40, 500.0)],
            not_known: Cell::Known(20),
            total: Cell::Known(120),
        };
        let ratio = |i: usize| d.ratio(&d.groups[i], 0.95).known().unwrap();
        assert!((ratio(0).value - 50.0 / 100.0 / 0.4).abs() < 1e-12);
        assert!((ratio(1).value - 0.25).abs() < 1e-12 && ratio(1).upper < 1.0);
        assert!(ratio(2).lower > 1.0);
        // Shares of population weigh the ratios to one.
        let mean: f64 = d.groups.iter().zip(0..).map(|(g, i)| d.share_of_population(g).unwrap() * ratio(i).value).sum();
        assert!((mean - 1.0).abs() < 1e-12);
    }
}

//! Who a pack is for, and what that lets out (`data/release/`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Floor, Floors};
use crate::units::{Geography, rows};

/// Who a pack is for. Those of a tier may read the packs of the tiers before it, too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Anyone.
    #[default]
    Public,
    /// The partners of the study.
    Partnership,
    /// Its named analysts.
    Restricted,
}

/// What a tier lets out.
#[derive(Clone, Debug)]
pub(crate) struct TierRow {
    pub rule: String,
    /// A plan may not ask for less.
    pub least_withheld: u64,
    /// A count may be broken down by so many of: area, month, category, group.
    pub most_dimensions: usize,
    pub label: String,
    pub notice: String,
}

/// A rule for small counts, by name.
#[derive(Clone, Debug)]
pub(crate) struct RuleRow {
    pub name: String,
    pub withhold_up_to: u64,
    pub round_to: u64,
}

impl Tier {
    /// How file names write it.
    pub fn word(self) -> &'static str {
        match self {
            Tier::Public => "public",
            Tier::Partnership => "partnership",
            Tier::Restricted => "restricted",
        }
    }

    pub(crate) fn row(self) -> TierRow {
        let all = rows(include_str!("../../data/release/tiers.csv"));
        let row = all.iter().find(|r| &r[0] == self.word());
        // A row that is missing or cannot be read lets nothing out.
        let number = |i: usize| row.and_then(|r| r[i].parse().ok());
        let text = |i: usize| row.map_or(String::new(), |r| r[i].to_owned());
        TierRow {
            rule: text(1),
            least_withheld: number(2).unwrap_or(u64::MAX),
            most_dimensions: number(3).unwrap_or(0) as usize,
            label: text(4),
            notice: text(5),
        }
    }

    /// How a page names it.
    pub fn label(self) -> String {
        self.row().label
    }

    /// What its reader may do with it.
    pub fn notice(self) -> String {
        self.row().notice
    }

    /// From where on it tells each harm.
    pub(crate) fn floors(self) -> Floors {
        let first = match self {
            Tier::Public => 2,
            Tier::Partnership => 4,
            Tier::Restricted => 6,
        };
        let floor = |r: &csv::StringRecord| {
            let smallest = match &r[first] {
                "lsoa" => Geography::Lsoa,
                "msoa" => Geography::Msoa,
                "ward" => Geography::Ward,
                _ => Geography::Authority,
            };
            (r[0].to_owned(), Floor { smallest, months: r[first + 1].parse().unwrap_or(usize::MAX) })
        };
        Floors { list: rows(include_str!("../../data/release/floors.csv")).iter().map(floor).collect() }
    }
}

/// The rules in use, by name.
pub(crate) fn rules() -> Vec<RuleRow> {
    let number = |text: &str| text.parse().expect("a rule that is compiled in holds whole numbers");
    let row = |r: &csv::StringRecord| RuleRow { name: r[0].into(), withhold_up_to: number(&r[1]), round_to: number(&r[2]) };
    rows(include_str!("../../data/release/rules.csv")).iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::harm_floors;
    use crate::vocabulary::{HarmId, Harms};

    #[test]
    fn every_rule_is_read_and_every_tier_has_one() {
        assert_eq!(rules().len(), rows(include_str!("../../data/release/rules.csv")).len());
        for tier in [Tier::Public, Tier::Partnership, Tier::Restricted] {
            assert!(rules().iter().any(|r| r.name == tier.row().rule) && tier.row().most_dimensions > 0, "{tier:?}");
        }
    }

    #[test]
    fn every_harm_of_the_vocabulary_has_a_floor_and_none_has_none() {
        let ids: Vec<String> = harm_floors().into_iter().map(|[id, ..]| id).collect();
        for harm in HarmId::all() {
            assert!(ids.iter().any(|id| id == harm.as_str()), "{harm:?} has no row");
        }
        for tier in [Tier::Public, Tier::Partnership, Tier::Restricted] {
            let floors = tier.floors();
            assert_eq!(floors.of(&Harms::none()), Floor::NONE);
            let strictest = floors.of(&Harms::NotMapped);
            assert!(HarmId::all().iter().all(|h| floors.of(&Harms::of(h)).and(strictest) == strictest));
            assert_eq!(strictest.smallest, Geography::Authority);
        }
    }
}

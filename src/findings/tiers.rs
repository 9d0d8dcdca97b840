//! Who a pack is for, and what that lets out (`data/release/`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Geography;

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

/// A harm so rare or so close to home that it is never shown below some area, or for fewer than so many months.
#[derive(Clone, Debug)]
pub(crate) struct Floor {
    words: Vec<String>,
    pub smallest: Geography,
    pub months: usize,
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

    /// The harms that it shows only from some area and some number of months on.
    pub(crate) fn floors(self) -> Vec<Floor> {
        let first = match self {
            Tier::Public => 2,
            Tier::Partnership => 4,
            Tier::Restricted => 6,
        };
        let floor = |r: &csv::StringRecord| Floor {
            words: r[1].split(';').map(str::to_owned).collect(),
            smallest: match &r[first] {
                "lsoa" => Geography::Lsoa,
                "msoa" => Geography::Msoa,
                "ward" => Geography::Ward,
                _ => Geography::Authority,
            },
            months: r[first + 1].parse().unwrap_or(usize::MAX),
        };
        rows(include_str!("../../data/release/floors.csv")).iter().map(floor).collect()
    }
}

impl Floor {
    /// Whether a category or a source is about this harm, by the words of its name.
    pub fn is_about(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
        // A short word such as `hba` only as a word of its own; longer ones also as part of one, as in `sexually`.
        self.words.iter().any(|w| if w.len() < 5 { words.contains(&w.as_str()) } else { name.contains(w.as_str()) })
    }
}

/// The rules in use, by name.
pub(crate) fn rules() -> Vec<RuleRow> {
    let row = |r: &csv::StringRecord| Some(RuleRow { name: r[0].into(), withhold_up_to: r[1].parse().ok()?, round_to: r[2].parse().ok()? });
    rows(include_str!("../../data/release/rules.csv")).iter().filter_map(row).collect()
}

fn rows(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().flatten().collect()
}

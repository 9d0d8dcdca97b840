//! What the history of each area amounts to: new, lasting, come and gone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography, Month, Period};

/// Classes of areas by their history of hot and cold months.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Emerging {
    /// The level of the areas.
    pub geography: Geography,
    /// What is counted.
    pub measure: String,
    /// The months that are looked at, each by itself: all since the latest break in recording.
    pub months: Period,
    /// An area is hot or cold in a month where the false discovery rate of all areas and months is at most this.
    pub called_at: f64,
    /// Its scores rise or fall where the p-value of a trend is at most this.
    pub trend_at: f64,
    /// The month of the break that the months begin with; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_break: Option<Month>,
    /// One for each area, sorted by code.
    pub rows: Vec<EmergingRow>,
}

/// One area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct EmergingRow {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Events of all months.
    pub count: Cell<u64>,
    /// Months in which it is hot.
    pub hot_months: Cell<u64>,
    /// Months in which it is cold.
    pub cold_months: Cell<u64>,
    /// Its score with its neighbours in the last month.
    pub last_score: Cell<f64>,
    /// Two-sided p-value of a trend of its scores.
    pub trend_p: Cell<f64>,
    /// What that amounts to.
    pub class: EmergingClass,
}

/// What a history of hot and cold months amounts to, after Esri's *Emerging Hot Spot Analysis*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EmergingClass {
    /// Hot in the last month and never before.
    NewHot,
    /// Hot in the latest months one after another, and never before them.
    ConsecutiveHot,
    /// Hot in nine of ten months or more, the last among them, and ever more so.
    IntensifyingHot,
    /// Hot in nine of ten months or more, the last among them.
    PersistentHot,
    /// The same, and ever less so.
    DiminishingHot,
    /// Hot off and on, and in the last month.
    SporadicHot,
    /// Hot in the last month, and cold before.
    OscillatingHot,
    /// Hot in nine of ten months or more, but not in the last.
    HistoricalHot,
    /// Cold in the last month and never before.
    NewCold,
    /// Cold in the latest months one after another, and never before them.
    ConsecutiveCold,
    /// Cold in nine of ten months or more, the last among them, and ever more so.
    IntensifyingCold,
    /// Cold in nine of ten months or more, the last among them.
    PersistentCold,
    /// The same, and ever less so.
    DiminishingCold,
    /// Cold off and on, and in the last month.
    SporadicCold,
    /// Cold in the last month, and hot before.
    OscillatingCold,
    /// Cold in nine of ten months or more, but not in the last.
    HistoricalCold,
    /// None of these.
    NoPattern,
    /// A month of it is missing, nobody lives there, or it has no neighbour that is known.
    NotKnown,
}

impl EmergingClass {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 18] = [
        Self::NewHot,
        Self::ConsecutiveHot,
        Self::IntensifyingHot,
        Self::PersistentHot,
        Self::DiminishingHot,
        Self::SporadicHot,
        Self::OscillatingHot,
        Self::HistoricalHot,
        Self::NewCold,
        Self::ConsecutiveCold,
        Self::IntensifyingCold,
        Self::PersistentCold,
        Self::DiminishingCold,
        Self::SporadicCold,
        Self::OscillatingCold,
        Self::HistoricalCold,
        Self::NoPattern,
        Self::NotKnown,
    ];

    /// How a table and a legend name it.
    pub fn label(self) -> &'static str {
        match self {
            Self::NewHot => "new hot spot",
            Self::ConsecutiveHot => "consecutive hot spot",
            Self::IntensifyingHot => "intensifying hot spot",
            Self::PersistentHot => "persistent hot spot",
            Self::DiminishingHot => "diminishing hot spot",
            Self::SporadicHot => "sporadic hot spot",
            Self::OscillatingHot => "oscillating hot spot",
            Self::HistoricalHot => "historical hot spot",
            Self::NewCold => "new cold spot",
            Self::ConsecutiveCold => "consecutive cold spot",
            Self::IntensifyingCold => "intensifying cold spot",
            Self::PersistentCold => "persistent cold spot",
            Self::DiminishingCold => "diminishing cold spot",
            Self::SporadicCold => "sporadic cold spot",
            Self::OscillatingCold => "oscillating cold spot",
            Self::HistoricalCold => "historical cold spot",
            Self::NoPattern => "no pattern",
            Self::NotKnown => "not known",
        }
    }
}

impl Shape for Emerging {
    has_no! { texts_mut sums_of_people no_counts sheet }

    fn counts(&self) -> Counts {
        Counts::alike(self.rows.iter().map(|r| r.count))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // Told of open sources alone.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Never told of a restricted source.
        vec![Claim::Holds(false)]
    }

    fn table(&self) -> TableView {
        Columns::default()
            .column("area_code", "Code", |r: &EmergingRow| text(r.code.as_str()))
            .column("area_name", "Area", |r| text(&r.name))
            .column("count", "Count", |r| count(r.count))
            .column("months_hot", "Months hot", |r| count(r.hot_months))
            .column("months_cold", "Months cold", |r| count(r.cold_months))
            .column("score_in_the_last_month", "Score in the last month", |r| number(r.last_score, 2))
            .column("p_of_a_trend", "p of a trend", |r| number(r.trend_p, 4))
            .column("history", "History", |r| text(r.class.label()))
            .of(&self.rows)
    }

    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let rows = || self.rows.iter().map(|r| AreaFigure::class(r.code)).collect();
        (measure == AreaMeasure::Class).then(|| AreaFigures { decimals: 0, rows: rows() })
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), format!("{} months", self.months.len()))
    }

    fn concludes(&self) -> bool {
        self.rows.iter().any(|r| r.class != EmergingClass::NotKnown)
    }

    fn compared(&self) -> Compared<'_> {
        let of = |class: EmergingClass| self.rows.iter().filter(|r| r.class == class).count();
        let each = |class: EmergingClass| Quantity { when: When::Any, ..Quantity::number(class.label(), "areas", of(class)) };
        Compared::events(EmergingClass::ALL.into_iter().map(each).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The scan answers where: one test speaks for a question.
        vec![]
    }
}

//! What the map of the page reads: layers of areas, each the numbers of one finding as printed. It is written into the page as one block, and the
//! audit reads that block again and holds every number of it against the findings.

use serde::{Deserialize, Serialize};

use super::by_area::AreaMeasure;
use crate::units::{AreaCode, Cell};

/// All areas and layers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MapData {
    /// Areas in the order of their shapes.
    pub areas: Vec<MapArea>,
    /// Width and height of what the shapes fill, in pixels.
    pub size: (f64, f64),
    /// The layers.
    pub layers: Vec<MapLayer>,
}

/// Code, name and the names of larger places that it lies in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MapArea(pub AreaCode, pub String, #[serde(default, skip_serializing_if = "Vec::is_empty")] pub Vec<String>);

/// One finding by area, as one of its maps shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MapLayer {
    /// Id of the finding.
    pub finding: String,
    /// Which of its numbers.
    pub tells: AreaMeasure,
    /// The question that it answers.
    pub question: String,
    /// What its legend is headed; in brackets what the numbers of the legend are of: `Violence, per 1,000 residents (areas)`.
    pub label: String,
    /// What the numbers are of: `per 1,000 residents`. Empty of classes alone.
    pub unit: String,
    /// The message of the finding.
    pub headline: String,
    /// Measure, place and period.
    pub subtitle: String,
    /// `recorded`, `proxy`, `self-reported`, `population` or `estimate`.
    pub status: String,
    /// Decimals of its numbers.
    pub decimals: usize,
    /// Fills of the legend with their words, from above.
    pub legend: Vec<(String, String)>,
    /// Of each area its place in the legend, as a digit to the base 36; a dot where it has none.
    pub classes: String,
    /// The number of each area; empty of classes alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<MapValue>,
    /// Lower limits; empty where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lower: Vec<MapValue>,
    /// Upper limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub upper: Vec<MapValue>,
}

/// A number as printed, or why there is none.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum MapValue {
    /// Known.
    Number(f64),
    /// One of the kinds of nothing, by its letter: `c` withheld, `x` missing, `z` not applicable.
    Nothing(String),
}

impl MapValue {
    /// A number with so many decimals, or the letter of why there is none.
    ///
    /// ```
    /// use gapmap::model::MapValue;
    /// use gapmap::units::Cell;
    /// assert_eq!(MapValue::of(Cell::Known(12.3456), 1), MapValue::Number(12.3));
    /// assert_eq!(MapValue::of(Cell::Withheld, 1), MapValue::Nothing("c".into()));
    /// assert_eq!(MapValue::of(Cell::Known(f64::NAN), 1), MapValue::Nothing("x".into()));
    /// ```
    pub fn of(cell: Cell<f64>, decimals: usize) -> Self {
        match cell {
            // A number that no page could show is one that is not known.
            Cell::Known(x) if !x.is_finite() => Self::Nothing("x".into()),
            Cell::Known(x) => format!("{x:.decimals$}").parse().map_or_else(|_| Self::Nothing("x".into()), |x: f64| Self::Number(x + 0.0)),
            Cell::Withheld => Self::Nothing("c".into()),
            Cell::Missing => Self::Nothing("x".into()),
            Cell::NotApplicable => Self::Nothing("z".into()),
        }
    }
}

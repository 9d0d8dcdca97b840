//! Indicators that a partnership reports, as definitions (`data/definitions/measures.csv`) and as a plan adds them.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::units::{Geography, Polarity, records};

/// What kind of number an indicator is, and so how its limits are worked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureKind {
    /// A part of a whole that is counted, such as those of the people asked: Wilson limits.
    Share,
    /// Events for so many people or units: Byar limits.
    Rate,
    /// A number of events by itself: Poisson limits.
    Count,
    /// A value as somebody else worked it out, such as a median: the limits that the table gives, or none.
    Value,
}

/// An indicator: what is counted, out of what, and what a rise means.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Measure {
    /// Its id, by which tables and the action plan name it: `q-safe-dark`.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// What kind of number it is.
    pub kind: MeasureKind,
    /// What is counted.
    #[serde(default)]
    pub numerator: String,
    /// Out of whom or what.
    #[serde(default)]
    pub denominator: String,
    /// For so many: 100 for a share, 1,000 for a rate.
    #[serde(default = "one")]
    pub per: f64,
    /// What the value is in: `%`, `offences`, `median days`.
    pub unit: String,
    /// What a rise means.
    #[serde(default)]
    pub up_is: Polarity,
    /// Theme of the Mayor of London's strategy of 2022: `prevent`, `support`, `perpetrators` or `trust`.
    pub theme: String,
    /// `recorded`, `survey`, `service`, `modelled`.
    #[serde(default)]
    pub status: String,
    /// Smaller areas than this are told from no restricted source.
    #[serde(default = "authority")]
    pub smallest_area: Geography,
    /// Shorter spans than this are told from no restricted source.
    #[serde(default = "one_month")]
    pub fewest_months: usize,
    /// The question as it is asked, of a survey.
    #[serde(default)]
    pub question: String,
    /// Who defined it.
    #[serde(default)]
    pub source: String,
    /// What the number is not.
    #[serde(default)]
    pub caveat: String,
    /// Whether no other indicator, and no source of events, is known to count a part of the same, or to be a part of it: never of one that a plan defines.
    #[serde(skip)]
    pub no_part_of_others: bool,
}

fn one() -> f64 {
    1.0
}

fn one_month() -> usize {
    1
}

fn authority() -> Geography {
    Geography::Authority
}

/// A row of the definitions.
#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    method: MeasureKind,
    numerator: String,
    denominator: String,
    per: f64,
    unit: String,
    up_is: Polarity,
    theme: String,
    status: String,
    smallest_area: Geography,
    fewest_months: usize,
    question: String,
    source: String,
    caveat: String,
    no_part_of_others: String,
}

static MEASURES: LazyLock<Vec<Measure>> = LazyLock::new(|| {
    let rows: Vec<Row> = records(include_str!("../../data/definitions/measures.csv"));
    let of = |r: Row| Measure {
        id: r.id,
        name: r.name,
        kind: r.method,
        numerator: r.numerator,
        denominator: r.denominator,
        per: r.per,
        unit: r.unit,
        up_is: r.up_is,
        theme: r.theme,
        status: r.status,
        smallest_area: r.smallest_area,
        fewest_months: r.fewest_months,
        question: r.question,
        source: r.source,
        caveat: r.caveat,
        no_part_of_others: r.no_part_of_others == "yes",
    };
    rows.into_iter().map(of).collect()
});

/// The themes that an indicator may serve.
pub const THEMES: [&str; 4] = ["prevent", "support", "perpetrators", "trust"];

/// All indicators that come with the engine, in the order of the file.
pub fn measures() -> &'static [Measure] {
    &MEASURES
}

/// The indicator of an id.
///
/// ```
/// use gapmap::sources::{MeasureKind, measure};
/// assert_eq!(measure("q-safe-dark").unwrap().kind, MeasureKind::Share);
/// assert!(measure("happiness").is_none());
/// ```
pub fn measure(id: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|m| m.id.eq_ignore_ascii_case(id.trim()))
}

/// A percentage is taken for a part of one where another value of it is so many times as large.
const TIMES: f64 = 20.0;

/// Whether a value of a percentage was written as a part of one, 0.44 for 44 %, by another value of it beside which it is far too small.
///
/// ```
/// use gapmap::sources::is_part_of_one;
/// assert!(is_part_of_one(0.44, 47.0) && !is_part_of_one(0.8, 1.2) && !is_part_of_one(44.0, 47.0));
/// ```
pub fn is_part_of_one(value: f64, beside: f64) -> bool {
    value > 0.0 && value < 1.0 && beside > 1.0 && beside >= TIMES * value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_indicator_has_a_theme_a_source_and_a_share_a_whole_of_a_hundred() {
        assert!(measures().len() >= 60);
        for m in measures() {
            assert!(THEMES.contains(&m.theme.as_str()) && !m.source.is_empty() && !m.name.is_empty(), "{}", m.id);
            assert!(m.kind != MeasureKind::Share || m.per == 100.0, "{}", m.id);
            assert_eq!(measures().iter().filter(|o| o.id == m.id).count(), 1, "{}", m.id);
        }
        // Deaths under review are told for the authority alone, and for years together.
        let deaths = measure("homicide").unwrap();
        assert_eq!((deaths.smallest_area, deaths.fewest_months), (Geography::Authority, 36));
    }
}

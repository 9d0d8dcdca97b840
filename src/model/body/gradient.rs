//! Rates along deprivation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{Cell, Estimate};

/// Rates along deprivation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Gradient {
    /// What is counted.
    pub measure: String,
    /// `per 1,000 residents`.
    pub unit: String,
    /// Rates are per this many residents.
    pub per: f64,
    /// Groups of areas from the most deprived to the least.
    pub groups: Vec<GradientGroup>,
    /// The rate of all groups together.
    pub whole: Cell<Estimate>,
    /// How much higher the rate is at the most deprived end of the line through all areas than at the least, in the unit (slope index of inequality).
    pub difference: Option<Estimate>,
    /// How many times as high (relative index of inequality); its interval holds how much areas vary for other reasons.
    pub ratio: Option<Estimate>,
    /// Two-sided p-value of no slope.
    #[serde(default)]
    pub p: Option<f64>,
    /// The area without which there would be no slope; absent where none is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hangs_on: Option<HangsOn>,
    /// The model of how areas vary about the line, `quasi-Poisson` or `negative binomial`: that with the larger p-value of both.
    #[serde(default)]
    pub model: Option<String>,
    /// How many areas the line goes through.
    #[serde(default)]
    pub areas: usize,
    /// Concentration index, −1 to 1: below 0 where the deprived have more than their share.
    pub concentration: Option<f64>,
    /// Shares of residents, from the most deprived area on, and of events.
    pub curve: Vec<(f64, f64)>,
}

/// An area that a slope hangs on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HangsOn {
    /// Its name.
    pub area: String,
    /// Two-sided p-value of no slope without it.
    pub p: f64,
}

/// A group of areas.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GradientGroup {
    /// `most deprived fifth`.
    pub label: String,
    /// How many areas it holds.
    pub areas: usize,
    /// Events in those of them whose count is known.
    pub count: Cell<u64>,
    /// Residents of the same areas.
    pub residents: Cell<f64>,
    /// The rate.
    pub rate: Cell<Estimate>,
}

impl Gradient {
    /// With how many decimals its rates are told, in sentence, table and chart alike.
    pub fn decimals(&self) -> usize {
        if self.whole.known().is_some_and(|r| r.value < 10.0) { 2 } else { 1 }
    }
}

impl Shape for Gradient {
    has_no! { texts_mut sums_of_people no_counts by_area }

    fn counts(&self) -> Counts {
        Counts::alike(self.groups.iter().map(|g| g.count))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // Of areas together.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let rate = |g: &GradientGroup| Claim::Estimate(g.rate, Basis::Rate { count: g.count, people: g.residents, per: self.per });
        self.groups.iter().map(rate).collect()
    }

    fn table(&self) -> TableView {
        let decimals = self.decimals();
        let heading = format!("Rate {}", self.unit);
        let rates = [("", heading.clone()), ("lower", "Lower 95% limit".into()), ("upper", "Upper 95% limit".into())];
        let mut table = Columns::default()
            .column("group_of_areas", "Group of areas", |g: &GradientGroup| text(&g.label))
            .column("areas", "Areas", |g| Value::Count(g.areas as u64))
            .column("count", "Count", |g| count(g.count))
            .column("population", "Population", |g| number(g.residents, 0))
            .estimate(rates, (1.0, decimals), |g| g.rate)
            .of(&self.groups);
        let ends = [("Difference, most less least deprived end", self.difference), ("Ratio, most to least deprived end", self.ratio)];
        for (label, found) in ends {
            if let Some(found) = found {
                let [rate, lower, upper] = estimate(Cell::Known(found), 1.0, 2);
                table = table.line([("group_of_areas", text(label)), (&heading, rate), ("lower", lower), ("upper", upper)]);
            }
        }
        match self.p {
            None => table,
            Some(p) => {
                let label = format!("p of no slope ({}, {} areas)", self.model.as_deref().unwrap_or(""), self.areas);
                table.line([("group_of_areas", Value::Text(label)), (&heading, Value::Number(p, 3))])
            }
        }
    }

    fn sheet(&self) -> Sheet {
        Sheet::Together { name: "Deprivation", heading: "Measure", which: self.measure.clone(), title: "Rates along deprivation" }
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), self.unit.clone())
    }

    fn concludes(&self) -> bool {
        self.ratio.is_some() || self.difference.is_some() || self.concentration.is_some() || self.whole.known().is_some()
    }

    fn compared(&self) -> Compared<'_> {
        // How many times as high the rate is at the most deprived end.
        let value = self.ratio.map_or(Cell::Missing, Cell::Known);
        Compared::Ratio { row: "most over least deprived", value, same_sample: false }
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The share of events that would have to lie elsewhere for all areas to have the same rate, as far as deprivation orders them: the widest gap
        // between the curve of shares and its diagonal (Hoover's index along that order).
        let widest = self.curve.iter().map(|(people, events)| (events - people).abs()).fold(0.0, f64::max);
        let tested = |p| StandsOut { kind: Kind::Group, says: Says::Tested { effect: widest.min(1.0), test: Test::P(p) } };
        // A slope that is none without a single area is tested without it.
        self.hangs_on.as_ref().map_or(self.p, |h| Some(h.p)).map(tested).into_iter().collect()
    }
}

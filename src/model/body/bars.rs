//! Counts by category.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{Cell, Estimate};

/// Counts by category.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Bars {
    /// What the categories are: `Reason`.
    pub dimension: String,
    /// What is counted: `reports`.
    pub unit: String,
    /// One for each category.
    pub bars: Vec<Bar>,
    /// Whether the categories have an order of their own, as times of the day have: those without are drawn the largest first.
    #[serde(default)]
    pub ordered: bool,
    /// All of them.
    pub total: Cell<u64>,
}

/// One category.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Events.
    pub count: Cell<u64>,
    /// Its share of the total, as a fraction of 1.
    pub share: Cell<Estimate>,
}

impl Shape for Bars {
    has_no! { texts_mut sums_of_people no_counts by_area sheet }

    fn counts(&self) -> Counts {
        Counts::alike(self.bars.iter().map(|b| b.count).chain([self.total]))
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        let mut shown = Shown { names: self.bars.iter().map(|b| b.label.clone()).collect(), ..Shown::default() };
        let mut sum = Vec::new();
        for (k, count) in self.bars.iter().map(|bar| bar.count).chain([self.total]).enumerate() {
            sum.push(shown.push(At::Anywhere, counting.months, counting.at(k, self.bars.len() + 1)?, count));
        }
        shown.sums.push(sum);
        Ok(shown)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let share = |b: &Bar| Claim::Estimate(b.share, Basis::Proportion { count: b.count, of: self.total, scale: 1.0 });
        self.bars.iter().map(share).collect()
    }

    fn table(&self) -> TableView {
        let share = ["Share, %", "Lower limit, %", "Upper limit, %"].map(|heading| ("", heading.to_owned()));
        let total = vec![text("Total"), count(self.total), NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE];
        Columns::default()
            .column("", self.dimension.clone(), |b: &Bar| text(&b.label))
            .column("", format!("Number of {}", self.unit), |b| count(b.count))
            .estimate(share, (100.0, 1), |b| b.share)
            .of(&self.bars)
            .and_rows([total])
    }

    fn described(&self) -> Described {
        Described::new(self.dimension.clone(), self.unit.clone())
    }

    fn concludes(&self) -> bool {
        self.bars.iter().any(|x| x.share.known().is_some()) || self.total.known().is_some()
    }

    fn compared(&self) -> Compared<'_> {
        let bars = self.bars.iter().map(|b| Quantity::count(&b.label, &self.unit, b.count).keyed(&format!("bar {}", b.label)));
        Compared::events(bars.chain([Quantity::count("", &self.unit, self.total)]).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}

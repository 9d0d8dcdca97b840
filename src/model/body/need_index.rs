//! Several signs of need as one index, area by area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::GapRank;
use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography};

/// Where signs of need come together, and how much that depends on how they are put together.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NeedIndex {
    /// The level of the areas.
    pub geography: Geography,
    /// What it is made of; first those that count events.
    pub indicators: Vec<IndexIndicator>,
    /// Rates are for so many residents.
    pub per: f64,
    /// Areas that make up the highest fifth.
    pub fifth: usize,
    /// How often ranks were drawn again.
    pub draws: usize,
    /// One for each area, sorted by code.
    pub rows: Vec<NeedIndexRow>,
    /// Events without a known area, by indicator that counts events.
    pub unlocated: Vec<Cell<u64>>,
    /// All of them.
    pub totals: Vec<Cell<u64>>,
}

/// A part of the index.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IndexIndicator {
    /// Its name in ids.
    pub id: String,
    /// Its name.
    pub label: String,
    /// `per 1,000 residents`.
    pub unit: String,
    /// Its weight.
    pub weight: f64,
}

impl IndexIndicator {
    /// Deprivation, as a percentile among the areas of the study: ranks of a country stand too close together in one place.
    pub fn deprivation(weight: f64) -> Self {
        Self { id: "deprivation".into(), label: "Deprivation".into(), unit: "percentile here, 100 the most deprived".into(), weight }
    }
}

/// One area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NeedIndexRow {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Events, by indicator that counts events.
    pub counts: Vec<Cell<u64>>,
    /// Residents.
    pub residents: Cell<f64>,
    /// Each indicator.
    pub values: Vec<Cell<f64>>,
    /// The index: 0 were the area lowest on everything, 100 were it highest.
    pub index: Cell<f64>,
    /// Its rank, 1 for the highest, and the range of ranks.
    pub rank: Option<GapRank>,
}

/// Where a range of ranks lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// In the highest fifth, whichever way.
    High,
    /// In the highest fifth some ways.
    Perhaps,
    /// Not in it.
    Below,
    /// Not known.
    NotKnown,
}

impl NeedIndex {
    /// Where the range of an area lies.
    pub fn standing(&self, row: &NeedIndexRow) -> Standing {
        match row.rank {
            None => Standing::NotKnown,
            Some(r) if r.high <= self.fifth => Standing::High,
            Some(r) if r.low <= self.fifth || r.nominal <= self.fifth => Standing::Perhaps,
            Some(_) => Standing::Below,
        }
    }
}

impl Shape for NeedIndex {
    has_no! { texts_mut sums_of_people no_counts sheet }

    fn counts(&self) -> Counts {
        Counts::by_area(self.rows.iter().flat_map(|r| r.counts.iter().copied()), self.unlocated.iter().chain(&self.totals).copied())
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        let columns = self.totals.len();
        if self.unlocated.len() != columns || self.indicators.len() < columns || self.rows.iter().any(|r| r.counts.len() != columns) {
            return Err(Unclear);
        }
        let mut shown = Shown::default();
        for (k, (unlocated, total)) in self.unlocated.iter().zip(&self.totals).enumerate() {
            let rows = self.rows.iter().filter_map(|r| Some((r.code, *r.counts.get(k)?)));
            shown.column(rows, *unlocated, *total, counting.months, counting.at(k, columns)?);
        }
        Ok(shown)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let rate = |(r, (count, told)): (&NeedIndexRow, (&Cell<u64>, &Cell<f64>))| Claim::Quotient {
            told: *told,
            count: *count,
            people: r.residents,
            per: self.per,
        };
        let rates = self.rows.iter().flat_map(|r| std::iter::repeat(r).zip(r.counts.iter().zip(&r.values))).map(rate);
        let index = Claim::Composite {
            values: self.rows.iter().map(|r| r.values.as_slice()).collect(),
            weights: self.indicators.iter().map(|i| i.weight).collect(),
            told: self.rows.iter().map(|r| r.index).collect(),
        };
        rates.chain([index]).collect()
    }

    fn table(&self) -> TableView {
        let mut columns = Columns::default()
            .column("area_code", "Code", |r: &NeedIndexRow| text(r.code.as_str()))
            .column("area_name", "Area", |r| text(&r.name))
            .column("population", "Population", |r| number(r.residents, 0));
        for (k, i) in self.indicators.iter().enumerate().take(self.unlocated.len()) {
            columns = columns.column("", format!("{}, count", i.label), move |r| r.counts.get(k).map_or(MISSING, |c| count(*c)));
        }
        for (k, i) in self.indicators.iter().enumerate() {
            columns = columns.column("", format!("{}, {}", i.label, i.unit), move |r| r.values.get(k).map_or(MISSING, |v| number(*v, 2)));
        }
        let rank = |of: fn(GapRank) -> usize| move |r: &NeedIndexRow| r.rank.map_or(MISSING, |k| Value::Count(of(k) as u64));
        columns
            .column("", "Index, 0 to 100", |r| number(r.index, 1))
            .column("", "Rank", rank(|k| k.nominal))
            .column("", "Rank from", rank(|k| k.low))
            .column("", "Rank to", rank(|k| k.high))
            .of(&self.rows)
    }

    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let rank = |r: &NeedIndexRow| AreaFigure {
            code: r.code,
            value: r.rank.map_or(r.index.and_then(|_| Cell::Missing), |k| Cell::Known(k.nominal as f64)),
            limits: r.rank.map(|k| (k.high.min(k.low) as f64, k.high.max(k.low) as f64)),
        };
        (measure == AreaMeasure::Rank).then(|| AreaFigures { decimals: 0, rows: self.rows.iter().map(rank).collect() })
    }

    fn described(&self) -> Described {
        let parts: Vec<String> = self.indicators.iter().map(|i| format!("{} ({}, weight {:.3})", i.id, i.unit, i.weight)).collect();
        Described::new(parts.join(", "), format!("{:?}, {}", self.per, self.fifth))
    }

    fn concludes(&self) -> bool {
        self.rows.iter().any(|r| r.rank.is_some() || r.index.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        // How many areas are surely in the highest fifth, and those that went from surely in it to surely out of it, or the other way round.
        let high = self.rows.iter().filter(|r| self.standing(r) == Standing::High).count();
        let moved = |r: &NeedIndexRow| {
            let surely_high = match self.standing(r) {
                Standing::High => Some(true),
                Standing::Below => Some(false),
                Standing::Perhaps | Standing::NotKnown => None,
            };
            let rank = r.rank.map_or(Cell::Missing, |k| Cell::Known(k.nominal as f64));
            Quantity { area: Some(r.code), when: When::Moved(surely_high), ..Quantity::new(&r.name, "rank", rank).keyed(r.code.as_str()) }
        };
        let whole = Quantity::number("surely in the highest fifth", "areas", high);
        Compared::events(std::iter::once(whole).chain(self.rows.iter().map(moved)).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The scan answers where: one test speaks for a question.
        vec![]
    }
}

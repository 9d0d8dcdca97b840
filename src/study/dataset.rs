//! The counts of one source as a table that analyses group and filter.

use polars_core::prelude::*;

use super::cells_table::{faceted_table, table};
use super::counted::{Counted, CountedAreas};
use super::coverage::Coverage;
use super::cube::Cube;
use super::labels::{LabelHarms, Labels, RawCategory};
use super::outcomes::Outcomes;
use super::recorded::Recorded;
use super::slice::{Slice, SliceArea, takes};
use super::undated;
use super::untold::{self, Untold};
use crate::model::Group;
use crate::sources::{Events, Facets, Topic};
use crate::units::{Month, Period};
use crate::vocabulary::Harms;

/// Events of one source, counted.
#[derive(Clone)]
pub struct Dataset {
    /// Position of the source in the plan.
    pub source: usize,
    /// What they are.
    pub topic: Topic,
    /// Names of the categories, as they may be printed.
    pub categories: Vec<String>,
    /// Categories as the source writes them; a shown one is made of one or more of these.
    pub raw: Vec<RawCategory>,
    /// Of which of `raw` each shown category is made.
    pub raw_of_shown: Vec<Vec<u32>>,
    label_harms: LabelHarms,
    /// The months studied.
    pub period: Period,
    /// For each month of the period, whether the source holds it. A month that it does not hold is missing, not zero.
    pub present: Vec<bool>,
    /// What it covers of which area, where it tells which force reports.
    pub coverage: Option<Coverage>,
    /// For each month, whether it tells areas at all: a table of boroughs tells none of a ward.
    reaches_areas: Vec<bool>,
    /// Number of areas.
    pub areas: usize,
    /// Events shared out between the parts of split areas.
    pub apportioned: u64,
    /// Counts that the source does not tell.
    pub(super) untold: Vec<untold::Cell>,
    /// Events that no month could be given to, with all others of their areas.
    pub(super) undated: Vec<undated::OfArea>,
    /// What tells its honest zeros.
    pub(super) recorded: Recorded,
    /// What became of its reports, where the source says so.
    pub outcomes: Option<Outcomes>,
    /// Whether rows carry facets.
    pub has_facets: bool,
    /// Those that occur, ascending.
    facets: Vec<Facets>,
    /// One row for each non-zero cell, by month: `area` (the number of areas where unlocated), `month` (position in the period), `category` (position
    /// in `raw`), `facets`, `n`.
    table: DataFrame,
}

/// Which events to count.
#[derive(Clone, Debug, Default)]
pub struct Select {
    /// Categories by position; all where empty.
    pub categories: Vec<u32>,
    /// Only these months; the whole period without it.
    pub period: Option<Period>,
    /// Only events of a group; all without it.
    pub group: Option<Group>,
}

impl Dataset {
    pub(super) fn new(
        events: &Events,
        cube: Cube,
        period: Period,
        labels: Labels,
        coverage: Option<Coverage>,
        untold: Vec<untold::Cell>,
    ) -> Self {
        let mut present: Vec<bool> = vec![false; period.len()];
        let of_rows = events.blocks.iter().flat_map(|b| b.month.iter()).filter_map(|m| Month::from_index(i32::from(*m)));
        // Where a source says which months it covers, a month without rows is a true zero.
        let mut months: Vec<Month> = if events.covered.is_empty() { of_rows.collect() } else { events.covered.clone() };
        months.sort_unstable();
        months.dedup();
        for position in months.iter().filter_map(|m| period.position(*m)) {
            present[position] = coverage.as_ref().is_none_or(|c| c.holds_all(position));
        }
        let mut reaches_areas = reach(&cube);
        // A count that is kept back of an area still tells the area.
        untold.iter().filter_map(untold::Cell::month_of_area).for_each(|month| reaches_areas[month] = true);
        let has_facets = events.blocks.iter().any(|b| !b.facets.is_empty());
        let mut facets: Vec<Facets> = cube.faceted.keys().map(|k| Facets::from_bits(k.3)).chain([Facets::default()]).collect();
        facets.sort_unstable();
        facets.dedup();
        let (categories, raw_of_shown) = labels.shown.into_iter().unzip();
        Self {
            facets,
            source: events.source,
            topic: events.topic,
            categories,
            raw: labels.raw,
            raw_of_shown,
            label_harms: labels.harms,
            period,
            present,
            coverage,
            reaches_areas,
            areas: cube.areas,
            apportioned: cube.apportioned,
            untold,
            undated: vec![],
            recorded: Recorded::default(),
            outcomes: None,
            has_facets,
            table: if has_facets { faceted_table(&cube) } else { table(&cube) },
        }
    }

    /// The same, with what became of its reports.
    pub(super) fn with_outcomes(self, outcomes: Option<Outcomes>) -> Self {
        Self { outcomes, ..self }
    }

    /// Counts by area.
    pub fn by_area(&self, select: &Select) -> Counted {
        let mut counted = Counted { by: vec![0; self.areas], unlocated: 0, untold: self.untold_by_area(select) };
        for (area, n) in self.grouped("area", select) {
            match area {
                Some(area) => counted.by[area as usize] = n,
                None => counted.unlocated = n,
            }
        }
        counted
    }

    /// Counts by area, missing where the source does not cover the area in a month that it covers elsewhere, or tells no area at all.
    ///
    /// What is not covered is not kept back either: nobody has counted it.
    pub fn known_by_area(&self, select: &Select) -> CountedAreas {
        let counted = self.by_area(select);
        let period = select.period.unwrap_or(self.period);
        let months: Vec<usize> = period.months().filter_map(|m| self.period.position(m)).collect();
        let holds = |area: usize, m: usize| self.coverage.as_ref().map_or(self.present[m], |c| c.holds(area, m));
        let somewhere: Vec<usize> = months.iter().copied().filter(|m| (0..self.areas).any(|a| holds(a, *m))).collect();
        let covered: Vec<bool> = (0..self.areas).map(|a| !somewhere.is_empty() && somewhere.iter().all(|m| holds(a, *m))).collect();
        let told = somewhere.is_empty() || somewhere.iter().any(|m| self.reaches_areas[*m]);
        let by: Vec<Option<u64>> = counted.by.iter().zip(&covered).map(|(n, c)| (*c && told).then_some(*n)).collect();
        let all = counted.by.iter().sum::<u64>() + counted.unlocated;
        let holds_untold = |area: usize| self.coverage.is_none() || covered.get(area).copied().unwrap_or(true);
        let untold: Vec<Option<Untold>> = counted.untold.into_iter().enumerate().map(|(i, u)| u.filter(|_| holds_untold(i))).collect();
        let whole = covered.iter().all(|c| *c) && untold.iter().all(Option::is_none) && !self.is_too_often_undated(select);
        CountedAreas { by, unlocated: counted.unlocated, total: whole.then_some(all), untold }
    }

    /// How many months of a period the source covers for every area.
    pub fn months_covered(&self, period: Period) -> usize {
        period.months().filter(|m| self.period.position(*m).is_some_and(|i| self.present[i])).count()
    }

    /// Counts by month of the period; `None` where the source does not hold the month, or its categories were not recorded in it.
    pub fn by_month(&self, select: &Select) -> Vec<Option<u64>> {
        let mut months: Vec<Option<u64>> = self.present.iter().map(|p| p.then_some(0)).collect();
        for (month, n) in self.grouped("month", select) {
            // What a month holds that is not covered is part of a number, not a number.
            if let Some(known) = month.and_then(|m| months[m as usize].as_mut()) {
                *known = n;
            }
        }
        // A month of which a part is not told has no count.
        for month in self.untold_months(select) {
            months[month] = None;
        }
        for month in self.missing_in_series(&select.categories) {
            months[month] = None;
        }
        months
    }

    /// Counts by category.
    pub fn by_category(&self, select: &Select) -> Vec<u64> {
        let mut raw = vec![0; self.raw.len()];
        for (category, n) in self.grouped("category", select) {
            if let Some(category) = category {
                raw[category as usize] = n;
            }
        }
        self.raw_of_shown.iter().map(|of| of.iter().map(|c| raw[*c as usize]).sum()).collect()
    }

    /// Of which raw categories shown ones are made, ascending; all where none is given.
    pub fn raw_of(&self, shown: &[u32]) -> Vec<u32> {
        if shown.is_empty() {
            return (0..self.raw.len() as u32).collect();
        }
        let mut raw: Vec<u32> = shown.iter().filter_map(|c| self.raw_of_shown.get(*c as usize)).flatten().copied().collect();
        raw.sort_unstable();
        raw
    }

    /// What harms a label of this source is about, whether or not the data hold it.
    pub fn harms_of(&self, label: &str) -> Harms {
        self.label_harms.of(label)
    }

    /// Counts by facets, in their order.
    pub fn by_facets(&self, select: &Select) -> Vec<(Facets, u64)> {
        let groups = self.grouped("facets", select).into_iter();
        groups.filter_map(|(f, n)| Some((Facets::from_bits(f? as u16), n))).collect()
    }

    /// All events selected.
    pub fn total(&self, select: &Select) -> u64 {
        self.grouped("category", select).iter().map(|g| g.1).sum()
    }

    /// Whether every month of a period is there.
    pub fn is_complete(&self, period: Period) -> bool {
        period.months().all(|m| self.period.position(m).is_some_and(|i| self.present[i]))
    }

    /// The slice that a selection counts over the whole partnership.
    pub fn slice(&self, select: &Select) -> Slice {
        Slice::of(self.source, select, self.period, SliceArea::Whole)
    }

    /// Every non-zero cell: area (`None` where unlocated), position of the month, raw category, facets and events.
    pub fn cells(&self) -> impl Iterator<Item = (Option<u32>, u32, u32, Facets, u64)> + '_ {
        let unlocated = self.areas as u32;
        let [area, month, category, facets] = COLUMNS.map(|name| self.column(name));
        (0..self.table.height()).zip(self.numbers()).map(move |(row, n)| {
            let place = Some(area[row]).filter(|a| *a < unlocated);
            (place, month[row], category[row], Facets::from_bits(facets[row] as u16), *n)
        })
    }

    /// A column of the table; it is made with these few lines below, of one piece and without gaps.
    fn column(&self, name: &str) -> &[u32] {
        self.table.column(name).and_then(|c| c.u32()).and_then(|c| c.cont_slice()).expect("a column of u32")
    }

    fn numbers(&self) -> &[u64] {
        self.table.column("n").and_then(|c| c.u64()).and_then(|c| c.cont_slice()).expect("a column of u64")
    }

    /// Sums of `n` by one column, sorted by it: one pass over the rows of the months that are asked for, which stand together.
    fn grouped(&self, column: &str, select: &Select) -> Vec<(Option<u32>, u64)> {
        let month = self.column("month");
        let rows = select.period.map_or(0..month.len(), |period| {
            let of = |m: Month| i64::from(m.index() - self.period.first.index());
            let from = month.partition_point(|m| i64::from(*m) < of(period.first));
            from..month.partition_point(|m| i64::from(*m) <= of(period.last)).max(from)
        });
        let categories = (!select.categories.is_empty()).then(|| {
            let mut wanted = vec![false; self.raw.len()];
            self.raw_of(&select.categories).into_iter().for_each(|c| wanted[c as usize] = true);
            (self.column("category"), wanted)
        });
        let facets = select.group.map(|group| {
            let mut wanted = vec![false; FACETS];
            self.facets.iter().filter(|f| takes(group, **f)).for_each(|f| wanted[usize::from(f.bits())] = true);
            (self.column("facets"), wanted)
        });
        let takes = |wanted: &Option<(&[u32], Vec<bool>)>, row: usize| wanted.as_ref().is_none_or(|(of, wanted)| wanted[of[row] as usize]);
        let (keys, numbers) = (self.column(column), self.numbers());
        let mut sums: Vec<u64> = Vec::new();
        for row in rows.filter(|row| takes(&categories, *row) && takes(&facets, *row)) {
            let key = keys[row] as usize;
            if key >= sums.len() {
                sums.resize(key + 1, 0);
            }
            sums[key] += numbers[row];
        }
        // The last area stands for none.
        let none = if column == "area" { self.areas as u32 } else { u32::MAX };
        let found = sums.into_iter().zip(0..).filter(|(n, _)| *n > 0);
        let mut found: Vec<(Option<u32>, u64)> = found.map(|(n, key)| (Some(key).filter(|k| *k != none), n)).collect();
        found.sort_unstable();
        found
    }
}

/// Columns of the table that tell rows apart.
const COLUMNS: [&str; 4] = ["area", "month", "category", "facets"];
/// So many values facets can have.
const FACETS: usize = 1 << 16;

/// For each month, whether any event has a known area, or none lacks one.
fn reach(cube: &Cube) -> Vec<bool> {
    let sum = |month: usize, areas: std::ops::Range<usize>| -> u64 {
        areas.map(|a| (0..cube.categories).map(|c| u64::from(cube.counts[cube.at(month, a, c)])).sum::<u64>()).sum()
    };
    (0..cube.period.len()).map(|m| sum(m, cube.areas..cube.areas + 1) == 0 || sum(m, 0..cube.areas) > 0).collect()
}

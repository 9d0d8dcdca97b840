//! Counts by area in whole windows of months, side by side.

use super::{Burden, slices_by_area};
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::analyses::indicator::Indicator;
use crate::model::{Body, Row, Table};
use crate::msg;
use crate::study::{Dataset, Select, Study};
use crate::units::{AreaCode, Geography, Month, Period};

impl Burden {
    /// Whole windows of `months`, counted back from the latest month, side by side.
    pub(super) fn by_area_and_period(&self, study: &Study, dataset: &Dataset, indicator: &Indicator) -> Option<Draft> {
        let windows = dataset.period.len() / self.months.max(1);
        if windows < 2 {
            return None;
        }
        let mut periods: Vec<Period> = (0..windows)
            .filter_map(|w| {
                Period::new(
                    dataset.period.last.plus(1 - ((w + 1) * self.months) as i32),
                    dataset.period.last.plus(-((w * self.months) as i32)),
                )
            })
            .collect();
        periods.reverse();
        let select = |p: &Period| Select { categories: indicator.categories.clone(), period: Some(*p), ..Select::default() };
        let of = |p: &Period| {
            let counted = dataset.known_by_area(&select(p));
            let complete = dataset.is_recorded_throughout(&select(p)) && counted.by.iter().all(Option::is_some);
            let cells: Vec<Option<u64>> = counted.cells().into_iter().map(|n| n.filter(|_| complete)).collect();
            (cells, counted.kept_back(), complete)
        };
        let mut columns: Vec<Vec<Option<u64>>> = Vec::new();
        let (mut kept_back, mut complete) = (Vec::new(), Vec::new());
        for (cells, kept, whole) in periods.iter().map(of) {
            columns.push(cells);
            kept_back.push(kept);
            complete.push(whole);
        }
        let rows = (0..study.areas.list.len() + 1).map(|r| columns.iter().map(|c| c[r]).collect()).collect();
        let breaks = study.breaks_of(dataset, &indicator.categories);
        let facts = PeriodFacts {
            label: indicator.label.clone(),
            geography: study.about.geography,
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            periods: periods.clone(),
            breaks: breaks.iter().map(|b| (b.title.clone(), b.first_month)).collect(),
        };
        let mut table = CountTable::new(rows);
        for (column, kept) in kept_back.iter().enumerate() {
            table = table.keeping_back(column, kept);
        }
        let mut table = table.with_total_row();
        for (column, period) in periods.iter().enumerate().filter(|(c, _)| complete[*c]) {
            table = table.counting(column, slices_by_area(study, &dataset.slice(&select(period))));
        }
        let whole = Period { first: periods.first()?.first, last: periods.last()?.last };
        Some(Draft::new(self.head(study, dataset, Some(indicator), whole, "periods"), table, facts, tell_periods))
    }
}

struct PeriodFacts {
    label: String,
    geography: Geography,
    areas: Vec<(AreaCode, String)>,
    periods: Vec<Period>,
    breaks: Vec<(String, Month)>,
}

fn tell_periods(facts: &PeriodFacts, released: &Released) -> Telling {
    let labels = facts.areas.iter().map(|(code, name)| (Some(*code), name.clone()));
    let labels = labels.chain([(None, "Place not known".to_owned()), (None, "Total".to_owned())]);
    let rows = labels.enumerate().map(|(i, (code, label))| Row { code, label, cells: released.row(i) }).collect();
    let sentences = facts.breaks.iter().map(|(what, month)| msg!("burden-periods-break", what = what, month = *month)).collect();
    Telling {
        headline: msg!("burden-periods-headline", label = &facts.label),
        subtitle: msg!("burden-periods-subtitle", label = &facts.label, plural = facts.geography.plural()),
        sentences,
        figures: vec![],
        body: Body::Table(Table {
            row_heading: "Area".into(),
            columns: facts.periods.iter().map(Period::label).collect(),
            months: facts.periods.clone(),
            breaks: facts.breaks.iter().map(|b| b.1).collect(),
            rows,
        }),
    }
}

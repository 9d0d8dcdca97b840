//! The counts of an indicator by area over the latest months: the table that several questions are asked of, released as one.

use super::burden::slices_by_area;
use super::draft::CountTable;
use super::indicator::Indicator;
use crate::study::{Dataset, Select, Study};
use crate::units::Period;

/// One row for each area, then the events without a known area, then the whole; and the months that they cover.
pub(super) fn by_area(study: &Study, dataset: &Dataset, indicator: &Indicator, months: usize) -> (Period, CountTable) {
    let period = dataset.period.last_months(months.max(1));
    let select = Select { categories: indicator.categories.clone(), period: Some(period), ..Select::default() };
    (period, table(study, dataset, &select))
}

/// The table of a selection. An area that the source does not cover is missing, one that it keeps back is withheld, and of neither is there a whole; nor
/// where too many of its events have no month.
pub(super) fn table(study: &Study, dataset: &Dataset, select: &Select) -> CountTable {
    let counted = dataset.known_by_area(select);
    let (cells, mut kept_back) = (counted.cells(), counted.kept_back());
    let slices = slices_by_area(study, &dataset.slice(select));
    let is_sum = counted.total.is_some() || cells.contains(&None);
    if is_sum && counted.by.iter().all(Option::is_some) {
        return CountTable::column(cells).keeping_back(0, &kept_back).with_total_row().counting(0, slices);
    }
    let rows: Vec<Option<u64>> = cells.into_iter().chain([counted.total]).collect();
    kept_back.push(kept_back.contains(&true));
    let slices: Vec<_> = slices.into_iter().zip(&rows).map(|(slice, n)| slice.filter(|_| n.is_some())).collect();
    CountTable::column(rows).keeping_back(0, &kept_back).counting(0, slices)
}

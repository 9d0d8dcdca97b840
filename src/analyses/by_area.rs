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
    let counted = dataset.by_area(&select);
    (
        period,
        CountTable::column(counted.cells())
            .keeping_back(0, &counted.kept_back())
            .with_total_row()
            .counting(0, slices_by_area(study, &dataset.slice(&select))),
    )
}

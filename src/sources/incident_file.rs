//! What a file of events shows only as a whole: totals, measures, cells given twice, merged cells, midnights, the order of days.

use super::cells_again::CellsAgain;
use super::count_table::CountTable;
use super::csv_file::{Row, Sheet};
use super::day_order::DayOrder;
use super::events::Block;
use super::gathered::Tally;
use super::incident_row::Found;
use super::measure_words::MeasureWords;
use super::merged_cells::MergedCells;
use super::midnights::Midnights;
use super::months_of_headings::MonthsOfAHeading;
use super::parts_in_columns::PartsInColumns;
use super::{placeless_totals, read_value};
use crate::diagnostics::{Place, Problems};

/// What is looked at of one file as a whole.
pub struct Looked {
    whole: CountTable,
    measures: MeasureWords,
    again: Option<CellsAgain>,
    merged: MergedCells,
    /// Hours that stand for none.
    pub midnights: Midnights,
    order: DayOrder,
    months: MonthsOfAHeading,
    parts: Option<PartsInColumns>,
}

impl Looked {
    /// For the mapped columns of one file; no word of a column that is passed over is a total.
    pub fn new(sheet: &Sheet, columns: &Found, by_month: bool, passed_over: &[usize]) -> Self {
        Self {
            whole: CountTable::new(sheet, columns.count, by_month, passed_over),
            measures: MeasureWords::new(sheet, columns, passed_over),
            again: columns.count.map(|count| CellsAgain::new(sheet, count, columns.read(), columns.named(), passed_over)),
            merged: MergedCells::new([columns.area, columns.category].into_iter().flatten()),
            midnights: Midnights::default(),
            order: DayOrder::default(),
            months: MonthsOfAHeading::new(sheet, columns.month),
            parts: columns.count.map(|count| {
                let named = columns.named();
                let others =
                    (0..sheet.headings.len()).filter(|c| !named.contains(c) && (Some(*c) == columns.hour || !passed_over.contains(c)));
                PartsInColumns::new(count, columns.read(), others)
            }),
        }
    }

    /// Takes a row in; with what was read of it, where it is one of the block.
    pub fn see(&mut self, row: &Row, columns: &Found, has_month: bool, block: Option<&Block>) {
        self.whole.see(row, has_month);
        self.measures.see(row);
        self.again.iter_mut().filter(|_| has_month).for_each(|again| {
            let when = row.get(columns.month);
            // A stamp tells more than its day.
            let names = block.filter(|_| !when.contains(':')).map(|b| {
                let at = b.rows() - 1;
                (b.month[at], read_value::date(when).value(), b.point[at], b.code[at], b.category[at])
            });
            again.see(row, names);
        });
        self.merged.see(row);
        self.order.see(row.get(columns.month));
        self.months.see(row);
        self.parts.iter_mut().filter(|_| has_month).for_each(|parts| parts.see(row));
    }

    /// Tells what the whole file shows.
    pub fn tell(&self, sheet: &Sheet, block: &mut Block, order: &mut DayOrder, tally: &mut Tally, problems: &mut Problems) {
        let merged = self.merged.tell(sheet, " Where nobody knows what belongs there, write `not known`.", problems);
        self.whole.tell(sheet, merged, problems);
        let several = self.measures.tell(sheet, problems);
        // A value that counts others again is no part of a count: what is said of parts would mislead.
        let sums = !merged && self.parts.as_ref().is_some_and(|parts| parts.tell(sheet, |column| self.whole.has_total(column), problems));
        self.again.iter().filter(|_| !merged && !several && !sums).for_each(|again| again.tell(sheet, problems));
        self.months.tell(sheet, problems);
        placeless_totals::tell(block, problems);
        self.midnights.settle(block, tally, problems);
        if !self.order.tell(Place::file(&block.file), problems) {
            order.add(&self.order);
        }
    }
}

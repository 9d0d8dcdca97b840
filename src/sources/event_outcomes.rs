//! What became of the rows of an extract: the class of its outcome, and how many months later it came.

use std::collections::BTreeMap;

use super::Origin;
use super::csv_file::{Row, Sheet};
use super::events::{Block, Course, Dictionary, Fate, Followed};
use super::gathered::Tally;
use super::incident_row::Found;
use super::police_outcomes::tell_unmapped;
use super::read_value::{self, Said};
use crate::diagnostics::Problems;
use crate::units::{Month, Period};
use crate::vocabulary::OutcomeClass;

/// Outcomes of rows as they are read. How long the open ones have been followed is known when all are.
#[derive(Default)]
pub(super) struct Endings {
    met: Vec<Met>,
    dated: bool,
    /// How many outcomes are of each month.
    months: BTreeMap<Month, u64>,
    /// The last month of a report.
    last_report: Option<Month>,
    unmapped: u64,
    example: Option<String>,
    before_the_report: u64,
}

/// What a row says of its ending: its class, and how many months after the report; less than none where it is dated before it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Met {
    class: OutcomeClass,
    after: Option<i32>,
}

/// So many of a thousand outcomes, and two more, may be dated beyond the time that an extract covers: slips of a year, hearings to come.
const STRAY_OF_A_THOUSAND: u64 = 1;
const STRAY: u64 = 2;

impl Endings {
    /// The position of what became of a row; nothing where no column says so.
    pub fn read(
        &mut self,
        c: &Found,
        sheet: &Sheet,
        row: &Row,
        month: Month,
        problems: &mut Problems,
    ) -> Result<Option<u32>, &'static str> {
        let Some(column) = c.outcome else { return Ok(None) };
        let words = row.get(column);
        // An extract leaves the outcome of what is still going on empty. What it says that it does not know, or keeps back, nobody knows.
        let class = match words.trim() {
            "" => OutcomeClass::Open,
            words if read_value::says_nothing(words) => OutcomeClass::NotKnown,
            words => OutcomeClass::of(words),
        };
        if class == OutcomeClass::NotMapped {
            self.unmapped += 1;
            self.example.get_or_insert_with(|| words.to_owned());
        }
        let mut after = None;
        if let Some(column) = c.outcome_date {
            self.dated = true;
            let said = read_value::month(row.get(column));
            if let Said::Unreadable = said {
                sheet.bad_day(row, column, "a date or month such as 2024-02-17 or 2024-02", problems);
                return Err("a date of an outcome that cannot be read");
            }
            let at = said.value().and_then(|day| Month::new(chrono::Datelike::year(&day), chrono::Datelike::month(&day)));
            if let Some(at) = at.filter(|_| class.is_an_end()) {
                *self.months.entry(at).or_default() += 1;
                after = Some(at.index() - month.index());
                self.before_the_report += u64::from(at < month);
            }
        }
        self.last_report = self.last_report.max(Some(month));
        let met = Met { class, after };
        let at = self.met.iter().position(|m| *m == met).unwrap_or_else(|| {
            self.met.push(met);
            self.met.len() - 1
        });
        Ok(Some(at as u32))
    }

    /// The last month that the extract tells of: that of the last report, or the latest month with outcomes but for strays. A date beyond it is a slip, and makes
    /// no young report an old one.
    fn horizon(&self, covers: Option<Period>) -> Option<Month> {
        let all: u64 = self.months.values().sum();
        let strays = STRAY + all * STRAY_OF_A_THOUSAND / 1000;
        let mut later = 0;
        let latest = self.months.iter().rev().find_map(|(month, n)| {
            later += n;
            (later > strays).then_some(*month)
        });
        self.last_report.max(latest).max(covers.map(|p| p.last))
    }

    /// Gives the open ones the time that they have been followed: up to the last month that the extract covers, or that it names.
    pub fn settle(
        self,
        origin: &Origin,
        blocks: &mut [Block],
        covers: Option<Period>,
        tally: &mut Tally,
        problems: &mut Problems,
    ) -> (Vec<Fate>, Vec<Followed>) {
        tally.note("with an outcome before its report", self.before_the_report);
        if let Some(word) = &self.example {
            tell_unmapped(origin, self.unmapped, word, problems);
        }
        let Some(last) = self.horizon(covers) else { return (vec![], vec![]) };
        let beyond: u64 = self.months.range(last.plus(1)..).map(|(_, n)| n).sum();
        tally.note("with an outcome dated after all that the extract tells of: when is not known", beyond);
        let mut fates = Dictionary::new();
        for block in blocks.iter_mut() {
            for row in 0..block.fate.len() {
                let followed = block.month_of(row).and_then(|m| u16::try_from(last.index() - m.index()).ok());
                let Some(met) = self.met.get(block.fate[row] as usize) else { continue };
                let seen = met.after.and_then(|n| u16::try_from(n).ok()).filter(|n| followed.is_some_and(|f| *n <= f));
                let dated = followed.filter(|_| self.dated).and_then(|followed| match (met.class, seen) {
                    (OutcomeClass::Open, _) => Some(Course { followed, ..Course::default() }),
                    (class, seen) => seen.map(|after| Course::ended(class, after, followed)),
                });
                let id = fates.id(Fate { dated, last: met.class, seen_after: followed });
                block.fate[row] = id;
            }
        }
        let mut months: Vec<Month> = blocks.iter().flat_map(|b| (0..b.fate.len()).filter_map(|row| b.month_of(row))).collect();
        // A month that is covered and has no report is followed as well: nothing of it is missing.
        months.extend(covers.iter().flat_map(|p| p.months()));
        months.sort_unstable();
        months.dedup();
        let followed = |month: Month| Followed { force: None, month, months: u16::try_from(last.index() - month.index()).ok() };
        (fates.list, if self.dated { months.into_iter().map(followed).collect() } else { vec![] })
    }
}

//! What became of the rows of an extract: the class of its outcome, and how many months later it came.

use super::Origin;
use super::csv_file::{Row, Sheet};
use super::events::{Block, Dictionary, Fate, Followed};
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
    met: Vec<Fate>,
    dated: bool,
    last: Option<Month>,
    unmapped: u64,
    example: Option<String>,
    before_the_report: u64,
}

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
        // An extract leaves the outcome of what is still going on empty.
        let class = if read_value::says_nothing(words) { OutcomeClass::Open } else { OutcomeClass::of(words) };
        if class == OutcomeClass::NotMapped {
            self.unmapped += 1;
            self.example.get_or_insert_with(|| words.to_owned());
        }
        let mut dated = None;
        if let Some(column) = c.outcome_date {
            self.dated = true;
            let said = read_value::month(row.get(column));
            if let Said::Unreadable = said {
                sheet.bad_value(row, column, "a date or month such as 2024-02-17 or 2024-02", problems);
                return Err("a date of an outcome that cannot be read");
            }
            let at = said.value().and_then(|day| Month::new(chrono::Datelike::year(&day), chrono::Datelike::month(&day)));
            self.last = self.last.max(at);
            let after = at.filter(|_| class.is_an_end()).map(|at| at.index() - month.index());
            self.before_the_report += u64::from(after.is_some_and(|n| n < 0));
            dated = after.and_then(|n| Some((class, u16::try_from(n).ok()?)));
        }
        self.last = self.last.max(Some(month));
        let fate = Fate { dated, last: class, seen_after: 0 };
        let at = self.met.iter().position(|f| *f == fate).unwrap_or_else(|| {
            self.met.push(fate);
            self.met.len() - 1
        });
        Ok(Some(at as u32))
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
        let Some(last) = self.last.max(covers.map(|p| p.last)) else { return (vec![], vec![]) };
        let mut fates = Dictionary::new();
        for block in blocks.iter_mut() {
            for row in 0..block.fate.len() {
                let after = block.month_of(row).and_then(|m| u16::try_from(last.index() - m.index()).ok()).unwrap_or(0);
                let Some(fate) = self.met.get(block.fate[row] as usize) else { continue };
                let open = (self.dated && fate.last == OutcomeClass::Open).then_some((OutcomeClass::Open, after));
                let id = fates.id(Fate { dated: fate.dated.or(open), seen_after: after, ..*fate });
                block.fate[row] = id;
            }
        }
        let mut months: Vec<Month> = blocks.iter().flat_map(|b| (0..b.fate.len()).filter_map(|row| b.month_of(row))).collect();
        months.sort_unstable();
        months.dedup();
        let followed = |month: Month| Followed { force: None, month, months: u16::try_from(last.index() - month.index()).ok() };
        (fates.list, if self.dated { months.into_iter().map(followed).collect() } else { vec![] })
    }
}

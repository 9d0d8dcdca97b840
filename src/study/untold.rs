//! Counts that a source does not tell: kept back by whoever published them, or left out. None of them is zero.

use std::collections::BTreeSet;

use super::dataset::{Dataset, Select};
use super::placing::{CodeFate, Placing};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, NONE};
use crate::units::{Bounds, Month, Period};

/// A cell of a table of counts that says no number.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Cell {
    /// The area; `None` where it is not known.
    area: Option<u32>,
    /// Position of the month.
    month: u32,
    /// Position of the category, as the source writes it.
    category: u32,
    bounds: Bounds,
    suppressed: bool,
}

impl Cell {
    /// A count of which the source says nothing.
    pub fn not_known(area: u32, month: u32, category: u32) -> Self {
        Cell { area: Some(area), month, category, bounds: Bounds::default(), suppressed: false }
    }

    /// Events without a month: they may lie in any.
    fn undated(area: Option<u32>) -> Self {
        Cell { area, month: 0, category: 0, bounds: Bounds::default(), suppressed: false }
    }

    /// Position of the month, where the area is known.
    pub fn month_of_area(&self) -> Option<usize> {
        self.area.map(|_| self.month as usize)
    }
}

/// What is not told of a count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Untold {
    /// How many cells of it say no number.
    pub cells: usize,
    /// Between what they lie together, where the source says so of each.
    pub bounds: Bounds,
    /// Whether whoever published it keeps any of them back; otherwise nobody says.
    pub suppressed: bool,
}

/// How many counts a source keeps back.
pub(super) fn tell_kept_back(events: &Events, source: &str, problems: &mut Problems) {
    let n = events.not_told.iter().filter(|c| c.suppressed).count();
    if n > 0 {
        problems.warn_said(Code::D217, Place::file(format!("source `{source}`")), said::counts_kept_back(n));
    }
}

/// Tells of months before or after all others of which a table has rows and no number: the study would end before them in silence.
pub(super) fn tell_outside(events: &Events, period: Period, source: &str, problems: &mut Problems) {
    let months = events.not_told.iter().filter_map(|c| Month::from_index(i32::from(c.month)));
    let outside: BTreeSet<Month> = months.filter(|m| *m < period.first || *m > period.last).collect();
    if outside.is_empty() {
        return;
    }
    let labels: Vec<String> = outside.iter().take(3).map(|m| m.label()).collect();
    let more = if outside.len() > 3 { format!(" and {} more", outside.len() - 3) } else { String::new() };
    let said = said::months_without_numbers(&(labels.join(", ") + &more));
    problems.warn_said(Code::D206, Place::file(format!("source `{source}`")), said);
}

/// The cells that lie in the study, with those of a split area in each of its parts.
pub(super) fn cells(events: &Events, placing: &Placing, period: Period) -> Vec<Cell> {
    if events.not_told.is_empty() {
        return vec![];
    }
    let (fates, points) = (placing.codes(events), placing.points(events));
    let mut cells = Vec::new();
    for cell in &events.not_told {
        let month = i32::from(cell.month) - period.first.index();
        if !(0..period.len() as i32).contains(&month) {
            continue;
        }
        let by_point = points.get(cell.point as usize).copied().filter(|a| *a != NONE);
        let areas: Vec<Option<u32>> = match fates.get(cell.code as usize) {
            Some(CodeFate::Area(area)) => vec![Some(*area)],
            Some(CodeFate::Split(parts)) => parts.iter().map(|p| Some(*p)).collect(),
            Some(CodeFate::Within) => vec![None],
            Some(CodeFate::Elsewhere) => vec![],
            // Nothing knows the code: the point decides, where there is one.
            Some(CodeFate::Unknown) => by_point.map(Some).into_iter().collect(),
            None => vec![by_point],
        };
        cells.extend(areas.into_iter().map(|area| Cell {
            area,
            month: month as u32,
            category: u32::from(cell.category),
            bounds: cell.bounds,
            suppressed: cell.suppressed,
        }));
    }
    cells
}

fn together<'c>(cells: impl Iterator<Item = &'c Cell>) -> Option<Untold> {
    cells.fold(None, |sum: Option<Untold>, cell| {
        Some(match sum {
            None => Untold { cells: 1, bounds: cell.bounds, suppressed: cell.suppressed },
            Some(sum) => {
                Untold { cells: sum.cells + 1, bounds: sum.bounds.plus(cell.bounds), suppressed: sum.suppressed || cell.suppressed }
            }
        })
    })
}

impl Dataset {
    /// Every cell that says no number: its area (`None` where that is not known), the position of its month, and its category as the source writes it.
    pub fn not_told(&self) -> impl Iterator<Item = (Option<u32>, u32, u32)> + '_ {
        self.untold.iter().map(|c| (c.area, c.month, c.category))
    }

    fn untold_of<'d>(&'d self, select: &Select) -> impl Iterator<Item = &'d Cell> + use<'d> {
        let categories = self.raw_of(&select.categories);
        let (all, period) = (select.categories.is_empty(), select.period.unwrap_or(self.period));
        let [first, last] = [period.first, period.last].map(|m| i64::from(m.index() - self.period.first.index()));
        self.untold.iter().filter(move |c| (all || categories.contains(&c.category)) && (first..=last).contains(&i64::from(c.month)))
    }

    /// For each area, and last for events without a known area, what is not told of a selection.
    pub fn untold_by_area(&self, select: &Select) -> Vec<Option<Untold>> {
        // An area of which many rows have no month has no count in any.
        let undated: Vec<Cell> = self.too_many_undated(select).into_iter().map(|area| Cell::undated(Some(area))).collect();
        let cells: Vec<&Cell> = self.untold_of(select).chain(&undated).collect();
        let of = |area: Option<u32>| together(cells.iter().copied().filter(|c| c.area == area));
        (0..self.areas as u32).map(Some).chain([None]).map(of).collect()
    }

    /// For each shown category what is not told of a selection.
    pub fn untold_by_category(&self, select: &Select) -> Vec<Option<Untold>> {
        let cells: Vec<&Cell> = self.untold_of(select).collect();
        let undated = Cell::undated(None);
        let of = |(shown, raw): (u32, &Vec<u32>)| {
            let without = self.is_too_often_undated(&Select { categories: vec![shown], ..select.clone() }).then_some(&undated);
            together(cells.iter().copied().filter(|c| raw.contains(&c.category)).chain(without))
        };
        (0..).zip(&self.raw_of_shown).map(of).collect()
    }

    /// Positions of the months in which something of a selection is not told.
    pub(super) fn untold_months(&self, select: &Select) -> Vec<usize> {
        self.untold_of(select).map(|c| c.month as usize).collect()
    }

    /// What is not told of a selection as a whole.
    pub fn untold(&self, select: &Select) -> Option<Untold> {
        let undated = Cell::undated(None);
        together(self.untold_of(select).chain(self.is_too_often_undated(select).then_some(&undated)))
    }
}

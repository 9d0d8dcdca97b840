//! Residents by age, ethnic group and the like, a row for each band: parts of everybody, of which none is everybody.
//!
//! A column in which the rows of one area, sex and year differ parts them. Where it is one of the classifications that people are counted by, its bands
//! are added, or the total among them is used; any other column is asked about.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::all_of_them::is_all_of_them;
use super::csv_file::{Row, Sheet};
use super::gathered::PopulationRow;
use super::population_form::LongForm;
use super::within_groups::one_takes_in_another;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::AreaCode;

/// Headings of columns that number or describe rows and part nobody.
const OF_NOBODY: [&str; 7] = ["fid", "id", "objectid", "urn", "record_offset", "record_count", "notes"];
/// Words of headings of what people are counted by.
const CLASSIFICATIONS: [&str; 22] = [
    "age",
    "ages",
    "categories",
    "ethnic",
    "ethnicity",
    "religion",
    "disability",
    "disabled",
    "orientation",
    "identity",
    "birth",
    "marital",
    "partnership",
    "language",
    "health",
    "nationality",
    "passports",
    "qualification",
    "economic",
    "occupation",
    "band",
    "group",
];

/// A total of bands may differ from their sum by so many people: tables of one census are perturbed cell by cell.
const DIFFERS_BY: f64 = 10.0;
const DIFFERS_FROM: f64 = 0.02;

/// The area, the group and the year that a row counts.
type Whole = (AreaCode, String, Option<u16>);

/// The rows of a table with one column of numbers, until it is known whether they are bands.
pub(super) struct Bands {
    columns: Vec<Column>,
    rows: Vec<(Whole, Option<f64>)>,
    /// What each row has in each of the columns, one after another.
    cells: Vec<u32>,
}

/// A column in which rows may differ.
struct Column {
    at: usize,
    heading: String,
    values: FxHashMap<String, u32>,
}

impl Bands {
    pub fn new(sheet: &Sheet, long: &LongForm, code: usize, year: Option<usize>) -> Self {
        let passed_over = |i: usize, lower: &str| {
            i == code || Some(i) == year || long.reads(i) || lower.starts_with("obs_") || OF_NOBODY.contains(&lower) || lower.is_empty()
        };
        let free = sheet.headings.iter().enumerate().filter(|(i, h)| !passed_over(*i, &h.to_lowercase()));
        let columns = free.map(|(at, h)| Column { at, heading: h.clone(), values: FxHashMap::default() }).collect();
        Self { columns, rows: vec![], cells: vec![] }
    }

    /// Keeps a row; `None` of persons where it says no number.
    pub fn see(&mut self, row: &Row, whole: Whole, persons: Option<f64>) {
        for column in &mut self.columns {
            let text = row.get(column.at);
            let next = column.values.len() as u32;
            let id = match column.values.get(text) {
                Some(id) => *id,
                None => *column.values.entry(text.to_owned()).or_insert(next),
            };
            self.cells.push(id);
        }
        self.rows.push((whole, persons));
    }

    /// Residents by area, group and year: of bands the total, else their sum.
    pub fn settle(self, source: usize, file: &str, problems: &mut Problems) -> Vec<PopulationRow> {
        let parting = self.parting();
        let row = |(whole, persons): &(Whole, Option<f64>)| {
            let (code, group, year) = whole.clone();
            persons.map(|persons| PopulationRow { source, code, group, year, persons })
        };
        if parting.is_empty() {
            return self.rows.iter().filter_map(row).collect();
        }
        let named = |columns: &[usize]| columns.iter().map(|c| self.columns[*c].heading.as_str()).collect::<Vec<_>>().join(", ");
        let place = || Place::line(file, 1).at(format!("column {}", self.columns[parting[0]].heading));
        let strange: Vec<usize> = parting.iter().copied().filter(|c| !self.parts_people(*c, &parting)).collect();
        if !strange.is_empty() {
            let what = format!("the rows of one area differ under {}: which of them counts its residents is not told", named(&strange));
            let next = "Keep one row for each area: that of the year, measure or group that holds everybody. Parts of everybody are added up where their column is called by what they are, such as `Age`.";
            problems.error(Code::D207, place(), what, next);
            return vec![];
        }
        let words: Vec<Vec<bool>> = self.columns.iter().map(Column::totals).collect();
        let takes_in =
            |c: &&usize| one_takes_in_another(self.columns[**c].values.keys().map(String::as_str).filter(|v| !is_all_of_them(v)));
        let overlapping = parting.iter().find(takes_in);
        let mut by_whole: BTreeMap<&Whole, BTreeMap<Vec<u32>, Option<f64>>> = BTreeMap::new();
        let mut contrary: BTreeSet<AreaCode> = BTreeSet::new();
        for (i, (whole, persons)) in self.rows.iter().enumerate() {
            let band: Vec<u32> = parting.iter().map(|c| self.cell(i, *c)).collect();
            let first = by_whole.entry(whole).or_default().entry(band).or_insert(*persons);
            if first != persons {
                contrary.insert(whole.0);
            }
        }
        let expected: Option<BTreeSet<&Vec<u32>>> = by_whole.values().next().map(|b| b.keys().collect());
        let uneven = by_whole.iter().find(|(_, bands)| expected.as_ref().is_some_and(|e| bands.keys().collect::<BTreeSet<_>>() != *e));
        if let Some(code) = contrary.first().copied().or(uneven.map(|(whole, _)| whole.0)) {
            let what = format!("the bands under {} are not the same in each area, each once: {code} has others", named(&parting));
            let next = "Give each area one row for each band, with 0 where nobody is in it, or a table with one row for each area.";
            problems.error(Code::D207, place(), what, next);
            return vec![];
        }
        // A name and its code part the rows together: a band is a total where each classification says so in any of its columns.
        let alike: Vec<Vec<usize>> =
            parting.iter().map(|a| (0..parting.len()).filter(|j| self.is_same_parting(*a, parting[*j])).collect()).collect();
        let is_total = |band: &[u32]| parting.iter().zip(band).map(|(c, id)| words[*c][*id as usize]).collect::<Vec<bool>>();
        let (mut settled, mut apart, mut by_total) = (Vec::new(), None, false);
        for (whole, bands) in &by_whole {
            let everybody = |band: &[u32]| {
                let says = is_total(band);
                alike.iter().all(|columns| columns.iter().any(|c| says[*c]))
            };
            let mut totals = bands.iter().filter(|(band, _)| everybody(band)).map(|(_, n)| *n);
            let total = totals.next();
            let mut parts = bands.iter().filter(|(band, _)| !is_total(band).contains(&true)).map(|(_, n)| *n).peekable();
            // Rows that are totals of one classification by another, and nothing else, count nobody.
            if total.is_none() && parts.peek().is_none() || totals.any(|other| Some(other) != total) {
                apart.get_or_insert(whole.0);
                continue;
            }
            let parts: Option<f64> = parts.sum();
            let persons = total.unwrap_or(parts);
            by_total |= total.is_some();
            if let (None, Some(column)) = (total, overlapping) {
                let what =
                    format!("bands under {} take in one another: added up, they count somebody twice", self.columns[*column].heading);
                let next = "Keep one row for each area, that of everybody, or bands that lie beside one another.";
                problems.error(Code::D207, place(), what, next);
                return vec![];
            }
            if let (Some(_), Some(all), Some(parts), None) = (total, persons, parts.filter(|p| *p > 0.0), overlapping)
                && (all - parts).abs() > DIFFERS_BY.max(DIFFERS_FROM * all.max(parts))
            {
                apart.get_or_insert(whole.0);
            }
            settled.extend(row(&((*whole).clone(), persons)));
        }
        if let Some(code) = apart {
            let what = format!("the total of {code} is not the sum of its bands under {}", named(&parting));
            let next = "Keep only the rows of the total: bands may be missing, or take in one another.";
            problems.error(Code::D207, place(), what, next);
            return vec![];
        }
        let how = if by_total { "the rows of the total are used" } else { "its bands are added up" };
        let next = "Nothing has to be done. Compare the residents of one area with its page on Nomis.";
        problems.warn(Code::D207, place(), format!("residents stand by {}: {how}", named(&parting)), next);
        settled
    }

    fn cell(&self, row: usize, column: usize) -> u32 {
        self.cells[row * self.columns.len() + column]
    }

    /// The columns in which rows of one area, group and year differ.
    fn parting(&self) -> Vec<usize> {
        let mut first: FxHashMap<&Whole, usize> = FxHashMap::default();
        let mut differs = vec![false; self.columns.len()];
        for (i, (whole, _)) in self.rows.iter().enumerate() {
            let begin = *first.entry(whole).or_insert(i);
            if begin != i {
                differs.iter_mut().enumerate().for_each(|(c, d)| *d |= self.cell(begin, c) != self.cell(i, c));
            }
        }
        (0..differs.len()).filter(|c| differs[*c]).collect()
    }

    /// Whether a column holds bands of people, by its heading or as the code or order of another that does.
    fn parts_people(&self, column: usize, parting: &[usize]) -> bool {
        let says = |c: usize| {
            let lower = self.columns[c].heading.to_lowercase();
            let mut words = lower.split(|l: char| !l.is_alphanumeric());
            words.any(|w| CLASSIFICATIONS.contains(&w)) && !["year", "date", "period", "measure"].iter().any(|w| lower.contains(w))
        };
        says(column) || parting.iter().any(|other| says(*other) && self.is_same_parting(column, *other))
    }

    /// Whether two columns part the rows alike, as a name and its code do.
    fn is_same_parting(&self, a: usize, b: usize) -> bool {
        let mut pairs: FxHashMap<u32, u32> = FxHashMap::default();
        let (one, other) = (self.columns[a].values.len(), self.columns[b].values.len());
        one == other && (0..self.rows.len()).all(|i| *pairs.entry(self.cell(i, a)).or_insert(self.cell(i, b)) == self.cell(i, b))
    }
}

impl Column {
    /// For each of its values, whether it is a word for everybody.
    fn totals(&self) -> Vec<bool> {
        let mut words = vec![false; self.values.len()];
        self.values.iter().for_each(|(text, id)| words[*id as usize] = is_all_of_them(text));
        words
    }
}

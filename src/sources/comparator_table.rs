use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::comparator_checks::{can_be, rate_can_be, standardised, years_are_their_months};
use super::csv_file::{CsvFile, Row, Sheet};
use super::gathered::{ComparatorRow, ComparatorTable, Gathered, Tally};
use super::months_of_headings::{WRITE_BOTH_MONTHS, YEAR_OR_MONTH, is_year_and_next};
use super::read_value::{Said, count, month, number, quantity};
use super::table_form::is_table;
use super::whole_people::has_dot_of_thousands;
use super::{Origin, Source, place_beside_secrecy};
use crate::diagnostics::{Code, Problems};
use crate::units::{BesideRole, Estimate, Month, Period};
use crate::vocabulary::sounds_confidential;

/// The settings of a `comparator-table` source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ComparatorTableSettings {
    /// Headings, where they are others.
    pub columns: ComparatorColumns,
}

/// Headings of a table of comparators.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ComparatorColumns {
    /// Name of the area.
    pub area: String,
    /// What it is: `similar`, `neighbour`, `region` or `country`.
    pub role: String,
    /// The category, as the study's own source writes it.
    pub category: String,
    /// First month.
    pub from: String,
    /// Last month; empty for a single month.
    pub to: String,
    /// How many.
    pub count: String,
    /// How many people.
    pub population: String,
    /// The rate, where there is no count.
    pub rate: String,
    /// Its lower limit at 95%, as published.
    pub lower: String,
    /// Its upper limit at 95%, as published.
    pub upper: String,
    /// For so many people the rate is.
    pub per: String,
    /// The kind of source that it was counted from: `police-uk-street`.
    pub definition: String,
    /// Who the people are: `all`, or a group such as `female`; empty for all.
    pub people: String,
    /// What a rate is standardised by, or `crude`; empty beside a count.
    pub standardised: String,
}

impl Default for ComparatorColumns {
    fn default() -> Self {
        let names = [
            "area",
            "role",
            "category",
            "from",
            "to",
            "count",
            "population",
            "rate",
            "lower",
            "upper",
            "per",
            "definition",
            "people",
            "standardised",
        ];
        let [area, role, category, from, to, count, population, rate, lower, upper, per, definition, people, standardised] =
            names.map(str::to_owned);
        Self { area, role, category, from, to, count, population, rate, lower, upper, per, definition, people, standardised }
    }
}

/// Where the columns stand.
struct Columns {
    area: usize,
    role: usize,
    category: usize,
    from: usize,
    to: Option<usize>,
    count: Option<usize>,
    population: Option<usize>,
    rate: Option<usize>,
    lower: Option<usize>,
    upper: Option<usize>,
    per: Option<usize>,
    definition: Option<usize>,
    people: Option<usize>,
    standardised: Option<usize>,
}

impl Source for ComparatorTableSettings {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "rates");
        let mut rows: Vec<ComparatorRow> = Vec::new();
        let mut told = BTreeSet::new();
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let Some(columns) = self.columns_of(&file.sheet, problems) else { continue };
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                match read_row(sheet, row, &columns, problems) {
                    Ok(new) if !told.insert(new.key()) => {
                        let next = "Keep the one that holds.";
                        problems.error(Code::D215, sheet.place(row.line, columns.area), "a rate stands twice", next);
                        tally.set_aside("a rate that stands twice", 1);
                    }
                    Ok(new) => {
                        if new.count.is_none() && new.rate.is_none() {
                            tally.note("of which nobody tells a rate", 1);
                        }
                        rows.push(new);
                    }
                    Err(why) => tally.set_aside(why, 1),
                }
            });
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
            years_are_their_months(&path, &rows, problems);
        }
        gathered.comparators.push(ComparatorTable { source: origin.id, rows });
        gathered.tallies.push(tally);
    }
}

impl ComparatorTableSettings {
    fn columns_of(&self, sheet: &Sheet, problems: &mut Problems) -> Option<Columns> {
        let c = &self.columns;
        let [area, role, category, from] = sheet.require([c.area.as_str(), &c.role, &c.category, &c.from], problems)?;
        let find = |name: &String| sheet.find(name);
        let columns = Columns {
            area,
            role,
            category,
            from,
            to: find(&c.to),
            count: find(&c.count),
            population: find(&c.population),
            rate: find(&c.rate),
            lower: find(&c.lower),
            upper: find(&c.upper),
            per: find(&c.per),
            definition: find(&c.definition),
            people: find(&c.people),
            standardised: find(&c.standardised),
        };
        let counted = columns.count.is_some() && columns.population.is_some();
        let rated = [columns.rate, columns.lower, columns.upper, columns.per].iter().all(Option::is_some);
        if !counted && !rated {
            sheet.missing(if columns.count.is_none() { &c.count } else { &c.population }, problems);
            return None;
        }
        Some(columns)
    }
}

/// One row, or why it is set aside.
fn read_row(sheet: &Sheet, row: &Row, c: &Columns, problems: &mut Problems) -> Result<ComparatorRow, &'static str> {
    if row.get(c.area).is_empty() {
        sheet.bad_value(row, c.area, "the name of an area", problems);
        return Err("an area without a name");
    }
    if [row.get(c.area), row.get(c.category)].iter().any(|t| place_beside_secrecy(t, &[]).is_some() || sounds_confidential(t).is_some()) {
        let next = "Compare whole areas: a service whose place is kept back is no area.";
        let told = "a name that sounds like a service whose place is kept back, and may tell where it is";
        problems.error(Code::S301, sheet.place(row.line, c.area), told, next);
        return Err("of a name that may tell a place");
    }
    let Some(role) = BesideRole::parse(row.get(c.role)) else {
        sheet.bad_value(row, c.role, "similar, neighbour, region or country", problems);
        return Err("an area of which it is not told what it is");
    };
    let period = months(sheet, row, c, problems)?;
    let mut amount = |column: Option<usize>, read: fn(&str) -> Said<f64>| -> Result<Option<f64>, &'static str> {
        let Some(at) = column else { return Ok(None) };
        match read(row.get(at)) {
            // A number that is kept back stays unknown, and is never none.
            Said::Suppressed(_) | Said::Missing | Said::NotApplicable => Ok(None),
            said => match said.value().filter(|x| x.is_finite() && *x >= 0.0) {
                Some(x) => Ok(Some(x)),
                None => {
                    sheet.bad_value(row, at, "a number that is not below 0", problems);
                    Err("a number that cannot be read")
                }
            },
        }
    };
    if c.population.is_some_and(|at| has_dot_of_thousands(row.get(at))) {
        sheet.bad_value(row, c.population.unwrap_or(c.area), "a number of people without a dot for thousands", problems);
        return Err("a number that cannot be read");
    }
    let people = amount(c.population, quantity)?.filter(|p| *p > 0.0);
    let [value, lower, upper, per] =
        [amount(c.rate, number)?, amount(c.lower, number)?, amount(c.upper, number)?, amount(c.per, quantity)?];
    let counted = match c.count.map(|at| (at, count(row.get(at)))) {
        None | Some((_, Said::Suppressed(_) | Said::Missing | Said::NotApplicable)) => None,
        Some((at, said)) => match said.value().and_then(|n| u64::try_from(n).ok()) {
            Some(n) => Some(n),
            None => {
                sheet.bad_value(row, at, "a whole number", problems);
                return Err("a number that cannot be read");
            }
        },
    };
    if row.get_if(c.rate).contains('%') && per.is_some_and(|per| per != 100.0) {
        let next = "Write the rate without the sign: 0.79% is 7.9 per 1,000.";
        problems.error(Code::R104, sheet.place(row.line, c.rate.unwrap_or(c.area)), "a percentage, and `per` is not 100", next);
        return Err("a rate that cannot be");
    }
    if !rate_can_be(sheet, row, c.area, ([value, lower, upper], per), problems) {
        return Err("a rate that cannot be");
    }
    if counted.is_some() && people.is_none() && value.is_none() {
        let next = "Write how many people live there, or the rate with its limits.";
        problems.error(Code::R104, sheet.place(row.line, c.population.unwrap_or(c.area)), "a count without the people that it is of", next);
        return Err("a count without people");
    }
    let per = per.filter(|p| *p > 0.0);
    let limits = lower.zip(upper).filter(|(l, u)| l <= u);
    let rate = value.zip(limits).zip(per).filter(|((v, (l, u)), _)| (l..=u).contains(&v));
    let read = ComparatorRow {
        area: row.get(c.area).to_owned(),
        role,
        category: row.get(c.category).to_owned(),
        period,
        count: counted.zip(people),
        rate: rate.map(|((value, (lower, upper)), per)| (Estimate { value, lower, upper, level: 0.95 }, per)),
        definition: row.get_if(c.definition).to_owned(),
        people: row.get_if(c.people).to_owned(),
        standardised: standardised(row.get_if(c.standardised)),
    };
    if can_be(sheet, row, (c.area, c.standardised), &read, problems) { Ok(read) } else { Err("a rate that cannot be") }
}

fn months(sheet: &Sheet, row: &Row, c: &Columns, problems: &mut Problems) -> Result<Period, &'static str> {
    let month_at = |column: usize| month(row.get(column)).value().and_then(|d| Month::parse(&d.format("%Y-%m").to_string()));
    let Some(first) = month_at(c.from) else {
        let next = "Write the first month that the rate is of, such as 2025-01, and the last in the column for it.";
        problems.error(Code::R104, sheet.place(row.line, c.from), "a rate without a month that can be read", next);
        return Err("without a month that can be read");
    };
    let Some(to) = c.to.filter(|to| !row.get(*to).is_empty()) else {
        if is_year_and_next(row.get(c.from).trim()) {
            problems.error(Code::R104, sheet.place(row.line, c.from), YEAR_OR_MONTH, WRITE_BOTH_MONTHS);
            return Err("without a month that can be read");
        }
        return Ok(Period { first, last: first });
    };
    match month_at(to).filter(|m| *m >= first) {
        Some(last) => Ok(Period { first, last }),
        None => {
            sheet.bad_value(row, to, "a month such as 2025-03, not before the first", problems);
            Err("without a month that can be read")
        }
    }
}

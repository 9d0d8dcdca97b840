use schemars::JsonSchema;
use serde::Deserialize;

use super::csv_file::{CsvFile, Row, Sheet};
use super::gathered::{Gathered, MeasureRow, MeasureTable, Tally};
use super::indicator_values::look_at_values;
use super::measures::{Measure, measure, measures};
use super::merged_cells::MergedCells;
use super::months_of_headings::{WRITE_BOTH_MONTHS, YEAR_OR_MONTH, is_year_and_next};
use super::read_value::{Said, count, month, number, quantity};
use super::table_form::is_table;
use super::whole_people::has_dot_of_thousands;
use super::{Origin, Source, place_beside_secrecy};
use crate::diagnostics::{Code, Problems, nearest, quote};
use crate::units::{Cell, Month, Period, Standing};
use crate::vocabulary::sounds_confidential;

/// The settings of an `indicator-table` source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct IndicatorTable {
    /// Indicators that the engine does not know: what is counted, out of what, and what a rise means.
    pub define: Vec<Measure>,
    /// Headings, where they are others.
    pub columns: IndicatorColumns,
}

/// Headings of a table of indicators.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct IndicatorColumns {
    /// Id of the indicator: `gapmap explain indicators` lists them.
    pub indicator: String,
    /// Code or name of the area; empty for the partnership.
    pub area: String,
    /// First month.
    pub from: String,
    /// Last month; empty for a single month.
    pub to: String,
    /// What groups are told apart by: age, sex.
    pub dimension: String,
    /// The group; empty for everybody.
    pub group: String,
    /// How many.
    pub numerator: String,
    /// Out of how many.
    pub denominator: String,
    /// The value, where there are no counts.
    pub value: String,
    /// Its lower limit at 95%, as published.
    pub lower: String,
    /// Its upper limit at 95%, as published.
    pub upper: String,
    /// How many people were asked.
    pub n: String,
    /// `final`, `provisional` or `revised`.
    pub state: String,
}

impl Default for IndicatorColumns {
    fn default() -> Self {
        let names =
            ["indicator", "area", "from", "to", "dimension", "group", "numerator", "denominator", "value", "lower", "upper", "n", "state"];
        let [indicator, area, from, to, dimension, group, numerator, denominator, value, lower, upper, n, state] = names.map(str::to_owned);
        Self { indicator, area, from, to, dimension, group, numerator, denominator, value, lower, upper, n, state }
    }
}

/// Where the columns stand.
struct Columns {
    indicator: usize,
    from: usize,
    to: Option<usize>,
    area: Option<usize>,
    dimension: Option<usize>,
    group: Option<usize>,
    numerator: Option<usize>,
    denominator: Option<usize>,
    value: Option<usize>,
    lower: Option<usize>,
    upper: Option<usize>,
    n: Option<usize>,
    state: Option<usize>,
}

impl Source for IndicatorTable {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "values");
        let mut rows: Vec<MeasureRow> = Vec::new();
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let Some(columns) = self.columns_of(&file.sheet, problems) else { continue };
            let mut merged = MergedCells::new([Some(columns.indicator), columns.area].into_iter().flatten());
            let (mut first, mut named, mut below) = (true, false, None);
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                merged.see(row);
                // An empty area is the partnership's, unless it goes on with the one above.
                if let Some(area) = columns.area.map(|area| row.get(area)) {
                    named |= std::mem::take(&mut first) && !area.is_empty();
                    below = below.or((named && area.is_empty()).then_some(row.line));
                }
                match self.row(sheet, row, &columns, problems) {
                    Ok(new) if rows.iter().any(|r| r.is_of_the_same(&new)) => {
                        let next = "Keep the one that holds; say `revised` of it where it replaces another.";
                        problems.error(Code::D215, sheet.place(row.line, columns.indicator), "a value stands twice", next);
                        tally.set_aside("a value that stands twice", 1);
                    }
                    Ok(new) => rows.push(new),
                    Err(why) => tally.set_aside(why, 1),
                }
            });
            if let (false, Some(line), Some(area)) = (merged.tell(&file.sheet, "", problems), below, columns.area) {
                let what = "the area is empty below a row that names one: nobody can say whether it goes on or is the partnership's";
                problems.error(
                    Code::R104,
                    file.sheet.place(line, area),
                    what,
                    "Write the area in every row; for the partnership its name.",
                );
            }
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
        }
        look_at_values(origin, &rows, problems);
        gathered.measures.push(MeasureTable { source: origin.id, define: self.define.clone(), rows });
        gathered.tallies.push(tally);
    }
}

impl IndicatorTable {
    fn columns_of(&self, sheet: &Sheet, problems: &mut Problems) -> Option<Columns> {
        let c = &self.columns;
        let [indicator, from] = sheet.require([c.indicator.as_str(), &c.from], problems)?;
        let find = |name: &String| sheet.find(name);
        let columns = Columns {
            indicator,
            from,
            to: find(&c.to),
            area: find(&c.area),
            dimension: find(&c.dimension),
            group: find(&c.group),
            numerator: find(&c.numerator),
            denominator: find(&c.denominator),
            value: find(&c.value),
            lower: find(&c.lower),
            upper: find(&c.upper),
            n: find(&c.n),
            state: find(&c.state),
        };
        if columns.numerator.is_none() && columns.value.is_none() {
            sheet.missing(&c.numerator, problems);
            return None;
        }
        Some(columns)
    }

    fn named(&self, id: &str) -> Option<&Measure> {
        self.define.iter().find(|m| m.id.eq_ignore_ascii_case(id)).or_else(|| measure(id))
    }

    /// One row, or why it is set aside.
    fn row(&self, sheet: &Sheet, row: &Row, c: &Columns, problems: &mut Problems) -> Result<MeasureRow, &'static str> {
        let written = row.get(c.indicator);
        let Some(found) = self.named(written) else {
            let known = measures().iter().chain(&self.define).map(|m| m.id.as_str());
            let near = nearest(written, known).map_or(String::new(), |n| format!("The nearest is `{n}`. "));
            let next =
                format!("{near}`gapmap explain indicator-list` lists those of the engine; `define` in the plan adds one of your own.");
            let told = format!("{} is no indicator", quote(written, sheet.origin.sensitivity));
            problems.error(Code::R104, sheet.place(row.line, c.indicator), told, &next);
            return Err("an indicator that does not exist");
        };
        let (first, last) = months(sheet, row, c, problems)?;
        let mut bad = |column: usize, what: &str| sheet.bad_value(row, column, what, problems);
        // A wave that is kept back is a wave: without it an earlier one would be the latest.
        let kept_back = std::cell::Cell::new(false);
        let counted = |column: Option<usize>, bad: &mut dyn FnMut(usize, &str)| -> Result<Option<u64>, &'static str> {
            let Some(at) = column else { return Ok(None) };
            match count(row.get(at)) {
                Said::Suppressed(_) => {
                    kept_back.set(true);
                    Ok(None)
                }
                Said::Missing | Said::NotApplicable => Ok(None),
                said => match said.value().and_then(|n| u64::try_from(n).ok()) {
                    Some(n) => Ok(Some(n)),
                    None => {
                        bad(at, "a whole number");
                        Err("a number that cannot be read")
                    }
                },
            }
        };
        let (numerator, n) = (counted(c.numerator, &mut bad)?, counted(c.n, &mut bad)?);
        let mut amount = |column: Option<usize>, read: fn(&str) -> Said<f64>| -> Result<Option<f64>, &'static str> {
            let Some(at) = column else { return Ok(None) };
            match read(row.get(at)) {
                Said::Suppressed(_) => {
                    kept_back.set(true);
                    Ok(None)
                }
                Said::Missing | Said::NotApplicable => Ok(None),
                said => match said.value().filter(|x| x.is_finite()) {
                    Some(x) => Ok(Some(x)),
                    None => {
                        bad(at, "a number");
                        Err("a number that cannot be read")
                    }
                },
            }
        };
        // `101.286` may be 101,286, and nobody can tell from one row.
        if let Some(at) = c.denominator.filter(|at| has_dot_of_thousands(row.get(*at))) {
            sheet.bad_value(row, at, "a number without a dot for thousands", problems);
            return Err("a number that cannot be read");
        }
        let denominator = amount(c.denominator, quantity)?.filter(|d| *d > 0.0);
        let (value, lower, upper) = (amount(c.value, number)?, amount(c.lower, number)?, amount(c.upper, number)?);
        let nothing = match (numerator.is_none() && value.is_none(), kept_back.get()) {
            (_, true) => Cell::Withheld,
            (true, false) => Cell::Missing,
            (false, false) => Cell::NotApplicable,
        };
        let (numerator, denominator, value) =
            if nothing == Cell::NotApplicable { (numerator, denominator, value) } else { (None, None, None) };
        if denominator.zip(numerator).is_some_and(|(d, n)| found.is_share() && n as f64 > d) {
            bad(c.numerator.unwrap_or(0), "a part that is no more than its whole");
            return Err("a part that is more than its whole");
        }
        let Some(state) = standing(row.get_if(c.state)) else {
            bad(c.state.unwrap_or(0), "final, provisional or revised");
            return Err("of a state that cannot be read");
        };
        tells_no_place(sheet, row, c, problems)?;
        Ok(MeasureRow {
            measure: found.clone(),
            area: row.get_if(c.area).to_owned(),
            period: Period { first, last },
            dimension: row.get_if(c.dimension).to_owned(),
            group: row.get_if(c.group).to_owned(),
            numerator,
            denominator,
            value,
            limits: lower.zip(upper).filter(|_| value.is_some()),
            n,
            state,
            nothing,
            percent_sign: row.get_if(c.value).contains('%'),
        })
    }
}

/// Whether a value may still change, as a table writes it.
fn standing(said: &str) -> Option<Standing> {
    Some(match said.to_lowercase().as_str() {
        "" | "final" => Standing::Final,
        "provisional" | "p" | "[p]" => Standing::Provisional,
        "revised" | "r" | "[r]" => Standing::Revised,
        _ => return None,
    })
}

/// Refuses names of areas and groups that may tell where a service is whose place is kept back.
fn tells_no_place(sheet: &Sheet, row: &Row, c: &Columns, problems: &mut Problems) -> Result<(), &'static str> {
    if let Some(name) = [c.area, c.group].into_iter().flatten().find(|name| names_a_secret_place(row.get(*name))) {
        let next = "Name what the value is of without a place: `women in refuge`. What is no name is written in small letters.";
        let told = "a name that sounds like a service whose place is kept back, and may tell where it is";
        problems.error(Code::S301, sheet.place(row.line, name), told, next);
        return Err("of a name that may tell a place");
    }
    Ok(())
}

/// Whether a name of an area or a group speaks of a refuge or the like, and has a name of its own in it, or words that tell a place.
fn names_a_secret_place(text: &str) -> bool {
    let named = || text.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
    place_beside_secrecy(text, &[]).is_some() || sounds_confidential(text).is_some() && named()
}

impl Measure {
    /// Whether it is a part of a whole.
    pub fn is_share(&self) -> bool {
        self.kind == super::measures::MeasureKind::Share
    }
}

/// The first and the last month of a row.
fn months(sheet: &Sheet, row: &Row, c: &Columns, problems: &mut Problems) -> Result<(Month, Month), &'static str> {
    const NONE: &str = "without a month that can be read";
    let month_at = |column: usize| month(row.get(column)).value().and_then(|d| Month::parse(&d.format("%Y-%m").to_string()));
    let Some(first) = month_at(c.from) else {
        sheet.bad_day(row, c.from, "a month such as 2025-03", problems);
        return Err(NONE);
    };
    let Some(to) = c.to.filter(|to| !row.get(*to).is_empty()) else {
        if is_year_and_next(row.get(c.from).trim()) {
            problems.error(Code::R104, sheet.place(row.line, c.from), YEAR_OR_MONTH, WRITE_BOTH_MONTHS);
            return Err(NONE);
        }
        return Ok((first, first));
    };
    match month_at(to).filter(|m| *m >= first) {
        Some(last) => Ok((first, last)),
        None => {
            sheet.bad_value(row, to, "a month such as 2025-03, not before the first", problems);
            Err(NONE)
        }
    }
}

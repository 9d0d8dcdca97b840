//! A small table of printed figures: one row each, with the columns `figure`, `what`, `period`, and where wanted `from`, `area`, `source`.

use super::figure::{Figure, Printed, months};

/// Why a row is no figure: its line, its column, and what is expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableFault {
    /// The line, from 1.
    pub line: u64,
    /// The column.
    pub column: &'static str,
    /// What is expected there.
    pub expected: &'static str,
}

/// Figures of a CSV table, or every row that is none.
///
/// ```
/// use gapmap::reconcile::figures_of;
///
/// let figures = figures_of("figure,what,period,area\n\"6,000\",violence,2023,Bexley\n").unwrap();
/// assert_eq!(figures[0].printed.value, 6000.0);
/// assert_eq!(figures_of("Figure;What;Period\n6000;violence;2023\n").unwrap()[0].what, "violence");
/// assert_eq!(figures_of("figure,what,period\nmany,violence,2023\n").unwrap_err()[0].column, "figure");
/// ```
pub fn figures_of(text: &str) -> Result<Vec<Figure>, Vec<TableFault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Spreadsheets of other tongues, and copied cells, part fields by other signs.
    let head = text.lines().next().unwrap_or("");
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let fault = |line: u64, column, expected| TableFault { line, column, expected };
    let Ok(headings) = reader.headers().cloned() else { return Err(vec![fault(1, "figure", "a heading")]) };
    let find = |name: &str| headings.iter().position(|h| h.eq_ignore_ascii_case(name));
    let (Some(figure), Some(what), Some(period)) = (find("figure"), find("what"), find("period")) else {
        let missing = ["figure", "what", "period"].into_iter().filter(|n| find(n).is_none());
        return Err(missing.map(|column| fault(1, column, "a column of that heading")).collect());
    };
    let (from, area, source) = (find("from"), find("area"), find("source"));
    let (mut figures, mut faults) = (Vec::new(), Vec::new());
    for (i, row) in reader.records().enumerate() {
        let Ok(row) = row else {
            faults.push(fault(i as u64 + 2, "figure", "text in UTF-8"));
            continue;
        };
        let line = row.position().map_or(i as u64 + 2, csv::Position::line);
        let text = |column: Option<usize>| column.and_then(|c| row.get(c)).unwrap_or("").to_owned();
        match Figure::of(&text(Some(figure)), &text(Some(what)), &text(Some(period)), &text(from), &text(area), &text(source)) {
            Ok(figure) => figures.push(figure),
            Err((column, expected)) => faults.push(fault(line, column, expected)),
        }
    }
    if faults.is_empty() { Ok(figures) } else { Err(faults) }
}

impl Figure {
    /// From texts; the column that cannot be read, and what is expected there, where one cannot.
    pub fn of(figure: &str, what: &str, period: &str, from: &str, area: &str, source: &str) -> Result<Self, (&'static str, &'static str)> {
        const MONTHS: &str = "months, such as 2023, 2023/24, 2023-04 or 2023-04..2024-03";
        let printed = Printed::parse(figure).ok_or(("figure", "a count such as 6,000, or a change such as -47%"))?;
        if what.trim().is_empty() {
            return Err(("what", "a category, such as burglary"));
        }
        let period = months(period).ok_or(("period", MONTHS))?;
        let from = match (from.trim(), printed.is_change) {
            ("", false) => None,
            ("", true) => return Err(("from", "the months that the change begins from, such as 2019")),
            (_, false) => return Err(("from", "nothing for a count: it belongs to a change such as -47%")),
            (text, true) => Some(months(text).ok_or(("from", MONTHS))?),
        };
        Ok(Self { printed, what: what.trim().into(), period, from, area: area.trim().into(), source: source.trim().into() })
    }
}

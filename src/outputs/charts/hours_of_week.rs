//! The week hour by hour: a row for each day, a cell for each hour, darker where more people can come. The table beside it has the numbers.

use crate::model::{Body, Finding, Findings, Row, Table};
use crate::outputs::figure::{Figure, key_place, label};
use crate::outputs::svg::Anchor;
use crate::outputs::theme::{FILL_PATTERNS, INK, LETTERS, MARGIN, SEQUENTIAL, WIDTH, text_width};
use crate::units::{Cell, thousands};

const ROW: f64 = 30.0;
const LABEL_WIDTH: f64 = 110.0;
const DAYS: usize = 7;
const HOURS: usize = 24;

/// A table of the days of a week by the hours of a day.
fn week(finding: &Finding) -> Option<&Table> {
    match &finding.body {
        Body::Table(t) if t.rows.len() == DAYS && t.columns.len() == HOURS && t.columns.iter().all(|c| c.ends_with(":00")) => Some(t),
        _ => None,
    }
}

pub fn fits(finding: &Finding) -> bool {
    week(finding).is_some_and(|t| t.rows.iter().all(|r| r.cells.len() == HOURS))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Some(table) = week(finding) else { return Default::default() };
    let cells = || table.rows.iter().flat_map(|r| &r.cells);
    let most = cells().filter_map(|c| c.known()).max().unwrap_or(0);
    let mut figure = Figure::new(findings, finding, &finding.headline);
    figure.svg.raw(FILL_PATTERNS);
    let (mut x, mut y) = (MARGIN, figure.top + 12.0);
    let mut keys: Vec<(&str, String)> = vec![("#FFFFFF", "none".into())];
    if most > 0 {
        keys.extend((0..5).map(|k| (SEQUENTIAL[k], format!("up to {}", thousands(most * (k as u64 + 1) / 5)))));
    }
    if cells().any(|c| matches!(c, Cell::Missing)) {
        keys.push(("url(#missing)", "not known".into()));
    }
    for (fill, words) in keys {
        (x, y) = key_place((x, y), 31.0 + text_width(&words, LETTERS, false));
        figure.svg.rect(x, y - 11.0, 24.0, 15.0, fill, "#6F6F6F");
        figure.svg.text(x + 31.0, y + 1.0, &words, label(INK, Anchor::Start));
        x += 31.0 + text_width(&words, LETTERS, false) + 22.0;
    }
    let left = MARGIN + LABEL_WIDTH;
    let width = (WIDTH - MARGIN - left) / HOURS as f64;
    y += 34.0;
    for hour in (0..HOURS).step_by(3) {
        figure.svg.text(left + width * hour as f64, y, &format!("{hour:02}:00"), label(INK, Anchor::Start));
    }
    y += 8.0;
    for row in &table.rows {
        figure.svg.text(left - 12.0, y + ROW / 2.0 + 4.0, &row.label, label(INK, Anchor::End));
        for (hour, cell) in row.cells.iter().enumerate() {
            let fill = match cell {
                Cell::Known(0) => "#FFFFFF",
                Cell::Known(n) => SEQUENTIAL[((n * 5).div_ceil(most.max(1)).max(1) as usize - 1).min(4)],
                Cell::Withheld => "url(#withheld)",
                Cell::Missing | Cell::NotApplicable => "url(#missing)",
            };
            figure.svg.rect(left + width * hour as f64, y + 2.0, width - 2.0, ROW - 4.0, fill, "#6F6F6F");
        }
        y += ROW;
    }
    let rows: Vec<String> = table.rows.iter().map(told).collect();
    let alt = format!("Grid of the week by hours. {}. {}.", finding.subtitle, rows.join("; "));
    figure.finish(findings, finding, y + 4.0, alt)
}

/// A day in words: runs of hours with the same number.
fn told(row: &Row) -> String {
    let mut runs: Vec<(usize, usize, &Cell<u64>)> = Vec::new();
    for (hour, cell) in row.cells.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if run.2 == cell => run.1 = hour + 1,
            _ => runs.push((hour, hour + 1, cell)),
        }
    }
    let said = |(from, to, cell): &(usize, usize, &Cell<u64>)| {
        let n = match cell {
            Cell::Known(0) => "none".to_owned(),
            Cell::Known(n) => thousands(*n),
            Cell::Withheld => "withheld".to_owned(),
            Cell::Missing | Cell::NotApplicable => "not known".to_owned(),
        };
        format!("{from:02}:00 to {to:02}:00 {n}")
    };
    format!("{}: {}", row.label, runs.iter().map(said).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_in_runs_of_hours() {
        let mut cells = vec![Cell::Known(0); HOURS];
        cells[9..17].fill(Cell::Known(1_200));
        cells[23] = Cell::Missing;
        let row = Row { code: None, label: "Monday".into(), cells };
        assert_eq!(told(&row), "Monday: 00:00 to 09:00 none, 09:00 to 17:00 1,200, 17:00 to 23:00 none, 23:00 to 24:00 not known");
    }
}

//! The week as a grid: days by three hours of the clock, darker where there is more, every number in its cell.

use crate::model::{Body, DayRow, Finding, Findings, WeekClock};
use crate::outputs::figure::{Figure, key_place, label};
use crate::outputs::svg::{Anchor, TextStyle};
use crate::outputs::theme::{FILL_PATTERNS, GREY_INK, INK, LETTERS, MARGIN, SEQUENTIAL, WIDTH, text_width};
use crate::units::Cell;
use crate::units::{decimal, thousands};

const ROW: f64 = 40.0;
const LABEL_WIDTH: f64 = 160.0;

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::WeekClock(b) if b.days.iter().any(|d| !d.weekdays.is_empty()))
}

/// The class of a value, 0 to 4, by fifths of the largest.
fn class(value: f64, most: f64) -> usize {
    ((value * 5.0 / most.max(1e-9)).ceil().max(1.0) as usize - 1).min(4)
}

/// Events of one of the days of a row: rows of several days and of one are shaded alike.
fn per_day(day: &DayRow, n: u64) -> f64 {
    n as f64 / day.weekdays.len().max(1) as f64
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::WeekClock(body) = &finding.body else { return Default::default() };
    let values = body.days.iter().flat_map(|d| d.cells.iter().filter_map(move |c| Some(per_day(d, c.known()?))));
    let most = values.fold(0.0, f64::max);
    let several = body.days.iter().any(|d| d.weekdays.len() > 1);
    let mut figure = Figure::new(findings, finding, &finding.headline);
    figure.svg.raw(FILL_PATTERNS);
    let (mut x, mut y) = (MARGIN, figure.top + 12.0);
    let bound = |k: usize| decimal(most * k as f64 / 5.0, usize::from(most < 50.0));
    let mut keys: Vec<(&str, String)> = (0..5).map(|k| (SEQUENTIAL[k], format!("up to {}", bound(k + 1)))).collect();
    // Rows of several days and of one are shaded alike, and each cell prints all of its row: the legend says which is which.
    let heading =
        if several { format!("shade: {} on a day of the row; number: all its days.", body.unit) } else { format!("{}:", body.unit) };
    figure.svg.text(x, y + 1.0, &heading, label(INK, Anchor::Start));
    x += text_width(&heading, LETTERS, false) + 14.0;
    if body.days.iter().flat_map(|d| &d.cells).any(|c| *c == Cell::Withheld) {
        keys.push(("url(#withheld)", "withheld".into()));
    }
    for (fill, words) in keys {
        (x, y) = key_place((x, y), 31.0 + text_width(&words, LETTERS, false));
        figure.svg.rect(x, y - 11.0, 24.0, 15.0, fill, "#6F6F6F");
        figure.svg.text(x + 31.0, y + 1.0, &words, label(INK, Anchor::Start));
        x += 31.0 + text_width(&words, LETTERS, false) + 22.0;
    }
    let left = MARGIN + LABEL_WIDTH;
    let width = (WIDTH - MARGIN - left) / body.bands.len() as f64;
    y += 34.0;
    for (i, band) in body.bands.iter().enumerate() {
        let hours: Vec<&str> = band.split(" to ").map(|t| t.get(..2).unwrap_or(t)).collect();
        let words = format!("{} h", hours.join("–"));
        figure.svg.text(
            left + width * i as f64 + 6.0,
            y,
            &words,
            TextStyle { size: LETTERS, bold: true, fill: INK, anchor: Anchor::Start },
        );
    }
    y += 10.0;
    for day in &body.days {
        figure.svg.text(left - 12.0, y + ROW / 2.0 + 4.0, &day.label, label(INK, Anchor::End));
        for (i, cell) in day.cells.iter().enumerate() {
            let at = left + width * i as f64;
            let (fill, ink, words) = match cell {
                Cell::Known(0) => ("#FFFFFF", GREY_INK, "0".to_owned()),
                Cell::Known(n) => {
                    let class = class(per_day(day, *n), most);
                    (SEQUENTIAL[class], if class >= 3 { "#FFFFFF" } else { INK }, thousands(*n))
                }
                Cell::Withheld => ("url(#withheld)", INK, String::new()),
                _ => ("url(#missing)", INK, String::new()),
            };
            figure.svg.rect(at, y + 2.0, width - 4.0, ROW - 4.0, fill, "#6F6F6F");
            figure.svg.text(at + 10.0, y + ROW / 2.0 + 5.0, &words, label(ink, Anchor::Start));
        }
        y += ROW;
    }
    let alt = alt_text(finding, body);
    figure.finish(findings, finding, y + 4.0, alt)
}

fn alt_text(finding: &Finding, body: &WeekClock) -> String {
    let shown = |c: &Cell<u64>| c.known().map_or("withheld".to_owned(), thousands);
    let rows: Vec<String> =
        body.days.iter().map(|d| format!("{}: {}", d.label, d.cells.iter().map(shown).collect::<Vec<_>>().join(", "))).collect();
    format!("Grid of the week. {}. Columns: {}. {}.", finding.subtitle, body.bands.join(", "), rows.join("; "))
}

#[cfg(test)]
mod tests {
    use super::class;

    #[test]
    fn classes_are_fifths_of_the_largest() {
        assert_eq!([1.0, 20.0, 20.5, 99.0, 100.0].map(|n| class(n, 100.0)), [0, 0, 1, 4, 4]);
        assert_eq!(class(3.0, 3.0), 4);
    }
}

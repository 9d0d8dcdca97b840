//! Persistence: was an area among the highest tenth in each of several years?

use super::kit::{CONTEXT, FULL, INK, NAVY, QUIET, SIZE, Sheet, WITHHELD};
use crate::outputs::svg::{Anchor, TextStyle};
use crate::outputs::theme::{text_width, wrap};
use crate::units::{Cell, counted};

/// One area.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::outputs) struct Persistent {
    /// Its name.
    pub name: String,
    /// For each year, whether it was among the highest tenth; a year without one is not known.
    pub top: Vec<Cell<bool>>,
}

const LEFT: f64 = 214.0;
const BOX: f64 = 18.0;

/// A strip, 688 px wide: a row for each area, a box for each year, full where it was among the highest tenth; beside it how many years it was. `years`
/// names the columns: `2023`, `year to Mar 2024`. Nothing without rows or years.
pub(in crate::outputs) fn persistence(years: &[&str], rows: &[Persistent]) -> Option<(String, String)> {
    if years.is_empty() || rows.is_empty() {
        return None;
    }
    let wide = ((FULL - LEFT - 150.0) / years.len() as f64).min(96.0);
    let middle = |k: usize| LEFT + wide * (k as f64 + 0.5);
    let lines: Vec<Vec<String>> = years.iter().map(|y| wrap(y, SIZE, false, wide - 14.0)).collect();
    let most = lines.iter().map(Vec::len).max().unwrap_or(1);
    let mut sheet = Sheet::default();
    for (k, lines) in lines.iter().enumerate() {
        for (i, line) in lines.iter().enumerate() {
            sheet.text((middle(k), 12.0 + 15.0 * (most - lines.len() + i) as f64), line, QUIET, Anchor::Middle);
        }
    }
    let mut y = 15.0 * most as f64 + 6.0;
    let at = |row: &Persistent, k: usize| row.top.get(k).copied().unwrap_or(Cell::Missing);
    let mut alt = Vec::new();
    for row in rows {
        sheet.svg.line((0.0, y), (FULL, y), CONTEXT, 1.0, "");
        let name = wrap(&row.name, SIZE, false, LEFT - 12.0);
        let height = (name.len() as f64 * 15.0 + 9.0).max(BOX + 8.0);
        for (i, line) in name.iter().enumerate() {
            sheet.text((0.0, y + 17.0 + 15.0 * i as f64), line, INK, Anchor::Start);
        }
        let states: Vec<Cell<bool>> = (0..years.len()).map(|k| at(row, k)).collect();
        for (k, state) in states.iter().enumerate() {
            mark(&mut sheet, (middle(k), y + height / 2.0), *state);
        }
        let words = told(&states);
        let all = states.iter().all(|s| *s == Cell::Known(true));
        let style = TextStyle { size: SIZE, bold: all, fill: INK, anchor: Anchor::Start };
        sheet.styled((LEFT + wide * years.len() as f64 + 16.0, y + height / 2.0 + 4.0), &words, style);
        alt.push(format!("{}: {words}", row.name));
        y += height;
    }
    sheet.svg.line((0.0, y), (FULL, y), CONTEXT, 1.0, "");
    legend(&mut sheet, rows, years.len(), y + 18.0);
    let alt_text = format!("Whether areas were in the highest tenth, {}. {}.", years.join(", "), alt.join("; "));
    Some(sheet.finish(FULL, y + 32.0, alt_text))
}

/// `3 of 3 years`; of years that are withheld or not known, how many those are.
fn told(states: &[Cell<bool>]) -> String {
    let count = |of: Cell<bool>| states.iter().filter(|s| **s == of).count();
    let (yes, known) = (count(Cell::Known(true)), count(Cell::Known(true)) + count(Cell::Known(false)));
    let open: Vec<String> = [(count(Cell::Withheld), "withheld"), (count(Cell::Missing), "not known")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| if known == 0 { word.to_owned() } else { format!("{n} {word}") })
        .collect();
    let years = (known > 0).then(|| format!("{yes} of {}", counted(known, "year", "years")));
    years.into_iter().chain(open).collect::<Vec<_>>().join(", ")
}

/// Full, empty, hatched or a question mark.
fn mark(sheet: &mut Sheet, (x, y): (f64, f64), state: Cell<bool>) {
    let (left, top) = (x - BOX / 2.0, y - BOX / 2.0);
    match state {
        Cell::Known(true) => sheet.svg.rect(left, top, BOX, BOX, NAVY, NAVY),
        Cell::Known(false) => sheet.svg.rect(left, top, BOX, BOX, "#FFFFFF", QUIET),
        Cell::Withheld => sheet.svg.rect(left, top, BOX, BOX, WITHHELD, QUIET),
        Cell::Missing => {
            sheet.svg.rect(left, top, BOX, BOX, "#D9D9D9", "none");
            sheet.text((x, y + 4.3), "?", QUIET, Anchor::Middle);
        }
        Cell::NotApplicable => {}
    }
}

/// The marks that occur, in one row.
fn legend(sheet: &mut Sheet, rows: &[Persistent], years: usize, y: f64) {
    let all = [
        (Cell::Known(true), "in the highest tenth"),
        (Cell::Known(false), "not in it"),
        (Cell::Withheld, "withheld"),
        (Cell::Missing, "not known"),
    ];
    let mut x = BOX / 2.0;
    for (state, words) in all {
        let occurs = rows.iter().any(|r| (0..years).any(|k| r.top.get(k).copied().unwrap_or(Cell::Missing) == state));
        if occurs {
            mark(sheet, (x, y), state);
            sheet.text((x + BOX, y + 4.0), words, INK, Anchor::Start);
            x += BOX + text_width(words, SIZE, false) + 34.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_that_is_not_known_is_no_year_outside_the_highest_tenth() {
        let row = |name: &str, top: &[Cell<bool>]| Persistent { name: name.into(), top: top.to_vec() };
        let rows = [
            row("Always", &[Cell::Known(true); 3]),
            row("Hidden", &[Cell::Known(true), Cell::Withheld, Cell::Known(false)]),
            row("Short", &[Cell::Known(true)]),
            row("Nothing", &[]),
        ];
        let (svg, alt) = persistence(&["2023", "2024", "2025"], &rows).unwrap();
        for said in ["Always: 3 of 3 years", "Hidden: 1 of 2 years, 1 withheld", "Short: 1 of 1 year, 2 not known", "Nothing: not known"] {
            assert!(alt.contains(said), "{said}: {alt}");
        }
        let boxes = |fill: &str| svg.matches(&format!("height=\"18\" fill=\"{fill}")).count();
        assert_eq!((boxes(NAVY), boxes("#FFFFFF"), boxes("url(#withheld"), boxes("#D9D9D9")), (5 + 1, 1 + 1, 1 + 1, 5 + 1));
        assert_eq!((persistence(&[], &rows), persistence(&["2023"], &[])), (None, None));
    }
}

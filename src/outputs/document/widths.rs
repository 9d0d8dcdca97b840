//! How the columns of a table share its width.

use super::tree::{Cell, words};

/// Letters that a row of a table has room for, on paper.
const ROOM: f64 = 118.0;
/// Texts of so many letters stay on one line: two lines of `not known` in every row make a table half as long again.
const ONE_LINE: f64 = 12.0;

/// What each column of a table gets of its width, in letters: its longest word at least, short texts and half of a heading whole where there is room for
/// all of them, and of what is left as its texts are long.
pub(in crate::outputs) fn widths(headings: &[String], rows: &[Vec<Cell>]) -> Vec<f64> {
    let roomy = columns(headings, rows, true);
    let all: f64 = roomy.iter().map(|c| c.0).sum();
    shared(&if all <= 0.8 * ROOM { roomy } else { columns(headings, rows, false) })
}

/// The least that each column needs, and what it would like.
fn columns(headings: &[String], rows: &[Vec<Cell>], whole: bool) -> Vec<(f64, f64)> {
    let longest = |text: &str| text.split([' ', '-']).map(|w| w.chars().count()).max().unwrap_or(0).min(22) as f64;
    let column = |(i, heading): (usize, &String)| {
        let (mut all, mut most, mut word) = (0.0_f64, 0.0_f64, longest(heading) * 1.1);
        for cell in rows.iter().filter_map(|r| r.get(i)) {
            let (letters, longest, bold) = match cell {
                Cell::Text(text) => (words(text).chars().count() as f64, longest(&words(text)), text.iter().any(|r| r.bold)),
                Cell::Picture { .. } => (18.0, 18.0, false),
            };
            all += letters;
            most = most.max(letters);
            word = word.max(if bold { longest * 1.12 } else { longest });
        }
        let mean = all / rows.len().max(1) as f64;
        // Between the middle and the longest: one long cell may take two lines.
        // A long heading over short numbers takes three lines, and not seven.
        let heading = heading.chars().count() as f64 * 1.1;
        if whole {
            word = word.max(if most <= ONE_LINE { most + 1.0 } else { 0.0 }).max((heading / 2.0).min(ONE_LINE));
        }
        (word + 2.6, ((mean + most) / 2.0).max(heading / 3.0) + 2.0)
    };
    headings.iter().enumerate().map(column).collect()
}

/// The room of a row, shared between columns.
fn shared(columns: &[(f64, f64)]) -> Vec<f64> {
    let left = (ROOM - columns.iter().map(|c| c.0).sum::<f64>()).max(0.0);
    let wanted = |c: &(f64, f64)| (c.1 - c.0).max(0.0);
    let all_wanted = columns.iter().map(wanted).sum::<f64>();
    let share = |c: &(f64, f64)| if all_wanted > 0.0 { wanted(c) / all_wanted } else { 1.0 / columns.len() as f64 };
    columns.iter().map(|c| c.0 + left * share(c)).collect()
}

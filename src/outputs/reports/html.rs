//! Pieces of HTML: figures, tables, the ledger. Everything from data is escaped.

use std::fmt::Write;

use super::slim::Looks;
use crate::model::{Finding, Findings, ReleasedLine};
use crate::outputs::Picture;
use crate::outputs::figures::cropped;
use crate::outputs::maps::shapes;
use crate::outputs::svg::escape;
use crate::outputs::tables::{Value, on_page};
use crate::outputs::textures::textures;
use crate::outputs::theme::FILL_PATTERNS;
use crate::units::{Cell, counted, thousands};

/// From the last words of the head of a drawing to its plot, in pixels: marks of legends reach up beside their words.
const BELOW_HEAD: f64 = 12.0;

/// What the drawings of a page share: shapes of areas and patterns, each once, and the looks of their parts.
pub struct Shared {
    looks: Looks,
    /// How many drawings there are: ids are unique on a page.
    drawn: usize,
    shapes: Option<String>,
}

impl Shared {
    pub fn new(findings: &Findings) -> Self {
        Self { looks: Looks::default(), drawn: 0, shapes: shapes(&findings.outlines).map(|s| s.0) }
    }

    /// Shapes and patterns, unseen: drawings of the page refer to them.
    pub fn drawing(&self) -> String {
        let shapes = self.shapes.as_deref().unwrap_or_default();
        let patterns = FILL_PATTERNS.trim_start_matches("<defs>").trim_end_matches("</defs>");
        format!(
            "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\" class=\"shared\"><defs>{patterns}{}{shapes}</defs></svg>",
            textures()
        )
    }

    /// Rules of style for the drawings.
    pub fn rules(&self) -> &str {
        self.looks.rules()
    }

    /// A picture inline with its text alternative, without what the text beside it says.
    pub fn figure(&mut self, picture: &Picture) -> String {
        let svg = if picture.on_page.is_empty() { &picture.svg } else { &picture.on_page };
        let svg = cropped(svg, BELOW_HEAD).unwrap_or_else(|| svg.clone()).replace(FILL_PATTERNS, "");
        let svg = svg.replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1);
        self.drawn += 1;
        let svg = svg
            .replace("\"clip", &format!("\"clip{}-", self.drawn))
            .replace("url(#clip", &format!("url(#clip{}-", self.drawn))
            .replace("\"#clip", &format!("\"#clip{}-", self.drawn));
        format!("<figure><div class=\"scroll\" tabindex=\"0\">{}</div></figure>", self.looks.slim(&svg))
    }
}

/// A picture inline as it is in its file: for a template that shares nothing between drawings. Its pattern ids get the number of the picture: ids are
/// unique on a page.
pub fn figure(picture: &Picture, number: usize) -> String {
    let svg = picture.svg.replace("<pattern id=\"", &format!("<pattern id=\"p{number}-")).replace("url(#", &format!("url(#p{number}-"));
    format!("<figure>{svg}</figure>")
}

/// Of a table with more rows than these the page shows the first [`FIRST_ROWS`] and its last ones that are of no single area.
const MOST_ROWS: usize = 600;
const FIRST_ROWS: usize = 200;
/// A table with more rows than these is not printed with the page.
const MOST_ON_PAPER: usize = 60;
/// So many letters stand beside one another on A4, in the size in which tables are printed; and so many are as wide as the space between two columns.
const LETTERS_ON_PAPER: usize = 125;
const BETWEEN_COLUMNS: usize = 3;

/// The table of a finding, folded away under its picture; `file` holds all of it. Of one that has no row to show here the way to it.
pub fn table(finding: &Finding, file: &str) -> String {
    let (view, shortened) = on_page(finding);
    let numeric: Vec<bool> =
        (0..view.headings.len()).map(|c| view.rows.iter().any(|r| matches!(r.get(c), Some(Value::Count(_) | Value::Number(..))))).collect();
    let of_no_area = |row: &&Vec<Value>| row.first().is_some_and(|v| v.shown().is_empty());
    let all = view.rows.len();
    if all == 0 {
        return format!("<p class=\"quiet table\">The table: <a href=\"{0}\">{0}</a>.</p>", escape(file));
    }
    let rows: Vec<&Vec<Value>> = if all > MOST_ROWS {
        view.rows.iter().take(FIRST_ROWS).chain(view.rows.iter().skip(FIRST_ROWS).filter(of_no_area)).collect()
    } else {
        view.rows.iter().collect()
    };
    let unprinted = unprinted(&view.headings, &rows, all);
    let columns: String = numeric.iter().enumerate().filter(|(_, n)| **n).map(|(i, _)| format!(" n{}", i + 1)).collect();
    let mut out = format!(
        "<details{}><summary>The table: {}</summary><div class=\"scroll\" tabindex=\"0\"><table class=\"t{columns}\"><caption>{}</caption><thead><tr>",
        if unprinted.is_some() { " class=\"long\"" } else { "" },
        counted(all, "row", "rows"),
        escape(&finding.subtitle)
    );
    for heading in &view.headings {
        let _ = write!(out, "<th scope=\"col\">{}", escape(heading));
    }
    // Ends of rows and cells are where the next begins.
    out.push_str("<tbody>");
    let mut nothing = false;
    for row in &rows {
        out.push_str("<tr>");
        for value in row.iter() {
            let shown = value.shown();
            nothing |= matches!(value, Value::Nothing(_));
            let _ = write!(out, "<td>{}", escape(&shown));
        }
    }
    out.push_str("</table></div>");
    let mut notes = Vec::new();
    if rows.len() < all {
        notes.push(format!("The first {} of {} are shown.", thousands(FIRST_ROWS as u64), counted(all, "row", "rows")));
    }
    if shortened || rows.len() < all {
        notes.push(format!("All rows and columns: <a href=\"{0}\">{0}</a>.", escape(file)));
    }
    if nothing {
        notes.push("[c] withheld so that nobody can be recognised; [x] missing; [z] not applicable.".to_owned());
    }
    if !notes.is_empty() {
        let _ = write!(out, "<p class=\"quiet\">{}</p>", notes.join(" "));
    }
    out.push_str("</details>");
    if let Some(size) = unprinted {
        let _ = write!(out, "<p class=\"paper quiet\">The table of {size} is not printed: {}.</p>", escape(file));
    }
    out
}

/// What is too much of a table for paper, where anything is: a browser makes the whole page smaller for a table that is wider than it.
fn unprinted(headings: &[String], rows: &[&Vec<Value>], all: usize) -> Option<String> {
    let longest = |text: &str| text.split_whitespace().map(|w| w.chars().count()).max().unwrap_or(0);
    let cells = |c: usize| rows.iter().filter_map(|r| r.get(c)).map(|v| longest(&v.shown())).max().unwrap_or(0);
    let letters: usize = headings.iter().enumerate().map(|(c, h)| longest(h).max(cells(c)) + BETWEEN_COLUMNS).sum();
    match () {
        () if all > MOST_ON_PAPER => Some(counted(all, "row", "rows")),
        () if letters > LETTERS_ON_PAPER => Some(counted(headings.len(), "column", "columns")),
        () => None,
    }
}

/// The ledger.
pub fn ledger(lines: &[ReleasedLine]) -> String {
    let mut out = String::from(
        "<div class=\"scroll\" tabindex=\"0\"><table><caption>Rows by source</caption><thead><tr><th scope=\"col\">Source</th><th scope=\"col\" class=\"n\">Read</th><th scope=\"col\" class=\"n\">Kept</th><th scope=\"col\" class=\"n\">Set aside</th><th scope=\"col\">Why, and what else to know</th></tr></thead><tbody>",
    );
    for line in lines {
        let aside: Vec<Cell<u64>> = line.set_aside.values().copied().collect();
        let why = line.set_aside.iter().map(|(reason, n)| format!("{} {}", shown(*n), escape(reason)));
        let noted = line.noted.iter().map(|(fact, n)| format!("<span class=\"quiet\">{} {}</span>", shown(*n), escape(fact)));
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{} ({})</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
            escape(&line.source),
            escape(&line.unit),
            shown(line.read),
            shown(line.kept),
            shown(Cell::sum(&aside)),
            why.chain(noted).collect::<Vec<_>>().join("<br>")
        );
    }
    out.push_str("</tbody></table></div>");
    out
}

/// A count, or the shorthand of why there is none.
fn shown(count: Cell<u64>) -> String {
    count.known().map_or_else(|| count.shorthand().unwrap_or("").to_owned(), thousands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wider_or_longer_than_paper_is_not_printed() {
        let row = |cell: &str, n: usize| vec![Value::Text(cell.to_owned()); n];
        let of = |cell: &str, columns: usize, rows: usize| {
            let row = row(cell, columns);
            unprinted(&vec!["Share".to_owned(); columns], &vec![&row; rows.min(9)], rows)
        };
        assert_eq!(of("12.5", 8, 20), None);
        // Words wrap between their spaces: it is the longest that a column cannot be narrower than.
        assert_eq!(of("no clear change since", 9, 20), None);
        assert_eq!(of("12.5", 20, 20).as_deref(), Some("20 columns"));
        assert_eq!(of("12.5", 8, 152).as_deref(), Some("152 rows"));
    }
}

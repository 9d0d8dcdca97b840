//! Pieces of HTML: figures, tables, the ledger. Everything from data is escaped.

use std::fmt::Write;

use crate::model::{Finding, ReleasedLine};
use crate::outputs::Picture;
use crate::outputs::svg::escape;
use crate::outputs::tables::{Value, for_page as view};
use crate::units::Cell;
use crate::units::thousands;

/// A picture inline, with its text alternative. Its pattern ids get the number of the picture: ids are unique on a page.
pub fn figure(picture: &Picture, number: usize) -> String {
    let svg = picture.svg.replace("<pattern id=\"", &format!("<pattern id=\"p{number}-")).replace("url(#", &format!("url(#p{number}-"));
    format!("<figure>{svg}</figure>")
}

/// The table of a finding, folded away under its picture.
pub fn table(finding: &Finding) -> String {
    let view = view(finding);
    let numeric: Vec<bool> =
        (0..view.headings.len()).map(|c| view.rows.iter().any(|r| matches!(r.get(c), Some(Value::Count(_) | Value::Number(..))))).collect();
    let mut out = String::new();
    let _ = write!(
        out,
        "<details><summary>The table: {} rows</summary><div class=\"scroll\" tabindex=\"0\"><table><caption>{}</caption><thead><tr>",
        view.rows.len(),
        escape(&finding.subtitle)
    );
    for (heading, numeric) in view.headings.iter().zip(&numeric) {
        let _ = write!(out, "<th scope=\"col\"{}>{}</th>", if *numeric { " class=\"n\"" } else { "" }, escape(heading));
    }
    out.push_str("</tr></thead><tbody>");
    for row in &view.rows {
        out.push_str("<tr>");
        for (value, numeric) in row.iter().zip(&numeric) {
            let _ = write!(out, "<td{}>{}</td>", if *numeric { " class=\"n\"" } else { "" }, escape(&value.shown()));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div><p class=\"quiet\">[c] withheld so that nobody can be recognised; [x] missing; [z] not applicable.</p></details>");
    out
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

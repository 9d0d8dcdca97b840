//! Every finding as a table of text: the CSV, the spreadsheet and the report all print this one.

mod gaps;
pub(in crate::outputs) mod machine;
mod page;

pub use crate::model::shape::{TableView, Value};
pub(super) use crate::model::shape::{count, estimate, harmless, number, text};
use crate::model::{Body, Finding, Findings};
pub(super) use page::on_page;

/// The table of a finding.
pub fn table(finding: &Finding) -> TableView {
    finding.body.shape().table()
}

/// A table of the outputs' own, whose headings may hold words from data.
pub(super) fn view(headings: Vec<String>, rows: Vec<Vec<Value>>) -> TableView {
    TableView::new(headings, rows)
}

/// The table as CSV (UTF-8, comma, CRLF as RFC 4180 asks), headed by its columns; where the data, or a part of them, are invented, each row says so.
pub(super) fn csv(findings: &Findings, finding: &Finding) -> Vec<u8> {
    rows_csv(&table(finding), findings.frame.invented_mark())
}

/// A table as CSV, with a last column where there is something to note of each row.
pub(super) fn rows_csv(view: &TableView, mark: Option<String>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let heading = mark.as_ref().map(|_| "Note".to_owned());
    let mut lines = vec![view.headings.iter().cloned().chain(heading).collect::<Vec<String>>()];
    lines.extend(view.rows.iter().map(|row| row.iter().map(Value::plain).chain(mark.clone()).collect()));
    if view.rows.is_empty() && mark.is_some() {
        // A table of headings alone says that it is invented, too.
        lines.push(view.headings.iter().map(|_| "[z]".to_owned()).chain(mark).collect());
    }
    for line in lines {
        // Writing to memory cannot fail, and all rows are as long as the headings.
        let _ = writer.write_record(&line);
    }
    writer.into_inner().unwrap_or_default()
}

/// The table that a page shows: the same, but for what would be too wide to read.
pub(super) fn for_page(finding: &Finding) -> TableView {
    match &finding.body {
        Body::Gaps(body) => gaps::short(body),
        _ => table(finding),
    }
}

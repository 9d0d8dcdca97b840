//! Every finding as a table of text: the CSV, the spreadsheet and the report all print this one.

mod areas;
mod decide;
pub(in crate::outputs) mod gaps;
mod harmless;
mod indicators;
pub(in crate::outputs) mod machine;
mod outcomes;
mod page;
mod parts;
mod patterns;
mod services;
mod times;
mod value;

use crate::model::{Body, Finding, Findings};
pub(super) use harmless::harmless;
pub(super) use page::on_page;
pub(super) use times::signal;
pub use value::Value;
pub(super) use value::{count, estimate, number, text};

/// A table ready to print.
#[derive(Clone, PartialEq, Debug)]
pub struct TableView {
    /// Headings, each its own and harmless to a spreadsheet.
    pub headings: Vec<String>,
    /// Rows as long as the headings.
    pub rows: Vec<Vec<Value>>,
}

/// Headings and rows.
type View = (Vec<String>, Vec<Vec<Value>>);

/// The table of a finding.
pub fn table(finding: &Finding) -> TableView {
    let (headings, rows) = match &finding.body {
        Body::AreaRates(body) => areas::area_rates(body),
        Body::AreaCounts(body) => areas::area_counts(body),
        Body::AreaClasses(body) => areas::area_classes(body),
        Body::AreaAccess(body) => areas::area_access(body),
        Body::NeedAccess(body) => areas::need_access(body),
        Body::NeedIndex(body) => areas::need_index(body),
        Body::HotSpots(body) => patterns::hot_spots(body),
        Body::Clusters(body) => patterns::clusters(body),
        Body::Emerging(body) => patterns::emerging(body),
        Body::Gradient(body) => patterns::gradient(body),
        Body::Series(body) => times::series(body),
        Body::Interrupted(body) => times::interrupted(body),
        Body::OutcomeCohorts(body) => outcomes::cohorts(body),
        Body::OutcomeTimes(body) => outcomes::times(body),
        Body::WeekClock(body) => times::week_clock(body),
        Body::Services(body) => services::services(body),
        Body::Parity(body) => services::parity(body, finding.release.rounded_to),
        Body::Bars(body) => parts::bars(body),
        Body::Indicator(body) => indicators::indicator(body),
        Body::Shares(body) => parts::shares(body),
        Body::Waterfall(body) => parts::waterfall(body),
        Body::Siting(body) => decide::siting(body),
        Body::WhatIf(body) => decide::what_if(body),
        Body::Table(body) => parts::table(body),
        Body::Gaps(body) => gaps::whole(body),
    };
    view(headings, rows)
}

/// A table whose headings, which may hold words from data, are fit for every program.
pub(super) fn view(headings: Vec<String>, rows: Vec<Vec<Value>>) -> TableView {
    TableView { headings: harmless::headings(headings), rows }
}

/// The table as CSV (UTF-8, comma, CRLF as RFC 4180 asks), headed by its columns; where the data, or a part of them, are invented, each row says so.
pub(super) fn csv(findings: &Findings, finding: &Finding) -> Vec<u8> {
    let view = table(finding);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mark = findings.frame.invented_mark();
    let heading = mark.as_ref().map(|_| "Note".to_owned());
    let mut lines = vec![view.headings.iter().cloned().chain(heading).collect::<Vec<String>>()];
    lines.extend(view.rows.iter().map(|row| row.iter().map(Value::plain).chain(mark.clone()).collect()));
    for line in lines {
        // Writing to memory cannot fail, and all rows are as long as the headings.
        let _ = writer.write_record(&line);
    }
    writer.into_inner().unwrap_or_default()
}

/// The table that a page shows: the same, but for what would be too wide to read.
pub(super) fn for_page(finding: &Finding) -> TableView {
    match &finding.body {
        Body::Gaps(body) => {
            let (headings, rows) = gaps::short(body);
            view(headings, rows)
        }
        _ => table(finding),
    }
}

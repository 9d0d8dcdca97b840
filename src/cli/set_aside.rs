//! The list of records that were set aside, or are of no known type, to send back to whoever publishes them.

use std::path::Path;

use super::Printer;
use crate::diagnostics::{Code, Problem, Problems};
use crate::disk::put_file;

/// Name of the list, beside the plan. It is no part of a pack.
const LIST: &str = "gapmap-set-aside.csv";

/// Writes the list where there is anything to list, and takes a former one away where there is not. It holds where records stand and what is wrong
/// with them, and none of their values.
pub(super) fn write(root: &Path, problems: &Problems, printer: &Printer) {
    let path = root.join(LIST);
    let rows: Vec<&Problem> =
        problems.list().iter().filter(|p| p.set_aside.is_some() || [Code::S316, Code::S318, Code::S319].contains(&p.code)).collect();
    if rows.is_empty() {
        // Nothing to do where there was none.
        let _ = std::fs::remove_file(path);
        return;
    }
    let mut text = csv::Writer::from_writer(Vec::new());
    let mut written = text.write_record(["file", "line", "record", "code", "what"]).is_ok();
    for row in &rows {
        let line = row.place.line.map_or(String::new(), |l| l.to_string());
        let field = row.place.field.clone().unwrap_or_default();
        written &= text.write_record([&row.place.file, &line, &field, row.code.name(), &row.message]).is_ok();
    }
    let written = written && text.into_inner().is_ok_and(|bytes| put_file(&path, &bytes).is_ok());
    printer.note(&match written {
        true => format!("{} records to send back or to chase are listed in {LIST}, beside the plan.", rows.len()),
        false => format!("The list of records that were set aside could not be written to {LIST}, beside the plan."),
    });
}

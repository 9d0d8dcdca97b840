//! Tables for programs: names of columns that stay, a state beside each number, and on each row its period and source.

use super::{TableView, Value, harmless, table};
use crate::model::{Finding, Findings};

/// A column for programs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::outputs) struct Column {
    /// Its name: small letters, digits and `_`, the same from pack to pack.
    pub name: String,
    /// What is in it.
    pub holds: Holds,
    /// Whether a column beside it says of each value what it is: of numbers, and of words of which some are not there.
    pub has_state: bool,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::outputs) enum Holds {
    Text,
    Whole,
    Decimal,
}

/// A heading as a name: `Rate per 1,000 residents` is `rate_per_1_000_residents`.
fn plain(heading: &str) -> String {
    let letters: String = heading.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let name = letters.split_whitespace().collect::<Vec<_>>().join("_");
    let name: String = name.chars().take(60).collect();
    match name.as_str() {
        "" => "column".into(),
        "code" => "area_code".into(),
        "area" => "area_name".into(),
        "lower_95_limit" => "lower".into(),
        "upper_95_limit" => "upper".into(),
        _ if name.starts_with(|c: char| c.is_ascii_digit()) => format!("n_{name}"),
        _ => name,
    }
}

/// Names that every table and layer has besides its own.
const RESERVED: [&str; 10] = ["fid", "geom", "ogc_fid", "drawn_as", "finding", "period_from", "period_to", "source", "for_whom", "note"];

/// The columns of a table, each with a name of its own.
pub(in crate::outputs) fn columns(view: &TableView) -> Vec<Column> {
    let mut taken: std::collections::BTreeSet<String> = RESERVED.iter().map(|name| (*name).to_owned()).collect();
    let mut column = |at: usize, heading: &String| {
        let name = view.keys.get(at).filter(|name| !name.is_empty()).map_or_else(|| plain(heading), |name| (*name).to_owned());
        let mut own = name.clone();
        let mut n = 2;
        // A number has its state beside it: that name is its own, too.
        while taken.contains(&own) || taken.contains(&format!("{own}_state")) {
            own = format!("{name}_{n}");
            n += 1;
        }
        taken.extend([own.clone(), format!("{own}_state")]);
        let holds = holds(view, at);
        let some_are_not = view.rows.iter().any(|row| matches!(row.get(at), Some(Value::Nothing(_))));
        Column { name: own, holds, has_state: holds != Holds::Text || some_are_not }
    };
    view.headings.iter().enumerate().map(|(at, heading)| column(at, heading)).collect()
}

fn holds(view: &TableView, at: usize) -> Holds {
    let values = || view.rows.iter().filter_map(|row| row.get(at));
    match () {
        () if values().any(|v| matches!(v, Value::Text(_))) => Holds::Text,
        () if values().any(|v| matches!(v, Value::Number(..))) => Holds::Decimal,
        () => Holds::Whole,
    }
}

/// Which of the four kinds a value is, in a word.
pub(in crate::outputs) fn state(value: &Value) -> &'static str {
    match value {
        Value::Nothing("[c]") => "withheld",
        Value::Nothing("[z]") => "not_applicable",
        Value::Nothing(_) => "missing",
        _ => "known",
    }
}

/// A value as it is printed; none where there is nothing, for its state says why.
pub(in crate::outputs) fn digits(value: &Value) -> String {
    match value {
        Value::Nothing(_) => String::new(),
        value => value.plain(),
    }
}

/// The table as CSV for programs: UTF-8 with its mark, so that Excel shows names as they are, CRLF.
pub(in crate::outputs) fn csv(findings: &Findings, finding: &Finding) -> Vec<u8> {
    let view = table(finding);
    let columns = columns(&view);
    let mark = findings.frame.invented_mark();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    let mut heading: Vec<String> = Vec::new();
    for column in &columns {
        heading.push(column.name.clone());
        if column.has_state {
            heading.push(format!("{}_state", column.name));
        }
    }
    let about = ["finding", "period_from", "period_to", "source", "for_whom"].map(str::to_owned);
    let note = mark.as_ref().map(|_| "note".to_owned());
    // Writing to memory cannot fail, and all rows are as long as the headings.
    let cells = heading.len();
    let _ = writer.write_record(heading.into_iter().chain(about).chain(note));
    let same = [
        finding.id.clone(),
        finding.period.first.to_string(),
        finding.period.last.to_string(),
        finding.sources.join("; "),
        findings.policy.tier.word().to_owned(),
    ];
    let invented = mark.is_some();
    let same: Vec<String> = same.into_iter().chain(mark).map(|text| harmless(&text)).collect();
    if view.rows.is_empty() && invented {
        // A table of headings alone says that it is invented, too.
        let _ = writer.write_record(std::iter::repeat_n(String::new(), cells).chain(same.iter().cloned()));
    }
    for row in &view.rows {
        let mut line: Vec<String> = Vec::new();
        for (column, value) in columns.iter().zip(row) {
            line.push(digits(value));
            line.extend(column.has_state.then(|| state(value).to_owned()));
        }
        line.extend(same.iter().cloned());
        let _ = writer.write_record(&line);
    }
    writer.into_inner().unwrap_or_default()
}

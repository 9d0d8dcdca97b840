//! One accessible workbook: cover, contents and notes, then one table to a sheet, marked as a table, no merged or empty cells.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, Workbook, Worksheet, XlsxError};

use super::tables::{TableView, Value, harmless, table};
use crate::model::{Finding, Findings};

/// The bytes of the workbook. Its dates are fixed, so that the same findings give the same bytes.
pub(super) fn workbook(findings: &Findings) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let properties =
        DocProperties::new().set_title(cell(&findings.frame.title)).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    let names: Vec<String> = findings.findings.iter().enumerate().map(|(i, f)| sheet_name(i, f)).collect();
    cover(book.add_worksheet(), findings)?;
    contents(book.add_worksheet(), findings, &names)?;
    notes(book.add_worksheet(), findings)?;
    for (i, (finding, name)) in findings.findings.iter().zip(&names).enumerate() {
        finding_sheet(book.add_worksheet(), findings, finding, name, i)?;
    }
    book.save_to_buffer()
}

/// At most 31 characters, without those that Excel refuses, each its own by its number.
fn sheet_name(index: usize, finding: &Finding) -> String {
    let words: String = finding.id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    format!("{} {}", index + 1, words.split_whitespace().collect::<Vec<_>>().join(" "))
        .chars()
        .take(31)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// Excel reads no longer text in a cell, counted as UTF-16 does.
const LONGEST_CELL: usize = 32_767;
/// Nor a longer heading of a table.
const LONGEST_HEADING: usize = 255;

/// A text of a cell of its own, outside tables.
fn cell(text: &str) -> String {
    bounded(&harmless(text), LONGEST_CELL)
}

/// A text cut where it would be refused, with a mark that it was.
fn bounded(text: &str, longest: usize) -> String {
    if text.len() <= longest || text.encode_utf16().count() <= longest {
        return text.to_owned();
    }
    let mut units = 1;
    let fits = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= longest
    });
    fits.chain(['…']).collect()
}

fn heading() -> Format {
    Format::new().set_bold().set_font_size(15)
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

fn cover(sheet: &mut Worksheet, findings: &Findings) -> Result<(), XlsxError> {
    sheet.set_name("Cover")?.set_column_width(0, 100)?;
    sheet.write_with_format(0, 0, cell(&findings.frame.title), &heading())?;
    let tier = findings.policy.tier;
    let mut lines = vec![
        if findings.frame.draft { "DRAFT, not for release.".into() } else { format!("{}. {}", tier.label(), tier.notice()) },
        format!("{}, {}", findings.frame.area_name, findings.frame.period.label()),
        "Each table stands on a sheet of its own, from cell A1 down; the sheet Contents lists them.".into(),
        "[c] withheld so that nobody can be recognised; [x] missing; [z] not applicable. A zero is a zero.".into(),
        findings.policy.sentence(),
    ];
    for because in &findings.frame.ledger_begun_anew {
        lines.insert(
            1,
            format!("The ledger of releases was begun anew. This pack is not protected together with those from before. The reason given: {because}"),
        );
    }
    if findings.frame.invented {
        lines.insert(0, "Invented data: no such place and no such people.".into());
    }
    for source in findings.sources.iter().filter_map(|s| s.attribution.as_ref()) {
        if !lines.contains(source) {
            lines.push(source.clone());
        }
    }
    for (i, line) in lines.iter().enumerate() {
        sheet.write_with_format(i as u32 + 1, 0, cell(line), &wrapped())?;
    }
    Ok(())
}

fn contents(sheet: &mut Worksheet, findings: &Findings, names: &[String]) -> Result<(), XlsxError> {
    sheet.set_name("Contents")?;
    let view = TableView {
        headings: vec!["Sheet".into(), "What it shows".into()],
        rows: findings.findings.iter().zip(names).map(|(f, n)| vec![Value::Text(n.clone()), Value::Text(f.subtitle.clone())]).collect(),
    };
    sheet.write_with_format(0, 0, format!("Contents ({})", findings.policy.tier.label()), &heading())?;
    write_table(sheet, &view, 1, "contents")
}

fn notes(sheet: &mut Worksheet, findings: &Findings) -> Result<(), XlsxError> {
    sheet.set_name("Notes")?;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for finding in &findings.findings {
        for caveat in &finding.caveats {
            if !rows.iter().any(|r| r[1] == Value::Text(caveat.clone())) {
                rows.push(vec![Value::Text(finding.analysis.clone()), Value::Text(caveat.clone())]);
            }
        }
    }
    sheet.write_with_format(0, 0, format!("Notes ({})", findings.policy.tier.label()), &heading())?;
    write_table(sheet, &TableView { headings: vec!["Analysis".into(), "Note".into()], rows }, 1, "notes")
}

fn finding_sheet(sheet: &mut Worksheet, findings: &Findings, finding: &Finding, name: &str, index: usize) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.write_with_format(0, 0, cell(&finding.subtitle), &heading())?;
    let invented = if findings.frame.invented { " Invented data." } else { "" };
    let tier = if findings.frame.draft { "DRAFT, not for release".into() } else { findings.policy.tier.label() };
    sheet.write(1, 0, cell(&format!("{tier}. This sheet holds one table. Source: {}.{invented}", finding.sources.join(", "))))?;
    write_table(sheet, &table(finding), 2, &format!("finding_{}", index + 1))
}

/// A marked-up table with one heading row.
fn write_table(sheet: &mut Worksheet, view: &TableView, top: u32, name: &str) -> Result<(), XlsxError> {
    let columns: Vec<TableColumn> = view.headings.iter().map(|h| TableColumn::new().set_header(bounded(h, LONGEST_HEADING))).collect();
    let last_row = top + view.rows.len().max(1) as u32;
    let last_column = view.headings.len().saturating_sub(1) as u16;
    sheet.add_table(top, 0, last_row, last_column, &Table::new().set_name(name).set_columns(&columns))?;
    for (r, row) in view.rows.iter().enumerate() {
        for (c, value) in row.iter().enumerate() {
            let (r, c) = (top + 1 + r as u32, c as u16);
            match value {
                Value::Count(n) => sheet.write_with_format(r, c, *n as f64, &Format::new().set_num_format("#,##0"))?,
                Value::Number(x, decimals) => {
                    // The value itself is rounded: a hidden digit is a digit published.
                    let rounded = format!("{x:.decimals$}").parse::<f64>().unwrap_or(*x);
                    let pattern = if *decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(*decimals)) };
                    sheet.write_with_format(r, c, rounded, &Format::new().set_num_format(pattern))?
                }
                other => sheet.write_string(r, c, bounded(&other.plain(), LONGEST_CELL))?,
            };
        }
    }
    for (c, heading) in view.headings.iter().enumerate() {
        let longest =
            view.rows.iter().filter_map(|r| r.get(c)).map(|v| v.shown().chars().count()).max().unwrap_or(0).max(heading.chars().count());
        sheet.set_column_width(c as u16, (longest as f64 + 3.0).clamp(8.0, 70.0))?;
    }
    Ok(())
}

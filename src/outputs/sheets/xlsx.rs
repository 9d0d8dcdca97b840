//! The book as an Excel workbook (ISO/IEC 29500).

use std::io::{Cursor, Read};

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, TableStyle, Url, Workbook, Worksheet, XlsxError,
};

use super::{Book, COVER_LETTERS, LONGEST_CELL, LONGEST_HEADING, Line, PAGE_LETTERS, Sheet, bounded, lines_of, rounded, row_lines, widths};
use crate::model::Findings;
use crate::outputs::archive::Archive;
use crate::outputs::tables::{Value, harmless};

/// The bytes of the workbook. Its dates are fixed, so that the same findings give the same bytes.
///
/// # Errors
/// Where the workbook cannot be written: the message says why.
pub(in crate::outputs) fn xlsx(findings: &Findings) -> Result<Vec<u8>, String> {
    let bytes = written(&Book::of(findings)).map_err(|e| format!("the spreadsheet cannot be made: {e}"))?;
    in_english(&bytes)
}

/// Height of a line of text, in points; no row is taller than 409.
const LINE_PT: f64 = 15.0;
/// Pages below one another that a printed sheet may take: more than any does.
const MOST_PAGES: u16 = 1000;
/// A4, as Excel numbers sizes of paper.
const A4: u8 = 9;

/// The looks of cells.
struct Looks {
    title: Format,
    head: Format,
    line: Format,
    link: Format,
    heading: Format,
    text: Format,
    count: Format,
}

impl Looks {
    fn new() -> Self {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let navy = Color::RGB(0x12_43_6D);
        Self {
            title: Format::new().set_bold().set_font_size(15),
            head: Format::new().set_bold().set_font_size(12),
            line: wrapped.clone(),
            link: Format::new().set_align(FormatAlign::Top).set_font_color(navy).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            count: Format::new().set_num_format("#,##0").set_align(FormatAlign::Top),
            text: wrapped,
        }
    }

    fn number(decimals: usize) -> Format {
        let pattern = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) };
        Format::new().set_num_format(pattern).set_align(FormatAlign::Top)
    }
}

fn written(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_title(cell(&book.title)).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let looks = Looks::new();
    let cover = workbook.add_worksheet().set_name("Cover")?.set_column_width(0, COVER_LETTERS as f64)?;
    lines(cover, &book.cover, &looks, true)?;
    for sheet in &book.sheets {
        let page = workbook.add_worksheet().set_name(&sheet.name)?.set_landscape().set_paper_size(A4);
        lines(page, &sheet.lines, &looks, false)?;
        table(page, sheet, &looks)?;
    }
    workbook.save_to_buffer()
}

/// A text of a cell.
fn cell(text: &str) -> String {
    bounded(&harmless(text), LONGEST_CELL)
}

/// The lines of a sheet, from cell A1 down. They are wrapped where nothing but lines stands on the sheet; above a table they run on over the columns.
fn lines(sheet: &mut Worksheet, lines: &[Line], looks: &Looks, wrapped: bool) -> Result<(), XlsxError> {
    for (row, line) in (0..).zip(lines) {
        match line {
            Line::Title(text) => sheet.write_with_format(row, 0, cell(text), &looks.title)?,
            Line::Head(text) => sheet.write_with_format(row, 0, cell(text), &looks.head)?,
            Line::Text(text) if wrapped => {
                height(sheet, row, lines_of(text, COVER_LETTERS))?;
                sheet.write_with_format(row, 0, cell(text), &looks.line)?
            }
            Line::Text(text) => sheet.write(row, 0, cell(text))?,
            Line::Link { text, sheet: to } => sheet.write_url_with_format(row, 0, leading_to(to, text), &looks.link)?,
        };
    }
    Ok(())
}

fn leading_to(sheet: &str, text: &str) -> Url {
    Url::new(format!("internal:'{sheet}'!A1")).set_text(text)
}

/// Headings as a table may have them: cut, and no two alike in any case. Reasons that a survey joins in one field are the same for hundreds of letters.
fn each_its_own<'h>(headings: impl IntoIterator<Item = &'h String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let own = headings.into_iter().map(|heading| {
        let mut own = bounded(heading, LONGEST_HEADING);
        let mut n = 2;
        while !seen.insert(own.to_lowercase()) {
            let end = format!(" ({n})");
            own = bounded(heading, LONGEST_HEADING - end.len()) + &end;
            n += 1;
        }
        own
    });
    own.collect()
}

/// A table with one heading row, marked as a table, below the lines; its headings stay in view.
fn table(page: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    let view = &sheet.table;
    let top = sheet.lines.len() as u32;
    let headings = each_its_own(&view.headings);
    let columns: Vec<TableColumn> = headings.iter().map(|h| TableColumn::new().set_header(h).set_header_format(&looks.heading)).collect();
    let last_row = top + view.rows.len().max(1) as u32;
    let last_column = view.headings.len().saturating_sub(1) as u16;
    let marked = Table::new().set_name(&sheet.id).set_columns(&columns).set_style(TableStyle::Light15).set_banded_rows(false);
    page.add_table(top, 0, last_row, last_column, &marked)?;
    page.set_freeze_panes(top + 1, sheet.fixed as u16)?.set_repeat_rows(top, top)?;
    for (row, values) in (top + 1..).zip(&view.rows) {
        for (column, value) in (0..).zip(values) {
            match value {
                Value::Text(name) if sheet.leads && column == 0 => {
                    page.write_url_with_format(row, column, leading_to(name, name), &looks.link)?
                }
                Value::Count(n) => page.write_with_format(row, column, *n as f64, &looks.count)?,
                Value::Number(x, decimals) => page.write_with_format(row, column, rounded(*x, *decimals), &Looks::number(*decimals))?,
                other => page.write_string_with_format(row, column, bounded(&other.plain(), LONGEST_CELL), &looks.text)?,
            };
        }
    }
    let widths = widths(view);
    for (row, lines) in (top..).zip(row_lines(view, &widths)) {
        height(page, row, lines)?;
    }
    let pages = widths.iter().sum::<usize>().div_ceil(PAGE_LETTERS);
    page.set_print_fit_to_pages(pages.min(100) as u16, MOST_PAGES);
    for (column, width) in (0..).zip(widths) {
        page.set_column_width(column, width as f64)?;
    }
    Ok(())
}

/// The height of a row whose texts need more than one line: not every program works that out.
fn height(page: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    if lines > 1 {
        page.set_row_height(row, (lines as f64 * LINE_PT).min(409.0))?;
    }
    Ok(())
}

/// The workbook with the language of its document, which a screen reader asks for; the library has no word for it.
fn in_english(bytes: &[u8]) -> Result<Vec<u8>, String> {
    const PROPERTIES: &str = "docProps/core.xml";
    let fault = |e: &dyn std::fmt::Display| format!("the spreadsheet cannot be read back: {e}");
    let mut workbook = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| fault(&e))?;
    let mut archive = Archive::default();
    for i in 0..workbook.len() {
        let mut part = workbook.by_index(i).map_err(|e| fault(&e))?;
        let name = part.name().map_err(|e| fault(&e))?.into_owned();
        let mut inside = Vec::new();
        part.read_to_end(&mut inside).map_err(|e| fault(&e))?;
        if name == PROPERTIES {
            let text = String::from_utf8_lossy(&inside).replace("<dcterms:created", "<dc:language>en-GB</dc:language><dcterms:created");
            inside = text.into_bytes();
        }
        archive.add(name, inside);
    }
    archive.written()
}

//! The book as an OpenDocument spreadsheet (ISO/IEC 26300), which the Analysis Function asks for.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Book, COVER_LETTERS, LONGEST_CELL, LONGEST_HEADING, Line, PAGE_LETTERS, Sheet, bounded, lines_of, rounded, row_lines, widths};
use crate::model::Findings;
use crate::outputs::archive::Archive;
use crate::outputs::svg::escape;
use crate::outputs::tables::{TableView, Value, harmless};

/// The head of every part.
const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
/// What the prefixes of a part stand for.
const NAMESPACE: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3""#;
const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Width of a letter of a column, in millimetres.
const LETTER_MM: f64 = 2.1;
/// Height of a line of text, in millimetres.
const LINE_MM: f64 = 4.9;
/// No row is made for more lines than this.
const MOST_LINES: usize = 30;
/// Numbers are shown with at most so many decimals.
const MOST_DECIMALS: usize = 5;

/// The bytes of the spreadsheet. The same findings give the same bytes.
///
/// # Errors
/// Where its parts cannot be packed: the message says why.
pub(in crate::outputs) fn ods(findings: &Findings) -> Result<Vec<u8>, String> {
    let book = Book::of(findings);
    let mut archive = Archive::default();
    // Whoever looks into the file without unpacking it finds first what it is.
    archive.store("mimetype", MIMETYPE);
    archive.add("META-INF/manifest.xml", manifest());
    archive.add("meta.xml", meta(&book));
    archive.add("settings.xml", settings(&book));
    archive.add("styles.xml", styles());
    archive.add("content.xml", content(&book));
    archive.written()
}

fn manifest() -> String {
    let mut xml = format!(
        r#"{XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>"#
    );
    for part in ["content.xml", "styles.xml", "meta.xml", "settings.xml"] {
        let _ = write!(xml, r#"<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>"#);
    }
    xml.push_str("</manifest:manifest>");
    xml
}

/// Title and language; nobody is named, and the day is fixed.
fn meta(book: &Book) -> String {
    format!(
        r#"{XML}<office:document-meta {NAMESPACE}><office:meta><meta:generator>gapmap</meta:generator><dc:title>{}</dc:title><dc:language>en-GB</dc:language><meta:creation-date>2000-01-01T00:00:00</meta:creation-date><dc:date>2000-01-01T00:00:00</dc:date></office:meta></office:document-meta>"#,
        escape(&book.title)
    )
}

/// What stays in view: the lines and headings above, and columns at the left.
fn settings(book: &Book) -> String {
    let item = |name: &str, kind: &str, value: &str| {
        format!(r#"<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>"#)
    };
    let mut views = String::new();
    for sheet in &book.sheets {
        let _ = write!(views, r#"<config:config-item-map-entry config:name="{}">"#, escape(&sheet.name));
        let (rows, columns) = ((sheet.lines.len() + 1).to_string(), sheet.fixed.to_string());
        if sheet.fixed > 0 {
            views += &(item("HorizontalSplitMode", "short", "2") + &item("HorizontalSplitPosition", "int", &columns));
            views += &(item("PositionLeft", "int", "0") + &item("PositionRight", "int", &columns));
        }
        views += &(item("VerticalSplitMode", "short", "2") + &item("VerticalSplitPosition", "int", &rows));
        views += &(item("ActiveSplitRange", "short", if sheet.fixed > 0 { "3" } else { "2" }));
        views += &(item("PositionTop", "int", "0") + &item("PositionBottom", "int", &rows));
        views.push_str("</config:config-item-map-entry>");
    }
    format!(
        r#"{XML}<office:document-settings {NAMESPACE}><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>{}<config:config-item-map-named config:name="Tables">{views}</config:config-item-map-named>{}</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>"#,
        item("ViewId", "string", "view1"),
        item("ActiveTable", "string", "Cover")
    )
}

/// Named looks of cells, and the language of all text.
fn styles() -> String {
    let mut xml = format!(
        r##"{XML}<office:document-styles {NAMESPACE}><office:styles><style:default-style style:family="table-cell"><style:text-properties style:font-name="Noto Sans" fo:font-family="'Noto Sans', Arial, sans-serif" fo:font-size="10pt" fo:language="en" fo:country="GB"/></style:default-style><style:style style:name="Default" style:family="table-cell"/><style:style style:name="Title" style:family="table-cell" style:parent-style-name="Default"><style:text-properties fo:font-size="15pt" fo:font-weight="bold"/></style:style><style:style style:name="Head" style:family="table-cell" style:parent-style-name="Default"><style:text-properties fo:font-size="12pt" fo:font-weight="bold"/></style:style><style:style style:name="Wrapped" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style><style:style style:name="Heading" style:family="table-cell" style:parent-style-name="Wrapped"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" fo:border-bottom="0.75pt solid #12436D" fo:background-color="#EEF1F4"/><style:text-properties fo:font-weight="bold"/></style:style>"##
    );
    for decimals in 0..=MOST_DECIMALS {
        let _ = write!(
            xml,
            r#"<number:number-style style:name="N{decimals}"><number:number number:decimal-places="{decimals}" number:min-decimal-places="{decimals}" number:min-integer-digits="1" number:grouping="true"/></number:number-style><style:style style:name="Number{decimals}" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N{decimals}"><style:table-cell-properties style:vertical-align="top"/></style:style>"#
        );
    }
    // Printed, a sheet is as wide as a page, and its headings stand on each.
    xml.push_str(
        r#"</office:styles><office:automatic-styles><style:page-layout style:name="wide"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape" fo:margin="11mm"/></style:page-layout><style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape" fo:margin="11mm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm"/><style:master-page style:name="Wide" style:page-layout-name="wide"/></office:master-styles></office:document-styles>"#,
    );
    xml
}

fn content(book: &Book) -> String {
    let cover = [COVER_LETTERS];
    let all = std::iter::once(cover.to_vec()).chain(book.sheets.iter().map(|s| widths(&s.table)));
    let widths: Vec<Vec<usize>> = all.collect();
    let mut xml = format!(r#"{XML}<office:document-content {NAMESPACE}><office:automatic-styles>"#);
    let used: std::collections::BTreeSet<usize> = widths.iter().flatten().copied().collect();
    for letters in used {
        let _ = write!(
            xml,
            r#"<style:style style:name="co{letters}" style:family="table-column"><style:table-column-properties style:column-width="{:.1}mm"/></style:style>"#,
            letters as f64 * LETTER_MM
        );
    }
    xml.push_str(
        r#"<style:style style:name="ta" style:family="table" style:master-page-name="Default"/><style:style style:name="tw" style:family="table" style:master-page-name="Wide"/><style:style style:name="ro" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>"#,
    );
    for lines in 2..=MOST_LINES {
        let _ = write!(
            xml,
            r#"<style:style style:name="ro{lines}" style:family="table-row"><style:table-row-properties style:row-height="{:.1}mm" style:use-optimal-row-height="false"/></style:style>"#,
            lines as f64 * LINE_MM
        );
    }
    xml.push_str("</office:automatic-styles><office:body><office:spreadsheet>");
    let mut ranges = BTreeMap::new();
    sheet_of_lines(&mut xml, "Cover", &book.cover, &widths[0], true);
    xml.push_str("</table:table>");
    for (sheet, widths) in book.sheets.iter().zip(&widths[1..]) {
        sheet_of_lines(&mut xml, &sheet.name, &sheet.lines, widths, false);
        rows(&mut xml, sheet, &row_lines(&sheet.table, widths));
        xml.push_str("</table:table>");
        ranges.insert(sheet.id.as_str(), range(sheet));
    }
    xml.push_str("<table:database-ranges>");
    for (id, range) in ranges {
        let _ = write!(
            xml,
            r#"<table:database-range table:name="{id}" table:target-range-address="{}" table:contains-header="true" table:display-filter-buttons="true"/>"#,
            escape(&range)
        );
    }
    xml.push_str("</table:database-ranges></office:spreadsheet></office:body></office:document-content>");
    xml
}

/// The start of a sheet: its columns and its lines.
fn sheet_of_lines(xml: &mut String, name: &str, lines: &[Line], widths: &[usize], wrapped: bool) {
    let _ = write!(
        xml,
        r#"<table:table table:name="{}" table:style-name="{}">"#,
        escape(name),
        if widths.iter().sum::<usize>() > PAGE_LETTERS { "tw" } else { "ta" }
    );
    for letters in widths {
        let _ = write!(xml, r#"<table:table-column table:style-name="co{letters}"/>"#);
    }
    for line in lines {
        row(xml, if let (Line::Text(text), true) = (line, wrapped) { lines_of(text, COVER_LETTERS) } else { 1 });
        match line {
            Line::Title(text) => words(xml, "Title", text),
            Line::Head(text) => words(xml, "Head", text),
            Line::Text(text) => words(xml, if wrapped { "Wrapped" } else { "Default" }, text),
            Line::Link { text, sheet } => link(xml, "Default", sheet, text),
        }
        xml.push_str("</table:table-row>");
    }
}

/// The start of a row of so many lines: not every program works its height out.
fn row(xml: &mut String, lines: usize) {
    match lines {
        0 | 1 => xml.push_str(r#"<table:table-row table:style-name="ro">"#),
        _ => {
            let _ = write!(xml, r#"<table:table-row table:style-name="ro{}">"#, lines.min(MOST_LINES));
        }
    }
}

/// The table of a sheet: a heading row that is marked as one, then the values.
fn rows(xml: &mut String, sheet: &Sheet, lines: &[usize]) {
    let TableView { headings, rows, .. } = &sheet.table;
    xml.push_str("<table:table-header-rows>");
    row(xml, lines.first().copied().unwrap_or(1));
    headings.iter().for_each(|h| words(xml, "Heading", &bounded(h, LONGEST_HEADING)));
    xml.push_str("</table:table-row></table:table-header-rows>");
    for (values, lines) in rows.iter().zip(lines.iter().skip(1)) {
        row(xml, *lines);
        for (column, value) in values.iter().enumerate() {
            match value {
                Value::Text(name) if sheet.leads && column == 0 => link(xml, "Wrapped", name, name),
                Value::Count(n) => number(xml, *n as f64, 0, &value.shown()),
                Value::Number(x, decimals) => number(xml, rounded(*x, *decimals), *decimals, &value.shown()),
                other => words(xml, "Wrapped", &other.plain()),
            }
        }
        xml.push_str("</table:table-row>");
    }
}

fn words(xml: &mut String, style: &str, text: &str) {
    let text = escape(&bounded(&harmless(text), LONGEST_CELL));
    let _ = write!(
        xml,
        r#"<table:table-cell table:style-name="{style}" office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
    );
}

fn link(xml: &mut String, style: &str, sheet: &str, text: &str) {
    let _ = write!(
        xml,
        r##"<table:table-cell table:style-name="{style}" office:value-type="string"><text:p><text:a xlink:type="simple" xlink:href="#'{}'.A1">{}</text:a></text:p></table:table-cell>"##,
        escape(sheet),
        escape(text)
    );
}

fn number(xml: &mut String, value: f64, decimals: usize, shown: &str) {
    let style = decimals.min(MOST_DECIMALS);
    let _ = write!(
        xml,
        r#"<table:table-cell table:style-name="Number{style}" office:value-type="float" office:value="{value}"><text:p>{}</text:p></table:table-cell>"#,
        escape(shown)
    );
}

/// Where the table of a sheet stands: `'Areas'.A5:'Areas'.F154`.
fn range(sheet: &Sheet) -> String {
    let (first, last) = (sheet.lines.len() + 1, sheet.lines.len() + 1 + sheet.table.rows.len());
    let column = letters(sheet.table.headings.len().saturating_sub(1));
    format!("'{name}'.A{first}:'{name}'.{column}{last}", name = sheet.name)
}

/// The name of a column: A for the first, AA for the twenty-seventh.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { format!("{}{last}", letters(column / 26 - 1)) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(super::letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}

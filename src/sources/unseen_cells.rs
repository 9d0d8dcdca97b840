//! What a workbook holds beside the cells that a person reads: rows and columns that a filter or a hand has hidden, comments, titles, heads of printed pages,
//! boxes of text over the table, prompts, names of ranges, words of formats, properties.
//!
//! Somebody hid them before the workbook was passed on: a row that should not count, or the column of an address.

use std::io::{Cursor, Read};

use resvg::usvg::roxmltree::{Document, Node};
use zip::ZipArchive;

/// A part of a workbook that is larger than this (32 MiB) is not looked at: no sheet of services is.
const MOST_BYTES: u64 = 1 << 25;

/// What of one sheet nobody sees, and what is said of the whole workbook.
#[derive(Default, PartialEq, Debug)]
pub(super) struct Unseen {
    /// Hidden rows that hold something.
    pub rows: usize,
    /// Hidden columns among those that the rows use.
    pub columns: usize,
    /// Comments on cells, the title and keywords of the workbook, heads and feet of its pages.
    pub comments: Vec<String>,
    /// What is said to whoever fills it, and what it is called by: boxes of text over the table, prompts, names of ranges, words of formats, properties.
    pub around: Vec<String>,
}

/// Rows less high than so many points, and columns less wide than so many letters, cannot be read.
const THIN: f64 = 1.0;
const HEADS: [&str; 6] = ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];
/// What a workbook says of itself.
const ABOUT: [&str; 7] = ["title", "subject", "keywords", "keyword", "description", "category", "contentStatus"];
/// Heads and feet of pages of an open document; boxes that lie over its table, notes and what is said to whoever fills a cell.
const PAGES: [&str; 4] = ["header", "footer", "header-left", "footer-left"];
const OVER_THE_TABLE: [&str; 5] = ["text-box", "custom-shape", "rect", "help-message", "error-message"];

impl Unseen {
    /// Of a workbook of XML (`.xlsx`, `.xlsm`, `.ods`); of older ones nothing is known.
    pub fn of(bytes: &[u8], sheet: &str) -> Self {
        let Ok(mut book) = ZipArchive::new(Cursor::new(bytes)) else { return Self::default() };
        if let Some(content) = part(&mut book, "content.xml") {
            let mut unseen = of_open_document(&content, sheet);
            unseen.comments.extend(texts(&mut book, "meta.xml", &ABOUT));
            unseen.comments.extend(texts(&mut book, "styles.xml", &PAGES));
            unseen.around.extend(texts(&mut book, "meta.xml", &["user-defined"]));
            return unseen;
        }
        let sheet = path_of(&mut book, sheet).and_then(|path| part(&mut book, &path));
        let around =
            sheet.as_deref().filter(|xml| xml.contains("prompt") || xml.contains("tooltip") || xml.contains("error")).map(around_cells);
        let mut unseen = sheet
            // Most sheets hide nothing, and need no reading.
            .filter(|xml| ["hidden=", "headerFooter", "ht=\"0", "ht='0", "width=\"0", "width='0"].iter().any(|part| xml.contains(part)))
            .map_or(Self::default(), |xml| of_sheet(&xml));
        unseen.around.extend(around.into_iter().flatten());
        unseen.comments.extend(texts(&mut book, "docProps/core.xml", &ABOUT));
        unseen.around.extend(texts(&mut book, "docProps/custom.xml", &["lpwstr", "lpstr", "bstr"]));
        unseen.around.extend(names_and_formats(&mut book));
        let names = book.file_names().filter_map(|name| name.ok().map(|n| n.into_owned()));
        let parts: Vec<String> = names.collect();
        for name in &parts {
            match name.to_lowercase() {
                note if note.contains("comment") => unseen.comments.extend(texts(&mut book, name, &["comment", "threadedComment"])),
                // Boxes of text that lie over the table.
                drawn if drawn.starts_with("xl/drawings/") && drawn.ends_with("l") => {
                    unseen.around.extend(texts(&mut book, name, &["txBody", "textbox"]));
                }
                _ => {}
            }
        }
        unseen
    }

    /// `3 rows and a column`; `None` where all rows and columns are seen.
    pub fn shown(&self) -> Option<String> {
        let some = |n: usize, one: &str, many: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        };
        let both: Vec<String> = [some(self.rows, "row", "rows"), some(self.columns, "column", "columns")].into_iter().flatten().collect();
        (!both.is_empty()).then(|| both.join(" and "))
    }
}

fn part(book: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    book.by_name(name).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The texts of elements of some names in a part of the workbook.
fn texts(book: &mut ZipArchive<Cursor<&[u8]>>, name: &str, elements: &'static [&'static str]) -> Vec<String> {
    let Some(xml) = part(book, name) else { return vec![] };
    Document::parse(&xml).map_or(vec![], |xml| named(xml.root(), elements).map(text_of).filter(|text| !text.trim().is_empty()).collect())
}

fn named<'a>(node: Node<'a, 'a>, names: &'static [&'static str]) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |n| n.is_element() && names.contains(&n.tag_name().name()))
}

fn text_of(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect::<Vec<_>>().join(" ")
}

/// An attribute by its name without a prefix: programs choose prefixes as they like.
fn said<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attributes().find(|a| a.name() == name).map(|a| a.value())
}

/// Where the sheet of a name stands in the archive.
fn path_of(book: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Option<String> {
    let (list, links) = (part(book, "xl/workbook.xml")?, part(book, "xl/_rels/workbook.xml.rels")?);
    let (list, links) = (Document::parse(&list).ok()?, Document::parse(&links).ok()?);
    let of_name = named(list.root(), &["sheet"]).find(|n| n.attribute("name") == Some(sheet))?;
    let id = of_name.attributes().find(|a| a.name() == "id" && a.namespace().is_some())?.value();
    let target = named(links.root(), &["Relationship"]).find(|n| n.attribute("Id") == Some(id))?.attribute("Target")?;
    Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

/// The words of a head or a foot of a page, without the codes of its place and type: `&C&"Arial,Bold"&10`.
fn without_codes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let rest = match part.chars().next() {
            Some('"') => part[1..].split_once('"').map_or("", |(_, rest)| rest),
            Some('K') => part.get(7..).unwrap_or(""),
            Some(c) if c.is_ascii_digit() => part.trim_start_matches(|c: char| c.is_ascii_digit()),
            Some(c) if c.is_ascii_alphabetic() => &part[1..],
            _ => part,
        };
        out.push(' ');
        out.push_str(rest);
    }
    out
}

/// What is said to whoever fills a cell or points at a link.
fn around_cells(xml: &str) -> Vec<String> {
    let Ok(xml) = Document::parse(xml) else { return vec![] };
    let of = |n: Node| {
        ["promptTitle", "prompt", "errorTitle", "error", "tooltip"]
            .iter()
            .filter_map(|name| n.attribute(*name).map(str::to_owned))
            .collect::<Vec<_>>()
    };
    named(xml.root(), &["dataValidation", "hyperlink"]).flat_map(of).collect()
}

/// Names of ranges, and words that a format shows in place of a number: `"withheld"`.
fn names_and_formats(book: &mut ZipArchive<Cursor<&[u8]>>) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(xml) = part(book, "xl/workbook.xml").as_deref().and_then(|xml| Document::parse(xml).ok()) {
        let names = named(xml.root(), &["definedName"]).filter_map(|n| n.attribute("name")).filter(|name| !name.starts_with('_'));
        all.extend(names.map(|name| name.replace('_', " ")));
    }
    if let Some(xml) = part(book, "xl/styles.xml").as_deref().and_then(|xml| Document::parse(xml).ok()) {
        let codes = named(xml.root(), &["numFmt"]).filter_map(|n| n.attribute("formatCode"));
        all.extend(codes.flat_map(|code| code.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()));
    }
    all
}

fn of_sheet(xml: &str) -> Unseen {
    let Ok(xml) = Document::parse(xml) else { return Unseen::default() };
    // A height or a width of nearly nothing hides as well.
    let thin = |n: &Node, name: &str| n.attribute(name).and_then(|v| v.parse::<f64>().ok()).is_some_and(|size| size < THIN);
    let hides = |n: &Node| matches!(n.attribute("hidden"), Some("1" | "true")) || thin(n, "ht") || thin(n, "width");
    let holds = |row: &Node| named(*row, &["v", "is"]).next().is_some();
    let used = named(xml.root(), &["row"])
        .map(|row| named(row, &["c"]).filter(|c| named(*c, &["v", "is"]).next().is_some()).count())
        .max()
        .unwrap_or(0);
    let span = |n: &Node| {
        let at = |name: &str| n.attribute(name).and_then(|v| v.parse::<usize>().ok()).unwrap_or(0);
        (at("min").max(1)..=at("max").min(used)).count()
    };
    Unseen {
        rows: named(xml.root(), &["row"]).filter(|row| hides(row) && holds(row)).count(),
        columns: named(xml.root(), &["col"]).filter(hides).map(|n| span(&n)).sum(),
        comments: named(xml.root(), &HEADS).map(|n| without_codes(&text_of(n))).collect(),
        around: vec![],
    }
}

fn of_open_document(content: &str, sheet: &str) -> Unseen {
    let Ok(xml) = Document::parse(content) else { return Unseen::default() };
    let written = |names: &'static [&'static str]| {
        named(xml.root(), names).map(text_of).filter(|text: &String| !text.trim().is_empty()).collect::<Vec<_>>()
    };
    let (comments, around) = (written(&["annotation"]), written(&OVER_THE_TABLE));
    let Some(table) = named(xml.root(), &["table"]).find(|n| said(*n, "name") == Some(sheet)) else {
        return Unseen { comments, around, ..Unseen::default() };
    };
    let hides = |n: &Node| matches!(said(*n, "visibility"), Some("collapse" | "filter"));
    let cells = |row: Node| named(row, &["table-cell"]).filter(|c| !text_of(*c).trim().is_empty()).count();
    let used = named(table, &["table-row"]).map(cells).max().unwrap_or(0);
    let (mut at, mut columns) = (0, 0);
    for column in named(table, &["table-column"]) {
        let n = said(column, "number-columns-repeated").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
        columns += if hides(&column) { n.min(used.saturating_sub(at)) } else { 0 };
        at += n;
    }
    Unseen { rows: named(table, &["table-row"]).filter(|row| hides(row) && cells(*row) > 0).count(), columns, comments, around }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn book(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn hidden_rows_columns_and_comments_of_a_workbook_are_found() {
        let list = r#"<workbook xmlns="m" xmlns:r="o"><sheets><sheet name="Other" r:id="r1"/><sheet name="Services" r:id="r2"/></sheets></workbook>"#;
        let links = r#"<Relationships xmlns="p"><Relationship Id="r1" Target="worksheets/a.xml"/><Relationship Id="r2" Target="worksheets/b.xml"/></Relationships>"#;
        let row = |hidden: &str, cells: usize| format!("<row {hidden}>{}</row>", "<c><v>1</v></c>".repeat(cells));
        let rows = row("", 3) + &row("hidden=\"1\"", 3) + &row("hidden=\"1\"", 0) + &row("hidden=\"0\"", 2) + &row("ht=\"0.75\"", 1);
        let sheet = format!(
            r#"<worksheet xmlns="m"><cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="1"/></cols><sheetData>{rows}</sheetData></worksheet>"#
        );
        let notes = r#"<comments xmlns="m"><commentList><comment ref="A1"><text><r><t>not to be</t></r><r><t>published</t></r></text></comment></commentList></comments>"#;
        let book = book(&[
            ("xl/workbook.xml", list),
            ("xl/_rels/workbook.xml.rels", links),
            ("xl/worksheets/b.xml", &sheet),
            ("xl/comments1.xml", notes),
            ("docProps/core.xml", r#"<c:core xmlns:c="c" xmlns:d="d"><d:title>Directory</d:title><d:creator>A</d:creator></c:core>"#),
        ]);
        let found = Unseen::of(&book, "Services");
        let comments = vec!["Directory".into(), "not to be published".into()];
        assert_eq!(found, Unseen { rows: 2, columns: 1, comments, around: vec![] });
        assert_eq!(found.shown().as_deref(), Some("2 rows and 1 column"));
        assert_eq!(Unseen::of(&book, "Other").shown(), None);
        assert_eq!(Unseen::of(b"no archive", "Services"), Unseen::default());
    }

    #[test]
    fn words_of_a_foot_stand_without_their_codes() {
        assert_eq!(without_codes("&C&\"Arial,Bold\"&10OFFICIAL-SENSITIVE").trim(), "OFFICIAL-SENSITIVE");
        assert_eq!(without_codes("&KFF0000Internal use only &P").trim(), "Internal use only");
        assert_eq!(without_codes("Advice & support"), "Advice   support");
    }

    #[test]
    fn those_of_an_open_document_are_found_too() {
        let row = |more: &str| {
            format!("<t:table-row {more}><t:table-cell><x:p>a</x:p></t:table-cell><t:table-cell><x:p>b</x:p></t:table-cell></t:table-row>")
        };
        let rows = row("") + &row("t:visibility=\"filter\"") + &row("t:visibility=\"collapse\"");
        let content = format!(
            r#"<o:document xmlns:o="o" xmlns:t="t" xmlns:x="x"><t:table t:name="S"><t:table-column/><t:table-column t:visibility="collapse" t:number-columns-repeated="900"/>{rows}</t:table></o:document>"#
        );
        assert_eq!(Unseen::of(&book(&[("content.xml", &content)]), "S"), Unseen { rows: 2, columns: 1, ..Unseen::default() });
    }
}

//! The parts of the package around the text: what it is, its pages, lists, head and foot.

use std::fmt::Write as _;

use super::measure::twips;
use super::text::escape;
use super::{NAMESPACE, XML};
use crate::outputs::document::tree::Document;

/// `[Content_Types].xml`.
pub(super) fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut xml = format!(
        r#"{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#
    );
    let parts = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("header1", "header"),
        ("header2", "header"),
        ("footer1", "footer"),
    ];
    for (part, kind) in parts {
        let _ = write!(xml, r#"<Override PartName="/word/{part}.xml" ContentType="{word}.{kind}+xml"/>"#);
    }
    xml.push_str("</Types>");
    xml
}

/// `_rels/.rels`.
pub(super) fn package_relations() -> String {
    relations(&[
        ("rId1", "officeDocument", "word/document.xml"),
        ("rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", "extended-properties", "docProps/app.xml"),
    ])
}

/// Relations by id, kind and target; a kind that is no address is one of office documents.
fn relations(list: &[(&str, &str, &str)]) -> String {
    let mut xml = format!(r#"{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    for (id, kind, target) in list {
        let base = if kind.contains("://") { "" } else { "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" };
        let _ = write!(xml, r#"<Relationship Id="{id}" Type="{base}{kind}" Target="{target}"/>"#);
    }
    xml.push_str("</Relationships>");
    xml
}

/// `word/_rels/document.xml.rels`: the fixed parts, then `more`, the pictures and links of the text.
pub(super) fn document_relations(more: &str) -> String {
    let fixed = relations(&[
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdNumbering", "numbering", "numbering.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"),
        ("rIdFirstHead", "header", "header1.xml"),
        ("rIdHead", "header", "header2.xml"),
        ("rIdFoot", "footer", "footer1.xml"),
    ]);
    fixed.replace("</Relationships>", &format!("{more}</Relationships>"))
}

/// `docProps/core.xml`: title and language. Nobody is named, and the day is fixed, so that the same document gives the same bytes.
pub(super) fn core(document: &Document) -> String {
    format!(
        r#"{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>"#,
        escape(&document.title)
    )
}

/// `docProps/app.xml`.
pub(super) fn app() -> String {
    format!(
        r#"{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>gapmap</Application></Properties>"#
    )
}

/// `word/settings.xml`.
pub(super) fn settings() -> String {
    format!(
        r#"{XML}<w:settings {NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"#
    )
}

/// `word/numbering.xml`: numbers and bullets, and for each numbered list of the text a count of its own, from 3 on.
pub(super) fn numbering(numbered_lists: usize) -> String {
    let level = |format: &str, text: &str, font: &str| {
        format!(
            r#"<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="397"/></w:pPr>{font}</w:lvl>"#
        )
    };
    let mut xml = format!(
        r#"{XML}<w:numbering {NAMESPACE}><w:abstractNum w:abstractNumId="0">{}</w:abstractNum><w:abstractNum w:abstractNumId="1">{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"#,
        level("decimal", "%1.", ""),
        level("bullet", "•", "")
    );
    for list in 0..numbered_lists {
        let _ = write!(
            xml,
            r#"<w:num w:numId="{}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#,
            FIRST_LIST + list
        );
    }
    xml.push_str("</w:numbering>");
    xml
}

/// Number of the first numbered list of a text.
pub(super) const FIRST_LIST: usize = 3;

/// A field that a word processor works out, and what stands there until it does.
fn field(code: &str, until: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{until}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    )
}

/// The head of the first page, which has the title below it: nothing.
pub(super) fn first_head() -> String {
    format!(r#"{XML}<w:hdr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>"#)
}

/// The head of the pages that follow: what nobody may miss, and what the document is for.
pub(super) fn head(document: &Document) -> String {
    let mark = document.mark.as_ref().map_or(String::new(), |m| format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>", escape(m)));
    format!(
        r#"{XML}<w:hdr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>{}</w:t></w:r><w:r><w:tab/></w:r>{mark}</w:p></w:hdr>"#,
        escape(&document.occasion)
    )
}

/// The foot of every page: who may read it, and which page of how many it is.
pub(super) fn foot(document: &Document) -> String {
    format!(
        r#"{XML}<w:ftr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t>{}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">Page </w:t></w:r>{}<w:r><w:t xml:space="preserve"> of </w:t></w:r>{}</w:p></w:ftr>"#,
        escape(&document.foot),
        field("PAGE", "1"),
        field("NUMPAGES", "1")
    )
}

/// The pages: A4, 14 mm on either side, head and foot 11 mm from the edge.
pub(super) fn section() -> String {
    format!(
        r#"<w:sectPr><w:headerReference w:type="first" r:id="rIdFirstHead"/><w:headerReference w:type="default" r:id="rIdHead"/><w:footerReference w:type="first" r:id="rIdFoot"/><w:footerReference w:type="default" r:id="rIdFoot"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{text}" w:right="{side}" w:bottom="{text}" w:left="{side}" w:header="{edge}" w:footer="{edge}" w:gutter="0"/><w:titlePg/></w:sectPr>"#,
        text = twips(20.0),
        side = twips(14.0),
        edge = twips(11.0)
    )
}

//! A document for a word processor, so that officers can edit it: Office Open XML (ECMA-376), written part by part.
//!
//! Headings, lists, tables, captions and links are what they are called, not only what they look like: a screen reader and a list of contents find them.

mod body;
mod measure;
mod package;
mod pictures;
mod styles;
mod tables;
#[cfg(test)]
mod tests;
mod text;

use super::tree::Document;
use crate::outputs::archive::Archive;
use body::Body;
use pictures::Pictures;

/// The head of every part.
const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
/// What the prefixes of a part stand for.
const NAMESPACE: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main""#;

/// The bytes of a `.docx` file. The same document gives the same bytes.
///
/// # Errors
/// Where a picture cannot be drawn: the message says why.
pub fn docx(document: &Document) -> Result<Vec<u8>, String> {
    let pictures = Pictures::of(document)?;
    let body = Body::of(document, &pictures);
    let mut archive = Archive::default();
    archive.add("[Content_Types].xml", package::content_types());
    archive.add("_rels/.rels", package::package_relations());
    archive.add("docProps/core.xml", package::core(document));
    archive.add("docProps/app.xml", package::app());
    let text = format!("{XML}<w:document {NAMESPACE}><w:body>{}{}</w:body></w:document>", body.xml, package::section());
    archive.add("word/document.xml", text);
    archive.add("word/_rels/document.xml.rels", package::document_relations(&(pictures.relations() + &body.link_relations())));
    archive.add("word/styles.xml", format!("{XML}{}", styles::styles()));
    archive.add("word/numbering.xml", package::numbering(body.numbered_lists));
    archive.add("word/settings.xml", package::settings());
    archive.add("word/fontTable.xml", format!("{XML}{}", styles::fonts()));
    archive.add("word/header1.xml", package::first_head());
    archive.add("word/header2.xml", package::head(document));
    archive.add("word/footer1.xml", package::foot(document));
    for (i, picture) in pictures.drawn.into_iter().enumerate() {
        archive.store(format!("word/media/figure{}.png", i + 1), picture.png);
        archive.add(format!("word/media/figure{}.svg", i + 1), picture.svg);
    }
    archive.written()
}

//! The text of a document, block after block.

use std::fmt::Write as _;

use super::package::FIRST_LIST;
use super::pictures::Pictures;
use super::text::escape;
use crate::outputs::document::tree::{Block, Document, Text, plain};

/// More parts than this, and a document gets a list of them.
const PARTS_WITHOUT_CONTENTS: usize = 8;

/// The text as it grows, and what it refers to.
pub(super) struct Body<'a> {
    /// What was written so far.
    pub xml: String,
    /// Addresses that it leads to, each once.
    pub links: Vec<String>,
    /// Numbered lists so far: each counts from 1.
    pub numbered_lists: usize,
    /// Whether what follows begins a page.
    pub breaks_page: bool,
    pictures: &'a Pictures,
    /// Pictures so far: each has a number of its own.
    shown: usize,
    /// Headings so far.
    headings: usize,
}

impl<'a> Body<'a> {
    /// Writes a document.
    pub fn of(document: &Document, pictures: &'a Pictures) -> Self {
        let mut body = Self { xml: String::new(), links: vec![], numbered_lists: 0, breaks_page: false, pictures, shown: 0, headings: 0 };
        if let Some(mark) = &document.mark {
            body.words("Mark", &plain(mark.as_str()));
        }
        if !document.occasion.is_empty() {
            body.words("Occasion", &plain(document.occasion.as_str()));
        }
        if !document.blocks.iter().any(|b| matches!(b, Block::Heading { level: 0 | 1, .. })) {
            body.words("Title", &plain(document.title.as_str()));
        }
        let parts = parts(document);
        let mut contents = parts.len() > PARTS_WITHOUT_CONTENTS;
        for (i, block) in document.blocks.iter().enumerate() {
            if contents && matches!(block, Block::Heading { level: 2, .. }) {
                body.contents(&parts);
                contents = false;
            }
            // Words that lead to a picture or a table stay on its page, with the heading above them.
            match (block, document.blocks.get(i + 1)) {
                (Block::Paragraph(text), Some(Block::Figures { .. } | Block::Table(_))) => body.lead(text),
                _ => body.block(block),
            }
        }
        body
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph(text) => self.words("Normal", text),
            Block::Quiet(text) => self.words("Quiet", text),
            Block::List { numbered, items } => {
                let items = self.items(*numbered, items);
                self.xml.push_str(&items);
            }
            Block::Asks { title, items } => self.asks(title, items),
            Block::Cards(cards) => self.cards(cards),
            Block::Figures { columns, figures } => self.figures(*columns, figures),
            Block::Table(table) => self.table(table),
            Block::NewPage => self.breaks_page = true,
        }
    }

    /// Writes a paragraph that stays with what follows it.
    fn lead(&mut self, text: &Text) {
        let (broken, runs) = (self.page_break(), self.runs(text));
        let _ = write!(self.xml, r#"<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/>{broken}</w:pPr>{runs}</w:p>"#);
    }

    /// Writes a paragraph of a style.
    pub fn words(&mut self, style: &str, text: &Text) {
        let paragraph = self.paragraph(style, text, "");
        self.xml.push_str(&paragraph);
    }

    /// A paragraph of a style, with further marks of its own.
    pub fn paragraph(&mut self, style: &str, text: &Text, marks: &str) -> String {
        let broken = self.page_break();
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{broken}{marks}</w:pPr>{}</w:p>"#, self.runs(text))
    }

    /// The mark of a paragraph that begins a page, once.
    pub fn page_break(&mut self) -> &'static str {
        if std::mem::take(&mut self.breaks_page) { "<w:pageBreakBefore/>" } else { "" }
    }

    /// A heading, with a name that the list of parts leads to.
    fn heading(&mut self, level: u8, text: &str) {
        self.headings += 1;
        let number = self.headings;
        let broken = self.page_break();
        let _ = write!(
            self.xml,
            r#"<w:p><w:pPr><w:pStyle w:val="Heading{}"/>{broken}</w:pPr><w:bookmarkStart w:id="{number}" w:name="_Toc{number}"/>{}<w:bookmarkEnd w:id="{number}"/></w:p>"#,
            level.clamp(1, 3),
            format_args!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(text))
        );
    }

    /// The items of a list; a numbered one counts from 1.
    pub fn items(&mut self, numbered: bool, items: &[Text]) -> String {
        let (style, list) = if numbered {
            self.numbered_lists += 1;
            ("ListNumber", FIRST_LIST + self.numbered_lists - 1)
        } else {
            ("ListBullet", 2)
        };
        let marks = format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list}"/></w:numPr>"#);
        items.iter().map(|item| self.paragraph(style, item, &marks)).collect()
    }

    /// A picture in a line.
    pub fn picture(&mut self, svg: &str, alt_text: &str, width_mm: f64) -> String {
        self.shown += 1;
        self.pictures.inline(svg, alt_text, width_mm.max(1.0), self.shown)
    }

    /// The list of parts: a field that a word processor can make anew, filled already. It tells no pages, which nobody knows before it is laid out.
    fn contents(&mut self, parts: &[(usize, &str)]) {
        self.words("ContentsHeading", &plain("Contents"));
        for (i, (number, text)) in parts.iter().enumerate() {
            let begins = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "2-2" \n \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>"#;
            let ends = r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
            let _ = write!(
                self.xml,
                r#"<w:p><w:pPr><w:pStyle w:val="TOC2"/></w:pPr>{}<w:hyperlink w:anchor="_Toc{number}" w:history="1"><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:hyperlink>{}</w:p>"#,
                if i == 0 { begins } else { "" },
                escape(text),
                if i + 1 == parts.len() { ends } else { "" }
            );
        }
    }
}

/// Titles of the parts of level 2, each with its number among all headings, from 1.
fn parts(document: &Document) -> Vec<(usize, &str)> {
    let headings = document.blocks.iter().filter_map(|b| match b {
        Block::Heading { level, text } => Some((*level, text.as_str())),
        _ => None,
    });
    headings.enumerate().filter(|(_, (level, _))| *level == 2).map(|(i, (_, text))| (i + 1, text)).collect()
}

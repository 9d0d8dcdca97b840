//! Text with marks, as analysts write it (Markdown), as blocks of a document.
//!
//! Headings, paragraphs, lists, tables, bold words and links are read. A quotation with a list is what is asked of the reader: its first paragraph is
//! the title, its items are what is asked; without one it is printed as it is. `Table: …` before a table is its caption. A [`mark`](super::marks::mark) alone in a paragraph
//! becomes what it stands for, and that of a picture alone in a cell; amid words, what it stands for comes after them.
//! Everything else that Markdown knows is read as its plain words, so that nothing is lost.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::marks::{apart, marked};
use super::tree::{Block, Cell, Column, Run, Table, Text, plain, words};
use super::widths::widths;

/// The blocks of a text; those of a mark come from `made`.
pub(in crate::outputs) fn blocks(text: &str, made: &[Vec<Block>]) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reader.take(event, made);
    }
    reader.blocks
}

/// What is open while a text is read.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    words: Text,
    bold: usize,
    link: Option<String>,
    /// Open lists, and whether each is numbered; only the outermost becomes a block, the items of others are items of it.
    lists: Vec<bool>,
    items: Vec<Text>,
    /// The row that is being read, and the rows before it, the heading first.
    row: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    numeric: Vec<bool>,
    /// Where the blocks of a quotation begin.
    quoted: Option<usize>,
    /// Numbers of marks amid the words of a list or a table, which stand after it.
    after: Vec<usize>,
}

impl Reader {
    fn take(&mut self, event: Event, made: &[Vec<Block>]) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => self.say(&text),
            Event::SoftBreak | Event::HardBreak => self.say(" "),
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag, made),
            Event::Rule => self.blocks.push(Block::NewPage),
            // Switched on by options that are not asked for.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.say(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn say(&mut self, text: &str) {
        self.words.push(Run { text: text.to_owned(), bold: self.bold > 0, link: self.link.clone() });
    }

    fn open(&mut self, tag: Tag) {
        match tag {
            Tag::Strong | Tag::Emphasis => self.bold += 1,
            Tag::Link { dest_url, .. } => self.link = Some(words(&apart(plain(dest_url.to_string()), &mut self.after))),
            Tag::Image { dest_url, title, .. } => drop(apart(plain(format!("{dest_url} {title}")), &mut self.after)),
            Tag::List(first) => {
                self.end_item();
                self.lists.push(first.is_some());
            }
            Tag::Item => self.end_item(),
            Tag::Table(alignments) => {
                // In a list it stands after what the list has said so far.
                self.end_item();
                if let Some(numbered) = self.lists.first().copied() {
                    self.put_items(numbered);
                }
                self.numeric = alignments.iter().map(|a| *a == Alignment::Right).collect();
            }
            Tag::BlockQuote(_) => self.quoted = Some(self.blocks.len()),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd, made: &[Vec<Block>]) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => self.bold = self.bold.saturating_sub(1),
            TagEnd::Link => self.link = None,
            TagEnd::Heading(level) => {
                let level = match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    _ => 3,
                };
                let text = words(&self.text());
                if !text.is_empty() {
                    self.blocks.push(Block::Heading { level, text });
                }
                self.put_after(made);
            }
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                self.end_item();
                let numbered = self.lists.pop().unwrap_or(false);
                if self.lists.is_empty() {
                    self.put_items(numbered);
                    self.put_after(made);
                }
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock if self.lists.is_empty() => self.end_paragraph(made),
            // Paragraphs of an item are one after the other in it.
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.say(" "),
            TagEnd::TableCell => {
                let text = joined(std::mem::take(&mut self.words));
                let cell = picture(&text, made).unwrap_or_else(|| Cell::Text(apart(text, &mut self.after)));
                self.row.push(cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.rows.push(std::mem::take(&mut self.row)),
            TagEnd::Table => {
                self.end_table();
                self.put_after(made);
            }
            TagEnd::BlockQuote(_) => self.end_quotation(),
            _ => {}
        }
    }

    /// The words that were read, without their marks.
    fn text(&mut self) -> Text {
        apart(joined(std::mem::take(&mut self.words)), &mut self.after)
    }

    fn end_item(&mut self) {
        if !self.lists.is_empty() && !self.words.is_empty() {
            let text = self.text();
            if !text.is_empty() {
                self.items.push(text);
            }
        }
    }

    fn put_items(&mut self, numbered: bool) {
        if !self.items.is_empty() {
            self.blocks.push(Block::List { numbered, items: std::mem::take(&mut self.items) });
        }
    }

    fn end_paragraph(&mut self, made: &[Vec<Block>]) {
        let text = self.text();
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text));
        }
        self.put_after(made);
    }

    /// What marks amid words stand for, after them.
    fn put_after(&mut self, made: &[Vec<Block>]) {
        for number in std::mem::take(&mut self.after) {
            made.get(number).into_iter().flatten().for_each(|b| self.put(b.clone()));
        }
    }

    /// Numbers that stand out stand side by side where nothing lies between them.
    fn put(&mut self, block: Block) {
        match (self.blocks.last_mut(), block) {
            (Some(Block::Cards(row)), Block::Cards(more)) => row.extend(more),
            (_, block) => self.blocks.push(block),
        }
    }

    fn end_table(&mut self) {
        let mut rows = std::mem::take(&mut self.rows).into_iter();
        let headings: Vec<String> = rows.next().unwrap_or_default().iter().map(said).collect();
        let rows: Vec<Vec<Cell>> = rows.collect();
        let widths = widths(&headings, &rows);
        let column =
            |(i, heading): (usize, String)| Column { heading, width: widths[i], numeric: self.numeric.get(i).copied().unwrap_or(false) };
        let columns = headings.into_iter().enumerate().map(column).collect();
        let caption = match self.blocks.last() {
            Some(Block::Paragraph(text)) => words(text).strip_prefix("Table: ").map(str::to_owned),
            _ => None,
        };
        if caption.is_some() {
            self.blocks.pop();
        }
        // A table without rows says nothing, and neither does its caption.
        if !rows.is_empty() {
            self.blocks.push(Block::Table(Table { caption: caption.unwrap_or_default(), columns, rows, note: String::new() }));
        }
    }

    /// What is asked is a list under its title; anything else that is quoted is printed as it is.
    fn end_quotation(&mut self) {
        let Some(from) = self.quoted.take() else { return };
        let quoted = self.blocks.split_off(from);
        if !quoted.iter().any(|b| matches!(b, Block::List { .. })) {
            return self.blocks.extend(quoted);
        }
        let (mut title, mut items, mut others) = (String::new(), Vec::new(), Vec::new());
        for block in quoted {
            match block {
                Block::Paragraph(text) if title.is_empty() => title = words(&text),
                Block::Paragraph(text) => items.push(text),
                Block::List { items: more, .. } => items.extend(more),
                other => others.push(other),
            }
        }
        self.blocks.push(Block::Asks { title, items });
        self.blocks.extend(others);
    }
}

/// The picture of a cell that is the mark of one and nothing else.
fn picture(text: &Text, made: &[Vec<Block>]) -> Option<Cell> {
    let Block::Figures { figures, .. } = made.get(marked(&words(text))?)?.first()? else { return None };
    figures.first().map(|f| Cell::Picture { svg: f.svg.clone(), alt_text: f.alt_text.clone() })
}

fn said(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => words(text),
        Cell::Picture { alt_text, .. } => alt_text.clone(),
    }
}

/// Neighbours of one look as one run.
fn joined(text: Text) -> Text {
    let mut out: Text = Vec::new();
    for run in text {
        match out.last_mut() {
            Some(last) if last.bold == run.bold && last.link == run.link => last.text.push_str(&run.text),
            _ => out.push(run),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::marks::{escape, mark};
    use super::super::tree::Card;
    use super::*;

    #[test]
    fn text_from_data_is_never_read_as_a_mark() {
        for hostile in
            ["# not a heading", "1. no list", "[no](http://x)", "**no**", "> a | b", "<b>no</b>", "a\nb", "\u{E000}0\u{E001}", "&amp; & \\"]
        {
            let made = vec![vec![Block::NewPage]];
            let read = blocks(&format!("Says: {} there", escape(hostile)), &made);
            let Some(Block::Paragraph(text)) = read.first() else { panic!("{hostile}") };
            let wanted = hostile.replace('\n', " ").replace(['\u{E000}', '\u{E001}'], "");
            assert_eq!((words(text), text.len(), read.len()), (format!("Says: {wanted} there"), 1, 1));
        }
    }

    #[test]
    fn headings_lists_bold_words_and_marks_become_blocks() {
        let made = vec![vec![Block::Quiet(plain("zero"))], vec![Block::NewPage, Block::NewPage]];
        let text = format!(
            "# One\n\nA **bold** [link](https://a.uk) end.\n\n1. first\n2. second\n   - inner\n\n{}\n\n- loose\n\n{}",
            mark(1),
            mark(0)
        );
        let read = blocks(&text, &made);
        assert_eq!(read[0], Block::Heading { level: 1, text: "One".into() });
        let Block::Paragraph(words) = &read[1] else { panic!() };
        assert_eq!(words.iter().map(|r| (r.text.as_str(), r.bold, r.link.is_some())).collect::<Vec<_>>()[1], ("bold", true, false));
        assert_eq!(words[3].link.as_deref(), Some("https://a.uk"));
        let Block::List { numbered: true, items } = &read[2] else { panic!("{read:?}") };
        assert_eq!(items.len(), 3);
        assert_eq!(read[3..5], [Block::NewPage, Block::NewPage]);
        assert!(matches!(&read[5], Block::List { numbered: false, .. }));
        assert_eq!(read[6], Block::Quiet(plain("zero")));
    }

    #[test]
    fn marks_amid_words_stand_after_them_and_are_never_printed() {
        let quiet = |n: &str| vec![Block::Quiet(plain(n))];
        let made = vec![quiet("zero"), quiet("one"), quiet("two"), quiet("three")];
        let text = format!(
            "## A {} heading\n\nA {} **bold** end {} [b]\n\n- first {}\n- {}\n\n| A |\n|---|\n| x {} |\n\nLast",
            mark(0),
            mark(1),
            mark(2),
            mark(3),
            mark(0),
            mark(1)
        );
        let read = blocks(&text, &made);
        assert!(!format!("{read:?}").contains(['\u{E000}', '\u{E001}']) && !format!("{read:?}").contains("e00"), "{read:?}");
        assert_eq!(read[0], Block::Heading { level: 2, text: "A heading".into() });
        assert_eq!(read[1], Block::Quiet(plain("zero")));
        assert!(matches!(&read[2], Block::Paragraph(text) if words(text) == "A bold end [b]"), "{read:?}");
        assert_eq!(read[3..5], [Block::Quiet(plain("one")), Block::Quiet(plain("two"))]);
        assert_eq!(read[5], Block::List { numbered: false, items: vec![plain("first")] });
        assert_eq!(read[6..8], [Block::Quiet(plain("three")), Block::Quiet(plain("zero"))]);
        assert!(matches!(&read[8], Block::Table(t) if t.rows[0][0] == Cell::plain("x")));
        assert_eq!(read[9..], [Block::Quiet(plain("one")), Block::Paragraph(plain("Last"))]);
    }

    #[test]
    fn nothing_that_is_written_in_an_odd_place_is_lost() {
        let made = vec![vec![Block::Quiet(plain("zero"))], vec![Block::Figures { columns: 1, figures: vec![Default::default()] }]];
        let read = |text: &str| blocks(text, &made);
        // A voice is no title, and two are no question.
        assert_eq!(read("> One voice. A"), [Block::Paragraph(plain("One voice. A"))]);
        assert_eq!(read("> One\n>\n> Two"), [Block::Paragraph(plain("One")), Block::Paragraph(plain("Two"))]);
        let asked = read(&format!("> Asks\n>\n> {}\n>\n> 1. this\n\nLast", mark(0)));
        assert_eq!(asked[0], Block::Asks { title: "Asks".into(), items: vec![plain("this")] });
        assert_eq!(asked[1..], [Block::Quiet(plain("zero")), Block::Paragraph(plain("Last"))]);
        assert_eq!(
            read(&format!("## {}\n\n##\n\n# A", mark(0)))[..],
            [Block::Quiet(plain("zero")), Block::Heading { level: 1, text: "A".into() }]
        );
        let linked = read(&format!("[x](https://e.org/{}) ![y](a{} \"t\")", mark(0), mark(0)));
        let Block::Paragraph(text) = &linked[0] else { panic!("{linked:?}") };
        assert_eq!((text[0].link.as_deref(), words(text).as_str(), linked.len()), (Some("https://e.org/"), "x y", 3));
        assert_eq!(
            read("- one\n\n  two\n\n      code\n- three"),
            [Block::List { numbered: false, items: vec![plain("one two code"), plain("three")] }]
        );
        let inside = read("- words\n\n  | A |\n  |---|\n  | x |\n\n- more");
        assert_eq!(inside[0], Block::List { numbered: false, items: vec![plain("words")] });
        assert!(matches!(&inside[1], Block::Table(t) if t.columns[0].heading == "A"), "{inside:?}");
        assert_eq!(inside[2..], [Block::List { numbered: false, items: vec![plain("more")] }]);
        // A cell that holds what is no picture: it stands after the table.
        let cell = read(&format!("| A |\n|---|\n| {} |\n", mark(0)));
        assert!(
            matches!(&cell[0], Block::Table(t) if t.rows[0][0] == Cell::Text(vec![])) && cell[1] == Block::Quiet(plain("zero")),
            "{cell:?}"
        );
    }

    #[test]
    fn tables_questions_and_cards() {
        let card = |n: &str| vec![Block::Cards(vec![Card { number: n.into(), says: String::new(), sure: String::new() }])];
        let made = vec![card("1"), card("2"), vec![Block::Figures { columns: 1, figures: vec![Default::default()] }]];
        let text = format!(
            "> **Decisions**\n>\n> 1. one\n> 2. two\n\n{}\n\n{}\n\nTable: What\n\n| A | B |\n|---|--:|\n| x\\|y | {} |\n\nTable: none\n\n| A |\n|---|\n",
            mark(0),
            mark(1),
            mark(2)
        );
        let read = blocks(&text, &made);
        assert_eq!(read[0], Block::Asks { title: "Decisions".into(), items: vec![plain("one"), plain("two")] });
        assert!(matches!(&read[1], Block::Cards(row) if row.len() == 2));
        let Block::Table(table) = &read[2] else { panic!("{read:?}") };
        assert_eq!((table.caption.as_str(), table.columns[0].numeric, table.columns[1].numeric), ("What", false, true));
        assert_eq!(table.rows[0][0], Cell::plain("x|y"));
        assert!(matches!(table.rows[0][1], Cell::Picture { .. }));
        assert_eq!(read.len(), 3, "a table without rows is left out, and its caption");
    }
}

//! Tables: those of rows and columns, whose heading row stands on every page; and parts side by side.

use std::fmt::Write as _;

use super::body::Body;
use super::measure::{TEXT_WIDTH_MM, parted};
use super::styles::PALE;
use super::text::escape;
use crate::outputs::document::tree::{Card, Cell, Column, Figure, Table, Text, plain};

/// Width of a letter of a heading of a table: bold, 9 points.
const HEADING_LETTER_MM: f64 = 2.0;
/// Width of a letter of a cell of a table: 9 points.
const LETTER_MM: f64 = 1.85;
/// As many cards stand side by side.
const CARDS_IN_A_ROW: usize = 4;

impl Body<'_> {
    /// A table of rows and columns. No row is parted by the end of a page, and the headings stand on each.
    pub(super) fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        if !table.caption.is_empty() {
            self.words("Caption", &plain(table.caption.as_str()));
        }
        self.before_table();
        let widths = column_widths(table);
        let described = format!(r#"<w:tblCaption w:val="{}"/>"#, escape(&table.caption));
        self.open(
            "Table",
            &widths,
            r#"<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>"#,
            &described,
        );
        self.xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let heading = self.cell_paragraph(column, &plain(column.heading.as_str()), "<w:keepNext/>");
            let _ =
                write!(self.xml, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>{heading}</w:tc>"#);
        }
        self.xml.push_str("</w:tr>");
        let nothing = Cell::plain("");
        for row in &table.rows {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (i, (column, width)) in table.columns.iter().zip(&widths).enumerate() {
                let inside = match row.get(i).unwrap_or(&nothing) {
                    Cell::Text(text) => self.cell_paragraph(column, text, ""),
                    Cell::Picture { svg, alt_text } => {
                        let drawing = self.picture(svg, alt_text, picture_width_mm(*width));
                        format!(r#"<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr>{drawing}</w:p>"#)
                    }
                };
                let _ = write!(self.xml, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>"#);
            }
            self.xml.push_str("</w:tr>");
        }
        self.close(&table.note);
    }

    fn cell_paragraph(&mut self, column: &Column, text: &Text, marks: &str) -> String {
        let style = if column.numeric { "TableNumber" } else { "TableText" };
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{marks}</w:pPr>{}</w:p>"#, self.runs(text))
    }

    /// Numbers that stand out, side by side.
    pub(super) fn cards(&mut self, cards: &[Card]) {
        if cards.is_empty() {
            return;
        }
        self.before_table();
        let columns = cards.len().min(CARDS_IN_A_ROW);
        let widths = parted(TEXT_WIDTH_MM, &vec![1.0; columns], &[]);
        self.open("SideBySide", &widths, "", "");
        for row in cards.chunks(columns) {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (i, width) in widths.iter().enumerate() {
                let inside = match row.get(i) {
                    Some(card) => self.card(card),
                    None => "<w:p/>".into(),
                };
                let fill = if i < row.len() { PALE } else { "auto" };
                // White lines part the cards from one another.
                let line = r#"w:val="single" w:sz="48" w:space="0" w:color="FFFFFF""#;
                let right = if i + 1 < columns { format!("<w:right {line}/>") } else { String::new() };
                let _ = write!(
                    self.xml,
                    r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{right}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>{inside}</w:tc>"#
                );
            }
            self.xml.push_str("</w:tr>");
        }
        self.close("");
    }

    fn card(&mut self, card: &Card) -> String {
        let mut inside = self.paragraph("CardNumber", &plain(card.number.as_str()), "");
        inside += &self.paragraph("CardText", &plain(card.says.as_str()), "");
        if !card.sure.is_empty() {
            inside += &self.paragraph("Quiet", &plain(card.sure.as_str()), "");
        }
        inside
    }

    /// What is asked of the reader, in a box.
    pub(super) fn asks(&mut self, title: &str, items: &[Text]) {
        self.before_table();
        let widths = parted(TEXT_WIDTH_MM, &[1.0], &[]);
        self.open("Box", &widths, "", "");
        let mut inside = self.paragraph("AsksTitle", &plain(title), "");
        inside += &self.items(true, items);
        let _ = write!(
            self.xml,
            r#"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr>{inside}</w:tc></w:tr>"#,
            widths.first().copied().unwrap_or_default()
        );
        self.close("");
    }

    /// Pictures: one below the other, or side by side.
    pub(super) fn figures(&mut self, columns: usize, figures: &[Figure]) {
        let room = figure_width_mm(columns, figures.len());
        let columns = side_by_side(columns, figures.len());
        if columns < 2 {
            for figure in figures {
                let inside = self.figure(figure, room);
                self.xml.push_str(&inside);
            }
            return;
        }
        self.before_table();
        let widths = parted(TEXT_WIDTH_MM, &vec![1.0; columns], &[]);
        self.open("SideBySide", &widths, "", "");
        for row in figures.chunks(columns) {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (i, width) in widths.iter().enumerate() {
                let inside = row.get(i).map_or_else(|| "<w:p/>".into(), |figure| self.figure(figure, room));
                let _ = write!(self.xml, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>"#);
            }
            self.xml.push_str("</w:tr>");
        }
        self.close("");
    }

    /// A picture with its title above and its source below, kept together.
    fn figure(&mut self, figure: &Figure, width_mm: f64) -> String {
        let mut inside = String::new();
        for (style, words) in [("Caption", &figure.title), ("Subcaption", &figure.subtitle)] {
            if !words.is_empty() {
                inside += &self.paragraph(style, &plain(words.as_str()), "");
            }
        }
        let keep = if figure.source.is_empty() { "" } else { "<w:keepNext/>" };
        let broken = self.page_break();
        let drawing = self.picture(&figure.svg, &figure.alt_text, width_mm);
        let _ = write!(inside, r#"<w:p><w:pPr><w:pStyle w:val="Picture"/>{keep}{broken}</w:pPr>{drawing}</w:p>"#);
        if !figure.source.is_empty() {
            inside += &self.paragraph("Quiet", &plain(figure.source.as_str()), "");
        }
        inside
    }

    /// The start of a table as wide as the text, whose columns keep their widths.
    fn open(&mut self, style: &str, widths: &[i64], look: &str, described: &str) {
        let all: i64 = widths.iter().sum();
        let grid: String = widths.iter().map(|w| format!(r#"<w:gridCol w:w="{w}"/>"#)).collect();
        let _ = write!(
            self.xml,
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{all}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#
        );
    }

    /// The end of a table. A paragraph follows each: two tables without one between them would become one.
    fn close(&mut self, note: &str) {
        self.xml.push_str("</w:tbl>");
        if note.is_empty() {
            self.words("Spacer", &vec![]);
        } else {
            self.words("Quiet", &plain(note));
        }
    }

    /// A table cannot begin a page by itself: a paragraph of no height does.
    fn before_table(&mut self) {
        if self.breaks_page {
            self.words("Spacer", &vec![]);
        }
    }
}

/// Widths of the columns of a table, in twentieths of a point.
pub(super) fn column_widths(table: &Table) -> Vec<i64> {
    let shares: Vec<f64> = table.columns.iter().map(|c| c.width).collect();
    let least: Vec<f64> = table.columns.iter().enumerate().map(|(i, c)| least_mm(c).max(longest_word_mm(table, i))).collect();
    parted(TEXT_WIDTH_MM, &shares, &least)
}

/// Width of a picture in a cell of a column, whose margins are 1.5 mm on either side.
pub(super) fn picture_width_mm(column: i64) -> f64 {
    (column as f64 * 25.4 / 1440.0 - 3.0).max(1.0)
}

/// How many of some pictures stand side by side where as many are asked for.
fn side_by_side(columns: usize, pictures: usize) -> usize {
    columns.clamp(1, 6).min(pictures)
}

/// Width of each of some pictures.
pub(super) fn figure_width_mm(columns: usize, pictures: usize) -> f64 {
    match side_by_side(columns, pictures) {
        0 | 1 => TEXT_WIDTH_MM,
        many => TEXT_WIDTH_MM / many as f64 - 3.0,
    }
}

/// Width that the longest word of the cells of a column needs. Very long ones, such as addresses, may be broken.
fn longest_word_mm(table: &Table, column: usize) -> f64 {
    let words = |text: &Text| {
        let letter = if text.iter().any(|r| r.bold) { HEADING_LETTER_MM } else { LETTER_MM };
        let whole: String = text.iter().map(|r| r.text.as_str()).collect();
        whole.split_whitespace().map(|w| w.chars().count()).max().unwrap_or(0).min(16) as f64 * letter
    };
    let of = |cell: &Cell| if let Cell::Text(text) = cell { words(text) } else { 0.0 };
    let widest = table.rows.iter().filter_map(|row| row.get(column)).map(of).fold(0.0, f64::max);
    if widest > 0.0 { widest + 3.5 } else { 0.0 }
}

/// Width that the longest word of a heading needs, with the margins of its cell: no word of it is to be broken.
fn least_mm(column: &Column) -> f64 {
    let longest = column.heading.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    longest.min(20) as f64 * HEADING_LETTER_MM + 3.5
}

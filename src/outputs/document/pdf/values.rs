//! The words and pictures of a document as values that a template reads.

use serde_json::{Value, json};

use super::How;
use super::letters::in_fonts;
use crate::outputs::document::tree::{Block, Cell, Document, Figure, Text};

/// The document as JSON, and its pictures: `0.svg` and so on, as the JSON names them.
pub(super) fn of(document: &Document, how: &How) -> (Vec<u8>, Vec<String>) {
    let mut pictures = Vec::new();
    let blocks: Vec<Value> = document.blocks.iter().map(|b| block(b, &mut pictures)).collect();
    let whole = json!({
        "title": document.title, "occasion": document.occasion, "foot": document.foot, "mark": document.mark, "close": how.close,
        "floats": how.floats.iter().map(|i| named(*i)).collect::<Vec<_>>(),
        "blocks": blocks,
    });
    // A tree of text and numbers can always be written.
    let words = in_fonts(serde_json::to_string(&whole).unwrap_or_default());
    (words.into_bytes(), pictures.into_iter().map(in_fonts).collect())
}

fn block(block: &Block, pictures: &mut Vec<String>) -> Value {
    match block {
        Block::Heading { level, text } => json!({"kind": "heading", "level": level, "text": text}),
        Block::Paragraph(text) => json!({"kind": "paragraph", "runs": runs(text)}),
        Block::Quiet(text) => json!({"kind": "quiet", "runs": runs(text)}),
        Block::List { numbered, items } => json!({"kind": "list", "numbered": numbered, "items": texts(items)}),
        Block::Asks { title, items } => json!({"kind": "asks", "title": title, "items": texts(items)}),
        Block::Cards(cards) => {
            let cards: Vec<Value> = cards.iter().map(|c| json!({"number": c.number, "says": c.says, "sure": c.sure})).collect();
            json!({"kind": "cards", "cards": cards})
        }
        Block::Figures { columns, figures } => {
            let figures: Vec<Value> = figures.iter().map(|f| figure(f, pictures)).collect();
            json!({"kind": "figures", "columns": columns, "figures": figures})
        }
        Block::Table(table) => {
            let columns: Vec<Value> =
                table.columns.iter().map(|c| json!({"heading": c.heading, "width": c.width, "numeric": c.numeric})).collect();
            let rows: Vec<Vec<Value>> = table.rows.iter().map(|row| row.iter().map(|c| cell(c, pictures)).collect()).collect();
            json!({"kind": "table", "caption": table.caption, "columns": columns, "rows": rows, "note": table.note})
        }
        Block::NewPage => json!({"kind": "new-page"}),
    }
}

fn figure(figure: &Figure, pictures: &mut Vec<String>) -> Value {
    let path = keep(&figure.svg, pictures);
    json!({"path": path, "width": width_mm(figure), "alt": told(&figure.alt_text), "title": figure.title, "subtitle": figure.subtitle, "source": figure.source})
}

fn cell(cell: &Cell, pictures: &mut Vec<String>) -> Value {
    match cell {
        Cell::Text(text) => json!({"runs": runs(text)}),
        Cell::Picture { svg, alt_text } => json!({"path": keep(svg, pictures), "alt": told(alt_text)}),
    }
}

/// How wide a picture that has a row to itself is set: as wide as the text, unless it would then fill the page.
fn width_mm(figure: &Figure) -> f64 {
    const TEXT_MM: f64 = 182.0;
    const TALLEST_MM: f64 = 112.0;
    /// Words of 12 pixels in a drawing of 688 are 7.5 points at this width, and never less.
    const LEAST_MM: f64 = 153.0;
    /// As tall as a page has room for, with its title and its source.
    const PAGE_MM: f64 = 240.0;
    let tallest_mm = figure.tallest_mm.unwrap_or(TALLEST_MM);
    let sides = figure.svg.split_once("viewBox=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |s| s.0);
    let sides: Vec<f64> = sides.split_whitespace().filter_map(|s| s.parse().ok()).collect();
    match sides[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => {
            TEXT_MM.min((tallest_mm * width / height).max(LEAST_MM)).min(PAGE_MM * width / height)
        }
        _ => TEXT_MM,
    }
}

/// A text alternative, or none: an empty one would pass for one.
fn told(alt_text: &str) -> Option<&str> {
    Some(alt_text).filter(|t| !t.trim().is_empty())
}

fn keep(svg: &str, pictures: &mut Vec<String>) -> String {
    pictures.push(svg.to_owned());
    named(pictures.len() - 1)
}

fn named(picture: usize) -> String {
    format!("{picture}.svg")
}

fn runs(text: &Text) -> Vec<Value> {
    text.iter().map(|r| json!({"text": r.text, "bold": r.bold, "link": r.link})).collect()
}

fn texts(items: &[Text]) -> Vec<Vec<Value>> {
    items.iter().map(runs).collect()
}

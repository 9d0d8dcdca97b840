//! A document as one page that needs nothing else: no request, no program, readable on a phone, by keyboard, by a screen reader and on paper.

use std::fmt::Write;

use super::tree::{Block, Cell, Document, Figure, Run, Table, Text};
use crate::outputs::svg::escape;
use crate::units::capital;

/// Where *Leave this page* leads: a page that nobody asks about.
const ELSEWHERE: &str = "https://www.bbc.co.uk/weather";

/// The page. `name` is that of its report; a page by a text of the analyst's own says so in its metadata.
pub fn html(document: &Document, name: &str) -> String {
    let mut page = Page::default();
    document.blocks.iter().for_each(|b| page.block(b));
    let mark = document.mark.as_ref().map_or(String::new(), |m| format!("<span class=\"mark\">{}</span> ", escape(&capital(m))));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"gapmap, {}\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n\
<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header class=\"top\"><span>{mark}{}</span><a class=\"leave\" href=\"{ELSEWHERE}\" rel=\"noreferrer\">Leave this page</a></header>\n\
<main id=\"main\">\n{}</main>\n<footer>{}</footer>\n</body>\n</html>\n",
        escape(name),
        escape(&document.title),
        include_str!("page.css"),
        escape(&document.occasion),
        page.out,
        escape(&document.foot)
    )
}

/// Blocks by themselves, as a part of another page.
pub(in crate::outputs) fn fragment(blocks: &[Block]) -> String {
    let mut page = Page::default();
    blocks.iter().for_each(|b| page.block(b));
    page.out
}

/// The body under construction.
#[derive(Default)]
struct Page {
    out: String,
    drawings: usize,
}

impl Page {
    fn block(&mut self, block: &Block) {
        let text = match block {
            Block::Heading { level, text } => {
                let level = (*level).clamp(1, 3);
                format!("<h{level}>{}</h{level}>\n", escape(text))
            }
            Block::Paragraph(text) => format!("<p>{}</p>\n", words(text)),
            Block::Quiet(text) => format!("<p class=\"quiet\">{}</p>\n", words(text)),
            Block::List { numbered, items } => list(*numbered, items),
            Block::Asks { title, items } => {
                let items = if items.len() == 1 { format!("<p>{}</p>", words(&items[0])) } else { list(true, items) };
                format!("<section class=\"asks\"><strong>{}</strong>{items}</section>\n", escape(title))
            }
            Block::Cards(cards) => {
                let card = |c: &super::tree::Card| {
                    let sure = if c.sure.is_empty() { String::new() } else { format!(" <span class=\"quiet\">{}</span>", escape(&c.sure)) };
                    format!("<div><b>{}</b>{}{sure}</div>", escape(&c.number), escape(&c.says))
                };
                format!("<div class=\"cards\">{}</div>\n", cards.iter().map(card).collect::<String>())
            }
            Block::Figures { columns, figures } => {
                let class = if *columns == 1 { "figures one" } else { "figures" };
                let inside: String = figures.iter().map(|f| self.figure(f, *columns > 1)).collect();
                format!("<div class=\"{class}\" style=\"grid-template-columns: repeat({columns}, minmax(0, 1fr))\">{inside}</div>\n")
            }
            Block::Table(table) => self.table(table),
            Block::NewPage => "<div class=\"page\"></div>\n".to_owned(),
        };
        self.out.push_str(&text);
    }

    /// A drawing with ids of its own: ids are unique on a page.
    fn drawing(&mut self, svg: &str) -> String {
        self.drawings += 1;
        let n = self.drawings;
        svg.replace(" id=\"", &format!(" id=\"d{n}-"))
            .replace("url(#", &format!("url(#d{n}-"))
            .replace("href=\"#", &format!("href=\"#d{n}-"))
    }

    fn figure(&mut self, figure: &Figure, side_by_side: bool) -> String {
        let part = |tag: &str, text: &str| if text.is_empty() { String::new() } else { format!("<{tag}>{}</{tag}>", escape(text)) };
        if side_by_side {
            let (title, under) = (part("strong", &figure.title), part("span", &figure.subtitle));
            return format!("<figure><figcaption>{title}</figcaption>{}<p class=\"quiet\">{under}</p></figure>", self.drawing(&figure.svg));
        }
        let caption = format!("{}{}", part("strong", &figure.title), part("span", &figure.subtitle));
        let source = if figure.source.is_empty() { String::new() } else { format!("<p class=\"quiet\">{}</p>", escape(&figure.source)) };
        // A phone shows the cut made for it; where there is none, the drawing is wider than the page and is scrolled, by keyboard, too.
        match &figure.narrow {
            Some(narrow) => format!(
                "<figure class=\"cut\"><figcaption>{caption}</figcaption><div class=\"wide\">{}</div><div class=\"narrow\">{}</div>{source}</figure>",
                self.drawing(&figure.svg),
                self.drawing(narrow)
            ),
            None => format!(
                "<figure><figcaption>{caption}</figcaption><p class=\"hint quiet\">Scroll sideways to see the whole picture.</p><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Picture\">{}</div>{source}</figure>",
                self.drawing(&figure.svg)
            ),
        }
    }

    fn table(&mut self, table: &Table) -> String {
        let mut out = String::from("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table role=\"table\">");
        if !table.caption.is_empty() {
            let _ = write!(out, "<caption>{}</caption>", escape(&table.caption));
        }
        let class = |numeric: bool| if numeric { " class=\"n\"" } else { "" };
        out.push_str("<thead role=\"rowgroup\"><tr role=\"row\">");
        for column in &table.columns {
            let _ = write!(out, "<th role=\"columnheader\" scope=\"col\"{}>{}</th>", class(column.numeric), escape(&column.heading));
        }
        out.push_str("</tr></thead><tbody role=\"rowgroup\">");
        for row in &table.rows {
            out.push_str("<tr role=\"row\">");
            for (i, cell) in row.iter().enumerate() {
                let numeric = table.columns.get(i).is_some_and(|c| c.numeric);
                let inside = match cell {
                    Cell::Text(text) => words(text),
                    Cell::Picture { svg, .. } => self.drawing(svg),
                };
                // On a phone each row is a card, and each cell says what it is of.
                let of = table.columns.get(i).map_or(String::new(), |c| format!("<div class=\"of\">{}</div>", escape(&c.heading)));
                let empty = matches!(cell, Cell::Text(t) if t.iter().all(|r| r.text.trim().is_empty()));
                let class = match (numeric, empty) {
                    (true, true) => " class=\"n empty\"",
                    (true, false) => " class=\"n\"",
                    (false, true) => " class=\"empty\"",
                    (false, false) => "",
                };
                let of = if empty { String::new() } else { of };
                let _ = write!(out, "<td role=\"cell\"{class}>{of}<div>{inside}</div></td>");
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></div>\n");
        if !table.note.is_empty() {
            let _ = writeln!(out, "<p class=\"quiet\">{}</p>", escape(&table.note));
        }
        out
    }
}

fn list(numbered: bool, items: &[Text]) -> String {
    let tag = if numbered { "ol" } else { "ul" };
    format!("<{tag}>{}</{tag}>\n", items.iter().map(|i| format!("<li>{}</li>", words(i))).collect::<String>())
}

fn words(text: &Text) -> String {
    let run = |r: &Run| {
        let words = if r.bold { format!("<strong>{}</strong>", escape(&r.text)) } else { escape(&r.text) };
        // Only addresses of the web: nothing that a page could run.
        match r.link.as_ref().filter(|l| l.starts_with("https://") || l.starts_with('#')) {
            Some(link) => format!("<a href=\"{}\">{words}</a>", escape(link)),
            None => words,
        }
    };
    text.iter().map(run).collect()
}

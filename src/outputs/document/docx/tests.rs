use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use resvg::usvg::roxmltree::{Document as Xml, Node};

use super::docx;
use crate::outputs::document::tree::{Block, Card, Cell, Column, Document, Figure, Run, Table, plain};

const SQUARE: &str =
    r##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#12436D"/></svg>"##;

fn figure(alt_text: &str) -> Figure {
    Figure {
        narrow: None,
        svg: SQUARE.into(),
        alt_text: alt_text.into(),
        title: "Reports rose".into(),
        subtitle: "Reports, Quillmere, 2025".into(),
        source: "Source: Quillmere, 2025".into(),
        tallest_mm: None,
    }
}

fn column(heading: &str, numeric: bool) -> Column {
    Column { heading: heading.into(), width: if numeric { 1.0 } else { 3.0 }, numeric }
}

fn table(rows: usize) -> Table {
    let row = |i: usize| {
        vec![Cell::plain(format!("Service {i}")), Cell::plain("12"), Cell::Picture { svg: SQUARE.into(), alt_text: format!("line {i}") }]
    };
    Table {
        caption: "Services".into(),
        columns: vec![column("Service", false), column("People", true), column("Three years", false)],
        rows: (0..rows).map(row).collect(),
        note: "Counts are rounded.".into(),
    }
}

/// A document of every kind of block.
fn every_kind() -> Document {
    let link = Run { text: "statutory guidance".into(), bold: true, link: Some("https://www.gov.uk/vawg".into()) };
    Document {
        title: "Board report".into(),
        occasion: "Quillmere, January to December 2025".into(),
        foot: "Public".into(),
        mark: Some("Invented data".into()),
        blocks: vec![
            Block::Heading { level: 1, text: "Most live within reach".into() },
            Block::Asks { title: "Decisions sought".into(), items: vec![plain("Open later"), plain("Ask again")] },
            Block::Cards(vec![
                Card { number: "65,680".into(), says: "live beyond reach".into(), sure: "sure".into() },
                Card { number: "16".into(), says: "gaps".into(), sure: String::new() },
            ]),
            Block::Heading { level: 2, text: "Where".into() },
            Block::Paragraph(vec![Run { text: "By the ".into(), ..Run::default() }, link]),
            Block::Quiet(plain("Source: police.uk")),
            Block::List { numbered: true, items: vec![plain("one"), plain("two")] },
            Block::List { numbered: false, items: vec![plain("a"), plain("b"), plain("c")] },
            Block::Figures { columns: 1, figures: vec![figure("alone")] },
            Block::Figures { columns: 2, figures: vec![figure("left"), figure("right"), figure("below")] },
            Block::NewPage,
            Block::Heading { level: 3, text: "Services".into() },
            Block::Table(table(3)),
            Block::NewPage,
            Block::Table(table(1)),
        ],
    }
}

/// The parts of the file; every XML part is read as XML, and every part that another one refers to is there.
fn parts(document: &Document) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx(document).unwrap())).unwrap();
    let mut parts = BTreeMap::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).unwrap();
        let (name, mut bytes) = (part.name().unwrap().to_string(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(name, bytes);
    }
    for (name, bytes) in parts.iter().filter(|(name, _)| !name.ends_with(".png")) {
        let text = std::str::from_utf8(bytes).unwrap();
        Xml::parse(text).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
    let relations = text_of(&parts, "word/_rels/document.xml.rels");
    let relations = Xml::parse(&relations).unwrap();
    let known: Vec<&str> = relations.root_element().children().filter_map(|r| r.attribute("Id")).collect();
    for relation in relations.root_element().children().filter(|r| r.attribute("TargetMode").is_none()) {
        let target = format!("word/{}", relation.attribute("Target").unwrap());
        assert!(parts.contains_key(&target), "{target}");
    }
    let body = text_of(&parts, "word/document.xml");
    for node in Xml::parse(&body).unwrap().descendants() {
        for attribute in node.attributes().filter(|a| a.namespace().is_some_and(|n| n.ends_with("/relationships"))) {
            assert!(known.contains(&attribute.value()), "{}", attribute.value());
        }
    }
    parts
}

fn text_of(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

fn named<'a, 'b: 'a>(from: Node<'a, 'b>, name: &'a str) -> Vec<Node<'a, 'b>> {
    from.descendants().filter(|n| n.tag_name().name() == name).collect()
}

fn value<'a>(node: Node<'a, '_>) -> &'a str {
    node.attributes().find(|a| a.name() == "val").map_or("", |a| a.value())
}

/// Style and words of each paragraph.
fn paragraphs(xml: &Xml) -> Vec<(String, String)> {
    let style = |p: Node| named(p, "pStyle").first().map_or(String::new(), |s| value(*s).to_owned());
    let said = |p: Node| named(p, "t").iter().filter_map(|t| t.text()).collect::<String>();
    named(xml.root(), "p").into_iter().map(|p| (style(p), said(p))).collect()
}

#[test]
fn every_kind_of_block_is_what_it_is_called() {
    let parts = parts(&every_kind());
    let text = text_of(&parts, "word/document.xml");
    let xml = Xml::parse(&text).unwrap();
    let all = paragraphs(&xml);
    let of = |style: &str| all.iter().filter(|p| p.0 == style).map(|p| p.1.as_str()).collect::<Vec<_>>();
    assert_eq!(of("Heading1"), ["Most live within reach"]);
    assert_eq!(of("Heading2"), ["Where"]);
    assert_eq!(of("Heading3"), ["Services"]);
    assert_eq!(of("Mark"), ["Invented data"]);
    assert_eq!(of("ListNumber"), ["Open later", "Ask again", "one", "two"]);
    assert_eq!(of("ListBullet"), ["a", "b", "c"]);
    assert_eq!(of("AsksTitle"), ["Decisions sought"]);
    assert_eq!(of("CardNumber"), ["65,680", "16"]);
    assert_eq!(of("Caption").len(), 6, "four pictures and two tables have a title");
    assert!(of("Normal").contains(&"By the statutory guidance"));
    // Each numbered list counts from 1, by a number of its own.
    let lists: Vec<&str> = named(xml.root(), "numId").into_iter().map(value).collect();
    assert_eq!(lists, ["3", "3", "4", "4", "2", "2", "2"]);
    let numbering = text_of(&parts, "word/numbering.xml");
    assert_eq!(named(Xml::parse(&numbering).unwrap().root(), "startOverride").len(), 2);
    // Every style that is used is one that there is.
    let styles = text_of(&parts, "word/styles.xml");
    let styles = Xml::parse(&styles).unwrap();
    let known: Vec<&str> = styles.descendants().filter_map(|s| s.attributes().find(|a| a.name() == "styleId")).map(|a| a.value()).collect();
    for used in ["pStyle", "rStyle", "tblStyle"].iter().flat_map(|kind| named(xml.root(), kind)).map(value) {
        assert!(known.contains(&used), "{used}");
    }
    assert_eq!(named(xml.root(), "pageBreakBefore").len(), 2);
    assert!(text_of(&parts, "word/_rels/document.xml.rels").contains(r#"Target="https://www.gov.uk/vawg" TargetMode="External""#));
    for (part, held) in [("word/footer1.xml", " NUMPAGES "), ("word/footer1.xml", "Public"), ("word/header2.xml", "Invented data")] {
        assert!(text_of(&parts, part).contains(held), "{part} holds no {held}");
    }
    let core = text_of(&parts, "docProps/core.xml");
    assert!(core.contains("<dc:title>Board report</dc:title>") && !core.contains("creator") && core.contains("en-GB"));
}

#[test]
fn headings_of_tables_stand_on_every_page_and_no_row_is_parted() {
    let text = text_of(&parts(&every_kind()), "word/document.xml");
    let xml = Xml::parse(&text).unwrap();
    let tables: Vec<Node> =
        named(xml.root(), "tbl").into_iter().filter(|t| named(*t, "tblStyle").first().is_some_and(|s| value(*s) == "Table")).collect();
    assert_eq!(tables.len(), 2);
    for table in &tables {
        let rows = named(*table, "tr");
        assert_eq!(named(rows[0], "tblHeader").len(), 1);
        assert_eq!(named(*table, "tblHeader").len(), 1);
        assert!(rows.iter().all(|r| named(*r, "cantSplit").len() == 1 && named(*r, "tc").len() == 3));
        assert_eq!(value(named(*table, "tblCaption")[0]), "Services");
        // The columns keep the widths that they were given: 3, 1 and 3 parts of 182 mm.
        let widths: Vec<i64> = named(*table, "gridCol").iter().map(|c| c.attributes().next().unwrap().value().parse().unwrap()).collect();
        assert!(widths.iter().sum::<i64>() == 10318 && widths[0] > 2 * widths[1], "{widths:?}");
    }
    assert_eq!(named(tables[0], "tr").len(), 4);
    // A table ends with a paragraph: two without one between them would become one.
    for table in named(xml.root(), "tbl") {
        assert_eq!(table.next_sibling_element().unwrap().tag_name().name(), "p");
    }
    for cell in named(xml.root(), "tc") {
        assert_eq!(cell.last_element_child().unwrap().tag_name().name(), "p", "a cell ends with a paragraph");
    }
}

#[test]
fn pictures_say_what_they_show_and_are_packed_once() {
    let parts = parts(&every_kind());
    let text = text_of(&parts, "word/document.xml");
    let xml = Xml::parse(&text).unwrap();
    let shown: Vec<Node> = named(xml.root(), "docPr");
    let told: Vec<&str> = shown.iter().filter_map(|n| n.attribute("descr")).collect();
    assert_eq!(told, ["alone", "left", "right", "below", "line 0", "line 1", "line 2", "line 0"]);
    let mut ids: Vec<&str> = shown.iter().filter_map(|n| n.attribute("id")).collect();
    ids.dedup();
    assert_eq!(ids.len(), 8);
    assert_eq!(
        parts.keys().filter(|p| p.starts_with("word/media/")).collect::<Vec<_>>(),
        ["word/media/figure1.png", "word/media/figure1.svg"]
    );
    assert_eq!(named(xml.root(), "svgBlip").len(), 8);
    // As wide as the text, half as tall.
    let size: Vec<&str> = named(xml.root(), "extent")[0].attributes().map(|a| a.value()).collect();
    assert_eq!(size, ["6552000", "3276000"]);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(docx(&every_kind()).unwrap(), docx(&every_kind()).unwrap());
    assert!(docx(&Document::default()).is_ok());
}

#[test]
fn hostile_texts_stay_texts() {
    let long = "x".repeat(10_000);
    let texts = [
        "</w:t><w:p><w:r><w:t>in</w:t></w:r></w:p>",
        "<w:p>&amp;&#x0;]]><!--",
        "a\u{0}\u{1}\u{8}\u{b}\u{1b}\u{fffe}\u{ffff}b",
        "left\u{202e}thgir\u{2066}",
        "👩🏽‍🚒 Tŷ Gobaith",
        "مركز الدعم",
        "{ HYPERLINK \"http://x\" }",
        "=1+1",
        long.as_str(),
    ];
    for text in texts {
        let run = |link: Option<&str>| vec![Run { text: text.into(), bold: true, link: link.map(str::to_owned) }];
        let cells = |text: &str| vec![Cell::plain(text), Cell::plain(text), Cell::Picture { svg: SQUARE.into(), alt_text: text.into() }];
        let document = Document {
            title: text.into(),
            occasion: text.into(),
            foot: text.into(),
            mark: Some(text.into()),
            blocks: vec![
                Block::Heading { level: 2, text: text.into() },
                Block::Paragraph(run(Some(text))),
                Block::Quiet(run(Some("https://example.org/<w:p>"))),
                Block::List { numbered: true, items: vec![run(None)] },
                Block::Asks { title: text.into(), items: vec![run(None)] },
                Block::Cards(vec![Card { number: text.into(), says: text.into(), sure: text.into() }]),
                Block::Figures { columns: 3, figures: vec![figure(text); 4] },
                Block::Table(Table { caption: text.into(), note: text.into(), rows: vec![cells(text)], ..table(0) }),
            ],
        };
        let parts = parts(&document);
        let body = text_of(&parts, "word/document.xml");
        let xml = Xml::parse(&body).unwrap();
        let expected = crate::units::showable(text).0;
        let whole = paragraphs(&xml).into_iter().filter(|p| p.1 == expected).count();
        assert_eq!(whole, 16, "{}", &text[..text.len().min(40)]);
        assert!(!body.contains(['\u{0}', '\u{1b}', '\u{202e}', '\u{fffe}']));
        let rtl = named(xml.root(), "rtl").len();
        assert_eq!(rtl > 0, text.starts_with('م'), "only what runs from the right is marked so");
    }
}

#[test]
fn what_cannot_be_is_left_out_and_stops_nothing() {
    let wide = Cell::plain("more than there are columns");
    let document = Document {
        blocks: vec![
            Block::Cards(vec![]),
            Block::Figures { columns: 0, figures: vec![] },
            Block::Figures { columns: 9, figures: vec![figure("one")] },
            Block::Table(Table::default()),
            Block::Table(Table { rows: vec![vec![], vec![wide.clone(); 9]], ..table(1) }),
            Block::List { numbered: true, items: vec![] },
            Block::Heading { level: 9, text: String::new() },
            Block::Cards(vec![Card { number: "1".into(), says: "one".into(), sure: String::new() }; 7]),
            Block::NewPage,
        ],
        ..Document::default()
    };
    let text = text_of(&parts(&document), "word/document.xml");
    let xml = Xml::parse(&text).unwrap();
    assert!(named(xml.root(), "tr").iter().all(|r| [3, 4].contains(&named(*r, "tc").len())));
    assert_eq!(named(xml.root(), "tbl").len(), 2);
    // A drawing that is none is told.
    let broken = Figure { svg: "<svg".into(), ..figure("") };
    assert!(docx(&Document { blocks: vec![Block::Figures { columns: 1, figures: vec![broken] }], ..Document::default() }).is_err());
}

#[test]
fn a_long_document_lists_its_parts_and_a_short_one_does_not() {
    let of = |parts: usize| Document {
        blocks: (0..parts).map(|i| Block::Heading { level: 2, text: format!("Part {i}") }).collect(),
        ..Document::default()
    };
    for (count, listed) in [(8, 0), (9, 9)] {
        let text = text_of(&parts(&of(count)), "word/document.xml");
        let xml = Xml::parse(&text).unwrap();
        let leads: Vec<&str> = named(xml.root(), "hyperlink")
            .iter()
            .filter_map(|h| h.attributes().find(|a| a.name() == "anchor"))
            .map(|a| a.value())
            .collect();
        assert_eq!(leads.len(), listed);
        let names: Vec<&str> = named(xml.root(), "bookmarkStart")
            .iter()
            .filter_map(|h| h.attributes().find(|a| a.name() == "name"))
            .map(|a| a.value())
            .collect();
        assert!(leads.iter().all(|l| names.contains(l)));
        assert_eq!(named(xml.root(), "fldChar").len(), if listed > 0 { 3 } else { 0 });
    }
}

#[test]
fn a_narrow_column_has_room_for_the_longest_word_of_its_cells() {
    let long = "a long text that wants as much room as there is, and a little more than that, on every line of the table";
    let columns = vec![column("State", true), column("What", false), column("Sure", true)];
    let row = || vec![Cell::plain("running"), Cell::plain(long.repeat(4)), Cell::plain("Medium")];
    let widths = super::tables::column_widths(&Table { caption: String::new(), columns, rows: vec![row(), row()], note: String::new() });
    let mm = |i: usize| widths[i] as f64 * 25.4 / 1440.0;
    // Seven and six letters of 9 points, and the margins of the cell.
    assert!(mm(0) > 7.0 * 1.8 + 3.0 && mm(2) > 6.0 * 1.8 + 3.0, "{widths:?}");
}

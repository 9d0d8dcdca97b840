use super::super::tree::*;
use super::*;

fn document() -> Document {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><rect width=\"10\" height=\"10\"/></svg>".to_owned();
    let figure = Figure { svg: svg.clone(), alt_text: "A square".into(), title: "#panic[x]".into(), ..Figure::default() };
    let column = |heading: &str| Column { heading: heading.into(), width: 1.0, numeric: false };
    let row = |i: usize| vec![Cell::plain(format!("row {i}")), Cell::Picture { svg: svg.clone(), alt_text: "square".into() }];
    Document {
        title: "Title".into(),
        mark: Some("invented".into()),
        blocks: vec![
            Block::Heading { level: 1, text: "First #eval(\"1\") $x$ *b*".into() },
            Block::Asks { title: "Asks".into(), items: vec![plain("one"), plain("two")] },
            Block::Cards(vec![Card { number: "5".into(), says: "things".into(), sure: "High".into() }]),
            Block::Heading { level: 2, text: "Second".into() },
            Block::Paragraph(vec![Run { text: "a link".into(), bold: true, link: Some("https://example.org".into()) }]),
            Block::List { numbered: false, items: vec![plain("an item")] },
            Block::Figures { columns: 2, figures: vec![figure.clone(), figure] },
            Block::Table(Table {
                caption: "Rows".into(),
                columns: vec![column("What"), column("Square")],
                rows: (0..90).map(row).collect(),
                note: "A note".into(),
            }),
            Block::NewPage,
            Block::Quiet(plain("the end")),
        ],
        ..Document::default()
    }
}

#[test]
fn a_letter_that_no_font_has_stops_no_page() {
    let mut document = document();
    document.title = "\u{645}\u{631}\u{643}\u{632} \u{1f512}".into();
    document.blocks.push(Block::Paragraph(plain("\u{a06}\u{a38} \u{4e2d}\u{6587}")));
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 10\"><text y=\"9\" font-family=\"Noto Sans\">\u{1f512} Rowan</text></svg>";
    document
        .blocks
        .push(Block::Figures { columns: 1, figures: vec![Figure { svg: svg.into(), alt_text: "A name".into(), ..Figure::default() }] });
    assert!(pdf(&document).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn every_block_is_set_and_words_from_data_are_no_markup() {
    let bytes = pdf(&document()).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(bytes, pdf(&document()).unwrap(), "the same document gives the same bytes");
}

#[test]
fn a_picture_that_nobody_describes_is_refused() {
    let mut silent = document();
    silent.blocks.push(Block::Figures {
        columns: 1,
        figures: vec![Figure { svg: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".into(), ..Figure::default() }],
    });
    assert!(pdf(&silent).is_err());
}

fn lines(n: usize) -> Vec<Block> {
    (0..n).map(|i| Block::Paragraph(plain(format!("Line {i} of a page.")))).collect()
}

#[test]
fn a_picture_that_would_leave_half_a_page_empty_makes_room_for_what_follows() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><rect width=\"10\" height=\"10\"/></svg>".to_owned();
    let figure = Figure { svg, alt_text: "A square".into(), tallest_mm: Some(200.0), ..Figure::default() };
    let heading = Block::Heading { level: 2, text: "About squares".into() };
    let figures = Block::Figures { columns: 1, figures: vec![figure] };
    let blocks = [vec![heading], lines(20), vec![figures], lines(60)].concat();
    let document = Document { title: "Squares".into(), blocks, ..Document::default() };
    let before = ends::of(&set(&document, &How::default()).unwrap());
    assert!(before[0].filled < HALF, "{before:?}");
    let after = page_ends(&document).unwrap();
    assert!(after.iter().rev().skip(1).all(|end| end.filled >= HALF && !end.by_heading), "{after:?}");
}

#[test]
fn no_last_page_holds_a_few_lines_that_stand_well_with_the_others() {
    let of = |n: usize| Document { title: "Lines".into(), blocks: lines(n), ..Document::default() };
    let first = (20..120).find(|n| set(&of(*n), &How::default()).unwrap().pages().len() == 2).unwrap();
    assert_eq!(page_ends(&of(first)).unwrap().len(), 1);
    // Half a page of them stays.
    assert_eq!(page_ends(&of(first * 3 / 2)).unwrap().len(), 2);
}

#[test]
fn a_page_that_ends_with_a_heading_is_told() {
    let blocks = vec![Block::Paragraph(plain("Words")), Block::Heading { level: 2, text: "Alone".into() }];
    let ends = page_ends(&Document { title: "Heading".into(), blocks, ..Document::default() }).unwrap();
    assert!(ends[0].by_heading && ends[0].filled < 0.2, "{ends:?}");
}

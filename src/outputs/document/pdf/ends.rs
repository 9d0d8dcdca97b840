//! Where each page ends: how far it is filled, and whether a heading stands last on it.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::visualize::Geometry;
use typst_layout::PagedDocument;

/// Margins of `page.typ`.
const TOP_MM: f64 = 13.0;
const BOTTOM_MM: f64 = 16.0;
/// Headings of any level are larger than this, and all other words that can end a page are smaller.
const HEADING_PT: f64 = 10.5;

/// How a page ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PageEnd {
    /// How much of the height between the margins is filled, down to the lowest word, line or picture: 0 to 1.
    pub filled: f64,
    /// Whether the lowest words are a heading.
    pub by_heading: bool,
}

/// The lowest thing so far: where its foot is, and the size of its letters where it has any.
#[derive(Default)]
struct Lowest {
    foot: Abs,
    letters: Option<Abs>,
}

/// The ends of all pages.
pub(super) fn of(document: &PagedDocument) -> Vec<PageEnd> {
    document.pages().iter().map(|page| end(&page.frame)).collect()
}

/// The first page from a page on, but the last, that is filled less than so much, and the picture that the next begins with, by its number.
pub(super) fn early(document: &PagedDocument, least: f64, from: usize) -> Option<(usize, usize)> {
    let ends = of(document);
    let page = ends.iter().take(ends.len().saturating_sub(1)).skip(from).position(|end| end.filled < least)? + from;
    Some((page, document.pages().iter().take(page + 1).map(|p| pictures(&p.frame)).sum()))
}

fn pictures(frame: &Frame) -> usize {
    let of = |item: &FrameItem| match item {
        FrameItem::Group(group) => pictures(&group.frame),
        FrameItem::Image(..) => 1,
        _ => 0,
    };
    frame.items().map(|(_, item)| of(item)).sum()
}

fn end(page: &Frame) -> PageEnd {
    let (top, bottom) = (Abs::mm(TOP_MM), page.height() - Abs::mm(BOTTOM_MM));
    let mut lowest = Lowest::default();
    look(page, Point::zero(), bottom, &mut lowest);
    PageEnd {
        filled: ((lowest.foot - top) / (bottom - top)).clamp(0.0, 1.0),
        by_heading: lowest.letters.is_some_and(|size| size.to_pt() > HEADING_PT),
    }
}

fn look(frame: &Frame, origin: Point, bottom: Abs, lowest: &mut Lowest) {
    for (at, item) in frame.items() {
        let at = origin + *at;
        let (foot, letters) = match item {
            FrameItem::Group(group) => {
                look(&group.frame, at + Point::new(group.transform.tx, group.transform.ty), bottom, lowest);
                continue;
            }
            FrameItem::Text(text) => (at.y, Some(text.size)),
            FrameItem::Image(_, size, _) => (at.y + size.y, None),
            FrameItem::Shape(shape, _) => match &shape.geometry {
                Geometry::Line(to) => (at.y + to.y.max(Abs::zero()), None),
                Geometry::Rect(size) => (at.y + size.y, None),
                Geometry::Curve(_) => continue,
            },
            FrameItem::Link(..) | FrameItem::Tag(_) => continue,
        };
        // What stands lower is the foot of the page.
        if foot > lowest.foot && foot <= bottom + Abs::pt(1.0) {
            *lowest = Lowest { foot, letters };
        }
    }
}

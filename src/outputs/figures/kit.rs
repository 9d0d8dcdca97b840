//! What the figures of documents share: palette, patterns, a sheet of a given size, and boxes of text that must not overlap.

use crate::outputs::svg::{Anchor, Svg, TextStyle, escape, number};
use crate::outputs::theme::text_width;

/// Text.
pub(super) const INK: &str = "#0B0C0C";
/// Secondary text and lines.
pub(super) const QUIET: &str = "#505A5F";
/// Lines, dots and bars of the first series.
pub(super) const NAVY: &str = "#12436D";
/// Its second shade.
pub(super) const MID: &str = "#2073BC";
/// Its third shade.
pub(super) const LIGHT: &str = "#6BACE6";
/// Bands behind lines.
pub(super) const PALE: &str = "#DCEBF7";
/// Lines that should not be looked at.
pub(super) const FAINT: &str = "#BFBFBF";
/// Ground of what is only context.
pub(super) const CONTEXT: &str = "#E4EAF0";
/// A registered gap or an action, and nothing else.
pub(super) const ORANGE: &str = "#C4500C";

/// Width of a figure over the whole text of an A4 page, in pixels at which it is set 1:1: 182 mm.
pub(in crate::outputs) const FULL: f64 = 688.0;
/// Width of a figure on a phone, in pixels.
pub(super) const NARROW: f64 = 344.0;
/// Size of text, in pixels: never less.
pub(super) const SIZE: f64 = 12.0;

/// Radius of a site on a map, in pixels.
pub(super) const SITE: f64 = 5.0;

/// Beyond reach: hatched.
pub(super) const HATCH: &str = "url(#hatch)";
/// A service that comes to people, or helps by phone: dotted.
pub(super) const DOTTED: &str = "url(#dotted)";
/// Withheld: thin grey diagonals at a quarter of the ink.
pub(super) const WITHHELD: &str = "url(#withheld)";
/// Not in reach, and no gap by itself: paper with a rim.
pub(super) const PLAIN: &str = "#FAFAF7";
/// Not known: flat grey with question marks.
pub(super) const NOT_KNOWN: &str = "url(#unknown)";

/// Fills that stay apart without colour, by id and size of their tile.
const PATTERNS: [(&str, &str, &str); 4] = [
    (
        "hatch",
        "width=\"6\" height=\"6\" patternTransform=\"rotate(45)\"",
        "<path d=\"M0 0H6V6H0Z\" fill=\"#FBE3D3\"/><path d=\"M0 0V6\" stroke=\"#C4500C\" stroke-width=\"2.4\"/>",
    ),
    (
        "dotted",
        "width=\"6\" height=\"6\"",
        "<path d=\"M0 0H6V6H0Z\" fill=\"#A9CEEF\"/><circle cx=\"3\" cy=\"3\" r=\"1.1\" fill=\"#2073BC\"/>",
    ),
    (
        "withheld",
        "width=\"6\" height=\"6\" patternTransform=\"rotate(45)\"",
        "<path d=\"M0 0H6V6H0Z\" fill=\"#FFFFFF\"/><path d=\"M0 0V6\" stroke=\"#505A5F\" stroke-width=\"1.6\"/>",
    ),
    (
        "unknown",
        "width=\"26\" height=\"26\"",
        "<path d=\"M0 0H26V26H0Z\" fill=\"#D9D9D9\"/><path d=\"M9.5 10a3.5 3.5 0 1 1 5.1 3.1c-1.3.7-1.6 1.2-1.6 2.4\" fill=\"none\" stroke=\"#505A5F\" stroke-width=\"1.6\"/><circle cx=\"13\" cy=\"18.6\" r=\"1.1\" fill=\"#505A5F\"/>",
    ),
];

/// A figure under construction, without title, subtitle and source: the document sets those as text.
#[derive(Default)]
pub(super) struct Sheet {
    pub svg: Svg,
}

impl Sheet {
    /// Words of the smallest size, or larger.
    pub(super) fn text(&mut self, at: (f64, f64), words: &str, fill: &str, anchor: Anchor) {
        self.styled(at, words, TextStyle { size: SIZE, bold: false, fill, anchor });
    }

    /// The same in bold.
    pub(super) fn bold(&mut self, at: (f64, f64), words: &str, fill: &str, anchor: Anchor) {
        self.styled(at, words, TextStyle { size: SIZE, bold: true, fill, anchor });
    }

    /// Words of any look.
    pub(super) fn styled(&mut self, (x, y): (f64, f64), words: &str, style: TextStyle) {
        self.svg.text(x, y, words, style);
    }

    /// Words with a white rim, where lines lie below.
    pub(super) fn haloed(&mut self, (x, y): (f64, f64), words: &str, style: TextStyle) {
        let mut text = Svg::default();
        text.text(x, y, words, style);
        let rim = "<text stroke=\"#FFFFFF\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\" ";
        self.svg.raw(&text.body().trim_end().replacen("<text ", rim, 1));
    }

    /// A public site on a map.
    pub(super) fn site(&mut self, (x, y): (f64, f64)) {
        self.svg.circle(x, y, SITE, NAVY, "#FFFFFF", " stroke-width=\"1.5\"");
    }

    /// A mark of a legend, 26 × 16 px from its left top corner.
    pub(super) fn swatch(&mut self, (x, y): (f64, f64), fill: &str) {
        let unknown = fill == NOT_KNOWN;
        self.svg.rect(x, y, 26.0, 16.0, if unknown { "#D9D9D9" } else { fill }, QUIET);
        if unknown {
            self.text((x + 13.0, y + 12.0), "?", QUIET, Anchor::Middle);
        }
    }

    /// A closed or open path.
    pub(super) fn path(&mut self, d: &str, look: &str) {
        self.svg.raw(&format!("<path d=\"{d}\" {look}/>"));
    }

    /// The finished picture with its words for who cannot see it. Patterns that it uses are part of it, under names of its own.
    pub(super) fn finish(self, width: f64, height: f64, alt_text: String) -> (String, String) {
        let (defs, body) = (self.defs(), self.svg.body());
        let (w, h) = (number(width), number(height));
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{}\" font-family=\"'Noto Sans', 'Open Sans', Arial, sans-serif\">\n{defs}{body}</svg>\n",
            escape(&alt_text)
        );
        (own_ids(&svg), alt_text)
    }

    /// What stands in the picture, to be put into another one.
    pub(super) fn inside(self) -> String {
        own_ids(&format!("{}{}", self.defs(), self.svg.body()))
    }

    /// The patterns that it uses.
    fn defs(&self) -> String {
        let body = self.svg.body();
        let used = PATTERNS.iter().filter(|(id, _, _)| body.contains(&format!("#{id})")));
        let defs: String = used
            .map(|(id, tile, marks)| format!("<pattern id=\"{id}\" {tile} patternUnits=\"userSpaceOnUse\">{marks}</pattern>\n"))
            .collect();
        if defs.is_empty() { defs } else { format!("<defs>\n{defs}</defs>\n") }
    }
}

/// The same drawing with ids that no other drawing of a page has: each ends in a digest of what is drawn.
pub(super) fn own_ids(svg: &str) -> String {
    // FNV-1a: no secret, only a name.
    let digest = svg.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let mark = format!("-{:08x}", digest as u32);
    let mut out = String::with_capacity(svg.len() + 64);
    let mut rest = svg;
    let starts = [" id=\"", "url(#", "href=\"#"];
    while let Some((at, start)) = starts.iter().filter_map(|s| Some((rest.find(s)?, *s))).min() {
        let from = at + start.len();
        let end = rest[from..].find(['"', ')']).map_or(rest.len(), |e| from + e);
        out.push_str(&rest[..end]);
        out.push_str(&mark);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// A box on the sheet: left, top, right, bottom.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::outputs) struct Room {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Room {
    /// The box of words in one line whose base line begins, ends or is centred at a point.
    pub(super) fn of_text((x, y): (f64, f64), words: &str, size: f64, bold: bool, anchor: Anchor) -> Self {
        let width = text_width(words, size, bold);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Self { left, top: y - 0.8 * size, right: left + width, bottom: y + 0.25 * size }
    }

    /// Whether two boxes have a point in common.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether another lies in it.
    pub(super) fn holds(&self, other: &Self) -> bool {
        other.left >= self.left && other.right <= self.right && other.top >= self.top && other.bottom <= self.bottom
    }
}

#[cfg(test)]
pub(in crate::outputs) mod tests {
    use super::*;

    /// The texts of a drawing with the boxes that they fill.
    pub(in crate::outputs) fn words_of(svg: &str) -> Vec<(String, Room)> {
        let attribute = |tag: &str, name: &str| tag.split(&format!(" {name}=\"")).nth(1).map(|r| r.split('"').next().unwrap().to_owned());
        let word = |part: &str| {
            let (tag, rest) = part.split_once('>').unwrap();
            let number = |name| attribute(tag, name).unwrap().parse::<f64>().unwrap();
            let anchor = match attribute(tag, "text-anchor").as_deref() {
                Some("end") => Anchor::End,
                Some("middle") => Anchor::Middle,
                _ => Anchor::Start,
            };
            let words = rest.split("</text>").next().unwrap().to_owned();
            let room = Room::of_text((number("x"), number("y")), &words, number("font-size"), tag.contains("bold"), anchor);
            (words, room)
        };
        svg.split("<text").skip(1).map(word).collect()
    }

    #[test]
    fn two_drawings_share_no_id_and_each_finds_its_own() {
        let drawn = |width: f64| {
            let mut sheet = Sheet::default();
            sheet.svg.rect(0.0, 0.0, width, 5.0, HATCH, "none");
            sheet.finish(10.0, 10.0, "A bar".into()).0
        };
        let id = |svg: &str| svg.split(" id=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (a, b) = (drawn(5.0), drawn(6.0));
        assert_ne!(id(&a), id(&b));
        assert!(a.contains(&format!("url(#{})", id(&a))) && !a.contains("url(#hatch)"));
        assert_eq!(a, drawn(5.0));
        assert!(!drawn(5.0).contains("unknown"), "a pattern that is not used is not carried");
    }
}

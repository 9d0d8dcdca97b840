//! Drawings on a page in few bytes: what many elements share as a look becomes one rule of style, and what a browser does without goes.

use std::collections::HashMap;
use std::fmt::Write;

use crate::outputs::textures::texture_of_box;

/// Attributes that say how something looks, each also a property of style; whether its numbers are pixels.
const LOOKS: [(&str, bool); 13] = [
    ("fill", false),
    ("stroke", false),
    ("stroke-width", false),
    ("stroke-dasharray", false),
    ("stroke-linejoin", false),
    ("stroke-linecap", false),
    ("stroke-opacity", false),
    ("fill-opacity", false),
    ("opacity", false),
    ("font-size", true),
    ("font-weight", false),
    ("text-anchor", false),
    ("font-family", false),
];

/// Looks of the drawings of one page: the same look has the same name throughout.
#[derive(Default)]
pub(super) struct Looks {
    names: HashMap<String, usize>,
    rules: String,
}

impl Looks {
    /// The rules of style, for the head of the page.
    pub(super) fn rules(&self) -> &str {
        &self.rules
    }

    /// The name of a look.
    fn name(&mut self, look: String) -> String {
        let next = self.names.len();
        let n = *self.names.entry(look.clone()).or_insert(next);
        if n == next {
            let _ = writeln!(self.rules, "svg .s{n}{{{look}}}");
        }
        format!("s{n}")
    }

    /// A drawing of ours, whose values stand in double quotes, with its looks by name.
    pub(super) fn slim(&mut self, svg: &str) -> String {
        let mut out = Out { text: String::with_capacity(svg.len() / 2), run: None };
        let mut rest = svg;
        while let Some(open) = rest.find('<') {
            out.say(&rest[..open]);
            let end = tag_end(&rest[open..]);
            self.tag(&mut out, &rest[open..open + end]);
            rest = &rest[open + end..];
        }
        out.say(rest);
        out.end_run();
        out.text.replace(" font-family=\"'Noto Sans', 'Open Sans', Arial, sans-serif\"", "")
    }

    fn tag(&mut self, out: &mut Out, tag: &str) {
        let inside = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let drawn =
            matches!(name, "path" | "line" | "polyline" | "polygon" | "rect" | "circle" | "ellipse" | "text" | "tspan" | "g" | "use");
        if !drawn || attributes.is_empty() {
            out.end_run();
            out.text.push_str(tag);
            return;
        }
        let all: Vec<(&str, &str)> = pairs(attributes).collect();
        if let Some(filled) = textured(name, &all) {
            out.end_run();
            out.text.push_str(&filled.0);
            return self.tag(out, &filled.1);
        }
        let (mut look, mut others) = (String::new(), Vec::new());
        let named = all.iter().any(|a| a.0 == "class");
        for (key, value) in &all {
            match LOOKS.iter().find(|l| l.0 == *key) {
                Some((_, pixels)) if !named => {
                    if !is_usual(key, value) {
                        let value = short(key, value);
                        let _ = write!(look, "{}{key}:{value}{}", if look.is_empty() { "" } else { ";" }, if *pixels { "px" } else { "" });
                    }
                }
                _ => others.push((*key, value.trim_end())),
            }
        }
        let class = if look.is_empty() { String::new() } else { format!(" class=\"{}\"", self.name(look.clone())) };
        if let Some(d) = as_path(name, &others).filter(|_| tag.ends_with("/>")) {
            return out.add_to_run(class, &d, !look.contains("opacity"));
        }
        out.end_run();
        let others: String = others.iter().map(|(k, v)| format!(" {k}=\"{v}\"")).collect();
        let _ = write!(out.text, "<{name}{class}{others}{}>", if tag.ends_with("/>") { "/" } else { "" });
    }
}

/// What is written, and lines and boxes of one look that are not yet: they become one path.
struct Out {
    text: String,
    run: Option<(String, String)>,
}

impl Out {
    fn add_to_run(&mut self, class: String, d: &str, joins: bool) {
        match &mut self.run {
            Some((of, path)) if joins && *of == class => path.push_str(d),
            _ => {
                self.end_run();
                self.run = Some((class, d.to_owned()));
            }
        }
    }

    fn end_run(&mut self) {
        if let Some((class, d)) = self.run.take() {
            let _ = write!(self.text, "<path{class} d=\"{d}\"/>");
        }
    }

    /// What stands between tags, without the ends of lines that only part them.
    fn say(&mut self, text: &str) {
        let text = if text.contains('\n') { text.trim() } else { text };
        if !text.is_empty() {
            self.end_run();
            self.text.push_str(text);
        }
    }
}

/// A box that is filled with a texture: a window on it, and the box without a fill.
fn textured(name: &str, attributes: &[(&str, &str)]) -> Option<(String, String)> {
    let of = |key: &str| attributes.iter().find(|a| a.0 == key).map(|a| a.1);
    let texture = texture_of_box(of("fill")?, of("height")?.parse().ok()?).filter(|_| name == "rect")?;
    let [x, y, width, height] = [of("x")?, of("y")?, of("width")?, of("height")?];
    let window = format!("<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><use href=\"#{texture}\"/></svg>");
    let others: String = attributes.iter().map(|(k, v)| format!(" {k}=\"{}\"", if *k == "fill" { "none" } else { v })).collect();
    Some((window, format!("<rect{others}/>")))
}

/// Lines and boxes as paths; nothing where an attribute says more than where they lie.
fn as_path(name: &str, attributes: &[(&str, &str)]) -> Option<String> {
    let number = |key: &str| attributes.iter().find(|a| a.0 == key)?.1.parse::<f64>().ok();
    let corners: Vec<(f64, f64)> = match (name, attributes.len()) {
        ("line", 4) => vec![(number("x1")?, number("y1")?), (number("x2")?, number("y2")?)],
        ("rect", 4) => {
            let (x, y, w, h) = (number("x")?, number("y")?, number("width")?, number("height")?);
            vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
        }
        ("polyline", 1) => {
            let pair = |p: &str| p.split_once(',').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)));
            attributes.iter().find(|a| a.0 == "points")?.1.split_whitespace().map(pair).collect::<Option<_>>()?
        }
        _ => return None,
    };
    let tenths = |x: f64| (x * 10.0).round();
    let mut d = String::new();
    let mut at = (0.0, 0.0);
    for (i, (x, y)) in corners.into_iter().enumerate() {
        let here = (tenths(x), tenths(y));
        let (dx, dy) = ((here.0 - at.0) / 10.0, (here.1 - at.1) / 10.0);
        let n = crate::outputs::svg::number;
        let _ = match (i, dx == 0.0, dy == 0.0) {
            (0, _, _) => write!(d, "M{} {}", n(x), n(y)),
            (_, true, true) => Ok(()),
            (_, true, false) => write!(d, "v{}", n(dy)),
            (_, false, true) => write!(d, "h{}", n(dx)),
            (_, false, false) => write!(d, "l{} {}", n(dx), n(dy)),
        };
        at = here;
    }
    if name == "rect" {
        d.push('z');
    }
    Some(d)
}

/// Where a tag ends: a `>` in a value does not end it.
fn tag_end(tail: &str) -> usize {
    let mut quoted = false;
    for (i, b) in tail.bytes().enumerate() {
        match b {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return i + 1,
            _ => {}
        }
    }
    tail.len()
}

/// Names and values of attributes.
fn pairs(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        let (key, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        rest = after;
        Some((key.trim(), value))
    })
}

/// What every drawing has anyway.
fn is_usual(key: &str, value: &str) -> bool {
    matches!((key, value), ("opacity" | "fill-opacity" | "stroke-opacity", "1") | ("font-family", "sans-serif"))
}

/// A value in as few letters as say the same.
fn short(key: &str, value: &str) -> String {
    if key == "font-size" {
        return value.parse::<f64>().map_or_else(|_| value.to_owned(), crate::outputs::svg::number);
    }
    let bytes = value.as_bytes();
    match bytes {
        [b'#', a, b, c, d, e, f] if a == b && c == d && e == f => format!("#{}{}{}", *a as char, *c as char, *e as char).to_lowercase(),
        [b'#', ..] => value.to_lowercase(),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_stays_and_looks_are_named_once() {
        let mut looks = Looks::default();
        let svg = "<svg viewBox=\"0 0 9 9\" aria-label=\"a > b\">\n<text x=\"1\" y=\"2\" opacity=\"1\" font-size=\"104.83870967741936\" fill=\"#FFFFFF\">\n4 &lt; 5\n</text>\n<text x=\"3\" y=\"4\" font-size=\"104.8\" fill=\"#FFFFFF\">a <tspan>b</tspan></text><g class=\"areas\" fill=\"#123456\"><use href=\"#a0\"/></g></svg>";
        let slim = looks.slim(svg);
        assert_eq!(
            slim,
            "<svg viewBox=\"0 0 9 9\" aria-label=\"a > b\"><text class=\"s0\" x=\"1\" y=\"2\">4 &lt; 5</text><text class=\"s0\" x=\"3\" y=\"4\">a <tspan>b</tspan></text><g class=\"areas\" fill=\"#123456\"><use href=\"#a0\"/></g></svg>"
        );
        assert_eq!(looks.rules(), "svg .s0{font-size:104.8px;fill:#fff}\n");
        // The same again needs no further rule.
        assert_eq!(looks.slim(svg), slim);
        assert_eq!(looks.rules().lines().count(), 1);
    }

    #[test]
    fn lines_and_boxes_of_one_look_are_one_path_and_textures_are_windows() {
        let mut looks = Looks::default();
        let svg = "<polyline fill=\"none\" stroke=\"#123456\" points=\"10,20 30,25 \"/>\n<polyline fill=\"none\" stroke=\"#123456\" points=\"5,5 5,9\"/>\n<rect x=\"1\" y=\"2\" width=\"3.5\" height=\"4\" fill=\"#FF0000\"/><rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" rx=\"2\" fill=\"#FF0000\"/>";
        assert_eq!(
            looks.slim(svg),
            "<path class=\"s0\" d=\"M10 20l20 5M5 5v4\"/><path class=\"s1\" d=\"M1 2h3.5v4h-3.5z\"/><rect class=\"s1\" x=\"1\" y=\"2\" width=\"3\" height=\"4\" rx=\"2\"/>"
        );
        let window = looks.slim("<rect x=\"1\" y=\"2\" width=\"30\" height=\"4\" fill=\"url(#out)\" stroke=\"#6F6F6F\"/>");
        assert_eq!(
            window,
            "<svg x=\"1\" y=\"2\" width=\"30\" height=\"4\"><use href=\"#w-out\"/></svg><path class=\"s2\" d=\"M1 2h30v4h-30z\"/>"
        );
    }
}

//! Outlines of areas on a map. In a file each is a path; on the page, where a map would repeat the outlines of every other, each refers to a shape
//! that stands there once.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::model::Outline;
use crate::outputs::figures::Ground;
use crate::outputs::svg::{escape, number};
use crate::outputs::textures::texture;

/// Corners on the page lie on a grid of so many pixels; of many areas, which are small, on a wider one.
fn grid(areas: usize) -> f64 {
    if areas <= 1_000 { 0.2 } else { 0.4 }
}

/// The id of the shape of an area on the page, by its position among the outlines.
pub(in crate::outputs) fn shape_id(position: usize) -> String {
    let mut digits = Vec::new();
    let mut rest = position;
    loop {
        digits.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
        rest /= 36;
        if rest == 0 {
            break;
        }
    }
    digits.push('a');
    digits.iter().rev().collect()
}

/// The id of all shapes together: what most areas of a map are filled with is said once.
const ALL: &str = "all";

/// The shapes of all areas, each once, with the corner of the map at its left top; width and height of what they fill, in pixels.
pub(in crate::outputs) fn shapes(outlines: &[Outline]) -> Option<(String, f64, f64)> {
    let room = super::canvas::room(outlines)?;
    let ground = Ground::of(room, grid(outlines.len()));
    let mut out = format!("<g id=\"{ALL}\">\n");
    for (i, outline) in outlines.iter().enumerate() {
        let _ = writeln!(out, "<path id=\"{}\" d=\"{}\"/>", shape_id(i), ground.path(std::iter::once(outline)));
    }
    out.push_str("</g>");
    Some((out, room.wide_m * room.per_m, room.high_m * room.per_m))
}

/// Where the areas of a map lie: the left top corner in metres, what they fill, and pixels a metre.
#[derive(Clone, Copy, Debug)]
pub(in crate::outputs) struct Extent {
    pub west_m: f64,
    pub north_m: f64,
    pub wide_m: f64,
    pub high_m: f64,
    pub per_m: f64,
}

/// What was drawn of an area, in the order in which it was drawn.
pub(super) enum Drawing {
    /// Filled, with the words that pointing at it shows.
    Area { position: usize, path: String, fill: String, tooltip: String },
    /// A line round it.
    Ring { position: usize, path: String, ink: String, width: f64 },
}

/// In a file: each with its path.
pub(super) fn as_paths(drawing: &Drawing) -> String {
    match drawing {
        Drawing::Area { path, fill, tooltip, .. } => {
            let title = if tooltip.is_empty() { String::new() } else { format!("<title>{}</title>", escape(tooltip)) };
            format!(
                "<path d=\"{path}\" fill=\"{fill}\" fill-rule=\"evenodd\" stroke=\"#6F6F6F\" stroke-width=\"0.4\" stroke-linejoin=\"round\">{title}</path>\n"
            )
        }
        Drawing::Ring { path, ink, width, .. } => {
            format!("<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>\n")
        }
    }
}

/// On the page: areas of one fill together, moved to where the map stands; of `all` areas, the fill that most have is given to all of them first, and
/// the others lie above. What pointing at one would show stands in the table below.
pub(super) fn as_references(drawings: &[&Drawing], all: usize, (left, top): (f64, f64)) -> String {
    let mut fills: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut rings = String::new();
    for drawing in drawings {
        match drawing {
            Drawing::Area { position, fill, .. } => match fills.iter_mut().find(|(f, _)| *f == fill.as_str()) {
                Some((_, list)) => list.push(*position),
                None => fills.push((fill, vec![*position])),
            },
            Drawing::Ring { position, ink, width, .. } => {
                let _ = write!(rings, "<use href=\"#{}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\"/>", shape_id(*position));
            }
        }
    }
    let drawn: BTreeSet<usize> = fills.iter().flat_map(|f| f.1.iter().copied()).collect();
    let plain = |f: &&(&str, Vec<usize>)| texture(f.0).is_none();
    let most = fills.iter().filter(plain).max_by_key(|f| f.1.len()).map(|f| f.0).filter(|_| drawn.len() == all);
    let mut groups = most.map_or(String::new(), |fill| format!("<use href=\"#{ALL}\" fill=\"{fill}\"/>"));
    let mut clips = 0;
    for (fill, list) in fills.iter().filter(|f| Some(f.0) != most) {
        let references: String = list.iter().map(|i| format!("<use href=\"#{}\"/>", shape_id(*i))).collect();
        let _ = match texture(fill) {
            Some(texture) => {
                clips += 1;
                write!(
                    groups,
                    "<clipPath id=\"clip{clips}\">{references}</clipPath><g clip-path=\"url(#clip{clips})\"><use href=\"#{texture}\"/></g>"
                )
            }
            None => write!(groups, "<g fill=\"{fill}\">{references}</g>"),
        };
    }
    // What was cut out has no border yet.
    if clips > 0 && drawn.len() == all {
        let _ = write!(groups, "<use href=\"#{ALL}\" fill=\"none\"/>");
    } else if clips > 0 {
        let borders: String = drawn.iter().map(|i| format!("<use href=\"#{}\"/>", shape_id(*i))).collect();
        let _ = write!(groups, "<g fill=\"none\">{borders}</g>");
    }
    format!("<g class=\"areas\" transform=\"translate({} {})\">{groups}{rings}</g>\n", number(left), number(top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_position_has_an_id_of_its_own_that_begins_with_a_letter() {
        let ids: std::collections::BTreeSet<String> = (0..5_000).map(shape_id).collect();
        assert_eq!(ids.len(), 5_000);
        assert!(ids.iter().all(|id| id.starts_with('a') && id.len() <= 4));
        assert_eq!([shape_id(0), shape_id(35), shape_id(36)], ["a0", "az", "a10"]);
    }

    #[test]
    fn areas_of_one_fill_stand_together_and_lines_lie_above_them() {
        let area = |position, fill: &str| Drawing::Area { position, path: String::new(), fill: fill.into(), tooltip: String::new() };
        let drawn = [
            area(0, "#111111"),
            area(1, "url(#zero)"),
            area(2, "#111111"),
            Drawing::Ring { position: 1, path: String::new(), ink: "#000000".into(), width: 1.8 },
        ];
        let text = as_references(&drawn.iter().collect::<Vec<_>>(), 4, (28.0, 90.5));
        assert!(text.contains("translate(28 90.5)"));
        let cut = "<clipPath id=\"clip1\"><use href=\"#a1\"/></clipPath><g clip-path=\"url(#clip1)\"><use href=\"#x-zero\"/></g>";
        let line = "<use href=\"#a1\" fill=\"none\"";
        assert!(text.contains(&format!("<g fill=\"#111111\"><use href=\"#a0\"/><use href=\"#a2\"/></g>{cut}<g fill=\"none\">")), "{text}");
        assert!(text.find("<g fill=\"none\">") < text.find(line), "{text}");
        // Where every area is drawn, most of them need not be named.
        let text = as_references(&drawn.iter().collect::<Vec<_>>(), 3, (28.0, 90.5));
        assert!(text.contains(&format!("<use href=\"#all\" fill=\"#111111\"/>{cut}<use href=\"#all\" fill=\"none\"/>{line}")), "{text}");
    }
}

//! Colours, fonts and sizes, in one place. The palette is that of the Government Analysis Function (2021, afcharts).

use std::sync::LazyLock;

use ttf_parser::Face;

/// Text.
pub const INK: &str = "#1A1A1A";
/// Secondary text.
pub const GREY_INK: &str = "#4A4A4A";
/// Lines that should not be looked at.
pub const FAINT: &str = "#BFBFBF";
/// The first colour of the palette.
pub const DARK_BLUE: &str = "#12436D";
/// A registered gap or an action, and nothing else: at least 3 : 1 against white.
pub const ORANGE: &str = "#C4500C";
/// A second series beside the first.
pub const PLUM: &str = "#801650";
/// Five classes from light to dark; they stay in order in grey.
pub const SEQUENTIAL: [&str; 5] = ["#DCEBF7", "#A6CBEA", "#6BACE6", "#2073BC", "#12436D"];

/// Fills that are not colours, by id: marks that stay apart in black and white.
pub const FILL_PATTERNS: &str = r##"<defs>
<pattern id="withheld" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#FFFFFF"/><rect width="2" height="7" fill="#5A5A5A"/></pattern>
<pattern id="missing" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#EDEDED"/><path d="M0 0L8 8M8 0L0 8" stroke="#7A7A7A" stroke-width="0.9"/></pattern>
<pattern id="zero" width="10" height="10" patternUnits="userSpaceOnUse"><rect width="10" height="10" fill="#FFFFFF"/><circle cx="5" cy="5" r="1.1" fill="#8A8A8A"/></pattern>
<pattern id="nobody" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#FFFFFF"/><rect width="6" height="1" fill="#9A9A9A"/></pattern>
<pattern id="remote" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#A6CBEA"/><circle cx="4" cy="4" r="1.5" fill="#12436D"/></pattern>
<pattern id="out" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="8" height="8" fill="#FFE3CF"/><rect width="5.5" height="8" fill="#C4500C"/></pattern>
</defs>"##;

/// Width of every picture, in pixels.
pub const WIDTH: f64 = 960.0;
/// Size of words in it, in pixels, and never less: cropped to its plot and set as wide as the text of an A4 page, a picture is printed at 0.56 points a
/// pixel, and words below 7.5 points are hard to read.
pub const LETTERS: f64 = 13.5;
/// Space at its edges.
pub const MARGIN: f64 = 28.0;

/// The faces that text is measured and drawn with. They are compiled in, so a picture is the same on every machine.
static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(notosans::REGULAR_TTF, 0).ok());
static BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(notosans::BOLD_TTF, 0).ok());

/// What the letters of a keyboard take, by face: they are measured thousands of times.
static WIDTHS: LazyLock<[[f64; 128]; 2]> =
    LazyLock::new(|| [false, true].map(|bold| std::array::from_fn(|c| advance(c as u8 as char, bold))));

/// Width of a letter at a size of 1.
fn advance(c: char, bold: bool) -> f64 {
    let Some(face) = (if bold { &*BOLD } else { &*REGULAR }) else { return 0.6 };
    face.glyph_index(c).and_then(|g| face.glyph_hor_advance(g)).map_or(0.6, |a| f64::from(a) / f64::from(face.units_per_em()))
}

/// Width of a text in pixels at a font size.
pub fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let widths = &WIDTHS[usize::from(bold)];
    let of = |c: char| widths.get(c as usize).copied().unwrap_or_else(|| advance(c, bold));
    text.chars().map(of).sum::<f64>() * size
}

/// A text broken at spaces into lines of at most `width` pixels. A word that is wider stands alone.
pub fn wrap(text: &str, size: f64, bold: bool, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size, bold) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

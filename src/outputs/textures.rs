//! Fills that are not colours, as lines and dots over a ground, each drawn once on a page and cut to what it fills. A pattern of the same look would be
//! printed as a picture for every area that it fills: a page of maps then weighs a hundred times as much on paper.

use std::fmt::Write;

/// What they cover, in pixels: no map and no bar is larger.
const WIDE: u32 = 960;
const HIGH: u32 = 420;
/// And for boxes that are no higher than this: whatever is cut away is printed all the same.
const LOW: u32 = 32;

/// Lines or dots over a ground.
struct Texture {
    /// The id of the pattern that looks the same.
    pattern: &'static str,
    ground: &'static str,
    ink: &'static str,
    /// Width of the lines, or of the dots across.
    width: f64,
    /// How they lie, and how far apart along the upper edge.
    lie: Lie,
    step: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Lie {
    /// Lines that rise.
    Rising,
    /// Lines that fall.
    Falling,
    /// Both.
    Crossed,
    /// Level lines.
    Level,
    /// Dots in rows.
    Dots,
}

/// As the patterns of the theme look.
const TEXTURES: [Texture; 6] = [
    Texture { pattern: "withheld", ground: "#FFFFFF", ink: "#5A5A5A", width: 2.0, lie: Lie::Rising, step: 9.9 },
    Texture { pattern: "missing", ground: "#EDEDED", ink: "#7A7A7A", width: 0.9, lie: Lie::Crossed, step: 8.0 },
    Texture { pattern: "zero", ground: "#FFFFFF", ink: "#8A8A8A", width: 2.0, lie: Lie::Dots, step: 10.0 },
    Texture { pattern: "nobody", ground: "#FFFFFF", ink: "#9A9A9A", width: 1.0, lie: Lie::Level, step: 6.0 },
    Texture { pattern: "remote", ground: "#A6CBEA", ink: "#12436D", width: 3.0, lie: Lie::Dots, step: 8.0 },
    Texture { pattern: "out", ground: "#FFE3CF", ink: "#C4500C", width: 5.5, lie: Lie::Falling, step: 11.3 },
];

/// The id of the texture that looks like a fill; nothing for a colour, and for a pattern of which there is none.
pub(super) fn texture(fill: &str) -> Option<String> {
    let pattern = fill.strip_prefix("url(#")?.strip_suffix(')')?;
    TEXTURES.iter().any(|t| t.pattern == pattern).then(|| format!("x-{pattern}"))
}

/// The same for a box of so many pixels in height.
pub(super) fn texture_of_box(fill: &str, height: f64) -> Option<String> {
    let whole = texture(fill)?;
    Some(if height <= f64::from(LOW) { whole.replacen('x', "w", 1) } else { whole })
}

/// All textures, to be referred to.
pub(super) fn textures() -> String {
    TEXTURES.iter().map(|t| drawn(t, 'x', HIGH) + &drawn(t, 'w', LOW)).collect()
}

fn drawn(t: &Texture, name: char, high: u32) -> String {
    let mut d = String::new();
    let steps = |to: u32| (0..).map(move |k| f64::from(k) * t.step).take_while(move |at| *at < f64::from(to));
    let number = crate::outputs::svg::number;
    if matches!(t.lie, Lie::Rising | Lie::Crossed) {
        d.extend(steps(WIDE + high).map(|x| format!("M{} 0l-{high} {high}", number(x))));
    }
    if matches!(t.lie, Lie::Falling | Lie::Crossed) {
        d.extend(steps(WIDE + high).map(|x| format!("M{} 0l{high} {high}", number(x - f64::from(high)))));
    }
    let mut look = format!("stroke=\"{}\" stroke-width=\"{}\"", t.ink, number(t.width));
    match t.lie {
        Lie::Level => d.extend(steps(high).map(|y| format!("M0 {}H{WIDE}", number(y + 0.5)))),
        Lie::Dots => {
            let from = number((t.step - t.width) / 2.0);
            d.extend(steps(high).map(|y| format!("M{from} {}H{WIDE}", number(y + t.step / 2.0))));
            // Square dots: round ones would be printed as four curves each.
            let _ = write!(look, " stroke-dasharray=\"{} {}\"", number(t.width), number(t.step - t.width));
        }
        Lie::Rising | Lie::Falling | Lie::Crossed => {}
    }
    format!(
        "<g id=\"{name}-{}\"><path d=\"M0 0H{WIDE}V{high}H0Z\" fill=\"{}\" stroke=\"none\"/><path d=\"{d}\" fill=\"none\" {look}/></g>\n",
        t.pattern, t.ground
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::theme::FILL_PATTERNS;

    #[test]
    fn every_pattern_has_a_texture_of_its_colours() {
        for pattern in FILL_PATTERNS.split("<pattern id=\"").skip(1) {
            let id = pattern.split('"').next().unwrap();
            let t = TEXTURES.iter().find(|t| t.pattern == id).unwrap_or_else(|| panic!("{id}"));
            assert!(pattern.contains(t.ground) && pattern.contains(t.ink), "{id}");
            assert_eq!(texture(&format!("url(#{id})")), Some(format!("x-{id}")));
        }
        assert_eq!(texture("#FFFFFF"), None);
        assert_eq!([16.0, 40.0].map(|h| texture_of_box("url(#out)", h)), ["w-out", "x-out"].map(|t| Some(t.to_owned())));
        // Of a page of 1 MB they may be a fiftieth.
        assert!(textures().len() < 20_000, "{}", textures().len());
    }

    #[test]
    fn textures_are_drawings() {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{}</svg>", textures());
        assert!(crate::outputs::png::render(&svg).is_ok());
    }
}

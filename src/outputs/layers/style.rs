//! A style as QGIS keeps it: each area filled as on the map, with the words of its legend.

use std::fmt::Write;

use crate::outputs::Picture;
use crate::outputs::svg::escape;

/// The style of a drawn map (QML): a rule for each fill, in the order of the legend.
pub(super) fn qml(drawn: &Picture) -> String {
    let mut fills: Vec<(&str, &str)> = Vec::new();
    for (fill, words) in &drawn.legend {
        if !fills.iter().any(|f| f.0 == fill) {
            fills.push((fill, words));
        }
    }
    // What the legend does not name is drawn all the same.
    for (_, fill) in &drawn.areas {
        if !fills.iter().any(|f| f.0 == fill) {
            fills.push((fill, ""));
        }
    }
    let (mut rules, mut symbols) = (String::new(), String::new());
    for (i, (fill, words)) in fills.iter().enumerate() {
        let filter = escape(&format!("\"drawn_as\" = '{fill}'"));
        let _ = write!(rules, "<rule key=\"{{{i}}}\" filter=\"{filter}\" symbol=\"{i}\" label=\"{}\"/>", escape(words));
        let _ = write!(
            symbols,
            "<symbol type=\"fill\" name=\"{i}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{}</symbol>",
            layers(fill)
        );
    }
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.28.0\" styleCategories=\"Symbology\"><renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\"><rules key=\"{{all}}\">{rules}</rules><symbols>{symbols}</symbols></renderer-v2></qgis>\n"
    )
}

/// The fill of an area in QGIS: its ground, then its pattern. Patterns are the nearest that QGIS has to ours.
fn layers(fill: &str) -> String {
    let (ground, pattern) = match fill {
        "url(#withheld)" => ("#FFFFFF", Some(("b_diagonal", "#5A5A5A"))),
        "url(#missing)" => ("#EDEDED", Some(("diagonal_x", "#7A7A7A"))),
        "url(#zero)" => ("#FFFFFF", None),
        "url(#nobody)" => ("#FFFFFF", Some(("horizontal", "#9A9A9A"))),
        "url(#remote)" => ("#A6CBEA", Some(("dense6", "#12436D"))),
        "url(#out)" => ("#FFE3CF", Some(("f_diagonal", "#C4500C"))),
        colour => (colour, None),
    };
    let mut text = layer(ground, "solid", "solid");
    if let Some((style, ink)) = pattern {
        text += &layer(ink, style, "no");
    }
    text
}

fn layer(colour: &str, style: &str, outline: &str) -> String {
    let options = [
        ("color", rgb(colour)),
        ("style", style.to_owned()),
        ("outline_color", rgb("#6F6F6F")),
        ("outline_style", outline.to_owned()),
        ("outline_width", "0.1".to_owned()),
        ("outline_width_unit", "MM".to_owned()),
        ("joinstyle", "round".to_owned()),
    ];
    let newer: String = options.iter().map(|(k, v)| format!("<Option type=\"QString\" name=\"{k}\" value=\"{v}\"/>")).collect();
    let older: String = options.iter().map(|(k, v)| format!("<prop k=\"{k}\" v=\"{v}\"/>")).collect();
    format!("<layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">{newer}</Option>{older}</layer>")
}

/// A colour as QGIS writes it: red, green, blue, opaque.
fn rgb(colour: &str) -> String {
    let part = |at: usize| colour.get(at..at + 2).and_then(|h| u8::from_str_radix(h, 16).ok()).unwrap_or(0xBF);
    format!("{},{},{},255", part(1), part(3), part(5))
}

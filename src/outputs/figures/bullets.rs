//! Capacity against a standard, as bullet bars: how much there is, how much the standard asks for, and the gap between them.

use super::kit::{CONTEXT, FULL, HATCH, INK, MID, ORANGE, QUIET, SIZE, Sheet, WITHHELD};
use crate::outputs::svg::{Anchor, TextStyle};
use crate::outputs::theme::wrap;
use crate::units::{Cell, decimal};

/// One bar.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::outputs) struct Bullet {
    /// What there is: `Refuge places`.
    pub label: String,
    /// How much there is.
    pub value: Cell<f64>,
    /// How much the standard asks for.
    pub standard: Cell<f64>,
    /// Of what: `places`.
    pub unit: String,
    /// What that means, in words: `12 short of the benchmark`, `we do not know`.
    pub status: String,
    /// Whether it is a registered gap.
    pub gap: bool,
}

/// Where the bars begin, where the standard stands, and where they end, in pixels.
const ZERO: f64 = 196.0;
const STANDARD: f64 = 396.0;
const END: f64 = 456.0;
/// Where the words at the right begin.
const WORDS: f64 = 468.0;
/// The plot begins here, below the word over the ticks.
const TOP: f64 = 20.0;

/// Bars of value against standard, 688 px wide and as high as their words need. Each has a scale of its own, so that all standards stand in one
/// line; a bar that would pass the edge ends in an arrow. What is missing of the standard is hatched orange where it is a registered gap, and
/// nothing is drawn as zero that is not known. Nothing without rows.
pub(in crate::outputs) fn bullets(rows: &[Bullet]) -> Option<(String, String)> {
    if rows.is_empty() {
        return None;
    }
    // What is no number is not known.
    let sound = |c: Cell<f64>| if c.known().is_some_and(|v| !v.is_finite()) { Cell::Missing } else { c };
    let rows: Vec<Bullet> = rows.iter().map(|r| Bullet { value: sound(r.value), standard: sound(r.standard), ..r.clone() }).collect();
    let mut sheet = Sheet::default();
    if rows.iter().any(|r| r.standard.known().is_some_and(|s| s > 0.0)) {
        sheet.text((STANDARD, 12.0), "standard", QUIET, Anchor::Middle);
    }
    let mut y = TOP;
    for row in &rows {
        let label = wrap(&row.label, SIZE, false, ZERO - 12.0);
        let status = wrap(&row.status, SIZE, false, FULL - WORDS);
        let height = (label.len() as f64 * 15.0).max(15.0 + status.len() as f64 * 15.0) + 12.0;
        for (i, line) in label.iter().enumerate() {
            sheet.text((0.0, y + 16.0 + 15.0 * i as f64), line, INK, Anchor::Start);
        }
        bar(&mut sheet, row, y + 5.0);
        sheet.styled((WORDS, y + 16.0), &amount(row), TextStyle { size: SIZE, bold: true, fill: INK, anchor: Anchor::Start });
        for (i, line) in status.iter().enumerate() {
            sheet.text((WORDS, y + 31.0 + 15.0 * i as f64), line, if row.gap { ORANGE } else { QUIET }, Anchor::Start);
        }
        y += height;
        sheet.svg.line((0.0, y - 3.0), (FULL, y - 3.0), CONTEXT, 1.0, "");
    }
    let alt: Vec<String> = rows
        .iter()
        .map(|r| format!("{}: {}{}", r.label, amount(r), if r.status.is_empty() { String::new() } else { format!(", {}", r.status) }))
        .collect();
    Some(sheet.finish(FULL, y, format!("Bars of what there is against a standard. {}.", alt.join("; "))))
}

/// The bar of a row, 16 px high.
fn bar(sheet: &mut Sheet, row: &Bullet, y: f64) {
    let standard = row.standard.known().filter(|s| *s > 0.0);
    match (row.value, standard) {
        (Cell::Known(value), Some(standard)) => {
            let at = ZERO + (value.max(0.0) / standard) * (STANDARD - ZERO);
            let length = at.min(END - 8.0) - ZERO;
            sheet.svg.rect(ZERO, y, END - ZERO, 16.0, CONTEXT, "none");
            if row.gap && at < STANDARD {
                sheet.svg.rect(ZERO + length, y + 3.0, STANDARD - ZERO - length, 10.0, HATCH, ORANGE);
            }
            if value > 0.0 {
                sheet.svg.rect(ZERO, y + 3.0, length, 10.0, MID, "none");
            }
            if at > END - 8.0 {
                sheet.path(&format!("M{} {}l8 8l-8 8z", END - 8.0, y), &format!("fill=\"{MID}\""));
            }
        }
        // Without a standard there is nothing to measure it by: the number alone.
        (Cell::Known(_), None) | (Cell::NotApplicable, _) => {}
        (Cell::Withheld, _) => sheet.svg.rect(ZERO, y, END - ZERO, 16.0, WITHHELD, "#BFBFBF"),
        (Cell::Missing, _) => sheet.svg.rect(ZERO, y, END - ZERO, 16.0, "#D9D9D9", "none"),
    }
    if row.value == Cell::Missing {
        sheet.text(((ZERO + STANDARD) / 2.0, y + 12.0), "?", QUIET, Anchor::Middle);
    }
    if standard.is_some() {
        sheet.svg.line((STANDARD, y - 2.0), (STANDARD, y + 18.0), INK, 2.5, "");
    }
}

/// `12 of 24 places`.
fn amount(row: &Bullet) -> String {
    // Both numbers to the same place: 8 of 4.0 reads as if one of them were less sure.
    let broken = |x: f64, most: f64| x.abs() < most && x.fract().abs() > 1e-9;
    let parts = row.value.known().is_some_and(|v| broken(v, f64::INFINITY)) || row.standard.known().is_some_and(|s| broken(s, 10.0));
    let number = |x: f64| decimal(x, usize::from(parts));
    let value = match row.value {
        Cell::Known(v) => number(v),
        Cell::Withheld => "withheld".into(),
        Cell::Missing => "not known".into(),
        Cell::NotApplicable => return "not applicable".into(),
    };
    match row.standard {
        Cell::Known(s) if row.value.known().is_some() => format!("{value} of {} {}", number(s), row.unit),
        Cell::Known(s) => format!("{value}, standard {} {}", number(s), row.unit),
        _ if row.value.known().is_some() => format!("{value} {}", row.unit),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::kit::tests::words_of;

    fn row(label: &str, value: Cell<f64>, standard: Cell<f64>, gap: bool) -> Bullet {
        let status = if gap { "short of the benchmark" } else { "no standard that applies here, and a few more words" };
        Bullet { label: label.into(), value, standard, unit: "places".into(), status: status.into(), gap }
    }

    #[test]
    fn what_is_not_known_has_no_bar_and_only_a_gap_is_orange() {
        let svg = |r: Bullet| bullets(&[r]).unwrap().0;
        let unknown = svg(row("Refuge places", Cell::Missing, Cell::Known(24.0), false));
        assert!(!unknown.contains(MID) && unknown.contains("not known, standard 24 places") && unknown.contains(">?<"));
        let withheld = svg(row("Refuge places", Cell::Withheld, Cell::Known(24.0), false));
        assert!(!withheld.contains(MID) && withheld.contains("withheld"));
        // Half of the standard: the bar is as long as what is missing.
        let half = svg(row("Refuge places", Cell::Known(12.0), Cell::Known(24.0), true));
        assert_eq!(half.matches("width=\"100\" height=\"10\"").count(), 2, "{half}");
        let enough = svg(row("Refuge places", Cell::Known(60.0), Cell::Known(24.0), false));
        assert!(!enough.contains(ORANGE) && enough.contains("l8 8l-8 8z"), "it ends in an arrow");
        assert!(!svg(row("Refuge places", Cell::Known(0.0), Cell::Known(24.0), false)).contains(MID));
    }

    #[test]
    fn all_rows_are_said_and_no_words_cover_others() {
        let rows = [
            row("Independent domestic violence advisers who work with those at high risk", Cell::Known(3.5), Cell::Known(7.0), true),
            row("Rape crisis", Cell::Known(1.0), Cell::NotApplicable, false),
            row("Refuge", Cell::Known(f64::NAN), Cell::Known(0.0), false),
        ];
        let (svg, alt) = bullets(&rows).unwrap();
        assert!(alt.contains("3.5 of 7.0 places, short of the benchmark") && alt.contains("Rape crisis: 1 places"), "{alt}");
        let words = words_of(&svg);
        for (i, a) in words.iter().enumerate() {
            assert!(a.1.right <= FULL + 0.5 && !words[..i].iter().any(|b| a.1.meets(&b.1)), "{}", a.0);
        }
        assert!(alt.contains("Refuge: not known, standard 0 places") && !svg.contains("NaN"), "{alt}");
        assert_eq!(bullets(&[]), None);
    }
}

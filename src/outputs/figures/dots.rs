//! Areas beside one another: a dot with its interval each, against the value of all together.

use super::axes::round_step;
use super::kit::{CONTEXT, FULL, INK, MID, NAVY, QUIET, SIZE, Sheet};
use crate::outputs::svg::{Anchor, TextStyle, number};
use crate::outputs::theme::text_width;
use crate::units::{Cell, Estimate, decimal};

/// One area.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::outputs) struct Dot {
    /// Its name.
    pub name: String,
    /// Its value with the interval that goes with it.
    pub value: Cell<Estimate>,
    /// Whether it is the one that the text is about.
    pub marked: bool,
    /// Whether the test that the text tells finds it clearly apart from what it is compared with.
    pub apart: bool,
}

/// What the areas are compared with.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::outputs) struct Against {
    /// `England`.
    pub name: String,
    /// Its value.
    pub value: f64,
}

const LEFT: f64 = 196.0;
const RIGHT: f64 = 536.0;
const TOP: f64 = 24.0;
const ROW: f64 = 22.0;

/// Dots with intervals, 688 px wide, highest first, those without a value last. A dot is full where the test of the text finds
/// it clearly apart from what it is compared with, and hollow where not; a key says so. `unit` stands below the axis. Nothing where no value is known.
pub(in crate::outputs) fn dots(rows: &[Dot], against: Option<&Against>, unit: &str) -> Option<(String, String)> {
    let sound = |d: &&Dot| d.value.known().is_some_and(|e| [e.value, e.lower, e.upper].iter().all(|v| v.is_finite()));
    let (mut known, unknown): (Vec<&Dot>, Vec<&Dot>) = rows.iter().partition(sound);
    let value = |d: &Dot| d.value.known().map_or(0.0, |e| e.value);
    known.sort_by(|a, b| value(b).total_cmp(&value(a)).then_with(|| a.name.cmp(&b.name)));
    let whole = against.map(|a| a.value).filter(|v| v.is_finite());
    let highest = known.iter().filter_map(|d| d.value.known()).map(|e| e.upper).chain(whole).fold(f64::NEG_INFINITY, f64::max);
    if known.is_empty() {
        return None;
    }
    let lowest = known.iter().filter_map(|d| d.value.known()).map(|e| e.lower).chain(whole).fold(0.0, f64::min);
    let tick = round_step((highest - lowest) / 5.0);
    let span = (highest - lowest).max(tick);
    let x = |v: f64| LEFT + (v - lowest) / span * (RIGHT - LEFT);
    let places = usize::from(tick < 1.0) + usize::from(tick < 0.1);
    let mut sheet = Sheet::default();
    let bottom = TOP + ROW * rows.len() as f64 + 4.0;
    for at in (0..8).map(|k| ((lowest / tick).ceil() + f64::from(k)) * tick).filter(|at| *at <= lowest + span * 1.0001) {
        sheet.svg.line((x(at), TOP), (x(at), bottom), CONTEXT, 1.0, "");
        sheet.text((x(at), bottom + 15.0), &decimal(at, places), QUIET, Anchor::Middle);
    }
    sheet.text(((LEFT + RIGHT) / 2.0, bottom + 32.0), unit, QUIET, Anchor::Middle);
    if let (Some(a), Some(v)) = (against, whole) {
        sheet.svg.line((x(v), TOP - 6.0), (x(v), bottom), INK, 1.4, "5 3");
        let words = format!("{} {}", a.name, decimal(v, places + 1));
        let half = text_width(&words, SIZE, true) / 2.0;
        let middle = x(v).clamp(half, FULL - half);
        sheet.bold((middle, 12.0), &words, INK, Anchor::Middle);
    }
    for (k, d) in known.iter().chain(&unknown).enumerate() {
        row(&mut sheet, d, TOP + ROW * (k as f64 + 0.5), &x, places + 1);
    }
    let compared = against.filter(|_| whole.is_some());
    if let Some(a) = compared {
        key(&mut sheet, &known, &a.name, bottom + 54.0);
    }
    let height = bottom + if compared.is_some() { 62.0 } else { 38.0 };
    let said = |d: &&&Dot| format!("{} {}", d.name, words(d, places + 1));
    let all: Vec<String> = known.iter().chain(&unknown).map(|d| said(&d)).collect();
    let beside = compared.map_or(String::new(), |a| {
        let apart: Vec<&str> = known.iter().filter(|d| d.apart).map(|d| d.name.as_str()).collect();
        let apart = if apart.is_empty() { "none".to_owned() } else { apart.join(", ") };
        format!(" {}: {}. Clearly apart from it: {apart}.", a.name, decimal(a.value, places + 1))
    });
    Some(sheet.finish(FULL, height, format!("Dots with intervals, {unit}.{beside} {}.", all.join("; "))))
}

/// Name, interval, dot and value of one area.
fn row(sheet: &mut Sheet, d: &Dot, y: f64, x: &dyn Fn(f64) -> f64, places: usize) {
    let style = |anchor| TextStyle { size: SIZE, bold: d.marked, fill: INK, anchor };
    sheet.styled((LEFT - 12.0, y + 4.0), &shortened(&d.name, LEFT - 16.0, d.marked), style(Anchor::End));
    let words = words(d, places);
    let Some(e) = d.value.known().filter(|e| [e.value, e.lower, e.upper].iter().all(|v| v.is_finite())) else {
        sheet.text((RIGHT + 16.0, y + 4.0), &words, QUIET, Anchor::Start);
        return;
    };
    let colour = if d.marked { NAVY } else { MID };
    sheet.svg.line((x(e.lower), y), (x(e.upper), y), colour, if d.marked { 3.0 } else { 1.6 }, "");
    let fill = if d.apart { colour } else { "#FFFFFF" };
    sheet.svg.circle(x(e.value), y, if d.marked { 5.5 } else { 4.2 }, fill, colour, &format!(" stroke-width=\"{}\"", number(1.8)));
    sheet.styled((RIGHT + 16.0, y + 4.0), &words, style(Anchor::Start));
}

/// What a full dot means, and a hollow one, of those that occur.
fn key(sheet: &mut Sheet, known: &[&Dot], whole: &str, y: f64) {
    let mut left = 8.0;
    let both = [(true, format!("clearly different from {whole}")), (false, format!("not clearly different from {whole}"))];
    for (full, words) in both {
        if known.iter().any(|d| d.apart == full) {
            sheet.svg.circle(left, y - 4.0, 4.2, if full { MID } else { "#FFFFFF" }, MID, &format!(" stroke-width=\"{}\"", number(1.8)));
            sheet.text((left + 12.0, y), &words, INK, Anchor::Start);
            left += 12.0 + text_width(&words, SIZE, false) + 34.0;
        }
    }
}

/// `4.5 (4.3 to 4.7)`, or why there is none.
fn words(d: &Dot, places: usize) -> String {
    match d.value {
        Cell::Known(e) if e.value.is_finite() => {
            format!("{} ({} to {})", decimal(e.value, places), decimal(e.lower, places), decimal(e.upper, places))
        }
        Cell::Withheld => "withheld".into(),
        Cell::Known(_) | Cell::Missing => "not known".into(),
        Cell::NotApplicable => "not applicable".into(),
    }
}

/// A name cut to a width, with three dots where something is left out.
fn shortened(name: &str, width: f64, bold: bool) -> String {
    if text_width(name, SIZE, bold) <= width {
        return name.to_owned();
    }
    let mut kept: String = name.to_owned();
    while !kept.is_empty() && text_width(&format!("{kept}…"), SIZE, bold) > width {
        kept.pop();
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::kit::tests::words_of;

    fn dot(name: &str, value: f64, half: f64) -> Dot {
        let estimate = Estimate { value, lower: value - half, upper: value + half, level: 0.95 };
        Dot { name: name.into(), value: Cell::Known(estimate), marked: name == "Here", apart: name == "Here" }
    }

    #[test]
    fn areas_stand_highest_first_and_those_without_a_value_have_no_dot() {
        let mut rows = vec![dot("Low", 3.0, 0.5), dot("Here", 9.0, 1.0), dot("Even", 5.2, 1.0)];
        rows.push(Dot { name: "Hidden".into(), value: Cell::Withheld, marked: false, apart: false });
        let england = Against { name: "England".into(), value: 5.0 };
        let (svg, alt) = dots(&rows, Some(&england), "per 1,000 residents").unwrap();
        let height = |name: &str| words_of(&svg).into_iter().find(|w| w.0 == name).unwrap().1.top;
        assert!(height("Here") < height("Even") && height("Even") < height("Low") && height("Low") < height("Hidden"));
        assert_eq!(svg.matches("<circle").count(), 5, "three areas, and two dots of the key");
        assert_eq!(svg.matches("fill=\"#FFFFFF\"").count(), 3, "an interval clear of England fills no dot: the test does");
        assert!(alt.contains("Here 9.0 (8.0 to 10.0)") && alt.contains("Hidden withheld") && alt.contains("England: 5.0"), "{alt}");
    }

    #[test]
    fn odd_numbers_draw_nothing_odd() {
        assert_eq!(dots(&[], None, ""), None);
        assert_eq!(dots(&[dot("Odd", f64::NAN, 1.0)], None, ""), None);
        for value in [0.0, -2.0, 1e9, -1e17] {
            let svg = dots(&[dot("Here", value, 0.0), dot("Odd", f64::INFINITY, 1.0)], None, "x").unwrap().0;
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }
}

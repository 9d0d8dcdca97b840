//! A rate beside those of other areas: dots with their limits, by what the areas are and then by name, never by the rates.

use crate::model::{Beside, BesideRow, Body, Finding, Findings};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, TextStyle};
use crate::outputs::theme::{DARK_BLUE, FAINT, GREY_INK, INK, LETTERS, MARGIN, WIDTH, text_width};
use crate::units::{BesideRole, Cell, decimal};

const LABEL_WIDTH: f64 = 250.0;
const VALUE_WIDTH: f64 = 170.0;
const ROW: f64 = 26.0;
const GREY: &str = "#6F6F6F";
const THICK: &str = " stroke-width=\"2\"";

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Beside(b) if b.own.rate.known().is_some() && b.others.iter().any(|o| o.rate.known().is_some()))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Beside(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    let left = MARGIN + LABEL_WIDTH;
    let right = WIDTH - MARGIN - VALUE_WIDTH;
    // From none on, so that lengths are what they are.
    let highest = body.rows().filter_map(|r| r.rate.known()).map(|e| e.upper).fold(0.0, f64::max);
    let tick = step(highest / 5.0);
    let at = |v: f64| left + (right - left) * v / highest.max(tick);
    let decimals = places(body);
    let (mut x, mut y) = (MARGIN, figure.top + 14.0);
    for (fill, ink, words) in [(DARK_BLUE, DARK_BLUE, "this area"), ("#FFFFFF", DARK_BLUE, "compared"), ("#FFFFFF", GREY, "not compared")] {
        figure.svg.circle(x + 6.0, y - 4.0, 5.5, fill, ink, THICK);
        figure.svg.text(x + 19.0, y + 1.0, words, label(INK, Anchor::Start));
        x += 19.0 + text_width(words, LETTERS, false) + 26.0;
    }
    y += 22.0;
    let start = y;
    let height = headings(body) as f64 * 26.0 + body.rows().count() as f64 * ROW;
    for k in 0..=((highest / tick) as usize) {
        let v = k as f64 * tick;
        figure.svg.line((at(v), start), (at(v), start + height), FAINT, 1.0, "3 3");
        let words = decimal(v, (-tick.log10()).ceil().clamp(0.0, 6.0) as usize);
        figure.svg.text(at(v), start + height + 17.0, &words, label(GREY_INK, Anchor::Middle));
    }
    let mut role = None;
    for row in body.rows() {
        if role != Some(row.role) {
            role = Some(row.role);
            figure.svg.text(MARGIN, y + 18.0, plural(row.role), TextStyle { size: LETTERS, bold: true, fill: INK, anchor: Anchor::Start });
            y += 26.0;
        }
        dot(&mut figure, row, y + ROW / 2.0, left, &at, decimals);
        y += ROW;
    }
    figure.svg.text((left + right) / 2.0, y + 36.0, &body.unit, label(GREY_INK, Anchor::Middle));
    let beside = |r: &BesideRow| if r.role == BesideRole::Own { String::new() } else { format!(", {}", r.said.label()) };
    let rows: Vec<String> = body.rows().map(|r| format!("{}, {}: {}{}", r.name, r.role.label(), words(r, decimals), beside(r))).collect();
    let alt = format!("Rates with limits, in no order of size. {}. {}.", finding.subtitle, rows.join("; "));
    figure.finish(findings, finding, y + 46.0, alt)
}

/// One area: full where it is the partnership, in ink where it is compared with it, faint where it is not.
fn dot(figure: &mut Figure, row: &BesideRow, middle: f64, left: f64, at: &impl Fn(f64) -> f64, decimals: usize) {
    let own = row.role == BesideRole::Own;
    let ink = if own || row.said.is_compared() { DARK_BLUE } else { GREY };
    figure.svg.text(left - 14.0, middle + 4.0, &row.name, label(INK, Anchor::End));
    if let Cell::Known(e) = row.rate {
        figure.svg.line((at(e.lower), middle), (at(e.upper), middle), ink, 2.5, if ink == GREY { "3 3" } else { "" });
        figure.svg.circle(at(e.value), middle, 5.5, if own { DARK_BLUE } else { "#FFFFFF" }, ink, THICK);
    }
    figure.svg.text(WIDTH - MARGIN, middle + 4.0, &words(row, decimals), label(INK, Anchor::End));
}

fn words(row: &BesideRow, decimals: usize) -> String {
    match row.rate {
        Cell::Known(e) => format!("{} ({} to {})", decimal(e.value, decimals), decimal(e.lower, decimals), decimal(e.upper, decimals)),
        Cell::Withheld => "withheld".into(),
        _ => "not known".into(),
    }
}

fn plural(role: BesideRole) -> &'static str {
    match role {
        BesideRole::Own => "This area",
        BesideRole::Similar => "Similar areas",
        BesideRole::Neighbour => "Neighbours",
        BesideRole::Region => "Regions",
        BesideRole::Nation => "Countries",
    }
}

/// How many headings stand among the rows.
fn headings(body: &Beside) -> usize {
    let mut roles: Vec<BesideRole> = body.rows().map(|r| r.role).collect();
    roles.dedup();
    roles.len()
}

fn places(body: &Beside) -> usize {
    if body.own.rate.known().is_some_and(|r| r.value < 10.0) { 2 } else { 1 }
}

/// A round step of about this size.
fn step(about: f64) -> f64 {
    let size = 10_f64.powf(about.max(1e-6).log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|k| k * size).find(|s| *s >= about).unwrap_or(size)
}

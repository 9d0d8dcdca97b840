//! Journeys by kind of service: a bar of residents who were helped, and a bar of people who were helped here, each with those who crossed a border at its end.

use crate::model::{Body, Finding, Findings, Journeys, JourneysOf, Within};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, TextStyle};
use crate::outputs::theme::{DARK_BLUE, FILL_PATTERNS, GREY_INK, INK, MARGIN, ORANGE, WIDTH, text_width};
use crate::units::{Cell, capital, decimal, thousands};

const ROW: f64 = 24.0;
const LABEL_WIDTH: f64 = 190.0;
/// Room for the words beside a bar.
const WORDS: f64 = 210.0;
const LIGHT_BLUE: &str = "#6BACE6";

/// One bar: its name, its parts with their fills, and the share of the last.
type Line<'a> = (&'static str, Vec<(Cell<u64>, &'static str)>, Option<f64>, &'static str);

fn lines(of: &JourneysOf) -> [Line<'_>; 2] {
    let own = [(of.stayed, DARK_BLUE), (of.between, LIGHT_BLUE)];
    let share = |share: Cell<crate::units::Estimate>| share.known().map(|s| s.value);
    [
        ("Residents who were helped", own.iter().copied().chain([(of.went, ORANGE)]).collect(), share(of.share_went), "went elsewhere"),
        ("People helped here", own.iter().copied().chain([(of.came, "url(#out)")]).collect(), share(of.share_came), "came from elsewhere"),
    ]
}

/// All of a bar, where every part of it is known.
fn whole(parts: &[(Cell<u64>, &'static str)]) -> Option<u64> {
    Cell::sum(&parts.iter().map(|p| p.0).collect::<Vec<_>>()).known().filter(|n| *n > 0)
}

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Journeys(b) if b.kinds.iter().flat_map(lines).any(|(_, parts, ..)| whole(&parts).is_some()))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Journeys(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    figure.svg.raw(FILL_PATTERNS);
    let mut y = legend(&mut figure, body);
    let zero = MARGIN + LABEL_WIDTH + 12.0;
    let room = WIDTH - MARGIN - zero - WORDS;
    let most = body.kinds.iter().flat_map(lines).filter_map(|(_, parts, ..)| whole(&parts)).max().unwrap_or(1) as f64;
    for of in &body.kinds {
        let bold = TextStyle { size: 13.0, bold: true, fill: INK, anchor: Anchor::Start };
        figure.svg.text(MARGIN, y + 16.0, &capital(&of.label), bold);
        y += 24.0;
        for (name, parts, share, crossed) in lines(of) {
            figure.svg.text(zero - 10.0, y + ROW / 2.0 + 4.0, name, label(INK, Anchor::End));
            let words = match (whole(&parts), share) {
                (Some(n), Some(share)) => format!("{}; {}% {crossed}", thousands(n), decimal(100.0 * share, 0)),
                (Some(n), None) => thousands(n),
                (None, _) => "not shown".into(),
            };
            let mut x = zero;
            if whole(&parts).is_some() {
                for (n, fill) in parts.iter().filter_map(|(n, fill)| Some((n.known().filter(|n| *n > 0)?, *fill))) {
                    let width = room * n as f64 / most;
                    figure.svg.rect(x, y + 3.0, width, ROW - 6.0, fill, "#6F6F6F");
                    x += width;
                }
            }
            figure.svg.text(x + 8.0, y + ROW / 2.0 + 4.0, &words, label(GREY_INK, Anchor::Start));
            y += ROW;
        }
        y += 8.0;
    }
    let alt = alt_text(finding, body);
    figure.finish(findings, finding, y + 4.0, alt)
}

/// A row of squares with what each fill means; gives the line below it.
fn legend(figure: &mut Figure, body: &Journeys) -> f64 {
    let between = body.kinds.iter().any(|k| k.between != Cell::NotApplicable);
    let own = if body.kinds.iter().all(|k| k.within == Within::Moved) { "within their authority" } else { "in their own authority" };
    let mut fills = vec![(DARK_BLUE, own)];
    fills.extend(between.then_some((LIGHT_BLUE, "in another of the partnership")));
    fills.extend([(ORANGE, "went elsewhere"), ("url(#out)", "came from elsewhere")]);
    let (mut x, mut y) = (MARGIN, figure.top + 14.0);
    for (fill, words) in fills {
        let needed = 31.0 + text_width(words, 13.0, false) + 22.0;
        if x + needed > WIDTH - MARGIN + 22.0 && x > MARGIN {
            (x, y) = (MARGIN, y + 22.0);
        }
        figure.svg.rect(x, y - 11.0, 24.0, 15.0, fill, "#6F6F6F");
        figure.svg.text(x + 31.0, y + 1.0, words, label(INK, Anchor::Start));
        x += needed;
    }
    y + 18.0
}

fn alt_text(finding: &Finding, body: &Journeys) -> String {
    let told = |of: &JourneysOf| {
        let line = |(name, parts, share, crossed): &Line| {
            let n = whole(parts)?;
            let share = share.map_or(String::new(), |s| format!(", {}% {crossed}", decimal(100.0 * s, 0)));
            Some(format!("{} {}{share}", name.to_lowercase(), thousands(n)))
        };
        let told: Vec<String> = lines(of).iter().filter_map(line).collect();
        (!told.is_empty()).then(|| format!("{}: {}", capital(&of.label), told.join("; ")))
    };
    let rows: Vec<String> = body.kinds.iter().filter_map(told).collect();
    format!("Bars of people helped, by kind of service. {}. {}. The table holds every value.", finding.subtitle, rows.join(". "))
}

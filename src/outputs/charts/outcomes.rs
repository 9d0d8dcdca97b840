//! What became of reports: a bar for each cohort, its parts from charged to not known; cohorts that may not be compared are pale, and a line parts them.

use crate::model::{Body, Finding, Findings, Followed, OutcomeClass, OutcomeCohort, OutcomeCohorts};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, number};
use crate::outputs::theme::{FAINT, FILL_PATTERNS, GREY_INK, INK, LETTERS, MARGIN, WIDTH, text_width};
use crate::units::decimal;

const HEIGHT: f64 = 300.0;
/// Room for the marks of the vertical axis.
const LEFT: f64 = 52.0;

fn fill(class: OutcomeClass) -> &'static str {
    match class {
        OutcomeClass::Charged => "#12436D",
        OutcomeClass::OutOfCourt => "#28A197",
        OutcomeClass::EvidentialSupported => "#2073BC",
        OutcomeClass::EvidentialUnsupported => "#6BACE6",
        OutcomeClass::EvidentialUnsaid => "#A6CBEA",
        OutcomeClass::NoSuspect => "#801650",
        OutcomeClass::Other | OutcomeClass::NotMapped => "#BFBFBF",
        OutcomeClass::Open => "#FFFFFF",
        OutcomeClass::NotKnown => "url(#missing)",
    }
}

/// All of a cohort, where every part of it is known.
fn whole(cohort: &OutcomeCohort) -> Option<u64> {
    Some(cohort.counts.iter().map(|n| n.known()).sum::<Option<u64>>()?).filter(|n| *n > 0)
}

/// A chart of cohorts of which none may be compared would be compared all the same: there is none.
pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::OutcomeCohorts(b) if b.cohorts.iter().any(|c| c.followed == Followed::Mature && whole(c).is_some()))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::OutcomeCohorts(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    figure.svg.raw(FILL_PATTERNS);
    let top = legend(&mut figure, body) + 26.0;
    let (left, right, bottom) = (MARGIN + LEFT, WIDTH - MARGIN, top + HEIGHT);
    for percent in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let y = bottom - HEIGHT * percent / 100.0;
        figure.svg.line((left, y), (right, y), FAINT, 0.6, "");
        figure.svg.text(left - 8.0, y + 4.0, &format!("{}%", decimal(percent, 0)), label(GREY_INK, Anchor::End));
    }
    let step = (right - left) / body.cohorts.len().max(1) as f64;
    let mut young = None;
    for (i, cohort) in body.cohorts.iter().enumerate() {
        let x = left + step * i as f64;
        if cohort.followed != Followed::Mature && young.is_none() {
            young = Some(x);
        } else if cohort.followed == Followed::Mature {
            young = None;
        }
        bar(&mut figure, body, cohort, (x + step * 0.08, step * 0.84), bottom);
        let every = body.cohorts.len().div_ceil(9).max(1);
        if i % every == 0 {
            figure.svg.text(x, bottom + 18.0, &cohort.months.first.label(), label(GREY_INK, Anchor::Start));
        }
    }
    if let Some(x) = young {
        figure.svg.line((x, top - 20.0), (x, bottom), INK, 1.2, "5 4");
        let words = "too young, or not known: not compared";
        let fits = x + text_width(words, LETTERS, false) + 6.0 < right;
        let (at, anchor) = if fits { (x + 6.0, Anchor::Start) } else { (x - 6.0, Anchor::End) };
        figure.svg.text(at, top - 8.0, words, label(INK, anchor));
    }
    let alt_text = alt_text(finding, body);
    figure.finish(findings, finding, bottom + 30.0, alt_text)
}

/// One row or more of squares with the name of each class; gives the lowest line that it takes.
fn legend(figure: &mut Figure, body: &OutcomeCohorts) -> f64 {
    let (mut x, mut y) = (MARGIN, figure.top + 14.0);
    for kind in &body.classes {
        let needed = 31.0 + text_width(&kind.label, LETTERS, false) + 22.0;
        if x + needed > WIDTH - MARGIN + 22.0 && x > MARGIN {
            (x, y) = (MARGIN, y + 22.0);
        }
        figure.svg.rect(x, y - 11.0, 24.0, 15.0, fill(kind.class), "#6F6F6F");
        figure.svg.text(x + 31.0, y + 1.0, &kind.label, label(INK, Anchor::Start));
        x += needed;
    }
    y + 14.0
}

fn bar(figure: &mut Figure, body: &OutcomeCohorts, cohort: &OutcomeCohort, (x, width): (f64, f64), bottom: f64) {
    let Some(all) = whole(cohort) else {
        let mark = if cohort.counts.iter().any(|n| n.shorthand() == Some("[c]")) { "url(#withheld)" } else { "url(#missing)" };
        return figure.svg.rect(x, bottom - 14.0, width, 14.0, mark, "#6F6F6F");
    };
    if cohort.followed != Followed::Mature {
        figure.svg.raw("<g opacity=\"0.45\">");
    }
    let mut y = bottom;
    for (kind, n) in body.classes.iter().zip(&cohort.counts) {
        let height = HEIGHT * n.known().unwrap_or(0) as f64 / all as f64;
        if height > 0.0 {
            y -= height;
            figure.svg.rect(x, y, width, height, fill(kind.class), "#FFFFFF");
        }
    }
    figure.svg.raw(&format!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#6F6F6F\" stroke-width=\"0.6\"/>",
        number(x),
        number(bottom - HEIGHT),
        number(width),
        number(HEIGHT)
    ));
    if cohort.followed != Followed::Mature {
        figure.svg.raw("</g>");
    }
}

fn alt_text(finding: &Finding, body: &OutcomeCohorts) -> String {
    let shares = body.together.iter().flat_map(|t| body.classes.iter().zip(&t.parts)).filter_map(|(kind, part)| {
        let share = part.share.known()?;
        Some(format!("{} {}%", kind.label, decimal(100.0 * share.value, 0)))
    });
    let shares: Vec<String> = shares.collect();
    format!(
        "Stacked bars, one for each cohort of reports, with the share that came to each outcome. {}. Cohorts that may be compared, together: {}. The table holds every value.",
        finding.subtitle,
        if shares.is_empty() { "none".to_owned() } else { shares.join(", ") }
    )
}

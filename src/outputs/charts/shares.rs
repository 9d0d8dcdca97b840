//! Stacked bars: parts of a whole, row by row, each with a pattern of its own.

use crate::model::{Body, Finding, Findings, Row, Shares};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::Anchor;
use crate::outputs::theme::{FILL_PATTERNS, GREY_INK, INK, LETTERS, MARGIN, WIDTH, text_width, wrap};
use crate::units::{decimal, thousands};

const ROW: f64 = 30.0;
const LABEL_WIDTH: f64 = 306.0;
/// Fills of the parts, in order: two that say yes, one that says no, one that says not known.
const FILLS_OF_FOUR: [&str; 4] = ["#6BACE6", "url(#remote)", "url(#out)", "url(#missing)"];
/// The same of five: before the last one that says neither.
const FILLS_OF_FIVE: [&str; 5] = ["#6BACE6", "url(#remote)", "url(#out)", "#FFFFFF", "url(#missing)"];
/// The same of six: one that says yes, three that say in reach but, no, and not known.
const FILLS_OF_SIX: [&str; 6] = ["#6BACE6", "#F2B705", "url(#withheld)", "url(#nobody)", "url(#out)", "url(#missing)"];

/// Steps from near to far, and not known. No standard says which of them is too far: none is orange.
const FILLS_OF_STEPS: [&str; 6] = ["#12436D", "#2073BC", "#6BACE6", "#A6CBEA", "#DCEBF7", "url(#missing)"];

fn fills(shares: &Shares) -> &'static [&'static str] {
    if shares.in_steps {
        return &FILLS_OF_STEPS;
    }
    match shares.parts.len() {
        0..=4 => &FILLS_OF_FOUR,
        5 => &FILLS_OF_FIVE,
        _ => &FILLS_OF_SIX,
    }
}

pub fn fits(finding: &Finding) -> bool {
    // The last part is what is not known: a chart of nothing else says no more than its sentence.
    let told = |row: &Row, parts: usize| row.cells.iter().take(parts.saturating_sub(1)).any(|c| c.known().is_some_and(|n| n > 0));
    matches!(&finding.body, Body::Shares(s) if s.parts.len() <= FILLS_OF_SIX.len() && s.rows.iter().any(|r| told(r, s.parts.len())))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Shares(shares) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    figure.svg.raw(FILL_PATTERNS);
    let mut x = MARGIN;
    let mut y = figure.top + 14.0;
    for (part, fill) in shares.parts.iter().zip(fills(shares)) {
        let needed = 31.0 + text_width(part, LETTERS, false) + 24.0;
        if x + needed > WIDTH - MARGIN + 24.0 {
            (x, y) = (MARGIN, y + 24.0);
        }
        figure.svg.rect(x, y - 11.0, 24.0, 15.0, fill, "#6F6F6F");
        figure.svg.text(x + 31.0, y + 1.0, part, label(INK, Anchor::Start));
        x += needed;
    }
    let zero = MARGIN + LABEL_WIDTH + 12.0;
    let room = WIDTH - MARGIN - zero;
    y += 18.0;
    for row in &shares.rows {
        for (i, line) in wrap(&row.label, LETTERS, false, LABEL_WIDTH).iter().take(2).enumerate() {
            figure.svg.text(zero - 10.0, y + ROW / 2.0 + 4.0 + i as f64 * 15.0, line, label(INK, Anchor::End));
        }
        match total(row) {
            Some(all) if all > 0 => {
                let mut x = zero;
                for (n, fill) in row.cells.iter().map(|c| c.known().unwrap_or(0)).zip(fills(shares)) {
                    let width = room * n as f64 / all as f64;
                    if n > 0 {
                        figure.svg.rect(x, y + 4.0, width, ROW - 8.0, fill, "#6F6F6F");
                    }
                    x += width;
                }
            }
            _ => figure.svg.text(zero, y + ROW / 2.0 + 4.0, "not shown", label(GREY_INK, Anchor::Start)),
        }
        y += ROW;
    }
    let alt_text = alt_text(finding, shares);
    figure.finish(findings, finding, y + 4.0, alt_text)
}

/// The whole of a row, where all its parts are known.
fn total(row: &Row) -> Option<u64> {
    row.whole().known()
}

fn alt_text(finding: &Finding, shares: &Shares) -> String {
    let rows: Vec<String> = shares
        .rows
        .iter()
        .filter_map(|row| {
            let all = total(row).filter(|n| *n > 0)?;
            let parts = row.cells.iter().zip(&shares.parts).filter_map(|(c, part)| {
                let n = c.known().filter(|n| *n > 0)?;
                Some(format!("{part} {}%", decimal(100.0 * n as f64 / all as f64, 0)))
            });
            Some(format!("{}: {}", row.label, parts.collect::<Vec<_>>().join(", ")))
        })
        .collect();
    let largest = shares.rows.iter().filter_map(total).max().unwrap_or(0);
    format!("Stacked bars of {} {} each. {}. {}.", thousands(largest), shares.unit, finding.subtitle, rows.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::study_of_reach;

    #[test]
    fn a_chart_of_nothing_but_what_is_not_known_is_not_drawn() {
        let (_, mut finding, _) = study_of_reach();
        let mut fits_of = |rows: serde_json::Value| {
            let body = serde_json::json!({
                "shape": "shares", "row-heading": "Kind", "unit": "residents", "parts": ["site", "comes", "beyond", "not known"],
                "rows": rows, "in-steps": false
            });
            finding.body = serde_json::from_value(body).unwrap();
            fits(&finding)
        };
        let row = |n: [u64; 4]| serde_json::json!({"code": null, "label": "IDVA", "cells": n.map(|n| serde_json::json!({"known": n}))});
        assert!(!fits_of(serde_json::json!([row([0, 0, 0, 900]), row([0, 0, 0, 900])])));
        assert!(fits_of(serde_json::json!([row([0, 0, 0, 900]), row([0, 0, 1, 899])])));
        assert!(!fits_of(serde_json::json!([])));
    }
}

//! The order of the gaps, and how much it depends on weights.

use crate::model::{Confidence, Gap, GapRank, Verdict};
use crate::stats::composite::blurred_rank_ranges;
use crate::units::Cell;

/// Weights of: how many people, how much is missing, how early in a crisis, how sure. Each wavers by half of itself in the ranges.
const WEIGHTS: [f64; 4] = [1.0, 1.0, 1.0, 0.5];
const WAVERS_BY: f64 = 0.5;
/// Values from 0 to 1 waver by so much to either side: a judgement is no sharper.
const BLUR: f64 = 0.15;
const DRAWS: usize = 2_000;

/// How much is missing where a test finds a gap: all of it, some of it, or something about it.
fn lack(dimension: &str) -> f64 {
    match dimension {
        "existence" | "distance" | "eligibility" | "waiting" => 1.0,
        "hours" | "capacity" | "by-and-for" | "pathway" | "form" | "risk" => 0.75,
        "language" | "physical-access" | "digital" | "sustainability" => 0.5,
        _ => 0.25,
    }
}

fn urgency(stage: &str) -> f64 {
    match stage {
        "crisis" => 1.0,
        "support" | "report" => 0.7,
        "recovery" | "perpetrator" => 0.5,
        _ => 0.3,
    }
}

/// Gives each gap its rank. People not known count as a middling share, so that what cannot be counted is not last.
pub(super) fn rank(rows: &mut [Gap], stages: &[String], seed: u64) {
    let gaps: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].verdict == Verdict::Gap).collect();
    let largest = rows.iter().filter_map(|r| r.people.known()).max().unwrap_or(1).max(2) as f64;
    let column = |value: &dyn Fn(usize) -> f64| -> Vec<f64> { gaps.iter().map(|i| value(*i)).collect() };
    let indicators = vec![
        // On a scale of logarithms: ten times the people is as much again.
        column(&|i| match rows[i].people {
            Cell::Known(n) => (n.max(1) as f64).ln() / largest.ln(),
            _ => 0.5,
        }),
        column(&|i| lack(&rows[i].dimension)),
        column(&|i| urgency(&stages[i])),
        column(&|i| match rows[i].confidence {
            Confidence::High => 1.0,
            Confidence::Medium => 0.6,
            Confidence::Low => 0.2,
        }),
    ];
    for (i, range) in gaps.iter().zip(blurred_rank_ranges(&indicators, &WEIGHTS, WAVERS_BY, BLUR, DRAWS, seed)) {
        rows[*i].rank = Some(GapRank { nominal: range.nominal, low: range.low, high: range.high });
    }
}

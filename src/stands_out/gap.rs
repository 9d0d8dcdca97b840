//! The register of gaps: its first gap, and what could not be settled.

use super::{Claim, Kind, Sure};
use crate::model::{Confidence, GapRegister, Verdict};

/// The gap that is ranked first, by the share of people it is about (all of them where it names no number), and the share of tests that the data do not settle.
pub(super) fn first_and_unknown(register: &GapRegister) -> Vec<Claim> {
    let first = register.rows.iter().filter(|g| g.verdict == Verdict::Gap).min_by_key(|g| g.rank.map_or(usize::MAX, |r| r.nominal));
    let gap = first.map(|g| {
        let share = match (g.people.known(), g.of.known().filter(|of| *of > 0)) {
            (Some(people), Some(of)) => (people as f64 / of as f64).min(1.0),
            _ => 1.0,
        };
        Claim { kind: Kind::Gap, effect: share, sure: Sure::Told(sure(g.confidence)) }
    });
    let unknown = register.rows.iter().filter(|g| g.verdict == Verdict::NotKnown).count();
    let unknown =
        (unknown > 0).then(|| Claim { kind: Kind::Unknown, effect: unknown as f64 / register.rows.len() as f64, sure: Sure::Told(1.0) });
    gap.into_iter().chain(unknown).collect()
}

/// Confidence as a number, to rank by: a judgement.
fn sure(confidence: Confidence) -> f64 {
    match confidence {
        Confidence::High => 0.9,
        Confidence::Medium => 0.6,
        Confidence::Low => 0.3,
    }
}

use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::Study;

/// A few rows with an older or misspelt code stand in every table; from this share of the rows on they are told.
const TOLD_FROM: f64 = 0.01;

/// A code that nothing knows is not another place: it is an older code, or the boundaries are not all there.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for line in &study.ledger {
        let place = || Place::file(format!("source `{}`", line.source));
        let many = |n: u64| n as f64 > TOLD_FROM * line.read as f64;
        let placed = line.noted.get(said::BY_POINT_ALONE).copied().unwrap_or(0);
        if many(placed) {
            problems.warn_said(Code::D219, place(), said::rows_placed_by_their_points(placed));
        } else if let Some(rows) = line.noted.get(said::OF_A_HOLE) {
            let said = said::rows_without_a_boundary(*rows);
            problems.warn_said(Code::D219, place(), said);
        }
        let strange = line.noted.get(said::STRANGE_CODE).copied().unwrap_or(0);
        if many(strange) {
            problems.error_said(Code::D219, place(), said::counts_with_unknown_codes(strange));
        }
        let lost = line.set_aside.get(said::UNKNOWN_CODE).copied().unwrap_or(0);
        if many(lost) {
            problems.warn_said(Code::D219, place(), said::rows_with_unknown_codes(lost));
        }
    }
}

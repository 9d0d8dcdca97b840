use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::Study;

/// Above this share, codes and points are of two vintages or in two coordinate systems; published data stay near 5 %.
const ALARMING_SHARE: f64 = 0.2;

/// A few rows near borders disagree in all published data; many mean that something is wrong.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for line in &study.ledger {
        let noted = |fact: &str| line.noted.get(fact).copied().unwrap_or(0);
        let compared = noted(said::CODE_AND_POINT);
        let disagree = noted(said::CODE_AND_POINT_APART);
        if compared > 0 && disagree as f64 > ALARMING_SHARE * compared as f64 {
            problems.warn_said(
                Code::D209,
                Place::file(format!("source `{}`", line.source)),
                said::codes_and_points_apart(disagree, compared),
            );
        }
    }
}

use crate::diagnostics::{Code, Place, Problems};
use crate::study::Study;

/// Above this share, codes and points are of two vintages or in two coordinate systems; published data stay near 5 %.
const ALARMING_SHARE: f64 = 0.2;

/// A few rows near borders disagree in all published data; many mean that something is wrong.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for line in &study.ledger {
        let noted = |fact: &str| line.noted.get(fact).copied().unwrap_or(0);
        let compared = noted("with both a code and a point in the boundaries");
        let disagree = noted("of those, code and point name different areas");
        if compared > 0 && disagree as f64 > ALARMING_SHARE * compared as f64 {
            problems.warn(
                Code::D209,
                Place::file(format!("source `{}`", line.source)),
                format!("{disagree} of {compared} rows carry the code of one area and a point in another"),
                "Check that the boundaries are of the vintage of the codes; add a lookup from the older codes.",
            );
        }
    }
}

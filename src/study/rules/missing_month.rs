use crate::diagnostics::{Code, Place, Problems};
use crate::study::Study;

/// A month of the period that a source of events does not hold is missing, and never zero.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for dataset in &study.datasets {
        let name = &study.sources[dataset.source].name;
        for (month, _) in dataset.period.months().zip(&dataset.present).filter(|(_, p)| !**p) {
            problems.warn(
                Code::D206,
                Place::file(format!("source `{name}`")),
                format!("{} is missing", month.label()),
                "Add the file of that month if it was published. If the source covers it and nothing happened, say so with `covers`.",
            );
        }
    }
}

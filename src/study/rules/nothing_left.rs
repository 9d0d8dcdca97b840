use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::{Select, Study};

/// A source of which every row was set aside is the wrong file, not a quiet place.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    // Where rows cannot be read, that is why: what is wrong with them is told.
    if problems.any_error() {
        return;
    }
    for dataset in &study.datasets {
        let name = &study.sources[dataset.source].name;
        let Some(line) = study.ledger.iter().find(|l| l.source == *name) else { continue };
        if line.read > 0 && line.kept == 0 && dataset.total(&Select::default()) == 0 {
            let reason = line.set_aside.iter().max_by_key(|(_, n)| **n).map_or("", |(reason, _)| reason.as_str());
            let said = said::all_rows_set_aside(line.read, reason, reason == said::OUTSIDE_BOUNDARIES);
            problems.error_said(Code::D211, Place::file(format!("source `{name}`")), said);
        }
    }
}

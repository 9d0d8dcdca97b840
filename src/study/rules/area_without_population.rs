use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::Study;

/// An area without residents has no rate.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    let areas = &study.areas.list;
    let without: Vec<_> = areas.iter().filter(|a| a.residents.get("all").is_none_or(|r| *r <= 0.0)).collect();
    if without.len() == areas.len() {
        problems.warn_said(Code::D208, Place::file("the plan"), said::no_residents_at_all());
        return;
    }
    for area in without {
        problems.warn_said(Code::D208, Place::file("population").at(area.code.to_string()), said::area_without_residents(&area.name));
    }
}

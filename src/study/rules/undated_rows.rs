use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::Study;

/// An area of which many rows have no month is no quiet area: its counts are missing. How many rows there are is not told: it may be few of a restricted source.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for dataset in &study.datasets {
        let Some(source) = study.sources.get(dataset.source) else { continue };
        let areas = dataset.areas_too_often_undated();
        let codes: Vec<String> = areas.iter().filter_map(|a| study.areas.list.get(*a as usize)).map(|a| a.code.to_string()).collect();
        if !codes.is_empty() {
            problems.warn_said(Code::D225, Place::file(format!("source `{}`", source.name)), said::areas_with_rows_without_a_month(&codes));
        }
    }
}

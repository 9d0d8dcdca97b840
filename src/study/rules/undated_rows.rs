use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::Study;

/// An area of which many rows have no month is no quiet area: its counts are missing. How many rows there are is not told: it may be few of a restricted source.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for dataset in &study.datasets {
        let Some(source) = study.sources.get(dataset.source) else { continue };
        for found in dataset.too_often_undated() {
            let code = |area: &u32| study.areas.list.get(*area as usize).map(|a| a.code.to_string());
            let codes: Vec<String> = found.areas.iter().filter_map(code).collect();
            let name = found.category.and_then(|c| dataset.categories.get(c as usize));
            let category = name.map(|name| if source.sensitivity.is_open() { format!("“{name}”") } else { "one category".to_owned() });
            let said = said::areas_with_rows_without_a_month(category.as_deref(), &codes);
            problems.warn_said(Code::D225, Place::file(format!("source `{}`", source.name)), said);
        }
    }
}

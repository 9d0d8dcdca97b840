use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::Study;

/// A category of which some months that the source holds have nothing, although it has many in a usual month: its rows are missing, or it began or
/// ended under this name, and nothing fell to zero.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for dataset in &study.datasets {
        let Some(source) = study.sources.get(dataset.source) else { continue };
        let place = Place::file(format!("source `{}`", source.name));
        for (position, name) in dataset.categories.iter().enumerate() {
            let months: Vec<String> = dataset.not_recorded(&[position as u32]).into_iter().map(|month| month.label()).collect();
            if !months.is_empty() {
                let shown = source.sensitivity.is_open().then_some(name.as_str());
                let own_table = source.kind == "events-csv";
                problems.warn_said(Code::D206, place.clone(), said::months_without_a_category(shown, &months, own_table));
            }
        }
    }
}

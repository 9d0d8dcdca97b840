use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::{Dataset, Select, Study};

/// A category that has so many events in half of the months has none in a month by no chance.
const USUAL: u64 = 30;
/// Of fewer months nobody knows what is usual.
const FEWEST_MONTHS: usize = 6;

/// A category that stands in every month, and of which some months that the source holds have nothing: its rows are missing, and nothing fell to zero.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for dataset in &study.datasets {
        let Some(source) = study.sources.get(dataset.source) else { continue };
        let place = Place::file(format!("source `{}`", source.name));
        for (position, name) in dataset.categories.iter().enumerate() {
            let months = empty_months(dataset, position as u32);
            if !months.is_empty() {
                let shown = source.sensitivity.is_open().then_some(name.as_str());
                problems.warn_said(Code::D206, place.clone(), said::months_without_a_category(shown, &months));
            }
        }
    }
}

/// Months without an event of a category, after its first: before it nobody recorded it, perhaps.
fn empty_months(dataset: &Dataset, category: u32) -> Vec<String> {
    let series = dataset.by_month(&Select { categories: vec![category], ..Select::default() });
    let mut known: Vec<u64> = series.iter().copied().flatten().collect();
    known.sort_unstable();
    if known.len() < FEWEST_MONTHS || known[known.len() / 2] < USUAL {
        return vec![];
    }
    let after = dataset.period.months().zip(series).skip_while(|(_, n)| n.is_none_or(|n| n == 0));
    after.filter(|(_, n)| *n == Some(0)).map(|(month, _)| month.label()).collect()
}

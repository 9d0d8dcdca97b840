use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::{Dataset, Study};

/// A month of the period that a source of events does not hold is missing, and never zero.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for dataset in &study.datasets {
        let name = &study.sources[dataset.source].name;
        // A source that could not be read holds no month at all: what is wrong with it is told.
        if problems.any_error() && !dataset.present.contains(&true) {
            continue;
        }
        let mut uneven = 0;
        for covered in dataset.coverage.iter().flat_map(|c| &c.authorities) {
            uneven += usize::from(covered.months.iter().zip(&dataset.present).any(|(own, all)| own != all));
        }
        if uneven > 0 {
            forces(dataset, name, problems);
            continue;
        }
        let may_cover = study.sources[dataset.source].kind == "events-csv";
        for (month, _) in dataset.period.months().zip(&dataset.present).filter(|(_, p)| !**p) {
            problems.warn_said(Code::D206, Place::file(format!("source `{name}`")), said::month_missing(month, may_cover));
        }
    }
}

/// Where the forces of a source cover different months, each is told with its own.
fn forces(dataset: &Dataset, name: &str, problems: &mut Problems) {
    for covered in dataset.coverage.iter().flat_map(|c| &c.authorities) {
        let missing: Vec<String> =
            dataset.period.months().zip(&covered.months).filter(|(_, there)| !**there).map(|(m, _)| m.label()).collect();
        let place = Place::file(format!("source `{name}`")).at(covered.authority.to_string());
        match &covered.force {
            _ if missing.is_empty() => {}
            None => problems.warn_said(Code::D206, place, said::no_file_of_the_force()),
            Some(force) => problems.warn_said(Code::D206, place, said::months_missing_of_a_force(force, &missing)),
        }
    }
}

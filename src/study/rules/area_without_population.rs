use crate::diagnostics::{Code, Place, Problems};
use crate::study::Study;

/// An area without residents has no rate.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    let areas = &study.areas.list;
    let without: Vec<_> = areas.iter().filter(|a| a.residents.get("all").is_none_or(|r| *r <= 0.0)).collect();
    if without.len() == areas.len() {
        problems.warn(
            Code::D208,
            Place::file("the plan"),
            "no area has a population, so no rate can be given",
            "Add a `population` source, such as the census table TS008, and a lookup if its areas are smaller.",
        );
        return;
    }
    for area in without {
        problems.warn(
            Code::D208,
            Place::file("population").at(area.code.to_string()),
            format!("{} has no population", area.name),
            "Check that the population table is of the same vintage as the boundaries.",
        );
    }
}

use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::Study;
use crate::study::cube::{BY_POINT_ALONE, OF_A_HOLE, STRANGE_CODE, UNKNOWN_CODE};

/// A few rows with an older or misspelt code stand in every table; from this share of the rows on they are told.
const TOLD_FROM: f64 = 0.01;

/// A code that nothing knows is not another place: it is an older code, or the boundaries are not all there.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for line in &study.ledger {
        let place = || Place::file(format!("source `{}`", line.source));
        let next = "Add a `lookup` source from the older codes to those of the boundaries (such as LSOA11CD to LSOA21CD), and one from the areas to their authorities.";
        let many = |n: u64| n as f64 > TOLD_FROM * line.read as f64;
        let placed = line.noted.get(BY_POINT_ALONE).copied().unwrap_or(0);
        if many(placed) {
            let what = format!("{placed} rows with a point in the study carry codes that nothing knows: they are placed by their points");
            problems.warn(Code::D219, place(), what, next);
        } else if let Some(rows) = line.noted.get(OF_A_HOLE) {
            let said = said::rows_without_a_boundary(*rows);
            problems.warn(Code::D219, place(), said.what, said.next);
        }
        let strange = line.noted.get(STRANGE_CODE).copied().unwrap_or(0);
        if many(strange) {
            let what = format!("{strange} counts carry codes that no boundary knows: the areas that they are of would show none");
            let next = "Take the boundaries of the areas that the table has (for wards those of its year, such as WD22CD), or add a `lookup` source from its codes to those of the boundaries.";
            problems.error(Code::D219, place(), what, next);
        }
        let lost = line.set_aside.get(UNKNOWN_CODE).copied().unwrap_or(0);
        if many(lost) {
            let what = format!("{lost} rows carry codes that nothing knows, and no point: they are in no count, and may be of the study");
            problems.warn(Code::D219, place(), what, next);
        }
    }
}

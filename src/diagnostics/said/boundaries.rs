//! Boundaries: none of a geography, several of one code, shapes that are none, and codes without any.

use super::Said;
use crate::units::{AreaCode, Geography};

/// No source gives boundaries of the geography of the study.
pub fn no_boundaries(of: Geography, have: &[&str]) -> Said {
    let have = if have.is_empty() { "none at all".into() } else { have.join(", ") };
    Said::new(
        format!("there are no boundaries of {}", of.plural()),
        format!("Add a `boundaries` source of that geography, or choose another. The boundaries read are: {have}."),
    )
}

/// Files of one geography are in two coordinate systems.
pub fn boundaries_in_two_systems() -> Said {
    Said::new("boundaries of one geography are in two coordinate systems", "Download all of them in the same system.")
}

/// A boundary stands in two files, alike.
pub fn boundary_given_twice(code: AreaCode, also_in: &str) -> Said {
    Said::new(
        format!("{code} stands in {also_in} too, with the same boundary"),
        "One is used. Name each boundary file once in the plan to be rid of this message.",
    )
}

/// A code has another boundary in another file.
pub fn boundary_given_otherwise(code: AreaCode, also_in: &str) -> Said {
    Said::new(
        format!("{code} has another boundary in {also_in}"),
        "Keep the boundaries of one edition and resolution: name only that file in the plan.",
    )
}

/// A boundary crosses itself, or has another fault.
pub fn boundary_that_is_no_shape(code: AreaCode, fault: &str) -> Said {
    Said::new(
        format!("the boundary of {code} is not a valid shape: {fault}"),
        "Download the boundaries in another resolution (BGC), or mend the shape in a GIS.",
    )
}

/// A boundary lies off the National Grid.
pub fn boundary_outside_great_britain(code: AreaCode) -> Said {
    Said::new(format!("{code} does not lie in Great Britain"), "Check the coordinate system of the file.")
}

/// So many rows carry codes of areas of the study of which there is no boundary.
pub fn rows_without_a_boundary(rows: u64) -> Said {
    Said::new(
        format!("{rows} rows lie in the study and carry codes of areas without a boundary: they are counted in the areas beside"),
        "Look whether the boundaries lack areas of the study, and take them all. Where the codes are older, add a `lookup` source to those of the boundaries.",
    )
}

const LOOKUP_FROM_OLDER_CODES: &str = "Add a `lookup` source from the older codes to those of the boundaries (such as LSOA11CD to LSOA21CD), and one from the areas to their authorities.";

/// Rows whose codes nothing knows are placed by their points.
pub fn rows_placed_by_their_points(rows: u64) -> Said {
    Said::new(
        format!("{rows} rows with a point in the study carry codes that nothing knows: they are placed by their points"),
        LOOKUP_FROM_OLDER_CODES,
    )
}

/// Rows whose codes nothing knows, without a point: they are left out.
pub fn rows_with_unknown_codes(rows: u64) -> Said {
    Said::new(
        format!("{rows} rows carry codes that nothing knows, and no point: they are in no count, and may be of the study"),
        LOOKUP_FROM_OLDER_CODES,
    )
}

/// Counts of a table of this authority whose codes have no boundary.
pub fn counts_with_unknown_codes(counts: u64) -> Said {
    Said::new(
        format!("{counts} counts carry codes that no boundary knows: the areas that they are of would show none"),
        "Take the boundaries of the areas that the table has (for wards those of its year, such as WD22CD), or add a `lookup` source from its codes to those of the boundaries.",
    )
}

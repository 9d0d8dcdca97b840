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
        "Both are of the same ground: keep the boundaries of one edition and resolution, and name only their files in the plan. Parts of an area that do not overlap are put together.",
    )
}

/// Files hold parts of areas, which were put together.
pub fn boundary_in_parts(areas: usize, one: AreaCode) -> Said {
    let what = match areas {
        1 => format!("the boundary of {one} stands in parts in several files: they are one area"),
        n => format!("the boundaries of {n} areas stand in parts in several files, {one} among them: the parts of each are one area"),
    };
    Said::new(what, "Nothing needs to be done where they are parts of one area, such as an island and its mainland.")
}

/// A feature of an area has no polygon; whether it is one of the study, or nothing says whose it is.
pub fn boundary_without_a_polygon(code: AreaCode, of_the_study: bool) -> Said {
    let whose = if of_the_study { "" } else { ", and nothing says in which authority it lies" };
    let lookup = if of_the_study {
        ""
    } else {
        " Where the area is of another authority, a `lookup` from the areas to their authorities says so, and it is set aside."
    };
    Said::new(
        format!("{code} has no polygon{whose}"),
        format!(
            "A boundary is a polygon, a multipolygon, or a collection that holds one. Mend the shape in a GIS, or download the boundaries again as GeoJSON.{lookup}"
        ),
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

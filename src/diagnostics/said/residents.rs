//! Tables of residents and of deprivation: several years, two numbers of one area, areas without any.

use std::fmt::Display;

use super::Said;

/// A table of residents of several years.
pub fn residents_of_several_years(used: u16) -> Said {
    Said::new(format!("it holds several years: that of {used} is used"), "Nothing needs to be done. For another year, keep only its rows.")
}

/// Areas with two numbers of residents.
pub fn residents_given_twice(areas: usize, one: &dyn Display) -> Said {
    Said::new(
        format!("{areas} areas stand twice with different numbers of people, {one} among them"),
        "Keep one row for each area: several years need a column `date` or `year`, several measures a table each.",
    )
}

/// Areas with one number in a table that says its year, and another in a table that says none.
pub fn residents_of_no_year(areas: usize, one: &dyn Display) -> Said {
    Said::new(
        format!(
            "{areas} areas have another number of people in a table that says no year, {one} among them: the number with a year is used"
        ),
        "Where the other table is right, give it a column `year`: the latest year that is not after the study counts. Or take the table out that is not to be used.",
    )
}

/// The residents of an area are not those of its parts.
pub fn residents_unlike_their_parts(code: &dyn Display) -> Said {
    Said::new(
        format!("the total of {code} is not the sum of its parts"),
        "The smaller areas are not all in the table, or the lookup is of another year. The number of the area itself is used.",
    )
}

/// No area has residents.
pub fn no_residents_at_all() -> Said {
    Said::new(
        "no area has a population, so no rate can be given",
        "Add a `population` source, such as the census table TS008, and a lookup if its areas are smaller.",
    )
}

/// One area has none.
pub fn area_without_residents(name: &str) -> Said {
    Said::new(
        format!("{name} has no population"),
        "Check that the population table is of the same vintage as the boundaries, and get the number where it has a 0 or `..`: neither is taken for nobody.",
    )
}

/// Areas with two ranks or scores.
pub fn deprivation_given_twice(areas: usize, one: &dyn Display) -> Said {
    Said::new(
        format!("{areas} areas stand twice with different ranks or scores, {one} among them"),
        "Keep the indices of one year, and ranks or scores but not both in two files.",
    )
}

/// Areas whose rank is the mean of older or smaller ones.
pub fn deprivation_of_other_codes(areas: usize, one: &dyn Display) -> Said {
    Said::new(
        format!(
            "{areas} areas have no rank of their own, {one} among them: they have the mean of those that they are made of, or were part of"
        ),
        "Nothing needs to be done. Indices of the codes of the boundaries are exact.",
    )
}

/// So many areas of all have no rank; `many` where a comparison of fifths would be one of another place.
pub fn areas_without_rank(without: usize, all: usize, one: &dyn Display, many: bool) -> Said {
    Said::new(
        format!(
            "{without} of {all} areas have no rank or score, {one} among them{}",
            if many { ": no question about deprivation is answered" } else { "" }
        ),
        if many {
            "Where the indices are of older codes, add a `lookup` source of the ONS from those codes to the codes of the boundaries: parts of an area then have the rank of the whole. Or take the indices of the codes of the boundaries."
        } else {
            "They are in no fifth. Ask for the indices of all areas, or go on."
        },
    )
}

//! Whose an area is: authorities without areas, and areas of which nothing says in which authority they lie.

use super::Said;
use crate::units::AreaCode;

const ADD_A_LOOKUP: &str = "Add a `lookup` source from the areas to their authorities, such as LSOA21CD to LAD24CD from the ONS Open Geography Portal, or boundaries that name the authority of each area.";

/// Of some areas of a file the authority is told, and of others not.
pub fn authorities_of_some_areas(left_open: usize) -> Said {
    Said::new(format!("the boundaries name the authority of some areas, and of {left_open} of them none"), ADD_A_LOOKUP)
}

/// Areas without an authority are called as those of the study are.
pub fn areas_named_like_the_study(alike: usize) -> Said {
    Said::new(format!("nothing says in which authority {alike} areas lie whose names are like those of the study"), ADD_A_LOOKUP)
}

/// Areas of the names of the study in a table of residents, without a boundary.
pub fn named_areas_without_a_boundary(missing: usize, have: usize, one: AreaCode) -> Said {
    Said::new(
        format!(
            "the boundaries show {have} areas of the study; a table of residents names {missing} more of the same place, {one} among them"
        ),
        "Download the boundaries of all areas of the study: a file may have been cut off at a server's limit. Where the others are older codes, add a `lookup` from these to the codes of the boundaries. Where the study is of a part of the place on purpose, take the rows of the other areas out of the table of residents.",
    )
}

/// Areas without an authority, in a study of several.
pub fn areas_of_no_authority(areas: usize) -> Said {
    Said::new(format!("nothing says in which authority the {areas} areas lie"), ADD_A_LOOKUP)
}

/// Some areas are taken to lie in the authority, by their names.
pub fn areas_by_their_names(named: usize, areas: usize, authority: AreaCode) -> Said {
    Said::new(format!("nothing but their names says that {named} of {areas} areas lie in {authority}: those are used"), ADD_A_LOOKUP)
}

/// All areas are taken to lie in the authority.
pub fn areas_taken_to_be_the_study(areas: usize, authority: AreaCode) -> Said {
    Said::new(format!("nothing says that these {areas} areas lie in {authority}: all of them are taken to"), ADD_A_LOOKUP)
}

/// Which areas lie in the authority cannot be told; their names are of other places.
pub fn areas_named_otherwise(areas: usize, authority: AreaCode, names: &str) -> Said {
    Said::new(format!("nothing says which of the {areas} areas lie in {authority}: their names speak of {names}"), ADD_A_LOOKUP)
}

/// An authority of the plan that became others.
pub fn authority_that_ended(code: AreaCode, name: &str, became: &str, date: &str) -> Said {
    Said::new(
        format!("{code} ({name}) is an older code: it became {became} on {date}"),
        "Name the authority of today, or use boundaries and lookups of the time of the older code.",
    )
}

/// A code of the plan that is of something larger than an authority; its name and what lies in it may be empty.
pub fn larger_than_an_authority(code: AreaCode, what: &str, name: &str, within: &str) -> Said {
    let name = if name.is_empty() { String::new() } else { format!(", {name}") };
    let which = if within.is_empty() { String::new() } else { format!(": {within}") };
    Said::new(
        format!("{code} is {what}{name}"),
        format!("Name the districts, boroughs or unitary authorities in it, which are the authorities of a study{which}."),
    )
}

/// An authority of today without a boundary.
pub fn authority_without_a_boundary(code: AreaCode, name: &str) -> Said {
    Said::new(
        format!("no boundary belongs to {code} ({name})"),
        "Add the boundaries of its areas, or a lookup from the areas to their authorities.",
    )
}

/// A code of the plan that no list of authorities has.
pub fn authority_that_nobody_knows(code: AreaCode) -> Said {
    Said::new(
        format!("no boundary belongs to {code}, and no list of authorities knows the code"),
        "Check the code, or add a lookup from the areas to their authorities.",
    )
}

/// Areas that a lookup puts in the study have no boundary.
pub fn listed_areas_without_a_boundary(missing: usize, listed: usize, one: AreaCode) -> Said {
    Said::new(
        format!("{missing} of {listed} areas that a lookup puts in the study have no boundary, {one} among them"),
        "Download the boundaries of all areas of the study: a file may have been cut off at a server's limit.",
    )
}

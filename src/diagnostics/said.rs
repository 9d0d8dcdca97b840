//! What problems of a whole study say, and what to do about them: texts with their holes, apart from the rules that find them.

use std::fmt::Display;

/// A problem in words: what is wrong, and the next step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// What is wrong.
    pub what: String,
    /// What helps.
    pub next: &'static str,
}

/// So many of the sites of a service lie so far from all whom it serves.
pub fn sites_of_a_service_far_away(service: &str, far: usize, all: usize, km: f64) -> Said {
    Said {
        what: format!("service {service} serves areas of the study, and {far} of its {all} sites lie over {km:.0} km from all of them"),
        next: "Look at its coordinates on a map: a minus sign may be lost, or the place is that of a head office. Until they are mended nobody counts as in reach of it.",
    }
}

/// So many sites lie far from every area, of services that do not say whom they serve.
pub fn sites_far_away(sites: usize, km: f64) -> Said {
    Said {
        what: format!("{sites} sites of services that do not say whom they serve lie over {km:.0} km from every area of the study"),
        next: "Nothing needs to be done where they are of other places. Look for coordinates without their minus sign.",
    }
}

/// So many rows carry codes of areas of the study of which there is no boundary.
pub fn rows_without_a_boundary(rows: u64) -> Said {
    Said {
        what: format!("{rows} rows lie in the study and carry codes of areas without a boundary: they are counted in the areas beside"),
        next: "Look whether the boundaries lack areas of the study, and take them all. Where the codes are older, add a `lookup` source to those of the boundaries.",
    }
}

/// So many areas of all have no rank; `many` where a comparison of fifths would be one of another place.
pub fn areas_without_rank(without: usize, all: usize, one: &dyn Display, many: bool) -> Said {
    Said {
        what: format!(
            "{without} of {all} areas have no rank or score, {one} among them{}",
            if many { ": no question about deprivation is answered" } else { "" }
        ),
        next: if many {
            "Where the indices are of older codes, add a `lookup` source of the ONS from those codes to the codes of the boundaries: parts of an area then have the rank of the whole. Or take the indices of the codes of the boundaries."
        } else {
            "They are in no fifth. Ask for the indices of all areas, or go on."
        },
    }
}

/// A restricted source without earlier packs, where the plan no longer has others that have some.
pub fn source_that_no_pack_tells_of(name: &str, gone: &[&String]) -> Said {
    Said {
        what: format!("earlier packs tell of {}, which the plan no longer has, and `{name}` is newer than these", quoted(gone)),
        next: "Say what the source was called: `formerly = [\"its earlier name\"]` where it holds the same people or some of them, `formerly = []` where it holds none of them.",
    }
}

/// A name that no earlier pack knows, under `formerly` of a source.
pub fn former_name_that_no_pack_tells_of(name: &str, gone: &[&String]) -> Said {
    Said {
        what: format!("`formerly` of `{name}` names a source of which no earlier pack tells; those that are gone are {}", quoted(gone)),
        next: "Correct the name, or take it out where the source holds none of the same people.",
    }
}

/// A row whose month lies far from those of nearly all others of its source.
pub fn row_far_from_all_others(month: &str, months_off: u16, others: u64) -> Said {
    let more = if others > 0 { format!(", and {others} more rows lie as far off") } else { String::new() };
    Said {
        what: format!("this row is of {month}, {months_off} months from all others of the source{more}"),
        next: "Correct the date, or take the row out. Where it is right, name the months of the study: `period = { first = \"2023-01\", last = \"2023-12\" }` under `[study]`.",
    }
}

/// Months that a table names and of which it tells no number, before or after all others.
pub fn months_without_numbers(months: &str) -> Said {
    Said {
        what: format!("the source has rows of {months} and no number in them: these months are not studied"),
        next: "Nothing has to be done where they have not come yet. Otherwise get their numbers; an empty cell or `-` is no zero.",
    }
}

fn quoted(names: &[&String]) -> String {
    names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
}

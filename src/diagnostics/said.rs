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

/// Of so many rows, so many lie where they should only with their two numbers exchanged.
pub fn points_exchanged(out: u64, all: u64) -> Said {
    Said {
        what: format!("{out} of {all} points that were looked at lie in no area of theirs, and do with their two numbers exchanged"),
        next: "Eastings and northings, or longitudes and latitudes, are swapped: in `columns` of this source, or in the boundaries (export those again, x before y). Exchange them where they are swapped.",
    }
}

/// Nearly all points lie outside the areas of the codes beside them.
pub fn points_outside_their_own_areas(out: u64, all: u64) -> Said {
    Said {
        what: format!("{out} of {all} rows that were looked at have a point outside the area of their own code"),
        next: "Open the boundaries and the points on one map: coordinates may be exchanged, or in another system. Where code and point are of different places (where somebody lives, where it happened), leave one of them out of `columns`.",
    }
}

/// So many areas have two centres.
pub fn centres_that_stand_twice(n: usize, one: &dyn Display) -> Said {
    Said {
        what: format!("{n} areas have two population centres at different places, {one} among them"),
        next: "Keep the rows of one edition: each area has one centre.",
    }
}

/// So many centres lie away from their areas.
pub fn centres_away(away: usize, all: usize, one: &dyn Display, exchanged: bool) -> Said {
    let how = if exchanged { "; with their two numbers exchanged they lie in them" } else { "" };
    Said {
        what: format!("{away} of {all} population centres lie over a kilometre from their own areas, that of {one} among them{how}"),
        next: "Look at the columns of the centres: x is the easting or longitude, y the northing or latitude; a minus sign may be lost. Take the centres of the same year as the boundaries. Without the source, the middles of the areas are used.",
    }
}

/// What to look at where every row of a source was set aside.
pub fn what_to_check(by_point: bool) -> &'static str {
    if by_point {
        "Check the coordinates of the file (which column is which, their signs, their system), and the boundaries and authorities of the study."
    } else {
        "Check the authorities and the period of the study against the file."
    }
}

/// Of some areas of a file the authority is told, and of others not.
pub fn authorities_of_some_areas(left_open: usize) -> String {
    format!("the boundaries name the authority of some areas, and of {left_open} of them none")
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

/// A category of a table counts what so many others of it count together; an open source may tell which.
pub fn category_that_counts_others(category: Option<&str>, others: usize) -> Said {
    let which = category.map_or("a category".to_owned(), |c| format!("the category `{c}`"));
    Said {
        what: format!(
            "{which} counts what {others} other categories count together, in every area and month: all of it would count them twice"
        ),
        next: "Leave it or its parts out. Take those rows out of the table, or name the rows that count by `keep` under this source, such as `keep = { Offence = [\"Rape\", \"Stalking\"] }`.",
    }
}

/// Of a table of indicators no value can be told; most for one reason.
pub fn no_value_of_a_table(values: u64, why: &str, of_this: u64) -> Said {
    Said {
        what: format!("none of its {values} values can be told; {of_this} are {why}"),
        next: "Give the column that is missing, such as the numbers that the counts are out of, or define the indicator as it is counted: `gapmap explain indicator-table`.",
    }
}

fn quoted(names: &[&String]) -> String {
    names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
}

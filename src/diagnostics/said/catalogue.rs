//! Records of services: ids that stand twice or nowhere, and what a record leaves open.

use std::fmt::Display;

use super::Said;

/// A row of a side table whose id no service has.
pub fn side_row_without_a_service() -> Said {
    Said::new("no service has the id of this row", "Write the id as it stands in the catalogue, or add the service to it.")
}

/// A feed gives a service twice: one of the two is kept. What helps is said once it is set aside.
pub fn service_given_again(kept: &dyn Display) -> Said {
    Said::new(format!("the id of this service stands twice; the record at {kept} is kept, which is newer or the last"), "")
}

/// Two services have one id.
pub fn service_id_twice(first: &dyn Display) -> Said {
    Said::new(
        format!("the id of this service stands twice; the first is at {first}"),
        "Give each service an id of its own, or leave out the file that repeats it.",
    )
}

/// A service without a type that the typology has.
pub fn service_without_a_type() -> Said {
    Said::new(
        "a service names no type that is known",
        "It takes part in no answer by type. If it is for survivors, give its type in a side table: `gapmap explain service-types` lists them. The list stands in `gapmap-set-aside.csv` beside the plan.",
    )
}

/// A service whose hours say nothing of the months of the study.
pub fn service_hours_not_read() -> Said {
    Said::new(
        "the hours of a service cannot be read, or are in force at another time only",
        "They count as not known. Ask the publisher for days, times and dates in the form of the standard, or give the hours in a side table as `Mo-Fr 09:00-17:00; PH off`.",
    )
}

/// So many services name the area that they serve in words.
pub fn area_served_in_words(services: usize) -> Said {
    let what = match services {
        1 => "a service names the area that it serves in words that no lookup settles".to_owned(),
        n => format!("{n} services name the area that they serve in words that no lookup settles"),
    };
    Said::new(
        what,
        "They are taken to serve the whole study. Give codes of authorities, or the name of one as the lookups write it, where they do not.",
    )
}

/// A service of which nobody says where it is, or how else it is delivered.
///
/// `id` is its id, where that is plainly one: what else stands in its column may be an address.
pub fn service_without_a_place(id: Option<&str>) -> Said {
    let service = id.map_or_else(|| "a service".to_owned(), |id| format!("service {id}"));
    Said::new(
        format!("{service} gives neither coordinates nor another way of delivery"),
        "Add coordinates where the address is public, or its postcode and a `postcode-directory` source, or `delivery` in the side table: outreach, phone or online.",
    )
}

/// A table of travel times has rows to a service whose place is secret.
pub fn travel_times_to_a_confidential_service(rows: usize) -> Said {
    Said::new(
        format!("{rows} rows give the way to a confidential service"),
        "Leave confidential services out of the table before it reaches this program: times from a few places tell where a service is.",
    )
}

/// A table of travel times has destinations that the catalogue does not have.
pub fn travel_times_to_no_service(destinations: usize) -> Said {
    Said::new(
        format!("{destinations} destinations are no service of the catalogue"),
        "Write ids as they stand in the catalogue; times to other places are left out.",
    )
}

/// A pair of services in the plan of which one has an id that no record has.
pub fn pair_of_no_service(id: &str) -> Said {
    Said::new(format!("no service has the id `{id}`"), "Write both ids as they stand in the catalogues.")
}

/// A pair of services in the plan that is one and the same.
pub fn pair_of_one_service(id: &str) -> Said {
    Said::new(format!("both ids are `{id}`"), "Give the ids of two records.")
}

//! Points: sites, centres and rows that lie where they should not.

use std::fmt::Display;

use super::Said;

/// So many of the sites of a service lie so far from all whom it serves.
pub fn sites_of_a_service_far_away(service: &str, far: usize, all: usize, km: f64) -> Said {
    Said::new(
        format!("service {service} serves areas of the study, and {far} of its {all} sites lie over {km:.0} km from all of them"),
        "Look at its coordinates on a map: a minus sign may be lost, or the place is that of a head office. Until they are mended nobody counts as in reach of it.",
    )
}

/// So many sites lie far from every area, of services that do not say whom they serve.
pub fn sites_far_away(sites: usize, km: f64) -> Said {
    Said::new(
        format!("{sites} sites of services that do not say whom they serve lie over {km:.0} km from every area of the study"),
        "Nothing needs to be done where they are of other places. Look for coordinates without their minus sign.",
    )
}

/// Of so many rows, so many lie where they should only with their two numbers exchanged.
pub fn points_exchanged(out: u64, all: u64) -> Said {
    Said::new(
        format!("{out} of {all} points that were looked at lie in no area of theirs, and do with their two numbers exchanged"),
        "Eastings and northings, or longitudes and latitudes, are swapped: in `columns` of this source, or in the boundaries (export those again, x before y). Exchange them where they are swapped.",
    )
}

/// Nearly all points lie outside the areas of the codes beside them.
pub fn points_outside_their_own_areas(out: u64, all: u64) -> Said {
    Said::new(
        format!("{out} of {all} rows that were looked at have a point outside the area of their own code"),
        "Open the boundaries and the points on one map: coordinates may be exchanged, or in another system. Where code and point are of different places (where somebody lives, where it happened), leave one of them out of `columns`.",
    )
}

/// Many rows name one area and have a point in another.
pub fn codes_and_points_apart(disagree: u64, compared: u64) -> Said {
    Said::new(
        format!("{disagree} of {compared} rows carry the code of one area and a point in another"),
        "Check that the boundaries are of the vintage of the codes; add a lookup from the older codes.",
    )
}

/// So many areas have two centres.
pub fn centres_that_stand_twice(n: usize, one: &dyn Display) -> Said {
    Said::new(
        format!("{n} areas have two population centres at different places, {one} among them"),
        "Keep the rows of one edition: each area has one centre.",
    )
}

/// So many centres lie away from their areas.
pub fn centres_away(away: usize, all: usize, one: &dyn Display, exchanged: bool) -> Said {
    let how = if exchanged { "; with their two numbers exchanged they lie in them" } else { "" };
    Said::new(
        format!("{away} of {all} population centres lie over a kilometre from their own areas, that of {one} among them{how}"),
        "Look at the columns of the centres: x is the easting or longitude, y the northing or latitude; a minus sign may be lost. Take the centres of the same year as the boundaries. Without the source, the middles of the areas are used.",
    )
}

//! What problems of what a plan asks for say, and what to do about them.

use super::Said;

/// A way of measuring that nobody knows.
pub fn unknown_mode(by: &str, near: Option<&str>, there: &[&str]) -> Said {
    let hint = near.map_or(String::new(), |near| format!("Did you mean `{near}`? "));
    let there = there.iter().map(|t| format!("`{t}`")).collect::<Vec<_>>().join(", ");
    Said::new(
        format!("`by = \"{by}\"` names a way of measuring that the plan does not have"),
        format!(
            "{hint}The sources of the plan give {there}. A `street-network` adds `walk` or `drive`, a `timetable` adds `public-transport`, and a table of `travel-times` adds the `mode` that it names."
        ),
    )
}

/// Streets are asked for, and no source has any.
pub fn mode_without_streets(mode: &str) -> Said {
    Said::new(
        format!("`by = \"{mode}\"` needs the streets, and no source of the plan gives them: nobody knows how long the ways are"),
        format!(
            "Add a `street-network` source with `mode = \"{mode}\"`, or a table of `travel-times` with that mode; or write `by = \"straight-line\"`."
        ),
    )
}

/// Buses are asked for, and no source says when they run.
pub fn mode_without_timetable(mode: &str) -> Said {
    Said::new(
        format!("`by = \"{mode}\"` needs a timetable, and no source of the plan gives one: nobody knows how long the ways are"),
        format!(
            "Add a `timetable` source (the feeds of the operators in GTFS, from the Bus Open Data Service), or a table of `travel-times` with `mode = \"{mode}\"`; or write `by = \"straight-line\"`."
        ),
    )
}

/// One service is changed twice by one scenario, in ways that cannot both be.
pub fn changed_twice(id: &str, how: [&str; 2]) -> Said {
    let what = match how {
        [a, b] if a == b => format!("the service `{id}` stands twice under `{a}`"),
        [a, b] => format!("the service `{id}` stands under `{a}` and under `{b}`: what closes cannot be changed as well"),
    };
    Said::new(what, "Keep the one that is meant. Two ideas are two scenarios: give each a `[[scenario]]` of its own.")
}

/// So many trips of a timetable are not there; `too_much` where nothing can be told by what is left.
pub fn trips_that_are_not_whole(gone: u64, trips: u64, too_much: bool) -> Said {
    let more = if too_much { ": by what is left nobody can say who has no way" } else { "" };
    Said::new(
        format!("of {gone} of {trips} trips the feed does not say when or where they run{more}"),
        "Compare the size of the feed with what the site gives: it may have been cut off. Look that stop_times.txt, trips.txt and the calendar are of one edition.",
    )
}

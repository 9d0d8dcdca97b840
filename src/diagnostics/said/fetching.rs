//! What problems of fetching say, and what to do about them. What goes wrong on the way is said by whoever fetches.

use super::Said;

/// The program was built without the part that fetches.
pub fn built_without_fetch() -> Said {
    Said::new(
        "this program was built without the part that touches a network: nothing was fetched",
        "Build it with `cargo install --path . --locked --features fetch`, or open the addresses above in a browser and save each file where the list says.",
    )
}

/// A file that no address is known of.
pub fn got_by_hand(source: &str, why: &str, page: &str) -> Said {
    let look = if page.is_empty() { String::new() } else { format!("Look at {page}. ") };
    Said::new(
        format!("no address is known of what `{source}` reads: {why}"),
        format!("{look}Put the file here, or write `url = \"https://…\"` under the source and run `gapmap fetch` again."),
    )
}

/// No source of the plan is published by anybody.
pub fn nothing_to_fetch() -> Said {
    Said::new(
        "the plan names nothing that somebody publishes",
        "Write `url = \"https://…\"` under a source to have its file fetched; `gapmap explain sources` lists the kinds.",
    )
}

/// A source was asked for that the plan does not name.
pub fn no_such_source(name: &str, near: Option<&str>) -> Said {
    let hint = near.map_or(String::new(), |near| format!("Did you mean `{near}`? "));
    Said::new(format!("no source that is published is called `{name}`"), format!("{hint}`gapmap fetch --list` lists them."))
}

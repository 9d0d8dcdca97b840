//! Returns of journeys from one authority to another.

use super::Said;
use crate::units::{AreaCode, Period};

/// Something that is no authority; what is called nearly so.
pub fn authority_not_found(near: &[String]) -> Said {
    let hint = if near.is_empty() { String::new() } else { format!("Did you mean {}? ", near.join(" or ")) };
    Said::new(
        "nothing is known of an authority of this name or code",
        format!(
            "{hint}Write the code of the authority, or its name as the ONS has it. Where it is none: `not known`, `other authorities`, `Wales`, `Scotland`, `Northern Ireland` or `abroad`."
        ),
    )
}

/// A region, a police area or the like as an end of a journey; the authorities in it.
pub fn end_larger_than_an_authority(code: AreaCode, what: &str, name: &str, within: &str) -> Said {
    let name = if name.is_empty() { String::new() } else { format!(", {name}") };
    let which = if within.is_empty() { String::new() } else { format!(" ({within})") };
    Said::new(
        format!("{code} is {what}{name}"),
        format!("Name the authority in it{which}. Where only their sum is known, and no row names one of them, write `other authorities`."),
    )
}

/// An authority that became several.
pub fn authority_became_several(became: &[String]) -> Said {
    Said::new(
        format!("an older authority that became {}", became.join(" and ")),
        "Write which of them it is, or `other authorities`: nobody can say how its people are shared out.",
    )
}

/// Two rows for one pair of authorities, one by name and one by code.
pub fn journey_stands_twice() -> Said {
    Said::new(
        "a journey stands twice: by the name of an authority and by its code",
        "Add the two up, or take one out: people would be counted twice.",
    )
}

/// Rows of months that others hold too.
pub fn journeys_of_months_that_overlap(one: Period, other: Period) -> Said {
    Said::new(
        format!("rows of {} stand beside rows of {}, which hold some of the same months", one.label(), other.label()),
        "Keep the rows of one of them: people would be counted twice.",
    )
}

/// A row that may hold people of another row.
pub fn ends_that_hold_one_another(line: u64) -> Said {
    Said::new(
        format!("a row may hold people of the row in line {line}: one place is a part of the other, or two words mean the same"),
        "Keep one of the two, so that each person stands in one row: districts or their county, authorities or all of them together. `other authorities` is for those that no other row names.",
    )
}

/// Two sources of journeys of the same months.
pub fn two_returns_of_journeys() -> Said {
    Said::new(
        "another source of journeys holds some of the same months",
        "Put the files into one source, `path = [\"one.csv\", \"two.csv\"]`, with the same headings, so that each person is counted once.",
    )
}

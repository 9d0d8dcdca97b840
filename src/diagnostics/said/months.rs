//! Months: missing ones, ones far from all others, ones without a number.

use super::Said;
use crate::units::{Month, Period};

/// A row whose month lies far from those of nearly all others of its source.
pub fn row_far_from_all_others(month: &str, months_off: u16, others: u64) -> Said {
    let more = if others > 0 { format!(", and {others} more rows lie as far off") } else { String::new() };
    Said::new(
        format!("this row is of {month}, {months_off} months from all others of the source{more}"),
        "Correct the date, or take the row out. Where it is right, name the months of the study: `period = { first = \"2023-01\", last = \"2023-12\" }` under `[study]`.",
    )
}

/// The months of all sources are more than a study can have.
pub fn months_too_far_apart(period: Period) -> Said {
    Said::new(
        format!("their months run from {} to {}", period.first.label(), period.last.label()),
        "Name a `period` in `[study]`, or find the row with a wrong date: it is the first or the last month.",
    )
}

/// Months that a table names and of which it tells no number, before or after all others.
pub fn months_without_numbers(months: &str) -> Said {
    Said::new(
        format!("the source has rows of {months} and no number in them: these months are not studied"),
        "Nothing has to be done where they have not come yet. Otherwise get their numbers; an empty cell or `-` is no zero.",
    )
}

/// A month of the study that a source does not hold; `may_cover` where its plan may say that it covers months without a row.
pub fn month_missing(month: Month, may_cover: bool) -> Said {
    Said::new(
        format!("{} is missing", month.label()),
        if may_cover {
            "Add the file of that month if it was published. If the source covers it and nothing happened, say so with `covers`."
        } else {
            "Add the file of that month if it was published. Until then it is missing, and not quiet."
        },
    )
}

/// Months at the ends of a source whose days lie in a part of them alone.
pub fn months_covered_in_part(months: &[String]) -> Said {
    Said::new(
        format!("its days cover only a part of {}: the month is left out of the study", months.join(" and of ")),
        "Get the rows of the whole month. Where it is whole as it is, name the months of the study: `period = { first = \"2023-01\", last = \"2023-12\" }` under `[study]`.",
    )
}

/// Months of which a source has rows, and none of a category that has many in a usual month; of a table of one's own names can be put together.
pub fn months_without_a_category(category: Option<&str>, months: &[String], own_table: bool) -> Said {
    let category = category.map_or("a category".to_owned(), |name| format!("“{name}”"));
    let labels = months.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    let more = if months.len() > 4 { format!(" and {} more", months.len() - 4) } else { String::new() };
    Said::new(
        format!(
            "nothing of {category} stands in {labels}{more}, and a usual month has much of it: counts and rates over these months are too low"
        ),
        if own_table {
            "Get the rows of these months again: a part may be missing. Where the category was renamed, write one name for it in all rows of the table; where it began or ended, study the months that have it, with `period` under `[study]`."
        } else {
            "Get the files of these months again: a part may be missing. Where the category was renamed, began or ended, study the months that have it under one name, with `period` under `[study]`."
        },
    )
}

const ADD_FILES_OF_THE_FORCE: &str =
    "Its areas are missing for these months, and not quiet. Add the files of its force if they were published.";

/// No file of the police force of an area was read.
pub fn no_file_of_the_force() -> Said {
    Said::new("the source has no file of the police force whose area this is", ADD_FILES_OF_THE_FORCE)
}

/// A police force published nothing for some months.
pub fn months_missing_of_a_force(force: &str, months: &[String]) -> Said {
    Said::new(format!("{force} published nothing for {}", months.join(", ")), ADD_FILES_OF_THE_FORCE)
}

/// Areas of which so many rows say no month, of one category or of all, that no count of them is given; the whole study where none is named. How many rows are
/// not told: they may be few.
pub fn areas_with_rows_without_a_month(category: Option<&str>, codes: &[String]) -> Said {
    let shown = codes.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    let more = if codes.len() > 5 { format!(" and {} more areas", codes.len() - 5) } else { String::new() };
    Said::new(
        match (category, codes.is_empty()) {
            (None, true) => "too many rows have no date, or a stand-in for one: their total would be too low, and is missing".into(),
            (Some(category), true) => {
                format!("too many rows of {category} have no date, or a stand-in for one: its total would be too low, and is missing")
            }
            (None, false) => {
                format!(
                    "too many rows of {shown}{more} have no date, or a stand-in for one: their counts would be too low, and are missing"
                )
            }
            (Some(category), false) => format!(
                "too many rows of {category} in {shown}{more} have no date, or a stand-in for one: its counts there would be too low, and are missing"
            ),
        },
        "Give these rows their dates, or take out those that are no events. 1900-01-01 and an empty cell are no dates.",
    )
}

//! Tables of counts: levels in one table, categories and their harms, counts that are kept back, totals that do not balance.

use super::Said;
use crate::units::{Geography, counted};

/// A table holds areas of several kinds, whose events are the same; `apart` gives the sums of those counted and of the others where they differ.
pub fn several_levels(used: Geography, apart: Option<(u64, u64)>) -> Said {
    let what = match apart {
        Some((parts, total)) => {
            format!("it holds areas of several kinds: {parts} events by those that are counted, {total} by the others")
        }
        None => "it holds areas of several kinds, whose counts are the same events again".to_owned(),
    };
    let unplaced = match apart {
        Some(_) => " Where a row of a larger area counts events of which no smaller one is known, write `not known` in place of its code.",
        None => "",
    };
    Said::new(
        what,
        format!(
            "Counts of {} are used, and the others are set aside as totals. Keep one kind in the table to be rid of this message.{unplaced}",
            used.plural()
        ),
    )
}

/// Areas of a table stand under their codes and under older ones in the same months, with the same counts or with others.
pub fn areas_under_two_codes(areas: usize, are_copies: bool) -> Said {
    let some = if areas == 1 { "1 area stands".to_owned() } else { format!("{areas} areas stand") };
    let what = format!("{some} in the same months under a code of today and under an older one");
    if are_copies {
        let what = format!("{what}, with the same counts: the events would count twice");
        return Said::new(what, "Keep the rows of one vintage of codes in the table.".to_owned());
    }
    let next = "The two were added. If they are the same events again, keep the rows of one vintage of codes.";
    Said::new(what, next.to_owned())
}

/// What to do with counts that hold the months before them.
const OWN_MONTH: &str = "Take of each month the number of the month before, so that each row counts its own month, or ask for monthly counts. Added up as they are, most events would count many times. Where each counts its own month and they do grow so, say it under the source, `events-csv`: `not-cumulative = true`.";

/// Counts of a table go up within each half-year or quarter in nearly all of its areas, and begin again with the next.
pub fn counts_since_the_beginning_of_some_months(series: usize, months: u32) -> Said {
    let of = if months == 6 { "half-year" } else { "quarter" };
    Said::new(
        format!(
            "the counts of {series} areas and kinds grow within each {of} and begin again with the next: they seem to be counted since the beginning of the {of}"
        ),
        OWN_MONTH,
    )
}

/// Counts of a table go up month by month in nearly all of its areas, and begin again every year where it holds several.
pub fn counts_since_the_beginning_of_a_year(series: usize, month: u32, begins_again: bool) -> Said {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let from = MONTHS.get(month.saturating_sub(1) as usize).copied().unwrap_or("its beginning");
    let again = if begins_again { ", and begin again there each year" } else { "" };
    Said::new(
        format!(
            "the counts of {series} areas and kinds grow with each month or quarter from {from} on and hardly ever fall{again}: they seem to be counted since the beginning of the year"
        ),
        OWN_MONTH,
    )
}

/// A category of `harms` that the data do not have.
pub fn category_not_in_the_data(label: &str) -> Said {
    Said::new(format!("the data hold no category “{label}”"), "Write it as the source does, or take it out of `harms`.")
}

/// So many categories of a restricted source are mapped to no harm.
pub fn categories_without_a_harm(categories: usize, source: &str) -> Said {
    let (what, are) = if categories == 1 { ("one category".to_owned(), "is") } else { (format!("{categories} categories"), "are") };
    Said::new(
        format!(
            "{what} of the restricted source `{source}` {are} about no harm that is known, and told only like the rarest; the first stands here"
        ),
        "Say in the plan what each is about, under the source: `harms = { \"As written\" = \"domestic-abuse\" }`, or `none` for no harm with a floor. `gapmap explain harms` lists them.",
    )
}

/// A source keeps small counts back.
pub fn counts_kept_back(counts: usize) -> Said {
    Said::new(
        format!("the source keeps {counts} counts back"),
        "They are no zero: counts that hold one are shown as withheld. Ask the publisher for larger areas or longer periods, where nothing is kept back.",
    )
}

/// Rows of a source are neither kept nor set aside.
pub fn rows_that_do_not_balance() -> Said {
    Said::new(
        "rows read are not rows kept and rows set aside",
        "Nothing was written. This is a fault of the program: please report it, with the kind of the source and the shape of the file.",
    )
}

/// Every row of a source was set aside, mostly for one reason.
pub fn all_rows_set_aside(rows: u64, reason: &str, by_point: bool) -> Said {
    let why = if reason.is_empty() { String::new() } else { format!(", mostly as {reason}") };
    Said::new(
        format!("all {rows} rows were set aside{why}"),
        if by_point {
            "Check the coordinates of the file (which column is which, their signs, their system), and the boundaries and authorities of the study."
        } else {
            "Check the authorities and the period of the study against the file."
        },
    )
}

/// A category of a table counts what so many others of it count together; an open source may tell which.
pub fn category_that_counts_others(category: Option<&str>, others: usize) -> Said {
    let which = category.map_or("a category".to_owned(), |c| format!("the category `{c}`"));
    Said::new(
        format!("{which} counts what {others} other categories count together, in every area and month: all of it would count them twice"),
        "Leave it or its parts out. Take those rows out of the table, or name the rows that count by `keep` under this source, such as `keep = { Offence = [\"Rape\", \"Stalking\"] }`.",
    )
}

/// A category of a table is a part of another by its name, and never counts more; an open source may tell which.
pub fn category_within_another(names: Option<(&str, &str)>) -> Said {
    let which = names.map_or("a category".to_owned(), |(part, whole)| format!("the category `{part}`, beside `{whole}`,"));
    Said::new(
        format!(
            "{which} is a part of another by its name, and counts no more than that in any area and month: added up, its events would count twice"
        ),
        "Name the rows that count by `keep` under this source, such as `keep = { Offence = [\"Rape\", \"Stalking\"] }`. Where the two lie beside one another, give them names of which neither begins with the other.",
    )
}

/// So many areas have no row in some months of a table of counts, in so many cells, though many events would have been counted there.
pub fn areas_without_rows(areas: u64, cells: u64) -> Said {
    let areas = counted(areas as usize, "area has", "areas have");
    Said::new(
        format!(
            "{areas} no row in some months ({cells} over all areas), though other months count many events there: these counts are not known, and are no zeros"
        ),
        "Where nothing happened, write rows with 0. Where the count is not known, nothing has to be done.",
    )
}

/// So many areas of the study are in no row of a table of counts, though at least so many events are expected of each.
pub fn areas_in_no_row(areas: u64, least: u64) -> Said {
    let areas = counted(areas as usize, "area of the study is", "areas of the study are");
    Said::new(
        format!(
            "{areas} in no row of this table of counts, though {least} events or more would be expected there: what was counted there is not known, and is no zero"
        ),
        "Where nothing happened, write rows with 0 for each area that is left out. Where the count is not known, nothing has to be done.",
    )
}

/// Of a table of indicators no value can be told; most for one reason.
pub fn no_value_of_a_table(values: u64, why: &str, of_this: u64) -> Said {
    Said::new(
        format!("none of its {values} values can be told; {of_this} are {why}"),
        "Give the column that is missing, such as the numbers that the counts are out of, or define the indicator as it is counted: `gapmap explain indicator-table`.",
    )
}

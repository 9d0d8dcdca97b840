//! Events of a plan that lie elsewhere, or at another time.

use super::Said;
use crate::units::{AreaCode, Geography, Month, Period};

/// An event in an area that the study does not have; with the nearest code, where one is near.
pub fn event_in_no_area(code: AreaCode, level: Geography, nearest: Option<&str>) -> Said {
    let hint = nearest.map_or(String::new(), |k| format!(" The nearest is `{k}`."));
    Said::new(
        format!("`{code}` is no area of the study"),
        format!("Name codes of {}, the level that the study is shown at.{hint}", level.plural()),
    )
}

/// An event that ends before it begins.
pub fn event_ends_before_it_begins() -> Said {
    Said::new("it ends before it begins", "Change `first-month` or `last-month`.")
}

/// An event that begins outside the months of the study.
pub fn event_outside_the_period(begins: Month, period: Period) -> Said {
    let why = if begins > period.last { "it begins after the study ends" } else { "there are no months before it to compare with" };
    Said::new(
        format!("it begins in {}, the study is of {}, and the event is left out: {why}", begins.label(), period.label()),
        "An event needs at least twelve months before it.",
    )
}

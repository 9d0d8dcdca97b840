//! What the ledger says became of rows: facts about rows that are kept, reasons of rows that are set aside.

use super::Said;

/// Rows outside the months of the study.
pub const OUTSIDE_PERIOD: &str = "outside the period of the study";
/// Rows of other authorities.
pub const ELSEWHERE: &str = "in another authority";
/// Rows whose point lies in no area.
pub const OUTSIDE_BOUNDARIES: &str = "a point outside all boundaries";
/// Rows whose code nothing knows, and no point tells where they lie.
pub const UNKNOWN_CODE: &str = "a code that no boundary, lookup or history of codes knows, and no point";
/// Counts of a source of this authority alone, whose code is of the kind of the areas and is none of them.
pub const STRANGE_CODE: &str = "of the authority, with a code that nothing knows: in totals, in no area";
/// Rows that are kept by their point because nothing knows their code.
pub const BY_POINT_ALONE: &str = "placed by their points: nothing knows their codes";
/// Of those, rows with codes nearly all of whose rows lie here: areas of the study of which no boundary was given.
pub const OF_A_HOLE: &str = "of these, with a code nearly all of whose rows lie in the study";
/// Rows that say no place, of a source that is not of this study alone.
pub const PLACELESS: &str = "without a place, in a source that covers other authorities too";
/// Rows of the study of which nobody knows in which area.
pub const NO_KNOWN_AREA: &str = "kept without a known area: in totals, not on maps";
/// Rows of which code and point can be held against one another.
pub const CODE_AND_POINT: &str = "with both a code and a point in the boundaries";
/// Of those, rows where they name different areas.
pub const CODE_AND_POINT_APART: &str = "of those, code and point name different areas";
/// Events of an area that was split, given to its parts.
pub const SHARED_OUT: &str = "events shared out between the parts of a split area";
/// Events of the first or last month of a source that its days do not cover.
pub const MONTH_IN_PART: &str = "in a first or last month that the source covers in part";
/// Counts of another level of the same table.
pub const ANOTHER_LEVEL: &str = "a count of other areas that holds the same events again";

/// Records that the plan says are of a service that stands elsewhere, too.
pub const SAME_BY_PLAN: &str = "a record that the plan joins to another";
/// Records of services that stand twice.
pub const SERVICE_TWICE: &str = "a record of a service that stands twice";
/// Services whose only sites lie elsewhere.
pub const SERVICE_OFF_THE_GRID: &str = "a service whose only sites lie off the National Grid";

/// Journeys that neither begin nor end in the study.
pub const JOURNEY_ELSEWHERE: &str = "a journey between other authorities";

/// Journeys of months after those of the study.
pub const JOURNEY_LATER: &str = "a journey of months after the study";

/// Values of an indicator without one.
pub const NO_NUMBER: &str = "without a number";
/// Values without anything that they could be worked out from.
pub const NO_NUMBER_TO_WORK_OUT: &str = "without a number that the indicator can be worked out from";
/// Values told more finely than the indicator may be.
pub const TOO_FINE: &str = "of an area smaller, or a span shorter, than the indicator is told for";
/// Values of a group or place with a name that may not be printed.
pub const NAME_NOT_PRINTED: &str = "of a group or place whose name may not be printed";
/// Values of a restricted source without the counts behind them.
pub const NO_COUNTS: &str = "without counts, from a restricted source";
/// The same value of one place under two of its names.
pub const TOLD_TWICE: &str = "written twice, with another name of the same place";
/// Different values of one place under two of its names.
pub const TOLD_TWICE_UNLIKE: &str =
    "that differ from another of the same place and months under another of its names: the value is not known";
/// Values whose months a later one holds too.
pub const MONTHS_HELD_LATER: &str = "of months that a later value holds too, from a restricted source";
/// Values that another table tells.
pub const TOLD_ELSEWHERE: &str = "told by another table";
/// Values of months after the study.
pub const AFTER_THE_STUDY: &str = "after the study";
/// Values of a group of an area.
pub const GROUP_OF_AN_AREA: &str = "an area's group";

/// Values of one place and months that differ.
pub fn values_told_unlike(n: u64) -> Said {
    let what = match n {
        1 => "a value differs from another of the same place and months, written under another name of it: neither is told".to_owned(),
        n => format!("{n} values differ from others of the same place and months, written under other names of it: none of these is told"),
    };
    Said::new(what, "Keep the one that holds. No area, the name of the partnership, its code and words such as `All` are one place.")
}

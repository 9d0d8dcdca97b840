//! Charts: one file each, named once in a list.

mod plot;

use crate::model::{Finding, Findings};

/// A kind of chart.
pub struct ChartKind {
    /// Its name, part of the file name.
    pub name: &'static str,
    /// Whether only analysts look for it: the page leads to it by a link.
    pub annex: bool,
    /// Whether a finding has the shape that it draws.
    pub fits: fn(&Finding) -> bool,
    /// Draws it: the SVG and its text alternative.
    pub draw: fn(&Findings, &Finding) -> (String, String),
}

/// The charts of a list: of each the module, which it declares and whose `fits` and `draw` are the chart, and the name; `in_annex` where only analysts look for it.
macro_rules! charts {
    ($($file:ident = $name:literal $($annex:ident)?,)*) => {
        $(mod $file;)*

        /// Every kind of chart.
        pub const CHARTS: &[ChartKind] =
            &[$(ChartKind { name: $name, annex: !stringify!($($annex)?).is_empty(), fits: $file::fits, draw: $file::draw },)*];
    };
}

charts! {
    series = "control-chart",
    bars = "bars",
    shares = "shares",
    clock = "clock",
    week = "week",
    hours_of_week = "hours-of-week",
    going = "going-maps",
    outcomes = "outcomes",
    outcome_times = "time-to-outcome",
    parity = "parity",
    beside = "beside-others",
    waterfall = "waterfall",
    gap_matrix = "gap-matrix",
    gradient = "gradient",
    concentration = "concentration" in_annex,
    funnel = "funnel" in_annex,
    interrupted = "marked-event",
    spread = "spread" in_annex,
}

//! Charts: one file each, named once in [`CHARTS`].

mod bars;
mod clock;
mod concentration;
mod funnel;
mod gap_matrix;
mod gradient;
mod hours_of_week;
mod interrupted;
mod outcome_times;
mod outcomes;
mod parity;
mod plot;
mod series;
mod shares;
mod spread;
mod waterfall;
mod week;

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

/// Every kind of chart.
pub const CHARTS: &[ChartKind] = &[
    ChartKind { name: "control-chart", annex: false, fits: series::fits, draw: series::draw },
    ChartKind { name: "bars", annex: false, fits: bars::fits, draw: bars::draw },
    ChartKind { name: "shares", annex: false, fits: shares::fits, draw: shares::draw },
    ChartKind { name: "clock", annex: false, fits: clock::fits, draw: clock::draw },
    ChartKind { name: "week", annex: false, fits: week::fits, draw: week::draw },
    ChartKind { name: "hours-of-week", annex: false, fits: hours_of_week::fits, draw: hours_of_week::draw },
    ChartKind { name: "outcomes", annex: false, fits: outcomes::fits, draw: outcomes::draw },
    ChartKind { name: "time-to-outcome", annex: false, fits: outcome_times::fits, draw: outcome_times::draw },
    ChartKind { name: "parity", annex: false, fits: parity::fits, draw: parity::draw },
    ChartKind { name: "waterfall", annex: false, fits: waterfall::fits, draw: waterfall::draw },
    ChartKind { name: "gap-matrix", annex: false, fits: gap_matrix::fits, draw: gap_matrix::draw },
    ChartKind { name: "gradient", annex: false, fits: gradient::fits, draw: gradient::draw },
    ChartKind { name: "concentration", annex: true, fits: concentration::fits, draw: concentration::draw },
    ChartKind { name: "funnel", annex: true, fits: funnel::fits, draw: funnel::draw },
    ChartKind { name: "marked-event", annex: false, fits: interrupted::fits, draw: interrupted::draw },
    ChartKind { name: "spread", annex: true, fits: spread::fits, draw: spread::draw },
];

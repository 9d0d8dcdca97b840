//! Between which numbers a count lies that is told so.

use crate::model::ReleasePolicy;
use crate::units::Cell;

/// Whether a count may be printed as an earlier pack printed it, though it was revised since.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Revisions {
    /// Each is as the data hold it.
    None,
    /// Each may be off by the rule for small counts, and a zero may be withheld.
    Perhaps,
}

/// The lowest and the highest that a count may be that is told so. `zeros` says that a zero would have been shown.
pub(super) fn bounds_of(policy: &ReleasePolicy, cell: Cell<u64>, zeros: bool, revisions: Revisions) -> (f64, f64) {
    let (limit, base) = (policy.withhold_up_to as f64, policy.round_to.max(1) as f64);
    let (low, high) = match cell {
        Cell::Known(0) => (0.0, 0.0),
        Cell::Known(n) if base == 1.0 => (n as f64, n as f64),
        // Half up: 18 to 22 are printed as 20.
        Cell::Known(n) => ((n as f64 - (base / 2.0).floor()).max(limit + 1.0), n as f64 + ((base - 1.0) / 2.0).floor()),
        Cell::Withheld if zeros => (1.0, f64::INFINITY),
        Cell::Withheld | Cell::Missing | Cell::NotApplicable => (0.0, f64::INFINITY),
    };
    match revisions {
        Revisions::None => (low, high),
        Revisions::Perhaps => ((low - limit).max(0.0), high + limit),
    }
}

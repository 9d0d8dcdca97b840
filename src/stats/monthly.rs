//! A month of a series of counts.

/// One month of counts; `None` where it is missing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MonthCount {
    /// Events.
    pub events: Option<u64>,
    /// Days, so that February is no dip.
    pub days: f64,
    /// Month of the year, 0 to 11.
    pub of_year: u32,
}

//! The shape of a monthly series of counts: flat, a line, a bend, a step, or a line with a step; one model for one story.
//!
//! Joinpoint regression of counts (Kim, Fay, Feuer and Midthune 2000) with the season and the length of months in it. Every whole month is tried as
//! onset, every shape at its likeliest onset competes by the Bayesian information criterion: that of the negative binomial likelihood, or that of
//! the quasi-likelihood with one dispersion for all shapes, widened where neighbouring months go together.
//!
//! Checked: `segmented_count_trend` (statsmodels).

mod ahead;
mod base;
mod fitting;
mod latest;
mod limits;
mod shape;

pub use fitting::{Choice, Fitted, choose};
pub use latest::{FEWEST_MONTHS, Found, SHORTEST_SEGMENT, SHORTEST_STRETCH, Wave, chance_of_strength, latest};
pub use limits::{FEWEST_A_MONTH, FEWEST_FOR_LIMITS, UsualRange, usual_range};
pub use shape::{Change, Convention, CountSeries, Family, Shape, season};

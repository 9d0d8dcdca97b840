//! The words the whole engine speaks: codes, months, places, sensitivity, and the four kinds of nothing.
//!
//! Nothing here knows about files, analyses or outputs.

mod area_code;
mod cell;
mod compiled_in;
mod estimate;
mod month;
mod place;
mod polarity;
mod reach;
mod sensitivity;
mod sex;
mod showable;
mod week_hours;

pub use area_code::{AreaCode, Geography};
pub use cell::Cell;
pub(crate) use compiled_in::{records, rows};
pub use estimate::Estimate;
pub use month::{Month, Period};
pub use place::{Bng, Crs, LonLat};
pub use polarity::Polarity;
pub use reach::Reach;
pub use sensitivity::Sensitivity;
pub use sex::Sex;
pub use showable::{is_plain_ascii, is_showable, showable};
pub use week_hours::{MINUTES_OF_WEEK, WeekHours};

//! The words the whole engine speaks: codes, months, places, sensitivity, and the four kinds of nothing.
//!
//! Nothing here knows about files, analyses or outputs.

mod age_band;
mod area_code;
mod bank_holidays;
mod beside_role;
mod bounds;
mod cell;
mod compiled_in;
mod estimate;
mod month;
mod open_time;
mod people;
mod per;
mod place;
mod polarity;
mod postcode;
mod printed;
mod reach;
mod rule;
mod sensitivity;
mod sex;
mod showable;
mod slug;
mod standing;
mod way;
mod week_hours;

pub use age_band::AgeBand;
pub use area_code::{AreaCode, Geography, stem_of_area};
pub use bank_holidays::{bank_holidays, bank_holidays_in};
pub use beside_role::BesideRole;
pub use bounds::Bounds;
pub use cell::Cell;
pub(crate) use compiled_in::{records, rows};
pub use estimate::Estimate;
pub use month::{Month, Period};
pub use open_time::{OpenDates, OpenShares};
pub use people::People;
pub use per::per_people;
pub use place::{Bng, Crs, LonLat};
pub use polarity::Polarity;
pub use postcode::Postcode;
pub use printed::{agreed, capital, counted, decimal, mid_sentence, short, thousands};
pub use reach::{Reach, WhyNotKnown};
pub use rule::Rule;
pub use sensitivity::Sensitivity;
pub use sex::Sex;
pub use showable::{is_plain_ascii, is_showable, showable};
pub(crate) use slug::slug;
pub use standing::Standing;
pub use way::Way;
pub use week_hours::{BAND_HOURS, BANDS, MINUTES_OF_WEEK, WeekHours};

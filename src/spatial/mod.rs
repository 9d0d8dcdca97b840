//! Places on the ground: the British National Grid, and which area a point lies in.

mod bng;
mod locator;

pub use bng::{to_bng, to_lon_lat};
pub use locator::{BoundaryFault, Locator};

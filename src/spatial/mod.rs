//! Places on the ground: the British National Grid, which area a point lies in, and which areas are neighbours.

mod bng;
mod locator;
mod neighbours;
mod network;
mod overlap;
mod parts;
mod timetable;

pub use bng::{to_bng, to_lon_lat};
pub use locator::{BoundaryFault, Locator};
pub use neighbours::{Contiguity, contiguity, nearest, within};
pub use network::{Joined, Network, Street};
pub use overlap::{mean_over, overlaps, share_out};
pub use parts::{Whole, whole_of};
pub use timetable::{Call, Day, Laying, Limits, NEVER, OnFoot, StepFree, Stop, Timetable, Trip, Walks, arrivals};

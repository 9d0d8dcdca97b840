//! How much service there is for people where they live, with and without those they share it with.
//!
//! Demand is people at places, supply is capacity at services, cost is metres or minutes from a place to a service; a pair without a cost is out of reach. All
//! measures take the decay with cost as a value. Sources: Radke and Mu 2000, Luo and Wang 2003 (two-step), Luo and Qi 2009 (with decay), Wan and others 2012 (three-step), Delamater 2013
//! (modified), Paez and others 2019 (balanced), Soukhov and others 2023 (availability), Saxon and Snow 2020 (congestion, [`raam`]). Checked: `access_fca`, `access_ipea`, `published_access_hospital`.

mod catchment;
mod congestion;
mod costs;

pub use catchment::{Access, Choice, balanced, floating_catchment, gravity, nearest, spatial_availability};
pub use congestion::{Congestion, raam};
pub use costs::{Costs, Decay};

//! Pure functions over slices: what each measures, its formula, its units and its source stand with it.
//!
//! No file, table or plan is known here; a number comes in, a number goes out, and another package has checked it
//! (`tests/reference/`).

pub mod access;
pub mod area_gradient;
pub mod autocorrelation;
pub mod change_points;
pub mod composite;
pub mod concentration;
pub mod control_charts;
mod correlated;
pub mod count_regression;
pub mod counts;
pub mod disease_map;
pub mod emerging;
pub mod emerging_rates;
pub mod forecast;
pub mod funnel;
pub mod funnel_overdispersed;
pub mod group_and_rest;
pub mod hot_spots;
pub mod inequality;
pub mod interrupted;
pub mod interrupted_ar1;
mod linear;
pub mod local;
pub mod mann_kendall;
pub mod monthly;
pub mod multiple;
pub mod near;
pub mod near_months;
pub mod outcomes;
pub mod permutation;
pub mod points;
pub mod rank_sets;
pub mod ratio;
pub mod scan;
pub mod segmented;
pub mod siting;
pub mod smoothing;
pub mod spc;
pub mod standardise;
pub mod stl;
pub mod synthetic_control;
pub mod top_chance;
pub mod waves;
pub mod weights;

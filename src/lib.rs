#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! gapmap
pub mod analyses;
pub mod cli;
pub mod diagnostics;
pub mod findings;
pub mod outputs;
pub mod pipeline;
pub mod plan;
pub mod sources;
pub mod spatial;
pub mod stats;
pub mod study;
pub mod synthetic;
pub mod units;

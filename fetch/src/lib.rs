#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! Downloads the open data that a plan of gapmap names. **The only part that touches a network**: a crate of its own, which the engine is built
//! without unless somebody asks for it (`--features fetch`).
//!
//! What is fetched is written beside its place, looked at, and put in place in one step, with a line in `fetched.json`: who looks finds the former
//! file or the new one, whole. What was begun is gone on with; what is there is not fetched again; what is replaced is kept.

mod address;
mod arcgis;
mod day;
mod digest;
mod disk;
mod fault;
mod fetcher;
mod file;
mod form;
mod manifest;
mod open_referral;
mod pages;
mod restated;
mod want;
mod web;

pub use address::Address;
pub use fault::{Again, Fault, Kind};
pub use fetcher::{Fetcher, Got};
pub use manifest::{Earlier, Entry, MANIFEST, Manifest};
pub use want::{Form, How, Members, Want};
pub use web::Settings;

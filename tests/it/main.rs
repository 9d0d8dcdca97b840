//! All integration tests in one binary, because each binary links polars again. `tests/README.md` tells which answers what.

#![allow(clippy::unwrap_used, clippy::panic)] // a test that cannot go on fails, which is what a test is for

mod access;
mod anchors;
mod architecture;
mod beyond;
mod broken_input;
mod calibration;
mod catalogue_grammar;
mod clean_packs;
mod command_line;
mod confidential;
mod defaults;
mod deterministic;
mod disclosure;
mod floors;
mod golden;
mod injection;
mod leaks;
mod ledger_of_releases;
mod mixtures;
mod need_index;
mod network;
mod offline;
mod pack_files;
mod packs;
mod perturbed;
mod planted;
mod real;
mod reference;
mod reference_access;
mod reference_change;
mod reference_need;
mod reference_place;
mod reference_points;
mod reference_rates;
mod release;
mod restricted_catalogue;
mod robust;
mod schema;
mod served;
mod sources;
mod states;
mod study_files;

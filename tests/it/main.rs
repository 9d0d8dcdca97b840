//! All integration tests in one binary, because each binary links polars again. `tests/README.md` tells which answers what.

mod architecture;
mod broken_input;
mod command_line;
mod deterministic;
mod offline;
mod planted;
mod real;
mod reference;
mod release;
mod schema;
mod study_files;

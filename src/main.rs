//! Parse, run, exit code.

use clap::Parser;

fn main() {
    let exit = gapmap::cli::main(gapmap::cli::Command::parse());
    std::process::exit(exit as i32);
}

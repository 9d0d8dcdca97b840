//! Any bytes as a police.uk street file: an answer or a problem with a place, and never a panic.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| gapmap_fuzz::street_rows(data));

#[cfg(not(fuzzing))]
fn main() -> std::process::ExitCode {
    gapmap_fuzz::plain::run("street_rows", gapmap_fuzz::street_rows)
}

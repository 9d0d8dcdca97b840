//! Any bytes as boundaries: an answer or a problem with a place, and never a panic.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| gapmap_fuzz::boundaries(data));

#[cfg(not(fuzzing))]
fn main() -> std::process::ExitCode {
    gapmap_fuzz::plain::run("boundaries", gapmap_fuzz::boundaries)
}

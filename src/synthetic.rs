//! A seeded, invented borough.
use std::collections::BTreeMap;
/// Settings
pub struct Settings { /// s
pub seed: u64, /// a
pub areas: usize, /// m
pub months: usize, /// p
pub planted: bool }
/// Files
pub fn borough(_s: &Settings) -> BTreeMap<String, Vec<u8>> { BTreeMap::new() }

//! A target as a plain program, on a stable compiler: seeds are changed for some minutes, and what panics is kept.
//!
//! `street_rows [minutes] [seed]` tries changed seeds; `street_rows <file>...` tries files once more.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::mutate::{Random, mutated};

/// An input that takes longer than this is kept too.
const SLOW: Duration = Duration::from_secs(60);

/// Runs a target with the arguments of the program.
pub fn run(name: &str, target: fn(&[u8])) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let files: Vec<PathBuf> = arguments.iter().map(PathBuf::from).filter(|p| p.is_file()).collect();
    if !files.is_empty() {
        files.iter().for_each(|file| target(&std::fs::read(file).expect("the file can be read")));
        println!("{name}: {} files without a panic", files.len());
        return ExitCode::SUCCESS;
    }
    let number = |i: usize, usual: u64| arguments.get(i).and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (minutes, seed) = (number(0, 1), number(1, 1));
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds: Vec<PathBuf> =
        std::fs::read_dir(here.join("seeds").join(name)).expect("the seeds are beside this crate").flatten().map(|e| e.path()).collect();
    seeds.sort();
    let seeds: Vec<Vec<u8>> = seeds.iter().map(|p| std::fs::read(p).expect("a seed can be read")).collect();
    let found = here.join("found").join(name);
    let (start, mut random, mut tried, mut places) = (Instant::now(), Random(seed), 0u64, BTreeSet::new());
    // The place of a panic tells one fault from another.
    static PLACE: std::sync::Mutex<String> = std::sync::Mutex::new(String::new());
    std::panic::set_hook(Box::new(|panic| {
        if let Ok(mut place) = PLACE.lock() {
            *place = panic.to_string();
        }
    }));
    while start.elapsed() < Duration::from_secs(60 * minutes) {
        let data = match tried as usize {
            i if i < seeds.len() => seeds[i].clone(),
            _ => mutated(&seeds[random.below(seeds.len())], &seeds[random.below(seeds.len())], &mut random),
        };
        let began = Instant::now();
        let panicked = catch_unwind(AssertUnwindSafe(|| target(&data))).is_err();
        let told = if panicked { PLACE.lock().map(|p| p.clone()).unwrap_or_default() } else { "slow".to_owned() };
        if (panicked || began.elapsed() > SLOW) && places.insert(told.lines().next().unwrap_or_default().to_owned()) {
            let file = found.join(format!("{seed}-{tried}"));
            std::fs::create_dir_all(&found).expect("the folder can be made");
            std::fs::write(&file, &data).expect("the folder can be written");
            eprintln!("{name}: {} after {:.1} s: {told}", file.display(), began.elapsed().as_secs_f64());
        }
        tried += 1;
    }
    println!("{name}: {tried} inputs in {minutes} minutes from seed {seed}, {} faults", places.len());
    if places.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

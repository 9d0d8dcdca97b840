//! Release of a cube of areas, months and categories with all their margins.
//!
//! 417 areas in 96 wards in 3 authorities, 36 months, 14 categories, about 180,000 invented events. With `2`, tables of two
//! dimensions and all totals are published (areas by months, areas by categories, months by categories); with `3`, the whole cube.

use std::time::Instant;

use gapmap::disclosure::{Given, Rule, System, protect_by_search};
use rand::SeedableRng;
use rand_distr::{Distribution, Poisson};

pub fn cube(dimensions: usize) -> Result<(), Box<dyn std::error::Error>> {
    let (areas, months, categories) = (417_u32, 36_u32, 14_u32);
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    let mut atoms = Vec::new();
    for area in 0..areas {
        for month in 0..months {
            for category in 0..categories {
                let mean = 0.87 * 2.2 * 0.75_f64.powi(category as i32) * (0.3 + 1.6 * f64::from((area * 7919) % 101) / 100.0) * 1.6;
                atoms.push(([area, month, category, 0, 0], Poisson::new(mean).map_err(|_| "a mean of zero")?.sample(&mut random) as u64));
            }
        }
    }
    let events: u64 = atoms.iter().map(|a| a.1).sum();
    let ward = |area: u32| area * 96 / 417;
    let authority = |area: u32| ward(area) * 3 / 96;
    let mut area_sets: Vec<Vec<u32>> = (0..areas).map(|a| vec![a]).collect();
    area_sets.extend((0..96).map(|w| (0..areas).filter(|a| ward(*a) == w).collect()));
    area_sets.extend((0..3).map(|w| (0..areas).filter(|a| authority(*a) == w).collect()));
    area_sets.push((0..areas).collect());
    let with_all = |n: u32| -> Vec<Vec<u32>> { (0..n).map(|i| vec![i]).chain([(0..n).collect()]).collect() };
    let mut cells = Vec::new();
    for a in &area_sets {
        for m in with_all(months) {
            for c in with_all(categories) {
                let spread = usize::from(a.len() < 417) + usize::from(m.len() == 1) + usize::from(c.len() == 1);
                if spread > dimensions {
                    continue;
                }
                let mut members = Vec::new();
                for a in a {
                    for m in &m {
                        members.extend(c.iter().map(|c| (a * months + m) * categories + c));
                    }
                }
                cells.push((members, Given::Free));
            }
        }
    }
    println!("{events} events, {} atoms, {} cells", atoms.len(), cells.len());
    let start = Instant::now();
    let system = System::new(atoms, cells);
    println!("linked in {:.1} s", start.elapsed().as_secs_f64());
    let rule = Rule { withhold_up_to: 7, round_to: 5 };
    let small = (0..system.cells().len()).filter(|c| system.is_sensitive(*c, &rule)).count();
    let zero = system.cells().iter().filter(|c| c.value == 0).count();
    let found = protect_by_search(&system, &rule).map_err(|e| format!("cell {} cannot be protected", e.cell))?;
    let hidden = found.hidden.iter().filter(|h| **h).count();
    println!("{small} small, {zero} zero, {} others withheld, in {:.1} s", hidden - small, start.elapsed().as_secs_f64());
    println!(
        "first cell without a proof: {:?}, all proofs checked after {:.1} s",
        found.fault(&system, &rule),
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

//! Three doors of the engine, each open to any bytes: street rows, a catalogue, boundaries.
//!
//! Each door is a whole small study (eight invented areas, their residents, two months) in which one file is what comes in. Whatever it holds,
//! the study is read or refused with a problem that has a place and a next step; every row is kept or set aside; nothing panics. One input in
//! sixteen goes on to findings.

pub mod mutate;
pub mod plain;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gapmap::diagnostics::Problems;
use gapmap::plan::Plan;

/// Any bytes as a street file of the second month.
pub fn street_rows(data: &[u8]) {
    study("police/2023-02-millshire-street.csv", data, SOURCES_OF_POLICE);
}

/// Any bytes as a page of an Open Referral UK feed.
pub fn catalogue(data: &[u8]) {
    study("feed.json", data, SOURCES_OF_CATALOGUE);
}

/// Any bytes as the boundaries of the study.
pub fn boundaries(data: &[u8]) {
    study("boundaries.geojson", data, SOURCES_OF_POLICE);
}

const HEAD: &str = "[study]\ntitle = \"Millbeck\"\narea-name = \"Millbeck\"\nauthority-kind = \"unitary\"\nauthorities = [\"E06990001\"]\ninvented = true\n\n\
    [[source]]\nkind = \"boundaries\"\npath = \"boundaries.geojson\"\nsensitivity = \"open\"\n\n[[source]]\nkind = \"population\"\npath = \"population.csv\"\nsensitivity = \"open\"\n\n";
const SOURCES_OF_POLICE: &str = "[[source]]\nkind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"\nsensitivity = \"open\"\n\n[[analysis]]\nkind = \"burden\"\n";
const SOURCES_OF_CATALOGUE: &str = "[[source]]\nkind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"\nsensitivity = \"open\"\n\n\
    [[source]]\nkind = \"services-open-referral\"\nname = \"feed\"\npath = \"feed.json\"\nsensitivity = \"open\"\n\n[[analysis]]\nkind = \"gaps\"\n";

/// The folder of this process, with what is the same for every input.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("gapmap-fuzz-{}", std::process::id()));
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let copy = |from: &str, to: &str| {
            let to = folder.join(to);
            std::fs::create_dir_all(to.parent().expect("a file is in a folder")).expect("the folder can be made");
            std::fs::copy(seeds.join(from), to).expect("the seeds are beside this crate");
        };
        copy("boundaries/plain.geojson", "boundaries.geojson");
        copy("population.csv", "population.csv");
        copy("street_rows/plain.csv", "police/2023-01-millshire-street.csv");
        folder
    })
}

/// Reads the study with one file of these bytes.
fn study(file: &str, data: &[u8], sources: &str) {
    let folder = folder();
    std::fs::write(folder.join(file), data).expect("the folder can be written");
    let mut problems = Problems::default();
    let plan = Plan::parse(&format!("{HEAD}{sources}"), "study.toml", folder.to_path_buf(), &mut problems).expect("the plan is sound");
    let digest = data.iter().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    let answered = if digest % 16 == 0 {
        gapmap::pipeline::findings(&plan, None, &mut problems).is_some()
    } else {
        let study = gapmap::pipeline::study(&plan, &mut problems);
        if let Some((study, ..)) = &study {
            assert!(study.ledger.iter().all(|line| line.balances()), "a row was neither kept nor set aside: {:?}", study.ledger);
        }
        study.is_some()
    };
    assert!(answered || problems.any_error(), "nothing is answered and nothing is said");
    for problem in problems.list() {
        assert!(!problem.next_step.is_empty(), "a problem without a next step: {problem:?}");
    }
}

//! Studies on disk for tests: a small invented borough, changed as a test wishes, run through the real program.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use gapmap::diagnostics::Problems;
use gapmap::sources::{Gathered, Origin, find};
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Sensitivity;
use proptest::test_runner::{Config as ProptestConfig, RngSeed};

static SMALL: LazyLock<BTreeMap<String, Vec<u8>>> =
    LazyLock::new(|| borough(&Settings { seed: 7, areas: 30, months: 12, planted: true, ..Settings::default() }));

/// What the program says of a message.
pub fn said(message: gapmap::model::Message) -> String {
    gapmap::words::Texts::english().say(&message)
}

/// Reads files as a source of a kind would, with settings of its own.
pub fn read_source(kind: &str, paths: &[&str], root: &std::path::Path, settings: &str) -> (Gathered, Problems) {
    let (mut gathered, mut problems) = (Gathered::default(), Problems::default());
    let kind = find(kind).unwrap();
    let source = (kind.parse)(toml::de::ValueDeserializer::parse(settings).unwrap()).unwrap();
    let origin = Origin {
        id: 0,
        name: kind.name.into(),
        kind: kind.name,
        root: root.to_owned(),
        paths: paths.iter().map(|p| (*p).to_owned()).collect(),
        sensitivity: Sensitivity::Open,
        attribution: None,
        confidential_locations: Default::default(),
        formerly: None,
        labels: Default::default(),
        removed: Default::default(),
        reading: Default::default(),
    };
    source.read(&origin, &mut gathered, &mut problems);
    (gathered, problems)
}

/// The folder of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of a test's own, removed when the test is over.
pub struct Study {
    pub folder: PathBuf,
}

impl Study {
    /// A small invented borough.
    pub fn small() -> Self {
        Self::of(&SMALL)
    }

    /// The given files.
    pub fn of(files: &BTreeMap<String, Vec<u8>>) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("gapmap-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let study = Self { folder: std::env::temp_dir().join(name) };
        for (path, bytes) in files {
            study.write(path, bytes);
        }
        study
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let to = self.folder.join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(path)).unwrap()
    }

    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path)).unwrap()
    }

    /// Replaces the first occurrence of a text in a file; the test fails where there is none.
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, text.replacen(from, to, 1).as_bytes());
    }

    /// Runs the program in the folder.
    pub fn gapmap(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_gapmap")).args(arguments).current_dir(&self.folder).output().unwrap()
    }

    /// Exit code and what went to standard error.
    pub fn check(&self) -> (Option<i32>, String) {
        let output = self.gapmap(&["run", "study.toml", "--no-png"]);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    /// Every file below a folder, by path.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut waiting = vec![self.folder.join(folder)];
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                waiting.extend(std::fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()));
            } else {
                files.insert(path.strip_prefix(&self.folder).unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
            }
        }
        files
    }
}

impl Drop for Study {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// How many cases a property is tried on: always the same ones, so that a test that fails today failed yesterday.
///
/// `GAPMAP_CASES=2000` tries as many others, new ones each time.
pub fn cases(usual: u32) -> ProptestConfig {
    let asked: Option<u32> = std::env::var("GAPMAP_CASES").ok().and_then(|n| n.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_261_122) };
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, rng_seed, ..ProptestConfig::default() }
}

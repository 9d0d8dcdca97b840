//! Returns that one source alone may read: whoever read them twice could take the one answer from the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Origin;
use super::table_form::is_table;
use crate::diagnostics::{Code, Place, Problems};

/// The kind whose files no other source may read.
const TOLD_ONCE: &str = "journeys-by-authority";

/// What a file is known by: where it is, its bytes, and its lines in any order, whatever stands at their ends.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    At(PathBuf),
    Bytes([u8; 32]),
    Lines([u8; 32]),
}

/// Tells of each source that reads a file of a source of journeys once more, under its own name or as a copy.
///
/// Tables of the same people by different rules give small counts away together, and nobody knows how they cross: a return of journeys is told by the analysis
/// of journeys and by nothing else, restricted or open.
pub(crate) fn told_by_one_source(origins: &[Origin], problems: &mut Problems) {
    let is_once = |o: &&Origin| o.kind == TOLD_ONCE;
    if !origins.iter().any(|o| is_once(&o)) || origins.len() < 2 {
        return;
    }
    let marks: BTreeMap<usize, BTreeSet<Mark>> = origins.iter().map(|o| (o.id, marks_of(o))).collect();
    for once in origins.iter().filter(is_once) {
        let again = |o: &&Origin| {
            // Of two of the kind, the second is told.
            o.id != once.id && !(o.kind == TOLD_ONCE && o.id < once.id) && marks[&o.id].intersection(&marks[&once.id]).next().is_some()
        };
        for other in origins.iter().filter(again) {
            let told = format!("it reads the file of the source of journeys `{}` once more", once.name);
            let next = "Take one of the two sources out. A return of journeys is told by `journeys` alone: beside another table of the same people it would give small counts away.";
            problems.error(Code::S336, Place::file(format!("source `{}`", other.name)), told, next);
        }
    }
}

/// Of all its files that may be tables, those in folders too.
fn marks_of(origin: &Origin) -> BTreeSet<Mark> {
    let mut waiting: Vec<PathBuf> = origin.paths.iter().map(|path| origin.resolve(path)).collect();
    let (mut marks, mut seen) = (BTreeSet::new(), BTreeSet::new());
    while let Some(path) = waiting.pop() {
        // What cannot be looked at is told by whoever reads it.
        let Ok(real) = path.canonicalize() else { continue };
        if !seen.insert(real.clone()) {
            continue;
        }
        if real.is_dir() {
            waiting.extend(std::fs::read_dir(&real).into_iter().flatten().flatten().map(|e| e.path()));
        } else if is_table(&real.to_string_lossy()) {
            marks.extend(prints(&real));
            marks.insert(Mark::At(real));
        }
    }
    marks
}

/// A file of this many bytes or more is no return of people.
const LARGEST: u64 = 8 << 20;

/// By its bytes; and where it is text, by its lines.
fn prints(path: &Path) -> Vec<Mark> {
    let is_large = std::fs::metadata(path).is_ok_and(|about| about.len() >= LARGEST);
    let Some(bytes) = (!is_large).then(|| std::fs::read(path).ok()).flatten() else { return vec![] };
    // Two files without anything in them are no copies of each other.
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return vec![];
    }
    let of_bytes = Mark::Bytes(Sha256::digest(&bytes).into());
    let Ok(text) = std::str::from_utf8(&bytes) else { return vec![of_bytes] };
    let plain = |line: &str| line.trim_start_matches('\u{feff}').trim().replace('"', "").to_lowercase();
    let mut lines: Vec<String> = text.split(['\n', '\r']).map(plain).filter(|l| !l.is_empty()).collect();
    lines.sort_unstable();
    vec![of_bytes, Mark::Lines(Sha256::digest(lines.join("\n")).into())]
}

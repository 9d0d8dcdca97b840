//! The five stages, as a table of contents.

use std::io::Read;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::diagnostics::{Place, Problems};
use crate::findings::{Findings, InputFile, LabelKey, RELEASES_FOLDER, Releases, release};
use crate::plan::Plan;
use crate::sources::{ConfidentialLocations, Gathered, Origin};
use crate::study::Study;
use crate::units::Sensitivity;

/// Name and bytes of a file that the ledger of releases must keep.
pub type Record = (String, Vec<u8>);

/// READ: every source, in the order of the plan.
pub fn read(plan: &Plan, problems: &mut Problems) -> Gathered {
    let mut gathered = Gathered::default();
    for (origin, source) in &plan.sources {
        source.read(origin, &mut gathered, problems);
    }
    gathered
}

/// READ and VALIDATE. `None` where a problem stops the run.
pub fn study(plan: &Plan, problems: &mut Problems) -> Option<(Study, Vec<(usize, String)>)> {
    let mut gathered = read(plan, problems);
    let files = std::mem::take(&mut gathered.files);
    let origins: Vec<Origin> = plan.sources.iter().map(|(o, _)| o.clone()).collect();
    Study::build(&plan.study, gathered, &origins, problems).map(|s| (s, files))
}

/// READ, VALIDATE, ASK and RELEASE: the findings of a plan, of one analysis only where `only` names it.
///
/// The pack is protected together with earlier ones; beside it comes the record of it that the ledger of releases must keep,
/// where it shows anything restricted that was not shown before.
pub fn findings(plan: &Plan, only: Option<&str>, problems: &mut Problems) -> Option<(Findings, Option<(Record, LabelKey)>)> {
    let folder = plan.root.join(RELEASES_FOLDER);
    let releases = Releases::read(&folder, problems);
    let mut key = LabelKey::read(&folder, problems);
    if problems.any_error() {
        return None;
    }
    let (study, files) = study(plan, problems)?;
    let asked: Vec<_> = plan.analyses.iter().filter(|(name, _)| only.is_none_or(|o| o == *name)).collect();
    // Analyses run side by side; their answers are put together in the order of the plan.
    let drafts: Vec<_> = asked.par_iter().map(|(_, analysis)| analysis.run(&study)).collect();
    let drafts: Vec<_> = drafts.into_iter().flatten().collect();
    let earlier = key.with_labels(releases.cells(), &study);
    let pack = release(Some(&study), &drafts, &plan.release, &earlier, problems)?;
    let cells = key.with_tokens(pack.cells.clone(), &study, problems)?;
    let mut document = Findings::of(&study, &plan.release, pack);
    document.plan_sha256 = hexadecimal(&Sha256::digest(plan.text.as_bytes()));
    let fingerprints: Vec<_> =
        files.par_iter().map(|(source, path)| (*source, path, fingerprint(&plan.sources[*source].0, path))).collect();
    for (source, path, print) in fingerprints {
        let (bytes, sha256) = print.unwrap_or_default();
        let discards = plan.sources[source].0.confidential_locations == ConfidentialLocations::Discard;
        let sha256 = (!discards).then_some(sha256);
        let line = &mut document.sources[source];
        let bytes = (line.sensitivity == Sensitivity::Open && !discards).then_some(bytes);
        line.files.push(InputFile { path: Place::file(path.as_str()).shareable().file, bytes, sha256 });
    }
    let record = releases.record(&document, &cells);
    Some((document, record.map(|record| (record, key))))
}

/// Size and SHA-256 of a file; of a folder, those of its files in order of their names.
fn fingerprint(origin: &Origin, path: &str) -> Option<(u64, String)> {
    let mut hash = Sha256::new();
    let mut size = 0;
    let mut waiting = vec![origin.resolve(path)];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let mut inside: Vec<_> = std::fs::read_dir(&path).ok()?.flatten().map(|e| e.path()).collect();
            inside.sort();
            waiting.extend(inside.into_iter().rev());
            continue;
        }
        let mut file = std::fs::File::open(&path).ok()?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer).ok()? {
                0 => break,
                n => {
                    hash.update(&buffer[..n]);
                    size += n as u64;
                }
            }
        }
    }
    Some((size, hexadecimal(&hash.finalize())))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, Printer};
use crate::audit::{CHECKS, audit_folder, must_be_recorded, recorded};
use crate::diagnostics::{Code, Place, Problems};
use crate::findings::{RELEASES_FOLDER, Releases};
use crate::outputs::Files;

#[derive(Debug, Args)]
pub(super) struct Audit {
    /// The folder that `gapmap run` wrote, or a zip of it.
    pack: PathBuf,
    /// The ledger of releases that the pack was made with; `gapmap-releases` beside the pack without it.
    #[arg(long, value_name = "FOLDER")]
    releases: Option<PathBuf>,
}

impl Audit {
    pub fn run(self, printer: &Printer) -> Exit {
        let mut files = Files::new();
        let read = if self.pack.is_dir() { collect(&self.pack, &self.pack, &mut files) } else { unpack(&self.pack, &mut files) };
        if let Err(e) = read {
            printer.note(&format!("the pack cannot be read: {}", e.kind()));
            return Exit::Usage;
        }
        let mut problems = Problems::default();
        audit_folder(&files, &mut problems);
        self.look_up(&files, &mut problems);
        printer.problems(&problems);
        if problems.any_error() {
            say!("Do not publish: see above.");
            return Exit::Problems;
        }
        say!("{} files. Looked for, and not found:", files.len());
        CHECKS.iter().for_each(|check| say!("  {}", check.looks_for));
        say!("  Files that are not the ones that the findings give.");
        Exit::Fine
    }

    /// Holds the pack against the ledger of releases.
    fn look_up(&self, files: &Files, problems: &mut Problems) {
        let beside = || std::path::absolute(&self.pack).ok().and_then(|p| Some(p.parent()?.join(RELEASES_FOLDER)));
        let folder = self.releases.clone().or_else(beside).and_then(|f| std::path::absolute(f).ok());
        let found = folder.as_ref().filter(|f| std::fs::symlink_metadata(f).is_ok());
        let Some((folder, root)) = found.and_then(|f| Some((f, f.parent()?))) else {
            let (what, next) = ("there is no ledger of releases", "Give the folder `gapmap-releases` that stands beside the plan.");
            if self.releases.is_some() {
                problems.error(Code::S326, Place::file("the ledger of releases"), what, next);
            } else if must_be_recorded(files) {
                let what =
                    "no ledger of releases lies beside the pack: whether its restricted counts are the recorded ones was not looked at";
                problems.warn(Code::S326, Place::file("the pack"), what, "Give the ledger with `--releases <folder>`.");
            }
            return;
        };
        let mut broken = Problems::default();
        let ledger = Releases::read(folder, &mut broken);
        if !broken.any_error() {
            ledger.verify(root, &[], &mut broken);
        }
        problems.append(broken);
        recorded(files, &ledger, problems);
    }
}

/// All files of a zip archive, by their path inside the one folder that it may hold them in.
fn unpack(path: &Path, files: &mut Files) -> std::io::Result<()> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path)?)?;
    for i in 0..archive.len() {
        let mut part = archive.by_index(i)?;
        if part.is_dir() {
            continue;
        }
        let name = part.name().map_err(std::io::Error::other)?.into_owned();
        let mut bytes = Vec::new();
        // A part that inflates without end is no pack.
        std::io::Read::read_to_end(&mut std::io::Read::take(&mut part, MOST_BYTES), &mut bytes)?;
        if files.insert(name, bytes).is_some() {
            return Err(std::io::Error::other("a name stands twice in the archive"));
        }
    }
    let folder = files.keys().next().and_then(|p| Some(format!("{}/", p.split_once('/')?.0)));
    if let Some(folder) = folder.filter(|f| files.keys().all(|p| p.starts_with(f.as_str()))) {
        *files = std::mem::take(files).into_iter().map(|(p, bytes)| (p[folder.len()..].to_owned(), bytes)).collect();
    }
    Ok(())
}

/// The most that one part of an archive may inflate to.
const MOST_BYTES: u64 = 256 << 20;

/// All files below a folder, by their path inside it.
fn collect(root: &Path, folder: &Path, files: &mut Files) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read(&path)?);
        }
    }
    Ok(())
}

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, Printer};
use crate::audit::{CHECKS, audit_folder, findings_of, hidden_in_archive, is_draft, must_be_recorded, recorded};
use crate::diagnostics::{Code, Place, Problems};
use crate::ledger::{RELEASES_FOLDER, Releases};
use crate::outputs::{Files, PACKS_FOLDER, SUMS_NAME, evidence, is_added};
use crate::pipeline::PACK_FOLDER;

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
        let mut problems = Problems::default();
        let read = match self.pack.is_dir() {
            true => collect(&self.pack, &mut files, &mut problems).map(|()| None),
            false => unpack(&self.pack, &mut files, &mut problems).map(Some),
        };
        let archive = match read {
            Ok(archive) => archive,
            Err(e) => {
                printer.note(&format!("the pack cannot be read: {}", e.kind()));
                return Exit::Usage;
            }
        };
        if let Some(archive) = archive.filter(|_| files.contains_key(SUMS_NAME)) {
            // An archive of `gapmap pack` holds more than the run wrote: nothing but what that writes, byte for byte.
            files.retain(|name, _| !is_added(name));
            let again = findings_of(&files).and_then(|f| evidence(&f, &files).ok());
            if again.as_ref() != Some(&archive) {
                passed_over("the archive is not the one that `gapmap pack` makes of its files", &mut problems);
            }
        }
        audit_folder(&files, &crate::analyses::cards(), &mut problems);
        self.look_up(&files, &mut problems);
        if is_draft(&files) {
            let (what, next) = (
                "the pack is a draft: nothing protects it together with other packs",
                "Make the pack with `gapmap run`, without `--draft`.",
            );
            problems.error(Code::S326, Place::file("the pack"), what, next);
        }
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
        // A pack that is kept by its period lies one folder deeper than the latest.
        let beside = || {
            let pack = std::path::absolute(&self.pack).ok()?;
            let parent = pack.parent()?;
            let kept = parent.file_name().is_some_and(|n| n == PACKS_FOLDER);
            Some(if kept { parent.parent()? } else { parent }.join(RELEASES_FOLDER))
        };
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

/// What was not looked at is told: nobody can say what it holds. Its name may be anything, and is not.
fn passed_over(what: &str, problems: &mut Problems) {
    let next = "Do not publish. Take it out, or make the pack again with `gapmap run`.";
    problems.error(Code::S320, Place::file("the pack"), what, next);
}

/// All files of a zip archive, by their path inside the one folder that it may hold them in; its bytes.
fn unpack(path: &Path, files: &mut Files, problems: &mut Problems) -> std::io::Result<Vec<u8>> {
    let whole = std::fs::read(path)?;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(whole.as_slice()))?;
    if let Some(what) = hidden_in_archive(&whole) {
        passed_over(what, problems);
    }
    let mut folders = Vec::new();
    for i in 0..archive.len() {
        let Ok(mut part) = archive.by_index(i) else {
            passed_over("a part of the archive cannot be read", problems);
            continue;
        };
        if part.is_symlink() || !part.comment().is_empty() {
            passed_over("the archive holds a link, or a comment on a part", problems);
        }
        let Ok(name) = part.name().map(|n| n.into_owned()) else {
            passed_over("a part of the archive has a name that cannot be read", problems);
            continue;
        };
        if part.is_dir() {
            folders.push(name);
            continue;
        }
        let mut bytes = Vec::new();
        // A part that inflates without end is no pack.
        let read = std::io::Read::read_to_end(&mut std::io::Read::take(&mut part, MOST_BYTES + 1), &mut bytes);
        if read.is_err() || bytes.len() as u64 > MOST_BYTES {
            passed_over("a part of the archive cannot be read", problems);
        }
        if files.insert(name, bytes).is_some() {
            passed_over("a name stands twice in the archive", problems);
        }
    }
    // A folder without anything is there for its name.
    if folders.iter().any(|folder| !files.keys().any(|name| name.starts_with(folder.as_str()))) {
        passed_over("it holds an empty folder", problems);
    }
    let folder = files.keys().next().and_then(|p| Some(format!("{}/", p.split_once('/')?.0)));
    if let Some(folder) = folder.filter(|f| files.keys().all(|p| p.starts_with(f.as_str()))) {
        // It is cut off, and looked at by nobody after that: it is that of a run, or has the name of the archive.
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned());
        let name = folder.trim_end_matches('/');
        if name != PACK_FOLDER && Some(name) != stem.as_deref() {
            passed_over("the folder in the archive has a name of its own", problems);
        }
        *files = std::mem::take(files).into_iter().map(|(p, bytes)| (p[folder.len()..].to_owned(), bytes)).collect();
    }
    Ok(whole)
}

/// The most that one part of an archive may inflate to.
const MOST_BYTES: u64 = 256 << 20;
/// No pack has folders that lie deeper.
const DEEPEST: usize = 8;

/// All files below a folder, by their path inside it. What is no plain file or folder is told, and so is a folder without anything: its name may tell something.
pub(super) fn collect(root: &Path, files: &mut Files, problems: &mut Problems) -> std::io::Result<()> {
    let mut waiting = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = waiting.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if depth == 0 => return Err(e),
            Err(_) => {
                passed_over("a folder cannot be read", problems);
                continue;
            }
        };
        let mut empty = true;
        for entry in entries {
            empty = false;
            let Some((path, kind)) = entry.ok().and_then(|e| Some((e.path(), e.file_type().ok()?))) else {
                passed_over("an entry of a folder cannot be read", problems);
                continue;
            };
            let name = path.strip_prefix(root).ok().and_then(|p| p.to_str()).map(|n| n.replace(std::path::MAIN_SEPARATOR, "/"));
            match name {
                None => passed_over("a file has a name that cannot be read", problems),
                Some(_) if kind.is_dir() && depth < DEEPEST => waiting.push((path, depth + 1)),
                Some(name) if kind.is_file() => match std::fs::read(&path) {
                    Ok(bytes) => drop(files.insert(name, bytes)),
                    Err(_) => passed_over("a file cannot be read", problems),
                },
                Some(_) => passed_over("it holds a link, a device, or folders that lie too deep", problems),
            }
        }
        if empty && depth > 0 {
            passed_over("it holds an empty folder", problems);
        }
    }
    Ok(())
}

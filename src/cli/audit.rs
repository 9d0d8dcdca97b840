use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, Printer};
use crate::audit::{CHECKS, audit_folder};
use crate::diagnostics::Problems;
use crate::outputs::Files;

#[derive(Debug, Args)]
pub(super) struct Audit {
    /// The folder that `gapmap run` wrote.
    folder: PathBuf,
}

impl Audit {
    pub fn run(self, printer: &Printer) -> Exit {
        let mut files = Files::new();
        if let Err(e) = collect(&self.folder, &self.folder, &mut files) {
            printer.note(&format!("the folder cannot be read: {}", e.kind()));
            return Exit::Usage;
        }
        let mut problems = Problems::default();
        audit_folder(&files, &mut problems);
        printer.problems(&problems);
        if problems.any_error() {
            println!("Do not publish: see above.");
            return Exit::Problems;
        }
        println!("{} files. Looked for, and not found:", files.len());
        CHECKS.iter().for_each(|check| println!("  {}", check.looks_for));
        println!("  Files that are not the ones that the findings give.");
        Exit::Fine
    }
}

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

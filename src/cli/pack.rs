use std::path::PathBuf;

use clap::Args;

use super::audit::collect;
use super::run::read_findings;
use super::{Exit, Printer};
use crate::audit::audit_folder;
use crate::diagnostics::Problems;
use crate::disk::put_file;
use crate::outputs::{Files, evidence, evidence_name};

#[derive(Debug, Args)]
pub(super) struct Pack {
    /// The folder that `gapmap run` wrote.
    folder: PathBuf,
    /// Where to put the archive; beside the folder without it.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
}

impl Pack {
    /// One archive of all that a run wrote, attacked first as `gapmap audit` does it.
    pub fn run(self, printer: &Printer) -> Exit {
        let mut problems = Problems::default();
        let mut files = Files::new();
        if let Err(e) = collect(&self.folder, &mut files, &mut problems) {
            printer.note(&format!("the folder cannot be read: {}", e.kind()));
            return Exit::Usage;
        }
        let Some(findings) = read_findings(&self.folder, &mut problems) else {
            printer.problems(&problems);
            return Exit::Problems;
        };
        audit_folder(&files, &crate::analyses::cards(), &mut problems);
        printer.problems(&problems);
        if problems.any_error() {
            printer.note("Nothing was packed.");
            return Exit::Problems;
        }
        let bytes = match evidence(&findings, &files) {
            Ok(bytes) => bytes,
            Err(message) => {
                printer.note(&message);
                return Exit::Problems;
            }
        };
        let beside = || std::path::absolute(&self.folder).ok().and_then(|p| Some(p.parent()?.to_path_buf()));
        let to = self.to.clone().or_else(beside).unwrap_or_default().join(evidence_name(&findings));
        if let Err(e) = put_file(&to, &bytes) {
            printer.note(&format!("the archive cannot be written: {}", e.kind()));
            return Exit::Problems;
        }
        say!("{} files in {}", files.len(), to.display());
        Exit::Fine
    }
}

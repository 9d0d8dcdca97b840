use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Exit, Printer, load, write_failed};
use crate::audit::holds_a_trace;
use crate::diagnostics::{Code, Place, Problems};
use crate::ledger::{RELEASES_FOLDER, Releases, packs_beside, reason_fault};
use crate::outputs::{hold_study, keep_anew};
use crate::pipeline::PACK_FOLDER;

#[derive(Debug, Args)]
pub(super) struct Ledger {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Looks whether the ledger is the one that was written: all of it, unchanged.
    Verify(Where),
    /// Leaves a ledger that was lost or changed behind and begins another. No later pack is protected together with those that are out:
    /// the reason stands on all of them.
    BeginAnew(BeginAnew),
}

#[derive(Debug, Args)]
struct Where {
    /// The plan that the ledger stands beside.
    plan: PathBuf,
    /// The folder that holds the last pack; `out` beside the plan without it.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct BeginAnew {
    #[command(flatten)]
    at: Where,
    /// Why, in a few words.
    #[arg(long, value_name = "REASON")]
    because: String,
}

impl Ledger {
    pub fn run(self, printer: &Printer) -> Exit {
        match self.action {
            Action::Verify(at) => at.verify(printer),
            Action::BeginAnew(begin) => begin.run(printer),
        }
    }
}

impl Where {
    /// The folder of the study; `None` where there is no plan.
    fn root(&self, printer: &Printer) -> Option<PathBuf> {
        if self.plan.is_file() {
            return Some(self.plan.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf());
        }
        printer.note("there is no such plan: give the file that `gapmap run` is given");
        None
    }

    /// The folders of the packs that are out: the last one, those that are kept, and the earlier one that the plan names.
    fn packs(&self, root: &Path, problems: &mut Problems) -> Vec<PathBuf> {
        // What is wrong with the plan is no matter of the ledger.
        let previous = load(&self.plan, &mut Problems::default()).and_then(|plan| plan.study.previous);
        let kept = packs_beside(root, previous.as_deref(), problems);
        let all: BTreeSet<PathBuf> = std::iter::once(root.join(PACK_FOLDER)).chain(self.out.clone()).chain(kept).collect();
        all.into_iter().collect()
    }

    fn verify(&self, printer: &Printer) -> Exit {
        let Some(root) = self.root(printer) else { return Exit::Usage };
        let mut problems = Problems::default();
        let ledger = Releases::read(&root.join(RELEASES_FOLDER), &mut problems);
        if !problems.any_error() {
            let packs = self.packs(&root, &mut problems);
            ledger.verify(&root, &packs, &mut problems);
        }
        printer.problems(&problems);
        if problems.any_error() {
            return Exit::Problems;
        }
        say!("{} records, all as they were written", ledger.len());
        ledger.begun_anew().iter().for_each(|because| say!("Begun anew: {because}"));
        Exit::Fine
    }
}

impl BeginAnew {
    fn run(self, printer: &Printer) -> Exit {
        let Some(root) = self.at.root(printer) else { return Exit::Usage };
        let trace = holds_a_trace(&self.because).then_some("a reason names no place, person or machine: it stands on every later pack");
        if let Some(fault) = reason_fault(&self.because).or(trace) {
            printer.note(fault);
            return Exit::Usage;
        }
        let _study = match hold_study(&root) {
            Ok(study) => study,
            Err(fault) => return write_failed(&fault, printer),
        };
        let mut unreadable = Problems::default();
        let packs = self.at.packs(&root, &mut unreadable);
        if unreadable.any_error() {
            printer.problems(&unreadable);
            return Exit::Problems;
        }
        let Some((ledger, record)) = Releases::begin_anew(&root, &packs, &self.because) else {
            printer.note("there is no ledger to leave behind: the first run begins one by itself");
            return Exit::Usage;
        };
        match keep_anew(&root, &ledger, &record) {
            Ok(aside) => {
                if let Some(aside) = aside {
                    say!("The ledger that was there is in {}: keep it.", root.join(aside).display());
                }
                say!("Begun anew. Packs that are out are not taken into account any more; the reason stands on every later pack.");
                Exit::Fine
            }
            Err(fault) => {
                let mut problems = Problems::default();
                problems.error(
                    Code::W401,
                    Place::file(RELEASES_FOLDER),
                    fault.what,
                    "Check that the folder can be written, and do it again.",
                );
                printer.problems(&problems);
                Exit::Problems
            }
        }
    }
}

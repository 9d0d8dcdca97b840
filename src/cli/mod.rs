//! The command line: the only code that prints. Results go to standard output, everything else to standard error.

/// A line of the result, to standard output. Whoever reads it may have seen enough (`gapmap explain gaps | head`): what is not read is no
/// fault, where `println!` would panic.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($text)*);
    }};
}

mod audit;
mod compare;
mod explain;
mod fetch;
mod first_plan;
mod first_workbook;
mod fix_lists;
mod init;
mod manual;
mod new_quarter;
mod pack;
mod reconcile;
mod releases;
mod run;
mod schema;
mod set_aside;
mod site;

use std::io::Write;
use std::path::Path;

use clap::{Parser, Subcommand};

use crate::diagnostics::{Code, Place, Problems, render_json, render_text};
use crate::outputs::WriteFault;

/// Shows a partnership where its services for survivors of violence against women and girls fall short of need.
#[derive(Debug, Parser)]
#[command(name = "gapmap", version, arg_required_else_help = true)]
pub struct Command {
    #[command(subcommand)]
    action: Action,
    /// How many threads to use; all processors without it. The output is the same for any number.
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
    /// Problems as JSON, for programs.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Makes a study folder with a commented plan; with --example, an invented borough to learn on.
    Init(init::Init),
    /// Downloads the open data that the plan names and that is not there yet; the only command that touches a network.
    Fetch(fetch::Fetch),
    /// Reads and validates everything; lists all problems with their places; writes nothing.
    Check(run::Check),
    /// Reads, validates, asks, releases and writes the whole output, or nothing.
    Run(run::Run),
    /// Draws maps, charts, tables and the report again from findings.json; needs no raw data.
    Report(run::Report),
    /// Tries to break the privacy of a pack before it is published.
    Audit(audit::Audit),
    /// Looks after the ledger of releases, which keeps two packs from giving a person away together.
    Releases(releases::Ledger),
    /// Where one more service would help most; what if one opened, moved or closed. Writes nothing.
    Site(site::Site),
    /// Keeps the last pack, extends the period by a quarter and says what is missing.
    NewQuarter(new_quarter::NewQuarter),
    /// What changed between two packs, tested, and never across a break.
    Compare(compare::Compare),
    /// Why a printed figure differs from today's: restatement, boundaries, definition, placing, period, duplicates, rounding. Writes nothing.
    Reconcile(reconcile::Reconcile),
    /// Packs all that a run wrote into one archive to hand over, with methods, standards, licences and digests.
    Pack(pack::Pack),
    /// Explains an analysis, a source, a problem code, or a finding of findings.json.
    Explain(explain::Explain),
    /// Prints completions for a shell, or writes manual pages.
    Manual(manual::Manual),
    /// Prints the JSON Schema of the plan or of the findings.
    Schema(schema::Schema),
}

/// What a command came to: the exit code of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// Done.
    Fine = 0,
    /// Problems in the plan or the data.
    Problems = 1,
    /// Wrong use of the command line.
    Usage = 2,
    /// Our fault.
    Ours = 3,
}

/// Runs a command.
pub fn main(command: Command) -> Exit {
    if let Some(threads) = command.threads {
        // The pool can be built once in a process; a second time changes nothing.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let printer = Printer { json: command.json };
    match command.action {
        Action::Init(init) => init.run(&printer),
        Action::Fetch(fetch) => fetch.run(&printer),
        Action::Check(check) => check.run(&printer),
        Action::Run(run) => run.run(&printer),
        Action::Report(report) => report.run(&printer),
        Action::Audit(audit) => audit.run(&printer),
        Action::Releases(ledger) => ledger.run(&printer),
        Action::Site(site) => site.run(&printer),
        Action::NewQuarter(quarter) => quarter.run(&printer),
        Action::Manual(manual) => manual.run(&printer),
        Action::Compare(compare) => compare.run(&printer),
        Action::Reconcile(reconcile) => reconcile.run(&printer),
        Action::Pack(pack) => pack.run(&printer),
        Action::Explain(explain) => explain.run(&printer),
        Action::Schema(schema) => schema.run(),
    }
}

/// Prints problems as text or as JSON.
pub(crate) struct Printer {
    json: bool,
}

impl Printer {
    /// All problems, to standard error.
    fn problems(&self, problems: &Problems) {
        if self.json {
            let _ = writeln!(std::io::stderr(), "{}", render_json(problems));
        } else if !problems.is_empty() {
            let _ = write!(std::io::stderr(), "{}", render_text(problems));
        }
    }

    /// A line about what is going on, to standard error.
    fn note(&self, text: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }
}

/// Loads the plan that a command names.
fn load(path: &Path, problems: &mut Problems) -> Option<crate::plan::Plan> {
    crate::plan::Plan::load(path, problems)
}

/// Tells why nothing could be written.
fn write_failed(fault: &WriteFault, printer: &Printer) -> Exit {
    let (code, next) = if fault.is_busy {
        (Code::W403, "Wait until it is done, then do this again. What stood there before is untouched.")
    } else {
        (Code::W401, "Check that the folder can be written and that the disk is not full. What stood there before is untouched.")
    };
    let mut problems = Problems::default();
    problems.error(code, Place::file("the output folder"), fault.what.clone(), next);
    printer.problems(&problems);
    Exit::Problems
}

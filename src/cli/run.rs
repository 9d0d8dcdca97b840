use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, Printer, fix_lists, load, set_aside, write_failed};
use crate::audit::recorded;
use crate::diagnostics::{Code, Place, Problems};
use crate::ledger::Anchor;
use crate::ledger::Entry;
use crate::model::{Findings, Tier, VERSION};
use crate::outputs::{
    Files, NOTEBOOKS, OutputPlace, ReportKind, WriteFault, complete, everything, hold_study, keep, keep_former, keep_pack, named,
    release_path,
};
use crate::pipeline::{self, PACK_FOLDER};
use crate::plan::house_words;
use crate::timings::{Taken, take_times, taken, timed};
use crate::units::thousands;

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The plan.
    plan: PathBuf,
}

impl Check {
    pub fn run(self, printer: &Printer) -> Exit {
        let mut problems = Problems::default();
        let study = load(&self.plan, &mut problems).and_then(|plan| {
            let _ = pipeline::ledger(&plan, &[plan.root.join(PACK_FOLDER)], &mut problems);
            let _ = house_words(&plan.root, &mut problems);
            let _ = pipeline::texts(&plan, &mut problems);
            pipeline::study(&plan, &mut problems)
        });
        printer.problems(&problems);
        let Some((study, _)) = study else { return Exit::Problems };
        for line in &study.ledger {
            let aside: u64 = line.set_aside.values().sum();
            say!(
                "{}: {} {} read, {} kept, {} set aside",
                line.source,
                thousands(line.read),
                line.unit,
                thousands(line.kept),
                thousands(aside)
            );
            for (reason, n) in &line.set_aside {
                say!("    set aside: {} {reason}", thousands(*n));
            }
            for (fact, n) in &line.noted {
                say!("    noted: {} {fact}", thousands(*n));
            }
        }
        for place in &study.public_places {
            say!("public by the plan: service {}, because {}", place.id, place.because);
        }
        if !study.harmless_columns.is_empty() {
            say!("harmless by the plan: what stands under {}", study.harmless_columns.join(", "));
        }
        say!(
            "{} areas, {}, {} public and {} confidential services",
            study.areas.list.len(),
            study.about.period.label(),
            study.catalogue.public.len(),
            study.catalogue.confidential.len()
        );
        Exit::Fine
    }
}

#[derive(Debug, Args)]
pub(super) struct Run {
    /// The plan.
    plan: PathBuf,
    /// The folder to write; `out` beside the plan without it. A former output there is replaced as a whole.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Only one analysis.
    #[arg(long, value_name = "ANALYSIS")]
    only: Option<String>,
    /// A report of your own beside those that come with the engine: a folder with a report.md, or with a report.html for the page.
    #[arg(long = "as", value_name = "FOLDER", default_value = "overview")]
    report: String,
    /// Leaves out the PNG pictures, and the documents as PDF and for a word processor.
    #[arg(long)]
    no_png: bool,
    /// For trying settings: the pack says that it is a draft, goes to `draft` beside the plan, and is not entered in the ledger of
    /// releases. It must not be passed on: later packs are not protected together with it.
    #[arg(long)]
    draft: bool,
    /// Says on standard error what each part took, and the most memory held until then; with `--threads 1` by one part after another.
    #[arg(long)]
    timings: bool,
}

impl Run {
    pub fn run(self, printer: &Printer) -> Exit {
        if !self.timings {
            return self.make(printer);
        }
        take_times();
        let exit = self.make(printer);
        let mut parts: Vec<Taken> = Vec::new();
        for part in taken() {
            // Parts of one name are one, where the first of them stands.
            match parts.iter_mut().find(|p| p.part == part.part) {
                Some(same) => (same.seconds, same.peak_mb) = (same.seconds + part.seconds, part.peak_mb),
                None => parts.push(part),
            }
        }
        for part in parts {
            let peak = part.peak_mb.map_or(String::new(), |mb| format!("  {mb:7.0} MB"));
            printer.note(&format!("{:9.3} s{peak}  {}", part.seconds, part.part));
        }
        exit
    }

    fn make(self, printer: &Printer) -> Exit {
        let mut problems = Problems::default();
        if let Some(only) = &self.only
            && crate::analyses::find(only).is_none()
        {
            printer.note(&format!("there is no analysis `{only}`; `gapmap explain analyses` lists them"));
            return Exit::Usage;
        }
        let Some(plan) = load(&self.plan, &mut problems) else {
            printer.problems(&problems);
            return Exit::Problems;
        };
        let out = self.out.unwrap_or_else(|| plan.root.join(if self.draft { "draft" } else { PACK_FOLDER }));
        // Before anything is read: who comes second, or cannot write, is told at once.
        let study = if self.draft { Ok(None) } else { hold_study(&plan.root) };
        let held = study.and_then(|study| Ok((study, OutputPlace::take(&out)?)));
        let (_study, place) = match held {
            Ok(held) => held,
            Err(fault) => return write_failed(&fault, printer),
        };
        let only = self.only.as_deref();
        let made = if self.draft {
            pipeline::draft(&plan, only, &mut problems).map(|findings| (findings, None))
        } else {
            let packs: BTreeSet<PathBuf> = [plan.root.join(PACK_FOLDER), out.clone()].into();
            pipeline::pack(&plan, only, &Vec::from_iter(packs), &mut problems).map(|(findings, entry)| (findings, Some(entry)))
        };
        printer.problems(&problems);
        set_aside::write(&plan.root, &problems, printer);
        let Some((findings, entry)) = made else {
            printer.note("Nothing was written.");
            return Exit::Problems;
        };
        let anchor = entry.as_ref().and_then(|e| e.ledger.anchor(findings.policy.tier));
        // A folder that was named is looked after by whoever named it. A part of a pack is not the pack of its quarter, and takes no other's place unkept.
        let is_pack_folder = entry.is_some() && out == plan.root.join(PACK_FOLDER);
        let keeping = is_pack_folder.then_some((plan.root.as_path(), plan.study.keep_packs && only.is_none()));
        let job = Job { findings: &findings, report: &self.report, with_png: !self.no_png, out: &out, place, anchor, keeping };
        let exit = job.write(entry.as_ref().map(|e| (plan.root.as_path(), e)), printer);
        if exit == Exit::Fine {
            fix_lists::write(&plan, only, &findings, printer);
        }
        exit
    }
}

#[derive(Debug, Args)]
pub(super) struct Report {
    /// The findings of a run: the file, or the folder that holds it. `new` copies a report of the engine, for you to edit.
    findings: PathBuf,
    /// With `new`: which report to copy, into `reports/` where you are.
    name: Option<String>,
    /// The folder to write; the folder of the findings without it.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// A report of your own beside those that come with the engine: a folder with a report.md, or with a report.html for the page.
    #[arg(long = "as", value_name = "FOLDER", default_value = "overview")]
    report: String,
    /// Leaves out the PNG pictures, and the documents as PDF and for a word processor.
    #[arg(long)]
    no_png: bool,
}

impl Report {
    pub fn run(self, printer: &Printer) -> Exit {
        if self.findings.as_os_str() == "new" {
            return copy_report(self.name.as_deref().unwrap_or("board-report"), printer);
        }
        let mut problems = Problems::default();
        let Some(findings) = read_findings(&self.findings, &mut problems) else {
            printer.problems(&problems);
            return Exit::Problems;
        };
        let beside = findings_at(&self.findings).parent().map(Path::to_path_buf).unwrap_or_default();
        // The pack goes on naming the ledger that it was made with.
        let anchor = std::fs::read(beside.join(release_path(findings.policy.tier))).ok().and_then(|bytes| Anchor::read(&bytes));
        let out = self.out.unwrap_or(beside);
        let place = match OutputPlace::take(&out) {
            Ok(place) => place,
            Err(fault) => return write_failed(&fault, printer),
        };
        let job = Job { findings: &findings, report: &self.report, with_png: !self.no_png, out: &out, place, anchor, keeping: None };
        job.write(None, printer)
    }
}

/// Copies a report of the engine to where its text can be edited. What is there already is left alone.
fn copy_report(name: &str, printer: &Printer) -> Exit {
    let Some((_, text)) = NOTEBOOKS.iter().find(|(n, _)| *n == name) else {
        let names: Vec<&str> = NOTEBOOKS.iter().map(|(n, _)| *n).collect();
        printer.note(&format!("there is no report `{name}` to copy; there are {}", names.join(", ")));
        return Exit::Usage;
    };
    let folder = Path::new("reports").join(format!("my-{name}"));
    let file = folder.join("report.md");
    let made =
        std::fs::create_dir_all(&folder).and_then(|()| std::fs::File::create_new(&file)).and_then(|mut f| f.write_all(text.as_bytes()));
    if let Err(e) = made {
        printer.note(&format!("{} cannot be written: {}", file.display(), e.kind()));
        return Exit::Problems;
    }
    say!("Edit {}, then: gapmap report <folder of a run> --as {}", file.display(), folder.display());
    Exit::Fine
}

/// The findings that a person means by a path: a file, or the folder of a run or a draft, which holds those of one tier.
fn findings_at(path: &Path) -> PathBuf {
    let tiers = [Tier::Public, Tier::Partnership, Tier::Restricted];
    let mut inside = ["findings.json", "findings.draft.json"].iter().flat_map(|name| tiers.map(|tier| path.join(named(name, tier))));
    inside.find(|file| file.is_file()).unwrap_or_else(|| path.to_path_buf())
}

/// Reads findings of the version that this program knows, from their file or the folder of the run.
pub(super) fn read_findings(path: &Path, problems: &mut Problems) -> Option<Findings> {
    let path = findings_at(path);
    let shown = path.file_name().map_or_else(|| "findings".into(), |n| n.to_string_lossy().into_owned());
    let next = "Make it again with `gapmap run <plan>`.";
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) => {
            let what = match e.kind() {
                _ if path.is_dir() => "this folder holds no findings".to_owned(),
                std::io::ErrorKind::NotFound => "there is no such folder or file".to_owned(),
                kind => format!("the findings cannot be opened: {kind}"),
            };
            let next = "Give the folder that a run wrote; `gapmap explain` takes it as `--findings <folder>`. Without one, `gapmap run <plan>` makes it.";
            problems.error(Code::R101, Place::file(shown), what, next);
            return None;
        }
    };
    match Findings::read(text.as_bytes()) {
        Ok(findings) if findings.version == VERSION => Some(findings),
        Ok(findings) => {
            problems.error(
                Code::W402,
                Place::file(shown),
                format!("the findings are of version {}, this program knows {VERSION}", findings.version),
                next,
            );
            None
        }
        Err(e) => {
            problems.error(Code::W402, Place::line(shown, e.line() as u64), "the file is not a document of findings from here on", next);
            None
        }
    }
}

/// What to draw, and where to put it.
struct Job<'a> {
    findings: &'a Findings,
    report: &'a str,
    with_png: bool,
    out: &'a Path,
    /// That place, held until all is written.
    place: OutputPlace,
    /// What the pack says of the ledger of releases.
    anchor: Option<Anchor>,
    /// The folder of the plan, where former packs are kept beside it, and whether this one is too.
    keeping: Option<(&'a Path, bool)>,
}

impl Job<'_> {
    /// Draws everything and puts it in place, whole or not at all.
    ///
    /// What is about to be published is first attacked, as `gapmap audit` does it. Then it is entered in the ledger of releases, then
    /// put in place: a pack that is out without its record could be given away by the next one.
    fn write(&self, entry: Option<(&Path, &Entry)>, printer: &Printer) -> Exit {
        let Self { findings, out, .. } = self;
        let Some(report) = ReportKind::find(self.report) else {
            printer.note(&format!(
                "there is no report `{}`: give a folder that holds a report.md or a report.html; `gapmap report new` makes one",
                self.report
            ));
            return Exit::Usage;
        };
        let files = match everything(findings, &report, self.with_png) {
            Ok(files) => complete(findings, files, self.anchor.as_ref()),
            Err(message) => {
                printer.note(&message);
                // A template of the analyst's own is theirs to mend; everything else is ours.
                let ours = report.name == "overview" && report.own.is_none();
                return if ours { Exit::Ours } else { Exit::Problems };
            }
        };
        let mut problems = Problems::default();
        timed("audit", || crate::audit::audit(&files, &crate::analyses::cards(), &mut problems));
        if let Some((_, entry)) = entry {
            recorded(&files, &entry.ledger, &mut problems);
        }
        if problems.any_error() {
            printer.problems(&problems);
            printer.note("Nothing was written.");
            return Exit::Problems;
        }
        // All files lie on the disk before the ledger names them: a disk that is full leaves neither. A pack of other months is kept before it gives way.
        let put = timed("write to the disk", || self.place.write(&files)).and_then(|written| {
            let former = self.keep_former()?;
            entry.map_or(Ok(()), |(root, entry)| keep(root, entry))?;
            written.put_in_place()?;
            Ok(former.into_iter().chain(self.keep_this(&files)?).collect::<Vec<_>>())
        });
        let kept = match put {
            Ok(kept) => kept,
            Err(fault) => return write_failed(&fault, printer),
        };
        say!("{} findings, {} files in {}", findings.findings.len(), files.len(), out.display());
        let page = if findings.frame.draft { "report.draft.html" } else { "report.html" };
        kept.iter().for_each(|folder| say!("Kept: {}", folder.display()));
        say!("Open {}", out.join(named(page, findings.policy.tier)).display());
        let documents: Vec<&str> =
            NOTEBOOKS.iter().map(|(name, _)| *name).chain(report.own.iter().map(|(name, _)| name.as_str())).collect();
        say!("Documents beside it: {}", documents.join(", "));
        say!(
            "Where a figure came from: gapmap explain <figure> --findings {0} (gapmap explain findings --findings {0} lists them)",
            out.display()
        );
        Exit::Fine
    }

    /// Keeps a pack of other months that stands in the way. The folder that was made.
    fn keep_former(&self) -> Result<Option<PathBuf>, WriteFault> {
        self.keeping.map_or(Ok(None), |(root, _)| keep_former(root, self.out, self.findings))
    }

    /// Keeps this pack by its period, too, where the plan says so. The folder that was made.
    fn keep_this(&self, files: &Files) -> Result<Option<PathBuf>, WriteFault> {
        let Some((root, true)) = self.keeping else { return Ok(None) };
        keep_pack(root, self.findings, files).map(Some)
    }
}

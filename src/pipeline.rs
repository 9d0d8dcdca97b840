//! The five stages, as a table of contents.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::analyses::{self, ASSURANCE, AssuranceSettings};
use crate::compare::since;
use crate::diagnostics::{Code, Place, Problems};
use crate::disk::Seen;
use crate::ledger::{EarlierCell, NamedSource, RELEASES_FOLDER, Releases, packs_beside, under_names_of_today};
use crate::ledger::{Entry, LabelKey};
use crate::model::{ActionPlan, Body, Commentary, Findings, FixLists, InputFile, Unanswered, VERSION};
use crate::plan::{Plan, action_plan, check_percentages, commentary, house_words};
use crate::release::{self, release_catalogue, with_labels, with_tokens};
use crate::sources::{ConfidentialLocations, Copies, Gathered, Origin};
use crate::study::{ReachSettings, Study, StudySettings};
use crate::timings::timed;
use crate::units::{Period, Sensitivity, showable};
use crate::vocabulary::tokens;
use crate::words::Texts;

/// Name of the folder beside the plan that a pack goes to.
pub const PACK_FOLDER: &str = "out";

/// READ: every source, in the order of the plan; those that others are read by first.
pub fn read(plan: &Plan, problems: &mut Problems) -> Gathered {
    read_some(plan, Copies::default(), &|_| true, problems)
}

/// As [`read`], some sources only, and with copies of rows told as somebody else may have counted them.
pub fn read_some(plan: &Plan, copies: Copies, wanted: &dyn Fn(&Origin) -> bool, problems: &mut Problems) -> Gathered {
    let mut gathered = Gathered { copies, ..Gathered::default() };
    let mut order: Vec<_> = plan.sources.iter().filter(|(origin, _)| wanted(origin)).collect();
    order.sort_by_key(|(_, source)| !source.others_need_it());
    for (origin, source) in order {
        let known = problems.list().len();
        // A reader of others' files that panics is a fault of one source, and no crash: it is told with its place.
        let read = catch_unwind(AssertUnwindSafe(|| source.read(origin, &mut gathered, problems)));
        if read.is_err() {
            let next = "Save or download the file again. If it stays so, leave the source out, and report the fault with the kind of file that it is.";
            problems.error(
                Code::R125,
                Place::file(format!("source `{}`", origin.name)),
                "a file of this source cannot be read: its form broke the reader",
                next,
            );
        }
        origin.note_removed(&mut gathered.tallies);
        origin.note_passed_over(&mut gathered.tallies);
        origin.settle_bad_records(known, &gathered.tallies, problems);
    }
    gathered.tallies.sort_by_key(|t| t.source);
    gathered.files.sort_by_key(|f| f.0);
    gathered
}

/// READ and VALIDATE. `None` where a problem stops the run.
pub fn study(plan: &Plan, problems: &mut Problems) -> Option<(Study, Vec<(usize, String)>)> {
    let before = files_of(plan);
    let mut gathered = timed("read", || read(plan, problems));
    unchanged(plan, &before, problems);
    let files = std::mem::take(&mut gathered.files);
    let origins: Vec<Origin> = plan.sources.iter().map(|(o, _)| o.clone()).collect();
    let study = timed("validate", || Study::build(&plan.study, gathered, &origins, problems))?;
    // An analysis may name a mode of its own.
    for (name, by) in plan.analyses.iter().filter_map(|(name, a)| Some((name, a.by()?))) {
        study.check_mode(by, Place::file("the plan").at(format!("`by` of the analysis `{name}`")), problems);
    }
    (!problems.any_error()).then_some((study, files))
}

/// READ, VALIDATE, ASK and RELEASE: the findings of a plan, of one analysis only where `only` names it.
///
/// The pack is protected together with earlier ones; beside it comes what the ledger of releases must keep of it. The ledger is held
/// against its head, against the pack in `out` beside the plan and against those of [`ledger`]: one that lost a record protects nobody.
pub fn findings(plan: &Plan, only: Option<&str>, problems: &mut Problems) -> Option<(Findings, Entry)> {
    pack(plan, only, &[plan.root.join(PACK_FOLDER)], problems)
}

/// As [`findings`], with the ledger held against the packs in these folders.
pub fn pack(plan: &Plan, only: Option<&str>, packs: &[PathBuf], problems: &mut Problems) -> Option<(Findings, Entry)> {
    let releases = ledger(plan, packs, problems);
    let folder = plan.root.join(RELEASES_FOLDER);
    let mut key = LabelKey::read(&folder, problems);
    key.check(&releases.cells(), problems);
    let (mut findings, cells) = released(plan, only, &releases, &mut key, problems)?;
    written(plan, &mut findings, problems)?;
    let entry = Entry { key, ..releases.entry(&findings, &cells) };
    Some((findings, entry))
}

/// The ledger of releases beside a plan, held against its head and against the packs in these folders, those that are kept beside the plan, and the
/// earlier one that the plan names: a chain that begins anew while a pack names an older one would protect nobody together with it.
pub fn ledger(plan: &Plan, packs: &[PathBuf], problems: &mut Problems) -> Releases {
    let releases = Releases::read(&plan.root.join(RELEASES_FOLDER), problems);
    if !problems.any_error() {
        let kept = packs_beside(&plan.root, plan.study.previous.as_deref(), problems);
        let all: BTreeSet<PathBuf> = packs.iter().cloned().chain(kept).collect();
        releases.verify(&plan.root, &Vec::from_iter(all), problems);
    }
    releases
}

/// The findings of a draft: they say that they are one, and no ledger keeps them.
pub fn draft(plan: &Plan, only: Option<&str>, problems: &mut Problems) -> Option<Findings> {
    let folder = plan.root.join(RELEASES_FOLDER);
    let releases = Releases::read(&folder, problems);
    let mut key = LabelKey::read(&folder, problems);
    key.check(&releases.cells(), problems);
    let (mut findings, _) = released(plan, only, &releases, &mut key, problems)?;
    findings.frame.draft = true;
    written(plan, &mut findings, problems)?;
    Some(findings)
}

/// What the analyst writes for reports, and the action plan, as they stand beside the plan.
pub fn texts(plan: &Plan, problems: &mut Problems) -> (Vec<Commentary>, ActionPlan) {
    let own: Vec<String> = tokens(&plan.study.area_name).into_iter().map(|t| t.word).collect();
    (commentary(&plan.root, &own, problems), action_plan(&plan.action_plan, &plan.root, &own, problems))
}

/// Adds what the analyst writes for reports, and what the earlier pack says that the plan names; `None` where it must not be printed.
fn written(plan: &Plan, findings: &mut Findings, problems: &mut Problems) -> Option<()> {
    (findings.frame.commentary, findings.frame.action_plan) = texts(plan, problems);
    if !problems.any_error() {
        check_percentages(&findings.frame.action_plan, findings, problems);
    }
    // Words of the house that cannot be read were told of when the findings were written.
    let texts = house_words(&plan.root, &mut Problems::default());
    let reason = |a: &crate::model::Action| (a.id.clone(), texts.say(&a.progress(findings).reason));
    findings.frame.reasons = findings.frame.action_plan.actions.iter().map(reason).collect();
    if let Some(path) = &plan.study.previous {
        findings.since = earlier_pack(&plan.root.join(path), path, problems).map(|before| since(&before, findings));
    }
    (!problems.any_error()).then_some(())
}

/// The findings of an earlier pack.
fn earlier_pack(on_disk: &Path, path: &str, problems: &mut Problems) -> Option<Findings> {
    let next =
        "Give `previous` in `[study]` the findings that an earlier run wrote, such as packs/2025-q3/findings.public.json, or take it out.";
    let bytes = match std::fs::read(on_disk) {
        Ok(bytes) => bytes,
        Err(e) => {
            problems.error(Code::R101, Place::file(path), format!("the earlier pack cannot be opened: {}", e.kind()), next);
            return None;
        }
    };
    match Findings::read(&bytes) {
        Ok(before) if before.version == VERSION => Some(before),
        Ok(before) => {
            let what = format!("the earlier findings are of version {}, this program knows {VERSION}", before.version);
            problems.error(Code::W402, Place::file(path), what, next);
            None
        }
        Err(e) => {
            problems.error(Code::W402, Place::line(path, e.line() as u64), "the file is not a document of findings from here on", next);
            None
        }
    }
}

/// The findings, protected together with these earlier packs, and the counts that they show.
fn released(
    plan: &Plan,
    only: Option<&str>,
    releases: &Releases,
    key: &mut LabelKey,
    problems: &mut Problems,
) -> Option<(Findings, Vec<EarlierCell>)> {
    if problems.any_error() {
        return None;
    }
    let before = files_of(plan);
    let texts = house_words(&plan.root, problems);
    let (mut study, files) = study(plan, problems)?;
    if problems.any_error() {
        return None;
    }
    release_catalogue(&mut study, &plan.release);
    let asked: Vec<_> = plan.analyses.iter().filter(|(name, _)| only.is_none_or(|o| o == *name)).collect();
    // Analyses run side by side; their answers are put together in the order of the plan.
    let drafts: Vec<_> = asked.par_iter().map(|(name, analysis)| timed(&format!("analysis {name}"), || analysis.run(&study))).collect();
    let without: Vec<_> = asked.iter().zip(&drafts).filter(|(_, d)| d.is_empty()).map(|(a, _)| (a.0, a.1.as_ref())).collect();
    let unanswered = if only.is_some() || plan.names_analyses { not_answered(&without, &study, &texts, problems) } else { vec![] };
    let drafts: Vec<_> = drafts.into_iter().flatten().collect();
    let sources = named_sources(plan);
    let analyses: Vec<&str> = analyses::ANALYSES.iter().map(|kind| kind.name).collect();
    let earlier = with_labels(key, releases.cells(), &study, &sources);
    let earlier = under_names_of_today(earlier, &releases.told_in(), &sources, &analyses, problems)?;
    let pack = timed("release", || release::release(Some(&study), &drafts, &plan.release, &earlier, problems))?;
    let cells = with_tokens(key, pack.cells.clone(), &study, problems)?;
    let mut document = timed("say", || release::document(&study, &plan.release, pack, &texts));
    document.frame.unanswered = unanswered;
    document.frame.measured = measured(&asked, &study);
    document.frame.measured.retain(|name, _| document.methods.iter().any(|m| m.analysis == *name));
    // Which labels a restricted source has at all is not for every reader.
    for (line, (_, source)) in document.sources.iter_mut().zip(&plan.sources).filter(|(l, _)| l.sensitivity == Sensitivity::Open) {
        line.keeps = source.keeps();
    }
    document.frame.ledger_begun_anew = releases.begun_anew().to_vec();
    let told = |source: usize| {
        let (origin, line) = (&plan.sources[source].0, &document.sources[source]);
        line.sensitivity == Sensitivity::Open
            && FINGERPRINTED.contains(&line.kind.as_str())
            && origin.confidential_locations != ConfidentialLocations::Discard
    };
    let told: Vec<bool> = (0..document.sources.len()).map(told).collect();
    let files: Vec<_> = files
        .par_iter()
        .map(|(source, path)| {
            let print = told[*source].then(|| fingerprint(&plan.sources[*source].0, path)).flatten();
            let (bytes, sha256) = print.unzip();
            (*source, InputFile { path: Place::file(path.as_str()).shareable().file, bytes, sha256 })
        })
        .collect();
    for (source, file) in files {
        document.sources[source].files.push(file);
    }
    // Numbers and fingerprints are of the same files.
    unchanged(plan, &before, problems).then_some((document, cells))
}

/// Kinds of sources that say where the services of a directory are, and which areas there are for them to serve.
const OF_PLACES: [&str; 5] = ["boundaries", "lookup", "postcode-directory", "population", "population-centres"];

/// What to ask providers about records of directories that are not open, over these months, in words; `None` where every directory is open. Where the plan
/// asks for several days, it is the last of them.
///
/// No pack holds it: it is for whoever may read those directories. The directories and what places them are read again, and nothing else.
pub fn unreleased_fix_lists(plan: &Plan, period: Period) -> Option<FixLists> {
    let restricted = |o: &Origin| o.is_catalogue() && o.sensitivity != Sensitivity::Open;
    if !plan.sources.iter().any(|(origin, _)| restricted(origin)) {
        return None;
    }
    // Every problem of them was told when the pack was made.
    let mut told = Problems::default();
    let gathered = read_some(plan, Copies::default(), &|o| o.is_catalogue() || OF_PLACES.contains(&o.kind), &mut told);
    let origins: Vec<Origin> = plan.sources.iter().map(|(o, _)| o.clone()).collect();
    let settings =
        StudySettings { period: Some(period), scenarios: vec![], events: vec![], reach: ReachSettings::default(), ..plan.study.clone() };
    let study = Study::build(&settings, gathered, &origins, &mut told)?;
    let texts = house_words(&plan.root, &mut told);
    let asked: Vec<AssuranceSettings> = plan.settings_of(ASSURANCE, &mut told);
    let lists = asked.iter().map(|asked| analyses::unreleased_fix_lists(&study, asked)).max_by(|a, b| a.as_of.cmp(&b.as_of))?;
    let mut body = Body::FixLists(lists);
    body.shape_mut().texts_mut().into_iter().for_each(|text| text.write(&|message| texts.say(message)));
    let Body::FixLists(lists) = body else { return None };
    Some(lists).filter(|l| !l.lists.is_empty())
}

/// The sources of the plan, in its order, as the ledger of releases knows them.
fn named_sources(plan: &Plan) -> Vec<NamedSource> {
    let named = |o: &Origin| NamedSource {
        name: o.name.clone(),
        is_restricted: o.sensitivity == Sensitivity::Restricted,
        formerly: o.formerly.clone(),
    };
    plan.sources.iter().map(|(origin, _)| named(origin)).collect()
}

/// The files of all sources, as they are now.
fn files_of(plan: &Plan) -> Seen {
    Seen::at(plan.sources.iter().flat_map(|(origin, _)| origin.paths.iter().map(|path| origin.resolve(path))))
}

/// Whether the files of all sources are as they were; otherwise which is not, as a problem.
fn unchanged(plan: &Plan, before: &Seen, problems: &mut Problems) -> bool {
    let now = files_of(plan);
    let Some(path) = now.changed_since(before) else { return true };
    let shown = showable(&path.strip_prefix(&plan.root).unwrap_or(path).to_string_lossy()).0.into_owned();
    let next = "Wait until the download, the copy or the saving is done, then do it again. Nothing was written.";
    problems.error(Code::R131, Place::file(shown), "the file was changed while it was read", next);
    false
}

/// By which settings each analysis measures who is reached; of one that is asked twice, both.
fn measured(asked: &[&(&'static str, Box<dyn analyses::Analysis>)], study: &Study) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, analysis) in asked {
        all.entry((*name).to_owned()).or_default().extend(analysis.measured(study));
    }
    all.into_iter().filter(|(_, told)| !told.is_empty()).map(|(name, told)| (name, told.join(" | "))).collect()
}

/// What is told of questions that the plan asks and the study cannot answer. A plan that names no analysis asks for what there is.
fn not_answered(asked: &[(&str, &dyn analyses::Analysis)], study: &Study, texts: &Texts, problems: &mut Problems) -> Vec<Unanswered> {
    let one = |(name, settings): &(&str, &dyn analyses::Analysis)| {
        let (because, next) = analyses::unanswered(name, *settings, study);
        let (because, next) = (texts.say(&because), texts.say(&next));
        problems.warn(
            Code::D221,
            Place::file("the plan").at(format!("analysis `{name}`")),
            format!("it has no answer: {because}"),
            next.as_str(),
        );
        let question = analyses::find(name).map_or(String::new(), |k| texts.say(&k.question()));
        Unanswered { analysis: (*name).to_owned(), question, because, next_step: next }
    };
    asked.iter().map(one).collect()
}

/// Kinds of sources whose files, where they are open, are told by size and SHA-256.
///
/// From the digest of a file the rows that nobody published can be worked out by trying. Catalogues may hold confidential services and
/// returns hold people; a kind that is not named here is taken to be one of them.
const FINGERPRINTED: [&str; 12] = [
    "boundaries",
    "lookup",
    "postcode-directory",
    "population",
    "population-centres",
    "deprivation",
    "police-uk-street",
    "mps-wide",
    "events-csv",
    "fixmystreet",
    "street-network",
    "timetable",
];

/// Size and SHA-256 of a file; of a folder, those of its files in order of their names.
fn fingerprint(origin: &Origin, path: &str) -> Option<(u64, String)> {
    let mut hash = Sha256::new();
    let mut size = 0;
    let mut waiting = vec![origin.resolve(path)];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            // A file that is left out would make another fingerprint: there is none then.
            let mut inside: Vec<_> = std::fs::read_dir(&path).and_then(|d| d.map(|e| Ok(e?.path())).collect()).ok()?;
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

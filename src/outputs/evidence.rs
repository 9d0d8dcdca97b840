//! The evidence pack: everything of a run as one archive, with methods, standards, licences and a page that says what is in it.
//!
//! The same findings give the same bytes, whenever and wherever they are packed.

use std::fmt::Write;

use super::archive::Archive;
use super::{Files, Listed, Manifest, named};
use crate::model::{Body, Findings, Standard};
use crate::units::thousands;

/// The list of digests in an archive.
pub const SUMS_NAME: &str = "SHA256SUMS.txt";
const README_NAME: &str = "README.txt";
const ABOUT: &str = "about/";

/// Whether a file of an archive stands beside those of the run.
pub fn is_added(name: &str) -> bool {
    name == SUMS_NAME || name == README_NAME || name.starts_with(ABOUT)
}

/// The name of the archive: area, months and tier, in plain letters: `quillmere-2023-01-to-2025-12.public.zip`.
pub fn evidence_name(findings: &Findings) -> String {
    let frame = &findings.frame;
    let words: Vec<String> =
        frame.area_name.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let area = if words.is_empty() { "area".to_owned() } else { words.join("-") };
    named(&format!("{area}-{}-to-{}.zip", frame.period.first, frame.period.last), findings.policy.tier)
}

/// The archive of a pack: its files as they are, and beside them a folder `about` with what a reader needs to judge them.
///
/// # Errors
/// Where the pack has no manifest, or a file is not the one that the manifest lists.
pub fn evidence(findings: &Findings, files: &Files) -> Result<Vec<u8>, String> {
    let path = Manifest::path(findings);
    let manifest: Manifest = files
        .get(&path)
        .and_then(|bytes| serde_json::from_slice(bytes).ok())
        .ok_or("the pack has no manifest: make it again with `gapmap run`")?;
    for (name, listed) in &manifest.files {
        if files.get(name).map(|bytes| Listed::of(bytes)).as_ref() != Some(listed) {
            return Err(format!("{name} is not the file that the manifest lists: make the pack again with `gapmap run`"));
        }
    }
    if let Some(other) = files.keys().find(|name| **name != path && !manifest.files.contains_key(*name)) {
        return Err(format!("{other} does not belong to the pack: take it out"));
    }
    let mut archive = Archive::default();
    let mut digests = String::new();
    let own = about(findings, files);
    for (name, bytes) in own.iter().chain(files) {
        let _ = writeln!(digests, "{}  {name}", Listed::of(bytes).sha256);
        let small_already = [".png", ".pdf", ".docx", ".xlsx", ".ods"].iter().any(|end| name.ends_with(end));
        if small_already { archive.store(name.clone(), bytes.clone()) } else { archive.add(name.clone(), bytes.clone()) }
    }
    archive.add(SUMS_NAME, digests);
    archive.written()
}

/// What stands beside the files of the run.
fn about(findings: &Findings, files: &Files) -> Files {
    let mut own = Files::new();
    own.insert(README_NAME.into(), readme(findings, files).into_bytes());
    for method in &findings.methods {
        own.insert(format!("{ABOUT}methods/{}.md", method.analysis), method.card.clone().into_bytes());
    }
    own.insert(format!("{ABOUT}standards.csv"), standards(findings));
    own.insert(format!("{ABOUT}licences.txt"), licences(findings).into_bytes());
    own
}

/// The standards that gaps were measured by.
fn standards(findings: &Findings) -> Vec<u8> {
    let mut all: Vec<&Standard> = Vec::new();
    for finding in &findings.findings {
        let Body::Gaps(register) = &finding.body else { continue };
        all.extend(register.rows.iter().map(|g| &g.standard).filter(|s| !s.id.is_empty()));
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all.dedup_by(|a, b| a.id == b.id);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut line = |fields: [&str; 5]| drop(writer.write_record(fields)); // to memory
    line(["id", "standard", "status", "source", "caveat"]);
    all.iter().for_each(|s| line([&s.id, &s.label, &s.status, &s.source, &s.caveat]));
    writer.into_inner().unwrap_or_default()
}

/// The sentences that licences ask for, source by source.
fn licences(findings: &Findings) -> String {
    let mut text = String::from("What the licences of the sources ask to be said wherever a figure is used.\n\n");
    for source in &findings.sources {
        let said = source.attribution.as_deref().unwrap_or("nothing is asked for, as the plan says");
        let _ = writeln!(text, "{}: {said}", source.name);
    }
    text.push_str("\nFonts in the documents: Noto Sans, SIL Open Font License 1.1.\n");
    text
}

fn readme(findings: &Findings, files: &Files) -> String {
    let frame = &findings.frame;
    let tier = findings.policy.tier;
    let mut text = format!("{}\n{}, {}\n{}. {}\n\n", frame.title, frame.area_name, frame.period.label(), tier.label(), tier.notice());
    if let Some(notice) = frame.invented_notice() {
        let _ = writeln!(text, "{notice}.\n");
    }
    if frame.draft {
        text.push_str("This is a draft. It must not be passed on.\n\n");
    }
    text.push_str("What is in it\n");
    let folder = |name: &str| files.keys().filter(|p| p.starts_with(name)).count();
    for (name, what) in [
        ("", "documents as pages, PDF and DOCX; the page of all findings; tables.xlsx and tables.ods"),
        ("maps/", "maps (SVG with a text alternative inside, PNG)"),
        ("charts/", "charts (SVG with a text alternative inside, PNG)"),
        ("tables/", "every finding as CSV"),
        ("layers/", "layers for a map program (GeoJSON)"),
        ("fix-lists/", "what to ask each provider about its records, as CSV and as a page"),
        ("by-hand/", "how a number is worked out, step by step"),
    ] {
        let n = if name.is_empty() { files.keys().filter(|p| !p.contains('/')).count() } else { folder(name) };
        if n > 0 {
            let _ = writeln!(text, "  {} {} files: {what}", if name.is_empty() { "(top)" } else { name }, thousands(n as u64));
        }
    }
    text.push_str("  about/methods/ how each answer is worked out\n  about/standards.csv what gaps were measured by, with source and status\n  about/licences.txt what to say where a figure is used\n  SHA256SUMS.txt the digest of every other file\n\n");
    let _ = writeln!(text, "How people are protected\n  {}", findings.protection());
    let _ = writeln!(text, "\nMade with gapmap {}. The same findings give the same bytes.", findings.engine);
    text
}

use std::collections::BTreeMap;
use std::io::Read;

use crate::diagnostics::{Code, Place, Problems};
use crate::findings::Findings;
use crate::outputs::Files;

/// The files of a pack, opened: archives unpacked, compressed streams inflated.
pub(super) struct Pack<'a> {
    pub files: &'a Files,
    pub findings: Option<Findings>,
    /// Path of the findings.
    pub findings_path: String,
    /// Every text of every file: path, then `!` and the part where a file has parts.
    pub texts: BTreeMap<String, String>,
}

/// The most that one part of an archive may inflate to.
const MOST_BYTES: u64 = 256 << 20;

impl<'a> Pack<'a> {
    pub fn new(files: &'a Files, problems: &mut Problems) -> Self {
        let (path, findings) = findings_in(files).unzip();
        let findings = findings.flatten();
        if findings.is_none() {
            let next = "Give the folder that `gapmap run` wrote. Of other files, only what is hidden in them was looked at.";
            problems.error(Code::S320, Place::file("the pack"), "there are no findings that can be read: numbers cannot be checked", next);
        }
        let mut texts = BTreeMap::new();
        for (path, bytes) in files {
            open(path, bytes, &mut texts);
        }
        Self { files, findings, findings_path: path.cloned().unwrap_or_default(), texts }
    }
}

/// Whether a file of a pack is findings, by its name.
pub(super) fn is_findings(path: &str) -> bool {
    path.starts_with("findings.") && path.ends_with(".json") && !path.contains("schema")
}

/// The findings of a pack and their path; without content where they cannot be read.
pub(super) fn findings_in(files: &Files) -> Option<(&String, Option<Findings>)> {
    let (path, bytes) = files.iter().find(|(path, _)| is_findings(path))?;
    Some((path, serde_json::from_slice(bytes).ok()))
}

/// Adds the texts of a file and of the files in it.
fn open(path: &str, bytes: &[u8], texts: &mut BTreeMap<String, String>) {
    if bytes.starts_with(b"PK\x03\x04") {
        if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
            for i in 0..archive.len() {
                let Ok(part) = archive.by_index(i) else { continue };
                let name = format!("{path}!{}", part.name().unwrap_or_default());
                let mut inside = Vec::new();
                if part.take(MOST_BYTES).read_to_end(&mut inside).is_ok() {
                    open(&name, &inside, texts);
                }
            }
        }
    } else if bytes.starts_with(b"\x89PNG") {
        texts.insert(path.into(), png_texts(bytes));
    } else if bytes.starts_with(b"%PDF") {
        texts.insert(path.into(), pdf_texts(bytes));
    } else {
        texts.insert(path.into(), String::from_utf8_lossy(bytes).into_owned());
    }
}

/// What the chunks of a PNG say that are not pixels, each after its name.
fn png_texts(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let (Some(length), Some(kind)) = (rest.first_chunk::<4>(), rest.get(4..8)) {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(data) = rest.get(8..8 + length) else { break };
        if kind != b"IDAT" && kind != b"IHDR" && kind != b"IEND" {
            text.push_str(&format!("chunk {} {}\n", String::from_utf8_lossy(kind), String::from_utf8_lossy(data)));
        }
        rest = rest.get(12 + length..).unwrap_or_default();
    }
    text
}

/// A PDF as it stands, and after it every stream that can be inflated.
fn pdf_texts(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"stream") {
        let start = at + found + 6;
        let skip = bytes[start..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let end = memchr::memmem::find(&bytes[start..], b"endstream").map_or(bytes.len(), |e| start + e);
        if let Ok(inflated) =
            miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&bytes[(start + skip).min(end)..end], MOST_BYTES as usize)
        {
            text.push('\n');
            text.push_str(&String::from_utf8_lossy(&inflated));
        }
        at = (end + 9).min(bytes.len());
    }
    text
}

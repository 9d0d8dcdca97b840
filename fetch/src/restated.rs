//! What a publisher changed between two editions of a file, counted.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde_json::Value;

use crate::file::megabytes;
use crate::want::Form;

/// Larger files are told by their size alone.
const LARGEST: u64 = 300 << 20;

/// What became of a file, in words.
pub(crate) fn told(old: &Path, new: &Path, form: Form) -> String {
    let sizes = [old, new].map(|p| std::fs::metadata(p).map_or(0, |about| about.len()));
    let counted = match form {
        Form::Zip | Form::Xlsx => files(old).zip(files(new)).map(|(a, b)| ("file", a, b)),
        _ if sizes.iter().any(|s| *s > LARGEST) => None,
        Form::Csv => rows(old).zip(rows(new)).map(|(a, b)| ("row", a, b)),
        Form::Json => records(old).zip(records(new)).map(|(a, b)| ("record", a, b)),
        Form::Pbf | Form::Any => None,
    };
    let Some((unit, a, b)) = counted else {
        return format!("it had {} and has {}", megabytes(sizes[0]), megabytes(sizes[1]));
    };
    let gone = a.keys().filter(|k| !b.contains_key(*k)).count();
    let came = b.keys().filter(|k| !a.contains_key(*k)).count();
    let changed = a.iter().filter(|(k, v)| b.get(*k).is_some_and(|w| w != *v)).count();
    let s = |n: usize| if n == 1 { "" } else { "s" };
    if gone + came + changed == 0 {
        return format!("the same {unit}s, written otherwise");
    }
    format!("{changed} {unit}{} changed, {came} new, {gone} gone", s(changed))
}

/// Rows by their first cell, and how often that stands before: a key that is none still counts.
fn rows(path: &Path) -> Option<BTreeMap<(String, usize), u64>> {
    let bytes = std::fs::read(path).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    let keyed = text.lines().filter(|l| !l.trim().is_empty()).map(|line| {
        let key = line.split([',', ';', '\t']).next().unwrap_or_default().to_owned();
        let n = often.entry(key.clone()).or_default();
        *n += 1;
        ((key, *n), hash(line.as_bytes()))
    });
    Some(keyed.collect())
}

/// Records by their id, or by their code.
fn records(path: &Path) -> Option<BTreeMap<(String, usize), u64>> {
    let document: Value = serde_json::from_reader(BufReader::new(File::open(path).ok()?)).ok()?;
    let list =
        document.as_array().or_else(|| ["features", "contents", "content", "services"].iter().find_map(|k| document.get(k)?.as_array()))?;
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    let keyed = list.iter().map(|record| {
        let code =
            || record.get("properties")?.as_object()?.iter().find(|(k, _)| k.to_lowercase().ends_with("cd")).map(|(_, v)| v.to_string());
        let id = || record.get("id").filter(|_| record.get("properties").is_none()).map(Value::to_string);
        let key = code().or_else(id).unwrap_or_default();
        let n = often.entry(key.clone()).or_default();
        *n += 1;
        ((key, *n), hash(record.to_string().as_bytes()))
    });
    Some(keyed.collect())
}

/// Files of an archive by name.
fn files(path: &Path) -> Option<BTreeMap<(String, usize), u64>> {
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok()?;
    let number = archive.len();
    let file = |i: usize| {
        let file = archive.by_index_raw(i).ok()?;
        Some(((file.name().ok()?.into_owned(), 1), u64::from(file.crc32()) << 32 ^ file.size()))
    };
    (0..number).map(file).collect()
}

fn hash(bytes: &[u8]) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

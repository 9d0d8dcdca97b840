//! What the code says: every `msg!` with the holes that it fills, and the texts that stand in code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::study_files::root;

/// Every message that the code says: where, and the holes that it fills there.
pub fn said_in_code() -> BTreeMap<String, Vec<(String, BTreeSet<String>)>> {
    let src = root().join("src");
    let mut all: BTreeMap<String, Vec<(String, BTreeSet<String>)>> = BTreeMap::new();
    for file in rust_files(&src) {
        let code = code_of(&file);
        for (at, _) in code.match_indices("msg!(\n").chain(code.match_indices("msg!(\"")) {
            let Some(parts) = arguments(&code[at + 5..]) else { continue };
            let Some(id) = parts[0].strip_prefix('"').and_then(|p| p.strip_suffix('"')) else { continue };
            let holes = parts[1..].iter().filter_map(|p| Some(p.split_once(" = ")?.0.trim().to_owned())).collect();
            let line = code[..at].matches('\n').count() + 1;
            let place = format!("{}:{line}", file.strip_prefix(&src).unwrap().display());
            all.entry(id.to_owned()).or_default().push((place, holes));
        }
    }
    all
}

/// What stands between a bracket and the one that closes it, parted at commas that stand in no bracket and no text.
fn arguments(code: &str) -> Option<Vec<String>> {
    let (mut parts, mut part, mut depth, mut quoted) = (Vec::new(), String::new(), 1, false);
    let mut letters = code.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' if quoted => {
                part.push(c);
                part.extend(letters.next());
                continue;
            }
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            parts.push(part.trim().to_owned());
            parts.retain(|p| !p.is_empty());
            return Some(parts).filter(|p| !p.is_empty());
        }
        if c == ',' && depth == 1 && !quoted {
            parts.push(std::mem::take(&mut part).trim().to_owned());
        } else {
            part.push(c);
        }
    }
    None
}

/// The Rust files of a folder, in order.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A file without its tests and remarks.
pub fn code_of(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// The texts of a code.
pub fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = code.chars().peekable();
    while let Some(c) = letters.next() {
        // A quote as a letter opens no text.
        if c == '\'' && letters.peek() == Some(&'"') {
            letters.next();
            letters.next();
            continue;
        }
        if c != '"' {
            continue;
        }
        let mut text = String::new();
        while let Some(c) = letters.next() {
            match c {
                '"' => break,
                '\\' => text.extend(letters.next()),
                c => text.push(c),
            }
        }
        found.push(text);
    }
    found
}

//! The folder of golden files: what is there must be what is made, file by file, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::study_files::root;

/// So many files and so many lines of each are told: enough to see what kind of change it is.
const TOLD: usize = 12;

/// Compares with the files of a folder, or writes them where they are blessed.
pub fn hold(name: &str, made: BTreeMap<String, String>) {
    let folder = root().join("tests/golden").join(name);
    let kept = read(&folder);
    if std::env::var("INSTA_UPDATE").is_ok_and(|word| word == "always") {
        return bless(&folder, &kept, &made);
    }
    let names: BTreeSet<&String> = kept.keys().chain(made.keys()).collect();
    let differing: Vec<&String> = names.into_iter().filter(|path| kept.get(*path) != made.get(*path)).collect();
    let mut told = String::new();
    for path in differing.iter().take(TOLD) {
        match (kept.get(*path), made.get(*path)) {
            (Some(kept), Some(made)) => tell(&mut told, path, kept, made),
            (Some(_), None) => writeln!(told, "{path}: no longer made").unwrap(),
            _ => writeln!(told, "{path}: new").unwrap(),
        }
    }
    assert!(
        differing.is_empty(),
        "{} files of tests/golden/{name} differ:\n{told}\nlook at all of it with `INSTA_UPDATE=always cargo test --test it golden` and `git diff tests/golden`",
        differing.len()
    );
}

fn tell(out: &mut String, path: &str, kept: &str, made: &str) {
    let _ = writeln!(out, "{path}:");
    let differing = |(a, b): &(Option<&str>, Option<&str>)| a != b;
    let length = kept.lines().count().max(made.lines().count());
    let at = |text: &'_ str, n: usize| text.lines().nth(n).map(|line| line.chars().take(300).collect::<String>());
    let lines = (0..length).map(|n| (at(kept, n), at(made, n)));
    for (kept, made) in lines.filter(|(a, b)| differing(&(a.as_deref(), b.as_deref()))).take(TOLD / 4) {
        let _ = writeln!(out, "  - {}\n  + {}", kept.unwrap_or_default(), made.unwrap_or_default());
    }
}

fn bless(folder: &Path, kept: &BTreeMap<String, String>, made: &BTreeMap<String, String>) {
    for path in kept.keys().filter(|path| !made.contains_key(*path)) {
        std::fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, text) in made.iter().filter(|(path, text)| kept.get(*path) != Some(*text)) {
        let to = folder.join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, text).unwrap();
    }
}

/// Every file below a folder, by its path there with `/`.
fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut waiting: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()));
        } else if path.is_file() {
            let parts: Vec<_> = path.strip_prefix(folder).unwrap().iter().map(|p| p.to_string_lossy()).collect();
            files.insert(parts.join("/"), std::fs::read_to_string(&path).unwrap());
        }
    }
    files
}

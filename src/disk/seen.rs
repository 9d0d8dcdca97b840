//! Files as they were when reading began.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Sizes and times of change of files, to see whether one was written to while it was read.
///
/// Times are compared with one another only, never with the clock: a clock that is wrong or goes back changes nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Seen(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

impl Seen {
    /// Everything at these paths, folders with all that is in them.
    pub fn at(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut seen = BTreeMap::new();
        let mut waiting: Vec<PathBuf> = paths.into_iter().collect();
        while let Some(path) = waiting.pop() {
            // What cannot be looked at is told by whoever reads it.
            let Ok(about) = std::fs::metadata(&path) else { continue };
            if about.is_dir() {
                let inside = std::fs::read_dir(&path).into_iter().flatten().flatten().map(|e| e.path());
                // A link to a folder may lead round in circles.
                waiting.extend(inside.filter(|p| !(p.is_symlink() && p.is_dir())));
            } else {
                seen.insert(path, (about.len(), about.modified().ok()));
            }
        }
        Self(seen)
    }

    /// The first file that is of another size or time than before, that is gone, or that is new.
    pub fn changed_since<'a>(&'a self, before: &'a Self) -> Option<&'a Path> {
        let changed = self.0.iter().find(|(path, now)| before.0.get(*path) != Some(*now));
        changed.or_else(|| before.0.iter().find(|(path, _)| !self.0.contains_key(*path))).map(|(path, _)| path.as_path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_to_made_or_taken_away_is_told() {
        let folder = std::env::temp_dir().join(format!("gapmap-seen-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("deep")).unwrap();
        let at = |name: &str| folder.join("deep").join(name);
        std::fs::write(at("a.csv"), "1").unwrap();
        std::fs::write(at("b.csv"), "1").unwrap();
        let now = || Seen::at([folder.clone()]);
        let before = now();
        assert_eq!(now().changed_since(&before), None);
        std::fs::write(at("b.csv"), "1234").unwrap();
        assert_eq!(now().changed_since(&before), Some(at("b.csv").as_path()));
        // Of the same size, an hour ago: a clock that went back.
        let before = now();
        let hour = std::time::Duration::from_secs(3600);
        std::fs::File::options().write(true).open(at("a.csv")).unwrap().set_modified(SystemTime::now() - hour).unwrap();
        assert_eq!(now().changed_since(&before), Some(at("a.csv").as_path()));
        let before = now();
        std::fs::remove_file(at("a.csv")).unwrap();
        assert_eq!(now().changed_since(&before), Some(at("a.csv").as_path()));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

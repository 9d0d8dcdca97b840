//! Tables that are compiled in, such as those under `data/`.

use serde::de::DeserializeOwned;

/// The rows of a table that is compiled in. A row that cannot be read is a fault of the program and stops it: a row that was left out would be
/// a word that nobody looks for, or a rule that nobody keeps. The tests read every table.
pub(crate) fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row of a table that is compiled in can be read")).collect()
}

/// The same, each row as a value.
pub(crate) fn records<T: DeserializeOwned>(text: &str) -> Vec<T> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row of a table that is compiled in holds what its reader knows")).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::rows;

    fn tables(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // The example is a study, with the quirks of real files.
                if !path.ends_with("example") {
                    tables(&path, found);
                }
            } else if path.extension().is_some_and(|e| e == "csv") {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_row_of_every_table_is_read() {
        let mut found = Vec::new();
        tables(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), &mut found);
        for path in &found {
            let text = std::fs::read_to_string(path).unwrap();
            let all = rows(&text);
            // A quote that is never closed takes in the lines after it.
            assert_eq!(all.len() + 1, text.lines().filter(|l| !l.trim().is_empty()).count(), "{}", path.display());
        }
        assert!(found.len() > 9, "{found:?}");
    }

    #[test]
    #[should_panic]
    fn a_row_that_is_cut_off_is_not_left_out() {
        rows("word,part\nrefuge,alone\nshelter\n");
    }
}

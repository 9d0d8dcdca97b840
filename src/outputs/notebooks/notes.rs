//! What to mind of each finding that a document shows: a letter beside it, and the caveats by their letters at the end.

use std::sync::{Arc, Mutex};

use minijinja::{Environment, Value};

use super::tools::{keep, nothing};
use super::{Made, Shelf, wording};
use crate::model::Finding;
use crate::outputs::document::tree::{Block, Run};

/// Caveats of the findings shown so far, each once, in the order in which they were first needed.
pub(super) type Notes = Arc<Mutex<Vec<String>>>;

/// `Note a.` or `Notes a, c.` of a finding: its caveats are kept for the end.
pub(super) fn marks(notes: &Notes, finding: &Finding) -> String {
    let Ok(mut all) = notes.lock() else { return String::new() }; // a call that panicked has ended the run already
    let mut numbers: Vec<usize> = Vec::new();
    for caveat in finding.caveats.iter().filter(|c| !c.trim().is_empty()) {
        let at = all.iter().position(|c| c == caveat).unwrap_or_else(|| {
            all.push(caveat.clone());
            all.len() - 1
        });
        numbers.push(at);
    }
    numbers.sort_unstable();
    numbers.dedup();
    let letters: Vec<String> = numbers.into_iter().map(letter).collect();
    match letters.len() {
        0 => String::new(),
        1 => format!("Note {}.", letters[0]),
        _ => format!("Notes {}.", letters.join(", ")),
    }
}

/// `a` to `z`, then `aa`, `ab` and so on: a digit beside a number would read as one.
fn letter(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (at % 26) as u8));
        match (at / 26).checked_sub(1) {
            Some(rest) => at = rest,
            None => return letters.into_iter().rev().collect(),
        }
    }
}

/// `note(id, …)` beside what is said of findings, and `notes()` where the caveats of all that was shown stand.
pub(super) fn functions(environment: &mut Environment, shelf: &Shelf, made: &Made, notes: &Notes) {
    let (findings, all) = (Arc::clone(&shelf.findings), Arc::clone(notes));
    environment.add_function("note", move |id: String| findings.find(&id).map_or(String::new(), |f| marks(&all, f)));
    let (shelf_made, all) = (Arc::clone(made), Arc::clone(notes));
    environment.add_function("notes", move || -> Value {
        let Ok(all) = all.lock() else { return nothing() };
        if all.is_empty() {
            return nothing();
        }
        let run = |text: String, bold: bool| Run { text, bold, link: None };
        let block = |(i, caveat): (usize, &String)| {
            Block::Quiet(vec![run(letter(i), true), run(format!(" {}", wording::days_in_words(caveat)), false)])
        };
        keep(&shelf_made, all.iter().enumerate().map(block).collect())
    });
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_go_on_after_z() {
        let told: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(letter).to_vec();
        assert_eq!(told, ["a", "z", "aa", "az", "ba", "zz", "aaa"]);
    }
}

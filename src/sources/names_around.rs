//! What a name says of the services below it: that of a file, a folder, a sheet, or a table of a package. They are one: a list does not change what it
//! holds when somebody saves its sheet as a file.

use std::path::{Component, Path};

use super::Origin;
use super::said_around::names_some;
use super::said_of_table::{kept_from_the_public, says_so};
use crate::vocabulary::{abbreviates_homes, is_said_of_all, names_a_dwelling, tokens};

/// Ends of names that say of what form a file is.
const FORMS: [&str; 14] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "json", "jsonl", "ndjson", "geojson", "parquet", "gz", "zip"];
/// Names of folders that say who may open them, and nothing of what is in them.
const KEPT_FROM_OTHERS: [&str; 3] = ["private", "restricted", "protected"];
/// Words beside which the fourth part is that of an Act, by which homes for those who flee are paid; beside others it is one of several parts of a list.
const OF_THE_ACT: [&str; 22] = [
    "sa",
    "da",
    "dv",
    "dva",
    "vawg",
    "act",
    "safe",
    "duty",
    "statutory",
    "provision",
    "provider",
    "service",
    "scheme",
    "unit",
    "funded",
    "funding",
    "list",
    "commissioned",
    "the",
    "domestic",
    "abuse",
    "violence",
];

/// Whether the name of a file of a catalogue, or of one of the folders in the study that it lies in, says so.
pub(super) fn path_says_so(origin: &Origin, path: &str) -> bool {
    let parts: Vec<String> = parts_below(origin, path);
    let Some((last, folders)) = parts.split_last() else { return false };
    let beside = || names_beside(&origin.resolve(path));
    let folder = |name: &String| !KEPT_FROM_OTHERS.contains(&name.trim().to_lowercase().as_str()) && name_says_so(name, Vec::new);
    let is_folder = origin.resolve(path).is_dir();
    let own = if is_folder { folder(last) } else { name_says_so(last, beside) };
    own || folders.iter().any(folder)
}

/// Whether a name says so. `beside` are those of the files or sheets beside it, of which it may be one part.
pub(super) fn name_says_so(name: &str, beside: impl Fn() -> Vec<String>) -> bool {
    let plain = plain(name);
    let held = without_denied(&plain);
    // What is kept back is heard of the whole name, for there a denial says it: `do not publish`. What it holds is not what it leaves out.
    is_said_of_all(&plain)
        || says_so(&plain)
        || names_some(&held)
        || is_not_for_the_web(&plain)
        || abbreviates_homes(&held)
        || is_lived_in_by_name(&held)
        || (is_part_four(&plain) && !beside().iter().any(|other| is_another_part(&self::plain(other))))
}

/// A name as words: without the form of the file, and with blanks for what joins words. A dot in it is no end: `2. Confidential refuges`.
fn plain(name: &str) -> String {
    let mut rest = name.trim();
    while let Some((before, form)) = rest.rsplit_once('.').filter(|(_, form)| FORMS.contains(&form.to_lowercase().as_str())) {
        rest = if before.is_empty() { form } else { before };
    }
    rest.replace(['_', '-', '.', '+'], " ").trim().to_owned()
}

/// The parts of a path that lie in the study: a folder above it is called after whoever keeps it.
fn parts_below(origin: &Origin, path: &str) -> Vec<String> {
    let text = path.replace('\\', "/");
    let whole = Path::new(&text);
    let above: Vec<String> = if whole.is_absolute() { names_of(&std::path::absolute(&origin.root).unwrap_or_default()) } else { vec![] };
    let own = names_of(whole);
    let shared = own.iter().zip(&above).take_while(|(a, b)| a == b).count();
    own.into_iter().skip(shared).collect()
}

fn names_of(path: &Path) -> Vec<String> {
    let name = |part: Component| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    };
    path.components().filter_map(name).collect()
}

/// The names of the other files of a folder.
fn names_beside(file: &Path) -> Vec<String> {
    let own = file.file_name();
    let Some(entries) = file.parent().and_then(|folder| std::fs::read_dir(folder).ok()) else { return vec![] };
    entries
        .filter_map(|e| Some(e.ok()?.file_name()))
        .filter(|n| Some(n.as_os_str()) != own)
        .map(|n| n.to_string_lossy().into_owned())
        .collect()
}

/// A name without what it says is not in the list: `community services no accommodation`, `refuges excluded`.
fn without_denied(name: &str) -> String {
    const BEFORE: [&str; 8] = ["no", "non", "not", "excl", "excluding", "without", "exc", "minus"];
    const BEHIND: [&str; 3] = ["excluded", "omitted", "removed"];
    let words: Vec<&str> = name.split_whitespace().collect();
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|w| list.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str()))
    };
    // Only the word beside it is denied: `do not share refuges` is a list of refuges.
    let denied = |at: usize| at.checked_sub(1).is_some_and(|before| is(before, &BEFORE)) || is(at + 1, &BEHIND);
    // The word that denies goes with it, for it denies nothing else: `no web refuges` are refuges.
    let denies = |at: usize| is(at, &BEFORE) && at + 1 < words.len();
    (0..words.len()).filter(|at| !denied(*at) && !denies(*at)).map(|at| words[at]).collect::<Vec<_>>().join(" ")
}

/// `Not for web`, `never_online`: in a name nothing else is meant than what it is the name of.
fn is_not_for_the_web(name: &str) -> bool {
    let words: Vec<String> = tokens(name).into_iter().map(|t| t.word).collect();
    kept_from_the_public(&words.iter().map(String::as_str).collect::<Vec<_>>()).next().is_some()
}

/// Whether what is called so is lived in: `accommodation`, `accom`, `hostels`. A flat file is no flat, and residential care is no refuge.
fn is_lived_in_by_name(name: &str) -> bool {
    const HOMES: [&str; 7] = ["accom", "acom", "hostel", "bedsit", "bedspace", "llety", "lletty"];
    // Who works in hostels works from an office: `hostel outreach`. `Accommodation and outreach` is both.
    const FROM_AN_OFFICE: [&str; 3] = ["outreach", "advice", "advisory"];
    let words = tokens(name);
    let from_an_office = |at: usize| words.get(at + 1).is_some_and(|w| FROM_AN_OFFICE.contains(&w.word.as_str())) && at + 2 == words.len();
    let is_home = |at: usize| HOMES.iter().any(|home| words[at].word.starts_with(home));
    names_a_dwelling(name) && (0..words.len()).any(|at| is_home(at) && !from_an_office(at))
}

/// Words of a name in small letters, with a number apart from the word before it: `part4` is `part 4`.
fn numbered(name: &str) -> Vec<String> {
    let mut all = Vec::new();
    for word in tokens(name) {
        let digits = word.word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.word.len());
        let (letters, number) = word.word.split_at(digits);
        all.extend([letters, number].into_iter().filter(|part| !part.is_empty()).map(str::to_owned));
    }
    all
}

/// What stands behind `part` in a name.
fn part_of(words: &[String]) -> Option<(usize, &str)> {
    let at = words.iter().position(|w| ["part", "pt", "rhan"].contains(&w.as_str()))?;
    Some((at, words.get(at + 1)?.as_str()))
}

/// `Part 4`, `sa_part4_2025`: the part of the Domestic Abuse Act under which homes are provided.
fn is_part_four(name: &str) -> bool {
    let words = numbered(name);
    let Some((at, "4" | "iv")) = part_of(&words) else { return false };
    let is_year = |w: &str| w.len() == 4 && w.starts_with("20") && w.bytes().all(|b| b.is_ascii_digit());
    let mut others = words.iter().enumerate().filter(|(i, _)| *i != at && *i != at + 1);
    others.all(|(_, w)| is_year(w) || OF_THE_ACT.contains(&w.as_str()))
}

/// Whether a name is that of another part than the fourth.
fn is_another_part(name: &str) -> bool {
    let words = numbered(name);
    part_of(&words).is_some_and(|(_, number)| ["1", "2", "3", "5", "i", "ii", "iii", "v"].contains(&number))
}

#[cfg(test)]
mod tests;

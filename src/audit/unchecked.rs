//! Files that do not come from the findings by a template of the engine: an analyst's own page.

use std::collections::BTreeSet;

use super::known::Known;
use super::pack::Pack;
use super::page;
use super::printed::numbers;
use crate::diagnostics::{Code, Place, Problems};
use crate::outputs::Files;

/// A file that the manifest lists and the findings do not give as it is.
///
/// Of a page every number that a reader sees must be one of the findings; in a drawing also one of the drawings that they give, such as that of an axis. Of
/// any other file nobody can say what it holds.
pub(super) fn unchecked(pack: &Pack, path: &str, again: &Files, overview: &str, problems: &mut Problems) {
    let is_report = path.starts_with("report.") && path.ends_with(".html");
    let (Some(findings), Some(text)) = (&pack.findings, pack.texts.get(path).filter(|_| is_report)) else {
        let next = "Take the file out of the pack, and pass it on by itself if you must: every number in it is yours to answer for.";
        problems.error(
            Code::S324,
            Place::file(path.to_owned()),
            "the file does not come from the findings, and nobody can say what it holds",
            next,
        );
        return;
    };
    // What the engine's own page tells, such as helplines and tables, a template may tell too.
    let mut known = Known::of_all(findings);
    let (drawn, written): (Vec<_>, Vec<_>) = page::read(overview).into_iter().partition(|said| said.drawn);
    known.add(written.iter().flat_map(|said| numbers(&said.text)).map(|n| n.value));
    let mut of_drawings = known.clone();
    of_drawings.add(drawn.iter().flat_map(|said| numbers(&said.text)).map(|n| n.value));
    for bytes in again.iter().filter(|(name, _)| name.ends_with(".svg")).map(|f| f.1) {
        let texts = page::read(&String::from_utf8_lossy(bytes));
        of_drawings.add(texts.iter().flat_map(|said| numbers(&said.text)).map(|n| n.value));
    }
    for said in page::read(text) {
        let known = if said.drawn { &of_drawings } else { &known };
        if numbers(&said.text).iter().any(|n| !known.explains(n)) {
            let next = "Take the number out of the template, or draw it from the findings.";
            problems.error(
                Code::S324,
                Place::line(path.to_owned(), said.line),
                "the page tells a number that the findings do not hold",
                next,
            );
        }
    }
    if embeds_others(text, overview) {
        let next = "Take the picture out of the template; charts and maps are drawn by its own words.";
        problems.error(
            Code::S324,
            Place::file(path.to_owned()),
            "the page holds a picture or a file of which nobody can say what it shows",
            next,
        );
    }
    let data = |page| super::map_block::block(page).map(|(_, json)| json);
    if data(text).is_some() && data(text) != data(overview) {
        let next = "Draw the map by its own word, `{{ map() }}`.";
        problems.error(Code::S324, Place::file(path.to_owned()), "the data of the map are not those that the findings give", next);
    }
    let next = "Read it as an attacker would before you publish it: every sentence, and what stands in its metadata.";
    let what = "the page is made by a template of your own: its numbers are those of the findings, its words were not compared";
    problems.warn(Code::S324, Place::file(path.to_owned()), what, next);
}

/// Whether a page carries data in an address that the engine's own page does not carry.
fn embeds_others(text: &str, overview: &str) -> bool {
    let ends = |c: char| matches!(c, '"' | '\'' | ')' | '>') || c.is_whitespace();
    // A word and a colon is no address: `The data: counts`.
    let address = |word: &'_ str| word.find("data:").map(|at| at + 5).filter(|at| word[*at..].contains(','));
    let addresses: BTreeSet<&str> = text.split(ends).filter_map(|word| address(word).map(|at| &word[at..])).collect();
    !addresses.into_iter().all(|data| overview.contains(data))
}

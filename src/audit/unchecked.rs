//! Files that do not come from the findings by a template of the engine: an analyst's own page.

use super::pack::Pack;
use super::words::{Known, numbers};
use crate::diagnostics::{Code, Place, Problems};

/// A file that the manifest lists and the findings do not give as it is.
///
/// Of a page every number that a reader sees must be one of the findings. Of any other file nobody can say what it holds.
pub(super) fn unchecked(pack: &Pack, path: &str, overview: &str, problems: &mut Problems) {
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
    visible(overview).iter().for_each(|(_, words)| known.add(numbers(words).into_iter().map(|n| n.0)));
    for (line, words) in visible(text) {
        if numbers(&words).iter().any(|n| !known.explains(n)) {
            let next = "Take the number out of the template, or draw it from the findings.";
            problems.error(Code::S324, Place::line(path.to_owned(), line), "the page tells a number that the findings do not hold", next);
        }
    }
    let next = "Read it as an attacker would before you publish it: every sentence, and what stands in its metadata.";
    let what = "the page is made by a template of your own: its numbers are those of the findings, its words were not compared";
    problems.warn(Code::S324, Place::file(path.to_owned()), what, next);
}

/// What a page says outside its drawings and styles, with the line that it stands on: text, and the texts of attributes that are read out.
fn visible(page: &str) -> Vec<(u64, String)> {
    let mut found = Vec::new();
    let (mut rest, mut line, mut skipping) = (page, 1_u64, None::<&str>);
    while let Some(open) = rest.find('<') {
        let (text, tail) = rest.split_at(open);
        if skipping.is_none() && !text.trim().is_empty() {
            found.push((line, text.to_owned()));
        }
        line += text.matches('\n').count() as u64;
        let close = tail.find('>').map_or(tail.len(), |i| i + 1);
        let tag = &tail[..close];
        let name = tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_lowercase();
        match skipping {
            Some(skipped) if tag.starts_with("</") && name == skipped => skipping = None,
            Some(_) => {}
            None => {
                for attribute in ["alt=\"", "title=\"", "aria-label=\"", "content=\""] {
                    let value = tag.split_once(attribute).and_then(|(_, v)| v.split_once('"')).map(|v| v.0.to_owned());
                    found.extend(value.filter(|_| name != "meta").map(|v| (line, v)));
                }
                skipping = ["svg", "style", "script"].into_iter().find(|s| *s == name && !tag.ends_with("/>"));
            }
        }
        line += tag.matches('\n').count() as u64;
        rest = &tail[close..];
    }
    if !rest.trim().is_empty() {
        found.push((line, rest.to_owned()));
    }
    found
}

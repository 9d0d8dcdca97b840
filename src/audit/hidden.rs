//! What a reader does not see, and a spreadsheet, a browser or an editor does.

use super::pack::Pack;
use crate::diagnostics::{Code, Place, Problems};

/// Ways to hide something: in which files, by what marks, and what to call it.
const MARKS: &[(&[&str], &[&str], &str)] = &[
    (
        &[".xml"],
        &["hidden=\"1\"", "hidden=\"true\"", "state=\"hidden\"", "state=\"veryHidden\"", "collapsed=\"1\"", "ht=\"0\"", "width=\"0\""],
        "hidden rows, columns or sheets",
    ),
    (&[".xml"], &["<f>", "<f ", "table:formula="], "formulas, which keep what they refer to"),
    (
        &[".xml"],
        &["table:visibility=", "table:display=\"false\"", "text:display=\"none\"", "<text:hidden", "<w:vanish", "<w:webHidden"],
        "rows, sheets or text that are not shown",
    ),
    (
        &[".xml"],
        &["<office:annotation", "<text:tracked-changes", "<table:tracked-changes", "<w:del ", "<w:ins ", "<w:moveFrom ", "<w:comment"],
        "comments, or changes that keep what stood there before",
    ),
    (&[".html", ".svg"], &["<!--"], "comments"),
    (
        &[".html"],
        &["display:none", "display: none", "visibility:hidden", " hidden>", " hidden=", "type=\"hidden\"", "opacity:0", "font-size:0"],
        "text that is not shown",
    ),
    (&[".html", ".svg"], &[" data-", "<metadata", "<script", "javascript:", "onload=", "onclick="], "data or programs that are not shown"),
    (
        &[".svg"],
        &["opacity=\"0\"", "display=\"none\"", "visibility=\"hidden\"", "font-size=\"0\"", "inkscape:", "sodipodi:"],
        "drawings that are not shown",
    ),
    (
        &[".html", ".svg"],
        &["http-equiv=\"refresh\"", "src=\"http", "xlink:href=\"http", "<iframe", "<link rel=\"stylesheet\" href=\"http"],
        "something from elsewhere: opening it tells others",
    ),
];

/// Parts of an archive that no workbook and no document of ours has.
const PARTS: &[&str] = &[
    "comments",
    "externalLinks",
    "vbaProject",
    "customXml",
    "docProps/custom",
    "embeddings",
    "persons",
    "threadedComments",
    "Basic/",
    "Configurations2/",
    "Thumbnails/",
    "VersionList",
];

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let next = "Do not publish. Make the pack again with `gapmap run`; of a file that you added, remove what is hidden.";
    for (path, whole) in &pack.texts {
        // How a page looks on paper is no content.
        let page = if path.ends_with(".html") { super::map_block::without_program(whole).into() } else { std::borrow::Cow::from(whole) };
        let text = &without_style(&page);
        for (endings, marks, what) in MARKS {
            let fits = endings.iter().any(|e| path.ends_with(e));
            if let Some(at) = marks.iter().filter(|_| fits).find_map(|m| text.find(m)) {
                let line = text[..at].matches('\n').count() as u64 + 1;
                problems.error(Code::S322, Place::line(path.clone(), line), format!("the file holds {what}"), next);
            }
        }
        if path.ends_with(".html")
            && let Some(line) = super::page::hides(whole)
        {
            problems.error(Code::S322, Place::line(path.clone(), line), "the file holds text that is not shown, or a program", next);
        }
        if let Some((_, part)) = path.split_once('!')
            && PARTS.iter().any(|p| part.contains(p))
        {
            problems.error(Code::S322, Place::file(path.clone()), "the archive holds comments, links or programs", next);
        }
        if path.ends_with(".png")
            && text
                .lines()
                .filter_map(|l| l.strip_prefix("chunk "))
                .any(|l| !["pHYs", "sRGB", "gAMA", "PLTE", "tRNS"].iter().any(|k| l.starts_with(k)))
        {
            problems.error(Code::S322, Place::file(path.clone()), "the picture carries text besides its pixels", next);
        }
        for name in authors(path, text) {
            problems.error(Code::S323, Place::file(path.clone()).at(name), "the file names who made it", next);
        }
    }
}

/// A text without what stands between `<style>` and `</style>`; its lines stay.
fn without_style(text: &str) -> std::borrow::Cow<'_, str> {
    match (text.find("<style>"), text.find("</style>")) {
        (Some(from), Some(to)) if from < to => {
            let lines = "\n".repeat(text[from..to].matches('\n').count());
            format!("{}{lines}{}", &text[..from], &text[to..]).into()
        }
        _ => text.into(),
    }
}

/// Fields for the maker of a file that are filled in by anybody but the program.
fn authors(path: &str, text: &str) -> Vec<&'static str> {
    let filled = |value: &str| !value.trim().is_empty() && !value.trim().starts_with("gapmap");
    let mut found = Vec::new();
    if path.ends_with(".xml") {
        for name in [
            "dc:creator",
            "cp:lastModifiedBy",
            "Company",
            "Manager",
            "dc:description",
            "cp:keywords",
            "meta:initial-creator",
            "meta:printed-by",
            "meta:keyword",
        ] {
            let value = text.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once("</")).map(|v| v.0);
            if value.is_some_and(filled) {
                found.push(name);
            }
        }
    }
    if path.ends_with(".pdf") || text.starts_with("%PDF") {
        for name in ["/Author", "/Subject", "/Keywords", "/Title", "/Creator"] {
            let value =
                text.split_once(name).map(|(_, rest)| rest.trim_start()).and_then(|v| v.strip_prefix('(')).and_then(|v| v.split_once(')'));
            if matches!(name, "/Author" | "/Subject" | "/Keywords") && value.is_some_and(|v| filled(v.0)) {
                found.push(name);
            }
        }
    }
    if path.ends_with(".html") && ["name=\"author\"", "property=\"article:author\""].iter().any(|m| text.contains(m)) {
        found.push("meta author");
    }
    found
}

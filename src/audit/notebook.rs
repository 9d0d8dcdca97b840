//! A notebook of the analyst's own that goes with a pack: the numbers that its text writes out, and the page that it gives.
//!
//! What its calls draw comes from the findings and is drawn again. What stands between them somebody has typed.

use super::known::Known;
use super::pack::Pack;
use super::page;
use super::printed::numbers;
use crate::diagnostics::{Code, Place, Problems};
use crate::outputs::Files;

/// Looks at each notebook of a pack. `again` holds what the findings give, with the first of them filled; `overview` is the engine's own page.
pub(super) fn check(pack: &Pack, again: &Files, overview: &str, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let notebooks = pack.texts.iter().filter(|(path, _)| path.starts_with("notebooks/"));
    for (at, (path, text)) in notebooks.enumerate() {
        let mut known = Known::of_all(findings);
        known.add(page::read(overview).iter().flat_map(|said| numbers(&said.text)).map(|n| n.value));
        let unknown = typed(text).lines().position(|line| numbers(line).iter().any(|n| !known.explains(n)));
        if let Some(line) = unknown {
            let next = "Draw the number from the findings by a call, or take it out of the notebook.";
            let place = Place::line(path.clone(), line as u64 + 1);
            problems.error(Code::S324, place, "the notebook tells a number that the findings do not hold", next);
        }
        let name = path.trim_start_matches("notebooks/").split('.').next().unwrap_or_default();
        let is_its_page = |file: &String| file.starts_with(&format!("{name}.")) && file.ends_with(".html");
        // Of several only the first is filled again; of the others nobody looks at the page.
        let drawn = again.keys().any(is_its_page) && pack.files.keys().any(is_its_page);
        if at > 0 || !drawn {
            let next = "Make the pack again with `gapmap report <folder> --as <notebook>`, or take the notebook out of it.";
            problems.error(Code::S324, Place::file(path.clone()), "the pack holds a notebook and not the page that it gives", next);
        }
    }
}

/// What a notebook writes out: its text without calls, and what stands in quotes in them; lines stay lines.
fn typed(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((open, close)) = next_call(rest) {
        kept.push_str(&rest[..open]);
        let (inside, after) = rest[open + 2..].split_once(close).unwrap_or((&rest[open + 2..], ""));
        let quoted = inside.split(['"', '\'']).skip(1).step_by(2);
        kept.extend(quoted.flat_map(|q| [" ", q, " "]));
        kept.extend(inside.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    kept + rest
}

/// Where the next call opens, and what closes it.
fn next_call(text: &str) -> Option<(usize, &'static str)> {
    [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].into_iter().filter_map(|(open, close)| Some((text.find(open)?, close))).min()
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn what_is_typed_is_read_and_what_is_drawn_is_not() {
        assert_eq!(typed("Of {{ number(x, 2) }} reports 37.\n{% if a > 3\n%}b{{ \"41\" }}"), "Of  reports 37.\n\nb 41 ");
        assert_eq!(typed("{{ open"), "");
    }
}

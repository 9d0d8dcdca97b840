//! Marks: what stands in a text for blocks that a call has made, and what text from data is never taken for.

use super::tree::Text;

/// What stands in the text for the blocks of a number. The letters around it are of no script: no text from data holds them.
pub(in crate::outputs) fn mark(number: usize) -> String {
    format!("\u{E000}{number}\u{E001}")
}

/// The number of a mark.
pub(super) fn marked(text: &str) -> Option<usize> {
    text.trim().strip_prefix('\u{E000}')?.strip_suffix('\u{E001}')?.parse().ok()
}

/// Whether a text holds a mark.
pub(in crate::outputs) fn is_marked(text: &str) -> bool {
    text.contains('\u{E000}')
}

/// Letters that have a meaning for [`blocks`](super::markdown::blocks), made plain; the letters of a [`mark`] go.
pub(in crate::outputs) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{E000}' | '\u{E001}' => {}
            '\r' | '\n' | '\t' => out.push(' '),
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// A text as it was before [`escape`].
pub(in crate::outputs) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        out.extend(if c == '\\' { letters.next() } else { Some(c) });
    }
    out
}

/// Words without the marks among them, whose numbers are kept, and without spaces at the ends. Nothing of a mark is ever printed.
pub(super) fn apart(text: Text, marks: &mut Vec<usize>) -> Text {
    let mut out = Text::new();
    // One space between the words on either side, and none before the first.
    let mut spaced = true;
    for mut run in text {
        let mut said = String::new();
        for (i, part) in run.text.split('\u{E000}').enumerate() {
            let (number, rest) = part.split_once('\u{E001}').filter(|_| i > 0).unwrap_or(("", part));
            marks.extend(number.parse::<usize>().ok());
            said += &(if spaced { rest.trim_start() } else { rest }).replace('\u{E001}', "");
            spaced = if said.is_empty() { spaced } else { said.ends_with(' ') };
        }
        if !said.is_empty() {
            run.text = said;
            out.push(run);
        }
    }
    while let Some(last) = out.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        out.pop();
    }
    out
}

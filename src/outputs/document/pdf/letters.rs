//! Letters that the fonts of a page do not have: a name in a script of its own, or a sign beside it.
//!
//! A page with a letter of no font cannot be set as PDF/UA, since nobody could read it aloud. A mark stands for it; the other forms of the document have the
//! letters themselves.

use std::sync::LazyLock;

use super::FONTS;

/// What stands for letters that no font has: the first of these that the fonts have.
static STANDS_IN: LazyLock<char> = LazyLock::new(|| ['\u{25a1}', '\u{fffd}'].into_iter().find(|c| is_in_fonts(*c)).unwrap_or('?'));

/// A text with a mark for each run of letters that the fonts do not have. Signs that join and choose others are left out with them.
pub(super) fn in_fonts(text: String) -> String {
    if text.chars().all(is_shown) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut is_within = false;
    for c in text.chars() {
        if is_shown(c) {
            out.push(c);
            is_within = false;
        } else if !is_within && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}') {
            out.push(*STANDS_IN);
            is_within = true;
        }
    }
    out
}

fn is_shown(c: char) -> bool {
    c.is_ascii() || c.is_control() || is_in_fonts(c)
}

fn is_in_fonts(c: char) -> bool {
    FONTS.iter().all(|font| font.info().coverage.contains(u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_no_font_have_a_mark_and_others_stay() {
        let said = in_fonts("Rowan Project \u{1f512} and \u{645}\u{631}\u{643}\u{632}, Caf\u{e9} \u{2013} Plas y Coed".into());
        let mark = *STANDS_IN;
        assert_eq!(said, format!("Rowan Project {mark} and {mark}, Caf\u{e9} \u{2013} Plas y Coed"));
    }
}

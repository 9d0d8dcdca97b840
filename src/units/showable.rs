//! Characters that a page, a picture, a sheet or a terminal can show, and those that only do something unseen.

use std::borrow::Cow;

/// Whether a character stands for something that a reader sees.
///
/// Not so: controls and escapes; marks that turn the direction of text; what has no width; fillers, variation selectors and tags;
/// separators of lines and paragraphs; private use; and what Unicode reserves for no character at all. XML forbids some of them, a
/// terminal obeys some, and with others two names look alike that are not.
///
/// ```
/// use gapmap::units::is_showable;
/// assert!("Tŷ Ŵyn, Café — “20 %”".chars().all(is_showable));
/// assert!(!"\u{0}\u{1b}\u{7f}\u{ad}\u{200b}\u{202e}\u{2066}\u{feff}\u{fffe}\u{e000}\u{e0041}".chars().any(is_showable));
/// ```
pub fn is_showable(c: char) -> bool {
    if c.is_control() {
        return false;
    }
    let n = u32::from(c);
    // Most text of this country ends here.
    if n < 0xAD {
        return true;
    }
    !matches!(n,
        0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164
        | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFC
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..)
        && n & 0xFFFE != 0xFFFE
}

/// Whether bytes are printable ASCII throughout, as nearly all text is: then nothing in them need be looked at closely.
pub fn is_plain_ascii(bytes: &[u8]) -> bool {
    // Without an early end the compiler looks at many bytes at once.
    bytes.iter().fold(true, |plain, b| plain & (0x20..0x7F).contains(b))
}

/// A text without what cannot be shown, and how many characters of it were taken out.
///
/// Tabs and ends of lines part words: each run of them is one space, and none is counted as taken out. Letters stay as they are written:
/// matching may fold them, showing must not.
///
/// ```
/// use gapmap::units::showable;
/// assert_eq!(showable("Women\u{2019}s Aid"), ("Women\u{2019}s Aid".into(), 0));
/// assert_eq!(showable("Ref\u{200b}uge\u{1b}[31m"), ("Refuge[31m".into(), 2));
/// assert_eq!(showable("two\r\n\tlines"), ("two lines".into(), 0));
/// ```
pub fn showable(text: &str) -> (Cow<'_, str>, u64) {
    if is_plain_ascii(text.as_bytes()) || text.chars().all(is_showable) {
        return (Cow::Borrowed(text), 0);
    }
    let mut out = String::with_capacity(text.len());
    let mut removed = 0;
    let mut after_break = false;
    for c in text.chars() {
        let plain_break = matches!(c, '\t' | '\n' | '\r');
        // These part words, too, but no keyboard writes them.
        let odd_break = matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        if plain_break || odd_break {
            if !after_break {
                out.push(' ');
            }
            after_break = true;
            removed += u64::from(odd_break);
        } else if is_showable(c) {
            out.push(c);
            after_break = false;
        } else {
            removed += 1;
        }
    }
    (Cow::Owned(out), removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_unicode_calls_ignorable_control_or_private_is_taken_out_and_letters_are_not() {
        // DerivedCoreProperties.txt 16.0, Default_Ignorable_Code_Point, ends of each range.
        let ignorable = [
            0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x206F, 0x3164,
            0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF8, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF,
        ];
        let other = [0, 0x1B, 0x7F, 0x80, 0x9F, 0x2028, 0x2029, 0xE000, 0xF8FF, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0xF0000, 0x10FFFF];
        for n in ignorable.into_iter().chain(other) {
            assert!(!is_showable(char::from_u32(n).unwrap()), "U+{n:04X}");
        }
        // Letters, marks and signs of the languages that services here are offered in; combining marks are part of letters.
        let text = "aZ09 ~£§é’Ŵŷł ثبت گ বাংলা ਪੰਜਾਬੀ ગુજરાતી 中文 ქ አማርኛ e\u{301} — … • € ＝ 🙂";
        assert_eq!(showable(text), (text.into(), 0));
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        let (once, n) = showable("a\u{202e}\u{2028}\n b\u{feff}\t\tc");
        assert_eq!((once.as_ref(), n), ("a  b c", 3));
        assert_eq!(showable(&once), (once.clone(), 0));
    }
}

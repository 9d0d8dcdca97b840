//! Texts in a script that nobody here reads: what they say of a place is not known.

use super::plain::{is_invisible, tokens};

/// What languages are called in themselves: a service that says so says no more.
const LANGUAGES: &str = "العربية عربي اردو اُردو فارسی دری پښتو کوردی ਪੰਜਾਬੀ پنجابی हिन्दी हिंदी বাংলা ગુજરાતી தமிழ் 中文 汉语 漢語 普通话 普通話 广东话 廣東話 粤语 粵語 日本語 한국어 ไทย አማርኛ \
    ትግርኛ русский українська български ελληνικά עברית नेपाली සිංහල മലയാളം తెలుగు հայերեն ქართული";

/// Whether a text holds a word in a script other than the Latin one, unless it is the name of a language.
///
/// ```
/// use gapmap::vocabulary::is_in_an_unread_script;
/// assert!(is_in_an_unread_script("シェルター") && is_in_an_unread_script("Advice / مشورہ"));
/// assert!(!is_in_an_unread_script("Tŷ Diogel") && !is_in_an_unread_script("We speak اردو and ਪੰਜਾਬੀ") && !is_in_an_unread_script("Tea ☕ and cake"));
/// ```
pub fn is_in_an_unread_script(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let plain = |text: &str| -> Vec<String> { tokens(text).into_iter().map(|t| t.word).collect() };
    let known = plain(LANGUAGES);
    // Letters that look Latin are read as such: what is left of them is of another script.
    let is_foreign = |word: &String| {
        let letters = word.chars().filter(|c| c.is_alphabetic() && !is_invisible(*c));
        let foreign = letters.clone().filter(|c| !is_latin(*c)).count();
        foreign * 2 > letters.count() && foreign > 0
    };
    plain(text).iter().any(|word| is_foreign(word) && !known.contains(word))
}

/// Letters of the Latin blocks of Unicode, and ordinal signs among them.
fn is_latin(c: char) -> bool {
    matches!(u32::from(c), 0..=0x24F | 0x250..=0x2AF | 0x1D00..=0x1DBF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xAB30..=0xAB6F | 0xFB00..=0xFB06)
}

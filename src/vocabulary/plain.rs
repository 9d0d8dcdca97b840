//! Text made plain: the same word is the same token, however it is written.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

use crate::units::is_showable;

/// A word of a text, made plain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Lower case, without accents, apostrophes and plural `s`.
    pub word: String,
    /// Whether it was written in capitals, as abbreviations are.
    pub upper: bool,
}

/// The words of a text.
///
/// Compatibility forms, case, accents, apostrophes, invisible characters and letters that look like Latin ones make no difference; a
/// change from small letters to capitals starts a new word, single letters in a row are one word, and plurals are singular.
///
/// ```
/// use gapmap::vocabulary::tokens;
/// let words = |text: &str| tokens(text).into_iter().map(|t| t.word).collect::<Vec<_>>();
/// assert_eq!(words("Women’s Re\u{200b}fuges"), ["woman", "refuge"]);
/// assert_eq!(words("R.E.F.U.G.E."), ["refuge"]);
/// // Cyrillic е and Latin e look alike.
/// assert_eq!(words("r\u{435}fug\u{435}"), ["refuge"]);
/// assert_eq!(words("Tŷ Diogel"), ["ty", "diogel"]);
/// assert_eq!(words("SafeHouse"), ["safe", "house"]);
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    let mut raw: Vec<(String, bool)> = Vec::new();
    let mut word = String::new();
    let mut previous = ' ';
    // Most text is plain already.
    let plain: std::borrow::Cow<str> = if text.is_ascii() { text.into() } else { text.nfkc().collect::<String>().into() };
    for c in plain.chars().filter(|c| !is_invisible(*c)) {
        if is_apostrophe(c) || is_combining_mark(c) {
            continue;
        }
        let starts = previous.is_lowercase() && c.is_uppercase();
        if (starts || !c.is_alphanumeric()) && !word.is_empty() {
            raw.push(finish(&std::mem::take(&mut word)));
        }
        if c.is_alphanumeric() {
            word.push(c);
        }
        previous = c;
    }
    if !word.is_empty() {
        raw.push(finish(&word));
    }
    join_letters(raw).into_iter().map(|(word, upper)| Token { word: singular(&word), upper }).collect()
}

/// A word in small plain letters, and whether it was written in capitals (but for the `s` of a plural).
fn finish(word: &str) -> (String, bool) {
    let body = word.strip_suffix('s').filter(|b| b.chars().count() > 1).unwrap_or(word);
    let upper = body.chars().any(char::is_uppercase) && !body.chars().any(char::is_lowercase);
    let mut plain = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !is_combining_mark(*c)) {
        if c.is_ascii() {
            plain.push(c.to_ascii_lowercase());
        } else {
            push_like_latin(c, &mut plain);
        }
    }
    (plain, upper)
}

/// A text with letters that only look Latin, and digits of other scripts, as the ones that they are read as; marks over them are left out.
///
/// ```
/// // Cyrillic А and В, Arabic digits.
/// assert_eq!(gapmap::vocabulary::as_latin("\u{410}\u{412}1 2\u{425}Y"), "ab1 2xY");
/// assert_eq!(gapmap::vocabulary::as_latin("\u{665}\u{663}.04"), "53.04");
/// ```
pub fn as_latin(text: &str) -> String {
    // Zeros of the scripts in which the ten digits follow one another.
    const ZEROS: [u32; 12] = [0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66];
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_combining_mark(*c)) {
        let digit = ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero).filter(|n| *n < 10)).and_then(|n| char::from_digit(n, 10));
        match digit {
            Some(digit) => out.push(digit),
            None if c.is_ascii() || !c.is_alphabetic() => out.push(c),
            None => push_like_latin(c, &mut out),
        }
    }
    out
}

/// The Latin letters that a letter of another script looks like; the letter itself where it looks like none.
fn push_like_latin(c: char, to: &mut String) {
    // Letters that the Unicode list of confusables does not lead back to the small Latin ones.
    let small = c.to_lowercase().next().unwrap_or(c);
    let own = match small {
        'г' | 'ɾ' => Some("r"),
        'υ' | 'ц' | 'µ' | 'μ' | 'ʋ' => Some("u"),
        'ғ' | 'ƒ' => Some("f"),
        'ɡ' | 'ց' => Some("g"),
        'һ' => Some("h"),
        'ѕ' => Some("s"),
        'ε' | 'є' | 'э' | 'ɛ' | 'ҽ' => Some("e"),
        'ł' | 'ⅼ' | 'ı' if c != 'ı' => Some("l"),
        'ı' | 'ι' => Some("i"),
        'ø' | 'ο' | 'о' => Some("o"),
        'ð' | 'đ' => Some("d"),
        'α' => Some("a"),
        'æ' => Some("ae"),
        'œ' => Some("oe"),
        'ß' => Some("ss"),
        _ => None,
    };
    if let Some(own) = own {
        return to.push_str(own);
    }
    // The capital may look like a Latin one where the small letter does not: В and в.
    for form in [c, small] {
        let whole = form.to_string();
        let like: String = skeleton(&whole).flat_map(char::to_lowercase).collect();
        // The list writes m as rn: what leads to rn is an m.
        match like.as_str() {
            "rn" => return to.push('m'),
            _ if !like.is_empty() && like.chars().all(|l| l.is_ascii_alphanumeric()) => return to.push_str(&like),
            // Neither form looks Latin: the other is tried, and then the letter stays.
            _ => continue,
        }
    }
    to.push(small);
}

/// Single letters in a row are one word: `R E F U G E`. Two are left alone: `a b` is not.
fn join_letters(raw: Vec<(String, bool)>) -> Vec<(String, bool)> {
    let mut joined: Vec<(String, bool)> = Vec::with_capacity(raw.len());
    let mut run: Vec<(String, bool)> = Vec::new();
    let single = |w: &str| w.chars().count() == 1 && w.chars().all(char::is_alphabetic);
    for token in raw.into_iter().map(Some).chain([None]) {
        match token {
            Some(token) if single(&token.0) => run.push(token),
            other => {
                if run.len() > 2 {
                    joined.push((run.iter().map(|t| t.0.as_str()).collect(), run.iter().all(|t| t.1)));
                    run.clear();
                }
                joined.append(&mut run);
                joined.extend(other);
            }
        }
    }
    joined
}

/// A plural as its singular, by the rules that English spelling keeps to. What is changed too far is changed alike in text and vocabulary.
fn singular(word: &str) -> String {
    let irregular = match word {
        "women" | "womens" | "womans" => Some("woman"),
        "men" | "mens" => Some("man"),
        "children" | "childrens" => Some("child"),
        _ => None,
    };
    if let Some(one) = irregular {
        return one.into();
    }
    let n = word.chars().count();
    if n > 4 && word.ends_with("ies") {
        return format!("{}y", &word[..word.len() - 3]);
    }
    if n > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") {
        return word[..word.len() - 1].into();
    }
    word.into()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʹ' | '′' | '＇')
}

/// Characters that nobody sees, and that are no space: they may not part a word, nor hide one. There is one list of them, that of what can be shown.
pub fn is_invisible(c: char) -> bool {
    !is_showable(c) && !c.is_whitespace()
}

/// The forms of a Welsh word or phrase with the first letter of any of its words changed, and the one that is given: `uned wasgaredig` of `uned gwasgaredig`.
pub(super) fn mutated(phrase: &str) -> Vec<String> {
    phrase.split(' ').fold(vec![], |before: Vec<String>, word| {
        let forms = mutated_word(word);
        if before.is_empty() {
            return forms;
        }
        before.iter().flat_map(|b| forms.iter().map(move |f| format!("{b} {f}"))).take(MOST_FORMS).collect()
    })
}

/// A phrase of many words has no more forms than these.
const MOST_FORMS: usize = 64;

fn mutated_word(word: &str) -> Vec<String> {
    const CHANGES: [(&str, &[&str]); 9] = [
        ("ll", &["l"]),
        ("rh", &["r"]),
        ("c", &["g", "ch", "ngh"]),
        ("p", &["b", "ph", "mh"]),
        ("t", &["d", "th", "nh"]),
        ("g", &["", "ng"]),
        ("b", &["f", "m"]),
        ("d", &["dd", "n"]),
        ("m", &["f"]),
    ];
    let change = CHANGES.iter().find(|(from, _)| word.len() > 2 && word.starts_with(from));
    let others = change.into_iter().flat_map(|(from, to)| to.iter().map(|to| format!("{to}{}", &word[from.len()..])));
    std::iter::once(word.to_owned()).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a page does not show hides no word, whichever list it was on.
    #[test]
    fn nothing_that_cannot_be_shown_parts_a_word() {
        for c in ['\u{200b}', '\u{ad}', '\u{e000}', '\u{fdd0}', '\u{fffc}', '\u{1b}', '\u{e0041}', '\u{f0000}'] {
            let words: Vec<String> = tokens(&format!("ref{c}uge")).into_iter().map(|t| t.word).collect();
            assert_eq!(words, ["refuge"], "U+{:04X}", u32::from(c));
        }
        assert!(tokens("a\u{2028}refuge\u{85}b").iter().any(|t| t.word == "refuge"));
    }
}

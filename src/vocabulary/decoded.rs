//! Text that is written in code: tags of a page, entities, escapes of addresses and of JSON, letters in boxes.

/// A text with what is written in code read: tags of a page, entities, escapes. `None` where there is none.
pub(crate) fn decoded(text: &str) -> Option<String> {
    if !text.contains(['<', '&', '%', '\\', '🄰', '🅐', '🅰']) && !text.chars().any(|c| ('\u{1F150}'..='\u{1F189}').contains(&c)) {
        return None;
    }
    let number = |digits: &str, radix: u32| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        let hex = |n: usize| tail.get(..n).filter(|h| h.chars().all(|c| c.is_ascii_hexdigit()));
        let read: Option<(Option<char>, usize)> = match c {
            '<' => tail.find('>').filter(|n| *n < 200).map(|n| (None, n + 1)),
            '&' if tail.starts_with('#') => tail.find(';').filter(|n| *n < 10).and_then(|n| {
                let code = &tail[1..n];
                let c = code.strip_prefix(['x', 'X']).map_or_else(|| number(code, 10), |h| number(h, 16))?;
                Some((Some(c), n + 1))
            }),
            '&' => tail
                .find(';')
                .filter(|n| *n < 10 && *n > 1 && tail[..*n].chars().all(|c| c.is_ascii_alphabetic()))
                .map(|n| (named(&tail[..n]), n + 1)),
            '%' => hex(2).and_then(|h| Some((Some(number(h, 16)?), 2))),
            '\\' if tail.starts_with('u') => tail.get(1..5).and_then(|h| Some((Some(number(h, 16)?), 5))),
            '\u{1F150}'..='\u{1F169}' => Some((char::from_u32(u32::from('a') + c as u32 - 0x1F150), 0)),
            '\u{1F170}'..='\u{1F189}' => Some((char::from_u32(u32::from('a') + c as u32 - 0x1F170), 0)),
            _ => None,
        };
        let taken = match read {
            Some((letter, n)) => {
                out.extend(letter);
                n
            }
            None => {
                out.push(c);
                0
            }
        };
        rest = &tail[taken..];
    }
    Some(out)
}

/// What an entity of this name stands for: `&shy;` and the like hide a word, `&ocirc;` is a letter with a mark, and others stand between words.
fn named(name: &str) -> Option<char> {
    const MARKS: [&str; 10] = ["acute", "grave", "circ", "uml", "tilde", "ring", "cedil", "caron", "slash", "macr"];
    let letter = name.chars().next().filter(|_| MARKS.contains(&name.get(1..).unwrap_or_default()));
    match name {
        "shy" | "zwnj" | "zwj" => None,
        _ => letter.or(Some(' ')),
    }
}

//! Text that is written in code: tags of a page, entities, escapes of addresses and of JSON, letters in boxes.

/// So many times a text may be written in code, one inside the other: `&amp;lt;b&amp;gt;`.
const MOST_LAYERS: usize = 5;

/// A text with what is written in code read, however often it was: tags of a page, entities, escapes. `None` where there is none.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut read = decoded_once(text)?;
    for _ in 1..MOST_LAYERS {
        match decoded_once(&read).filter(|again| *again != read) {
            Some(again) => read = again,
            None => break,
        }
    }
    Some(read)
}

fn decoded_once(text: &str) -> Option<String> {
    let is_sign = |c: char| matches!(c, '\u{1F150}'..='\u{1F189}' | '\u{1F1E6}'..='\u{1F1FF}') || pictured(c).is_some();
    if !text.contains(['<', '&', '%', '\\', '🄰', '🅐', '🅰']) && !text.chars().any(is_sign) {
        return None;
    }
    let number = |digits: &str, radix: u32| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        if let Some(word) = pictured(c) {
            out.push_str(word);
            rest = tail;
            continue;
        }
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
            // Two of these are a flag, and more are letters: `🇷🇪🇫🇺🇬🇪`.
            '\u{1F1E6}'..='\u{1F1FF}' => Some((char::from_u32(u32::from('a') + c as u32 - 0x1F1E6), 0)),
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

/// The word that a picture stands for: a lock, a house, a bed.
fn pictured(c: char) -> Option<&'static str> {
    match c {
        '🔒' | '🔐' | '🔏' | '🤫' | '🤐' | '🙈' => Some(" confidential "),
        '🏠' | '🏡' | '🏘' => Some(" house "),
        '🛏' | '🛌' => Some(" bed "),
        _ => None,
    }
}

/// What an entity of this name stands for: `&shy;` and the like hide a word, `&ocirc;` is a letter with a mark, and others stand between words.
fn named(name: &str) -> Option<char> {
    const MARKS: [&str; 10] = ["acute", "grave", "circ", "uml", "tilde", "ring", "cedil", "caron", "slash", "macr"];
    let letter = name.chars().next().filter(|_| MARKS.contains(&name.get(1..).unwrap_or_default()));
    match name {
        "shy" | "zwnj" | "zwj" => None,
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        _ => letter.or(Some(' ')),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn what_is_written_in_code_twice_is_read_twice() {
        let read = |text: &str| decoded(text).map(|t| t.split_whitespace().collect::<String>());
        for text in ["&lt;b&gt;re&lt;/b&gt;fuge", "&amp;lt;b&amp;gt;re&amp;lt;/b&amp;gt;fuge", "%2572efuge", "&amp;#114;efuge"] {
            assert_eq!(read(text).as_deref(), Some("refuge"), "{text}");
        }
        assert_eq!(decoded("tea & cake").as_deref(), Some("tea & cake"));
        assert_eq!(decoded("tea"), None);
        assert_eq!(read("🇷🇪🇫🇺🇬🇪").as_deref(), Some("refuge"));
        assert_eq!(decoded("safe 🏡").as_deref(), Some("safe  house "));
    }
}

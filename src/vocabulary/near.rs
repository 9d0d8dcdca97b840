//! Words that are nearly another: one slip of the pen away.

/// From so many letters on a slip is looked for: a shorter word has too many neighbours that are words of their own.
const LONG_ENOUGH: usize = 6;

/// Whether two words differ by one letter too many, too few, wrong, or two neighbours exchanged. Short words must be the same.
pub(crate) fn is_nearly(written: &str, word: &str) -> bool {
    is_nearly_from(written, word, LONG_ENOUGH)
}

/// As [`is_nearly`], where words of five letters may have a slip, too: beside another that it goes with.
pub(super) fn is_nearly_beside(written: &str, word: &str) -> bool {
    is_nearly_from(written, word, LONG_ENOUGH - 1)
}

fn is_nearly_from(written: &str, word: &str, letters: usize) -> bool {
    if written == word {
        return true;
    }
    // Most words are told apart by their length alone.
    if word.len() < letters || written.len().abs_diff(word.len()) > 4 {
        return false;
    }
    // Each word of each text is held against hundreds: nearly all of both are plain ASCII, whose bytes are its letters.
    if written.is_ascii() && word.is_ascii() {
        return is_a_slip(written.as_bytes(), word.as_bytes(), letters);
    }
    let (a, b): (Vec<char>, Vec<char>) = (written.chars().collect(), word.chars().collect());
    is_a_slip(&a, &b, letters)
}

fn is_a_slip<T: PartialEq + Copy>(a: &[T], b: &[T], letters: usize) -> bool {
    if b.len() < letters || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same_start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let shorter = a.len().min(b.len());
    if a.len() != b.len() {
        return same_start + same_end >= shorter;
    }
    let swapped = same_start + 1 < a.len() && a[same_start] == b[same_start + 1] && a[same_start + 1] == b[same_start];
    same_start + same_end + 1 >= a.len() || (swapped && same_start + same_end + 2 >= a.len())
}

#[cfg(test)]
mod tests {
    use super::is_nearly;

    #[test]
    fn one_slip_is_near_and_two_are_not() {
        for near in ["refuge", "refug", "refugue", "reffuge", "refgue", "tefuge", "refuse"] {
            assert!(is_nearly(near, "refuge"), "{near}");
        }
        for far in ["refund", "deluge", "refuges2", "fuge", ""] {
            assert!(!is_nearly(far, "refuge"), "{far}");
        }
        for (near, word) in [("gwelyau", "gwelyaü"), ("lloches\u{ef}", "llochesi"), ("\u{ef}loches", "lloches")] {
            assert!(is_nearly(near, word), "{near}: letters count, and not bytes");
        }
        assert!(is_nearly("accomodation", "accommodation") && is_nearly("acommodation", "accommodation"));
        assert!(!is_nearly("hose", "house"), "a short word has too many neighbours");
    }
}

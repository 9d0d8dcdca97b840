//! Words that are nearly another: one slip of the pen away.

/// Whether two words differ by one letter too many, too few, wrong, or two neighbours exchanged. Short words must be the same.
pub(super) fn is_nearly(written: &str, word: &str) -> bool {
    if written == word {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (written.chars().collect(), word.chars().collect());
    if b.len() < 6 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
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
        assert!(is_nearly("accomodation", "accommodation") && is_nearly("acommodation", "accommodation"));
        assert!(!is_nearly("hose", "house"), "a short word has too many neighbours");
    }
}

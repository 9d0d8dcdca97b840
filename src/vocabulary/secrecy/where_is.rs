//! Whether a clause says that few may know where a place is: nobody but the police is told which street.

/// Words by which somebody is told, or knows.
const KNOWING: [&str; 14] =
    ["tell", "told", "say", "said", "know", "known", "knows", "disclose", "reveal", "learn", "dweud", "gwybod", "wybod", "datgelu"];
/// Words by which it is few who know, or not yet.
const FEW: [&str; 16] =
    ["only", "nobody", "noone", "never", "not", "dont", "wont", "once", "until", "except", "nid", "ddim", "neb", "ond", "peidio", "cannot"];
/// What is asked for: `which street`.
const WHICH: [&str; 9] = ["street", "town", "road", "house", "building", "village", "estate", "area", "district"];
/// Who is where, where it is the service itself.
const ITSELF: [&str; 13] = ["we", "it", "this", "the", "our", "women", "residents", "resident", "rydym", "rydyn", "ydym", "ydyn", "mae"];
/// Words between which a place is named in Welsh or English.
const WHERE: [&str; 3] = ["where", "ble", "lle"];

pub(super) fn is_for_few(words: &[&str]) -> bool {
    let asked = words.iter().enumerate().position(|(at, w)| {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let of_itself = WHERE.contains(w) && (ITSELF.contains(&next) || at + 1 == words.len());
        // `Where the nearest library is` is another place; `where the house is` is this one.
        let the =
            next != "the" || words[at..].iter().skip(2).take(2).any(|w| WHICH.contains(w) || ["refuge", "service", "project"].contains(w));
        let of_others = words[at..].iter().take(3).any(|w| ["you", "they", "she", "he", "your"].contains(w));
        of_itself && the || *w == "which" && WHICH.contains(&next) && !of_others
    });
    asked.is_some_and(|at| {
        let before = &words[at.saturating_sub(8)..at];
        let knows = before.iter().any(|w| KNOWING.contains(w));
        // People who do not know where they are with something, and plain questions, are another matter.
        let condition = || words[at..].iter().any(|w| ["once", "until", "except"].contains(w));
        knows && (before.iter().any(|w| FEW.contains(w)) || condition())
    })
}

#[cfg(test)]
mod tests {
    use super::super::keeps_place_back;

    #[test]
    fn what_few_may_know_is_kept_back_and_what_anybody_may_ask_is_not() {
        for text in [
            "Nobody but the police is told which street",
            "We will say which town once you have spoken to us",
            "Only our staff know where the house is",
            "We never tell anybody where we are",
            "Nid ydym yn dweud ble rydym ni",
            "Dim ond yr heddlu sy'n gwybod ble rydyn ni",
        ] {
            assert!(keeps_place_back(text), "{text}");
        }
        for text in [
            "We do not know where you live",
            "Not sure where to turn? Tell us",
            "If you do not know where the nearest library is, call us",
            "Tell us which area you live in",
            "We do not know which area you live in",
            "Know your rights, wherever you are",
            "Dewch i weld ble rydym ni",
            "Let us know where it hurts",
        ] {
            assert!(!keeps_place_back(text), "{text}");
        }
    }
}

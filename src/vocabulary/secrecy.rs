//! Whether a text says that a place is not to be told: the address is secret, is not published, is given after referral, do not map.
//!
//! Phrases of this kind have no end. So a word for a place and a word for keeping it back are looked for near one another, in one clause.

mod around;
mod asked;
mod handed_on;
mod kept;
mod map;
mod short;
mod unsaid;
mod where_is;
mod whose;
mod words;

use super::plain::{Token, tokens};
pub use around::is_said_of_all;
pub use unsaid::is_reticent;
use whose::{is_anothers, is_own_address};
use words::{ADDRESSES, BEFORE_A_CONDITION, BETWEEN, BUILDINGS, CONDITIONS, KEPT_BACK, NO, OF_PUBLISHING, TELLING};

/// So many words lie at most between one that says no and what it is said of.
const REACH: usize = 3;

/// Whether a text says that a place is not to be told.
///
/// ```
/// use gapmap::vocabulary::keeps_place_back;
/// for secret in ["The address is secret", "Do not map", "Our address is not published for safety reasons.", "Location is known to professionals only",
///     "location shared after referral", "Residents agree not to tell anyone where the building is.", "Nid ydym yn cyhoeddi ein cyfeiriad."] {
///     assert!(keeps_place_back(secret), "{secret}");
/// }
/// for plain in ["A confidential service in a private room of our building", "The building is not open to the public on Sundays", "Find us on the map",
///     "Our address is 3 High Street; we do not give out food parcels", "We will not share your address without your consent", "Your call is confidential. Location: the library"] {
///     assert!(!keeps_place_back(plain), "{plain}");
/// }
/// ```
pub fn keeps_place_back(text: &str) -> bool {
    text.split(['.', ';', '!', '?', '\n', '|']).any(|clause| {
        let words = joined(tokens(clause));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        kept::is_kept_back(&words)
            || is_not_told(&words)
            || is_told_to_some(&words)
            || is_not_to_be_published(&words)
            || asked::is_told_to_who_asks(&words)
            || map::is_off_the_map(&words)
            || short::is_a_short_remark(&words)
            || handed_on::is_to_stay(&words)
            || where_is::is_for_few(&words)
            || kept::without_asides(clause).is_some_and(|rest| {
                let words = joined(tokens(&rest));
                kept::is_kept_back(&words.iter().map(String::as_str).collect::<Vec<_>>())
            })
    }) || is_masked(text)
        || is_abbreviated(text)
        || ["OFFICIAL-SENSITIVE", "OFFICIAL SENSITIVE", "OFFICIAL - SENSITIVE", "SWYDDOGOL-SENSITIF"].iter().any(|mark| text.contains(mark))
}

/// `D.N.P.`: do not publish; its dots end no clause.
fn is_abbreviated(text: &str) -> bool {
    let plain = text.trim();
    let letters: String = plain.chars().filter(|c| c.is_alphabetic()).collect();
    let dotted = plain.contains('.') && plain.chars().all(|c| c.is_alphabetic() || c == '.' || c == ' ') && plain.len() <= 8;
    dotted && ["DNP", "NFP", "DND", "DNM"].contains(&letters.to_uppercase().as_str())
}

/// `Address: XXXX`; `postcode *****`; `location n/d`: where an address would stand, a mask does.
fn is_masked(text: &str) -> bool {
    text.split_inclusive(['.', ';', '\n', ',']).any(|part| {
        let mut words = part.split_whitespace().rev();
        let mask = words.next().is_some_and(is_mask);
        mask && words.take(2).any(|w| tokens(w).iter().any(|w| ADDRESSES.contains(&w.word.as_str())))
    })
}

/// Whether a word is a mask: three or more of one character that stands for any other, or an abbreviation of not disclosed.
///
/// ```
/// use gapmap::vocabulary::is_mask;
/// assert!(is_mask("XXXX") && is_mask("*****") && is_mask("n/d") && is_mask("[redacted]"));
/// assert!(!is_mask("XX") && !is_mask("-") && !is_mask("n/a") && !is_mask("Aaaa"));
/// ```
pub fn is_mask(word: &str) -> bool {
    let plain = word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | '[' | ']' | '(' | ')' | '<' | '>')).to_lowercase();
    let mut letters = plain.chars().filter(|c| !c.is_whitespace());
    let run = letters.next().is_some_and(|first| "x*#•█?".contains(first) && letters.clone().count() >= 2 && letters.all(|c| c == first));
    run || ["n/d", "redacted", "removed", "suppressed", "masked"].contains(&plain.as_str())
}

/// Words that people write apart as one: `with held`, `cod post`.
fn joined(words: Vec<Token>) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match all.last_mut() {
            Some(last)
                if (last == "with" && word.word == "held")
                    || (last == "cod" && word.word == "post")
                    || (last == "post" && word.word == "code") =>
            {
                last.push_str(&word.word);
            }
            _ => all.push(word.word),
        }
    }
    all
}

/// `we do not give out our address`, `the location is not made public`, `not to tell anyone where the building is`.
fn is_not_told(words: &[&str]) -> bool {
    // `Your address` is that of whoever comes.
    let is_place = |at: usize| {
        let place = ADDRESSES.contains(&words[at]) || BUILDINGS.contains(&words[at]);
        // Maps that an archive does not show are many, and none is that of this place.
        let of_others = is_anothers(words, at) || words[at] == "map" && at > 0 && ["some", "old", "these"].contains(&words[at - 1]);
        place && !of_others
    };
    let tells = |at: usize| {
        let w = words[at];
        // `Open to the public` is another word.
        TELLING.iter().any(|t| w.starts_with(t))
            || (w == "public" && at > 0 && ["made", "be", "not", "is", "make"].contains(&words[at - 1]))
    };
    let says_no = |at: usize| words[at.saturating_sub(REACH)..at].iter().any(|w| NO.contains(w));
    (0..words.len()).any(|at| {
        let near = at.saturating_sub(REACH + 5)..(at + REACH + 4).min(words.len());
        tells(at) && says_no(at) && near.into_iter().any(is_place)
    })
}

/// `location shared after referral`, `known to professionals only`.
fn is_told_to_some(words: &[&str]) -> bool {
    let told =
        |w: &&str| TELLING.iter().any(|t| w.starts_with(t)) || ["available", "provided", "supplied", "sent", "gael", "rhoddir"].contains(w);
    words.iter().enumerate().any(|(at, w)| {
        let near = &words[at..(at + 9).min(words.len())];
        (is_own_address(words, at) || *w == "venue")
            && words[at.saturating_sub(3)..(at + 6).min(words.len())].iter().any(&told)
            && near.iter().any(|w| CONDITIONS.contains(w))
            && near.iter().any(|w| BEFORE_A_CONDITION.contains(w))
    })
}

/// Whether a clause speaks of what is written or counted, and of no place: that is published, too.
fn is_of_writing(words: &[&str]) -> bool {
    const WRITTEN: [&str; 6] = ["figure", "study", "draft", "minute", "statistic", "review"];
    words.iter().any(|w| WRITTEN.contains(w)) && !words.iter().any(|w| ADDRESSES.contains(w) || BUILDINGS.contains(w))
}

/// `not for publication`, `do not map`, `ask before publishing`.
fn is_not_to_be_published(words: &[&str]) -> bool {
    !is_of_writing(words)
        && words.iter().enumerate().any(|(at, w)| {
            let before = &words[at.saturating_sub(3)..at];
            OF_PUBLISHING.contains(w) && before.iter().any(|b| ["not", "dont", "never", "before"].contains(b))
        })
}

//! What is said of a whole list of services, above it, beside it or by the name of its file: that they, or their addresses, are confidential.
//!
//! In a record the word says it of the service, or of what is talked about there. Of a list it is said of the list, unless it is plainly said of talk.

use super::unsaid::{is_reserved, is_reticent};
use super::{joined, keeps_place_back};
use crate::vocabulary::plain::tokens;

/// Words that say it by themselves.
const MARKS: [&str; 6] = ["confidential", "confidental", "confidentially", "cyfrinachol", "gyfrinachol", "undisclosed"];
/// What is all that a cell says where it is a mark of handling.
const HANDLING: [&str; 9] =
    ["official sensitive", "restricted", "private", "hidden", "withheld", "unlisted", "not public", "sensitive", "protected"];
/// What is talked or asked about in confidence.
const OF_TALK: [&str; 21] = [
    "advice",
    "help",
    "support",
    "counselling",
    "listening",
    "helpline",
    "line",
    "chat",
    "conversation",
    "legal",
    "call",
    "enquiry",
    "appointment",
    "session",
    "testing",
    "clinic",
    "guidance",
    "therapy",
    "reporting",
    "email",
    "meeting",
];
/// Words beside which `confidential` praises a service.
const PRAISE: [&str; 12] = [
    "free",
    "impartial",
    "independent",
    "friendly",
    "judgemental",
    "judgmental",
    "anonymous",
    "professional",
    "welcoming",
    "discreet",
    "safe",
    "supportive",
];
/// Words for the list itself and what it holds.
const OF_THE_LIST: [&str; 22] = [
    "below",
    "above",
    "list",
    "file",
    "sheet",
    "table",
    "these",
    "following",
    "document",
    "spreadsheet",
    "register",
    "directory",
    "data",
    "workbook",
    "package",
    "entry",
    "record",
    "row",
    "column",
    "detail",
    "address",
    "location",
];
/// Words by which nothing of the kind is in it.
const NONE_OF_IT: [&str; 10] = ["not", "no", "non", "without", "excluding", "exclude", "except", "never", "minus", "ddim"];
/// Words behind it by which what is confidential is not in the list: `confidential services are left out`.
const GONE: [&str; 3] = ["left", "omitted", "excluded"];
/// Words by which a clause about addresses says that they were taken away, or are told later.
const TAKEN: [&str; 16] = [
    "blocked",
    "blanked",
    "deleted",
    "delete",
    "stripped",
    "erased",
    "removed",
    "remove",
    "hide",
    "confirmed",
    "told",
    "safety",
    "safe",
    "risk",
    "danger",
    "trust",
];

/// Those for whose eyes alone a paper is.
const READERS: [&str; 20] = [
    "internal",
    "professional",
    "practitioner",
    "staff",
    "partner",
    "partnership",
    "commissioner",
    "council",
    "official",
    "agency",
    "team",
    "officer",
    "member",
    "manager",
    "police",
    "board",
    "marac",
    "mewnol",
    "staffio",
    "swyddogol",
];
/// Words for handing a paper on.
const HANDED_ON: [&str; 16] = [
    "circulation",
    "circulate",
    "circulated",
    "distribution",
    "distribute",
    "distributed",
    "dissemination",
    "disseminate",
    "share",
    "shared",
    "sharing",
    "forward",
    "forwarded",
    "onward",
    "cylchredeg",
    "rhannu",
];

/// Whether a text about a whole list says that its services, or where they are, are confidential.
///
/// ```
/// use gapmap::vocabulary::is_said_of_all;
/// for secret in ["CONFIDENTIAL", "Confidential: not for publication", "All services below are confidential", "DA services CONFIDENTIAL", "Confidential services", "Confidential list of advice services",
///     "The addresses of the services below are confidential", "Official - Sensitive", "Internal use only", "For professionals only", "Draft - not for circulation", "Addresses blanked", "All entries suppressed"] {
///     assert!(is_said_of_all(secret), "{secret}");
/// }
/// for plain in ["Free and confidential advice", "Services of the council, 2025", "Advice that is confidential and free", "All calls are confidential",
///     "services (non-confidential)", "Services with their addresses", "We respect confidentiality", "Confidential support for everyone",
///     "A list of free, confidential services", "We do not share your details", "Open to members only on Sundays", "Women only"] {
///     assert!(!is_said_of_all(plain), "{plain}");
/// }
/// ```
pub fn is_said_of_all(text: &str) -> bool {
    keeps_place_back(text) || text.split(['.', ';', '!', '?', '\n', '|', ':', '–', '—']).any(is_marked)
}

fn is_marked(clause: &str) -> bool {
    let all = tokens(clause);
    let some_small = all.iter().any(|w| !w.upper && w.word.chars().any(char::is_alphabetic));
    let upper = |word: &str| some_small && all.iter().any(|w| w.upper && w.word == word);
    let words = joined(all.clone());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // A secret garden is none.
    let secret = |at: usize| words[at] == "secret" && words.get(at + 1).is_none_or(|w| ["service", "provision", "provider"].contains(w));
    let marked = (0..words.len()).filter(|at| MARKS.contains(&words[*at]) || secret(*at)).any(|at| {
        let gone = words.iter().skip(at + 1).take(5).any(|w| GONE.contains(w));
        let none = gone || words[at.saturating_sub(3)..at].iter().any(|w| NONE_OF_IT.contains(w));
        !none && (upper(words[at]) || !is_of_talk(&words, at))
    });
    let taken = || words.iter().any(|w| TAKEN.contains(w)) && !words.contains(&"duplicate");
    marked || is_for_few(&words) || HANDLING.contains(&words.join(" ").as_str()) || is_reserved(&words) || is_reticent(clause) && taken()
}

/// `Internal use only`, `for professionals only`, `not for circulation`, `restricted distribution`: who wrote it did not mean it for everybody.
fn is_for_few(words: &[&str]) -> bool {
    let near = |at: usize, list: &[&str]| words[at.saturating_sub(4)..at].iter().any(|w| list.contains(w));
    let filler = |w: &&str| ["for", "the", "use", "of", "and", "by", "to", "be", "used", "our", "strictly", "eyes", "only"].contains(w);
    let only = |at: usize| {
        let alone = words.iter().all(|w| READERS.contains(w) || filler(w));
        ["only", "unig"].contains(&words[at]) && near(at, &READERS) && (alone || near(at, &["use", "eyes", "defnydd"]))
    };
    // What is not shared of those who call is no paper.
    let of_callers = || words.iter().any(|w| ["your", "you", "personal", "client", "caller", "info"].contains(w));
    let kept = |at: usize| HANDED_ON.contains(&words[at]) && near(at, &["not", "dont", "never", "no", "dim", "peidiwch"]) && !of_callers();
    let few = |at: usize| {
        let next = words.get(at + 1).is_some_and(|w| ["circulation", "distribution", "document"].contains(w));
        ["restricted", "limited", "controlled"].contains(&words[at]) && next
    };
    // `For MARAC members`, `shared in confidence by the police`.
    let members = words.contains(&"marac") && words.iter().any(|w| ["member", "only", "circulation"].contains(w));
    let in_confidence = words.windows(2).any(|two| two == ["in", "confidence"]);
    let given = words.first().is_some_and(|w| ["shared", "given", "supplied", "provided", "sent"].contains(w));
    (0..words.len()).any(|at| only(at) || kept(at) || few(at))
        || members
        || in_confidence && given
        || words == ["internal"]
        || words.contains(&"unredacted")
}

/// Whether what is confidential at a position is talk: `free and confidential advice`, `all calls are confidential`.
fn is_of_talk(words: &[&str], at: usize) -> bool {
    let any = |part: &[&str], list: &[&str]| part.iter().any(|w| list.contains(w));
    let (before, after) = (&words[at.saturating_sub(3)..at], &words[(at + 1).min(words.len())..(at + 4).min(words.len())]);
    let praised = any(before, &PRAISE) || any(after, &PRAISE);
    let of_list = any(words, &OF_THE_LIST);
    // `Confidential list of advice services` is not advice.
    let of_advice = after.iter().take_while(|w| !OF_THE_LIST.contains(w)).any(|w| OF_TALK.contains(w));
    of_advice
        || before.last() == Some(&"free")
        || any(before, &["free"]) && before.last() == Some(&"and")
        || (praised || any(&words[at.saturating_sub(5)..at], &OF_TALK)) && !of_list
}

//! Whether a text speaks of a refuge as somebody else's: money is raised for it, people are referred to it, its staff are trained.
//!
//! A word for a refuge names the service itself unless a few words before it make it the object of another's doing. Whatever is not
//! plainly that, or holds a word that makes it one's own, counts as the service itself.

use std::sync::LazyLock;

use super::confidential::{Suspicion, people_who_flee, places_to_stay, sounds_in};
use super::dwelling::is_strong_place;
use super::phrases::{Phrase, Phrases};
use super::plain::{Token, tokens};
use super::{rows, sounds_confidential};

/// Words before a service that make it somebody else's.
struct Frame {
    opens: Vec<String>,
    /// Whether the last word of `opens` may go on.
    stem: bool,
    /// What stands right before the service, after so many words `between`; empty where it follows at once.
    then: Vec<Vec<String>>,
    between: usize,
    /// Whether people may stand between: `refer victims to`.
    people: bool,
    /// Whether it says so of many only, or of any without an article: `people leaving refuges`.
    many: bool,
    /// Whether the staff of it may stand before it.
    staff: bool,
    /// Whether somebody is referred: of whom it is said, `you can be referred to`, it may be the service itself.
    refers: bool,
    /// Whether something is given: of a shop that is for all, to its own, too.
    gives: bool,
}

struct Words {
    frames: Vec<Frame>,
    own: Phrases<()>,
    people: Phrases<()>,
    institutions: Phrases<()>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let all = rows(include_str!("../../data/vocabulary/mention_words.csv"));
    let plain = |text: &str| -> Vec<String> { tokens(text).into_iter().map(|t| t.word).collect() };
    let frame = |row: &csv::StringRecord| {
        Some(Frame {
            opens: plain(row[1].trim_end_matches('*')),
            stem: row[1].ends_with('*'),
            then: row[2].split('|').map(plain).filter(|words| !words.is_empty()).collect(),
            between: row[3].parse().ok()?,
            people: ["refer", "train"].contains(&&row[0]),
            many: &row[4] == "many",
            staff: &row[0] == "train",
            refers: &row[0] == "refer",
            gives: &row[0] == "give",
        })
    };
    let list = |effect: &str| Phrases::new(all.iter().filter(|row| &row[0] == effect).map(|row| Phrase::new(&row[1], Some(()))));
    Words {
        frames: all.iter().filter(|row| ["frame", "give", "refer", "train"].contains(&&row[0])).filter_map(frame).collect(),
        own: list("own"),
        people: list("people"),
        institutions: list("institution"),
    }
});

/// Between the words that open a mention and the service stand so many at most: `the local domestic abuse`.
const LEAD: usize = 4;
/// Words after which a service is where somebody is, and not to whom something is done: `women in the refuge`.
const INSIDE: [&str; 7] = ["in", "at", "inside", "within", "from", "into", "yn"];
/// Words of those who work at a service.
const STAFF: [&str; 6] = ["staff", "worker", "team", "professional", "volunteer", "manager"];
/// Words for people of whom it is said that they leave a service, wherever it is.
const LEAVING: [&str; 9] = ["those", "people", "person", "anyone", "anybody", "woman", "family", "household", "survivor"];
/// Words before a verb by which it is done to somebody: `you can be referred to`.
const PASSIVE: [&str; 9] = ["be", "been", "is", "are", "was", "were", "being", "get", "not"];
/// Verbs of those who have a place themselves.
const HAVING: [&str; 9] = ["run", "provide", "offer", "manage", "operate", "own", "have", "deliver", "host"];

/// Verbs of those who take somebody in.
const DOING: [&str; 12] =
    ["give", "take", "house", "accommodate", "put", "let", "keep", "welcome", "shelter", "lodge", "rehouse", "cartrefu"];

/// Those of them that are also names of places.
const NOUNS_TOO: [&str; 3] = ["house", "shelter", "lodge"];
/// Words right before a verb.
const BEFORE_VERBS: [&str; 7] = ["we", "can", "will", "may", "also", "to", "then"];

/// A word as it stands: whether it was written as one of many.
struct Word {
    token: Token,
    many: bool,
    /// As it is written, with the marks around it, at its first part.
    raw: String,
}

/// Whether all that sounds confidential in a running text is somebody else's.
///
/// `false` where nothing in it sounds confidential. A place `for_all` — a library, a charity shop — may give to a refuge of its own, and speak of
/// people who flee: they do not do so there.
///
/// ```
/// use gapmap::vocabulary::only_mentions;
/// for other in ["This season's charity is Quillmere Women's Refuge.", "We refer women to refuges.", "Free for foster carers, refuges and schools.",
///     "We gave £3,000 to the domestic violence shelter.", "We train staff of refuges."] {
///     assert!(only_mentions(other, false), "{other}");
/// }
/// for own in ["We refer women to our refuge.", "Referrals from other refuges.", "A refuge for women.", "You are referred to the refuge by the police.",
///     "We give women a refuge.", "We run and refer to refuges.", "We run a safe&nbsp;house.", "A women-only ref&#117;ge.", "We work with women in the refuge."] {
///     assert!(!only_mentions(own, false), "{own}");
/// }
/// assert!(only_mentions("All proceeds go to our refuge.", true));
/// ```
pub fn only_mentions(text: &str, for_all: bool) -> bool {
    // Editors of pages write `safe&nbsp;house`: what is written in code is read, too.
    only_others(text, for_all) && super::decoded(text).is_none_or(|read| only_others(&read, for_all))
}

fn only_others(text: &str, for_all: bool) -> bool {
    if sounds_confidential(text).is_none() || super::keeps_place_back(text) {
        return false;
    }
    let mut rest = String::new();
    for clause in text.split(['.', '!', '?', ';', '\n', '|', '–', '—']) {
        let mut words = words(clause);
        if for_all {
            forget_people(&mut words);
        }
        let plain: Vec<Token> = words.iter().map(|w| w.token.clone()).collect();
        let kept = if sounds_in_list(&words).is_none() {
            plain
        } else if is_given_to_many(&plain, &words) || for_all && speaks_of_many(&plain, &words) {
            vec![]
        } else {
            let Some((before, after)) = WORDS.frames.iter().filter_map(|f| before_mention(f, &plain, &words, for_all)).min() else {
                return false;
            };
            // What is not said of the other's service is said of this one.
            [&plain[..before], &plain[after..]].concat()
        };
        let strong = places_to_stay(&kept).iter().zip(&kept).any(|(place, w)| *place && is_strong_place(&w.word));
        if strong {
            return false;
        }
        rest.extend(kept.iter().flat_map(|w| [w.word.as_str(), " "]));
        rest.push_str(". ");
    }
    sounds_confidential(&rest).is_none()
}

/// Whether words of a clause sound confidential, as [`sounds_confidential`] parts it.
fn sounds_in_list(words: &[Word]) -> Option<Suspicion> {
    let text: Vec<&str> = words.iter().map(|w| w.raw.as_str()).collect();
    sounds_confidential(&text.join(" "))
}

/// Takes out words for people who flee, and leaves why they do.
fn forget_people(words: &mut Vec<Word>) {
    let plain: Vec<Token> = words.iter().map(|w| w.token.clone()).collect();
    let gone: Vec<usize> = WORDS.people.find_in(&plain).iter().map(|h| h.at).collect();
    let mut at = 0;
    words.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

fn words(clause: &str) -> Vec<Word> {
    let mut all = Vec::new();
    for raw in clause.split_whitespace() {
        let bare = raw.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let ends = ["s", "au", "oedd", "i"].iter().any(|end| bare.ends_with(end));
        let parts = tokens(raw);
        let last = parts.len().saturating_sub(1);
        all.extend(parts.into_iter().enumerate().map(|(i, token)| Word {
            many: i == last && ends && token.word != bare,
            token,
            raw: if i == 0 { raw.to_owned() } else { String::new() },
        }));
    }
    all
}

/// Where a frame opens whose service is somebody else's, and where something else begins after it: so many words stand before each.
fn before_mention(frame: &Frame, plain: &[Token], words: &[Word], for_all: bool) -> Option<(usize, usize)> {
    (0..plain.len()).find_map(|at| {
        let after = opened(frame, plain, at)?;
        let active = plain[at].word.ends_with("ing");
        let passive = frame.refers && at > 0 && PASSIVE.contains(&plain[at - 1].word.as_str()) && !active;
        if passive || has_it_too(&plain[..at]) || sounds_in(&plain[..at]).is_some() {
            return None;
        }
        // `A house for those leaving a refuge` is a place to stay itself.
        if frame.many && places_to_stay(&plain[..at]).contains(&true) {
            return None;
        }
        let of_people = at > 0 && LEAVING.contains(&plain[at - 1].word.as_str());
        let end = starts(frame, plain, after).find(|s| is_others(frame, words, *s, for_all, of_people))?;
        Some((at, end + something_else(frame, &plain[end..])))
    })
}

/// After so many words of what is done for another something else is done: `…, or give you a bed in a safe house`. What goes on as a list does not:
/// `refuges and hostels`.
fn something_else(frame: &Frame, words: &[Token]) -> usize {
    let joins = |w: &Token| ["and", "or", "but", "then", "ac", "neu", "ond"].contains(&w.word.as_str());
    let begins = |at: &usize| {
        let next: Vec<&str> = words[at + 1..].iter().take(3).map(|w| w.word.as_str()).collect();
        // `Or house you`, `or we can house you`; but `or a safe house`.
        let verb = |i: usize| !NOUNS_TOO.contains(&next[i]) || i == 0 || BEFORE_VERBS.contains(&next[i - 1]);
        let does = (0..next.len()).any(|i| HAVING.contains(&next[i]) || DOING.contains(&next[i]) && verb(i));
        // `Clothes for refuges and a sanctuary house`; but one is referred `to a refuge or a safe house`.
        let has = !frame.refers && next.first().is_some_and(|w| ["a", "an"].contains(w));
        does || has
    };
    (0..words.len()).filter(|at| joins(&words[*at])).find(begins).unwrap_or(words.len())
}

/// The word after the opening of a frame at a position.
fn opened(frame: &Frame, plain: &[Token], at: usize) -> Option<usize> {
    let end = at + frame.opens.len();
    let (last, first) = frame.opens.split_last()?;
    let own = plain.get(at..end)?;
    let same = first.iter().zip(own).all(|(a, b)| *a == b.word);
    let word = &own[own.len() - 1].word;
    (same && (word == last || frame.stem && word.starts_with(last.as_str()))).then_some(end)
}

/// `We run and refer to refuges`: the verb of having stands with that of the frame.
fn has_it_too(before: &[Token]) -> bool {
    let mut back = before.iter().rev();
    let joined = back.next().is_some_and(|w| ["and", "or"].contains(&w.word.as_str()));
    joined && back.next().is_some_and(|w| HAVING.contains(&w.word.as_str()))
}

/// Where the object of an opened frame may begin.
fn starts<'a>(frame: &'a Frame, plain: &'a [Token], after: usize) -> impl Iterator<Item = usize> + 'a {
    let at_once = frame.then.is_empty().then_some(after);
    let later = frame.then.iter().flat_map(move |then| {
        (0..=frame.between).filter_map(move |n| {
            let at = after + n;
            let met = plain.get(at..at + then.len())?.iter().zip(then).all(|(a, b)| a.word == *b);
            let between = plain.get(after..at)?;
            // `Our charity this year is` the refuge: the year is no place.
            let own = WORDS.own.find_in(between).iter().any(|h| between[h.at].word != "this") || places_to_stay(between).contains(&true);
            let people = !frame.people && people_who_flee(between).contains(&true);
            (met && !own && !people).then_some(at + then.len())
        })
    });
    at_once.into_iter().chain(later)
}

/// Whether what begins at a position is a service, and somebody else's.
fn is_others(frame: &Frame, words: &[Word], start: usize, for_all: bool, of_people: bool) -> bool {
    let object: Vec<Token> = words[start..].iter().map(|w| w.token.clone()).collect();
    let Some(end) = (1..=object.len()).find(|n| sounds_in(&object[..*n]).is_some()) else { return false };
    let begin = (0..end).rev().find(|from| sounds_in(&object[*from..end]).is_some()).unwrap_or(0);
    let to_own = for_all && frame.gives && object.first().is_some_and(|w| w.word == "our");
    // `Refuges and other help` are others'; `other refuges` are those of whoever has one.
    let own = |words: &[Token], but: &[&str]| WORDS.own.find_in(words).iter().any(|h| !but.contains(&words[h.at].word.as_str()));
    if own(&object[usize::from(to_own).min(end)..end], &[]) || own(&object[end..], &["other", "another", "further", "same"]) {
        return false;
    }
    let lead = &object[..begin];
    let inside = lead.iter().any(|w| INSIDE.contains(&w.word.as_str()));
    // `Training for staff of refuges`, and not `training for staff is held at the refuge`.
    let of_staff = |at: usize| at > 0 && STAFF.contains(&lead[at - 1].word.as_str());
    let staff = frame.staff && (0..lead.len()).all(|at| !INSIDE.contains(&lead[at].word.as_str()) || of_staff(at));
    // `Those leaving a refuge` leave any; `those leaving the refuge` leave this one.
    let article =
        lead.iter().any(|w| ["the", "y", "yr"].contains(&w.word.as_str()) || !of_people && ["a", "an"].contains(&w.word.as_str()));
    let many = !frame.many || words[start + end - 1].many || !article;
    lead.len() <= LEAD && (!inside || staff) && many
}

/// `Free for foster carers, refuges and hostels`: one of a list of institutions, and of many.
fn is_given_to_many(plain: &[Token], words: &[Word]) -> bool {
    let opens = |w: &Token| ["for", "from", "by", "with", "to"].contains(&w.word.as_str());
    (0..plain.len()).filter(|at| opens(&plain[*at])).any(|at| is_list_with_institutions(plain, words, at))
}

/// `Supplies for families in refuges`, said of a food bank: it has none itself, and says of nobody which one.
fn speaks_of_many(plain: &[Token], words: &[Word]) -> bool {
    let single = (0..plain.len()).filter(|at| sounds_in(&plain[*at..=*at]).is_some()).collect::<Vec<_>>();
    let without: Vec<Token> = plain.iter().enumerate().filter(|(at, _)| !single.contains(at)).map(|(_, w)| w.clone()).collect();
    let having = plain.iter().any(|w| HAVING.contains(&w.word.as_str()));
    let many = !single.is_empty() && single.iter().all(|at| words[*at].many);
    many && !having && WORDS.own.find_in(plain).is_empty() && sounds_in(&without).is_none()
}

/// As [`is_given_to_many`], for a list that begins after a word.
fn is_list_with_institutions(plain: &[Token], words: &[Word], at: usize) -> bool {
    let list = &plain[at + 1..];
    let items = list.split(|w| ["and", "or", "a", "ac"].contains(&w.word.as_str())).count();
    let many = (0..list.len()).filter(|i| sounds_in(&list[*i..=*i]).is_some()).collect::<Vec<_>>();
    let each = !many.is_empty() && many.iter().all(|i| words[at + 1 + i].many);
    let inside = many.first().is_some_and(|i| list[..*i].iter().any(|w| ["in", "at", "inside", "within"].contains(&w.word.as_str())));
    let having = plain[..at].iter().any(|w| HAVING.contains(&w.word.as_str()));
    let others = !WORDS.institutions.find_in(list).is_empty();
    // Nothing but the single words sounds like it: `refuges and flats for abused women` does.
    let without: Vec<Token> = list.iter().enumerate().filter(|(i, _)| !many.contains(i)).map(|(_, w)| w.clone()).collect();
    let rest = sounds_in(&plain[..at]).is_none() && sounds_in(&without).is_none();
    items > 1 && each && others && rest && !having && !inside && WORDS.own.find_in(list).is_empty()
}

#[cfg(test)]
mod tests;

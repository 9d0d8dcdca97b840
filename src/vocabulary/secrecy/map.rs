//! A place that a map does not show, or shows elsewhere on purpose; and entries that are not for everybody.

use super::{KEPT_BACK, NO, is_of_writing};

/// Words for a mark on a map.
const PINS: [&str; 7] = ["position", "pin", "dot", "marker", "coordinate", "geocode", "coord"];
/// What is done to a mark so that it tells no place.
const MOVED: [&str; 24] = [
    "false",
    "fake",
    "dummy",
    "altered",
    "approximate",
    "inaccurate",
    "moved",
    "shifted",
    "offset",
    "jittered",
    "blurred",
    "fuzzy",
    "fuzzed",
    "randomised",
    "deliberately",
    "deliberate",
    "obfuscated",
    "masked",
    "wrong",
    "centroid",
    "instead",
    "obscured",
    "generalised",
    "rounded",
];
/// Of these, those that say so of a whole map, too.
const MOVED_MAPS: [&str; 7] = ["inaccurate", "deliberately", "jittered", "blurred", "obfuscated", "obscured", "masked"];
/// Verbs of leaving out.
const LEAVING_OUT: [&str; 15] = [
    "take", "omit", "omitted", "exclude", "excluded", "remove", "removed", "leave", "left", "keep", "kept", "hide", "hidden", "withhold",
    "taken",
];
/// What something is left out of.
const LISTS: [&str; 11] = ["map", "directory", "web", "website", "listing", "publication", "fap", "finder", "search", "guide", "print"];
/// Those for whom alone an entry is.
const PROFESSIONALS: [&str; 6] = ["professional", "practitioner", "internal", "agency", "worker", "referrer"];
/// What is for them alone.
const ENTRIES: [&str; 8] = ["directory", "eye", "entry", "listing", "version", "view", "record", "list"];
/// What an entry says.
const DETAILS: [&str; 6] = ["detail", "entry", "listing", "record", "manylion", "cofnod"];

pub(super) fn is_off_the_map(words: &[&str]) -> bool {
    is_moved(words) || is_left_out(words) || is_for_professionals(words) || is_withheld_whole(words) || is_unmarked(words)
}

/// `The pin is deliberately inaccurate`; `the coordinates are those of the town hall`; `the point on the map is not exact`.
fn is_moved(words: &[&str]) -> bool {
    let after = |at: usize| &words[at + 1..(at + 8).min(words.len())];
    let not_exact = |near: &[&str]| near.windows(2).any(|w| NO.contains(&w[0]) && ["exact", "accurate", "precise", "true"].contains(&w[1]));
    (0..words.len()).any(|at| {
        let near = after(at);
        // `Pin this page or print it instead`.
        let is_a_verb = at == 0 && words.get(1) == Some(&"this");
        let pin = PINS.contains(&words[at])
            && !is_a_verb
            && (near.iter().any(|w| MOVED.contains(w))
                || near.windows(2).any(|w| {
                    ["those", "that"].contains(&w[0]) && w[1] == "of"
                        || ["town", "district", "area", "village"].contains(&w[0]) && w[1] == "only"
                }));
        let map = words[at] == "map" && near.iter().any(|w| MOVED_MAPS.contains(w));
        (pin || map) || (PINS.contains(&words[at]) || words[at] == "map") && not_exact(near)
    })
}

/// `Please omit from maps`; `kept off the public map`; `ddim ar y map`; `do not geocode`.
fn is_left_out(words: &[&str]) -> bool {
    let left = (0..words.len()).filter(|at| LEAVING_OUT.contains(&words[*at])).any(|at| {
        let near = &words[at + 1..(at + 5).min(words.len())];
        let from = near.iter().position(|w| ["from", "off", "out", "outside"].contains(w));
        // `Remove your name from the directory` is about whoever reads.
        const OF_OTHERS: [&str; 10] = ["your", "eich", "litter", "name", "photo", "picture", "image", "video", "post", "content"];
        from.is_some_and(|n| near[n..].iter().chain(words.get(at + 5..at + 7).unwrap_or_default()).any(|w| LISTS.contains(w)))
            && !is_of_writing(words)
            && !near.iter().any(|w| OF_OTHERS.contains(w))
    });
    let not_on = words.windows(4).any(|w| {
        ["ddim", "not"].contains(&w[0])
            && ["ar", "on"].contains(&w[1])
            && (["map", "fap"].contains(&w[2]) || ["map", "fap"].contains(&w[3]))
    });
    let not_listed = (0..words.len()).filter(|at| ["include", "included", "put", "add", "print"].contains(&words[*at])).any(|at| {
        let near = &words[at + 1..(at + 6).min(words.len())];
        words[at.saturating_sub(2)..at].iter().any(|w| NO.contains(w)) && near.iter().any(|w| LISTS.contains(w))
    });
    let not_for = !is_of_writing(words)
        && words.windows(2).any(|w| w == ["not", "for"])
        && words.len() <= 6
        && words.iter().any(|w| ["release", "publication"].contains(w));
    let not_done = (0..words.len()).any(|at| {
        let before = &words[at.saturating_sub(2)..at];
        let drawn = ["geocode", "geocoded", "plot", "plotted", "pinned", "release", "released"].contains(&words[at]);
        let shown = ["dango", "fapio"].contains(&words[at]);
        (drawn || shown) && before.iter().any(|w| NO.contains(w)) && (drawn || words[at..].iter().any(|w| ["map", "fap"].contains(w)))
    });
    left || not_on || not_listed || not_for || not_done
}

/// `For practitioners' eyes`; `internal entry`; `not in the public version`.
fn is_for_professionals(words: &[&str]) -> bool {
    words.windows(2).any(|w| PROFESSIONALS.contains(&w[0]) && ENTRIES.contains(&w[1]))
        || words.windows(3).any(|w| PROFESSIONALS.contains(&w[0]) && w[1] == "information" && w[2] == "only")
        || words.windows(2).any(|w| w[0] == "public" && ENTRIES.contains(&w[1])) && words.iter().any(|w| NO.contains(w)) && words.len() <= 8
}

/// `Details withheld`; `this entry is not public`: all that a clause says.
fn is_withheld_whole(words: &[&str]) -> bool {
    let joins = ["the", "this", "our", "all", "full", "are", "is", "be", "been", "have", "has", "of", "service"];
    let rest: Vec<&str> = words.iter().copied().filter(|w| !joins.contains(w)).collect();
    match rest.as_slice() {
        [what, state] | [state, what] if DETAILS.contains(what) => KEPT_BACK.contains(state),
        [what, no, state] => DETAILS.contains(what) && NO.contains(no) && ["public", "published", "disclosed", "released"].contains(state),
        _ => false,
    }
}

/// `The building has no sign`.
fn is_unmarked(words: &[&str]) -> bool {
    let no_sign = words.windows(2).any(|w| w[0] == "no" && ["sign", "signage", "signpost", "nameplate"].contains(&w[1]));
    no_sign && words.iter().any(|w| ["building", "house", "door", "premise", "outside", "address"].contains(w))
}

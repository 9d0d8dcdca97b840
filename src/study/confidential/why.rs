//! Why a record is confidential by itself.

use std::borrow::Cow;

use super::Because;
use crate::sources::{Field, Role, ServiceRecord, is_a_mark, neighbours_hide, neighbours_may_say, service_type};
use crate::vocabulary::{
    abbreviates_homes, abbreviates_refuge, about_abuse, is_everyday, is_everyday_whole, is_in_an_unread_script, is_lived_in,
    is_public_kind, is_reticent, is_said_of_all, keeps_place_back, names_a_dwelling, names_a_public_kind, names_only_a_haven,
    nobody_lives_at, only_mentions, sounds_confidential, tokens, types_named, without_ordinary, without_short_streets, without_streets,
};

/// Between the keys of a field within others.
const WITHIN: &str = " › ";
/// Last keys of fields that hold running text: there a refuge may be somebody else's. Names, types and terms name the service itself.
const RUNNING: [&str; 12] = [
    "description",
    "summary",
    "about",
    "details",
    "notes",
    "note",
    "information",
    "eligibility",
    "eligibility_description",
    "application_process",
    "referral_routes",
    "disgrifiad",
];
/// Types whose services speak of places to live that are others'.
const ABOUT_HOUSING: [&str; 8] =
    ["housing_options", "legal_advice", "sanctuary", "training", "immigration_nrpf", "helpline_national", "helpline_local", "web_chat"];

/// Whether a flag or a mark of the record says it, by whatever heading.
pub(super) fn says_so(record: &ServiceRecord) -> bool {
    let anybody = of_anybody(record);
    record.more.confidential == Some(true)
        || record.said.iter().any(|f| f.marks_confidential() || keeps_place_back(&heard(f, anybody)))
        || neighbours_hide(&record.said)
        || keeps_place_back(&record.name)
        || is_marked_by_name(record)
        || record.shared.iter().any(|s| s.marks_confidential())
}

/// Whether a name holds a mark of secrecy in brackets or at its end: `Rowan Project (DO NOT SHARE)`, `Rowan Project - INTERNAL`.
fn is_marked_by_name(record: &ServiceRecord) -> bool {
    let mut parts =
        record.name.split(['(', ')', '[', ']', '{', '}', '\u{2013}', '\u{2014}', '|']).flat_map(|part| part.split(" - ")).skip(1);
    let words: Vec<String> = tokens(&record.name).into_iter().map(|t| t.word).collect();
    let not_to_be_used = matches!(&words[..], [.., not, verb] if not == "not" && ["use", "list", "map", "publish", "share", "show"].contains(&verb.as_str()));
    is_of_the_field(record) && (not_to_be_used || parts.any(|part| is_said_of_all(part) || keeps_place_back(part) || is_a_mark(part)))
}

/// What of a field may say that a place is secret. Running text is heard without clauses that are known to be ordinary.
fn heard(field: &Field, of_anybody: bool) -> Cow<'_, str> {
    if is_running(field) { without_ordinary(&field.value, of_anybody).into() } else { field.value.as_str().into() }
}

/// Whether nothing of a record is of this field, and its kind is one that everybody may know the places of.
fn of_anybody(record: &ServiceRecord) -> bool {
    let texts = record.said.iter().map(|f| f.value.as_str()).chain([record.name.as_str(), &record.provider]);
    types_of(record).is_empty() && !record.more.unknown_type && is_for_all(record) && !texts.into_iter().any(about_abuse)
}

/// Why a record is confidential by itself.
pub(super) fn reason(record: &ServiceRecord) -> Option<Because> {
    if says_so(record) {
        return Some(Because::SaysSo);
    }
    if record.types.iter().filter_map(|t| service_type(t)).any(|t| t.confidential) {
        return Some(Because::Type);
    }
    let names = || [record.name.as_str(), record.provider.as_str()].into_iter();
    let texts = || record.said.iter().map(|f| f.value.as_str()).chain(names());
    let (for_all, anybody) = (is_for_all(record), of_anybody(record));
    let lived_in = is_place_to_live(record);
    // Where people live, a word for a refuge is no other's.
    let types = types_of(record);
    let known = (for_all || !types.is_empty()) && !record.more.unknown_type && !lived_in;
    let anothers = |f: &Field| known && is_running(f) && only_mentions(&f.value, for_all);
    // A night-time safe haven is called so, and is for everybody to find.
    let is_haven = !lived_in && is_night_haven(record);
    let is_shop = |t: &str| anybody && !lived_in && is_called_haven(t);
    let sounds = |t: &str| sounds_confidential(t).is_some() && !((is_haven || is_shop(t)) && names_only_a_haven(t));
    // A name may hold that of a street: `Counselling at Refuge Lane`.
    let named = |t: &str| sounds(&without_short_streets(t));
    let field_sounds = |f: &Field| if holds_a_street(f) { named(&heard(f, anybody)) } else { sounds(&heard(f, anybody)) };
    if names().any(named)
        || record.said.iter().any(|f| field_sounds(f) && !anothers(f))
        || record.shared.iter().any(|s| s.sounds_confidential())
    {
        return Some(Because::Words);
    }
    let speaks_of_abuse = || texts().any(about_abuse) || record.shared.iter().any(|s| s.is_about_abuse());
    let of_the_field = types.iter().any(|t| !ABOUT_HOUSING.contains(t)) || types.is_empty() && speaks_of_abuse();
    if lived_in && of_the_field {
        return Some(Because::LivedIn);
    }
    // Initials say it among people of the field; a shop for S/H books is none of it.
    let names_it = |f: &Field| ["types", "name", "alternate_name"].contains(&last_key(f).to_lowercase().as_str());
    let abbreviated =
        || names().any(|t| abbreviates_refuge(t, true)) || record.said.iter().any(|f| abbreviates_refuge(&f.value, names_it(f)));
    let units = || texts().any(abbreviates_homes);
    if of_the_field && (abbreviated() || units() || neighbours_may_say(&record.said)) {
        return Some(Because::Words);
    }
    let is_unread = |f: &Field| (is_running(f) || last_key(f) == "alternate_name") && is_in_an_unread_script(&f.value);
    if of_the_field && (names().any(is_in_an_unread_script) || record.said.iter().any(is_unread)) {
        return Some(Because::Unread);
    }
    // What it says of its own address, unless that is plainly an ordinary thing to say.
    if of_the_field && record.said.iter().any(|f| is_running(f) && is_reticent(&heard(f, anybody))) {
        return Some(Because::SaysSo);
    }
    if record.more.unknown_type || (record.types.is_empty() && about_abuse(&record.name) && !nobody_lives_at(&record.name)) {
        return Some(Because::UnknownType);
    }
    (record.types.is_empty() && !for_all && speaks_of_abuse()).then_some(Because::AboutAbuse)
}

/// Whether a record is about abuse: by its types, or where it has none by its words.
pub(super) fn is_of_the_field(record: &ServiceRecord) -> bool {
    let texts = record.said.iter().map(|f| f.value.as_str()).chain([record.name.as_str(), &record.provider]);
    let speaks = || texts.into_iter().any(about_abuse) || record.shared.iter().any(|s| s.is_about_abuse());
    !types_of(record).is_empty() || record.more.unknown_type || speaks()
}

/// Whether a record without a type may be about abuse for all that is known of it: it is for women and girls, and of no kind that everybody may find.
pub(super) fn may_be_of_the_field(record: &ServiceRecord) -> bool {
    const WHOM: [&str; 8] = ["girl", "woman", "wife", "wive", "wives", "daughter", "husband", "bride"];
    let mut texts = record.said.iter().filter(|f| is_running(f)).map(|f| f.value.as_str()).chain([record.name.as_str()]);
    let is_known = is_for_all(record) || is_everyday(&record.name) || record.terms.iter().any(|t| is_everyday(t));
    is_of_the_field(record) || !is_known && texts.any(|t| tokens(t).iter().any(|w| WHOM.contains(&w.word.as_str())))
}

/// Of so many words a text says something of what it describes.
const WORDS_OF_A_DESCRIPTION: usize = 4;

/// Whether nothing of a record says what kind of service it is: it has no type and no description, and neither its name nor a term is one that is recognised.
pub(super) fn is_not_recognised(record: &ServiceRecord) -> bool {
    let types = record.said.iter().filter(|f| last_key(f) == "types").map(|f| f.value.as_str());
    let mut texts = [record.name.as_str()].into_iter().chain(record.terms.iter().map(String::as_str)).chain(types);
    let is_described = record.said.iter().any(|f| is_running(f) && tokens(&f.value).len() >= WORDS_OF_A_DESCRIPTION);
    types_of(record).is_empty()
        && !is_described
        && !names_a_public_kind(&without_streets(&record.name, is_everyday_whole))
        && !record.terms.iter().any(|t| is_public_kind(t))
        && !texts.any(|t| is_everyday(t) || !types_named(t, true).is_empty())
}

/// Whether a record that is not confidential speaks of a confidential service that is somebody else's.
pub(super) fn mentions_another(record: &ServiceRecord) -> bool {
    record.said.iter().any(|f| is_running(f) && sounds_confidential(&f.value).is_some())
}

/// Whether the record says by itself, and not by its name, that it is a night-time safe haven and nothing else.
fn is_night_haven(record: &ServiceRecord) -> bool {
    const HAVEN: &str = "safe_haven_night";
    let is_haven = |text: &str| text.split([';', '|']).any(|t| service_type(t.trim()).is_some_and(|t| t.id == HAVEN));
    let given = record.terms.iter().any(|t| is_haven(t)) || record.said.iter().any(|f| last_key(f) == "types" && is_haven(&f.value));
    given && !record.more.unknown_type && record.types.iter().all(|t| t == HAVEN)
}

/// Its types; where it has none, those that its terms name, which a directory of everything may mean otherwise: for secrecy they are taken at their word.
fn types_of(record: &ServiceRecord) -> Vec<&str> {
    if !record.types.is_empty() {
        return record.types.iter().map(String::as_str).collect();
    }
    record.terms.iter().filter_map(|t| service_type(t)).map(|t| t.id.as_str()).collect()
}

/// Whether its name or a term says that it is of a kind that everybody may know the places of.
fn is_for_all(record: &ServiceRecord) -> bool {
    names_a_public_kind(&record.name) || record.terms.iter().any(|t| is_public_kind(t))
}

fn last_key(field: &Field) -> &str {
    field.heading.rsplit_once(WITHIN).map_or(field.heading.as_str(), |(_, last)| last)
}

/// Whether a field may hold the name of a street: it is a name of the service, or tells where it is.
fn holds_a_street(field: &Field) -> bool {
    field.role == Role::Whereabouts || ["name", "alternate_name", "provider"].contains(&last_key(field).to_lowercase().as_str())
}

/// Whether a name is that of a public kind which is called a haven, as a pharmacy is, and says nothing of those whom it is for.
fn is_called_haven(name: &str) -> bool {
    const WHOM: [&str; 8] = ["woman", "female", "girl", "lady", "mother", "mum", "child", "survivor"];
    names_a_public_kind(name) && !tokens(name).iter().any(|w| WHOM.contains(&w.word.as_str()))
}

fn is_running(field: &Field) -> bool {
    RUNNING.contains(&last_key(field).to_lowercase().as_str())
}

/// Whether people live there, by what is said of the service alone: an organisation may have houses elsewhere.
fn is_place_to_live(record: &ServiceRecord) -> bool {
    let of_others = |f: &Field| f.heading.starts_with("organi") || ["name", "provider"].contains(&f.heading.as_str());
    names_a_dwelling(&record.name) || record.said.iter().any(|f| !of_others(f) && is_lived_in(&f.value))
}

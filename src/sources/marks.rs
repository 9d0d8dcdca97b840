//! Marks of secrecy: a yes or a no under a heading that speaks of hiding or of publishing.
//!
//! A mark that cannot be read as the safe answer is taken for the other: `Confidential: see notes` hides, `Publish address: ask first` hides.

use super::record_fields::{Field, Role, WITHIN, heading_as_read};
use crate::vocabulary::{MarkWord, Token, is_mask, sounds_confidential, tokens};

mod alone;
mod elsewhere;
mod heard;
mod pairs;
mod unknown;
mod words;

pub use pairs::neighbours_hide;
pub(super) use pairs::pair_hides;
pub use unknown::{heading_key, neighbours_may_say};
pub(super) use words::UNDER_A_LABEL;

use alone::says_it_alone;
use elsewhere::shows_elsewhere;
use heard::{is_one_of, says};
use words::{
    ALSO_OPEN, LEAVE, LEVELS, LODGING, NEGATIONS, NO, OF_DAYS_AND_NAMES, OF_OTHER_LEAVE, OF_OTHER_THINGS, OPEN, OTHER_MATTERS, REFUSALS,
    SECRET, TOLD, WEAK_LEAVE, YES,
};

impl Field {
    /// Whether a mark under this heading says that the service is confidential, or may say so: `address confidential`: `Y`; `publish address`: `no`.
    ///
    /// What cannot be read as the safe answer is taken for the other: `unknown`, `see notes`.
    pub fn marks_confidential(&self) -> bool {
        // A full stop is no part of an answer.
        let value = self.value.trim().trim_end_matches(['.', '!']).to_lowercase();
        if says_it_alone(&value) && !is_of_a_sector(&self.heading, &value)
            || is_code_of_secrecy(self.value.trim())
            || pairs::text_hides(&self.value)
        {
            return true;
        }
        // `"publish address": {"value": "no"}` is said under the heading before the last.
        let mut heading = self.heading.as_str();
        while let Some((before, key)) = heading.rsplit_once(WITHIN) {
            if !UNDER_A_LABEL.contains(&key.to_lowercase().as_str()) {
                break;
            }
            heading = before;
        }
        let (within, last) = self.heading.rsplit_once(WITHIN).unwrap_or(("", &self.heading));
        let named = heading.rsplit_once(WITHIN).map_or(heading, |(_, named)| named);
        let is_generic = heading.len() < self.heading.len();
        match (self.role, last) {
            (_, "capacity_unit") => tokens(&value).iter().any(|w| LODGING.contains(&w.word.as_str())),
            (_, "confidential") => !NO.contains(&value.as_str()),
            (Role::Read, "status") => for_whom("status", &value),
            // What is read holds words, which are read as words; but under a key of secrecy it may be the answer: `"confidential": {"value": true}`.
            (Role::Read | Role::Served, _) => hides(within, &value) || is_generic && self.is_marked_under(heading, named, &value),
            _ => self.is_marked_under(heading, named, &value),
        }
    }
}

impl Field {
    /// Whether the value is a mark under a heading, `named` the last key of it that names anything.
    fn is_marked_under(&self, heading: &str, named: &str, value: &str) -> bool {
        hides(heading, value)
            || does_not_publish(named, value)
            || refuses(heading, value)
            || houses(named, value)
            || for_some_only(named, value)
            || for_whom(named, value)
            || shows_elsewhere(named, value)
            || is_flagged(named, self.value.trim())
            || (self.role == Role::Whereabouts && is_mask(self.value.trim()))
    }
}

/// Whether a heading speaks of secrecy, and the value under it is no plain no.
fn hides(heading: &str, value: &str) -> bool {
    let words = without_other_matters(heading);
    if words.is_empty() {
        return false;
    }
    let part_4 = words.windows(2).any(|w| w[0].word == "part" && w[1].word == "4") || is_one_of(&words, &["part4"]);
    let secret = says(&words, &SECRET) || sounds_confidential(heading).is_some() || part_4 && YES_OR_TICK.contains(&value);
    // Protected characteristics, protection of data and the secure parts of a site are another matter.
    let other = ["policy", "statement", "agreement", "notice", "characteristic", "group", "species", "data", "trust"];
    let place = ["location", "site", "address", "premise", "building"];
    let secure = is_one_of(&words, &["secure", "safe", "shield"]) && is_one_of(&words, &place);
    let internal = is_one_of(&words, &["internal"]) && is_one_of(&words, &["only", "use", "entry"]);
    let flag = is_one_of(&words, &["flag"]) && is_one_of(&words, &["safety", "risk", "safeguarding", "address", "location"]);
    // A heading of this one word says nothing else.
    let alone = words.len() == 1 && is_one_of(&words, &["secure", "protect"]);
    // What is said there is confidential, and not where it is; rooms are private.
    let of_talk = is_one_of(&tokens(value), &["session", "call", "conversation", "talk", "discussion", "chat", "information"])
        && !is_one_of(&tokens(value), &["address", "location", "site", "place", "where"]);
    let space =
        is_one_of(&words, &["room", "garden", "space", "consultation"]) && is_one_of(&words, &["private"]) && !is_one_of(&words, &place);
    let trauma = words.windows(2).any(|w| w[0].word == "sensitive" && w[1].word == "to");
    // `Privacy`: a private interview room; `Confidentiality`: free and confidential.
    let of_practice = ["room", "interview", "free", "service", "support", "advice", "counselling"];
    let practice = words.len() == 1
        && (words[0].word == "privacy" || words[0].word.starts_with("confidentiality"))
        && is_one_of(&tokens(value), &of_practice)
        && !is_one_of(&tokens(value), &["address", "location", "site", "place", "where", "premise"]);
    let other =
        is_one_of(&words, &other) || space || trauma || practice || is_of_contacts(&words) || (of_talk && !is_one_of(&words, &place));
    let of_secrecy = (secret || secure || internal || flag || alone || is_ex_directory(&words)) && !other;
    of_secrecy && if is_one_of(&words, &NEGATIONS) && !says(&words, &OPEN) { !YES.contains(&value) } else { !NO.contains(&value) }
}

/// The words of a heading without phrases about things that are shown, shared or restricted and are no place: `Public WiFi`, `Data sharing agreement`. Of
/// `Publish (consent form received)` the first word stays.
fn without_other_matters(heading: &str) -> Vec<Token> {
    let mut words = tokens(heading);
    for phrase in OTHER_MATTERS {
        while let Some(at) = words.windows(phrase.len()).position(|w| w.iter().zip(phrase).all(|(word, of)| word.word == *of)) {
            words.drain(at..at + phrase.len());
        }
    }
    words
}

/// Whether a heading speaks of publishing, and the value under it is no plain yes.
fn does_not_publish(heading: &str, value: &str) -> bool {
    let words = without_other_matters(heading);
    let of_others = is_of_contacts(&words)
        || is_one_of(&words, &OF_OTHER_THINGS)
        || words.last().is_some_and(|w| OF_DAYS_AND_NAMES.contains(&w.word.as_str()));
    let of_publishing = says(&words, &OPEN) && !of_others;
    // Under `Public opening hours` stand hours: only a plain no may say more.
    let place = ["address", "location", "site", "premise", "map", "pin", "marker", "postcode", "place"];
    let of_a_thing = (is_open_to_the_public(&words) || words.last().is_some_and(|w| OPEN_THINGS.contains(&w.word.as_str())))
        && !is_one_of(&words, &place);
    // A day under `published` is that on which it was.
    of_publishing
        && !is_plain_date(value)
        && !unknown::is_date(value)
        && match (is_one_of(&words, &NEGATIONS), of_a_thing) {
            (true, _) => !NO.contains(&value),
            (false, true) => NO.contains(&value),
            (false, false) => !YES.contains(&value),
        }
}

/// Last words of headings of things that are public and hold something themselves.
const OPEN_THINGS: [&str; 10] = ["hour", "form", "link", "event", "meeting", "website", "description", "note", "summary", "text"];

/// Whether a heading asks when or how everybody may come: `Open to the public`.
fn is_open_to_the_public(words: &[Token]) -> bool {
    is_one_of(words, &["open"]) && is_one_of(words, &["public"])
}

/// Whether a heading is of how to ring or write to a service, and not of where it is: `Hide email`, `Show phone number`.
fn is_of_contacts(words: &[Token]) -> bool {
    const CONTACTS: [&str; 8] = ["phone", "telephone", "tel", "email", "mobile", "fax", "voicemail", "landline"];
    const PLACES: [&str; 10] = ["address", "location", "site", "premise", "map", "pin", "marker", "postcode", "place", "building"];
    is_one_of(words, &CONTACTS) && !is_one_of(words, &PLACES)
}

/// Whether a plain no stands under a heading of mapping, sharing or consent.
fn refuses(heading: &str, value: &str) -> bool {
    let words = without_other_matters(heading);
    let turned = is_one_of(&words, &NEGATIONS);
    let alone = |list: &[&str]| words.len() == 1 && is_one_of(&words, list);
    let leave = is_one_of(&words, &LEAVE) && is_one_of(&words, &TOLD);
    // To be shown on a page; that there is no page is no refusal.
    let shown =
        ["on", "list", "listed", "show", "include", "put", "publish", "advertise", "appear", "consent", "upload", "listing", "display"];
    let of_another = is_one_of(&words, &["video", "form", "leaflet", "poster", "bsl", "translation", "link"]);
    let on_page = !of_another && is_one_of(&words, &["web", "website", "page"]) && is_one_of(&words, &[&shown[..], &LEAVE[..]].concat())
        || alone(&["web", "pin", "marker"]);
    // A building that is listed for its age, a charity that is registered, a number to ask.
    let heritage = is_one_of(&words, &["listed"])
        && is_one_of(&words, &["building", "grade", "ii", "status", "charity", "company"])
        && !is_one_of(&words, &["directory", "address"]);
    let enquiries = is_one_of(&words, &["enquiry", "enquiries"]);
    let told = (is_one_of(&words, &ALSO_OPEN) || on_page) && !heritage && !enquiries;
    let of_place = is_one_of(&words, &["address", "location", "postcode", "whereabout"]);
    let weak = is_one_of(&words, &WEAK_LEAVE) && (of_place || !is_one_of(&words, &OF_OTHER_LEAVE));
    let included = is_one_of(&words, &["include", "included"]) && (words.len() == 1 || of_place);
    let asks = (told || weak || leave || included) && !is_ex_directory(&words);
    asks && if turned { YES.contains(&value) } else { REFUSALS.contains(&value) }
}

fn is_ex_directory(words: &[Token]) -> bool {
    words.windows(2).any(|w| w[0].word == "ex" && w[1].word == "directory")
}

/// Whether a heading speaks of people who live there, and the value under it is no plain no: `beds`: 8.
fn houses(heading: &str, value: &str) -> bool {
    const OF_LIVING: [&str; 12] = [
        "bed",
        "bedroom",
        "bedspace",
        "residential",
        "accommodation",
        "sleeps",
        "sleep",
        "overnight",
        "tenancy",
        "tenure",
        "gwely",
        "gwelyau",
    ];
    let words = tokens(heading);
    let phrase = |two: [&str; 2]| words.windows(2).any(|w| w[0].word == two[0] && w[1].word == two[1]);
    // Rent may be that of a hall; that of a week is paid by somebody who lives there.
    let stays = phrase(["service", "charge"]) || phrase(["length", "of"]) && is_one_of(&words, &["stay"]);
    let rent = is_one_of(&words, &["rent"]) && tokens(value).iter().any(|w| ["week", "month", "weekly"].contains(&w.word.as_str()));
    (is_one_of(&words, &OF_LIVING) || stays || rent) && !NO.contains(&value)
}

/// Whether a heading speaks of who may see an entry, and the value names those of the trade or a class of secrecy: `audience`: `practitioners`.
fn for_whom(heading: &str, value: &str) -> bool {
    const SEEN_BY: [&str; 14] = [
        "audience",
        "viewable",
        "view",
        "viewer",
        "see",
        "visibility",
        "circulation",
        "distribution",
        "handling",
        "marking",
        "tlp",
        "classification",
        "sensitivity",
        "status",
    ];
    const SOME: [&str; 27] = [
        "professional",
        "practitioner",
        "staff",
        "internal",
        "agency",
        "partner",
        "restricted",
        "sensitive",
        "secret",
        "red",
        "amber",
        "confidential",
        "private",
        "worker",
        "police",
        "protected",
        "obscured",
        "suppressed",
        "suppress",
        "embargo",
        "embargoed",
        "hidden",
        "unlisted",
        "withheld",
        "redacted",
        "unpublished",
        "masked",
    ];
    let words = tokens(heading);
    let level = is_one_of(&words, &["access", "sharing"]) && is_one_of(&words, &["level", "right", "class"]);
    let typed = is_one_of(&words, &["address", "location"]) && is_one_of(&words, &["type", "status", "class"]);
    let said = tokens(value);
    let place = ["address", "location", "site", "premise"];
    let of_levels = is_one_of(&words, &["sensitivity", "security"]) || is_one_of(&words, &["risk"]) && is_one_of(&words, &place);
    let level_is_high = of_levels && is_one_of(&said, &LEVELS);
    let not_for = said.first().is_some_and(|w| w.word == "not") && is_one_of(&said, &["release", "public", "publication"]);
    // An audience of the trade and of everybody is everybody, unless these are named to be left out; a contract's light is that of its progress.
    let leaves_out = is_one_of(&said, &NEGATIONS) || is_one_of(&said, &["except", "excluding", "excluded", "other", "without"]);
    // Public bodies are of the trade, and so is whoever alone may see it.
    let bodies = ["sector", "body", "bodies", "authority", "service", "health", "agency", "sphere", "partner"];
    let at_large =
        |(i, w): (usize, &Token)| w.word == "public" && !said.get(i + 1).is_some_and(|next| bodies.contains(&next.word.as_str()));
    let for_those_alone = is_one_of(&said, &["only"]) && is_one_of(&said, &SOME);
    let everybody = is_one_of(&said, &["everyone", "everybody", "anyone"]) || said.iter().enumerate().any(at_large);
    let of_everybody = everybody && !leaves_out && !for_those_alone;
    let of_progress = is_one_of(&words, &["contract", "rag"]) && !of_levels && !is_one_of(&words, &place);
    if of_everybody || of_progress {
        return false;
    }
    level_is_high || (is_one_of(&words, &SEEN_BY) || level || typed) && (is_one_of(&said, &SOME) || not_for)
}

/// Whether one of several tags or flags is a word for secrecy, or its abbreviation: `tags`: `confidential; women`; `flags`: `DNP`.
fn is_flagged(heading: &str, value: &str) -> bool {
    let of_tags = is_one_of(&tokens(heading), &["tag", "flag", "marker", "label", "alert", "warning", "marking"]);
    // Among remarks an adjective may be of anything: codes and whole phrases only.
    let of_remarks = is_one_of(&tokens(heading), &["comment", "note", "remark", "admin"]);
    let plain = |tag: &str| plain_words(&heading_as_read(tag));
    let said = |tag: &str| {
        says_it_alone(&tag.to_lowercase())
            || says_it_alone(&plain(tag))
            || SHORT.contains(&tag.to_uppercase().as_str())
            || is_code_of_secrecy(tag)
    };
    let coded = |tag: &str| is_code_of_secrecy(tag) || tag.contains([' ', '-']) && says_it_alone(&tag.to_lowercase());
    value.split([';', ',', '|', '/']).map(str::trim).any(|tag| of_tags && said(tag) || of_remarks && coded(tag))
}

/// Whether a plain yes stands under a heading such as `professionals only`. What else is for some only, as `term time only` is, nobody knows to say so.
fn for_some_only(heading: &str, value: &str) -> bool {
    let words = tokens(heading);
    // How people come to it is another matter: `Professional referrals only`.
    is_one_of(&words, &["only"])
        && !is_one_of(&words, &["referral", "appointment", "signposting"])
        && YES.contains(&value)
        && (MarkWord::Trade.is_in(&words) || is_one_of(&words, &["internal", "office", "admin"]))
}

/// `Sector: private`, `Ownership: private`: who runs it, and not who may know of it.
fn is_of_a_sector(heading: &str, value: &str) -> bool {
    let of = ["sector", "ownership", "owner", "provider", "practice", "company", "business", "landlord", "organisation", "organization"];
    value == "private" && is_one_of(&tokens(heading), &of)
}

/// What stands under the number of a duty where it is meant.
const YES_OR_TICK: [&str; 6] = ["yes", "y", "true", "x", "✓", "✔"];

/// Abbreviations of secrecy.
const SHORT: [&str; 6] = ["CONF", "DNP", "DND", "DNM", "NFP", "PRIV"];

/// Whether a value is nothing but a code for secrecy, whatever it stands under: `DNP`, `TLP:RED`, a lock.
fn is_code_of_secrecy(value: &str) -> bool {
    const LOCKS: [char; 9] = ['🤫', '🔒', '🔐', '🤐', '🚫', '🔏', '🙈', '⛔', '\u{fe0f}'];
    // Not-for-profits, conferences and funds are abbreviated like the others.
    let code = ["DNP", "DNM"].contains(&value);
    let said = plain_words(value);
    let tlp =
        ["tlp red", "tlp amber"].iter().any(|light| said.strip_prefix(light).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
    code || tlp || (!value.is_empty() && value.chars().all(|c| LOCKS.contains(&c)))
}

fn plain_words(text: &str) -> String {
    tokens(text).into_iter().map(|t| t.word).collect::<Vec<_>>().join(" ")
}

/// `2026-03-31` or `31/03/2026`, and nothing else: what is taken for a date here is not looked at for a place.
fn is_plain_date(text: &str) -> bool {
    let text = text.split(['T', ' ']).next().unwrap_or("");
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [a, b, c] = parts.as_slice() else { return false };
    let (year, month, day) = if text.contains('/') { (c, b, a) } else { (a, b, c) };
    let month = year.parse().ok().zip(month.parse().ok()).and_then(|(y, m)| crate::units::Month::new(y, m));
    year.len() == 4 && month.zip(day.parse::<u32>().ok()).is_some_and(|(m, d)| (1..=m.days()).contains(&d))
}

#[cfg(test)]
mod tests;

//! Services that keep their place secret: why one counts as such, and records that tell where it is.

use super::Said;

/// Why a service is confidential: its record says so.
pub const SAYS_SO: &str = "its record says so";
/// Its type is one whose addresses are secret.
pub const SECRET_TYPE: &str = "a type of it keeps its address secret";
/// A word in it speaks of secrecy.
pub const SECRET_WORDS: &str = "a word of its record, or of its organisation, sounds like it";
/// People live there.
pub const LIVED_IN: &str = "people live there";
/// Nobody knows its type.
pub const UNKNOWN_TYPE: &str = "its type is not known";
/// It speaks of abuse, and nobody knows its type.
pub const ABOUT_ABUSE: &str = "it speaks of abuse and its type is not known";
/// A text is in a script that is not read.
pub const UNREAD_SCRIPT: &str = "its name or description is in a script that is not read";
/// A column that nobody knows may say so.
pub const UNKNOWN_MARK: &str = "a column of it that nobody knows may say so";
/// Another record of the same service is confidential.
pub const SECRET_ELSEWHERE: &str = "the same service is confidential in another record";

/// What a record may carry that tells a place: an area in words.
pub const AREA_IN_WORDS: &str = "an area in words that is no authority";

/// What says where a confidential service is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Teller {
    /// Its own record.
    Record,
    /// What is said of several services at once.
    SharedText,
}

fn tells(teller: Teller, because: &str, kinds: &str) -> String {
    match teller {
        Teller::Record => format!("a service that is confidential, or may be, since {because}, carries {kinds} (not shown)"),
        Teller::SharedText => {
            format!("what is said of several services, of which one is confidential, or may be, since {because}, holds {kinds} (not shown)")
        }
    }
}

/// A place of a confidential service is told: the run stops. What tells it is named, never shown.
pub fn confidential_place(teller: Teller, because: &str, kinds: &str) -> Said {
    Said::new(
        tells(teller, because, kinds),
        "If it is confidential, remove that from the record, at its source if you can, and delete the copy you hold; keep the code of the authority that it serves. \
         If anybody may know where it is, say so in the plan: `[[study.public-place]]` with `id = \"…\"` and `because = \"…\"`. If only its type is not known, give one. \
         If you cannot change the feed: `confidential-locations = \"discard\"` in its `[[source]]`.",
    )
}

/// The same, where the plan lets it be discarded.
pub fn confidential_place_discarded(teller: Teller, because: &str, kinds: &str) -> Said {
    Said::new(
        tells(teller, because, kinds) + ": discarded",
        "Nothing of it was kept, as the plan asks. Ask the publisher to take it out of the feed, and delete copies that you do not need.",
    )
}

/// So many services count as confidential though no record says so.
pub fn confidential_by_words(services: usize) -> Said {
    let what = match services {
        1 => "a service counts as confidential, by its words or because its type is not known: no output names it".to_owned(),
        n => format!("{n} services count as confidential, by their words or because their type is not known: no output names them"),
    };
    Said::new(
        what,
        "If anybody may know where it is, say so in the plan: `[[study.public-place]]` with `id = \"…\"` and `because = \"…\"`. If only its type is not known, give one.",
    )
}

/// A service without a type whose name says nothing by which it is recognised.
pub fn service_not_recognised() -> Said {
    Said::new(
        "the service has no type, and its name does not say what it is: no output names it or shows where it is",
        "Give it a type (`gapmap explain service-types` lists them). One that has none in the list, and that anybody may find, is named in the plan: \
         `[[study.public-place]]` with `id = \"…\"` and `because = \"…\"`.",
    )
}

/// Answers, classes or kinds under headings that nobody knows, beside places: the run stops, or the places are discarded.
///
/// `headings` may be shown, as they are written in a plan. Values are not: of a class or a kind of place each is named in the plan by whoever looks it up.
pub fn unknown_marks(services: usize, headings: &[String], hides_a_value: bool, discarded: bool) -> Said {
    let of = if services == 1 { "a service".to_owned() } else { format!("{services} services") };
    let listed = headings.iter().map(|h| format!("\"{}\"", as_toml(h))).collect::<Vec<_>>().join(", ");
    let what = match (headings.is_empty(), hides_a_value) {
        (true, _) => {
            format!(
                "a status, a class of secrecy or a kind of place that is not known (not shown) may say that the place of {of} is secret"
            )
        }
        (false, true) => {
            format!(
                "what stands under {listed}, and a class or kind of place that is not known (not shown), may say that the place of {of} is secret"
            )
        }
        (false, false) => format!("what stands under {listed} is not known, and may say that the place of {of} is secret"),
    };
    let by_value = if hides_a_value { " A class or kind of place is named with its value: `\"Location type: GP surgery\"`." } else { "" };
    let columns = if headings.is_empty() { "\"…\"".to_owned() } else { listed };
    let next = format!(
        "Ask whoever fills it in. What says whether a place may be told belongs under `confidential`, with yes or no, and those with yes carry no place. \
         What says nothing of that is named in the plan, under `[study]`: `harmless-columns = [{columns}]`. Take out of this list what may say it.{by_value} \
         If you cannot change the feed: `confidential-locations = \"discard\"` in its `[[source]]`."
    );
    Said::new(if discarded { what + ": discarded" } else { what }, next)
}

/// A text between the quotes of a plan.
fn as_toml(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

//! The room of texts: every sentence of a finding, drawn from the message that its analysis chose.
//!
//! Texts are Fluent files, one for each analysis, in `src/words/en/`, compiled in. A message is an id with typed holes ([`crate::model::Message`]);
//! the text decides on words alone: order, plurals, capitals. Which message is said is decided, and tested, where the question is answered. A study may
//! say single messages in its own words ([`Texts::house`]): `words/*.ftl` beside the plan.
//!
//! ```
//! use gapmap::{model::Message, msg, words::Texts};
//! let texts = Texts::english();
//! let months: Message = msg!("list-two", first = "May", last = "June");
//! assert_eq!(texts.say(&months), "May and June");
//! ```

mod check;
mod house;
mod say;

use std::sync::LazyLock;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use unic_langid::langid;

pub use check::{Hole, holes_of, numbers_in_texts, referred};
pub use house::WORDS_FOLDER;

/// The English texts, by the name of their file.
pub const ENGLISH: &[(&str, &str)] = &[
    ("shared", include_str!("en/shared.ftl")),
    ("access", include_str!("en/access.ftl")),
    ("burden", include_str!("en/burden.ftl")),
    ("clusters", include_str!("en/clusters.ftl")),
    ("contracts", include_str!("en/contracts.ftl")),
    ("coverage", include_str!("en/coverage.ftl")),
    ("emerging", include_str!("en/emerging.ftl")),
    ("events", include_str!("en/events.ftl")),
    ("gaps", include_str!("en/gaps.ftl")),
    ("gaps_quality", include_str!("en/gaps_quality.ftl")),
    ("gaps_reach", include_str!("en/gaps_reach.ftl")),
    ("gaps_rests", include_str!("en/gaps_rests.ftl")),
    ("gaps_who", include_str!("en/gaps_who.ftl")),
    ("hotspots", include_str!("en/hotspots.ftl")),
    ("hours", include_str!("en/hours.ftl")),
    ("indicators", include_str!("en/indicators.ftl")),
    ("inequality", include_str!("en/inequality.ftl")),
    ("last_bus", include_str!("en/last_bus.ftl")),
    ("need", include_str!("en/need.ftl")),
    ("need_access", include_str!("en/need_access.ftl")),
    ("need_index", include_str!("en/need_index.ftl")),
    ("outcomes", include_str!("en/outcomes.ftl")),
    ("parity", include_str!("en/parity.ftl")),
    ("places", include_str!("en/places.ftl")),
    ("questions", include_str!("en/questions.ftl")),
    ("release", include_str!("en/release.ftl")),
    ("services", include_str!("en/services.ftl")),
    ("site", include_str!("en/site.ftl")),
    ("travel", include_str!("en/travel.ftl")),
    ("trend", include_str!("en/trend.ftl")),
    ("unanswered", include_str!("en/unanswered.ftl")),
    ("what_if", include_str!("en/what_if.ftl")),
];

static PLAIN: LazyLock<Texts> = LazyLock::new(|| Texts::of(ENGLISH));

/// The texts of all messages.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// The texts that come with the engine.
    pub fn english() -> &'static Texts {
        &PLAIN
    }

    /// Texts of files, each by its name; what a later one says anew stands in place of what an earlier one said. What cannot be read in a file is
    /// passed over: [`Texts::house`] tells of it.
    pub fn of<'t>(files: impl IntoIterator<Item = &'t (&'t str, &'t str)>) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![langid!("en-GB")]);
        // Marks that keep writing directions apart would stand in every file and picture.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(say::printed));
        for (name, function) in say::FUNCTIONS {
            // Each name stands once in the list.
            let _ = bundle.add_function(name, function);
        }
        for (_, text) in files {
            bundle.add_resource_overriding(match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            });
        }
        Self { bundle }
    }

    /// Whether there is a text of that id.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

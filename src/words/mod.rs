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

/// The English texts, by the name of their file: all that stand in `src/words/en/`, which `build.rs` lists.
pub const ENGLISH: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

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

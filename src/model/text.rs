//! A text inside a body: a message until the words are found, and a string in the document.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Message;

/// A text of a body: what a row found, the label of a bar, the method of an estimate.
///
/// An analysis gives a [`Message`]; [`crate::words`] writes it before the body goes into a document, where it is a string like any other.
///
/// ```
/// use gapmap::{model::Text, msg, words::Texts};
/// let mut text = Text::from(msg!("list-two", first = "May", last = "June"));
/// text.write(&|message| Texts::english().say(message));
/// assert_eq!(&*text, "May and June");
/// assert_eq!(serde_json::to_string(&text).unwrap(), "\"May and June\"");
/// ```
#[derive(Clone, PartialEq, Debug)]
pub enum Text {
    /// As it stands in the document.
    Written(String),
    /// Still without words.
    Unsaid(Box<Message>),
}

impl Text {
    /// The message, while it has no words.
    pub fn message(&self) -> Option<&Message> {
        match self {
            Text::Written(_) => None,
            Text::Unsaid(message) => Some(message),
        }
    }

    /// Puts it into words.
    pub fn write(&mut self, say: &dyn Fn(&Message) -> String) {
        if let Text::Unsaid(message) = self {
            *self = Text::Written(say(message));
        }
    }

    /// The text; without words, the id of its message.
    pub fn as_str(&self) -> &str {
        match self {
            Text::Written(text) => text,
            Text::Unsaid(message) => message.id,
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Text::Written(String::new())
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl From<Message> for Text {
    fn from(message: Message) -> Self {
        Text::Unsaid(Box::new(message))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::Written(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::Written(text.to_owned())
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Text::Written)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

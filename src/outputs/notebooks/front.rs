//! What stands above the text of a notebook, between two lines of `+++`: what it is called, and on what occasion it is read.

use serde::Deserialize;

/// The settings of a notebook.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Front {
    /// `Board report`: what follows the name of the place in titles.
    pub title: String,
    /// The line above the title; calls are filled in as in the text.
    pub occasion: String,
}

impl Front {
    /// The settings, the text below them, and how many lines stand before it.
    ///
    /// # Errors
    /// Where there are no settings, or they cannot be read.
    pub fn split(text: &str) -> Result<(Self, &str, usize), String> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let missing = "it does not begin with its settings between two lines of +++; `gapmap report new <name>` writes one that does";
        let rest = text.strip_prefix("+++\n").or_else(|| text.strip_prefix("+++\r\n")).ok_or(missing)?;
        let end = rest.find("\n+++").ok_or(missing)?;
        let after = rest[end + 1..].find('\n').map_or(rest.len(), |n| end + 1 + n + 1);
        let front = toml::from_str(&rest[..end]).map_err(|e| format!("its settings: {}", e.message()))?;
        let before = 1 + rest[..after].matches('\n').count();
        Ok((front, &rest[after..], before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_begins_below_the_settings_and_lines_are_counted() {
        let (front, body, before) = Front::split("+++\ntitle = \"A\"\noccasion = \"b\"\n+++\n# Text\n").unwrap();
        assert_eq!((front.title.as_str(), body, before), ("A", "# Text\n", 4));
        for faulty in ["# Text", "+++\ntitle = \"A\"\n", "+++\ntitle = 1\n+++\n", "+++\ntitle=\"a\"\noccasion=\"b\"\nother=1\n+++\n"] {
            assert!(Front::split(faulty).is_err(), "{faulty}");
        }
    }
}

//! Text from data that a spreadsheet must not run.

use crate::units::showable;

/// A text fit for a cell or a heading: without what cannot be shown, and with an apostrophe before it where a spreadsheet would take it
/// for a formula.
///
/// `=HYPERLINK(…)` in a service's name must stay a name. Spaces and quotes before the sign do not help: some programs drop them. Signs
/// of full width are read as the plain ones in Japanese and Chinese editions.
pub fn harmless(text: &str) -> String {
    let (text, _) = showable(text);
    let first = text.chars().find(|c| !c.is_whitespace() && !matches!(c, '"' | '“' | '”' | '«' | '»' | '`' | '´'));
    if first.is_some_and(is_sign_of_a_formula) { format!("'{text}") } else { text.into_owned() }
}

fn is_sign_of_a_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫')
}

/// Headings fit for a table, each its own in any case: sheets refuse two that are alike, and a layer would keep one of them.
pub(super) fn headings(texts: Vec<String>) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::new();
    let own = |text: String| {
        let name = harmless(&text);
        let name = if name.trim().is_empty() { "(no name)".to_owned() } else { name };
        let numbered = (2..).map(|n| format!("{name} ({n})"));
        // There are more numbers than headings.
        let free = std::iter::once(name.clone()).chain(numbered).find(|n| taken.insert(n.to_lowercase()));
        free.unwrap_or(name)
    };
    texts.into_iter().map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_stands_before_a_sign_it_stays_text() {
        for bad in ["=1+1", "+44", "-1", "@x", "  =1", "\"=1", "\u{a0}=1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1", "“=1", "\u{200b}=1"]
        {
            assert!(harmless(bad).starts_with('\''), "{bad:?}");
        }
        for good in ["Women's Aid", "a=b", "'=1", "20 to 24", "(none)", "[c]", "Tŷ"] {
            assert_eq!(harmless(good), good);
        }
    }

    #[test]
    fn headings_are_each_their_own() {
        let told = headings(["A", "a", "A", "", "=x"].map(str::to_owned).to_vec());
        assert_eq!(told, ["A", "a (2)", "A (3)", "(no name)", "'=x"]);
    }
}

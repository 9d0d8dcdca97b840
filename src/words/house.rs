//! A study's own words: `words/*.ftl` beside the plan say single messages in the house style of the partnership, or in Welsh.

use super::check::{holes_of, parsed};
use super::{ENGLISH, Texts};
use crate::diagnostics::{Code, Place, Problems};

/// The folder beside the plan.
pub const WORDS_FOLDER: &str = "words";

impl Texts {
    /// The texts of the engine, with what these files say anew: each its name and its text.
    ///
    /// A message that the engine does not say, a hole that it does not fill or that is left out, and a number that stands in the text itself are problems
    /// with their place: numbers come from the data alone.
    pub fn house(files: &[(String, String)], problems: &mut Problems) -> Self {
        let known = holes_of(ENGLISH);
        let own = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>();
        let said = holes_of(ENGLISH.iter().chain(&own));
        for (name, text) in files {
            let line = |at: usize| text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() as u64 + 1;
            let place = |at: usize| Place::line(format!("{WORDS_FOLDER}/{name}"), line(at));
            let parsed = parsed(text);
            for error in &parsed.errors {
                let what = format!("this is no message of Fluent: {}", error.kind);
                problems.error(
                    Code::P108,
                    // What ends too early is met at the end of the file: its last line is meant, and not the empty one after it.
                    place(error.pos.start.min(text.trim_end().len())),
                    what,
                    "Write `id = text with { $holes }`, and indent every further line.",
                );
            }
            for (id, (at, holes)) in &parsed.messages {
                let place = || place(*at).at(format!("message `{id}`"));
                let Some(expected) = known.get(id) else {
                    let next = "Take an id of the files in `src/words/en`.";
                    problems.error(Code::P108, place(), "the engine says no message of this id", next);
                    continue;
                };
                let Some(given) = said.get(id) else { continue };
                let list = |holes: Vec<&String>| holes.iter().map(|h| format!("`${h}`")).collect::<Vec<_>>().join(", ");
                let unknown: Vec<&String> = given.difference(expected).collect();
                if !unknown.is_empty() {
                    let next = format!("It has {}.", list(expected.iter().collect()));
                    problems.error(Code::P108, place(), format!("the message has no hole {}", list(unknown)), next);
                }
                let missing: Vec<&String> = expected.difference(given).collect();
                if !missing.is_empty() {
                    let next = "Put it into the text: what it holds would go unsaid.";
                    problems.error(Code::P108, place(), format!("the text leaves out {}", list(missing)), next);
                }
                if holes.number().is_some() {
                    let next = "Take the number out: numbers come from the data, through holes.";
                    problems.error(Code::P108, place(), "a number stands in the text itself", next);
                }
            }
        }
        Texts::of(ENGLISH.iter().chain(&own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msg;

    fn house(text: &str) -> (Texts, Vec<(Option<u64>, String)>) {
        let mut problems = Problems::default();
        let texts = Texts::house(&[("own.ftl".to_owned(), text.to_owned())], &mut problems);
        (texts, problems.list().iter().map(|p| (p.place.line, p.message.clone())).collect())
    }

    #[test]
    fn a_study_says_single_messages_in_its_own_words() {
        let (texts, problems) = house("# Welsh\nlist-two = { $first } a { $last }\n");
        assert_eq!(problems, []);
        assert_eq!(texts.say(&msg!("list-two", first = "Mai", last = "Mehefin")), "Mai a Mehefin");
        assert_eq!(texts.say(&msg!("state-withheld")), Texts::english().say(&msg!("state-withheld")));
    }

    #[test]
    fn what_would_say_something_else_is_a_problem_with_its_place() {
        let lines = |text: &str| house(text).1.into_iter().map(|p| p.0).collect::<Vec<_>>();
        assert_eq!(lines("\nno-such-message = text\n"), [Some(2)]);
        assert_eq!(lines("list-two = { $first } and { $last } or { $other }\n"), [Some(1)]);
        assert_eq!(lines("\n\nlist-two = { $first }\n"), [Some(3)]);
        assert_eq!(lines("list-two = { $first } and 12 { $last }\n"), [Some(1)]);
        assert_eq!(lines("list-two = { $first } and twelve { $last }\n"), [Some(1)]);
        assert_eq!(lines("list-two = { $first } and { \"12\" } { $last }\n"), [Some(1)]);
        assert_eq!(lines("list-two = { $first\n")[0], Some(1));
    }
}

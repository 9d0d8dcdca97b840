//! What a text holds: its holes, and the numbers that it must not tell by itself.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::parser::{ParserError, parse};

/// A hole of a text: the name of an argument, without what is derived from it (`names-n`, `count-state`).
pub type Hole = String;

/// A text as it was parsed, with the byte where it stands.
pub(super) struct Parsed {
    pub messages: BTreeMap<String, (usize, Holes)>,
    pub errors: Vec<ParserError>,
}

/// What a message refers to, and what it says by itself.
#[derive(Default)]
pub(super) struct Holes {
    holes: BTreeSet<Hole>,
    references: BTreeSet<String>,
    texts: Vec<String>,
}

/// The messages of a file.
pub(super) fn parsed(text: &str) -> Parsed {
    let (resource, errors) = match parse(text) {
        Ok(resource) => (resource, vec![]),
        Err(both) => both,
    };
    let mut messages = BTreeMap::new();
    let mut from = 0;
    for entry in &resource.body {
        match entry {
            Entry::Message(Message { id, value: Some(pattern), .. }) => {
                let mut holes = Holes::default();
                holes.pattern(pattern);
                let start = format!("{} ", id.name);
                let at = text.get(from..).and_then(|rest| rest.find(&start).or_else(|| rest.find(id.name))).map_or(from, |i| from + i);
                from = at;
                messages.insert(id.name.to_owned(), (at, holes));
            }
            // A message without a text, a term and a remark say nothing.
            Entry::Message(_)
            | Entry::Term(_)
            | Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => {}
        }
    }
    Parsed { messages, errors }
}

impl Holes {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.texts.push((*value).to_owned()),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|v| self.pattern(&v.value));
            }
            Expression::Inline(inline) => self.inline(inline),
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => self.texts.push((*value).to_owned()),
            InlineExpression::FunctionReference { arguments, .. } => arguments.positional.iter().for_each(|a| self.inline(a)),
            InlineExpression::MessageReference { id, .. } => {
                self.references.insert(id.name.to_owned());
            }
            InlineExpression::VariableReference { id } => {
                let base = id.name.strip_suffix("-state").or_else(|| id.name.strip_suffix("-n")).unwrap_or(id.name);
                self.holes.insert(base.to_owned());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::TermReference { id, .. } => self.texts.push(id.name.to_owned()),
        }
    }

    /// The first text that tells a number, in digits or spelled out from two on.
    pub fn number(&self) -> Option<&str> {
        self.texts.iter().map(String::as_str).find(|text| tells_a_number(text))
    }
}

/// Numbers that a text may not spell out: they would be told whatever the data says, and no figure would hold them.
const SPELLED: [&str; 14] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "hundred", "thousand"];

fn tells_a_number(text: &str) -> bool {
    let spelled = |word: &str| SPELLED.iter().any(|s| word.eq_ignore_ascii_case(s));
    text.chars().any(char::is_numeric) || text.split(|c: char| !c.is_alphabetic()).any(spelled)
}

/// The holes of every message of these files, those of messages that it refers to among them.
pub fn holes_of<'t>(files: impl IntoIterator<Item = &'t (&'t str, &'t str)>) -> BTreeMap<String, BTreeSet<Hole>> {
    let all: BTreeMap<String, Holes> = files.into_iter().flat_map(|(_, text)| parsed(text).messages).map(|(id, (_, h))| (id, h)).collect();
    all.keys().map(|id| (id.clone(), reached(id, &all))).collect()
}

fn reached(id: &str, all: &BTreeMap<String, Holes>) -> BTreeSet<Hole> {
    let mut holes = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![id];
    while let Some(next) = open.pop() {
        if let (Some(of), true) = (all.get(next), seen.insert(next)) {
            holes.extend(of.holes.iter().cloned());
            open.extend(of.references.iter().map(String::as_str));
        }
    }
    holes
}

/// Messages of a file whose texts tell a number by themselves: the id, and the text.
///
/// ```
/// use gapmap::words::numbers_in_texts;
/// assert_eq!(numbers_in_texts("a = { $n } of 20 areas\nb = { $n } areas"), [("a".to_owned(), " of 20 areas".to_owned())]);
/// ```
pub fn numbers_in_texts(file: &str) -> Vec<(String, String)> {
    parsed(file).messages.into_iter().filter_map(|(id, (_, h))| Some((id, h.number()?.to_owned()))).collect()
}

/// Ids of messages that other messages of these files refer to.
pub fn referred<'t>(files: impl IntoIterator<Item = &'t (&'t str, &'t str)>) -> BTreeSet<String> {
    files.into_iter().flat_map(|(_, text)| parsed(text).messages).flat_map(|(_, (_, h))| h.references).collect()
}

//! A message in words: typed values are printed, everything else is text.

use std::borrow::Cow;

use fluent_bundle::types::{FluentNumber, FluentNumberOptions, FluentNumberStyle};
use fluent_bundle::{FluentArgs, FluentValue};

use super::Texts;
use crate::model::{Arg, Finding, Message, ReleaseNote, SentenceKind, Told};
use crate::msg;
use crate::units::{Cell, Month, capital, decimal, mid_sentence, short};

/// What each sentence is for; nothing where all say what was found.
fn kinds(sentences: &[Message]) -> Vec<SentenceKind> {
    let all: Vec<SentenceKind> = sentences.iter().map(SentenceKind::of).collect();
    if all.iter().all(|k| *k == SentenceKind::Finding) { vec![] } else { all }
}

/// Names of the months, as the texts select on them.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Numbers above this are given to texts as they are printed: no plural depends on them, and the rules of plurals read no more digits.
const LARGEST_TO_SELECT_ON: f64 = 1e12;

impl Texts {
    /// A message in words. One that has no text is told by its id, so that nothing is left out in silence.
    pub fn say(&self, message: &Message) -> String {
        let Some(pattern) = self.bundle.get_message(message.id).and_then(|m| m.value()) else { return message.id.to_owned() };
        let mut args = FluentArgs::new();
        for (hole, arg) in &message.args {
            self.put(&mut args, hole, &told_apart(arg, &message.args));
        }
        self.bundle.format_pattern(pattern, Some(&args), &mut vec![]).into_owned()
    }

    /// A finding with its words.
    pub fn written(&self, told: Told) -> Finding {
        let all = |messages: &[Message]| messages.iter().map(|m| self.say(m)).collect();
        let mut body = told.finding.body;
        body.shape_mut().texts_mut().into_iter().for_each(|text| text.write(&|message| self.say(message)));
        Finding {
            body,
            headline: self.say(&told.headline),
            subtitle: self.say(&told.subtitle),
            sentences: all(&told.sentences),
            kinds: kinds(&told.sentences),
            caveats: all(&told.caveats),
            release: ReleaseNote { because: self.say(&told.because), ..told.finding.release },
            ..told.finding
        }
    }

    fn put(&self, args: &mut FluentArgs, hole: &'static str, arg: &Arg) {
        match arg {
            Arg::Count(n) => args.set(format!("{hole}-state"), state(*n)),
            Arg::List(items) | Arg::Series(items) => args.set(format!("{hole}-n"), items.len()),
            // Nothing else is selected on but by its value.
            Arg::Number(..)
            | Arg::Percent(..)
            | Arg::Month(_)
            | Arg::MonthOfYear(_)
            | Arg::Hour(_)
            | Arg::Period(_)
            | Arg::Name(_)
            | Arg::Key(_)
            | Arg::Said(_) => {}
        }
        args.set(hole, self.value(arg));
    }

    fn value(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Count(Cell::Known(n)) => number(*n as f64, 0, FluentNumberStyle::Decimal),
            Arg::Count(Cell::Withheld) => self.say(&msg!("state-withheld")).into(),
            Arg::Count(Cell::Missing) => self.say(&msg!("state-missing")).into(),
            Arg::Count(Cell::NotApplicable) => self.say(&msg!("state-not-applicable")).into(),
            Arg::Number(x, decimals) => number(*x, *decimals, FluentNumberStyle::Decimal),
            Arg::Percent(x, decimals) => number(*x, *decimals, FluentNumberStyle::Percent),
            Arg::Key(key) => FluentValue::from(*key),
            Arg::Month(_)
            | Arg::MonthOfYear(_)
            | Arg::Hour(_)
            | Arg::Period(_)
            | Arg::Name(_)
            | Arg::Said(_)
            | Arg::List(_)
            | Arg::Series(_) => self.text(arg).into(),
        }
    }

    fn text(&self, arg: &Arg) -> String {
        match arg {
            Arg::Month(month) => self.month(*month),
            Arg::MonthOfYear(of_year) => self.say(&msg!("month-name", month = MONTHS[(*of_year as usize + 11) % 12])),
            Arg::Hour(hour) => format!("{hour:02}:00"),
            Arg::Period(p) if p.first == p.last => self.month(p.first),
            Arg::Period(p) => self.say(&msg!("period", first = p.first, last = p.last)),
            Arg::Name(text) => text.clone(),
            Arg::Key(key) => (*key).to_owned(),
            Arg::Said(message) => self.say(message),
            Arg::List(items) => self.joined(items, true),
            Arg::Series(items) => self.joined(items, false),
            Arg::Count(_) | Arg::Number(..) | Arg::Percent(..) => match self.value(arg) {
                FluentValue::String(text) => text.into_owned(),
                FluentValue::Number(n) => digits(&n),
                // No value of ours is any of these.
                FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => String::new(),
            },
        }
    }

    fn month(&self, month: Month) -> String {
        let name = MONTHS[(month.of_year() as usize + 11) % 12];
        self.say(&msg!("month", month = name, year = month.year().to_string()))
    }

    /// `a, b and c`, or `a, b, c`.
    fn joined(&self, items: &[Arg], with_and: bool) -> String {
        let Some((last, before)) = items.split_last() else { return String::new() };
        let last = self.text(last);
        if before.is_empty() {
            return last;
        }
        let comma = |a: String, b: String| self.say(&msg!("list-more", first = a, last = b));
        let before = before.iter().map(|item| self.text(item)).reduce(comma).unwrap_or_default();
        if with_and { self.say(&msg!("list-two", first = before, last = last)) } else { comma(before, last) }
    }
}

/// Holes that hold the two ends of a range.
const ENDS: [(&str, &str); 4] = [("lower", "upper"), ("half_lower", "half_upper"), ("low", "high"), ("lowest", "highest")];
/// So many more digits at most tell two ends apart.
const MORE_DIGITS: usize = 3;

/// A number of a range, its value or an end, with as many more digits as tell the ends apart: `15.0% (14.9% to 15.2%)`, and not `15% (15% to 15%)`.
fn told_apart<'a>(arg: &'a Arg, args: &[(&'static str, Arg)]) -> Cow<'a, Arg> {
    let named = |name: &str| args.iter().find(|(hole, _)| *hole == name).map(|(_, arg)| arg);
    let ends = ENDS.iter().filter_map(|(lower, upper)| named(lower).zip(named(upper)));
    let digits = ends.filter_map(|(lower, upper)| {
        let ((x, n), (y, m), (z, k)) = (parts(lower)?, parts(upper)?, parts(arg)?);
        let is_of_it = same_kind(lower, upper) && same_kind(lower, arg) && n == m && n == k && (x..=y).contains(&z);
        (n..=n + MORE_DIGITS).find(|n| decimal(x, *n) != decimal(y, *n)).filter(|more| is_of_it && *more > n)
    });
    match (digits.max(), arg) {
        (Some(n), Arg::Percent(x, _)) => Cow::Owned(Arg::Percent(*x, n)),
        (Some(n), Arg::Number(x, _)) => Cow::Owned(Arg::Number(*x, n)),
        _ => Cow::Borrowed(arg),
    }
}

/// A number with its decimals.
fn parts(arg: &Arg) -> Option<(f64, usize)> {
    match arg {
        Arg::Number(x, n) | Arg::Percent(x, n) => Some((*x, *n)),
        _ => None,
    }
}

fn same_kind(a: &Arg, b: &Arg) -> bool {
    matches!((a, b), (Arg::Number(..), Arg::Number(..)) | (Arg::Percent(..), Arg::Percent(..)))
}

fn state(n: Cell<u64>) -> &'static str {
    match n {
        Cell::Known(_) => "known",
        Cell::Withheld => "withheld",
        Cell::Missing => "missing",
        Cell::NotApplicable => "not-applicable",
    }
}

fn number(x: f64, decimals: usize, style: FluentNumberStyle) -> FluentValue<'static> {
    // A count has no decimals set: so it equals the 0 and the 1 that texts select on.
    let options = FluentNumberOptions { style, minimum_fraction_digits: (decimals > 0).then_some(decimals), ..Default::default() };
    // Selected on as it is printed.
    let value = format!("{x:.decimals$}").parse().unwrap_or(x) + 0.0;
    let n = FluentNumber::new(value, options);
    if value.abs() < LARGEST_TO_SELECT_ON { FluentValue::Number(n) } else { digits(&n).into() }
}

fn digits(n: &FluentNumber) -> String {
    let sign = if n.options.style == FluentNumberStyle::Percent { "%" } else { "" };
    format!("{}{sign}", decimal(n.value, n.options.minimum_fraction_digits.unwrap_or(0)))
}

/// How Fluent prints the values of holes: numbers as every report does.
pub(super) fn printed<M>(value: &FluentValue, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(digits(n)),
        // Text stays as it is.
        FluentValue::String(_) | FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => None,
    }
}

type Function = for<'a> fn(&[FluentValue<'a>], &FluentArgs) -> FluentValue<'a>;

/// What a text may do to a hole: `{ CAPITAL($place) }` at the start of a sentence, `{ MID($category) }` inside one.
///
/// `{ SHORT($kind) }` in a title, which has ten words at most: `IDVA` of `Independent domestic violence adviser (IDVA)`. Its subtitle has all of them.
pub(super) const FUNCTIONS: [(&str, Function); 3] = [
    ("CAPITAL", |args, _| changed(args, capital)),
    ("MID", |args, _| changed(args, mid_sentence)),
    ("SHORT", |args, _| changed(args, |text| short(text).to_owned())),
];

fn changed<'a>(args: &[FluentValue<'a>], change: fn(&str) -> String) -> FluentValue<'a> {
    match args.first() {
        Some(FluentValue::String(text)) => FluentValue::String(Cow::Owned(change(text))),
        Some(other) => other.clone(),
        None => FluentValue::Error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_a_range_that_would_print_alike_have_a_digit_more() {
        let said = |lower: Arg, upper: Arg| Texts::english().say(&msg!("trend-range", lower = lower, upper = upper));
        assert_eq!(said(Arg::Percent(14.9, 0), Arg::Percent(15.23, 0)), "14.9% to 15.2%");
        assert_eq!(said(Arg::Number(0.101, 1), Arg::Number(0.104, 1)), "0.101 to 0.104");
        assert_eq!(said(Arg::Percent(14.0, 0), Arg::Percent(16.0, 0)), "14% to 16%");
        assert_eq!(said(Arg::Percent(15.0, 0), Arg::Percent(15.0, 0)), "15% to 15%", "no digit tells them apart");
        assert_eq!(said(Arg::Number(-0.04, 1), Arg::Number(0.04, 1)), "−0.04 to 0.04");
        // The value within has the digits of its ends.
        let args = [("share", Arg::Percent(6.7, 0)), ("lower", Arg::Percent(6.54, 0)), ("upper", Arg::Percent(6.86, 0))];
        let digits = |i: usize| parts(&told_apart(&args[i].1, &args)).map(|p| p.1);
        assert_eq!([digits(0), digits(1), digits(2)], [Some(1); 3]);
    }
}

//! Titles: ten words at most, said of what they are usually said of.

use gapmap::model::{Arg, Message};
use gapmap::units::{Cell, Month};
use gapmap::words::{ENGLISH, Texts, holes_of};

/// A title with more words is read twice.
const MOST_WORDS: usize = 10;

/// What usually goes into a hole: names as long as those of real plans, numbers with their signs. A hole that texts select on takes what is said by default.
fn usual(hole: &str) -> Arg {
    match hole {
        "label" | "category" => "Violence and sexual offences".into(),
        "kind" | "access" | "service" => "Independent domestic violence adviser (IDVA)".into(),
        "event" => "16 Days of Activism 2024".into(),
        "place" => "Blendon & Penhill".into(),
        "measure" => "Turned away from safe accommodation".into(),
        "reason" => "Poor street lighting".into(),
        "scenario" => "A drop-in in the south".into(),
        "headline" => "Rape: no clear link with deprivation".into(),
        "unit" => "reports".into(),
        "how" => "by public transport".into(),
        "band" => "21:00 to 24:00".into(),
        "month" | "since" => Arg::Month(Month::parse("2024-08").unwrap()),
        "share" | "size" | "top" | "value" => Arg::Percent(21.0, 0),
        "times" => Arg::Number(1.7, 1),
        _ => Arg::Count(Cell::Known(1_204)),
    }
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

#[test]
fn a_title_has_ten_words_at_most() {
    let texts = Texts::english();
    let titles: Vec<_> = holes_of(ENGLISH).into_iter().filter(|(id, _)| id.contains("-headline")).collect();
    assert!(titles.len() > 100, "only {} titles were found", titles.len());
    let said = |(id, holes): &(String, std::collections::BTreeSet<String>)| {
        let args = holes.iter().map(|hole| (leaked(hole), usual(hole))).collect();
        texts.say(&Message { id: leaked(id), args })
    };
    let long: Vec<String> = titles.iter().map(said).filter(|title| title.split_whitespace().count() > MOST_WORDS).collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

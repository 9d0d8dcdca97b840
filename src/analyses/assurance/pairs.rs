//! Records that are, or may be, of one service, by how sure that is, and what they contradict one another in.

use std::collections::BTreeSet;

use super::looked::{Looked, differing};
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::analyses::gaps::day;
use crate::model::{Arg, Body, Message, Table};
use crate::msg;
use crate::study::{Alike, Differs, Pair, Service};
use crate::units::{Cell, Polarity};

/// Rows, the surest first: the study merges those of the first two.
const ROWS: [(Alike, &str); 5] = [
    (Alike::Id, "Same id"),
    (Alike::Plan, "By the plan"),
    (Alike::NameAndProvider, "Name and provider"),
    (Alike::ContactAndName, "Contact and name"),
    (Alike::PlaceAndKind, "Place and kind"),
];
/// So many of the rows are merged.
const MERGED: usize = 2;
/// So many pairs are named.
const MOST_NAMED: usize = 5;

pub(super) fn draft(looked: &Looked) -> Option<Draft> {
    let given = looked.listed.iter().flat_map(|s| &s.given).map(|g| (g.alike, &g.differs));
    let all: Vec<(Alike, &BTreeSet<Differs>)> = given.chain(looked.pairs.iter().map(|p| (p.alike, &p.differs))).collect();
    if looked.listed.len() < 2 && all.is_empty() {
        return None;
    }
    let row = |alike: Alike| -> Vec<Option<u64>> {
        let own: Vec<&BTreeSet<Differs>> = all.iter().filter(|p| p.0 == alike).map(|p| p.1).collect();
        let in_field = Differs::ALL.iter().map(|field| own.iter().filter(|d| d.contains(field)).count());
        std::iter::once(own.len()).chain(in_field).map(|n| Some(n as u64)).collect()
    };
    let head = looked.head("pairs", Polarity::Worse, vec![msg!("assurance-caveat-pairs"), msg!("services-caveat-confidential")]);
    // Where numbers go through the rule, a name that holds one would look like a number that did not.
    let restricted = head.sources.iter().any(|s| !s.sensitivity.is_open());
    let may_be_named = |s: &Service| looked.study.is_open(s) && !(restricted && s.name.chars().any(|c| c.is_ascii_digit()));
    let named = |p: &&Pair| [p.first, p.second].into_iter().all(|i| may_be_named(looked.service(i)));
    let mut pairs: Vec<&Pair> = looked.pairs.iter().filter(named).collect();
    pairs.sort_by_key(|p| (p.alike, p.first, p.second));
    let facts = Facts {
        area_name: looked.study.about.area_name.clone(),
        day: looked.day().to_owned(),
        named: pairs.into_iter().take(MOST_NAMED).map(|p| said(looked, p)).collect(),
    };
    Some(Draft::new(head, CountTable::new(ROWS.iter().map(|r| row(r.0)).collect()), facts, tell))
}

/// A pair in a sentence.
fn said(looked: &Looked, pair: &Pair) -> Message {
    let (a, b) = (looked.service(pair.first), looked.service(pair.second));
    let (from, to) = (looked.directory(a.source), looked.directory(b.source));
    let pair_of = msg!("assurance-pair", first = &a.name, other = &b.name, from = from, to = to, how = how(pair.alike));
    match differing(&pair.differs) {
        Some(fields) => pair_of.then(msg!("assurance-pair-differs", fields = fields)),
        None => pair_of,
    }
}

/// Why two records look like one service, as texts select on it.
pub(super) fn how(alike: Alike) -> Arg {
    Arg::Key(match alike {
        Alike::Id => "id",
        Alike::Plan => "plan",
        Alike::NameAndProvider => "name-and-provider",
        Alike::ContactAndName => "contact-and-name",
        Alike::PlaceAndKind => "place-and-kind",
    })
}

struct Facts {
    area_name: String,
    day: String,
    named: Vec<Message>,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let labels = ROWS.map(|r| r.1.to_owned());
    let rows = released.under(&labels);
    let sum = |of: std::ops::Range<usize>, column: usize| {
        let cells: Vec<Cell<u64>> = rows.get(of).unwrap_or_default().iter().map(|r| r.cells[column]).collect();
        if cells.is_empty() { Cell::Missing } else { Cell::sum(&cells) }
    };
    let (merged, open) = (sum(0..MERGED, 0), sum(MERGED..ROWS.len(), 0));
    let mut sentences: Vec<Message> =
        merged.known().filter(|n| *n > 0).map(|n| msg!("assurance-merged", records = n)).into_iter().collect();
    for (at, field) in Differs::ALL.iter().enumerate() {
        let pairs = sum(0..ROWS.len(), at + 1).known().filter(|n| *n > 0);
        if let (Some(pairs), Some(fields)) = (pairs, differing([field])) {
            sentences.push(msg!("assurance-contradict", pairs = pairs, fields = fields));
        }
    }
    sentences.extend(facts.named.iter().cloned());
    sentences.extend((open.known() != Some(0)).then(|| msg!("assurance-what-to-do")));
    let mut columns = vec!["Pairs".to_owned()];
    columns.extend(["Hours differ", "State differs", "Kind differs", "Eligibility differs", "Place differs"].map(str::to_owned));
    Telling {
        headline: match open {
            Cell::Known(0) => msg!("assurance-pairs-none"),
            Cell::Known(pairs) => msg!("assurance-pairs-headline", pairs = pairs),
            _ => msg!("assurance-pairs-withheld"),
        },
        subtitle: msg!("assurance-pairs-subtitle", day = day(&facts.day), area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Table(Table { row_heading: "How sure".into(), columns, months: vec![], breaks: vec![], rows }),
    }
}

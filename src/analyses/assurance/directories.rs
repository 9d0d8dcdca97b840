//! A row for each directory: how many records, how old, how complete, how many stand twice.

use std::collections::{BTreeMap, BTreeSet};

use super::ages::{Age, OLD_MONTHS, RECENT_MONTHS};
use super::looked::{Looked, left_out};
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::analyses::gaps::{ASKED, day};
use crate::model::{Arg, Body, ServiceState, Table};
use crate::msg;
use crate::study::Service;
use crate::units::{Cell, Polarity};

const COLUMNS: [&str; 12] = [
    "Records",
    "Complete",
    "Fields known",
    "Fields asked",
    "Under 6 months",
    "6–12 months",
    "Over 12 months",
    "Check not known",
    "Maybe listed twice",
    "Given again",
    "Not available",
    "Ended",
];
const RECORDS: usize = 0;
const COMPLETE: usize = 1;
const KNOWN: usize = 2;
const FIELDS: usize = 3;
const RECENT: usize = 4;
const OLD: usize = 6;
const UNDATED: usize = 7;
const TWICE: usize = 8;
const AGAIN: usize = 9;
const STOPPED: usize = 10;

pub(super) fn draft(looked: &Looked) -> Option<Draft> {
    let twice: BTreeSet<usize> = looked.pairs.iter().flat_map(|p| [p.first, p.second]).collect();
    let twice: BTreeSet<&str> = twice.into_iter().map(|i| looked.service(i).id.as_str()).collect();
    let mut again: BTreeMap<usize, u64> = BTreeMap::new();
    looked.listed.iter().flat_map(|s| &s.given).for_each(|g| *again.entry(g.source).or_default() += 1);
    let directories: BTreeSet<usize> = looked.listed.iter().map(|s| s.source).chain(again.keys().copied()).collect();
    let row = |directory: usize| -> Vec<Option<u64>> {
        let own: Vec<&Service> = looked.records.iter().copied().filter(|s| s.source == directory).collect();
        let count = |wanted: &dyn Fn(&Service) -> bool| own.iter().filter(|s| wanted(s)).count();
        let known: usize = own.iter().map(|s| ASKED.len() - left_out(s).len()).sum();
        let listed = looked.listed.iter().filter(|s| s.source == directory);
        let may_be_twice = listed.clone().filter(|s| twice.contains(s.id.as_str())).count();
        let cells = [
            own.len(),
            count(&|s| left_out(s).is_empty()),
            known,
            own.len() * ASKED.len(),
            count(&|s| looked.age(s) == Age::Recent),
            count(&|s| looked.age(s) == Age::Middle),
            count(&|s| looked.age(s) == Age::Old),
            count(&|s| looked.age(s) == Age::NotKnown),
            may_be_twice,
            again.get(&directory).map_or(0, |n| *n as usize),
            count(&|s| looked.provision.state(s) == ServiceState::Paused),
            listed.count() - own.len(),
        ];
        cells.into_iter().map(|n| Some(n as u64)).collect()
    };
    let rows: Vec<Vec<Option<u64>>> = directories.iter().map(|d| row(*d)).collect();
    let mut labels: Vec<String> = directories.iter().map(|d| looked.directory(*d).to_owned()).collect();
    let mut table = CountTable::new(rows);
    if labels.len() > 1 {
        table = table.with_total_row();
        labels.push("All directories".into());
    }
    // The four classes of age are all records.
    let last = labels.len() - 1;
    for at in 0..=last {
        table = table.with_sum((RECENT..=UNDATED).chain([RECORDS]).map(|column| (at, column)));
    }
    let head = looked.head("directories", Polarity::Better, vec![msg!("assurance-caveat-records"), msg!("services-caveat-confidential")]);
    let facts = Facts {
        area_name: looked.study.about.area_name.clone(),
        day: looked.day().to_owned(),
        labels,
        confidential: !looked.study.catalogue.confidential.is_empty(),
        restricted: looked.apart,
        later: looked.records.iter().any(|s| looked.is_checked_later(s)),
    };
    Some(Draft::new(head, table, facts, tell))
}

struct Facts {
    area_name: String,
    day: String,
    labels: Vec<String>,
    confidential: bool,
    restricted: bool,
    /// Whether a record was checked after the day.
    later: bool,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let rows = released.under(&facts.labels);
    let all = |column: usize| rows.last().map_or(Cell::Missing, |r| r.cells[column]);
    let some = |column: usize| all(column).known().filter(|n| *n > 0);
    let months = OLD_MONTHS as usize;
    let mut sentences = Vec::new();
    sentences.extend(some(OLD).map(|n| msg!("assurance-old", records = n, months = months)));
    sentences.extend(some(UNDATED).map(|n| match facts.later {
        true => msg!("assurance-undated-or-later", records = n),
        false => msg!("assurance-undated", records = n),
    }));
    if let (Some(known), Some(fields)) = (all(KNOWN).known(), some(FIELDS)) {
        let share = Arg::part_of(Cell::Known(known), Cell::Known(fields), 0);
        sentences.push(match (all(COMPLETE), all(RECORDS)) {
            (Cell::Known(complete), Cell::Known(records)) => {
                msg!("assurance-complete", complete = complete, records = records, share = share)
            }
            _ => msg!("assurance-share", share = share),
        });
    }
    sentences.extend(match all(TWICE).known() {
        Some(0) => Some(msg!("assurance-none-twice")),
        Some(n) => Some(msg!("assurance-twice", records = n)),
        None => None,
    });
    sentences.extend(some(AGAIN).map(|n| msg!("assurance-again", records = n)));
    sentences.extend(some(STOPPED).map(|n| msg!("assurance-stopped", services = n)));
    sentences.push(msg!("assurance-lists"));
    sentences.extend(facts.restricted.then(|| msg!("assurance-lists-apart")));
    sentences.extend(facts.confidential.then(|| msg!("services-confidential")));
    Telling {
        headline: match (all(RECENT), all(RECORDS)) {
            (Cell::Known(recent), Cell::Known(records)) => {
                msg!("assurance-headline", recent = recent, records = records, months = RECENT_MONTHS as usize)
            }
            _ => msg!("assurance-headline-withheld"),
        },
        subtitle: msg!("assurance-subtitle", day = day(&facts.day), area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Table(Table {
            row_heading: "Directory".into(),
            columns: COLUMNS.map(str::to_owned).to_vec(),
            months: vec![],
            breaks: vec![],
            rows,
        }),
    }
}

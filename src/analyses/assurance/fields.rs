//! Which of the fields that the analyses need the records give.

use super::looked::Looked;
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::analyses::gaps::{ASKED, day};
use crate::model::{Arg, Body, Table};
use crate::msg;
use crate::units::{Cell, Polarity};

/// A row for each field: the records that give it, and those that do not.
pub(super) fn draft(looked: &Looked) -> Option<Draft> {
    if looked.records.is_empty() {
        return None;
    }
    let all = looked.records.len() as u64;
    let row = |has: u64| vec![Some(has), Some(all - has), Some(all)];
    let rows: Vec<Vec<Option<u64>>> = ASKED.iter().map(|a| row(looked.records.iter().filter(|s| (a.has)(s)).count() as u64)).collect();
    let mut table = CountTable::new(rows);
    for at in 0..ASKED.len() {
        table = table.with_sum((0..3).map(|column| (at, column)));
    }
    let head = looked.head("fields", Polarity::Better, vec![msg!("assurance-caveat-fields")]);
    let facts = Facts { area_name: looked.study.about.area_name.clone(), day: looked.day().to_owned() };
    Some(Draft::new(head, table, facts, tell))
}

struct Facts {
    area_name: String,
    day: String,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let labels: Vec<String> = ASKED.iter().map(|a| a.label.to_owned()).collect();
    let rows = released.under(&labels);
    // The least known comes first, where every field is told.
    let known: Option<Vec<(u64, u64, &str)>> = rows
        .iter()
        .map(|r| match (r.cells[0], r.cells[2]) {
            (Cell::Known(has), Cell::Known(all)) => Some((has, all, r.label.as_str())),
            _ => None,
        })
        .collect();
    let mut known = known.unwrap_or_default();
    known.sort_by_key(|(has, _, _)| *has);
    let told = known.iter().filter(|(has, all, _)| has < all);
    let sentences = told
        .map(|(has, all, field)| {
            let share = Arg::part_of(Cell::Known(*has), Cell::Known(*all), 0);
            msg!("assurance-field-known", has = *has, records = *all, what = *field, share = share)
        })
        .collect();
    Telling {
        headline: match known.first() {
            Some((has, all, field)) if has < all => msg!("assurance-fields-headline", what = *field, has = *has, records = *all),
            Some((_, all, _)) => msg!("assurance-fields-all", records = *all),
            None => msg!("assurance-fields-withheld"),
        },
        subtitle: msg!("assurance-fields-subtitle", day = day(&facts.day), area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Table(Table {
            row_heading: "Field".into(),
            columns: ["Known", "Not known", "Records"].map(str::to_owned).to_vec(),
            months: vec![],
            breaks: vec![],
            rows,
        }),
    }
}

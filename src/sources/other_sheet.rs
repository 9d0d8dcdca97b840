//! A sheet beside the table of services that is not read: flags by the id of a service, notes about one, a cover, a list of codes.

use std::collections::BTreeSet;

use super::names_around::name_says_so;
use super::record_fields::{Field, role_of};
use super::said_around::{is_an_order, names_some, sounds_so};
use super::table_form::Rows;
use super::typology::service_type;
use crate::diagnostics::Place;
use crate::vocabulary::{is_said_of_all, sounds_confidential, tokens};

/// So many cells are a row of headings, of which one may be `Confidential`.
const HEADINGS: usize = 4;
/// Among so many rows the headings are looked for.
const MOST_HEADINGS: usize = 5;

/// Whether a sheet says of services of the table that is read, or of all, that they keep their place secret.
///
/// A list of the types of services is none of that, nor is a cover that says what everybody says of services: `Free and confidential`.
pub(super) fn says_so(sheet: &Rows, read: &[Vec<String>]) -> bool {
    let (name, rows) = sheet;
    let services = names_of(read);
    let of_services = |row: &[String]| row.iter().any(|cell| services.contains(&plain(cell)));
    let named = sounds_confidential(name).is_some() || is_said_of_all(name) || name_says_so(name, Vec::new);
    if named && rows.iter().any(|row| of_services(row)) {
        return true;
    }
    let lists_any = || {
        let cells: Vec<String> = rows.iter().flatten().map(|cell| plain(cell)).filter(|cell| !cell.is_empty()).collect();
        let few = cells.len() <= FEW_CELLS && cells.iter().any(|cell| cell.contains(|c: char| c.is_ascii_digit()));
        few || cells.iter().any(|cell| services.contains(cell))
    };
    if (keeps_back_by_name(name) || is_an_order(name)) && lists_any() {
        return true;
    }
    // Any row of several cells may be that of the headings: two cells may stand above it.
    let headings: Vec<usize> =
        (0..rows.len()).filter(|at| rows[*at].iter().filter(|c| !c.is_empty()).count() > 1).take(MOST_HEADINGS).collect();
    let marks = |row: &[String], heads: &[String]| {
        let mark = |(at, value): (usize, &String)| {
            let heading = heads.get(at).cloned().unwrap_or_default();
            let role = role_of(&heading);
            !value.is_empty() && Field { place: Place::default(), role, heading, value: value.clone() }.marks_confidential()
        };
        row.iter().enumerate().any(mark)
    };
    // A row of a list of types, with what it says of one; unless it speaks of a service.
    let named = |cell: &String| {
        let within = format!(" {} ", plain(cell));
        services.iter().any(|name| within.contains(&format!(" {name} ")))
    };
    let is_code = |row: &[String]| row.iter().any(|cell| service_type(cell).is_some()) && !row.iter().any(named);
    rows.iter().enumerate().any(|(at, row)| {
        // A column may be headed `Confidential`: what stands under it tells. Said of all is what stands in few cells.
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        let few = filled == 1 || filled < HEADINGS && is_a_mark_of_all(row);
        let sounds = |cell: &String| if few { sounds_so(cell) } else { names_some(cell) };
        let heard = (row.iter().any(sounds) || few && is_handled_with_care(row)) && !is_code(row);
        let marked = || of_services(row) && headings.iter().filter(|h| **h < at).any(|h| marks(row, &rows[*h]));
        heard || marked()
    })
}

/// A sheet of so few cells, of which one has a number, is about the table that it stands beside: `K1 and K2`, row 7.
const FEW_CELLS: usize = 6;

/// Whether the name of a sheet says that what it lists is kept back: `Opted out`, `Hide`, `Redactions`, `Remove from public version`.
fn keeps_back_by_name(name: &str) -> bool {
    const KEPT: [&str; 25] = [
        "optout",
        "removed",
        "takedown",
        "suppression",
        "masked",
        "delist",
        "embargoed",
        "hide",
        "hidden",
        "hold",
        "withhold",
        "withheld",
        "exclude",
        "excluded",
        "exclusion",
        "redact",
        "redacted",
        "redaction",
        "private",
        "suppress",
        "suppressed",
        "omit",
        "remove",
        "strip",
        "embargo",
    ];
    let words: Vec<String> = tokens(name).into_iter().map(|t| t.word).collect();
    let two = |first: &[&str], second: &str| words.windows(2).any(|w| first.contains(&w[0].as_str()) && w[1] == second);
    // `Private sector`, `Hidden harm`: what providers and needs are called.
    let of_the_field = two(&["private"], "sector") || two(&["private"], "provider") || two(&["hidden"], "harm");
    words.iter().any(|w| KEPT.contains(&w.as_str())) && !of_the_field
        || two(&["opt", "opted"], "out")
        || two(&["no"], "map")
        || two(&["take", "taken", "leave"], "off")
}

/// `Classification | OFFICIAL-SENSITIVE`: a label of handling and what it says; an answer of yes or no is that of a form.
fn is_a_mark_of_all(row: &[String]) -> bool {
    const HANDLING: [&str; 11] = [
        "classification",
        "handling",
        "marking",
        "sensitivity",
        "status",
        "circulation",
        "distribution",
        "protective marking",
        "tlp",
        "security marking",
        "security classification",
    ];
    row.iter().any(|cell| HANDLING.contains(&plain(cell).as_str()))
}

/// `Circulation | Partners`: a label of handling beside those for whom alone the table is.
fn is_handled_with_care(row: &[String]) -> bool {
    const LABELS: [&str; 8] =
        ["handling", "marking", "tlp", "circulation", "distribution", "security marking", "security classification", "protective marking"];
    const FEW: [&str; 14] = [
        "red",
        "amber",
        "green",
        "restricted",
        "sensitive",
        "secret",
        "confidential",
        "private",
        "internal",
        "partner",
        "practitioner",
        "professional",
        "staff",
        "limited",
    ];
    const EVERYBODY: [&str; 10] = ["not", "no", "non", "public", "all", "everyone", "everybody", "anyone", "external", "unrestricted"];
    let says = |list: &[&str]| row.iter().flat_map(|cell| tokens(cell)).any(|w| list.contains(&w.word.as_str()));
    row.iter().any(|cell| LABELS.contains(&plain(cell).as_str())) && says(&FEW) && !says(&EVERYBODY)
}

/// Ids and names of the services of a table.
fn names_of(rows: &[Vec<String>]) -> BTreeSet<String> {
    let is_heading = |cell: &String| ["service_id", "id", "name"].contains(&cell.trim().to_lowercase().as_str());
    let Some(heading) = rows.iter().position(|row| row.iter().any(is_heading)) else { return BTreeSet::new() };
    let columns: Vec<usize> = (0..rows[heading].len()).filter(|c| is_heading(&rows[heading][*c])).collect();
    let cells = rows[heading + 1..].iter().flat_map(|row| columns.iter().filter_map(|c| row.get(*c)));
    cells.map(|cell| plain(cell)).filter(|name| !name.is_empty()).collect()
}

fn plain(cell: &str) -> String {
    tokens(cell).into_iter().map(|t| t.word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;

//! Tables as the page shows them: without what stands in the table of another finding, or would be too wide to read. The file beside it holds all.

use super::{TableView, Value, count, for_page, table, text, view};
use crate::model::{AreaClasses, Body, EmergingClass, Finding, FixList, Reach, SpotClass};
use crate::units::thousands;

/// Columns of a table by area that the table of rates holds, too: how many, and of how many.
const COUNTED: [usize; 2] = [2, 3];

/// Areas with such a chance of a rate above the threshold stand on the page, as they are outlined on the map.
const LIKELY: f64 = 0.8;

/// Areas of a class that are named on the page.
const MOST_NAMES: usize = 200;

/// The table of a finding on the page, and whether its file holds more than that.
pub(in crate::outputs) fn on_page(finding: &Finding) -> (TableView, bool) {
    match &finding.body {
        Body::AreaClasses(body) => (by_class(body), true),
        // What the question is about: areas with a high need, and those of which it is not known. The map has the others.
        Body::NeedAccess(body) => {
            let asked: Vec<bool> = body.rows.iter().map(|r| r.need_third != Some(0) && r.need_third != Some(1)).collect();
            (without(only(table(finding), &asked), &COUNTED), true)
        }
        // Of an area without a history there is nothing to tell.
        Body::Emerging(body) => {
            let told: Vec<bool> = body.rows.iter().map(|r| r.class != EmergingClass::NoPattern).collect();
            (only(table(finding), &told), true)
        }
        Body::HotSpots(body) => {
            // One of both smoothed rates, that of the map; the index and the chance of the score stand in the file.
            let other = if body.modelled.is_some() { [4, 5, 6] } else { [7, 8, 9] };
            // What is within chance has nothing to tell but its rate, which the map shows.
            let told: Vec<bool> =
                body.rows.iter().map(|r| r.class != SpotClass::NotClear || r.above.is_some_and(|c| c >= LIKELY)).collect();
            (without(only(table(finding), &told), &[&COUNTED[..], &other, &[12, 14]].concat()), true)
        }
        // Whom there is something to ask; what it is stands in their lists.
        Body::FixLists(body) => {
            let row = |list: &FixList| vec![text(list.name()), Value::Count(list.items.len() as u64)];
            (view(vec!["Provider".into(), "To check".into()], body.lists.iter().map(row).collect()), true)
        }
        // A register is shortened to what can be read side by side.
        Body::Gaps(_) => (for_page(finding), true),
        _ => (for_page(finding), false),
    }
}

/// The rows of the areas that are asked for, and those of no area below them.
fn only(table: TableView, asked: &[bool]) -> TableView {
    let kept = table.rows.into_iter().enumerate().filter(|(i, _)| asked.get(*i).copied().unwrap_or(true)).map(|r| r.1);
    TableView { rows: kept.collect(), ..table }
}

fn without(TableView { headings, rows, .. }: TableView, columns: &[usize]) -> TableView {
    let kept = |i: &usize| !columns.contains(i);
    let headings: Vec<String> = headings.into_iter().enumerate().filter(|(i, _)| kept(i)).map(|(_, h)| h).collect();
    let rows = rows.into_iter().map(|row| row.into_iter().enumerate().filter(|(i, _)| kept(i)).map(|(_, v)| v).collect()).collect();
    view(headings, rows)
}

/// A row for each class with the areas that are in it: the largest class is told as all others.
fn by_class(body: &AreaClasses) -> TableView {
    let headings = vec![format!("Reach of {}", body.measure), "Residents".into(), "Areas".into(), "Which".into()];
    let of = |class: Reach| body.rows.iter().filter(move |r| r.class == class);
    let largest = Reach::ALL.into_iter().max_by_key(|class| of(*class).count());
    let row = |class: Reach| {
        let names: Vec<&str> = of(class).map(|r| r.name.as_str()).collect();
        let residents = body.totals.iter().find(|t| t.class == class).map(|t| t.residents);
        // A class that nobody is known to be in is told only where that is known.
        if names.is_empty() && residents.is_none_or(|residents| residents.known().is_none()) {
            return None;
        }
        let which = match names.len() {
            0 => "none".to_owned(),
            n if n == body.rows.len() => "all".into(),
            _ if Some(class) == largest => "all others".into(),
            n if n > MOST_NAMES => format!("{} and {} more", names[..MOST_NAMES].join(", "), thousands((n - MOST_NAMES) as u64)),
            _ => names.join(", "),
        };
        let residents = residents.map_or(Value::Nothing("[x]"), count);
        Some(vec![text(body.label(class)), residents, Value::Count(names.len() as u64), text(&which)])
    };
    view(headings, Reach::ALL.into_iter().filter_map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::study_of_reach;

    #[test]
    fn every_area_is_in_one_class_and_the_largest_is_all_others() {
        let (_, reach, _) = study_of_reach();
        let (table, shortened) = on_page(&reach);
        let Body::AreaClasses(body) = &reach.body else { panic!("classes") };
        let told: u64 = table.rows.iter().map(|r| if let Value::Count(n) = r[2] { n } else { 0 }).sum();
        assert!(shortened);
        assert_eq!(told as usize, body.rows.len());
        assert_eq!(table.rows.iter().filter(|r| r[3] == text("all others")).count(), 1);
        let named: usize = table.rows.iter().map(|r| r[3].shown().split(", ").filter(|n| n.starts_with("Area")).count()).sum();
        assert!(named > 0 && named < body.rows.len(), "{table:?}");
    }
}

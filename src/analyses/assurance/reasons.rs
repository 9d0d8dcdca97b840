//! Why services are not available, in the classes of HeRAMS.

use super::looked::Looked;
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::analyses::gaps::day;
use crate::model::{Body, ServiceState, Table};
use crate::msg;
use crate::sources::Lack;
use crate::study::Service;
use crate::units::{Cell, Polarity};

/// The first rows: all services that are not available, and how many of them say why.
const WHOLE: [&str; 3] = ["Not available", "Reason told", "Reason not told"];

fn label(lack: Lack) -> &'static str {
    match lack {
        Lack::Staff => "Staff",
        Lack::Training => "Training",
        Lack::Supplies => "Supplies",
        Lack::Equipment => "Equipment",
        Lack::Finance => "Finance",
        Lack::Other => "Another reason",
    }
}

/// Services that are paused on the day, and those of which the record says what they lack.
pub(super) fn draft(looked: &Looked) -> Option<Draft> {
    let stopped = |s: &&&Service| looked.provision.state(s) == ServiceState::Paused || !s.more.unavailable.is_empty();
    let services: Vec<&Service> = looked.records.iter().filter(stopped).copied().collect();
    if services.is_empty() {
        return None;
    }
    let count = |wanted: &dyn Fn(&Service) -> bool| Some(services.iter().filter(|s| wanted(s)).count() as u64);
    let whole = [count(&|_| true), count(&|s| !s.more.unavailable.is_empty()), count(&|s| s.more.unavailable.is_empty())];
    let each = Lack::ALL.into_iter().map(|lack| count(&|s| s.more.unavailable.contains(&lack)));
    let table = CountTable::column(whole.into_iter().chain(each)).with_sum([(1, 0), (2, 0), (0, 0)]);
    let head = looked.head("reasons", Polarity::Worse, vec![msg!("assurance-caveat-reasons"), msg!("services-caveat-confidential")]);
    let facts = Facts { area_name: looked.study.about.area_name.clone(), day: looked.day().to_owned() };
    Some(Draft::new(head, table, facts, tell))
}

struct Facts {
    area_name: String,
    day: String,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let labels: Vec<String> = WHOLE.into_iter().chain(Lack::ALL.map(label)).map(str::to_owned).collect();
    let rows = released.under(&labels);
    let told = |row: usize| released.at(row, 0).known().filter(|n| *n > 0);
    let mut sentences: Vec<_> = told(2).map(|n| msg!("assurance-reason-not-told", services = n)).into_iter().collect();
    for (at, lack) in Lack::ALL.into_iter().enumerate() {
        sentences.extend(told(WHOLE.len() + at).map(|n| msg!("assurance-reason", services = n, what = label(lack).to_lowercase())));
    }
    Telling {
        headline: match (released.at(0, 0), released.at(1, 0)) {
            (Cell::Known(services), Cell::Known(with)) => msg!("assurance-reasons-headline", services = services, told = with),
            _ => msg!("assurance-reasons-withheld"),
        },
        subtitle: msg!("assurance-reasons-subtitle", day = day(&facts.day), area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Table(Table { row_heading: "Reason".into(), columns: vec!["Services".into()], months: vec![], breaks: vec![], rows }),
    }
}

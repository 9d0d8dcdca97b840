//! How good the catalogue is: what each provider's records say, and which to chase.

use std::collections::BTreeMap;

use super::ground::Ground;
use crate::analyses::draft::{CountTable, Draft, DraftHead, Released, Telling};
use crate::model::{Arg, Body, Message, Table};
use crate::msg;
use crate::study::{Service, ServiceState as State};
use crate::units::Polarity;

/// What the tests of gaps need of a record: its name, whether the record has it, and whether it is asked of it at all.
pub(in crate::analyses) struct Asked {
    /// Its name.
    pub label: &'static str,
    /// Whether the record has it.
    pub has: fn(&Service) -> bool,
}

/// All that the tests need, in the order of the table.
pub(in crate::analyses) const ASKED: [Asked; 9] = [
    Asked { label: "type", has: |s| !s.types.is_empty() },
    Asked { label: "delivery or site", has: |s| !s.delivery.is_empty() || !s.sites.is_empty() },
    Asked { label: "capacity", has: |s| s.more.capacity.is_some() || s.more.withheld.capacity },
    Asked {
        label: "room or waiting",
        has: |s| s.more.list_open.is_some() || s.more.caseload.is_some() || s.more.waiting.is_some() || told_of_room(s),
    },
    Asked { label: "hours", has: |s| s.more.hours.is_some() },
    Asked { label: "for whom", has: |s| s.more.eligibility.is_known() },
    Asked { label: "languages", has: |s| !s.more.languages.is_empty() },
    Asked { label: "access", has: |s| !s.more.access_needs.is_empty() },
    Asked { label: "end of contract", has: |s| s.more.contract_end.is_some() },
];

/// Whether the record gives cases or people waiting that this pack withholds.
fn told_of_room(service: &Service) -> bool {
    service.more.withheld.caseload || service.more.withheld.waiting
}

/// A row for each provider of an open catalogue; providers of restricted ones together.
pub(super) fn draft(ground: &Ground) -> Option<Draft> {
    let study = ground.study;
    let services: Vec<&Service> = ground.here().filter(|s| ground.state(s) != State::Ended).collect();
    if services.is_empty() {
        return None;
    }
    let open = |s: &Service| study.is_open(s);
    let mut by_provider: BTreeMap<String, Vec<&Service>> = BTreeMap::new();
    for s in &services {
        let name = match (open(s), s.provider.as_str()) {
            (false, _) => "Restricted catalogues",
            (true, "") => "Provider not given",
            (true, name) => name,
        };
        by_provider.entry(name.to_owned()).or_default().push(s);
    }
    let count = |list: &[&Service], a: &Asked| list.iter().filter(|s| (a.has)(s)).count() as u64;
    let row = |list: &[&Service]| -> Vec<Option<u64>> {
        std::iter::once(list.len() as u64).chain(ASKED.iter().map(|a| count(list, a))).map(Some).collect()
    };
    let rows: Vec<Vec<Option<u64>>> = by_provider.values().map(|list| row(list)).collect();
    // Whom to ring first: those records of open catalogues that leave most open.
    let missing = |s: &Service| ASKED.iter().filter(|a| !(a.has)(s)).map(|a| a.label).collect::<Vec<_>>();
    let mut chase: Vec<Incomplete> = services
        .iter()
        .filter(|s| open(s))
        .map(|s| Incomplete { service: s.name.clone(), place: s.place.file_alone(), missing: missing(s) })
        .filter(|s| !s.missing.is_empty())
        .collect();
    chase.sort_by(|a, b| b.missing.len().cmp(&a.missing.len()).then_with(|| (&a.service, &a.place).cmp(&(&b.service, &b.place))));
    let mut sources: Vec<usize> = services.iter().flat_map(|s| s.sources()).collect();
    sources.sort_unstable();
    sources.dedup();
    let head = DraftHead {
        id: "gaps/records".into(),
        analysis: "gaps",
        sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
        period: ground.period(),
        polarity: Polarity::Better,
        status: "recorded".into(),
        caveats: vec![msg!("gaps-records-caveat")],
    };
    let facts =
        Facts { area_name: study.about.area_name.clone(), labels: by_provider.into_keys().collect(), chase, records: services.len() };
    Some(Draft::new(head, CountTable::new(rows), facts, tell))
}

struct Facts {
    area_name: String,
    labels: Vec<String>,
    chase: Vec<Incomplete>,
    records: usize,
}

/// A record that leaves something out.
struct Incomplete {
    service: String,
    place: String,
    missing: Vec<&'static str>,
}

impl Incomplete {
    fn told(&self) -> Message {
        let missing = Arg::Series(self.missing.iter().map(|m| Arg::from(*m)).collect());
        msg!("gaps-records-chase", service = &self.service, place = &self.place, missing = missing)
    }
}

/// So many records to chase are named on a page.
const MOST_NAMED: usize = 5;

fn tell(facts: &Facts, released: &Released) -> Telling {
    let rows = released.under(&facts.labels);
    let first = match facts.chase.len() {
        0 => msg!("gaps-records-complete", records = facts.records),
        incomplete => msg!("gaps-records-incomplete", incomplete = incomplete, records = facts.records),
    };
    Telling {
        headline: msg!("gaps-records-headline"),
        subtitle: msg!("gaps-records-subtitle", area = &facts.area_name),
        sentences: std::iter::once(first).chain(facts.chase.iter().take(MOST_NAMED).map(Incomplete::told)).collect(),
        figures: vec![],
        body: Body::Table(Table {
            row_heading: "Provider".into(),
            columns: std::iter::once("records".to_owned()).chain(ASKED.iter().map(|a| a.label.to_owned())).collect(),
            months: vec![],
            breaks: vec![],
            rows,
        }),
    }
}

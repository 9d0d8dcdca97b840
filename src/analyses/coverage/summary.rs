//! All kinds of service side by side; confidential ones by their capacity only.

use std::collections::BTreeSet;

use super::{Coverage, FEWEST_CONFIDENTIAL, residents_by_reach, site_not_known};
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::model::{Arg, Body, Message, Reach, Row, Shares, beside_not_known};
use crate::msg;
use crate::sources::ServiceType;
use crate::study::{ConfidentialService, Provision, Reached, Study};
use crate::units::Cell;

/// In a row of the table: the classes of reach, and those without a site near of a kind that has no distance of its own.
const PARTS: usize = 5;

impl Coverage {
    /// Residents by type of service and reach; confidential types only by capacity, and only where three or more are counted.
    pub(super) fn summary(&self, study: &Study, provision: &Provision, types: &[&ServiceType]) -> Draft {
        let mut rows = Vec::new();
        let mut facts =
            SummaryFacts { area_name: study.about.area_name.clone(), labels: vec![], site_not_known: vec![], confidential: vec![] };
        for kind in types {
            if kind.confidential {
                let services = provision.confidential(kind);
                let units: BTreeSet<&str> = services.iter().map(|s| s.capacity_unit.as_deref().unwrap_or("places")).collect();
                // Places and caseworkers do not add up.
                let capacity = study.confidential_capacity(kind, provision.as_of(), |_| units.len() == 1);
                let unit = units.first().copied().unwrap_or("places").to_owned();
                let surely = ConfidentialService::how_many(&services);
                let enough = surely >= FEWEST_CONFIDENTIAL;
                facts.confidential.push(ConfidentialType {
                    label: kind.label.clone(),
                    counted: surely.min(FEWEST_CONFIDENTIAL),
                    capacity: if enough { capacity } else { Cell::Withheld },
                    unit,
                });
                continue;
            }
            facts.labels.push(kind.label.clone());
            let reached = provision.reach(kind);
            facts.site_not_known.push(reached.iter().any(Reached::hides_site));
            let counts = residents_by_reach(study, &reached);
            let counts: Vec<Option<u64>> = counts.counts().iter().take(Reach::ALL.len()).copied().collect();
            rows.push(apart(provision.judges_distance(kind), &counts));
        }
        Draft::new(self.head(study, provision, "summary"), CountTable::new(rows), facts, tell_summary)
    }
}

/// Residents by reach, with those without a site near parted by whether somebody says how far is too far: where nobody does they are not beyond reach.
fn apart(agreed: bool, counts: &[Option<u64>]) -> Vec<Option<u64>> {
    let here = |i: usize| counts.get(i).copied().flatten();
    let (out, far) = if agreed { (here(2), here(2).map(|_| 0)) } else { (here(2).map(|_| 0), here(2)) };
    vec![here(0), here(1), out, far, here(3)]
}

struct SummaryFacts {
    area_name: String,
    labels: Vec<String>,
    /// Of each label, whether a service comes to some of whom nobody knows whether a site is in reach too.
    site_not_known: Vec<bool>,
    confidential: Vec<ConfidentialType>,
}

/// What may be said of a type whose services keep their address secret.
struct ConfidentialType {
    label: String,
    /// How many services, counted no further than [`FEWEST_CONFIDENTIAL`].
    counted: usize,
    /// Their capacity together, where enough of them are counted and all give one.
    capacity: Cell<f64>,
    unit: String,
}

fn tell_summary(facts: &SummaryFacts, released: &Released) -> Telling {
    let rows: Vec<Row> = facts
        .labels
        .iter()
        .enumerate()
        .map(|(i, label)| Row {
            code: None,
            label: label.clone(),
            cells: site_not_known(facts.site_not_known[i], beside_not_known(released.row(i))),
        })
        .collect();
    let told = |c: &Cell<u64>| c.known().is_some_and(|n| n > 0);
    let all_unknown = rows.iter().filter(|r| !r.cells.iter().take(PARTS - 1).any(told)).count();
    let (area, kinds, known) = (&facts.area_name, rows.len(), rows.len() - all_unknown);
    let first = match known {
        // Nothing is said of none.
        0 => msg!("coverage-summary-not-known", kinds = kinds, area = area),
        known => msg!("coverage-summary-known", kinds = kinds, known = known, area = area, unknown = all_unknown),
    };
    Telling {
        headline: msg!("coverage-summary-headline"),
        subtitle: msg!("coverage-summary-subtitle", area = area),
        sentences: std::iter::once(first).chain(facts.confidential.iter().map(confidential)).collect(),
        figures: vec![],
        body: Body::Shares(Shares {
            row_heading: "Type of service".into(),
            unit: "residents".into(),
            parts: [Reach::Site, Reach::WithoutSite, Reach::OutOfReach]
                .map(Reach::label)
                .into_iter()
                .chain([Reach::NO_LIMIT, Reach::NotKnown.label()])
                .map(Into::into)
                .collect(),
            rows,
            in_steps: false,
        }),
    }
}

/// What is said of a type whose services keep their address secret.
fn confidential(kind: &ConfidentialType) -> Message {
    let ConfidentialType { label, counted, capacity, unit } = kind;
    let services = FEWEST_CONFIDENTIAL;
    match (*counted, capacity) {
        (0, _) => msg!("coverage-confidential-not-known", label = label),
        (FEWEST_CONFIDENTIAL, Cell::Known(capacity)) => {
            msg!("coverage-confidential", label = label, capacity = Arg::Number(*capacity, 0), unit = unit, services = services)
        }
        (FEWEST_CONFIDENTIAL, Cell::Withheld) => msg!("coverage-confidential-withheld", label = label, services = services),
        (FEWEST_CONFIDENTIAL, _) => msg!("coverage-confidential-capacity-not-known", label = label, services = services),
        _ => msg!("coverage-confidential-few", label = label, services = services),
    }
}

//! All kinds of service side by side; confidential ones by their capacity only.

use std::collections::BTreeSet;

use super::{Coverage, FEWEST_CONFIDENTIAL, residents_by_reach, site_not_known};
use crate::analyses::Figure;
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::analyses::words::decimal;
use crate::model::{Body, Reach, Row, Shares, beside_not_known};
use crate::sources::ServiceType;
use crate::study::{Provision, Reached, Study};
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
                let capacity = study.capacity_together(&services, |_| units.len() == 1);
                let unit = units.first().copied().unwrap_or("places").to_owned();
                let enough = services.len() >= FEWEST_CONFIDENTIAL;
                facts.confidential.push(ConfidentialType {
                    label: kind.label.clone(),
                    counted: services.len().min(FEWEST_CONFIDENTIAL),
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
    let mut sentences = vec![format!(
        "Of {} types of service that were asked about, the catalogue tells for {} who is reached in {}, at least in part; for {all_unknown} it is not known.",
        rows.len(),
        rows.len() - all_unknown,
        facts.area_name
    )];
    for ConfidentialType { label, counted, capacity, unit } in &facts.confidential {
        sentences.push(match (*counted, capacity) {
            (0, _) => format!("{label}: not known from this catalogue."),
            (FEWEST_CONFIDENTIAL, Cell::Known(capacity)) => format!(
                "{label}: {} {unit} in {FEWEST_CONFIDENTIAL} or more services, all addresses confidential. Survivors move between areas to be safe, so this is a share of a national network and not a local sufficiency.",
                decimal(*capacity, 0)
            ),
            (FEWEST_CONFIDENTIAL, Cell::Withheld) => format!("{label}: {FEWEST_CONFIDENTIAL} or more services; their capacity together is withheld."),
            (FEWEST_CONFIDENTIAL, _) => format!("{label}: {FEWEST_CONFIDENTIAL} or more services; their capacity together is not known."),
            _ => format!(
                "{label}: there is provision; numbers are withheld, because fewer than {FEWEST_CONFIDENTIAL} services are counted."
            ),
        });
    }
    let mut figures = vec![
        Figure::new("types with reach not known", all_unknown as f64),
        Figure::new("fewest confidential services told", FEWEST_CONFIDENTIAL as f64),
    ];
    // Nothing is said of none.
    let known = rows.len() - all_unknown;
    figures.extend((known > 0).then(|| Figure::new("types with reach known", known as f64)));
    figures.extend(facts.confidential.iter().filter_map(|c| Some(Figure::new("capacity of confidential services", c.capacity.known()?))));
    Telling {
        headline: "Who lives within reach of each kind of service".into(),
        subtitle: format!("Residents by reach and type of service, {}", facts.area_name),
        sentences,
        figures,
        body: Body::Shares(Shares {
            row_heading: "Type of service".into(),
            unit: "residents".into(),
            parts: [Reach::Site, Reach::WithoutSite, Reach::OutOfReach]
                .map(Reach::label)
                .into_iter()
                .chain([Reach::NO_LIMIT, Reach::NotKnown.label()])
                .map(str::to_owned)
                .collect(),
            rows,
            in_steps: false,
        }),
    }
}

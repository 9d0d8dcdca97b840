use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::need::{prevalences, women_16_plus};
use crate::model::{Arg, Body, Message, Row, Table};
use crate::msg;
use crate::sources::{ServiceType, service_types};
use crate::study::{Asked, Provision, Service, Study};
use crate::units::{Cell, Month, Polarity};

/// The settings of a `contracts` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ContractSettings {
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
    /// A contract that ends within so many months is about to end.
    pub months_ahead: u16,
}

impl Default for ContractSettings {
    fn default() -> Self {
        Self { as_of: None, months_ahead: 6 }
    }
}

/// Forms of violence, each with the survey that says how many women are harmed in a year.
const MEASURED: [(&str, &str); 2] = [("domestic abuse", "domestic-abuse-year"), ("sexual violence", "sexual-assault-year")];
/// So many kinds are told with a cost for each person on the books.
const MOST_TOLD: usize = 5;

const COLUMNS: [&str; 11] = [
    "Estimated need, women",
    "Running services",
    "Capacity",
    "On the books",
    "Pounds a year",
    "Known costs",
    "Ending soon",
    "With one funder",
    "Without a funder",
    "No funder named",
    "No end date",
];
const RUNNING: usize = 1;
const CAPACITY: usize = 2;
const CASES: usize = 3;
const POUNDS: usize = 4;
const COSTED: usize = 5;
const ENDING: usize = 6;
const ONE_FUNDER: usize = 7;
const UNFUNDED: usize = 8;
const UNNAMED: usize = 9;
const ENDLESS: usize = 10;

impl Analysis for ContractSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        self.draft(study).into_iter().collect()
    }
}

impl ContractSettings {
    fn draft(&self, study: &Study) -> Option<Draft> {
        let provision = Provision::new(study, &Asked { as_of: self.as_of, ..Asked::default() });
        let first = |s: &Service| service_types().iter().find(|t| s.types.first() == Some(&t.id));
        let running: Vec<(&'static ServiceType, &Service)> =
            provision.all_running().into_iter().filter_map(|s| Some((first(s).filter(|t| !t.confidential)?, s))).collect();
        // In a pack for everybody those of restricted catalogues are left out as a whole: a row with some of them would say that of the others.
        let (apart, running): (Vec<_>, Vec<_>) = running.into_iter().partition(|(_, s)| s.more.withheld.contract);
        if running.iter().all(|(_, s)| s.more.cost_per_year.is_none()) {
            return None;
        }
        let horizon = Month::parse(&provision.as_of()[..7])?.plus(i32::from(self.months_ahead)).last_day();
        let women: Option<f64> = study.areas.list.iter().map(women_16_plus).sum();
        let (mut rows, mut labels, mut kept_back) = (Vec::new(), Vec::new(), [Vec::new(), Vec::new()]);
        for kind in service_types() {
            let own: Vec<&Service> = running.iter().filter(|(k, _)| k.id == kind.id).map(|r| r.1).collect();
            if !own.is_empty() {
                rows.push(row(kind, &own, women, &horizon));
                labels.push(kind.label.clone());
                kept_back[0].push(own.iter().any(|s| s.more.withheld.capacity));
                kept_back[1].push(own.iter().any(|s| s.more.withheld.caseload));
            }
        }
        let mut sources: Vec<usize> = running.iter().flat_map(|(_, s)| s.sources()).chain(study.areas.population_source).collect();
        sources.sort_unstable();
        sources.dedup();
        let mut caveats = vec![msg!("contracts-caveat-books"), msg!("contracts-caveat-once"), msg!("contracts-caveat-given")];
        caveats.extend((!apart.is_empty()).then(|| msg!("contracts-caveat-apart")));
        let head = DraftHead {
            id: "contracts/kinds".into(),
            analysis: "contracts",
            sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
            period: provision.period(),
            polarity: Polarity::Ambiguous,
            status: "recorded".into(),
            caveats,
        };
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            as_of: provision.period().last,
            months: usize::from(self.months_ahead),
            labels,
        };
        let table = CountTable::new(rows).keeping_back(CAPACITY, &kept_back[0]).keeping_back(CASES, &kept_back[1]);
        Some(Draft::new(head, table, facts, tell))
    }
}

/// A row of the table: what cannot be added up of every service is missing, and not zero.
fn row(kind: &ServiceType, own: &[&Service], women: Option<f64>, horizon: &str) -> Vec<Option<u64>> {
    let percent =
        MEASURED.iter().find(|m| m.0 == kind.form).and_then(|m| prevalences().into_iter().find(|p| p.id == m.1)).map(|p| p.percent);
    let need = women.zip(percent).map(|(women, percent)| (women * percent / 1000.0).round() as u64 * 10);
    let unit = own.first().and_then(|s| s.more.capacity_unit.as_deref());
    let one_unit = own.iter().all(|s| s.more.capacity_unit.as_deref() == unit);
    let capacity: Option<f64> = own.iter().map(|s| s.more.capacity).sum();
    let cases: Option<u64> = own.iter().map(|s| s.more.caseload.map(u64::from)).sum();
    let costs = || own.iter().filter_map(|s| s.more.cost_per_year);
    let count = |wanted: &dyn Fn(&Service) -> bool| own.iter().filter(|s| wanted(s)).count() as u64;
    let paid_by = |s: &Service| s.more.payers().map(|p| p.len());
    vec![
        need,
        Some(own.len() as u64),
        capacity.filter(|_| one_unit).map(|n| n.round() as u64),
        cases,
        (costs().count() > 0).then(|| costs().sum::<f64>().round() as u64),
        Some(costs().count() as u64),
        Some(count(&|s| s.more.contract_end.as_deref().is_some_and(|d| d <= horizon))),
        Some(count(&|s| paid_by(s) == Some(1))),
        Some(count(&|s| paid_by(s) == Some(0))),
        Some(count(&|s| paid_by(s).is_none())),
        Some(count(&|s| s.more.contract_end.is_none())),
    ]
}

struct Facts {
    area_name: String,
    as_of: Month,
    months: usize,
    labels: Vec<String>,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let rows = released.under(&facts.labels);
    // A sum of which a part is withheld is withheld; kinds without a cost have none to add.
    let sum = |column: usize| {
        let cells: Vec<Cell<u64>> = rows.iter().filter_map(|r| r.cells.get(column).copied()).filter(|c| *c != Cell::Missing).collect();
        if cells.is_empty() { Cell::Missing } else { Cell::sum(&cells) }
    };
    let mut sentences: Vec<Message> = sum(POUNDS).known().map(|n| msg!("contracts-cost", pounds = n)).into_iter().collect();
    // Only where every running service of a kind gives both.
    let mut each: Vec<(f64, Message)> = rows.iter().filter_map(|r| Some((known(r, POUNDS)?, each_of(r)?))).collect();
    each.sort_by(|a, b| b.0.total_cmp(&a.0));
    sentences.extend(each.into_iter().take(MOST_TOLD).map(|e| e.1));
    let some = |n: Cell<u64>| n.known().filter(|n| *n > 0);
    sentences.extend(some(sum(ENDING)).map(|n| msg!("contracts-ends", services = n, months = facts.months)));
    sentences.extend(some(sum(ONE_FUNDER)).map(|n| msg!("contracts-one-funder", services = n)));
    sentences.extend(some(sum(UNFUNDED)).map(|n| msg!("contracts-unfunded", services = n)));
    sentences.extend(some(sum(UNNAMED)).map(|n| msg!("contracts-no-funder-named", services = n)));
    sentences.extend(some(sum(ENDLESS)).map(|n| msg!("contracts-no-end", services = n)));
    sentences.push(msg!("contracts-duty"));
    Telling {
        headline: match (sum(COSTED), sum(RUNNING)) {
            (Cell::Known(services), Cell::Known(running)) => msg!("contracts-headline", services = services, running = running),
            _ => msg!("contracts-headline-withheld"),
        },
        subtitle: msg!("contracts-subtitle", area = &facts.area_name, as_of = facts.as_of),
        sentences,
        figures: vec![],
        body: Body::Table(Table {
            row_heading: "Kind of service".into(),
            columns: COLUMNS.map(str::to_owned).to_vec(),
            months: vec![],
            breaks: vec![],
            rows,
        }),
    }
}

fn known(row: &Row, column: usize) -> Option<f64> {
    row.cells.get(column).and_then(|c: &Cell<u64>| c.known()).map(|n| n as f64)
}

/// Pounds a year for each open case of a kind.
fn each_of(row: &Row) -> Option<Message> {
    let (pounds, cases) = (known(row, POUNDS)?, known(row, CASES).filter(|n| *n > 0.0)?);
    (known(row, RUNNING)? == known(row, COSTED)?)
        .then(|| msg!("contracts-each", kind = &row.label, pounds = Arg::Number((pounds / cases).round(), 0), cases = row.cells[CASES]))
}

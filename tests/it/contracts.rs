//! From need to money: sums are those of the catalogue, what is not given is not zero, and a secret service has no part in it.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Table};
use gapmap::plan::Plan;
use gapmap::units::Cell;

use crate::study_files::Study;

/// The catalogue with a column of costs, by the id of the service.
fn costed(costs: &[(&str, &str)]) -> Study {
    let study = Study::small();
    let text = study.text("services/commissioned.csv");
    let rows = text.lines().enumerate().map(|(i, line)| {
        let id = line.split(',').next().unwrap();
        let cost = costs.iter().find(|c| c.0 == id).map_or("", |c| c.1);
        format!("{line},{}\n", if i == 0 { "cost_per_year" } else { cost })
    });
    let text: String = rows.collect();
    study.write("services/commissioned.csv", text.as_bytes());
    study
}

fn findings(study: &Study) -> Findings {
    let mut problems = Problems::default();
    let plan = Plan::parse(&study.text("study.toml"), "study.toml", study.folder.clone(), &mut problems);
    let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, Some("contracts"), &mut problems));
    found.unwrap_or_else(|| panic!("{}", gapmap::diagnostics::render_text(&problems))).0
}

fn table(findings: &Findings) -> &Table {
    let Some(Body::Table(table)) = findings.find("contracts/kinds").map(|f| &f.body) else { panic!("no contracts") };
    table
}

#[test]
fn need_services_cases_and_pounds_stand_in_one_row() {
    let study = costed(&[("CS-01", "190000"), ("CS-03", "88000.40")]);
    let found = findings(&study);
    let table = table(&found);
    let row =
        |label: &str| &table.rows.iter().find(|r| r.label.contains(label)).unwrap_or_else(|| panic!("{label}: {:?}", table.rows)).cells;
    let column = |heading: &str| table.columns.iter().position(|c| c == heading).unwrap();
    let (pounds, cases, need) = (column("Pounds a year"), column("On the books"), column("Estimated need, women"));
    let isva = row("sexual violence adviser");
    assert_eq!((isva[pounds], isva[cases]), (Cell::Known(190_000), Cell::Known(190)));
    assert!(isva[need].known().is_some_and(|n| n > 0 && n % 10 == 0));
    // A kind of which nobody gives a cost has none, which is not zero.
    let other = table.rows.iter().find(|r| r.cells[column("Known costs")] == Cell::Known(0)).unwrap();
    assert_eq!(other.cells[pounds], Cell::Missing);
    let told = &found.find("contracts/kinds").unwrap().figures;
    assert!(told.iter().any(|f| f.value == 1000.0) && told.iter().any(|f| f.value == 278_000.0), "{told:?}");
}

#[test]
fn without_a_cost_it_is_not_asked_and_a_secret_service_takes_no_part() {
    assert!(findings(&costed(&[])).find("contracts/kinds").is_none());
    let open = findings(&costed(&[("CS-01", "190000")]));
    // CS-12 keeps its address secret.
    let secret = findings(&costed(&[("CS-01", "190000"), ("CS-12", "777000")]));
    assert_eq!(table(&open), table(&secret));
    assert_eq!(open.find("contracts/kinds").unwrap().sentences, secret.find("contracts/kinds").unwrap().sentences);
}

#[test]
fn a_funder_who_stands_twice_is_one_and_nobody_is_none() {
    let with = |funders: &str| {
        let study = costed(&[("CS-01", "190000")]);
        let text = study.text("services/commissioned.csv");
        let heads: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let column = heads.iter().position(|h| *h == "funders").unwrap();
        let rows = text.lines().map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if cells[0] == "CS-01" && cells.len() == heads.len() {
                cells[column] = funders;
            }
            cells.join(",") + "\n"
        });
        let text: String = rows.collect();
        assert!(text.contains(funders));
        study.write("services/commissioned.csv", text.as_bytes());
        let found = findings(&study);
        let table = table(&found);
        let sum = |heading: &str| {
            let at = table.columns.iter().position(|c| c == heading).unwrap();
            table.rows.iter().filter_map(|r| r.cells[at].known()).sum::<u64>()
        };
        ["With one funder", "Without a funder", "No funder named"].map(sum)
    };
    let one = with("Council");
    for same in ["Council;council", "Council; COUNCIL ;council", "council.;Council"] {
        assert_eq!(with(same), one, "{same}");
    }
    assert_eq!(with("Council;Trust")[0] + 1, one[0]);
    assert_eq!(with("None;unfunded"), [one[0] - 1, one[1] + 1, one[2]]);
}

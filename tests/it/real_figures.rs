//! Three partnerships from ten-line plans over real open data, where they lie beside the repository: five figures each, worked out once more by the
//! plainest path over the raw rows. Where the data are not there, the tests say so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use gapmap::diagnostics::Problems;
use gapmap::model::{AreaRates, Body, Findings, Series};
use gapmap::plan::Plan;

use crate::study_files::root;

const VIOLENCE: &str = "Violence and sexual offences";

/// The folder of data, or `None`, said aloud.
fn data(folder: &str) -> Option<PathBuf> {
    let data = root().join("../shared/data");
    if data.join(folder).is_dir() {
        return Some(data);
    }
    println!("skipped: needs the folder {folder} of real open data, which is not beside this repository");
    None
}

fn findings(plan: &str, data: PathBuf) -> Findings {
    assert!(plan.trim().lines().count() <= 10, "a plan of ten lines");
    let mut problems = Problems::default();
    let plan = Plan::parse(plan, "study.toml", data, &mut problems).unwrap_or_else(|| panic!("{:?}", problems.list()));
    let findings = gapmap::pipeline::findings(&plan, None, &mut problems);
    findings.unwrap_or_else(|| panic!("{:?}", problems.list())).0
}

fn rates<'f>(findings: &'f Findings, id: &str) -> &'f AreaRates {
    let Some(Body::AreaRates(rates)) = findings.find(id).map(|f| &f.body) else { panic!("no {id}: {:?}", ids(findings)) };
    rates
}

fn series<'f>(findings: &'f Findings, id: &str) -> &'f Series {
    let Some(Body::Series(series)) = findings.find(id).map(|f| &f.body) else { panic!("no {id}: {:?}", ids(findings)) };
    series
}

fn ids(findings: &Findings) -> Vec<&str> {
    findings.findings.iter().map(|f| f.id.as_str()).collect()
}

/// Every row of the tables under a path, as text by heading.
fn rows(path: PathBuf, wanted: &str) -> Vec<BTreeMap<String, String>> {
    let mut files = vec![path];
    let mut all = Vec::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else if path.to_string_lossy().ends_with(wanted) {
            let mut table = csv::Reader::from_path(path).unwrap();
            let headings = table.headers().unwrap().clone();
            all.extend(table.records().map(|r| headings.iter().map(str::to_owned).zip(r.unwrap().iter().map(str::to_owned)).collect()));
        }
    }
    all
}

/// Offences of violence of Bedfordshire Police, each crime once: month and LSOA.
fn violence(data: &std::path::Path) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for row in rows(data.join("case-A-bedfordshire/police"), "-street.csv") {
        let (id, month, code) = (&row["Crime ID"], &row["Month"], &row["LSOA code"]);
        if row["Crime type"] == VIOLENCE && (id.is_empty() || seen.insert((id.clone(), month.clone()))) {
            all.push((month.clone(), code.clone()));
        }
    }
    all
}

/// LSOA → authority, and residents by LSOA, of a case.
fn census(data: &std::path::Path, case: &str) -> (BTreeMap<String, (String, String)>, BTreeMap<String, f64>) {
    let lookup = rows(data.join(case).join("reference/lsoa21_wd24_lad24_lookup.csv"), ".csv");
    let lookup = lookup.iter().map(|r| (r["LSOA21CD"].clone(), (r["LAD24CD"].clone(), r["WD24CD"].clone()))).collect();
    let people = rows(data.join(case).join("reference/census2021-ts008-lsoa.csv"), ".csv");
    let all = "Sex: All persons; measures: Value";
    (lookup, people.iter().map(|r| (r["geography code"].clone(), r[all].parse().unwrap())).collect())
}

/// The rows of the last twelve months.
fn last_year(rows: &[(String, String)]) -> Vec<(String, String)> {
    let months: BTreeSet<&String> = rows.iter().map(|r| &r.0).collect();
    let last: BTreeSet<&String> = months.into_iter().rev().take(12).collect();
    rows.iter().filter(|r| last.contains(&r.0)).cloned().collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9 * b.abs().max(1.0)
}

/// A plan of the police's area, or of a part of it.
fn bedfordshire(name: &str, kind: &str, authorities: &str) -> String {
    format!(
        r#"study = {{ title = "{name}", area-name = "{name}", authority-kind = "{kind}", authorities = [{authorities}] }}
source = [
  {{ kind = "boundaries", path = "case-A-bedfordshire/boundaries/lsoa", sensitivity = "open" }},
  {{ kind = "lookup", path = ["case-A-bedfordshire/reference/lsoa11_lsoa21_lad22_lookup.csv", "case-A-bedfordshire/reference/lsoa21_wd24_lad24_lookup.csv"], sensitivity = "open" }},
  {{ kind = "population", path = "case-A-bedfordshire/reference/census2021-ts008-lsoa.csv", sensitivity = "open" }},
  {{ kind = "police-uk-street", name = "police", path = "case-A-bedfordshire/police", sensitivity = "open" }},
]
analysis = [{{ kind = "burden" }}, {{ kind = "trend" }}]
"#
    )
}

const AREAS: &str = "burden/police/violence-and-sexual-offences/areas";
const MONTHS: &str = "trend/police/violence-and-sexual-offences";

#[test]
fn bedfordshire_five_figures_by_a_second_path() {
    let Some(data) = data("case-A-bedfordshire") else { return };
    let findings = findings(&bedfordshire("Bedfordshire", "police-area", r#""E06000032", "E06000055", "E06000056""#), data.clone());
    let (lookup, people) = census(&data, "case-A-bedfordshire");
    let raw = violence(&data);
    let ours = |code: &str| lookup.contains_key(code);
    let body = rates(&findings, AREAS);
    // Areas are told of the last twelve months.
    let all = raw;
    let raw = last_year(&all);
    // 1. All that the force recorded here, with and without a place. Two rows carry codes that no lookup here knows, and points inside.
    let located = raw.iter().filter(|r| ours(&r.1)).count() as u64;
    let placeless = raw.iter().filter(|r| r.1.is_empty()).count() as u64;
    let total = body.total.count.known().unwrap();
    assert!((located + placeless..=located + placeless + 2).contains(&total), "{total}, {located} and {placeless}");
    assert_eq!(body.unlocated.known(), Some(placeless));
    // 2. The rate of the whole, over everybody who lives in its 417 areas.
    let residents: f64 = people.iter().filter(|(code, _)| ours(code)).map(|p| p.1).sum();
    assert!(close(body.total.rate.known().unwrap().value, 1000.0 * total as f64 / residents), "{:?} {residents}", body.total.rate);
    // 3. The area with the highest rate, and its count.
    let count = |code: &str| raw.iter().filter(|r| r.1 == code).count() as u64;
    let rate_of = |r: &&gapmap::model::AreaRate| r.rate.known().unwrap().value;
    let top = body.rows.iter().max_by(|a, b| rate_of(a).total_cmp(&rate_of(b))).unwrap();
    let mut by_hand: Vec<(f64, &String)> = lookup.keys().map(|c| (count(c) as f64 * 1000.0 / people[c], c)).collect();
    by_hand.sort_by(|a, b| b.0.total_cmp(&a.0));
    assert_eq!((top.code.as_str(), top.count.known()), (by_hand[0].1.as_str(), Some(count(by_hand[0].1))));
    // 4. One month of the series.
    let july = all.iter().filter(|r| r.0 == "2023-07" && (ours(&r.1) || r.1.is_empty())).count() as u64;
    let points = &series(&findings, MONTHS).points;
    assert_eq!(points.iter().find(|p| p.month.to_string() == "2023-07").unwrap().count.known(), Some(july));
    // 5. What is compared with the whole are the located rows alone: the counts of the areas add up to those.
    let in_areas: u64 = body.rows.iter().map(|r| r.count.known().unwrap()).sum();
    assert_eq!((body.rows.len(), in_areas), (417, total - placeless));
    println!("Bedfordshire: {total} offences, {placeless} of them without a place, {residents} residents");
}

#[test]
fn a_county_without_its_city_five_figures_by_a_second_path() {
    // As Leicestershire is without Leicester: the force's files hold the city too.
    let Some(data) = data("case-A-bedfordshire") else { return };
    let county = ["E06000055", "E06000056"];
    let findings = findings(&bedfordshire("The county", "county", r#""E06000055", "E06000056""#), data.clone());
    let (lookup, people) = census(&data, "case-A-bedfordshire");
    let ours = |code: &str| lookup.get(code).is_some_and(|l| county.contains(&l.0.as_str()));
    let all = violence(&data);
    let raw = last_year(&all);
    let located = raw.iter().filter(|r| ours(&r.1)).count() as u64;
    let body = rates(&findings, AREAS);
    // 1. Areas, and 2. offences: those with a place in the county. Whose the others are nobody can say.
    assert_eq!(body.rows.len(), lookup.keys().filter(|c| ours(c)).count());
    let total = body.total.count.known().unwrap();
    assert!((located..=located + 2).contains(&total) && body.unlocated.known() == Some(0), "{total} {located} {:?}", body.unlocated);
    // 3. The rows of no place, of all crime types, are set aside and counted.
    let police = findings.ledger.iter().find(|l| l.source == "police" && l.unit == "street rows").unwrap();
    let placeless = police.set_aside["without a place, in a source that covers other authorities too"].known().unwrap();
    assert_eq!(Some(placeless), police.noted["without a place"].known());
    // 4. The rate, over the county's residents alone.
    let residents: f64 = people.iter().filter(|(code, _)| ours(code)).map(|p| p.1).sum();
    assert!(close(body.total.rate.known().unwrap().value, 1000.0 * total as f64 / residents));
    // 5. One month.
    let march = all.iter().filter(|r| r.0 == "2022-03" && ours(&r.1)).count() as u64;
    let points = &series(&findings, MONTHS).points;
    assert_eq!(points.iter().find(|p| p.month.to_string() == "2022-03").unwrap().count.known(), Some(march));
    println!("The county without its city: {total} offences, {residents} residents, {placeless} rows without a place set aside");
}

#[test]
fn bexley_five_figures_by_a_second_path() {
    let Some(data) = data("mps-ward-level") else { return };
    let plan = r#"study = { title = "Bexley", area-name = "Bexley", authority-kind = "london-borough", authorities = ["E09000004"], geography = "ward" }
source = [
  { kind = "boundaries", path = "case-C-bexley-met/boundaries/ward", sensitivity = "open" },
  { kind = "lookup", path = "case-C-bexley-met/reference/lsoa21_wd24_lad24_lookup.csv", sensitivity = "open" },
  { kind = "population", path = "case-C-bexley-met/reference/census2021-ts008-lsoa.csv", sensitivity = "open" },
  { kind = "mps-wide", name = "mps", path = "mps-ward-level/MPSCrime.csv", borough = "Bexley", sensitivity = "open", offences = ["Rape", "Stalking and harassment"] },
]
analysis = [{ kind = "burden" }, { kind = "trend" }]
"#;
    let findings = findings(plan, data.clone());
    let raw: Vec<BTreeMap<String, String>> =
        rows(data.join("mps-ward-level/MPSCrime.csv"), ".csv").into_iter().filter(|r| r["LookUp_BoroughName"] == "Bexley").collect();
    let months: Vec<String> = raw[0].keys().filter(|h| h.bytes().all(|b| b.is_ascii_digit())).cloned().collect();
    let sum = |offence: &str, ward: Option<&str>, months: &[String]| -> u64 {
        let wanted = raw.iter().filter(|r| r["MinorText"] == offence && ward.is_none_or(|w| r["WardCode"] == w));
        wanted.flat_map(|r| months.iter().map(|m| r[m].trim().parse::<u64>().unwrap())).sum()
    };
    let last = &months[months.len() - 12..];
    let rape = rates(&findings, "burden/mps/rape/areas");
    // 1. Rape in the last twelve months, 2. in the ward where it is most often recorded.
    assert_eq!((rape.rows.len(), rape.total.count.known()), (17, Some(sum("RAPE", None, last))));
    let top = rape.rows.iter().max_by_key(|r| r.count.known()).unwrap();
    assert_eq!(top.count.known(), Some(sum("RAPE", Some(top.code.as_str()), last)));
    assert!(rape.rows.iter().all(|r| r.count.known() == Some(sum("RAPE", Some(r.code.as_str()), last))));
    // 3. Residents of that ward, summed from its LSOAs.
    let (lookup, people) = census(&data, "case-C-bexley-met");
    let of_ward = |ward: &str| -> f64 { lookup.iter().filter(|l| l.1.1 == ward).map(|l| people[l.0]).sum() };
    assert_eq!(top.residents.known(), Some(of_ward(top.code.as_str())));
    // 4. The rate of stalking and harassment over the borough.
    let stalking = rates(&findings, "burden/mps/stalking-and-harassment/areas");
    let residents: f64 = rape.rows.iter().map(|r| of_ward(r.code.as_str())).sum();
    let expected = stalking.per * sum("STALKING AND HARASSMENT", None, last) as f64 / residents;
    assert!(close(stalking.total.rate.known().unwrap().value, expected), "{:?} {expected}", stalking.total.rate);
    // 5. One month of its series.
    let points = &series(&findings, "trend/mps/stalking-and-harassment").points;
    let march = points.iter().find(|p| p.month.to_string() == "2025-03").unwrap();
    assert_eq!(march.count.known(), Some(sum("STALKING AND HARASSMENT", None, &["202503".to_owned()])));
    println!("Bexley: {:?} rapes in twelve months, most in {} ({:?}); {residents} residents", rape.total.count, top.name, top.count);
}

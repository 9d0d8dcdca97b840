//! What was measured by other settings, of other people or of other rows is not compared, and it is said what differs.

use std::sync::LazyLock;

use gapmap::compare::{Said, Unlike, compare, since};
use gapmap::diagnostics::Problems;
use gapmap::model::{AreaRates, Body, Findings, Indicator, IndicatorKind, IndicatorValue};
use gapmap::plan::Plan;
use gapmap::stats::counts::proportion;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::{Cell, Period};

use crate::study_files::Study;

const RATES: &str = "burden/police/violence-and-sexual-offences/areas";

/// A pack of two years with a change of its plan.
fn pack(change: impl Fn(String) -> String) -> Findings {
    let study = Study::of(&borough(&Settings { seed: 5, areas: 30, months: 24, planted: true, ..Settings::default() }));
    let kinds = ["burden", "trend", "services", "coverage", "travel", "access", "gaps", "site", "indicators"];
    let asked: String = kinds.iter().map(|k| format!("\n[[analysis]]\nkind = \"{k}\"\n")).collect();
    let mut problems = Problems::default();
    let plan = Plan::parse(&change(study.text("study.toml") + &asked), "study.toml", study.folder.clone(), &mut problems);
    let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems));
    found.unwrap_or_else(|| panic!("{}", gapmap::diagnostics::render_text(&problems))).0
}

static PACK: LazyLock<Findings> = LazyLock::new(|| pack(|plan| plan));

fn a_year_later(mut findings: Findings) -> Findings {
    let later = |p: &mut Period| (p.first, p.last) = (p.first.plus(24), p.last.plus(24));
    later(&mut findings.frame.period);
    findings.findings.iter_mut().for_each(|f| later(&mut f.period));
    findings
}

#[test]
fn what_was_measured_by_another_setting_is_not_compared_and_the_setting_is_named() {
    for (setting, then, now, also) in [
        ("reach-m = 1200", "reach 3000 m", "reach 1200 m", ["gaps/register", "gaps/people", "site/one-stop-shop", "coverage/summary"]),
        ("detour = 1.4", "detour 1", "detour 1.4", ["gaps/register", "gaps/people", "site/one-stop-shop", "travel/straight-line"]),
        (
            "reach-m-by-type = { one_stop_shop = 900 }",
            "not set",
            "reach of one_stop_shop 900 m",
            ["gaps/register", "gaps/people", "site/one-stop-shop", "coverage/one-stop-shop"],
        ),
    ] {
        let other = pack(|plan| format!("{plan}\n[study.reach]\n{setting}\n"));
        let found = compare(&PACK, &other);
        assert!(found.refused.is_empty() && found.gaps.is_empty(), "{setting}: {:?}", found.gaps);
        for id in also {
            assert!(PACK.find(id).is_some(), "no {id}: {:?}", PACK.findings.iter().map(|f| &f.id).collect::<Vec<_>>());
            let left = found.not_compared.iter().find(|n| n.id == id).unwrap_or_else(|| panic!("{setting}: {id} is compared"));
            assert_eq!(left.because.what, Unlike::Setting, "{id}");
            assert!(!found.changes.iter().any(|c| c.id == id), "{id}");
        }
        let told = &found.not_compared.iter().find(|n| n.id == "gaps/register").unwrap().because;
        assert_eq!((told.before.as_str(), told.after.as_str()), (then, now));
        // What measures no way is compared.
        assert!(found.changes.iter().any(|c| c.id == RATES));
    }
    let vouched_for = pack(|plan| plan.lines().filter(|l| !l.starts_with("catalogue-complete")).map(|l| format!("{l}\n")).collect());
    let found = compare(&PACK, &vouched_for);
    assert!(found.gaps.is_empty() && found.not_compared.iter().any(|n| n.id == "gaps/register"), "{:?}", found.gaps);
}

fn rates(findings: &mut Findings) -> &mut AreaRates {
    let body = findings.findings.iter_mut().find(|f| f.id == RATES).map(|f| &mut f.body);
    if let Some(Body::AreaRates(body)) = body { body } else { panic!("no {RATES}") }
}

#[test]
fn rates_of_other_residents_are_not_compared_and_their_counts_are() {
    let mut later = a_year_later(PACK.clone());
    let body = rates(&mut later);
    let halved = |r: Cell<gapmap::units::Estimate>| {
        r.map(|r| gapmap::units::Estimate { value: r.value / 2.0, lower: r.lower / 2.0, upper: r.upper / 2.0, level: r.level })
    };
    for row in &mut body.rows {
        (row.residents, row.rate) = (row.residents.map(|n| 2.0 * n), halved(row.rate));
    }
    (body.total.residents, body.total.rate) = (body.total.residents.map(|n| 2.0 * n), halved(body.total.rate));
    later.frame.residents = later.frame.residents.map(|n| 2.0 * n);
    assert!(later.frame.residents.is_some());
    let found = compare(&PACK, &later);
    let left = |id: &str| found.not_compared.iter().find(|n| n.id == id).map(|n| n.because.what);
    assert_eq!(
        (left(RATES), left("gaps/register"), left("coverage/summary")),
        (Some(Unlike::Residents), Some(Unlike::Residents), Some(Unlike::Residents))
    );
    let whole = found.changes.iter().find(|c| c.id == RATES && c.row.is_empty()).unwrap();
    assert_eq!((whole.before, whole.said, whole.ratio.map(|r| r.value)), (whole.after, Said::NoClearChange, Some(1.0)));
    assert!(!found.called().any(|c| c.id == RATES) && found.gaps.is_empty());
    // A year in which a few more people live there is no other table.
    let mut grown = a_year_later(PACK.clone());
    let body = rates(&mut grown);
    body.total.residents = body.total.residents.map(|n| 1.01 * n);
    assert!(!compare(&PACK, &grown).not_compared.iter().any(|n| n.id == RATES));
}

#[test]
fn crime_types_that_a_plan_leaves_out_are_listed_nowhere_and_what_counts_others_is_not_compared() {
    let kept = pack(|plan| {
        plan.replacen("kind = \"police-uk-street\"", "kind = \"police-uk-street\"\ncrime-types = [\"Violence and sexual offences\"]", 1)
    });
    let (all, one) = (PACK.written(), kept.written());
    let (all, one) = (String::from_utf8_lossy(&all), String::from_utf8_lossy(&one));
    let other = ["Robbery", "Burglary", "Public order", "Other theft"].into_iter().find(|t| all.contains(t)).unwrap();
    let found = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["findings"].to_string();
    assert!(found(&all).contains(other) && !found(&one).contains(other), "{other}");
    let told = compare(&PACK, &kept);
    assert!(told.changes.iter().any(|c| c.id == RATES), "{:?}", told.not_compared);
    // What counts all labels counts others, where the plan keeps some of them.
    let mut fewer = PACK.clone();
    fewer.sources.iter_mut().find(|s| s.name == "police").unwrap().keeps = vec!["Violence and sexual offences".into()];
    let left = compare(&PACK, &fewer).not_compared;
    let whole = left.iter().find(|n| n.id == "burden/police/categories/categories").unwrap_or_else(|| panic!("{left:?}"));
    assert_eq!((whole.because.what, whole.because.before.as_str()), (Unlike::Definition, "all of its labels"));
    assert!(!left.iter().any(|n| n.id == RATES), "{left:?}");
    assert!(told.changes.iter().all(|c| !c.row.contains(other)), "{:?}", told.changes.iter().find(|c| c.row.contains(other)));
}

#[test]
fn a_quarter_more_is_tested_by_its_new_months_and_where_nothing_is_it_is_said_why() {
    let until = |last: &'static str| {
        move |plan: String| {
            plan.replacen("[study]\n", &format!("[study]\nperiod = {{ first = \"{}\", last = \"{last}\" }}\n", PACK.frame.period.first), 1)
        }
    };
    let end = PACK.frame.period.last;
    let earlier: &'static str = Box::leak(end.plus(-3).to_string().into_boxed_str());
    let before = pack(until(earlier));
    let found = compare(&before, &PACK);
    assert!(found.refused.is_empty(), "{:?}", found.refused);
    assert!(found.changes.iter().any(|c| c.id.starts_with("trend/") && c.p.is_some()), "{:?}", found.not_compared);
    // Columns of months have names, and nobody is told in empty brackets.
    let study = Study::small();
    study.write("before.json", &before.written());
    let mut after = PACK.clone();
    let map = after.findings.iter_mut().find_map(|f| if let Body::Services(b) = &mut f.body { Some(b) } else { None }).unwrap();
    map.sites[0].service.name = "Of nobody".into();
    map.sites[0].service.provider.clear();
    study.write("after.json", &after.written());
    let output = study.gapmap(&["compare", "before.json", "after.json"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("Of nobody") && !told.contains("()") && !told.contains("column 1"), "{told}");
    // Nothing but what overlaps.
    let (mut a, mut b) = (before.clone(), PACK.clone());
    [&mut a, &mut b].into_iter().for_each(|f| f.findings.retain(|f| f.analysis == "burden"));
    study.write("a.json", &a.written());
    study.write("b.json", &b.written());
    let told = String::from_utf8(study.gapmap(&["compare", "a.json", "b.json"]).stdout).unwrap();
    assert!(
        since(&a, &b).tested == 0 && told.contains("Nothing was tested") && told.contains("overlap") && !told.contains("of 0 tested"),
        "{told}"
    );
}

/// An indicator whose waves go up and down by more than chance, and whose latest is `last` of a thousand.
fn wavering(findings: &Findings, waves: usize, last: u64) -> Findings {
    let mut findings = findings.clone();
    let finding = findings.findings.iter_mut().find(|f| matches!(&f.body, Body::Indicator(i) if i.latest().is_some())).unwrap();
    let Body::Indicator(body) = &mut finding.body else { panic!() };
    let Indicator { kind, per, breaks, .. } = body;
    (*kind, *per) = (IndicatorKind::Share, 100.0);
    breaks.clear();
    let template: IndicatorValue = body.latest().unwrap().clone();
    let first = template.period.last.plus(-11);
    body.waves = (0..waves)
        .map(|i| {
            let n = if i + 1 == waves { last } else { [420, 480][i % 2] };
            let share = proportion(n, 1000, 0.95).unwrap();
            let limits =
                gapmap::units::Estimate { value: 100.0 * share.value, lower: 100.0 * share.lower, upper: 100.0 * share.upper, level: 0.95 };
            let month = first.plus(i as i32);
            IndicatorValue {
                period: Period { first: month, last: month },
                numerator: Cell::Known(n),
                rest: Cell::Known(1000 - n),
                denominator: Cell::Known(1000.0),
                value: Cell::Known(limits.value),
                limits: Some(limits),
                ..template.clone()
            }
        })
        .collect();
    findings
}

#[test]
fn a_change_of_an_indicator_is_tested_as_the_pack_tests_its_own() {
    let said = |last: u64| {
        let found = compare(&wavering(&PACK, 9, 420), &wavering(&PACK, 10, last));
        found.changes.iter().find(|c| c.id.starts_with("indicators/") && c.after == Cell::Known(last as f64 / 10.0)).map(|c| c.said)
    };
    // Beyond the chance of a thousand answers, and within what the waves do anyway.
    assert_eq!(said(490), Some(Said::NoClearChange));
    assert_eq!(said(900), Some(Said::Higher));
}

//! Two packs side by side: what is planted between them is found, what is not is not, and unlike is not compared with like.

mod groups;

use std::sync::LazyLock;

use gapmap::compare::{GapMove, Said, ServiceMove, Unlike, compare};
use gapmap::diagnostics::Problems;
use gapmap::model::{AreaRates, Body, Findings, GapRegister, ServiceState, Tier, Verdict};
use gapmap::plan::Plan;
use gapmap::stats::counts::rate;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::{Cell, Period};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Poisson};

use crate::study_files::Study;

/// A pack of an invented borough; its counts by area are drawn anew where a test needs them.
static PACK: LazyLock<Findings> = LazyLock::new(|| {
    let study = Study::of(&borough(&Settings { seed: 5, areas: 60, months: 12, planted: true, ..Settings::default() }));
    let mut problems = Problems::default();
    let text: String =
        ["burden", "coverage", "services", "gaps", "trend"].iter().map(|k| format!("\n[[analysis]]\nkind = \"{k}\"\n")).collect();
    let plan = Plan::parse(&(study.text("study.toml") + &text), "study.toml", study.folder.clone(), &mut problems).unwrap();
    gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0
});

/// A pack of every analysis.
static WHOLE: LazyLock<Findings> = LazyLock::new(|| {
    let study = Study::of(&borough(&Settings { seed: 5, areas: 30, months: 12, planted: true, ..Settings::default() }));
    let mut problems = Problems::default();
    let scenario = "\n[[scenario]]\nname = \"Closed\"\nclose = [\"OR-02\"]\n";
    let plan = Plan::parse(&(study.text("study.toml") + scenario), "study.toml", study.folder.clone(), &mut problems).unwrap();
    gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0
});

/// A year later: the same months of the next year.
fn a_year_later(mut findings: Findings) -> Findings {
    let later = |p: &mut Period| (p.first, p.last) = (p.first.plus(12), p.last.plus(12));
    later(&mut findings.frame.period);
    findings.findings.iter_mut().for_each(|f| later(&mut f.period));
    findings
}

const RATES: &str = "burden/police/violence-and-sexual-offences/areas";

fn rates(findings: &mut Findings) -> &mut AreaRates {
    let finding = findings.findings.iter_mut().find(|f| f.id == RATES).unwrap();
    match &mut finding.body {
        Body::AreaRates(body) => body,
        other => panic!("{other:?}"),
    }
}

fn register(findings: &mut Findings) -> &mut GapRegister {
    let gaps = findings.findings.iter_mut().find_map(|f| if let Body::Gaps(b) = &mut f.body { Some(b) } else { None });
    gaps.unwrap()
}

/// The pack with counts by area drawn anew: each area's own rate, twelve months that are better or worse than it
/// (negative binomial with k = 14 a month, as measured in Bedfordshire), and chance.
fn drawn(base: &Findings, random: &mut ChaCha8Rng, times: impl Fn(usize) -> f64) -> Findings {
    let mut findings = base.clone();
    let body = rates(&mut findings);
    let year = Gamma::new(168.0, 1.0 / 168.0).unwrap();
    let mut all = 0;
    for (i, row) in body.rows.iter_mut().enumerate() {
        let own = 12.0 + 40.0 * ((i * 7919 % 101) as f64 / 101.0);
        let n = Poisson::new(own * year.sample(random) * times(i)).unwrap().sample(random) as u64;
        all += n;
        row.count = Cell::Known(n);
        row.rate = rate(n, row.residents.known().unwrap(), body.per, 0.95).map_or(Cell::Missing, Cell::Known);
    }
    body.total.count = Cell::Known(all);
    body.total.rate = rate(all, body.total.residents.known().unwrap(), body.per, 0.95).map_or(Cell::Missing, Cell::Known);
    findings
}

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    let mut random = ChaCha8Rng::seed_from_u64(16);
    let (mut false_pairs, mut found, mut beside) = (0, 0, 0);
    for pair in 0..50 {
        let before = drawn(&PACK, &mut random, |_| 1.0);
        let same = a_year_later(drawn(&PACK, &mut random, |_| 1.0));
        let quiet = compare(&before, &same);
        assert!(quiet.refused.is_empty(), "{:?}", quiet.refused);
        false_pairs += usize::from(quiet.called().any(|c| c.id == RATES));
        // Three areas with four times as much.
        let planted = [pair % 60, (pair + 20) % 60, (pair + 40) % 60];
        let later = a_year_later(drawn(&PACK, &mut random, |i| if planted.contains(&i) { 4.0 } else { 1.0 }));
        let loud = compare(&before, &later);
        let codes: Vec<_> = planted.iter().map(|i| rates(&mut PACK.clone()).rows[*i].code).collect();
        for change in loud.called().filter(|c| c.id == RATES && c.area.is_some()) {
            if change.said == Said::Higher && codes.contains(&change.area.unwrap()) { found += 1 } else { beside += 1 }
        }
    }
    println!("of 50 pairs without change {false_pairs} have any call; of 150 planted areas {found} are found, {beside} others called");
    // The stated rate is one in twenty: 50 pairs give 6 or fewer with a probability of 0.99.
    assert!(false_pairs <= 6, "{false_pairs}");
    assert!(found >= 120, "{found}");
    assert!(beside * 10 <= found, "{beside}");
}

#[test]
fn a_pack_beside_itself_changes_in_nothing() {
    let found = compare(&PACK, &PACK);
    assert!(found.refused.is_empty() && found.gaps.is_empty() && found.services.is_empty() && found.restated.is_empty());
    assert!(found.only_before.is_empty() && found.only_after.is_empty());
    assert!(
        found.changes.iter().all(|c| matches!(c.said, Said::Same | Said::NotKnown)),
        "{:?}",
        found.changes.iter().find(|c| c.said != Said::Same)
    );
    assert!(found.changes.len() > 60);
}

#[test]
fn unlike_is_not_compared_with_like_and_it_is_said_what_differs() {
    type Make = fn(&mut Findings);
    let ways: [(Unlike, Make); 10] = [
        (Unlike::Form, |f| f.version += 1),
        (Unlike::Engine, |f| f.engine.push_str("-next")),
        (Unlike::Tier, |f| f.policy.tier = Tier::Restricted),
        (Unlike::Rule, |f| f.policy.withhold_up_to += 2),
        (Unlike::Authorities, |f| f.frame.authorities.clear()),
        (Unlike::Geography, |f| f.frame.geography = gapmap::units::Geography::Ward),
        (Unlike::Boundaries, |f| f.outlines[0].polygons[0][0][0].0 += 1),
        (Unlike::Order, |f| (f.frame.period.first, f.frame.period.last) = (f.frame.period.first.plus(-3), f.frame.period.last.plus(-3))),
        (Unlike::Invented, |f| f.frame.invented = false),
        (Unlike::Draft, |f| f.frame.draft = true),
    ];
    for (what, make) in ways {
        let mut other = PACK.clone();
        make(&mut other);
        let found = compare(&PACK, &other);
        assert_eq!(found.refused.iter().map(|d| d.what).collect::<Vec<_>>(), [what]);
        assert!(found.changes.is_empty() && found.gaps.is_empty() && !found.refused[0].before.is_empty(), "{what:?}");
    }
    // A pack that went on by a quarter: what is of as many months is compared.
    let mut longer = PACK.clone();
    longer.frame.period.last = longer.frame.period.last.plus(3);
    longer.findings.iter_mut().filter(|f| f.analysis == "trend").for_each(|f| f.period.last = f.period.last.plus(3));
    let found = compare(&PACK, &longer);
    assert!(found.refused.is_empty() && found.changes.iter().any(|c| c.id == RATES));
    // Months are held against months, however many a pack has.
    assert!(!found.not_compared.iter().any(|n| n.id.starts_with("trend")), "{:?}", found.not_compared);
    // Of single findings: the others are compared.
    let one: [(Unlike, Make); 5] = [
        (Unlike::Method, |f| f.methods.iter_mut().filter(|m| m.analysis == "burden").for_each(|m| m.card.push('.'))),
        (Unlike::Sources, |f| f.findings.iter_mut().filter(|f| f.id == RATES).for_each(|f| f.sources.push("another".into()))),
        (Unlike::Definition, |f| rates(f).measure.push_str(" and more")),
        (Unlike::Setting, |f| rates(f).unit.push_str(" women")),
        (Unlike::PeriodLength, |f| f.findings.iter_mut().filter(|f| f.id == RATES).for_each(|f| f.period.first = f.period.first.plus(-1))),
    ];
    for (what, make) in one {
        let mut other = PACK.clone();
        make(&mut other);
        let found = compare(&PACK, &other);
        let left = found.not_compared.iter().find(|n| n.id == RATES).unwrap_or_else(|| panic!("{what:?}"));
        assert_eq!(left.because.what, what);
        assert!(!found.changes.iter().any(|c| c.id == RATES) && !found.changes.is_empty(), "{what:?}");
    }
}

#[test]
fn nothing_is_compared_across_a_break_and_months_that_overlap_are_no_two_samples() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let before = drawn(&PACK, &mut random, |_| 1.0);
    let mut later = a_year_later(drawn(&PACK, &mut random, |_| 5.0));
    let said = |later: &Findings| compare(&before, later).changes.iter().find(|c| c.id == RATES && c.row.is_empty()).unwrap().said;
    assert_eq!(said(&later), Said::Higher);
    let mut overlapping = later.clone();
    let finding = overlapping.findings.iter_mut().find(|f| f.id == RATES).unwrap();
    (finding.period.first, finding.period.last) = (finding.period.first.plus(-6), finding.period.last.plus(-6));
    assert_eq!(said(&overlapping), Said::Overlap);
    let first_month = later.find(RATES).unwrap().period.first.plus(-2);
    later.breaks.push(gapmap::model::SeriesBreak {
        first_month,
        title: "A new system".into(),
        detail: String::new(),
        source: String::new(),
        sources: vec!["police".into()],
        categories: vec![],
    });
    assert_eq!(said(&later), Said::Break);
}

#[test]
fn gaps_open_close_widen_and_narrow_and_what_is_not_known_is_not_closed() {
    let mut later = a_year_later(PACK.clone());
    let rows = &mut register(&mut later).rows;
    // Those with most people widen and narrow.
    let mut gaps: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].verdict == Verdict::Gap).collect();
    gaps.sort_by_key(|i| rows[*i].people.known().unwrap_or(0));
    assert!(gaps.len() >= 4 && rows[gaps[gaps.len() - 2]].people.known().is_some_and(|n| n > 100));
    let (wide, narrow) = (gaps[gaps.len() - 1], gaps[gaps.len() - 2]);
    let people = |n: Cell<u64>, by: f64| Cell::Known((n.known().unwrap() as f64 * by) as u64);
    let find =
        |rows: &[gapmap::model::Gap], verdict, but: usize| (0..rows.len()).find(|i| rows[*i].verdict == verdict && *i != but).unwrap();
    rows[gaps[0]].verdict = Verdict::NoGap;
    rows[gaps[1]].verdict = Verdict::NotKnown;
    rows[wide].people = people(rows[wide].people, 1.5);
    rows[narrow].people = people(rows[narrow].people, 0.5);
    let opened = find(rows, Verdict::NoGap, gaps[0]);
    rows[opened].verdict = Verdict::Gap;
    let settled = find(rows, Verdict::NotKnown, gaps[1]);
    rows[settled].verdict = Verdict::NoGap;
    let mut wanted = vec![
        (GapMove::Closed, rows[gaps[0]].id.clone()),
        (GapMove::NoLongerKnown, rows[gaps[1]].id.clone()),
        (GapMove::Widened, rows[wide].id.clone()),
        (GapMove::Narrowed, rows[narrow].id.clone()),
        (GapMove::Opened, rows[opened].id.clone()),
        (GapMove::Settled, rows[settled].id.clone()),
    ];
    wanted.sort();
    let found: Vec<(GapMove, String)> = compare(&PACK, &later).gaps.into_iter().map(|g| (g.became, g.id)).collect();
    assert_eq!(found, wanted);
}

#[test]
fn services_that_start_and_end_are_told() {
    let mut later = a_year_later(PACK.clone());
    let map = later.findings.iter_mut().find_map(|f| if let Body::Services(b) = &mut f.body { Some(b) } else { None }).unwrap();
    map.sites[0].service.state = ServiceState::Ended;
    let ended = map.sites[0].service.name.clone();
    let gone = map.without_site.iter().position(|s| s.state == ServiceState::Running).unwrap();
    let gone = map.without_site.remove(gone).name;
    let mut new = map.sites[1].service.clone();
    new.name = "A new one".into();
    new.state = ServiceState::Running;
    map.without_site.push(new);
    let found: Vec<(ServiceMove, String)> = compare(&PACK, &later).services.into_iter().map(|s| (s.became, s.name)).collect();
    assert_eq!(found, [(ServiceMove::Started, "A new one".into()), (ServiceMove::Ended, ended), (ServiceMove::NoLongerListed, gone)]);
}

#[test]
fn the_command_compares_two_packs_and_refuses_unlike() {
    let study = Study::small();
    study.write("before.json", &PACK.written());
    study.write("after.json", &a_year_later(PACK.clone()).written());
    let output = study.gapmap(&["compare", "before.json", "after.json", "--as-json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(told["refused"].as_array().unwrap().is_empty() && told["changes"].as_array().unwrap().len() > 60);
    assert_eq!(study.gapmap(&["compare", "after.json", "before.json"]).status.code(), Some(1));
    assert_eq!(study.gapmap(&["compare", "before.json"]).status.code(), Some(2));
}

#[test]
fn every_shape_is_compared_and_beside_itself_changes_in_nothing() {
    let found = compare(&WHOLE, &a_year_later(WHOLE.clone()));
    assert!(found.refused.is_empty(), "{:?}", found.refused);
    assert!(found.not_compared.is_empty(), "{:?}", found.not_compared);
    assert!(found.gaps.is_empty() && found.services.is_empty());
    let odd = found.changes.iter().find(|c| !matches!(c.said, Said::Same | Said::NotKnown | Said::NoClearChange));
    assert!(odd.is_none(), "{odd:?}");
    // Every finding but registers, which have lists of their own, brings values.
    for finding in &WHOLE.findings {
        // What providers are asked is told by the table of directories.
        let of_registers = matches!(finding.body, Body::Gaps(_) | Body::Services(_) | Body::Series(_) | Body::FixLists(_));
        // Of twelve months no cohort has had its time: nothing is added, and nothing is compared.
        let too_young = matches!(&finding.body, Body::OutcomeCohorts(b) if b.together.is_none());
        assert!(of_registers || too_young || found.changes.iter().any(|c| c.id == finding.id), "{} brings nothing", finding.id);
    }
}

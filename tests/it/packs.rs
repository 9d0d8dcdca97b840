//! Packs attacked together: all tables of one study, two quarters with revisions, neighbourhoods beside wards.
//!
//! The attacker is written anew here. He has the findings of every pack, knows what each table counts and the rule for small
//! counts, and solves for the tightest bounds on every count that was withheld.

mod attack;

use gapmap::analyses::find;
use gapmap::diagnostics::Problems;
use gapmap::ledger::EarlierCell;
use gapmap::model::{Body, Finding, ReleasePolicy, Row};
use gapmap::release::release;
use gapmap::sources::{BoundarySet, Events, Gathered, LookupRow, LookupTable, NONE, Origin, Tally, Topic};
use gapmap::study::{Study, StudySettings};
use gapmap::units::{AreaCode, Cell, Crs, Geography, Month, Sensitivity};
use proptest::prelude::*;

use crate::study_files::cases;
use attack::{Shown, attack};

const CATEGORIES: [&str; 2] = ["Assault", "Harassment"];

const WARD_OF: [usize; 6] = [0, 0, 0, 1, 1, 1];

fn code(letters: &str, i: usize) -> AreaCode {
    AreaCode::parse(&format!("{letters}{:06}", i + 1)).unwrap()
}

fn month(i: usize) -> Month {
    Month::parse("2024-01").unwrap().plus(i as i32)
}

/// Events by neighbourhood (the last is unknown), month and category.
type Counts = Vec<Vec<[u64; 2]>>;

/// A study of six neighbourhoods in two wards, at either level, over some of the months.
fn study(counts: &Counts, months: usize, geography: Geography) -> Study {
    let square = |x: f64, y: f64, w: f64| {
        geo::MultiPolygon(vec![geo::Rect::new(geo::coord! {x: x, y: y}, geo::coord! {x: x + w, y: y + 1000.0}).to_polygon()])
    };
    let authority = AreaCode::parse("E06000001").unwrap();
    let areas = match geography {
        Geography::Lsoa => (0..6)
            .map(|i| (code("E01", i), format!("n{i}"), Some(authority), square(450_000.0 + 1000.0 * i as f64, 250_000.0, 1000.0)))
            .collect(),
        _ => (0..2)
            .map(|i| (code("E05", i), format!("w{i}"), Some(authority), square(450_000.0 + 3000.0 * i as f64, 250_000.0, 3000.0)))
            .collect(),
    };
    let boundaries = vec![BoundarySet {
        source: 0,
        file: "b".into(),
        geography,
        vintage: 2021,
        crs: Crs::BritishNationalGrid,
        authority_vintage: 0,
        areas,
    }];
    let row = |i: usize| LookupRow {
        from: code("E01", i),
        to: code("E05", WARD_OF[i]),
        authority: Some((authority, "A".into())),
        change: None,
        to_name: String::new(),
    };
    let lookup = LookupTable {
        file: "l".into(),
        from: (Geography::Lsoa, 2021),
        to: (Geography::Ward, 2024),
        rows: (0..6).map(row).collect(),
        authority_vintage: 0,
    };
    let mut events = Events::new(1, Topic::Incidents, Crs::BritishNationalGrid);
    events.categories = CATEGORIES.map(str::to_owned).to_vec();
    events.codes = (0..6).map(|i| code("E01", i)).collect();
    events.covered = (0..months).map(month).collect();
    let mut block = gapmap::sources::Block::default();
    let mut tally = Tally::new(1, "incidents");
    for (area, by_month) in counts.iter().enumerate() {
        for (m, by_category) in by_month.iter().take(months).enumerate() {
            for (c, n) in by_category.iter().enumerate() {
                for _ in 0..*n {
                    tally.read += 1;
                    block.push(1, NONE, if area < 6 { area as u32 } else { NONE }, month(m), c as u16);
                }
            }
        }
    }
    events.blocks = vec![block];
    let settings: StudySettings = toml::from_str(&format!(
        "title = 't'\narea-name = 'A'\nauthority-kind = 'unitary'\nauthorities = ['E06000001']\ngeography = '{}'\n",
        if geography == Geography::Lsoa { "lsoa" } else { "ward" }
    ))
    .unwrap();
    let origin = |id: usize, name: &str, kind, sensitivity| Origin {
        id,
        name: name.into(),
        kind,
        root: Default::default(),
        paths: vec![],
        sensitivity,
        attribution: None,
        confidential_locations: Default::default(),
        formerly: None,
        labels: gapmap::sources::LabelSettings { named: CATEGORIES.iter().map(|c| c.to_lowercase()).collect(), ..Default::default() },
        removed: Default::default(),
        reading: Default::default(),
    };
    let gathered = Gathered { boundaries, lookups: vec![lookup], events: vec![events], tallies: vec![tally], ..Gathered::default() };
    let origins = [origin(0, "boundaries", "boundaries", Sensitivity::Open), origin(1, "incidents", "events-csv", Sensitivity::Restricted)];
    let mut problems = Problems::default();
    Study::build(&settings, gathered, &origins, &mut problems).unwrap_or_else(|| panic!("{:?}", problems.list()))
}

/// The findings of a study, and what the ledger keeps of them; and whether zeros are told, which they are not where earlier packs stand
/// in the way and everything new is withheld.
fn publish(
    study: &Study,
    months: usize,
    policy: &ReleasePolicy,
    earlier: &[EarlierCell],
) -> Option<(Vec<Finding>, Vec<EarlierCell>, bool)> {
    let burden = (find("burden").unwrap().parse)(toml::de::ValueDeserializer::parse(&format!("{{ months = {months} }}")).unwrap()).unwrap();
    let trend = (find("trend").unwrap().default)();
    let drafts: Vec<_> = burden.run(study).into_iter().chain(trend.run(study)).collect();
    let mut problems = Problems::default();
    let pack = release(Some(study), &drafts, policy, earlier, &mut problems);
    assert!(problems.list().iter().all(|p| p.code != "S311"), "a proof failed");
    let zeros_told = problems.list().iter().all(|p| p.code != "S312");
    pack.map(|p| (p.findings.into_iter().map(|told| told.finding).collect(), p.cells, zeros_told))
}

/// What a published or withheld count counts, as a reader of the tables knows it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct What {
    /// Neighbourhoods; 6 is unknown.
    areas: Vec<usize>,
    months: Vec<usize>,
    categories: Vec<usize>,
}

/// Reads every count of the findings, with what it counts.
fn read(findings: &[Finding], window: usize, months: usize, geography: Geography) -> Vec<(What, Cell<u64>)> {
    let mut all = Vec::new();
    let everywhere: Vec<usize> = (0..7).collect();
    let areas_of = |code: AreaCode| -> Vec<usize> {
        let n: usize = code.as_str()[3..].parse().unwrap();
        if geography == Geography::Lsoa { vec![n - 1] } else { (0..6).filter(|i| WARD_OF[*i] == n - 1).collect() }
    };
    let latest: Vec<usize> = (months.saturating_sub(window)..months).collect();
    for f in findings {
        let label = f.id.split('/').nth(2).unwrap();
        let categories: Vec<usize> = match CATEGORIES.iter().position(|c| c.eq_ignore_ascii_case(label)) {
            Some(c) => vec![c],
            None => vec![0, 1],
        };
        let what = |areas: Vec<usize>, months: Vec<usize>| What { areas, months, categories: categories.clone() };
        match &f.body {
            Body::AreaRates(b) => {
                all.extend(b.rows.iter().map(|r| (what(areas_of(r.code), latest.clone()), r.count)));
                all.push((what(vec![6], latest.clone()), b.unlocated));
                all.push((what(everywhere.clone(), latest.clone()), b.total.count));
            }
            Body::Bars(b) => {
                for bar in &b.bars {
                    let c = CATEGORIES.iter().position(|c| *c == bar.label).unwrap();
                    all.push((What { areas: everywhere.clone(), months: latest.clone(), categories: vec![c] }, bar.count));
                }
                all.push((what(everywhere.clone(), latest.clone()), b.total));
            }
            Body::Series(b) => {
                for (i, p) in b.points.iter().enumerate() {
                    all.push((what(everywhere.clone(), vec![i]), p.count));
                    if p.rolling_12 != Cell::NotApplicable {
                        all.push((what(everywhere.clone(), (i - 11..=i).collect()), p.rolling_12));
                    }
                }
            }
            Body::Table(b) => {
                for column in 0..b.columns.len() {
                    let end = months - (b.columns.len() - 1 - column) * window;
                    let cell = |r: &Row| match (r.code, r.label.as_str()) {
                        (Some(code), _) => (what(areas_of(code), (end - window..end).collect()), r.cells[column]),
                        (None, "Total") => (what(everywhere.clone(), (end - window..end).collect()), r.cells[column]),
                        (None, _) => (what(vec![6], (end - window..end).collect()), r.cells[column]),
                    };
                    all.extend(b.rows.iter().map(cell));
                }
            }
            _ => panic!("a shape that this attacker does not know"),
        }
    }
    all
}

/// No small count can be bounded. One that is not small was withheld for the sake of others, and says nothing of anybody.
fn assert_safe(packs: &[&Shown], policy: &ReleasePolicy) -> Result<(), TestCaseError> {
    for (what, truth, bounds) in attack(packs) {
        let Some((low, high)) = bounds else { continue };
        if truth > policy.withhold_up_to {
            continue;
        }
        let width = policy.withhold_up_to as f64;
        let right = (low - 1e-6..=high + 1e-6).contains(&(truth as f64));
        prop_assert!(high - low >= width - 1e-6 || !right, "{what:?} is {truth} and lies between {low} and {high}");
    }
    for (pack, (what, cell)) in packs.iter().flat_map(|p| p.cells.iter().map(move |c| (p, c))) {
        if let Cell::Known(n) = cell {
            prop_assert!(*n == 0 || (*n > pack.policy.withhold_up_to && n % pack.policy.round_to == 0), "{what:?} is shown as {n}");
        }
    }
    Ok(())
}

fn policies() -> impl Strategy<Value = ReleasePolicy> {
    let policy = |withhold: u64, round: u64| -> ReleasePolicy {
        toml::from_str(&format!("tier = 'partnership'\nwithhold-up-to = {withhold}\nround-to = {round}")).unwrap()
    };
    prop_oneof![Just(policy(4, 1)), Just(policy(7, 5)), Just(policy(9, 1)), Just(policy(7, 1))]
}

/// Counts in which small, empty and large ones all occur.
fn counts(months: usize) -> impl Strategy<Value = Counts> {
    let cell = prop_oneof![4 => Just(0_u64), 5 => 1..3_u64, 3 => 3..9_u64, 1 => 9..30_u64];
    prop::collection::vec(prop::collection::vec([cell.clone(), cell], months), 7)
}

const WINDOW: usize = 3;

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn no_withheld_count_follows_from_all_tables_of_a_pack(counts in counts(8), policy in policies()) {
        let study = study(&counts, 8, Geography::Lsoa);
        let (findings, _, zeros_told) = publish(&study, WINDOW, &policy, &[]).unwrap();
        assert_safe(&[&Shown::new(read(&findings, WINDOW, 8, Geography::Lsoa), zeros_told, &counts, &policy)], &policy)?;
    }

    #[test]
    fn no_withheld_count_follows_from_two_quarters_with_revisions(counts in counts(11), revisions in prop::collection::vec((0..7_usize, 0..8_usize, 0..2_usize, -3..4_i64), 0..12), policy in policies()) {
        let mut revised = counts.clone();
        for (a, m, c, by) in revisions {
            revised[a][m][c] = revised[a][m][c].saturating_add_signed(by);
        }
        let (first, ledger, zeros_told) = publish(&study(&counts, 8, Geography::Lsoa), WINDOW, &policy, &[]).unwrap();
        let first = Shown::new(read(&first, WINDOW, 8, Geography::Lsoa), zeros_told, &counts, &policy);
        // Without room for a safe second pack, none is published: that is safe too.
        if let Some((second, _, zeros_told)) = publish(&study(&revised, 11, Geography::Lsoa), WINDOW, &policy, &ledger) {
            let second = Shown::new(read(&second, WINDOW, 11, Geography::Lsoa), zeros_told, &revised, &policy);
            assert_safe(&[&first, &second], &policy)?;
        }
    }

    #[test]
    fn no_withheld_count_follows_from_three_quarters(counts in counts(14), policy in policies()) {
        let mut ledger: Vec<EarlierCell> = vec![];
        let mut packs: Vec<Shown> = vec![];
        for months in [8, 11, 14] {
            let Some((findings, kept, zeros_told)) = publish(&study(&counts, months, Geography::Lsoa), WINDOW, &policy, &ledger) else { break };
            ledger.extend(kept);
            packs.push(Shown::new(read(&findings, WINDOW, months, Geography::Lsoa), zeros_told, &counts, &policy));
        }
        assert_safe(&packs.iter().collect::<Vec<_>>(), &policy)?;
    }

    #[test]
    fn neither_the_public_nor_partners_find_a_withheld_count(counts in counts(11), public_first in any::<bool>(), weaker in 0..2_usize) {
        let policy = |text: &str| -> ReleasePolicy { toml::from_str(text).unwrap() };
        let public = policy("tier = 'public'\nwithhold-up-to = 7\nround-to = 5");
        let partners = policy(["tier = 'partnership'\nwithhold-up-to = 4\nround-to = 1", "tier = 'partnership'\nwithhold-up-to = 7\nround-to = 1"][weaker]);
        let order = if public_first { [&public, &partners] } else { [&partners, &public] };
        // Windows of three months that overlap from one pack to the next.
        let mut ledger: Vec<EarlierCell> = vec![];
        let mut packs: Vec<Shown> = vec![];
        for (months, policy) in [8, 9, 10].into_iter().flat_map(|m| order.map(|p| (m, p))) {
            let Some((findings, kept, zeros_told)) = publish(&study(&counts, months, Geography::Lsoa), WINDOW, policy, &ledger) else { break };
            ledger.extend(kept);
            packs.push(Shown::new(read(&findings, WINDOW, months, Geography::Lsoa), zeros_told, &counts, policy));
        }
        let for_all: Vec<&Shown> = packs.iter().filter(|p| p.policy.tier == public.tier).collect();
        assert_safe(&for_all, &public)?;
        assert_safe(&packs.iter().collect::<Vec<_>>(), &partners)?;
    }

    #[test]
    fn no_withheld_count_follows_from_neighbourhoods_beside_wards(counts in counts(8), wards_first in any::<bool>(), policy in policies()) {
        let levels = if wards_first { [Geography::Ward, Geography::Lsoa] } else { [Geography::Lsoa, Geography::Ward] };
        let (first, ledger, zeros_told) = publish(&study(&counts, 8, levels[0]), WINDOW, &policy, &[]).unwrap();
        let first = Shown::new(read(&first, WINDOW, 8, levels[0]), zeros_told, &counts, &policy);
        if let Some((second, _, zeros_told)) = publish(&study(&counts, 8, levels[1]), WINDOW, &policy, &ledger) {
            let second = Shown::new(read(&second, WINDOW, 8, levels[1]), zeros_told, &counts, &policy);
            assert_safe(&[&first, &second], &policy)?;
        }
    }
}

/// The attacker is no straw man: without the ledger he finds something in the same two quarters.
#[test]
fn without_a_ledger_two_quarters_do_give_counts_away() {
    let mut counts: Counts = vec![vec![[0, 0]; 11]; 7];
    for (a, row) in counts.iter_mut().enumerate() {
        for (m, cell) in row.iter_mut().enumerate() {
            *cell = [12 + ((a * 5 + m * 3) % 7) as u64, 10 + ((a + m) % 5) as u64];
        }
    }
    let policy: ReleasePolicy = toml::from_str("tier = 'partnership'\nwithhold-up-to = 9\nround-to = 1").unwrap();
    // One neighbourhood has almost nothing, and its partner in the withholding changes from one quarter to the next.
    (0..8).for_each(|m| counts[0][m] = [u64::from(m == 6), 0]);
    counts[1][5] = [0, 0];
    let mut revised = counts.clone();
    (5..8).for_each(|m| revised[1][m] = [40, 0]);
    let alone = |counts: &Counts, months: usize, ledger: &[EarlierCell]| {
        let (findings, kept, _) = publish(&study(counts, months, Geography::Lsoa), WINDOW, &policy, ledger).unwrap();
        (read(&findings, WINDOW, months, Geography::Lsoa), kept)
    };
    let (first, ledger) = alone(&counts, 8, &[]);
    let withheld = |cells: &[(What, Cell<u64>)]| cells.iter().filter(|c| c.1 == Cell::Withheld).count();
    assert!(withheld(&first) > 1, "nothing is withheld");
    let kept: Vec<_> = alone(&revised, 8, &ledger).0;
    let free: Vec<_> = alone(&revised, 8, &[]).0;
    let still = |cells: &[(What, Cell<u64>)]| {
        first.iter().filter(|c| c.1 == Cell::Withheld).all(|(what, _)| cells.iter().any(|(w, c)| w == what && *c == Cell::Withheld))
    };
    assert!(still(&kept), "with the ledger, what was withheld stays withheld");
    assert!(!still(&free), "without it, the partner is shown: the case shows nothing");
}

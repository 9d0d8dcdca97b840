//! Indicators of one's own, the action plan, and what changed since the pack before.

use std::sync::LazyLock;

use gapmap::diagnostics::{Code, Problems, Severity};
use gapmap::model::{Body, Findings, Indicator, IndicatorSaid, Rating};
use gapmap::plan::Plan;
use gapmap::stats::counts::proportion;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;

use crate::leaks::{audit, draw, find_errors};
use crate::study_files::Study;

const SURVEY: &str = "indicators/residents-survey/q-safe-dark";
const TURNED_AWAY: &str = "indicators/partner-returns/turned-away";

/// The findings of a study that asks for its indicators alone.
fn findings(study: &Study) -> (Option<Findings>, Problems) {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
    let found = plan.and_then(|p| gapmap::pipeline::findings(&p, Some("indicators"), &mut problems)).map(|f| f.0);
    (found, problems)
}

fn small(planted: bool) -> Study {
    Study::of(&borough(&Settings { seed: 11, areas: 40, months: 36, planted, ..Settings::default() }))
}

static FOUND: LazyLock<Findings> = LazyLock::new(|| {
    let (found, problems) = findings(&small(true));
    found.unwrap_or_else(|| panic!("{:?}", problems.list()))
});

fn indicator<'f>(findings: &'f Findings, id: &str) -> &'f Indicator {
    match &findings.find(id).unwrap_or_else(|| panic!("no finding {id}")).body {
        Body::Indicator(body) => body,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_planted_change_is_found_with_wilson_limits_and_the_young_stand_apart() {
    let safe = indicator(&FOUND, SURVEY);
    assert_eq!((safe.changed, safe.waves.len()), (IndicatorSaid::Higher, 3));
    let latest = safe.latest().unwrap();
    let (n, of) = (latest.numerator.known().unwrap(), latest.denominator.known().unwrap());
    let again = proportion(n, of as u64, 0.95).unwrap();
    let told = latest.limits.unwrap();
    assert!((told.value - 100.0 * again.value).abs() < 1e-9 && (told.lower - 100.0 * again.lower).abs() < 1e-9);
    // The young feel less safe: 11 of a hundred are planted.
    let parts = indicator(&FOUND, &format!("{SURVEY}/parts"));
    let young = parts.ways[0].rows.iter().find(|r| r.name == "16 to 34").unwrap();
    assert_eq!(young.said, IndicatorSaid::Lower);
}

/// Chance alone calls about one in twenty: of 36 changes where nothing is planted, more than five would be called once in 150 such tests.
#[test]
fn where_no_change_is_planted_few_are_told() {
    let quiet = |seed: u64| {
        let study = Study::of(&borough(&Settings { seed, areas: 30, months: 12, planted: false, ..Settings::default() }));
        let found = findings(&study).0.unwrap();
        ["q-safe-dark", "q-know", "q-report"].map(|q| indicator(&found, &format!("indicators/residents-survey/{q}")).changed)
    };
    let called = (1..13).flat_map(quiet).filter(|s| *s != IndicatorSaid::NoClearDifference).count();
    assert!(called <= 5, "{called} of 36");
}

#[test]
fn small_counts_of_a_restricted_table_are_withheld_on_both_sides_of_a_share_and_the_pack_passes_its_audit() {
    let mut withheld = 0;
    for finding in FOUND.findings.iter().filter(|f| f.id.contains("partner-returns")) {
        let Body::Indicator(body) = &finding.body else { panic!("another shape") };
        for v in body.values() {
            for n in [v.numerator, v.rest].into_iter().filter_map(Cell::known) {
                assert!(n == 0 || n > 7 && n % 5 == 0, "{}: {n}", finding.id);
            }
            let hidden = v.numerator == Cell::Withheld || v.rest == Cell::Withheld;
            assert!(!hidden || v.value.known().is_none() && v.limits.is_none(), "{}: {v:?}", finding.id);
            withheld += usize::from(hidden);
        }
    }
    assert!(withheld > 0, "the invented returns have small counts");
    let clean = draw(&FOUND, false);
    assert_eq!(find_errors(&clean, audit), [] as [&str; 0]);
}

#[test]
fn a_value_that_does_not_come_from_released_counts_is_found_by_the_audit() {
    let with = |change: fn(&mut Indicator)| {
        let mut findings = FOUND.clone();
        let at = findings.findings.iter().position(|f| f.id == TURNED_AWAY).unwrap();
        let Body::Indicator(body) = &mut findings.findings[at].body else { panic!("another shape") };
        change(body);
        find_errors(&draw(&findings, false), audit)
    };
    assert!(with(|b| b.waves[0].numerator = Cell::Known(3)).contains(&"S321"));
    assert!(with(|b| b.waves[0].numerator = b.waves[0].numerator.map(|n| n + 1)).contains(&"S321"));
    assert!(
        with(|b| {
            let i = b.waves.iter().position(|w| w.value.known().is_some()).unwrap();
            b.waves[i].value = b.waves[i].value.map(|v| v + 0.4);
        })
        .contains(&"S321")
    );
}

/// A table of areas from a restricted source, in which one area has few.
#[test]
fn a_way_of_telling_apart_hides_a_second_part_beside_a_small_one_and_what_is_too_fine_is_left_out() {
    let study = small(true);
    let mut table = String::from("indicator,area,from,to,dimension,group,numerator,denominator\nwanted-got,,2025-01,2025-12,,,100,200\n");
    for (group, n, of) in [("16 to 24", 3, 40), ("25 to 34", 40, 70), ("35 to 64", 57, 90)] {
        table.push_str(&format!("wanted-got,,2025-01,2025-12,Age,{group},{n},{of}\n"));
    }
    // A person's own words are no group, an area is too small for this indicator, and two spans overlap.
    table.push_str("wanted-got,,2025-01,2025-12,Group,Sister of J Bloggs,12,30\nwanted-got,E01990101,2025-01,2025-12,,,20,30\nwanted-got,,2025-07,2026-06,,,90,190\n");
    study.write("indicators/partners.csv", table.replace("2026-06", "2025-12").as_bytes());
    let (found, problems) = findings(&study);
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let parts = indicator(&found, "indicators/partner-returns/wanted-got/parts");
    let counts: Vec<Cell<u64>> = parts.ways[0].rows.iter().map(|r| r.numerator).collect();
    // All are rounded: what the others leave of the total is as wide as what is withheld.
    assert!(counts[0] == Cell::Withheld && counts[1..].iter().all(|c| c.known().is_none_or(|n| n % 5 == 0)), "{counts:?}");
    assert_eq!(parts.ways.len(), 1);
    let text = String::from_utf8(found.written()).unwrap();
    assert!(!text.contains("Bloggs"), "words that somebody typed");
    assert_eq!(indicator(&found, "indicators/partner-returns/wanted-got").waves.len(), 1, "one of two spans that overlap");
    assert_eq!(find_errors(&draw(&found, false), audit), [] as [&str; 0]);
}

#[test]
fn an_action_is_rated_by_the_released_value_and_a_gap_has_its_owner() {
    let action = |id: &str| FOUND.frame.action_plan.actions.iter().find(|a| a.id == id).unwrap();
    let safe = action("A2").progress(&FOUND);
    assert!(safe.measured && safe.latest == indicator(&FOUND, SURVEY).latest().unwrap().value);
    assert!(matches!(safe.rating, Rating::OnCourse | Rating::Behind | Rating::Reached), "{safe:?}");
    let know = action("A3").progress(&FOUND);
    assert!(know.overdue && know.rating == Rating::NoClearChange, "{know:?}");
    let schools = action("A6").progress(&FOUND);
    assert!(!schools.measured && schools.rating == Rating::Behind);
    assert!(
        FOUND.frame.action_plan.actions.iter().all(|a| FOUND.frame.reasons.get(&a.id).is_some_and(|r| !r.is_empty())),
        "each is told why"
    );
}

#[test]
fn what_changed_since_is_told_and_unlike_is_refused_with_what_differs() {
    let study = small(true);
    study.write("before.json", &FOUND.written());
    study.replace("study.toml", "# previous = \"packs/2025-q3/findings.public.json\"", "previous = \"before.json\"");
    let since = |study: &Study| findings(study).0.unwrap().since.unwrap();
    let same = since(&study);
    assert!(same.comparison.refused.is_empty() && same.comparison.called().count() == 0, "{:?}", same.comparison);
    let mut other = FOUND.clone();
    other.policy.tier = gapmap::model::Tier::Partnership;
    study.write("before.json", &other.written());
    let refused = since(&study).comparison;
    assert!(refused.changes.is_empty() && refused.refused.len() == 1);
    study.write("before.json", b"{}");
    assert!(findings(&study).0.is_none(), "a file that is no pack stops the run");
}

#[test]
fn a_run_is_packed_into_one_archive_that_is_the_same_each_time_and_not_where_a_file_was_changed() {
    let study = small(true);
    let run = |arguments: &[&str]| study.gapmap(arguments);
    assert_eq!(run(&["run", "study.toml", "--no-png", "--only", "indicators"]).status.code(), Some(0));
    let name = "quillmere-2023-01-to-2025-12.public.zip";
    let packed = || {
        let output = run(&["pack", "out"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        study.read(name)
    };
    assert!(packed() == packed(), "two archives of one run");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(study.read(name))).unwrap();
    let names: Vec<String> = (0..archive.len()).map(|i| archive.by_index(i).unwrap().name().unwrap().into_owned()).collect();
    for wanted in
        ["README.txt", "about/methods/indicators.md", "about/standards.csv", "about/licences.txt", "SHA256SUMS.txt", "manifest.public.json"]
    {
        assert!(names.iter().any(|n| n == wanted), "{wanted} is not among {names:?}");
    }
    study.write("out/tables/more.public.csv", b"a,b\n");
    assert_eq!(run(&["pack", "out"]).status.code(), Some(1), "a file that the run did not write");
}

/// What two tables, or two indicators of which one is the plan's own, tell of the same people must not be subtracted from one another.
#[test]
fn no_withheld_count_follows_from_another_table_or_an_indicator_of_ones_own() {
    const HEAD: &str = "indicator,area,from,to,dimension,group,numerator,denominator\n";
    let quarters = "marac-cases,,2025-01,2025-03,,,103,20256\nmarac-cases,,2025-04,2025-06,,,3,20256\n";
    let half = |id: &str| format!("{id},,2025-01,2025-06,,,106,20256\n");
    // In another table of the same indicator.
    let study = small(true);
    study.write("indicators/partners.csv", format!("{HEAD}{quarters}").as_bytes());
    study.write("indicators/halves.csv", format!("{HEAD}{}", half("marac-cases")).as_bytes());
    let table = |name: &str, path: &str, more: &str| {
        format!("\n[[source]]\nkind = \"indicator-table\"\nname = \"{name}\"\npath = \"{path}\"\nsensitivity = \"restricted\"\n{more}")
    };
    let plan = study.text("study.toml");
    study.write("study.toml", (plan.clone() + &table("halves", "indicators/halves.csv", "")).as_bytes());
    let found = findings(&study).0.unwrap();
    assert!(!found.findings.iter().any(|f| f.id.starts_with("indicators/halves")), "a second table of the same people");
    assert_eq!(find_errors(&draw(&found, false), audit), [] as [&str; 0]);
    // Under a name of one's own: so coarse that the difference is as wide as what is withheld.
    let define = "[[source.define]]\nid = \"c-year\"\nname = \"Cases\"\nkind = \"count\"\nnumerator = \"cases\"\nunit = \"cases\"\ntheme = \"support\"\nup-is = \"ambiguous\"\n";
    study.write("indicators/halves.csv", format!("{HEAD}{}", half("c-year")).as_bytes());
    study.write("study.toml", (plan + &table("halves", "indicators/halves.csv", define)).as_bytes());
    let (found, problems) = findings(&study);
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let coarse = &found.findings.iter().find(|f| f.id.starts_with("indicators/halves")).unwrap().release;
    assert!(coarse.rounded_to > found.policy.withhold_up_to, "{coarse:?}");
    let told = indicator(&found, "indicators/halves/c-year").latest().unwrap().numerator.known().unwrap();
    assert_eq!(told % coarse.rounded_to, 0);
    assert_eq!(find_errors(&draw(&found, false), audit), [] as [&str; 0]);
}

/// Rapes are what other sexual offences leave of all sexual offences: no two of the three, as printed, may tell the third.
#[test]
fn no_withheld_count_follows_from_indicators_that_are_parts_of_one_another() {
    for (tier, width) in [("public", 7), ("partnership", 4), ("restricted", 4)] {
        let study = small(true);
        study.replace("study.toml", "tier = \"public\"\nrule = \"1-to-7-rounded-to-5\"", &format!("tier = \"{tier}\""));
        let mut rows = "indicator,area,from,to,dimension,group,numerator,denominator\n".to_owned();
        for (quarter, (all, rapes)) in [("01", (42, 4)), ("04", (22, 1)), ("07", (18, 3)), ("10", (11, 2))] {
            let last = quarter.parse::<u32>().unwrap() + 2;
            for (id, n) in [("sexual-offences", all), ("rape", rapes), ("other-sexual", all - rapes)] {
                rows += &format!("{id},,2025-{quarter},2025-{last:02},,,{n},20256\n");
            }
        }
        study.write("indicators/partners.csv", rows.as_bytes());
        let (found, problems) = findings(&study);
        let found = found.unwrap_or_else(|| panic!("{tier}: {:?}", problems.list()));
        let told = |id: &str| -> Vec<Option<u64>> {
            let Some(of) = found.findings.iter().find(|f| f.id == format!("indicators/partner-returns/{id}")) else { return vec![] };
            let Body::Indicator(body) = &of.body else { panic!("{id}") };
            body.waves.iter().map(|w| w.numerator.known()).collect()
        };
        let rule = found.policy.rule().coarse();
        let (all, others) = (told("sexual-offences"), told("other-sexual"));
        assert!(told("rape").iter().all(Option::is_none) && all.iter().any(Option::is_some), "{tier}: {all:?}");
        for (all, others) in all.into_iter().zip(others) {
            let (Some(all), Some(others)) = (all, others) else { continue };
            let (all, others) = (rule.behind(all), rule.behind(others));
            let (lowest, highest) = (all.0.saturating_sub(others.1), all.1.saturating_sub(others.0));
            assert!(highest - lowest >= width, "{tier}: {all:?} less {others:?}");
        }
        assert_eq!(find_errors(&draw(&found, false), audit), [] as [&str; 0]);
    }
}

/// A rate has no rest: its parts stand in no sum of one.
#[test]
fn groups_of_a_restricted_rate_are_told_and_audited() {
    let study = small(true);
    let rows = "indicator,area,from,to,dimension,group,numerator,denominator\nmarac-cases,,2025-07,2025-09,,,95,20256\n\
        marac-cases,,2025-07,2025-09,Sex,Female,92,10200\nmarac-cases,,2025-07,2025-09,Sex,Male,3,10056\n";
    study.write("indicators/partners.csv", rows.as_bytes());
    let found = findings(&study).0.unwrap();
    let parts = indicator(&found, "indicators/partner-returns/marac-cases/parts");
    assert!(parts.ways[0].rows.iter().any(|r| r.numerator == Cell::Withheld));
    assert_eq!(find_errors(&draw(&found, false), audit), [] as [&str; 0]);
}

#[test]
fn percentages_as_parts_of_one_and_names_of_a_refuge_are_refused() {
    let codes = |rows: &str| {
        let study = small(true);
        study.write("indicators/survey.csv", format!("indicator,area,from,to,dimension,group,value,n\n{rows}").as_bytes());
        findings(&study).1.list().iter().filter(|p| p.severity == Severity::Error).map(|p| p.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("q-know,,2025-06,2025-06,,,0.588,640\nq-know,,2024-06,2024-06,,,0.6,640\n"), [Code::R104]);
    assert_eq!(codes("q-know,,2025-06,2025-06,,,58.8,640\n"), [] as [Code; 0]);
    // A percentage is no rate per 1,000.
    assert_eq!(codes("da-all,,2025-06,2025-06,,,0.1%,\n"), [Code::R104]);
    assert_eq!(codes("q-know,,2025-06,2025-06,,,58.8%,640\n"), [] as [Code; 0]);
    for group in ["Refuge Cedarfold", "Safe house behind Hazelmoor church"] {
        assert_eq!(codes(&format!("q-know,,2025-06,2025-06,Group,{group},58.8,640\n")), [Code::S301], "{group}");
    }
    assert_eq!(codes("q-know,,2025-06,2025-06,Group,Women in refuge,58.8,640\n"), [] as [Code; 0]);
}

/// A wave of nobody has no value, and the one before it is not the latest.
#[test]
fn a_wave_counted_out_of_nobody_is_not_known_and_does_not_vanish() {
    let study = small(true);
    let survey = study.text("indicators/survey.csv") + "q-safe-dark,,2025-09,2025-09,,,0,0,final\n";
    study.write("indicators/survey.csv", survey.as_bytes());
    let found = findings(&study).0.unwrap();
    let safe = indicator(&found, SURVEY);
    let latest = safe.latest().unwrap();
    assert_eq!((safe.waves.len(), latest.value, latest.period.first.to_string().as_str()), (4, Cell::Missing, "2025-09"));
    assert_eq!(safe.changed, IndicatorSaid::NotCompared);
}

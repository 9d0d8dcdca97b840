//! What stands out of a whole pack: what is planted comes first, and nothing where nothing is.

use gapmap::diagnostics::Problems;
use gapmap::model::Findings;
use gapmap::plan::Plan;
use gapmap::stands_out::{FALSE_DISCOVERIES, Kind, stands_out};
use gapmap::synthetic::{Settings, borough};

use crate::study_files::Study;

fn run(settings: &Settings) -> Findings {
    let study = Study::of(&borough(settings));
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0
}

#[test]
fn a_planted_rise_is_told_first_or_second_where_counts_vary_as_those_of_the_police() {
    for seed in [5000, 5001, 5003] {
        let listed = stands_out(&run(&Settings { seed, areas: 150, months: 36, planted: true, varying: true, busier: 1 }));
        let place = listed.iter().position(|i| i.finding == "trend/police/public-order-offences");
        assert!(place.is_some_and(|p| p < 2), "seed {seed}: {listed:#?}");
        assert!(listed.windows(2).all(|w| w[0].score() >= w[1].score()));
    }
}

#[test]
fn where_nothing_is_planted_nothing_that_was_tested_stands_out() {
    let mut packs_with_a_claim = 0;
    for seed in 0..6 {
        let settings = Settings { seed: 1000 + seed, areas: 40, months: 36, planted: false, varying: seed % 2 == 0, busier: 1 };
        let listed = stands_out(&run(&settings));
        assert!(listed.iter().all(|i| i.q.is_none_or(|q| q <= FALSE_DISCOVERIES)));
        packs_with_a_claim += usize::from(listed.iter().any(|i| i.q.is_some()));
        // What is not there, and what is not known, is told without a test.
        assert!(listed.iter().any(|i| i.kind == Kind::Gap || i.kind == Kind::Unknown));
    }
    // At a rate of 5 %, two or more of six have 3 chances in 100.
    assert!(packs_with_a_claim <= 1, "{packs_with_a_claim} of 6");
}

#[test]
fn a_borough_of_a_thousand_areas_and_more_has_codes_that_are_valid_and_its_own() {
    let files = borough(&Settings { areas: 1200, months: 12, ..Settings::default() });
    let lookup = String::from_utf8(files["lookups/lsoa21-ward-authority.csv"].clone()).unwrap();
    let codes: Vec<&str> = lookup.lines().skip(1).map(|l| l.split(',').next().unwrap()).collect();
    let distinct: std::collections::BTreeSet<&&str> = codes.iter().collect();
    assert_eq!(distinct.len(), 1201, "each area once, and one of the neighbour");
    assert!(codes.iter().all(|c| gapmap::units::AreaCode::parse(c).is_some()));
}

#[test]
fn the_page_lists_what_stands_out_and_nothing_to_fill_it_up() {
    let study = Study::of(&borough(&Settings { seed: 1001, areas: 30, months: 24, planted: false, ..Settings::default() }));
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0;
    let listed: Vec<String> = stands_out(&findings).into_iter().map(|i| i.finding.replace('/', "-")).collect();
    let out = study.gapmap(&["run", "study.toml", "--no-png"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let page = study.text("out/report.public.html");
    let (_, rest) = page.split_once("<h2 id=\"messages\">").unwrap();
    let (list, _) = rest.split_once("<h2").unwrap();
    let shown: Vec<&str> = list.split("<a href=\"#").skip(1).filter_map(|a| a.split('"').next()).collect();
    assert!(shown.iter().all(|id| listed.iter().any(|l| l == id)), "{shown:?} of {listed:?}");
}

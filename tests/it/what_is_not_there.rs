//! What a table says where months, areas or wholes are not there: nobody reads half a year as a whole one.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings};
use gapmap::msg;
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Geography;

use crate::study_files::{Study, said};

fn only(study: &Study, analysis: &str) -> Findings {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    gapmap::pipeline::findings(&plan, Some(analysis), &mut problems).unwrap().0
}

#[test]
fn a_gradient_of_a_year_of_which_months_are_missing_says_so() {
    let mut files = borough(&Settings { seed: 5, areas: 60, months: 24, planted: false, ..Settings::default() });
    let says_so = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        let found = only(&Study::of(files), "inequality");
        let incomplete = said(msg!("incomplete-rates"));
        let of = found.findings.iter().filter(|f| matches!(f.body, Body::Gradient(_)) && f.id.contains("/police/"));
        let told: Vec<bool> = of.map(|f| f.sentences.contains(&incomplete)).collect();
        assert!(!told.is_empty());
        told
    };
    assert!(says_so(&files).iter().all(|told| !told));
    files.retain(|path, _| !path.starts_with("police/2025-0"));
    assert!(says_so(&files).iter().all(|told| *told));
}

#[test]
fn a_study_of_few_small_areas_is_not_told_to_choose_smaller_ones() {
    let study = Study::of(&borough(&Settings { seed: 3, areas: 14, months: 12, planted: false, ..Settings::default() }));
    for analysis in ["inequality", "need-index"] {
        let found = only(&study, analysis);
        let told = found.frame.unanswered.iter().find(|u| u.analysis == analysis).unwrap();
        assert_eq!(told.because.to_string(), said(msg!("unanswered-few-areas", needed = 15_usize)), "{analysis}");
        assert_eq!(told.next_step.to_string(), said(msg!("unanswered-few-areas-finest-next")), "{analysis}");
    }
}

#[test]
fn areas_that_vary_beyond_chance_are_never_said_to_vary_by_chance() {
    for seed in [11, 12, 13] {
        let study = Study::of(&borough(&Settings { seed, areas: 40, months: 12, planted: false, varying: true, busier: 1 }));
        let found = only(&study, "burden");
        let by_chance = said(msg!("burden-apart-none", singular = Geography::Lsoa.singular()));
        for finding in found.findings.iter().filter(|f| f.sentences.contains(&by_chance)) {
            let Body::AreaRates(body) = &finding.body else { panic!("another shape") };
            let varied = body.variation.as_ref().is_some_and(|v| v.between > 0.0 && v.phi >= 1.5);
            assert!(!varied, "seed {seed}: {}", finding.id);
        }
    }
}

//! The index of need: what is in it, how it is made, and that its ranges say what is known.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, NeedIndex, Standing};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};

use crate::study_files::Study;

fn index(settings: &Settings, lines: &str) -> (NeedIndex, Vec<String>) {
    let mut files = borough(settings);
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    files.insert("study.toml".into(), format!("{plan}\n[[analysis]]\nkind = \"need-index\"\n{lines}\n").into_bytes());
    let study = Study::of(&files);
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, Some("need-index"), &mut problems).unwrap().0;
    let found = findings.find("need-index/police").unwrap();
    let Body::NeedIndex(body) = &found.body else { panic!("another shape") };
    (body.clone(), found.caveats.clone())
}

/// The mean of three signs on a scale from 0 to 1, written anew.
#[test]
fn the_index_is_the_weighted_mean_of_scaled_signs_and_areas_that_stand_out_have_the_ranks() {
    let (body, _) = index(&Settings::default(), "recorded-weight = 3.0");
    assert_eq!(body.indicators.iter().map(|i| i.weight).collect::<Vec<_>>(), [1.5, 1.5, 1.0]);
    let values = |k: usize| -> Vec<f64> { body.rows.iter().map(|r| r.values[k].known().unwrap()).collect() };
    let ends = |v: &[f64]| v.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(*x), h.max(*x)));
    let columns = [values(0), values(1), values(2)];
    assert_eq!(ends(&columns[2]), (0.0, 100.0), "deprivation is a percentile");
    for (i, row) in body.rows.iter().enumerate() {
        let rate = row.counts[0].known().unwrap() as f64 / row.residents.known().unwrap() * 1000.0;
        assert!((rate - columns[0][i]).abs() < 1e-9);
        let of = |k: usize| {
            let (low, high) = ends(&columns[k]);
            (columns[k][i] - low) / (high - low)
        };
        let again = 100.0 * (1.5 * of(0) + 1.5 * of(1) + of(2)) / 4.0;
        assert!((row.index.known().unwrap() - again).abs() < 1e-9);
        let rank = row.rank.unwrap();
        let above = body.rows.iter().filter(|o| o.index.known().unwrap() > row.index.known().unwrap()).count();
        assert_eq!(rank.nominal, above + 1);
        assert!(rank.low <= rank.high && rank.low >= 1 && rank.high <= 150);
    }
    assert_eq!(body.fifth, 30);
    // Whoever surely stands out stands out as told, too; and no more can be sure than there are places.
    let high: Vec<_> = body.rows.iter().filter(|r| body.standing(r) == Standing::High).collect();
    assert!(!high.is_empty() && high.len() <= 30 && high.iter().all(|r| r.rank.unwrap().nominal <= 30), "{}", high.len());
}

/// Where only what is certain enters, ranges are narrow; a sign that is not known is left out and said.
#[test]
fn ranges_widen_with_chance_and_a_group_that_is_not_known_is_said() {
    let width = |lines: &str| -> f64 {
        let (body, _) = index(&Settings::default(), lines);
        body.rows.iter().map(|r| r.rank.unwrap()).map(|r| (r.high - r.low) as f64).sum::<f64>() / 150.0
    };
    let (recorded, deprived) = (width("deprivation-weight = 0.1"), width("recorded-weight = 0.01"));
    assert!(recorded > 4.0 * deprived && deprived < 12.0, "{recorded} {deprived}");
    let (body, caveats) = index(&Settings::default(), "groups = [\"age 15-19\", \"left-handed\"]");
    assert_eq!(body.indicators.len(), 4);
    assert!(caveats.iter().any(|c| c.contains("left-handed")), "{caveats:?}");
    assert_eq!(body.indicators[3].unit, "% of residents");
    // The same seed gives the same ranges.
    assert_eq!(index(&Settings::default(), "").0, index(&Settings::default(), "").0);
}

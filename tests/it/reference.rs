//! Our numbers beside those of the packages that the field trusts.
//!
//! Files of results lie in `tests/reference/`, in the folder of all of them beside the repository where it is there, and in any
//! folder that `GAPMAP_REFERENCE` names. A file of a method that is not built yet is listed; any other that cannot be mapped fails.

mod geography;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gapmap::stats::counts::{proportion, rate};
use gapmap::stats::spc::{Signal, xmr};
use geography::{bng_transform, levels, published_os_ostn15, spatial_join};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, number_or};
use crate::study_files::root;
use crate::{
    reference_access as access, reference_change as change, reference_concentration as concentration, reference_disclosure as disclosure,
    reference_inference as inference, reference_maps as maps, reference_need as need, reference_outcomes as outcomes,
    reference_place as place, reference_points as points, reference_rates as rates, reference_series as series, reference_siting as siting,
};

/// Methods of later work, each with the results already at hand.
const NOT_BUILT_YET: &[&str] = &["geodesic_distance"];

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// What is done with a file of results.
type Look = fn(&Value, &mut Cases);

/// Every method that is built, by the name that files give it.
const METHODS: &[(&str, Look)] = &[
    ("published_os_ostn15", published_os_ostn15),
    ("access_fca", access::floating_catchments),
    ("raam_settled", access::settled),
    ("access_ipea", access::minutes),
    ("published_access_hospital", access::hospitals),
    ("rate_ci", rate_ci),
    ("spatial_join", spatial_join),
    ("bng_transform", bng_transform),
    ("dsr", need::dsr),
    ("fdr", need::discoveries),
    ("indirect_standardisation", need::indirectly),
    ("inequality", need::unequal),
    ("published_gini", need::unequal),
    ("mann_kendall", need::trends::trends),
    ("mean_ci", need::means),
    ("published_phe_mean", need::means),
    ("published_mann_kendall", need::trends::published_trends),
    ("published_phe_byars_wilson", need::phe_byars_wilson),
    ("published_phe_dsr_isr", need::phe_dsr_isr),
    ("published_phe_proportion", need::phe_proportion),
    ("published_phe_rate", need::phe_rate),
    ("stl", need::trends::decompositions),
    ("stl_jumps", need::trends::decompositions),
    ("stl_r", need::trends::decompositions_in_r),
    ("sii_rii", need::slopes),
    ("changepoint_pelt", change::changes),
    ("count_regression_trend", change::count_trend),
    ("count_regression_r", change::count_trend_in_r),
    ("forecast_ets", change::forecasts),
    ("segmented_count_trend", series::segmented),
    ("its_ar1", series::interrupted_by_ar1),
    ("synthetic_control", series::synthetic),
    ("outcome_cohorts", outcomes::outcomes_of_cohorts),
    ("rate_ci_statsmodels", rates::statsmodels),
    ("age_standardisation_pysal", rates::pysal_standardised),
    ("funnel_plot", rates::funnels),
    ("published_phe_funnel", rates::published_funnels),
    ("quantiles", rates::quantile_groups),
    ("published_phe_sii", rates::charts::published_slopes),
    ("spc_qicharts2", rates::charts::qicharts),
    ("spc_western_electric", rates::charts::western_electric),
    ("areal_interpolation", points::interpolation),
    ("composite_index", points::composite),
    ("composite_index_coinr", points::composite_in_r),
    ("kde", points::densities),
    ("kde_edge_spatstat", points::edges),
    ("knox", points::knox_test),
    ("knox_surveillance", points::knox_in_r),
    ("near_repeat", points::repeats),
    ("ripley_pointpats", points::ripley_in_a_box),
    ("ripley_spatstat", points::ripley),
    ("spatial_weights", place::weights),
    ("spatial_autocorrelation", place::autocorrelation),
    ("spatial_autocorrelation_spdep", place::autocorrelation_in_r),
    ("published_getis_ord_toy", place::getis_ord_toy),
    ("rate_smoothing", place::smoothing),
    ("rate_smoothing_spdep", place::smoothing_in_r),
    ("scan_spatial", place::scans::scan_spatial),
    ("scan_satscan_spatial", place::scans::satscan_spatial),
    ("scan_satscan_spacetime", place::scans::satscan_spacetime),
    ("scan_satscan_published", place::scans::satscan_published),
    ("disclosure_suppression", disclosure::tables),
    ("spc_making_data_count", spc_making_data_count),
    ("siting_exact", siting::exact),
    ("facility_location", siting::facilities),
    ("facility_location_published", siting::facilities_published),
];

/// Compares one file; `None` where its method is not built.
pub fn compare(file: &Value, method: &str) -> Option<Cases> {
    let look =
        METHODS.iter().chain(inference::METHODS).chain(concentration::METHODS).chain(maps::METHODS).find(|(name, _)| *name == method)?.1;
    let mut found = Cases::default();
    found.part(method, |found| look(file, found));
    Some(found)
}

/// Every file of results in a folder, by name; `None` where the folder is not there.
pub fn files_in(folder: &Path) -> Option<Vec<(String, Value)>> {
    let entries = std::fs::read_dir(folder).ok()?;
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap())
    };
    Some(paths.into_iter().map(read).collect())
}

/// The method of a file: it says so itself, and else its name does.
pub fn method_of(name: &str, file: &Value) -> String {
    file["method"].as_str().unwrap_or(name).to_owned()
}

#[test]
fn our_numbers_agree_with_those_of_trusted_packages() {
    // Of these files all must be compared; a folder of somebody else's may hold what is new to us, which is then told.
    let own = [root().join("tests/reference"), root().join("../shared/reference")];
    let theirs = std::env::var_os("GAPMAP_REFERENCE").map(PathBuf::from);
    let (mut files, mut cases, mut skipped) = (0, 0, Vec::new());
    let mut failures: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (folder, known) in own.into_iter().map(|f| (f, true)).chain(theirs.map(|f| (f, false))) {
        let Some(list) = files_in(&folder) else {
            skipped.push(format!("{} (not there)", folder.file_name().unwrap().to_string_lossy()));
            continue;
        };
        for (name, file) in list {
            let method = method_of(&name, &file);
            let Some(found) = compare(&file, &method) else {
                if NOT_BUILT_YET.contains(&method.as_str()) {
                    skipped.push(name);
                } else {
                    failures.entry(name).or_default().push(format!("no method is known for `{method}`"));
                }
                continue;
            };
            files += 1;
            cases += found.compared();
            found.left.iter().for_each(|part| println!("{name}: not compared: {part}"));
            let mut failed = found.failed;
            if known {
                failed.extend(found.lacking.into_iter().map(|part| format!("not compared: {part}")));
                assert!(found.passed + failed.len() > 0, "{name} holds no case");
            } else {
                found.lacking.iter().for_each(|part| println!("{name}: not compared, for want of material: {part}"));
            }
            if !failed.is_empty() {
                failures.entry(name).or_default().extend(failed);
            }
        }
    }
    skipped.sort();
    skipped.dedup();
    let failed: usize = failures.values().map(Vec::len).sum();
    println!(
        "reference results: {files} files, {cases} cases, {} passed, {} files skipped: {}",
        cases.saturating_sub(failed),
        skipped.len(),
        skipped.join(", ")
    );
    assert!(files >= 5);
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Peer: PHEindicatormethods. Tolerance: relative 1e-10, as both are closed forms of the same quantiles.
fn rate_ci(file: &Value, cases: &mut Cases) {
    let (x, n) = (numbers(&file["input"]["x"]), numbers(&file["input"]["n"]));
    let per = number_or(&file["parameters"]["multiplier"], 1000.0);
    for kind in ["rate", "proportion"] {
        let expected = &file["expected"][kind];
        for (level, suffix) in levels(file) {
            cases.part(format!("{kind} at {level}"), |cases| {
                let column = |field: &str| numbers(&expected[field]);
                let (value, lower, upper) = (column("value"), column(&format!("lower{suffix}")), column(&format!("upper{suffix}")));
                for (i, (x, n)) in x.iter().zip(&n).enumerate() {
                    let ours = if kind == "rate" { rate(*x as u64, *n, per, level) } else { proportion(*x as u64, *n as u64, level) };
                    let what = |field: &'static str| move || format!("{kind} {x}/{n} {level} {field}");
                    let ours = ours.ours();
                    cases.close(what("value"), ours.value, value[i], 1e-10, 0.0);
                    cases.close(what("lower"), ours.lower, lower[i], 1e-10, 0.0);
                    cases.close(what("upper"), ours.upper, upper[i], 1e-10, 0.0);
                }
            });
        }
    }
}

/// Peer: NHSRplotthedots. Limits relative 1e-10, every label exact.
fn spc_making_data_count(file: &Value, cases: &mut Cases) {
    cases.each(&file["expected"], |cases, name, expected| {
        let points: Vec<Option<f64>> = numbers(&file["input"][name]).into_iter().map(Some).collect();
        for (variant, screen) in [("screened", true), ("unscreened", false)].into_iter().filter(|v| expected.get(v.0).is_some()) {
            let chart = xmr(&points, screen).ours();
            let theirs = &expected[variant];
            for i in 0..points.len() {
                let at = |field: &str| theirs[field][i].as_f64().unwrap();
                cases.close(|| format!("{name} {variant} mean"), chart.mean, at("mean_col"), 1e-10, 0.0);
                cases.close(|| format!("{name} {variant} lower"), chart.lower, at("lpl"), 1e-10, 1e-12);
                cases.close(|| format!("{name} {variant} upper"), chart.upper, at("upl"), 1e-10, 1e-12);
                let label = match chart.signals[i] {
                    None => "Common Cause",
                    Some((Signal::BeyondLimits, 1)) => "Above UCL",
                    Some((Signal::BeyondLimits, _)) => "Below LCL",
                    Some((Signal::Trend, 1)) => "7 Point Trend (Increasing)",
                    Some((Signal::Trend, _)) => "7 Point Trend (Decreasing)",
                    Some((Signal::TwoOfThree, 1)) => "2 in 3 Above CL",
                    Some((Signal::TwoOfThree, _)) => "2 in 3 Below CL",
                    Some((Signal::OneSide, 1)) => "7 Points Above CL",
                    Some((Signal::OneSide, _)) => "7 Points Below CL",
                };
                cases.same(|| format!("{name} {variant} point {i}"), label, theirs["special_cause_type"][i].as_str().unwrap());
            }
        }
    });
}

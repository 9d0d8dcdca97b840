//! Our numbers beside those of the packages that the field trusts.
//!
//! Files of results lie in `tests/reference/`, in the folder of all of them beside the repository where it is there, and in any
//! folder that `GAPMAP_REFERENCE` names. A file of a method that is not built yet is listed; any other that cannot be mapped fails.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gapmap::spatial::{Locator, to_bng, to_lon_lat};
use gapmap::stats::counts::{proportion, rate};
use gapmap::stats::spc::{Signal, xmr};
use gapmap::units::LonLat;
use geo::{Area, Centroid, Coord, Distance, Euclidean, LineString, MultiPolygon, Point, Polygon};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, number, number_or};
use crate::study_files::root;
use crate::{
    reference_access as access, reference_change as change, reference_disclosure as disclosure, reference_inference as inference,
    reference_maps as maps, reference_need as need, reference_outcomes as outcomes, reference_place as place, reference_points as points,
    reference_rates as rates, reference_series as series, reference_siting as siting,
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
    ("mann_kendall", need::trends),
    ("mean_ci", need::means),
    ("published_phe_mean", need::means),
    ("published_mann_kendall", need::published_trends),
    ("published_phe_byars_wilson", need::phe_byars_wilson),
    ("published_phe_dsr_isr", need::phe_dsr_isr),
    ("published_phe_proportion", need::phe_proportion),
    ("published_phe_rate", need::phe_rate),
    ("stl", need::decompositions),
    ("stl_jumps", need::decompositions),
    ("stl_r", need::decompositions_in_r),
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
    ("published_phe_sii", rates::published_slopes),
    ("spc_qicharts2", rates::qicharts),
    ("spc_western_electric", rates::western_electric),
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
    ("scan_spatial", place::scan_spatial),
    ("scan_satscan_spatial", place::satscan_spatial),
    ("scan_satscan_spacetime", place::satscan_spacetime),
    ("scan_satscan_published", place::satscan_published),
    ("disclosure_suppression", disclosure::tables),
    ("spc_making_data_count", spc_making_data_count),
    ("siting_exact", siting::exact),
    ("facility_location", siting::facilities),
    ("facility_location_published", siting::facilities_published),
];

/// Compares one file; `None` where its method is not built.
pub fn compare(file: &Value, method: &str) -> Option<Cases> {
    let look = METHODS.iter().chain(inference::METHODS).chain(maps::METHODS).find(|(name, _)| *name == method)?.1;
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

/// The levels of confidence of a file, and how its columns of limits end: `95_0cl` for 0.95.
fn levels(file: &Value) -> Vec<(f64, String)> {
    let named = file["parameters"]["confidence"].as_array().map(|l| l.iter().filter_map(Value::as_f64).collect());
    let all: Vec<f64> = named.unwrap_or_else(|| vec![0.95, 0.998]);
    all.into_iter().map(|level| (level, format!("{:.1}cl", level * 100.0).replace('.', "_"))).collect()
}

/// Peer: geopandas (GEOS). Ids exact, distances relative 1e-10.
fn spatial_join(file: &Value, cases: &mut Cases) {
    let ring = |r: &Value| {
        LineString(
            r.as_array()
                .unwrap()
                .iter()
                .map(|c| {
                    let c = numbers(c);
                    Coord { x: c[0], y: c[1] }
                })
                .collect(),
        )
    };
    // A shape is a list of polygons, each a list of rings.
    let shape = |s: &Value| {
        let depth = {
            let mut d = 0;
            let mut v = s;
            while let Some(first) = v.as_array().and_then(|a| a.first()) {
                d += 1;
                v = first;
            }
            d
        };
        let polygon = |p: &Value| {
            let rings: Vec<LineString> = p.as_array().unwrap().iter().map(ring).collect();
            Polygon::new(rings[0].clone(), rings[1..].to_vec())
        };
        match depth {
            4 => MultiPolygon(s.as_array().unwrap().iter().map(polygon).collect()),
            3 => MultiPolygon(vec![polygon(s)]),
            _ => MultiPolygon(vec![Polygon::new(ring(s), vec![])]),
        }
    };
    let shapes: Vec<MultiPolygon> = file["input"]["polygons"].as_array().unwrap().iter().map(shape).collect();
    let points: Vec<Coord> = file["input"]["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| {
            let p = numbers(p);
            Coord { x: p[0], y: p[1] }
        })
        .collect();
    let expected = &file["expected"];
    let locator = Locator::new(shapes.clone());
    let mut counts = vec![0.0; shapes.len()];
    points.iter().filter_map(|point| locator.locate(*point)).for_each(|area| counts[area] += 1.0);
    cases.part("which area", |cases| {
        for (i, point) in points.iter().enumerate() {
            // Ours is exactly-once: where GEOS names several areas for a point on a border, the first of them.
            let theirs = expected["intersects"][i].as_array().unwrap().iter().map(|v| v.as_u64().unwrap() as usize).min();
            cases.same(|| format!("point {i}"), locator.locate(*point), theirs);
        }
    });
    cases.part("distances", |cases| {
        for (i, point) in points.iter().enumerate() {
            let nearest = expected["nearest_polygon"][i].as_u64().or_else(|| expected["nearest_polygon"][i][0].as_u64()).unwrap() as usize;
            let distance = Euclidean.distance(&Point(*point), &shapes[nearest]);
            cases.close(|| format!("distance of point {i}"), distance, number(&expected["nearest_distance"][i]), 1e-10, 1e-12);
        }
    });
    let each = |cases: &mut Cases, name: &str, look: &dyn Fn(&mut Cases, usize, &MultiPolygon)| {
        cases.part(name, |cases| shapes.iter().enumerate().for_each(|(i, shape)| look(cases, i, shape)));
    };
    each(cases, "counts", &|cases, i, _| {
        // A point on a border is in none for GEOS, and in one for us: then ours may be more, never fewer.
        let (within, touching) = (number(&expected["counts_within"][i]), number_or(&expected["counts_intersects_dup"][i], f64::NAN));
        let fine = counts[i] == within || (within..=touching).contains(&counts[i]);
        cases.record(fine, || format!("count in {i}: {} and not {within} to {touching}", counts[i]));
    });
    each(cases, "areas", &|cases, i, shape| {
        cases.close(|| format!("area of {i}"), shape.unsigned_area(), number(&expected["areas"][i]), 1e-10, 0.0);
    });
    each(cases, "centroids", &|cases, i, shape| {
        let (centre, theirs) = (shape.centroid().ours(), numbers(&expected["centroids"][i]));
        cases.close(|| format!("centroid x of {i}"), centre.x(), theirs[0], 1e-10, 0.0);
        cases.close(|| format!("centroid y of {i}"), centre.y(), theirs[1], 1e-10, 0.0);
    });
}

fn pairs(value: &Value) -> Vec<LonLat> {
    value.as_array().unwrap().iter().map(numbers).map(|p| LonLat { lat: p[0], lon: p[1] }).collect()
}

/// Where PROJ's re-sampled grid is more than 8 mm from Ordnance Survey's definition: latitude, longitude, axis, and the definition evaluated
/// independently (published shifts, PROJ's own transverse Mercator). `tests/reference/DEVIATIONS.md` has the reason.
const OSTN15_BY_DEFINITION: [(f64, f64, char, f64); 3] =
    [(51.555, -0.04, 'E', 535_977.920_929_4), (53.4808, -2.2426, 'E', 383_997.276_032_9), (57.1497, -2.0943, 'N', 806_541.020_243_5)];

/// Peer: PROJ with the shifts re-sampled to a grid of degrees. Tolerance 8 mm, as measured for that form; 0.1 mm against the definition.
fn bng_transform(file: &Value, cases: &mut Cases) {
    let places = pairs(&file["input"]["lat_lon"]);
    for axis in ['E', 'N'] {
        cases.part(format!("ostn15_{axis}"), |cases| {
            let theirs = numbers(&file["expected"][format!("ostn15_{axis}")]);
            for (i, place) in places.iter().enumerate() {
                let near = |d: &&(f64, f64, char, f64)| (d.0 - place.lat).abs() < 1e-9 && (d.1 - place.lon).abs() < 1e-9 && d.2 == axis;
                let (value, tolerance) = OSTN15_BY_DEFINITION.iter().find(near).map_or((theirs[i], 0.008), |d| (d.3, 1e-4));
                let ours = to_bng(*place).ours();
                cases.close(|| format!("{axis} of {i}"), if axis == 'E' { ours.easting_m } else { ours.northing_m }, value, 0.0, tolerance);
            }
        });
    }
    for (i, place) in places.into_iter().enumerate() {
        let back = to_bng(place).and_then(to_lon_lat).ours();
        cases.close(|| format!("back to longitude {i}"), back.lon, place.lon, 0.0, 1e-9);
        cases.close(|| format!("back to latitude {i}"), back.lat, place.lat, 0.0, 1e-9);
    }
    cases.each(&file["expected"]["os_published"], |cases, name, published| {
        let at = |field: &str| number(&published[field]);
        let ours = to_bng(LonLat { lon: at("lon"), lat: at("lat") }).ours();
        cases.close(|| format!("{name} easting"), ours.easting_m, at("E"), 0.0, 0.002);
        cases.close(|| format!("{name} northing"), ours.northing_m, at("N"), 0.0, 0.002);
    });
}

/// Peer: Ordnance Survey's own test points, printed to the millimetre. Tolerance 2 mm: half a millimetre of their print, the rest ours.
fn published_os_ostn15(file: &Value, cases: &mut Cases) {
    let (e, n) = (numbers(&file["expected"]["E"]), numbers(&file["expected"]["N"]));
    for (i, place) in pairs(&file["input"]["lat_lon"]).into_iter().enumerate() {
        let ours = to_bng(place).ours();
        cases.close(|| format!("easting {i}"), ours.easting_m, e[i], 0.0, 0.001_1);
        cases.close(|| format!("northing {i}"), ours.northing_m, n[i], 0.0, 0.001_1);
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

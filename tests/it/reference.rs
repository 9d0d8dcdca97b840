//! Our numbers beside those of the packages that the field trusts.
//!
//! Files of results lie in `tests/reference/`, in the folder of all of them beside the repository where it is there, and in any
//! folder that `GAPMAP_REFERENCE` names. A file of a method that is not built yet is listed; any other that cannot be mapped fails.

use std::collections::BTreeMap;
use std::path::PathBuf;

use gapmap::disclosure::{Loss, Rule, interval, protect};
use gapmap::spatial::{Locator, to_bng, to_lon_lat};
use gapmap::stats::counts::{proportion, rate};
use gapmap::stats::spc::{Signal, xmr};
use gapmap::units::LonLat;
use geo::{Area, Centroid, Coord, Distance, Euclidean, LineString, MultiPolygon, Point, Polygon};
use serde_json::Value;

use crate::study_files::root;
use crate::{
    reference_access as access, reference_change as change, reference_need as need, reference_place as place, reference_points as points,
    reference_rates as rates,
};

/// Methods of later work, each with the results already at hand.
const NOT_BUILT_YET: &[&str] = &[
    "disease_map_leroux_bym2",
    "emerging_hot_spots",
    "facility_location",
    "facility_location_published",
    "funnel_overdispersed",
    "geodesic_distance",
    "inequality_count_regression",
    "its_ar1",
    "outcome_cohorts",
    "rank_confidence_sets",
    "rate_ratio_group_vs_rest",
    "scan_overdispersed",
    "segmented_count_trend",
    "siting_exact",
    "synthetic_control",
];

/// Counts cases and keeps what differs.
#[derive(Default)]
pub struct Cases {
    passed: usize,
    failed: Vec<String>,
}

impl Cases {
    pub fn close(&mut self, what: impl Fn() -> String, ours: f64, theirs: f64, relative: f64, absolute: f64) {
        let fine = (ours - theirs).abs() <= absolute.max(relative * theirs.abs());
        self.record(fine, || format!("{}: ours {ours}, theirs {theirs}", what()));
    }

    pub fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: impl Fn() -> String, ours: T, theirs: T) {
        let fine = ours == theirs;
        self.record(fine, || format!("{}: ours {ours:?}, theirs {theirs:?}", what()));
    }

    pub fn record(&mut self, fine: bool, describe: impl Fn() -> String) {
        if fine {
            self.passed += 1;
        } else {
            self.failed.push(describe());
        }
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// Three tables whose optimum is known by trying everything: the loss must equal it, and the bounds must be those of another solver.
fn disclosure_suppression(file: &Value, found: &mut Cases) {
    let rule = Rule { withhold_up_to: 4, round_to: 1 };
    for (name, table) in file["input"]["tables"].as_object().unwrap() {
        let rows: Vec<Vec<u64>> = serde_json::from_value(table.clone()).unwrap();
        let width = rows[0].len() + 1;
        let system = crate::disclosure::with_margins(&rows);
        let expected = &file["expected"][name];
        let primary: Vec<usize> =
            expected["primary"].as_array().unwrap().iter().map(numbers).map(|at| at[0] as usize * width + at[1] as usize).collect();
        let sensitive: Vec<usize> = (0..system.cells().len()).filter(|c| system.is_sensitive(*c, &rule)).collect();
        found.record(sensitive == primary, || format!("{name}: sensitive {sensitive:?}"));
        for (loss, least) in
            [(Loss::Cells, &expected["min_count_secondary"]["n"]), (Loss::Events, &expected["min_value_secondary_inner_only"]["total"])]
        {
            let ours = protect(&system, &rule, loss).unwrap();
            let lost = ours.loss(&system, &rule, loss);
            found.record(Some(lost as f64) == least.as_f64(), || format!("{name}: loss {lost} instead of {least}"));
            found.record(ours.fault(&system, &rule).is_none(), || format!("{name}: a withheld cell without a proof"));
            for cell in primary.iter().filter(|c| !ours.hidden[**c]) {
                found.record(false, || format!("{name}: {cell} is shown"));
            }
        }
        // The peer's attacker does not know that withheld counts are not zero; ours does, so ours is as narrow or narrower.
        for peer in expected["attacker_intervals_primary_only"].as_array().unwrap() {
            let at = numbers(&peer[0]);
            let cell = at[0] as usize * width + at[1] as usize;
            let hidden: Vec<bool> = (0..system.cells().len()).map(|c| primary.contains(&c)).collect();
            let ours = interval(&system, &hidden, &rule, cell);
            let same = ours == (peer[1].as_f64(), peer[2].as_f64());
            found.record(same, || format!("{name}: {ours:?} instead of {peer}"));
        }
        let rounded: Vec<Vec<u64>> = serde_json::from_value(expected["round_base5_half_up"].clone()).unwrap();
        let to_five = Rule { withhold_up_to: 0, round_to: 5 };
        let ours: Vec<u64> = system.cells().iter().map(|c| to_five.round(c.value)).collect();
        found.record(ours == rounded.concat(), || format!("{name}: rounded to {ours:?}"));
    }
}

#[test]
fn our_numbers_agree_with_those_of_trusted_packages() {
    let folders = [
        Some(root().join("tests/reference")),
        Some(root().join("../shared/reference")),
        std::env::var_os("GAPMAP_REFERENCE").map(PathBuf::from),
    ];
    let (mut files, mut cases, mut skipped) = (0, 0, Vec::new());
    let mut failures: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for folder in folders.into_iter().flatten() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            skipped.push(format!("{} (not there)", folder.file_name().unwrap().to_string_lossy()));
            continue;
        };
        let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
        paths.sort();
        for path in paths {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let method = file["method"].as_str().unwrap_or(&name).to_owned();
            let mut found = Cases::default();
            match method.as_str() {
                "access_fca" => access::floating_catchments(&file, &mut found),
                "raam_settled" => access::settled(&file, &mut found),
                "access_ipea" => access::minutes(&file, &mut found),
                "published_access_hospital" => access::hospitals(&file, &mut found),
                "rate_ci" => rate_ci(&file, &mut found),
                "spatial_join" => spatial_join(&file, &mut found),
                "bng_transform" => bng_transform(&file, &mut found),
                "published_os_ostn15" => published_os_ostn15(&file, &mut found),
                "dsr" => need::dsr(&file, &mut found),
                "fdr" => need::discoveries(&file, &mut found),
                "indirect_standardisation" => need::indirectly(&file, &mut found),
                "inequality" | "published_gini" => need::unequal(&file, &mut found),
                "mann_kendall" => need::trends(&file, &mut found),
                "mean_ci" | "published_phe_mean" => need::means(&file, &mut found),
                "published_mann_kendall" => need::published_trends(&file, &mut found),
                "published_phe_byars_wilson" => need::phe_byars_wilson(&file, &mut found),
                "published_phe_dsr_isr" => need::phe_dsr_isr(&file, &mut found),
                "published_phe_proportion" => need::phe_proportion(&file, &mut found),
                "published_phe_rate" => need::phe_rate(&file, &mut found),
                "stl" | "stl_jumps" => need::decompositions(&file, &mut found),
                "stl_r" => need::decompositions_in_r(&file, &mut found),
                "sii_rii" => need::slopes(&file, &mut found),
                "changepoint_pelt" => change::changes(&file, &mut found),
                "count_regression_trend" => change::count_trend(&file, &mut found),
                "count_regression_r" => change::count_trend_in_r(&file, &mut found),
                "forecast_ets" => change::forecasts(&file, &mut found),
                "rate_ci_statsmodels" => rates::statsmodels(&file, &mut found),
                "age_standardisation_pysal" => rates::pysal_standardised(&file, &mut found),
                "funnel_plot" => rates::funnels(&file, &mut found),
                "published_phe_funnel" => rates::published_funnels(&file, &mut found),
                "quantiles" => rates::quantile_groups(&file, &mut found),
                "published_phe_sii" => rates::published_slopes(&file, &mut found),
                "spc_qicharts2" => rates::qicharts(&file, &mut found),
                "spc_western_electric" => rates::western_electric(&file, &mut found),
                "areal_interpolation" => points::interpolation(&file, &mut found),
                "composite_index" => points::composite(&file, &mut found),
                "composite_index_coinr" => points::composite_in_r(&file, &mut found),
                "kde" => points::densities(&file, &mut found),
                "kde_edge_spatstat" => points::edges(&file, &mut found),
                "knox" => points::knox_test(&file, &mut found),
                "knox_surveillance" => points::knox_in_r(&file, &mut found),
                "near_repeat" => points::repeats(&file, &mut found),
                "ripley_pointpats" => points::ripley_in_a_box(&file, &mut found),
                "ripley_spatstat" => points::ripley(&file, &mut found),
                "spatial_weights" => place::weights(&file, &mut found),
                "spatial_autocorrelation" => place::autocorrelation(&file, &mut found),
                "spatial_autocorrelation_spdep" => place::autocorrelation_in_r(&file, &mut found),
                "published_getis_ord_toy" => place::getis_ord_toy(&file, &mut found),
                "rate_smoothing" => place::smoothing(&file, &mut found),
                "rate_smoothing_spdep" => place::smoothing_in_r(&file, &mut found),
                "scan_spatial" => place::scan_spatial(&file, &mut found),
                "scan_satscan_spatial" => place::satscan_spatial(&file, &mut found),
                "scan_satscan_spacetime" => place::satscan_spacetime(&file, &mut found),
                "scan_satscan_published" => place::satscan_published(&file, &mut found),
                "disclosure_suppression" => disclosure_suppression(&file, &mut found),
                "spc_making_data_count" => spc_making_data_count(&file, &mut found),
                other if NOT_BUILT_YET.contains(&other) || NOT_BUILT_YET.contains(&name.as_str()) => {
                    skipped.push(name);
                    continue;
                }
                other => found.failed.push(format!("no method is known for `{other}`")),
            }
            files += 1;
            cases += found.passed + found.failed.len();
            assert!(found.passed + found.failed.len() > 0, "{name} holds no case");
            if !found.failed.is_empty() {
                failures.insert(name, found.failed);
            }
        }
    }
    skipped.sort();
    skipped.dedup();
    let failed: usize = failures.values().map(Vec::len).sum();
    println!(
        "reference results: {files} files, {cases} cases, {} passed, {} files skipped: {}",
        cases - failed,
        skipped.len(),
        skipped.join(", ")
    );
    assert!(files >= 5);
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Peer: PHEindicatormethods. Tolerance: relative 1e-10, as both are closed forms of the same quantiles.
fn rate_ci(file: &Value, cases: &mut Cases) {
    let (x, n) = (numbers(&file["input"]["x"]), numbers(&file["input"]["n"]));
    for (kind, scale) in [("rate", 1000.0), ("proportion", 1.0)] {
        let expected = &file["expected"][kind];
        for (i, (x, n)) in x.iter().zip(&n).enumerate() {
            for (level, suffix) in [(0.95, "95_0cl"), (0.998, "99_8cl")] {
                let ours =
                    if kind == "rate" { rate(*x as u64, *n, scale, level) } else { proportion(*x as u64, *n as u64, level) }.unwrap();
                let at = |field: &str| numbers(&expected[field])[i];
                let what = |field: &'static str| move || format!("{kind} {x}/{n} {level} {field}");
                cases.close(what("value"), ours.value, at("value"), 1e-10, 0.0);
                cases.close(what("lower"), ours.lower, at(&format!("lower{suffix}")), 1e-10, 0.0);
                cases.close(what("upper"), ours.upper, at(&format!("upper{suffix}")), 1e-10, 0.0);
            }
        }
    }
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
    for (i, point) in points.iter().enumerate() {
        let ours = locator.locate(*point);
        // Ours is exactly-once: where GEOS names several areas for a point on a border, the first of them.
        let theirs = expected["intersects"][i].as_array().unwrap().iter().map(|v| v.as_u64().unwrap() as usize).min();
        cases.same(|| format!("point {i}"), ours, theirs);
        if let Some(area) = ours {
            counts[area] += 1.0;
        }
        let nearest = expected["nearest_polygon"][i].as_u64().or_else(|| expected["nearest_polygon"][i][0].as_u64()).unwrap() as usize;
        let distance = Euclidean.distance(&Point(*point), &shapes[nearest]);
        cases.close(|| format!("distance of point {i}"), distance, expected["nearest_distance"][i].as_f64().unwrap(), 1e-10, 1e-12);
    }
    for (i, shape) in shapes.iter().enumerate() {
        cases.close(|| format!("count in {i}"), counts[i], expected["counts_within"][i].as_f64().unwrap(), 0.0, 0.0);
        cases.close(|| format!("area of {i}"), shape.unsigned_area(), expected["areas"][i].as_f64().unwrap(), 1e-10, 0.0);
        let (centre, theirs) = (shape.centroid().unwrap(), numbers(&expected["centroids"][i]));
        cases.close(|| format!("centroid x of {i}"), centre.x(), theirs[0], 1e-10, 0.0);
        cases.close(|| format!("centroid y of {i}"), centre.y(), theirs[1], 1e-10, 0.0);
    }
}

fn pairs(value: &Value) -> Vec<LonLat> {
    value.as_array().unwrap().iter().map(numbers).map(|p| LonLat { lat: p[0], lon: p[1] }).collect()
}

/// Where PROJ's re-sampled grid is more than 8 mm from Ordnance Survey's definition: the definition evaluated independently
/// (published shifts, PROJ's own transverse Mercator). `tests/reference/DEVIATIONS.md` has the reason.
const OSTN15_BY_DEFINITION: [(&str, usize, f64); 3] =
    [("E", 1, 535_977.920_929_4), ("E", 12, 383_997.276_032_9), ("N", 15, 806_541.020_243_5)];

/// Peer: PROJ with the shifts re-sampled to a grid of degrees. Tolerance 8 mm, as measured for that form; 0.1 mm against the definition.
fn bng_transform(file: &Value, cases: &mut Cases) {
    let (mut e, mut n) = (numbers(&file["expected"]["ostn15_E"]), numbers(&file["expected"]["ostn15_N"]));
    let mut tolerance = [vec![0.008; e.len()], vec![0.008; n.len()]];
    for (axis, i, value) in OSTN15_BY_DEFINITION {
        let (column, which) = if axis == "E" { (&mut e, 0) } else { (&mut n, 1) };
        (column[i], tolerance[which][i]) = (value, 1e-4);
    }
    for (i, place) in pairs(&file["input"]["lat_lon"]).into_iter().enumerate() {
        let ours = to_bng(place).unwrap();
        cases.close(|| format!("easting {i}"), ours.easting_m, e[i], 0.0, tolerance[0][i]);
        cases.close(|| format!("northing {i}"), ours.northing_m, n[i], 0.0, tolerance[1][i]);
        let back = to_lon_lat(ours).unwrap();
        cases.close(|| format!("back to longitude {i}"), back.lon, place.lon, 0.0, 1e-9);
        cases.close(|| format!("back to latitude {i}"), back.lat, place.lat, 0.0, 1e-9);
    }
    let published = &file["expected"]["os_published"]["TP01"];
    let at = |field: &str| published[field].as_f64().unwrap();
    let ours = to_bng(LonLat { lon: at("lon"), lat: at("lat") }).unwrap();
    cases.close(|| "published easting".into(), ours.easting_m, at("E"), 0.0, 0.002);
    cases.close(|| "published northing".into(), ours.northing_m, at("N"), 0.0, 0.002);
}

/// Peer: Ordnance Survey's own test points, printed to the millimetre. Tolerance 2 mm: half a millimetre of their print, the rest ours.
fn published_os_ostn15(file: &Value, cases: &mut Cases) {
    let (e, n) = (numbers(&file["expected"]["E"]), numbers(&file["expected"]["N"]));
    for (i, place) in pairs(&file["input"]["lat_lon"]).into_iter().enumerate() {
        let ours = to_bng(place).unwrap();
        cases.close(|| format!("easting {i}"), ours.easting_m, e[i], 0.0, 0.001_1);
        cases.close(|| format!("northing {i}"), ours.northing_m, n[i], 0.0, 0.001_1);
    }
}

/// Peer: NHSRplotthedots. Limits relative 1e-10, every label exact.
fn spc_making_data_count(file: &Value, cases: &mut Cases) {
    for (name, expected) in file["expected"].as_object().unwrap() {
        let points: Vec<Option<f64>> = numbers(&file["input"][name]).into_iter().map(Some).collect();
        for (variant, screen) in [("screened", true), ("unscreened", false)] {
            let chart = xmr(&points, screen).unwrap();
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
    }
}

//! Neighbours, autocorrelation, smoothing and scans against the packages that the field trusts.

use std::collections::{BTreeMap, BTreeSet};

use gapmap::spatial::{Contiguity, contiguity, nearest, within};
use gapmap::stats::autocorrelation::{geary, general_g, moran};
use gapmap::stats::local::{Quadrant, getis_ord, local_moran};
use gapmap::stats::permutation::{around, moran_p};
use gapmap::stats::scan::{Circles, Cluster, Panel, Scan, Windows, bernoulli, scan};
use gapmap::stats::smoothing::{empirical_bayes, empirical_bayes_index, empirical_bayes_local};
use gapmap::stats::weights::{Style, Weights};
use gapmap::units::{Bng, Month};
use geo::{Centroid, LineString, MultiPolygon, Polygon};
use serde_json::Value;

use crate::reference::Cases;
use crate::reference_need::floats;

fn lists(value: &Value) -> Vec<Vec<u32>> {
    value.as_array().unwrap().iter().map(|l| floats(l).iter().map(|j| *j as u32).collect()).collect()
}

fn pairs(value: &Value) -> Vec<(f64, f64)> {
    value.as_array().unwrap().iter().map(floats).map(|p| (p[0], p[1])).collect()
}

/// Within Monte Carlo error of a p-value from `draws` permutations.
fn alike(ours: f64, theirs: f64, draws: f64) -> bool {
    (ours - theirs).abs() <= 4.0 * (theirs * (1.0 - theirs) / draws).sqrt() + 2.0 / (draws + 1.0)
}

/// Peer: libpysal. Sets exact, sums relative 1e-12, centroids relative 1e-10.
pub fn weights(file: &Value, found: &mut Cases) {
    let ring = |r: &Value| LineString::from(pairs(r));
    let polygon = |rings: &Value| {
        let mut rings = rings.as_array().unwrap().iter().map(ring);
        Polygon::new(rings.next().unwrap(), rings.collect())
    };
    let shape = |polygons: &Value| MultiPolygon(polygons.as_array().unwrap().iter().map(polygon).collect());
    let shapes: Vec<MultiPolygon> = file["input"]["rings"].as_array().unwrap().iter().map(shape).collect();
    let shapes: Vec<&MultiPolygon> = shapes.iter().collect();
    let expected = &file["expected"];
    let sorted = |value: &Value| {
        let mut lists = lists(value);
        lists.iter_mut().for_each(|l| l.sort_unstable());
        lists
    };
    let queen = contiguity(&shapes, Contiguity::Queen, 0.0);
    found.same(|| "queen".into(), queen.clone(), sorted(&expected["queen"]));
    found.same(|| "rook".into(), contiguity(&shapes, Contiguity::Rook, 0.0), sorted(&expected["rook"]));
    found.same(|| "snapped by less than anything".into(), contiguity(&shapes, Contiguity::Queen, 1e-9), sorted(&expected["queen"]));
    let points: Vec<Bng> = shapes.iter().map(|s| s.centroid().unwrap()).map(|c| Bng { easting_m: c.x(), northing_m: c.y() }).collect();
    for (i, (x, y)) in pairs(&expected["centroids"]).into_iter().enumerate() {
        found.close(|| format!("centroid {i}"), points[i].easting_m, x, 1e-10, 0.0);
        found.close(|| format!("centroid {i}"), points[i].northing_m, y, 1e-10, 0.0);
    }
    found.same(|| "nearest".into(), nearest(&points, 4), sorted(&expected["knn4"]));
    let reach = expected["min_threshold"].as_f64().unwrap();
    let far = |i: usize, j: &u32| points[i].distance_m(points[*j as usize]);
    let least = nearest(&points, 1).iter().enumerate().map(|(i, n)| far(i, &n[0])).fold(0.0, f64::max);
    found.close(|| "threshold".into(), least, reach, 1e-10, 0.0);
    found.same(|| "band".into(), within(&points, least), sorted(&expected["distance_band"]));
    let w = Weights::new(&queen);
    for (style, name) in [(Style::Binary, "queen_binary"), (Style::Rows, "queen_row_std")] {
        let (ours, theirs) = (w.sums(style), &expected[name]);
        for (ours, name) in [(ours.s0, "s0"), (ours.s1, "s1"), (ours.s2, "s2")] {
            found.close(|| format!("{name} {style:?}"), ours, theirs[name].as_f64().unwrap(), 1e-12, 0.0);
        }
    }
    let stats = &expected["queen_stats"];
    found.same(|| "islands".into(), w.islands().len(), stats["islands"].as_array().unwrap().len());
    found.same(|| "components".into(), w.components() as u64, stats["components"].as_u64().unwrap());
}

/// Peer: esda. Relative 1e-10; p-values of permutations within their Monte Carlo error, half of ours, which is two-sided.
pub fn autocorrelation(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let w = Weights::new(&lists(&file["input"]["neighbours"]));
    let expected = &file["expected"];
    for (name, style) in [("moran", Style::Rows), ("moran_binary", Style::Binary)] {
        let (ours, theirs) = (moran(&y, &w, style).unwrap(), &expected[name]);
        let at = |field: &str| theirs[field].as_f64().unwrap();
        found.close(|| format!("{name} I"), ours.value, at("I"), 1e-10, 0.0);
        found.close(|| format!("{name} E"), ours.expected, at("EI"), 1e-10, 0.0);
        found.close(|| format!("{name} normal"), ours.variance_normal, at("VI_norm"), 1e-10, 0.0);
        found.close(|| format!("{name} shuffled"), ours.variance_shuffled, at("VI_rand"), 1e-10, 0.0);
        found.close(|| format!("{name} z"), ours.z(), at("z_rand"), 1e-10, 0.0);
        found.close(|| format!("{name} z normal"), ours.z_normal(), at("z_norm"), 1e-10, 0.0);
        found.close(|| format!("{name} p"), ours.p(), at("p_rand"), 1e-8, 0.0);
    }
    let directed = expected["moran"]["sim_seeded"]["p_sim"].as_f64().unwrap();
    found.record(alike(moran_p(&y, &w, 999, 1).unwrap() / 2.0, directed, 999.0), || "moran p by permutation".into());
    let (ours, theirs) = (geary(&y, &w, Style::Rows).unwrap(), &expected["geary"]);
    let at = |field: &str| theirs[field].as_f64().unwrap();
    for (ours, name) in [(ours.value, "C"), (ours.variance_normal, "VC_norm"), (ours.variance_shuffled, "VC_rand"), (ours.z(), "z_rand")] {
        found.close(|| format!("geary {name}"), ours, at(name), 1e-10, 0.0);
    }
    // The peer's p-value is of one side.
    found.close(|| "geary p".into(), ours.p() / 2.0, at("p_rand"), 1e-8, 0.0);
    let (ours, theirs) = (general_g(&y, &w).unwrap(), &expected["getis_ord_general_G"]);
    let at = |field: &str| theirs[field].as_f64().unwrap();
    for (ours, name) in [(ours.value, "G"), (ours.expected, "EG"), (ours.variance_shuffled, "VG"), (ours.z(), "z_norm")] {
        found.close(|| format!("general {name}"), ours, at(name), 1e-10, 0.0);
    }
    let theirs = &expected["moran_local"];
    // Many draws of ours: what is left is the error of theirs.
    let (ours, draws) = (local_moran(&y, &w), 9_999);
    let drawn = around(&y, &w, 199_999, 1);
    for (i, ours) in ours.iter().enumerate() {
        let ours = ours.unwrap();
        let at = |field: &str| theirs[field][i].as_f64().unwrap();
        found.close(|| format!("local {i}"), ours.value, at("Is"), 1e-10, 0.0);
        found.close(|| format!("local E {i}"), ours.shuffled.0, at("EI"), 1e-10, 0.0);
        found.close(|| format!("local V {i}"), ours.shuffled.1, at("VI"), 1e-10, 0.0);
        found.close(|| format!("local Ec {i}"), ours.conditional.0, at("EIc"), 1e-10, 0.0);
        found.close(|| format!("local Vc {i}"), ours.conditional.1, at("VIc"), 1e-10, 0.0);
        let quadrant = [Quadrant::HighHigh, Quadrant::LowHigh, Quadrant::LowLow, Quadrant::HighLow][at("quadrant") as usize - 1];
        found.same(|| format!("quadrant {i}"), ours.quadrant, quadrant);
        let p = theirs["sim_seeded"]["p_sim_directed"][i].as_f64().unwrap();
        found.record(alike(drawn[i].unwrap().p / 2.0, p, f64::from(draws)), || format!("local p {i}: {:?}, {p}", drawn[i]));
    }
    for (name, star) in [("g_local", false), ("g_local_star", true)] {
        let theirs = &expected[name];
        for (i, ours) in getis_ord(&y, &w, star).iter().enumerate() {
            let ours = ours.unwrap();
            let at = |field: &str| theirs[field][i].as_f64().unwrap();
            found.close(|| format!("{name} {i}"), ours.value, at("Gs"), 1e-10, 0.0);
            found.close(|| format!("{name} E {i}"), ours.expected, at("EGs"), 1e-10, 0.0);
            found.close(|| format!("{name} V {i}"), ours.variance, at("VGs"), 1e-10, 0.0);
            found.close(|| format!("{name} z {i}"), ours.z, at("Zs"), 1e-10, 1e-12);
            let p = theirs["sim_seeded"]["p_sim_directed"][i].as_f64().unwrap();
            found.record(alike(drawn[i].unwrap().p / 2.0, p, f64::from(draws)), || format!("{name} p {i}: {:?}, {p}", drawn[i]));
        }
    }
}

/// Peer: spdep. Relative 1e-9; its local Moran is (n−1)/n... of esda's, and its p-values are one-sided where it says so.
pub fn autocorrelation_in_r(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let w = Weights::new(&lists(&file["input"]["neighbours"]));
    let expected = &file["expected"];
    for (name, style, normal) in [
        ("moran_W_randomisation_two_sided", Style::Rows, false),
        ("moran_W_normality_two_sided", Style::Rows, true),
        ("moran_B_randomisation_greater", Style::Binary, false),
    ] {
        let (ours, theirs) = (moran(&y, &w, style).unwrap(), &expected[name]);
        let at = |field: &str| theirs[field].as_f64().unwrap();
        found.close(|| format!("{name} I"), ours.value, at("estimate"), 1e-9, 0.0);
        let (variance, z) = if normal { (ours.variance_normal, ours.z_normal()) } else { (ours.variance_shuffled, ours.z()) };
        found.close(|| format!("{name} V"), variance, at("variance"), 1e-9, 0.0);
        found.close(|| format!("{name} z"), z, at("statistic"), 1e-9, 0.0);
        let sides = if name.ends_with("greater") { 2.0 } else { 1.0 };
        if !normal {
            found.close(|| format!("{name} p"), ours.p() / sides, at("p_value"), 1e-8, 0.0);
        }
    }
    let (ours, theirs) = (geary(&y, &w, Style::Rows).unwrap(), &expected["geary_W_randomisation"]);
    found.close(|| "geary".into(), ours.value, theirs["estimate"].as_f64().unwrap(), 1e-9, 0.0);
    // spdep counts its statistic upwards: positive where like lies beside like.
    found.close(|| "geary z".into(), -ours.z(), theirs["statistic"].as_f64().unwrap(), 1e-9, 0.0);
    let (ours, theirs) = (general_g(&y, &w).unwrap(), &expected["globalG_B"]);
    found.close(|| "general G".into(), ours.z(), theirs["statistic"].as_f64().unwrap(), 1e-9, 0.0);
    let n = y.len() as f64;
    let theirs = &expected["localmoran_W_conditional"];
    for (i, ours) in local_moran(&y, &w).iter().enumerate() {
        let ours = ours.unwrap();
        let at = |field: &str| theirs[field][i].as_f64().unwrap();
        found.close(|| format!("local {i}"), ours.value * n / (n - 1.0), at("Ii"), 1e-9, 0.0);
        found.close(|| format!("local E {i}"), ours.conditional.0, at("E"), 1e-9, 0.0);
        found.close(|| format!("local V {i}"), ours.conditional.1, at("V"), 1e-9, 0.0);
    }
    for (name, star) in [("localG_B_z", false), ("localG_W_z", false), ("localGstar_B_z", true), ("localGstar_W_z", true)] {
        for (ours, theirs) in getis_ord(&y, &w, star).iter().zip(floats(&expected[name])) {
            found.close(|| name.into(), ours.unwrap().z, theirs, 1e-9, 1e-11);
        }
    }
}

/// The closed form, and the binary values of the peer's documentation (its row-standardised ones are wrong by its own formula).
pub fn getis_ord_toy(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let points = pairs(&file["input"]["points"]);
    let points: Vec<Bng> = points.into_iter().map(|(easting_m, northing_m)| Bng { easting_m, northing_m }).collect();
    let w = Weights::new(&within(&points, file["input"]["threshold"].as_f64().unwrap()));
    let expected = &file["expected"];
    for (star, doc, closed) in [(false, "peer_doc_binary_G_Z", "_G"), (true, "peer_doc_binary_Gstar_Z", "_Gstar")] {
        let ours = getis_ord(&y, &w, star);
        for (i, ours) in ours.iter().enumerate() {
            found.close(|| format!("{doc} {i}"), ours.unwrap().z, expected[doc][i].as_f64().unwrap(), 0.0, 1e-7);
            for form in ["binary", "row_std"] {
                let theirs = expected["closed_form"][format!("{form}{closed}")][i].as_f64().unwrap();
                found.close(|| format!("{form}{closed} {i}"), ours.unwrap().z, theirs, 1e-12, 1e-13);
            }
        }
    }
    found.close(|| "G".into(), general_g(&y, &w).unwrap().value, expected["getis_ord_global_G_doc"].as_f64().unwrap(), 0.0, 1e-8);
}

/// Peer: esda. Relative 1e-10.
pub fn smoothing(file: &Value, found: &mut Cases) {
    let (events, base) = (floats(&file["input"]["events"]), floats(&file["input"]["base"]));
    let w = Weights::new(&lists(&file["input"]["neighbours"]));
    let expected = &file["expected"];
    let index = empirical_bayes_index(&events, &base);
    let all = [
        ("empirical_bayes", empirical_bayes(&events, &base)),
        ("spatial_empirical_bayes", empirical_bayes_local(&events, &base, &w)),
        ("assuncao_rate", index.clone()),
    ];
    for (name, ours) in all {
        for (i, ours) in ours.iter().enumerate() {
            found.close(|| format!("{name} {i}"), ours.unwrap(), expected[name][i].as_f64().unwrap(), 1e-10, 1e-14);
        }
    }
    let index: Vec<f64> = index.into_iter().flatten().collect();
    let (ours, theirs) = (moran(&index, &w, Style::Rows).unwrap(), &expected["moran_rate_EBI"]);
    found.close(|| "I of rates".into(), ours.value, theirs["I"].as_f64().unwrap(), 1e-10, 0.0);
    found.close(|| "z of rates".into(), ours.z(), theirs["z_rand"].as_f64().unwrap(), 1e-10, 0.0);
}

/// Peer: spdep. Its local form takes each neighbour's deviation from that neighbour's own mean; ours is the form of esda and GeoDa (DEVIATIONS).
pub fn smoothing_in_r(file: &Value, found: &mut Cases) {
    let (events, base) = (floats(&file["input"]["events"]), floats(&file["input"]["base"]));
    let w = Weights::new(&lists(&file["input"]["neighbours"]));
    for (ours, theirs) in empirical_bayes(&events, &base).iter().zip(floats(&file["expected"]["EBest_est"])) {
        found.close(|| "EBest".into(), ours.unwrap(), theirs, 1e-9, 0.0);
    }
    let index: Vec<f64> = empirical_bayes_index(&events, &base).into_iter().flatten().collect();
    let ours = moran(&index, &w, Style::Rows).unwrap().value;
    found.close(|| "EBImoran".into(), ours, file["expected"]["EBI_moran_I_W"].as_f64().unwrap(), 1e-9, 0.0);
}

fn circles_of(xy: &[(f64, f64)], population: &[f64]) -> Circles {
    let squared = |i: usize, j: usize| (xy[i].0 - xy[j].0).powi(2) + (xy[i].1 - xy[j].1).powi(2);
    Circles::new(xy.len(), squared, population, 0.5)
}

/// Clusters as SaTScan prints them, the p-value and the quantiles of the simulated maps.
///
/// Of the further clusters SaTScan lists some that share areas with a stronger one at another time; ours share none (DEVIATIONS). What such a
/// cluster holds is compared all the same.
fn compare_clusters(
    name: &str,
    panel: &Panel,
    ours: &Scan,
    expected: &Value,
    ids: &dyn Fn(&str) -> usize,
    frame: &dyn Fn(&Cluster) -> String,
    found: &mut Cases,
) {
    let null = &ours.null;
    for (i, theirs) in expected["clusters"].as_array().unwrap().iter().enumerate() {
        let at = |field: &str| theirs[field].as_f64().unwrap();
        let members: Vec<usize> = match theirs["location_ids"].as_array() {
            Some(members) => members.iter().map(|m| ids(m.as_str().unwrap())).collect(),
            None => (0..panel.areas()).collect(),
        };
        let sorted = |members: &[usize]| members.iter().copied().collect::<BTreeSet<usize>>();
        let same = |c: &&Cluster| sorted(&c.members) == sorted(&members) && theirs["time_frame"].as_str().is_none_or(|t| t == frame(c));
        let listed = ours.clusters.iter().find(same).cloned();
        if i == 0 {
            found.record(ours.clusters.first() == listed.as_ref(), || {
                format!("{name}: the most likely cluster is {:?}", ours.clusters.first())
            });
        }
        let ours = &listed.unwrap_or_else(|| {
            let windows = (0..panel.times()).flat_map(|a| (a..panel.times()).map(move |z| (a, z)));
            let all = windows.map(|(first, last)| panel.cylinder(members.clone(), first, last));
            let mut there = all.filter(|c| theirs["time_frame"].as_str().is_none_or(|t| t == frame(c)));
            let mut cluster = there.next().unwrap();
            let reached = ours.null.partition_point(|l| *l < cluster.log_likelihood_ratio - 1e-9);
            cluster.p = (1 + ours.null.len() - reached) as f64 / 1000.0;
            cluster
        });
        found.same(|| format!("{name} cases of {i}"), ours.observed as f64, at("cases"));
        found.close(|| format!("{name} expected of {i}"), ours.expected, at("expected"), 0.0, 0.00501);
        let ratio = theirs["llr"].as_f64().or(theirs["test_statistic"].as_f64()).unwrap();
        found.close(|| format!("{name} ratio of {i}"), ours.log_likelihood_ratio, ratio, 0.0, 1e-5);
        if let Some(theirs) = theirs["rr"].as_f64() {
            found.close(|| format!("{name} relative risk of {i}"), ours.relative_risk, theirs, 0.0, 0.00501);
        }
        // Both p-values are simulated: twice the Monte Carlo variance.
        let (p, theirs) = (ours.p, at("p_value"));
        found.record((p - theirs).abs() <= 4.0 * (2.0 * theirs * (1.0 - theirs) / 999.0).sqrt() + 2.0 / 1000.0, || {
            format!("{name} p of {i}: {p} {theirs}")
        });
    }
    let ours = null;
    for (quantile, share) in [("q50", 0.5), ("q90", 0.9), ("q95", 0.95)] {
        let at = |share: f64| ours[((share.clamp(0.0, 1.0) * ours.len() as f64) as usize).min(ours.len() - 1)];
        // Both quantiles waver: four standard errors of a share, on either side.
        let reach = 4.0 * (2.0 * share * (1.0 - share) / 999.0_f64).sqrt();
        let theirs = expected["null_llr_quantiles"][quantile].as_f64().unwrap();
        found.record((at(share - reach)..=at(share + reach)).contains(&theirs), || format!("{name} {quantile}: {theirs} {}", at(share)));
    }
}

/// Peers: SpatialEpi, smerc. Members exact, ratios relative 1e-9.
pub fn scan_spatial(file: &Value, found: &mut Cases) {
    let (xy, cases, population) = (pairs(&file["input"]["xy"]), floats(&file["input"]["cases"]), floats(&file["input"]["population"]));
    let circles = circles_of(&xy, &population);
    let panel = Panel::poisson(1, cases.iter().map(|n| *n as u32).collect(), population.clone()).unwrap();
    let ours = scan(&panel, &circles, Windows::half_of(1), 999, 1);
    let expected = &file["expected"];
    found.same(|| "zones".into(), circles.circles() as u64, expected["poisson"]["n_zones"].as_u64().unwrap());
    let listed = [&expected["poisson"]["mlc"], &expected["poisson"]["secondary"][0]];
    for (i, theirs) in listed.into_iter().chain(expected["smerc_poisson"].as_array().unwrap()).enumerate() {
        let cluster = &ours.clusters[i % 2];
        let members: BTreeSet<usize> = floats(&theirs["ids_0based"]).iter().map(|m| *m as usize).collect();
        found.same(|| format!("members {i}"), cluster.members.iter().copied().collect(), members);
        found.close(|| format!("ratio {i}"), cluster.log_likelihood_ratio, theirs["llr"].as_f64().unwrap(), 1e-9, 0.0);
        found.close(|| format!("expected {i}"), cluster.expected, theirs["expected"].as_f64().unwrap(), 1e-9, 0.0);
        found.record((cluster.p - theirs["p_value"].as_f64().unwrap()).abs() < 0.012, || format!("p {i}: {}", cluster.p));
        // The same circles by cases among residents.
        if i < 2 {
            let theirs = [&expected["bernoulli"]["mlc"], &expected["bernoulli"]["secondary"][0]][i];
            let trials: f64 = cluster.members.iter().map(|m| population[*m]).sum();
            let ratio = bernoulli(cluster.observed as f64, trials, cases.iter().sum(), population.iter().sum());
            found.close(|| format!("Bernoulli {i}"), ratio, theirs["llr"].as_f64().unwrap(), 1e-9, 0.0);
        }
    }
}

/// Peer: SaTScan, one circle of places.
pub fn satscan_spatial(file: &Value, found: &mut Cases) {
    let (xy, cases, population) = (pairs(&file["input"]["xy"]), floats(&file["input"]["cases"]), floats(&file["input"]["population"]));
    let panel = Panel::poisson(1, cases.iter().map(|n| *n as u32).collect(), population.clone()).unwrap();
    let ours = scan(&panel, &circles_of(&xy, &population), Windows::half_of(1), 999, 2);
    compare_clusters("spatial", &panel, &ours, &file["expected"], &|id| id.parse().unwrap(), &|_| String::new(), found);
}

/// Peer: SaTScan, circles over months: looking back, looking at what goes on, months shuffled, time alone.
pub fn satscan_spacetime(file: &Value, found: &mut Cases) {
    let (xy, population) = (pairs(&file["input"]["xy"]), floats(&file["input"]["population"]));
    let times = 24;
    let start = Month::new(2020, 1).unwrap();
    let mut events = vec![0_u32; xy.len() * times];
    for case in file["input"]["cases_id_month_count"].as_array().unwrap() {
        let case = floats(case);
        events[case[0] as usize * times + case[1] as usize] += case[2] as u32;
    }
    let days: Vec<f64> = (0..times).map(|t| f64::from(start.plus(t as i32).days())).collect();
    let expected: Vec<f64> = population.iter().flat_map(|p| days.iter().map(move |d| p * d)).collect();
    let circles = circles_of(&xy, &population);
    let poisson = Panel::poisson(times, events.clone(), expected).unwrap();
    let back = Windows::half_of(times);
    let date = |t: usize, last: bool| {
        let month = start.plus(t as i32);
        let text = month.to_string();
        let (year, m) = text.split_once('-').unwrap();
        format!("{year}/{}/{}", m.parse::<u8>().unwrap(), if last { month.days() } else { 1 })
    };
    let frame = |c: &Cluster| format!("{} to {}", date(c.first, false), date(c.last, true));
    let ids = |id: &str| id.parse().unwrap();
    compare_clusters(
        "back",
        &poisson,
        &scan(&poisson, &circles, back, 999, 3),
        &file["expected"]["spacetime_poisson"],
        &ids,
        &frame,
        found,
    );
    let now = scan(&poisson, &circles, Windows { living: true, ..back }, 999, 4);
    compare_clusters("now", &poisson, &now, &file["expected"]["prospective_poisson"], &ids, &frame, found);
    // SaTScan's circles of a permutation scan grow to half of the cases.
    let of_area: Vec<f64> = events.chunks(times).map(|r| r.iter().map(|n| f64::from(*n)).sum()).collect();
    let panel = Panel::permutation(times, events.clone()).unwrap();
    let shuffled = scan(&panel, &circles_of(&xy, &of_area), back, 999, 5);
    compare_clusters("shuffled", &panel, &shuffled, &file["expected"]["spacetime_permutation"], &ids, &frame, found);
    let alone = scan(&poisson, &Circles::whole(xy.len()), back, 999, 6);
    let months = |c: &Cluster| {
        let name = |t: usize| date(t, false).rsplit_once('/').unwrap().0.to_owned();
        format!("{} to {}", name(c.first), name(c.last))
    };
    compare_clusters("time alone", &poisson, &alone, &file["expected"]["purely_temporal"], &ids, &months, found);
}

/// Peer: SaTScan's own example of brain cancer in New Mexico, by age and sex, with the population between censuses interpolated.
pub fn satscan_published(file: &Value, found: &mut Cases) {
    let rows = |name: &str| -> Vec<Vec<String>> {
        let rows = file["input"][name].as_array().unwrap().iter();
        rows.map(|r| match r {
            Value::String(line) => line.split_whitespace().map(str::to_owned).collect(),
            list => list.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect(),
        })
        .collect()
    };
    let places = rows("geo");
    let at: BTreeMap<&str, usize> = places.iter().enumerate().map(|(i, p)| (p[0].as_str(), i)).collect();
    let (first, times) = (1973, 19);
    let mut events = vec![0_u32; places.len() * times];
    let mut by_stratum: BTreeMap<(String, String), f64> = BTreeMap::new();
    for case in rows("cas") {
        let n: u32 = case[1].parse().unwrap();
        events[at[case[0].as_str()] * times + case[2].parse::<usize>().unwrap() - first] += n;
        *by_stratum.entry((case[3].clone(), case[4].clone())).or_default() += f64::from(n);
    }
    let mut censuses: BTreeMap<(String, String), BTreeMap<usize, BTreeMap<usize, f64>>> = BTreeMap::new();
    for row in rows("pop") {
        let counts = censuses.entry((row[3].clone(), row[4].clone())).or_default().entry(at[row[0].as_str()]).or_default();
        *counts.entry(1900 + row[1].parse::<usize>().unwrap()).or_default() += row[2].parse::<f64>().unwrap();
    }
    let days = |year: usize| if year.is_multiple_of(4) { 366 } else { 365 };
    let day_of = |year: usize| (first..year).map(days).sum::<usize>() as f64 + 181.0 + f64::from(u8::from(days(year) == 366));
    let mut expected = vec![0.0; places.len() * times];
    let mut people = vec![0.0; places.len()];
    for (stratum, by_place) in &censuses {
        let mut time = vec![0.0; places.len() * times];
        for (place, counts) in by_place {
            let known: Vec<(f64, f64)> = counts.iter().map(|(year, n)| (day_of(*year), *n)).collect();
            let mut day = 0.5;
            for t in 0..times {
                for _ in 0..days(first + t) {
                    let after = known.partition_point(|k| k.0 <= day);
                    time[place * times + t] += match (after.checked_sub(1).map(|i| known[i]), known.get(after)) {
                        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (day - a.0) / (b.0 - a.0),
                        (Some(a), None) => a.1,
                        (None, Some(b)) => b.1,
                        (None, None) => 0.0,
                    };
                    day += 1.0;
                }
            }
        }
        let all: f64 = time.iter().sum();
        for (cell, t) in time.iter().enumerate() {
            expected[cell] += t * by_stratum.get(stratum).copied().unwrap_or(0.0) / all;
            // A circle grows by what is expected in it, as strata differ in risk.
            people[cell / times] += t * by_stratum.get(stratum).copied().unwrap_or(0.0) / all;
        }
    }
    let unit = |p: &Vec<String>| {
        let (lat, lon) = (p[1].parse::<f64>().unwrap().to_radians(), p[2].parse::<f64>().unwrap().to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let on_sphere: Vec<[f64; 3]> = places.iter().map(unit).collect();
    let chord = |i: usize, j: usize| (0..3).map(|k| (on_sphere[i][k] - on_sphere[j][k]).powi(2)).sum::<f64>();
    let panel = Panel::poisson(times, events, expected).unwrap();
    let ours = scan(&panel, &Circles::new(places.len(), chord, &people, 0.5), Windows::half_of(times), 999, 7);
    let frame = |c: &Cluster| format!("{}/1/1 to {}/12/31", first + c.first, first + c.last);
    compare_clusters("New Mexico", &panel, &ours, &file["expected"]["nm"], &|id| at[id], &frame, found);
}

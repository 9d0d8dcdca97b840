//! Neighbours, autocorrelation, smoothing and scans against the packages that the field trusts.

pub mod scans;

use gapmap::spatial::{Contiguity, contiguity, nearest, within};
use gapmap::stats::autocorrelation::{geary, general_g, moran};
use gapmap::stats::local::{Quadrant, getis_ord, local_moran};
use gapmap::stats::permutation::{around, moran_p};
use gapmap::stats::smoothing::{empirical_bayes, empirical_bayes_index, empirical_bayes_local};
use gapmap::stats::weights::{Style, Weights};
use gapmap::units::Bng;
use geo::{Centroid, LineString, MultiPolygon, Polygon};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number, number_or};

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
    found.part("queen", |found| {
        found.same(|| "queen".into(), queen.clone(), sorted(&expected["queen"]));
        found.same(|| "snapped by less than anything".into(), contiguity(&shapes, Contiguity::Queen, 1e-9), sorted(&expected["queen"]));
    });
    found.part("rook", |found| found.same(|| "rook".into(), contiguity(&shapes, Contiguity::Rook, 0.0), sorted(&expected["rook"])));
    let points: Vec<Bng> = shapes.iter().map(|s| s.centroid().ours()).map(|c| Bng { easting_m: c.x(), northing_m: c.y() }).collect();
    found.part("centroids", |found| {
        for (i, (x, y)) in pairs(&expected["centroids"]).into_iter().enumerate() {
            found.close(|| format!("centroid {i}"), points[i].easting_m, x, 1e-10, 0.0);
            found.close(|| format!("centroid {i}"), points[i].northing_m, y, 1e-10, 0.0);
        }
    });
    let k = number_or(&file["parameters"]["k"], 4.0) as usize;
    found.part("nearest", |found| found.same(|| "nearest".into(), nearest(&points, k), sorted(&expected[format!("knn{k}")])));
    let far = |i: usize, j: &u32| points[i].distance_m(points[*j as usize]);
    let least = nearest(&points, 1).iter().enumerate().map(|(i, n)| far(i, &n[0])).fold(0.0, f64::max);
    found.part("threshold", |found| found.close(|| "threshold".into(), least, number(&expected["min_threshold"]), 1e-10, 0.0));
    found.part("band", |found| found.same(|| "band".into(), within(&points, least), sorted(&expected["distance_band"])));
    let w = Weights::new(&queen);
    for (style, name) in [(Style::Binary, "queen_binary"), (Style::Rows, "queen_row_std")] {
        found.part(name, |found| {
            let (ours, theirs) = (w.sums(style), &expected[name]);
            for (ours, name) in [(ours.s0, "s0"), (ours.s1, "s1"), (ours.s2, "s2")] {
                found.close(|| format!("{name} {style:?}"), ours, number(&theirs[name]), 1e-12, 0.0);
            }
        });
    }
    found.part("islands", |found| {
        let stats = &expected["queen_stats"];
        found.same(|| "islands".into(), w.islands().len(), stats["islands"].as_array().unwrap().len());
        found.same(|| "components".into(), w.components() as u64, stats["components"].as_u64().unwrap());
    });
}

/// Peer: esda. Relative 1e-10; p-values of permutations within their Monte Carlo error, half of ours, which is two-sided.
///
/// An island has no statistic here and 0 there (DEVIATIONS): it is not compared.
pub fn autocorrelation(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let neighbours = lists(&file["input"]["neighbours"]);
    let w = Weights::new(&neighbours);
    let expected = &file["expected"];
    for (name, style) in [("moran", Style::Rows), ("moran_binary", Style::Binary)] {
        found.part(name, |found| {
            let (ours, theirs) = (moran(&y, &w, style).ours(), &expected[name]);
            let at = |field: &str| number(&theirs[field]);
            found.close(|| format!("{name} I"), ours.value, at("I"), 1e-10, 0.0);
            found.close(|| format!("{name} E"), ours.expected, at("EI"), 1e-10, 0.0);
            found.close(|| format!("{name} normal"), ours.variance_normal, at("VI_norm"), 1e-10, 0.0);
            found.close(|| format!("{name} shuffled"), ours.variance_shuffled, at("VI_rand"), 1e-10, 0.0);
            found.close(|| format!("{name} z"), ours.z(), at("z_rand"), 1e-10, 1e-12);
            found.close(|| format!("{name} z normal"), ours.z_normal(), at("z_norm"), 1e-10, 1e-12);
            found.close(|| format!("{name} p"), ours.p(), at("p_rand"), 1e-8, 0.0);
        });
    }
    found.part("moran by permutation", |found| {
        let theirs = &expected["moran"]["sim_seeded"];
        let (directed, draws) = (number(&theirs["p_sim"]), number_or(&theirs["permutations"], 999.0));
        let ours = moran_p(&y, &w, draws as usize, 1).ours() / 2.0;
        found.record(alike(ours, directed, draws), || format!("moran p by permutation: {ours} {directed}"));
    });
    found.part("geary", |found| {
        let (ours, theirs) = (geary(&y, &w, Style::Rows).ours(), &expected["geary"]);
        let (value, shuffled, z) = (ours.value, ours.variance_shuffled, ours.z());
        for (ours, name) in [(value, "C"), (ours.variance_normal, "VC_norm"), (shuffled, "VC_rand"), (z, "z_rand")] {
            found.close(|| format!("geary {name}"), ours, number(&theirs[name]), 1e-10, 1e-12);
        }
        // The peer's p-value is of one side.
        found.close(|| "geary p".into(), ours.p() / 2.0, number(&theirs["p_rand"]), 1e-8, 0.0);
    });
    found.part("general G", |found| {
        let (ours, theirs) = (general_g(&y, &w).ours(), &expected["getis_ord_general_G"]);
        for (ours, name) in [(ours.value, "G"), (ours.expected, "EG"), (ours.variance_shuffled, "VG"), (ours.z(), "z_norm")] {
            found.close(|| format!("general {name}"), ours, number(&theirs[name]), 1e-10, 1e-12);
        }
    });
    // Many draws of ours: what is left is the error of theirs.
    let drawn = around(&y, &w, 199_999, 1);
    let islands = (0..y.len()).filter(|i| neighbours[*i].is_empty()).count();
    if islands > 0 {
        found.left.push(format!("{islands} islands"));
    }
    let of = |i: usize, theirs: &Value| -> Option<(f64, f64)> {
        let theirs = &theirs["sim_seeded"];
        Some((theirs["p_sim_directed"][i].as_f64()?, number_or(&theirs["permutations"], 9_999.0)))
    };
    found.part("local", |found| {
        let theirs = &expected["moran_local"];
        for (i, ours) in local_moran(&y, &w).iter().enumerate().filter(|(i, _)| !neighbours[*i].is_empty()) {
            let ours = ours.ours();
            let at = |field: &str| number(&theirs[field][i]);
            found.close(|| format!("local {i}"), ours.value, at("Is"), 1e-10, 1e-13);
            found.close(|| format!("local E {i}"), ours.shuffled.0, at("EI"), 1e-10, 0.0);
            found.close(|| format!("local V {i}"), ours.shuffled.1, at("VI"), 1e-10, 0.0);
            found.close(|| format!("local Ec {i}"), ours.conditional.0, at("EIc"), 1e-10, 1e-13);
            found.close(|| format!("local Vc {i}"), ours.conditional.1, at("VIc"), 1e-10, 0.0);
            let quadrant = [Quadrant::HighHigh, Quadrant::LowHigh, Quadrant::LowLow, Quadrant::HighLow][at("quadrant") as usize - 1];
            found.same(|| format!("quadrant {i}"), ours.quadrant, quadrant);
            if let Some((p, draws)) = of(i, theirs) {
                found.record(alike(drawn[i].ours().p / 2.0, p, draws), || format!("local p {i}: {:?}, {p}", drawn[i]));
            }
        }
    });
    for (name, star) in [("g_local", false), ("g_local_star", true)] {
        found.part(name, |found| {
            let theirs = &expected[name];
            for (i, ours) in getis_ord(&y, &w, star).iter().enumerate().filter(|(i, _)| !neighbours[*i].is_empty()) {
                let ours = ours.ours();
                let at = |field: &str| number(&theirs[field][i]);
                found.close(|| format!("{name} {i}"), ours.value, at("Gs"), 1e-10, 0.0);
                found.close(|| format!("{name} E {i}"), ours.expected, at("EGs"), 1e-10, 0.0);
                found.close(|| format!("{name} V {i}"), ours.variance, at("VGs"), 1e-10, 0.0);
                found.close(|| format!("{name} z {i}"), ours.z, at("Zs"), 1e-10, 1e-12);
                if let Some((p, draws)) = of(i, theirs) {
                    found.record(alike(drawn[i].ours().p / 2.0, p, draws), || format!("{name} p {i}: {:?}, {p}", drawn[i]));
                }
            }
        });
    }
}

/// Peer: spdep. Relative 1e-9; its local Moran is (n−1)/n... of esda's, and its p-values are one-sided where it says so.
pub fn autocorrelation_in_r(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let neighbours = lists(&file["input"]["neighbours"]);
    let w = Weights::new(&neighbours);
    let expected = &file["expected"];
    found.each(expected, |found, name, theirs| {
        let at = |field: &str| number(&theirs[field]);
        let style = if name.contains("_W") { Style::Rows } else { Style::Binary };
        let locals = |found: &mut Cases, star: bool| {
            let theirs = floats(theirs);
            for (i, ours) in getis_ord(&y, &w, star).iter().enumerate().filter(|(i, _)| !neighbours[*i].is_empty()) {
                found.close(|| format!("{name} {i}"), ours.ours().z, theirs[i], 1e-9, 1e-11);
            }
        };
        match name.split('_').next().unwrap_or(name) {
            "moran" => {
                let (ours, normal) = (moran(&y, &w, style).ours(), name.contains("normality"));
                found.close(|| format!("{name} I"), ours.value, at("estimate"), 1e-9, 0.0);
                let (variance, z) = if normal { (ours.variance_normal, ours.z_normal()) } else { (ours.variance_shuffled, ours.z()) };
                found.close(|| format!("{name} V"), variance, at("variance"), 1e-9, 0.0);
                found.close(|| format!("{name} z"), z, at("statistic"), 1e-9, 1e-12);
                if !normal {
                    // Of one side: ours is of two, and the near one holds half of it.
                    let p = if name.ends_with("greater") { if z > 0.0 { ours.p() / 2.0 } else { 1.0 - ours.p() / 2.0 } } else { ours.p() };
                    found.close(|| format!("{name} p"), p, at("p_value"), 1e-8, 0.0);
                }
            }
            "geary" => {
                let ours = geary(&y, &w, style).ours();
                found.close(|| "geary".into(), ours.value, at("estimate"), 1e-9, 0.0);
                // spdep counts its statistic upwards: positive where like lies beside like.
                found.close(|| "geary z".into(), -ours.z(), at("statistic"), 1e-9, 1e-12);
            }
            "globalG" => found.close(|| "general G".into(), general_g(&y, &w).ours().z(), at("statistic"), 1e-9, 1e-12),
            "localmoran" => {
                let n = y.len() as f64;
                for (i, ours) in local_moran(&y, &w).iter().enumerate().filter(|(i, _)| !neighbours[*i].is_empty()) {
                    let ours = ours.ours();
                    let at = |field: &str| number(&theirs[field][i]);
                    found.close(|| format!("local {i}"), ours.value * n / (n - 1.0), at("Ii"), 1e-9, 1e-13);
                    found.close(|| format!("local E {i}"), ours.conditional.0, at("E"), 1e-9, 1e-13);
                    found.close(|| format!("local V {i}"), ours.conditional.1, at("V"), 1e-9, 0.0);
                }
            }
            "localG" => locals(found, false),
            "localGstar" => locals(found, true),
            _ => found.lacking.push(format!("{name}: a statistic that is not known")),
        }
    });
}

/// The closed form, and the binary values of the peer's documentation (its row-standardised ones are wrong by its own formula).
pub fn getis_ord_toy(file: &Value, found: &mut Cases) {
    let y = floats(&file["input"]["y"]);
    let points = pairs(&file["input"]["points"]);
    let points: Vec<Bng> = points.into_iter().map(|(easting_m, northing_m)| Bng { easting_m, northing_m }).collect();
    let w = Weights::new(&within(&points, number(&file["input"]["threshold"])));
    let expected = &file["expected"];
    found.part("G", |found| {
        found.close(|| "G".into(), general_g(&y, &w).ours().value, number(&expected["getis_ord_global_G_doc"]), 0.0, 1e-8);
    });
    for (star, doc, closed) in [(false, "peer_doc_binary_G_Z", "_G"), (true, "peer_doc_binary_Gstar_Z", "_Gstar")] {
        let ours = getis_ord(&y, &w, star);
        for (i, ours) in ours.iter().enumerate() {
            found.close(|| format!("{doc} {i}"), ours.ours().z, number(&expected[doc][i]), 0.0, 1e-7);
            for form in ["binary", "row_std"] {
                let theirs = number(&expected["closed_form"][format!("{form}{closed}")][i]);
                found.close(|| format!("{form}{closed} {i}"), ours.ours().z, theirs, 1e-12, 1e-13);
            }
        }
    }
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
        found.part(name, |found| {
            for (i, ours) in ours.iter().enumerate() {
                // Nobody lives there, or nobody beside it: neither has a rate.
                let theirs = expected[name][i].as_f64();
                assert!(theirs.is_some() || expected[name].is_array(), "rates are missing");
                match (ours, theirs) {
                    (Some(ours), Some(theirs)) => found.close(|| format!("{name} {i}"), *ours, theirs, 1e-10, 1e-14),
                    (ours, theirs) => found.record(ours.is_none() && theirs.is_none(), || format!("{name} {i}: {ours:?} {theirs:?}")),
                }
            }
        });
    }
    let index: Vec<f64> = index.into_iter().flatten().collect();
    let (ours, theirs) = (moran(&index, &w, Style::Rows).ours(), &expected["moran_rate_EBI"]);
    found.close(|| "I of rates".into(), ours.value, number(&theirs["I"]), 1e-10, 0.0);
    found.close(|| "z of rates".into(), ours.z(), number(&theirs["z_rand"]), 1e-10, 0.0);
}

/// Peer: spdep. Its local form takes each neighbour's deviation from that neighbour's own mean; ours is the form of esda and GeoDa (DEVIATIONS).
pub fn smoothing_in_r(file: &Value, found: &mut Cases) {
    let (events, base) = (floats(&file["input"]["events"]), floats(&file["input"]["base"]));
    let w = Weights::new(&lists(&file["input"]["neighbours"]));
    found.part("EBest", |found| {
        for (ours, theirs) in empirical_bayes(&events, &base).iter().zip(floats(&file["expected"]["EBest_est"])) {
            found.close(|| "EBest".into(), ours.ours(), theirs, 1e-9, 0.0);
        }
    });
    found.left.push("EBlocal_est (DEVIATIONS)".into());
    let index: Vec<f64> = empirical_bayes_index(&events, &base).into_iter().flatten().collect();
    let ours = moran(&index, &w, Style::Rows).ours().value;
    found.close(|| "EBImoran".into(), ours, number(&file["expected"]["EBI_moran_I_W"]), 1e-9, 0.0);
}

//! Densities, K functions, near repeats, overlaps and composite indices against the packages that the field trusts.

use gapmap::spatial::{mean_over, overlaps, share_out};
use gapmap::stats::composite::{Scaling, exponential, geometric_mean, harmonic_mean, rank_ranges, ranks, scaled, weighted_mean};
use gapmap::stats::near::{Knox, knox, near_repeats};
use gapmap::stats::points::{Edge, EdgeCorrection, Kernel, Point, Window, density, intensity, ripley_k};
use geo::{Area, LineString, MultiPolygon, Polygon};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number, number_in, number_or};

fn points(value: &Value) -> Vec<Point> {
    value.as_array().unwrap().iter().map(floats).map(|p| (p[0], p[1])).collect()
}

fn all(found: &mut Cases, name: &str, ours: &[f64], theirs: &Value, relative: f64, absolute: f64) {
    let theirs = floats(theirs);
    found.same(|| format!("{name}: how many"), ours.len(), theirs.len());
    for (i, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        found.close(|| format!("{name} {i}"), *ours, theirs, relative, absolute);
    }
}

/// Peers: scipy, sklearn. Relative 1e-8; the bandwidth of each result stands in its name.
pub fn densities(file: &Value, found: &mut Cases) {
    let (p, grid) = (points(&file["input"]["points"]), points(&file["input"]["grid"]));
    found.each(&file["expected"], |found, name, theirs| {
        let bandwidth = || number_in(name.rsplit_once('_').unwrap().0).unwrap();
        match name {
            // In two dimensions Silverman's factor is Scott's.
            "scott" | "silverman" => {
                let Kernel::Covariance(c) = Kernel::scott(&p).ours() else { panic!("Scott's rule gives a covariance") };
                if theirs["covariance"].is_array() {
                    all(found, "covariance", &c[..2], &theirs["covariance"][0], 1e-10, 0.0);
                }
                all(found, name, &density(&p, &grid, Kernel::Covariance(c)), &theirs["values"], 1e-8, 1e-18);
            }
            _ if name.ends_with("_gaussian") => all(found, name, &density(&p, &grid, Kernel::Gaussian(bandwidth())), theirs, 1e-8, 1e-18),
            _ if name.ends_with("_epanechnikov") => {
                all(found, name, &density(&p, &grid, Kernel::Epanechnikov(bandwidth())), theirs, 1e-8, 1e-18);
            }
            _ => found.lacking.push(format!("{name}: a kernel that is not known")),
        }
    });
}

fn placed(file: &Value) -> Vec<Point> {
    floats(&file["input"]["x"]).into_iter().zip(floats(&file["input"]["y"])).collect()
}

/// Peer: spatstat. Without edge 1e-6; with it 5e-3, as the peer takes the edge on a grid of pixels.
pub fn edges(file: &Value, found: &mut Cases) {
    let p = placed(file);
    let w = floats(&file["input"]["window"]);
    let window = Window { west: w[0], east: w[1], south: w[2], north: w[3] };
    let expected = &file["expected"];
    let sigma = number(&file["parameters"]["sigma"]);
    for (name, edge, tolerance) in [
        ("points_no_edge", EdgeCorrection::None, 1e-6),
        ("points_edge_uniform", EdgeCorrection::Place, 5e-3),
        ("points_diggle", EdgeCorrection::Point, 5e-3),
    ] {
        found.part(name, |found| all(found, name, &intensity(&p, &p, sigma, &window, edge, false), &expected[name], tolerance, 0.0));
    }
}

/// Peer: spatstat. Isotropic and translate 1e-6, none and border 1e-9; G is not built (DEVIATIONS).
pub fn ripley(file: &Value, found: &mut Cases) {
    let p = placed(file);
    let w = floats(&file["parameters"]["window"]);
    let window = Window { west: w[0], east: w[1], south: w[2], north: w[3] };
    let expected = &file["expected"];
    // Points lie on a grid of hundredths: at distances that pairs lie at to the last bit, rounding decides which of them the peer counts.
    let tied = |r: f64| p.iter().any(|a| p.iter().any(|b| ((a.0 - b.0).hypot(a.1 - b.1) - r).abs() < 1e-9 && r > 0.0));
    let all_r = floats(&expected["r"]);
    let kept: Vec<usize> = (0..all_r.len()).filter(|i| !tied(all_r[*i])).collect();
    let r: Vec<f64> = kept.iter().map(|i| all_r[*i]).collect();
    let theirs = |name: &str| Value::from(kept.iter().map(|i| floats(&expected[name])[*i]).collect::<Vec<f64>>());
    for (name, edge, tolerance) in [
        ("K_none", Edge::None, 1e-9),
        ("K_border", Edge::Border, 1e-9),
        ("K_isotropic", Edge::Isotropic, 1e-6),
        ("K_translate", Edge::Translate, 1e-6),
    ] {
        found.part(name, |found| all(found, name, &ripley_k(&p, &r, &window, edge), &theirs(name), tolerance, 1e-12));
    }
    found.left.push(format!("{} of {} distances, and G (DEVIATIONS)", all_r.len() - r.len(), all_r.len()));
    let l: Vec<f64> = ripley_k(&p, &r, &window, Edge::Isotropic).iter().map(|k| (k / std::f64::consts::PI).sqrt()).collect();
    found.part("L", |found| all(found, "L", &l, &theirs("L_isotropic"), 1e-6, 1e-12));
}

/// Peer: pointpats, whose K has no edge correction, the box of the points as window, and `n²` for `n(n − 1)`.
pub fn ripley_in_a_box(file: &Value, found: &mut Cases) {
    let p = points(&file["input"]["points"]);
    let b = floats(&file["input"]["bbox"]);
    let window = Window { west: b[0], east: b[2], south: b[1], north: b[3] };
    let n = p.len() as f64;
    // The peer counts what is nearer than the distance, ours what is at it too; the points lie on a grid.
    let support: Vec<f64> = floats(&file["expected"]["support"]).iter().map(|r| r - 1e-9).collect();
    let ours: Vec<f64> = ripley_k(&p, &support, &window, Edge::None).iter().map(|k| k * (n - 1.0) / n).collect();
    all(found, "K", &ours, &file["expected"]["K"], 1e-10, 0.0);
}

fn events(file: &Value) -> Vec<(f64, f64, f64)> {
    points(&file["input"]["xy"]).into_iter().zip(floats(&file["input"]["t"])).map(|(p, t)| (p.0, p.1, t)).collect()
}

/// The peers' Poisson p-value is of more pairs than were seen; ours is of as many or more (DEVIATIONS).
fn more_than_seen(ours: &Knox) -> f64 {
    let logs: f64 = (1..=ours.both).map(|k| (k as f64).ln()).sum();
    ours.p_poisson - (ours.both as f64 * ours.expected.ln() - ours.expected - logs).exp()
}

/// Peer: pointpats. Counts exact, expectation 1e-12, Poisson p 1e-8, simulated p within Monte Carlo error of both.
pub fn knox_test(file: &Value, found: &mut Cases) {
    let events = events(file);
    found.each(&file["expected"], |found, name, expected| {
        let at = |field: &str| number(&expected[field]);
        let ours = knox(&events, at("delta"), at("tau"), 999, 1).ours();
        found.same(|| format!("{name} pairs"), ours.both as f64, at("nst"));
        let expectation = floats(&expected["expected"][0])[0];
        found.close(|| format!("{name} expected"), ours.expected, expectation, 1e-12, 0.0);
        let cells = [floats(&expected["observed"][0]), floats(&expected["observed"][1])].concat();
        let mine = [ours.both, ours.in_place - ours.both, ours.in_time - ours.both, ours.pairs + ours.both - ours.in_place - ours.in_time];
        let mut mine = mine.map(|n| n as f64);
        if mine[1] != cells[1] {
            mine.swap(1, 2);
        }
        found.same(|| format!("{name} table"), mine.to_vec(), cells);
        found.close(|| format!("{name} Poisson"), more_than_seen(&ours), at("p_poisson"), 1e-8, 0.0);
        let theirs = at("p_sim");
        let reach = 4.0 * (2.0 * theirs * (1.0 - theirs) / 999.0).sqrt() + 0.002;
        found.record((ours.p - theirs).abs() <= reach, || format!("{name} p {} {theirs}", ours.p));
    });
}

/// Peer: surveillance.
pub fn knox_in_r(file: &Value, found: &mut Cases) {
    let events = events(file);
    found.each(&file["expected"], |found, name, expected| {
        let (metres, days) = name.split_once('_').unwrap();
        let ours = knox(&events, metres[2..].parse().unwrap(), days[2..].parse().unwrap(), 9, 1).ours();
        found.same(|| format!("{name} pairs"), ours.both as f64, number(&expected["statistic"]));
        found.close(|| format!("{name} expected"), ours.expected, number(&expected["expected"]), 1e-10, 0.0);
        found.close(|| format!("{name} Poisson"), more_than_seen(&ours), number(&expected["p_poisson"]), 1e-8, 0.0);
    });
}

/// Peer: NearRepeat. Counts exact; means within four standard errors of both, p-values within Monte Carlo error of both.
pub fn repeats(file: &Value, found: &mut Cases) {
    let column = |name: &str| floats(&file["input"][name]);
    let events: Vec<(f64, f64, f64)> = column("x").into_iter().zip(column("y")).zip(column("day")).map(|((x, y), t)| (x, y, t)).collect();
    let bounds = |name: &str| floats(&file["parameters"][name]);
    let draws = number_or(&file["parameters"]["nrep"], 499.0);
    let ours = near_repeats(&events, &bounds("sds"), &bounds("tds"), draws as usize, 1);
    let expected = &file["expected"];
    for r in 0..ours.observed.len() {
        let row = |field: &str| floats(&expected[field][r]);
        found.same(|| format!("row {r}"), ours.observed[r].iter().map(|n| *n as f64).collect::<Vec<f64>>(), row("observed"));
        for c in 0..ours.observed[r].len() {
            let reach = 4.0 * row("sd_perm")[c] * (2.0 / draws).sqrt();
            found.close(|| format!("mean {r} {c}"), ours.expected[r][c], row("mean_perm")[c], 0.0, reach);
            let theirs = row("p_values")[c];
            let reach = 4.0 * (2.0 * theirs * (1.0 - theirs) / draws).sqrt() + 4.0 / (draws + 1.0);
            found.record((ours.p[r][c] - theirs).abs() <= reach, || format!("p {r} {c}: {} {theirs}", ours.p[r][c]));
        }
    }
}

/// Peer: tobler. Relative 1e-9 of areas and values.
pub fn interpolation(file: &Value, found: &mut Cases) {
    let polygon = |rings: &Value| {
        let mut rings = rings.as_array().unwrap().iter().map(|r| LineString::from(points(r)));
        Polygon::new(rings.next().unwrap(), rings.collect())
    };
    let shapes = |name: &str| -> Vec<MultiPolygon> {
        let shapes = file["input"][name].as_array().unwrap().iter();
        shapes.map(|s| MultiPolygon(s.as_array().unwrap().iter().map(polygon).collect())).collect()
    };
    let (sources, targets) = (shapes("source"), shapes("target"));
    let overlap = overlaps(&sources, &targets);
    let expected = &file["expected"];
    found.part("overlap", |found| {
        for (row, theirs) in overlap.iter().zip(expected["overlap_area"].as_array().unwrap()) {
            // A square metre in 250,000: the overlay works on a grid of its own.
            all(found, "overlap", row, theirs, 1e-6, 0.01);
        }
    });
    let areas: Vec<f64> = sources.iter().map(|s| s.unsigned_area()).collect();
    let plain = |x: Vec<Option<f64>>| x.into_iter().map(|x| x.unwrap_or(0.0)).collect::<Vec<f64>>();
    for (name, whole) in [("extensive", true), ("extensive_allocate_total_false", false)] {
        found.part(name, |found| {
            let counts = floats(&file["input"]["extensive"]);
            all(found, name, &plain(share_out(&overlap, &counts, &areas, whole)), &expected[name], 1e-6, 0.0);
        });
    }
    found.part("intensive", |found| {
        let rates = floats(&file["input"]["intensive"]);
        all(found, "rates", &plain(mean_over(&overlap, &rates)), &expected["intensive"], 1e-6, 0.0);
    });
}

fn indicators(file: &Value) -> (Vec<Vec<f64>>, Vec<f64>, Vec<bool>) {
    let rows: Vec<Vec<f64>> = file["input"]["X"].as_array().unwrap().iter().map(floats).collect();
    let columns = (0..rows[0].len()).map(|c| rows.iter().map(|r| r[c]).collect()).collect();
    let up = floats(&file["parameters"]["direction"]).iter().map(|d| *d > 0.0).collect();
    (columns, floats(&file["parameters"]["weights"]), up)
}

fn on(scaling: Scaling, columns: &[Vec<f64>], up: &[bool]) -> Vec<Vec<f64>> {
    columns.iter().zip(up).map(|(x, up)| scaled(x, *up, scaling).ours()).collect()
}

fn to_hundred(ranges: &[Vec<f64>]) -> Vec<Vec<f64>> {
    ranges.iter().map(|x| x.iter().map(|v| 1.0 + 99.0 * v).collect()).collect()
}

/// Closed forms. Relative 1e-10.
pub fn composite(file: &Value, found: &mut Cases) {
    let (columns, weights, up) = indicators(file);
    let expected = &file["expected"];
    let (standard, range) = (on(Scaling::Standard, &columns, &up), on(Scaling::Range, &columns, &up));
    let (z, m) = (weighted_mean(&standard, &weights), weighted_mean(&range, &weights));
    found.part("z_arith", |found| all(found, "standard", &z, &expected["z_arith"], 1e-10, 1e-12));
    found.part("minmax_arith", |found| all(found, "range", &m, &expected["minmax_arith"], 1e-10, 1e-12));
    found.part("minmax1_100_geometric", |found| {
        all(found, "geometric", &geometric_mean(&to_hundred(&range), &weights), &expected["minmax1_100_geometric"], 1e-10, 0.0)
    });
    let as_numbers = |r: Vec<usize>| r.into_iter().map(|r| r as f64).collect::<Vec<f64>>();
    found.part("rank_z", |found| all(found, "ranks", &as_numbers(ranks(&z)), &expected["rank_z"], 0.0, 0.0));
    found.part("rank_mm", |found| all(found, "ranks of ranges", &as_numbers(ranks(&m)), &expected["rank_mm"], 0.0, 0.0));
    let turned: Vec<Vec<f64>> =
        columns.iter().zip(&up).map(|(x, up)| exponential(&x.iter().map(|v| if *up { *v } else { -v }).collect::<Vec<f64>>())).collect();
    found.part("imd_exponential", |found| {
        for (i, row) in expected["imd_exponential"].as_array().unwrap().iter().enumerate() {
            all(found, "exponential", &turned.iter().map(|x| x[i]).collect::<Vec<f64>>(), row, 1e-10, 0.0);
        }
    });
}

/// Peer: COINr. Relative 1e-10; mean ranks within four standard errors.
pub fn composite_in_r(file: &Value, found: &mut Cases) {
    let (columns, weights, up) = indicators(file);
    let expected = &file["expected"];
    let (standard, range) = (on(Scaling::Standard, &columns, &up), on(Scaling::Range, &columns, &up));
    for i in 0..columns[0].len() {
        let row = |x: &[Vec<f64>], times: f64| x.iter().map(|x| times * x[i]).collect::<Vec<f64>>();
        found.part("minmax_0_100", |found| all(found, "range", &row(&range, 100.0), &expected["minmax_0_100"][i], 1e-10, 1e-10));
        found.part("zscore", |found| all(found, "standard", &row(&standard, 1.0), &expected["zscore"][i], 1e-10, 1e-12));
    }
    let hundred: Vec<Vec<f64>> = range.iter().map(|x| x.iter().map(|v| 100.0 * v).collect()).collect();
    found.part("amean_minmax", |found| all(found, "mean", &weighted_mean(&hundred, &weights), &expected["amean_minmax"], 1e-10, 0.0));
    found.part("gmean_minmax1_100", |found| {
        all(found, "geometric", &geometric_mean(&to_hundred(&range), &weights), &expected["gmean_minmax1_100"], 1e-10, 0.0)
    });
    found.part("hmean_minmax1_100", |found| {
        all(found, "harmonic", &harmonic_mean(&to_hundred(&range), &weights), &expected["hmean_minmax1_100"], 1e-10, 0.0)
    });
    found.part("rank_uncertainty", |found| {
        let theirs = &expected["rank_uncertainty"];
        let column = |name: &str| floats(&theirs[name]);
        // `uniform +/-25% relative, renormalised, N=1000, seed 1`
        let written = file["parameters"]["noise"].as_str().unwrap();
        let part =
            |before: &str, after: char| -> f64 { written.split(before).nth(1).unwrap().split(after).next().unwrap().parse().unwrap() };
        let (noise, draws) = (part("+/-", '%') / 100.0, part("N=", ','));
        for (i, ours) in rank_ranges(&range, &weights, noise, draws as usize, 1).iter().enumerate() {
            found.same(|| format!("rank {i}"), ours.nominal as f64, column("nominal")[i]);
            // Spread of the peer's ranks from its 5 % and 95 % points, at least half a rank.
            let sd = ((column("q95")[i] - column("q05")[i]) / 3.3).max(0.5);
            found.close(|| format!("mean rank {i}"), ours.mean, column("mean")[i], 0.0, 4.0 * sd * (2.0 / draws).sqrt());
            found.record((ours.low as f64 - column("q05")[i]).abs() <= 1.0 && (ours.high as f64 - column("q95")[i]).abs() <= 1.0, || {
                format!("range {i}: {ours:?}")
            });
        }
    });
}

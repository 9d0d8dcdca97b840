//! Scans in space and time, against SaTScan and the packages of R.

use std::collections::{BTreeMap, BTreeSet};

use gapmap::stats::scan::{Circles, Cluster, Panel, Scan, Windows, bernoulli, scan};
use gapmap::units::Month;
use serde_json::Value;

use super::pairs;
use crate::reference_cases::{Cases, Ours, floats, number, number_or};

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
        let at = |field: &str| number(&theirs[field]);
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
            let mut cluster = there.next().ours();
            let reached = ours.null.partition_point(|l| *l < cluster.log_likelihood_ratio - 1e-9);
            cluster.p = (1 + ours.null.len() - reached) as f64 / 1000.0;
            cluster
        });
        found.same(|| format!("{name} cases of {i}"), ours.observed as f64, at("cases"));
        found.close(|| format!("{name} expected of {i}"), ours.expected, at("expected"), 0.0, 0.00501);
        let ratio = theirs["llr"].as_f64().or(theirs["test_statistic"].as_f64()).expect("a ratio is missing");
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
        let Some(theirs) = expected["null_llr_quantiles"][quantile].as_f64() else { continue };
        found.record((at(share - reach)..=at(share + reach)).contains(&theirs), || format!("{name} {quantile}: {theirs} {}", at(share)));
    }
}

/// Peers: SpatialEpi, smerc. Members exact, ratios relative 1e-9.
pub fn scan_spatial(file: &Value, found: &mut Cases) {
    let (xy, cases, population) = (pairs(&file["input"]["xy"]), floats(&file["input"]["cases"]), floats(&file["input"]["population"]));
    let circles = circles_of(&xy, &population);
    let panel = Panel::poisson(1, cases.iter().map(|n| *n as u32).collect(), population.clone()).ours();
    let ours = scan(&panel, &circles, Windows::half_of(1), 999, 1);
    let expected = &file["expected"];
    found.part("zones", |found| found.same(|| "zones".into(), circles.circles() as u64, number(&expected["poisson"]["n_zones"]) as u64));
    let listed = |of: &Value| -> Vec<Value> {
        std::iter::once(&of["mlc"]).chain(of["secondary"].as_array().into_iter().flatten()).cloned().collect()
    };
    let (peer, other) = (listed(&expected["poisson"]), expected["smerc_poisson"].as_array().cloned().unwrap_or_default());
    let trials_of = listed(&expected["bernoulli"]);
    for (i, theirs) in peer.iter().enumerate().chain(other.iter().enumerate()) {
        let cluster = ours.clusters.get(i).ours();
        let members: BTreeSet<usize> = floats(&theirs["ids_0based"]).iter().map(|m| *m as usize).collect();
        found.same(|| format!("members {i}"), cluster.members.iter().copied().collect(), members);
        found.close(|| format!("ratio {i}"), cluster.log_likelihood_ratio, number(&theirs["llr"]), 1e-9, 0.0);
        found.close(|| format!("expected {i}"), cluster.expected, number(&theirs["expected"]), 1e-9, 0.0);
        found.record((cluster.p - number(&theirs["p_value"])).abs() < 0.012, || format!("p {i}: {}", cluster.p));
        // The same circles by cases among residents.
        if let Some(theirs) = trials_of.get(i).filter(|t| t["llr"].is_number()) {
            let trials: f64 = cluster.members.iter().map(|m| population[*m]).sum();
            let ratio = bernoulli(cluster.observed as f64, trials, cases.iter().sum(), population.iter().sum());
            found.close(|| format!("Bernoulli {i}"), ratio, number(&theirs["llr"]), 1e-9, 0.0);
        }
    }
}

/// Peer: SaTScan, one circle of places.
pub fn satscan_spatial(file: &Value, found: &mut Cases) {
    let (xy, cases, population) = (pairs(&file["input"]["xy"]), floats(&file["input"]["cases"]), floats(&file["input"]["population"]));
    let panel = Panel::poisson(1, cases.iter().map(|n| *n as u32).collect(), population.clone()).ours();
    let ours = scan(&panel, &circles_of(&xy, &population), Windows::half_of(1), 999, 2);
    compare_clusters("spatial", &panel, &ours, &file["expected"], &|id| id.parse().unwrap(), &|_| String::new(), found);
}

/// Peer: SaTScan, circles over months: looking back, looking at what goes on, months shuffled, time alone.
pub fn satscan_spacetime(file: &Value, found: &mut Cases) {
    let (xy, population) = (pairs(&file["input"]["xy"]), floats(&file["input"]["population"]));
    let cases: Vec<Vec<f64>> = file["input"]["cases_id_month_count"].as_array().unwrap().iter().map(floats).collect();
    // `month index 0 = 2020-01; monthly aggregation`; the months run to the last of a year.
    let written = file["parameters"]["time"].as_str().unwrap_or("");
    let start = written.split("0 = ").nth(1).and_then(|m| Month::parse(m.get(..7)?)).or(Month::new(2020, 1)).unwrap();
    let last = cases.iter().map(|c| c[1] as usize).max().unwrap();
    let times = number_or(&file["parameters"]["months"], ((last / 12 + 1) * 12) as f64) as usize;
    let mut events = vec![0_u32; xy.len() * times];
    for case in &cases {
        events[case[0] as usize * times + case[1] as usize] += case[2] as u32;
    }
    let days: Vec<f64> = (0..times).map(|t| f64::from(start.plus(t as i32).days())).collect();
    let expected: Vec<f64> = population.iter().flat_map(|p| days.iter().map(move |d| p * d)).collect();
    let circles = circles_of(&xy, &population);
    let poisson = Panel::poisson(times, events.clone(), expected).ours();
    let back = Windows::half_of(times);
    let date = |t: usize, last: bool| {
        let month = start.plus(t as i32);
        let text = month.to_string();
        let (year, m) = text.split_once('-').unwrap();
        format!("{year}/{}/{}", m.parse::<u8>().unwrap(), if last { month.days() } else { 1 })
    };
    let frame = |c: &Cluster| format!("{} to {}", date(c.first, false), date(c.last, true));
    let ids = |id: &str| id.parse().unwrap();
    let mut compare = |name: &str, part: &str, panel: &Panel, ours: &dyn Fn() -> Scan, frame: &dyn Fn(&Cluster) -> String| {
        found.part(part, |found| {
            assert!(file["expected"][part].is_object(), "{part} is missing");
            compare_clusters(name, panel, &ours(), &file["expected"][part], &ids, frame, found);
        });
    };
    compare("back", "spacetime_poisson", &poisson, &|| scan(&poisson, &circles, back, 999, 3), &frame);
    let living = Windows { living: true, ..back };
    compare("now", "prospective_poisson", &poisson, &|| scan(&poisson, &circles, living, 999, 4), &frame);
    // SaTScan's circles of a permutation scan grow to half of the cases.
    let of_area: Vec<f64> = events.chunks(times).map(|r| r.iter().map(|n| f64::from(*n)).sum()).collect();
    let panel = Panel::permutation(times, events.clone()).ours();
    compare("shuffled", "spacetime_permutation", &panel, &|| scan(&panel, &circles_of(&xy, &of_area), back, 999, 5), &frame);
    let months = |c: &Cluster| {
        let name = |t: usize| date(t, false).rsplit_once('/').unwrap().0.to_owned();
        format!("{} to {}", name(c.first), name(c.last))
    };
    compare("time alone", "purely_temporal", &poisson, &|| scan(&poisson, &Circles::whole(xy.len()), back, 999, 6), &months);
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
    let panel = Panel::poisson(times, events, expected).ours();
    let ours = scan(&panel, &Circles::new(places.len(), chord, &people, 0.5), Windows::half_of(times), 999, 7);
    let frame = |c: &Cluster| format!("{}/1/1 to {}/12/31", first + c.first, first + c.last);
    compare_clusters("New Mexico", &panel, &ours, &file["expected"]["nm"], &|id| at[id], &frame, found);
}

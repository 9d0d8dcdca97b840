//! A provider's return: users of the IDVA service by group, beside the women whom it is for.

use std::collections::BTreeMap;
use std::fmt::Write;

use rand::Rng;

use super::Settings;
use super::geography::Borough;

/// Planted: these groups use the service so many times as much as their number suggests.
pub const REACHED_LESS: [(&str, &str, f64); 2] = [("Age", "65 and over", 0.2), ("Disability", "Disabled", 0.4)];

/// Groups with their share.
type Groups = &'static [(&'static str, f64)];

/// Dimensions, groups with their share of women aged 16 and over, and the share of users of whom the group is not known.
const DIMENSIONS: [(&str, Groups, f64); 3] = [
    (
        "Age",
        &[("16 to 24", 0.13), ("25 to 34", 0.17), ("35 to 44", 0.16), ("45 to 54", 0.16), ("55 to 64", 0.15), ("65 and over", 0.23)],
        0.0,
    ),
    ("Ethnic group", &[("Asian", 0.11), ("Black", 0.07), ("Mixed", 0.04), ("Other", 0.03), ("White", 0.75)], 0.06),
    ("Disability", &[("Disabled", 0.21), ("Not disabled", 0.79)], 0.12),
];
/// Users for each area of the borough in the year.
const USERS_PER_AREA: usize = 4;
/// Women aged 16 and over among residents.
const WOMEN_SHARE: f64 = 0.42;

pub fn write(settings: &Settings, borough: &Borough, files: &mut BTreeMap<String, Vec<u8>>) {
    let mut random = settings.random(6);
    let women = borough.areas.iter().map(|a| f64::from(a.residents)).sum::<f64>() * WOMEN_SHARE;
    let users = settings.areas * USERS_PER_AREA;
    let mut out = String::from("service,dimension,group,users,population\n");
    for (dimension, groups, unknown) in DIMENSIONS {
        let ratio = |name: &str| {
            let planted = REACHED_LESS.iter().find(|r| settings.planted && r.0 == dimension && r.1 == name);
            planted.map_or(1.0, |r| r.2)
        };
        let weights: Vec<f64> = groups.iter().map(|(name, share)| share * ratio(name)).collect();
        let whole: f64 = weights.iter().sum();
        let mut counts = vec![0_u32; groups.len() + 1];
        for _ in 0..users {
            let mut left = random.random::<f64>() * whole;
            let group = if random.random_bool(unknown) {
                groups.len()
            } else {
                let chosen = weights.iter().position(|w| {
                    left -= w;
                    left <= 0.0
                });
                chosen.unwrap_or(groups.len() - 1)
            };
            counts[group] += 1;
        }
        for ((name, share), n) in groups.iter().zip(&counts) {
            let _ = writeln!(out, "idva,{dimension},{name},{n},{:.0}", women * share);
        }
        if unknown > 0.0 {
            let _ = writeln!(out, "idva,{dimension},Not stated,{},", counts[groups.len()]);
        }
    }
    files.insert("users/idva.csv".into(), out.into_bytes());
}

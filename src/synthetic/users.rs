//! A provider's return: users of the IDVA service by group, beside the women whom it is for.

use std::collections::BTreeMap;
use std::fmt::Write;

use rand::Rng;

use super::Settings;

/// Planted: these groups use the service so many times as much as their number suggests.
///
/// The service is closed to those under 25: few of them use it.
pub const REACHED_LESS: [(&str, &str, f64); 3] = [("Age", "16 to 24", 0.3), ("Age", "65 and over", 0.2), ("Disability", "Disabled", 0.4)];

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

/// Women aged 16 and over as the tables of residents give them, so that one number stands for them everywhere: the women of each area, as old as all
/// of its residents, four fifths of those aged 15 to 19 among them.
fn women_16_plus(files: &BTreeMap<String, Vec<u8>>) -> f64 {
    let rows = |path: &str| -> Vec<Vec<f64>> {
        let text = files.get(path).map_or("".into(), |bytes| String::from_utf8_lossy(bytes));
        text.lines().skip(1).map(|l| l.split(',').skip(3).filter_map(|cell| cell.parse().ok()).collect()).collect()
    };
    let each = rows("population/sex.csv").into_iter().zip(rows("population/age.csv"));
    each.filter_map(|(sex, age)| {
        let (women, bands) = (sex.get(1)?, age.get(1..)?);
        let children: f64 = bands.get(..3)?.iter().sum::<f64>() + bands.get(3)? / 5.0;
        let all: f64 = bands.iter().sum();
        Some(women * (all - children) / all)
    })
    .sum()
}

pub fn write(settings: &Settings, files: &mut BTreeMap<String, Vec<u8>>) {
    let mut random = settings.random(6);
    let women = women_16_plus(files);
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

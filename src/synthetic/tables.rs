//! Boundaries, lookups, population, centres and deprivation, in the shapes in which the ONS publishes them.

use std::collections::BTreeMap;
use std::fmt::Write;

use rand::Rng;

use super::Settings;
use super::geography::{Borough, degrees};
use crate::units::Bng;

type Files = BTreeMap<String, Vec<u8>>;

/// Names of wards, as many as are needed.
const WARDS: [&str; 24] = [
    "Abbeygate",
    "Brackwater",
    "Coppice Hill",
    "Dunmarsh",
    "Eastmere",
    "Fellside",
    "Granary",
    "Heronsgate",
    "Ivybank",
    "Kilnfield",
    "Larkrise",
    "Millrace",
    "Netherby",
    "Orchard Row",
    "Pinfold",
    "Quayside",
    "Ropewalk",
    "Saltings",
    "Tanners Green",
    "Upper Quill",
    "Vinehall",
    "Westmere",
    "Yewtree",
    "Tollbar",
];

pub fn ward_name(k: usize) -> String {
    let name = WARDS[k % WARDS.len()];
    if k < WARDS.len() { name.into() } else { format!("{name} {}", k / WARDS.len() + 1) }
}

/// Codes of wards that no real ward has, and that no neighbour has either.
fn ward_code(k: usize) -> String {
    if k < 999 { format!("E05990{:03}", k + 1) } else { format!("E05{:06}", 970_000 + k) }
}

/// Pairs of 2021 areas that were one in 2011 (split), and single areas that were two (merged), by position.
pub fn splits(areas: usize) -> Vec<(usize, usize)> {
    (0..areas / 40).map(|k| (k * 40 + 7, k * 40 + 8)).collect()
}

pub fn merges(areas: usize) -> Vec<usize> {
    (0..areas / 75).map(|k| k * 75 + 20).collect()
}

/// Codes of 2011 that do not exist in 2021.
pub fn split_code(k: usize) -> String {
    format!("E01991{:03}", k + 1)
}

pub fn merged_codes(k: usize) -> [String; 2] {
    [format!("E01992{:03}", 2 * k + 1), format!("E01992{:03}", 2 * k + 2)]
}

pub fn write(settings: &Settings, borough: &Borough, files: &mut Files) {
    files.insert("boundaries/lsoa2021.geojson".into(), boundaries(borough));
    files.insert("lookups/lsoa11-lsoa21.csv".into(), vintages(borough));
    files.insert("lookups/lsoa21-ward-authority.csv".into(), wards(borough));
    population(settings, borough, files);
    files.insert("README.md".into(), README.into());
}

const README: &str = "# An invented borough\n\nNothing here is real: there is no such place, and there are no such people. The borough was made by\n\
`gapmap init <folder> --example`, from a seed, and lies in the sea off Lincolnshire. `truth.json` tells what is planted in it.\n";

fn boundaries(borough: &Borough) -> Vec<u8> {
    let mut out = String::from(
        "{\"type\":\"FeatureCollection\",\"name\":\"LSOA_2021_invented\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"features\":[\n",
    );
    for (i, area) in borough.areas.iter().enumerate() {
        let corners: Vec<String> = area
            .ring
            .iter()
            .chain(area.ring.first())
            .map(|p| {
                let (lon, lat) = degrees(Bng { easting_m: p.0, northing_m: p.1 }, 6);
                format!("[{lon},{lat}]")
            })
            .collect();
        let ring = corners.join(",");
        // Polygon and MultiPolygon mix in real files.
        let shape = if i % 29 == 3 {
            format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[[[{ring}]]]}}")
        } else {
            format!("{{\"type\":\"Polygon\",\"coordinates\":[[{ring}]]}}")
        };
        let comma = if i + 1 < borough.areas.len() { "," } else { "" };
        let _ = writeln!(
            out,
            "{{\"type\":\"Feature\",\"properties\":{{\"FID\":{},\"LSOA21CD\":\"{}\",\"LSOA21NM\":\"{}\"}},\"geometry\":{shape}}}{comma}",
            i + 1,
            area.code,
            area.name
        );
    }
    out.push_str("]}\n");
    out.into_bytes()
}

fn vintages(borough: &Borough) -> Vec<u8> {
    let mut out = String::from("LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM\n");
    let mut row = |old: &str, i: usize, change: char| {
        let area = &borough.areas[i];
        let _ = writeln!(out, "{old},{} (2011),{},{},{change},E06990001,Quillmere", area.name, area.code, area.name);
    };
    let (splits, merges) = (splits(borough.areas.len()), merges(borough.areas.len()));
    for i in 0..borough.areas.len() {
        if let Some(k) = splits.iter().position(|(a, b)| *a == i || *b == i) {
            row(&split_code(k), i, 'S');
        } else if let Some(k) = merges.iter().position(|m| *m == i) {
            merged_codes(k).iter().for_each(|old| row(old, i, 'M'));
        } else {
            row(&borough.areas[i].code.clone(), i, 'U');
        }
    }
    out.into_bytes()
}

fn wards(borough: &Borough) -> Vec<u8> {
    let mut out = String::from("LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\n");
    for area in &borough.areas {
        let _ = writeln!(out, "{},{},{},{},E06990001,Quillmere", area.code, area.name, ward_code(area.ward), ward_name(area.ward));
    }
    // An area of the neighbour, so that rows from there are known to be elsewhere.
    out.push_str("E01993001,\"Farrowby, North 001A\",E05991001,Farrowby North,E06990002,\"Farrowby, Invented Shire\"\n");
    out.into_bytes()
}

/// Five-year bands of the census, with the share of all ages that each has on average.
const BANDS: [(&str, f64); 18] = [
    ("Aged 4 years and under", 0.058),
    ("Aged 5 to 9 years", 0.06),
    ("Aged 10 to 14 years", 0.06),
    ("Aged 15 to 19 years", 0.057),
    ("Aged 20 to 24 years", 0.06),
    ("Aged 25 to 29 years", 0.066),
    ("Aged 30 to 34 years", 0.07),
    ("Aged 35 to 39 years", 0.067),
    ("Aged 40 to 44 years", 0.063),
    ("Aged 45 to 49 years", 0.064),
    ("Aged 50 to 54 years", 0.069),
    ("Aged 55 to 59 years", 0.067),
    ("Aged 60 to 64 years", 0.058),
    ("Aged 65 to 69 years", 0.049),
    ("Aged 70 to 74 years", 0.05),
    ("Aged 75 to 79 years", 0.036),
    ("Aged 80 to 84 years", 0.025),
    ("Aged 85 years and over", 0.021),
];

fn population(settings: &Settings, borough: &Borough, files: &mut Files) {
    let mut random = settings.random(3);
    // The table of sexes is quoted throughout and says so in its headings; the table of ages is not.
    let mut sex = String::from(
        "\"date\",\"geography\",\"geography code\",\"Sex: All persons; measures: Value\",\"Sex: Female; measures: Value\",\"Sex: Male; measures: Value\"\n",
    );
    let mut age = format!("date,geography,geography code,Age: Total,{}\n", BANDS.map(|(b, _)| format!("Age: {b}")).join(","));
    let mut cars = String::from(
        "date,geography,geography code,Number of cars or vans: Total: All households,Number of cars or vans: No cars or vans in household\n",
    );
    let mut centres = String::from("LSOA21CD,x,y\n");
    let mut deprivation = String::from("lsoa21_code,IMD_score,IMD_rank,IMD_decile\n");
    let mut ranked: Vec<usize> = (0..borough.areas.len()).collect();
    ranked.sort_by(|a, b| borough.areas[*b].deprivation.total_cmp(&borough.areas[*a].deprivation));
    for (i, area) in borough.areas.iter().enumerate() {
        let female = (f64::from(area.residents) * random.random_range(0.495..0.52)).round() as u32;
        let _ = writeln!(sex, "\"2021\",\"{}\",\"{}\",{},{female},{}", area.name, area.code, area.residents, area.residents - female);
        let weights: Vec<f64> = BANDS.iter().map(|(_, share)| share * random.random_range(0.75..1.25)).collect();
        let whole: f64 = weights.iter().sum();
        let bands: Vec<u32> = weights.iter().map(|w| (w / whole * f64::from(area.residents)).round() as u32).collect();
        // Totals of two census tables differ by a person or two.
        let _ = writeln!(
            age,
            "2021,{},{},{},{}",
            area.name,
            area.code,
            bands.iter().sum::<u32>(),
            bands.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
        );
        // More households without a car where people are poorer and buses near.
        let households = (f64::from(area.residents) / 2.4).round();
        let without = (households * (0.08 + 0.25 * area.deprivation + 0.15 * area.centrality)).round();
        let _ = writeln!(cars, "2021,{},{},{households},{without}", area.name, area.code);
        let _ = writeln!(centres, "{},{:.0},{:.0}", area.code, area.weighted_centre.easting_m, area.weighted_centre.northing_m);
        let rank = ranked.iter().position(|r| *r == i).unwrap_or(0) + 1;
        let _ = writeln!(
            deprivation,
            "{},{:.3},{rank},{}",
            area.code,
            60.0 * area.deprivation.powi(2) + 2.0,
            (rank - 1) * 10 / borough.areas.len() + 1
        );
    }
    files.insert("population/sex.csv".into(), sex.into_bytes());
    files.insert("population/age.csv".into(), age.into_bytes());
    files.insert("population/cars.csv".into(), cars.into_bytes());
    files.insert("population/centres.csv".into(), centres.into_bytes());
    files.insert("population/deprivation.csv".into(), deprivation.into_bytes());
}

//! Incidents in the format of police.uk with its quirks, and reports of feeling unsafe.

use std::collections::BTreeMap;
use std::fmt::Write;

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

use super::geography::{Borough, degrees};
use super::outcomes::{Endings, STILL_OPEN};
use super::tables::{merged_codes, merges, split_code, splits};
use super::variation::Variation;
use super::{HOT_SPOT_RATIO, MONTHLY_RISE, Planted, RECORDED_AFTER_BREAK, Settings};
use crate::units::{Month, Period};

/// Share of safety reports that are about the night.
pub const NIGHT_SHARE: f64 = 0.72;

/// Crime types with their share of all rows.
const TYPES: [(&str, f64); 14] = [
    ("Anti-social behaviour", 0.19),
    ("Bicycle theft", 0.01),
    ("Burglary", 0.045),
    ("Criminal damage and arson", 0.08),
    ("Drugs", 0.03),
    ("Other crime", 0.02),
    ("Other theft", 0.07),
    ("Possession of weapons", 0.01),
    ("Public order", 0.08),
    ("Robbery", 0.01),
    ("Shoplifting", 0.07),
    ("Theft from the person", 0.01),
    ("Vehicle crime", 0.06),
    ("Violence and sexual offences", 0.315),
];
const STREETS: [&str; 14] = [
    "High Street",
    "Station Road",
    "Parking Area",
    "Mill Lane",
    "Supermarket",
    "Nightclub",
    "Park/Open Space",
    "Bus/Coach Station",
    "Shopping Area",
    "Church Lane",
    "Quay Street",
    "Tanner's Yard",
    "Petrol Station",
    "",
];
const HEADING: &str =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context";
/// How much the rate grows from the edge to the town centre, as a part of the mean rate at the edge.
pub const CENTRE_GRADIENT: f64 = 1.6;
/// How much it grows from the least to the most deprived area.
pub const DEPRIVATION_GRADIENT: f64 = 0.5;
/// How far the year swings about its mean where something is planted.
const SEASON: f64 = 0.1;

/// How far the year swings about its mean.
pub fn season_amplitude(settings: &Settings) -> f64 {
    if settings.planted {
        SEASON
    } else if settings.varying {
        super::variation::SEASON
    } else {
        0.0
    }
}

/// So many rows a month of the neighbouring authority lie in one of its areas: more would make that area look like the force's home.
const STRAYS_AN_AREA: usize = 40;
/// Rows a month for each area, before anything is planted.
const ROWS_PER_AREA: f64 = 2.7;

pub fn write(settings: &Settings, borough: &Borough, period: Period, planted: &Planted, files: &mut BTreeMap<String, Vec<u8>>) {
    let mut random = settings.random(4);
    let rows_per_area = ROWS_PER_AREA * f64::from(settings.busier);
    let mut endings = Endings::new(settings, period);
    let mut variation = Variation::new(settings, borough.areas.len(), TYPES.len(), period);
    for (k, month) in period.months().enumerate() {
        let line_end = if k % 3 == 0 { "\r\n" } else { "\n" };
        let mut rows = street_rows(borough, (period, rows_per_area), month, planted, (&mut variation, &mut endings), &mut random);
        if k % 7 == 2 {
            // Some files end without a line end.
            rows.last_mut().into_iter().for_each(|r| r.truncate(r.trim_end().len()));
        }
        let mut text = format!("{HEADING}{line_end}{}", rows.join(line_end));
        if k % 7 != 2 {
            text.push_str(line_end);
        }
        files.insert(format!("police/{month}/{month}-quillmere-street.csv"), text.into_bytes());
    }
    endings.write(period, files);
    files.insert("reports/street-safety.csv".into(), reports(settings, borough, period, &mut settings.random(5)));
}

/// Expected rows of a type in an area and month.
fn expected(
    borough: &Borough,
    (period, rows_per_area): (Period, f64),
    month: Month,
    area: usize,
    kind: &str,
    share: f64,
    planted: &Planted,
) -> f64 {
    let a = &borough.areas[area];
    let season = 1.0 + SEASON * (std::f64::consts::TAU * (f64::from(month.of_year()) - 4.0) / 12.0).sin();
    let days = f64::from(month.days()) / 30.4;
    let mut rows = rows_per_area * share * days * f64::from(a.residents) / 1600.0;
    if planted.uneven {
        rows = rows_per_area * share * season * days * f64::from(a.residents) / 1600.0
            * (0.55 + DEPRIVATION_GRADIENT * a.deprivation + CENTRE_GRADIENT * a.centrality);
    }
    let violence = kind == "Violence and sexual offences";
    if violence && planted.hot_spot.contains(&area) {
        rows *= HOT_SPOT_RATIO;
    }
    if violence && planted.break_month.is_some_and(|b| month >= b) {
        rows *= RECORDED_AFTER_BREAK;
    }
    if let (true, Some(from)) = (kind == "Public order", planted.rise_from)
        && let (Some(now), Some(start)) = (period.position(month), period.position(from))
    {
        rows *= MONTHLY_RISE.powi((now as i32 - start as i32 + 1).max(0));
    }
    rows
}

fn street_rows(
    borough: &Borough,
    (period, rows_per_area): (Period, f64),
    month: Month,
    planted: &Planted,
    (variation, endings): (&mut Variation, &mut Endings),
    random: &mut ChaCha8Rng,
) -> Vec<String> {
    let mut rows = Vec::new();
    let old_codes = period.position(month).is_some_and(|k| k < period.len() / 3);
    for area in 0..borough.areas.len() {
        for (k, (kind, share)) in TYPES.into_iter().enumerate() {
            let mean = expected(borough, (period, rows_per_area), month, area, kind, share, planted) * variation.of(area, k, month);
            let n = Poisson::new(mean.max(1e-9)).map_or(0.0, |p| p.sample(random)) as usize;
            for _ in 0..n {
                let crime = crime(borough, area, kind, old_codes, random);
                let has_id = !crime.id.is_empty();
                let outcome = if has_id { endings.of(&crime.id, month, kind, &crime.place) } else { "" };
                let repeat: f64 = random.random();
                if has_id && repeat < 0.002 {
                    rows.push(crime.row(month, kind, outcome)); // the same row again
                } else if has_id && repeat < 0.004 {
                    rows.push(crime.row(month, kind, STILL_OPEN)); // before its outcome
                }
                rows.push(crime.row(month, kind, outcome));
            }
        }
    }
    // A few rows of the neighbouring authority, as in every real file.
    for k in 0..2 + rows.len() / 150 {
        let id = hex(random);
        let area = 1 + k / STRAYS_AN_AREA;
        rows.push(format!("{id},{month},Quillmere Police,Quillmere Police,0.5{k:03}10,53.0{k:03}20,On or near Farm Lane,E01993{area:03},\"Farrowby, North 001A\",Burglary,Under investigation,"));
    }
    rows
}

fn hex(random: &mut ChaCha8Rng) -> String {
    (0..4).map(|_| format!("{:016x}", random.random::<u64>())).collect()
}

/// A crime: its id, and what a row says of its force and place.
struct Crime {
    id: String,
    place: String,
}

impl Crime {
    fn row(&self, month: Month, kind: &str, outcome: &str) -> String {
        format!("{},{month},{},{kind},{outcome},", self.id, self.place)
    }
}

fn crime(borough: &Borough, area: usize, kind: &str, old_codes: bool, random: &mut ChaCha8Rng) -> Crime {
    let asb = kind == "Anti-social behaviour";
    let id = if asb { String::new() } else { hex(random) };
    if !asb {
        // What became of it is drawn elsewhere; without this draw every borough would be another one than before.
        let _ = random.random_range(0..6_usize);
    }
    if random.random_bool(0.035) {
        return Crime { id, place: "Quillmere Police,Quillmere Police,,,No Location,,".into() };
    }
    let a = &borough.areas[area];
    // Most rows fall on the first snap points; a few per cent carry the code of a neighbour.
    let point = a.snap_points[(random.random::<f64>().powi(2) * a.snap_points.len() as f64) as usize];
    let named = if random.random_bool(0.03) { (area + 1).min(borough.areas.len() - 1) } else { area };
    let code = code_of(borough, named, old_codes, random);
    let street = STREETS[random.random_range(0..STREETS.len())];
    let (lon, lat) = degrees(point, 6);
    let name = &borough.areas[named].name;
    Crime { id, place: format!("Quillmere Police,Quillmere Police,{lon},{lat},On or near {street},{code},{name}") }
}

/// The code of an area; in older months the one of 2011, where it has changed.
fn code_of(borough: &Borough, area: usize, old_codes: bool, random: &mut ChaCha8Rng) -> String {
    let n = borough.areas.len();
    if old_codes {
        if let Some(k) = splits(n).iter().position(|(a, b)| *a == area || *b == area) {
            return split_code(k);
        }
        if let Some(k) = merges(n).iter().position(|m| *m == area) {
            return merged_codes(k)[usize::from(random.random_bool(0.5))].clone();
        }
    }
    borough.areas[area].code.clone()
}

/// Reasons with their share of reports, and whether they are about the place or about people's behaviour.
const REASONS: [(&str, &str, f64); 9] = [
    ("Poor street lighting", "Environment", 0.24),
    ("Being followed", "Behaviour", 0.13),
    ("Verbal abuse or harassment", "Behaviour", 0.18),
    ("Group of people", "Behaviour", 0.15),
    ("Signs of drug use or supply", "Behaviour", 0.1),
    ("Lack of CCTV", "Environment", 0.08),
    ("Poorly designed space", "Environment", 0.06),
    ("Abandoned building or vehicle", "Environment", 0.04),
    ("Vandalism", "Environment", 0.02),
];

fn reports(settings: &Settings, borough: &Borough, period: Period, random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut out = String::from("Report,Reported on,Longitude,Latitude,Kind,Reason,Hour\n");
    let weights: Vec<f64> = borough.areas.iter().map(|a| 0.05 + a.centrality).collect();
    let whole: f64 = weights.iter().sum();
    let night = if settings.planted { NIGHT_SHARE } else { 0.5 };
    let mut number = 0;
    for month in period.months() {
        let n = Poisson::new(settings.areas as f64 / 3.0).map_or(0.0, |p| p.sample(random)) as usize;
        for _ in 0..n {
            number += 1;
            let mut left = random.random::<f64>() * whole;
            let area = weights
                .iter()
                .position(|w| {
                    left -= w;
                    left <= 0.0
                })
                .unwrap_or(0);
            let point = borough.areas[area].snap_points[random.random_range(0..7)];
            let (lon, lat) = degrees(point, 5);
            let mut left = random.random::<f64>();
            let (reason, kind, _) = REASONS
                .iter()
                .find(|r| {
                    left -= r.2;
                    left <= 0.0
                })
                .unwrap_or(&REASONS[0]);
            let hour = if random.random_bool(night) { (18 + random.random_range(0..12)) % 24 } else { random.random_range(6..18) };
            let hour = if random.random_bool(0.08) { String::new() } else { hour.to_string() };
            let day = random.random_range(1..=month.days());
            let _ = writeln!(out, "R{number:05},{day:02}/{:02}/{},{lon},{lat},{kind},{reason},{hour}", month.of_year(), month.year());
        }
    }
    out.into_bytes()
}

//! An invented borough, from a seed: for learning, documents, tests and benches.
//!
//! It lies in the sea off Lincolnshire, so that nobody can mistake it for a place. Its files have the formats of the real ones
//! and their quirks. What is planted in it stands in `truth.json`.

mod events;
mod geography;
mod indicators;
mod outcomes;
mod services;
mod tables;
mod transport;
mod users;
mod variation;
mod voronoi;

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use crate::units::{Month, Period};
use geography::Borough;

/// Which borough.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The same seed gives the same bytes.
    pub seed: u64,
    /// How many areas.
    pub areas: usize,
    /// How many months, the last of which is December 2025.
    pub months: usize,
    /// Whether a hot spot, a trend, a break, a desert and gaps are planted. Without, every resident is at the same risk every day of the
    /// year: no town centre, no deprivation, no season.
    pub planted: bool,
    /// Whether counts vary as they do in records of the police: areas differ by a gamma factor (CV 0.6), months waver together (CV 0.08, each with the one
    /// before, ρ 0.3) about a season of 8 %, and the counts of an area and month are negative binomial (k 14). Without, all counts are Poisson, which
    /// flatters every test and interval.
    pub varying: bool,
    /// How many times as many incidents as in the borough that comes with the engine (some 100 a month for 37 areas): for work of size.
    pub busier: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, areas: 150, months: 36, planted: true, varying: false, busier: 1 }
    }
}

impl Settings {
    /// The months.
    pub fn period(&self) -> Option<Period> {
        let last = Month::new(2025, 12)?;
        Period::new(last.plus(1 - self.months as i32), last)
    }

    /// A generator of its own for each purpose, so that a change in one leaves the others' numbers alone.
    fn random(&self, purpose: u64) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ purpose)
    }
}

/// What is planted, in terms that a test can check.
struct Planted {
    /// Whether risk differs by deprivation, nearness to the centre and season.
    uneven: bool,
    /// Areas in which violence is three times as frequent.
    hot_spot: Vec<usize>,
    /// First month after the break in recording.
    break_month: Option<Month>,
    /// First month of the rise of public order offences.
    rise_from: Option<Month>,
    /// Areas farther than 3 km from every drop-in.
    desert: Vec<usize>,
    /// Areas from which nobody comes to the evening group by bus.
    evening_hole: Vec<usize>,
}

/// Violence is this many times as frequent in the hot spot.
const HOT_SPOT_RATIO: f64 = 3.0;
/// From the break on, this share of violence is recorded.
const RECORDED_AFTER_BREAK: f64 = 0.6;
/// Public order offences grow by this factor each month of the rise.
const MONTHLY_RISE: f64 = 1.06;
/// How many months the rise lasts, up to the last.
const MONTHS_OF_RISE: i32 = 14;

/// All files of the borough by their path, `study.toml` and `truth.json` among them.
///
/// ```
/// use gapmap::synthetic::{Settings, borough};
/// let small = Settings { areas: 30, months: 12, ..Settings::default() };
/// let files = borough(&small);
/// assert!(files.contains_key("study.toml") && files.contains_key("truth.json"));
/// assert_eq!(files, borough(&small));
/// ```
pub fn borough(settings: &Settings) -> BTreeMap<String, Vec<u8>> {
    let Some(period) = settings.period() else { return BTreeMap::new() };
    let borough = geography::make(settings);
    let catalogue = services::make(settings, &borough);
    let buses = transport::make(&borough, catalogue.evening_site);
    let planted = plan_truth(settings, &borough, period, &catalogue, &buses);
    let mut files = BTreeMap::new();
    tables::write(settings, &borough, &mut files);
    events::write(settings, &borough, period, &planted, &mut files);
    services::write(&catalogue, &mut files);
    users::write(settings, &mut files);
    indicators::write(settings, &borough, period, &mut files);
    if settings.areas <= transport::MOST_AREAS {
        transport::write(settings, &borough, &buses, &mut files);
    }
    files.insert("study.toml".into(), plan(settings, &planted).into_bytes());
    files.insert("truth.json".into(), truth(settings, &borough, &planted, period).into_bytes());
    files
}

fn plan_truth(
    settings: &Settings,
    borough: &Borough,
    period: Period,
    catalogue: &services::Catalogue,
    buses: &transport::Buses,
) -> Planted {
    if !settings.planted {
        return Planted { uneven: false, hot_spot: vec![], break_month: None, rise_from: None, desert: vec![], evening_hole: vec![] };
    }
    // The hot spot lies between the town centre and the edge: five areas that lie together.
    let hot_spot = borough.nearest(borough.hot_spot_centre, (settings.areas / 30).max(3));
    let break_month = (settings.months >= 30).then(|| period.last.plus(-11));
    let rise_from = Some(period.last.plus(1 - MONTHS_OF_RISE.min(settings.months as i32 - 4)));
    let far = |i: &usize| catalogue.drop_ins.iter().all(|site| site.distance_m(borough.areas[*i].weighted_centre) > 3000.0);
    let desert = (0..borough.areas.len()).filter(far).collect();
    let evening_hole = buses.hole(borough, catalogue.evening_site);
    Planted { uneven: true, hot_spot, break_month, rise_from, desert, evening_hole }
}

fn truth(settings: &Settings, borough: &Borough, planted: &Planted, period: Period) -> String {
    let codes = |areas: &[usize]| areas.iter().map(|i| borough.areas[*i].code.clone()).collect::<Vec<_>>();
    let text = json!({
        "about": "What is planted in this invented borough.",
        "seed": settings.seed, "areas": settings.areas, "months": settings.months, "planted": settings.planted, "varying": settings.varying,
        "centre_gradient": settings.planted.then_some(events::CENTRE_GRADIENT), "deprivation_gradient": settings.planted.then_some(events::DEPRIVATION_GRADIENT),
        "season_amplitude": events::season_amplitude(settings),
        "period": {"first": period.first, "last": period.last},
        "hot_spot": {"category": "Violence and sexual offences", "rate_ratio": if settings.planted { HOT_SPOT_RATIO } else { 1.0 }, "areas": codes(&planted.hot_spot)},
        "recording_break": planted.break_month.map(|m| json!({"category": "Violence and sexual offences", "first_month": m, "recorded_share": RECORDED_AFTER_BREAK})),
        "rise": planted.rise_from.map(|m| json!({"category": "Public order", "first_month": m, "monthly_ratio": MONTHLY_RISE})),
        "service_desert": {"service_type": "one_stop_shop", "straight_line_m": 3000, "areas": codes(&planted.desert),
            "residents": planted.desert.iter().map(|i| borough.areas[*i].residents).sum::<u32>()},
        "evening_hole": (settings.planted && settings.areas <= transport::MOST_AREAS).then(|| transport::truth(borough, &planted.evening_hole)),
        "hours_gap": settings.planted.then(|| json!({"service_type": "one_stop_shop", "open": "Mo-Fr 09:00-17:00", "night_share_of_reports": events::NIGHT_SHARE})),
        "reached_less": settings.planted.then(|| users::REACHED_LESS.map(|(dimension, group, ratio)| json!({"service_type": "idva", "dimension": dimension, "group": group, "ratio": ratio}))),
        "safer": settings.planted.then(|| json!({"indicator": "q-safe-dark", "percentage_points": indicators::SAFER})),
        "outcomes": outcomes::truth(settings),
        "full_service": settings.planted.then_some("OR-03"),
        "eligibility_gap": settings.planted.then(|| json!({"service": "OR-05", "not_for": "people under 25 or without recourse to public funds"})),
    });
    format!("{text:#}\n")
}

fn plan(settings: &Settings, planted: &Planted) -> String {
    let template = include_str!("plan.toml");
    let breaks = planted.break_month.map_or(String::new(), |month| format!(
        "\n[[study.breaks]]\nfirst-month = \"{month}\"\ntitle = \"The invented force moved to a new crime system\"\n\
        detail = \"Counts of violence before and after are not comparable.\"\nsource = \"Invented\"\nsources = [\"police\"]\ncategories = [\"Violence and sexual offences\"]\n"));
    let timetable = if settings.areas <= transport::MOST_AREAS { include_str!("plan_timetable.toml") } else { "" };
    template.replace("# BREAKS\n", breaks.trim_start()).replace("# TIMETABLE\n", timetable)
}

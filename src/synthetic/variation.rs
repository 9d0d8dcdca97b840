//! How counts vary beyond chance, as measured in records of the police: areas, months, and areas in months.

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Normal};

use super::Settings;
use crate::units::{Month, Period};

/// Coefficient of variation of the rates of areas.
const AREA_CV: f64 = 0.6;
/// Months waver by so much.
const MONTH_CV: f64 = 0.08;
/// How far a month goes with the one before.
const RHO: f64 = 0.3;
/// Size of the negative binomial of an area in a month.
const SIZE: f64 = 14.0;
/// How far the year swings where nothing is planted.
pub const SEASON: f64 = 0.08;

/// Factors of expected counts; all 1 where the borough does not vary.
pub struct Variation {
    /// Of each area: one for all types, as areas that have more of one have more of the others.
    areas: Vec<f64>,
    /// Of each type and month.
    months: Vec<Vec<f64>>,
    first: Month,
    season: f64,
    random: Option<ChaCha8Rng>,
}

impl Variation {
    pub fn new(settings: &Settings, areas: usize, types: usize, period: Period) -> Self {
        if !settings.varying {
            return Self { areas: vec![], months: vec![], first: period.first, season: 0.0, random: None };
        }
        // A generator of its own: without variation, and with it, the other draws are the same.
        let mut random = settings.random(7);
        let shape = 1.0 / (AREA_CV * AREA_CV);
        let areas = (0..areas).map(|_| gamma(shape, &mut random)).collect();
        let months = (0..types).map(|_| wavering(period.len(), &mut random)).collect();
        let season = if settings.planted { 0.0 } else { SEASON };
        Self { areas, months, first: period.first, season, random: Some(random) }
    }

    /// The factor of a type in an area and month.
    pub fn of(&mut self, area: usize, kind: usize, month: Month) -> f64 {
        let Some(random) = self.random.as_mut() else { return 1.0 };
        let at = (0..).take(self.months[kind].len()).find(|k| self.first.plus(*k as i32) == month).unwrap_or(0);
        let season = 1.0 + self.season * (std::f64::consts::TAU * (f64::from(month.of_year()) - 4.0) / 12.0).sin();
        self.areas[area] * self.months[kind][at] * season * gamma(SIZE, random)
    }
}

/// A gamma factor of mean 1.
fn gamma(shape: f64, random: &mut ChaCha8Rng) -> f64 {
    Gamma::new(shape, 1.0 / shape).map_or(1.0, |g| g.sample(random))
}

/// Months that go with the one before, of mean about 1.
fn wavering(months: usize, random: &mut ChaCha8Rng) -> Vec<f64> {
    let mut normal = || Normal::new(0.0, 1.0).map_or(0.0, |n| n.sample(random));
    let mut state = normal();
    (0..months)
        .map(|_| {
            let now = (MONTH_CV * state - MONTH_CV * MONTH_CV / 2.0).exp();
            state = RHO * state + (1.0 - RHO * RHO).sqrt() * normal();
            now
        })
        .collect()
}

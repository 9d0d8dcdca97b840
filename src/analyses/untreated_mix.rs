//! Beside an event in some areas: a mix of untreated places that went the same way before it.

use std::collections::BTreeMap;

use super::draft::Released;
use crate::model::{MarkedEvent, UntreatedMix};
use crate::stats::synthetic_control::{Scale, Setting, compare};
use crate::study::Study;
use crate::units::{AreaCode, Geography, Period};

/// With fewer places no placebo can be so rare that it is below 1 in 20.
const FEWEST_PLACES: usize = 19;
/// Fewer months before are no course to follow.
const FEWEST_BEFORE: usize = 12;
/// Price of squared weights, in squared differences of monthly rates: so small that it only chooses among mixes that fit alike.
const RIDGE: f64 = 1e-6;

/// Untreated places with their residents: areas together, so that a month holds more than one event.
#[derive(Clone)]
pub(super) struct Places {
    /// Positions of the areas of each place.
    pub areas: Vec<Vec<usize>>,
    residents: Vec<f64>,
    treated_residents: f64,
    plural: &'static str,
}

/// The places of a partnership that an event left alone: of the smallest larger level that all areas are known to lie in and of which there are enough, else
/// areas themselves. `None` where there are too few.
pub(super) fn places(study: &Study, event: &MarkedEvent) -> Option<Places> {
    let list = &study.areas.list;
    let treated: Vec<bool> = list.iter().map(|a| event.areas.contains(&a.code)).collect();
    let residents = study.areas.residents("all");
    let people = |of: &[usize]| of.iter().map(|i| residents[*i]).sum::<Option<f64>>().filter(|p| *p > 0.0);
    let at = |level: Geography| -> Option<Vec<Vec<usize>>> {
        let mut groups: BTreeMap<AreaCode, Vec<usize>> = BTreeMap::new();
        for (i, area) in list.iter().enumerate() {
            let code = area.larger.iter().find(|c| c.geography() == Some(level))?;
            groups.entry(*code).or_default().push(i);
        }
        Some(groups.into_values().filter(|of| of.iter().all(|i| !treated[*i])).collect())
    };
    let alone = || (0..list.len()).filter(|i| !treated[*i]).map(|i| vec![i]).collect();
    let enough = |areas: &Vec<Vec<usize>>| areas.len() >= FEWEST_PLACES;
    let larger = [Geography::Msoa, Geography::Ward].into_iter().find_map(|level| Some((at(level).filter(enough)?, level.plural())));
    let (areas, plural) = larger.unwrap_or_else(|| (alone(), study.about.geography.plural()));
    let of_places: Option<Vec<f64>> = areas.iter().map(|of| people(of)).collect();
    let inside: Vec<usize> = (0..list.len()).filter(|i| treated[*i]).collect();
    let places = Places { residents: of_places?, treated_residents: people(&inside)?, areas, plural };
    (places.areas.len() >= FEWEST_PLACES).then_some(places)
}

/// What the mix makes of the event, from released counts: `here` in column 0, places from column `first` on.
///
/// Monthly rates per resident and day, each less its mean before; the gap since, up to the end of the event, over what the mix gives. `None` where a month is
/// not known, or too few lie before.
pub(super) fn mix(places: &Places, event: &MarkedEvent, period: Period, released: &Released, first: usize) -> Option<UntreatedMix> {
    let change_at = period.position(event.first_month).filter(|at| *at >= FEWEST_BEFORE)?;
    let months: Vec<_> = period.months().take_while(|m| event.last_month.is_none_or(|last| *m <= last)).collect();
    let series = |column: usize, people: f64| -> Option<Vec<f64>> {
        let rate = |(row, month): (usize, &crate::units::Month)| {
            released.at(row, column).known().map(|n| n as f64 / people / f64::from(month.days()))
        };
        months.iter().enumerate().map(rate).collect()
    };
    let treated = series(0, places.treated_residents)?;
    let others: Option<Vec<Vec<f64>>> = places.residents.iter().enumerate().map(|(k, p)| series(first + k, *p)).collect();
    // One unit for the ridge, whatever the rates are: that of the treated places before.
    let unit = treated[..change_at].iter().sum::<f64>() / change_at as f64;
    if unit <= 0.0 {
        return None;
    }
    let all: Vec<Vec<f64>> = std::iter::once(treated.clone()).chain(others?).map(|s| s.into_iter().map(|v| v / unit).collect()).collect();
    let setting = Setting { scale: Scale::Rate, demean: true, ridge: RIDGE, exclude: vec![], treated: 0, change_at };
    let found = compare(&all, &setting)?;
    let since = &all[0][change_at..];
    let expected = since.iter().sum::<f64>() / since.len() as f64 - found.mean_effect;
    (expected > 0.0).then(|| UntreatedMix {
        places: places.areas.len(),
        level: places.plural.into(),
        used: found.treated.weights.iter().filter(|w| **w > 0.01).count(),
        change_percent: 100.0 * found.mean_effect / expected,
        p: found.p,
    })
}

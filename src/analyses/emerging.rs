use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, Released, Telling};
use super::indicator::{Indicator, months_since_break, open_incidents};
use crate::model::{Arg, Body, Emerging, EmergingClass, EmergingRow, Message};
use crate::msg;
use crate::spatial::{Contiguity, contiguity};
use crate::stats::emerging::{Correction, Pattern, Settings, Side, places};
use crate::stats::emerging_rates::scores;
use crate::stats::weights::Weights;
use crate::study::{Dataset, Select, Study};
use crate::units::{AreaCode, Cell, Geography, Month, Period};

/// The settings of an `emerging` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct EmergingSettings {
    /// Categories, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
    /// The group of residents that rates are of, such as `all` or `female`.
    pub denominator: String,
    /// Corners of boundaries within this many metres are the same corner: for boundaries that leave slivers.
    pub snap_m: f64,
}

impl Default for EmergingSettings {
    fn default() -> Self {
        Self { categories: vec![], denominator: "all".into(), snap_m: 0.0 }
    }
}

/// With fewer months a history is too short to have a pattern.
const FEWEST_MONTHS: usize = 12;
/// Fewer areas than this are no map.
const FEWEST_AREAS: usize = 10;
/// More names than this are not read.
const MOST_NAMES: usize = 5;
/// What decides: the false discovery rate over all areas and months, Mann and Kendall's p, and the present definition of sporadic.
const SETTINGS: Settings =
    Settings { alpha_bin: 0.05, alpha_trend: 0.05, correction: Correction::AllBins, sporadic_needs_final_step: true };

impl Analysis for EmergingSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let shapes: Vec<_> = study.areas.list.iter().map(|a| &a.shape).collect();
        if shapes.len() < FEWEST_AREAS {
            return vec![];
        }
        // A count of each area in each month is more than any tier tells of restricted events.
        let asked = open_incidents(study, &self.categories);
        if asked.is_empty() {
            return vec![];
        }
        let neighbours = contiguity(&shapes, Contiguity::Queen, self.snap_m.max(0.0));
        asked.into_iter().filter_map(|(dataset, indicator)| self.draft(study, dataset, &indicator, &neighbours)).collect()
    }
}

impl EmergingSettings {
    /// `None` where too few months lie after the latest break.
    fn draft(&self, study: &Study, dataset: &Dataset, indicator: &Indicator, neighbours: &[Vec<u32>]) -> Option<Draft> {
        let (months, since_break) = months_since_break(study, dataset, indicator, FEWEST_MONTHS)?;
        let caveats = vec![msg!("emerging-caveat-where"), msg!("emerging-caveat-history")];
        let head = indicator.head_by_area(study, dataset, "emerging", months, caveats);
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            label: indicator.label.clone(),
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            residents: study.areas.residents(&self.denominator),
            neighbours: neighbours.to_vec(),
            months,
            since_break,
        };
        Some(Draft::new(head, CountTable::new(counts(dataset, indicator, months)), facts, tell))
    }
}

/// Events of each area in each month; `None` where the source does not cover the area in that month, or keeps a part of it back.
pub(super) fn counts(dataset: &Dataset, indicator: &Indicator, months: Period) -> Vec<Vec<Option<u64>>> {
    let raw = dataset.raw_of(&indicator.categories);
    let first = dataset.period.position(months.first).unwrap_or(0);
    let select = Select { categories: indicator.categories.clone(), period: Some(months), ..Select::default() };
    let whole = dataset.known_by_area(&select);
    let not_recorded = dataset.missing_in_series(&indicator.categories);
    let holds = |area: usize, month: usize| match &dataset.coverage {
        _ if not_recorded.contains(&month) => false,
        Some(coverage) => coverage.holds(area, month),
        None => dataset.present[month],
    };
    let told = |area: usize| whole.by[area].is_some() && whole.untold.get(area).is_none_or(Option::is_none);
    let empty = |area: usize| (0..months.len()).map(|t| (told(area) && holds(area, first + t)).then_some(0)).collect();
    let mut rows: Vec<Vec<Option<u64>>> = (0..dataset.areas).map(empty).collect();
    for (area, month, category, _, n) in dataset.cells() {
        let at = (month as usize).checked_sub(first).filter(|t| *t < months.len());
        if let (Some(area), Some(t), Ok(_)) = (area, at, raw.binary_search(&category))
            && let Some(count) = rows[area as usize][t].as_mut()
        {
            *count += n;
        }
    }
    rows
}

/// What everyone may know.
struct Facts {
    area_name: String,
    geography: Geography,
    label: String,
    areas: Vec<(AreaCode, String)>,
    residents: Vec<Option<f64>>,
    neighbours: Vec<Vec<u32>>,
    months: Period,
    since_break: Option<Month>,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let cells: Vec<Vec<Cell<u64>>> = (0..facts.areas.len()).map(|i| released.row(i)).collect();
    let counts: Vec<Vec<Option<u64>>> = cells.iter().map(|row| row.iter().map(|n| n.known()).collect()).collect();
    let scores = scores(&counts, &facts.residents, &Weights::new(&facts.neighbours));
    let found = places(&scores, SETTINGS);
    let row = |(i, place): (usize, crate::stats::emerging::Place)| {
        let known = scores[i].iter().all(|z| z.is_finite()) && !scores[i].is_empty();
        let told = |x: Option<f64>| if known { Cell::applicable(x) } else { Cell::Missing };
        let months = |steps: &[usize]| if known { Cell::Known(steps.len() as u64) } else { Cell::Missing };
        EmergingRow {
            code: facts.areas[i].0,
            name: facts.areas[i].1.clone(),
            count: Cell::sum(&cells[i]),
            hot_months: months(&place.hot),
            cold_months: months(&place.cold),
            last_score: told(scores[i].last().copied()),
            trend_p: told(place.trend.map(|t| t.p)),
            class: if known { class(place.class) } else { EmergingClass::NotKnown },
        }
    };
    let body = Emerging {
        geography: facts.geography,
        measure: facts.label.clone(),
        months: facts.months,
        called_at: SETTINGS.alpha_bin,
        trend_at: SETTINGS.alpha_trend,
        since_break: facts.since_break,
        rows: found.into_iter().enumerate().map(row).collect(),
    };
    let label = || Message::as_written(&facts.label);
    let of = |classes: &[EmergingClass]| body.rows.iter().filter(|r| classes.contains(&r.class)).count();
    let known = body.rows.len() - of(&[EmergingClass::NotKnown]);
    let (new, lasting) = (of(&EMERGED), of(&LASTING));
    let headline = match (known, new, lasting) {
        (0, ..) => msg!("emerging-headline-not-known", label = label()),
        (_, 0, 0) => msg!("emerging-headline-none", label = label()),
        _ => msg!("emerging-headline", label = label(), emerged = new, lasting = lasting),
    };
    let subtitle =
        msg!("emerging-subtitle", label = label(), plural = facts.geography.plural(), area = &facts.area_name, period = facts.months);
    Telling { headline, subtitle, sentences: sentences(facts, &body, known), figures: vec![], body: Body::Emerging(body) }
}

/// Hot spots that have come up of late.
const EMERGED: [EmergingClass; 2] = [EmergingClass::NewHot, EmergingClass::ConsecutiveHot];
/// Hot spots that have been there all the time.
const LASTING: [EmergingClass; 3] = [EmergingClass::IntensifyingHot, EmergingClass::PersistentHot, EmergingClass::DiminishingHot];

fn sentences(facts: &Facts, body: &Emerging, known: usize) -> Vec<Message> {
    if known == 0 {
        return vec![msg!("emerging-not-known", label = Message::as_written(&facts.label))];
    }
    let mut told = Vec::new();
    for class in EmergingClass::ALL.into_iter().filter(|c| !matches!(c, EmergingClass::NoPattern | EmergingClass::NotKnown)) {
        let mut of: Vec<&EmergingRow> = body.rows.iter().filter(|r| r.class == class).collect();
        if of.is_empty() {
            continue;
        }
        of.sort_by(|a, b| {
            let size = |r: &EmergingRow| r.last_score.known().map_or(0.0, f64::abs);
            size(b).total_cmp(&size(a)).then(a.code.cmp(&b.code))
        });
        let names: Vec<&str> = of.iter().take(MOST_NAMES).map(|r| r.name.as_str()).collect();
        let (class, n) = (Arg::Key(key(class)), of.len());
        told.push(match n > names.len() {
            true => msg!("emerging-class-most", class = class, areas = n, names = names),
            false => msg!("emerging-class", class = class, areas = n, names = names),
        });
    }
    if told.is_empty() {
        told.push(msg!("emerging-none", areas = known, plural = facts.geography.plural()));
    }
    told.push(msg!("emerging-false-alarms", share = Arg::share(body.called_at, 0)));
    let missing = body.rows.len() - known;
    told.extend((missing > 0).then(|| msg!("emerging-missing", areas = missing)));
    told.extend(facts.since_break.map(|month| msg!("emerging-since-break", month = month)));
    told
}

/// The class as a body holds it.
fn class(found: crate::stats::emerging::Class) -> EmergingClass {
    match found {
        None => EmergingClass::NoPattern,
        Some((Pattern::New, Side::Hot)) => EmergingClass::NewHot,
        Some((Pattern::Consecutive, Side::Hot)) => EmergingClass::ConsecutiveHot,
        Some((Pattern::Intensifying, Side::Hot)) => EmergingClass::IntensifyingHot,
        Some((Pattern::Persistent, Side::Hot)) => EmergingClass::PersistentHot,
        Some((Pattern::Diminishing, Side::Hot)) => EmergingClass::DiminishingHot,
        Some((Pattern::Sporadic, Side::Hot)) => EmergingClass::SporadicHot,
        Some((Pattern::Oscillating, Side::Hot)) => EmergingClass::OscillatingHot,
        Some((Pattern::Historical, Side::Hot)) => EmergingClass::HistoricalHot,
        Some((Pattern::New, Side::Cold)) => EmergingClass::NewCold,
        Some((Pattern::Consecutive, Side::Cold)) => EmergingClass::ConsecutiveCold,
        Some((Pattern::Intensifying, Side::Cold)) => EmergingClass::IntensifyingCold,
        Some((Pattern::Persistent, Side::Cold)) => EmergingClass::PersistentCold,
        Some((Pattern::Diminishing, Side::Cold)) => EmergingClass::DiminishingCold,
        Some((Pattern::Sporadic, Side::Cold)) => EmergingClass::SporadicCold,
        Some((Pattern::Oscillating, Side::Cold)) => EmergingClass::OscillatingCold,
        Some((Pattern::Historical, Side::Cold)) => EmergingClass::HistoricalCold,
    }
}

/// The class as texts select on it.
fn key(class: EmergingClass) -> &'static str {
    match class {
        EmergingClass::NewHot => "new-hot",
        EmergingClass::ConsecutiveHot => "consecutive-hot",
        EmergingClass::IntensifyingHot => "intensifying-hot",
        EmergingClass::PersistentHot => "persistent-hot",
        EmergingClass::DiminishingHot => "diminishing-hot",
        EmergingClass::SporadicHot => "sporadic-hot",
        EmergingClass::OscillatingHot => "oscillating-hot",
        EmergingClass::HistoricalHot => "historical-hot",
        EmergingClass::NewCold => "new-cold",
        EmergingClass::ConsecutiveCold => "consecutive-cold",
        EmergingClass::IntensifyingCold => "intensifying-cold",
        EmergingClass::PersistentCold => "persistent-cold",
        EmergingClass::DiminishingCold => "diminishing-cold",
        EmergingClass::SporadicCold => "sporadic-cold",
        EmergingClass::OscillatingCold => "oscillating-cold",
        EmergingClass::HistoricalCold => "historical-cold",
        EmergingClass::NoPattern => "no-pattern",
        EmergingClass::NotKnown => "not-known",
    }
}

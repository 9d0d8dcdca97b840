use schemars::JsonSchema;
use serde::Deserialize;

use super::by_area::by_area;
use super::draft::{Draft, Released, Telling};
use super::indicator::{Indicator, headlines};
use super::largest::holds_most;
use super::words::thousands;
use super::{Analysis, Figure};
use crate::model::{Arg, Body, HotSpotRow, HotSpots, Message, MoranTest, RateClass, RateModel, SpotClass, fifths, p_value, rate_decimals};
use crate::msg;
use crate::sources::Topic;
use crate::spatial::{Contiguity, contiguity};
use crate::stats::disease_map::{AreaRate, Question, of_rates};
use crate::stats::hot_spots::{HotSpot, hot_spots};
use crate::stats::weights::Weights;
use crate::study::{Dataset, Select, Study};
use crate::units::{AreaCode, Cell, Estimate, Geography, Period};

/// The settings of a `hotspots` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct HotSpotSettings {
    /// Categories, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
    /// How many of the latest months are counted.
    pub months: usize,
    /// The group of residents that rates are of, such as `all` or `female`.
    pub denominator: String,
    /// Smoothed rates are per this many residents.
    #[serde(deserialize_with = "crate::units::per_people")]
    pub per: f64,
    /// Corners of boundaries within this many metres are the same corner: for boundaries that leave slivers.
    pub snap_m: f64,
    /// How many times chance is tried for each area.
    pub draws: usize,
}

impl Default for HotSpotSettings {
    fn default() -> Self {
        Self { categories: vec![], months: 12, denominator: "all".into(), per: 1000.0, snap_m: 0.0, draws: 99_999 }
    }
}

/// False discovery rates at which an area is called, and called surely.
const CALLED_AT: (f64, f64) = (0.05, 0.01);
/// Fewer areas than this are no map.
const FEWEST_AREAS: usize = 10;
/// More names than this are not read.
const MOST_NAMES: usize = 5;
/// Where more than this share of the areas is withheld, what is left is a choice by size and no map: nothing is looked for.
pub(super) const MOST_HIDDEN: f64 = 0.25;
/// The modelled rate of an area is classed where it is above so many times that of the whole, or below one over it, with at least this chance
/// (Richardson and others 2004).
const CLASSED: (f64, f64) = (1.5, 0.8);
/// Moran's I is told as more than chance below this.
const CLEAR_BELOW: f64 = 0.05;

impl Analysis for HotSpotSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let shapes: Vec<_> = study.areas.list.iter().map(|a| &a.shape).collect();
        if shapes.len() < FEWEST_AREAS {
            return vec![];
        }
        let neighbours = contiguity(&shapes, Contiguity::Queen, self.snap_m.max(0.0));
        let incidents = study.datasets.iter().filter(|d| d.topic == Topic::Incidents);
        let each = incidents.flat_map(|d| headlines(study, d, &self.categories).into_iter().map(move |i| (d, i)));
        each.map(|(dataset, indicator)| self.draft(study, dataset, &indicator, &neighbours)).collect()
    }
}

impl HotSpotSettings {
    fn draft(&self, study: &Study, dataset: &Dataset, indicator: &Indicator, neighbours: &[Vec<u32>]) -> Draft {
        let (period, table) = by_area(study, dataset, indicator, self.months);
        let select = Select { categories: indicator.categories.clone(), period: Some(period), ..Select::default() };
        let caveats = vec![msg!("hotspots-caveat-where"), msg!("hotspots-caveat-boundaries")];
        let head = indicator.head_by_area(study, dataset, "hotspots", period, caveats);
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            label: indicator.label.clone(),
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            residents: study.areas.residents(&self.denominator),
            people: if self.denominator == "all" { "residents".into() } else { format!("residents ({})", self.denominator) },
            neighbours: neighbours.to_vec(),
            period,
            complete: dataset.is_recorded_throughout(&select),
            per: self.per,
            draws: self.draws.clamp(99, 999_999),
            seed: study.about.seed,
        };
        Draft::new(head, table, facts, tell)
    }
}

/// What everyone may know.
struct Facts {
    area_name: String,
    geography: Geography,
    label: String,
    areas: Vec<(AreaCode, String)>,
    residents: Vec<Option<f64>>,
    people: String,
    neighbours: Vec<Vec<u32>>,
    period: Period,
    complete: bool,
    per: f64,
    draws: usize,
    seed: u64,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let counts: Vec<Cell<u64>> = (0..facts.areas.len()).map(|i| released.at(i, 0)).collect();
    let hidden = counts.iter().filter(|c| c.known().is_none()).count();
    // What nobody counted is missing, and not withheld.
    let missing = counts.iter().filter(|c| **c == Cell::Missing).count();
    let too_few = hidden as f64 > MOST_HIDDEN * counts.len() as f64;
    let events: Vec<Option<u64>> = counts.iter().map(|c| c.known().filter(|_| !too_few)).collect();
    let weights = Weights::new(&facts.neighbours);
    let found = hot_spots(&events, &facts.residents, &weights, facts.draws, facts.seed, 0.95);
    let rows: Vec<HotSpotRow> =
        facts.areas.iter().enumerate().map(|(i, (code, name))| row(facts, i, *code, name, counts[i], found.areas[i])).collect();
    let question = Question { threshold: CLASSED.0, level: 0.95 };
    let map = if too_few { None } else { of_rates(&events, &facts.residents, &weights, question) };
    let mut rows = rows;
    if let Some(map) = &map {
        rows.iter_mut().zip(&map.areas).for_each(|(row, area)| place_of(row, *area, map.whole * facts.per));
    }
    let moran = found.moran.map(|(global, p)| MoranTest { value: global.value, expected: global.expected, p });
    let label = &facts.label;
    let sentences = if too_few {
        vec![match (missing, hidden - missing) {
            (0, _) => msg!("hotspots-withheld", label = label, hidden = hidden, areas = counts.len()),
            (n, 0) => msg!("hotspots-missing", label = label, missing = n, areas = counts.len()),
            (n, withheld) => msg!("hotspots-missing-withheld", label = label, missing = n, withheld = withheld, areas = counts.len()),
        }]
    } else {
        let mut told = sentences(facts, &rows, moran.as_ref());
        told.extend(map.as_ref().map(|_| level_sentence(facts, &rows)));
        told.extend(holds_most(label, &counts, |i| facts.areas[i].1.clone()));
        told
    };
    let per = thousands(facts.per as u64);
    let shown = rows.iter().filter_map(|r| if map.is_some() { r.modelled } else { r.smoothed }.known()).map(|r| r.value);
    let decimals = rate_decimals(found.scale.0 * facts.per);
    let body = HotSpots {
        geography: facts.geography,
        measure: facts.label.clone(),
        unit: format!("per {per} {}", facts.people),
        per: facts.per,
        modelled: map.as_ref().map(|m| RateModel {
            sigma: m.sigma.mean,
            shared: m.mixing.mean,
            threshold: CLASSED.0,
            classed_from: CLASSED.1,
        }),
        classes: fifths(shown, decimals),
        mean_rate: found.scale.0,
        between_variance: found.scale.1,
        moran,
        draws: if too_few { 0 } else { facts.draws },
        seed: facts.seed,
        rows,
        unlocated: released.at(facts.areas.len(), 0),
        total: released.at(facts.areas.len() + 1, 0),
    };
    let high = body.rows.iter().filter(|r| is_high(r)).count();
    let tested = body.rows.iter().filter(|r| r.q.known().is_some()).count();
    let headline = match high {
        _ if too_few && counts.contains(&Cell::Withheld) => msg!("hotspots-headline-withheld", label = label),
        _ if too_few => msg!("hotspots-headline-not-known", label = label),
        // Where nothing is tested, that none is high says nothing.
        _ if tested == 0 => msg!("hotspots-headline-not-known", label = label),
        0 => msg!("hotspots-headline-none", label = label),
        n => msg!("hotspots-headline", label = label, high = n, areas = body.rows.len()),
    };
    let subtitle =
        msg!("hotspots-subtitle", label = label, plural = facts.geography.plural(), area = &facts.area_name, period = facts.period);
    let figures = figures(&body, (hidden, missing), tested, high);
    Telling { headline, subtitle, sentences, figures, body: Body::HotSpots(body) }
}

/// What pictures of the map say of it, beside its sentences.
fn figures(body: &HotSpots, (hidden, missing): (usize, usize), tested: usize, high: usize) -> Vec<Figure> {
    let of_class = |is: &dyn Fn(&HotSpotRow) -> bool| body.rows.iter().filter(|r| is(r)).count() as f64;
    // None withheld is no news where what is not shown is missing.
    let withheld = (missing == 0 || hidden > missing).then(|| Figure::new("areas withheld", (hidden - missing) as f64));
    let missing = (missing > 0).then(|| Figure::new("areas missing", missing as f64));
    let mut figures: Vec<Figure> = withheld.into_iter().chain(missing).collect();
    if tested > 0 {
        figures.extend([
            Figure::new("areas tested", tested as f64),
            Figure::new("areas high", high as f64),
            Figure::new("areas low", of_class(&|r| matches!(r.class, SpotClass::Low | SpotClass::LowSure))),
            Figure::new("areas without neighbours", of_class(&|r| r.class == SpotClass::NoNeighbours)),
        ]);
    }
    if body.modelled.is_some() {
        let level = |class: RateClass| body.rows.iter().filter(|r| r.level_class == class).count() as f64;
        figures.push(Figure::new("areas above threshold", level(RateClass::Above)));
        figures.push(Figure::new("areas below it", level(RateClass::Below)));
    }
    figures
}

/// Notes the modelled rate of an area, and where it lies beside the rate of the whole.
fn place_of(row: &mut HotSpotRow, area: Option<AreaRate>, whole: f64) {
    let Some(area) = area else { return };
    let e = area.rate;
    row.modelled = Cell::Known(Estimate { value: e.value * whole, lower: e.lower * whole, upper: e.upper * whole, ..e });
    (row.above, row.below) = (Some(area.above), Some(area.below));
    row.level_class = match (area.above >= CLASSED.1, area.below >= CLASSED.1) {
        (true, _) => RateClass::Above,
        (_, true) => RateClass::Below,
        _ => RateClass::Between,
    };
}

/// Which areas have a rate that is clearly above that of the whole, by the model.
fn level_sentence(facts: &Facts, rows: &[HotSpotRow]) -> Message {
    let mut above: Vec<&HotSpotRow> = rows.iter().filter(|r| r.level_class == RateClass::Above).collect();
    above.sort_by(|a, b| b.above.unwrap_or(0.0).total_cmp(&a.above.unwrap_or(0.0)).then(a.code.cmp(&b.code)));
    let (times, chance, area) = (Arg::Number(CLASSED.0, 1), Arg::share(CLASSED.1, 0), &facts.area_name);
    let (singular, plural) = (facts.geography.singular(), facts.geography.plural());
    let names: Vec<&str> = above.iter().take(MOST_NAMES).map(|r| r.name.as_str()).collect();
    match above.len() {
        0 => msg!("hotspots-level-none", singular = singular, times = times, area = area, chance = chance),
        n if n > names.len() => msg!(
            "hotspots-level-most",
            above = n,
            singular = singular,
            plural = plural,
            times = times,
            area = area,
            chance = chance,
            names = names
        ),
        n => msg!(
            "hotspots-level",
            above = n,
            singular = singular,
            plural = plural,
            times = times,
            area = area,
            chance = chance,
            names = names
        ),
    }
}

fn is_high(row: &HotSpotRow) -> bool {
    matches!(row.class, SpotClass::HighSure | SpotClass::High)
}

fn row(facts: &Facts, i: usize, code: AreaCode, name: &str, count: Cell<u64>, found: Option<HotSpot>) -> HotSpotRow {
    let residents = facts.residents[i].map_or(Cell::Missing, Cell::Known);
    // Without a result there is the kind of nothing that the count is, or nobody lives there.
    let nothing = |count: Cell<u64>| if count.known().is_some() { Cell::NotApplicable } else { count.map(|_| 0.0) };
    let number = |x: Option<f64>| x.map_or(nothing(count), Cell::Known);
    let around = found.and_then(|f| f.around);
    let scaled =
        |e: Estimate| Cell::Known(Estimate { value: e.value * facts.per, lower: e.lower * facts.per, upper: e.upper * facts.per, ..e });
    let class = match (found, around) {
        (None, _) => SpotClass::NotKnown,
        (_, None) => SpotClass::NoNeighbours,
        (_, Some(a)) => match (a.q <= CALLED_AT.1, a.q <= CALLED_AT.0, a.z > 0.0) {
            (true, _, true) => SpotClass::HighSure,
            (_, true, true) => SpotClass::High,
            (true, _, false) => SpotClass::LowSure,
            (_, true, false) => SpotClass::Low,
            _ => SpotClass::NotClear,
        },
    };
    HotSpotRow {
        code,
        name: name.to_owned(),
        count,
        residents,
        neighbours: facts.neighbours[i].clone(),
        smoothed: found.map_or(nothing(count).and_then(|_| Cell::NotApplicable), |f| scaled(f.smoothed)),
        modelled: nothing(count).and_then(|_: f64| Cell::NotApplicable),
        above: None,
        below: None,
        level_class: RateClass::NotKnown,
        index: number(found.map(|f| f.index)),
        z: number(around.map(|a| a.z)),
        p: number(around.map(|a| a.p)),
        q: number(around.map(|a| a.q)),
        class,
    }
}

fn sentences(facts: &Facts, rows: &[HotSpotRow], moran: Option<&MoranTest>) -> Vec<Message> {
    let (label, area) = (&facts.label, &facts.area_name);
    let tested = rows.iter().filter(|r| r.q.known().is_some()).count();
    if tested == 0 {
        return vec![msg!("hotspots-not-known", label = label)];
    }
    let (singular, plural) = (facts.geography.singular(), facts.geography.plural());
    let mut high: Vec<&HotSpotRow> = rows.iter().filter(|r| is_high(r)).collect();
    high.sort_by(|a, b| b.z.known().unwrap_or(0.0).total_cmp(&a.z.known().unwrap_or(0.0)));
    let low = rows.iter().filter(|r| matches!(r.class, SpotClass::Low | SpotClass::LowSure)).count();
    let names: Vec<&str> = high.iter().take(MOST_NAMES).map(|r| r.name.as_str()).collect();
    let false_alarms = Arg::share(CALLED_AT.0, 0);
    let mut told = vec![match high.len() {
        0 => msg!("hotspots-none", area = area),
        n if n > names.len() => msg!(
            "hotspots-high-most",
            label = label,
            high = n,
            tested = tested,
            plural = plural,
            names = names,
            false_alarms = false_alarms
        ),
        n => msg!("hotspots-high", label = label, high = n, tested = tested, plural = plural, names = names, false_alarms = false_alarms),
    }];
    told.extend((low > 0).then(|| msg!("hotspots-low", low = low, singular = singular, plural = plural)));
    told.extend(moran.map(|m| {
        let (moran, p) = (Arg::Number(m.value, 2), p_value(m.p, 2));
        match (m.p < CLEAR_BELOW, m.value > m.expected) {
            (true, true) => msg!("hotspots-map-alike", moran = moran, p = p),
            (true, false) => msg!("hotspots-map-alternates", moran = moran, p = p),
            _ => msg!("hotspots-map-none", moran = moran, p = p),
        }
    }));
    let alone: Vec<&str> = rows.iter().filter(|r| r.class == SpotClass::NoNeighbours).map(|r| r.name.as_str()).collect();
    let named: Vec<&str> = alone.iter().take(MOST_NAMES).copied().collect();
    told.extend((!alone.is_empty()).then(|| msg!("hotspots-alone", areas = alone.len(), plural = plural, names = named)));
    told.extend((!facts.complete).then(|| msg!("hotspots-incomplete")));
    told
}

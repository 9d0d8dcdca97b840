use schemars::JsonSchema;
use serde::Deserialize;

use super::by_area::by_area;
use super::draft::{Draft, DraftHead, Released, Telling};
use super::indicator::{Indicator, headlines};
use super::words::{agreed, decimal, slug, thousands};
use super::{Analysis, Figure};
use crate::model::{Body, HotSpotRow, HotSpots, MoranTest, RateClass, RateModel, SpotClass, fifths};
use crate::sources::Topic;
use crate::spatial::{Contiguity, contiguity};
use crate::stats::disease_map::{AreaRate, Question, of_rates};
use crate::stats::hot_spots::{HotSpot, hot_spots};
use crate::stats::weights::Weights;
use crate::study::{Dataset, Study};
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
        let source = study.source_ref(dataset.source);
        let (period, table) = by_area(study, dataset, indicator, self.months);
        let mut caveats = vec![
            "A hot spot is where events are recorded, which need not be where the people live whom they happened to; town centres stand out because people come there.".to_owned(),
            "Which areas stand out depends on how the boundaries are drawn, and the rates of neighbours are part of every result.".to_owned(),
        ];
        caveats.extend((!indicator.note.is_empty()).then(|| indicator.note.clone()));
        let head = DraftHead {
            id: format!("hotspots/{}/{}/areas", slug(&source.name), slug(&indicator.label)),
            analysis: "hotspots",
            sources: study.sources_of_rate(dataset),
            period,
            polarity: indicator.polarity,
            status: indicator.status.clone(),
            caveats,
        };
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            label: indicator.label.clone(),
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            residents: study.areas.residents(&self.denominator),
            people: if self.denominator == "all" { "residents".into() } else { format!("residents ({})", self.denominator) },
            neighbours: neighbours.to_vec(),
            period,
            complete: dataset.is_complete(period),
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
    let sentences = if too_few {
        vec![format!(
            "{}: {hidden} of {} areas {} withheld. Those that are left are the ones with more events, not a map: hot spots are not looked for.",
            facts.label,
            counts.len(),
            agreed(hidden, "is", "are")
        )]
    } else {
        let mut told = sentences(facts, &rows, moran.as_ref());
        told.extend(map.as_ref().map(|_| level_sentence(facts, &rows)));
        told
    };
    let per = thousands(facts.per as u64);
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
        classes: fifths(rows.iter().map(|r| if map.is_some() { r.modelled } else { r.smoothed })),
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
        _ if too_few => format!("{}: too much is withheld to look for hot spots", facts.label),
        _ if tested == 0 => format!("{}: too little is known to look for hot spots", facts.label),
        0 => format!("{}: no hot spot stands out from chance", facts.label),
        1 => format!("{}: one area stands out with its neighbours", facts.label),
        n => format!("{}: high together in {n} of {} areas", facts.label, body.rows.len()),
    };
    let subtitle =
        format!("{} beside neighbouring {}, {}, {}", facts.label, facts.geography.plural(), facts.area_name, facts.period.label());
    let of_class = |is: &dyn Fn(&HotSpotRow) -> bool| body.rows.iter().filter(|r| is(r)).count() as f64;
    let mut figures = vec![Figure::new("areas withheld", hidden as f64), Figure::new("areas", body.rows.len() as f64)];
    // Where nothing is tested, that none is high says nothing.
    if tested > 0 {
        figures.extend([
            Figure::new("areas tested", tested as f64),
            Figure::new("areas high with their neighbours", high as f64),
            Figure::new("areas low with their neighbours", of_class(&|r| matches!(r.class, SpotClass::Low | SpotClass::LowSure))),
            Figure::new("areas without a neighbour whose rate is known", of_class(&|r| r.class == SpotClass::NoNeighbours)),
        ]);
    }
    if body.modelled.is_some() {
        let level = |class: RateClass| body.rows.iter().filter(|r| r.level_class == class).count() as f64;
        figures.extend([
            Figure::new("areas clearly above the threshold", level(RateClass::Above)),
            Figure::new("areas clearly below one over it", level(RateClass::Below)),
            Figure::new("threshold, times the whole", CLASSED.0),
            Figure::new("chance from which an area is classed", CLASSED.1),
        ]);
    }
    figures.extend(body.moran.iter().flat_map(|m| [Figure::new("Moran's I", m.value), Figure::new("p of Moran's I", m.p)]));
    Telling { headline, subtitle, sentences, figures, body: Body::HotSpots(body) }
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
fn level_sentence(facts: &Facts, rows: &[HotSpotRow]) -> String {
    let mut above: Vec<&HotSpotRow> = rows.iter().filter(|r| r.level_class == RateClass::Above).collect();
    above.sort_by(|a, b| b.above.unwrap_or(0.0).total_cmp(&a.above.unwrap_or(0.0)).then(a.code.cmp(&b.code)));
    let (times, chance) = (decimal(CLASSED.0, 1), decimal(CLASSED.1, 1));
    let whole = &facts.area_name;
    if above.is_empty() {
        return format!(
            "By a model in which neighbours may be alike, no {} has a rate above {times} times that of {whole} with a chance of {chance} or more.",
            facts.geography.singular()
        );
    }
    let names: Vec<&str> = above.iter().take(MOST_NAMES).map(|r| r.name.as_str()).collect();
    let most = if above.len() > names.len() { ", most clearly" } else { "" };
    format!(
        "By a model in which neighbours may be alike, the rate is above {times} times that of {whole} with a chance of {chance} or more in {} {}{most}: {}.",
        above.len(),
        agreed(above.len(), facts.geography.singular(), facts.geography.plural()),
        names.join(", ")
    )
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

fn sentences(facts: &Facts, rows: &[HotSpotRow], moran: Option<&MoranTest>) -> Vec<String> {
    let tested = rows.iter().filter(|r| r.q.known().is_some()).count();
    if tested == 0 {
        return vec![format!("{}: too little is known to look for hot spots.", facts.label)];
    }
    let plural = facts.geography.plural();
    let mut high: Vec<&HotSpotRow> = rows.iter().filter(|r| is_high(r)).collect();
    high.sort_by(|a, b| b.z.known().unwrap_or(0.0).total_cmp(&a.z.known().unwrap_or(0.0)));
    let low = rows.iter().filter(|r| matches!(r.class, SpotClass::Low | SpotClass::LowSure)).count();
    let mut told = Vec::new();
    told.push(if high.is_empty() {
        format!("No clear hot spot: nowhere in {} is the rate high together with that of the neighbours beyond what chance alone would make.", facts.area_name)
    } else {
        let names: Vec<&str> = high.iter().take(MOST_NAMES).map(|r| r.name.as_str()).collect();
        let more = if high.len() > names.len() { ", most clearly" } else { "" };
        format!(
            "{}: in {} of {tested} {plural} the rate is high together with that of the neighbours{more}: {}. Of areas called so, about one in twenty is a false alarm.",
            facts.label,
            high.len(),
            names.join(", ")
        )
    });
    if low > 0 {
        let plural = agreed(low, facts.geography.singular(), plural);
        told.push(format!("In {low} {plural} it is low together. Low may mean less harm, or harm that nobody reports."));
    }
    if let Some(m) = moran {
        let p = if m.p < 0.01 { "below 0.01".to_owned() } else { decimal(m.p, 2) };
        told.push(match (m.p < CLEAR_BELOW, m.value > m.expected) {
            (true, true) => format!(
                "Over the whole map, like areas lie side by side more than chance would put them (Moran's I {}, p {p}).",
                decimal(m.value, 2)
            ),
            (true, false) => format!(
                "Over the whole map, high and low areas alternate more than chance would make them (Moran's I {}, p {p}).",
                decimal(m.value, 2)
            ),
            _ => format!(
                "Over the whole map, no clear pattern: like areas lie side by side about as often as by chance (Moran's I {}, p {p}).",
                decimal(m.value, 2)
            ),
        });
    }
    let alone: Vec<&str> = rows.iter().filter(|r| r.class == SpotClass::NoNeighbours).map(|r| r.name.as_str()).collect();
    if !alone.is_empty() {
        let names = alone.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", ");
        told.push(format!(
            "{} of the {plural} {} not tested: {names}.",
            alone.len(),
            agreed(
                alone.len(),
                "shares no border with another one whose rate is known, and is",
                "share no border with another one whose rate is known, and are"
            )
        ));
    }
    if !facts.complete {
        told.push(
            "Some months of this period are missing everywhere, so the counts are too low; the comparison between areas still holds."
                .into(),
        );
    }
    told
}

//! Rates by area, with limits, a funnel, and whom they are rates of.

use super::Burden;
use crate::analyses::Figure;
use crate::analyses::by_area::table;
use crate::analyses::draft::{Draft, Released, Telling};
use crate::analyses::hotspots::MOST_HIDDEN;
use crate::analyses::indicator::Indicator;
use crate::analyses::words::{agreed, counted, decimal, thousands};
use crate::model::{AreaRate, AreaRates, AreaVariation, Beyond, Body, FunnelPlace, Whole, rate_classes};
use crate::sources::Topic;
use crate::stats::composite::ranks;
use crate::stats::counts::rate;
use crate::stats::funnel::curve;
use crate::stats::funnel_overdispersed::{Overdispersion, Widened, about_the_whole};
use crate::study::{Dataset, Select, Study, Untold};
use crate::units::{AreaCode, Cell, Estimate, Geography, Period};

impl Burden {
    pub(super) fn by_area(&self, study: &Study, dataset: &Dataset, indicator: &Indicator) -> Draft {
        let period = dataset.period.last_months(self.months);
        let select = Select { categories: indicator.categories.clone(), period: Some(period), ..Select::default() };
        let counted = dataset.known_by_area(&select);
        let facts = AreaFacts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            label: indicator.label.clone(),
            topic: dataset.topic,
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            residents: study.areas.residents(&self.denominator),
            denominator: self.denominator.clone(),
            second: self.second_denominator.as_ref().map(|group| (group.clone(), study.areas.residents(group))),
            period,
            complete: dataset.is_complete(period),
            months_covered: dataset.months_covered(period),
            per: self.per,
            level: self.level,
            untold: counted.untold_beside(),
            open: study.is_open_source(dataset.source),
        };
        let table = table(study, dataset, &select);
        Draft::new(self.head(study, dataset, Some(indicator), period, "areas"), table, facts, tell_areas)
    }
}

struct AreaFacts {
    area_name: String,
    geography: Geography,
    label: String,
    topic: Topic,
    areas: Vec<(AreaCode, String)>,
    residents: Vec<Option<f64>>,
    denominator: String,
    second: Option<(String, Vec<Option<f64>>)>,
    period: Period,
    /// Whether every month of the period is there.
    complete: bool,
    /// How many months of the period are there for every area.
    months_covered: usize,
    per: f64,
    level: f64,
    /// For each area, and last for none, what the source does not tell, beside what it does.
    untold: Vec<Option<(Untold, u64)>>,
    /// Whether the source may be shown as it is.
    open: bool,
}

impl AreaFacts {
    fn rate_of(&self, count: Cell<u64>, residents: Option<f64>) -> Cell<Estimate> {
        count.and_then(|n| Cell::applicable(residents.and_then(|r| rate(n, r, self.per, self.level))))
    }

    fn people(&self) -> String {
        match self.denominator.as_str() {
            "all" => "residents".into(),
            group => format!("residents ({group})"),
        }
    }
}

fn tell_areas(facts: &AreaFacts, released: &Released) -> Telling {
    let mut rows: Vec<AreaRate> = facts
        .areas
        .iter()
        .enumerate()
        .map(|(i, (code, name))| {
            let count = released.at(i, 0);
            let residents = facts.residents[i];
            AreaRate {
                code: *code,
                name: name.clone(),
                count,
                residents: residents.map_or(Cell::Missing, Cell::Known),
                rate: facts.rate_of(count, residents),
                beyond: None,
            }
        })
        .collect();
    let unlocated = released.at(facts.areas.len(), 0);
    let total = released.at(facts.areas.len() + 1, 0);
    let everyone: Option<f64> = facts.residents.iter().copied().sum();
    let residents = everyone.map_or(Cell::Missing, Cell::Known);
    let whole = Whole { name: facts.area_name.clone(), count: total, residents, rate: facts.rate_of(total, everyone) };
    let average = average(facts, &rows, unlocated, &whole);
    let varied = Varied::of(facts, &rows, &average);
    if let Some(varied) = &varied {
        varied.mark(&mut rows, facts.level);
    }
    let apart = average.known().and_then(|_| Apart::of(&rows, varied.as_ref(), facts.level));
    let headline = match apart {
        _ if rows.iter().all(|r| r.count == Cell::Missing) => format!("{}: not known by area", facts.label),
        None => format!("{}: which areas stand out cannot be told", facts.label),
        Some(Apart { above: 0, hidden: 0, .. }) => format!("{}: no area stands clearly above the rest", facts.label),
        Some(Apart { above: 0, .. }) => format!("{}: no area that is shown stands clearly above the rest", facts.label),
        Some(Apart { above: 1, .. }) => format!("{}: one area stands clearly above the rest", facts.label),
        Some(Apart { above, .. }) => format!("{}: {above} of {} areas clearly above the whole", facts.label, rows.len()),
    };
    let headline = match facts.months_covered {
        _ if facts.complete => headline,
        0 => format!("{headline} (no month is there for every area)"),
        n => format!("{headline} ({n} of {} months)", facts.period.len()),
    };
    let sentences = area_sentences(facts, &rows, unlocated, &whole, apart, varied.as_ref());
    let mut figures = vec![Figure::new("level of intervals", facts.level)];
    if let Some(a) = apart {
        figures.extend([
            Figure::new("areas clearly above", a.above as f64),
            Figure::new("areas clearly below", a.below as f64),
            Figure::new("areas apart by chance", a.by_chance),
            Figure::new("areas compared", (rows.len() - a.hidden) as f64),
        ]);
    }
    figures.extend(varied.as_ref().filter(|v| v.is_told()).map(|v| Figure::new("variation between areas beside chance", v.found.phi)));
    figures.extend(moved(facts, &rows).and_then(|m| m.1).map(|n| Figure::new("areas whose rank moves", n as f64)));
    let per = thousands(facts.per as u64);
    let subtitle = format!("{} per {per} {}, {}, {}", facts.label, facts.people(), facts.geography.plural(), facts.period.label());
    let body = Body::AreaRates(AreaRates {
        geography: facts.geography,
        measure: facts.label.clone(),
        unit: format!("per {per} {}", facts.people()),
        per: facts.per,
        classes: rate_classes(&rows),
        funnel: funnel(&rows, &average, varied.as_ref(), facts.per),
        variation: varied.as_ref().map(|v| AreaVariation { phi: v.found.phi, between: v.found.tau2 }),
        rows,
        unlocated,
        total: whole,
    });
    Telling { headline, subtitle, sentences, figures, body }
}

/// Areas whose rank by rate depends on which people it is of: it moves by more than a tenth of all areas between the two.
fn moved(facts: &AreaFacts, rows: &[AreaRate]) -> Option<(String, Option<usize>)> {
    let (group, second) = facts.second.as_ref()?;
    let known: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].rate.known().is_some() && second[*i].is_some_and(|p| p > 0.0)).collect();
    if second.iter().flatten().count() < 2 {
        return Some((format!("No number of people is known for the second denominator, {group}."), None));
    }
    // From few areas no order of all of them can be told.
    if known.len() < 2 || (rows.len() - known.len()) as f64 > MOST_HIDDEN * rows.len() as f64 {
        let text =
            "Whether the order of the areas depends on whom one counts cannot be told: too many are withheld or not known.".to_owned();
        return Some((text, None));
    }
    let first: Vec<f64> = known.iter().filter_map(|i| rows[*i].rate.known()).map(|r| r.value).collect();
    let other: Vec<f64> = known.iter().filter_map(|i| Some(rows[*i].count.known()? as f64 / second[*i]?)).collect();
    let (before, after) = (ranks(&first), ranks(&other));
    let mut far: Vec<(usize, &str)> = known
        .iter()
        .enumerate()
        .map(|(k, i)| (before[k].abs_diff(after[k]), rows[*i].name.as_str()))
        .filter(|m| m.0 * 10 > known.len())
        .collect();
    far.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let text = if far.is_empty() {
        format!("By {group} in place of {} no area's rank moves by more than a tenth of all areas.", facts.people())
    } else {
        let names: Vec<&str> = far.iter().take(5).map(|m| m.1).collect();
        let most = if far.len() > names.len() { ", most of all" } else { "" };
        format!(
            "By {group} in place of {} the rank of {} moves by more than a tenth of all areas{most} {}: what is said of these depends on whom one counts.",
            facts.people(),
            counted(far.len(), "area", "areas"),
            names.join(", ")
        )
    };
    Some((text, Some(far.len())))
}

/// Limits about the rate of the whole, from the area with the fewest residents to that with the most.
fn funnel(rows: &[AreaRate], average: &Cell<Estimate>, varied: Option<&Varied>, per: f64) -> Vec<FunnelPlace> {
    let residents: Vec<f64> = rows.iter().filter_map(|r| r.residents.known()).filter(|r| *r > 0.0).collect();
    let (fewest, most) = residents.iter().fold((f64::INFINITY, 0.0_f64), |(a, z), r| (a.min(*r), z.max(*r)));
    let Some(rate) = average.known().map(|r| r.value / per) else { return vec![] };
    let places = varied.map_or_else(|| curve(rate, per, fewest, most), |v| v.found.curve(rate, per, fewest, most));
    places.into_iter().map(|(residents, near, far)| FunnelPlace { residents, near, far }).collect()
}

/// By how much the areas that are shown vary about the whole, beyond chance.
struct Varied {
    /// Positions of these areas.
    areas: Vec<usize>,
    /// What each would have at the rate of the whole.
    expected: Vec<f64>,
    /// Events over that.
    ratios: Vec<f64>,
    found: Overdispersion,
}

/// Under this, areas hardly vary more than chance makes them, and nothing is said of it.
const TOLD_FROM: f64 = 1.5;

impl Varied {
    fn of(facts: &AreaFacts, rows: &[AreaRate], average: &Cell<Estimate>) -> Option<Self> {
        let rate = average.known().map(|r| r.value / facts.per).filter(|r| *r > 0.0)?;
        let one = |i: usize| Some((i, rows[i].count.known()? as f64, rows[i].residents.known().filter(|p| *p > 0.0)? * rate));
        let known: Vec<(usize, f64, f64)> = (0..rows.len()).filter_map(one).collect();
        let (observed, expected): (Vec<f64>, Vec<f64>) = known.iter().map(|k| (k.1, k.2)).unzip();
        let found = about_the_whole(&observed, &expected)?;
        let ratios = observed.iter().zip(&expected).map(|(o, e)| o / e).collect();
        Some(Self { areas: known.iter().map(|k| k.0).collect(), expected, ratios, found })
    }

    /// Notes on which side of the widened limits each area lies.
    fn mark(&self, rows: &mut [AreaRate], level: f64) {
        for (k, i) in self.areas.iter().enumerate() {
            let (low, high) = self.found.limits(k, level, Widened::Additive);
            rows[*i].beyond = match self.ratios[k] {
                r if r > high => Some(Beyond::Above),
                r if r < low => Some(Beyond::Below),
                _ => None,
            };
        }
    }

    fn is_told(&self) -> bool {
        self.found.tau2 > 0.0 && self.found.phi >= TOLD_FROM
    }
}

/// How many areas lie above, or below, what areas of their size vary by; and of how many nobody knows.
#[derive(Clone, Copy)]
struct Apart {
    above: usize,
    below: usize,
    hidden: usize,
    /// How many would lie outside if areas varied at random by as much as they do.
    by_chance: f64,
}

impl Apart {
    /// `None` where it cannot be told: without a rate of the whole, and where none stands out among few that are shown.
    fn of(rows: &[AreaRate], varied: Option<&Varied>, level: f64) -> Option<Self> {
        let count = |side: Beyond| rows.iter().filter(|r| r.beyond == Some(side)).count();
        let hidden = rows.iter().filter(|r| matches!(r.rate, Cell::Withheld | Cell::Missing)).count();
        // Where nothing happened, or one area is all there is, none is apart and none would be.
        let by_chance = varied.map_or(0.0, |v| v.found.outside_by_chance(&v.expected, level));
        let told = Self { above: count(Beyond::Above), below: count(Beyond::Below), hidden, by_chance };
        let few = hidden as f64 > MOST_HIDDEN * rows.len() as f64;
        let known = rows.iter().any(|r| r.rate.known().is_some());
        (known && !(few && told.above + told.below == 0)).then_some(told)
    }
}

/// What an area is compared with: events with a known area over all residents. Those without one are in the total, and in no area's count.
fn average(facts: &AreaFacts, rows: &[AreaRate], unlocated: Cell<u64>, whole: &Whole) -> Cell<Estimate> {
    let (Cell::Known(total), Cell::Known(none), Some(people)) =
        (whole.count, unlocated, rows.iter().map(|r| r.residents.known()).sum::<Option<f64>>())
    else {
        return whole.rate;
    };
    facts.rate_of(Cell::Known(total.saturating_sub(none)), Some(people))
}

/// Where the source itself keeps counts back or leaves them out, with the bounds that it gives.
fn untold_sentence(facts: &AreaFacts) -> Option<String> {
    let areas: Vec<(usize, Untold, u64)> =
        facts.untold.iter().enumerate().filter_map(|(i, u)| u.map(|(u, n)| (i, u, n))).filter(|(i, _, _)| *i < facts.areas.len()).collect();
    if areas.is_empty() {
        return None;
    }
    let kept_back = areas.iter().any(|a| a.1.suppressed);
    let why = if kept_back { "withheld by the source" } else { "not given by the source" };
    let mut text = format!(
        "In {} of {} {} a part of the counts is {why}: no count and no rate is given there, nor for the whole.",
        areas.len(),
        facts.areas.len(),
        facts.geography.plural()
    );
    let bounds = |(i, u, n): &(usize, Untold, u64)| {
        let low = n + u.bounds.low.unwrap_or(0);
        Some(format!("{}: {} to {}", facts.areas.get(*i)?.1, thousands(low), thousands(n + u.bounds.high?)))
    };
    // Of a restricted source the other counts would follow from the bounds.
    let told: Vec<String> = areas.iter().filter(|_| facts.open).filter_map(bounds).take(10).collect();
    if !told.is_empty() {
        text.push_str(&format!(" By the bounds that it gives they lie between these: {}.", told.join("; ")));
    }
    Some(text)
}

fn area_sentences(
    facts: &AreaFacts,
    rows: &[AreaRate],
    unlocated: Cell<u64>,
    whole: &Whole,
    apart: Option<Apart>,
    varied: Option<&Varied>,
) -> Vec<String> {
    let mut sentences = Vec::new();
    let label = &facts.label;
    let decimals = if whole.rate.known().is_some_and(|r| r.value < 10.0) { 2 } else { 1 };
    let per = thousands(facts.per as u64);
    let percent = decimal(facts.level * 100.0, 0);
    match (whole.count, whole.rate) {
        (Cell::Known(n), Cell::Known(r)) => sentences.push(format!(
            "{label}: {} {} in {} in {}, or {} per {per} {} ({percent} % interval {} to {}).",
            thousands(n),
            facts.topic.happened(n),
            facts.area_name,
            facts.period.label(),
            decimal(r.value, decimals),
            facts.people(),
            decimal(r.lower, decimals),
            decimal(r.upper, decimals)
        )),
        (Cell::Known(n), _) => sentences.push(format!(
            "{label}: {} {} in {} in {}.",
            thousands(n),
            facts.topic.happened(n),
            facts.area_name,
            facts.period.label()
        )),
        _ => {}
    }
    let (one, plural) = (facts.geography.singular(), facts.geography.plural());
    match apart {
        None => sentences.push(format!("Which {plural} stand apart from the whole cannot be told: too much is withheld or not known.")),
        Some(Apart { above: 0, below: 0, hidden: 0, .. }) => sentences
            .push(format!("No {one} stands clearly apart from the whole: all lie within what areas of their size vary by.")),
        Some(Apart { above: 0, below: 0, hidden, .. }) => sentences.push(format!(
            "No {one} that is shown stands clearly apart from the whole; of {} it cannot be told.",
            counted(hidden, one, plural)
        )),
        Some(Apart { above, below, hidden, by_chance }) => sentences.push(format!(
            "The rate is clearly above that of the whole in {above} and clearly below it in {below} of {} {plural}{}. If {plural} differed at random, and by as much as most of these do, about {} would lie so far out.",
            rows.len() - hidden,
            if hidden > 0 { " that are shown" } else { "" },
            decimal(by_chance, 0)
        )),
    }
    if let Some(varied) = varied.filter(|v| v.is_told() && apart.is_some()) {
        sentences.push(format!(
            "Most {plural} differ from the whole by more than chance: their scores vary {} times as much, and the limits allow for it.",
            decimal(varied.found.phi, 1)
        ));
    }
    if let Cell::Known(n) = unlocated
        && n > 0
    {
        let records = agreed(n as usize, "of the records has no known place: it is", "of the records have no known place: they are");
        sentences.push(format!("{} {records} in the total and on no map.", thousands(n)));
    }
    sentences.extend(moved(facts, rows).map(|m| m.0));
    let untold = |i: usize| facts.untold.get(i).is_some_and(Option::is_some);
    let missing = rows.iter().enumerate().filter(|(i, r)| r.count == Cell::Missing && !untold(*i)).count();
    if missing == rows.len() {
        sentences
            .push(format!("The source does not say in which {} they lie, so no area is shown as having none.", facts.geography.singular()));
    } else if missing > 0 {
        sentences.push(format!(
            "{missing} areas are missing and not quiet: their police force published nothing for some or all of these months."
        ));
    }
    if !facts.complete {
        sentences.push("Some months of this period are missing, so these counts and rates are too low by what those months held.".into());
    }
    sentences.extend(untold_sentence(facts));
    let withheld = rows.iter().enumerate().filter(|(i, _)| !untold(*i)).map(|(_, r)| r).filter(|r| r.count == Cell::Withheld).count();
    if withheld > 0 {
        let areas = counted(withheld, "area is withheld", "areas are withheld");
        sentences.push(format!("{areas}, so that nobody can be recognised."));
    }
    sentences
}

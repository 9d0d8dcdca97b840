//! Rates by area, with limits, a funnel, and whom they are rates of.

use super::apart::Apart;
use super::{Burden, ranks as rank_sets};
use crate::analyses::by_area::table;
use crate::analyses::draft::{Draft, Released, Telling};
use crate::analyses::hotspots::MOST_HIDDEN;
use crate::analyses::indicator::Indicator;
use crate::analyses::said;
use crate::analyses::words::thousands;
use crate::model::{
    AreaRate, AreaRates, AreaVariation, Arg, Beyond, Body, FunnelPlace, Message, Whole, interval, rate_classes, rate_decimals,
};
use crate::msg;
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
            complete: dataset.is_recorded_throughout(&select),
            breaks: said::breaks_within(study, dataset, &indicator.categories, period),
            months_covered: said::months_told(study, dataset, &select),
            per: self.per,
            level: self.level,
            untold: counted.untold_beside(),
            open: study.is_open_source(dataset.source),
            ranked: study.sources_of_rate(dataset).iter().all(|s| s.sensitivity.is_open()),
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
    /// Whether every month of the period is there, with its categories.
    complete: bool,
    /// Changes of recording within it.
    breaks: Vec<Message>,
    /// How many months of the period are told to be there for every area.
    months_covered: usize,
    per: f64,
    level: f64,
    /// For each area, and last for none, what the source does not tell, beside what it does.
    untold: Vec<Option<(Untold, u64)>>,
    /// Whether the source may be shown as it is.
    open: bool,
    /// Whether everything that a rate is made of is open: of anything else no ranks are told.
    ranked: bool,
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
                rank: None,
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
    if facts.ranked {
        rank_sets::rank(&mut rows, facts.level);
    }
    // Where nothing happened, or one area is all there is, none is apart and none would be.
    let by_chance = varied.as_ref().map_or(0.0, |v| v.found.outside_by_chance(&v.expected, facts.level));
    let apart = average.known().and_then(|_| Apart::of(&rows, by_chance));
    let headline = headline(facts, &rows, apart);
    let sentences = area_sentences(facts, &rows, unlocated, &whole, apart, varied.as_ref());
    let per = thousands(facts.per as u64);
    let subtitle = msg!(
        "burden-subtitle",
        label = &facts.label,
        per = Arg::Number(facts.per, 0),
        people = facts.people(),
        plural = facts.geography.plural(),
        period = facts.period
    );
    let decimals = whole.rate.known().map_or(1, |r| rate_decimals(r.value));
    let body = Body::AreaRates(AreaRates {
        geography: facts.geography,
        measure: facts.label.clone(),
        unit: format!("per {per} {}", facts.people()),
        per: facts.per,
        classes: rate_classes(&rows, decimals),
        funnel: funnel(&rows, &average, varied.as_ref(), facts.per),
        variation: varied.as_ref().map(|v| AreaVariation {
            phi: v.found.phi,
            between: v.found.tau2,
            by_chance: apart.map(|a| a.by_chance),
            as_many_by_chance: apart.map(|a| a.as_many_by_chance),
        }),
        rows,
        unlocated,
        total: whole,
    });
    Telling { headline, subtitle, sentences, figures: vec![], body }
}

fn headline(facts: &AreaFacts, rows: &[AreaRate], apart: Option<Apart>) -> Message {
    let label = &facts.label;
    let headline = match apart {
        _ if rows.iter().all(|r| r.count == Cell::Missing) => msg!("burden-headline-not-known", label = label),
        None => msg!("burden-headline-untold", label = label),
        Some(Apart { above: 0, hidden: 0, .. }) => msg!("burden-headline-none", label = label),
        Some(Apart { above: 0, .. }) => msg!("burden-headline-none-shown", label = label),
        Some(apart) if apart.as_chance() => msg!("burden-headline-as-chance", label = label),
        Some(Apart { above, .. }) => msg!("burden-headline-above", label = label, above = above, areas = rows.len()),
    };
    match facts.months_covered == facts.period.len() {
        true => headline,
        false => msg!("burden-headline-months", headline = headline, covered = facts.months_covered, months = facts.period.len()),
    }
}

/// Areas whose rank by rate depends on which people it is of: it moves by more than a tenth of all areas between the two.
fn moved(facts: &AreaFacts, rows: &[AreaRate]) -> Option<Message> {
    let (group, second) = facts.second.as_ref()?;
    let known: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].rate.known().is_some() && second[*i].is_some_and(|p| p > 0.0)).collect();
    if second.iter().flatten().count() < 2 {
        return Some(msg!("burden-second-people", group = group));
    }
    // From few areas no order of all of them can be told.
    if known.len() < 2 || (rows.len() - known.len()) as f64 > MOST_HIDDEN * rows.len() as f64 {
        return Some(msg!("burden-second-not-known"));
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
    let names: Vec<&str> = far.iter().take(MOST_NAMED).map(|m| m.1).collect();
    let (people, areas) = (facts.people(), far.len());
    Some(match areas {
        0 => msg!("burden-second-same", group = group, people = people),
        n if n > names.len() => msg!("burden-second-moves-most", group = group, people = people, areas = areas, names = names),
        _ => msg!("burden-second-moves", group = group, people = people, areas = areas, names = names),
    })
}

/// So many areas are named in a sentence.
const MOST_NAMED: usize = 5;

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
fn untold_sentence(facts: &AreaFacts) -> Option<Message> {
    let areas: Vec<(usize, Untold, u64)> =
        facts.untold.iter().enumerate().filter_map(|(i, u)| u.map(|(u, n)| (i, u, n))).filter(|(i, _, _)| *i < facts.areas.len()).collect();
    if areas.is_empty() {
        return None;
    }
    let (some, all, plural) = (areas.len(), facts.areas.len(), facts.geography.plural());
    let text = match areas.iter().any(|a| a.1.suppressed) {
        true => msg!("burden-source-withholds", some = some, areas = all, plural = plural),
        false => msg!("burden-source-leaves-out", some = some, areas = all, plural = plural),
    };
    let bounds = |(i, u, n): &(usize, Untold, u64)| {
        let (low, high) = (n + u.bounds.low.unwrap_or(0), n + u.bounds.high?);
        Some(msg!("burden-source-range", place = &facts.areas.get(*i)?.1, low = low, high = high))
    };
    // Of a restricted source the other counts would follow from the bounds.
    let ranges: Vec<Message> = areas.iter().filter(|_| facts.open).filter_map(bounds).take(10).collect();
    Some(if ranges.is_empty() { text } else { text.then(msg!("burden-source-bounds", ranges = series(ranges))) })
}

fn series(items: Vec<Message>) -> Arg {
    Arg::Series(items.into_iter().map(Arg::from).collect())
}

fn area_sentences(
    facts: &AreaFacts,
    rows: &[AreaRate],
    unlocated: Cell<u64>,
    whole: &Whole,
    apart: Option<Apart>,
    varied: Option<&Varied>,
) -> Vec<Message> {
    let mut sentences: Vec<Message> = total_sentence(facts, whole).into_iter().collect();
    let plural = facts.geography.plural();
    let phi = varied.filter(|v| v.is_told() && apart.is_some()).map(|v| v.found.phi);
    sentences.push(apart_sentence(facts, rows, apart, phi));
    // Where none stands apart of those that are all shown, one sentence has said both.
    if let Some(phi) = phi.filter(|_| apart.is_none_or(|a| a.above + a.below + a.hidden != 0)) {
        sentences.push(msg!("burden-varied", plural = plural, times = Arg::Number(phi, 1)));
    }
    sentences.extend(rank_sets::sentence(rows, facts.geography));
    sentences.extend(unlocated.known().filter(|n| *n > 0).map(|n| msg!("unlocated", records = n)));
    sentences.extend(moved(facts, rows));
    let untold = |i: usize| facts.untold.get(i).is_some_and(Option::is_some);
    let missing = rows.iter().enumerate().filter(|(i, r)| r.count == Cell::Missing && !untold(*i)).count();
    sentences.extend(match missing {
        n if n == rows.len() => Some(msg!("burden-no-areas", singular = facts.geography.singular())),
        0 => None,
        n => Some(msg!("burden-missing", areas = n)),
    });
    sentences.extend((!facts.complete).then(|| msg!("incomplete-rates")));
    sentences.extend(facts.breaks.iter().cloned());
    sentences.extend(untold_sentence(facts));
    let withheld = rows.iter().enumerate().filter(|(i, _)| !untold(*i)).map(|(_, r)| r).filter(|r| r.count == Cell::Withheld).count();
    sentences.extend((withheld > 0).then(|| msg!("withheld-areas", areas = withheld)));
    sentences
}

fn total_sentence(facts: &AreaFacts, whole: &Whole) -> Option<Message> {
    let (label, area, period, topic) = (&facts.label, &facts.area_name, facts.period, said::topic(facts.topic));
    let count = whole.count.known()?;
    Some(match whole.rate {
        Cell::Known(r) => {
            let decimals = if r.value < 10.0 { 2 } else { 1 };
            msg!(
                "burden-total-rate",
                label = label,
                topic = topic,
                count = count,
                area = area,
                period = period,
                rate = Arg::Number(r.value, decimals),
                per = Arg::Number(facts.per, 0),
                people = facts.people(),
                interval = interval(&r, decimals)
            )
        }
        _ => msg!("burden-total", label = label, topic = topic, count = count, area = area, period = period),
    })
}

/// How many areas stand apart; `phi` is by how many times the variance of chance they vary, where that is told.
fn apart_sentence(facts: &AreaFacts, rows: &[AreaRate], apart: Option<Apart>, phi: Option<f64>) -> Message {
    let (singular, plural) = (facts.geography.singular(), facts.geography.plural());
    match apart {
        None => msg!("burden-apart-not-known", plural = plural),
        Some(Apart { above: 0, below: 0, hidden: 0, .. }) => match phi {
            Some(phi) => msg!("burden-apart-none-varied", singular = singular, plural = plural, times = Arg::Number(phi, 1)),
            None => msg!("burden-apart-none", singular = singular),
        },
        Some(Apart { above: 0, below: 0, hidden, .. }) => {
            msg!("burden-apart-none-shown", singular = singular, plural = plural, hidden = hidden)
        }
        Some(Apart { above, below, hidden, by_chance, .. }) => {
            let areas = rows.len() - hidden;
            let apart = match hidden {
                0 => msg!("burden-apart", above = above, below = below, areas = areas, plural = plural),
                _ => msg!("burden-apart-shown", above = above, below = below, areas = areas, plural = plural),
            };
            apart.then(msg!("burden-by-chance", plural = plural, areas = Arg::Number(by_chance, 0)))
        }
    }
}

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, Released, Telling};
use super::indicator::{Indicator, open_incidents};
use super::said;
use crate::model::{Arg, BesideChance, Body, Concentration, ConcentrationPoint, ConcentrationSaid, Kept, Message};
use crate::msg;
use crate::stats::concentration::{Chance, Curve, Drawn, Lasting, by_chance, kept, kept_by_chance, lasting};
use crate::study::{Dataset, Select, Study};
use crate::units::{Cell, Geography, Period};

/// The settings of a `concentration` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ConcentrationSettings {
    /// Categories, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
    /// How many of the latest months are counted. Their first half is held against their second.
    pub months: usize,
    /// The group of residents by which chance deals events out, such as `all` or `female`.
    pub denominator: String,
    /// How often events are dealt out by chance.
    pub draws: usize,
}

impl Default for ConcentrationSettings {
    fn default() -> Self {
        Self { categories: vec![], months: 24, denominator: "all".into(), draws: 999 }
    }
}

/// With fewer areas a tenth of them is no two.
pub(super) const FEWEST_AREAS: usize = 20;
/// Of fewer events a concentration is the place of a handful.
const FEWEST_EVENTS: u64 = 50;
/// A half with fewer months says little of what lasts.
const FEWEST_MONTHS_OF_A_HALF: usize = 6;
/// The share of areas that is looked at as the top.
const TOP: f64 = 0.1;
/// A claim is made where chance gives as much in at most this share of draws: two sides share 5 %.
const CALLED_AT: f64 = 0.025;
/// Where the counts of more than this share of areas are not known, nothing is told.
const MOST_UNKNOWN: f64 = 0.1;
/// Places of the curve.
const PLACES: [f64; 13] = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

impl Analysis for ConcentrationSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        if study.areas.list.len() < FEWEST_AREAS {
            return vec![];
        }
        // Shares over areas are told of open sources alone: no claim of the audit works a simulation out again.
        let each = open_incidents(study, &self.categories).into_iter();
        each.map(|(dataset, indicator)| self.draft(study, dataset, &indicator)).collect()
    }
}

impl ConcentrationSettings {
    fn draft(&self, study: &Study, dataset: &Dataset, indicator: &Indicator) -> Draft {
        let period = dataset.period.last_months(self.months.max(1));
        let (before, later) = halves(period);
        let select = |months: Period| Select { categories: indicator.categories.clone(), period: Some(months), ..Select::default() };
        let columns = [period, before, later].map(|months| {
            let counted = dataset.known_by_area(&select(months));
            let untold = |i: usize| counted.untold.get(i).is_some_and(Option::is_some);
            let told: Vec<Option<u64>> = counted.by.iter().enumerate().map(|(i, n)| n.filter(|_| !untold(i))).collect();
            (told, counted.kept_back())
        });
        let rows = (0..study.areas.list.len()).map(|i| columns.iter().map(|(told, _)| told[i]).collect()).collect();
        let table = columns.iter().enumerate().fold(CountTable::new(rows), |table, (k, (_, kept_back))| table.keeping_back(k, kept_back));
        let caveats = vec![msg!("concentration-caveat-where"), msg!("concentration-caveat-areas")];
        let head = indicator.head_by_area(study, dataset, "concentration", period, caveats);
        let complete = |months: Period| dataset.is_recorded_throughout(&select(months));
        let long_enough = before.len().min(later.len()) >= FEWEST_MONTHS_OF_A_HALF;
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            label: indicator.label.clone(),
            residents: study.areas.residents(&self.denominator),
            period,
            halves: (long_enough && complete(before) && complete(later)).then_some((before, later)),
            complete: complete(period),
            breaks: said::breaks_within(study, dataset, &indicator.categories, period),
            draws: self.draws.clamp(99, 99_999),
            seed: study.about.seed,
        };
        Draft::new(head, table, facts, tell)
    }
}

/// The first and the second half of some months; of an odd number the middle one belongs to the second.
fn halves(period: Period) -> (Period, Period) {
    let middle = period.first.plus((period.len() / 2) as i32);
    let before = Period::new(period.first, middle.plus(-1)).unwrap_or(period);
    (before, Period::new(middle, period.last).unwrap_or(period))
}

/// What everyone may know.
struct Facts {
    area_name: String,
    geography: Geography,
    label: String,
    residents: Vec<Option<f64>>,
    period: Period,
    /// Both halves, where they are long enough and nothing is missing in either.
    halves: Option<(Period, Period)>,
    complete: bool,
    breaks: Vec<Message>,
    draws: usize,
    seed: u64,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let (counts, people) = (released.column(0), &facts.residents);
    let by_residents = people.iter().any(|p| p.is_some_and(|p| p > 0.0));
    let lived_in = |i: &usize| !by_residents || people[*i].is_some_and(|p| p > 0.0);
    let lived: Vec<usize> = (0..counts.len()).filter(lived_in).collect();
    let known: Vec<usize> = lived.iter().copied().filter(|i| counts[*i].known().is_some()).collect();
    let shown = known.len() as f64 >= (1.0 - MOST_UNKNOWN) * lived.len() as f64 && known.len() >= FEWEST_AREAS;
    let events: u64 = known.iter().filter_map(|i| counts[*i].known()).sum();
    let mut body = Concentration {
        geography: facts.geography,
        measure: facts.label.clone(),
        areas: known.len(),
        events: if shown { Cell::Known(events) } else { Cell::Missing },
        by_residents,
        top: TOP,
        said: ConcentrationSaid::NotKnown,
        half: None,
        in_top: None,
        beside_varying: None,
        lasting: None,
        lasting_half: None,
        kept: None,
        curve: vec![],
    };
    if shown && events >= FEWEST_EVENTS {
        let people: Vec<f64> = known.iter().map(|i| if by_residents { people[*i].unwrap_or(1.0) } else { 1.0 }).collect();
        fill(&mut body, facts, released, &known, &people);
    }
    let left_out = (shown && known.len() < counts.len()).then_some(counts.len() - known.len());
    let headline = match (&body.said, body.in_top) {
        (_, None) if shown => msg!("concentration-headline-too-few", label = &facts.label),
        (_, None) | (ConcentrationSaid::NotKnown, _) => msg!("concentration-headline-not-known", label = &facts.label),
        (ConcentrationSaid::More, Some(top)) => {
            msg!("concentration-headline-more", label = &facts.label, top = Arg::share(TOP, 0), share = Arg::share(top.observed, 0))
        }
        (ConcentrationSaid::AsChance, _) => msg!("concentration-headline-chance", label = &facts.label),
        (ConcentrationSaid::Less, _) => msg!("concentration-headline-less", label = &facts.label),
    };
    let subtitle = msg!(
        "concentration-subtitle",
        label = &facts.label,
        plural = facts.geography.plural(),
        area = &facts.area_name,
        period = facts.period
    );
    Telling { headline, subtitle, sentences: sentences(facts, &body, shown, left_out), figures: vec![], body: Body::Concentration(body) }
}

/// The shares, beside chance.
fn fill(body: &mut Concentration, facts: &Facts, released: &Released, known: &[usize], people: &[f64]) {
    let column = |k: usize| -> Option<Vec<f64>> { known.iter().map(|i| Some(released.at(*i, k).known()? as f64)).collect() };
    let Some(events) = column(0) else { return };
    let Some(curve) = Curve::new(&events) else { return };
    let total = events.iter().sum::<f64>() as u64;
    let even = Drawn { people, events: total, alpha: 0.0, draws: facts.draws, seed: facts.seed };
    let chances = by_chance(&even, &curve, &PLACES);
    let Some((half, places)) = chances.split_last() else { return };
    let beside = |observed: f64, c: &Chance, p: f64| BesideChance { observed, by_chance: c.mean, lower: c.lower, upper: c.upper, p };
    // Fewer areas with half of the events are more concentrated.
    body.half = Some(beside(curve.holding(0.5), half, half.p_less));
    let point = |(areas, c): (&f64, &Chance)| ConcentrationPoint { areas: *areas, events: beside(curve.held_by(*areas), c, c.p_more) };
    body.curve = PLACES.iter().zip(places).map(point).collect();
    let top = PLACES.iter().position(|p| *p == TOP).and_then(|k| places.get(k));
    body.in_top = top.map(|c| beside(curve.held_by(TOP), c, c.p_more));
    body.said = match top {
        Some(c) if c.p_more <= CALLED_AT => ConcentrationSaid::More,
        Some(c) if c.p_less <= CALLED_AT => ConcentrationSaid::Less,
        Some(_) => ConcentrationSaid::AsChance,
        None => ConcentrationSaid::NotKnown,
    };
    let found: Option<Lasting> = lasting(&events, people, TOP);
    body.lasting = found.map(|l| l.top);
    body.lasting_half = found.map(|l| l.half);
    if let Some(alpha) = found.map(|l| l.alpha.value).filter(|a| *a > 0.0) {
        let varying = by_chance(&Drawn { alpha, seed: facts.seed ^ 1, ..even }, &curve, &[TOP]);
        body.beside_varying = varying.first().map(|c| beside(curve.held_by(TOP), c, c.p_more));
    }
    let Some(((before, later), was, now)) = facts.halves.and_then(|h| Some((h, column(1)?, column(2)?))) else { return };
    let enough = |events: &[f64]| events.iter().sum::<f64>() >= FEWEST_EVENTS as f64;
    if !(enough(&was) && enough(&now)) {
        return;
    }
    // Chance draws the rates of the later half anew: they differ as much as they do there, and remember nothing.
    let alpha = lasting(&now, people, TOP).map_or(0.0, |l| l.alpha.value);
    let drawn = Drawn { people, events: now.iter().sum::<f64>() as u64, alpha, draws: facts.draws, seed: facts.seed ^ 2 };
    let own = Curve::new(&was).map(|c| c.held_by(TOP)).zip(kept(&was, &now, TOP));
    body.kept = own.and_then(|(share_before, share)| {
        let chance = kept_by_chance(&drawn, &was, share, TOP)?;
        Some(Kept { before, later, share_before, share: beside(share, &chance, chance.p_more) })
    });
}

fn sentences(facts: &Facts, body: &Concentration, shown: bool, left_out: Option<usize>) -> Vec<Message> {
    let label = || Message::as_written(&facts.label);
    let plural = facts.geography.plural();
    let percent = |x: f64| Arg::share(x, 0);
    let mut told = Vec::new();
    match (body.half, body.in_top) {
        (Some(half), Some(top)) => {
            told.push(msg!(
                "concentration-shares",
                label = label(),
                events = body.events,
                half = percent(half.observed),
                plural = plural,
                top = percent(TOP),
                share = percent(top.observed)
            ));
            let basis = Arg::Key(if body.by_residents { "residents" } else { "areas" });
            let said = Arg::Key(match body.said {
                ConcentrationSaid::More => "more",
                ConcentrationSaid::Less => "less",
                ConcentrationSaid::AsChance | ConcentrationSaid::NotKnown => "chance",
            });
            let (lower, upper) = (percent(top.lower), percent(top.upper));
            let (half_lower, half_upper) = (percent(half.lower), percent(half.upper));
            told.push(msg!(
                "concentration-chance",
                basis = basis,
                said = said,
                lower = lower,
                upper = upper,
                half_lower = half_lower,
                half_upper = half_upper
            ));
        }
        _ if shown => told.push(msg!("concentration-too-few", label = label(), events = FEWEST_EVENTS)),
        _ => told.push(msg!("concentration-not-known", label = label())),
    }
    told.extend(body.lasting.filter(|_| body.said == ConcentrationSaid::More).map(|l| {
        let (share, lower, upper) = (percent(l.value), percent(l.lower), percent(l.upper));
        msg!("concentration-lasting", share = share, level = percent(l.level), lower = lower, upper = upper, top = percent(TOP))
    }));
    told.extend(body.beside_varying.filter(|b| b.p <= CALLED_AT).map(|b| {
        let (lower, upper) = (percent(b.lower), percent(b.upper));
        msg!("concentration-few-areas", lower = lower, upper = upper)
    }));
    told.extend(body.kept.map(|k| {
        let kept = Arg::Key(if k.share.p <= CALLED_AT { "kept" } else { "not-clear" });
        let (was, now, lower, upper) = (k.share_before, k.share.observed, k.share.lower, k.share.upper);
        msg!(
            "concentration-kept",
            kept = kept,
            top = percent(TOP),
            before = k.before,
            was = percent(was),
            later = k.later,
            now = percent(now),
            lower = percent(lower),
            upper = percent(upper)
        )
    }));
    told.extend(left_out.map(|areas| msg!("concentration-left-out", areas = areas)));
    told.extend((shown && !facts.complete).then(|| msg!("incomplete-rates")));
    told.extend(facts.breaks.iter().cloned());
    told
}

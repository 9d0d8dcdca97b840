use schemars::JsonSchema;
use serde::Deserialize;

use super::by_area::by_area;
use super::draft::{Draft, DraftHead, Released, Telling};
use super::indicator::{Indicator, headlines};
use super::inequality_line::{FEWEST_AREAS, FEWEST_AREAS_WITH_EVENTS, FEWEST_EVENTS, Line, through};
use super::words::{slug, thousands};
use super::{Analysis, Figure, said};
use crate::model::{Arg, Body, Gradient, GradientGroup, HangsOn, Message, interval};
use crate::msg;
use crate::sources::Topic;
use crate::stats::area_gradient::{MostDeprived, Variation};
use crate::stats::counts::rate;
use crate::stats::inequality::{concentration, lorenz, quantiles};
use crate::study::{Dataset, Select, Study};
use crate::units::{Cell, Estimate, Period};

/// The settings of an `inequality` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Inequality {
    /// Categories, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
    /// How many of the latest months are counted.
    pub months: usize,
    /// The group of residents that rates are of, such as `all` or `female`.
    pub denominator: String,
    /// Rates are per this many residents.
    #[serde(deserialize_with = "crate::units::per_people")]
    pub per: f64,
}

impl Default for Inequality {
    fn default() -> Self {
        Self { categories: vec![], months: 12, denominator: "all".into(), per: 1000.0 }
    }
}

const GROUPS: usize = 5;
const LABELS: [&str; GROUPS] = ["most deprived fifth", "second fifth", "middle fifth", "fourth fifth", "least deprived fifth"];
pub(super) const LEVEL: f64 = 0.95;
/// Where more than this share of the residents lives in areas that are not shown, nothing is told.
const MOST_HIDDEN: f64 = 0.1;

impl Analysis for Inequality {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let ranked = study.areas.list.iter().filter(|a| a.deprivation.is_some()).count();
        if ranked < FEWEST_AREAS {
            return vec![];
        }
        let incidents = study.datasets.iter().filter(|d| d.topic == Topic::Incidents);
        let each = incidents.flat_map(|d| headlines(study, d, &self.categories).into_iter().map(move |i| (d, i)));
        each.map(|(dataset, indicator)| self.draft(study, dataset, &indicator)).collect()
    }
}

impl Inequality {
    fn draft(&self, study: &Study, dataset: &Dataset, indicator: &Indicator) -> Draft {
        let source = study.source_ref(dataset.source);
        let (period, table) = by_area(study, dataset, indicator, self.months);
        let select = Select { categories: indicator.categories.clone(), period: Some(period), ..Select::default() };
        let mut caveats = vec![msg!("inequality-caveat-areas"), msg!("inequality-caveat-rank")];
        caveats.extend((!indicator.note.is_empty()).then(|| Message::as_written(&indicator.note)));
        let head = DraftHead {
            id: format!("inequality/{}/{}/areas", slug(&source.name), slug(&indicator.label)),
            analysis: "inequality",
            sources: study.sources_of_rate(dataset).into_iter().chain(study.source_of_deprivation()).collect(),
            period,
            polarity: indicator.polarity,
            status: indicator.status.clone(),
            caveats,
        };
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            label: indicator.label.clone(),
            people: if self.denominator == "all" { "residents".into() } else { format!("residents ({})", self.denominator) },
            // Quantiles count from the lowest: the least deprived.
            group: quantiles(&study.areas.list.iter().map(|a| a.deprivation).collect::<Vec<_>>(), GROUPS)
                .into_iter()
                .map(|q| q.map(|q| GROUPS - q))
                .collect(),
            names: study.areas.list.iter().map(|a| a.name.clone()).collect(),
            deprivation: study.areas.list.iter().map(|a| a.deprivation).collect(),
            residents: study.areas.residents(&self.denominator),
            period,
            complete: dataset.is_recorded_throughout(&select),
            months_covered: said::months_told(study, dataset, &select),
            breaks: said::breaks_within(study, dataset, &indicator.categories, period),
            per: self.per,
        };
        Draft::new(head, table, facts, tell)
    }
}

/// Areas that take no part: kept back, or counted by nobody.
struct NotShown {
    withheld: usize,
    missing: usize,
}

/// What everyone may know.
struct Facts {
    area_name: String,
    label: String,
    people: String,
    group: Vec<Option<usize>>,
    names: Vec<String>,
    deprivation: Vec<Option<f64>>,
    residents: Vec<Option<f64>>,
    period: Period,
    /// Whether every month of the period is there, for how many of them every area is, and changes of recording within it.
    complete: bool,
    months_covered: usize,
    breaks: Vec<Message>,
    per: f64,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let ranked: Vec<usize> = (0..facts.group.len()).filter(|i| facts.group[*i].is_some() && facts.residents[*i].is_some()).collect();
    let known: Vec<usize> = ranked.iter().copied().filter(|i| released.at(*i, 0).known().is_some()).collect();
    let people = |areas: &[usize]| areas.iter().filter_map(|i| facts.residents[*i]).sum::<f64>();
    let enough = people(&known) >= (1.0 - MOST_HIDDEN) * people(&ranked) && !known.is_empty();
    let groups: Vec<GradientGroup> = (0..GROUPS)
        .map(|g| {
            let own: Vec<usize> = known.iter().copied().filter(|i| facts.group[*i] == Some(g)).collect();
            let n: u64 = own.iter().filter_map(|i| released.at(*i, 0).known()).sum();
            let residents = people(&own);
            let shown = enough && residents > 0.0;
            let cell = |x: Option<Estimate>| if shown { Cell::applicable(x) } else { Cell::Withheld };
            GradientGroup {
                label: LABELS[g].into(),
                areas: ranked.iter().filter(|i| facts.group[**i] == Some(g)).count(),
                count: if shown { Cell::Known(n) } else { Cell::Withheld },
                residents: Cell::Known(people(
                    &ranked.iter().copied().filter(|i| facts.group[*i] == Some(g) && (!shown || own.contains(i))).collect::<Vec<_>>(),
                )),
                rate: cell(rate(n, residents, facts.per, LEVEL)),
            }
        })
        .collect();
    let line = if enough { gradient(facts, released, &known) } else { Line::Hidden };
    let fitted = if let Line::Told(found, on) = &line { Some((found, on)) } else { None };
    let rates: Vec<f64> =
        known.iter().map(|i| released.at(*i, 0).known().unwrap_or(0) as f64 / facts.residents[*i].unwrap_or(1.0)).collect();
    let weights: Vec<f64> = known.iter().filter_map(|i| facts.residents[*i]).collect();
    // Most deprived first.
    let order: Vec<f64> = known.iter().map(|i| -facts.deprivation[*i].unwrap_or(0.0)).collect();
    // Of a handful of events an index is the place of a few of them.
    let index = if matches!(line, Line::Hidden | Line::TooFew) { None } else { concentration(&rates, &weights, &order) };
    let total: u64 = groups.iter().filter_map(|g| g.count.known()).sum();
    let whole = if enough { Cell::applicable(rate(total, people(&known), facts.per, LEVEL)) } else { Cell::Withheld };
    let per = thousands(facts.per as u64);
    let body = Gradient {
        measure: facts.label.clone(),
        unit: format!("per {per} {}", facts.people),
        per: facts.per,
        curve: if enough { curve(&rates, &weights, &order) } else { vec![] },
        groups,
        whole,
        difference: fitted.map(|(f, _)| f.slope),
        ratio: fitted.map(|(f, _)| f.relative),
        p: fitted.map(|(f, _)| f.p),
        hangs_on: fitted.and_then(|(_, on)| *on).map(|(k, p)| HangsOn { area: facts.names[lived(facts, &known)[k]].clone(), p }),
        model: fitted.map(|(f, _)| model_name(f.variation).to_owned()),
        areas: known.iter().filter(|i| facts.residents[**i].is_some_and(|p| p > 0.0)).count(),
        concentration: index,
    };
    let of = |kind: Cell<u64>| ranked.iter().filter(|i| released.at(**i, 0) == kind).count();
    let missing = of(Cell::Missing);
    let not_shown = NotShown { missing, withheld: ranked.len() - known.len() - missing };
    let (headline, sentences) = words(facts, &body, &line, &not_shown);
    let (covered, months) = (facts.months_covered, facts.period.len());
    let headline = match covered == months {
        true => headline,
        false => msg!("inequality-headline-months", headline = headline, covered = covered, months = months),
    };
    let subtitle = msg!(
        "inequality-subtitle",
        label = &facts.label,
        per = Arg::Number(facts.per, 0),
        people = &facts.people,
        area = &facts.area_name,
        period = facts.period
    );
    let (withheld, missing) = (not_shown.withheld, not_shown.missing);
    let withheld = (missing == 0 || withheld > 0).then(|| Figure::new("areas withheld", withheld as f64));
    let figures = withheld.into_iter().chain((missing > 0).then(|| Figure::new("areas missing", missing as f64))).collect();
    Telling { headline, subtitle, sentences, figures, body: Body::Gradient(body) }
}

/// The line through all areas whose count is known, and not through five sums of them: areas vary for other reasons too.
fn gradient(facts: &Facts, released: &Released, known: &[usize]) -> Line {
    let lived = lived(facts, known);
    let events: Vec<f64> = lived.iter().map(|i| released.at(*i, 0).known().unwrap_or(0) as f64).collect();
    let people: Vec<f64> = lived.iter().filter_map(|i| facts.residents[*i]).collect();
    let deprivation: Vec<f64> = lived.iter().filter_map(|i| facts.deprivation[*i]).collect();
    through(&events, &people, &deprivation, MostDeprived::High, facts.per)
}

/// Areas with residents.
fn lived(facts: &Facts, known: &[usize]) -> Vec<usize> {
    known.iter().copied().filter(|i| facts.residents[*i].is_some_and(|p| p > 0.0)).collect()
}

fn model_name(variation: Variation) -> &'static str {
    match variation {
        Variation::Phi(_) => "quasi-Poisson",
        Variation::Alpha(_) => "negative binomial",
    }
}

/// Rates of the most and the least deprived fifth.
fn outer(body: &Gradient) -> Option<(f64, f64)> {
    Some((body.groups.first()?.rate.known()?.value, body.groups.last()?.rate.known()?.value))
}

/// Shares of people and of what they have, from the first in `order` on, at no more than a hundred places.
pub(super) fn curve(rates: &[f64], people: &[f64], order: &[f64]) -> Vec<(f64, f64)> {
    let mut by: Vec<usize> = (0..rates.len()).collect();
    by.sort_by(|a, b| order[*a].total_cmp(&order[*b]));
    let (all, events): (f64, f64) = (people.iter().sum(), rates.iter().zip(people).map(|(r, p)| r * p).sum());
    // Nothing at all, or nobody: lorenz says so.
    if events <= 0.0 || lorenz(rates, people).is_none() {
        return vec![];
    }
    let (mut x, mut y) = (0.0, 0.0);
    let mut points = vec![(0.0, 0.0)];
    for i in by {
        x += people[i] / all;
        y += rates[i] * people[i] / events;
        if x - points[points.len() - 1].0 >= 0.01 {
            points.push((x, y));
        }
    }
    if points[points.len() - 1].0 < 1.0 {
        points.push((1.0, 1.0));
    }
    points
}

fn words(facts: &Facts, body: &Gradient, line_of: &Line, not_shown: &NotShown) -> (Message, Vec<Message>) {
    let label = &facts.label;
    // The fifths are what a reader sees in the bars; the line decides whether there is a slope.
    let decimals = body.decimals();
    let rate = |x: f64| Arg::Number(x, decimals);
    let fifths = outer(body).map(|(most, least)| {
        msg!(
            "inequality-fifths",
            label = label,
            area = &facts.area_name,
            most = rate(most),
            per = Arg::Number(facts.per, 0),
            people = &facts.people,
            least = rate(least)
        )
    });
    let line = |r: &Estimate| msg!("inequality-line", times = Arg::Number(r.value, 2), interval = interval(r, 2));
    let (headline, slope) = match &body.ratio {
        Some(r) if body.hangs_on.is_some() => {
            let area = body.hangs_on.as_ref().map_or("", |h| h.area.as_str());
            (msg!("inequality-headline-hangs", label = label), line(r).then(msg!("inequality-hangs", area = area)))
        }
        Some(r) if r.lower > 1.0 => {
            let headline = match outer(body) {
                Some((most, least)) if least > 0.0 && most > least => {
                    msg!("inequality-headline-more", label = label, times = Arg::Number(most / least, 1))
                }
                _ => msg!("inequality-headline-more-line", label = label),
            };
            (headline, line(r).then(msg!("inequality-more")))
        }
        Some(r) if r.upper < 1.0 => (msg!("inequality-headline-less", label = label), line(r).then(msg!("inequality-less"))),
        Some(r) => {
            let none = msg!("inequality-none", label = label).then(line(r)).then(msg!("inequality-none-why"));
            (msg!("inequality-headline-none", label = label), none)
        }
        None => match line_of {
            Line::TooFew => (
                msg!("inequality-headline-too-few", label = label),
                msg!("inequality-too-few", label = label, events = FEWEST_EVENTS, areas = FEWEST_AREAS_WITH_EVENTS),
            ),
            Line::TooWide => (msg!("inequality-headline-too-wide", label = label), msg!("inequality-too-wide", label = label)),
            Line::Hidden | Line::Told(..) => (msg!("inequality-headline-not-known", label = label), msg!("inequality-not-known")),
        },
    };
    let mut told: Vec<Message> = fifths.filter(|_| body.ratio.is_some()).into_iter().chain([slope]).collect();
    told.extend(body.concentration.map(|c| {
        let number = |x: f64| Arg::Number(x, 0);
        let (lowest, highest, even) = (number(-1.0), number(1.0), number(0.0));
        msg!("inequality-concentration", index = Arg::Number(c, 2), lowest = lowest, highest = highest, even = even)
    }));
    told.extend((not_shown.withheld > 0).then(|| msg!("inequality-left-out", areas = not_shown.withheld)));
    told.extend((not_shown.missing > 0).then(|| msg!("inequality-missing", areas = not_shown.missing)));
    told.extend((!facts.complete).then(|| msg!("incomplete-rates")));
    told.extend(facts.breaks.iter().cloned());
    (headline, told)
}

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::by_area::by_area;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::hotspots::MOST_HIDDEN;
use super::indicator::{Indicator, headlines};
use super::largest::holds_most;
use super::said;
use super::words::slug;
use crate::model::{Arg, Body, Clusters, Expectation, FoundCluster, Message, ScannedArea, p_value};
use crate::msg;
use crate::sources::Topic;
use crate::stats::scan::{Circles, Cluster, Panel, Windows, scan, scan_by_size, sizes_up_to};
use crate::study::{Dataset, Select, Study};
use crate::units::{AreaCode, Bng, Cell, Geography, Month, Period, Sensitivity};

/// The settings of a `clusters` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ClusterSettings {
    /// Categories, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
    /// How many of the latest months are counted for clusters of places; of restricted sources always twelve at most, the months of the other tables.
    pub months: usize,
    /// The group of residents that is at risk, such as `all` or `female`.
    pub denominator: String,
    /// A circle grows up to this share of the residents at most; up to which share is chosen from the map (Gini).
    pub largest_share: f64,
    /// Simulated maps.
    pub simulations: usize,
    /// Whether open sources are also scanned for what is going on now.
    pub lately: bool,
}

impl Default for ClusterSettings {
    fn default() -> Self {
        Self { categories: vec![], months: 36, denominator: "all".into(), largest_share: 0.1, simulations: 999, lately: true }
    }
}

/// A cluster is called at this p-value.
const CALLED_AT: f64 = 0.05;
/// Fewer areas than this are no map.
pub(super) const FEWEST_AREAS: usize = 10;
/// Fewer months than this since a break do not tell what is usual.
const FEWEST_MONTHS: usize = 12;
/// A cluster that goes on now is at most this many months old: what is older is no news.
const NEWS_MONTHS: usize = 6;
/// No circle holds more areas than this: of up to 2,000 areas that is a tenth of them, as many as `largest-share` allows; of more the search would grow
/// with the square of the areas.
const MOST_AREAS_OF_A_CIRCLE: usize = 200;
/// On maps of more areas than this not every circle is looked at: the time that a scan takes is the areas times the circles about each.
const MANY_AREAS: usize = 2_000;
/// There, circles of more areas than this hold a share more than the one before.
const ALL_CIRCLES_UP_TO: usize = 20;
/// That share.
const CIRCLES_GROW_BY: f64 = 0.05;
/// Of restricted sources the months of the other tables are counted, so that no further count is released.
const MONTHS_OF_RESTRICTED: usize = 12;

impl Analysis for ClusterSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        if study.areas.list.len() < FEWEST_AREAS {
            return vec![];
        }
        let mut drafts = Vec::new();
        for dataset in study.datasets.iter().filter(|d| d.topic == Topic::Incidents) {
            let open = study.sources[dataset.source].sensitivity == Sensitivity::Open;
            for indicator in headlines(study, dataset, &self.categories) {
                drafts.push(self.places(study, dataset, &indicator, open));
                if open && self.lately {
                    drafts.extend(self.lately(study, dataset, &indicator));
                }
            }
        }
        drafts
    }
}

impl ClusterSettings {
    fn head(&self, study: &Study, dataset: &Dataset, indicator: &Indicator, period: Period, what: &str) -> DraftHead {
        let source = study.source_ref(dataset.source);
        let mut caveats = vec![msg!("clusters-caveat-why")];
        caveats.extend((what == "places").then(|| msg!("clusters-caveat-residents")));
        caveats.extend((!indicator.note.is_empty()).then(|| Message::as_written(&indicator.note)));
        caveats.extend(said::undated(study, dataset, &indicator.categories));
        DraftHead {
            id: format!("clusters/{}/{}/{what}", slug(&source.name), slug(&indicator.label)),
            analysis: "clusters",
            sources: if what == "places" { study.sources_of_rate(dataset) } else { vec![source] },
            period,
            polarity: indicator.polarity,
            status: indicator.status.clone(),
            caveats,
        }
    }

    fn facts(&self, study: &Study, indicator: &Indicator, period: Period, lately: bool) -> Facts {
        Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            label: indicator.label.clone(),
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            centres: study.areas.list.iter().map(|a| a.centre).collect(),
            residents: study.areas.residents(&self.denominator),
            period,
            lately,
            largest_share: self.largest_share.clamp(0.01, 0.5),
            simulations: self.simulations.clamp(99, 99_999),
            seed: study.about.seed,
        }
    }

    /// Where, over all months together.
    fn places(&self, study: &Study, dataset: &Dataset, indicator: &Indicator, open: bool) -> Draft {
        let months = if open { self.months } else { self.months.min(MONTHS_OF_RESTRICTED) };
        // A break touches all areas of a force alike: it moves no area beside another. Where several forces record, months before one tell them apart.
        let several = dataset.coverage.as_ref().is_some_and(|c| !c.is_of_one_force());
        let since = |b: Month| dataset.period.months().filter(|m| *m >= b).count();
        let breaks = study.breaks_of(dataset, &indicator.categories).into_iter().map(|b| since(b.first_month));
        let months = breaks.filter(|n| several && *n > 0).min().map_or(months, |n| months.min(n));
        let (period, table) = by_area(study, dataset, indicator, months);
        Draft::new(self.head(study, dataset, indicator, period, "places"), table, self.facts(study, indicator, period, false), tell)
    }

    /// Where something is going on now that is not usual for the area and not everywhere.
    fn lately(&self, study: &Study, dataset: &Dataset, indicator: &Indicator) -> Option<Draft> {
        let last_break = study.breaks_of(dataset, &indicator.categories).iter().map(|b| b.first_month).max();
        let first = last_break.map_or(dataset.period.first, |b| b.max(dataset.period.first));
        let period = Period::new(first, dataset.period.last)?;
        let select = Select { categories: indicator.categories.clone(), period: Some(period), ..Select::default() };
        if period.len() < FEWEST_MONTHS || !dataset.is_recorded_throughout(&select) {
            return None;
        }
        let by_month: Vec<Vec<Option<u64>>> = period
            .months()
            .map(|m| {
                let period = Period::new(m, m);
                dataset.by_area(&Select { categories: indicator.categories.clone(), period, ..Select::default() }).cells()
            })
            .collect();
        let rows = (0..study.areas.list.len()).map(|i| by_month.iter().map(|m| m[i]).collect()).collect();
        let head = self.head(study, dataset, indicator, period, "lately");
        Some(Draft::new(head, CountTable::new(rows), self.facts(study, indicator, period, true), tell))
    }
}

/// What everyone may know.
struct Facts {
    area_name: String,
    geography: Geography,
    label: String,
    areas: Vec<(AreaCode, String)>,
    centres: Vec<Bng>,
    residents: Vec<Option<f64>>,
    period: Period,
    lately: bool,
    largest_share: f64,
    simulations: usize,
    seed: u64,
}

impl Facts {
    /// The months of a cluster.
    fn months(&self, c: &Cluster) -> (Month, Month) {
        if self.lately {
            (self.period.first.plus(c.first as i32), self.period.first.plus(c.last as i32))
        } else {
            (self.period.first, self.period.last)
        }
    }

    /// Clusters among the areas that take part, by their positions there; by how much areas vary; and the largest size that was chosen.
    fn scan(&self, released: &Released, known: &[usize]) -> Scanned {
        let times = if self.lately { self.period.len() } else { 1 };
        let count = |i: usize, t: usize| released.at(i, t).known().unwrap_or(0).min(u64::from(u32::MAX)) as u32;
        let events: Vec<u32> = known.iter().flat_map(|i| (0..times).map(move |t| count(*i, t))).collect();
        let people: Vec<f64> = known.iter().filter_map(|i| self.residents[*i]).collect();
        // Squared: which is nearer is all that is asked.
        let far = |i: usize, j: usize| {
            let (a, b) = (self.centres[known[i]], self.centres[known[j]]);
            (a.easting_m - b.easting_m).powi(2) + (a.northing_m - b.northing_m).powi(2)
        };
        let (panel, grows_by) = if self.lately {
            let usual: Vec<f64> = events.chunks(times).map(|row| row.iter().map(|n| f64::from(*n)).sum()).collect();
            (Panel::permutation(times, events), usual)
        } else {
            (Panel::poisson(1, events, people.clone()), people)
        };
        let Some(panel) = panel else { return Scanned::default() };
        let circles = Circles::of_at_most(known.len(), MOST_AREAS_OF_A_CIRCLE, far, &grows_by, self.largest_share);
        let circles = if known.len() > MANY_AREAS { circles.growing_by(ALL_CIRCLES_UP_TO, CIRCLES_GROW_BY) } else { circles };
        if self.lately {
            let phi = panel.dispersion_over_time(NEWS_MONTHS);
            let windows = Windows { longest: NEWS_MONTHS, living: true, fewest: 2 };
            let clusters = scan(&panel.divided_by(phi), &circles, windows, self.simulations, self.seed).clusters;
            return Scanned { clusters, variation: Some(phi), size: None };
        }
        // Areas differ for reasons of their own: chance makes maps whose areas do so too. What neighbours share is what is looked for.
        let alpha = panel.variation_beside_neighbours(&circles);
        let sizes = sizes_up_to(self.largest_share);
        let (found, size) = scan_by_size(&panel.varied(alpha), &circles, &grows_by, &sizes, CALLED_AT, self.simulations, self.seed);
        Scanned { clusters: found.clusters, variation: Some(alpha), size }
    }
}

/// What a scan gives.
#[derive(Default)]
struct Scanned {
    clusters: Vec<Cluster>,
    variation: Option<f64>,
    size: Option<f64>,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let times = if facts.lately { facts.period.len() } else { 1 };
    let known: Vec<usize> = (0..facts.areas.len())
        .filter(|i| (0..times).all(|t| released.at(*i, t).known().is_some()) && facts.residents[*i].is_some_and(|r| r > 0.0))
        .collect();
    let hidden = (facts.areas.len() - known.len()) as f64 > MOST_HIDDEN * facts.areas.len() as f64;
    let known = if hidden { vec![] } else { known };
    let found = if known.len() < FEWEST_AREAS { Scanned::default() } else { facts.scan(released, &known) };
    let clusters: Vec<FoundCluster> = found
        .clusters
        .iter()
        .map(|c| {
            let (first_month, last_month) = facts.months(c);
            FoundCluster {
                areas: c.members.iter().map(|m| facts.areas[known[*m]].0).collect(),
                around: facts.areas[known[c.centre]].1.clone(),
                first_month,
                last_month,
                observed: Cell::Known(c.observed),
                expected: c.expected,
                relative_risk: Some(c.relative_risk).filter(|r| r.is_finite()),
                log_likelihood_ratio: c.log_likelihood_ratio,
                p: c.p,
            }
        })
        .collect();
    let called = clusters.iter().filter(|c| c.p <= CALLED_AT).count();
    let number = |code: AreaCode| clusters[..called].iter().position(|c| c.areas.contains(&code)).map(|k| k as u32 + 1);
    let areas = facts
        .areas
        .iter()
        .enumerate()
        .map(|(i, (code, name))| ScannedArea {
            code: *code,
            name: name.clone(),
            took_part: known.binary_search(&i).is_ok(),
            cluster: number(*code),
        })
        .collect();
    let mut sentences = sentences(facts, &clusters[..called], known.len());
    if !facts.lately && !known.is_empty() {
        let counts: Vec<Cell<u64>> = known.iter().map(|i| released.at(*i, 0)).collect();
        sentences.extend(holds_most(&facts.label, &counts, |k| facts.areas[known[k]].1.clone()));
    }
    let (label, area, plural, period) = (&facts.label, &facts.area_name, facts.geography.plural(), facts.period);
    let headline = match (called, facts.lately) {
        _ if known.len() < FEWEST_AREAS => msg!("clusters-headline-not-known", label = label),
        (0, false) => msg!("clusters-headline-none", label = label),
        (0, true) => msg!("clusters-headline-none-new", label = label),
        (1, false) if clusters[0].areas.len() == 1 => msg!("clusters-headline-place", label = label, place = &clusters[0].around),
        (n, false) => msg!("clusters-headline", label = label, clusters = n),
        (n, true) => msg!("clusters-headline-new", label = label, clusters = n),
    };
    let subtitle = match facts.lately {
        true => msg!("clusters-subtitle-new", label = label, area = area, plural = plural, period = period),
        false => msg!("clusters-subtitle", label = label, area = area, plural = plural, period = period),
    };
    let body = Clusters {
        geography: facts.geography,
        measure: facts.label.clone(),
        expected_from: if facts.lately { Expectation::UsualForAreaAndMonth } else { Expectation::Residents },
        living: facts.lately,
        simulations: facts.simulations,
        seed: facts.seed,
        called_at: CALLED_AT,
        variation: found.variation,
        largest_share: found.size,
        clusters,
        areas,
    };
    Telling { headline, subtitle, sentences, figures: vec![], body: Body::Clusters(body) }
}

/// So many clusters are told in sentences; the table lists all.
const MOST_NAMED: usize = 3;

fn sentences(facts: &Facts, called: &[FoundCluster], areas: usize) -> Vec<Message> {
    let (label, area) = (&facts.label, &facts.area_name);
    if areas < FEWEST_AREAS {
        return vec![msg!("clusters-not-known", label = label)];
    }
    let mut told: Vec<Message> = called.iter().take(MOST_NAMED).enumerate().map(|(i, c)| sentence(facts, c, i > 0)).collect();
    let more = called.len().saturating_sub(MOST_NAMED);
    told.extend((more > 0).then(|| msg!("clusters-more", clusters = more)));
    told.extend(called.is_empty().then(|| match facts.lately {
        true => msg!("clusters-none-new", area = area),
        false => msg!("clusters-none", area = area),
    }));
    let left_out = facts.areas.len() - areas;
    told.extend((left_out > 0).then(|| msg!("clusters-left-out", areas = left_out)));
    told
}

/// What is said of a cluster: after the first, what is counted needs no words.
fn sentence(facts: &Facts, c: &FoundCluster, next: bool) -> Message {
    let (label, plural) = (&facts.label, facts.geography.plural());
    let (areas, around, p) = (c.areas.len(), &c.around, p_value(c.p, 3));
    let (observed, first, last) = (c.observed, c.first_month, c.last_month);
    let times = |times: f64| Arg::Number(times, 1);
    let expected = Arg::Number(c.expected, usize::from(c.expected < 10.0));
    match c.relative_risk {
        _ if facts.lately && next => msg!(
            "clusters-found-new-next",
            first = first,
            observed = observed,
            areas = areas,
            plural = plural,
            around = around,
            expected = expected,
            times = times(observed.known().unwrap_or(0) as f64 / c.expected),
            p = p
        ),
        _ if facts.lately => msg!(
            "clusters-found-new",
            label = label,
            first = first,
            observed = observed,
            areas = areas,
            plural = plural,
            around = around,
            expected = expected,
            times = times(observed.known().unwrap_or(0) as f64 / c.expected),
            p = p
        ),
        Some(risk) if next => msg!(
            "clusters-found-next",
            observed = observed,
            areas = areas,
            plural = plural,
            around = around,
            first = first,
            last = last,
            expected = expected,
            times = times(risk),
            p = p
        ),
        Some(risk) => msg!(
            "clusters-found",
            label = label,
            observed = observed,
            areas = areas,
            plural = plural,
            around = around,
            first = first,
            last = last,
            expected = expected,
            times = times(risk),
            p = p
        ),
        None => msg!(
            "clusters-found-all",
            label = label,
            observed = observed,
            areas = areas,
            plural = plural,
            around = around,
            first = first,
            last = last,
            p = p
        ),
    }
}

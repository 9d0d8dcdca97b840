use std::fmt::Write;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::body::{AreaRate, AreaRates, Bar, Bars, Body, FunnelPlace, Row, Table, Whole, rate_classes};
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::indicator::{Indicator, headlines};
use super::words::{decimal, mid_sentence, slug, thousands};
use crate::sources::Topic;
use crate::stats::composite::ranks;
use crate::stats::counts::{proportion, rate};
use crate::stats::funnel::curve;
use crate::study::{Dataset, Select, Slice, SliceArea, Study};
use crate::units::{AreaCode, Cell, Estimate, Geography, Period};

/// The settings of a `burden` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Burden {
    /// Categories to map, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
    /// How many of the latest months a rate covers. Twelve, so that every season counts once.
    pub months: usize,
    /// The group that rates are of: a heading of the population table, such as `all` or `female`.
    pub denominator: String,
    /// A second group that rates could be of, such as `daytime`: areas whose rank depends on the choice are named.
    pub second_denominator: Option<String>,
    /// Rates are per this many residents.
    pub per: f64,
    /// Coverage of the intervals.
    pub level: f64,
}

impl Default for Burden {
    fn default() -> Self {
        Self { categories: vec![], months: 12, denominator: "all".into(), second_denominator: None, per: 1000.0, level: 0.95 }
    }
}

impl Analysis for Burden {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for dataset in study.datasets.iter().filter(|d| d.topic != Topic::PlaceReports) {
            if dataset.categories.len() > 1 {
                drafts.push(self.by_category(study, dataset));
            }
            for indicator in headlines(study, dataset, &self.categories) {
                drafts.push(self.by_area(study, dataset, &indicator));
                drafts.extend(self.by_area_and_period(study, dataset, &indicator));
            }
        }
        drafts
    }
}

/// Caveat of every count of recorded crime.
const UNDER_REPORTED: &str = "Recorded incidents are not prevalence: most violence against women and girls is never reported, and recording differs between forces and over time.";

/// Caveat of every count of referrals.
const ONLY_THOSE_REFERRED: &str = "Referrals are not need: they follow what is known, trusted and open. One person may be referred several times, and to several services.";

impl Burden {
    fn head(&self, study: &Study, dataset: &Dataset, indicator: Option<&Indicator>, period: Period, what: &str) -> DraftHead {
        let source = study.source_ref(dataset.source);
        let label = indicator.map_or("categories".to_owned(), |i| slug(&i.label));
        let mut caveats = vec![if dataset.topic == Topic::Referrals { ONLY_THOSE_REFERRED } else { UNDER_REPORTED }.to_owned()];
        caveats.extend(indicator.map(|i| i.note.clone()).filter(|n| !n.is_empty()));
        if dataset.apportioned > 0 {
            // No number here: a caveat is written before the release.
            caveats.push(
                "Some events carried a code that was split between two vintages and no point; they were shared out by residents.".into(),
            );
        }
        DraftHead {
            id: format!("burden/{}/{label}/{what}", slug(&source.name)),
            analysis: "burden",
            sources: if what == "areas" { study.sources_of_rate(dataset) } else { vec![source] },
            period,
            polarity: indicator.map_or(Default::default(), |i| i.polarity),
            status: indicator.map_or("recorded".into(), |i| i.status.clone()),
            caveats,
        }
    }

    fn by_category(&self, study: &Study, dataset: &Dataset) -> Draft {
        let period = dataset.period.last_months(self.months);
        let select = Select { period: Some(period), ..Select::default() };
        let counts = dataset.by_category(&select);
        let mut order: Vec<usize> = (0..counts.len()).collect();
        // Alphabetical: an order by size would tell the sizes of withheld counts.
        order.sort_by_key(|i| dataset.categories[*i].clone());
        let facts = CategoryFacts {
            unit: dataset.topic.unit(),
            area_name: study.about.area_name.clone(),
            labels: order.iter().map(|i| dataset.categories[*i].clone()).collect(),
            period,
            complete: dataset.is_complete(period),
            level: self.level,
        };
        let whole = dataset.slice(&select);
        let slices = order.iter().map(|i| Some(whole.of_category(*i as u32))).chain([Some(whole.clone())]);
        let table = CountTable::column(order.iter().map(|i| Some(counts[*i]))).with_total_row().counting(0, slices);
        Draft::new(self.head(study, dataset, None, period, "categories"), table, facts, tell_categories)
    }

    fn by_area(&self, study: &Study, dataset: &Dataset, indicator: &Indicator) -> Draft {
        let period = dataset.period.last_months(self.months);
        let select = Select { categories: indicator.categories.clone(), period: Some(period), ..Select::default() };
        let counted = dataset.by_area(&select);
        let facts = AreaFacts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            label: indicator.label.clone(),
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            residents: study.areas.residents(&self.denominator),
            denominator: self.denominator.clone(),
            second: self.second_denominator.as_ref().map(|group| (group.clone(), study.areas.residents(group))),
            period,
            complete: dataset.is_complete(period),
            per: self.per,
            level: self.level,
        };
        let rows = counted.by.iter().copied().chain([counted.unlocated]).map(Some);
        let table = CountTable::column(rows).with_total_row().counting(0, slices_by_area(study, &dataset.slice(&select)));
        Draft::new(self.head(study, dataset, Some(indicator), period, "areas"), table, facts, tell_areas)
    }

    /// Whole windows of `months`, counted back from the latest month, side by side.
    fn by_area_and_period(&self, study: &Study, dataset: &Dataset, indicator: &Indicator) -> Option<Draft> {
        let windows = dataset.period.len() / self.months.max(1);
        if windows < 2 {
            return None;
        }
        let mut periods: Vec<Period> = (0..windows)
            .filter_map(|w| {
                Period::new(
                    dataset.period.last.plus(1 - ((w + 1) * self.months) as i32),
                    dataset.period.last.plus(-((w * self.months) as i32)),
                )
            })
            .collect();
        periods.reverse();
        let select = |p: &Period| Select { categories: indicator.categories.clone(), period: Some(*p), ..Select::default() };
        let of = |p: &Period| {
            let complete = dataset.is_complete(*p);
            let counted = dataset.by_area(&select(p));
            counted.by.into_iter().chain([counted.unlocated]).map(|n| complete.then_some(n)).collect::<Vec<_>>()
        };
        let columns: Vec<Vec<Option<u64>>> = periods.iter().map(of).collect();
        let rows = (0..study.areas.list.len() + 1).map(|r| columns.iter().map(|c| c[r]).collect()).collect();
        let breaks = study.breaks_of(dataset, &indicator.categories);
        let facts = PeriodFacts {
            label: indicator.label.clone(),
            geography: study.about.geography,
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            periods: periods.clone(),
            breaks: breaks.iter().map(|b| format!("{}, from {}", b.title, b.first_month.label())).collect(),
        };
        let mut table = CountTable::new(rows).with_total_row();
        for (column, period) in periods.iter().enumerate().filter(|(_, p)| dataset.is_complete(**p)) {
            table = table.counting(column, slices_by_area(study, &dataset.slice(&select(period))));
        }
        let whole = Period { first: periods.first()?.first, last: periods.last()?.last };
        Some(Draft::new(self.head(study, dataset, Some(indicator), whole, "periods"), table, facts, tell_periods))
    }
}

/// What the rows of a table by area count: each area, the events without a known area, the whole.
pub(super) fn slices_by_area(study: &Study, whole: &Slice) -> Vec<Option<Slice>> {
    let areas = (0..study.areas.list.len() as u32).map(SliceArea::Area).chain([SliceArea::Unlocated, SliceArea::Whole]);
    areas.map(|area| Some(whole.in_area(area))).collect()
}

struct CategoryFacts {
    unit: &'static str,
    area_name: String,
    labels: Vec<String>,
    period: Period,
    complete: bool,
    level: f64,
}

fn tell_categories(facts: &CategoryFacts, released: &Released) -> Telling {
    let total = released.at(facts.labels.len(), 0);
    let bars: Vec<Bar> = facts
        .labels
        .iter()
        .enumerate()
        .map(|(i, label)| {
            let count = released.at(i, 0);
            let share = count.and_then(|n| total.and_then(|all| Cell::applicable(proportion(n, all.max(n), facts.level))));
            Bar { label: label.clone(), count, share }
        })
        .collect();
    let largest = bars.iter().filter_map(|b| Some((b.count.known()?, &b.label))).max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)));
    let mut sentences = Vec::new();
    if let Cell::Known(all) = total {
        let mut text = format!("In {}, {} {} were recorded in {}", facts.period.label(), thousands(all), facts.unit, facts.area_name);
        if let Some((n, label)) = largest.filter(|_| all > 0) {
            let _ = write!(text, "; {} made up {} % of them", mid_sentence(label), decimal(100.0 * n as f64 / all as f64, 0));
        }
        sentences.push(text + ".");
    }
    if !facts.complete {
        sentences.push("Some months of this period are missing, so these counts are too low by what those months held.".into());
    }
    Telling {
        headline: largest.map_or("What was recorded, by category".into(), |(_, l)| format!("{l} is the largest category")),
        subtitle: format!("Recorded {} by category, {}, {}", facts.unit, facts.area_name, facts.period.label()),
        sentences,
        body: Body::Bars(Bars { dimension: "Category".into(), unit: facts.unit.into(), bars, total }),
    }
}

struct AreaFacts {
    area_name: String,
    geography: Geography,
    label: String,
    areas: Vec<(AreaCode, String)>,
    residents: Vec<Option<f64>>,
    denominator: String,
    second: Option<(String, Vec<Option<f64>>)>,
    period: Period,
    /// Whether every month of the period is there.
    complete: bool,
    per: f64,
    level: f64,
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
    let rows: Vec<AreaRate> = facts
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
            }
        })
        .collect();
    let unlocated = released.at(facts.areas.len(), 0);
    let total = released.at(facts.areas.len() + 1, 0);
    let everyone: Option<f64> = facts.residents.iter().copied().sum();
    let residents = everyone.map_or(Cell::Missing, Cell::Known);
    let whole = Whole { name: facts.area_name.clone(), count: total, residents, rate: facts.rate_of(total, everyone) };
    let above = apart(&rows, &whole, true);
    let headline = match above {
        0 => format!("{}: no area stands clearly above the rest", facts.label),
        1 => format!("{}: one area stands clearly above the rest", facts.label),
        n => format!("{}: {n} of {} areas clearly above the whole", facts.label, rows.len()),
    };
    let sentences = area_sentences(facts, &rows, unlocated, &whole);
    let per = thousands(facts.per as u64);
    let subtitle = format!("{} per {per} {}, {}, {}", facts.label, facts.people(), facts.geography.plural(), facts.period.label());
    let body = Body::AreaRates(AreaRates {
        geography: facts.geography,
        measure: facts.label.clone(),
        unit: format!("per {per} {}", facts.people()),
        classes: rate_classes(&rows),
        funnel: funnel(&rows, &whole, facts.per),
        rows,
        unlocated,
        total: whole,
    });
    Telling { headline, subtitle, sentences, body }
}

/// Areas whose rank by rate depends on which people it is of: it moves by more than a tenth of all areas between the two.
fn moved(facts: &AreaFacts, rows: &[AreaRate]) -> Option<String> {
    let (group, second) = facts.second.as_ref()?;
    let known: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].rate.known().is_some() && second[*i].is_some_and(|p| p > 0.0)).collect();
    if known.len() < 2 {
        return Some(format!("No number of people is known for the second denominator, {group}."));
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
    Some(if far.is_empty() {
        format!("By {group} in place of {} no area's rank moves by more than a tenth of all areas.", facts.people())
    } else {
        let names: Vec<&str> = far.iter().take(5).map(|m| m.1).collect();
        let most = if far.len() > names.len() { ", most of all" } else { "" };
        format!(
            "By {group} in place of {} the rank of {} areas moves by more than a tenth of all areas{most} {}: what is said of these depends on whom one counts.",
            facts.people(),
            far.len(),
            names.join(", ")
        )
    })
}

/// Limits about the rate of the whole, from the area with the fewest residents to that with the most.
fn funnel(rows: &[AreaRate], whole: &Whole, per: f64) -> Vec<FunnelPlace> {
    let residents: Vec<f64> = rows.iter().filter_map(|r| r.residents.known()).filter(|r| *r > 0.0).collect();
    let (fewest, most) = residents.iter().fold((f64::INFINITY, 0.0_f64), |(a, z), r| (a.min(*r), z.max(*r)));
    let rate = whole.rate.known().map_or(0.0, |r| r.value / per);
    curve(rate, per, fewest, most).into_iter().map(|(residents, near, far)| FunnelPlace { residents, near, far }).collect()
}

/// How many areas have an interval that lies wholly above (or below) that of the whole.
fn apart(rows: &[AreaRate], whole: &Whole, above: bool) -> usize {
    let Cell::Known(average) = whole.rate else { return 0 };
    rows.iter().filter_map(|r| r.rate.known()).filter(|r| r.is_apart_from(&average) && (r.value > average.value) == above).count()
}

fn area_sentences(facts: &AreaFacts, rows: &[AreaRate], unlocated: Cell<u64>, whole: &Whole) -> Vec<String> {
    let mut sentences = Vec::new();
    let label = &facts.label;
    let decimals = if whole.rate.known().is_some_and(|r| r.value < 10.0) { 2 } else { 1 };
    let per = thousands(facts.per as u64);
    let percent = decimal(facts.level * 100.0, 0);
    match (whole.count, whole.rate) {
        (Cell::Known(n), Cell::Known(r)) => sentences.push(format!(
            "{label}: {} were recorded in {} in {}, or {} per {per} {} ({percent} % interval {} to {}).",
            thousands(n),
            facts.area_name,
            facts.period.label(),
            decimal(r.value, decimals),
            facts.people(),
            decimal(r.lower, decimals),
            decimal(r.upper, decimals)
        )),
        (Cell::Known(n), _) => {
            sentences.push(format!("{label}: {} were recorded in {} in {}.", thousands(n), facts.area_name, facts.period.label()))
        }
        _ => {}
    }
    if whole.rate.known().is_some() {
        let (above, below) = (apart(rows, whole, true), apart(rows, whole, false));
        sentences.push(match (above, below) {
            (0, 0) => format!("No {} stands clearly apart from the whole: the differences are within what chance alone would give.", facts.geography.singular()),
            _ => format!("The rate is clearly above that of the whole in {above} and clearly below it in {below} of {} {}. With so many areas, about {} would stand out by chance alone.",
                rows.len(), facts.geography.plural(), decimal(rows.len() as f64 * (1.0 - facts.level), 0)),
        });
    }
    if let Cell::Known(n) = unlocated
        && n > 0
    {
        sentences.push(format!("{} of the records have no known place: they are in the total and on no map.", thousands(n)));
    }
    sentences.extend(moved(facts, rows));
    if !facts.complete {
        sentences.push("Some months of this period are missing, so these counts and rates are too low by what those months held.".into());
    }
    let withheld = rows.iter().filter(|r| r.count == Cell::Withheld).count();
    if withheld > 0 {
        sentences.push(format!("{withheld} areas are withheld, so that nobody can be recognised."));
    }
    sentences
}

struct PeriodFacts {
    label: String,
    geography: Geography,
    areas: Vec<(AreaCode, String)>,
    periods: Vec<Period>,
    breaks: Vec<String>,
}

fn tell_periods(facts: &PeriodFacts, released: &Released) -> Telling {
    let labels = facts.areas.iter().map(|(code, name)| (Some(*code), name.clone()));
    let labels = labels.chain([(None, "Place not known".to_owned()), (None, "Total".to_owned())]);
    let rows = labels.enumerate().map(|(i, (code, label))| Row { code, label, cells: released.row(i) }).collect();
    let sentences =
        facts.breaks.iter().map(|b| format!("These periods are not all comparable: {b}. No change is given across it.")).collect();
    Telling {
        headline: format!("{}: counts by period", facts.label),
        subtitle: format!("{}, counts, {}", facts.label, facts.geography.plural()),
        sentences,
        body: Body::Table(Table { row_heading: "Area".into(), columns: facts.periods.iter().map(Period::label).collect(), rows }),
    }
}

use schemars::JsonSchema;
use serde::Deserialize;

use super::burden::slices_by_area;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::largest::{APART_LEVEL, alike};
use super::said;
use super::series::{self, SeriesFacts};
use super::words::slug;
use super::{Analysis, Figure};
use crate::model::{AreaCount, AreaCounts, Arg, Bar, Bars, Body, interval_percent};
use crate::msg;
use crate::sources::Topic;
use crate::stats::counts::proportion;
use crate::study::{Dataset, Group, Select, Slice, Study};
use crate::units::{AreaCode, Cell, Estimate, Geography, Period, Polarity};

/// The settings of a `places` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Places {
    /// How many of the latest months are told by reason, area and time of day.
    pub months: usize,
    /// Coverage of the intervals.
    pub level: f64,
}

impl Default for Places {
    fn default() -> Self {
        Self { months: 12, level: 0.95 }
    }
}

impl Analysis for Places {
    fn run(&self, study: &Study) -> Vec<Draft> {
        // Of a form whose file holds no row nobody knows whether nothing was reported or nothing was written down.
        let is_held = |d: &&Dataset| d.topic == Topic::PlaceReports && d.months_covered(d.period) > 0;
        let reports = study.datasets.iter().filter(is_held);
        reports.flat_map(|d| self.drafts(study, d)).collect()
    }
}

/// The groups that reports are told by.
const TIMES_OF_DAY: [Group; 3] = [Group::Day, Group::Night, Group::TimeNotKnown];

impl Places {
    fn drafts(&self, study: &Study, dataset: &Dataset) -> Vec<Draft> {
        let source = study.source_ref(dataset.source);
        let period = dataset.period.last_months(self.months);
        let head = |what: &str, period| DraftHead {
            id: format!("places/{}/{what}", slug(&source.name)),
            analysis: "places",
            sources: vec![source.clone()],
            period,
            polarity: Polarity::Ambiguous,
            status: "self-reported".into(),
            caveats: std::iter::once(msg!("places-caveat")).chain(said::undated(study, dataset, &[])).collect(),
        };
        let recent = Select { period: Some(period), ..Select::default() };
        let area_name = study.about.area_name.clone();

        let mut labels: Vec<(String, usize)> = dataset.categories.iter().cloned().zip(0..).collect();
        labels.sort();
        let counts = dataset.by_category(&recent);
        let whole = dataset.slice(&recent);
        let slices = labels.iter().map(|(_, i)| Some(whole.of_category(*i as u32))).chain([Some(whole.clone())]);
        let reasons = CountTable::column(labels.iter().map(|(_, i)| Some(counts[*i]))).with_total_row();
        let reasons = reasons.counting(0, slices.collect::<Vec<_>>());
        let facts = BarFacts {
            area_name: area_name.clone(),
            ordered: false,
            dimension: "Reason",
            labels: labels.into_iter().map(|l| l.0).collect(),
            period,
            level: self.level,
        };
        let mut drafts = vec![Draft::new(head("reasons", period), reasons, facts, tell_reasons)];

        let by_area = dataset.by_area(&recent);
        let areas = CountTable::column(by_area.by.into_iter().chain([by_area.unlocated]).map(Some)).with_total_row();
        let areas = areas.counting(0, slices_by_area(study, &whole));
        let facts = AreaFacts {
            area_name: area_name.clone(),
            geography: study.about.geography,
            period,
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
        };
        drafts.push(Draft::new(head("areas", period), areas, facts, tell_areas));

        if dataset.has_facets {
            let band = |group: &Group| dataset.total(&Select { group: Some(*group), ..recent.clone() });
            let counts: Vec<Option<u64>> = TIMES_OF_DAY.iter().map(|g| Some(band(g))).collect();
            let slices = TIMES_OF_DAY.iter().map(|g| Some(Slice { group: Some(*g), ..whole.clone() })).chain([Some(whole.clone())]);
            let slices: Vec<Option<Slice>> = slices.collect();
            if counts[0] != Some(0) || counts[1] != Some(0) {
                let labels = ["Day, 06:00 to 18:00", "Night, 18:00 to 06:00", "Time not known"].map(str::to_owned).to_vec();
                let facts =
                    BarFacts { area_name: area_name.clone(), ordered: true, dimension: "Time of day", labels, period, level: self.level };
                let table = CountTable::column(counts).with_total_row().counting(0, slices);
                drafts.push(Draft::new(head("night-and-day", period), table, facts, tell_night));
            }
        }
        let facts = SeriesFacts {
            area_name,
            label: msg!("places-label"),
            unit: "reports".into(),
            period: dataset.period,
            breaks: study.breaks_of(dataset, &[]),
            meaning_of_rise: msg!("places-meaning-rise"),
        };
        let counts = series::counts(&facts, &dataset.by_month(&Select::default()), &dataset.slice(&Select::default()));
        drafts.push(Draft::new(head("months", dataset.period), counts, facts, tell_months));
        drafts
    }
}

struct BarFacts {
    area_name: String,
    ordered: bool,
    dimension: &'static str,
    labels: Vec<String>,
    period: Period,
    level: f64,
}

impl BarFacts {
    fn bars(&self, released: &Released) -> Bars {
        let total = released.at(self.labels.len(), 0);
        let bar = |(i, label): (usize, &String)| {
            let count = released.at(i, 0);
            let share = count.and_then(|n| total.and_then(|all| Cell::applicable(proportion(n, all.max(n), self.level))));
            Bar { label: label.clone(), count, share }
        };
        Bars {
            dimension: self.dimension.into(),
            unit: "reports".into(),
            bars: self.labels.iter().enumerate().map(bar).collect(),
            ordered: self.ordered,
            total,
        }
    }
}

/// So many of the reasons that are alike are named.
const MOST_REASONS: usize = 4;

fn tell_reasons(facts: &BarFacts, released: &Released) -> Telling {
    let bars = facts.bars(released);
    let counts: Vec<Cell<u64>> = bars.bars.iter().map(|b| b.count).collect();
    let first: Vec<usize> = alike(&counts, bars.total);
    let top = first.first().and_then(|i| Some((bars.bars[*i].count.known()?, &facts.labels[*i])));
    let (area, period) = (&facts.area_name, facts.period);
    let level = || Arg::share(APART_LEVEL, 0);
    let one = |i: &usize| msg!("places-reason-one", reason = &facts.labels[*i], count = counts[*i]);
    let sentence = bars.total.known().map(|all| match (top, first.len()) {
        (None, _) => msg!("places-reason-none", total = all, area = area, period = period),
        (Some((n, reason)), 0 | 1) => {
            msg!("places-reason", total = all, area = area, period = period, reason = reason, count = n, level = level())
        }
        (Some(_), all_alike) => msg!(
            "places-reason-alike",
            total = all,
            area = area,
            period = period,
            names = first.iter().take(MOST_REASONS).map(one).collect::<Vec<_>>(),
            more = all_alike.saturating_sub(MOST_REASONS),
            level = level()
        ),
    });
    Telling {
        headline: match top {
            Some(_) if first.len() > 1 => msg!("places-headline-reason-alike", first = first.len()),
            Some((_, reason)) => msg!("places-headline-reason", reason = reason),
            None => msg!("places-headline-reasons"),
        },
        subtitle: msg!("places-subtitle-reasons", area = area, period = period),
        sentences: sentence.into_iter().collect(),
        figures: vec![],
        body: Body::Bars(bars),
    }
}

fn tell_night(facts: &BarFacts, released: &Released) -> Telling {
    let bars = facts.bars(released);
    let (day, night) = (bars.bars[0].count, bars.bars[1].count);
    let share = day.known().zip(night.known()).and_then(|(day, night)| proportion(night, day + night, facts.level));
    // Reports lay it out: as a share of 1, under this name.
    let figures = share.map_or(vec![], |s| Figure::estimate("share at night", s, 1.0).to_vec());
    let share = share.map(|s| Estimate { value: 100.0 * s.value, lower: 100.0 * s.lower, upper: 100.0 * s.upper, ..s });
    let percent = |s: &Estimate| Arg::Percent(s.value, 0);
    let sentence = share.as_ref().map(|s| {
        let (from, to) = (Arg::Hour(NIGHT.0), Arg::Hour(NIGHT.1));
        msg!("places-night", share = percent(s), from = from, to = to, interval = interval_percent(s, |_| 0))
    });
    Telling {
        headline: match &share {
            Some(s) => msg!("places-headline-night", share = percent(s)),
            None => msg!("places-headline-times"),
        },
        subtitle: msg!("places-subtitle-times", area = &facts.area_name, period = facts.period),
        sentences: sentence.into_iter().collect(),
        figures,
        body: Body::Bars(bars),
    }
}

/// First and last hour of the night.
const NIGHT: (u8, u8) = (18, 6);

struct AreaFacts {
    area_name: String,
    geography: Geography,
    areas: Vec<(AreaCode, String)>,
    period: Period,
}

fn tell_areas(facts: &AreaFacts, released: &Released) -> Telling {
    let rows: Vec<AreaCount> = facts
        .areas
        .iter()
        .enumerate()
        .map(|(i, (code, name))| AreaCount { code: *code, name: name.clone(), count: released.at(i, 0) })
        .collect();
    let (unlocated, total) = (released.at(facts.areas.len(), 0), released.at(facts.areas.len() + 1, 0));
    let withheld = rows.iter().filter(|r| r.count == Cell::Withheld).count();
    let (plural, area, period) = (facts.geography.plural(), &facts.area_name, facts.period);
    let mut sentences = Vec::new();
    sentences.extend((withheld > 0).then(|| msg!("places-withheld", withheld = withheld, areas = rows.len(), plural = plural)));
    sentences.extend(unlocated.known().filter(|n| *n > 0).map(|n| msg!("places-unlocated", reports = n)));
    Telling {
        headline: msg!("places-headline-areas"),
        subtitle: msg!("places-subtitle-areas", plural = plural, area = area, period = period),
        sentences,
        figures: vec![],
        body: Body::AreaCounts(AreaCounts { geography: facts.geography, unit: "reports".into(), rows, unlocated, total }),
    }
}

fn tell_months(facts: &SeriesFacts, released: &Released) -> Telling {
    let subtitle = msg!("places-subtitle-months", label = facts.label.clone(), area = &facts.area_name, period = facts.period);
    Telling { subtitle, ..series::tell(facts, released) }
}

use schemars::JsonSchema;
use serde::Deserialize;

use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::indicator::{Indicator, headlines, whole};
use super::words::{decimal, slug};
use super::{Analysis, Figure};
use crate::model::{Body, Interrupted, InterruptedPoint};
use crate::sources::Topic;
use crate::stats::interrupted::{Effect, FEWEST_FOR_TREND, FEWEST_WITHOUT, alone, beside};
use crate::stats::monthly::MonthCount;
use crate::study::{Dataset, MarkedEvent, Select, SeriesBreak, Study};
use crate::units::{Cell, Period, Sensitivity};

/// The settings of an `events` analysis.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Events {
    /// Categories to look at, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
}

/// Below this an effect is called.
const CALLED_BELOW: f64 = 0.05;

impl Analysis for Events {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for event in study.events.iter().filter(|e| study.about.period.position(e.first_month).is_some_and(|p| p > 0)) {
            let mut asked = Vec::new();
            for dataset in &study.datasets {
                // By area and month only open counts are told: restricted ones would be withheld for the most part, and those left be the wrong ones.
                let open = study.sources[dataset.source].sensitivity == Sensitivity::Open;
                if !event.areas.is_empty() && !open {
                    continue;
                }
                let indicators = match dataset.topic {
                    Topic::Incidents | Topic::Referrals => headlines(study, dataset, &self.categories),
                    Topic::PlaceReports => {
                        vec![Indicator { label: "Reports of feeling unsafe in public".into(), status: "self-reported".into(), ..whole() }]
                    }
                };
                asked.extend(indicators.into_iter().map(|i| (dataset, i)));
            }
            // Several readings of one event: its false alarms are counted for all of them together (Bonferroni).
            drafts.extend(asked.iter().filter_map(|(dataset, i)| draft(study, dataset, i, event, asked.len())));
        }
        drafts
    }
}

/// The stretch without a break that holds the start of the event.
fn stretch(study: &Study, dataset: &Dataset, indicator: &Indicator, event: &MarkedEvent) -> Option<(Period, Vec<SeriesBreak>)> {
    let breaks = study.breaks_of(dataset, &indicator.categories);
    let whole = dataset.period;
    let first = breaks.iter().map(|b| b.first_month).filter(|m| *m <= event.first_month).max().unwrap_or(whole.first);
    let next = breaks.iter().map(|b| b.first_month).filter(|m| *m > event.first_month).min();
    let period = Period::new(first, next.map_or(whole.last, |m| m.plus(-1)))?;
    let bounds = breaks.into_iter().filter(|b| b.first_month == first || Some(b.first_month) == next).collect();
    Some((period, bounds))
}

fn draft(study: &Study, dataset: &Dataset, indicator: &Indicator, event: &MarkedEvent, readings: usize) -> Option<Draft> {
    let source = study.source_ref(dataset.source);
    let (period, breaks) = stretch(study, dataset, indicator, event)?;
    let of = |months: Period| Select { categories: indicator.categories.clone(), period: Some(months), ..Select::default() };
    let all = dataset.by_month(&Select { categories: indicator.categories.clone(), ..Select::default() });
    let inside: Vec<bool> = study.areas.list.iter().map(|a| event.areas.contains(&a.code)).collect();
    let mut rows = Vec::new();
    let mut slices = Vec::new();
    for month in period.months() {
        let one = Period::new(month, month)?;
        let held = dataset.period.position(month).and_then(|i| all[i]);
        if event.areas.is_empty() {
            rows.push(vec![held, None]);
            slices.push(held.map(|_| dataset.slice(&of(one))));
        } else {
            let by = dataset.by_area(&of(one)).cells();
            let sum = |wanted: bool| held.and_then(|_| by.iter().zip(&inside).filter(|(_, i)| **i == wanted).map(|(n, _)| *n).sum());
            rows.push(vec![sum(true), sum(false)]);
            slices.push(None);
        }
    }
    let mut caveats = vec![
        "What else happened in the same months counts with it, unless it happened elsewhere too. A change is not proof of a cause."
            .to_owned(),
    ];
    if event.areas.is_empty() {
        caveats.push("It was done everywhere: there is no place to compare with.".into());
    }
    caveats.extend((!indicator.note.is_empty()).then(|| indicator.note.clone()));
    let head = DraftHead {
        id: format!("events/{}/{}/{}", slug(&event.name), slug(&source.name), slug(&indicator.label)),
        analysis: "events",
        sources: vec![source],
        period,
        polarity: indicator.polarity,
        status: indicator.status.clone(),
        caveats,
    };
    let facts = Facts {
        area_name: study.about.area_name.clone(),
        label: indicator.label.clone(),
        unit: dataset.topic.unit(),
        event: event.clone(),
        period,
        breaks,
        areas: inside.iter().filter(|i| **i).count(),
        level_name: study.about.geography.plural(),
        readings,
    };
    Some(Draft::new(head, CountTable::new(rows).counting(0, slices), facts, tell))
}

/// What everyone may know.
struct Facts {
    area_name: String,
    label: String,
    unit: &'static str,
    event: MarkedEvent,
    period: Period,
    breaks: Vec<SeriesBreak>,
    areas: usize,
    level_name: &'static str,
    readings: usize,
}

impl Interrupted {
    /// The effect that its counts give: the numbers told are these.
    ///
    /// `None` where a month is withheld: those are the months with few events, and the others alone would tell too high a level.
    pub(crate) fn effect(&self, level: f64) -> Option<Effect> {
        if self.hides() {
            return None;
        }
        let during: Vec<bool> = self.points.iter().map(|p| self.event.during(p.month)).collect();
        let series = |cell: fn(&InterruptedPoint) -> Cell<u64>| -> Vec<MonthCount> {
            let count = |p: &InterruptedPoint| MonthCount {
                events: cell(p).known(),
                days: f64::from(p.month.days()),
                of_year: p.month.of_year() - 1,
            };
            self.points.iter().map(count).collect()
        };
        let here = series(|p| p.here);
        if self.event.areas.is_empty() { alone(&here, &during, level) } else { beside(&here, &series(|p| p.elsewhere), &during, level) }
    }

    /// Whether any month is withheld.
    fn hides(&self) -> bool {
        self.points.iter().any(|p| p.here == Cell::Withheld || p.elsewhere == Cell::Withheld)
    }

    /// Whether the ratio is the one that the counts give.
    pub(crate) fn follows(&self) -> bool {
        match (self.ratio, self.effect(self.ratio.map_or(0.95, |r| r.level))) {
            (None, _) => self.points.iter().all(|p| p.expected.is_none()),
            (Some(told), Some(again)) => {
                let found = |d: [f64; 2]| {
                    [again.detectable.0, again.detectable.1].iter().zip(d).all(|(r, told)| (told / 100.0 + 1.0 - r).abs() < 1e-6 * r)
                };
                (told.value / again.ratio.value - 1.0).abs() < 1e-6
                    && (told.lower / again.ratio.lower - 1.0).abs() < 1e-6
                    && self.detectable_percent.is_none_or(found)
            }
            (Some(_), None) => false,
        }
    }
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let with_comparator = !facts.event.areas.is_empty();
    let point = |(i, month)| InterruptedPoint {
        month,
        here: released.at(i, 0),
        elsewhere: if with_comparator { released.at(i, 1) } else { Cell::NotApplicable },
        expected: None,
    };
    let points = facts.period.months().enumerate().map(point).collect();
    let mut body = Interrupted {
        measure: facts.label.clone(),
        unit: facts.unit.into(),
        event: facts.event.clone(),
        points,
        ratio: None,
        p: None,
        detectable_percent: None,
        breaks: facts.breaks.clone(),
    };
    let effect = body.effect(1.0 - CALLED_BELOW / facts.readings as f64);
    if let Some(effect) = &effect {
        body.points.iter_mut().zip(&effect.expected).for_each(|(p, e)| p.expected = e.map(|e| (10.0 * e).round() / 10.0));
        body.ratio = Some(effect.ratio);
        body.p = Some(effect.p);
        body.detectable_percent = Some([effect.detectable.0, effect.detectable.1].map(|r| 100.0 * (r - 1.0)));
    }
    let (headline, sentence) = words(facts, effect.as_ref(), &body);
    let place =
        if with_comparator { format!("{} {} of {}", facts.areas, facts.level_name, facts.area_name) } else { facts.area_name.clone() };
    let mut figures: Vec<Figure> = effect
        .iter()
        .flat_map(|e| {
            [("", e.ratio.value), (", lower limit", e.ratio.lower), (", upper limit", e.ratio.upper)]
                .map(|(part, n)| Figure::new(format!("difference from what was expected, percent{part}"), 100.0 * (n - 1.0)))
        })
        .collect();
    figures.extend([
        Figure::new("level of intervals", 0.95),
        Figure::new("months needed", FEWEST_WITHOUT as f64),
        Figure::new("areas where it was done", facts.areas as f64),
    ]);
    let subtitle = format!("{} each month and {}, {place}, {}", facts.label, facts.event.name, facts.period.label());
    Telling { headline, subtitle, sentences: vec![sentence], figures, body: Body::Interrupted(body) }
}

fn words(facts: &Facts, effect: Option<&Effect>, body: &Interrupted) -> (String, String) {
    let (event, label) = (&facts.event, &facts.label);
    let when = event.last_month.map_or_else(
        || format!("from {} on", event.first_month.label()),
        |last| if last == event.first_month { last.label() } else { format!("{} to {}", event.first_month.label(), last.label()) },
    );
    let Some(effect) = effect else {
        let why = if body.hides() {
            "Months are withheld, and those that are shown would tell too high a level.".to_owned()
        } else {
            format!("At least {FEWEST_WITHOUT} known months without it are needed in one stretch without a break in recording.")
        };
        let sentence = format!("{label}, {} ({when}): whether it made a difference cannot be told. {why}", event.name);
        return (format!("{}: too little to tell", event.name), sentence);
    };
    let percent = |x: f64| format!("{}{} %", if x < 1.0 { "−" } else { "+" }, decimal(100.0 * (x - 1.0).abs(), 0));
    let together = if facts.readings > 1 { " for all its readings together" } else { "" };
    let range = format!(
        "{}, 95 % interval{together} {} to {}",
        percent(effect.ratio.value),
        percent(effect.ratio.lower),
        percent(effect.ratio.upper)
    );
    let known = body.points.iter().filter(|p| p.here.known().is_some()).count();
    let beside = if event.areas.is_empty() && known >= FEWEST_FOR_TREND {
        "beside what trend and time of year would give".to_owned()
    } else if event.areas.is_empty() {
        "beside the months without it, too few to take trend or time of year out".to_owned()
    } else {
        format!("in the {} {} where it was done, beside the rest of {}", facts.areas, facts.level_name, facts.area_name)
    };
    if effect.p >= CALLED_BELOW / facts.readings as f64 {
        let sentence = format!(
            "{label}, {} ({when}): no clear difference {beside} ({range}). A rise of {} % or a fall of {} % would mostly have been found.",
            event.name,
            decimal(100.0 * (effect.detectable.0 - 1.0), 0),
            decimal(100.0 * (1.0 - effect.detectable.1), 0)
        );
        return (format!("{}: no clear difference in {}", event.name, super::words::mid_sentence(label)), sentence);
    }
    let more = effect.ratio.value > 1.0;
    let meaning = if more {
        "More may mean more harm, or more people coming forward."
    } else {
        "Fewer may mean less harm, or fewer people coming forward."
    };
    let sentence = format!(
        "{label}, {} ({when}): {} {} than expected {beside} ({range}). {meaning}",
        event.name,
        if more { "more" } else { "fewer" },
        facts.unit
    );
    (format!("{}: {} {} than expected", event.name, if more { "more" } else { "fewer" }, facts.unit), sentence)
}

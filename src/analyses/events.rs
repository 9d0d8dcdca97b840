use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::indicator::{Indicator, headlines, whole};
use super::said;
use super::untreated_mix::{Places, mix, places};
use super::words::slug;
use crate::model::{Arg, Body, Interrupted, InterruptedPoint, Message, UntreatedMix, meaning_of_rise, p_value};
use crate::msg;
use crate::sources::Topic;
use crate::stats::interrupted::{Effect, FEWEST_FOR_TREND, FEWEST_WITHOUT, alone, beside};
use crate::stats::monthly::MonthCount;
use crate::study::{Dataset, MarkedEvent, Select, SeriesBreak, Study};
use crate::units::{Cell, Period, Polarity, Sensitivity};

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
                        vec![Indicator { label: dataset.topic.label().into(), status: "self-reported".into(), ..whole() }]
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
    let mixed = if event.areas.is_empty() { None } else { places(study, event) };
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
            let of_place = |areas: &Vec<usize>| held.and_then(|_| areas.iter().map(|i| by[*i]).sum());
            let of_places = mixed.iter().flat_map(|p| &p.areas).map(of_place);
            rows.push([sum(true), sum(false)].into_iter().chain(of_places).collect());
            slices.push(None);
        }
    }
    let mut caveats = vec![msg!("events-caveat-cause")];
    caveats.extend(event.areas.is_empty().then(|| msg!("events-caveat-everywhere")));
    caveats.extend((!indicator.note.is_empty()).then(|| Message::as_written(&indicator.note)));
    caveats.extend(said::undated(study, dataset, &indicator.categories));
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
        mixed,
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
    /// Places that it left alone, behind the first columns of counts.
    mixed: Option<Places>,
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
        mix: facts.mixed.as_ref().and_then(|p| mix(p, &facts.event, facts.period, released, 2)),
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
    let (label, event, area, period) = (&facts.label, &facts.event.name, &facts.area_name, facts.period);
    let subtitle = match with_comparator {
        true => msg!(
            "events-subtitle-areas",
            label = label,
            event = event,
            areas = facts.areas,
            plural = facts.level_name,
            area = area,
            period = period
        ),
        false => msg!("events-subtitle", label = label, event = event, area = area, period = period),
    };
    let sentences = std::iter::once(sentence).chain(beside_mix(facts, effect.as_ref(), &body)).collect();
    Telling { headline, subtitle, sentences, figures: vec![], body: Body::Interrupted(body) }
}

/// When it was done.
fn when(event: &MarkedEvent) -> Message {
    match event.last_month {
        None => msg!("events-when-on", first = event.first_month),
        Some(last) if last == event.first_month => msg!("events-when", first = last),
        Some(last) => msg!("events-when-to", first = event.first_month, last = last),
    }
}

/// Where no rise under so many percent would mostly have been found, no change is not what was found.
const TOO_COARSE: f64 = 100.0;

fn words(facts: &Facts, effect: Option<&Effect>, body: &Interrupted) -> (Message, Message) {
    let (event, label) = (&facts.event.name, &facts.label);
    let when = when(&facts.event);
    let Some(effect) = effect else {
        let sentence = match body.hides() {
            true => msg!("events-not-known-withheld", label = label, event = event, when = when),
            false => msg!("events-not-known-short", label = label, event = event, when = when, needed = FEWEST_WITHOUT),
        };
        return (msg!("events-headline-not-known", event = event), sentence);
    };
    let ratio = effect.ratio;
    let change = |x: f64| 100.0 * (x - 1.0);
    let interval = interval(facts, change(ratio.lower), change(ratio.upper));
    let (direction, size) = (|| Arg::direction(change(ratio.value)), Arg::Percent(change(ratio.value).abs(), 0));
    let basis = basis(facts, body);
    if effect.p >= CALLED_BELOW / facts.readings as f64 {
        let (rise, fall) = (Arg::Percent(change(effect.detectable.0), 0), Arg::Percent(-change(effect.detectable.1), 0));
        // Where only a doubling would have been seen, nothing was looked for that an action could do.
        if change(effect.detectable.0) >= TOO_COARSE {
            let sentence = msg!(
                "events-weak",
                label = label,
                event = event,
                when = when,
                direction = direction(),
                size = size,
                interval = interval,
                basis = basis,
                rise = rise,
                fall = fall
            );
            return (msg!("events-headline-weak", label = label), sentence);
        }
        let sentence = msg!(
            "events-none",
            label = label,
            event = event,
            when = when,
            direction = direction(),
            size = size,
            interval = interval,
            basis = basis,
            rise = rise,
            fall = fall
        );
        return (msg!("events-headline-none", label = label), sentence);
    }
    let meaning = if ratio.value > 1.0 { meaning_of_rise(Polarity::Ambiguous) } else { msg!("meaning-fall") };
    let sentence = msg!(
        "events-found",
        label = label,
        event = event,
        when = when,
        direction = direction(),
        size = size,
        interval = interval,
        basis = basis,
        meaning = meaning
    );
    (msg!("events-headline", event = event, direction = direction(), unit = facts.unit), sentence)
}

/// What a second way says beside the first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Second {
    Agrees,
    Differs,
    /// Its least p-value is one in as many places: with so few it could call nothing, whatever happened.
    TooFew,
}

/// Whether the mix of `places` agrees with the first reading. A called effect is agreed with where the mix calls the same direction, or where it cannot call
/// but finds a change in that direction, within the limits of the first.
fn second(first: &Effect, mix: &UntreatedMix, called_below: f64) -> Second {
    let called = |p: f64| p < called_below;
    let same_way = (first.ratio.value > 1.0) == (mix.change_percent > 0.0);
    let may_call = called(1.0 / (1.0 + mix.places as f64));
    let within = (first.ratio.lower..=first.ratio.upper).contains(&(1.0 + mix.change_percent / 100.0));
    match (called(first.p), called(mix.p)) {
        (true, true) if same_way => Second::Agrees,
        (false, false) if may_call => Second::Agrees,
        (_, false) if !may_call && same_way && within => Second::Agrees,
        (_, false) if !may_call => Second::TooFew,
        _ => Second::Differs,
    }
}

/// What the mix of untreated places says, and whether it agrees: the first reading speaks.
fn beside_mix(facts: &Facts, effect: Option<&Effect>, body: &Interrupted) -> Option<Message> {
    let (mix, effect) = (body.mix.as_ref()?, effect?);
    let (direction, size) = (Arg::direction(mix.change_percent), Arg::Percent(mix.change_percent.abs(), 0));
    let (places, level, p) = (mix.places, &mix.level, p_value(mix.p, 2));
    Some(match second(effect, mix, CALLED_BELOW / facts.readings as f64) {
        Second::Agrees => msg!("events-mix-agrees", places = places, level = level, direction = direction, size = size, p = p),
        Second::Differs => msg!("events-mix-differs", places = places, level = level, direction = direction, size = size, p = p),
        Second::TooFew => msg!("events-mix-too-few", places = places, level = level, direction = direction, size = size),
    })
}

/// The interval of a change in per cent; of several readings, the one of all together.
fn interval(facts: &Facts, lower: f64, upper: f64) -> Message {
    let (level, lower, upper) = (Arg::share(1.0 - CALLED_BELOW, 0), Arg::Percent(lower, 0), Arg::Percent(upper, 0));
    match facts.readings > 1 {
        true => msg!("events-interval-together", level = level, lower = lower, upper = upper),
        false => msg!("interval", level = level, lower = lower, upper = upper),
    }
}

/// What the counts are compared with.
fn basis(facts: &Facts, body: &Interrupted) -> Message {
    let known = body.points.iter().filter(|p| p.here.known().is_some()).count();
    match facts.event.areas.is_empty() {
        true if known >= FEWEST_FOR_TREND => msg!("events-basis-trend"),
        true => msg!("events-basis-months"),
        false => msg!("events-basis-beside", areas = facts.areas, plural = facts.level_name, area = &facts.area_name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Estimate;

    /// The least p-value of a mix of 30 places is 1 in 31: beside three readings at 0.05 it can call nothing, and differs from nothing.
    #[test]
    fn a_mix_of_too_few_places_does_not_differ_where_it_agrees() {
        let first = |value: f64, p: f64| Effect {
            ratio: Estimate { value, lower: value * 0.8, upper: value * 1.25, level: 0.95 },
            p,
            detectable: (1.2, 0.8),
            expected: vec![],
        };
        let mix = |places: usize, change_percent: f64, p: f64| UntreatedMix { places, level: "wards".into(), used: 3, change_percent, p };
        let called = 0.05 / 3.0;
        assert_eq!(second(&first(0.6, 0.0001), &mix(30, -40.0, 1.0 / 31.0), called), Second::Agrees);
        assert_eq!(second(&first(0.6, 0.0001), &mix(30, 30.0, 1.0 / 31.0), called), Second::TooFew);
        assert_eq!(second(&first(0.6, 0.0001), &mix(30, -5.0, 0.5), called), Second::TooFew);
        assert_eq!(second(&first(0.6, 0.0001), &mix(90, -40.0, 1.0 / 91.0), called), Second::Agrees);
        assert_eq!(second(&first(0.6, 0.0001), &mix(90, -5.0, 0.5), called), Second::Differs);
        assert_eq!(second(&first(1.0, 0.9), &mix(90, 1.0, 0.7), called), Second::Agrees);
    }
}

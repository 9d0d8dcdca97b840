//! What was recorded, by category.

use std::fmt::Write;

use super::Burden;
use crate::analyses::Figure;
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::analyses::largest::largest;
use crate::analyses::words::{capital, decimal, mid_sentence, thousands};
use crate::model::{Bar, Bars, Body};
use crate::sources::Topic;
use crate::stats::counts::proportion;
use crate::study::{Dataset, Select, Study};
use crate::units::{Cell, Period};

impl Burden {
    pub(super) fn by_category(&self, study: &Study, dataset: &Dataset) -> Draft {
        let period = dataset.period.last_months(self.months);
        let select = Select { period: Some(period), ..Select::default() };
        let counts = dataset.by_category(&select);
        let mut order: Vec<usize> = (0..counts.len()).collect();
        // Alphabetical: an order by size would tell the sizes of withheld counts.
        order.sort_by_key(|i| dataset.categories[*i].clone());
        let facts = CategoryFacts {
            topic: dataset.topic,
            area_name: study.about.area_name.clone(),
            labels: order.iter().map(|i| dataset.categories[*i].clone()).collect(),
            period,
            complete: dataset.is_complete(period),
            level: self.level,
        };
        let whole = dataset.slice(&select);
        let slices = order.iter().map(|i| Some(whole.of_category(*i as u32))).chain([Some(whole.clone())]);
        let untold = dataset.untold_by_category(&select);
        let told = |i: &usize| Some(counts[*i]).filter(|_| untold.get(*i).is_none_or(Option::is_none));
        let kept_back: Vec<bool> = order.iter().map(|i| untold.get(*i).copied().flatten().is_some_and(|u| u.suppressed)).collect();
        let table = CountTable::column(order.iter().map(told)).keeping_back(0, &kept_back).with_total_row().counting(0, slices);
        Draft::new(self.head(study, dataset, None, period, "categories"), table, facts, tell_categories)
    }
}

struct CategoryFacts {
    topic: Topic,
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
    let counts: Vec<Cell<u64>> = bars.iter().map(|b| b.count).collect();
    let largest = largest(&counts, total).and_then(|i| Some((bars[i].count.known()?, &bars[i].label)));
    let mut share = None;
    let mut sentences = Vec::new();
    if let Cell::Known(all) = total {
        share = largest.filter(|_| all > 0).map(|(n, _)| n as f64 / all as f64);
        let happened = match facts.topic {
            Topic::Incidents if all == 1 => "incident was recorded",
            Topic::Incidents => "incidents were recorded",
            other => other.happened(all),
        };
        let mut text = format!("In {}, {} {happened} in {}", facts.period.label(), thousands(all), facts.area_name);
        if let Some((n, label)) = largest.filter(|_| all > 0) {
            let _ = write!(text, "; {} made up {} % of them", mid_sentence(label), decimal(100.0 * n as f64 / all as f64, 0));
        }
        sentences.push(text + ".");
    }
    if !facts.complete {
        sentences.push("Some months of this period are missing, so these counts are too low by what those months held.".into());
    }
    Telling {
        headline: largest
            .map_or_else(|| format!("{}, by category", capital(facts.topic.unit())), |(_, l)| format!("{l} is the largest category")),
        subtitle: format!(
            "{} by category, {}, {}",
            if facts.topic == Topic::Incidents { "Recorded incidents".into() } else { capital(facts.topic.unit()) },
            facts.area_name,
            facts.period.label()
        ),
        sentences,
        figures: share.map(|s| Figure::new("share of the largest category", s)).into_iter().collect(),
        body: Body::Bars(Bars { dimension: "Category".into(), unit: facts.topic.unit().into(), bars, total }),
    }
}

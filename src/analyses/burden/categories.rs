//! What was recorded, by category.

use super::Burden;
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::analyses::largest::{APART_LEVEL, alike};
use crate::analyses::said;
use crate::model::{Arg, Bar, Bars, Body, Message};
use crate::msg;
use crate::sources::Topic;
use crate::stats::counts::proportion;
use crate::study::{Dataset, Select, Study};
use crate::units::{Cell, Period};

impl Burden {
    pub(super) fn by_category(&self, study: &Study, dataset: &Dataset) -> Draft {
        let period = dataset.period.last_months(self.months);
        let select = Select { period: Some(period), ..Select::default() };
        let counts = dataset.by_category(&select);
        let of = |category: u32| Select { categories: vec![category], ..select.clone() };
        let mut categories = 0..dataset.categories.len() as u32;
        let mut order: Vec<usize> = (0..counts.len()).collect();
        // Alphabetical: an order by size would tell the sizes of withheld counts.
        order.sort_by_key(|i| dataset.categories[*i].clone());
        let facts = CategoryFacts {
            topic: dataset.topic,
            area_name: study.about.area_name.clone(),
            labels: order.iter().map(|i| dataset.categories[*i].clone()).collect(),
            period,
            complete: dataset.is_complete(period) && categories.all(|c| dataset.is_recorded_throughout(&of(c))),
            breaks: said::breaks_within(study, dataset, &[], period),
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
    /// Changes of recording within it.
    breaks: Vec<Message>,
    level: f64,
}

/// So many of those that are alike are named.
const MOST_NAMED: usize = 4;

fn named(label: &str, count: Cell<u64>) -> Message {
    msg!("burden-categories-one", category = label, count = count)
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
    // What is called the largest is so beyond chance; else those that are alike are told together.
    let first: Vec<usize> = alike(&counts, total);
    let largest = first.first().and_then(|i| Some((bars[*i].count.known()?, &facts.labels[*i])));
    let (area, period) = (&facts.area_name, facts.period);
    let topic = || said::topic(facts.topic);
    let mut sentences = Vec::new();
    if let Cell::Known(all) = total {
        sentences.push(match largest.filter(|_| all > 0) {
            Some(_) if first.len() > 1 => msg!(
                "burden-categories-alike",
                period = period,
                topic = topic(),
                count = all,
                area = area,
                names = first.iter().take(MOST_NAMED).map(|i| named(&facts.labels[*i], counts[*i])).collect::<Vec<_>>(),
                more = first.len().saturating_sub(MOST_NAMED),
                level = Arg::share(APART_LEVEL, 0)
            ),
            Some((n, category)) => msg!(
                "burden-categories-largest",
                period = period,
                topic = topic(),
                count = all,
                area = area,
                category = category,
                share = Arg::share(n as f64 / all as f64, 0),
                level = Arg::share(APART_LEVEL, 0)
            ),
            None => msg!("burden-categories-total", period = period, topic = topic(), count = all, area = area),
        });
    }
    sentences.extend((!facts.complete).then(|| msg!("incomplete-counts")));
    sentences.extend(facts.breaks.iter().cloned());
    Telling {
        headline: match largest {
            Some(_) if first.len() > 1 => msg!("burden-categories-headline-alike", first = first.len()),
            Some((_, category)) => msg!("burden-categories-headline-largest", category = category),
            None => msg!("burden-categories-headline", unit = facts.topic.unit()),
        },
        subtitle: msg!("burden-categories-subtitle", topic = topic(), area = area, period = period),
        sentences,
        figures: vec![],
        body: Body::Bars(Bars { dimension: "Category".into(), unit: facts.topic.unit().into(), bars, ordered: false, total }),
    }
}

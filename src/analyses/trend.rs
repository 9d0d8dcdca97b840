use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{Draft, DraftHead};
use super::indicator::{Indicator, headlines, whole};
use super::said;
use super::series::{self, SeriesFacts};
use super::words::slug;
use crate::model::{Message, meaning_of_rise};
use crate::msg;
use crate::sources::Topic;
use crate::study::{Dataset, Select, Study};

/// The settings of a `trend` analysis.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Trend {
    /// Categories to follow, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
}

impl Analysis for Trend {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for dataset in study.datasets.iter().filter(|d| d.topic != Topic::PlaceReports && d.period.len() > 1) {
            let mut followed = headlines(study, dataset, &self.categories);
            if self.categories.is_empty() && followed.iter().all(|i| !i.categories.is_empty()) && dataset.categories.len() > 1 {
                followed.push(whole());
            }
            drafts.extend(followed.iter().map(|i| draft(study, dataset, i)));
        }
        drafts
    }
}

/// The monthly series of one indicator over the whole partnership; rows without a known place are in it.
fn draft(study: &Study, dataset: &Dataset, indicator: &Indicator) -> Draft {
    let source = study.source_ref(dataset.source);
    let select = Select { categories: indicator.categories.clone(), ..Select::default() };
    let months = dataset.by_month(&select);
    let breaks = study.breaks_of(dataset, &indicator.categories);
    let mut caveats = vec![msg!("trend-caveat-length"), msg!("trend-caveat-signal")];
    caveats.extend((!indicator.note.is_empty()).then(|| Message::as_written(&indicator.note)));
    caveats.extend(said::undated(study, dataset, &indicator.categories));
    let head = DraftHead {
        id: format!("trend/{}/{}", slug(&source.name), slug(&indicator.label)),
        analysis: "trend",
        sources: vec![source],
        period: dataset.period,
        polarity: indicator.polarity,
        status: indicator.status.clone(),
        caveats,
    };
    let facts = SeriesFacts {
        area_name: study.about.area_name.clone(),
        label: Message::as_written(&indicator.label),
        unit: dataset.topic.unit().into(),
        period: dataset.period,
        breaks,
        meaning_of_rise: meaning_of_rise(indicator.polarity),
    };
    let counts = series::counts(&facts, &months, &dataset.slice(&select));
    Draft::new(head, counts, facts, series::tell)
}

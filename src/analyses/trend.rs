use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{Draft, DraftHead, Released, Telling};
use super::indicator::{Indicator, headlines, whole};
use super::series::{self, SeriesFacts};
use super::words::slug;
use crate::sources::Topic;
use crate::study::{Dataset, Select, Study};
use crate::units::Polarity;

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
    let mut caveats = vec![
        "Months differ in length by up to a tenth; counts are not adjusted for it.".to_owned(),
        "A signal says that a month is out of the ordinary for this series. It does not say why.".to_owned(),
    ];
    caveats.extend((!indicator.note.is_empty()).then(|| indicator.note.clone()));
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
        label: indicator.label.clone(),
        unit: dataset.topic.unit().into(),
        period: dataset.period,
        breaks,
        rise_may_mean: match indicator.polarity {
            Polarity::Worse => "more harm".into(),
            Polarity::Better => "that more people are being helped".into(),
            Polarity::Ambiguous => "more harm, or more people coming forward".into(),
        },
    };
    let counts = series::counts(&facts, &months, &dataset.slice(&select));
    Draft::new(head, counts, facts, tell)
}

fn tell(facts: &SeriesFacts, released: &Released) -> Telling {
    let (body, sentences, headline, figures) = series::tell(facts, released);
    let subtitle = format!("{}, {} each month, {}, {}", facts.label, facts.unit, facts.area_name, facts.period.label());
    Telling { headline, subtitle, sentences, figures, body }
}

mod apart;
mod areas;
mod categories;
mod periods;
mod ranks;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{Draft, DraftHead};
use super::indicator::{Indicator, headlines};
use super::said;
use super::words::slug;
use crate::model::Message;
use crate::msg;
use crate::sources::Topic;
use crate::study::{Dataset, Slice, SliceArea, Study};
use crate::units::Period;

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
    #[serde(deserialize_with = "crate::units::per_people")]
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

impl Burden {
    fn head(&self, study: &Study, dataset: &Dataset, indicator: Option<&Indicator>, period: Period, what: &str) -> DraftHead {
        let source = study.source_ref(dataset.source);
        let label = indicator.map_or("categories".to_owned(), |i| slug(&i.label));
        let referrals = dataset.topic == Topic::Referrals;
        let mut caveats = vec![if referrals { msg!("burden-caveat-referrals") } else { msg!("burden-caveat-recorded") }];
        caveats.extend(indicator.filter(|i| !i.note.is_empty()).map(|i| Message::as_written(&i.note)));
        caveats.extend(said::undated(study, dataset, indicator.map_or(&[][..], |i| &i.categories[..])));
        if dataset.apportioned > 0 {
            // No number here: a caveat is written before the release.
            caveats.push(msg!("burden-caveat-shared-out"));
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
}

/// What the rows of a table by area count: each area, the events without a known area, the whole.
pub(super) fn slices_by_area(study: &Study, whole: &Slice) -> Vec<Option<Slice>> {
    let areas = (0..study.areas.list.len() as u32).map(SliceArea::Area).chain([SliceArea::Unlocated, SliceArea::Whole]);
    areas.map(|area| Some(whole.in_area(area))).collect()
}

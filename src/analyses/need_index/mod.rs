mod tell;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::burden::slices_by_area;
use super::draft::{CountTable, Draft, DraftHead};
use super::indicator::headlines;
use super::words::{decimal, slug};
use crate::model::{IndexIndicator, Message};
use crate::msg;
use crate::sources::Topic;
use crate::study::{CountedAreas, Dataset, Select, Study};
use crate::units::Polarity;
use tell::{Facts, tell};

/// The settings of a `need-index` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NeedIndexSettings {
    /// Recorded categories that are signs of need, as the source writes them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
    /// Groups of residents whose share is a sign of need, as the population tables name them, such as `age 15-19`.
    pub groups: Vec<String>,
    /// How many of the latest months are counted.
    pub months: usize,
    /// Weight of what is recorded, all categories together.
    pub recorded_weight: f64,
    /// Weight of deprivation.
    pub deprivation_weight: f64,
    /// Weight of each group.
    pub group_weight: f64,
}

impl Default for NeedIndexSettings {
    fn default() -> Self {
        Self { categories: vec![], groups: vec![], months: 12, recorded_weight: 1.0, deprivation_weight: 1.0, group_weight: 1.0 }
    }
}

/// Rates are for so many residents.
const PER: f64 = 1_000.0;
/// Fewer areas than this have no fifths.
pub(super) const FEWEST_AREAS: usize = 15;
/// So many categories are enough: each costs the release a column.
const MOST_CATEGORIES: usize = 4;

impl Analysis for NeedIndexSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        study.datasets.iter().filter(|d| d.topic == Topic::Incidents).filter_map(|d| self.draft(study, d)).collect()
    }
}

impl NeedIndexSettings {
    fn draft(&self, study: &Study, dataset: &Dataset) -> Option<Draft> {
        let mut recorded = headlines(study, dataset, &self.categories);
        recorded.truncate(MOST_CATEGORIES);
        let areas = &study.areas.list;
        let weight = |w: f64| w.max(0.0);
        let per = format!("per {} residents", decimal(PER, 0));
        let mut indicators: Vec<IndexIndicator> = Vec::new();
        for i in &recorded {
            let share = weight(self.recorded_weight) / recorded.len() as f64;
            indicators.push(IndexIndicator { id: slug(&i.label), label: i.label.clone(), unit: per.clone(), weight: share });
        }
        let mut known: Vec<Vec<f64>> = Vec::new();
        let mut left_out = Vec::new();
        let deprivation: Option<Vec<f64>> = areas.iter().map(|a| a.deprivation).collect();
        match deprivation {
            Some(values) => {
                indicators.push(IndexIndicator::deprivation(weight(self.deprivation_weight)));
                known.push(percentiles(&values));
            }
            None => left_out.push("deprivation".to_owned()),
        }
        for group in &self.groups {
            let share = |a: &crate::study::Area| Some(100.0 * a.residents.get(group)? / a.residents.get("all").filter(|n| **n > 0.0)?);
            match areas.iter().map(share).collect::<Option<Vec<f64>>>() {
                Some(values) => {
                    let label = format!("Residents: {group}");
                    indicators.push(IndexIndicator {
                        id: slug(group),
                        label,
                        unit: "% of residents".into(),
                        weight: weight(self.group_weight),
                    });
                    known.push(values);
                }
                None => left_out.push(group.clone()),
            }
        }
        // One sign alone is told by `burden` or `inequality`, and what is recorded is no need by itself.
        if recorded.is_empty() || known.is_empty() || indicators.iter().filter(|i| i.weight > 0.0).count() < 2 || areas.len() < FEWEST_AREAS
        {
            return None;
        }
        let period = dataset.period.last_months(self.months.max(1));
        let select = |categories: &[u32]| Select { categories: categories.to_vec(), period: Some(period), ..Select::default() };
        let counted: Vec<_> = recorded.iter().map(|i| dataset.known_by_area(&select(&i.categories))).collect();
        if counted.iter().any(|c| c.by.contains(&None)) {
            return None;
        }
        let columns: Vec<Vec<Option<u64>>> = counted.iter().map(CountedAreas::cells).collect();
        let rows = (0..=areas.len()).map(|row| columns.iter().map(|c| c[row]).collect());
        let mut table = CountTable::new(rows.collect()).with_total_row();
        for (column, i) in recorded.iter().enumerate() {
            table = table.counting(column, slices_by_area(study, &dataset.slice(&select(&i.categories))));
        }
        let mut caveats = vec![msg!("need-index-caveat-judgement"), msg!("need-index-caveat-recorded")];
        caveats.extend(recorded.iter().filter(|i| !i.note.is_empty()).map(|i| Message::as_written(&i.note)));
        if !left_out.is_empty() {
            caveats.push(msg!("need-index-caveat-left-out", indicators = left_out));
        }
        let head = DraftHead {
            id: format!("need-index/{}", slug(&study.sources[dataset.source].name)),
            analysis: "need-index",
            sources: study.sources_of_rate(dataset).into_iter().chain(study.source_of_deprivation()).collect(),
            period,
            polarity: Polarity::Worse,
            status: "estimate".into(),
            caveats,
        };
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            areas: areas.iter().map(|a| (a.code, a.name.clone())).collect(),
            residents: study.areas.residents("all"),
            indicators,
            known,
            period,
            seed: study.about.seed,
        };
        Some(Draft::new(head, table, facts, tell))
    }
}

/// Deprivation is published as a score or as a rank: of both only the order is used. Ties share the middle.
fn percentiles(values: &[f64]) -> Vec<f64> {
    let below = |v: f64| values.iter().filter(|x| **x < v).count() as f64;
    let same = |v: f64| values.iter().filter(|x| **x == v).count() as f64;
    values.iter().map(|v| 100.0 * (below(*v) + (same(*v) - 1.0) / 2.0) / (values.len() as f64 - 1.0).max(1.0)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn percentiles_run_from_0_to_100_and_ties_share() {
        assert_eq!(super::percentiles(&[-3.0, -1.0, -2.0]), [0.0, 100.0, 50.0]);
        assert_eq!(super::percentiles(&[5.0, 5.0, 9.0]), [25.0, 25.0, 100.0]);
    }
}

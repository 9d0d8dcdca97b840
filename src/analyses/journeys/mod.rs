mod layout;
mod network;
mod sorted;
mod tell;

use schemars::JsonSchema;
use serde::Deserialize;

use self::layout::Layout;
use self::sorted::{Sorted, several_authorities};
use self::tell::{Facts, tell};
use super::Analysis;
use super::draft::{Draft, DraftHead};
use super::words::slug;
use crate::msg;
use crate::study::{Journeys, Study};
use crate::units::{Period, Polarity};

/// The settings of a `journeys` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct JourneySettings {
    /// The months to add up; the latest span that a return tells without it.
    pub period: Option<Period>,
    /// Whether other authorities of twenty people or more are named, and each kind of service stands by itself. A pack for the public never does.
    pub name_authorities: bool,
    /// Coverage of limits.
    pub level: f64,
}

impl Default for JourneySettings {
    fn default() -> Self {
        Self { period: None, name_authorities: false, level: 0.95 }
    }
}

impl Analysis for JourneySettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        study.journeys.iter().filter_map(|j| self.draft(study, j)).collect()
    }
}

impl JourneySettings {
    /// `None` where the return holds no journey of the months that are asked for.
    fn draft(&self, study: &Study, journeys: &Journeys) -> Option<Draft> {
        let spans = journeys.spans();
        let wanted = |p: &Period| self.period.is_none_or(|asked| asked.first <= p.first && p.last <= asked.last);
        let spans: Vec<Period> = match self.period {
            None => spans.last().copied().into_iter().collect(),
            Some(_) => spans.into_iter().filter(wanted).collect(),
        };
        let period = Period::new(spans.iter().map(|p| p.first).min()?, spans.iter().map(|p| p.last).max()?)?;
        let named = self.name_authorities && study.names_authorities;
        let sorted = Sorted::new(study, journeys, &spans, named);
        let layout = Layout::new(&sorted, several_authorities(study));
        let source = study.source_ref(journeys.source);
        let mut caveats = vec![msg!("journeys-caveat-need"), msg!("journeys-caveat-network")];
        caveats.extend((sorted.kinds.len() > 1).then(|| msg!("journeys-caveat-kinds")));
        caveats.extend((!named).then(|| msg!("journeys-caveat-regions")));
        let head = DraftHead {
            id: format!("journeys/{}", slug(&source.name)),
            analysis: "journeys",
            sources: vec![source],
            period,
            polarity: Polarity::Ambiguous,
            status: "recorded".into(),
            caveats,
        };
        let table = layout.table(&sorted);
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            period,
            level: self.level.clamp(0.5, 0.999),
            network: network::shares(study),
            kinds: sorted.kinds.iter().map(|k| k.label.clone()).zip(sorted.kinds.iter().map(|k| k.within)).collect(),
            went_to: sorted.went_to.iter().map(|p| p.told(study)).collect(),
            came_from: sorted.came_from.iter().map(|p| p.told(study)).collect(),
            layout,
        };
        Some(Draft::new(head, table, facts, tell))
    }
}

mod kinds;
mod layout;
mod months;
mod network;
mod sorted;
mod tell;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use self::layout::Layout;
use self::months::{NoMonths, months};
use self::sorted::{Sorted, several_authorities};
use self::tell::{Facts, tell};
use super::Analysis;
use super::draft::{Draft, DraftHead};
use super::words::slug;
use crate::model::Message;
use crate::msg;
use crate::study::{Authority, Journeys, Study};
use crate::units::{AreaCode, Period, Polarity};

/// The settings of a `journeys` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct JourneySettings {
    /// The months to add up; the latest span that a return tells without it.
    pub period: Option<Period>,
    /// Other authorities that are told by name, by their codes: `["E09000006"]`. A pack for the public names none; all others are told by region or nation.
    pub name_authorities: Vec<Authority>,
    /// Whether each kind of service stands by itself. Where few services of the catalogue give one of them, all are told together.
    pub by_kind: bool,
    /// Coverage of limits.
    pub level: f64,
}

impl Default for JourneySettings {
    fn default() -> Self {
        Self { period: None, name_authorities: vec![], by_kind: false, level: 0.95 }
    }
}

/// Why a return is not told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Why {
    /// Its months.
    Months(NoMonths),
    /// Nearly all of it is of kinds that few services give.
    FewServices,
}

impl Analysis for JourneySettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let all: Vec<Option<Draft>> = study.journeys.iter().map(|j| self.draft(study, j).ok()).collect();
        let untold = all.iter().any(Option::is_none);
        let mut told: Vec<Draft> = all.into_iter().flatten().collect();
        told.iter_mut().filter(|_| untold).for_each(|d| d.head.caveats.push(msg!("journeys-caveat-another")));
        told
    }

    fn unanswered(&self, study: &Study) -> Option<(Message, Message)> {
        match study.journeys.iter().find_map(|j| self.draft(study, j).err().filter(|why| *why != Why::Months(NoMonths::None)))? {
            Why::Months(_) => Some((msg!("unanswered-journeys-months"), msg!("unanswered-journeys-months-next"))),
            Why::FewServices => Some((msg!("unanswered-journeys-few"), msg!("unanswered-journeys-few-next"))),
        }
    }
}

impl JourneySettings {
    fn draft(&self, study: &Study, journeys: &Journeys) -> Result<Draft, Why> {
        let months = months(journeys, self.period).map_err(Why::Months)?;
        let ends = months.spans.first().zip(months.spans.last()).and_then(|(first, last)| Period::new(first.first, last.last));
        let period = ends.ok_or(Why::Months(NoMonths::None))?;
        let own = |code: &AreaCode| study.about.authorities.contains(code);
        // Of whom the public reads that they went to one authority, somebody may look for there.
        let asked = self.name_authorities.iter().map(|a| a.code()).filter(|code| study.names_authorities && !own(code));
        let named: BTreeSet<AreaCode> = asked.collect();
        let sorted = Sorted::new(study, journeys, &months.spans, &named, self.by_kind).ok_or(Why::FewServices)?;
        let layout = Layout::new(&sorted, several_authorities(study));
        let source = study.source_ref(journeys.source);
        let mut caveats = vec![msg!("journeys-caveat-need"), msg!("journeys-caveat-network"), msg!("journeys-caveat-regions")];
        caveats.push(if sorted.in_one { msg!("journeys-caveat-in-one") } else { msg!("journeys-caveat-kinds") });
        caveats.extend(months.left_out.then(|| msg!("journeys-caveat-months")));
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
        Ok(Draft::new(head, table, facts, tell))
    }
}

//! What is there: public sites of services, each with a number that map and table share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::ServiceState;
use crate::model::shape::*;

/// The public sites of the services of open catalogues.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ServiceMap {
    /// The day that the catalogue was read for.
    pub as_of: String,
    /// The sites.
    pub sites: Vec<ListedSite>,
    /// Services of open catalogues without a public site: by phone, online or outreach.
    pub without_site: Vec<ListedService>,
}

/// A service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ListedService {
    /// Its name.
    pub name: String,
    /// Who runs it.
    pub provider: String,
    /// Names of its types.
    pub kinds: Vec<String>,
    /// Stage of the pathway, of its first type: `crisis`, `support`; empty where it has no type.
    pub stage: String,
    /// Whether it is there on the day.
    pub state: ServiceState,
    /// How it reaches people, in words.
    pub delivery: Vec<String>,
}

/// A site of a service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ListedSite {
    /// Its number on the map.
    pub number: usize,
    /// The service.
    pub service: ListedService,
    /// Metres east on the National Grid.
    pub easting_m: i32,
    /// Metres north on the National Grid.
    pub northing_m: i32,
}

impl ServiceState {
    /// How a table names it.
    pub fn label(self) -> &'static str {
        match self {
            ServiceState::Running => "running",
            ServiceState::Planned => "not begun",
            ServiceState::Paused => "paused",
            ServiceState::Ended => "ended",
        }
    }
}

impl Shape for ServiceMap {
    has_no! { texts_mut sums_of_people no_counts by_area }

    fn counts(&self) -> Counts {
        Counts::none()
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Words and states alone.
        vec![]
    }

    fn table(&self) -> TableView {
        let sited = self.sites.iter().map(|s| (Value::Count(s.number as u64), &s.service));
        let rows: Vec<(Value, &ListedService)> = sited.chain(self.without_site.iter().map(|s| (NOT_APPLICABLE, s))).collect();
        Columns::default()
            .column("no_on_the_map", "No. on the map", |(number, _): &(Value, &ListedService)| number.clone())
            .column("service", "Service", |(_, s)| text(&s.name))
            .column("provider", "Provider", |(_, s)| text(&s.provider))
            .column("kind", "Kind", |(_, s)| text(&s.kinds.join("; ")))
            .column("reaches_people_by", "Reaches people by", |(_, s)| {
                // No record says how: that is not known, and no empty cell.
                if s.delivery.is_empty() { MISSING } else { text(&s.delivery.join(", ")) }
            })
            .column("state", "State", |(_, s)| text(s.state.label()))
            .of(&rows)
    }

    fn sheet(&self) -> Sheet {
        Sheet::Own { name: "Services", empty: "[x]", fixed: 2 }
    }

    fn described(&self) -> Described {
        Described::new(String::new(), String::new())
    }

    fn concludes(&self) -> bool {
        // What is there is no count.
        false
    }

    fn compared(&self) -> Compared<'_> {
        Compared::Services(self)
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}

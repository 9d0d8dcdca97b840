//! The shapes that an answer can take. A chart, a map and a table each know which shapes they fit.

mod access;
mod emerging;
mod gaps;
mod gradient;
mod hours;
mod indicator;
mod interrupted;
mod need_access;
mod need_index;
mod outcomes;
mod parity;
mod rates;
mod reach;
mod series;
mod services;
mod siting;
mod spots;
mod tables;
mod waterfall;
mod what_if;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Text;

pub use access::*;
pub use emerging::*;
pub use gaps::*;
pub use gradient::*;
pub use hours::*;
pub use indicator::*;
pub use interrupted::*;
pub use need_access::*;
pub use need_index::*;
pub use outcomes::*;
pub use parity::*;
pub use rates::*;
pub use reach::*;
pub use series::*;
pub use services::*;
pub use siting::*;
pub use spots::*;
pub use tables::*;
pub use waterfall::*;
pub use what_if::*;

/// The numbers of a finding.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Body {
    /// A rate for each area.
    AreaRates(AreaRates),
    /// A count for each area, of which no rate would make sense.
    AreaCounts(AreaCounts),
    /// A class for each area.
    AreaClasses(AreaClasses),
    /// How much service there is for people, area by area.
    AreaAccess(AreaAccess),
    /// Several signs of need as one index, area by area.
    NeedIndex(NeedIndex),
    /// Need beside access, area by area.
    NeedAccess(NeedAccess),
    /// Whether the rate of each area and its neighbours is high or low together.
    HotSpots(HotSpots),
    /// What the history of each area amounts to.
    Emerging(Emerging),
    /// Rates from the most to the least deprived areas.
    Gradient(Gradient),
    /// Circles of areas with more than chance would put there.
    Clusters(Clusters),
    /// A count for each month.
    Series(Series),
    /// A monthly series around a marked event.
    Interrupted(Interrupted),
    /// What is there, and where.
    Services(ServiceMap),
    /// Who is reached less than their number suggests.
    Parity(Parity),
    /// What became of reports, by when they were made.
    OutcomeCohorts(OutcomeCohorts),
    /// How long reports took to come to an outcome.
    OutcomeTimes(OutcomeTimes),
    /// Hours of need beside hours open.
    WeekClock(WeekClock),
    /// What is missing, for whom and by which standard.
    Gaps(GapRegister),
    /// A count for each of a few categories.
    Bars(Bars),
    /// An indicator of one's own, wave by wave.
    Indicator(Indicator),
    /// Parts of a whole, row by row.
    Shares(Shares),
    /// From need to help, step by step.
    Waterfall(Waterfall),
    /// Where new sites would help most.
    Siting(Siting),
    /// What a change of the catalogue would do.
    WhatIf(WhatIf),
    /// Counts by row and column.
    Table(Table),
}

impl Body {
    /// Texts that are found by [`crate::words`].
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        match self {
            Body::Gaps(b) => {
                let groups = b.offers.iter_mut().flat_map(|o| o.groups.iter_mut().map(|g| &mut g.0));
                b.rows.iter_mut().flat_map(Gap::texts_mut).chain(groups).collect()
            }
            Body::Series(b) => std::iter::once(&mut b.measure).chain(b.model.as_mut().map(|m| &mut m.method)).collect(),
            Body::Shares(b) => b.texts_mut().collect(),
            Body::OutcomeCohorts(b) => b.texts_mut().collect(),
            Body::OutcomeTimes(b) => b.texts_mut().collect(),
            Body::Waterfall(b) => b.texts_mut().collect(),
            Body::WhatIf(b) => b.texts_mut().collect(),
            // Names and units of the data alone.
            Body::AreaRates(_)
            | Body::AreaCounts(_)
            | Body::AreaClasses(_)
            | Body::AreaAccess(_)
            | Body::NeedIndex(_)
            | Body::NeedAccess(_)
            | Body::HotSpots(_)
            | Body::Emerging(_)
            | Body::Gradient(_)
            | Body::Clusters(_)
            | Body::Interrupted(_)
            | Body::Services(_)
            | Body::Parity(_)
            | Body::WeekClock(_)
            | Body::Bars(_)
            | Body::Siting(_)
            | Body::Indicator(_)
            | Body::Table(_) => vec![],
        }
    }
}

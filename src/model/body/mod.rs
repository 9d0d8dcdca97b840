//! The shapes that an answer can take. A chart, a map and a table each know which shapes they fit.
//!
//! A shape is one file, which holds its numbers and what it says of itself ([`Shape`]), and one line of the list below.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::shape::Shape;

/// The list of all shapes: the file, the variant and what it holds. From it come the modules, [`Body`] with the names that stand in the document, and the way
/// to what a shape says of itself.
macro_rules! shapes {
    ($($(#[$doc:meta])* $file:ident: $shape:ident($holds:ident),)*) => {
        $(
            mod $file;
            pub use $file::*;
        )*

        /// The numbers of a finding.
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "shape", rename_all = "kebab-case")]
        pub enum Body {
            $($(#[$doc])* $shape($holds),)*
        }

        impl Body {
            /// What the shape says of itself.
            pub fn shape(&self) -> &dyn Shape {
                match self {
                    $(Body::$shape(body) => body,)*
                }
            }

            /// The same, where its texts are written.
            pub fn shape_mut(&mut self) -> &mut dyn Shape {
                match self {
                    $(Body::$shape(body) => body,)*
                }
            }
        }
    };
}

shapes! {
    /// A rate for each area.
    rates: AreaRates(AreaRates),
    /// A count for each area, of which no rate would make sense.
    counts: AreaCounts(AreaCounts),
    /// A class for each area.
    reach: AreaClasses(AreaClasses),
    /// Whether people can come while a service is open, area by area at three times of the week.
    going: Going(GoingByArea),
    /// How much service there is for people, area by area.
    access: AreaAccess(AreaAccess),
    /// Several signs of need as one index, area by area.
    need_index: NeedIndex(NeedIndex),
    /// Need beside access, area by area.
    need_access: NeedAccess(NeedAccess),
    /// Whether the rate of each area and its neighbours is high or low together.
    spots: HotSpots(HotSpots),
    /// What the history of each area amounts to.
    emerging: Emerging(Emerging),
    /// How concentrated events are over areas, beside chance.
    concentration: Concentration(Concentration),
    /// Whether months with more go on into the next, in areas and next door.
    near_repeat: NearRepeat(NearRepeat),
    /// A rate beside those of other areas.
    beside: Beside(Beside),
    /// Rates from the most to the least deprived areas.
    gradient: Gradient(Gradient),
    /// Circles of areas with more than chance would put there.
    clusters: Clusters(Clusters),
    /// A count for each month.
    series: Series(Series),
    /// A monthly series around a marked event.
    interrupted: Interrupted(Interrupted),
    /// What is there, and where.
    services: Services(ServiceMap),
    /// Who is reached less than their number suggests.
    parity: Parity(Parity),
    /// Who crosses a border for help.
    journeys: Journeys(Journeys),
    /// What became of reports, by when they were made.
    outcomes: OutcomeCohorts(OutcomeCohorts),
    /// How long reports took to come to an outcome.
    outcome_times: OutcomeTimes(OutcomeTimes),
    /// Hours of need beside hours open.
    hours: WeekClock(WeekClock),
    /// What is missing, for whom and by which standard.
    gaps: Gaps(GapRegister),
    /// What to ask each provider about its records.
    fix_lists: FixLists(FixLists),
    /// A count for each of a few categories.
    bars: Bars(Bars),
    /// An indicator of one's own, wave by wave.
    indicator: Indicator(Indicator),
    /// Parts of a whole, row by row.
    shares: Shares(Shares),
    /// From need to help, step by step.
    waterfall: Waterfall(Waterfall),
    /// Where new sites would help most.
    siting: Siting(Siting),
    /// What a change of the catalogue would do.
    what_if: WhatIf(WhatIf),
    /// Counts by row and column.
    table: Table(Table),
}

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a kind of service reaches people, and how: the one vocabulary of every analysis. *Not known* is never *none*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Yes: a site is within reach.
    Site,
    /// Yes, but without a site in reach: a service comes to them, or helps by phone or online.
    WithoutSite,
    /// No: every service of the kind that serves the area has a known site, and none is within reach.
    OutOfReach,
    /// The catalogue does not settle it.
    NotKnown,
}

impl Reach {
    /// All four, best first.
    pub const ALL: [Reach; 4] = [Reach::Site, Reach::WithoutSite, Reach::OutOfReach, Reach::NotKnown];

    /// How a legend names those beyond reach of a kind of service of which nobody says how far is too far.
    pub const NO_LIMIT: &'static str = "no listed site near, how far is too far not agreed";

    /// How a legend names it.
    pub fn label(self) -> &'static str {
        match self {
            Reach::Site => "site in reach",
            Reach::WithoutSite => "comes to you or by phone",
            Reach::OutOfReach => "beyond reach",
            Reach::NotKnown => "not known",
        }
    }
}

/// Why it is not known whether somebody is reached.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNotKnown {
    /// No listed service says that it serves them, and nobody says that the list is whole.
    NotServed,
    /// A listed service serves them, and does not say where it is.
    PlaceNotGiven,
    /// Where a service is stands in a restricted catalogue, and is not told here.
    PlaceWithheld,
    /// The middle of their area lies on no street, or in no row of the table of times.
    OffNetwork,
}

impl WhyNotKnown {
    /// How a note tells it.
    pub fn label(self) -> &'static str {
        match self {
            WhyNotKnown::NotServed => "no listed service says that it serves them, and the list may not be whole",
            WhyNotKnown::PlaceNotGiven => "a listed service does not say where it is",
            WhyNotKnown::PlaceWithheld => "where a service is stands in a restricted catalogue",
            WhyNotKnown::OffNetwork => "no travel time is known for where they live",
        }
    }
}

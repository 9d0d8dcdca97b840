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

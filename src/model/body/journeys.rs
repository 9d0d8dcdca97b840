//! Who crosses a border for help: in quarters of those helped, and no number of people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;

/// How large a share is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShareTold {
    /// 0% or more, and less than 25%.
    UnderAQuarter,
    /// 25% or more, and less than 50%.
    QuarterToHalf,
    /// 50% or more, and less than 75%.
    HalfToThreeQuarters,
    /// 75% or more.
    ThreeQuartersOrMore,
    /// It is known, and not told: too few people, or too few services.
    NotTold,
    /// The return does not say.
    NotKnown,
}

impl ShareTold {
    /// All of them, the smallest first.
    pub const ALL: [Self; 6] =
        [Self::UnderAQuarter, Self::QuarterToHalf, Self::HalfToThreeQuarters, Self::ThreeQuartersOrMore, Self::NotTold, Self::NotKnown];

    /// As a table names it.
    pub fn label(self) -> &'static str {
        match self {
            Self::UnderAQuarter => "under 25%",
            Self::QuarterToHalf => "25% to under 50%",
            Self::HalfToThreeQuarters => "50% to under 75%",
            Self::ThreeQuartersOrMore => "75% or more",
            Self::NotTold => "not told",
            Self::NotKnown => "not known",
        }
    }

    /// Whether it says how large the share is.
    pub fn is_told(self) -> bool {
        self.limits().is_some()
    }

    /// The quarter with this upper limit, in per cent; `None` where it is none.
    pub fn up_to(percent: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|told| told.percent() == Some(percent))
    }

    /// Its upper limit in per cent.
    pub fn percent(self) -> Option<u64> {
        self.limits().map(|(_, to)| (100.0 * to) as u64)
    }

    /// From this share on, and below that one; of the last quarter the end is within it.
    pub fn limits(self) -> Option<(f64, f64)> {
        match self {
            Self::UnderAQuarter => Some((0.0, 0.25)),
            Self::QuarterToHalf => Some((0.25, 0.5)),
            Self::HalfToThreeQuarters => Some((0.5, 0.75)),
            Self::ThreeQuartersOrMore => Some((0.75, 1.0)),
            Self::NotTold | Self::NotKnown => None,
        }
    }
}

/// Journeys for help, by kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Journeys {
    /// The kinds of service, in the order of the typology.
    pub kinds: Vec<JourneysOfKind>,
    /// What the area would be of a national network of refuges, by each benchmark; empty where its residents are not known.
    pub network: Vec<NetworkShare>,
}

/// Journeys to one kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct JourneysOfKind {
    /// Id of the kind; empty where the return does not say it.
    pub service_type: String,
    /// Its label.
    pub label: Text,
    /// Of the people helped here of whom it is known where they had lived: who came from elsewhere.
    pub came: ShareTold,
    /// Of the residents who were helped where that is known: who went elsewhere.
    pub went: ShareTold,
}

/// A share of a national network.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NetworkShare {
    /// The benchmark, as `data/standards` names it.
    pub standard: String,
    /// Where it is from.
    pub source: String,
    /// When that was published.
    pub published: String,
    /// What is to be known of it.
    pub caveat: String,
    /// So many family places.
    pub places: f64,
}

impl Shape for Journeys {
    has_no! { sums_of_people by_area }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        self.kinds.iter_mut().map(|k| &mut k.label).collect()
    }

    fn counts(&self) -> Counts {
        // Shares in quarters alone.
        Counts::alike([])
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        Ok(Shown::none())
    }

    fn no_counts(&self) -> NoCounts {
        NoCounts::none().and_part(&self.network)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Nothing follows from a count that the pack prints.
        vec![]
    }

    fn table(&self) -> TableView {
        Columns::default()
            .column("service", "Kind of service", |k: &JourneysOfKind| text(k.label.as_str()))
            .column("came", "Share of those helped here who came from elsewhere", |k| text(k.came.label()))
            .column("went", "Share of residents helped who went elsewhere", |k| text(k.went.label()))
            .of(&self.kinds)
    }

    fn sheet(&self) -> Sheet {
        Sheet::Own { name: "Journeys", empty: "[z]", fixed: 1 }
    }

    fn described(&self) -> Described {
        let kinds: Vec<&str> = self.kinds.iter().map(|k| k.service_type.as_str()).collect();
        Described::new(kinds.join(", "), "in quarters".to_owned())
    }

    fn concludes(&self) -> bool {
        // Its quarters are drawn from no count that a pack prints or withholds.
        false
    }

    fn compared(&self) -> Compared<'_> {
        // Quarters are no numbers: who moved from one to the next may be one person.
        Compared::numbers(vec![])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}

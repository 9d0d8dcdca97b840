//! Where one more service would help most, and what one step more or less would do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography, capital};

/// What is asked of new sites.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SiteObjective {
    /// As many people as possible within reach (maximal covering).
    #[default]
    Coverage,
    /// The shortest way on average (p-median).
    Distance,
    /// The shortest way for those who live farthest (p-centre).
    Farthest,
}

/// The best places for new sites of a kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Siting {
    /// The level of the areas.
    pub geography: Geography,
    /// The kind of service.
    pub kind: String,
    /// Its id in the typology.
    pub service_type: String,
    /// Whose reach counts: `residents`, `women aged 16 and over`.
    pub unit: String,
    /// What is asked of the new sites.
    pub objective: SiteObjective,
    /// How far a site reaches, in metres of a straight line; 0 where ways are travel times.
    pub reach_m: f64,
    /// The mode, where ways are travel times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How far a site reaches by that mode, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach_minutes: Option<f64>,
    /// How many sites are new.
    pub new_sites: usize,
    /// How many places were looked at.
    pub candidates: usize,
    /// Reached today, by a site or by a service that comes to them.
    pub reached: Cell<u64>,
    /// Known to be beyond reach today.
    pub beyond: Cell<u64>,
    /// Of whom it is not known; they take no part in any choice.
    pub not_known: Cell<u64>,
    /// All of them.
    pub all: Cell<u64>,
    /// The best choices, all of them as good as one another.
    pub choices: Vec<SiteChoice>,
    /// How many choices are as good; at least so many where not all were counted.
    pub tied: u64,
    /// Whether every tied choice was counted.
    pub all_counted: bool,
    /// Whether no choice is better.
    pub proved: bool,
    /// No choice brings more than these within reach. Where coverage is not what is asked for, it does not apply.
    pub most: Cell<u64>,
    /// People beyond reach whom no place that was looked at would reach.
    pub uncoverable: Cell<u64>,
    /// New sites that would bring all others within reach, where that was found.
    pub fewest_for_all: Option<usize>,
    /// The way before and after, in metres: on average, or of those farthest. Absent where coverage is asked for.
    pub way_m: Option<(f64, f64)>,
    /// The same in minutes, where ways are travel times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way_minutes: Option<(f64, f64)>,
    /// Share of draws in which the first choice is still among the best; absent without any draw.
    pub stands: Option<f64>,
    /// How many draws of reach and need there were.
    pub draws: usize,
    /// Reach varies by up to this share to either side.
    pub reach_varies: f64,
    /// The people of an area vary by up to this share to either side.
    pub need_varies: f64,
    /// What closing or moving one site would do, site by site, beside opening one.
    pub steps: Vec<SiteStep>,
}

/// A place where a site could be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SitePlace {
    /// The area whose centre it is, where it is one.
    pub code: Option<AreaCode>,
    /// Its name.
    pub name: String,
}

/// A choice of places.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SiteChoice {
    /// The places.
    pub places: Vec<SitePlace>,
    /// People who come within reach.
    pub gained: Cell<u64>,
    /// Areas beyond reach today that come within reach, sorted by code; absent in documents of older versions.
    #[serde(default)]
    pub areas: Option<Vec<AreaCode>>,
}

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SiteAction {
    /// One more site opens.
    Open,
    /// A site moves.
    Move,
    /// A site closes.
    Close,
}

impl SiteAction {
    /// How a table names it.
    pub fn label(self) -> &'static str {
        match self {
            SiteAction::Open => "open",
            SiteAction::Move => "move",
            SiteAction::Close => "close",
        }
    }
}

/// One step by itself.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SiteStep {
    /// What is done.
    pub action: SiteAction,
    /// The service that moves or closes.
    pub service: Option<String>,
    /// Where to.
    pub to: Option<SitePlace>,
    /// People who come within reach.
    pub gained: Cell<u64>,
    /// People who have no site in reach any more.
    pub lost: Cell<u64>,
    /// Whom a closing would leave, and how; absent of other steps, and in documents of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// What it costs, in pounds, where the plan says so; saved where negative.
    pub cost: Option<f64>,
}

/// How people would be reached were a service closed, by the classes of reach.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Closing {
    /// Of those who have no site in reach any more, whom another service comes to or helps by phone or online.
    pub still: Cell<u64>,
    /// Of all whom some service reaches today, who would be beyond reach.
    pub beyond: Cell<u64>,
    /// Of all whom some service reaches today, of whom it would not be known.
    pub not_known: Cell<u64>,
}

impl Closing {
    /// All of its numbers.
    pub fn cells(&self) -> [Cell<u64>; 3] {
        [self.still, self.beyond, self.not_known]
    }
}

impl Siting {
    /// Those reached, beyond and not known are all of them; of a whole of which parts are not told, none is larger.
    fn adds_up(&self) -> bool {
        /// Three parts and their whole, each rounded by itself, to 10 at most.
        const ROUNDED_APART: u64 = 20;
        let parts = [self.reached, self.beyond, self.not_known];
        match (Cell::sum(&parts), self.all) {
            (Cell::Known(sum), Cell::Known(all)) => sum.abs_diff(all) <= ROUNDED_APART,
            // Whoever has all parts has the whole.
            (Cell::Known(_), Cell::Withheld | Cell::Missing | Cell::NotApplicable) => false,
            (Cell::Withheld | Cell::Missing | Cell::NotApplicable, all) => {
                all.known().is_none_or(|all| parts.iter().filter_map(|p| p.known()).sum::<u64>() <= all + ROUNDED_APART)
            }
        }
    }
}

impl Shape for Siting {
    has_no! { texts_mut sums_of_people no_counts by_area sheet }

    fn counts(&self) -> Counts {
        let whole = [self.reached, self.beyond, self.not_known, self.all, self.most, self.uncoverable];
        let closing = |s: &SiteStep| s.closing.iter().flat_map(Closing::cells).collect::<Vec<_>>();
        let steps = self.steps.iter().flat_map(|s| [s.gained, s.lost].into_iter().chain(closing(s)));
        Counts::alike(whole.into_iter().chain(self.choices.iter().map(|c| c.gained)).chain(steps))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let mut claims = vec![Claim::Holds(self.adds_up())];
        let fewer = |part: Cell<u64>, whole: Cell<u64>| part.known().zip(whole.known()).is_none_or(|(p, w)| p <= w);
        claims.extend(self.steps.iter().filter_map(|s| Some(Claim::Holds(fewer(s.closing?.still, s.lost)))));
        claims.extend(self.stands.map(|s| Claim::Between(s, [0.0, 1.0])));
        claims
    }

    fn table(&self) -> TableView {
        let unit = capital(&self.unit);
        let headings = vec![
            "What".into(),
            "Service".into(),
            "Where".into(),
            format!("{unit} who come within reach"),
            format!("{unit} who have no site in reach any more"),
            "Of them, another service comes to or helps by phone or online".into(),
            format!("{unit} whom none would reach any more"),
            format!("{unit} of whom it would not be known"),
            "Cost, pounds".into(),
        ];
        let best = if self.tied > 1 { "best choice, one of several" } else { "best choice" };
        let choice = |c: &SiteChoice| {
            let places: Vec<&str> = c.places.iter().map(|p| p.name.as_str()).collect();
            vec![
                text(best),
                text(""),
                text(&places.join("; ")),
                count(c.gained),
                NOT_APPLICABLE,
                NOT_APPLICABLE,
                NOT_APPLICABLE,
                NOT_APPLICABLE,
                NOT_APPLICABLE,
            ]
        };
        let of_closing = |s: &SiteStep, of: fn(Closing) -> Cell<u64>| s.closing.map_or(NOT_APPLICABLE, |c| count(of(c)));
        let step = |s: &SiteStep| {
            vec![
                text(s.action.label()),
                text(s.service.as_deref().unwrap_or("")),
                text(s.to.as_ref().map_or("", |p| p.name.as_str())),
                count(s.gained),
                count(s.lost),
                of_closing(s, |c| c.still),
                of_closing(s, |c| c.beyond),
                of_closing(s, |c| c.not_known),
                number(Cell::applicable(s.cost), 0),
            ]
        };
        TableView::new(headings, self.choices.iter().map(choice).collect()).and_rows(self.steps.iter().map(step))
    }

    fn described(&self) -> Described {
        let within = match (&self.by, self.reach_minutes) {
            (Some(by), Some(minutes)) => format!("{minutes:.0} minutes {by}"),
            _ => format!("{:.0} m", self.reach_m),
        };
        Described::new(
            format!("{} {}", self.service_type, self.unit),
            format!("{:?}, {} new, within {within}", self.objective, self.new_sites),
        )
    }

    fn concludes(&self) -> bool {
        self.choices.iter().any(|c| c.gained.known().is_some()) || self.all.known().is_some() || self.stands.is_some()
    }

    fn compared(&self) -> Compared<'_> {
        Compared::numbers(vec![Quantity::count("beyond", &self.unit, self.beyond)])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // A scenario tests nothing.
        vec![]
    }
}

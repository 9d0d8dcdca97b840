//! How concentrated events are over areas, beside what chance gives.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{Cell, Estimate, Geography, Period};

/// How concentrated events are over areas, areas with most first.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Concentration {
    /// The level of the areas.
    pub geography: Geography,
    /// What is counted.
    pub measure: String,
    /// How many areas take part.
    pub areas: usize,
    /// Events in them.
    pub events: Cell<u64>,
    /// Whether chance deals events out by residents; by areas that are all alike without them.
    pub by_residents: bool,
    /// The share of areas that is looked at as the top: 0.1.
    pub top: f64,
    /// What is to be said of it.
    pub said: ConcentrationSaid,
    /// Share of the areas that holds half of the events.
    pub half: Option<BesideChance>,
    /// Share of the events in the top share of areas.
    pub in_top: Option<BesideChance>,
    /// The same beside areas whose rates differ as much as they were estimated to.
    pub beside_varying: Option<BesideChance>,
    /// Share of what is to be expected in the top share of areas, without the chance of few events.
    pub lasting: Option<Estimate>,
    /// Share of areas with half of what is to be expected.
    pub lasting_half: Option<Estimate>,
    /// Share of the events of later months in the areas that had most before.
    pub kept: Option<Kept>,
    /// The curve.
    pub curve: Vec<ConcentrationPoint>,
}

/// What may be said of a concentration.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConcentrationSaid {
    /// More concentrated than the same risk for all would make it.
    More,
    /// As concentrated as that.
    AsChance,
    /// More even than that.
    Less,
    /// Too little is known.
    #[default]
    NotKnown,
}

/// A share beside what chance gives.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BesideChance {
    /// As observed, 0 to 1.
    pub observed: f64,
    /// The mean by chance.
    pub by_chance: f64,
    /// 95 % of what chance gives lies above 2.5 % here…
    pub lower: f64,
    /// … and below here.
    pub upper: f64,
    /// Chance of being as concentrated or more.
    pub p: f64,
}

/// Whether the areas with most before have most later.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Kept {
    /// The months before.
    pub before: Period,
    /// The months after.
    pub later: Period,
    /// The share that those areas had before.
    pub share_before: f64,
    /// The share that they have later, beside that of areas whose rates are drawn anew.
    pub share: BesideChance,
}

/// A place of the curve.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConcentrationPoint {
    /// Share of the areas, those with most first.
    pub areas: f64,
    /// Share of the events in them, beside chance.
    pub events: BesideChance,
}

impl Shape for Concentration {
    has_no! { texts_mut sums_of_people no_counts by_area }

    fn counts(&self) -> Counts {
        Counts::alike([self.events])
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // Told of open sources alone.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Never told of a restricted source.
        vec![Claim::Holds(false)]
    }

    fn table(&self) -> TableView {
        let percent = |x: f64| Value::Number(100.0 * x, 1);
        let mut table = Columns::default()
            .column("what", "What", |_: &ConcentrationPoint| text("Share of events in the areas with most"))
            .column("share_of_areas", "Share of areas (%)", move |p| percent(p.areas))
            .column("share_of_events", "Share of events (%)", move |p| percent(p.events.observed))
            .column("by_chance", "By chance", move |p| percent(p.events.by_chance))
            .column("lower", "Lower 95% limit", move |p| percent(p.events.lower))
            .column("upper", "Upper 95% limit", move |p| percent(p.events.upper))
            .column("p", "p of as much by chance", |p| Value::Number(p.events.p, 4))
            .of(&self.curve);
        if let Some(h) = self.half {
            table = table.line([
                ("what", text("Share of areas with half of the events")),
                ("share_of_areas", percent(h.observed)),
                ("share_of_events", percent(0.5)),
                ("by_chance", percent(h.by_chance)),
                ("lower", percent(h.lower)),
                ("upper", percent(h.upper)),
                ("p", Value::Number(h.p, 4)),
            ]);
        }
        let of = |label: &str, areas: f64, b: BesideChance| {
            [
                ("what", text(label)),
                ("share_of_areas", percent(areas)),
                ("share_of_events", percent(b.observed)),
                ("by_chance", percent(b.by_chance)),
                ("lower", percent(b.lower)),
                ("upper", percent(b.upper)),
                ("p", Value::Number(b.p, 4)),
            ]
        };
        if let Some(b) = self.beside_varying {
            table = table.line(of("Share of events, by chance of rates that differ as estimated", self.top, b));
        }
        if let Some(k) = self.kept {
            table = table.line(of(&format!("Later, in the areas with most in {}", k.before.label()), self.top, k.share));
        }
        if let Some(e) = self.lasting {
            table = table.line([
                ("what", text("Share of what is to be expected, without chance")),
                ("share_of_areas", percent(self.top)),
                ("share_of_events", percent(e.value)),
                ("lower", percent(e.lower)),
                ("upper", percent(e.upper)),
            ]);
        }
        table
    }

    fn sheet(&self) -> Sheet {
        Sheet::Together { name: "Concentration", heading: "Measure", which: self.measure.clone(), title: "How concentrated it is" }
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), format!("top {}, by residents {}", self.top, self.by_residents))
    }

    fn concludes(&self) -> bool {
        self.said != ConcentrationSaid::NotKnown || self.half.is_some() || self.lasting.is_some() || self.kept.is_some()
    }

    fn compared(&self) -> Compared<'_> {
        let share = |row: &str, x: Option<f64>| Quantity::new(row, "% of events", x.map_or(Cell::Missing, |x| Cell::Known(100.0 * x)));
        Compared::events(vec![share("in the areas with most", self.in_top.map(|t| t.observed))])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The scan answers where there is more: one test speaks for a question.
        vec![]
    }
}

//! Classes by area: whether a kind of service reaches it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography};
pub use crate::units::{Reach, WhyNotKnown};

/// Classes by area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AreaClasses {
    /// The level of the areas.
    pub geography: Geography,
    /// The kind of service.
    pub measure: String,
    /// Its id in the typology.
    pub service_type: String,
    /// One for each area, sorted by code.
    pub rows: Vec<AreaClass>,
    /// Residents by class.
    pub totals: Vec<ClassTotal>,
    /// Up to which way a site counts as near: `within 3 km in a straight line`.
    #[serde(default)]
    pub within: String,
    /// Whether somebody says how far is too far for the kind: people expect it near where they live, or the plan gives it a distance of its own. Where
    /// nobody does, those without a listed site within that way are no gap by themselves.
    #[serde(default = "agreed")]
    pub agreed: bool,
    /// Why it is not known of some, where it is not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why_not_known: Vec<WhyNotKnown>,
}

impl AreaClasses {
    /// How a legend or a table names a class of these: who has no listed site near is beyond reach only where somebody says how far is too far.
    pub fn label(&self, class: Reach) -> &'static str {
        if class == Reach::OutOfReach && !self.agreed { Reach::NO_LIMIT } else { class.label() }
    }
}

/// Of documents written before it was told apart.
fn agreed() -> bool {
    true
}

/// The class of one area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AreaClass {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Reach,
    /// Its residents.
    pub residents: Cell<f64>,
}

/// Residents of all areas of a class.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClassTotal {
    /// The class.
    pub class: Reach,
    /// How many people.
    pub residents: Cell<u64>,
}

impl ClassTotal {
    /// As a number that is held against that of another pack.
    pub(super) fn quantity(&self) -> Quantity {
        Quantity::count(self.class.label(), "residents", self.residents)
    }
}

impl Shape for AreaClasses {
    has_no! { texts_mut sums_of_people no_counts sheet }

    fn counts(&self) -> Counts {
        Counts::alike(self.totals.iter().map(|t| t.residents))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Counts and states alone: nothing is worked out from the counts that is not a sum of them.
        vec![]
    }

    fn table(&self) -> TableView {
        let total = |t: &ClassTotal| vec![text(""), text("Total"), text(self.label(t.class)), count(t.residents)];
        Columns::default()
            .column("area_code", "Code", |r: &AreaClass| text(r.code.as_str()))
            .column("area_name", "Area", |r| text(&r.name))
            .column("reach", format!("Reach of {}", self.measure), |r| text(self.label(r.class)))
            .column("population", "Residents", |r| number(r.residents, 0))
            .of(&self.rows)
            .and_rows(self.totals.iter().map(total))
    }

    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let rows = || self.rows.iter().map(|r| AreaFigure::class(r.code)).collect();
        (measure == AreaMeasure::Class).then(|| AreaFigures { decimals: 0, rows: rows() })
    }

    fn described(&self) -> Described {
        // How far is too far stands in the description of the map, which names no months.
        Described { subtitle_is_a_setting: true, ..Described::new(self.service_type.clone(), self.measure.clone()) }
    }

    fn concludes(&self) -> bool {
        self.totals.iter().any(|t| t.residents.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        Compared::numbers(self.totals.iter().map(ClassTotal::quantity).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}

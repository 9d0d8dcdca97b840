//! What a change of the catalogue would do: before, after, who gains and who loses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::gaps::Verdict;
use super::reach::ClassTotal;
use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography, Reach};

/// A scenario of the plan, for one kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WhatIf {
    /// The level of the areas.
    pub geography: Geography,
    /// Name of the scenario.
    pub scenario: String,
    /// The kind of service.
    pub kind: String,
    /// Its id in the typology.
    pub service_type: String,
    /// When services must be open to count: empty for any time, else `in the evening`, `at night`, `at the weekend`.
    pub open: String,
    /// Residents by reach today.
    pub before: Vec<ClassTotal>,
    /// Residents by reach after the change.
    pub after: Vec<ClassTotal>,
    /// Residents who come within reach of a site.
    pub gained: Cell<u64>,
    /// Residents who fall out of reach of every site.
    pub lost: Cell<u64>,
    /// Gained less lost where reach is somewhat shorter or longer: 95 % of the draws lie between these; absent where none were made.
    pub net_range: Option<(f64, f64)>,
    /// Draws of the reach.
    pub draws: usize,
    /// Reach varies by up to this share to either side.
    pub reach_varies: f64,
    /// Capacity of running services before and after, in `capacity_unit`, where the catalogue gives it.
    pub capacity: Option<(f64, f64)>,
    /// What capacity counts.
    pub capacity_unit: String,
    /// What there is for each person, before and after, where the catalogue is open and gives capacities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<WhatIfAccess>,
    /// Groups of residents within reach of a site before and after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<WhatIfGroup>,
    /// Tests of the register of gaps that say something else after the change, sorted by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<WhatIfGap>,
    /// Areas whose reach changes, sorted by code.
    pub rows: Vec<WhatIfArea>,
}

/// Capacity for each person before and after.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WhatIfAccess {
    /// `places for each 10,000 women aged 16 and over`.
    pub unit: String,
    /// Mean over all people of areas for which it is known, before and after.
    pub mean: (f64, f64),
    /// Areas with more after than before, and with less: sharing takes from some what it gives to others.
    pub areas_more: usize,
    /// Areas with less.
    pub areas_less: usize,
    /// Mean in the most deprived fifth of areas before and after, where deprivation is known.
    pub most_deprived: Option<(f64, f64)>,
    /// The same in the least deprived fifth.
    pub least_deprived: Option<(f64, f64)>,
}

/// A group of residents.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WhatIfGroup {
    /// Its name.
    pub group: String,
    /// How many live where it is known, before and after, whether a site is in reach.
    pub all: Cell<u64>,
    /// Of them, within reach of a site today.
    pub before: Cell<u64>,
    /// And after the change.
    pub after: Cell<u64>,
}

/// A test of the register that says something else.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WhatIfGap {
    /// Test and subject: `distance/one-stop-shop`.
    pub id: String,
    /// Id of the test.
    pub dimension: String,
    /// Name of what is tested.
    pub subject: Text,
    /// Whom it is about.
    pub who: Text,
    /// What `people-before` and `people-after` count.
    pub unit: String,
    /// What the test says today.
    pub before: Verdict,
    /// What it would say.
    pub after: Verdict,
    /// People of whom the gap is today, where a number of them is known.
    pub people_before: Cell<u64>,
    /// And after the change.
    pub people_after: Cell<u64>,
}

/// An area whose reach changes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WhatIfArea {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Its residents.
    pub residents: Cell<f64>,
    /// How it is reached today.
    pub before: Reach,
    /// How it would be reached.
    pub after: Reach,
}

impl WhatIf {
    /// Gaps that would open: what is not known is neither open nor closed.
    pub fn opened(&self) -> impl Iterator<Item = &WhatIfGap> {
        self.gaps.iter().filter(|g| g.after == Verdict::Gap && g.before == Verdict::NoGap)
    }

    /// Gaps that would close.
    pub fn closed(&self) -> impl Iterator<Item = &WhatIfGap> {
        self.gaps.iter().filter(|g| g.before == Verdict::Gap && g.after == Verdict::NoGap)
    }

    /// Whether the change could be nothing: its range takes in none. `None` where nothing was drawn.
    pub fn inside_the_noise(&self) -> Option<bool> {
        self.net_range.map(|(low, high)| low <= 0.0 && high >= 0.0)
    }
}

impl Shape for WhatIf {
    has_no! { sums_of_people no_counts by_area sheet }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        self.gaps.iter_mut().flat_map(|g| [&mut g.subject, &mut g.who]).collect()
    }

    fn counts(&self) -> Counts {
        let reach = self.before.iter().chain(&self.after).map(|t| t.residents);
        let groups = self.groups.iter().flat_map(|g| [g.all, g.before, g.after]);
        let gaps = self.gaps.iter().flat_map(|g| [g.people_before, g.people_after]);
        Counts::alike(reach.chain([self.gained, self.lost]).chain(groups).chain(gaps))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Counts, words and states alone: nothing is worked out from the counts that is not a sum of them.
        vec![]
    }

    fn table(&self) -> TableView {
        let headings = ["Code", "Area or state of reach", "Residents", "Before", "After"].map(str::to_owned).to_vec();
        let of = |list: &[ClassTotal], reach: Reach| list.iter().find(|t| t.class == reach).map_or(Cell::Missing, |t| t.residents);
        let line = |what: String, of: Value, before: Value, after: Value| vec![text(""), Value::Text(what), of, before, after];
        let pair =
            |what: String, (before, after): (f64, f64)| line(what, NOT_APPLICABLE, Value::Number(before, 1), Value::Number(after, 1));
        let reach = Reach::ALL.into_iter();
        let reach = reach.map(|r| line(r.label().into(), NOT_APPLICABLE, count(of(&self.before, r)), count(of(&self.after, r))));
        let moved = [("come within reach of a site", self.gained), ("fall out of reach of every site", self.lost)];
        let moved = moved.into_iter().map(|(what, n)| line(what.into(), NOT_APPLICABLE, NOT_APPLICABLE, count(n)));
        let capacity = self.capacity.iter().map(|c| pair(format!("capacity, {}", self.capacity_unit), *c));
        let access = self.access.iter().flat_map(|a| {
            let means =
                [("", Some(a.mean)), ("most deprived fifth: ", a.most_deprived), ("least deprived fifth: ", a.least_deprived)].into_iter();
            means.filter_map(|(what, mean)| Some(pair(format!("{what}{}", a.unit), mean?)))
        });
        let groups = self.groups.iter().map(|g| line(format!("{}, within reach", g.group), count(g.all), count(g.before), count(g.after)));
        let gaps = self.gaps.iter();
        let gaps = gaps.map(|g| line(format!("{}: {}", g.id, g.subject), NOT_APPLICABLE, text(g.before.label()), text(g.after.label())));
        let area = |r: &WhatIfArea| {
            vec![text(r.code.as_str()), text(&r.name), number(r.residents, 0), text(r.before.label()), text(r.after.label())]
        };
        let rows = reach.chain(moved).chain(capacity).chain(access).chain(groups).chain(gaps).chain(self.rows.iter().map(area));
        TableView::new(headings, rows.collect())
    }

    fn described(&self) -> Described {
        // How far is too far stands in the description.
        let described = Described::new(format!("{} {}", self.scenario, self.service_type), self.open.clone());
        Described { subtitle_is_a_setting: true, ..described }
    }

    fn concludes(&self) -> bool {
        self.gained.known().is_some() || self.before.iter().any(|t| t.residents.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        Compared::numbers(vec![
            Quantity::count("come within reach", "residents", self.gained),
            Quantity::count("fall out of reach", "residents", self.lost),
        ])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // A scenario tests nothing.
        vec![]
    }
}

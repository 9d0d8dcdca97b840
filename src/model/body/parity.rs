//! Parity: how much a group uses a service, beside everybody else for whom it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{Cell, Estimate};

/// So much of all people may be in groups of whom no count is known before nothing is held against the others.
const MOST_UNTOLD: f64 = 0.1;

/// Parity ratios of one kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Parity {
    /// The kind of service; empty for all together.
    pub service: String,
    /// What the populations count.
    pub reference: String,
    /// Coverage of each interval: so high that all of them together hold at `together`.
    pub level: f64,
    /// Coverage of all intervals together.
    pub together: f64,
    /// What is told apart.
    pub dimensions: Vec<ParityDimension>,
}

/// One dimension.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ParityDimension {
    /// Its name.
    pub name: String,
    /// Its groups.
    pub groups: Vec<ParityGroup>,
    /// Users of whom the group is not known.
    pub not_known: Cell<u64>,
    /// All users.
    pub total: Cell<u64>,
}

/// One group.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ParityGroup {
    /// Its name.
    pub name: String,
    /// Its users.
    pub users: Cell<u64>,
    /// Its people among those whom the service is for.
    pub population: Cell<f64>,
    /// Users for each of its people over the same of all other groups of which counts are known: 1 where it is used as much as they use it.
    pub ratio: Cell<Estimate>,
}

impl ParityDimension {
    /// Users of whom the group is known, as far as the released counts tell.
    pub(crate) fn told_apart(&self) -> Option<u64> {
        let rest = if self.not_known == Cell::NotApplicable { 0 } else { self.not_known.known()? };
        self.total.known().map(|n| n.saturating_sub(rest)).filter(|n| *n > 0)
    }

    /// Users and people of all other groups of which both are known; `None` where there is no such group.
    ///
    /// They are added up from the released counts, and not taken as the total less the group: of two groups each is then held against the other, and
    /// their ratios are reciprocals, however counts were rounded.
    ///
    /// `None`, too, where more than a tenth of everybody is in groups of whom no count is known: what is left of the others is not the others.
    pub fn rest_beside(&self, group: &ParityGroup) -> Option<(u64, f64)> {
        let people = |g: &&ParityGroup| g.population.known().unwrap_or(0.0);
        let all: f64 = self.groups.iter().map(|g| people(&g)).sum();
        let untold: f64 = self.groups.iter().filter(|g| g.users.known().is_none()).map(|g| people(&g)).sum();
        if untold > MOST_UNTOLD * all {
            return None;
        }
        let others = self.groups.iter().filter(|g| g.name != group.name);
        let known: Vec<(u64, f64)> = others.filter_map(|g| Some((g.users.known()?, g.population.known().filter(|p| *p > 0.0)?))).collect();
        (!known.is_empty()).then(|| known.iter().fold((0, 0.0), |(users, people), (u, p)| (users + u, people + p)))
    }

    /// Share of a group's people among those of all groups.
    pub fn share_of_population(&self, group: &ParityGroup) -> Option<f64> {
        let all: Option<f64> = self.groups.iter().map(|g| g.population.known()).sum();
        Some(group.population.known()? / all.filter(|p| *p > 0.0)?)
    }

    /// Share of a group's users among those of whom the group is known.
    pub fn share_of_users(&self, group: &ParityGroup) -> Option<f64> {
        Some(group.users.known()? as f64 / self.told_apart()? as f64)
    }
}

impl Shape for Parity {
    has_no! { texts_mut no_counts by_area }

    fn counts(&self) -> Counts {
        let of = |d: &ParityDimension| d.groups.iter().map(|g| g.users).chain([d.not_known, d.total]).collect::<Vec<_>>();
        Counts::alike(self.dimensions.iter().flat_map(of))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // People who are no events: their sums are tried by themselves.
        Ok(Shown::none())
    }

    fn sums_of_people(&self) -> Vec<SumOfPeople> {
        // Totals of two dimensions may be the same people, or not: only each for itself is a sum.
        let of = |(k, d): (usize, &ParityDimension)| SumOfPeople::of(k, d.groups.iter().map(|g| g.users).chain([d.not_known, d.total]));
        self.dimensions.iter().enumerate().map(of).collect()
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let groups = self.dimensions.iter().flat_map(|d| d.groups.iter().map(move |g| (d, g)));
        let ratio = |(d, g): (&ParityDimension, &ParityGroup)| {
            let basis = Basis::RateRatio { count: g.users, people: g.population, others: d.rest_beside(g) };
            Claim::EstimateAt(g.ratio, basis, self.level)
        };
        groups.map(ratio).collect()
    }

    fn table(&self) -> TableView {
        type Line<'a> = (&'a ParityDimension, &'a str, Cell<u64>, Option<&'a ParityGroup>);
        let lines = self.dimensions.iter().flat_map(|d| {
            let groups = d.groups.iter().map(move |g| (d, g.name.as_str(), g.users, Some(g)));
            groups.chain([(d, "Not known", d.not_known, None), (d, "Total", d.total, None)])
        });
        let lines: Vec<Line> = lines.collect();
        let percent = |share: Option<f64>| share.map_or(MISSING, |s| Value::Number(100.0 * s, 1));
        let ratio = ["Times the rate of the other groups", "Lower limit", "Upper limit"].map(|heading| ("", heading.to_owned()));
        Columns::default()
            .column("dimension", "Dimension", |(d, ..): &Line| text(&d.name))
            .column("group", "Group", |(_, name, ..)| text(name))
            .column("users", "Users", |(_, _, users, _)| count(*users))
            .column("", format!("Population ({})", self.reference), |(.., g)| g.map_or(NOT_APPLICABLE, |g| number(g.population, 0)))
            .column("", "Share of users, %", move |(d, _, users, g)| match g {
                None => NOT_APPLICABLE,
                Some(_) if *users == Cell::Withheld => WITHHELD,
                Some(g) => percent(d.share_of_users(g)),
            })
            .column("", "Share of population, %", move |(d, .., g)| g.map_or(NOT_APPLICABLE, |g| percent(d.share_of_population(g))))
            .estimate(ratio, (1.0, 2), |(.., g)| g.map_or(Cell::NotApplicable, |g| g.ratio))
            .of(&lines)
    }

    fn sheet(&self) -> Sheet {
        Sheet::Together {
            name: "Parity",
            heading: "Service",
            which: if self.service.is_empty() { "All together".into() } else { self.service.clone() },
            title: "Users beside the people whom a service is for",
        }
    }

    fn described(&self) -> Described {
        Described::new(format!("{} {}", self.service, self.reference), format!("limits at {:.4}", self.level))
    }

    fn concludes(&self) -> bool {
        self.dimensions.iter().flat_map(|d| &d.groups).any(|g| g.ratio.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        Compared::Parity(self)
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The share of users who are missing: as many more as would come from the groups that are reached less, were they reached as the rest is.
        let (mut groups, mut missing, mut users) = (vec![], 0.0_f64, 0.0_f64);
        for dimension in &self.dimensions {
            let mut missing_here = 0.0;
            for group in &dimension.groups {
                let sides = || Some((group.users.known()?, group.population.known()?, dimension.rest_beside(group)?));
                let Some((ratio, (events, people, others))) = group.ratio.known().zip(sides()) else { continue };
                groups.push(GroupBesideOthers { events, people, others });
                if ratio.value < 1.0 && ratio.upper < 1.0 {
                    missing_here += others.0 as f64 / others.1 * people - events as f64;
                }
            }
            // A person has one group of each dimension: the dimensions are not added up.
            missing = missing.max(missing_here);
            users = users.max(dimension.total.known().unwrap_or(0) as f64);
        }
        let effect = if users > 0.0 { (missing / (users + missing)).min(1.0) } else { 0.0 };
        let tested = (!groups.is_empty()).then_some(Says::Tested { effect, test: Test::LeastReached(groups) });
        tested.map(|says| StandsOut { kind: Kind::Group, says }).into_iter().collect()
    }
}

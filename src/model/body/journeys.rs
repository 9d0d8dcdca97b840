//! Where people came from, and where they went, for help.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Estimate};

/// Journeys into and out of the partnership, by kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Journeys {
    /// Coverage of limits.
    pub level: f64,
    /// One for each kind of service; the last is of all of them, where there are several.
    pub kinds: Vec<JourneysOf>,
    /// Where those came from who had not lived in the partnership.
    pub came_from: Vec<JourneyPlace>,
    /// Where those went who were helped outside it.
    pub went_to: Vec<JourneyPlace>,
    /// What the partnership's residents would be of a national network of refuges. Public numbers alone.
    pub network: Vec<NetworkShare>,
}

/// Journeys to one kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct JourneysOf {
    /// The kind.
    pub label: Text,
    /// What it means to be helped in one's own authority.
    pub within: Within,
    /// Residents helped in their own authority.
    pub stayed: Cell<u64>,
    /// Residents helped in another authority of the partnership; not applicable where it has one alone.
    pub between: Cell<u64>,
    /// Residents helped outside the partnership.
    pub went: Cell<u64>,
    /// People helped here who had lived elsewhere.
    pub came: Cell<u64>,
    /// Residents who were helped, here or elsewhere.
    pub residents: Cell<u64>,
    /// People who were helped here, wherever they had lived; those of whom that is not known are not among them.
    pub served: Cell<u64>,
    /// People who were helped here, of whom it is not known where they had lived.
    pub origin_not_known: Cell<u64>,
    /// Residents of whom it is not known where they were helped.
    pub destination_not_known: Cell<u64>,
    /// `went / residents`, with Wilson's limits.
    pub share_went: Cell<Estimate>,
    /// `came / served`, with Wilson's limits.
    pub share_came: Cell<Estimate>,
}

/// What it means to be helped in one's own authority.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// They could stay where they live.
    Stayed,
    /// They moved, and not far: the service is a place to live in.
    Moved,
    /// One or the other: several kinds of service together.
    Either,
}

/// An authority, or all of some.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct JourneyPlace {
    /// Its code, where it is one authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<AreaCode>,
    /// Its name, or how far away it is.
    pub label: Text,
    /// People, for each of the kinds.
    pub people: Vec<Cell<u64>>,
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

/// A line of the table: kind, journey, place, people, and their share.
type Line<'a> = (&'a str, &'static str, &'a str, Cell<u64>, Cell<Estimate>);

impl Journeys {
    /// All kinds together.
    pub fn all(&self) -> Option<&JourneysOf> {
        self.kinds.last()
    }

    /// The lines of its table.
    fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        for (k, of) in self.kinds.iter().enumerate() {
            let kind = of.label.as_str();
            let mut line = |journey: &'static str, place, people: Cell<u64>, share: Cell<Estimate>| {
                if people != Cell::NotApplicable {
                    lines.push((kind, journey, place, people, share));
                }
            };
            let within = match of.within {
                Within::Stayed => "Helped where they live",
                Within::Moved => "Moved within their authority",
                Within::Either => "Helped in their own authority",
            };
            let none = Cell::NotApplicable;
            line(within, "", of.stayed, none);
            line("Helped in another authority of the partnership", "", of.between, none);
            line("Went elsewhere", "All", of.went, of.share_went);
            let at = |p: &JourneyPlace| p.people.get(k).copied().unwrap_or(Cell::Missing);
            self.went_to.iter().for_each(|p| line("Went elsewhere", p.label.as_str(), at(p), none));
            line("Residents who were helped", "All", of.residents, none);
            line("Residents, not known where they were helped", "", of.destination_not_known, none);
            line("Came from elsewhere", "All", of.came, of.share_came);
            self.came_from.iter().for_each(|p| line("Came from elsewhere", p.label.as_str(), at(p), none));
            line("Helped here", "All", of.served, none);
            line("Helped here, not known where they had lived", "", of.origin_not_known, none);
        }
        lines
    }

    /// All its counts of a kind, each at its place; and which of them add up: the last is the sum of the others.
    fn of_kind(&self, k: usize) -> (Vec<Cell<u64>>, Vec<Vec<usize>>) {
        let of = &self.kinds[k];
        let mut cells =
            vec![of.stayed, of.between, of.went, of.came, of.residents, of.served, of.origin_not_known, of.destination_not_known];
        let mut places = |list: &[JourneyPlace]| -> Vec<usize> {
            let from = cells.len();
            cells.extend(list.iter().map(|p| p.people.get(k).copied().unwrap_or(Cell::Missing)));
            (from..cells.len()).collect()
        };
        let (to, from) = (places(&self.went_to), places(&self.came_from));
        let mut sums = vec![vec![0, 1, 2, 4], vec![0, 1, 3, 5]];
        sums.extend([(to, 2), (from, 3)].into_iter().filter(|(parts, _)| !parts.is_empty()).map(|(parts, total)| {
            let mut sum = parts;
            sum.push(total);
            sum
        }));
        (cells, sums)
    }
}

impl Shape for Journeys {
    has_no! { by_area }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let places = self.came_from.iter_mut().chain(&mut self.went_to).map(|p| &mut p.label);
        self.kinds.iter_mut().map(|k| &mut k.label).chain(places).collect()
    }

    fn counts(&self) -> Counts {
        Counts::alike((0..self.kinds.len()).flat_map(|k| self.of_kind(k).0))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // People who are no events: their sums are tried by themselves.
        Ok(Shown::none())
    }

    fn sums_of_people(&self) -> Vec<SumOfPeople> {
        // One number of all: the counts of a place are the same in every sum that they stand in, those over kinds too.
        let kinds: Vec<_> = (0..self.kinds.len()).map(|k| self.of_kind(k)).collect();
        let Some(width) = kinds.first().map(|k| k.0.len()) else { return vec![] };
        let cell = |(k, i): (usize, usize)| (k * width + i, kinds[k].0[i]);
        let sum = |cells: Vec<(usize, usize)>| {
            let cells: Vec<_> = cells.into_iter().map(cell).filter(|(_, n)| *n != Cell::NotApplicable).collect();
            SumOfPeople { number: 0, adds_up: cells.len() > 1, cells }
        };
        let within = |k: usize| kinds[k].1.iter().map(move |s| s.iter().map(|i| (k, *i)).collect::<Vec<_>>());
        let mut sums: Vec<SumOfPeople> = (0..kinds.len()).flat_map(within).map(sum).collect();
        if kinds.len() > 1 {
            sums.extend((0..width).map(|i| sum((0..kinds.len()).map(|k| (k, i)).collect())));
        } else {
            // What stands in no sum is bounded by itself.
            sums.extend([6, 7].map(|i| SumOfPeople { adds_up: false, ..sum(vec![(0, i)]) }));
        }
        sums
    }

    fn no_counts(&self) -> NoCounts {
        NoCounts::numbers([self.level]).and_part(&self.network)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let share = |share, count, of| Claim::Estimate(share, Basis::Proportion { count, of, scale: 1.0 });
        let of = |k: &JourneysOf| [share(k.share_went, k.went, k.residents), share(k.share_came, k.came, k.served)];
        self.kinds.iter().flat_map(of).collect()
    }

    fn table(&self) -> TableView {
        let lines = self.lines();
        let share = ["Share of all residents helped, or of all helped here, %", "Lower limit, %", "Upper limit, %"];
        type Line<'a> = (&'a str, &'static str, &'a str, Cell<u64>, Cell<Estimate>);
        Columns::default()
            .column("service", "Kind of service", |(kind, ..): &Line| text(kind))
            .column("journey", "Journey", |(_, journey, ..)| text(journey))
            .column("place", "From or to", |(_, _, place, ..)| text(place))
            .column("people", "People", |(.., people, _)| count(*people))
            .estimate(share.map(|heading| ("", heading.to_owned())), (100.0, 1), |(.., share)| *share)
            .of(&lines)
    }

    fn sheet(&self) -> Sheet {
        Sheet::Own { name: "Journeys", empty: "[z]", fixed: 2 }
    }

    fn described(&self) -> Described {
        let kinds: Vec<&str> = self.kinds.iter().map(|k| k.label.as_str()).collect();
        Described::new(kinds.join(", "), format!("limits at {:.4}", self.level))
    }

    fn concludes(&self) -> bool {
        self.kinds.iter().any(|k| k.share_went.known().is_some() || k.share_came.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        let line = |(kind, journey, place, people, _): (&str, &'static str, &str, Cell<u64>, Cell<Estimate>)| {
            let row = [kind, journey, place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            Quantity::count(&row, "people", people)
        };
        Compared::numbers(self.lines().into_iter().map(line).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_sums_are_of_every_kind_and_over_all_of_them() {
        let of = |n: u64| JourneysOf {
            label: "Refuge".into(),
            within: Within::Moved,
            stayed: Cell::Known(n),
            between: Cell::NotApplicable,
            went: Cell::Known(2 * n),
            came: Cell::Known(3 * n),
            residents: Cell::Known(3 * n),
            served: Cell::Known(4 * n),
            origin_not_known: Cell::NotApplicable,
            destination_not_known: Cell::NotApplicable,
            share_went: Cell::Missing,
            share_came: Cell::Missing,
        };
        let place = |n: u64| JourneyPlace { code: None, label: "England".into(), people: [1, 2, 3].map(|k| Cell::Known(n * k)).to_vec() };
        let kinds = vec![of(10), of(20), of(30)];
        let body = Journeys { level: 0.95, kinds, came_from: vec![place(30)], went_to: vec![place(20)], network: vec![] };
        for sum in body.sums_of_people().iter().filter(|s| s.adds_up) {
            let (total, parts) = sum.cells.split_last().unwrap();
            let parts: Vec<Cell<u64>> = parts.iter().map(|p| p.1).collect();
            assert_eq!(Cell::sum(&parts), total.1, "{:?}", sum.cells);
        }
        assert_eq!(body.counts().all().filter(|c| c.known().is_some()).count(), 3 * 7);
        assert_eq!(body.table().rows.len(), 3 * 7);
    }
}

//! Where services should stand: exact choices of sites, with every choice that is as good and a proof or a bound.
//!
//! Five questions of Church and ReVelle and of Hakimi, and choices under a budget. Costs are distances or minutes from a
//! client (an area, a demand point) to a site. A choice is exact when `proved`; where the work limit stopped the search, the
//! best choice found stands with the bound that no choice can beat.
//!
//! References: Hakimi 1964 (p-median, p-centre); Toregas and others 1971 (set covering); Church and ReVelle 1974 (maximal
//! covering); Current and Storbeck 1988 (capacities); Cornuejols, Fisher and Nemhauser 1977 and Beasley 1993 (Lagrangian bounds).

mod budget;
mod cover;
mod flow;
mod median;
mod ties;

pub use budget::{Action, Choice, budgeted, capacitated_covering};
pub use cover::{fewest_for_all, p_centre, set_covering};
pub use median::{maximal_covering, p_median};
pub(crate) use ties::Tied;

/// Clients, sites and the ways between them.
#[derive(Clone, Copy, Debug)]
pub struct Problem<'a> {
    /// Cost of the way from each client to each site, a row a client. Negative or not finite: there is no way.
    pub cost: &'a [f64],
    /// Weight of each client: people, women, expected need. Zero counts for nothing.
    pub weight: &'a [f64],
    /// How many sites there are.
    pub sites: usize,
    /// Sites that are open whatever is chosen; they count among the open ones.
    pub fixed: &'a [usize],
    /// How far two open sites must be from one another; two fixed ones are exempt.
    pub apart: Option<Apart<'a>>,
}

/// A least distance between two open sites.
#[derive(Clone, Copy, Debug)]
pub struct Apart<'a> {
    /// Distance of each site to each, a row a site.
    pub distance: &'a [f64],
    /// The least distance that is allowed.
    pub least: f64,
}

/// How much work a search may do. It is counted in nodes and never in seconds: the same inputs give the same answer on any machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// Nodes of the search tree for the proof, and as many again for the ties.
    pub nodes: u64,
    /// How many tied choices are listed; more are only counted.
    pub listed: usize,
}

impl Default for Limit {
    /// Enough for the published instances of 200 by 200; a hundred choices are more than a board reads.
    fn default() -> Self {
        Self { nodes: 20_000, listed: 100 }
    }
}

/// The best choice and how sure it is.
#[derive(Clone, PartialEq, Debug)]
pub struct Siting {
    /// What the best choice reaches: a number of sites, people covered, weighted cost, greatest cost.
    pub objective: f64,
    /// What no choice can beat. Equal to `objective` where it is proved.
    pub bound: f64,
    /// Whether no choice is better.
    pub proved: bool,
    /// Choices as good as the best, each in ascending order: sites (fixed ones included), or options of a budget.
    pub choices: Vec<Vec<usize>>,
    /// How many choices are as good as the best; at least so many where `all_counted` is false.
    pub tied: u64,
    /// Whether every tied choice was counted.
    pub all_counted: bool,
    /// Clients that no site can serve; they are left out.
    pub uncoverable: Vec<usize>,
    /// Nodes of the search tree.
    pub nodes: u64,
}

/// Why nothing can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Lengths do not fit one another, a site is not among the sites, or a weight, radius, capacity or cost is negative or not a number.
    Malformed,
    /// No choice keeps all conditions: too many or too few sites, sites too near to one another, clients that no allowed choice reaches together.
    NoChoice,
    /// The work limit was reached before any allowed choice was found.
    Stopped,
}

impl Problem<'_> {
    /// Clients.
    pub fn clients(&self) -> usize {
        self.weight.len()
    }

    /// The cost of a way; infinite where there is none.
    fn way(&self, client: usize, site: usize) -> f64 {
        match self.cost.get(client * self.sites + site) {
            Some(c) if c.is_finite() && *c >= 0.0 => *c,
            _ => f64::INFINITY,
        }
    }

    fn checked(&self) -> Result<(), Refusal> {
        let lengths = self.clients().checked_mul(self.sites) == Some(self.cost.len());
        let weights = self.weight.iter().all(|w| w.is_finite() && *w >= 0.0);
        let fixed = self.fixed.iter().all(|s| *s < self.sites);
        let apart = self.apart.is_none_or(|a| a.distance.len() == self.sites * self.sites && a.least >= 0.0);
        if lengths && weights && fixed && apart { Ok(()) } else { Err(Refusal::Malformed) }
    }

    /// Fixed sites, each once.
    fn fixed(&self) -> Vec<usize> {
        let mut fixed = self.fixed.to_vec();
        fixed.sort_unstable();
        fixed.dedup();
        fixed
    }

    /// For each site those that may not be open beside it. A distance that is not known keeps nobody apart.
    fn conflicts(&self) -> Vec<Vec<usize>> {
        let Some(Apart { distance, least }) = self.apart else { return vec![vec![]; self.sites] };
        let mut is_fixed = vec![false; self.sites];
        self.fixed.iter().for_each(|s| is_fixed[*s] = true);
        let near = |a: usize, b: usize| distance[a * self.sites + b].min(distance[b * self.sites + a]) < least;
        let of = |a: usize| (0..self.sites).filter(|b| *b != a && !(is_fixed[a] && is_fixed[*b]) && near(a, *b)).collect();
        (0..self.sites).map(of).collect()
    }
}

/// What is settled of a site while a search goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Site {
    Free,
    Open,
    Closed,
}

/// Opens a site and closes those too near to it; false where one of them is open already.
fn open(site: usize, sites: &mut [Site], conflicts: &[Vec<usize>]) -> bool {
    sites[site] = Site::Open;
    for other in &conflicts[site] {
        if sites[*other] == Site::Open {
            return false;
        }
        sites[*other] = Site::Closed;
    }
    true
}

/// The sites at the start: fixed ones open, those too near to them closed.
fn beginning(problem: &Problem<'_>, conflicts: &[Vec<usize>]) -> Vec<Site> {
    let mut sites = vec![Site::Free; problem.sites];
    for site in problem.fixed() {
        open(site, &mut sites, conflicts);
    }
    sites
}

/// The greatest step of which all numbers are whole multiples; `None` where they have none that is useful.
///
/// An objective of whole numbers cannot improve by less than one, which cuts the last part of a search short.
fn grain(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut step: u64 = 0;
    for number in numbers {
        if number.fract() != 0.0 || !(0.0..1e12).contains(&number) {
            return None;
        }
        let (mut a, mut b) = (step, number as u64);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        step = a;
    }
    (step > 0).then_some(step as f64)
}

#[cfg(test)]
mod tests;

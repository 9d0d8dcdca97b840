//! What to do with a budget, where sites have room for so many: open, add, close; and maximal covering with capacities.
//!
//! The search settles a site at a time. Its bound prices each client's wish to be taken once; what is left is, for each site, to
//! fill its room with the clients worth most, and among sites a choice under one budget, itself relaxed by a price of money.

mod bound;

use super::flow::{Group, largest_flow, whole_clients};
use super::{Limit, Problem, Refusal, Siting, Tied, grain};
use bound::Prices;

/// What may be done at a site.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Action {
    /// A site that is not open today opens with its capacity.
    Open,
    /// A site takes so many more.
    Add(f64),
    /// A site that is open today closes.
    Close,
}

/// An option: at most one a site is chosen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Choice {
    /// The site.
    pub site: usize,
    /// What is done there.
    pub action: Action,
    /// What it costs; closing may save (negative).
    pub cost: f64,
}

/// One state that a site may take.
#[derive(Clone, Copy, Debug)]
struct State {
    /// The option that leads to it; none: it stays as it is.
    option: Option<usize>,
    room: f64,
    cost: f64,
    open: bool,
}

/// The whole question.
struct Plan {
    /// Clients that each site covers.
    covers: Vec<Vec<u32>>,
    weight: Vec<f64>,
    states: Vec<Vec<State>>,
    conflicts: Vec<Vec<usize>>,
    budget: f64,
    /// Whether the whole budget must be spent: `p` open sites exactly.
    exactly: bool,
    split: bool,
    grain: Option<f64>,
    same: f64,
    best: f64,
    chosen: Option<Vec<usize>>,
    nodes: u64,
    most_nodes: u64,
    stopped: bool,
    unsearched: f64,
}

/// What is settled: the state of each site by its place in `states`, and the money spent.
#[derive(Clone)]
struct Settled {
    state: Vec<Option<usize>>,
    spent: f64,
}

enum Aim<'a> {
    Best,
    Ties(&'a mut Tied),
}

impl Plan {
    fn state(&self, settled: &Settled, site: usize) -> Option<&State> {
        settled.state[site].map(|k| &self.states[site][k])
    }

    /// The most that is taken once every site is settled. `enough`: less than this need not be exact.
    fn taken(&mut self, settled: &Settled, enough: f64) -> f64 {
        let open: Vec<(usize, f64)> = (0..settled.state.len())
            .filter_map(|s| self.state(settled, s).filter(|x| x.open && x.room > 0.0).map(|x| (s, x.room)))
            .collect();
        let mut by_client: Vec<Vec<u32>> = vec![vec![]; self.weight.len()];
        for (k, (site, _)) in open.iter().enumerate() {
            self.covers[*site].iter().for_each(|c| by_client[*c as usize].push(k as u32));
        }
        let room: Vec<f64> = open.iter().map(|o| o.1).collect();
        let clients = by_client.into_iter().zip(&self.weight).filter(|(s, w)| !s.is_empty() && **w > 0.0).map(|(s, w)| (s, *w));
        let clients: Vec<Group> = clients.collect();
        let mut alike: std::collections::BTreeMap<&[u32], f64> = std::collections::BTreeMap::new();
        clients.iter().for_each(|(s, w)| *alike.entry(s).or_default() += w);
        let groups: Vec<Group> = alike.into_iter().map(|(s, w)| (s.to_vec(), w)).collect();
        let shared = largest_flow(&groups, &room);
        if self.split || shared < enough {
            return shared;
        }
        let mut nodes = 200_000;
        whole_clients(&clients, &room, shared - self.same, &mut nodes).unwrap_or_else(|| {
            self.stopped = true;
            self.unsearched = self.unsearched.max(shared);
            0.0
        })
    }

    /// A bound below this needs no search.
    fn cut(&self, aim: &Aim<'_>) -> f64 {
        match aim {
            Aim::Best if self.chosen.is_none() => f64::NEG_INFINITY,
            Aim::Best => self.best + self.grain.map_or(self.same, |g| (g - 1e-6 * g).max(self.same)),
            Aim::Ties(_) => self.best - self.same,
        }
    }

    /// Whether the settled sites keep apart and the money can still suffice.
    fn possible(&self, settled: &Settled) -> bool {
        let unsettled = |s: &usize| settled.state[*s].is_none();
        let least: f64 =
            (0..self.states.len()).filter(unsettled).map(|s| self.states[s].iter().map(|x| x.cost).fold(f64::INFINITY, f64::min)).sum();
        let most: f64 = (0..self.states.len()).filter(unsettled).map(|s| self.states[s].iter().map(|x| x.cost).fold(0.0, f64::max)).sum();
        settled.spent + least <= self.budget + 1e-9 && !(self.exactly && settled.spent + most < self.budget - 1e-9)
    }

    fn apart(&self, settled: &Settled, site: usize) -> bool {
        let is_open = |s: usize| self.state(settled, s).is_some_and(|x| x.open);
        !is_open(site) || self.conflicts[site].iter().all(|o| !is_open(*o))
    }

    fn leaf(&mut self, settled: &Settled, aim: &mut Aim<'_>) {
        let options: Vec<usize> = (0..self.states.len()).filter_map(|s| self.state(settled, s).and_then(|x| x.option)).collect();
        let cut = self.cut(aim);
        let taken = self.taken(settled, cut);
        match aim {
            Aim::Best if taken > self.best || self.chosen.is_none() => (self.best, self.chosen) = (taken, Some(options)),
            Aim::Ties(tied) if taken >= self.best - self.same => tied.add(options),
            _ => {}
        }
    }

    fn search(&mut self, settled: Settled, mut prices: Prices, above: f64, aim: &mut Aim<'_>, rounds: usize) {
        if self.stopped || self.nodes >= self.most_nodes {
            self.stopped = true;
            self.unsearched = self.unsearched.max(above);
            return;
        }
        self.nodes += 1;
        if !self.possible(&settled) {
            return;
        }
        if settled.state.iter().all(Option::is_some) {
            return self.leaf(&settled, aim);
        }
        let cut = self.cut(aim);
        let (bound, site) = prices.bound(self, &settled, cut, rounds);
        let bound = bound.min(above);
        let Some(site) = site.filter(|_| bound >= cut) else { return };
        let mut order: Vec<usize> = (0..self.states[site].len()).collect();
        order.sort_by(|a, b| self.states[site][*b].room.total_cmp(&self.states[site][*a].room).then(a.cmp(b)));
        for state in order {
            let mut next = settled.clone();
            next.state[site] = Some(state);
            next.spent += self.states[site][state].cost;
            if self.apart(&next, site) {
                self.search(next, prices.clone(), bound, aim, 12);
            }
        }
    }

    fn solve(mut self, limit: Limit, uncoverable: Vec<usize>, cost: impl Fn(&[usize]) -> f64) -> Result<Siting, Refusal> {
        // A site without options stays as it is.
        let mut start = Settled { state: vec![None; self.states.len()], spent: 0.0 };
        for (site, states) in self.states.iter().enumerate() {
            if states.len() == 1 {
                start.state[site] = Some(0);
                start.spent += states[0].cost;
            }
        }
        if (0..self.states.len()).any(|s| !self.apart(&start, s)) {
            return Err(Refusal::NoChoice);
        }
        let prices = Prices::new(&self);
        self.search(start.clone(), prices.clone(), f64::INFINITY, &mut Aim::Best, 150);
        let Some(chosen) = self.chosen.clone() else {
            return Err(if self.stopped { Refusal::Stopped } else { Refusal::NoChoice });
        };
        let (proved, nodes) = (!self.stopped, self.nodes);
        let bound = if proved { self.best } else { self.unsearched.max(self.best).min(self.weight.iter().sum()) };
        let mut tied = Tied::new(limit);
        if proved {
            self.nodes = 0;
            self.search(start, prices, f64::INFINITY, &mut Aim::Ties(&mut tied), 100);
        }
        let (number, all_counted) = (tied.number().max(1), proved && !self.stopped && tied.number() > 0);
        let mut choices = tied.into_listed();
        if choices.is_empty() {
            choices.push(chosen);
        }
        choices.sort_by(|a, b| cost(a).total_cmp(&cost(b)).then_with(|| a.cmp(b)));
        let nodes = nodes + self.nodes;
        Ok(Siting { objective: self.best, bound, proved, choices, tied: number, all_counted, uncoverable, nodes })
    }
}

/// A plan with the coverage of a problem; `states` for each site.
fn plan(problem: &Problem<'_>, radius: f64, states: Vec<Vec<State>>, limit: Limit) -> (Plan, Vec<usize>) {
    let within = |s: usize| (0..problem.clients()).filter(move |c| problem.way(*c, s) <= radius).map(|c| c as u32).collect();
    let covers: Vec<Vec<u32>> = (0..problem.sites).map(within).collect();
    let mut reached = vec![false; problem.clients()];
    covers.iter().flatten().for_each(|c| reached[*c as usize] = true);
    let uncoverable = (0..problem.clients()).filter(|c| problem.weight[*c] > 0.0 && !reached[*c]).collect();
    let rooms = states.iter().flatten().map(|s| s.room);
    let plan = Plan {
        covers,
        weight: problem.weight.to_vec(),
        grain: grain(problem.weight.iter().copied().chain(rooms)),
        states,
        conflicts: problem.conflicts(),
        budget: 0.0,
        exactly: false,
        split: true,
        same: 1e-9 * problem.weight.iter().sum::<f64>(),
        best: f64::NEG_INFINITY,
        chosen: None,
        nodes: 0,
        most_nodes: limit.nodes,
        stopped: false,
        unsearched: f64::NEG_INFINITY,
    };
    (plan, uncoverable)
}

fn checked(problem: &Problem<'_>, radius: f64, capacity: &[f64]) -> Result<(), Refusal> {
    problem.checked()?;
    let fit = capacity.len() == problem.sites && capacity.iter().all(|c| c.is_finite() && *c >= 0.0) && radius >= 0.0;
    if fit { Ok(()) } else { Err(Refusal::Malformed) }
}

/// Maximal covering with capacities (Current and Storbeck 1988): `p` open sites, fixed ones counted, that can take the most weight within `radius`, none more than its `capacity`.
///
/// `split`: a client may be shared among sites; otherwise it goes whole to one or to none.
///
/// # Errors
/// [`Refusal`]: malformed input, no `p` sites that are allowed together, the work limit reached.
///
/// Checked: `siting_exact` (exhaustive search, HiGHS).
pub fn capacitated_covering(
    problem: &Problem<'_>,
    radius: f64,
    p: usize,
    capacity: &[f64],
    split: bool,
    limit: Limit,
) -> Result<Siting, Refusal> {
    checked(problem, radius, capacity)?;
    let fixed = problem.fixed();
    if p == 0 || p > problem.sites || p < fixed.len() {
        return Err(Refusal::NoChoice);
    }
    let states = |s: usize| {
        let open = State { option: Some(s), room: capacity[s], cost: 1.0, open: true };
        if fixed.contains(&s) { vec![open] } else { vec![open, State { option: None, room: 0.0, cost: 0.0, open: false }] }
    };
    let (mut plan, uncoverable) = plan(problem, radius, (0..problem.sites).map(states).collect(), limit);
    (plan.budget, plan.exactly, plan.split) = (p as f64, true, split);
    plan.solve(limit, uncoverable, |_| 0.0)
}

/// The options that bring the most weight within `radius` of room, a client shared among sites where need be, for no more than `budget`. Fixed sites are open today and may close.
///
/// `choices` are options by their place in `options`, the cheapest first. An option that changes nothing and fits the budget
/// makes a tie.
///
/// # Errors
/// [`Refusal`]: malformed input, nothing within the budget, the work limit reached.
///
/// Checked: `siting_exact` (exhaustive search, HiGHS).
///
/// ```
/// use gapmap::stats::siting::{Action, Choice, Limit, Problem, budgeted};
/// let problem = Problem { cost: &[0.0, 9.0, 9.0, 0.0], weight: &[5.0, 3.0], sites: 2, fixed: &[1], apart: None };
/// let options = [Choice { site: 0, action: Action::Open, cost: 4.0 }, Choice { site: 1, action: Action::Close, cost: -2.0 }];
/// let best = budgeted(&problem, 1.0, &[5.0, 3.0], &options, 2.0, Limit::default()).unwrap();
/// assert_eq!((best.objective, best.choices), (5.0, vec![vec![0, 1]]));
/// ```
pub fn budgeted(
    problem: &Problem<'_>,
    radius: f64,
    capacity: &[f64],
    options: &[Choice],
    budget: f64,
    limit: Limit,
) -> Result<Siting, Refusal> {
    checked(problem, radius, capacity)?;
    let fixed = problem.fixed();
    let sound = |o: &Choice| {
        let amount = !matches!(o.action, Action::Add(more) if !(more.is_finite() && more >= 0.0));
        let is_open = o.site < problem.sites && fixed.contains(&o.site);
        let sense = matches!(o.action, Action::Open) != is_open;
        o.site < problem.sites && o.cost.is_finite() && amount && sense
    };
    if budget.is_nan() || !options.iter().all(sound) {
        return Err(Refusal::Malformed);
    }
    let states = |s: usize| {
        let now = fixed.contains(&s);
        let mut states = vec![State { option: None, room: if now { capacity[s] } else { 0.0 }, cost: 0.0, open: now }];
        for (k, option) in options.iter().enumerate().filter(|(_, o)| o.site == s) {
            let (room, open) = match option.action {
                Action::Open => (capacity[s], true),
                Action::Add(more) => (capacity[s] + more, true),
                Action::Close => (0.0, false),
            };
            states.push(State { option: Some(k), room, cost: option.cost, open });
        }
        states
    };
    let (mut plan, uncoverable) = plan(problem, radius, (0..problem.sites).map(states).collect(), limit);
    plan.budget = budget;
    plan.solve(limit, uncoverable, |choice| choice.iter().map(|k| options[*k].cost).sum())
}

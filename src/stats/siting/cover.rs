//! Covering everybody: with the fewest sites within a radius, or with so many sites within the least radius.

use super::ties::ways_to_take;
use super::{Limit, Problem, Refusal, Site, Siting, Tied, beginning, open};

/// Clients as the sites that cover each, and what a search over them has done.
struct Cover {
    rows: Vec<Vec<usize>>,
    conflicts: Vec<Vec<usize>>,
    separated: bool,
    nodes: u64,
    most_nodes: u64,
    stopped: bool,
}

/// What a search wants: one cover, or all of them.
enum Want<'a> {
    One(&'a mut Option<Vec<usize>>),
    All(&'a mut Tied),
}

impl Want<'_> {
    fn done(&self) -> bool {
        matches!(self, Want::One(Some(_)))
    }

    fn take(&mut self, sites: &[Site]) {
        let chosen: Vec<usize> = (0..sites.len()).filter(|s| sites[*s] == Site::Open).collect();
        match self {
            Want::One(found) => **found = Some(chosen),
            Want::All(tied) => tied.add(chosen),
        }
    }
}

impl Cover {
    /// A client whose sites include all those of another is covered with it, and need not be looked at.
    fn new(mut rows: Vec<Vec<usize>>, problem: &Problem<'_>, most_nodes: u64) -> Self {
        rows.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        rows.dedup();
        let mut kept: Vec<Vec<usize>> = vec![];
        for row in rows {
            let within = |small: &Vec<usize>| small.iter().all(|s| row.binary_search(s).is_ok());
            if !kept.iter().any(within) {
                kept.push(row);
            }
        }
        let conflicts = problem.conflicts();
        let separated = conflicts.iter().any(|c| !c.is_empty());
        Self { rows: kept, conflicts, separated, nodes: 0, most_nodes, stopped: false }
    }

    /// The clients left, by their free sites, and how many more sites they need at the least (dual ascent: each client
    /// pays, in order, what its cheapest site still asks). `None` where one can no longer be covered.
    fn left(&self, sites: &[Site]) -> Option<(Vec<Vec<usize>>, usize)> {
        let mut left = vec![];
        for row in &self.rows {
            if row.iter().any(|s| sites[*s] == Site::Open) {
                continue;
            }
            let free: Vec<usize> = row.iter().copied().filter(|s| sites[*s] == Site::Free).collect();
            if free.is_empty() {
                return None;
            }
            left.push(free);
        }
        left.sort_by_key(Vec::len);
        let mut asked = vec![1.0_f64; sites.len()];
        let mut paid = 0.0;
        for row in &left {
            let pays = row.iter().map(|s| asked[*s]).fold(f64::INFINITY, f64::min);
            row.iter().for_each(|s| asked[*s] -= pays);
            paid += pays;
        }
        Some((left, (paid - 1e-9).ceil().max(0.0) as usize))
    }

    /// Every cover of exactly `size` open sites, each once.
    fn search(&mut self, sites: &mut [Site], size: usize, want: &mut Want<'_>) {
        if want.done() || self.stopped {
            return;
        }
        if self.nodes >= self.most_nodes {
            self.stopped = true;
            return;
        }
        self.nodes += 1;
        let so_far = sites.iter().filter(|s| **s == Site::Open).count();
        let Some((left, needed)) = self.left(sites) else { return };
        if so_far + needed > size {
            return;
        }
        // The client with the fewest sites: one of them must open. A later one stands for covers without the earlier ones.
        let Some(row) = left.first() else { return self.fill(sites, size - so_far, 0, want) };
        let mut order = row.clone();
        let serves = |s: usize| left.iter().filter(|r| r.binary_search(&s).is_ok()).count();
        order.sort_by_key(|s| (usize::MAX - serves(*s), *s));
        let mut here = sites.to_vec();
        for site in order {
            let mut next = here.clone();
            if open(site, &mut next, &self.conflicts) {
                self.search(&mut next, size, want);
            }
            here[site] = Site::Closed;
        }
    }

    /// All are covered: any free sites make up the number.
    fn fill(&mut self, sites: &mut [Site], more: usize, from: usize, want: &mut Want<'_>) {
        if want.done() || self.stopped {
            return;
        }
        if more == 0 {
            return want.take(sites);
        }
        let free: Vec<usize> = (from..sites.len()).filter(|s| sites[*s] == Site::Free).collect();
        if free.len() < more {
            return;
        }
        if let (Want::All(tied), false) = (&mut *want, self.separated)
            && tied.full()
        {
            return tied.count(ways_to_take(more, free.len()));
        }
        for site in free {
            self.nodes += 1;
            self.stopped |= self.nodes >= self.most_nodes;
            let mut next = sites.to_vec();
            if open(site, &mut next, &self.conflicts) {
                self.fill(&mut next, more - 1, site + 1, want);
            }
            sites[site] = Site::Closed;
        }
    }

    fn one(&mut self, start: &[Site], size: usize) -> Option<Vec<usize>> {
        let mut found = None;
        self.search(&mut start.to_vec(), size, &mut Want::One(&mut found));
        found
    }

    fn all(&mut self, start: &[Site], size: usize, limit: Limit) -> Tied {
        let mut tied = Tied::new(limit);
        (self.nodes, self.stopped) = (0, false);
        self.search(&mut start.to_vec(), size, &mut Want::All(&mut tied));
        tied
    }
}

/// The sites of each client within a radius (inclusive).
fn rows_within(problem: &Problem<'_>, radius: f64, clients: &[usize]) -> Vec<Vec<usize>> {
    clients.iter().map(|c| (0..problem.sites).filter(|s| problem.way(*c, *s) <= radius).collect()).collect()
}

/// Location set covering (Toregas and others 1971): the fewest open sites, fixed ones counted, that bring every client that can be covered within `radius` (inclusive).
///
/// Clients without weight ask for nothing unless `zero_weight_counts`. Clients that no site can cover are listed and left out.
///
/// # Errors
/// [`Refusal`]: malformed input, sites that must be apart and cannot cover together, the work limit reached.
///
/// Checked: `siting_exact`, `facility_location` (spopt).
///
/// ```
/// use gapmap::stats::siting::{Limit, Problem, set_covering};
/// let problem = Problem { cost: &[0.0, 9.0, 1.0, 1.0, 9.0, 0.0], weight: &[5.0; 3], sites: 2, fixed: &[], apart: None };
/// let fewest = set_covering(&problem, 1.0, true, Limit::default()).unwrap();
/// assert_eq!((fewest.objective, fewest.choices), (2.0, vec![vec![0, 1]]));
/// ```
pub fn set_covering(problem: &Problem<'_>, radius: f64, zero_weight_counts: bool, limit: Limit) -> Result<Siting, Refusal> {
    covering(problem, radius, zero_weight_counts, limit, false)
}

/// As [`set_covering`] of the clients that have weight, for who has no use for a number that is not proved: the search ends where the work limit stops it
/// for the first time, and does not go on to larger numbers.
///
/// # Errors
/// [`Refusal`], [`Refusal::Stopped`] where the number cannot be proved.
///
/// ```
/// use gapmap::stats::siting::{Limit, Problem, Refusal, fewest_for_all};
/// let problem = Problem { cost: &[0.0, 9.0, 1.0, 1.0, 9.0, 0.0], weight: &[5.0; 3], sites: 2, fixed: &[], apart: None };
/// assert_eq!(fewest_for_all(&problem, 1.0, Limit::default()).unwrap().objective, 2.0);
/// assert_eq!(fewest_for_all(&problem, 1.0, Limit { nodes: 1, listed: 1 }), Err(Refusal::Stopped));
/// ```
pub fn fewest_for_all(problem: &Problem<'_>, radius: f64, limit: Limit) -> Result<Siting, Refusal> {
    covering(problem, radius, false, limit, true)
}

fn covering(problem: &Problem<'_>, radius: f64, zero_weight_counts: bool, limit: Limit, only_proved: bool) -> Result<Siting, Refusal> {
    problem.checked()?;
    if radius.is_nan() || radius < 0.0 {
        return Err(Refusal::Malformed);
    }
    let asking: Vec<usize> = (0..problem.clients()).filter(|c| zero_weight_counts || problem.weight[*c] > 0.0).collect();
    let can = |c: &usize| (0..problem.sites).any(|s| problem.way(*c, s) <= radius);
    let (clients, uncoverable): (Vec<usize>, Vec<usize>) = asking.into_iter().partition(can);
    let mut cover = Cover::new(rows_within(problem, radius, &clients), problem, limit.nodes);
    let start = beginning(problem, &cover.conflicts);
    let fixed = problem.fixed().len();
    // A size at which nothing was found in full is proved too small.
    let least = fixed + cover.left(&start).map_or(0, |l| l.1);
    let mut bound = least;
    let mut proved = true;
    for size in least..=problem.sites {
        (cover.nodes, cover.stopped) = (0, false);
        let found = cover.one(&start, size);
        if found.is_none() {
            if only_proved && cover.stopped {
                return Err(Refusal::Stopped);
            }
            proved &= !cover.stopped;
            bound = if proved { size + 1 } else { bound };
            continue;
        }
        let found_nodes = cover.nodes;
        let tied = if proved { cover.all(&start, size, limit) } else { Tied::new(limit) };
        let (number, all_counted) = (tied.number().max(1), proved && !cover.stopped);
        let mut choices = tied.into_listed();
        if choices.is_empty() {
            choices.extend(found);
        }
        let nodes = found_nodes + cover.nodes;
        return Ok(Siting { objective: size as f64, bound: bound as f64, proved, choices, tied: number, all_counted, uncoverable, nodes });
    }
    Err(if proved { Refusal::NoChoice } else { Refusal::Stopped })
}

/// The p-centre (Hakimi 1964): `p` open sites, fixed ones counted, with the least greatest cost of a client to its nearest. Every client counts alike, whatever its weight.
///
/// Clients that no site reaches are listed and left out.
///
/// # Errors
/// [`Refusal`]: malformed input, no `p` sites that are allowed together and reach everybody, the work limit reached.
///
/// Checked: `siting_exact`, `facility_location` (spopt).
pub fn p_centre(problem: &Problem<'_>, p: usize, limit: Limit) -> Result<Siting, Refusal> {
    problem.checked()?;
    if p > problem.sites || p < problem.fixed().len() || p == 0 {
        return Err(Refusal::NoChoice);
    }
    let can = |c: &usize| (0..problem.sites).any(|s| problem.way(*c, s).is_finite());
    let (clients, uncoverable): (Vec<usize>, Vec<usize>) = (0..problem.clients()).partition(can);
    let mut radii: Vec<f64> = clients.iter().flat_map(|c| (0..problem.sites).map(|s| problem.way(*c, s))).collect();
    radii.retain(|r| r.is_finite());
    radii.push(0.0);
    radii.sort_by(f64::total_cmp);
    radii.dedup();
    // No client can do better than its own nearest site.
    let nearest = |c: &usize| (0..problem.sites).map(|s| problem.way(*c, s)).fold(f64::INFINITY, f64::min);
    let least = clients.iter().map(nearest).fold(0.0, f64::max);
    let (mut low, mut high) = (radii.partition_point(|r| *r < least), radii.len());
    // Step 1: the least radius at which `p` sites cover all (a greater radius never covers fewer).
    let (mut best, mut stopped, mut nodes) = (None, false, 0);
    let mut bound_at = low;
    while low < high {
        let middle = low + (high - low) / 2;
        let mut cover = Cover::new(rows_within(problem, radii[middle], &clients), problem, limit.nodes);
        let start = beginning(problem, &cover.conflicts);
        let found = cover.one(&start, p);
        nodes += cover.nodes;
        if let Some(found) = found {
            best = Some((middle, found));
            high = middle;
        } else {
            stopped |= cover.stopped;
            low = middle + 1;
            bound_at = if stopped { bound_at } else { low };
        }
    }
    let Some((at, found)) = best else { return Err(if stopped { Refusal::Stopped } else { Refusal::NoChoice }) };
    // Step 2: every choice at that radius.
    let (mut choices, mut tied, mut all_counted) = (vec![found], 1, false);
    if !stopped {
        let mut cover = Cover::new(rows_within(problem, radii[at], &clients), problem, limit.nodes);
        let start = beginning(problem, &cover.conflicts);
        let all = cover.all(&start, p, limit);
        nodes += cover.nodes;
        if all.number() > 0 {
            (tied, all_counted, choices) = (all.number(), !cover.stopped, all.into_listed());
        }
    }
    let bound = if stopped { radii[bound_at.min(at)] } else { radii[at] };
    Ok(Siting { objective: radii[at], bound, proved: !stopped, choices, tied, all_counted, uncoverable, nodes })
}

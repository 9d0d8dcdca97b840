//! Every model beside exhaustive search, on 500 seeded small instances of each.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

struct Town {
    cost: Vec<f64>,
    weight: Vec<f64>,
    sites: usize,
    fixed: Vec<usize>,
    distance: Vec<f64>,
    least: f64,
    capacity: Vec<f64>,
    radius: f64,
    p: usize,
}

impl Town {
    /// A lattice with many ties, or a plane without; some ways missing, some weights zero, some sites fixed, sometimes a least distance.
    fn of(random: &mut ChaCha8Rng) -> Self {
        let (clients, sites) = (random.random_range(3..9), random.random_range(2..8));
        let lattice = random.random_bool(0.6);
        let mut point = || {
            let (x, y): (f64, f64) = (random.random_range(0.0..9.0), random.random_range(0.0..9.0));
            if lattice { (x.floor(), y.floor()) } else { (x, y) }
        };
        let from: Vec<(f64, f64)> = (0..clients).map(|_| point()).collect();
        let to: Vec<(f64, f64)> = (0..sites).map(|_| point()).collect();
        let way =
            |a: &(f64, f64), b: &(f64, f64)| if lattice { (a.0 - b.0).abs() + (a.1 - b.1).abs() } else { (a.0 - b.0).hypot(a.1 - b.1) };
        let mut cost: Vec<f64> = from.iter().flat_map(|a| to.iter().map(move |b| way(a, b))).collect();
        let distance: Vec<f64> = to.iter().flat_map(|a| to.iter().map(move |b| way(a, b))).collect();
        if random.random_bool(0.2) {
            cost.iter_mut().for_each(|c| *c = if random.random_bool(0.15) { f64::INFINITY } else { *c });
        }
        let whole = |random: &mut ChaCha8Rng, most: u32| f64::from(random.random_range(0..=most)) * 10.0;
        let weight = (0..clients).map(|_| whole(random, 8)).collect();
        let capacity = (0..sites).map(|_| whole(random, 15)).collect();
        let mut fixed: Vec<usize> = (0..sites).filter(|_| random.random_bool(0.15)).collect();
        fixed.truncate(2);
        let p = random.random_range(fixed.len().max(1)..=sites.min(4).max(fixed.len()));
        let least = if random.random_bool(0.3) { random.random_range(1.0..5.0_f64).round() } else { 0.0 };
        Self { cost, weight, sites, fixed, distance, least, capacity, radius: random.random_range(1.0..7.0_f64).round(), p }
    }

    fn problem(&self) -> Problem<'_> {
        let apart = (self.least > 0.0).then_some(Apart { distance: &self.distance, least: self.least });
        Problem { cost: &self.cost, weight: &self.weight, sites: self.sites, fixed: &self.fixed, apart }
    }

    fn way(&self, c: usize, s: usize) -> f64 {
        self.cost[c * self.sites + s]
    }

    fn allowed(&self, set: &[usize]) -> bool {
        let far = |a: &usize, b: &usize| {
            a == b || self.distance[a * self.sites + b] >= self.least || (self.fixed.contains(a) && self.fixed.contains(b))
        };
        set.iter().all(|a| set.iter().all(|b| far(a, b)))
    }

    /// Every allowed set of sites with all fixed ones.
    fn sets(&self, size: Option<usize>) -> Vec<Vec<usize>> {
        let all = (0..1_usize << self.sites).map(|mask| (0..self.sites).filter(|s| mask >> s & 1 == 1).collect::<Vec<_>>());
        let with =
            |set: &Vec<usize>| self.fixed.iter().all(|f| set.contains(f)) && size.is_none_or(|p| set.len() == p) && self.allowed(set);
        all.filter(with).collect()
    }

    /// The largest flow, by the smallest cut: some sites pay their room, clients of any other site their weight.
    fn cut(&self, rooms: &[(usize, f64)]) -> f64 {
        let cut = |mask: usize| {
            let own = |k: usize| mask >> k & 1 == 1;
            let paid: f64 = (0..rooms.len()).filter(|k| own(*k)).map(|k| rooms[k].1).sum();
            let left = |c: &usize| (0..rooms.len()).any(|k| !own(k) && self.way(*c, rooms[k].0) <= self.radius);
            paid + (0..self.weight.len()).filter(left).map(|c| self.weight[c]).sum::<f64>()
        };
        (0..1 << rooms.len()).map(cut).fold(f64::INFINITY, f64::min)
    }

    /// The most weight of whole clients, by trying every way to give them.
    fn whole(&self, rooms: &mut Vec<(usize, f64)>, from: usize) -> f64 {
        if from == self.weight.len() {
            return 0.0;
        }
        let mut best = self.whole(rooms, from + 1);
        for k in 0..rooms.len() {
            if self.weight[from] > 0.0 && self.way(from, rooms[k].0) <= self.radius && rooms[k].1 >= self.weight[from] {
                rooms[k].1 -= self.weight[from];
                best = best.max(self.weight[from] + self.whole(rooms, from + 1));
                rooms[k].1 += self.weight[from];
            }
        }
        best
    }
}

/// All best sets and their value; `None` where no set has a finite one.
fn best(sets: Vec<Vec<usize>>, value: impl Fn(&[usize]) -> f64, lowest: bool) -> Option<(f64, Vec<Vec<usize>>)> {
    let sign = if lowest { 1.0 } else { -1.0 };
    let mut values: Vec<(f64, Vec<usize>)> = sets.into_iter().map(|s| (sign * value(&s), s)).filter(|(v, _)| v.is_finite()).collect();
    let least = values.iter().map(|v| v.0).fold(f64::INFINITY, f64::min);
    values.retain(|(v, _)| *v <= least + 1e-9 * least.abs().max(1e-12));
    let mut sets: Vec<Vec<usize>> = values.into_iter().map(|v| v.1).collect();
    sets.sort();
    (!sets.is_empty()).then_some((sign * least, sets))
}

fn same(name: &str, town: &Town, ours: Result<Siting, Refusal>, theirs: Option<(f64, Vec<Vec<usize>>)>) {
    let Some((value, sets)) = theirs else {
        assert_eq!(ours, Err(Refusal::NoChoice), "{name}");
        return;
    };
    let mut ours = ours.unwrap_or_else(|r| panic!("{name} p {}: {r:?}, but {value} is to be had by {sets:?}", town.p));
    ours.choices.sort();
    assert!((ours.objective - value).abs() <= 1e-9 * value.abs().max(1.0), "{name}: {} for {value}", ours.objective);
    assert_eq!(ours.choices, sets, "{name}");
    assert_eq!((ours.tied, ours.proved, ours.all_counted), (sets.len() as u64, true, true), "{name}");
    assert_eq!(ours.bound, ours.objective, "{name}");
}

fn five_hundred(seed: u64, each: impl Fn(&Town, Limit, &mut ChaCha8Rng)) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    for _ in 0..500 {
        let town = Town::of(&mut random);
        each(&town, Limit { nodes: 1_000_000, listed: 100_000 }, &mut random);
    }
}

#[test]
fn set_covering_is_exhaustive_search() {
    five_hundred(1, |town, limit, random| {
        let zero = random.random_bool(0.5);
        let asking: Vec<usize> = (0..town.weight.len()).filter(|c| zero || town.weight[*c] > 0.0).collect();
        let (can, cannot): (Vec<usize>, Vec<usize>) = asking.iter().partition(|c| (0..town.sites).any(|s| town.way(**c, s) <= town.radius));
        let covers = |set: &[usize]| can.iter().all(|c| set.iter().any(|s| town.way(*c, *s) <= town.radius));
        let value = |set: &[usize]| if covers(set) { set.len() as f64 } else { f64::INFINITY };
        let ours = set_covering(&town.problem(), town.radius, zero, limit);
        ours.iter().for_each(|o| assert_eq!(o.uncoverable, cannot));
        same("set covering", town, ours, best(town.sets(None), value, true));
    });
}

#[test]
fn maximal_covering_is_exhaustive_search() {
    five_hundred(2, |town, limit, _| {
        let covered = |set: &[usize], c: usize| set.iter().any(|s| town.way(c, *s) <= town.radius);
        let value = |set: &[usize]| (0..town.weight.len()).filter(|c| covered(set, *c)).map(|c| town.weight[c]).sum();
        let ours = maximal_covering(&town.problem(), town.radius, town.p, limit);
        same("maximal covering", town, ours, best(town.sets(Some(town.p)), value, false));
    });
}

#[test]
fn the_p_median_and_the_p_centre_are_exhaustive_search() {
    five_hundred(3, |town, limit, _| {
        let nearest = |set: &[usize], c: usize| set.iter().map(|s| town.way(c, *s)).fold(f64::INFINITY, f64::min);
        let reached: Vec<usize> = (0..town.weight.len()).filter(|c| (0..town.sites).any(|s| town.way(*c, s).is_finite())).collect();
        let sum =
            |set: &[usize]| reached.iter().filter(|c| town.weight[**c] > 0.0).map(|c| town.weight[*c] * nearest(set, *c)).sum::<f64>();
        let greatest = |set: &[usize]| reached.iter().map(|c| nearest(set, *c)).fold(0.0, f64::max);
        same("p-median", town, p_median(&town.problem(), town.p, limit), best(town.sets(Some(town.p)), sum, true));
        same("p-centre", town, p_centre(&town.problem(), town.p, limit), best(town.sets(Some(town.p)), greatest, true));
    });
}

#[test]
fn capacities_are_exhaustive_search() {
    five_hundred(4, |town, limit, random| {
        let split = random.random_bool(0.5);
        let value = |set: &[usize]| {
            let mut rooms: Vec<(usize, f64)> = set.iter().map(|s| (*s, town.capacity[*s])).collect();
            if split { town.cut(&rooms) } else { town.whole(&mut rooms, 0) }
        };
        let ours = capacitated_covering(&town.problem(), town.radius, town.p, &town.capacity, split, limit);
        same("capacities", town, ours, best(town.sets(Some(town.p)), value, false));
    });
}

#[test]
fn a_budget_is_exhaustive_search() {
    five_hundred(5, |town, limit, random| {
        let mut options = vec![];
        for site in 0..town.sites {
            let open = town.fixed.contains(&site);
            let actions =
                if open { vec![Action::Add(f64::from(random.random_range(1..6)) * 10.0), Action::Close] } else { vec![Action::Open] };
            for action in actions {
                let cost = f64::from(random.random_range(1..8));
                options.push(Choice { site, action, cost: if action == Action::Close { -cost } else { cost } });
            }
        }
        let budget = f64::from(random.random_range(0..15));
        let rooms = |set: &[usize]| -> Vec<(usize, f64)> {
            let mut rooms: Vec<(usize, f64)> = town.fixed.iter().map(|s| (*s, town.capacity[*s])).collect();
            for k in set {
                match options[*k].action {
                    Action::Open => rooms.push((options[*k].site, town.capacity[options[*k].site])),
                    Action::Add(more) => rooms.iter_mut().filter(|r| r.0 == options[*k].site).for_each(|r| r.1 += more),
                    Action::Close => rooms.retain(|r| r.0 != options[*k].site),
                }
            }
            rooms
        };
        let all = (0..1_usize << options.len()).map(|mask| (0..options.len()).filter(|k| mask >> k & 1 == 1).collect::<Vec<_>>());
        let sound = |set: &Vec<usize>| {
            let once = set.windows(2).all(|w| options[w[0]].site != options[w[1]].site);
            let open: Vec<usize> = rooms(set).iter().map(|r| r.0).collect();
            once && set.iter().map(|k| options[*k].cost).sum::<f64>() <= budget && town.allowed(&open)
        };
        let ours = budgeted(&town.problem(), town.radius, &town.capacity, &options, budget, limit);
        same("budget", town, ours, best(all.filter(sound).collect(), |set| town.cut(&rooms(set)), false));
    });
}

#[test]
fn nothing_that_comes_in_stops_it_and_a_limit_is_told() {
    let nothing = Problem { cost: &[], weight: &[], sites: 0, fixed: &[], apart: None };
    assert_eq!(p_median(&nothing, 1, Limit::default()), Err(Refusal::NoChoice));
    assert_eq!(set_covering(&nothing, 1.0, true, Limit::default()).map(|s| s.objective), Ok(0.0));
    let odd = Problem { cost: &[f64::NAN, -1.0], weight: &[1.0], sites: 2, fixed: &[], apart: None };
    assert_eq!(p_median(&odd, 1, Limit::default()).map(|s| s.uncoverable), Ok(vec![0]));
    assert_eq!(maximal_covering(&odd, 5.0, 1, Limit::default()).map(|s| (s.objective, s.tied)), Ok((0.0, 2)));
    let wrong = Problem { weight: &[f64::NAN], ..odd };
    assert_eq!(p_centre(&wrong, 1, Limit::default()), Err(Refusal::Malformed));
    // A hard instance and one node: the best found, and a bound that the truth lies within.
    let mut random = ChaCha8Rng::seed_from_u64(9);
    let cost: Vec<f64> = (0..900).map(|_| f64::from(random.random_range(1..100))).collect();
    let hard = Problem { cost: &cost, weight: &[1.0; 30], sites: 30, fixed: &[], apart: None };
    let soon = p_median(&hard, 6, Limit { nodes: 1, listed: 5 }).unwrap();
    let whole = p_median(&hard, 6, Limit { nodes: 1_000_000, listed: 5 }).unwrap();
    assert!(!soon.proved && whole.proved);
    assert!(soon.bound <= whole.objective && whole.objective <= soon.objective && soon.bound < soon.objective);
}

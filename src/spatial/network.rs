//! Streets as a network: how long it takes to get from one place to another.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::units::Bng;

/// A network of one mode. Nodes lie on the National Grid, in metres; edges cost seconds.
#[derive(Clone, Debug)]
pub struct Network {
    places: Vec<(f64, f64)>,
    /// Edges by the node they lead *to*: a search from a service then finds the way to it, one-way streets and all.
    starts: Vec<u32>,
    from: Vec<u32>,
    seconds: Vec<f32>,
    tree: RTree<GeomWithData<[f64; 2], u32>>,
    /// Size of the part that each node can reach, by number of the part.
    part: Vec<u32>,
    part_sizes: Vec<u32>,
}

/// One street between two nodes, both ways unless `one_way`.
#[derive(Clone, Copy, Debug)]
pub struct Street {
    /// Position of the node at its beginning.
    pub from: u32,
    /// Position of the node at its end.
    pub to: u32,
    /// Seconds that it takes.
    pub seconds: f32,
    /// Whether it can be gone from beginning to end only.
    pub one_way: bool,
}

/// Where a place joins the network.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Joined {
    /// The node.
    pub node: u32,
    /// Metres in a straight line from the place to it.
    pub metres: f64,
}

/// Parts of the network with fewer nodes than this share of the largest are islands: pieces of paths inside parks and at the edge of an extract. Nothing joins them.
const ISLAND_SHARE: f64 = 0.05;

impl Network {
    /// From nodes and streets. `None` without a street, or where a street names a node that is not there or takes no time that can be counted.
    ///
    /// ```
    /// use gapmap::spatial::{Network, Street};
    /// let street = |from, to, one_way| Street { from, to, seconds: 60.0, one_way };
    /// let net = Network::new(vec![(0.0, 0.0), (80.0, 0.0), (160.0, 0.0)], &[street(0, 1, false), street(1, 2, true)]).unwrap();
    /// // To the last node: everybody gets there. To the first: nobody from the last.
    /// assert_eq!(net.seconds_to(2, 0.0, 600.0), [Some(120.0), Some(60.0), Some(0.0)]);
    /// assert_eq!(net.seconds_to(0, 0.0, 600.0), [Some(0.0), Some(60.0), None]);
    /// ```
    pub fn new(places: Vec<(f64, f64)>, streets: &[Street]) -> Option<Self> {
        let n = places.len();
        let fits = |s: &Street| (s.from as usize) < n && (s.to as usize) < n && s.seconds.is_finite() && s.seconds >= 0.0;
        if streets.is_empty() || !streets.iter().all(fits) || places.iter().any(|(x, y)| !x.is_finite() || !y.is_finite()) {
            return None;
        }
        let directed = || {
            streets
                .iter()
                .flat_map(|s| [(s.from, s.to, true), (s.to, s.from, !s.one_way)].into_iter().filter(|d| d.2).map(|d| (d.0, d.1, s.seconds)))
        };
        let mut starts = vec![0_u32; n + 1];
        directed().for_each(|(_, to, _)| starts[to as usize + 1] += 1);
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let edges = starts[n] as usize;
        let (mut from, mut seconds) = (vec![0_u32; edges], vec![0.0_f32; edges]);
        for (a, b, s) in directed() {
            let at = &mut next[b as usize];
            (from[*at as usize], seconds[*at as usize]) = (a, s);
            *at += 1;
        }
        let (part, part_sizes) = parts(n, streets);
        let largest = part_sizes.iter().copied().max().unwrap_or(0);
        let joins =
            |i: &usize| f64::from(part_sizes[part[*i] as usize]) >= ISLAND_SHARE * f64::from(largest) && part_sizes[part[*i] as usize] > 1;
        let points = (0..n).filter(joins).map(|i| GeomWithData::new([places[i].0, places[i].1], i as u32)).collect();
        Some(Self { tree: RTree::bulk_load(points), places, starts, from, seconds, part, part_sizes })
    }

    /// How many nodes.
    pub fn nodes(&self) -> usize {
        self.places.len()
    }

    /// How many nodes lie on islands, which nothing joins.
    pub fn on_islands(&self) -> usize {
        self.nodes() - self.tree.size()
    }

    /// Where a node lies.
    pub fn place(&self, node: u32) -> Bng {
        let (easting_m, northing_m) = self.places[node as usize];
        Bng { easting_m, northing_m }
    }

    /// The nearest node that is on no island, if one lies within so many metres.
    pub fn join(&self, place: Bng, within_m: f64) -> Option<Joined> {
        let found = self.tree.nearest_neighbor(&[place.easting_m, place.northing_m])?;
        let metres = (found.geom()[0] - place.easting_m).hypot(found.geom()[1] - place.northing_m);
        (metres <= within_m).then_some(Joined { node: found.data, metres })
    }

    /// Seconds from every node to one, on the quickest way; `None` where that takes longer than `limit`, or there is no way. The search starts at `head_start` seconds: the way from the node to the door.
    ///
    /// Dijkstra's search along reversed edges, stopped at the limit.
    pub fn seconds_to(&self, node: u32, head_start: f32, limit: f32) -> Vec<Option<f32>> {
        let mut best = vec![f32::INFINITY; self.nodes()];
        let mut queue = BinaryHeap::new();
        if head_start <= limit {
            best[node as usize] = head_start;
            // Times are not negative, so their bits are in their order.
            queue.push(Reverse((head_start.to_bits(), node)));
        }
        while let Some(Reverse((bits, at))) = queue.pop() {
            let so_far = f32::from_bits(bits);
            if so_far > best[at as usize] {
                continue;
            }
            for edge in self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize {
                let (before, time) = (self.from[edge], so_far + self.seconds[edge]);
                if time < best[before as usize] && time <= limit {
                    best[before as usize] = time;
                    queue.push(Reverse((time.to_bits(), before)));
                }
            }
        }
        best.into_iter().map(|t| t.is_finite().then_some(t)).collect()
    }

    /// Streets as directed edges with their seconds: from, to.
    pub fn edges(&self) -> impl Iterator<Item = (u32, u32, f32)> + '_ {
        (0..self.nodes()).flat_map(move |to| {
            let range = self.starts[to] as usize..self.starts[to + 1] as usize;
            range.map(move |e| (self.from[e], to as u32, self.seconds[e]))
        })
    }

    /// Nodes in the part of the network that a node belongs to.
    pub fn part_size(&self, node: u32) -> u32 {
        self.part_sizes[self.part[node as usize] as usize]
    }
}

/// Parts that hang together, one-way streets taken both ways: number of the part of each node, and sizes.
fn parts(n: usize, streets: &[Street]) -> (Vec<u32>, Vec<u32>) {
    let mut leader: Vec<u32> = (0..n as u32).collect();
    fn find(leader: &mut [u32], mut i: u32) -> u32 {
        while leader[i as usize] != i {
            leader[i as usize] = leader[leader[i as usize] as usize];
            i = leader[i as usize];
        }
        i
    }
    for s in streets {
        let (a, b) = (find(&mut leader, s.from), find(&mut leader, s.to));
        leader[a.max(b) as usize] = a.min(b);
    }
    let mut sizes = vec![0_u32; n];
    let part: Vec<u32> = (0..n as u32).map(|i| find(&mut leader, i)).collect();
    part.iter().for_each(|p| sizes[*p as usize] += 1);
    (part, sizes)
}

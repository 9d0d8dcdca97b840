//! How many people open sites can take within reach: the largest flow, or the best way to give whole clients.

/// Clients that the same open sites cover, as one: a mask of the open sites (by place among them) and their weight.
pub(super) type Group = (Vec<u32>, f64);

/// The most weight that sites of these capacities can take, a client shared among sites where need be (largest flow; Dinic 1970).
pub(super) fn largest_flow(groups: &[Group], capacity: &[f64]) -> f64 {
    let sink = groups.len() + capacity.len() + 1;
    let mut net = Net { to: vec![], room: vec![], out: vec![vec![]; sink + 1] };
    let total: f64 = groups.iter().map(|g| g.1).sum();
    for (g, (sites, weight)) in groups.iter().enumerate() {
        net.pipe(0, 1 + g, *weight);
        sites.iter().for_each(|s| net.pipe(1 + g, 1 + groups.len() + *s as usize, *weight));
    }
    for (s, room) in capacity.iter().enumerate() {
        net.pipe(1 + groups.len() + s, sink, room.max(0.0));
    }
    let little = 1e-12 * total.max(1e-300);
    let mut flow = 0.0;
    loop {
        let level = net.levels(0, little);
        if level[sink] == usize::MAX {
            return flow;
        }
        let mut next = vec![0; sink + 1];
        loop {
            let pushed = net.push(0, sink, f64::INFINITY, &level, &mut next, little);
            if pushed <= little {
                break;
            }
            flow += pushed;
        }
    }
}

struct Net {
    to: Vec<usize>,
    room: Vec<f64>,
    out: Vec<Vec<usize>>,
}

impl Net {
    fn pipe(&mut self, from: usize, to: usize, room: f64) {
        for (a, b, r) in [(from, to, room), (to, from, 0.0)] {
            self.out[a].push(self.to.len());
            self.to.push(b);
            self.room.push(r);
        }
    }

    fn levels(&self, from: usize, little: f64) -> Vec<usize> {
        let mut level = vec![usize::MAX; self.out.len()];
        level[from] = 0;
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            for pipe in &self.out[node] {
                let to = self.to[*pipe];
                if self.room[*pipe] > little && level[to] == usize::MAX {
                    level[to] = level[node] + 1;
                    queue.push_back(to);
                }
            }
        }
        level
    }

    /// One more way to the sink; the net is four steps deep from end to end, but ways back make it longer: at most its nodes.
    fn push(&mut self, node: usize, sink: usize, most: f64, level: &[usize], next: &mut [usize], little: f64) -> f64 {
        if node == sink {
            return most;
        }
        while next[node] < self.out[node].len() {
            let pipe = self.out[node][next[node]];
            let to = self.to[pipe];
            if self.room[pipe] > little && level[to] == level[node] + 1 {
                let pushed = self.push(to, sink, most.min(self.room[pipe]), level, next, little);
                if pushed > little {
                    self.room[pipe] -= pushed;
                    self.room[pipe ^ 1] += pushed;
                    return pushed;
                }
            }
            next[node] += 1;
        }
        0.0
    }
}

/// The most weight of whole clients that the sites can take: each to one site that covers it, or not at all.
///
/// Branch and bound over clients, the heaviest first, bounded by the largest flow of what is left. It ends early where
/// `enough` is reached. `None` where `nodes` ran out.
pub(super) fn whole_clients(clients: &[Group], capacity: &[f64], enough: f64, nodes: &mut u64) -> Option<f64> {
    let mut order: Vec<&Group> = clients.iter().filter(|c| c.1 > 0.0).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.len().cmp(&b.0.len())).then_with(|| a.0.cmp(&b.0)));
    let mut whole = Whole { order: order.into_iter().cloned().collect(), best: 0.0, enough, nodes };
    whole.give(0, 0.0, &mut capacity.to_vec()).then_some(whole.best)
}

struct Whole<'a> {
    order: Vec<Group>,
    best: f64,
    enough: f64,
    nodes: &'a mut u64,
}

impl Whole<'_> {
    /// Gives the clients from `at`; false where the work ran out.
    fn give(&mut self, at: usize, given: f64, room: &mut Vec<f64>) -> bool {
        self.best = self.best.max(given);
        if at == self.order.len() || self.best >= self.enough {
            return true;
        }
        if *self.nodes == 0 {
            return false;
        }
        *self.nodes -= 1;
        let rest: f64 = self.order[at..].iter().map(|c| c.1).sum();
        let worth = |most: f64, best: f64| given + most > best * (1.0 + 1e-12) + 1e-300;
        if !worth(rest, self.best) || !worth(largest_flow(&self.order[at..], room), self.best) {
            return true;
        }
        let (sites, weight) = self.order[at].clone();
        // Sites with the same room left and the same clients are not told apart here: the few sites open make this cheap enough.
        for site in sites {
            let site = site as usize;
            if room[site] + 1e-9 >= weight {
                room[site] -= weight;
                let went_on = self.give(at + 1, given + weight, room);
                room[site] += weight;
                if !went_on {
                    return false;
                }
            }
        }
        self.give(at + 1, given, room)
    }
}

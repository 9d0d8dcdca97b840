//! Who can get to what, at which cost, and how much a cost puts off.

/// Costs from places to services; only pairs in reach are kept.
#[derive(Clone, Debug)]
pub struct Costs {
    /// Where the pairs of each place begin, and the end of the last.
    starts: Vec<usize>,
    /// Services of the pairs.
    services: Vec<u32>,
    /// Costs of the pairs.
    costs: Vec<f64>,
    /// How many services there are, reached or not.
    supply: usize,
}

impl Costs {
    /// From the pairs of each place: service and cost. A cost that is negative or not a number is no cost: the pair is out of reach. The same service twice keeps its lower cost.
    ///
    /// ```
    /// use gapmap::stats::access::Costs;
    /// let costs = Costs::new(2, vec![vec![(1, 300.0), (0, f64::NAN)], vec![]]);
    /// assert_eq!(costs.of(0).collect::<Vec<_>>(), [(1, 300.0)]);
    /// ```
    pub fn new(supply: usize, places: Vec<Vec<(u32, f64)>>) -> Self {
        let mut costs = Self { starts: vec![0], services: vec![], costs: vec![], supply };
        for mut pairs in places {
            pairs.retain(|(s, c)| (*s as usize) < supply && *c >= 0.0 && c.is_finite());
            pairs.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            pairs.dedup_by_key(|p| p.0);
            for (service, cost) in pairs {
                costs.services.push(service);
                costs.costs.push(cost);
            }
            costs.starts.push(costs.services.len());
        }
        costs
    }

    /// Places.
    pub fn places(&self) -> usize {
        self.starts.len() - 1
    }

    /// Services.
    pub fn services(&self) -> usize {
        self.supply
    }

    /// Pairs in reach.
    pub fn pairs(&self) -> usize {
        self.services.len()
    }

    /// The services that a place reaches, with their costs, by service.
    pub fn of(&self, place: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.range(place);
        self.services[range.clone()].iter().map(|s| *s as usize).zip(self.costs[range].iter().copied())
    }

    /// Where the pairs of a place lie among all pairs.
    pub fn range(&self, place: usize) -> std::ops::Range<usize> {
        self.starts[place]..self.starts[place + 1]
    }
}

/// How much a cost puts off: 1 for not at all, 0 for altogether.
#[derive(Clone, PartialEq, Debug)]
pub enum Decay {
    /// 1 up to and at `to`, then 0.
    Within {
        /// The farthest cost.
        to: f64,
    },
    /// The weight of the first step whose cost is not passed; 0 beyond the last.
    Steps(Vec<(f64, f64)>),
    /// `exp(−c²/2σ²)` up to `to`.
    Gaussian {
        /// σ, in the unit of cost.
        sigma: f64,
        /// The farthest cost.
        to: f64,
    },
    /// `exp(−rate · c)` up to `to`.
    Exponential {
        /// For each unit of cost.
        rate: f64,
        /// The farthest cost.
        to: f64,
    },
    /// `1 − c/to` up to `to`.
    Linear {
        /// The farthest cost.
        to: f64,
    },
    /// A logistic curve that is 1 at no cost and about a half at `middle`, with standard deviation `spread`.
    Logistic {
        /// Where it is about a half.
        middle: f64,
        /// Standard deviation.
        spread: f64,
    },
    /// `(max(c, least)/scale)^−power` up to `to`.
    Power {
        /// Where it is 1.
        scale: f64,
        /// The exponent.
        power: f64,
        /// Costs below count as this.
        least: f64,
        /// The farthest cost.
        to: f64,
    },
}

impl Decay {
    /// The weight of a cost.
    ///
    /// ```
    /// use gapmap::stats::access::Decay;
    /// let steps = Decay::Steps(vec![(1000.0, 1.0), (2000.0, 0.68), (5000.0, 0.22)]);
    /// assert_eq!([500.0, 2000.0, 5000.1].map(|c| steps.weight(c)), [1.0, 0.68, 0.0]);
    /// ```
    pub fn weight(&self, cost: f64) -> f64 {
        let until = |to: f64, weight: f64| if cost <= to { weight } else { 0.0 };
        match self {
            Decay::Within { to } => until(*to, 1.0),
            Decay::Steps(steps) => steps.iter().find(|s| cost <= s.0).map_or(0.0, |s| s.1),
            Decay::Gaussian { sigma, to } => until(*to, (-cost * cost / (2.0 * sigma * sigma)).exp()),
            Decay::Exponential { rate, to } => until(*to, (-rate * cost).exp()),
            Decay::Linear { to } => until(*to, 1.0 - cost / to),
            Decay::Logistic { middle, spread } => {
                let k = std::f64::consts::PI / (spread * 3.0_f64.sqrt());
                (1.0 + (-middle * k).exp()) / (1.0 + ((cost - middle) * k).exp())
            }
            Decay::Power { scale, power, least, to } => until(*to, (cost.max(*least) / scale).powf(-power)),
        }
    }
}

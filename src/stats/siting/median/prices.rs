//! The prices of clients: how good they are, and how they are made better.

use super::super::Site;
use super::{Aim, Median};

/// What the best prices of a node say.
pub(super) struct Priced {
    /// No choice of the node costs less.
    pub bound: f64,
    /// A price for each client.
    pub price: Vec<f64>,
    /// What the opening of each site saves at those prices: zero or less.
    pub saving: Vec<f64>,
    /// The free sites that the prices would open, the most wanted first.
    pub wanted: Vec<usize>,
    /// The free site that would open next.
    pub next: Option<usize>,
}

impl Median {
    /// A client's second least cost is a good first price: below it, one site alone is worth opening for it.
    pub(super) fn first_prices(&self) -> Vec<f64> {
        let (mut least, mut second) = (vec![f64::INFINITY; self.clients], vec![f64::INFINITY; self.clients]);
        for site in 0..self.sites {
            for (i, c) in self.row(site).iter().enumerate() {
                if *c < least[i] {
                    (second[i], least[i]) = (least[i], *c);
                } else if *c < second[i] {
                    second[i] = *c;
                }
            }
        }
        least
            .iter()
            .zip(&second)
            .map(|(l, s)| {
                if s.is_finite() {
                    *s
                } else if l.is_finite() {
                    *l
                } else {
                    0.0
                }
            })
            .collect()
    }

    /// What opening a site saves: sum over clients of min(0, cost − price). In four sums, so that a processor adds them side by side.
    fn saving(&self, site: usize, price: &[f64]) -> f64 {
        if let Some(near) = &self.near {
            // No price is above what a client can lose: the others save nothing.
            return near[site].iter().map(|(client, c)| (c - price[*client as usize]).min(0.0)).sum();
        }
        let row = self.row(site);
        let mut sums = [0.0_f64; 8];
        let (costs, prices) = (row.chunks_exact(8), price.chunks_exact(8));
        let rest: f64 = costs.remainder().iter().zip(prices.remainder()).map(|(c, p)| (c - p).min(0.0)).sum();
        for (c, p) in costs.zip(prices) {
            for k in 0..8 {
                sums[k] += (c[k] - p[k]).min(0.0);
            }
        }
        sums.iter().sum::<f64>() + rest
    }

    /// Raises the bound by subgradient steps from `price`, at most `rounds` of them.
    pub(super) fn price(&mut self, sites: &[Site], mut price: Vec<f64>, rounds: usize, aim: &Aim<'_>) -> Priced {
        let opened: Vec<usize> = (0..self.sites).filter(|s| sites[*s] == Site::Open).collect();
        let mut free: Vec<usize> = (0..self.sites).filter(|s| sites[*s] == Site::Free).collect();
        let more = (self.p - opened.len()).min(free.len());
        let mut best = Priced { bound: f64::NEG_INFINITY, price: price.clone(), saving: vec![0.0; self.sites], wanted: vec![], next: None };
        let (mut reach, mut idle) = (if rounds > 100 { 1.5 } else { 0.8 }, 0);
        let patience = if rounds > 100 { 15 } else { 5 };
        let mut saving = vec![0.0; self.sites];
        let mut served = vec![0.0_f64; self.clients];
        let mut heading = vec![0.0_f64; self.clients];
        for _ in 0..rounds.max(1) {
            opened.iter().chain(&free).for_each(|s| saving[*s] = self.saving(*s, &price));
            free.sort_unstable_by(|a, b| saving[*a].total_cmp(&saving[*b]).then(a.cmp(b)));
            let bound = price.iter().sum::<f64>() + opened.iter().chain(&free[..more]).map(|s| saving[*s]).sum::<f64>();
            if bound > best.bound + 1e-12 * bound.abs() {
                let wanted = free[..more].to_vec();
                // Choices that prices suggest are often the best ones: worth a look while the best is sought.
                if matches!(aim, Aim::Best) && wanted != best.wanted {
                    self.consider(opened.iter().chain(&wanted).copied().collect());
                }
                best = Priced { bound, price: price.clone(), saving: saving.clone(), wanted, next: free.get(more).copied() };
                idle = 0;
                if bound > self.cut(aim) {
                    break;
                }
            } else {
                idle += 1;
                if idle >= patience {
                    (reach, idle) = (reach / 2.0, 0);
                    price.clone_from(&best.price);
                    heading.fill(0.0);
                    if reach < 2e-3 {
                        break;
                    }
                    continue;
                }
            }
            served.fill(1.0);
            for site in opened.iter().chain(&free[..more]) {
                if let Some(near) = &self.near {
                    near[*site]
                        .iter()
                        .filter(|(client, c)| *c < price[*client as usize])
                        .for_each(|(client, _)| served[*client as usize] -= 1.0);
                    continue;
                }
                let row = &self.cost[site * self.clients..(site + 1) * self.clients];
                served.iter_mut().zip(row).zip(&price).for_each(|((n, c), p)| *n -= f64::from(u8::from(c < p)));
            }
            heading.iter_mut().zip(&served).for_each(|(h, n)| *h = 0.3 * *h + n);
            let size: f64 = heading.iter().map(|h| h * h).sum();
            if served.iter().all(|n| *n == 0.0) || size <= 0.0 {
                break;
            }
            let aimed = if self.best.is_finite() { self.best * 1.0005 } else { bound + 0.05 * bound.abs() + 1.0 };
            let step = reach * (aimed - bound).max(1e-9 * bound.abs()) / size;
            let most = |client: usize| if self.near.is_some() { self.most[client] } else { f64::INFINITY };
            price.iter_mut().zip(&heading).enumerate().for_each(|(i, (p, h))| *p = (*p + step * h).clamp(0.0, most(i)));
        }
        best
    }
}

//! A good choice to begin with: greedy, then the best exchange of one site for another, until none helps (Teitz and Bart 1968; Whitaker 1983).

use super::super::{Site, open};
use super::Median;

impl Median {
    /// Finds a first choice; none where sites that must be apart stand in its way.
    pub(super) fn begin(&mut self, start: &[Site]) {
        let mut sites = start.to_vec();
        let mut least = vec![f64::INFINITY; self.clients];
        let mut chosen: Vec<usize> = (0..self.sites).filter(|s| sites[*s] == Site::Open).collect();
        for site in &chosen {
            least.iter_mut().zip(self.row(*site)).for_each(|(l, c)| *l = l.min(*c));
        }
        while chosen.len() < self.p {
            let after = |s: &usize| least.iter().zip(self.row(*s)).map(|(l, c)| l.min(*c).min(1e300)).sum::<f64>();
            let free = (0..self.sites).filter(|s| sites[*s] == Site::Free);
            let Some((site, _)) = free.map(|s| (s, after(&s))).min_by(|a, b| a.1.total_cmp(&b.1)) else { return };
            open(site, &mut sites, &self.conflicts);
            chosen.push(site);
            least.iter_mut().zip(self.row(site)).for_each(|(l, c)| *l = l.min(*c));
        }
        let fixed: Vec<bool> = start.iter().map(|s| *s == Site::Open).collect();
        self.consider(chosen.clone());
        for _ in 0..200 {
            let Some((out, into)) = self.exchange(&chosen, &fixed) else { break };
            chosen[out] = into;
            self.consider(chosen.clone());
        }
    }

    /// The exchange that saves most: a place among the chosen ones, and the site that takes it.
    fn exchange(&self, chosen: &[usize], fixed: &[bool]) -> Option<(usize, usize)> {
        let (mut first, mut least, mut second) =
            (vec![0_usize; self.clients], vec![f64::INFINITY; self.clients], vec![f64::INFINITY; self.clients]);
        for (k, site) in chosen.iter().enumerate() {
            for (i, c) in self.row(*site).iter().enumerate() {
                if *c < least[i] {
                    (second[i], least[i], first[i]) = (least[i], *c, k);
                } else if *c < second[i] {
                    second[i] = *c;
                }
            }
        }
        if least.iter().any(|l| !l.is_finite()) {
            return None;
        }
        let mut best: Option<(f64, usize, usize)> = None;
        let mut loss = vec![0.0; chosen.len()];
        for into in (0..self.sites).filter(|s| !chosen.contains(s)) {
            loss.fill(0.0);
            let mut gain = 0.0;
            for (i, c) in self.row(into).iter().enumerate() {
                if *c < least[i] {
                    gain += least[i] - c;
                } else {
                    loss[first[i]] += second[i].min(*c) - least[i];
                }
            }
            for (out, lost) in loss.iter().enumerate().filter(|(out, _)| !fixed[chosen[*out]]) {
                let better = best.is_none_or(|b| gain - lost > b.0);
                let apart = self.conflicts[into].iter().all(|o| chosen[out] == *o || !chosen.contains(o));
                if better && gain - lost > 1e-12 * gain && apart {
                    best = Some((gain - lost, out, into));
                }
            }
        }
        best.map(|(_, out, into)| (out, into))
    }
}

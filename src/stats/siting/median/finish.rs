//! The last sites of a choice: where one or two are left, trying them is quicker than pricing them.

use super::super::Site;
use super::{Aim, Median};

impl Median {
    /// Whether as many sites as are left to open are tried one by one. Pairs only where a site serves few clients: elsewhere
    /// what two sites save together is far below the sum of what each saves, and nearly every pair would have to be tried.
    pub(super) fn few_left(&self, more: usize) -> bool {
        more == 1 || more == 2 && self.near.is_some()
    }

    /// Tries what may be as good as the best: two sites together save at most the sum of what each of them saves.
    pub(super) fn finish(&mut self, opened: &[usize], sites: &[Site], aim: &mut Aim<'_>) {
        let mut least = vec![f64::INFINITY; self.clients];
        for site in opened {
            least.iter_mut().zip(self.row(*site)).for_each(|(l, c)| *l = l.min(*c));
        }
        if self.near.is_some() {
            least.iter_mut().zip(&self.most).for_each(|(l, m)| *l = l.min(*m));
        }
        let before: f64 = least.iter().sum();
        let mut free: Vec<(f64, usize)> =
            (0..self.sites).filter(|s| sites[*s] == Site::Free).map(|s| (self.with(s, before, &least), s)).collect();
        free.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        if opened.len() + 1 == self.p {
            for (_, site) in free.into_iter().take_while(|(v, _)| *v <= self.hope()).collect::<Vec<_>>() {
                self.leaf(opened.iter().copied().chain([site]).collect(), aim);
            }
            return;
        }
        for (k, &(one, site)) in free.iter().enumerate() {
            if free.get(k + 1).is_none_or(|(two, _)| one + two - before > self.hope()) {
                break;
            }
            let mut with = least.clone();
            with.iter_mut().zip(self.row(site)).for_each(|(l, c)| *l = l.min(*c));
            for &(two, other) in &free[k + 1..] {
                if one + two - before > self.hope() {
                    break;
                }
                if self.with(other, one, &with) <= self.hope() {
                    self.leaf(opened.iter().copied().chain([site, other]).collect(), aim);
                }
            }
        }
    }

    /// A sum above this is not as good as the best, however its parts were added.
    fn hope(&self) -> f64 {
        self.best + 2.0 * self.same()
    }

    /// The sum of least costs where `site` is opened too.
    fn with(&self, site: usize, before: f64, least: &[f64]) -> f64 {
        match &self.near {
            Some(near) => before + near[site].iter().map(|(client, c)| (c - least[*client as usize]).min(0.0)).sum::<f64>(),
            None => least.iter().zip(self.row(site)).map(|(l, c)| l.min(*c)).sum(),
        }
    }
}

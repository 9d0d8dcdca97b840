//! The circles of a scan: about each centre, nested, up to a share of the population.

use rayon::prelude::*;

/// For each centre the areas nearest to it, nearest first, as far as a circle may grow.
#[derive(Clone, PartialEq, Debug)]
pub struct Circles {
    around: Vec<Vec<u32>>,
    /// Circles of fewer areas than this are none.
    smallest: usize,
    /// Whether the first `k` areas, from one on, are a circle; beyond the list, and without one, all are.
    counted: Vec<bool>,
}

impl Circles {
    /// Circles about every area, while the population inside is at most `share` of the whole. Areas equally far come in the order given.
    ///
    /// `distance` need only be right about which is nearer. An area with more than the share makes no circle, not even of its own.
    ///
    /// ```
    /// let circles = gapmap::stats::scan::Circles::new(4, |i, j| i.abs_diff(j) as f64, &[1.0; 4], 0.5);
    /// assert_eq!(circles.around(0), [0, 1]);
    /// ```
    pub fn new(areas: usize, distance: impl Fn(usize, usize) -> f64 + Sync, population: &[f64], share: f64) -> Self {
        Self::of_at_most(areas, usize::MAX, distance, population, share)
    }

    /// The same of at most `most` areas each: a tenth of the population is more areas the more areas there are, and circles in all would grow
    /// with their square. So many grow with the areas alone.
    ///
    /// ```
    /// let circles = gapmap::stats::scan::Circles::of_at_most(100, 7, |i, j| i.abs_diff(j) as f64, &[1.0; 100], 0.5);
    /// assert_eq!((circles.around(0).len(), circles.circles()), (7, 700));
    /// ```
    pub fn of_at_most(areas: usize, most: usize, distance: impl Fn(usize, usize) -> f64 + Sync, population: &[f64], share: f64) -> Self {
        let whole: f64 = population.iter().sum();
        let nearer = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        let about = |i: usize| {
            let mut order: Vec<(f64, u32)> = (0..areas).map(|j| (distance(i, j), j as u32)).collect();
            if most < areas {
                order.select_nth_unstable_by(most, nearer);
                order.truncate(most);
            }
            order.sort_unstable_by(nearer);
            let mut inside = 0.0;
            let grows = |(_, j): &(f64, u32)| {
                inside += population[*j as usize];
                inside <= share * whole
            };
            order.into_iter().take_while(grows).map(|(_, j)| j).collect::<Vec<u32>>()
        };
        Self { around: (0..areas).into_par_iter().map(about).collect(), smallest: 1, counted: vec![] }
    }

    /// One circle that holds everything: a scan of time alone.
    pub fn whole(areas: usize) -> Self {
        Self { around: vec![(0..areas as u32).collect()], smallest: areas, counted: vec![] }
    }

    /// Whether the first `k` areas about a centre are a circle.
    pub fn counts(&self, k: usize) -> bool {
        k >= self.smallest && self.counted.get(k.saturating_sub(1)).is_none_or(|c| *c)
    }

    /// Fewer circles: of more than `all_up_to` areas only those that hold at least `share` more areas than the one before, and the largest about each centre
    /// may be left out. A circle of 180 areas and one of 181 tell the same, and cost twice.
    ///
    /// ```
    /// let all = gapmap::stats::scan::Circles::new(40, |i, j| i.abs_diff(j) as f64, &[1.0; 40], 1.0);
    /// let some = all.clone().growing_by(4, 0.5);
    /// assert_eq!((1..=40).filter(|k| some.counts(*k)).collect::<Vec<_>>(), [1, 2, 3, 4, 6, 9, 14, 21, 32]);
    /// assert_eq!((all.circles(), some.circles()), (1600, 360));
    /// ```
    pub fn growing_by(mut self, all_up_to: usize, share: f64) -> Self {
        let largest = self.around.iter().map(Vec::len).max().unwrap_or(0);
        let mut next = 1;
        self.counted = (1..=largest)
            .map(|k| {
                let counted = k == next;
                if counted {
                    next = if k < all_up_to { k + 1 } else { ((k as f64 * (1.0 + share)).ceil() as usize).max(k + 1) };
                }
                counted
            })
            .collect();
        self
    }

    /// Areas about a centre, nearest first; the first `k` are the circle of `k` areas.
    pub fn around(&self, centre: usize) -> &[u32] {
        &self.around[centre]
    }

    /// How many centres there are.
    pub fn len(&self) -> usize {
        self.around.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.around.is_empty()
    }

    /// How many circles there are in all.
    pub fn circles(&self) -> usize {
        self.around.iter().map(|a| (1..=a.len()).filter(|k| self.counts(*k)).count()).sum()
    }
}

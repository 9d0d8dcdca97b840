//! Neighbours as weights: the graph that every statistic of place stands on.

/// For each area, its neighbours. Each neighbour has weight 1, or with [`Style::Rows`] an equal share of 1.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Weights {
    starts: Vec<usize>,
    neighbours: Vec<u32>,
}

/// How much a neighbour weighs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// 1 each.
    Binary,
    /// 1 divided by the number of neighbours, so that each row sums to 1.
    Rows,
}

/// Sums over all weights that the moments of Moran's I and Geary's C are made of.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sums {
    /// `Σ w_ij`.
    pub s0: f64,
    /// `½ Σ (w_ij + w_ji)²`.
    pub s1: f64,
    /// `Σ_i (Σ_j w_ij + Σ_j w_ji)²`.
    pub s2: f64,
}

impl Weights {
    /// From a list of neighbours for each area. A neighbour that is the area itself, out of range or named twice is left out.
    ///
    /// ```
    /// let w = gapmap::stats::weights::Weights::new(&[vec![1], vec![0, 2], vec![1], vec![]]);
    /// assert_eq!(w.of(1), [0, 2]);
    /// assert_eq!(w.islands(), [3]);
    /// assert_eq!(w.components(), 2);
    /// ```
    pub fn new(lists: &[Vec<u32>]) -> Self {
        let mut weights = Self { starts: vec![0], neighbours: Vec::new() };
        for (i, list) in lists.iter().enumerate() {
            let mut list: Vec<u32> = list.iter().copied().filter(|j| *j as usize != i && (*j as usize) < lists.len()).collect();
            list.sort_unstable();
            list.dedup();
            weights.neighbours.extend(list);
            weights.starts.push(weights.neighbours.len());
        }
        weights
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there are no areas.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The neighbours of an area, ascending.
    pub fn of(&self, i: usize) -> &[u32] {
        &self.neighbours[self.starts[i]..self.starts[i + 1]]
    }

    /// Areas without neighbours.
    pub fn islands(&self) -> Vec<usize> {
        (0..self.len()).filter(|i| self.of(*i).is_empty()).collect()
    }

    /// The same areas without some of them: those that stay, in their order, and the weights among them.
    ///
    /// ```
    /// let w = gapmap::stats::weights::Weights::new(&[vec![1], vec![0, 2], vec![1]]);
    /// assert_eq!(w.among(&[0, 1]).of(1), [0]);
    /// ```
    pub fn among(&self, kept: &[usize]) -> Self {
        let mut position = vec![u32::MAX; self.len()];
        for (new, old) in kept.iter().enumerate() {
            position[*old] = new as u32;
        }
        let list = |i: &usize| self.of(*i).iter().map(|j| position[*j as usize]).filter(|j| *j != u32::MAX).collect();
        Self::new(&kept.iter().map(list).collect::<Vec<Vec<u32>>>())
    }

    /// How many groups of areas hang together, islands among them; a link in one direction is enough.
    pub fn components(&self) -> usize {
        let mut parent: Vec<usize> = (0..self.len()).collect();
        fn root(parent: &mut [usize], mut i: usize) -> usize {
            while parent[i] != i {
                parent[i] = parent[parent[i]];
                i = parent[i];
            }
            i
        }
        for i in 0..self.len() {
            for j in self.of(i) {
                let (a, b) = (root(&mut parent, i), root(&mut parent, *j as usize));
                parent[a] = b;
            }
        }
        (0..self.len()).filter(|i| parent[*i] == *i).count()
    }

    /// What each neighbour of an area weighs.
    pub fn weight(&self, i: usize, style: Style) -> f64 {
        match style {
            Style::Binary => 1.0,
            Style::Rows => 1.0 / self.of(i).len().max(1) as f64,
        }
    }

    /// Weighted sum of the neighbours' values.
    pub fn lag(&self, values: &[f64], i: usize, style: Style) -> f64 {
        let sum: f64 = self.of(i).iter().map(|j| values[*j as usize]).sum();
        sum * self.weight(i, style)
    }

    /// `s0`, `s1` and `s2`. Checked: `spatial_weights` (libpysal).
    ///
    /// ```
    /// use gapmap::stats::weights::{Style, Weights};
    /// let line = Weights::new(&[vec![1], vec![0, 2], vec![1]]);
    /// let sums = line.sums(Style::Binary);
    /// assert_eq!((sums.s0, sums.s1, sums.s2), (4.0, 8.0, 24.0));
    /// ```
    pub fn sums(&self, style: Style) -> Sums {
        let (mut s0, mut squares, mut products) = (0.0, 0.0, 0.0);
        let mut columns = vec![0.0; self.len()];
        let mut rows = vec![0.0; self.len()];
        for (i, row) in rows.iter_mut().enumerate() {
            let w = self.weight(i, style);
            for j in self.of(i) {
                let back = *j as usize;
                s0 += w;
                squares += w * w;
                if self.of(back).binary_search(&(i as u32)).is_ok() {
                    products += w * self.weight(back, style);
                }
                *row += w;
                columns[back] += w;
            }
        }
        let s2 = rows.iter().zip(&columns).map(|(r, c)| (r + c).powi(2)).sum();
        // ½ Σ (w_ij + w_ji)² = Σ w_ij² + Σ w_ij w_ji.
        Sums { s0, s1: squares + products, s2 }
    }
}

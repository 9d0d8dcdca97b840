//! Values of one dimension as runs.

/// The values of one dimension that a count takes in: runs of them, from the first up to but without the second, ascending and apart.
///
/// A count takes in one area or all of them: runs stay short where a bit for each of 35,000 areas would not.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) struct Set(pub Vec<(u32, u32)>);

impl Set {
    pub fn range(from: usize, to: usize) -> Self {
        Self(if from < to { vec![(from as u32, to as u32)] } else { vec![] })
    }
    pub fn of(values: impl IntoIterator<Item = usize>) -> Self {
        let mut values: Vec<u32> = values.into_iter().map(|v| v as u32).collect();
        values.sort_unstable();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for v in values {
            match runs.last_mut() {
                Some(last) if v <= last.1 => last.1 = last.1.max(v + 1),
                _ => runs.push((v, v + 1)),
            }
        }
        Self(runs)
    }
    pub fn size(&self) -> u32 {
        self.0.iter().map(|(from, to)| to - from).sum()
    }
    pub fn values(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().flat_map(|(from, to)| *from as usize..*to as usize)
    }
    /// The run of a set that ends after a value, if any.
    pub fn run_at(&self, value: u32) -> Option<(u32, u32)> {
        self.0.get(self.0.partition_point(|(_, to)| *to <= value)).copied()
    }
    pub fn within(&self, other: &Self) -> bool {
        self.0.iter().all(|(from, to)| other.run_at(*from).is_some_and(|(f, t)| f <= *from && *to <= t))
    }
    pub fn without(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        for (from, to) in &self.0 {
            let mut at = *from;
            while let Some((f, t)) = other.run_at(at).filter(|(f, _)| f < to) {
                if at < f {
                    left.push((at, f));
                }
                at = t;
                if at >= *to {
                    break;
                }
            }
            if at < *to {
                left.push((at, *to));
            }
        }
        Self(left)
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

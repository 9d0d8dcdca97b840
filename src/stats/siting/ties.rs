//! Choices as good as the best one: listed to a number, counted beyond it.

use super::Limit;

/// Tied choices, as they are found.
#[derive(Debug)]
pub(crate) struct Tied {
    listed: Vec<Vec<usize>>,
    number: u64,
    most: usize,
}

impl Tied {
    pub fn new(limit: Limit) -> Self {
        Self { listed: vec![], number: 0, most: limit.listed.max(1) }
    }

    /// Adds a choice that was not added before.
    pub fn add(&mut self, mut choice: Vec<usize>) {
        self.number = self.number.saturating_add(1);
        if self.listed.len() < self.most {
            choice.sort_unstable();
            self.listed.push(choice);
        }
    }

    /// Whether no more are listed.
    pub fn full(&self) -> bool {
        self.listed.len() >= self.most
    }

    /// Counts choices that are not listed.
    pub fn count(&mut self, more: u64) {
        self.number = self.number.saturating_add(more);
    }

    pub fn number(&self) -> u64 {
        self.number
    }

    /// The listed choices in ascending order.
    pub fn into_listed(mut self) -> Vec<Vec<usize>> {
        self.listed.sort();
        self.listed
    }
}

/// How many ways there are to take `k` of `n`, at most the greatest number.
pub(crate) fn ways_to_take(k: usize, n: usize) -> u64 {
    if k > n {
        return 0;
    }
    let mut ways: u128 = 1;
    for i in 0..k.min(n - k) {
        ways = ways * (n - i) as u128 / (i as u128 + 1);
        if ways > u128::from(u64::MAX) {
            return u64::MAX;
        }
    }
    ways as u64
}

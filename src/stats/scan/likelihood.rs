//! How much likelier the events are with a cluster than without.

/// Log likelihood ratio of a Poisson scan: `c ln(c/e) + (C−c) ln((C−c)/(C−e))` where more happened than expected, else 0; `0 ln 0 = 0`.
///
/// ```
/// assert_eq!(gapmap::stats::scan::poisson(3.0, 4.0, 10.0), 0.0);
/// assert!((gapmap::stats::scan::poisson(6.0, 3.0, 10.0) - (6.0 * 2_f64.ln() + 4.0 * (4.0_f64 / 7.0).ln())).abs() < 1e-12);
/// ```
pub fn poisson(observed: f64, expected: f64, total: f64) -> f64 {
    if observed <= expected {
        return 0.0;
    }
    let outside = if observed < total { (total - observed) * ((total - observed) / (total - expected)).ln() } else { 0.0 };
    observed * (observed / expected).ln() + outside
}

/// Log likelihood ratio of a Bernoulli scan: `observed` cases of `trials` inside, `total` of `all` everywhere; 0 where the share inside is not the higher.
///
/// ```
/// assert_eq!(gapmap::stats::scan::bernoulli(1.0, 10.0, 20.0, 100.0), 0.0);
/// assert!(gapmap::stats::scan::bernoulli(9.0, 10.0, 20.0, 100.0) > 10.0);
/// ```
pub fn bernoulli(observed: f64, trials: f64, total: f64, all: f64) -> f64 {
    let (outside, others) = (total - observed, all - trials);
    if observed * others <= outside * trials {
        return 0.0;
    }
    let part = |cases: f64, of: f64| if cases > 0.0 && of > 0.0 { cases * (cases / of).ln() } else { 0.0 };
    let of = |cases: f64, trials: f64| part(cases, trials) + part(trials - cases, trials);
    of(observed, trials) + of(outside, others) - of(total, all)
}

/// Whether [`poisson`] can be above `floor`: a bound without logarithms, `LLR ≤ (c−e)² (1/e + 1/(C−e))`.
pub(super) fn exceeds(observed: f64, expected: f64, total: f64, floor: f64) -> bool {
    let above = observed - expected;
    above > 0.0 && (expected <= 0.0 || above * above * total > floor * expected * (total - expected))
}

/// The fewest events that can reach a log likelihood ratio, by what is expected.
pub(super) struct Fewest {
    /// `table[⌊e / step⌋]`.
    table: Vec<u32>,
    step: f64,
}

/// Expectations are told apart in steps of this; within a step the smallest one counts, so none that reaches the ratio is missed.
const STEP: f64 = 0.5;
/// Larger maps take larger steps, of which there are so many.
const MOST_STEPS: f64 = 400_000.0;

impl Fewest {
    /// For expectations up to `largest` of a map of `total` events.
    pub fn to_reach(ratio: f64, largest: f64, total: f64) -> Self {
        let width = STEP.max(largest / MOST_STEPS);
        let steps = (largest / width).ceil() as usize + 2;
        let mut table = Vec::with_capacity(steps);
        let mut c: u32 = 0;
        for step in 0..steps {
            let e = step as f64 * width;
            // Never decreasing in what is expected.
            while f64::from(c) <= total && (f64::from(c) <= e || poisson(f64::from(c), e.max(1e-300), total) < ratio - 1e-9) {
                c += 1;
            }
            table.push(c);
        }
        Self { table, step: width }
    }

    pub fn given(&self, expected: f64) -> u32 {
        self.table[((expected / self.step) as usize).min(self.table.len() - 1)]
    }
}

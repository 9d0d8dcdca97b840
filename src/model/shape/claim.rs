//! What follows from released counts, as data. A shape says what its numbers come from; the audit works them out by itself, and this room knows no method.

use crate::model::{AreaRates, HotSpots, Interrupted, NeedAccess, Series};
use crate::units::{Cell, Estimate};

/// The counts that an estimate is of.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Basis {
    /// A part of a whole, times a scale, with Wilson's limits. A whole that rounding made smaller than the part is as large as that.
    Proportion {
        /// The part.
        count: Cell<u64>,
        /// The whole.
        of: Cell<u64>,
        /// A hundred where it is told in per cent.
        scale: f64,
    },
    /// Events for so many people, with Byar's limits.
    Rate {
        /// Events.
        count: Cell<u64>,
        /// People.
        people: Cell<f64>,
        /// For so many of them.
        per: f64,
    },
    /// A rate over that of all others, with mid-p limits.
    RateRatio {
        /// Events of a group.
        count: Cell<u64>,
        /// Its people.
        people: Cell<f64>,
        /// Events and people of all others; absent where there are none.
        others: Option<(u64, f64)>,
    },
    /// It comes from no counts: nothing may be told.
    Nothing,
}

/// Something that must hold of a finding from a restricted source.
#[derive(Clone, PartialEq, Debug)]
pub enum Claim<'a> {
    /// An estimate is that of its counts, at its own level, and is absent where they are.
    Estimate(Cell<Estimate>, Basis),
    /// The same at a level that the shape states.
    EstimateAt(Cell<Estimate>, Basis, f64),
    /// A value and its limits, told apart, at a level; where it is not told, neither are limits or what is usual for it.
    Value {
        /// The value.
        value: Cell<f64>,
        /// Its limits.
        limits: Option<Estimate>,
        /// What is usual for it.
        usual: Option<Estimate>,
        /// What it is of.
        basis: Basis,
        /// The level.
        level: f64,
    },
    /// A value less an earlier one, with its limits: at the level of all such changes of the pack together, which is told, and as much wider as waves vary
    /// beyond their counts.
    Difference {
        /// As told.
        told: Estimate,
        /// The later and the earlier.
        of: [Basis; 2],
        /// The level of one alone, below which none of several may lie.
        level: f64,
        /// Counts and wholes of the waves that tell how they vary; absent where not all are known.
        waves: Option<(Vec<f64>, Vec<f64>)>,
    },
    /// Events for so many people, without limits.
    Quotient {
        /// As told.
        told: Cell<f64>,
        /// Events.
        count: Cell<u64>,
        /// People.
        people: Cell<f64>,
        /// For so many of them.
        per: f64,
    },
    /// A number is, within so much, the one that the shape's own equation gives; absent where that has no answer.
    Number {
        /// As told.
        told: Option<f64>,
        /// By the equation.
        again: Option<f64>,
        /// How far the two may lie apart.
        within: f64,
    },
    /// A count is the sum of others, or is not told.
    Sum(Cell<u64>, Vec<Cell<u64>>),
    /// A number lies between two others, both included.
    Between(f64, [f64; 2]),
    /// Something holds that needs no method: an equation of the shape's own, or that nothing is told which no restricted source may tell.
    Holds(bool),
    /// Weighted means, times 100, of columns each put on a scale from 0 to 1; of rows of which every value is known.
    Composite {
        /// Rows of values.
        values: Vec<&'a [Cell<f64>]>,
        /// A weight for each column.
        weights: Vec<f64>,
        /// For each row what is told.
        told: Vec<Cell<f64>>,
    },
    /// The limits of a funnel, and areas outside of it, are those of the rates.
    Funnel(&'a AreaRates),
    /// Indices, scores, smoothed and modelled rates are those of the counts and neighbours.
    HotSpots(&'a HotSpots),
    /// Limits and model are those of the months.
    Series(&'a Series),
    /// The effect of an event is that of the months around it.
    Event(&'a Interrupted),
    /// Chances to be one of the highest third are those of the counts.
    ChanceOfHighestThird(&'a NeedAccess),
}

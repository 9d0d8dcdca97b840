//! Why a printed figure differs from today's: restatement, boundaries, definition, placing, period, duplicates, a break, or rounding.
//!
//! The study is read again as somebody else may have counted it ([`lens`]), each of those ways gives a number ([`ways`]), and the ways are weighed by
//! how plainly they give the printed one ([`weigh`]). What no way gives is said to be unexplained: a cause that is not in the data is not guessed.
//!
//! A restricted source is looked at only through a pack that was released ([`through_the_door`]): how its numbers would change with a row more or less
//! would tell of few people.

mod figure;
mod lens;
mod released;
mod table;
mod ways;
mod weigh;

use serde::Serialize;

use crate::units::Period;

pub use figure::{Figure, Printed, months};
pub use lens::reconcile;
pub use released::through_the_door;
pub use table::{TableFault, figures_of};
pub use weigh::{EXPLAINED_FROM, Weighed, weigh};

/// What can make two counts of one thing differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The publisher changed the number of a month later.
    Restatement,
    /// Older boundaries, or codes that were not carried over to newer ones.
    Boundaries,
    /// More, fewer or other categories.
    Definition,
    /// By point and not by code, or without those that have no place.
    Placing,
    /// Other months.
    Period,
    /// Rows that stand twice counted twice.
    Duplicates,
    /// The months on one side of a break in recording.
    Break,
    /// The figure was rounded.
    Rounding,
}

impl Cause {
    /// In a word or two.
    pub fn label(self) -> &'static str {
        match self {
            Self::Restatement => "restatement",
            Self::Boundaries => "boundaries",
            Self::Definition => "definition",
            Self::Placing => "placing",
            Self::Period => "period",
            Self::Duplicates => "duplicates",
            Self::Break => "break in recording",
            Self::Rounding => "rounding",
        }
    }

    /// How likely it is before anything is looked at that two careful counts differ by it: one in five, and half as much for a break.
    ///
    /// Only the order of size matters. It keeps two causes together from being found where one does, and it is shared between the ways in which a
    /// cause can be told.
    pub fn beforehand(self) -> f64 {
        if self == Self::Break { 0.1 } else { 0.2 }
    }
}

/// A part of a difference.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Part {
    /// What makes it.
    pub cause: Cause,
    /// How exactly.
    pub how: String,
    /// What it adds to today's value, in the unit of the figure.
    pub amount: f64,
}

/// One way in which the printed figure comes out.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Way {
    /// Its parts. Of several the amounts follow each other: the second is what it adds after the first.
    pub parts: Vec<Part>,
    /// How plainly it is this one, of all ways and of none: 0 to 1.
    pub weight: f64,
}

impl Way {
    /// Its causes, each once, without rounding.
    pub fn causes(&self) -> Vec<Cause> {
        let mut causes: Vec<Cause> = self.parts.iter().map(|p| p.cause).filter(|c| *c != Cause::Rounding).collect();
        causes.sort_unstable();
        causes.dedup();
        causes
    }
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The figure is today's value.
    Same,
    /// One set of causes gives it, and hardly another.
    Explained,
    /// Several sets of causes could give it, or chance could.
    SeveralWays,
    /// Nothing that was tried gives it.
    Unexplained,
    /// Today's value is not known.
    NotKnown,
}

/// A printed figure beside today's value.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Reconciled {
    /// The source that it is held against.
    pub source: String,
    /// What is counted today: the categories.
    pub what: Vec<String>,
    /// Where.
    pub area: String,
    /// When.
    pub period: Period,
    /// For a change, the months that it begins from.
    pub from: Option<Period>,
    /// As it was printed.
    pub printed: f64,
    /// Today's value, to the same unit; none where it is not known or not told.
    pub today: Option<f64>,
    /// Whether the two are a change in per cent, and no count.
    pub is_change: bool,
    /// What came of it.
    pub verdict: Verdict,
    /// Ways in which the figure comes out, the plainest first.
    pub ways: Vec<Way>,
    /// Of the difference, what no way explains; none where it is explained or could be.
    pub unexplained: Option<f64>,
    /// Every single cause that changes the value, with what it would add alone.
    pub tried: Vec<Part>,
    /// What could not be looked at, and why.
    pub not_tried: Vec<String>,
}

impl Reconciled {
    /// Printed less today.
    pub fn difference(&self) -> Option<f64> {
        self.today.map(|today| self.printed - today)
    }
}

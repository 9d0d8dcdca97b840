//! The counts of a body, and the numbers that are none.

use serde::Serialize;
use serde_json::Value;

use crate::units::Cell;

/// Counts of people and their events.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Counts {
    /// Those of one kind: a zero among them says that zeros are shown, so that what is withheld beside it is at least one.
    pub alike: Vec<Cell<u64>>,
    /// Those beside them, of which a zero says nothing: that no event is without a place tells nothing of areas.
    pub beside: Vec<Cell<u64>>,
}

impl Counts {
    /// Counts of one kind.
    pub fn alike(counts: impl IntoIterator<Item = Cell<u64>>) -> Self {
        Self { alike: counts.into_iter().collect(), beside: vec![] }
    }

    /// Counts of areas, and beside them those without a place and the whole.
    pub fn by_area(areas: impl IntoIterator<Item = Cell<u64>>, beside: impl IntoIterator<Item = Cell<u64>>) -> Self {
        Self { alike: areas.into_iter().collect(), beside: beside.into_iter().collect() }
    }

    /// A shape without counts.
    pub fn none() -> Self {
        Self::default()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = Cell<u64>> + '_ {
        self.alike.iter().chain(&self.beside).copied()
    }

    /// Whether a zero is shown of the kind that is withheld.
    pub fn shows_zeros(&self) -> bool {
        self.alike.contains(&Cell::Known(0))
    }
}

/// Numbers that are no counts of people: a sentence may tell them however small they are.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NoCounts {
    /// Levels and limits.
    pub numbers: Vec<f64>,
    /// Parts of the body of which no number is a count, such as a model.
    pub parts: Vec<Value>,
    /// Parts of the body of which the texts are drawn from records, and only the numbers in those texts are meant.
    pub texts: Vec<Value>,
}

impl NoCounts {
    /// What is small in the shape is a count, or told by nobody.
    pub fn none() -> Self {
        Self::default()
    }

    /// These numbers.
    pub fn numbers(numbers: impl IntoIterator<Item = f64>) -> Self {
        Self { numbers: numbers.into_iter().collect(), ..Self::default() }
    }

    /// And all numbers of a part.
    pub fn and_part(mut self, part: &impl Serialize) -> Self {
        self.parts.push(serde_json::to_value(part).unwrap_or_default());
        self
    }

    /// And the numbers in the texts of a part.
    pub fn and_texts(mut self, part: &impl Serialize) -> Self {
        self.texts.push(serde_json::to_value(part).unwrap_or_default());
        self
    }
}

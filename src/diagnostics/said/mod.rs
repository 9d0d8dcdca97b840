//! What problems say, and what to do about them: texts with their holes, apart from the code that finds them. One file for each family.

mod asked;
mod authorities;
mod boundaries;
mod catalogue;
mod confidential;
mod counts;
mod earlier;
mod fetching;
mod journeys;
mod months;
mod places;
mod plan;
mod public_places;
mod release;
mod residents;
mod rows;
mod scenarios;

pub use asked::*;
pub use authorities::*;
pub use boundaries::*;
pub use catalogue::*;
pub use confidential::*;
pub use counts::*;
pub use earlier::*;
pub use fetching::*;
pub use journeys::*;
pub use months::*;
pub use places::*;
pub use plan::*;
pub use public_places::*;
pub use release::*;
pub use residents::*;
pub use rows::*;
pub use scenarios::*;

use std::borrow::Cow;

/// A problem in words: what is wrong, and the next step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// What is wrong.
    pub what: String,
    /// What helps.
    pub next: Cow<'static, str>,
}

impl Said {
    fn new(what: impl Into<String>, next: impl Into<Cow<'static, str>>) -> Self {
        Self { what: what.into(), next: next.into() }
    }
}

/// What helps where a result of the program's own is not what it must be.
const FAULT_OF_THE_PROGRAM: &str = "Nothing was written. This is a fault of the program: please report it.";

//! What somebody could work out from published counts, and what must be withheld so that they cannot.
//!
//! Knows nothing of studies and reports: counts ([`System`]), the rule for small ones ([`Rule`]), and three ways of looking at them.
//!
//! - [`protect`] chooses what to withhold besides the small counts themselves: with least loss where the tables are small
//!   enough to search all choices, by a search for alternative worlds otherwise.
//! - [`Proof`]: for each withheld count two other sets of facts that would have given *exactly the same publication* and
//!   that differ in this count by at least the width of the rule. Whoever reads the publication cannot tell them apart.
//! - [`interval`]: the tightest bounds that follow from what is published, by linear programming.
//!
//! Sources: Fischetti and Salazar (2001), *Solving the cell suppression problem on tabular data with linear constraints*,
//! Management Science 47; Giessing and Repsilber (2002), *Tools and strategies to protect multiple tables with the GHQUAR
//! cell suppression engine*, for the search by hypercubes, which the moves of [`protect`] generalise to linked tables.

mod attack;
mod moves;
mod optimum;
mod search;
mod system;
mod world;

pub use crate::units::Rule;
pub use attack::interval;
pub use optimum::Loss;
pub use search::{Protection, Unprotectable, protect, protect_by_search};
pub use system::{Coordinate, DIMENSIONS, Given, System, SystemCell};
pub use world::{Proof, World};

//! What every shape of answer says of itself, so that whoever audits, writes or compares needs to know no shape by name.
//!
//! Nothing here has a default: a shape that forgot a question of safety would be a shape that nobody attacks.

mod claim;
mod counts;
mod shown;

pub use super::text::Text;
pub use claim::{Basis, Claim};
pub use counts::{Counts, NoCounts};
pub use shown::{At, Counting, Events, Shown, SumOfPeople, Unclear};

/// A shape of answer. It is written once, in the file of the shape, and named once, in the list of [`super::Body`].
pub trait Shape {
    /// Its texts that are found by [`crate::words`]; names and units of the data are none.
    fn texts_mut(&mut self) -> Vec<&mut Text>;

    /// All its counts of people and their events. Residents of an area are not among them.
    fn counts(&self) -> Counts;

    /// Its counts of events of a restricted source, each with the events that it counts, and the sums that a reader sees. Nothing of people who are no
    /// events, or of areas together.
    ///
    /// # Errors
    /// Where its lengths disagree, or nothing says what it counts.
    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear>;

    /// Sums of people who are no slice of events.
    fn sums_of_people(&self) -> Vec<SumOfPeople>;

    /// Its numbers that are no counts of people though they may be small.
    fn no_counts(&self) -> NoCounts;

    /// What follows from its released counts, as data: the audit works it out again. A number that no claim takes in, and no count is, must be public.
    fn claims(&self) -> Vec<Claim<'_>>;
}

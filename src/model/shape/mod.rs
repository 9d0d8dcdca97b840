//! What every shape of answer says of itself, so that whoever audits, writes or compares needs to know no shape by name.
//!
//! Nothing here has a default: a shape that forgot a question of safety would be a shape that nobody attacks.

mod claim;
mod compared;
mod counts;
mod sheet;
mod shown;
mod stands_out;
mod table;

pub use super::by_area::{AreaFigure, AreaFigures, AreaMeasure};
pub use super::text::Text;
pub use claim::{Basis, Claim};
pub use compared::{Compared, Described, Quantity, When};
pub use counts::{Counts, NoCounts};
pub use sheet::Sheet;
pub use shown::{At, Counting, Events, Shown, SumOfPeople, Unclear};
pub use stands_out::{GroupBesideOthers, Kind, Says, StandsOut, Test, apart, is_ratio_with_limits};
pub use table::{Columns, MISSING, NOT_APPLICABLE, TableView, Value, WITHHELD, count, estimate, harmless, number, text};

/// Answers of a shape that has nothing of a kind: it still has to say so.
macro_rules! has_no {
    ($($what:ident)*) => { $(has_no! { @$what })* };
    (@texts_mut) => {
        fn texts_mut(&mut self) -> Vec<&mut Text> {
            vec![]
        }
    };
    (@sums_of_people) => {
        fn sums_of_people(&self) -> Vec<SumOfPeople> {
            vec![]
        }
    };
    (@no_counts) => {
        fn no_counts(&self) -> NoCounts {
            NoCounts::none()
        }
    };
    (@sheet) => {
        fn sheet(&self) -> Sheet {
            Sheet::ByTheBook
        }
    };
    (@by_area) => {
        fn by_area(&self, _: AreaMeasure) -> Option<AreaFigures> {
            None
        }
    };
}
pub(super) use has_no;

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

    /// Its table, which the CSV, the spreadsheet, the layers and the report print.
    fn table(&self) -> TableView;

    /// Its sheet in a workbook.
    fn sheet(&self) -> Sheet;

    /// What it tells of each area by a measure; `None` where it has no such number of an area.
    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures>;

    /// What it counts, and by which settings.
    fn described(&self) -> Described;

    /// Its numbers, to be held against those of another pack.
    fn compared(&self) -> Compared<'_>;

    /// Whether it concludes anything from counts: where every count is withheld or missing it must not.
    fn concludes(&self) -> bool;

    /// What of it stands out. A shape that shows what another one tests says nothing here: one test speaks for a question.
    fn stands_out(&self) -> Vec<StandsOut>;
}

//! The document that every output is drawn from: findings, how they were released, and what they are about.
//!
//! Nothing here knows how a number came about. Whoever writes, says or attacks a pack needs this room and those below it, and none above.

mod action_plan;
pub mod body;
mod by_area;
mod cards;
mod comparison;
mod counted;
mod document;
mod figure;
mod frame;
mod ledger_line;
mod map_data;
mod message;
mod packed;
mod policy;
mod progress;
mod restricted;
pub mod shape;
mod text;
mod tiers;
mod times;
mod told;

pub use crate::vocabulary::OutcomeClass;
pub use action_plan::{Action, ActionPlan, Engagement, Milestone, Rating, Training};
pub use body::*;
pub use by_area::{AreaFigure, AreaFigures, AreaMeasure};
pub use cards::Cards;
pub use comparison::{
    Change, Comparison, Differs, GapChange, GapMove, NotCompared, Restated, Said, ServiceChange, ServiceMove, Since, Unlike,
};
pub use counted::Counted;
pub use document::{Door, Finding, Findings, Method, ReleaseNote, VERSION};
pub use figure::Figure;
pub use frame::{
    AuthorityKind, Commentary, Frame, InputFile, MarkedEvent, Outline, PublicPlace, PublicSite, SeriesBreak, ServiceState, SourceLine,
    Unanswered,
};
pub use ledger_line::ReleasedLine;
pub use map_data::{MapArea, MapData, MapLayer, MapValue};
pub use message::{Arg, Message, interval, interval_percent, meaning_of_rise, p_value};
pub use policy::{ReleasePolicy, ReleaseSettings};
pub use progress::Progress;
pub use restricted::{CellArea, RestrictedCategory, RestrictedCell, RestrictedSource};
pub use shape::Shape;
pub use text::Text;
pub(crate) use tiers::{Floor, Floors};
pub use tiers::{Tier, harm_floors};
pub use times::{Days, Group, band_label};
pub use told::Told;

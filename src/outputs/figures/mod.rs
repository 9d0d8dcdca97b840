//! Figures of documents: drawn at the size at which they are set, each with its words for who cannot see it.
//!
//! None has a title, a subtitle or a source: the document sets those as text. Each function returns the drawing and its text alternative,
//! or nothing where nothing is known.

mod axes;
mod bare;
mod bullets;
mod change;
mod dots;
mod eligibility;
mod fill;
mod ground;
mod insets;
mod kit;
mod labels;
mod months;
mod paths;
mod persistence;
mod reach;
mod reach_map;
mod small_map;
mod sparkline;
mod splits;

pub(in crate::outputs) use bare::bare;
pub(in crate::outputs) use bullets::{Bullet, bullets};
pub(in crate::outputs) use change::change;
pub(in crate::outputs) use dots::{Against, Dot, dots};
pub(in crate::outputs) use eligibility::{Eligibility, Takes, eligibility};
pub(in crate::outputs) use fill::{dots_of, persistence_of};
pub(in crate::outputs) use months::{Step, step_by_rules};
pub(in crate::outputs) use persistence::{Persistent, persistence};
pub(in crate::outputs) use reach_map::reach_map;
pub(in crate::outputs) use small_map::{reach_legend, small_map};
pub(in crate::outputs) use sparkline::sparkline;

//! RELEASE: the only door from a draft to a finding, and the document that every output is drawn from.

mod anchors;
mod atoms;
mod beginning;
mod catalogue;
mod chain;
mod counted;
mod document;
mod label_key;
mod ledger;
mod limits;
mod linked;
mod policy;
mod private_file;
mod refused;
mod release;
mod releases;
mod restricted;
mod returns;
mod tiers;
mod together;

pub use crate::analyses::body::*;
pub use crate::study::{Days, Group};
pub use anchors::{Anchor, HEAD_FILE, Head};
pub use beginning::{Beginning, reason_fault};
pub use catalogue::release_catalogue;
pub use counted::Counted;
pub use document::{Door, Finding, Findings, Frame, InputFile, Method, Outline, PublicSite, ReleaseNote, SourceLine, VERSION};
pub use label_key::LabelKey;
pub use ledger::ReleasedLine;
pub use policy::{ReleasePolicy, ReleaseSettings};
pub use private_file::write_private;
pub use release::{Pack, release};
pub use releases::{EarlierArea, EarlierCell, Entry, RELEASES_FOLDER, Releases};
pub use restricted::{CellArea, RestrictedCategory, RestrictedCell, RestrictedSource};
pub use tiers::{Tier, harm_floors};
